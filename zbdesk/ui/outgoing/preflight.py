"""The pane at the end: what will be written, totals per currency, what was looked at beforehand, the one button."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.views import Preflight
from zbdesk.ui import theme
from zbdesk.ui.conflicts.panels import clear
from zbdesk.ui.formats import Formats, plural
from zbdesk.ui.outgoing.words import check_words, writes_word
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.widgets import Button, Elided, Hairline, IconView, Label, Surface

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class PreflightPane(Surface):
    """``write_wanted``, ``list_wanted`` (the dry run), ``cancel_wanted`` (take back)."""

    write_wanted = Signal()
    list_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("base")
        look = theme.current()
        self.title = Label(self.tr("What will be written"), "panel", wrap=True)
        self.where = Label("", "caption", "text2", wrap=True)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(look.px(3.5), look.px(1), look.px(3.5), look.px(3))
        self._grid.setVerticalSpacing(look.px(1.75))
        self._grid.setHorizontalSpacing(look.px(2))
        self._grid.setColumnStretch(0, 0)
        self._grid.setColumnStretch(1, 1)
        area = ScrollPage(self.tr("What will be written"))
        area.set_body(self._body)
        head = QVBoxLayout()
        head.setContentsMargins(look.px(3.5), look.px(3.5), look.px(3.5), look.px(1))
        head.setSpacing(look.px(0.5))
        self.back = Button(self.tr("&Back"), "quiet", "chevron-left", at_start=True)
        self.back.hide()
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.where)
        self.cost = Label("", "caption", "text2", wrap=True)
        self.write = Button("", "primary", "cloud-upload")
        self.write.setSizePolicy(self.write.sizePolicy().Policy.Expanding, self.write.sizePolicy().Policy.Fixed)
        self.show_list = Button(self.tr("&Dry run…"), "normal", "list-checks")
        self.take_back = Button(self.tr("Ta&ke back…"), "quiet", "undo-2")
        tools = QHBoxLayout()
        tools.setSpacing(look.px(1))
        tools.addWidget(self.show_list)
        tools.addWidget(self.take_back)
        tools.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(3.5), look.px(2), look.px(3.5), look.px(3))
        foot.setSpacing(look.px(2))
        foot.addLayout(tools)
        foot.addWidget(self.cost)
        foot.addWidget(self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.write.clicked.connect(self.write_wanted)
        self.show_list.clicked.connect(self.list_wanted)
        self.take_back.clicked.connect(self.cancel_wanted)

    def say(self, title: str, words: str) -> None:
        """No figures: nothing is chosen, or this lane is not written by hand."""
        clear(self._grid)
        self.title.setText(title)
        self.where.setText(words)
        self.cost.setText("")

    def show_preflight(self, found: Preflight, organization: str, formats: Formats) -> None:
        """Counts, totals, checks."""
        clear(self._grid)
        self.title.setText(self.tr("What will be written"))
        self.where.setText(self.tr("to %1").replace("%1", organization))
        at = 0
        for what, module, count in found.writes:
            self._grid.addWidget(Elided(writes_word(what, module)), at, 0, 1, 2)
            self._grid.addWidget(Label(formats.count(count), "strong"), at, 2, _RIGHT)
            at += 1
        if found.totals:
            at = self._section(at, self.tr("Totals of new documents"))
            for code, total in found.totals:
                self._grid.addWidget(Label(code, "body", "text2"), at, 0, 1, 2)
                self._grid.addWidget(Label(formats.amount(total, code), selectable=True), at, 2, _RIGHT)
                at += 1
        if found.checks:
            at = self._section(at, self.tr("Looked at beforehand"))
            for check in found.checks:
                word = check_words(check, formats)
                self._grid.addWidget(IconView(word.icon, word.role), at, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(Label(word.text, wrap=True), at, 1, 1, 2)
                at += 1
        self._grid.setRowStretch(at + 1, 1)
        calls = plural("Outgoing", "%n call(s)", found.calls, "%n call", "%n calls", formats.count(found.calls))
        span = self.tr("when Zoho Books allows calls again")
        if found.seconds is not None:
            span = self.tr("about %1").replace("%1", formats.duration(timedelta(seconds=found.seconds)))
        self.cost.setText(self.tr("%1, %2.").replace("%1", calls).replace("%2", span))

    def _section(self, at: int, words: str) -> int:
        if at:
            self._grid.addWidget(Hairline(), at, 0, 1, 3)
            at += 1
        self._grid.addWidget(Label(words, "strong"), at, 0, 1, 3)
        return at + 1
