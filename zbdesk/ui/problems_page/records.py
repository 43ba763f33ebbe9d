"""The records of one cause, painted: hundreds of rows without a widget each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zbdesk.domain.views import ProblemView
from zbdesk.ui import painting, theme
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.formats import Formats

SHOWN = 200
"""Records listed under one cause; the rest are counted."""


class Records(QWidget):
    """The records of a cause, painted: number, date, party, amount, since when, Try again.

    ``chosen``: another one has the focus; ``again``: try this one; ``dismiss``: Delete, ``entered``: Enter was pressed.
    """

    chosen = Signal(int)
    again = Signal(int)
    dismiss = Signal(int)
    entered = Signal()

    def __init__(self, members: Sequence[ProblemView], formats: Formats, when: Callable[[ProblemView], str]) -> None:
        super().__init__()
        self._members, self._formats, self._when = list(members[:SHOWN]), formats, when
        self._rest = len(members) - len(self._members)
        self.current = 0
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Rows by the theme."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = len(self._members) + (1 if self._rest else 0)
        return QSize(theme.current().px(100), rows * theme.current().row_height)

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(theme.current().px(60), self.sizeHint().height())

    def _say(self) -> None:
        problem = self._members[self.current]
        formats = self._formats
        parts = (
            problem.number,
            problem.party,
            formats.date(problem.date),
            formats.money(problem.amount, problem.currency),
        )
        self.setAccessibleName(", ".join(part for part in parts if part))
        place = self.tr("%1 of %2").replace("%1", str(self.current + 1)).replace("%2", str(len(self._members)))
        self.setAccessibleDescription(place)

    def _columns(self) -> dict[str, QRect]:
        """Left and width of each column, mirrored by the painter."""
        look = theme.current()
        metrics = QFontMetrics(look.font("body"))

        def widest(texts: list[str], least: float) -> int:
            return max([look.px(least), *(metrics.horizontalAdvance(text) + look.px(4) for text in texts)])

        members, formats = self._members, self._formats
        number = widest([problem.number or "" for problem in members], 12)
        day = widest([formats.date(problem.date) for problem in members], 4)
        money = widest([formats.money(problem.amount, problem.currency) for problem in members], 4)
        since = widest([self._when(problem) for problem in members], 10)
        again = metrics.horizontalAdvance(self.tr("Try again")) + look.px(5)
        start = look.px(18) if self.width() > look.px(200) else look.px(4)
        room = self.width() - start - again - look.px(1.5)
        widths = {"number": number, "date": day, "party": 0, "money": money, "since": since}
        widths["party"] = room - sum(widths.values())
        if widths["party"] < look.px(22):
            widths["party"] += widths["since"]
            widths["since"] = 0
        if widths["party"] < look.px(18):
            widths["party"] += widths["date"]
            widths["date"] = 0
        found, x = {}, start
        for name, width in widths.items():
            found[name] = QRect(x, 0, width, look.row_height)
            x += width
        found["again"] = QRect(self.width() - again - look.px(1.5), 0, again, look.row_height)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight."""
        look, painter = theme.current(), QPainter(self)
        height = look.row_height
        columns = self._columns()
        first = max(0, event.rect().top() // height)
        last = min(len(self._members) - 1, event.rect().bottom() // height)
        for at in range(first, last + 1):
            self._row(painter, at, columns)
        if self._rest:
            painter.setPen(look.color("text2"))
            words = self.tr("and %1 more; all of them are tried again together and stand in the CSV file")
            area = QRect(look.px(4), len(self._members) * height, self.width() - look.px(20), height)
            painter.drawText(
                area, painting.start(reverse=self._reverse), words.replace("%1", self._formats.count(self._rest))
            )

    @property
    def _reverse(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _row(self, painter: QPainter, at: int, columns: dict[str, QRect]) -> None:
        look, problem, formats = theme.current(), self._members[at], self._formats
        height = look.row_height
        area = QRect(0, at * height, self.width(), height)
        chosen = at == self.current
        if chosen:
            painter.fillRect(area, look.color("selection"))
        elif at == self._hovered:
            painter.fillRect(area, look.color("hover"))
        painter.setPen(look.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and self.hasFocus():
            painter.setPen(QPen(look.color("focus_on_selection"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        plain = chosen and look.is_contrast
        text = look.color("on_selection" if plain else "text")
        quiet = look.color("on_selection" if plain else "text2")
        link = look.color("on_selection" if plain else "accent_text")
        start = painting.start(reverse=self._reverse)
        painter.setFont(look.font("body"))
        number = problem.number or (lower_first(singular(problem.module)) if problem.module else "–")
        money = formats.money(problem.amount, problem.currency)
        for name, words, colour, align in (
            ("number", number, text, start), ("date", formats.date(problem.date), text, start),
            ("party", problem.party or "", text, start), ("money", money, text, painting.RIGHT),
            ("since", self._when(problem), quiet, start), ("again", self.tr("Try again"), link, painting.RIGHT),
        ):  # fmt: skip
            if not columns[name].width():
                continue
            box = columns[name].translated(0, at * height)
            if self._reverse:
                box.moveLeft(self.width() - box.right() - 1)
            inner = box.adjusted(0, 0, -look.px(2), 0) if not self._reverse else box.adjusted(look.px(2), 0, 0, 0)
            painter.setPen(colour)
            shown = words
            if name == "party":
                shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, align, shown)

    def select(self, at: int) -> None:
        """Go to a record."""
        at = max(0, min(at, len(self._members) - 1))
        if at != self.current:
            self.current = at
            self._say()
            self.update()
            self.chosen.emit(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row; on its words, try again."""
        at = int(event.position().y()) // theme.current().row_height
        if at >= len(self._members):
            return
        self.select(at)
        x = int(event.position().x())
        x = self.width() - x if self._reverse else x
        if self._columns()["again"].contains(x, 1):
            self.again.emit(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        at = int(event.position().y()) // theme.current().row_height
        if at != self._hovered:
            self._hovered = at
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, R tries again, Delete dismisses, Enter is the remedy."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            wanted = self.current + (1 if key == Qt.Key.Key_Down else -1)
            if not 0 <= wanted < len(self._members):
                event.ignore()
                return
            self.select(wanted)
        elif key == Qt.Key.Key_R and not event.modifiers():
            self.again.emit(self.current)
        elif key == Qt.Key.Key_Delete:
            self.dismiss.emit(self.current)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
