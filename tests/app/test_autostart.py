"""Starting with the session: what the system says is what is shown, on all three of them."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
from pathlib import Path

import pytest

from zbdesk.app.autostart import (
    APPROVED,
    RUN,
    AutostartRefused,
    MacAutostart,
    WindowsAutostart,
    XdgAutostart,
    autostart,
    command,
    entry_name,
)

WORDS = ["/opt/zbdesk/zbdesk", "--data-dir", '/home/anita/Zoho "A" 50%', "--in-tray"]


class FakeRegistry:
    """The user's part of a registry."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], bytes | str] = {}
        self.locked = False

    def get(self, key: str, name: str) -> bytes | str | None:
        """A value or None."""
        return self.values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        """Write, unless locked."""
        if self.locked:
            raise PermissionError(13, "Access is denied")
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        """Remove, unless locked."""
        if self.locked:
            raise PermissionError(13, "Access is denied")
        self.values.pop((key, name), None)


def test_c21_linux_off_by_default_on_and_off_again(tmp_path: Path) -> None:
    """Nothing is there before; off leaves nothing behind; twice is harmless."""
    entry = XdgAutostart(tmp_path / "autostart", "zbdesk", WORDS)
    assert not entry.is_on()
    entry.turn_on()
    assert entry.is_on()
    entry.turn_off()
    entry.turn_off()
    assert not entry.is_on()
    assert list((tmp_path / "autostart").iterdir()) == []


def test_c21_linux_follows_what_the_desktop_does_to_the_entry(tmp_path: Path) -> None:
    """Desktops switch off by a line or by removing the file: both show."""
    entry = XdgAutostart(tmp_path, "zbdesk", WORDS)
    entry.turn_on()
    text = entry.path.read_text()
    entry.path.write_text(text.replace("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"))
    assert not entry.is_on()
    entry.path.write_text(text + "Hidden=true\n")
    assert not entry.is_on()
    entry.turn_on()
    assert entry.is_on()
    entry.path.unlink()
    assert not entry.is_on()


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="the desktop's own checker is not here")
def test_linux_entry_is_valid(tmp_path: Path) -> None:
    """The desktop's own checker finds nothing wrong."""
    entry = XdgAutostart(tmp_path, "zbdesk", ["/usr/bin/zbdesk", "--in-tray"])
    entry.turn_on()
    found = subprocess.run(["desktop-file-validate", str(entry.path)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_linux_entry_quotes_what_a_path_may_hold(tmp_path: Path) -> None:
    """Blanks, quotes and percent signs arrive as they are, by the rules of the entry's own format."""
    entry = XdgAutostart(tmp_path, "zbdesk", WORDS)
    entry.turn_on()
    line = next(line for line in entry.path.read_text().splitlines() if line.startswith("Exec="))
    assert line == r'Exec=/opt/zbdesk/zbdesk --data-dir "/home/anita/Zoho \\"A\\" 50%%" --in-tray'


def test_linux_says_why_it_cannot(tmp_path: Path) -> None:
    """A place that cannot be written is an error with a way out, not a tick that lies."""
    (tmp_path / "autostart").write_text("a file in the folder's place")
    entry = XdgAutostart(tmp_path / "autostart", "zbdesk", WORDS)
    with pytest.raises(AutostartRefused, match="could not be changed"):
        entry.turn_on()
    assert not entry.is_on()


def test_c21_windows_run_key_and_the_task_managers_switch() -> None:
    """The Task Manager switches off beside the value: that shows, and turning on here takes it back."""
    registry = FakeRegistry()
    entry = WindowsAutostart(registry, "zbdesk", WORDS)
    assert not entry.is_on()
    entry.turn_on()
    assert entry.is_on()
    assert registry.values[RUN, "zbdesk"] == subprocess.list2cmdline(WORDS)
    registry.values[APPROVED, "zbdesk"] = b"\x03" + bytes(11)
    assert not entry.is_on()
    entry.turn_on()
    assert entry.is_on()
    entry.turn_off()
    assert registry.values == {}
    registry.locked = True
    with pytest.raises(AutostartRefused):
        entry.turn_on()
    with pytest.raises(AutostartRefused):
        entry.turn_off()


def test_c21_macos_launch_agent(tmp_path: Path) -> None:
    """An agent of the user that runs at load; a disabled or broken one counts as off."""
    entry = MacAutostart(tmp_path / "LaunchAgents", "zbdesk", WORDS)
    assert not entry.is_on()
    entry.turn_on()
    assert entry.is_on()
    found = plistlib.loads(entry.path.read_bytes())
    assert found["ProgramArguments"] == WORDS
    entry.path.write_bytes(plistlib.dumps({**found, "Disabled": True}))
    assert not entry.is_on()
    entry.path.write_bytes(b"no list")
    assert not entry.is_on()
    entry.turn_off()
    entry.turn_off()
    assert not entry.path.exists()


def test_each_data_directory_has_an_entry_of_its_own(tmp_path: Path) -> None:
    """The usual directory needs no argument; another one is named, and neither touches the other's entry."""
    usual = tmp_path / "usual"
    assert entry_name(usual, usual) == "zbdesk"
    assert entry_name(tmp_path / "other", usual) != entry_name(tmp_path / "third", usual)
    plain = command(usual, default=usual, frozen=True, program="/opt/zbdesk")
    assert plain == ["/opt/zbdesk", "--in-tray"]
    other = command(tmp_path / "other", default=usual, frozen=False, program="python")
    assert other == ["python", "-m", "zbdesk", "--data-dir", str(tmp_path / "other"), "--in-tray"]


@pytest.mark.parametrize(
    ("system", "kind"), [("linux", XdgAutostart), ("win32", WindowsAutostart), ("darwin", MacAutostart)]
)
def test_the_system_decides_where_it_is_kept(tmp_path: Path, system: str, kind: type) -> None:
    """One way for each system; on Linux below the person's own configuration folder."""
    made = autostart(
        tmp_path, system=system, environ={"XDG_CONFIG_HOME": str(tmp_path / "cfg")}, home=tmp_path,
        registry=FakeRegistry(),
    )  # fmt: skip
    assert isinstance(made, kind)
    if isinstance(made, XdgAutostart):
        assert made.path.parent == tmp_path / "cfg" / "autostart"
