"""Before the program is removed: no start with the session any more, the question about the data, and an end.

Removing the files themselves is the system's business, which cannot ask what happens to a company's books. Must not
delete anything itself: that is a command of its own, with its own question.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.ui.care.frame import CareDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.widgets import Button, Label


class LeavingDialog(CareDialog):
    """``leave``: end the start with the session, and quit. ``delete_wanted``: ask for deleting the records first."""

    leave = Signal()
    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None, data_dir: str, *, connected: bool) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            parent,
            tr("LeavingDialog", "Prepare removing zbdesk?"),
            tr(
                "LeavingDialog",
                "zbdesk stops starting with your session and quits. Then remove it the way it was installed.",
            ),
        )
        self.body.addWidget(Label(self.tr("What happens to the data?"), "strong", wrap=True))
        words = self.tr("Records, history and settings stay in %1 until you delete them.")
        self.body.addWidget(Label(words.replace("%1", isolate(data_dir)), wrap=True, selectable=True))
        if connected:
            ask = self.tr("To end the sign-in at Zoho and delete the records here, do that first.")
            self.body.addWidget(Label(ask, "body", "text2", wrap=True))
        self.delete = Button(self.tr("&Delete local data first…"))
        self.delete.clicked.connect(self._delete)
        self.delete.setVisible(connected)
        self.keep = Button(self.tr("&Keep the data and quit"), "primary")
        self.keep.clicked.connect(self._leave)
        self.add_buttons(self.delete, self.keep)
        self.close_button.setText(self.tr("Cancel"))
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self.resize(self.minimumSizeHint().expandedTo(self.sizeHint()))

    def _delete(self) -> None:
        self.accept()
        self.delete_wanted.emit()

    def _leave(self) -> None:
        self.accept()
        self.leave.emit()
