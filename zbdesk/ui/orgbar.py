"""Which company this is, in every window: mark, name, currency, tax ID, data centre; and the commands of syncing.

Must not send a command itself: its buttons trigger the window's actions. Invariant: the name is never hidden.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.domain.views import Connection, Organization
from zbdesk.ui import text, theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.search.field import SearchField
from zbdesk.ui.widgets import Button, Elided, Hairline, Surface

if TYPE_CHECKING:
    from zbdesk.app.organizations import KnownOrganization


def initials(name: str) -> str:
    """Two letters of a company: of its first two words that begin with a letter."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


def colour_of(organization: Organization) -> str:
    """The company's colour: the same one at each start, on every computer."""
    names = list(theme.ORGANIZATION_COLOURS)
    if not organization.organization_id:
        return theme.ORGANIZATION_COLOURS["slate"]
    digest = hashlib.sha256(organization.organization_id.encode()).digest()
    return theme.ORGANIZATION_COLOURS[names[digest[0] % len(names)]]


def square(organization: Organization) -> QIcon:
    """The organization's colour with its letters, for menus."""
    now = theme.current()
    side = now.icon_size * 2
    drawn = QPixmap(side, side)
    drawn.fill(QColor(colour_of(organization)))
    painter = QPainter(drawn)
    painter.setPen(QColor(theme.ON_ORGANIZATION))
    painter.setFont(now.font("strong"))
    painter.drawText(drawn.rect(), int(Qt.AlignmentFlag.AlignCenter), initials(organization.name))
    painter.end()
    return QIcon(drawn)


class Mark(QWidget):
    """Two letters on the organization's colour."""

    def __init__(self) -> None:
        super().__init__()
        self._letters, self._colour = "", theme.ORGANIZATION_COLOURS["slate"]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.on_change(self, self.refresh)

    def show_organization(self, organization: Organization | None) -> None:
        """Take letters and colour of a company."""
        self._letters = initials(organization.name) if organization is not None else ""
        self._colour = colour_of(organization or Organization("", ""))
        self.update()

    def refresh(self) -> None:
        """As wide as the bar is high."""
        now = theme.current()
        self.setFixedWidth(2 * now.line_height + now.px(4.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The square and its letters."""
        del event
        now, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colour))
        if now.is_dark or now.is_contrast:
            painter.setPen(now.color("edge"))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(theme.ON_ORGANIZATION))
        painter.setFont(now.font("panel"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)


class OrganizationBar(Surface):
    """Mark and name at the start, commands at the end.

    ``menu_wanted``: its menu opens and wants to know who is known (``show_known``). ``switch_wanted``: the key of
    another connection. ``another_wanted``: connect one more.
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
        self.menu = QMenu(self)
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

    def open_menu(self) -> None:
        """Known organizations, and one more. The answer to who is known fills it while it is open."""
        self._fill_menu([])
        self.menu_wanted.emit()
        self.menu.popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))

    def show_known(self, known: Sequence[KnownOrganization]) -> None:
        """Who can be chosen."""
        self._fill_menu([one for one in known if not one.current])

    def _fill_menu(self, others: Sequence[KnownOrganization]) -> None:
        self.menu.clear()
        if self._connection is not None:
            organization = self._connection.organization
            here = self.menu.addAction(square(organization), organization.name.replace("&", "&&"))
            here.setCheckable(True)
            here.setChecked(True)
        for one in others:
            organization = one.connection.organization
            words = organization.name.replace("&", "&&")
            if not one.signed_in:
                words = self.tr("%1 (sign in again…)").replace("%1", words)
            action = self.menu.addAction(square(organization), words)
            action.triggered.connect(lambda _checked=False, key=one.connection.id: self.switch_wanted.emit(key))
        self.menu.addSeparator()
        another = self.menu.addAction(self.tr("Connect another &organization…"))
        another.triggered.connect(self.another_wanted)

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
