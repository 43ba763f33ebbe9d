"""Passing on: own addresses that get events, and what became of each delivery."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.way import Delivery, Target
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import icons, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import Word
from zbdesk.ui.webhooks import words
from zbdesk.ui.webhooks.acts import Doer
from zbdesk.ui.webhooks.target import RemoveTargetDialog, TargetDialog
from zbdesk.ui.widgets import Button, Combo, EmptyState, announce

MOST = 200
_KEY = int(Qt.ItemDataRole.UserRole)


class OnwardPanel(QWidget):
    """``said`` and ``failed`` as in ``EventsPanel``; ``changed``: targets are others now."""

    said = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, doer: Doer) -> None:
        super().__init__()
        self._state, self._bridge, self._doer = state, bridge, doer
        self.targets: tuple[Target, ...] = ()
        self.deliveries: list[Delivery] = []
        self.dialog: QWidget | None = None
        self._reading = False
        look = theme.current()
        self.add = Button(self.tr("Add a tar&get…"), "normal", "plus")
        self.edit = Button(self.tr("Change…"), "quiet", "pencil")
        self.pause = Button(self.tr("Pause"), "quiet", "pause")
        self.remove = Button(self.tr("Remove…"), "quiet", "trash-2")
        self.target_tools = QWidget()
        bar = QHBoxLayout(self.target_tools)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(look.px(2))
        bar.addStretch(1)
        for button in (self.edit, self.pause, self.remove, self.add):
            bar.addWidget(button)
        self.list = _tree(
            [self.tr("Address"), self.tr("Gets"), self.tr("Modules"), self.tr("State")],
            self.tr("Targets"),
            (84, 48, 44),
        )
        self.state_of = Combo(self.tr("State of deliveries"))
        self.state_of.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        for shown, key in (
            (self.tr("All deliveries"), ""), (self.tr("Waiting"), "waiting"), (self.tr("Given up"), "dead"),
            (self.tr("Taken"), "done"),
        ):  # fmt: skip
            self.state_of.addItem(shown, key)
        self.again = Button(self.tr("Send again"), "quiet", "rotate-cw")
        self.delivery_tools = QWidget()
        line = QHBoxLayout(self.delivery_tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(2))
        line.addWidget(self.state_of)
        line.addStretch(1)
        line.addWidget(self.again)
        self.sent = _tree(
            [self.tr("Made"), self.tr("Event"), self.tr("Target"), self.tr("State")],
            self.tr("Deliveries"),
            (30, 64, 74),
        )
        self.sent.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.empty = EmptyState(
            "send",
            self.tr("Nothing is passed on"),
            self.tr("Other systems of your own can get what arrives here, each with a filter and a secret of its own."),
        )
        self._stack = QStackedLayout(self)
        for part in (self.list, self.sent, self.empty):
            self._stack.addWidget(part)
        self._part = "targets"
        self._connect()
        self._allow()

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.pause.clicked.connect(self._pause)
        self.remove.clicked.connect(self._remove)
        self.again.clicked.connect(self._send_again)
        self.state_of.currentIndexChanged.connect(self.refresh)
        self.list.itemSelectionChanged.connect(self._allow)
        self.list.itemDoubleClicked.connect(self._edit)
        self.sent.itemSelectionChanged.connect(self._allow)

    def show_part(self, part: str) -> None:
        """``targets`` or ``deliveries``."""
        self._part = part
        self._fill_stack()
        if part == "deliveries":
            self.refresh()

    def _fill_stack(self) -> None:
        shown = self.list if self._part == "targets" else self.sent
        count = len(self.targets) if self._part == "targets" else len(self.deliveries)
        self._stack.setCurrentWidget(shown if count else self.empty)

    def set_size(self, size: str) -> None:
        """The modules give way on a narrow window."""
        self.list.setColumnHidden(2, size == "narrow")
        self.sent.setColumnHidden(2, size == "narrow")

    # ---- showing -------------------------------------------------------------------------------------------------
    def show_page(self, page: WebhookPage) -> None:
        """Take the targets; what is selected stays selected."""
        if page.targets == self.targets and self.list.topLevelItemCount() == len(page.targets):
            return
        self.targets = page.targets
        _replace(self.list, [(str(one.id), self._target_cells(one), 3, self._target_word(one)) for one in page.targets])
        self._fill_stack()
        self._allow()

    def _target_cells(self, one: Target) -> list[str]:
        gets = self.tr("the record") if one.content == "record" else self.tr("the event as it came")
        kinds = {"changed": self.tr("changes"), "deleted": self.tr("deletions")}
        if one.kinds:
            only = ", ".join(kinds[kind] for kind in one.kinds)
            gets = self.tr("%1, %2 only").replace("%1", gets).replace("%2", only)
        return [isolate(one.url), gets, words.listed(one.modules) or self.tr("all"), self._target_word(one).text]

    def _target_word(self, one: Target) -> Word:
        formats, now = self._state.formats, self._state.now()
        if not one.enabled:
            return Word(self.tr("Paused; what comes waits"), "pause")
        if one.failures:
            shown = formats.count(one.failures)
            said = plural("Webhooks", "failed %n time(s)", one.failures, "failed %n time", "failed %n times", shown)
            return Word(said, "triangle-alert", "attention")
        if one.last_ok_at is not None:
            return Word(self.tr("Took one %1").replace("%1", formats.moment(one.last_ok_at, now)), "circle-check", "ok")
        return Word(self.tr("Nothing sent yet"), "circle-dashed")

    def refresh(self) -> None:
        """Read the deliveries again."""
        if self._reading:
            return
        self._reading = True
        state = str(self.state_of.currentData() or "") or None
        self._bridge.read(
            lambda reader: reader.webhooks().deliveries(MOST, state), self._arrived, owner=self, fail=self._not_read
        )

    def _not_read(self, error: ZbdeskError) -> None:
        self._reading = False
        self.failed.emit(error)

    def _arrived(self, found: list[Delivery]) -> None:
        self._reading = False
        if found == self.deliveries:
            return
        self.deliveries = found
        formats, now = self._state.formats, self._state.now()
        rows = []
        for one in found:
            word = words.delivery_word(one, formats, now)
            kind = self.tr("deleted") if one.kind == "deleted" else self.tr("changed")
            event = f"{words.module_name(one.module)} {isolate(one.remote_id)} {kind}"
            rows.append((str(one.id), [formats.moment(one.made_at, now), event, isolate(one.url), word.text], 3, word))
        _replace(self.sent, rows)
        self._fill_stack()
        self._allow()

    def _allow(self) -> None:
        target = self.target()
        for button in (self.edit, self.pause, self.remove):
            button.setEnabled(target is not None)
        paused = target is not None and not target.enabled
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause.show_icon("play" if paused else "pause")
        self.again.setEnabled(any(one.state != "done" for one in self.chosen()))

    def target(self) -> Target | None:
        """The selected one."""
        items = self.list.selectedItems()
        key = str(items[0].data(0, _KEY)) if items else ""
        return next((one for one in self.targets if str(one.id) == key), None)

    def chosen(self) -> list[Delivery]:
        """Selected deliveries."""
        keys = {str(item.data(0, _KEY)) for item in self.sent.selectedItems()}
        return [one for one in self.deliveries if str(one.id) in keys]

    # ---- acts ----------------------------------------------------------------------------------------------------
    def _add(self) -> None:
        self._open(TargetDialog(self, self._state, self._doer, None))

    def _edit(self) -> None:
        target = self.target()
        if target is not None:
            self._open(TargetDialog(self, self._state, self._doer, target))

    def _remove(self) -> None:
        target = self.target()
        if target is not None:
            self._open(RemoveTargetDialog(self, self._state, self._doer, target))

    def _open(self, dialog: TargetDialog | RemoveTargetDialog) -> None:
        dialog.changed.connect(self.changed)
        self.dialog = dialog
        dialog.open()

    def _pause(self) -> None:
        target = self.target()
        if target is None:
            return
        enabled = not target.enabled
        self._doer.do(
            lambda: self._doer.acts.change_target(target.id, target.modules, target.kinds, enabled=enabled),
            lambda _: self._paused(enabled=enabled),
            owner=self,
            fail=self.failed.emit,
        )

    def _paused(self, *, enabled: bool) -> None:
        self.said.emit(
            self.tr("Events are passed on again.") if enabled else self.tr("Paused. What comes waits on this computer.")
        )
        self.changed.emit()

    def _send_again(self) -> None:
        ids = [one.id for one in self.chosen() if one.state != "done"]
        if ids:
            acts = self._doer.acts
            self._doer.do(lambda: acts.redeliver(ids), self._sent, owner=self, fail=self.failed.emit)

    def _sent(self, count: int) -> None:
        shown = self._state.formats.count(count)
        said = plural(
            "Webhooks",
            "%n delivery is sent again",
            count,
            "%n delivery is sent again",
            "%n deliveries are sent again",
            shown,
        )
        self.said.emit(said)
        announce(self, said)
        self.refresh()


def _tree(titles: Sequence[str], name: str, widths: Sequence[float]) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderLabels(list(titles))
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setFrameShape(QTreeWidget.Shape.NoFrame)
    tree.setVerticalScrollBar(QuietScrollBar("base"))
    tree.setAccessibleName(name)
    for column, width in enumerate(widths):
        tree.header().resizeSection(column, theme.current().px(width))
    return tree


def _replace(tree: QTreeWidget, rows: Sequence[tuple[str, list[str], int, Word]]) -> None:
    """Other lines; those of them that were selected are so again."""
    selected = {str(item.data(0, _KEY)) for item in tree.selectedItems()}
    tree.blockSignals(True)
    tree.clear()
    for key, cells, at, word in rows:
        item = QTreeWidgetItem(cells)
        item.setData(0, _KEY, key)
        item.setIcon(at, icons.icon(word.icon, word.role))
        item.setSizeHint(0, QSize(0, theme.current().row_height))
        for column, text in enumerate(cells):
            item.setToolTip(column, text)
        tree.addTopLevelItem(item)
        item.setSelected(key in selected)
    tree.blockSignals(False)
