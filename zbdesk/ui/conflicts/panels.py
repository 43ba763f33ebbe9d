"""Below the fields: what the result changes in the books, and the lines of both sides beside each other."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.views import ConflictDetail, LedgerEffect, LineSide
from zbdesk.ui import theme
from zbdesk.ui.editing.labels import ledger_label
from zbdesk.ui.formats import Formats, plural
from zbdesk.ui.sentences import said
from zbdesk.ui.widgets import Elided, Hairline, IconView, Label, Panel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
MOST_LINES = 40


class EffectPanel(Panel):
    """What the choice does to receivable, tax and balance; or why it cannot be made."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self.icon = IconView("octagon-alert", "problem")
        self.icon.hide()
        self.fact = Label(self.tr("What the result changes in Zoho Books"), "strong", wrap=True)
        self.sentence = Label("", "body", "text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(look.px(0.5))
        words.addWidget(self.fact)
        words.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(look.px(3))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._figures = QWidget()
        self._grid = QGridLayout(self._figures)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(1))
        row.addWidget(self._figures, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def say(self, sentence: str) -> None:
        """No figures: nothing is chosen yet, or it is being worked out."""
        self._look("line", icon=False)
        self.fact.setText(self.tr("What the result changes in Zoho Books"))
        self.sentence.setText(sentence)
        self._fill([])

    def refuse(self, fact: str, reason: str) -> None:
        """The choice would break something."""
        self._look("problem", icon=True)
        self.fact.setText(said(fact))
        self.sentence.setText(said(reason))
        self._fill([])

    def show_effect(self, effect: LedgerEffect, formats: Formats) -> None:
        """The change of each account, signed."""
        self._look("line", icon=False)
        self.fact.setText(self.tr("What the result changes in Zoho Books"))
        moved = [(part, amount) for part, amount in effect.parts if amount]
        sentence = said(effect.sentence)
        if not moved:
            sentence = f"{self.tr('No amount changes there.')} {sentence}".strip()
        self.sentence.setText(sentence)
        self._fill([(ledger_label(part), formats.money(amount, effect.currency)) for part, amount in moved])

    def _look(self, edge: str, *, icon: bool) -> None:
        self.set_roles("problem_tint" if icon else "base", edge)
        self.icon.setVisible(icon)

    def _fill(self, pairs: list[tuple[str, str]]) -> None:
        clear(self._grid)
        for at, (label, figure) in enumerate(pairs):
            self._grid.addWidget(Label(label, "caption", "text2"), 0, at, _RIGHT)
            self._grid.addWidget(Label(figure, selectable=True), 1, at, _RIGHT)
        self._figures.setVisible(bool(pairs))


class LinesPanel(Panel):
    """The document's lines as each side has them; differing ones in strong type."""

    def __init__(self) -> None:
        super().__init__(padded=False)
        self._narrow = False
        self._shown: tuple[ConflictDetail, Formats] | None = None
        look = theme.current()
        head = QHBoxLayout()
        head.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(2))
        head.setSpacing(look.px(2))
        head.addWidget(Label(self.tr("Lines, side by side"), "strong"))
        self.currency = Label("", "body", "text2")
        head.addWidget(self.currency)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.setSpacing(0)
        self.body.addWidget(Hairline())
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(look.px(3), look.px(2), look.px(2), look.px(2.5))
        self._grid.setHorizontalSpacing(look.px(4))
        self._grid.setVerticalSpacing(look.px(2))
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self._holder)

    def set_narrow(self, *, narrow: bool) -> None:
        """Without room the prices give way to the amounts."""
        if narrow != self._narrow:
            self._narrow = narrow
            if self._shown is not None:
                self.show_lines(*self._shown)

    def show_lines(self, detail: ConflictDetail, formats: Formats) -> None:
        """All lines, the differing ones first where there are too many."""
        self._shown = (detail, formats)
        clear(self._grid)
        lines = list(enumerate(detail.lines, 1))
        self.setVisible(bool(lines))
        if not lines:
            return
        self.currency.setText(detail.view.currency or "")
        self._titles()
        rest = 0
        if len(lines) > MOST_LINES:
            lines.sort(key=lambda pair: (pair[1].local == pair[1].remote, pair[0]))
            rest = len(lines) - MOST_LINES
            lines = lines[:MOST_LINES]
        at = 1
        for number, line in lines:
            self._line(at, str(number), line.name, line.unit, line.local, line.remote, detail.view.currency, formats)
            at += 1
        mine, theirs = detail.taxes
        if mine is not None or theirs is not None:
            self._grid.addWidget(Elided(self.tr("Tax, by Zoho Books"), "body", "text2"), at, 1)
            self._figure(at, 4, mine, detail.view.currency, formats, quiet=True)
            self._figure(at, 6, theirs, detail.view.currency, formats, quiet=True)
            if mine is not None and theirs is not None:
                self._figure(at, 7, mine - theirs, detail.view.currency, formats, quiet=True)
            at += 1
        if rest:
            words = plural("LinesPanel", "and %n more line(s)", rest, "and %n more line", "and %n more lines")
            self._grid.addWidget(Label(words, "body", "text2"), at, 1, 1, 4)

    def _titles(self) -> None:
        titles = [
            (1, self.tr("Item"), False), (2, self.tr("Quantity"), True), (4, self.tr("This computer"), True),
            (6, self.tr("Zoho Books"), True), (7, self.tr("Difference"), True),
        ]  # fmt: skip
        for column, words, right in titles:
            label = Label(words, "caption_strong", "text2")
            if right:
                # Over both figures of a side.
                first = column - 1 if column in {4, 6} else column
                self._grid.addWidget(label, 0, first, 1, column - first + 1, _RIGHT)
            else:
                self._grid.addWidget(label, 0, column)

    def _line(  # noqa: PLR0917 - one row of a table, in its order
        self,
        at: int,
        number: str,
        name: str,
        unit: str,
        local: LineSide | None,
        remote: LineSide | None,
        currency: str | None,
        formats: Formats,
    ) -> None:
        same = local == remote
        kind, role = ("body", "text2") if same else ("strong", "text")
        self._grid.addWidget(Label(number, "body", "text2"), at, 0)
        self._grid.addWidget(Elided(name or self.tr("(no name)"), kind, role), at, 1)
        sides = [side.quantity for side in (local, remote) if side is not None and side.quantity is not None]
        words = " → ".join(
            dict.fromkeys(
                formats.amount(value.normalize() if value else Decimal(0), "JPY") for value in reversed(sides)
            )
        )
        self._grid.addWidget(Label(f"{words} {unit}".strip(), "body", role), at, 2, _RIGHT)
        for side, column in ((local, 3), (remote, 5)):
            if side is None:
                missing = Label(self.tr("not there"), "body", "text2")
                self._grid.addWidget(missing, at, column, 1, 2, _RIGHT)
                continue
            if not self._narrow:
                self._figure(at, column, side.rate, currency, formats, quiet=True)
            strong = not same and column == 3
            self._figure(at, column + 1, side.amount, currency, formats, quiet=same, strong=strong)
        mine = local.amount if local is not None else Decimal(0)
        theirs = remote.amount if remote is not None else Decimal(0)
        if mine is not None and theirs is not None:
            self._figure(at, 7, mine - theirs, currency, formats, quiet=same, strong=not same)

    def _figure(
        self,
        at: int,
        column: int,
        value: Decimal | None,
        currency: str | None,
        formats: Formats,
        *,
        quiet: bool = False,
        strong: bool = False,
    ) -> None:
        words = formats.amount(value, currency)
        self._grid.addWidget(
            Label(words, "strong" if strong else "body", "text2" if quiet else "text"), at, column, _RIGHT
        )


def clear(grid: QGridLayout) -> None:
    """Take all widgets out."""
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
