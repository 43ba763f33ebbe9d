"""The filter above the list of conflicts: what is typed, and module, field, amount at stake, age as chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.conflicts.model import ConflictFilter
from zbdesk.ui.editing.labels import field_label
from zbdesk.ui.formats import Formats
from zbdesk.ui.records.filter_field import FilterField
from zbdesk.ui.records.filters import TYPING_REST
from zbdesk.ui.text import module_label
from zbdesk.ui.widgets import Button, FilterChips

STAKES = (Decimal("0.01"), Decimal(100), Decimal(1000), Decimal(10_000), Decimal(100_000))
AGES = (1, 7, 30)


class ConflictFilterBar(QWidget):
    """``changed``: another filter. ``order_changed``: another order (amount, newest, oldest)."""

    changed = Signal(object)
    order_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.where = ConflictFilter()
        self.order = "amount"
        self._formats = Formats()
        self._modules: Sequence[tuple[str, int]] = ()
        self._fields: Sequence[tuple[str, int]] = ()
        self._chips: FilterChips[ConflictFilter] = FilterChips(
            lambda _at, chip: self._chip_rows.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeading), self._remove
        )
        look = theme.current()
        self.field = FilterField()
        self.field.setAccessibleName(self.tr("Filter by number or name"))
        self.add = Button(self.tr("&Add filter"), "quiet", "plus")
        row = QHBoxLayout()
        row.setSpacing(look.px(1))
        row.addWidget(self.field, 1)
        row.addWidget(self.add)
        self._chip_rows = QVBoxLayout()
        self._chip_rows.setSpacing(look.px(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(1.5))
        column.addLayout(row)
        column.addLayout(self._chip_rows)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TYPING_REST)
        self._rest.timeout.connect(lambda: self._apply(replace(self.where, text=self.field.text().strip())))
        self.field.textChanged.connect(lambda _text: self._rest.start())
        self.add.clicked.connect(self._show_menu)
        self.refresh()
        theme.hub().changed.connect(self.refresh)

    def refresh(self) -> None:
        """The pill takes the width there is."""
        self.field.setMinimumWidth(theme.current().px(24))
        self.field.setMaximumWidth(16_777_215)

    def show_values(
        self, modules: Sequence[tuple[str, int]], fields: Sequence[tuple[str, int]], formats: Formats
    ) -> None:
        """What occurs, with how often, for the menu."""
        self._modules, self._fields, self._formats = modules, fields, formats

    def clear_all(self) -> None:
        """No filter."""
        self._rest.stop()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._apply(ConflictFilter())

    def words(self) -> str:
        """The filter in words, for the empty list."""
        parts = [f"“{self.where.text}”"] if self.where.text else []
        return self.tr(" and ").join([*parts, *(words for words, _ in self._parts())])

    def menu(self) -> QMenu:
        """Modules, fields, amounts, ages and the order."""
        menu, where = QMenu(self), self.where
        menu.addSection(self.tr("Module"))
        for name, count in self._modules:
            label = module_label(name)
            self._check(menu, f"{label}\t{self._formats.count(count)}", name, "modules")
        menu.addSection(self.tr("Field"))
        for name, count in self._fields[:12]:
            self._check(menu, f"{field_label(name)}\t{self._formats.count(count)}", name, "fields")
        menu.addSection(self.tr("Amount at stake"))
        for least in STAKES:
            on = where.least == least
            self._one(menu, self._stake_words(least), replace(where, least=None if on else least), on=on)
        menu.addSection(self.tr("Open for"))
        for days in AGES:
            on = where.days == days
            self._one(menu, self._age_words(days), replace(where, days=None if on else days), on=on)
        menu.addSection(self.tr("Order"))
        group = QActionGroup(menu)
        orders = (("amount", self.tr("Most at stake first")), ("newest", self.tr("Newest first")))
        for key, words in (*orders, ("oldest", self.tr("Oldest first"))):
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(key == self.order)
            action.triggered.connect(lambda _on=False, key=key: self._set_order(key))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _set_order(self, key: str) -> None:
        self.order = key
        self.order_changed.emit(key)

    def _check(self, menu: QMenu, words: str, value: str, part: str) -> None:
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(value in getattr(self.where, part))
        action.toggled.connect(lambda on: self._toggle(part, value, on=on))
        menu.addAction(action)

    def _one(self, menu: QMenu, words: str, then: ConflictFilter, *, on: bool) -> None:
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda: self._apply(then))
        menu.addAction(action)

    def _toggle(self, part: str, value: str, *, on: bool) -> None:
        kept = tuple(known for known in getattr(self.where, part) if known != value) + ((value,) if on else ())
        self._apply(replace(self.where, modules=kept) if part == "modules" else replace(self.where, fields=kept))

    def _stake_words(self, least: Decimal) -> str:
        if least < 1:
            return self.tr("Any amount")
        return self.tr("%1 or more").replace("%1", self._formats.amount(least, "JPY"))

    def _age_words(self, days: int) -> str:
        return self.tr("a day or more") if days == 1 else self.tr("%1 days or more").replace("%1", str(days))

    def _parts(self) -> list[tuple[str, ConflictFilter]]:
        where = self.where
        parts = [(module_label(name), replace(where, modules=_without(where.modules, name))) for name in where.modules]
        parts += [(field_label(name), replace(where, fields=_without(where.fields, name))) for name in where.fields]
        if where.least is not None:
            words = self.tr("At stake: %1").replace("%1", self._stake_words(where.least))
            parts.append((words, replace(where, least=None)))
        if where.days is not None:
            parts.append((self.tr("Open %1").replace("%1", self._age_words(where.days)), replace(where, days=None)))
        return parts

    def _apply(self, where: ConflictFilter) -> None:
        if where == self.where:
            return
        self.where = where
        self._show_chips()
        self.changed.emit(where)

    def _show_chips(self) -> None:
        self._chips.show(self._parts())

    def _remove(self, without: ConflictFilter) -> None:
        # The chip goes away with the focus on it: the field takes it.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._apply(without)


def _without(values: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != gone)
