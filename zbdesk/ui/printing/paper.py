"""A table laid out for paper: columns that fit, rows on pages, titles on each page, sums at the end, page numbers.

Painted row by row, since a text document of thousands of rows takes seconds to lay out. Black on white whatever the
window's theme. Invariant: figures, dates and numbers are never cut; names give way, then the type gets smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice, QPageLayout, QPainter, QPen

MARGIN_MM = 14.0
BODY_PT = 8.5
LEAST_PT = 5.0
_MEASURED = 400
"""Rows that are measured; the widest figure of a column is among the first few hundred, or one size smaller fits."""

_SINGLE = Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """One column: ``right`` for figures, ``gives_way`` for names, which may be cut at their end."""

    title: str
    right: bool = False
    gives_way: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed. ``totals``: pairs of label and figure. ``page_words``: "Page 1 of 9" from two numbers."""

    organization: str
    title: str
    note: str
    columns: tuple[PaperColumn, ...]
    rows: Sequence[Sequence[str]]
    totals: tuple[tuple[str, str], ...]
    printed: str
    page_words: Callable[[int, int], str]
    rest: str = ""
    """What is said at the end of rows that were left out."""

    reverse: bool = False


def set_up(device: QPagedPaintDevice, *, wide: bool) -> None:
    """Margins, and the paper upright or across."""
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    device.setPageOrientation(orientation)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)


