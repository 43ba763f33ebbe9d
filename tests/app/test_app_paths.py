"""Where things live."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from zbdesk.app.paths import DataDirUnusable, DataPaths, ResourcesMissing, data_dir, data_directory, resources


def test_the_option_wins_over_the_environment(tmp_path: Path) -> None:
    """``--data-dir`` first, then ``ZBDESK_DATA_DIR``, then the system's place."""
    environ = {"ZBDESK_DATA_DIR": str(tmp_path / "env")}
    assert data_dir(tmp_path / "given", environ) == tmp_path / "given"
    assert data_dir(None, environ) == tmp_path / "env"
    assert data_dir(None, {}).name == "zbdesk"
    assert data_dir("relative", {}).is_absolute()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_new_directory_is_its_owners_only(tmp_path: Path) -> None:
    """The directory is made with its parents, readable for its owner only; one that was there stays as it was."""
    place = data_directory(tmp_path / "a" / "b", {})
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    place.chmod(0o750)
    assert data_directory(place, {}) == place
    assert stat.S_IMODE(place.stat().st_mode) == 0o750


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    """A place that cannot be a directory has its own sentence with the way out."""
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(DataDirUnusable, match="--data-dir"):
            data_directory(place, {})


def test_nothing_is_made_by_asking(tmp_path: Path) -> None:
    """Naming paths makes none of them."""
    paths = DataPaths(tmp_path / "x")
    names = [paths.database, paths.settings, paths.logs, paths.lock, paths.window_state]
    assert all(path.parent == tmp_path / "x" for path in names)
    assert not (tmp_path / "x").exists()


def test_resources_are_found_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the source tree, installed, or in a bundle; a broken installation is named."""
    assert resources().is_dir()
    bundle = tmp_path / "zbdesk" / "_resources"
    bundle.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == bundle
    monkeypatch.delattr(sys, "_MEIPASS")
    monkeypatch.setattr("zbdesk.app.paths.__file__", os.fspath(tmp_path / "p" / "q" / "r" / "paths.py"))
    with pytest.raises(ResourcesMissing):
        resources()
