"""The head of the dashboard while the first load is not done: how far it is, when it ends, what to do meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.modules import MODULES
from zbdesk.ui import theme
from zbdesk.ui.formats import plural
from zbdesk.ui.languages import lower_first
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import module_label
from zbdesk.ui.widgets import Box, Button, Hairline, IconView, Label, Panel, Progress


class FirstSyncPanel(Box):
    """Done of total, a bar where the total is known, and what comes next. ``go_on``: start it again."""

    go_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.icon = IconView("download", "accent_text", steps=5)
        self.title = Label("", "page", wrap=True)
        self.share = Label("", "page", "text2")
        self.bar = Progress(name=self.tr("First sync"), steps=2)
        self.left = Label("", "body", "text2", wrap=True)
        self.right = Label("", "body", "text2")
        self.button = Button(self.tr("&Go on"), "primary", "play")
        self.button.clicked.connect(self.go_on)
        head = QHBoxLayout()
        head.setSpacing(now.px(2.5))
        head.addWidget(self.icon)
        head.addWidget(self.title, 1)
        head.addWidget(self.share)
        head.addWidget(self.button)
        foot = QHBoxLayout()
        foot.addWidget(self.left, 1)
        foot.addWidget(self.right)
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(4.5), now.px(3.5), now.px(4.5), now.px(3.5))
        column.setSpacing(now.px(2))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)

    def refresh(self, state: DeskState) -> None:
        """Take what the state says now."""
        total, formats = state.total(), state.formats
        done = formats.count(total.done)
        if total.expected is not None:
            words = self.tr("First sync: %1 of %2 records are here")
            self.title.setText(words.replace("%1", done).replace("%2", formats.count(total.expected)))
            self.bar.show_share(total.done, total.expected)
            self.share.setText(f"{min(99, total.done * 100 // total.expected)} %")
        else:
            self.title.setText(self.tr("First sync: %1 records are here").replace("%1", done))
            self.share.setText("")
        self.bar.setVisible(total.expected is not None and (state.lasts or not state.running))
        self.button.setVisible(not state.running and state.trouble() is None)
        self.left.setText(self._left(state))
        self.right.setText(self.tr("You can close this window and work on; stopping keeps what is here."))
        self.right.setVisible(state.running)

    def set_narrow(self, *, narrow: bool) -> None:
        """The sentence at the end breaks its line instead of widening the window."""
        self.right.setWordWrap(narrow)

    def _left(self, state: DeskState) -> str:
        formats = state.formats
        if not state.running:
            return self.tr("It has stopped. What is here is kept; the next sync goes on from there.")
        calls = state.total().calls
        made = plural("FirstSync", "%n call(s) made", calls, "%n call made", "%n calls made", formats.count(calls))
        total = state.total()
        if total.expected is not None and total.uncounted:
            more = plural("FirstSync", "%n more list(s)", total.uncounted, "%n more list", "%n more lists")
            return self.tr("%1. %2 without a count.").replace("%1", made).replace("%2", more)
        left = state.time_left()
        if left is None:
            return f"{made}."
        ready = formats.time(state.now() + left)
        words = self.tr("About %1 left, ready near %2.").replace("%1", formats.duration(left)).replace("%2", ready)
        return f"{words} {made}."


class WaitPanel(Panel):
    """What can be done while the first sync runs. ``module_wanted``, ``settings_wanted``, ``help_wanted``."""

    module_wanted = Signal(str)
    settings_wanted = Signal()
    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("While you wait"), padded=False)
        self._module = "invoices"
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.body.addLayout(self._grid)
        self.look, self.look_button = self._row(
            0, "file-text", "", self.tr("Sorting and filters work on what is here"), self.tr("Open")
        )
        _, choose = self._row(
            1,
            "list-checks",
            self.tr("Choose what is read, and how often"),
            self.tr("What is switched off costs no calls"),
            self.tr("Choose"),
        )
        _, keys = self._row(
            2,
            "circle-question-mark",
            self.tr("See the keys"),
            self.tr("Everything works without a mouse"),
            self.tr("Help"),
        )
        self.look_button.clicked.connect(lambda: self.module_wanted.emit(self._module))
        choose.clicked.connect(self.settings_wanted)
        keys.clicked.connect(self.help_wanted)

    def refresh(self, state: DeskState) -> None:
        """Name the module of which most is here."""
        richest = max(
            (counts for counts in state.modules() if counts.enabled and counts.module in MODULES),
            key=lambda counts: (state.here(counts), counts.module == "invoices"),
            default=None,
        )
        here = state.here(richest) if richest is not None else 0
        if richest is None or not here:
            self.look.setText(self.tr("Records appear page by page"))
            self.look_button.setEnabled(False)
            return
        self._module = richest.module
        label = module_label(richest.module)
        words = self.tr("Look at the %1 %2 that are here").replace("%1", state.formats.count(here))
        self.look.setText(words.replace("%2", lower_first(label)))
        self.look_button.setEnabled(True)
        self.look_button.setAccessibleName(self.tr("Open %1").replace("%1", label))

    def _row(self, at: int, icon: str, title: str, reason: str, action: str) -> tuple[Label, Button]:
        now = theme.current()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(now.px(3), now.px(2), now.px(3), now.px(2))
        line.setSpacing(now.px(3))
        words = QVBoxLayout()
        words.setSpacing(0)
        head = Label(title, "strong", wrap=True)
        words.addWidget(head)
        words.addWidget(Label(reason, "caption", "text2", wrap=True))
        button = Button(action)
        button.setAccessibleName(f"{action}: {title}" if title else action)
        line.addWidget(IconView(icon), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(Hairline(), at * 2, 0)
        self._grid.addWidget(row, at * 2 + 1, 0)
        return head, button
