"""Everything about sources that the window has done for it, over one desk. All calls block: never on the main thread.

Only joins: each call is a service of its own module. What writes, writes on the sync thread where one runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from zbdesk.app import (
    export_schedule,
    file_import,
    imports_back,
    interface_tokens,
    source_edits,
    source_list,
    sources,
    sources_sql,
)
from zbdesk.app.desk import Desk
from zbdesk.app.file_import import Findings, Looked
from zbdesk.app.imports_back import ImportBack
from zbdesk.app.settings import Settings
from zbdesk.app.sources import ImportOrder, ImportOutcome, Watch
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.domain.module import Module
from zbdesk.sources.folder import FolderSettings
from zbdesk.sources.reading.opening import Options
from zbdesk.sources.row_spool import RowSpool
from zbdesk.sources.sql import Preview
from zbdesk.store.interface import TokenView
from zbdesk.store.sources import SavedMapping, StoredSource


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

    def foresee_back(self, batch_id: int) -> ImportBack:
        """What rolling an import back would do. Raises ``NoSuchImport``, ``NothingToTakeBack``."""
        return imports_back.preview(self._desk, batch_id)

    def take_back(self, batch_id: int) -> ImportBack:
        """Roll an import back, here and in Zoho Books. Raises what ``imports_back.begin`` raises."""
        return imports_back.begin(self._desk, batch_id)

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

    # Sources

    def run_now(self, source: StoredSource) -> str:
        """Read one source now; what came of it, as a sentence. Raises what the source has to say."""
        if source.kind == sources_sql.KIND:
            found = sources_sql.run(self._desk, source.id)
            said = f"{found.report.rows} rows, {found.report.taken} taken."
            return f"{said} {found.back_error}" if found.back_error is not None else said
        return source_list.run_now(self._desk, source.id).message

    def set_paused(self, source_id: int, *, paused: bool) -> None:
        """Pause a source or let it go on."""
        source_list.set_paused(self._desk, source_id, paused=paused)

    def remove(self, source_id: int) -> None:
        """Forget a source; what came from it stays."""
        source_list.remove(self._desk, source_id)

    def add_folder(self, settings: FolderSettings, module: str, mapping: str) -> None:
        """Watch a folder. Raises ``FolderGone``, ``FolderTaken``, ``NoSuchMapping``, ``BadMapping``."""
        source_list.add_folder(self._desk, settings, module, mapping)

    def edit_folder(self, source_id: int, mapping: str, settings: FolderSettings) -> None:
        """See ``source_edits``."""
        source_edits.edit_folder(self._desk, source_id, mapping, settings)

    def try_query(self, source_id: int | None, url: str, module: str, settings: SqlSettings) -> Preview:
        """The first rows. Without an address, that of the source is taken."""
        if not url and source_id is not None:
            url = source_edits.address_of(self._desk, source_id)
        return source_edits.try_query(url, module, settings)

    def add_sql(self, name: str, url: str, module: str, mapping: str, settings: SqlSettings) -> None:
        """Keep a database as a source. Raises what is wrong with address, query or mapping."""
        sources_sql.add(self._desk, name, url, module, mapping, settings)

    def edit_sql(self, source_id: int, url: str, mapping: str, settings: SqlSettings) -> None:
        """See ``source_edits``."""
        source_edits.edit_sql(self._desk, source_id, url, mapping, settings)

    # Exports

    def export_at(self, settings: Settings) -> datetime | None:
        """When the scheduled export last ran; None where it never did or is off."""
        plan = export_schedule.Plan.of(settings)
        return None if plan is None else export_schedule.last_at(plan.folder)

    def export_now(self, settings: Settings) -> Mapping[str, Any]:
        """Write the scheduled export now; its report. Raises ``NoExportFolder``, ``CannotWrite``, ``UnknownModule``."""
        plan = export_schedule.Plan.of(settings)
        if plan is None:
            return {}
        return export_schedule.run(self._desk.database_path, plan, self._desk.clock.now)

    # The local interface

    def tokens(self) -> Sequence[TokenView]:
        """Those that still open the door."""
        return interface_tokens.good(self._desk)

    def new_token(self, name: str) -> str:
        """A new token: the only time that it is seen. Raises ``TokenNameTaken``."""
        return interface_tokens.make(self._desk, name)

    def revoke_token(self, name: str) -> None:
        """End a token at once. Raises ``NoSuchToken``."""
        interface_tokens.revoke(self._desk, name)