class Press:
    """Paints one sheet on one device. ``pages`` is known before anything is painted."""

    def __init__(self, sheet: Sheet, painter: QPainter, width: float, height: float) -> None:
        self.sheet, self._painter = sheet, painter
        self._width, self._height = width, height
        self._font, self._bold = _fonts(BODY_PT)
        self._widths = self._fit()
        metrics = self._metrics(self._font)
        self._line = metrics.height() * 1.45
        self._head = self._metrics(_title_font()).height() + 2.6 * self._line
        self._foot = 1.6 * self._line
        self._per_page = max(1, int((height - self._head - self._line - self._foot) // self._line))
        self._tail = len(sheet.totals) + bool(sheet.rest)

    @property
    def pages(self) -> int:
        """How many pages it takes, the sums included."""
        lines = len(self.sheet.rows) + self._tail
        return max(1, -(-lines // self._per_page))

    def paint(self, number: int) -> None:
        """Paint one page, counted from 1, at the painter's origin."""
        self._paint_head()
        top = self._head
        self._paint_line(top, [column.title for column in self.sheet.columns], self._bold)
        self._rule(top + self._line, strong=True)
        first = (number - 1) * self._per_page
        top += self._line
        for at in range(first, min(first + self._per_page, len(self.sheet.rows) + self._tail)):
            if at < len(self.sheet.rows):
                self._paint_line(top, self.sheet.rows[at], self._font)
                self._rule(top + self._line, strong=False)
            else:
                self._paint_tail(top, at - len(self.sheet.rows))
            top += self._line
        self._paint_foot(number)

    # ---- measuring -----------------------------------------------------------------------------------------------
    def _metrics(self, font: QFont) -> QFontMetricsF:
        return QFontMetricsF(font, self._painter.device())

    def _fit(self) -> list[float]:
        """Widths that fill the page. Type is made smaller only where figures would not fit otherwise."""
        size = BODY_PT
        while True:
            self._font, self._bold = _fonts(size)
            natural, least = self._natural()
            gap = self._gap()
            room = self._width - gap * max(0, len(natural) - 1)
            if sum(least) <= room or size <= LEAST_PT:
                break
            size -= 0.5
        spare = room - sum(natural)
        giving = [at for at, column in enumerate(self.sheet.columns) if column.gives_way]
        if spare < 0 and giving:
            taken = -spare / len(giving)
            return [max(least[at], width - taken) if at in giving else width for at, width in enumerate(natural)]
        grown = giving or list(range(len(natural)))
        return [width + max(0.0, spare) / len(grown) if at in grown else width for at, width in enumerate(natural)]

    def _natural(self) -> tuple[list[float], list[float]]:
        plain, bold = self._metrics(self._font), self._metrics(self._bold)
        natural, least = [], []
        for at, column in enumerate(self.sheet.columns):
            title = bold.horizontalAdvance(column.title)
            cells = (plain.horizontalAdvance(row[at]) for row in self.sheet.rows[:_MEASURED])
            width = max(title, max(cells, default=0.0)) + 1
            natural.append(width)
            least.append(min(width, max(title, plain.horizontalAdvance("n") * 14)) if column.gives_way else width)
        return natural, least

    def _gap(self) -> float:
        return self._metrics(self._font).horizontalAdvance("n") * 1.6

    # ---- painting ------------------------------------------------------------------------------------------------
    def _paint_head(self) -> None:
        sheet, title = self.sheet, _title_font()
        high = self._metrics(title).height()
        self._text(QRectF(0, 0, self._width, high), sheet.title, title, end=False)
        self._text(QRectF(0, 0, self._width, high), sheet.organization, self._bold, end=True)
        self._text(QRectF(0, high, self._width, self._line), sheet.note, self._font, end=False)

    def _paint_line(self, top: float, cells: Sequence[str], font: QFont) -> None:
        gap, x, metrics = self._gap(), 0.0, self._metrics(font)
        for column, width, cell in zip(self.sheet.columns, self._widths, cells, strict=True):
            left = self._width - x - width if self.sheet.reverse else x
            words = metrics.elidedText(cell, Qt.TextElideMode.ElideRight, width) if column.gives_way else cell
            at_right = column.right or self.sheet.reverse
            side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
            self._put(QRectF(left, top, width, self._line), words, font, side)
            x += width + gap

    def _paint_tail(self, top: float, at: int) -> None:
        if self.sheet.rest and at == 0:
            self._text(QRectF(0, top, self._width, self._line), self.sheet.rest, self._font, end=False)
            return
        label, figure = self.sheet.totals[at - bool(self.sheet.rest)]
        self._text(QRectF(0, top, self._width, self._line), label, self._bold, end=False)
        self._text(QRectF(0, top, self._width, self._line), figure, self._bold, end=True)

    def _paint_foot(self, number: int) -> None:
        box = QRectF(0, self._height - self._line, self._width, self._line)
        self._text(box, self.sheet.printed, self._font, end=False)
        self._text(box, self.sheet.page_words(number, self.pages), self._font, end=True)

    def _text(self, box: QRectF, words: str, font: QFont, *, end: bool) -> None:
        at_right = end != self.sheet.reverse
        self._put(box, words, font, Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft)

    def _put(self, box: QRectF, words: str, font: QFont, side: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.setPen(Qt.GlobalColor.black)
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(box, int(flags) | int(_SINGLE), words)

    def _rule(self, y: float, *, strong: bool) -> None:
        pen = QPen(Qt.GlobalColor.black if strong else Qt.GlobalColor.lightGray)
        pen.setWidthF(self._line * (0.06 if strong else 0.03))
        self._painter.setPen(pen)
        self._painter.drawLine(0, round(y), round(self._width), round(y))


def print_sheet(sheet: Sheet, device: QPagedPaintDevice, *, first: int = 1, last: int = 0) -> int:
    """Paint the pages on a printer or into a PDF; how many there were. Raises ``OSError`` where it cannot begin."""
    painter = QPainter()
    if not painter.begin(device):
        raise OSError(sheet.title)
    try:
        area = device.pageLayout().paintRectPixels(_resolution(device))
        press = Press(sheet, painter, area.width(), area.height())
        last = min(last or press.pages, press.pages)
        for number in range(first, last + 1):
            if number > first:
                device.newPage()
            press.paint(number)
        return press.pages
    finally:
        painter.end()


def _resolution(device: QPagedPaintDevice) -> int:
    return int(device.logicalDpiX())


def _fonts(size: float) -> tuple[QFont, QFont]:
    font = QFont()
    font.setPointSizeF(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return font, bold


def _title_font() -> QFont:
    font = QFont()
    font.setPointSizeF(13)
    font.setWeight(QFont.Weight.DemiBold)
    return font
