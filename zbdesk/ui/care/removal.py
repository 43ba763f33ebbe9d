"""Three ways to end something, three texts: disconnect, forget the record map, delete what is on this computer.

Each names the organization on top and says in numbers what happens. Cancel is Escape and the default.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.domain.fingerprint import is_confirmed, short_name
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.formats import plural
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import FormField, Label, TextField


class _Ending(WriteDialog):
    """``agreed``: a person wants it."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None, state: DeskState, title: str, words: str, icon: str) -> None:
        super().__init__(parent, state, title.replace("%1", organization_of(state).name), words, icon=icon)
        self.cancel.setDefault(True)

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit()


class DisconnectDialog(_Ending):
    """Ends the sign-in; everything here stays."""

    def __init__(self, parent: QWidget | None, state: DeskState) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            parent, state, tr("DisconnectDialog", "Disconnect %1?"),
            tr(
                "DisconnectDialog",
                "The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting "
                "again goes on where it stopped. Nothing is changed in Zoho Books.",
            ),
            "plug",
        )  # fmt: skip
        waiting = _waiting(state)
        if waiting:
            words = self.tr("They stay and leave after connecting again.")
            self.body.addWidget(Label(f"{waiting} {words}", wrap=True))
        self.verb = self.add_verb(self.tr("&Disconnect"), "normal")
        self.verb.clicked.connect(self._agree)


class ForgetDialog(_Ending):
    """Drops the links between both sides."""

    def __init__(self, parent: QWidget | None, state: DeskState) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            parent, state, tr("ForgetDialog", "Forget which record belongs to which in %1?"),
            tr(
                "ForgetDialog",
                "Both sides stay, but the links between them are dropped and all lists are read from the beginning. "
                "Needed only after the books were restored from a copy. It cannot be undone.",
            ),
            "triangle-alert",
        )  # fmt: skip
        self.body.addWidget(
            Label(
                self.tr(
                    "What zbdesk has written counts as new again and is held for review under Outgoing, so that "
                    "nothing is created twice by itself. A record whose answer is still open keeps its link."
                ),
                wrap=True,
            )
        )
        self.verb = self.add_verb(self.tr("&Forget the links"), "destructive")
        self.verb.clicked.connect(self._agree)


class DeleteDialog(_Ending):
    """Deletes what is on this computer. Asks for the organization's short name: there is no way back."""

    def __init__(self, parent: QWidget | None, state: DeskState) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            parent, state, tr("DeleteDialog", "Delete the records of %1 on this computer?"),
            tr(
                "DeleteDialog",
                "The connection is ended, and records, history, mappings and rules of this organization are deleted "
                "here. Zoho Books keeps everything. It cannot be undone.",
            ),
            "trash-2",
        )  # fmt: skip
        waiting = _waiting(state)
        if waiting:
            self.body.addWidget(Label(waiting + " " + self.tr("They would be lost."), "strong", "problem", wrap=True))
        organization = organization_of(state)
        self.typed = TextField(name=self.tr("Short name of the organization"))
        words = self.tr("Type %1 to confirm the organization").replace("%1", short_name(organization))
        self.field = FormField(words, self.typed)
        self.body.addWidget(self.field)
        count = sum(counts.remote + counts.local for counts in state.modules())
        shown = state.formats.count(count)
        verb = plural("DeleteDialog", "&Delete %n record(s)", count, "&Delete %n record", "&Delete %n records", shown)
        self.verb = self.add_verb(verb, "destructive")
        self.verb.setEnabled(False)
        self.typed.textChanged.connect(lambda text: self.verb.setEnabled(is_confirmed(organization, text)))
        self.verb.clicked.connect(self._agree)
        self.typed.setFocus()


def _waiting(state: DeskState) -> str:
    """3 changes have not left yet. Empty where all has left."""
    overview = state.overview
    count = overview.pending + overview.unknown if overview is not None else 0
    if not count:
        return ""
    return plural(
        "Removal", "%n change(s) have not left yet.", count, "%n change has not left yet.",
        "%n changes have not left yet.", state.formats.count(count),
    )  # fmt: skip
