"""The grid of a document's lines: one row a line, the last one empty for the next. Errors are marked in their cells.

Values stay what they were where nobody touched them: ids of lines, fields that have no column. Must not compute a tax;
the sum below is quantity times price of what is typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.editing.inputs import AmountInput, ReferenceInput, WordsInput
from zbdesk.ui.editing.labels import field_label
from zbdesk.ui.editing.layouts import Entry
from zbdesk.ui.editing.making import Maker, shown_value, store_value, value_of
from zbdesk.ui.formats import Formats
from zbdesk.ui.widgets import Button, Hairline, Label, Message

_FIGURES = {"money", "number"}
_SHARES = {"text": 4, "reference": 5, "choice": 2, "money": 3, "number": 2, "date": 3}


class _Line:
    """One row: its cells, the document's own line behind it."""

    def __init__(self, behind: Mapping[str, object]) -> None:
        self.behind = dict(behind)
        self.cells: dict[str, QWidget] = {}
        self.remove: Button | None = None


class LinesGrid(QWidget):
    """Lines of a document. ``edited``: a person changed something."""

    edited = Signal()

    def __init__(self, parts: Sequence[Entry], maker: Maker, formats: Formats) -> None:
        super().__init__()
        self._parts, self._maker, self._formats = tuple(parts), maker, formats
        self._lines: list[_Line] = []
        self._start: list[dict[str, object]] = []
        look = theme.current()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(2))
        self._grid.setVerticalSpacing(look.px(1.5))
        for column, part in enumerate(self._parts):
            title = Label(field_label(part.name), "caption_strong", "text2")
            if part.kind in _FIGURES:
                flags = Qt.AlignmentFlag
                title.setAlignment(flags.AlignRight | flags.AlignAbsolute | flags.AlignVCenter)
            self._grid.addWidget(title, 0, column)
            self._grid.setColumnStretch(column, _SHARES.get(part.kind, 3))
        self.sum = Label("", "strong").at_end()
        words = {
            "invoice_id": self.tr("Add in&voice"),
            "bill_id": self.tr("Add bi&ll"),
            "first_name": self.tr("Add &person"),
        }
        self.add = Button(words.get(parts[0].name, self.tr("Add &line")), "quiet", "plus")
        self.add.clicked.connect(self._add_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.sum)
        self.message = Message()
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(look.px(2))
        column_.addLayout(self._grid)
        column_.addWidget(Hairline())
        column_.addLayout(foot)
        column_.addWidget(self.message)
        self.set_value([])

    # ---- value ---------------------------------------------------------------------------------------------------
    @property
    def value(self) -> object:
        """All lines that hold something, in order; each keeps what it had besides the columns."""
        found = []
        for line in self._lines:
            document = dict(line.behind)
            for part in self._parts:
                store_value(document, part, value_of(line.cells[part.name]))
            if any(not _blank(shown_value(document, part)) for part in self._parts):
                found.append(document)
        return found

    def set_value(self, value: object) -> None:
        """Show these lines and an empty one."""
        for line in self._lines:
            self._take_out(line)
        self._lines = []
        for item in value if isinstance(value, list) else []:
            if isinstance(item, Mapping):
                self._append(item)
        self._append({})
        self.sum_up()

    @property
    def problem(self) -> str:
        """The first thing that cannot be taken."""
        for at, line in enumerate(self._lines):
            for part in self._parts:
                words = str(getattr(line.cells[part.name], "problem", ""))
                if words:
                    self._mark(line, part.name, words)
                    return self.tr("Line %1: %2").replace("%1", str(at + 1)).replace("%2", words)
        return ""

    def set_error(self, text: str, path: str = "") -> QWidget | None:
        """Show the sentence below; ``path`` (``0.rate``) marks the cell. Returns the cell to go to."""
        place, _, name = path.partition(".")
        at = int(place) if place.isdigit() else -1
        shown = self.tr("Line %1: %2").replace("%1", str(at + 1)).replace("%2", text) if text and at >= 0 else text
        self.message.say(shown, "error" if text else "help")
        for line in self._lines:
            for cell in line.cells.values():
                if isinstance(cell, WordsInput):
                    cell.set_problem("")
        if not text:
            return None
        if 0 <= at < len(self._lines):
            return self._mark(self._lines[at], name, text)
        return self.first_cell()

    def first_cell(self) -> QWidget:
        """Where typing begins."""
        return self._lines[0].cells[self._parts[0].name]

    def _mark(self, line: _Line, name: str, words: str) -> QWidget:
        cell = line.cells.get(name) or line.cells.get(f"{name}_id") or line.cells[self._parts[0].name]
        if isinstance(cell, WordsInput):
            cell.set_problem(words)
        return cell

    # ---- rows ----------------------------------------------------------------------------------------------------
    def _append(self, behind: Mapping[str, object]) -> None:
        line, row = _Line(behind), self._grid.rowCount()
        for column, part in enumerate(self._parts):
            cell = self._maker.make(part, behind)
            title = f"{field_label(part.name)}, {self.tr('line %1').replace('%1', str(len(self._lines) + 1))}"
            cell.setAccessibleName(title)
            cell.edited.connect(lambda line=line: self._changed(line))
            if isinstance(cell, ReferenceInput) and part.name == "item_id":
                cell.picked.connect(lambda view, line=line: self._item_picked(line, view))
            line.cells[part.name] = cell
            self._grid.addWidget(cell, row, column)
        line.remove = Button("", "quiet", "x", name=self.tr("Remove line %1").replace("%1", str(len(self._lines) + 1)))
        line.remove.clicked.connect(lambda _on=False, line=line: self.remove(line))
        self._grid.addWidget(line.remove, row, len(self._parts))
        self._lines.append(line)
        self._show_crosses()
        if self.isVisible():
            self._order_stops()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now all parts are in one window, which their order needs."""
        super().showEvent(event)
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab goes line by line, and to the button below only after the last: Qt's own order is that of making."""
        stops = [stop for line in self._lines for stop in (*line.cells.values(), line.remove) if stop is not None]
        for one, following in pairwise([*stops, self.add]):
            self.setTabOrder(one, following)

    def _add_clicked(self) -> None:
        self._lines[-1].cells[self._parts[0].name].setFocus()

    def _changed(self, line: _Line) -> None:
        for cell in line.cells.values():
            if isinstance(cell, WordsInput):
                cell.set_problem("")
        if line is self._lines[-1]:
            self._append({})
        self.sum_up()
        self.edited.emit()

    def _item_picked(self, line: _Line, view: object) -> None:
        """An item brings its price where none is typed."""
        rate = line.cells.get("rate")
        total = getattr(view, "total", None)
        if isinstance(rate, AmountInput) and not rate.text().strip() and isinstance(total, Decimal):
            rate.set_value(total)
        quantity = line.cells.get("quantity")
        if isinstance(quantity, AmountInput) and not quantity.text().strip():
            quantity.set_value(Decimal(1))
        self._changed(line)

    def remove(self, line: _Line) -> None:
        """Take a line out; the empty one stays."""
        at = self._lines.index(line)
        if at == len(self._lines) - 1:
            return
        self._lines.remove(line)
        self._take_out(line)
        self._show_crosses()
        self.sum_up()
        self._lines[min(at, len(self._lines) - 1)].cells[self._parts[0].name].setFocus()
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Delete takes the line out."""
        if event.matches(QKeySequence.StandardKey.DeleteEndOfWord):
            here = self.focusWidget()
            line = next((line for line in self._lines if here in line.cells.values()), None)
            if line is not None:
                self.remove(line)
                return
        super().keyPressEvent(event)

    def _show_crosses(self) -> None:
        for line in self._lines:
            if line.remove is not None:
                line.remove.setEnabled(line is not self._lines[-1])

    @staticmethod
    def _take_out(line: _Line) -> None:
        for widget in (*line.cells.values(), line.remove):
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def sum_up(self) -> None:
        """The sum below, in the document's currency as it is now."""
        names = {part.name for part in self._parts}
        if not {"quantity", "rate"} <= names:
            self.sum.setText("")
            return
        total = Decimal(0)
        for line in self._lines:
            quantity, rate = value_of(line.cells["quantity"]), value_of(line.cells["rate"])
            if isinstance(quantity, Decimal) and isinstance(rate, Decimal):
                total += quantity * rate
        figure = self._formats.money(total, self._maker.currency)
        self.sum.setText(self.tr("Lines before tax and discount: %1").replace("%1", figure))


def _blank(value: object) -> bool:
    return value is None or value == "" or value is False
