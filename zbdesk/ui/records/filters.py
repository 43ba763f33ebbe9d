"""The line above a table: what is typed, which statuses and currencies are wanted, how many fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from zbdesk.domain.views import RecordFilter
from zbdesk.ui import icons, painting, text, theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.widgets import Button, FilterChips, Label

TYPING_REST = 120
"""Milliseconds without a key after which the table follows."""


class FilterField(QLineEdit):
    """The pill with the funnel. Escape empties it, arrow down goes into the table (``left_downwards``)."""

    left_downwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("pill", True)
        self.setFrame(False)
        self.setProperty("ring", True)
        self.setPlaceholderText(self.tr("Filter"))
        self.setAccessibleName(self.tr("Filter by number, name or reference"))
        self.setClearButtonEnabled(False)
        keys = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
        self._keys = keys.replace("+", " ")
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take size and margins from the theme in use."""
        now = theme.current()
        self.setFont(now.font("body"))
        self.setFixedHeight(max(24, now.line_height + now.px(2)))
        self.setFixedWidth(now.px(44))
        self._set_margins()

    def _set_margins(self) -> None:
        now = theme.current()
        funnel, end = now.icon_size + now.px(4), now.px(3)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(end if reverse else funnel, 0, funnel if reverse else end, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        """The funnel changes sides with the reading direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties, down leaves."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pill, funnel, keys at the end while nothing is typed."""
        from zbdesk.ui.style import rounded

        now, painter = theme.current(), QPainter(self)
        box = self.rect().toRectF()
        rounded(painter, box, box.height() / 2, now.color("base"), now.color("edge"))
        size, inset = now.icon_size, now.px(2.5)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - inset - size if reverse else inset
        funnel = icons.pixmap("funnel", "text2", size, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, funnel)
        if not self.text() and not self.hasFocus():
            painter.setFont(now.font("caption"))
            painter.setPen(now.color("text2"))
            painter.drawText(self.rect().adjusted(inset, 0, -inset, 0), painting.end(reverse=reverse), self._keys)
        painter.end()
        super().paintEvent(event)


class FilterBar(QWidget):
    """Field, chips, Add filter, Clear all, and "37 of 45,180". ``changed`` carries the new ``RecordFilter``."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.where = RecordFilter()
        self._statuses: list[tuple[str, int]] = []
        self._currencies: list[tuple[str, int]] = []
        self._formats = Formats()
        self._chips: FilterChips[RecordFilter] = FilterChips(
            lambda at, chip: self._row.insertWidget(1 + at, chip), self._remove
        )
        self._narrow = False
        self.field = FilterField()
        self.add = Button(self.tr("&Add filter"), "quiet", "plus")
        self.clear = Button(self.tr("&Clear all"), "link")
        self.count = Label("", "body", "text2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.current().px(1.5))
        self._row.addWidget(self.field)
        self._row.addWidget(self.add)
        self._row.addWidget(self.clear)
        self._row.addStretch(1)
        self._row.addWidget(self.count)
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
        self.add.setVisible(bool(statuses) or len(currencies) > 1)

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

    def set_filter(self, where: RecordFilter) -> None:
        """Show this filter and tell that it holds."""
        self._apply(where)
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
        parts = [f"“{self.where.text}”"] if self.where.text else []
        parts += [words for words, _ in self._parts()]
        return self.tr(" and ").join(parts)

    def menu(self) -> QMenu:
        """The values that occur, as a menu of check marks."""
        menu = QMenu(self)
        self._add_values(
            menu, self.tr("Status"), self._statuses, "statuses", lambda key: text.document_status(key).text
        )
        if len(self._currencies) > 1:
            self._add_values(menu, self.tr("Currency"), self._currencies, "currencies", str)
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
        where = self.where
        parts = [
            (
                self.tr("Status: %1").replace("%1", text.document_status(value).text),
                replace(where, statuses=tuple(known for known in where.statuses if known != value)),
            )
            for value in where.statuses
        ]
        parts += [
            (
                self.tr("Currency: %1").replace("%1", value),
                replace(where, currencies=tuple(known for known in where.currencies if known != value)),
            )
            for value in where.currencies
        ]
        parts += [
            (
                self.tr("State: %1").replace("%1", text.record_state(value).text),
                replace(where, states=tuple(known for known in where.states if known != value)),
            )
            for value in where.states
        ]
        if where.owed:
            parts.append((self.tr("Still to be paid"), replace(where, owed=False)))
        for words, span, without in (
            (self.tr("Date: %1"), (where.date_from, where.date_to), replace(where, date_from=None, date_to=None)),
            (self.tr("Due: %1"), (where.due_from, where.due_to), replace(where, due_from=None, due_to=None)),
        ):
            days = self._span(*span)
            if days:
                parts.append((words.replace("%1", days), without))
        if where.with_deleted:
            parts.append((self.tr("Deleted ones too"), replace(where, with_deleted=False)))
        return parts

    def _span(self, first: str | None, last: str | None) -> str:
        """A span of days in words; empty where there is none."""
        start, end = self._formats.date(first), self._formats.date(last)
        if start and end:
            return self.tr("%1 to %2").replace("%1", start).replace("%2", end)
        if start:
            return self.tr("from %1").replace("%1", start)
        return self.tr("up to %1").replace("%1", end) if end else ""

    def _apply(self, where: RecordFilter) -> None:
        if where == self.where:
            return
        self.where = where
        self._show_chips()
        self.changed.emit(where)

    def _show_chips(self) -> None:
        self._chips.show(self._parts())
        self.clear.setVisible(bool(self._chips) or bool(self.where.text))

    def _remove(self, without: RecordFilter) -> None:
        # The chip goes away with the focus on it: the field takes it.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._apply(without)
