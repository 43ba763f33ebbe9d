"""System libraries of Qt: found out without Qt, named with the line that installs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zbdesk.app import qtlibs
from zbdesk.app.qtlibs import QtLibrariesMissing, check_libraries, has_display, missing_libraries

RELEASES = {
    "apt-get install -y libegl1 libgl1": "ID=ubuntu\nID_LIKE=debian\n",
    "dnf install -y libglvnd-egl libglvnd-glx": 'NAME="X"\nID="rocky"\nID_LIKE="rhel centos fedora"\n',
    "zypper install -y libEGL1 libGL1": 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n',
    "pacman -S --needed libglvnd": "ID=cachyos\nID_LIKE=arch\n",
}


def without(*sonames: str) -> object:
    """Return a system on which these libraries do not load."""
    return lambda soname: soname not in sonames


def test_qt_is_not_imported_by_looking() -> None:
    """The check runs before Qt is imported, and does not import it."""
    code = "import sys; from zbdesk.app import qtlibs; qtlibs.missing_libraries(); sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("line", "release"), RELEASES.items())
def test_the_install_line_fits_the_system(tmp_path: Path, line: str, release: str) -> None:
    """Each family of systems gets the command of its own packager, each package once."""
    path = tmp_path / "os-release"
    path.write_text(release)
    found = missing_libraries(
        {},
        platform="linux",
        loads=without("libEGL.so.1", "libGL.so.1"),
        os_release=path,  # type: ignore[arg-type]
    )
    assert found is not None
    assert found.sonames == ("libEGL.so.1", "libGL.so.1")
    assert found.install.removeprefix("sudo ") == line


def test_an_unknown_system_still_names_what_is_missing(tmp_path: Path) -> None:
    """Without a known packager the libraries are named all the same."""
    found = missing_libraries(
        {},
        platform="linux",
        loads=without("libEGL.so.1"),
        os_release=tmp_path / "none",  # type: ignore[arg-type]
    )
    assert found is not None
    assert found.install == ""
    assert "libEGL.so.1" in str(QtLibrariesMissing(found))


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"DISPLAY": ":1"}, True),
        ({"DISPLAY": ":1", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
        ({"DISPLAY": ":1", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({}, False),
    ],
)
def test_libraries_for_x_only_under_x(environ: dict[str, str], wanted: bool) -> None:
    """What only the X plugin loads is asked for where it will be loaded."""
    found = missing_libraries(environ, platform="linux", loads=without("libxcb-cursor.so.0"))  # type: ignore[arg-type]
    assert (found is not None) is wanted


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_everything(platform: str) -> None:
    """On Windows and macOS nothing is looked for, and there is always a display."""
    assert missing_libraries({}, platform=platform, loads=lambda soname: False) is None
    assert has_display({}, platform=platform)


def test_a_display_is_needed_on_linux() -> None:
    """Without X, Wayland or an offscreen Qt there is no window."""
    assert not has_display({}, platform="linux")
    for name, value in (("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0"), ("QT_QPA_PLATFORM", "offscreen")):
        assert has_display({name: value}, platform="linux")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring everything")
def test_missing_libraries_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start fails with the names and the way out; a complete system goes on."""
    monkeypatch.setattr(qtlibs, "_loads", lambda soname: True)
    check_libraries()
    monkeypatch.setattr(qtlibs, "_loads", lambda soname: False)
    with pytest.raises(QtLibrariesMissing, match=r"libEGL\.so\.1"):
        qtlibs.check_libraries()
