"""The organizations of this computer, the sign-in of the one in use, and three ways to end something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.status import ConnectionState
from zbdesk.sync.commands import Pause, Resume
from zbdesk.ui import text, theme
from zbdesk.ui.care.neighbours import Neighbours, Standing
from zbdesk.ui.care.organization_menu import Badge
from zbdesk.ui.formats import isolate
from zbdesk.ui.marks import Square
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Rows
from zbdesk.ui.widgets import Button, Elided, IconView, Label

if TYPE_CHECKING:
    from zbdesk.app.organizations import KnownOrganization


class OrganizationRows(Rows):
    """All that are known, the one in use first."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("OrganizationRows", "Organizations on this computer"))
        self._here = here
        self.lines: list[OrganizationLine] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(1.5))
        self.add(self.tr("Known here"), self._holder)
        self.another = Button(self.tr("Connect another organi&zation…"), icon="plus")
        self.another.clicked.connect(lambda: here.wanted("connect_other"))
        self.add(
            self.tr("One more"),
            self.another,
            help_text=self.tr(
                "All organizations that are signed in are synced side by side, each with its own sign-in and calls; "
                "the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it."
            ),
        )
        self._shown: list[tuple[KnownOrganization, Standing]] = []
        self._asked = False
        self.neighbours = Neighbours(here.state, here.services, self)
        self.neighbours.changed.connect(self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """What was known may have changed meanwhile."""
        super().showEvent(event)
        self.neighbours.look()

    def refresh(self) -> None:
        """Say what holds; before the services are there, only of the one in use."""
        overview = self._here.state.overview
        if self._here.services() is not None:
            if not self._asked:
                self._asked = True
                self.neighbours.look()
        elif overview is not None and overview.connection is not None:
            from zbdesk.app.organizations import KnownOrganization

            self.neighbours.show_known([KnownOrganization(overview.connection, current=True)])
        self._show()

    def _show(self) -> None:
        """One line each, where something about one is another: events come many times a second."""
        shown = [(one, self.neighbours.standing(one)) for one in self.neighbours.known]
        if shown == self._shown:
            return
        focused = next((line.connection_id for line in self.lines if line.has_focus()), None)
        self._shown = shown
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        figure = self.neighbours.figure
        self.lines = [OrganizationLine(one, standing, figure(one.waiting)) for one, standing in shown]
        for line in self.lines:
            line.use_wanted.connect(lambda key: self._here.wanted(f"switch/{key}"))
            line.pause_wanted.connect(lambda key: self._here.bridge.send(Pause(), key))
            line.resume_wanted.connect(lambda key: self._here.bridge.send(Resume(), key))
            self._column.addWidget(line)
            if line.connection_id == focused and line.use is not None:
                line.use.setFocus()


class OrganizationLine(QWidget):
    """Mark, name, how it stands, what waits, and what can be done with it.

    ``use_wanted``, ``pause_wanted``, ``resume_wanted``: the connection's key. The one in use has its buttons elsewhere.
    """

    use_wanted = Signal(int)
    pause_wanted = Signal(int)
    resume_wanted = Signal(int)

    def __init__(self, known: KnownOrganization, standing: Standing, figure: str) -> None:
        super().__init__()
        organization, key = known.connection.organization, known.connection.id
        self.connection_id = key
        now = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(2.5))
        row.addWidget(Square(organization))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(organization.name, "strong"))
        facts = [organization.currency_code, text.data_centre(known.connection.data_centre)]
        facts.append(isolate(organization.organization_id))
        words.addWidget(Elided(" · ".join(fact for fact in facts if fact), "caption", "text2"))
        second = QHBoxLayout()
        second.setSpacing(now.px(1))
        second.addWidget(IconView(standing.word.icon, standing.word.role))
        self.status = Elided(standing.line(), "caption", standing.word.role)
        second.addWidget(self.status, 1)
        words.addLayout(second)
        row.addLayout(words, 1)
        self.badge = Badge()
        self.badge.show_figure(figure, standing.waits_text)
        row.addWidget(self.badge)
        self.use: Button | None = None
        self.pause: Button | None = None
        if known.current:
            row.addWidget(IconView("check", "accent_text"))
            row.addWidget(Label(self.tr("In use"), "body", "text2"))
            return
        if known.connection.state in {ConnectionState.ACTIVE, ConnectionState.OFFLINE, ConnectionState.PAUSED}:
            paused = known.connection.state is ConnectionState.PAUSED
            label = self.tr("Resume") if paused else self.tr("Pause")
            self.pause = Button(label, "quiet", "play" if paused else "pause")
            self.pause.setAccessibleName(f"{label}: {organization.name}")
            wanted = self.resume_wanted if paused else self.pause_wanted
            self.pause.clicked.connect(lambda: wanted.emit(key))
            row.addWidget(self.pause)
        label = self.tr("Use this one") if known.signed_in else self.tr("Sign in again…")
        self.use = Button(label)
        self.use.setAccessibleName(f"{label}: {organization.name}")
        self.use.clicked.connect(lambda: self.use_wanted.emit(key))
        row.addWidget(self.use)

    def has_focus(self) -> bool:
        """Whether the keyboard's place is in this line."""
        return any(button is not None and button.hasFocus() for button in (self.use, self.pause))


