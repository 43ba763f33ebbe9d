"""The parts of the outgoing page and where they stand at each width. No behaviour.

Wide and medium: the lane's table, and beside it what writing means. Narrow: one of the two at a time, with a way back.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.outgoing.preflight import PreflightPane
from zbdesk.ui.outgoing.switch import Switch
from zbdesk.ui.outgoing.table import OutgoingModel, OutgoingTable
from zbdesk.ui.outgoing.words import LANES, lane_word
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.widgets import Banner, Button, EmptyState, Hairline, IconView, Label, Segmented, Surface
from zbdesk.ui.widgets.surfaces import Box


class OutgoingFrame(QWidget):
    """Lanes, table, what is in doubt, and what would be written, laid out; the page gives them life."""

    def __init__(self) -> None:
        super().__init__()
        self._size = ""
        self.model = OutgoingModel(self)
        self.table = OutgoingTable(self.model)
        self.pane = PreflightPane()
        self.empty = EmptyState("hourglass", "")
        self.notice = Banner(kind="problem")
        self.large = Banner(kind="attention", action=_tr("&Look at it…"))
        self._lay_out()
        # The window may be smaller than all parts side by side: sizes below are arranged by set_size.
        self.setMinimumSize(theme.current().px(90), theme.current().px(60))

    def _lay_out(self) -> None:
        look = theme.current()
        self.hold = Switch(_tr("Hold f&or review"))
        titles = QHBoxLayout()
        titles.addWidget(Label(_tr("Outgoing"), "page"))
        titles.addStretch(1)
        titles.addWidget(self.hold)
        self.lanes = Segmented([(lane, lane_word(lane).text) for lane in LANES], name=_tr("Lanes"))
        self.lane_list = Choice([(lane_word(lane).text, lane) for lane in LANES], _tr("Lane"))
        self.lane_list.hide()
        head = QVBoxLayout()
        head.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(3))
        head.setSpacing(look.px(2.5))
        head.addLayout(titles)
        head.addWidget(self.lanes)
        head.addWidget(self.lane_list)
        head.addWidget(self.large)
        head.addWidget(self.notice)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(holder, 1)
        column.addWidget(self._make_doubt())
        self._strip = Surface("base")
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(look.px(3), look.px(2), look.px(3), look.px(2))
        self._more = Button(_tr("What will &be written…"), "primary")
        strip.addStretch(1)
        strip.addWidget(self._more)
        column.addWidget(self._strip)
        self._left = left
        self._line = Hairline(upright=True)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._split.setContentsMargins(0, 0, 0, 0)
        self._split.setSpacing(0)
        self._split.addWidget(left, 1)
        self._split.addWidget(self._line)
        self._split.addWidget(self.pane)

    def _make_doubt(self) -> QWidget:
        """The explanation of an attempt in doubt, below the table."""
        look, box = theme.current(), Box("window")
        inside = QHBoxLayout(box)
        inside.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(2.5))
        inside.setSpacing(look.px(3))
        inside.addWidget(IconView("scan-search", "attention"))
        words = QVBoxLayout()
        words.setSpacing(look.px(0.5))
        self.doubt_fact = Label("", "strong", wrap=True)
        self.doubt_words = Label("", "body", "text2", wrap=True)
        words.addWidget(self.doubt_fact)
        words.addWidget(self.doubt_words)
        inside.addLayout(words, 1)
        self.doubt = QWidget()
        around = QHBoxLayout(self.doubt)
        around.setContentsMargins(look.px(3), look.px(3), look.px(3), look.px(3))
        around.addWidget(box)
        return self.doubt

    def set_size(self, size: str) -> None:
        """Wide: pane at the end. Medium: narrower. Narrow: one of the two at a time."""
        if size == self._size:
            return
        self._size = size
        look, narrow = theme.current(), size == "narrow"
        self._line.setVisible(not narrow)
        self.pane.setMinimumWidth(0)
        self.pane.setMaximumWidth(16_777_215)
        if not narrow:
            self.pane.setFixedWidth(look.px(71 if size == "wide" else 62))
        self.pane.back.setVisible(narrow)
        self._strip.setVisible(narrow)
        self.show_pane(opened=False)
        self._fit_lanes()

    def show_pane(self, *, opened: bool) -> None:
        """On a narrow window the table or what it means, else both."""
        narrow = self._size == "narrow"
        self.pane.setVisible(not narrow or opened)
        self._left.setVisible(not narrow or not opened)
        if narrow:
            (self.pane.back if opened else self._more).setFocus()

    def _fit_lanes(self) -> None:
        pane = 0 if self._size == "narrow" else self.pane.width()
        room = self.width() - pane - theme.current().px(8)
        fits = self.lanes.sizeHint().width() <= room
        self.lanes.setVisible(fits)
        self.lane_list.setVisible(not fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lanes become a list where they do not fit side by side."""
        super().resizeEvent(event)
        self._fit_lanes()


def _tr(words: str) -> str:
    return QCoreApplication.translate("OutgoingPage", words)
