"""Which record the pane beside the table shows: read after a rest, asked from Zoho Books where lines are missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.status import EngineState
from zbdesk.domain.views import PlannedWrite, RecordDetail
from zbdesk.sync.commands import CancelPending, ReadDetail
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.links import books_page
from zbdesk.ui.records.detail import DetailPane
from zbdesk.ui.records.detail_parts import WAITING
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader
    from zbdesk.ui.records.table import RecordsTable

DETAIL_REST = 80
"""Milliseconds on one row before its details are read: walking past rows reads nothing."""

_AWAY = frozenset({EngineState.OFFLINE, EngineState.SIGNED_OUT, EngineState.FAILED})


Answer = tuple[RecordDetail | None, list[PlannedWrite]]


def _question(key: int) -> Callable[[Reader], Answer]:
    """The record, and where something of ours waits, what would leave."""

    def ask(reader: Reader) -> Answer:
        found = reader.detail(key)
        waits = found is not None and found.view.state in WAITING
        return found, (reader.planned([key]) if waits else [])

    return ask


class ShownDetail(QObject):
    """Fills the pane with the table's current record. ``tell`` says a sentence above the table."""

    def __init__(
        self, table: RecordsTable, pane: DetailPane, state: DeskState, bridge: Bridge, tell: Callable[[str], None]
    ) -> None:
        super().__init__(pane)
        self._table, self._pane, self._state, self._bridge, self._tell = table, pane, state, bridge, tell
        self._module: Module = pane.module
        self._question: Question | None = None
        self._asked: int | None = None
        self._again: Answer | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DETAIL_REST)
        self._rest.timeout.connect(self.read)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._rest.start())
        pane.browser_wanted.connect(self.open_in_browser)
        pane.cancel_wanted.connect(lambda key: bridge.send(CancelPending(key)))
        state.detail_ready.connect(self._ready)
        state.records_changed.connect(self._changed)

    def read(self) -> None:
        """Read the current record now."""
        key = self._table.current_id()
        if self._question is not None:
            self._question.cancel()
        if key is None or not self._pane.isVisible():
            return
        self._question = self._bridge.read(_question(key), self._show, owner=self, fail=self._failed)

    def open_in_browser(self) -> None:
        """Open the shown record in Zoho Books' own page."""
        overview, shown = self._state.overview, self._pane.shown
        if overview is None or overview.connection is None or shown is None:
            return
        page = books_page(overview.connection, shown.view)
        if page is None:
            self._tell(self.tr("This server has no web pages for its records."))
        else:
            QDesktopServices.openUrl(QUrl(page))

    def _changed(self, names: frozenset[str]) -> None:
        """Something in this module changed, here or in Zoho Books: it may be the record in sight."""
        if self._module.name in names and self._pane.shown is not None and self._pane.isVisible():
            self._rest.start()

    def _show(self, answer: Answer) -> None:
        found, planned = answer
        before, self._again = self._again, answer
        if before == answer and self._pane.shown == found:
            return  # as it stands: drawing it again would take the place that somebody has scrolled to
        if found is None:
            self._pane.show_nothing()
            return
        key = found.view.id
        can_read = self._module.detail_path != "" and found.view.remote_id is not None
        wanted = not found.has_detail and not self._module.rows_complete and can_read
        offline = self._state.engine_state in _AWAY
        if wanted and self._asked != key and not offline:
            self._asked = key
            self._bridge.send(ReadDetail(key))
        self._pane.show_detail(found, self._state.formats, waiting=wanted, offline=offline, planned=planned)

    def _ready(self, record_id: int) -> None:
        if record_id == self._table.current_id() and self._table.isVisible() | self._pane.isVisible():
            self.read()

    def _failed(self, error: ZbdeskError) -> None:
        self._pane.say(str(error))
