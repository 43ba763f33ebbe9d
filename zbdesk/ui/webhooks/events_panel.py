"""Events: filter, list, raw view, reading again; and how many were turned away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import WebhookEventRaw
from zbdesk.domain.webhook_views import EventFilter, EventLine, WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import plural
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.webhooks.acts import Doer
from zbdesk.ui.webhooks.events_model import EventsModel
from zbdesk.ui.webhooks.events_table import EventsTable
from zbdesk.ui.webhooks.raw import RawDialog
from zbdesk.ui.widgets import Button, Combo, EmptyState, Label, announce


class EventsPanel(QWidget):
    """``said``: something happened that the foot of the window tells. ``failed``: something could not be done.

    ``tools``: filter and buttons, for the line above the list.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, state: DeskState, bridge: Bridge, doer: Doer) -> None:
        super().__init__()
        self._state, self._bridge, self._doer = state, bridge, doer
        self.model = EventsModel(bridge, state, self)
        self.table = EventsTable(self.model)
        self.dialog: RawDialog | None = None
        look = theme.current()
        self.module = Combo(self.tr("Module"))
        self.result = Combo(self.tr("What became of it"))
        self.result.addItem(self.tr("All results"), "")
        for word in words.RESULTS:
            self.result.addItem(words.result_label(word), word)
        self.result.insertSeparator(self.result.count())
        self.result.addItem(self.tr("Signature checked"), True)
        self.result.addItem(self.tr("No signature"), False)
        self._fill_modules(())
        for combo in (self.module, self.result):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
            combo.currentIndexChanged.connect(self._filter)
        self.refused = Label("", "body", "problem")
        self.raw = Button(self.tr("Raw v&iew"), "quiet", "code")
        self.again = Button(self.tr("Read a&gain"), "quiet", "rotate-cw")
        self.raw.setToolTip(self.tr("Enter"))
        self.again.setToolTip("R")
        self.raw.clicked.connect(self._open_chosen)
        self.again.clicked.connect(self._replay)
        self.tools = QWidget()
        bar = QHBoxLayout(self.tools)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(look.px(2))
        bar.addWidget(self.module)
        bar.addWidget(self.result)
        bar.addWidget(self.refused)
        bar.addStretch(1)
        bar.addWidget(self.raw)
        bar.addWidget(self.again)
        self.empty = EmptyState("webhook", self.tr("No event has come yet"))
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(holder, 1)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._not_read)
        self.table.opened.connect(self.open_raw)
        self.table.replay_wanted.connect(self._replay)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self._allow()

    def show_page(self, page: WebhookPage) -> None:
        """Modules of the filter, and how many were turned away."""
        known = dict.fromkeys((*page.modules, *(one.module for one in page.figures.modules)))
        self._fill_modules(tuple(known))
        overview, formats = page.overview, self._state.formats
        if overview.refused and overview.refused_at is not None:
            count = plural(
                "Webhooks", "%n turned away", overview.refused, "%n turned away", "%n turned away",
                formats.count(overview.refused),
            )  # fmt: skip
            said = self.tr("%1: wrong signature, last %2").replace("%1", count)
            said = said.replace("%2", formats.moment(overview.refused_at, self._state.now()))
            self.refused.setText(count)
            self.refused.setAccessibleName(said)
            self.refused.setToolTip(said)
        else:
            self.refused.setText("")

    def set_size(self, size: str) -> None:
        """Fewer words on a narrow window: R does what the button does."""
        self.raw.setVisible(size != "narrow")
        for combo in (self.module, self.result):
            combo.setMinimumWidth(theme.current().px(24) if size == "narrow" else 0)

    def _fill_modules(self, names: tuple[str, ...]) -> None:
        have = tuple(self.module.itemData(at) for at in range(1, self.module.count()))
        if self.module.count() and have == names:
            return
        chosen = self.module.currentData()
        self.module.blockSignals(True)
        self.module.clear()
        self.module.addItem(self.tr("All modules"), "")
        for name in names:
            self.module.addItem(words.module_name(name), name)
        self.module.setCurrentIndex(max(0, self.module.findData(chosen)))
        self.module.blockSignals(False)

    def _filter(self) -> None:
        module, chosen = str(self.module.currentData() or ""), self.result.currentData()
        if isinstance(chosen, bool):
            self.model.set_filter(EventFilter(module, "", chosen))
        else:
            self.model.set_filter(EventFilter(module, str(chosen or "")))

    def clear_filter(self) -> None:
        """All events again."""
        for combo in (self.module, self.result):
            combo.setCurrentIndex(0)

    def _settled(self) -> None:
        if self.model.lines:
            self._stack.setCurrentWidget(self.table)
        elif self.model.where != EventFilter():
            self.empty.show_state(
                "funnel", self.tr("None of the events fits"), self.tr("Choose all to see them again.")
            )
            self._stack.setCurrentWidget(self.empty)
        else:
            self.empty.show_state(
                "webhook", self.tr("No event has come yet"),
                self.tr("Once Zoho Books has an address and a secret, each change is listed here as it arrives."),
            )  # fmt: skip
            self._stack.setCurrentWidget(self.empty)
        self._allow()

    def _not_read(self, error: ZbdeskError) -> None:
        self.empty.show_state("octagon-alert", self.tr("The events cannot be read"), str(error), role="problem")
        self._stack.setCurrentWidget(self.empty)

    def _allow(self) -> None:
        chosen = self.table.chosen()
        self.raw.setEnabled(len(chosen) == 1)
        self.again.setEnabled(any(line.view.module and line.view.remote_id for line in chosen))

    # ---- acts ----------------------------------------------------------------------------------------------------
    def _open_chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen:
            self.open_raw(chosen[0])

    def open_raw(self, line: EventLine) -> None:
        """Show what was received, byte for byte where it is text."""
        event_id = line.view.id
        self._bridge.read(
            lambda reader: reader.webhook_event(event_id),
            lambda found: self._show_raw(found, line),
            owner=self,
            fail=self.failed.emit,
        )

    def _show_raw(self, found: WebhookEventRaw | None, line: EventLine) -> None:
        if found is None:
            self.said.emit(self.tr("This event is not kept any more."))
            return
        self.dialog = RawDialog(self, self._state, found, line)
        self.dialog.replay_wanted.connect(lambda: self._read_again([line]))
        self.dialog.open()

    def _replay(self) -> None:
        self._read_again(self.table.chosen())

    def _read_again(self, lines: list[EventLine]) -> None:
        ids = [line.view.id for line in lines if line.view.module and line.view.remote_id]
        if not ids:
            if lines:
                self.said.emit(self.tr("This event names no record that could be read."))
            return
        self._doer.do(lambda: self._doer.acts.replay(ids), self._replayed, owner=self, fail=self.failed.emit)

    def _replayed(self, count: int) -> None:
        shown = self._state.formats.count(count)
        said = plural(
            "Webhooks", "%n event(s) read again", count, "%n event is read again", "%n events are read again", shown
        )
        self.said.emit(said)
        announce(self, said)
        self.model.refresh()
