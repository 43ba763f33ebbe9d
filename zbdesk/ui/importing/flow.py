"""The course of an import: what was said goes in, jobs run, what they found comes out as signals.

Owns the spool of rows and the jobs; knows no widget. Invariant: ``findings`` belong to what is said now, or are None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from zbdesk.app.file_import import Findings, Looked
from zbdesk.app.imports_back import ImportBack
from zbdesk.app.source_views import SavedMapping
from zbdesk.app.sources import ImportOrder, ImportOutcome, Watch
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.sources.base import CellError
from zbdesk.sources.errors import BadMapping
from zbdesk.sources.importing import Progress
from zbdesk.sources.mapping import json_of
from zbdesk.sources.reading.opening import Options
from zbdesk.sources.row_spool import RowSpool
from zbdesk.sources.table_faults import TableFaults
from zbdesk.ui.importing.jobs import Job, Jobs
from zbdesk.ui.importing.session import ImportSession

REST = 350
"""Milliseconds without a change before the file is checked again."""


class ImportServices(Protocol):
    """What the wizard has done for it. All calls block."""

    def look(self, path: Path, options: Options) -> Looked:
        """Open a file and read its beginning."""
        ...

    def read_rows(
        self, looked: Looked, spool: RowSpool, tell: Callable[[int, float], None], stopped: Callable[[], bool]
    ) -> int:
        """All rows into the spool."""
        ...

    def check(self, order: ImportOrder, looked: Looked, spool: RowSpool, watch: Watch) -> Findings:
        """A dry run."""
        ...

    def run(self, order: ImportOrder, watch: Watch, *, hold: bool) -> ImportOutcome:
        """The import itself."""
        ...

    def foresee_back(self, batch_id: int) -> ImportBack:
        """What rolling an import back would do, here and in Zoho Books."""
        ...

    def take_back(self, batch_id: int) -> ImportBack:
        """Roll an import back; what has left is undone in Zoho Books by the next pass."""
        ...

    def is_held(self) -> bool:
        """Whether what is to leave waits for a person."""
        ...

    def mappings(self) -> Sequence[SavedMapping]:
        """All saved mappings."""
        ...

    def save_mapping(self, name: str, module: Module, raw: Mapping[str, Any]) -> None:
        """Keep a mapping."""
        ...


class ImportFlow(QObject):
    """``opened``: another file, or the same in another way. ``rows_changed``: more rows can be shown.

    ``checking``: a check began. ``counted``: it is further.
    ``checked``: findings are here, or none can be. ``failed``: the file as a whole.
    ``progressed(share)``, ``imported``: of the import. ``mappings_changed``.
    """

    opened = Signal()
    rows_changed = Signal()
    checking = Signal()
    counted = Signal()
    checked = Signal()
    failed = Signal(object)
    progressed = Signal(object)
    imported = Signal(object)
    taken_back = Signal(object)
    mappings_changed = Signal()

    def __init__(self, services: ImportServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.session = ImportSession()
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.spool = RowSpool()
        self.findings: Findings | None = None
        self.fault: ZbdeskError | None = None
        """Why nothing can be checked: the mapping or its headings."""

        self.bad: dict[tuple[int, int], CellError] = {}
        self.is_checking = self.is_reading = self.is_looking = False
        self.check_share = 0.0
        self.saved: list[SavedMapping] = []
        self._looking: Job[Looked] | None = None
        self._reading: Job[int] | None = None
        self._check: Job[Findings] | None = None
        self._run: Job[ImportOutcome] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST)
        self._soon.timeout.connect(self.check_now)
        self._spools: list[RowSpool] = [self.spool]

    # ---- the file ------------------------------------------------------------------------------------------------
    def open(self, path: Path, options: Options | None = None) -> None:
        """Look at a file. The one before stays until this one has answered."""
        options = options or Options()
        services = self.services
        if self._looking is not None:
            self._looking.stop()
        self.is_looking = True
        self._looking = self.jobs.start(
            lambda _job: services.look(path, options),
            lambda found: self._opened(found, options),
            fail=self._not_opened,
        )

    def reopen(self, **changes: Any) -> None:
        """The same file read in another way: ``encoding``, ``separator``, ``sheet``, ``header_row``."""
        if self.session.path is not None:
            self.open(self.session.path, replace(self.session.chosen, **changes))

    def _not_opened(self, error: ZbdeskError) -> None:
        self.is_looking = False
        self.failed.emit(error)

    def _opened(self, found: Looked, options: Options) -> None:
        session, before = self.session, self.session.looked
        self.is_looking = False
        same = before is not None and before.path == found.path and before.headings == found.headings
        session.path, session.looked, session.chosen = found.path, found, options
        session.taken = False
        if not same:
            session.overrides = {}
            session.guess()
        self._forget()
        self._read_rows()
        self.opened.emit()

    def _read_rows(self) -> None:
        if self._reading is not None:
            self._reading.stop()
        self.spool.close()
        spool = self.spool = RowSpool()
        self._spools = [spool]
        services, looked = self.services, self.session.looked
        if looked is None:
            return
        self.is_reading = True
        self._reading = self.jobs.start(
            lambda job: services.read_rows(looked, spool, lambda count, share: job.tell((count, share)), job.stopped),
            self._rows_here,
            fail=self._rows_failed,
            progress=lambda _told: self.rows_changed.emit(),
        )

    def _rows_here(self, _count: int) -> None:
        self.is_reading = False
        self.rows_changed.emit()
        self.check_soon()

    def _rows_failed(self, error: ZbdeskError) -> None:
        self.is_reading = False
        self.spool.finish()
        self.rows_changed.emit()
        self.failed.emit(error)

    # ---- what it is ----------------------------------------------------------------------------------------------
    def set_module(self, module: Module) -> None:
        """Other records: the columns are guessed anew."""
        if module.name != self.session.module.name:
            self.session.module = module
            self.session.guess()
            self.changed()

    def guess(self) -> None:
        """Back to what names and contents say."""
        self.session.guess()
        self.changed()

    def use_mapping(self, name: str) -> None:
        """A saved mapping. Opens the file anew where the mapping says how."""
        saved = next((one for one in self.saved if one.name == name), None)
        if saved is None:
            return
        try:
            raw = json_of(saved.body, saved.name)
            self.session.use(saved.name, raw if isinstance(raw, dict) else {})
        except BadMapping as error:
            self.fault = error
            self.checked.emit()
            return
        self.changed()

    def set_field(self, place: int, path: str) -> int | None:
        """A column's field; returns the column that lost it."""
        lost = self.session.set_field(place, path)
        self.changed()
        return lost

    def say(self, word: str, value: object) -> None:
        """A key of the mapping: ``date_order``, ``decimal``, ``layout``, ``unknown``, ``currency``."""
        self.session.say(word, value)
        self.changed()

    def mend(self, cells: Iterable[tuple[int, int]], text: str) -> None:
        """What a person wrote in the place of these cells."""
        for place in cells:
            self.session.overrides[place] = text
        self.changed()

    # ---- checking ------------------------------------------------------------------------------------------------
    def changed(self) -> None:
        """What was found belongs to something else now."""
        self._forget()
        self.check_soon()
        self.checking.emit()

    def _forget(self) -> None:
        if self._check is not None:
            self._check.stop()
            self._check = None
        self.findings, self.fault, self.check_share = None, None, 0.0
        self.is_checking = self._soon.isActive()

    def check_soon(self) -> None:
        """Check once nothing was changed for a moment."""
        self.is_checking = True
        self._soon.start()

    def check_now(self) -> None:
        """Check what is said now."""
        self._soon.stop()
        looked, spool, services = self.session.looked, self.spool, self.services
        if looked is None or self.is_reading:
            return  # the end of the reading asks again
        try:
            order = replace(self.session.order(), all_or_nothing=False)
        except BadMapping as error:
            self._cannot_check(error)
            return
        self.is_checking = True
        self.checking.emit()

        def work(job: Job[Findings]) -> Findings:
            return services.check(order, looked, spool, Watch(job.tell, job.stopped))

        self._check = self.jobs.start(work, self._checked, fail=self._cannot_check, progress=self._check_progress)

    def _check_progress(self, told: object) -> None:
        if isinstance(told, Progress):
            self.check_share = told.done / max(1, told.total)
            self.counted.emit()

    def _checked(self, found: Findings) -> None:
        self.is_checking, self._check = False, None
        self.findings, self.fault = found, None
        self.bad = {(one.row, one.place): one for one in reversed(found.report.errors)}
        self.checked.emit()

    def _cannot_check(self, error: ZbdeskError) -> None:
        self.is_checking, self._check = False, None
        self.fault = error
        self.bad = {}
        if not isinstance(error, BadMapping | TableFaults):
            self.failed.emit(error)
        self.checked.emit()

    # ---- the import ----------------------------------------------------------------------------------------------
    @property
    def is_running(self) -> bool:
        """Whether the import is under way."""
        return self._run is not None

    def run(self) -> None:
        """Import what was checked."""
        order, hold, services = self.session.order(), self.session.hold, self.services
        self._soon.stop()

        def work(job: Job[ImportOutcome]) -> ImportOutcome:
            return services.run(order, Watch(job.tell, job.stopped), hold=hold)

        self._run = self.jobs.start(
            work, self._imported, fail=self._not_imported, progress=self.progressed.emit, always=True
        )

    def stop(self) -> None:
        """End the import between two chunks; what was taken stays."""
        if self._run is not None:
            self._run.stop()

    def _imported(self, outcome: ImportOutcome) -> None:
        self._run = None
        self.session.taken = True
        self.imported.emit(outcome)

    def _not_imported(self, error: ZbdeskError) -> None:
        self._run = None
        self.failed.emit(error)

    def foresee_back(self, batch_id: int, then: Callable[[ImportBack], None]) -> None:
        """What rolling an import back would do; ``failed`` says why it cannot be."""
        services = self.services
        self.jobs.start(lambda _job: services.foresee_back(batch_id), then, fail=self.failed.emit)

    def take_back(self, batch_id: int) -> None:
        """Roll an import back; ``taken_back`` says what was done and what stays, ``failed`` why nothing was."""
        services = self.services
        self.jobs.start(lambda _job: services.take_back(batch_id), self.taken_back.emit, fail=self.failed.emit)

    # ---- mappings ------------------------------------------------------------------------------------------------
    def read_mappings(self) -> None:
        """Which mappings are saved, and whether what is to leave is held."""
        services = self.services
        self.jobs.start(lambda _job: (list(services.mappings()), services.is_held()), self._mappings_here)

    def _mappings_here(self, found: tuple[list[SavedMapping], bool]) -> None:
        self.saved, held = found
        self.session.hold = self.session.hold or held
        self.mappings_changed.emit()

    def save_mapping(self, name: str, then: Callable[[], None], fail: Callable[[ZbdeskError], None]) -> None:
        """Keep what is said under a name."""
        services, module, raw = self.services, self.session.module, self.session.raw(to_save=True)

        def kept(_done: None) -> None:
            self.session.mapping_name = name.strip()
            self.read_mappings()
            then()

        self.jobs.start(lambda _job: services.save_mapping(name, module, raw), kept, fail=fail)

    def close(self) -> None:
        """End the jobs and let the rows go. An import under way ends at its next chunk."""
        self._soon.stop()
        self.jobs.close()
        self.spool.close()
