"""Settings: groups at the start side, a search over all of them, parts built when first shown. Changes count at once.

Invariant: a control shows what holds; one that could not be written jumps back and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import organization_of
from zbdesk.ui.marks import colour_of
from zbdesk.ui.navigation import KEY, EntriesModel, Entry, EntryDelegate
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.scrolling import QuietScrollBar, ScrollPage
from zbdesk.ui.settings.groups import Group, groups
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Elided, Label, Surface, TextField, announce

if TYPE_CHECKING:
    from zbdesk.ui.care.services import Services

Part = TypeVar("Part", bound=Rows)


class SettingsPage(Surface):
    """All settings. ``wanted``: something that the window does, by its word; see ``settings.here``."""

    wanted = Signal(str)

    def __init__(
        self,
        state: DeskState,
        bridge: Bridge,
        preferences: Preferences,
        services: Callable[[], Services | None] = lambda: None,
    ) -> None:
        super().__init__("base")
        self.setAccessibleName(self.tr("Settings"))
        self._state, self._preferences = state, preferences
        self._here = Here(state, bridge, preferences, self._change, self.wanted.emit, services)
        self.groups = groups()
        self._pages: dict[str, _GroupPage] = {}
        self._size = "wide"
        self._build()
        preferences.changed.connect(self.refresh)
        preferences.failed.connect(self._not_written)
        state.changed.connect(self._state_changed)
        self.show_group(self.groups[0].key)

    def _build(self) -> None:  # noqa: PLR0915 - the parts of the page, from start to end
        now = theme.current()
        self.search = TextField(placeholder=self.tr("Find a setting"), name=self.tr("Find a setting"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.list = _GroupList(self._entries(), self.tr("Groups of settings"))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.entered_row.connect(self._enter)
        self.nothing = Label(self.tr("No setting has these words."), "caption", "text2", wrap=True)
        self.nothing.hide()
        self._start = QWidget()
        column = QVBoxLayout(self._start)
        column.setContentsMargins(now.px(1), now.px(3), now.px(1), now.px(2))
        column.setSpacing(now.px(2))
        upper = QVBoxLayout()
        upper.setContentsMargins(now.px(2), 0, now.px(2), 0)
        upper.setSpacing(now.px(2))
        upper.addWidget(Label(self.tr("Settings"), "page"))
        upper.addWidget(self.search)
        upper.addWidget(self.nothing)
        column.addLayout(upper)
        column.addWidget(self.list, 1)
        widest = max(self.fontMetrics().horizontalAdvance(group.title) for group in self.groups)
        self._start.setFixedWidth(max(now.px(49), widest + now.icon_size + now.px(20)))
        self.combo = Choice([(group.title, group.key) for group in self.groups], self.tr("Groups of settings"))
        self.combo.chosen.connect(lambda key: self.show_group(str(key)))
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(now.px(4), now.px(3), now.px(4), 0)
        label = Label(self.tr("Settings"), "strong")
        label.setBuddy(self.combo)
        top.addWidget(label)
        top.addWidget(self.combo)
        top.addStretch(1)
        self._top.hide()
        self.banner = Banner()
        self._stack = QStackedWidget()
        end = QVBoxLayout()
        end.setContentsMargins(0, 0, 0, 0)
        end.setSpacing(0)
        end.addWidget(self._top)
        holder = QHBoxLayout()
        holder.setContentsMargins(now.px(6), now.px(2), now.px(6), 0)
        holder.addWidget(self.banner)
        end.addLayout(holder)
        end.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._start)
        row.addWidget(_Edge())
        row.addLayout(end, 1)

    # ---- groups --------------------------------------------------------------------------------------------------
    def show_group(self, key: str) -> _GroupPage:
        """Show a group, building it if need be."""
        page = self.group(key)
        self._stack.setCurrentWidget(page)
        self.combo.show_value(key)
        if not self.search.text():
            self.list.mark(key)
        if self.isVisible():
            page.refresh()
        return page

    def group(self, key: str) -> _GroupPage:
        """A group, built if need be, without showing it."""
        page = self._pages.get(key)
        if page is None:
            group = next(one for one in self.groups if one.key == key)
            page = self._pages[key] = _GroupPage(group, self._here)
            page.set_size(self._size)
            page.refresh()
            self._stack.addWidget(page)
        return page

    @property
    def key(self) -> str:
        """The group in sight."""
        current = self._stack.currentWidget()
        return current.group.key if isinstance(current, _GroupPage) else ""

    def part(self, key: str, kind: type[Part]) -> Part:
        """One part of a group, for whoever needs it by itself."""
        return next(one for one in self.group(key).parts if isinstance(one, kind))

    def built(self) -> tuple[str, ...]:
        """The groups that were built so far."""
        return tuple(self._pages)

    def set_size(self, size: str) -> None:
        """Wide, medium or narrow: on a narrow window the groups become a list to open."""
        self._size = size
        self._start.setVisible(size != "narrow")
        self._top.setVisible(size == "narrow")
        for page in self._pages.values():
            page.set_size(size)

    def focus_search(self) -> None:
        """Ctrl+F: type what is looked for; on a narrow window the list of groups takes its place."""
        target = self.search if self._start.isVisible() else self.combo
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if target is self.search:
            self.search.selectAll()

    # ---- search --------------------------------------------------------------------------------------------------
    def _entries(self) -> list[Entry]:
        return [Entry(group.key, group.title, group.icon) for group in self.groups]

    def _find(self, text: str) -> None:
        if not text.strip():
            self.nothing.hide()
            self.list.show_entries(self._entries())
            self.list.mark(self.key)
            return
        found = []
        for group in self.groups:
            page = self.group(group.key)
            for at, part in enumerate(page.parts):
                found += [Entry(f"{group.key}/{at}/{row}", words, group.icon) for row, words in part.hits(text)]
            if not page.parts or text.casefold() in group.title.casefold():
                found.append(Entry(group.key, group.title, group.icon))
        self.nothing.setVisible(not found)
        self.list.show_entries(found)
        if found:
            self._go(found[0].key, focus=False)
            self.list.mark(found[0].key)
        else:
            announce(self.search, self.nothing.text())

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._go(str(now.data(KEY)), focus=False)

    def _enter(self, key: str) -> None:
        self._go(key, focus=True)

    def _go(self, key: str, *, focus: bool) -> None:
        group, *place = key.split("/")
        page = self.group(group)
        self._stack.setCurrentWidget(page)
        self.combo.show_value(group)
        if self.isVisible():
            page.refresh()
        if place:
            part, row = page.parts[int(place[0])], int(place[1])
            page.ensureWidgetVisible(part.row(row))
            target = part.first_control(row)
            if focus and target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
        elif focus:
            page.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search down into what was found; Escape ends it."""
        down = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if down and self.window().focusWidget() is self.search:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    # ---- what holds ----------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Show what holds now."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now in the group in sight; the others do so when they come into sight."""
        current = self._stack.currentWidget()
        if isinstance(current, _GroupPage):
            current.refresh()

    def _state_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _change(self, **values: object) -> bool:
        self.banner.say("")
        return self._preferences.change(**values)

    def _not_written(self, error: ZbdeskError) -> None:
        self.banner.say(error.title, error.message, "problem")
        self.refresh()


