"""The table, or what stands in its place: on its way, nothing fits, none, not allowed, switched off, unreadable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.commands import SyncNow
from zbdesk.ui.records import places
from zbdesk.ui.records.places import Command, Place

if TYPE_CHECKING:
    from zbdesk.ui.records.page import RecordsPage

LATE = 300
"""Milliseconds before it is said that an answer is awaited: most come in a blink."""


class Standing(QWidget):
    """Shows one of the two and carries out the next step that the empty place offers."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__()
        self._page = page
        self._error: ZbdeskError | None = None
        self._command = Command.NONE
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page.table)
        self._stack.addWidget(page.empty)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self.choose)
        page.empty.acted.connect(self._acted)

    @property
    def is_empty(self) -> bool:
        """Whether something stands in the table's place."""
        return self._stack.currentWidget() is self._page.empty

    def await_answer(self) -> None:
        """A first question is under way."""
        self._late.start()

    def answered(self) -> None:
        """The database has answered."""
        self._late.stop()
        self._error = None

    def failed(self, error: ZbdeskError) -> None:
        """The database could not be read."""
        self._late.stop()
        self._error = error
        self.choose()

    def choose(self) -> None:
        """Show what there is now."""
        page = self._page
        if page.model.rowCount() and self._error is None:
            self._show_table()
            return
        if self._error is None and page.model.loading and self._late.isActive():
            return
        where = page.model.query.where
        self._show_empty(
            places.unreadable(self._error)
            if self._error is not None
            else places.reading(page.module)
            if page.model.loading
            else places.nothing_fits(page.module, page.state, page.filter.words())
            if where != RecordFilter()
            else places.empty(page.module, page.state)
        )

    def _show_empty(self, place: Place) -> None:
        page = self._page
        self._command = place.command
        page.empty.show_state(place.icon, place.fact, place.reason, place.action or None, role=place.role)
        if not self.is_empty:
            focus_here = page.table.hasFocus()
            self._stack.setCurrentWidget(page.empty)
            page.detail.show_nothing()
            page.arrange()
            if focus_here and place.action:
                page.empty.action.setFocus()

    def _show_table(self) -> None:
        if self._stack.currentWidget() is not self._page.table:
            self._stack.setCurrentWidget(self._page.table)
            self._page.arrange()

    def _acted(self) -> None:
        page = self._page
        match self._command:
            case Command.CLEAR:
                page.filter.clear_all()
                page.filter.field.setFocus()
            case Command.RETRY:
                self._error = None
                page.model.refresh()
            case Command.SWITCH_ON:
                page.settings_wanted.emit()
            case Command.SYNC:
                page.bridge.send(SyncNow(modules=(page.module.name,)))
