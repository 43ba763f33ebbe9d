"""Sync of the last thirty days: a block a day. Height and pattern tell how it went, not the colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from zbdesk.domain.figures import DayHealth, DayWord
from zbdesk.ui import theme
from zbdesk.ui.charts.parts import ChartPanel, Table, bar, hatched
from zbdesk.ui.formats import Formats
from zbdesk.ui.widgets import Label
from zbdesk.ui.widgets.announcing import announce


class HealthStrip(QWidget):
    """The blocks. Arrows walk through the days, each is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", True)
        self._days: Sequence[DayHealth] = ()
        self._words: Sequence[str] = ()
        self._at = -1
        theme.on_change(self, self.update)

    def show_days(self, days: Sequence[DayHealth], words: Sequence[str], summary: str) -> None:
        """Take days, a sentence each, and the sentence for all."""
        self._days, self._words, self._at = days, words, len(days) - 1
        self.setAccessibleName(summary)
        self.update()

    def sizeHint(self) -> QSize:
        """Three steps and a bit of room for the highest block."""
        now = theme.current()
        return QSize(now.px(60), now.px(6))

    def _box(self, at: int) -> QRectF:
        wide = self.width() / max(1, len(self._days))
        place = len(self._days) - 1 - at if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at
        return QRectF(place * wide + 1, 0, wide - 2, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """In order low and filled, with problems middle and hatched, failed or missed high with a cross."""
        del event
        now, painter = theme.current(), QPainter(self)
        for at, day in enumerate(self._days):
            box = self._box(at)
            tall = {DayWord.IN_ORDER: 2.0, DayWord.WITH_PROBLEMS: 4.0, DayWord.BEFORE: 0.5}.get(day.word, 6.0)
            box.setTop(box.bottom() - now.px(tall))
            if day.word is DayWord.IN_ORDER:
                bar(painter, box, "series2")
            elif day.word is DayWord.WITH_PROBLEMS:
                hatched(painter, box)
            elif day.word is DayWord.BEFORE:
                bar(painter, box, "line")
            else:
                role = "problem" if day.word is DayWord.FAILED else "edge"
                _crossed(painter, box, role)
            if self.hasFocus() and at == self._at:
                painter.setPen(QPen(now.color("focus"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self._box(at).adjusted(-1, 0, 1, -1))

    def event(self, event: QEvent) -> bool:
        """A tooltip for the day under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._days:
            at = next((at for at in range(len(self._days)) if self._box(at).contains(event.pos().toPointF())), None)
            if at is not None:
                QToolTip.showText(event.globalPos(), self._words[at], self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go through the days."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not way or not self._days:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            way = -way
        self._at = min(len(self._days) - 1, max(0, self._at + way))
        announce(self, self._words[self._at])
        place = self._box(self._at).bottomLeft().toPoint()
        QToolTip.showText(self.mapToGlobal(QPoint(place)), self._words[self._at], self)
        self.update()


class HealthPanel(ChartPanel):
    """The panel; its link leads to the history."""

    def __init__(self) -> None:
        super().__init__(self.tr("Sync, last 30 days"), self.tr("History"))
        self.strip = HealthStrip()
        self.first, self.sentence = Label("", "caption", "text2"), Label("", "caption", "text2")
        self.last = Label(self.tr("today"), "caption", "text2")
        row = QHBoxLayout()
        for at, label in enumerate((self.first, self.sentence, self.last)):
            row.addWidget(label)
            if at < 2:
                row.addStretch(1)
        self.body.setSpacing(theme.current().px(1))
        self.body.addWidget(self.strip)
        self.body.addLayout(row)
        self._days: Sequence[DayHealth] = ()
        self._formats = Formats()

    def show_figures(self, days: Sequence[DayHealth], formats: Formats) -> None:
        """Take other days."""
        self._days, self._formats = days, formats
        known = [day for day in days if day.word is not DayWord.BEFORE]
        counted = Counter(day.word for day in known)
        text = self.tr("%1 of %2 days in order")
        text = text.replace("%1", str(counted[DayWord.IN_ORDER])).replace("%2", str(len(known)))
        self.sentence.setText(text)
        self.first.setText(formats.date(days[0].day.isoformat()) if days else "")
        self.strip.show_days(days, [f"{formats.day(day.day)}: {self._word(day.word)}" for day in days], text)

    def _word(self, word: DayWord) -> str:
        return {
            DayWord.IN_ORDER: self.tr("in order"),
            DayWord.WITH_PROBLEMS: self.tr("in order in the end, some runs failed"),
            DayWord.FAILED: self.tr("every run failed"),
            DayWord.MISSED: self.tr("no run"),
            DayWord.BEFORE: self.tr("not connected yet"),
        }[word]

    def table(self) -> Table:
        """Day and how it went."""
        rows = [(self._formats.day(day.day), self._word(day.word)) for day in reversed(self._days)]
        return (self.tr("Day"), self.tr("How it went")), rows


def _crossed(painter: QPainter, box: QRectF, role: str) -> None:
    now = theme.current()
    painter.setPen(QPen(now.color(role), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    middle, reach = box.center(), min(box.width(), box.height()) / 3
    painter.drawLine(int(middle.x() - reach), int(middle.y() - reach), int(middle.x() + reach), int(middle.y() + reach))
    painter.drawLine(int(middle.x() - reach), int(middle.y() + reach), int(middle.x() + reach), int(middle.y() - reach))
