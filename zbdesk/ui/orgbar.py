"""Which company this is, in every window: mark, name, currency, tax ID, data centre; and the commands of syncing.

Must not send a command itself: its buttons trigger the window's actions. Invariant: the name is never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout

from zbdesk.domain.views import Connection
from zbdesk.ui import text, theme
from zbdesk.ui.care.organization_menu import Badge, OrganizationMenu
from zbdesk.ui.formats import isolate
from zbdesk.ui.marks import Mark
from zbdesk.ui.search.field import SearchField
from zbdesk.ui.widgets import Button, Elided, Hairline, Surface

if TYPE_CHECKING:
    from zbdesk.ui.care.neighbours import Neighbours


class OrganizationBar(Surface):
    """Mark and name at the start, commands at the end.

    ``menu_wanted``: its menu opens and wants to know anew who is known. ``switch_wanted``: the key of another
    connection. ``another_wanted``: connect one more.
    """

    menu_wanted = Signal()
    switch_wanted = Signal(int)
    another_wanted = Signal()

    def __init__(
        self, sync: QAction, stop: QAction, pause: QMenu, resume: QAction, search: QAction | None = None
    ) -> None:
        super().__init__("base")
        self._sync_action, self._stop_action, self._pause_menu, self._resume = sync, stop, pause, resume
        self.mark = Mark()
        self.name = Elided("", "strong")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.facts = Elided("", "caption", "text2")
        self.sync = Button(self.tr("Sync &now"), icon="refresh-cw")
        self.sync.setAccessibleDescription(self.tr("F5"))
        self.stop = Button(self.tr("Sto&p"), icon="square")
        self.pause = Button(self.tr("Pa&use"), icon="pause")
        self.sync.clicked.connect(sync.trigger)
        self.stop.clicked.connect(stop.trigger)
        self.pause.clicked.connect(self._pause_clicked)
        self.search = SearchField(search) if search is not None else None
        self._paused = False
        self._narrow = False
        self._connection: Connection | None = None
        self.change = Button("", "quiet", "chevrons-up-down")
        self.change.setAccessibleName(self.tr("Change organization"))
        self.change.setToolTip(self.tr("Change organization (Ctrl+Shift+O)"))
        self.change.clicked.connect(self.open_menu)
        self.badge = Badge()
        self.badge.hide()
        self.menu: OrganizationMenu | None = None
        """Made when it is first opened."""
        self._neighbours: Neighbours | None = None
        self._lay_out()
        for action in (sync, stop, resume):
            action.changed.connect(self._follow)
        theme.on_change(self, self.refresh)
        self._follow()

    def _lay_out(self) -> None:
        now = theme.current()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        name = QHBoxLayout()
        name.setSpacing(now.px(1))
        name.addWidget(self.name)
        name.addWidget(self.change)
        name.addWidget(self.badge)
        name.addStretch(1)
        # The button stands after the name's end: the name takes what it needs, and gives way where there is no room.
        words.addLayout(name)
        words.addWidget(self.facts)
        words.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(2))
        row.addWidget(self.mark)
        row.addSpacing(now.px(1))
        row.addLayout(words, 1)
        if self.search is not None:
            row.addWidget(self.search)
        for button in (self.sync, self.stop, self.pause):
            row.addWidget(button)
        row.addSpacing(now.px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(Hairline())

    def show_connection(self, connection: Connection | None) -> None:
        """Say which company this is."""
        organization = connection.organization if connection is not None else None
        self._connection = connection
        self.mark.show_organization(organization)
        self.name.setText(organization.name if organization is not None else self.tr("Not connected"))
        facts = []
        if connection is not None and organization is not None:
            facts = [organization.currency_code, isolate(organization.tax_id) if organization.tax_id else ""]
            facts.append(text.data_centre(connection.data_centre))
            if connection.read_only:
                facts.append(self.tr("read only"))
        self.facts.setText(" · ".join(fact for fact in facts if fact))

    def follow(self, neighbours: Neighbours) -> None:
        """Whose lines the menu shows, and whose waiting matters the badge counts."""
        self._neighbours = neighbours
        neighbours.changed.connect(self._show_neighbours)
        self._show_neighbours()

    def open_menu(self) -> None:
        """Known organizations, and one more. A fresh look at the database follows while it is open."""
        if self._neighbours is None:
            return
        if self.menu is None:
            self.menu = OrganizationMenu(self)
            self.menu.chosen.connect(self.switch_wanted)
            self.menu.another_wanted.connect(self.another_wanted)
        self.menu_wanted.emit()
        self._fill_menu(self.menu, self._neighbours)
        self.menu.open_below(self.change)

    def _show_neighbours(self) -> None:
        neighbours = self._neighbours
        if neighbours is None:
            return
        waiting, trouble = neighbours.waiting(), neighbours.trouble()
        words = neighbours.elsewhere()
        self.badge.show_figure("!" if trouble else neighbours.figure(waiting), words)
        description = self.tr("Change organization (Ctrl+Shift+O)")
        self.change.setToolTip(f"{description}\n{words}" if words else description)
        self.change.setAccessibleDescription(words)
        if self.menu is not None and self.menu.isVisible():
            self._fill_menu(self.menu, neighbours)

    @staticmethod
    def _fill_menu(menu: OrganizationMenu, neighbours: Neighbours) -> None:
        menu.show_lines([(one, neighbours.standing(one), neighbours.figure(one.waiting)) for one in neighbours.known])

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what can be found elsewhere: the second line and the word Pause."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.facts.setVisible(not narrow)
        if self.search is not None:
            self.search.set_narrow(narrow=narrow)
        self._follow()

    def show_paused(self, *, paused: bool) -> None:
        """The button pauses, or ends the pause."""
        self._paused = paused
        self._follow()

    def refresh(self) -> None:
        """Take the height from the theme in use."""
        now = theme.current()
        self.setFixedHeight(2 * now.line_height + now.px(4.5))

    def sizeHint(self) -> QSize:
        """As the theme says."""
        return QSize(super().sizeHint().width(), self.height())

    def _follow(self) -> None:
        """Buttons look as their actions are; one that cannot be used keeps its place."""
        stopping = self._stop_action.isVisible()
        self.sync.setVisible(not stopping)
        self.stop.setVisible(stopping)
        self.sync.setEnabled(self._sync_action.isEnabled())
        self.stop.setEnabled(self._stop_action.isEnabled())
        self.stop.setText(self._stop_action.text())
        self.pause.setEnabled(self._pause_menu.isEnabled())
        word = self.tr("Res&ume") if self._paused else self.tr("Pa&use")
        self.pause.setText("" if self._narrow else word)
        self.pause.setAccessibleName(word.replace("&", ""))
        self.pause.setToolTip(word.replace("&", ""))
        self.pause.show_icon("play" if self._paused else "pause")

    def _pause_clicked(self) -> None:
        if self._paused:
            self._resume.trigger()
            return
        self._pause_menu.popup(self.pause.mapToGlobal(self.pause.rect().bottomLeft()))
