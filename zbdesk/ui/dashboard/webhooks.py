"""Webhooks on the dashboard: the day in three figures, and the leg among the lights. Read at most every few seconds."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import plural
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import Word
from zbdesk.ui.webhooks import words
from zbdesk.ui.widgets import Label, Panel

REST = 3_000
"""Milliseconds between two readings: 500 events a second must not keep the pool busy with figures."""


class WebhooksPanel(Panel):
    """Arrived, missed, how long it takes; ``link_clicked``: have all legs checked, or set webhooks up."""

    def __init__(self) -> None:
        super().__init__(self.tr("Webhooks today"), self.tr("Check all legs"))
        self.usual = Label("", "caption", "text2", wrap=True)
        self.arrived = Label("", "strong")
        self.arrived_word = Label("", "body", "text2")
        self.missed = Label("", "strong")
        self.missed_word = Label("", "body", "text2")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.arrived)
        row.addWidget(self.arrived_word)
        row.addStretch(1)
        row.addWidget(self.missed)
        row.addWidget(self.missed_word)
        self.body.addLayout(row)
        self.body.addWidget(self.usual)

    def show_page(self, page: WebhookPage, state: DeskState) -> None:
        """Take what is known now."""
        formats, way, figures = state.formats, page.overview.way, page.figures
        self.arrived.setText(formats.count(figures.today))
        self.arrived_word.setText(plural("WebhooksPanel", "arrived", figures.today, "arrived", "arrived"))
        compared = way is not None and bool(way.changes)
        missed = way.missed if way is not None else 0
        self.missed.setText(formats.count(missed) if compared else "")
        self.missed.set_role("attention" if missed else "text")
        self.missed_word.setText(self.tr("missed, compared with polling") if compared else "")
        self.usual.setText(self._usual(page, state))
        assert self.link is not None  # noqa: S101 - made with one
        self.link.setText(self.tr("Check all legs") if is_set_up(page) else self.tr("Set up webhooks"))

    def _usual(self, page: WebhookPage, state: DeskState) -> str:
        figures, overview = page.figures, page.overview
        if not is_set_up(page):
            return self.tr("Changes come by looking. With webhooks they come within seconds.")
        if figures.usual_seconds is not None:
            said = self.tr("usually here in %1").replace("%1", words.span(figures.usual_seconds))
        elif overview.last_event_at is not None:
            when = state.formats.moment(overview.last_event_at, state.now())
            said = self.tr("last one %1").replace("%1", when)
        else:
            said = self.tr("waits for the first event")
        if overview.refused and overview.refused_at is not None and overview.refused_at >= _day_begin(state):
            count = state.formats.count(overview.refused)
            return self.tr("%1 · %2 turned away so far").replace("%1", said).replace("%2", count)
        return said


class WebhookLook(QObject):
    """Reads for the dashboard. ``arrived``: a ``WebhookPage``."""

    arrived = Signal(object)

    def __init__(self, bridge: Bridge, state: DeskState, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked = False
        self._again = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._rested)
        state.records_changed.connect(self._records_changed)

    def _records_changed(self, _names: object) -> None:
        self.read()

    def read(self) -> None:
        """Ask; sooner than allowed it is asked once the rest is over."""
        if self._asked or self._rest.isActive():
            self._again = True
            return
        self._asked = True
        self._bridge.read(lambda reader: reader.webhooks().page(), self._answered, owner=self, fail=self._failed)

    def _rested(self) -> None:
        if self._again:
            self._again = False
            self.read()

    def _answered(self, page: WebhookPage | None) -> None:
        self._asked = False
        self._rest.start()
        if page is not None:
            self.arrived.emit(page)

    def _failed(self, _error: ZbdeskError) -> None:
        # A database that cannot be read has its banner already; the panel keeps what it has.
        self._asked = False
        self._rest.start()


def is_set_up(page: WebhookPage) -> bool:
    """Whether events can come or have come."""
    return page.overview.public_url is not None or page.overview.last_event_at is not None


def leg(page: WebhookPage, state: DeskState) -> tuple[Word, str]:
    """The light of the webhooks: its shape, and a few words where something is to be known."""
    if not is_set_up(page):
        return Word("", "circle-dashed"), words.standing(page).text
    word = words.standing(page)
    if word.role in {"problem", "attention"}:
        fails = QCoreApplication.translate("WebhooksPanel", "fail")
        misses = QCoreApplication.translate("WebhooksPanel", "miss changes")
        return Word("", word.icon, word.role), fails if word.role == "problem" else misses
    last = page.overview.last_event_at
    note = state.formats.moment(last, state.now()) if last is not None else ""
    return Word("", "circle-check" if last is not None else "circle-dashed"), note


def _day_begin(state: DeskState) -> datetime:
    local = state.now().astimezone(state.formats.zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
