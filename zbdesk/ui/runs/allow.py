"""The question of a run that is larger than may go without a look: numbers, amounts, the company, and a person's yes.

The yes is a command that names exactly what was shown. Cancel is the default and changes nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from zbdesk.domain.views import RunQuestion
from zbdesk.sync.commands import AllowRun
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.outgoing.words import writes_word
from zbdesk.ui.runs.words import limit_words, records_of
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Hairline, Label


class AllowDialog(WriteDialog):
    """``allowed``: the person's yes is on its way."""

    allowed = Signal()

    def __init__(self, parent: QWidget | None, state: DeskState, bridge: Bridge, question: RunQuestion) -> None:
        formats, translate = state.formats, QCoreApplication.translate
        records = records_of(question, formats)
        title = translate("AllowDialog", "Write %1 to %2?").replace("%1", records)
        words = translate(
            "AllowDialog",
            "The run stopped before its first write, because it is larger than your settings let go by itself. "
            "Look whether this is what you meant. What comes on top of it asks again.",
        )
        super().__init__(
            parent, state, title.replace("%2", organization_of(state).name), words,
            icon="triangle-alert", role="attention",
        )  # fmt: skip
        self._bridge, self._question = bridge, question
        self.body.addWidget(self._numbers(question))
        self.cancel.setDefault(True)
        self.verb = self.add_verb(self.tr("&Write these %1").replace("%1", records), "normal")
        self.verb.clicked.connect(self._allow)

    def _numbers(self, question: RunQuestion) -> QWidget:
        look, formats = theme.current(), self.state.formats
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(4))
        grid.setVerticalSpacing(look.px(1))
        grid.setColumnStretch(0, 1)
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        rows = [(writes_word(what, module), formats.count(count)) for what, module, count in question.writes]
        rows += [(self.tr("Amounts in %1").replace("%1", code), formats.money(amount, code))
                 for code, amount in question.totals]  # fmt: skip
        for at, (words, figure) in enumerate(rows):
            grid.addWidget(Label(words, "body"), at, 0)
            grid.addWidget(Label(figure, "strong"), at, 1, end)
        grid.addWidget(Hairline(), len(rows), 0, 1, 2)
        for at, limit in enumerate(question.limits, len(rows) + 1):
            grid.addWidget(Label(limit_words(limit, formats), "body", "attention", wrap=True), at, 0, 1, 2)
        return holder

    def _allow(self) -> None:
        self._bridge.send(AllowRun(self._question.token))
        self.allowed.emit()
        self.accept()
