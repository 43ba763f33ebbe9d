"""The organizations of this computer, the sign-in of the one in use, and three ways to end something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.views import Organization
from zbdesk.ui import text, theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.orgbar import colour_of, initials
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
                "The organization in use is synced; the records of the others stay here as they were and are never "
                "mixed with it. Ctrl+Shift+O changes it."
            ),
        )
        self._shown: list[KnownOrganization] | None = None
        self._asked: tuple[int, str] | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """What was known may have changed meanwhile."""
        super().showEvent(event)
        self._asked = None

    def refresh(self) -> None:
        """Ask who is known, where something about the one in use is another: events come many times a second."""
        services = self._here.services()
        overview, word = self._here.state.overview, self._here.state.word().text
        asked = (overview.connection.id if overview is not None and overview.connection is not None else 0, word)
        if services is not None:
            if asked != self._asked:
                self._asked = asked
                self._shown = None
                services.organizations(self.show_known)
        elif self._shown is None and overview is not None and overview.connection is not None:
            from zbdesk.app.organizations import KnownOrganization

            self.show_known([KnownOrganization(overview.connection, current=True)])

    def show_known(self, known: list[KnownOrganization]) -> None:
        """One line each."""
        if known == self._shown:
            return
        self._shown = known
        for line in self.lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self.lines = [OrganizationLine(one, self._here) for one in known]
        for line in self.lines:
            line.use_wanted.connect(lambda key: self._here.wanted(f"switch/{key}"))
            self._column.addWidget(line)


class OrganizationLine(QWidget):
    """Mark, name, how it stands, and the button to use it. ``use_wanted``: the connection's key."""

    use_wanted = Signal(int)

    def __init__(self, known: KnownOrganization, here: Here) -> None:
        super().__init__()
        organization = known.connection.organization
        now = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(2.5))
        row.addWidget(_Square(organization))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(organization.name, "strong"))
        facts = [organization.currency_code, text.data_centre(known.connection.data_centre)]
        facts.append(isolate(organization.organization_id))
        words.addWidget(Elided(" · ".join(fact for fact in facts if fact), "caption", "text2"))
        row.addLayout(words, 1)
        if known.current:
            word = here.state.word()
            row.addWidget(IconView(word.icon, word.role))
            row.addWidget(Label(word.text, "body", word.role))
        else:
            label = self.tr("Use this one") if known.signed_in else self.tr("Sign in again…")
            self.use = Button(label)
            self.use.setAccessibleName(f"{label}: {organization.name}")
            self.use.clicked.connect(lambda: self.use_wanted.emit(known.connection.id))
            row.addWidget(self.use)


class _Square(QWidget):
    """Two letters on the organization's colour."""

    def __init__(self, organization: Organization) -> None:
        super().__init__()
        self._organization = organization
        side = theme.current().px(8.5)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square and letters."""
        del event
        now, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(colour_of(self._organization)))
        if now.is_dark or now.is_contrast:
            painter.setPen(now.color("edge"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.ON_ORGANIZATION))
        painter.setFont(now.font("strong"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), initials(self._organization.name))


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
