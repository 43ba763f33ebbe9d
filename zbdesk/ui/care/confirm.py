"""The first write after a change of organization, or to one that looks changed: a person types which one they mean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from zbdesk.domain.fingerprint import Guard, is_confirmed, short_name
from zbdesk.sync.commands import ConfirmOrganization
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import FormField, Label, TextField


class ConfirmDialog(WriteDialog):
    """Says what changed and what waits; the verb is off until the name is typed."""

    def __init__(self, parent: QWidget | None, state: DeskState, bridge: Bridge, guard: Guard) -> None:
        tr = QCoreApplication.translate
        organization = organization_of(state)
        changed = bool(guard.changed)
        title = (
            tr("ConfirmDialog", "Is this still %1?").replace("%1", organization.name)
            if changed
            else tr("ConfirmDialog", "First write after changing organization")
        )
        words = (
            tr("ConfirmDialog", "Zoho Books describes it differently now. Nothing is written until you agree.")
            if changed
            else tr("ConfirmDialog", "This window showed %1 before. You are about to write to another organization.")
        )
        super().__init__(parent, state, title, words.replace("%1", guard.before), icon="shield-alert", role="attention")
        self._bridge = bridge
        for what, was, now in guard.changed:
            line = self.tr("%1: was %2, is %3").replace("%1", self._what(what))
            line = line.replace("%2", isolate(was)).replace("%3", isolate(now))
            self.body.addWidget(Label(line, "strong", wrap=True))
        overview = state.overview
        count = overview.pending if overview is not None else 0
        self.typed = TextField(name=self.tr("Short name of the organization"))
        name = short_name(organization, guard.before)
        self.field = FormField(
            self.tr("Type %1 to confirm the organization").replace("%1", name),
            self.typed,
            self.tr("Asked once after each change of organization."),
        )
        self.body.addWidget(self.field)
        shown = state.formats.count(count)
        verb = plural("ConfirmDialog", "&Write %n change(s)", count, "&Write %n change", "&Write %n changes", shown)
        self.verb = self.add_verb(verb)
        self.verb.setEnabled(False)
        self.verb.setDefault(False)
        self.typed.textChanged.connect(
            lambda text: self.verb.setEnabled(is_confirmed(organization, text, guard.before))
        )
        self.typed.returnPressed.connect(self.verb.click)
        self.verb.clicked.connect(self._agree)
        self.typed.setFocus()

    def _what(self, what: str) -> str:
        return {
            "currency": self.tr("Base currency"),
            "country": self.tr("Country"),
            "tax_id": self.tr("Tax ID"),
        }.get(what, what)

    def _agree(self) -> None:
        self._bridge.send(ConfirmOrganization())
        self.accept()