class _GroupPage(ScrollPage):
    """One group: its name, for whom it holds, and its parts one under the other."""

    def __init__(self, group: Group, here: Here) -> None:
        super().__init__(group.title)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.group = group
        self._here = here
        self.parts = [make(here) for make in group.parts()]
        now = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(now.px(7), now.px(3), now.px(7), now.px(6))
        column.setSpacing(now.px(5))
        head = QVBoxLayout()
        head.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(now.px(2))
        line.addWidget(Label(group.title, "page"))
        line.addStretch(1)
        self._mark = _Mark()
        self._for = Elided("", "caption", "text2")
        self._for.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        line.addWidget(self._mark)
        line.addWidget(self._for)
        head.addLayout(line)
        head.addWidget(Label(self.tr("Changes count at once; there is nothing to save."), "body", "text2", wrap=True))
        column.addLayout(head)
        for part in self.parts:
            column.addWidget(part)
        column.addStretch(1)
        self.set_body(body)

    def refresh(self) -> None:
        """Show what holds now."""
        organization = organization_of(self._here.state)
        own = self.group.own and bool(organization.name)
        self._mark.setVisible(own)
        self._for.setVisible(own)
        if own:
            self._mark.colour = colour_of(organization)
            self._mark.update()
            words = self.tr("for %1 only").replace("%1", organization.name)
            self._for.setText(words)
        for part in self.parts:
            part.refresh()

    def set_size(self, size: str) -> None:
        """Labels above their controls where there is little room."""
        for part in self.parts:
            part.set_narrow(narrow=size == "narrow")

    def focus_first(self) -> None:
        """The keyboard goes to the first control."""
        found = (part.first_control(row) for part in self.parts for row in range(part.count()))
        first = next((one for one in found if one is not None), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


class _GroupList(QListView):
    """The groups, or what the search found. ``entered_row``: Enter or a double click on the entry with this key."""

    entered_row = Signal(str)

    def __init__(self, entries: list[Entry], name: str) -> None:
        super().__init__()
        self._entries = EntriesModel(entries, self)
        self.setModel(self._entries)
        self.setItemDelegate(EntryDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.activated.connect(lambda index: self.entered_row.emit(str(index.data(KEY))))

    def show_entries(self, entries: list[Entry]) -> None:
        """Other entries, without telling anybody."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._entries.replace(entries)
        selection.blockSignals(False)
        self.viewport().update()

    def mark(self, key: str) -> None:
        """Mark an entry, without telling anybody."""
        row = self._entries.row_of(key)
        selection = self.selectionModel()
        selection.blockSignals(True)
        self.setCurrentIndex(self._entries.index(row) if row >= 0 else QModelIndex())
        selection.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the setting itself."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.entered_row.emit(str(self.currentIndex().data(KEY)))
        else:
            super().keyPressEvent(event)


class _Mark(QWidget):
    """The organization's colour, beside the words that name it."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = theme.ORGANIZATION_COLOURS["slate"]
        now = theme.current()
        self.setFixedSize(now.px(2), now.line_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small upright bar."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colour))
        if theme.current().is_dark or theme.current().is_contrast:
            painter.setPen(theme.current().color("edge"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class _Edge(QWidget):
    """The line between the groups and their settings."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One hairline from top to foot."""
        del event
        QPainter(self).fillRect(self.rect(), theme.current().color("line"))
