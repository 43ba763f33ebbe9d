"""Everything about sources that the window has done for it, over one desk. All calls block: never on the main thread.

Only joins: each call is a service of its own module. What writes, writes on the sync thread where one runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from zbdesk.app import file_import, sources
from zbdesk.app.desk import Desk
from zbdesk.app.file_import import Findings, Looked
from zbdesk.app.sources import ImportOrder, ImportOutcome, Watch
from zbdesk.app.taking import TakenBack
from zbdesk.domain.module import Module
from zbdesk.sources.reading.opening import Options
from zbdesk.sources.row_spool import RowSpool
from zbdesk.store.sources import SavedMapping


class WindowSources:
    """The services of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Imports

    def look(self, path: Path, options: Options) -> Looked:
        """See ``file_import``."""
        return file_import.look(path, options)

    def read_rows(
        self, looked: Looked, spool: RowSpool, tell: Callable[[int, float], None], stopped: Callable[[], bool]
    ) -> int:
        """See ``file_import``."""
        return file_import.read_rows(looked, spool, tell, stopped)

    def check(self, order: ImportOrder, looked: Looked, spool: RowSpool, watch: Watch) -> Findings:
        """See ``file_import``."""
        return file_import.check(self._desk, order, looked, spool, watch)

    def run(self, order: ImportOrder, watch: Watch, *, hold: bool) -> ImportOutcome:
        """See ``file_import``."""
        return file_import.run(self._desk, order, watch, hold=hold)

    def take_back(self, batch_id: int) -> TakenBack:
        """Undo an import. Raises ``NoSuchImport``, ``NothingToTakeBack``."""
        return sources.take_back(self._desk, batch_id)

    def is_held(self) -> bool:
        """Whether what is to leave waits for a person."""
        return self._desk.read(lambda reader: reader.outgoing_summary()).result().hold

    # Mappings

    def mappings(self) -> Sequence[SavedMapping]:
        """All saved mappings."""
        return sources.saved_mappings(self._desk)

    def save_mapping(self, name: str, module: Module, raw: Mapping[str, Any]) -> None:
        """Keep a mapping. Raises ``BadMapping``."""
        sources.save_mapping(self._desk, name, module, raw)

    def remove_mapping(self, name: str) -> None:
        """Forget a mapping. Raises ``NoSuchMapping``."""
        sources.remove_mapping(self._desk, name)
