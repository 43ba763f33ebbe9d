"""Rolling an import back: what it means record by record before it is done, and the sentence afterwards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.app.imports_back import ImportBack
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import Formats, isolate
from zbdesk.ui.runs import words
from zbdesk.ui.runs.steps import StepsTree
from zbdesk.ui.sentences import said as spoken
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button


class TakeBackDialog(WriteDialog):
    """``agreed``: a person wants it. Cancel is the default; what cannot be undone is listed with its reason."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None, state: DeskState, origin: str, found: ImportBack) -> None:
        formats = state.formats
        super().__init__(
            parent, state,
            _tr("Roll back the import of %1?").replace("%1", isolate(origin)),
            foreseen(found, formats),
            icon="undo-2",
            width=230 if found.steps else 140,
        )  # fmt: skip
        self.cancel.setDefault(True)
        self.tree: StepsTree | None = None
        if found.steps:
            self.tree = StepsTree(found.steps, formats, _tr("Records of this import that have left"))
            self.body.addWidget(self.tree, 1)
        self.verb: Button | None = None
        going = found.removed + found.restored + found.leaving
        if found.refused or not going:
            self.cancel.setText(_tr("Close"))
            return
        self.verb = self.add_verb(_tr("&Roll back %1 documents").replace("%1", formats.count(going)), "destructive")
        self.verb.clicked.connect(self._agree)

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()


def foreseen(found: ImportBack, formats: Formats) -> str:
    """What would become of the documents: here, in Zoho Books, and what stays."""
    if found.refused:
        return _tr("It cannot be rolled back now: %1").replace("%1", spoken(found.refused))
    parts = []
    if found.removed or found.restored:
        here = _tr("On this computer: %1 are removed, %2 are as before.")
        parts.append(here.replace("%1", formats.count(found.removed)).replace("%2", formats.count(found.restored)))
    if found.steps:
        there = _tr("In Zoho Books, with the next sync: %1")
        parts.append(there.replace("%1", words.summary(found.steps, formats)))
    if found.kept:
        parts.append(_stay(found.kept, formats))
    return " ".join(parts) or _tr("Nothing of it can be taken back.")


def told(found: ImportBack, formats: Formats) -> tuple[str, str]:
    """What was done, and what is still to come or stays; the second is empty where all is as it was."""
    said = _tr("Rolled back: %1 removed, %2 as before.")
    said = said.replace("%1", formats.count(found.removed)).replace("%2", formats.count(found.restored))
    rest = []
    if found.leaving:
        there = _tr("In Zoho Books, with the next sync: %1")
        rest.append(there.replace("%1", words.summary(found.steps, formats)))
    elif found.steps:
        rest.append(words.summary(found.steps, formats))
    if found.kept:
        rest.append(_stay(found.kept, formats))
    return said, " ".join(rest)


def _stay(count: int, formats: Formats) -> str:
    stay = _tr("%1 stay: they were edited since, or an earlier import made them.")
    return stay.replace("%1", formats.count(count))


def _tr(words: str) -> str:
    return QCoreApplication.translate("TakeBackDialog", words)
