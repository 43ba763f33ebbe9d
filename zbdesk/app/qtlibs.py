"""System libraries that Qt needs and pip cannot bring: found out before Qt is imported, named with the way to get them.

Never imports PySide6. Windows and macOS bring all of them; only Linux is looked at.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zbdesk.domain.errors import Action, SetupError

# soname: package under apt, dnf, zypper, pacman
_ALWAYS: dict[str, tuple[str, str, str, str]] = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libEGL1", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libGL1", "libglvnd"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "libdbus-1-3", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "libfontconfig1", "fontconfig"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "libglib-2_0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon0", "libxkbcommon"),
}
_UNDER_X: dict[str, tuple[str, str, str, str]] = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor", "libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "libxcb-icccm4", "xcb-util-wm"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms", "libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "libxcb-image0", "xcb-util-image"),
    "libxcb-render-util.so.0": (
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "libxcb-render-util0",
        "xcb-util-renderutil",
    ),
}
_COMMANDS = ("apt-get install -y", "dnf install -y", "zypper install -y", "pacman -S --needed")
_FAMILIES = (
    {"debian", "ubuntu", "linuxmint", "raspbian", "pop"},
    {"fedora", "rhel", "centos", "rocky", "almalinux", "amzn"},
    {"suse", "opensuse", "opensuse-leap", "opensuse-tumbleweed", "sles"},
    {"arch", "manjaro", "endeavouros"},
)


@dataclass(frozen=True, slots=True)
class MissingLibraries:
    """What is missing, by soname, and the line that installs it ("" where the system's packager is not known)."""

    sonames: tuple[str, ...]
    install: str


class QtLibrariesMissing(SetupError):
    """The window cannot open: libraries of the system are missing."""

    default_action = Action.INSTALL

    def __init__(self, missing: MissingLibraries) -> None:
        way = (
            f"Install them with:\n{missing.install}" if missing.install else "Install them with the system's packager."
        )
        super().__init__(
            f"The window needs system libraries that are missing: {', '.join(missing.sonames)}.",
            way,
            code="qt_libraries",
        )
        self.missing = missing


def missing_libraries(
    environ: Mapping[str, str] = os.environ,
    *,
    platform: str = sys.platform,
    loads: Callable[[str], bool] | None = None,
    os_release: Path = Path("/etc/os-release"),
) -> MissingLibraries | None:
    """Return what Qt would miss in this session, None where nothing is missing. Those for X only where X is used."""
    if not platform.startswith("linux"):
        return None
    wanted = dict(_ALWAYS)
    if _uses_x(environ):
        wanted |= _UNDER_X
    loads = loads or _loads
    missing = tuple(soname for soname in wanted if not loads(soname))
    if not missing:
        return None
    return MissingLibraries(missing, _install_line([wanted[soname] for soname in missing], os_release))


def check_libraries() -> None:
    """Raise ``QtLibrariesMissing`` where Qt could not start in this session."""
    missing = missing_libraries()
    if missing is not None:
        raise QtLibrariesMissing(missing)


def has_display(environ: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> bool:
    """Say whether a window can be shown: always on Windows and macOS, elsewhere with a display or an offscreen Qt."""
    if not platform.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("QT_QPA_PLATFORM"))


def _uses_x(environ: Mapping[str, str]) -> bool:
    """Say whether Qt will load its X plugin: told so, or X is all there is."""
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if chosen:
        return chosen == "xcb"
    return bool(environ.get("DISPLAY")) and not environ.get("WAYLAND_DISPLAY")


def _loads(soname: str) -> bool:
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None and (Path(bundle) / soname).exists():
        return True  # a bundle brings most of them
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _install_line(packages: list[tuple[str, str, str, str]], os_release: Path) -> str:
    family = _family(os_release)
    if family is None:
        return ""
    names = dict.fromkeys(row[family] for row in packages)
    sudo = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "sudo "
    return f"{sudo}{_COMMANDS[family]} {' '.join(names)}"


def _family(os_release: Path) -> int | None:
    """Return the column of this system's packager, by ID and then ID_LIKE of ``os-release``."""
    try:
        text = os_release.read_text(encoding="utf-8")
    except OSError:
        return None
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    words = [fields.get("ID", "").strip("\"'"), *fields.get("ID_LIKE", "").strip("\"'").split()]
    for word in words:
        for column, family in enumerate(_FAMILIES):
            if word in family:
                return column
    return None
