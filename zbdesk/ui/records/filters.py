"""The line above a table: what is typed, which values, days and amounts are wanted, how many fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from zbdesk.domain.views import RecordFilter
from zbdesk.ui import text, theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.models.columns import Column
from zbdesk.ui.records.column_filter import SPANS, Calendar, ColumnFilterDialog, can_filter, resolved
from zbdesk.ui.records.filter_field import FilterField
from zbdesk.ui.records.filter_words import parts
from zbdesk.ui.records.flow import FlowLayout, flexible
from zbdesk.ui.widgets import Button, FilterChips, Label

TYPING_REST = 120
"""Milliseconds without a key after which the table follows."""


class FilterBar(QWidget):
    """Field, chips, Add filter, Clear all, and "37 of 45,180". ``changed`` carries the new ``RecordFilter``.

    ``periods``: spans of days that were chosen by name, by the column's key.
    """

    changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column] = (),
        calendar: Callable[[], Calendar] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.where = RecordFilter()
        self.periods: dict[str, str] = {}
        self._columns = tuple(columns)
        self._calendar = calendar or (lambda: Calendar(date.today()))  # noqa: DTZ011 - only where nobody knows a zone
        self._statuses: list[tuple[str, int]] = []
        self._currencies: list[tuple[str, int]] = []
        self._formats = Formats()
        self._chips: FilterChips[RecordFilter] = FilterChips(
            lambda at, chip: self._flow.insert_widget(1 + at, chip), self._remove
        )
        self.field = FilterField()
        self.add = Button(self.tr("&Add filter"), "quiet", "plus")
        self.clear = Button(self.tr("&Clear all"), "link")
        self.count = Label("", "body", "text2")
        flowing = QWidget()
        flowing.setSizePolicy(flexible())
        self._flow = FlowLayout(theme.current().px(1.5))
        flowing.setLayout(self._flow)
        for widget in (self.field, self.add, self.clear):
            self._flow.add_widget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(2))
        row.addWidget(flowing, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TYPING_REST)
        self._rest.timeout.connect(self._typed)
        self.field.textChanged.connect(lambda _text: self._rest.start())
        self.add.clicked.connect(self._show_menu)
        self.clear.clicked.connect(self.clear_all)
        self.clear.hide()

    def show_values(self, statuses: list[tuple[str, int]], currencies: list[tuple[str, int]], formats: Formats) -> None:
        """Say which values occur, with how often, for the menu of Add filter."""
        self._statuses, self._currencies, self._formats = statuses, currencies, formats
        self.add.setVisible(bool(statuses) or len(currencies) > 1 or any(map(can_filter, self._columns)))

    def show_count(self, fitting: int | None, total: int | None) -> None:
        """37 of 1,204, or the number alone where nothing is left out."""
        if fitting is None:
            self.count.setText("…")
        elif total is None or fitting == total or self.where == RecordFilter():
            self.count.setText(self._formats.count(fitting))
        else:
            self.count.setText(
                self.tr("%1 of %2")
                .replace("%1", self._formats.count(fitting))
                .replace("%2", self._formats.count(total))
            )

    def set_filter(self, where: RecordFilter, periods: Mapping[str, str] | None = None) -> None:
        """Show this filter and tell that it holds; days of ``periods`` are worked out for today."""
        self._apply(resolved(where, periods or {}, self._calendar()), periods or {})
        if self.field.text().strip() != where.text:
            self.field.blockSignals(True)
            self.field.setText(where.text)
            self.field.blockSignals(False)

    def clear_all(self) -> None:
        """No filter at all."""
        self._rest.stop()
        self.set_filter(RecordFilter())

    def type_in(self, letters: str) -> None:
        """Letters typed in the table belong here."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.insert(letters)

    def words(self) -> str:
        """The filter in words, for the empty table: "Status: void and Currency: EUR"."""
        words = [f"“{self.where.text}”"] if self.where.text else []
        words += [part for part, _ in self._parts()]
        return self.tr(" and ").join(words)

    def menu(self) -> QMenu:
        """The values that occur, as a menu of check marks."""
        menu = QMenu(self)
        self._add_values(
            menu, self.tr("Status"), self._statuses, "statuses", lambda key: text.document_status(key).text
        )
        if len(self._currencies) > 1:
            self._add_values(menu, self.tr("Currency"), self._currencies, "currencies", str)
        mine = [column for column in self._columns if can_filter(column)]
        if mine:
            menu.addSection(self.tr("By column"))
        for column in mine:
            action = menu.addAction(self.tr("%1…").replace("%1", column.title))
            action.triggered.connect(lambda _on=False, column=column: self.ask(column))
        menu.addSeparator()
        deleted = QAction(self.tr("Also what is deleted in Zoho Books"), menu)
        deleted.setCheckable(True)
        deleted.setChecked(self.where.with_deleted)
        deleted.toggled.connect(lambda on: self._apply(replace(self.where, with_deleted=on)))
        menu.addAction(deleted)
        return menu

    def _add_values(
        self, menu: QMenu, title: str, values: list[tuple[str, int]], key: str, word: Callable[[str], str]
    ) -> None:
        if not values:
            return
        menu.addSection(title)
        for value, count in values:
            action = QAction(f"{word(value)}\t{self._formats.count(count)}", menu)
            action.setCheckable(True)
            action.setChecked(value in getattr(self.where, key))
            action.toggled.connect(lambda on, value=value: self._toggle(key, value, on=on))
            menu.addAction(action)

    def ask(self, column: Column) -> ColumnFilterDialog:
        """Ask for the filter of one column."""
        period = self.periods.get(column.key, "")
        dialog = ColumnFilterDialog(self, column, self.where, period, formats=self._formats, calendar=self._calendar())
        dialog.chosen.connect(lambda where, name: self._apply(where, {column.key: name} if name else {}))
        dialog.open()
        return dialog

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _toggle(self, key: str, value: str, *, on: bool) -> None:
        chosen = tuple(known for known in getattr(self.where, key) if known != value)
        chosen += (value,) if on else ()
        if key == "statuses":
            self._apply(replace(self.where, statuses=chosen))
        else:
            self._apply(replace(self.where, currencies=chosen))

    def _typed(self) -> None:
        self._apply(replace(self.where, text=self.field.text().strip()))

    def _parts(self) -> list[tuple[str, RecordFilter]]:
        """Each chip's words, and the filter without it."""
        return parts(self.where, self.periods, self._columns, self._formats)

    def _apply(self, where: RecordFilter, periods: Mapping[str, str] | None = None) -> None:
        # A period's name holds as long as its days do.
        kept = {key: name for key, name in self.periods.items() if _days(where, key) == _days(self.where, key)}
        named = {**kept, **(periods or {})}
        if where == self.where and named == self.periods:
            return
        same, self.where, self.periods = where == self.where, where, named
        self._show_chips()
        if not same:
            self.changed.emit(where)

    def _show_chips(self) -> None:
        self._chips.show(self._parts())
        self.clear.setVisible(bool(self._chips) or bool(self.where.text))

    def _remove(self, without: RecordFilter) -> None:
        # The chip goes away with the focus on it: the field takes it.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._apply(without)


def _days(where: RecordFilter, key: str) -> tuple[object, ...]:
    return tuple(getattr(where, name) for name in SPANS[key])
