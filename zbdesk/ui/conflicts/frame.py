"""The parts of the conflicts page and where they stand at each width. No behaviour.

Wide and medium: the list at the start, one conflict beside it. Narrow: one of the two at a time, with a way back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from zbdesk.ui import theme
from zbdesk.ui.conflicts.fields import FieldsTable
from zbdesk.ui.conflicts.fields_model import FieldsModel
from zbdesk.ui.conflicts.filters import ConflictFilterBar
from zbdesk.ui.conflicts.list import ConflictList
from zbdesk.ui.conflicts.model import ConflictsModel
from zbdesk.ui.conflicts.panels import EffectPanel, LinesPanel
from zbdesk.ui.editing.keys import KeyButton
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.widgets import Banner, Button, Elided, EmptyState, Hairline, Label, Panel, Surface


class _Foot(Surface):
    """Says when it is another width."""

    def __init__(self, resized: Callable[[], None]) -> None:
        super().__init__("base")
        self._resized = resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._resized()


class ConflictsFrame(QWidget):
    """List, fields, effect, lines and buttons, laid out; the page gives them life."""

    def __init__(self) -> None:
        super().__init__()
        self._size = ""
        self._opened = False
        self._one_row = True
        self.model = ConflictsModel(self)
        self.list = ConflictList(self.model)
        self.filter = ConflictFilterBar()
        self.fields = FieldsModel(self)
        self.table = FieldsTable(self.fields)
        self.effect = EffectPanel()
        self.lines = LinesPanel()
        self.notice = Banner(kind="problem")
        self.empty = EmptyState("hourglass", "")
        self._lay_out()
        # The window may be smaller than all parts side by side: sizes below are arranged by set_size.
        self.setMinimumSize(theme.current().px(90), theme.current().px(60))
        self.set_size("wide")

    def _lay_out(self) -> None:
        self._side = self._make_side()
        self._main = self._make_main()
        self.work = QWidget()
        self._split = QHBoxLayout(self.work)
        self._split.setContentsMargins(0, 0, 0, 0)
        self._split.setSpacing(0)
        self._rule_line = Hairline(upright=True)
        self._split.addWidget(self._side)
        self._split.addWidget(self._rule_line)
        self._split.addWidget(self._main, 1)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self.work)
        self._whole.addWidget(self.empty)

    def _make_side(self) -> QWidget:
        look, side = theme.current(), Surface("base")
        top = Surface("window")
        head = QVBoxLayout(top)
        head.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(2.5))
        head.setSpacing(look.px(2))
        titles = QHBoxLayout()
        titles.addWidget(Label(self.tr("Conflicts"), "page"))
        titles.addStretch(1)
        self.count = Label("", "body", "text2")
        titles.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addLayout(titles)
        head.addWidget(self.filter)
        self.none_fit = EmptyState("funnel", "", "", self.tr("Clear all"))
        self.none_fit.acted.connect(self.filter.clear_all)
        holder = QWidget()
        self._listing = QStackedLayout(holder)
        self._listing.addWidget(self.list)
        self._listing.addWidget(self.none_fit)
        foot = Surface("window")
        below = QVBoxLayout(foot)
        below.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(2.5))
        below.setSpacing(look.px(2))
        self.alike = Label("", "body", "text2", wrap=True)
        self.rule = Button(self.tr("Settle &by rule…"), icon="list-checks")
        self.rule.setSizePolicy(self.rule.sizePolicy().Policy.Expanding, self.rule.sizePolicy().Policy.Fixed)
        below.addWidget(self.alike)
        below.addWidget(self.rule)
        self._alike_foot = foot
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (top, Hairline()):
            column.addWidget(part)
        column.addWidget(holder, 1)
        column.addWidget(Hairline())
        column.addWidget(foot)
        return side

    def _make_main(self) -> QWidget:
        look = theme.current()
        main = QWidget()
        self.title = Elided("", "page")
        self.facts = Label("", "body", "text2", wrap=True)
        self.browser = Button(self.tr("Open in &Zoho Books"), "quiet", "external-link")
        self.history = Button(self.tr("Histor&y"), "quiet", "history")
        head = QHBoxLayout()
        head.setSpacing(look.px(1))
        self._back = Button("", "quiet", "chevron-left", name=self.tr("Back to the list"))
        head.addWidget(self._back)
        head.addWidget(self.title, 1)
        head.addWidget(self.browser)
        head.addWidget(self.history)
        panel = Panel(padded=False)
        panel.body.addWidget(self.table)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(4), look.px(2), look.px(4), look.px(4))
        column.setSpacing(look.px(3))
        words = QVBoxLayout()
        words.setSpacing(look.px(0.5))
        words.addLayout(head)
        words.addWidget(self.facts)
        column.addLayout(words)
        for part in (self.notice, panel, self.effect, self.lines):
            column.addWidget(part)
        column.addStretch(1)
        self.area = ScrollPage(self.tr("Conflict"))
        self.area.set_body(body)
        outer = QVBoxLayout(main)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.area, 1)
        outer.addWidget(Hairline())
        outer.addWidget(self._make_foot())
        return main

    def _make_foot(self) -> QWidget:
        look, foot = theme.current(), _Foot(self._fold_foot)
        self._ground = foot
        tr = self.tr
        self.skip = KeyButton(tr("S&kip"), "S", "quiet")
        self.undo = KeyButton(tr("Un&do last"), "Z", "quiet")
        self.ours = KeyButton(tr("All from this &computer"), "1")
        self.theirs = KeyButton(tr("All from Zoh&o Books"), "2")
        self.apply = KeyButton(tr("Apply &this result"), "3", "primary")
        self.why = Label("", "caption", "text2", wrap=True).at_end()
        self._foot = QBoxLayout(QBoxLayout.Direction.TopToBottom, foot)
        self._foot.setContentsMargins(look.px(4), look.px(2.5), look.px(4), look.px(2.5))
        self._foot.setSpacing(look.px(1))
        self._first, self._last = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._last):
            row.setSpacing(look.px(2))
        self._first.addWidget(self.skip)
        self._first.addWidget(self.undo)
        self._first.addStretch(1)
        self._last.addStretch(1)
        for button in (self.ours, self.theirs, self.apply):
            self._last.addWidget(button)
        self._first.addLayout(self._last)
        self._foot.addWidget(self.why)
        self._foot.addLayout(self._first)
        return foot

    def set_size(self, size: str) -> None:
        """Wide and medium: list at the start. Narrow: one of the two at a time, with a way back."""
        if size == self._size:
            return
        self._size = size
        look = theme.current()
        narrow = size == "narrow"
        self._side.setMinimumWidth(0)
        self._side.setMaximumWidth(16_777_215)
        if not narrow:
            self._side.setFixedWidth(look.px(73 if size == "wide" else 66))
        self._rule_line.setVisible(not narrow)
        self._back.setVisible(narrow)
        self._show_pane()
        self.table.set_narrow(narrow=narrow)
        self.lines.set_narrow(narrow=narrow)
        self._fold_foot()

    def _fold_foot(self) -> None:
        """The buttons in one row where they fit, whatever the language calls them; else in two."""
        buttons = (self.skip, self.undo, self.ours, self.theirs, self.apply)
        margins, step = self._foot.contentsMargins(), self._first.spacing()
        wanted = sum(button.sizeHint().width() + step for button in buttons) + margins.left() + margins.right()
        one_row = self._size == "wide" and wanted <= self._ground.width()
        if one_row == self._one_row:
            return
        self._one_row = one_row
        self._foot.removeItem(self._last)
        self._first.removeItem(self._last)
        if one_row:
            self._first.addLayout(self._last)
        else:
            self._foot.addLayout(self._last)

    def _show_pane(self, *, opened: bool | None = None) -> None:
        """On a narrow window the list or the conflict, else both."""
        if opened is not None:
            self._opened = opened
        narrow = self._size == "narrow"
        self._main.setVisible(not narrow or self._opened)
        self._side.setVisible(not narrow or not self._opened)
