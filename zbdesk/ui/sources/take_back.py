"""Rolling an import back: what it means, before it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.state import DeskState


class TakeBackDialog(WriteDialog):
    """``agreed``: a person wants it. Cancel is the default."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None, state: DeskState, origin: str, taken: int) -> None:
        count = state.formats.count(taken)
        super().__init__(
            parent, state,
            _tr("Roll back the import of %1?").replace("%1", isolate(origin)),
            _tr(
                "What it made is removed from this computer and what it changed is as before: %1 documents. Nothing is "
                "sent to Zoho Books. What has left already, or was edited here since, stays and is counted."
            ).replace("%1", count),
            icon="undo-2",
        )  # fmt: skip
        self.cancel.setDefault(True)
        self.verb = self.add_verb(_tr("&Roll back %1 documents").replace("%1", count), "destructive")
        self.verb.clicked.connect(self._agree)

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()


def _tr(words: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("TakeBackDialog", words)
