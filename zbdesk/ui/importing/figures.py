"""Counts and totals of an import as panels: how many documents become what, and how much by currency."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from zbdesk.sources.base import Outcome
from zbdesk.ui import theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.widgets import IconView, Label, Panel

_LOOKS = {
    Outcome.CREATED: ("file-plus", "ok"),
    Outcome.CHANGED: ("file-pen-line", "accent_text"),
    Outcome.UNCHANGED: ("circle-check", "text2"),
    Outcome.REFUSED: ("octagon-alert", "problem"),
}


class Counts(Panel):
    """Documents by what becomes of them."""

    def __init__(self) -> None:
        super().__init__(self.tr("Documents"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(3))
        self._grid.setVerticalSpacing(theme.current().px(1.5))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.figures: dict[Outcome, Label] = {}
        for row, outcome in enumerate((Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)):
            drawing, role = _LOOKS[outcome]
            figure = Label("", "strong").at_end()
            self._grid.addWidget(IconView(drawing, role), row, 0)
            self._grid.addWidget(Label(_word(outcome), "body"), row, 1)
            self._grid.addWidget(figure, row, 2)
            self.figures[outcome] = figure

    def show_counts(self, counts: Mapping[Outcome, int], formats: Formats) -> None:
        """These figures."""
        for outcome, label in self.figures.items():
            label.setText(formats.count(counts.get(outcome, 0)))


def _word(outcome: Outcome) -> str:
    return {
        Outcome.CREATED: _tr("New"),
        Outcome.CHANGED: _tr("Changed"),
        Outcome.UNCHANGED: _tr("As they are already"),
        Outcome.REFUSED: _tr("Refused"),
    }[outcome]


class Totals(Panel):
    """Amounts by currency, in the order of the codes; never summed across currencies."""

    def __init__(self) -> None:
        super().__init__(self.tr("Totals by currency"))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.current().px(3))
        self._rows.setVerticalSpacing(theme.current().px(1.5))
        self._rows.setColumnStretch(0, 1)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.lines: list[str] = []

    def show_totals(self, totals: Mapping[str, Decimal], formats: Formats) -> None:
        """These amounts."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.lines = []
        for row, (code, amount) in enumerate(sorted(totals.items())):
            figure = formats.amount(amount, code)
            self.lines.append(f"{code} {figure}")
            self._rows.addWidget(Label(code, "body", "text2"), row, 0)
            self._rows.addWidget(Label(figure, "strong").at_end(), row, 1)
        if not totals:
            self._rows.addWidget(
                Label(self.tr("None of these documents has an amount."), "body", "text2", wrap=True), 0, 0
            )


def beside(*panels: QWidget) -> QHBoxLayout:
    """Panels beside each other, equally wide."""
    row = QHBoxLayout()
    row.setSpacing(theme.current().px(3))
    for panel in panels:
        row.addWidget(panel, 1)
    return row


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportFigures", words)
