"""What a person chose: settings in the file people may edit, and where the window was in a file of its own.

Must not be asked from another thread. Invariant: what is shown is what holds; a setting that the environment overrides
for this process is shown as it is and named in ``overridden``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from zbdesk.app.setting_keys import KEYS
from zbdesk.app.settings import Settings, SettingsFile, load_settings
from zbdesk.domain.errors import ZbdeskError


class Preferences(QObject):
    """Settings and window state of one data directory.

    ``changed``: a setting holds another value now. ``failed``: it could not be written (``ZbdeskError``).
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, data_dir: Path, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = data_dir / "settings.toml"
        self._settings = settings
        self._overridden = tuple(key.name for key in KEYS if key.variable and os.environ.get(key.variable, "").strip())
        self._window = QSettings(str(data_dir / "window.ini"), QSettings.Format.IniFormat)

    @property
    def settings(self) -> Settings:
        """All settings as they hold."""
        return self._settings

    def change(self, **values: object) -> bool:
        """Write settings; they count at once. False where the file could not be written (told by ``failed``)."""
        if all(getattr(self._settings, name) == value for name, value in values.items()):
            return True
        try:
            self._settings = SettingsFile(self._path).change(**values)
        except ZbdeskError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True

    def reload(self) -> None:
        """Read the file again: somebody else wrote it, the wizard for one. An unreadable one leaves what holds."""
        try:
            self._settings = load_settings(self._path.parent)
        except ZbdeskError as error:
            self.failed.emit(error)
            return
        self.changed.emit()

    def overridden(self) -> tuple[str, ...]:
        """Names of settings that the environment holds for this process."""
        return self._overridden

    def state(self, name: str) -> QByteArray | None:
        """Where a window or splitter was; None the first time."""
        value = self._window.value(name)
        return value if isinstance(value, QByteArray) else None

    def keep_state(self, name: str, value: QByteArray) -> None:
        """Remember it for the next start."""
        self._window.setValue(name, value)

    def moments(self, name: str) -> tuple[datetime, datetime] | None:
        """Two remembered moments; None the first time, or where they cannot be read."""
        kept = self.words(name) or []
        try:
            first, last = (datetime.fromisoformat(word) for word in kept)
        except ValueError:
            return None
        return (first, last) if first.tzinfo and last.tzinfo else None

    def keep_moments(self, name: str, moments: tuple[datetime, datetime]) -> None:
        """Remember two moments."""
        self.keep_words(name, [moment.isoformat() for moment in moments])

    def draft(self) -> dict[str, object]:
        """What was typed into the wizard when it was last left; never a secret."""
        value = self._window.value("wizard/draft")
        if not isinstance(value, str):
            return {}
        try:
            found = json.loads(value)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def keep_draft(self, draft: Mapping[str, object]) -> None:
        """Remember it; an empty one forgets."""
        if draft:
            self._window.setValue("wizard/draft", json.dumps(dict(draft)))
        else:
            self._window.remove("wizard/draft")

    def words(self, name: str) -> list[str] | None:
        """A remembered list of words (columns, for example); None the first time."""
        value = self._window.value(name)
        if value is None:
            return None
        if isinstance(value, str):
            return [word for word in value.split(",") if word]
        return None

    def keep_words(self, name: str, words: list[str]) -> None:
        """Remember a list of words."""
        self._window.setValue(name, ",".join(words))

    def values(self, name: str) -> object:
        """What was remembered as JSON; None the first time, or where it cannot be read."""
        value = self._window.value(name)
        try:
            return json.loads(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def keep_values(self, name: str, values: object) -> None:
        """Remember plain values (lists, objects, texts, numbers) as JSON."""
        self._window.setValue(name, json.dumps(values))
