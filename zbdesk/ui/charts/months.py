"""Invoiced and received by month: pairs of bars; the running month is an outline, since it is not over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zbdesk.domain.figures import Month, Months
from zbdesk.domain.views import RecordFilter
from zbdesk.ui import painting, theme
from zbdesk.ui.charts.currencies import CurrencyPanel
from zbdesk.ui.charts.parts import LEAST, Part, Table, bar
from zbdesk.ui.charts.scale import lines, short
from zbdesk.ui.formats import spoken
from zbdesk.ui.widgets import Label


class MonthPair(Part):
    """Two bars of one month."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shares = (0.0, 0.0)
        self._word = ""
        self._running = False

    def show_month(self, shares: tuple[float, float], word: str, *, running: bool) -> None:
        """Take shares of the axis, the month's short name and whether it is not over yet."""
        self._shares, self._word, self._running = shares, word, running
        self.update()

    def foot(self) -> int:
        """Height of the month's name."""
        now = theme.current()
        return now.line_height + now.px(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pair stands on the axis; its name is below."""
        del event
        now, painter = theme.current(), QPainter(self)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        base = self.height() - self.foot()
        wide = max(3.0, min(now.px(4), (self.width() - now.px(1.5)) / 2))
        start = (self.width() - 2 * wide - 1) / 2
        for at, share in enumerate(self._shares):
            left = start + at * (wide + 1)
            if reverse:
                left = self.width() - left - wide
            tall = max(LEAST, share * base) if share > 0 else 0.0
            box = QRectF(left, base - tall, wide, tall)
            role = ("series1", "series2")[at]
            if not tall:
                continue
            if self._running:
                pen = QPen(now.color(role), 1, Qt.PenStyle.DashLine)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, 0))
            else:
                bar(painter, box, role)
        painter.setFont(now.font("caption"))
        painter.setPen(now.color("text2"))
        painter.drawText(QRect(0, base, self.width(), self.foot()), int(Qt.AlignmentFlag.AlignCenter), self._word)


class MonthsChart(QWidget):
    """Axis, three grid lines and twelve pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.pairs = [MonthPair(self) for _ in range(12)]
        Part.join(self.pairs)
        self._lines: Sequence[tuple[float, str]] = ()
        theme.on_change(self, self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room, as tall as a few rows of a list."""
        now = theme.current()
        return QSize(now.px(100), now.px(44))

    def minimumSizeHint(self) -> QSize:
        """Bars stay apart."""
        now = theme.current()
        return QSize(now.px(70), now.px(36))

    def show_axis(self, lines: Sequence[tuple[float, str]]) -> None:
        """Take grid lines: share of the height and figure."""
        self._lines = lines
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pairs share the width."""
        super().resizeEvent(event)
        self._place()

    def _axis(self) -> int:
        metrics = QFontMetrics(theme.current().font("caption"))
        return max((metrics.horizontalAdvance(word) for _, word in self._lines), default=0) + theme.current().px(2)

    def _place(self) -> None:
        top, axis = self._head(), self._axis()
        room, reverse = self.width() - axis, self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for at, pair in enumerate(self.pairs):
            left, right = round(room * at / 12), round(room * (at + 1) / 12)
            start = self.width() - axis - right if reverse else axis + left
            pair.setGeometry(start, top, right - left, self.height() - top)

    def _head(self) -> int:
        return theme.current().line_height // 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines behind the bars, their figures at the start."""
        del event
        now, painter = theme.current(), QPainter(self)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top, foot, axis = self._head(), self.pairs[0].foot(), self._axis()
        tall = self.height() - top - foot
        painter.setFont(now.font("caption"))
        half = now.line_height // 2
        for share, word in self._lines:
            y = int(top + tall * (1 - share))
            first, last = (0, self.width() - axis) if reverse else (axis, self.width())
            painter.setPen(now.color("line"))
            painter.drawLine(first, y, last, y)
            painter.setPen(now.color("text2"))
            left = self.width() - axis + now.px(1) if reverse else 0
            box = QRect(left, y - half, axis - now.px(1), now.line_height)
            painter.drawText(box, painting.end(reverse=reverse), word)


class MonthsPanel(CurrencyPanel[Months]):
    """The panel. ``opened`` carries the ``RecordFilter`` of a month's invoices."""

    def __init__(self) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            tr("MonthsPanel", "Invoiced and received, by month"), tr("MonthsPanel", "Currency of the months")
        )
        self.key = _Key((("series1", self.tr("Invoiced")), ("series2", self.tr("Received"))))
        self.note = Label("", "caption", "text2")
        for widget in (self.key, self.choice, self.note):
            self.head.addWidget(widget)
        self.head.setSpacing(theme.current().px(3))
        self.chart = MonthsChart()
        self.nothing = Label(
            self.tr("No invoices and no payments in the last twelve months."), "body", "text2", wrap=True
        )
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.nothing)
        for at, pair in enumerate(self.chart.pairs):
            pair.clicked.connect(partial(self._open, at))

    def no_currency(self) -> str:
        """See ``CurrencyPanel``."""
        return self.tr("no currency")

    def draw(self) -> None:
        """See ``CurrencyPanel``."""
        months = self.shown
        for widget in (self.chart, self.key, self.note):
            widget.setVisible(months is not None)
        self.nothing.setVisible(months is None)
        if months is None:
            self.setAccessibleDescription(self.nothing.text())
            return
        running = months.months[-1]
        text = self.tr("%1; %2 to date").replace("%1", months.currency)
        self.note.setText(text.replace("%2", self._formats.month(running.first.month)))
        most = max(max(month.invoiced, month.received) for month in months.months)
        top = most if most > 0 else Decimal(1)
        self.chart.show_axis([(float(line / top), short(line, self._formats.grouping)) for line in lines(most)])
        for at, (pair, month) in enumerate(zip(self.chart.pairs, months.months, strict=True)):
            shares = (_share(month.invoiced, top), _share(month.received, top))
            pair.show_month(shares, self._formats.month(month.first.month), running=at == 11)
            pair.say(self._sentence(months, month))
        self.setAccessibleDescription(spoken("; ".join(self._sentence(months, month) for month in months.months)))

    def _sentence(self, months: Months, month: Month) -> str:
        formats = self._formats
        return (
            self.tr("%1 %2: %3 invoiced, %4 received")
            .replace("%1", formats.month(month.first.month))
            .replace("%2", str(month.first.year))
            .replace("%3", formats.money(month.invoiced, months.currency))
            .replace("%4", formats.money(month.received, months.currency))
        )

    def _open(self, at: int) -> None:
        months = self.shown
        if months is not None:
            first = months.months[at].first
            last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
            currencies = (months.currency,) if months.currency else ()
            self.opened.emit(RecordFilter(currencies=currencies, date_from=first.isoformat(), date_to=last.isoformat()))

    def table(self) -> Table:
        """Month, invoiced, received."""
        months, formats = self.shown, self._formats
        headings = (self.tr("Month"), self.tr("Invoiced"), self.tr("Received"))
        if months is None:
            return headings, []
        return headings, [
            (
                f"{formats.month(month.first.month)} {month.first.year}",
                formats.money(month.invoiced, months.currency),
                formats.money(month.received, months.currency),
            )
            for month in months.months
        ]


class _Key(QWidget):
    """Which bar is which."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._entries = entries
        self.setAccessibleName(", ".join(word for _, word in entries))
        theme.on_change(self, self.update)

    def sizeHint(self) -> QSize:
        """Squares and words in a row."""
        now = theme.current()
        metrics = QFontMetrics(now.font("caption"))
        width = sum(metrics.horizontalAdvance(word) + now.px(7) for _, word in self._entries)
        return QSize(width, now.line_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """From the start side on."""
        del event
        now, painter = theme.current(), QPainter(self)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setFont(now.font("caption"))
        side, at = now.px(2.25), 0
        for role, word in self._entries:
            width = painter.fontMetrics().horizontalAdvance(word)
            left = self.width() - at - side if reverse else at
            bar(painter, QRectF(left, (self.height() - side) / 2, side, side), role)
            start = self.width() - at - side - now.px(1.5) - width if reverse else at + side + now.px(1.5)
            painter.setPen(now.color("text2"))
            painter.drawText(QRect(start, 0, width + 2, self.height()), painting.start(reverse=reverse), word)
            at += side + width + now.px(5)


def _share(value: Decimal, top: Decimal) -> float:
    return max(0.0, float(value / top))