class ConnectionRows(Rows):
    """The sign-in of the organization in use."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("ConnectionRows", "Sign-in of the organization in use"))
        self._here = here
        self.organization = Label("", "body", wrap=True, selectable=True)
        self.signed = Label("", "body", wrap=True)
        self.how = Label("", "body")
        self.reconnect = Button(self.tr("S&ign in again…"), icon="log-in")
        self.reconnect.clicked.connect(lambda: here.wanted("reconnect"))
        self.add(self.tr("Organization"), self.organization)
        self.add(self.tr("State"), self.how)
        self.add(self.tr("Sign-in"), self.signed)
        self.add(
            self.tr("Renew it"),
            self.reconnect,
            help_text=self.tr("Signing in again keeps all records and what belongs to them."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        overview, formats = self._here.state.overview, self._here.state.formats
        connection = overview.connection if overview is not None else None
        self.reconnect.setEnabled(connection is not None)
        self.how.setText(self._here.state.word().text)
        if connection is None:
            self.organization.setText(self.tr("Not connected"))
            self.signed.setText("")
            return
        organization = connection.organization
        facts = [organization.name, isolate(organization.organization_id), organization.currency_code]
        facts += [text.data_centre(connection.data_centre), organization.plan]
        self.organization.setText(" · ".join(fact for fact in facts if fact))
        since = self.tr("since %1").replace("%1", formats.stamp(connection.connected_at))
        rights = self.tr("read only") if connection.read_only else self.tr("read and write")
        self.signed.setText(" · ".join(part for part in (connection.authorised_by, since, rights) if part))


class CareRows(Rows):
    """What a colleague has to know."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("CareRows", "When somebody else takes over"))
        self._here = here
        self.card = Button(self.tr("Handover car&d…"), icon="clipboard-list")
        self.card.clicked.connect(lambda: here.wanted("handover"))
        self.add(
            self.tr("Handover"),
            self.card,
            help_text=self.tr("Who signed in, what it may do, what stops when that person leaves; to copy or print."),
        )

    def refresh(self) -> None:
        """Only with a connection."""
        overview = self._here.state.overview
        self.card.setEnabled(
            self._here.services() is not None and overview is not None and overview.connection is not None
        )


class RemovalRows(Rows):
    """Three different things, each with its own question."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("RemovalRows", "Ending something"))
        self._here = here
        self.disconnect_button = Button(self.tr("Disconnect…"))
        self.forget = Button(self.tr("Forget the record map…"))
        self.delete = Button(self.tr("Delete local data…"), "destructive")
        self.disconnect_button.clicked.connect(lambda: here.wanted("disconnect"))
        self.forget.clicked.connect(lambda: here.wanted("forget"))
        self.delete.clicked.connect(lambda: here.wanted("delete"))
        self.add(
            self.tr("Disconnect"),
            self.disconnect_button,
            help_text=self.tr("Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there."),
        )
        self.add(
            self.tr("Forget the record map"),
            self.forget,
            help_text=self.tr(
                "Keeps both sides and drops which record belongs to which. Needed only after the books were restored "
                "from a copy."
            ),
        )
        self.add(
            self.tr("Delete local data"),
            self.delete,
            help_text=self.tr("Disconnects and deletes the records on this computer. Zoho Books keeps everything."),
        )

    def refresh(self) -> None:
        """Only with a connection."""
        overview = self._here.state.overview
        there = overview is not None and overview.connection is not None
        for button in (self.disconnect_button, self.forget, self.delete):
            button.setEnabled(there)
