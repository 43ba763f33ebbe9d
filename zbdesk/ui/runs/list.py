"""The last runs, newest first, with what each wrote, and the button that takes one back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import RunResult
from zbdesk.domain.views import RollbackReport, RunWrites
from zbdesk.ui import icons, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.runs import words
from zbdesk.ui.runs.rollback import RollbackDialog
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.sentences import said as spoken
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, Hairline, Surface, announce

MOST = 200
_UNDER_WAY = ("circle-dashed", "text2")
_ICONS: dict[RunResult | None, tuple[str, str]] = {
    RunResult.OK: ("circle-check", "ok"), RunResult.ATTENTION: ("triangle-alert", "attention"),
    RunResult.FAILED: ("octagon-alert", "problem"), RunResult.NEEDS_SIGN_IN: ("octagon-alert", "problem"),
}  # fmt: skip


class RunsList(QWidget):
    """``sentence``: something for the status bar. ``settled``: the list is here."""

    sentence = Signal(str, bool)
    settled = Signal()

    def __init__(self, state: DeskState, bridge: Bridge) -> None:
        super().__init__()
        self._state, self._bridge = state, bridge
        self.runs: list[RunWrites] = []
        self.dialog: RollbackDialog | None = None
        look = theme.current()
        self.notice = Banner(kind="problem")
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("When"), self.tr("Written to Zoho Books"), self.tr("What came of it")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setVerticalScrollBar(QuietScrollBar("base"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName(self.tr("Runs"))
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, look.px(40))
        header.resizeSection(1, look.px(90))
        self.tree.itemSelectionChanged.connect(self._show_button)
        self.tree.itemDoubleClicked.connect(lambda *_: self.look())
        self.button = Button(self.tr("Roll &back…"), "normal", "undo-2")
        self.button.clicked.connect(self.look)
        strip = Surface("window")
        line = QHBoxLayout(strip)
        line.setContentsMargins(look.px(3), look.px(2), look.px(3), look.px(2))
        line.addStretch(1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.tree, 1)
        column.addWidget(Hairline())
        column.addWidget(strip)
        self._show_button()
        state.changed.connect(self._state_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is new."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the last runs."""
        self._bridge.read(
            lambda reader: reader.whole_runs().recent(MOST), self._arrived, owner=self, fail=self._not_read
        )

    def _state_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _not_read(self, error: ZbdeskError) -> None:
        self.notice.say(error.title, error.message, "problem")

    def _arrived(self, found: Sequence[RunWrites]) -> None:
        if list(found) != self.runs:
            chosen = self.chosen()
            self.runs = list(found)
            self.tree.clear()
            for one in self.runs:
                self.tree.addTopLevelItem(self._item(one))
            keys = [one.run.id for one in self.runs]
            row = keys.index(chosen.run.id) if chosen is not None and chosen.run.id in keys else 0
            item = self.tree.topLevelItem(row)
            if item is not None:
                self.tree.setCurrentItem(item)
        self._show_button()
        self.settled.emit()

    def _item(self, one: RunWrites) -> QTreeWidgetItem:
        formats, run = self._state.formats, one.run
        said = spoken(run.message) or (self.tr("Under way") if run.result is None else "")
        if one.rolled_back_at is not None:
            moment = formats.moment(one.rolled_back_at, self._state.now())
            said = f"{self.tr('Taken back %1.').replace('%1', moment)} {said}"
        item = QTreeWidgetItem([formats.moment(run.started_at, self._state.now()), words.written(one, formats), said])
        drawing, role = _ICONS.get(run.result, _UNDER_WAY)
        item.setIcon(0, icons.icon(drawing, role))
        item.setSizeHint(0, QSize(0, theme.current().row_height))
        item.setToolTip(0, formats.stamp(run.started_at))
        item.setToolTip(2, said)
        return item

    def chosen(self) -> RunWrites | None:
        """The run in the current row."""
        item = self.tree.currentItem()
        at = -1 if item is None else self.tree.indexOfTopLevelItem(item)
        return self.runs[at] if 0 <= at < len(self.runs) else None

    def _show_button(self) -> None:
        one = self.chosen()
        self.button.setEnabled(one is not None and bool(one.writes))
        taken = one is not None and one.rolled_back_at is not None
        self.button.setText(self.tr("What came of it…") if taken else self.tr("Roll &back…"))

    def look(self) -> None:
        """Show what taking the chosen run back means, or what came of it."""
        one = self.chosen()
        if one is None or not one.writes:
            return
        key = one.run.id
        self._bridge.read(
            lambda reader: reader.whole_runs().report(key) or reader.whole_runs().preview(key),
            self._show, owner=self, fail=self._not_read,
        )  # fmt: skip

    def _show(self, found: RollbackReport) -> None:
        self.dialog = RollbackDialog(self, self._state, self._bridge, found)
        self.dialog.agreed.connect(self._agreed)
        self.dialog.open()

    def _agreed(self, _run_id: int) -> None:
        said = self.tr("The run is being taken back; its report stands here.")
        self.sentence.emit(said, True)
        announce(self, said)
