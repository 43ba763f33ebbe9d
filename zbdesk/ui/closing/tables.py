"""The figures of a tie-out as trees: a total opens into its records. And the dates that depend on the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from zbdesk.domain.tieout import DayShift, Line, Period, TieOut, Total
from zbdesk.domain.views import RecordFilter
from zbdesk.ui import icons, text, theme
from zbdesk.ui.closing import words
from zbdesk.ui.formats import Formats, is_negative, isolate
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.widgets import Surface

KEY = int(Qt.ItemDataRole.UserRole)
MOST_LINES = 500
"""Records shown below one total; the files have all of them."""

_AMOUNTS = range(3, 8)


class _Tree(QTreeWidget):
    """What both have in common. ``record_wanted``: module and key of a record to show."""

    record_wanted = Signal(str, int)
    records_wanted = Signal(str, object)

    def __init__(self, name: str, titles: Sequence[str]) -> None:
        super().__init__()
        self.setHeaderLabels(list(titles))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setCornerWidget(Surface("base"))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self.setProperty("ring", True)
        self.header().setStretchLastSection(False)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item))
        theme.on_change(self, self._refit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows what stands behind the row."""
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self._open(item)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column takes what is left."""
        super().resizeEvent(event)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs wider columns."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._refit()

    def _settle(self) -> None:
        """After other rows: the first is the current one, columns fit."""
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)
        self._refit()

    def _refit(self) -> None:
        """Every column as wide as its texts; the first takes the rest, and below that the tree scrolls sideways."""
        header = self.header()
        used = 0
        for column in range(1, self.columnCount()):
            width = max(self._widest(column), header.sectionSizeHint(column)) + theme.current().px(4)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
            used += width
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        least = theme.current().px(58)
        header.resizeSection(0, max(least, self.viewport().width() - used))

    def _widest(self, column: int) -> int:
        """What the longest text needs, of rows in sight or not: figures are never cut."""
        metrics, found = self.fontMetrics(), 0
        for item in self._items():
            icon = 0 if item.icon(column).isNull() else theme.current().icon_size + theme.current().px(2)
            found = max(found, metrics.horizontalAdvance(item.text(column)) + icon)
        return found

    def _items(self) -> Iterator[QTreeWidgetItem]:
        """Every row, open or not."""
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            if top is not None:
                yield top
                yield from (child for number in range(top.childCount()) if (child := top.child(number)) is not None)

    def _row(self, cells: Sequence[str], *, numbers: range = range(0)) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(cells))
        item.setSizeHint(0, QSize(0, theme.current().row_height))
        for column in numbers:
            item.setTextAlignment(
                column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            )
        return item

    def _open(self, item: QTreeWidgetItem) -> None:
        raise NotImplementedError


class TieOutTree(_Tree):
    """Totals by module, period and currency; below each what makes its difference."""

    def __init__(self) -> None:
        titles = (
            self.tr("Module and period"), self.tr("Currency"), self.tr("What differs"), self.tr("Here"),
            self.tr("There"), self.tr("Value here"), self.tr("Value there"), self.tr("Difference"),
        )  # fmt: skip
        super().__init__(self.tr("Tie-out"), titles)
        tips = {
            3: self.tr("Records on this computer"), 4: self.tr("Records in Zoho Books"),
            5: self.tr("Their value on this computer"), 6: self.tr("Their value in Zoho Books"),
            7: self.tr("This computer less Zoho Books"),
        }  # fmt: skip
        for column in _AMOUNTS:
            self.headerItem().setToolTip(column, tips.get(column, ""))
            self.headerItem().setTextAlignment(
                column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            )
        self._spans: dict[str, Period] = {}

    def show_figures(self, found: TieOut, formats: Formats) -> None:
        """Take another tie-out; what was open stays open."""
        rows = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        opened = {row.text(0) for row in rows if row is not None and row.isExpanded()}
        self._spans = {span.name: span for span in found.periods}
        below: dict[tuple[str, str, str], list[Line]] = {}
        for line in found.lines:
            below.setdefault((line.module, line.period, line.currency), []).append(line)
        self.clear()
        for total in found.totals:
            item = self._total(total, found, formats)
            self.addTopLevelItem(item)
            lines = below.get((total.module, total.period, total.currency), [])
            item.addChildren([self._line(line, formats) for line in lines[:MOST_LINES]])
            if len(lines) > MOST_LINES:
                more = self.tr("and %1 more: they are in the files").replace(
                    "%1", formats.count(len(lines) - MOST_LINES)
                )
                item.addChild(self._row([more]))
            item.setExpanded(item.text(0) in opened)
        self._settle()

    def _total(self, one: Total, found: TieOut, formats: Formats) -> QTreeWidgetItem:
        name = f"{words.label(one.module)} · {words.name(self._spans[one.period], found.request.split, formats)}"
        unnamed = self.tr("not named")
        said = self.tr("equal") if one.equal else words.records(one.lines, formats)
        item = self._row(
            [
                name, one.currency or unnamed, said, formats.count(one.here_count), formats.count(one.zoho_count),
                _figure(one.here, one.currency, formats), _figure(one.zoho, one.currency, formats),
                _figure(one.difference, one.currency, formats),
            ],
            numbers=_AMOUNTS,
        )  # fmt: skip
        drawing, role = ("circle-check", "ok") if one.equal else ("triangle-alert", "attention")
        item.setIcon(2, icons.icon(drawing, role))
        item.setData(0, KEY, one)
        return item

    def _line(self, one: Line, formats: Formats) -> QTreeWidgetItem:
        what = words.kind(one.kind)
        if one.here_date and one.zoho_date and one.here_date != one.zoho_date:
            what = f"{what}: {formats.date(one.zoho_date if one.here_count else one.here_date)}"
        name = " · ".join(part for part in (isolate(one.number or one.remote_id or ""), one.party) if part)
        counts = ["1" if count else "" for count in (one.here_count, one.zoho_count)]
        amounts = [_figure(value, one.currency, formats) for value in (one.here, one.zoho)]
        unknown = self.tr("not known")
        if one.here_count and one.here is None:
            amounts[0] = unknown
        if one.zoho_count and one.zoho is None:
            amounts[1] = unknown
        cells = [
            name,
            one.currency or self.tr("not named"),
            what,
            *counts,
            *amounts,
            _figure(one.difference, one.currency, formats),
        ]
        item = self._row(cells, numbers=_AMOUNTS)
        shape = text.record_state(one.state)
        item.setIcon(0, icons.icon(shape.icon, shape.role))
        item.setToolTip(0, f"{shape.text}: {name}")
        item.setData(0, KEY, one)
        return item

    def _open(self, item: QTreeWidgetItem) -> None:
        """A total shows its records in their table, a line its record."""
        one = item.data(0, KEY)
        if isinstance(one, Line) and one.record_id is not None:
            self.record_wanted.emit(one.module, one.record_id)
        elif isinstance(one, Total):
            span = self._spans[one.period]
            where = RecordFilter(
                currencies=(one.currency,) if one.currency else (),
                date_from=span.first.isoformat(), date_to=span.last.isoformat(),
            )  # fmt: skip
            self.records_wanted.emit(one.module, where)


class ShiftTree(_Tree):
    """Documents whose day is another one by another clock."""

    def __init__(self) -> None:
        titles = (
            self.tr("Record"), self.tr("Dated"), self.tr("Day of the organization"), self.tr("Day in UTC"),
            self.tr("Day of this computer"), self.tr("Made at"),
        )  # fmt: skip
        super().__init__(self.tr("Dates that depend on the clock"), titles)
        self.setRootIsDecorated(False)

    def show_shifts(self, shifts: Sequence[DayShift], formats: Formats) -> None:
        """Take others, those that cross a month first."""
        self.clear()
        for one in sorted(shifts, key=lambda shift: (not shift.crosses, shift.date, shift.record_id)):
            name = " · ".join(part for part in (isolate(one.number or ""), one.party, words.label(one.module)) if part)
            days = (one.date, one.organization_day, one.utc_day, one.computer_day)
            item = self._row([name, *(formats.date(day) for day in days), formats.stamp(one.made_at)])
            drawing, role = ("triangle-alert", "attention") if one.crosses else ("clock", "text2")
            item.setIcon(0, icons.icon(drawing, role))
            said = self.tr("The days lie in two months.") if one.crosses else self.tr("The days lie in one month.")
            item.setToolTip(0, said)
            item.setData(0, KEY, one)
            self.addTopLevelItem(item)
        self._settle()

    def _open(self, item: QTreeWidgetItem) -> None:
        one: DayShift = item.data(0, KEY)
        self.record_wanted.emit(one.module, one.record_id)


def _figure(value: Decimal | None, currency: str, formats: Formats) -> str:
    """An amount whose sign stays before it, whichever way the window reads."""
    shown = formats.amount(value, currency)
    return isolate(shown) if is_negative(shown) else shown
