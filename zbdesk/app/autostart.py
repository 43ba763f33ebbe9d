"""Starting with the session: asked and changed where the system itself keeps it, so that what is shown is always so.

Linux: an XDG autostart entry. Windows: a value under the user's Run key (and the switch of the Task Manager beside it).
macOS: a LaunchAgent. Must not keep a setting of its own. Invariant: off leaves nothing behind; each data directory has
an entry of its own, and nothing of another program is touched.
"""

from __future__ import annotations

import hashlib
import os
import plistlib
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from zbdesk.app.paths import data_dir as usual_place
from zbdesk.domain.errors import SetupError

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
LABEL = "io.zbdesk.desktop"


class AutostartRefused(SetupError):
    """The system does not let the entry be written or removed."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            "Starting with the session could not be changed.",
            f"{place}: {reason}. Change it in the system's own settings, under start-up programs.",
            subject=place,
            code="autostart",
        )


class Autostart(Protocol):
    """One data directory's entry."""

    def is_on(self) -> bool:
        """What the system says now."""
        ...

    def turn_on(self) -> None:
        """Start with the session from the next one on. Raises ``AutostartRefused``."""
        ...

    def turn_off(self) -> None:
        """Do not; twice is harmless. Raises ``AutostartRefused``."""
        ...


class Registry(Protocol):
    """The part of the current user's registry that is needed."""

    def get(self, key: str, name: str) -> bytes | str | None:
        """A value; None where it is not there."""
        ...

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text. Raises ``OSError``."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Remove it; not there is fine. Raises ``OSError``."""
        ...


def command(data_dir: Path, *, default: Path, frozen: bool, program: str) -> list[str]:
    """What the system is to start: to the tray, without a window that takes the focus."""
    words = [program] if frozen else [program, "-m", "zbdesk"]
    if data_dir != default:
        words += ["--data-dir", str(data_dir)]
    return [*words, "--in-tray"]


def entry_name(data_dir: Path, default: Path) -> str:
    """``zbdesk`` for the usual directory, with a mark of its own for any other."""
    if data_dir == default:
        return "zbdesk"
    return f"zbdesk-{hashlib.sha256(str(data_dir).encode()).hexdigest()[:8]}"


class XdgAutostart:
    """A ``.desktop`` file in the session's autostart folder."""

    def __init__(self, folder: Path, name: str, words: Sequence[str]) -> None:
        self.path = folder / f"{name}.desktop"
        self._words = words

    def is_on(self) -> bool:
        """The file is there and nobody has switched it off: desktops do so by a line in it."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        pairs = (line.split("=", 1) for line in lines if "=" in line)
        found = {key.strip(): value.strip().lower() for key, value in pairs}
        return found.get("Hidden") != "true" and found.get("X-GNOME-Autostart-enabled") != "false"

    def turn_on(self) -> None:
        """See ``Autostart``."""
        text = "\n".join([
            "[Desktop Entry]", "Type=Application", "Name=zbdesk", "Comment=Keeps Zoho Books and this computer in step",
            "Exec=" + " ".join(_quoted(word) for word in self._words), "Icon=zbdesk", "Terminal=false",
            "X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-Delay=10", "",
        ])  # fmt: skip
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(text, encoding="utf-8")
        except OSError as exc:
            raise AutostartRefused(str(self.path), exc.strerror or type(exc).__name__) from exc

    def turn_off(self) -> None:
        """See ``Autostart``."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as exc:
            raise AutostartRefused(str(self.path), exc.strerror or type(exc).__name__) from exc


class WindowsAutostart:
    """A value under the Run key. The Task Manager's own switch lies beside it: an odd first byte means off."""

    def __init__(self, registry: Registry, name: str, words: Sequence[str]) -> None:
        self._registry, self._name, self._words = registry, name, words

    def is_on(self) -> bool:
        """See ``Autostart``."""
        if self._registry.get(RUN, self._name) is None:
            return False
        switch = self._registry.get(APPROVED, self._name)
        return not (isinstance(switch, bytes) and switch[:1] and switch[0] % 2 == 1)

    def turn_on(self) -> None:
        """See ``Autostart``; a switch-off by the Task Manager is taken back, since a person asks for it here."""
        import subprocess

        try:
            self._registry.set(RUN, self._name, subprocess.list2cmdline(self._words))
            self._registry.delete(APPROVED, self._name)
        except OSError as exc:
            raise AutostartRefused("HKEY_CURRENT_USER\\" + RUN, exc.strerror or type(exc).__name__) from exc

    def turn_off(self) -> None:
        """See ``Autostart``."""
        try:
            self._registry.delete(RUN, self._name)
            self._registry.delete(APPROVED, self._name)
        except OSError as exc:
            raise AutostartRefused("HKEY_CURRENT_USER\\" + RUN, exc.strerror or type(exc).__name__) from exc


class MacAutostart:
    """A LaunchAgent of the user."""

    def __init__(self, folder: Path, name: str, words: Sequence[str]) -> None:
        self._label = LABEL if name == "zbdesk" else f"{LABEL}.{name}"
        self.path = folder / f"{self._label}.plist"
        self._words = words

    def is_on(self) -> bool:
        """See ``Autostart``."""
        try:
            found = plistlib.loads(self.path.read_bytes())
        except (OSError, plistlib.InvalidFileException, ValueError):
            return False
        return isinstance(found, dict) and bool(found.get("RunAtLoad")) and not found.get("Disabled")

    def turn_on(self) -> None:
        """See ``Autostart``."""
        agent = {
            "Label": self._label,
            "ProgramArguments": list(self._words),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(plistlib.dumps(agent))
        except OSError as exc:
            raise AutostartRefused(str(self.path), exc.strerror or type(exc).__name__) from exc

    def turn_off(self) -> None:
        """See ``Autostart``."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as exc:
            raise AutostartRefused(str(self.path), exc.strerror or type(exc).__name__) from exc


def autostart(
    data_dir: Path,
    *,
    system: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    home: Path | None = None,
    registry: Registry | None = None,
) -> Autostart:
    """The entry of this data directory on this system."""
    default = usual_place(None, {})
    words = command(data_dir, default=default, frozen=bool(getattr(sys, "frozen", False)), program=sys.executable)
    name, user = entry_name(data_dir, default), home or Path.home()
    if system == "win32":
        from zbdesk.app.winreg_user import UserRegistry

        return WindowsAutostart(registry or UserRegistry(), name, words)
    if system == "darwin":
        return MacAutostart(user / "Library" / "LaunchAgents", name, words)
    config = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if config.startswith("/") else user / ".config"
    return XdgAutostart(folder / "autostart", name, words)


def _quoted(word: str) -> str:
    """One word of an ``Exec`` line: its own quoting lies on top of the shell's, and a percent sign is a field."""
    if shlex.quote(word) == word:
        return word.replace("%", "%%")
    inner = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word)
    return f'"{inner}"'.replace("\\", "\\\\").replace("%", "%%")
