"""Receivables by age: five bars on one scale from zero, each with its amount and how many invoices it stands for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from zbdesk.domain.figures import AgeBucket, Receivables
from zbdesk.domain.views import RecordFilter
from zbdesk.ui import painting, theme
from zbdesk.ui.charts.currencies import CurrencyPanel
from zbdesk.ui.charts.parts import LEAST, Part, Table, bar, hatched
from zbdesk.ui.formats import Formats, plural, spoken
from zbdesk.ui.widgets import Label


class AgeBar(Part):
    """One age: its words, its bar, its amount, its count."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = self._amount = self._count = ""
        self._share = 0.0
        self._role = "series1"
        self._widths = (0, 0, 0)
        theme.on_change(self, self.update)

    def show_bar(self, texts: tuple[str, str, str], share: float, role: str, widths: tuple[int, int, int]) -> None:
        """Take words, amount and count, the share of the longest bar, its role and the widths of the text columns."""
        self._words, self._amount, self._count = texts
        self._share, self._role, self._widths = share, role, widths
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line of a list."""
        now = theme.current()
        return QSize(sum(self._widths) + now.px(20), max(24, now.line_height + now.px(2.5)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words at the start, figures at the end, the bar between them."""
        del event
        now, painter = theme.current(), QPainter(self)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        first, amount, count = self._widths
        gap, width = now.px(2), self.width()

        def place(start: float, span: float) -> QRectF:
            return QRectF(width - start - span if reverse else start, 0, span, self.height())

        painter.setFont(now.font("body"))
        painter.setPen(now.color("text"))
        painter.drawText(place(0, first), painting.start(reverse=reverse), self._words)
        painter.drawText(place(width - count - gap - amount, amount), painting.end(reverse=reverse), self._amount)
        painter.setFont(now.font("caption"))
        painter.setPen(now.color("text2"))
        painter.drawText(place(width - count, count), painting.end(reverse=reverse), self._count)
        room = width - first - amount - count - 4 * gap
        if self._share <= 0 or room <= 0:
            return
        height = now.px(3)
        box = place(first + gap, max(LEAST, self._share * room))
        box = QRectF(box.left(), (self.height() - height) / 2, box.width(), height)
        if self._role == "hatched":
            hatched(painter, box)
        else:
            bar(painter, box, self._role)


class AgeingPanel(CurrencyPanel[Receivables]):
    """The panel. ``opened`` carries the ``RecordFilter`` of the invoices behind a bar; the link all open ones."""

    def __init__(self) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            tr("AgeingPanel", "Receivables by age"),
            tr("AgeingPanel", "Currency of the receivables"),
            tr("AgeingPanel", "Show invoices"),
        )
        now = theme.current()
        self.head.insertWidget(2, self.choice)
        self.head.setSpacing(now.px(2))
        self.caption = Label("", "body", "text2", wrap=True)
        self.bars = [AgeBar() for _ in range(5)]
        Part.join(self.bars)
        column = QVBoxLayout()
        column.setSpacing(now.px(0.5))
        self.body.addWidget(self.caption)
        self.body.addLayout(column)
        self.body.addStretch(1)
        for at, one in enumerate(self.bars):
            column.addWidget(one)
            one.clicked.connect(partial(self._open, at))
        self.link_clicked.connect(lambda: self.opened.emit(self._filter(None)))

    def no_currency(self) -> str:
        """See ``CurrencyPanel``."""
        return self.tr("no currency")

    def draw(self) -> None:
        """See ``CurrencyPanel``."""
        owed, formats = self.shown, self._formats
        for one in self.bars:
            one.setVisible(owed is not None)
        if self.link is not None:
            self.link.setVisible(owed is not None)
        if owed is None:
            self.caption.setText(self.tr("Nobody owes anything: no open invoices."))
            self.setAccessibleDescription(self.caption.text())
            return
        total = formats.money(owed.total, owed.currency)
        self.caption.setText(self.tr("%1 in %2").replace("%1", total).replace("%2", _invoices(owed.count, formats)))
        rows = self._rows(owed)
        metrics = QFontMetrics(theme.current().font("body"))
        small = QFontMetrics(theme.current().font("caption"))
        widths = (
            max(metrics.horizontalAdvance(words) for words, _, _ in rows),
            max(metrics.horizontalAdvance(amount) for _, amount, _ in rows),
            max(small.horizontalAdvance(count) for _, _, count in rows),
        )
        most = max(bucket.amount for bucket in owed.buckets) or Decimal(1)
        for at, (one, bucket, row) in enumerate(zip(self.bars, owed.buckets, rows, strict=True)):
            role = "series2" if at == 0 else "hatched" if bucket.days_to is None else "series1"
            one.show_bar(row, float(bucket.amount / most), role, widths)
            one.say(self._sentence(owed, bucket))
        sentences = "; ".join(self._sentence(owed, bucket) for bucket in owed.buckets)
        self.setAccessibleDescription(spoken(f"{self.caption.text()}. {sentences}"))

    def _rows(self, owed: Receivables) -> list[tuple[str, str, str]]:
        formats = self._formats
        return [
            (self._age(bucket), formats.amount(bucket.amount, owed.currency), formats.count(bucket.count))
            for bucket in owed.buckets
        ]

    def _age(self, bucket: AgeBucket) -> str:
        if bucket.days_from is None:
            return self.tr("Not yet due")
        if bucket.days_to is None:
            return self.tr("Over %1 days").replace("%1", str(bucket.days_from - 1))
        return self.tr("%1–%2 days").replace("%1", str(bucket.days_from)).replace("%2", str(bucket.days_to))

    def _sentence(self, owed: Receivables, bucket: AgeBucket) -> str:
        money = self._formats.money(bucket.amount, owed.currency)
        return (
            self.tr("%1: %2 in %3")
            .replace("%1", self._age(bucket))
            .replace("%2", money)
            .replace("%3", _invoices(bucket.count, self._formats))
        )

    def _open(self, at: int) -> None:
        owed = self.shown
        if owed is not None:
            self.opened.emit(self._filter(owed.buckets[at]))

    def _filter(self, bucket: AgeBucket | None) -> RecordFilter:
        """The open invoices of one age in the currency in sight; all ages without a bucket."""
        owed = self.shown
        currencies = (owed.currency,) if owed is not None and owed.currency else ()
        if owed is None or bucket is None:
            return RecordFilter(currencies=currencies, owed=True)
        first = None if bucket.days_to is None else owed.as_of - timedelta(days=bucket.days_to)
        last = None if bucket.days_from is None else owed.as_of - timedelta(days=bucket.days_from)
        return RecordFilter(
            currencies=currencies,
            owed=True,
            due_from=first.isoformat() if first else None,
            due_to=last.isoformat() if last else None,
        )

    def table(self) -> Table:
        """Age, amount, invoices."""
        owed = self.shown
        amount = self.tr("Amount") if owed is None else f"{self.tr('Amount')} ({owed.currency})"
        return (self.tr("Age"), amount, self.tr("Invoices")), self._rows(owed) if owed is not None else []


def _invoices(count: int, formats: Formats) -> str:
    return plural("Charts", "%n invoice(s)", count, "%n invoice", "%n invoices", formats.count(count))
