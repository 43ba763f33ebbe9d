"""Which organization: read from Zoho, nothing chosen beforehand when there are several."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from zbdesk.app.log import note_told
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import Organization
from zbdesk.ui.tasks import Tasks
from zbdesk.ui.widgets import Banner, Button, EmptyState, announce, gap
from zbdesk.ui.wizard.connector import Connector
from zbdesk.ui.wizard.organization_table import OrganizationTable
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import Session


class OrganizationPage(Page):
    """Signal: ``other_sign_in``: the person wants to sign in as somebody else."""

    key = "organization"
    step = 3
    other_sign_in = Signal()

    def __init__(self, session: Session, connector: Connector, tasks: Tasks) -> None:
        super().__init__(session)
        self._connector = connector
        self._tasks = tasks
        self._loading = False
        self._read = False
        self._error: ZbdeskError | None = None
        self.say(self.tr("Which organization?"), self.tr("Choose the one organization that this connection is for."))
        self.table = OrganizationTable()
        self.table.chosen.connect(self._chosen)
        self.empty = EmptyState("hourglass", "")
        self.empty.acted.connect(self.read_list)
        self.note = Banner("", "", "note")
        self.list_again = Button(self.tr("Look at the &list again"), "quiet", "rotate-cw", at_start=True)
        self.list_again.clicked.connect(self.read_list)
        self.somebody = Button(self.tr("Si&gn in as somebody else"), "quiet", "user")
        self.somebody.clicked.connect(self.other_sign_in)
        self.content.addWidget(self.table)
        self.content.addWidget(self.empty)
        self.content.addWidget(self.note)
        row = QHBoxLayout()
        gap(row, 1)
        row.addWidget(self.list_again)
        row.addWidget(self.somebody)
        row.addStretch()
        self.content.addLayout(row)
        self._show_state()

    def entered(self) -> None:
        """See ``Page``."""
        if not self._read and not self._loading:
            self.read_list()
        self.changed.emit()

    def forget(self) -> None:
        """Another sign-in sees another list."""
        self._read = False
        self.session.organizations = []
        self.session.counts = {}

    def read_list(self) -> None:
        """Ask Zoho for the list, the person's choice kept where it is still there."""
        if self._loading:
            return
        self._loading = True
        self._error = None
        self._show_state()
        self._tasks.start(self._connector.organizations(), then=self._loaded, fail=self._refused)

    def _loaded(self, found: list[Organization]) -> None:
        self._loading = False
        self._read = True
        self.session.organizations = found
        choosable = [one for one in found if one.active]
        draft = self.session.draft
        if self.session.organization() is None:
            draft.organization_id = choosable[0].organization_id if len(choosable) == 1 else ""
        self.table.show_rows(found)
        self.table.rows.choose(draft.organization_id)
        self._show_state()
        self.table.setFocus()

    def _refused(self, error: ZbdeskError) -> None:
        note_told(error)
        self._loading = False
        self._error = error
        self._show_state()

    def _show_state(self) -> None:
        found = self.session.organizations
        ready = self._read and bool(found) and self._error is None
        self.table.setVisible(ready)
        self.empty.setVisible(not ready)
        if self._error is not None:
            self.empty.show_state(
                "octagon-alert", self._error.title, self._error.message, self.tr("&Look again"), role="problem"
            )
            announce(self, str(self._error), urgent=True)
        elif self._loading or not self._read:
            self.empty.show_state("hourglass", self.tr("Reading your organizations"), self.tr("One moment."))
        elif not found:
            self.empty.show_state(
                "lock",
                self.tr("This sign-in belongs to no organization"),
                self.tr("Ask an administrator of Zoho Books to invite you, or sign in as somebody else."),
                self.tr("&Look again"),
            )
        self.list_again.setVisible(ready)
        self._show_note()
        self.changed.emit()

    def _show_note(self) -> None:
        found = self.session.organizations
        active = [one for one in found if one.active]
        shared = [code for code, count in Counter(one.currency_code for one in found).items() if count > 1 and code]
        self.note.say("", "")
        if not self._read or self._error is not None or not found:
            return
        if not active:
            self.note.say(
                self.tr("All of them have ended."),
                self.tr("An ended organization cannot be connected. Renew its plan in Zoho Books, then look again."),
                "attention",
            )
        elif len(found) > 1 and shared:
            self.note.say(
                self.tr("Several organizations have %1 as base currency.").replace("%1", shared[0]),
                self.tr(
                    "Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the "
                    "other organizations later, each with its own records."
                ),
                "note",
            )

    def _chosen(self, organization_id: str) -> None:
        if organization_id != self.session.draft.organization_id:
            self.session.counts = {}
        self.session.draft.organization_id = organization_id
        self.changed.emit()

    def reason(self) -> str:
        """See ``Page``."""
        if self._loading:
            return self.tr("The list is being read.")
        if self._error is not None or not self.session.organizations:
            return self.tr("An organization is needed to go on.")
        return "" if self.session.organization() is not None else self.tr("Choose an organization to go on.")

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s "
            "address.\n\n"
            "Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        return self.table if self.table.isVisibleTo(self) else self.empty.action
