"""Where things live: the data directory of this process and the files that ship with the program.

Nothing is made until ``DataPaths.make``; a directory that was there keeps its permissions.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from zbdesk.domain.errors import SetupError

DATA_DIR_VARIABLE = "ZBDESK_DATA_DIR"
_NAME = "zbdesk"


class DataDirUnusable(SetupError):
    """The data directory cannot be made or is no directory."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            "The data directory cannot be used.",
            f"{path}: {reason}. Choose another one with --data-dir or {DATA_DIR_VARIABLE}, or allow writing there.",
            subject=str(path),
            code="data_dir",
        )


class ResourcesMissing(SetupError):
    """The program's own data files are not beside it."""

    def __init__(self) -> None:
        super().__init__(
            "Files of zbdesk are missing.",
            "Install zbdesk again: its pictures and translations are not beside the program.",
            code="resources",
        )


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The files below one data directory."""

    data_dir: Path

    @property
    def database(self) -> Path:
        """The mirror and its history."""
        return self.data_dir / "zbdesk.sqlite3"

    @property
    def settings(self) -> Path:
        """Settings, for people to edit too."""
        return self.data_dir / "settings.toml"

    @property
    def window_state(self) -> Path:
        """Sizes, columns and positions of the window; safe to remove."""
        return self.data_dir / "window.ini"

    @property
    def logs(self) -> Path:
        """Folder of the logs."""
        return self.data_dir / "logs"

    @property
    def lock(self) -> Path:
        """Held by the one process that may write."""
        return self.data_dir / "writer.lock"

    def make(self) -> Path:
        """Make the directory for its owner only, where it is missing. Raises ``DataDirUnusable``."""
        try:
            if not self.data_dir.is_dir():
                self.data_dir.parent.mkdir(parents=True, exist_ok=True)
                self.data_dir.mkdir(mode=0o700, exist_ok=True)
        except FileExistsError as exc:
            raise DataDirUnusable(self.data_dir, "there is a file of that name") from exc
        except OSError as exc:
            raise DataDirUnusable(self.data_dir, exc.strerror or type(exc).__name__) from exc
        return self.data_dir


def data_dir(given: Path | str | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the data directory: the one given, else ``ZBDESK_DATA_DIR``, else the system's place for it."""
    chosen = given or environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path(_NAME, appauthor=False)


def data_directory(given: Path | str | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return ``data_dir(...)``, made for its owner only where it was missing. Raises ``DataDirUnusable``."""
    return DataPaths(data_dir(given, environ)).make()


def resources() -> Path:
    """Return the folder of icons, translations and fonts: bundled, installed or in the source tree."""
    package = Path(__file__).resolve().parents[1]
    bundle = getattr(sys, "_MEIPASS", None)
    places = [package / "_resources", package.parent / "resources"]
    if bundle is not None:
        places[:0] = [Path(bundle) / "zbdesk" / "_resources", Path(bundle) / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise ResourcesMissing
