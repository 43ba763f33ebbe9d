"""Taking a run back: what it means record by record before, and what came of it after.

Sends one command. Cancel is the default; what cannot be undone is listed with its reason, not hidden.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from zbdesk.domain.views import RollbackReport
from zbdesk.sync.commands import RollBackRun
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import plural
from zbdesk.ui.runs import words
from zbdesk.ui.runs.steps import StepsTree
from zbdesk.ui.sentences import said as spoken
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, announce


class RollbackDialog(WriteDialog):
    """``agreed``: the command was sent. A report has nothing to agree to."""

    agreed = Signal(int)

    def __init__(self, parent: QWidget | None, state: DeskState, bridge: Bridge, report: RollbackReport) -> None:
        is_report = report.begun_at is not None
        formats = state.formats
        title = (
            QCoreApplication.translate("RollbackDialog", "The run of %1 was taken back").replace(
                "%1", formats.moment(report.run_at, state.now())
            )
            if is_report and report.ended_at is not None
            else QCoreApplication.translate("RollbackDialog", "The run of %1 is being taken back").replace(
                "%1", formats.moment(report.run_at, state.now())
            )
            if is_report
            else words.title(report, formats, state.now())
        )
        said = spoken(report.refused) or (_counts(report, state) if is_report else words.summary(report.steps, formats))
        super().__init__(parent, state, title, said, icon="undo-2", width=230)
        self._bridge, self.report = bridge, report
        self.tree = StepsTree(report.steps, formats, self.tr("Records of this run"))
        self.body.addWidget(self.tree, 1)
        self.copy = Button(self.tr("&Copy list"), "normal", "copy")
        self.copy.clicked.connect(self._copy)
        self.foot.insertWidget(1, self.copy)
        self.cancel.setDefault(True)
        self.verb: Button | None = None
        if is_report or report.refused:
            self.cancel.setText(self.tr("Close"))
            return
        going = sum(step.what != "none" for step in report.steps)
        count = plural("Runs", "%n record(s)", going, "%n record", "%n records", formats.count(going))
        self.verb = self.add_verb(self.tr("&Roll back %1").replace("%1", count), "destructive")
        self.verb.setEnabled(going > 0)
        self.verb.clicked.connect(self._agree)

    def lines(self) -> str:
        """The list as tab-separated lines."""
        return self.tree.lines()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines())
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))

    def _agree(self) -> None:
        self._bridge.send(RollBackRun(self.report.run_id))
        self.agreed.emit(self.report.run_id)
        self.accept()


def _counts(report: RollbackReport, state: DeskState) -> str:
    done = sum(step.state == "done" for step in report.steps)
    left = sum(step.state == "left" for step in report.steps)
    formats = state.formats
    said = QCoreApplication.translate("RollbackDialog", "%1 of %2 taken back.")
    said = said.replace("%1", formats.count(done)).replace("%2", formats.count(len(report.steps)))
    if left:
        stays = QCoreApplication.translate("RollbackDialog", "%1 stay as they are; the reason stands beside each.")
        said = f"{said} {stays.replace('%1', formats.count(left))}"
    return said
