"""Data on this computer, the log with its level, and what helps somebody who looks for a fault."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.app.log import set_level
from zbdesk.ui.formats import isolate
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.widgets import Button, Label

DAYS = (3, 7, 14, 30, 90, 365)


class DataRows(Rows):
    """Where the records are and how large they have grown."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("DataRows", "Data"))
        self._here = here
        self.size_label = Label("", "body", "text2")
        self.place = Label("", "body", selectable=True, wrap=True)
        self.folder = Button(self.tr("Open data f&older"), icon="folder-open")
        self.folder.clicked.connect(lambda: here.wanted("data_folder"))
        self.add(self.tr("Place"), self.place)
        self.add(
            self.tr("On this computer"),
            self.folder,
            self.size_label,
            help_text=self.tr(
                "Only your own user can read the folder. No password or token is in it or in the logs. To keep it "
                "elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR."
            ),
        )

        self.leave = Button(self.tr("Prepare removing zbdesk…"))
        self.leave.clicked.connect(lambda: here.wanted("leave"))
        self.add(
            self.tr("Before it is removed"),
            self.leave,
            help_text=self.tr("Ends the start with your session, asks about the data, and quits."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        overview, services = self._here.state.overview, self._here.services()
        self.size_label.setText(self._here.state.formats.size(overview.database_bytes) if overview is not None else "")
        self.place.setText(isolate(str(services.data_dir)) if services is not None else "")


class LogRows(Rows):
    """The log, and the archive for a report."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("LogRows", "Logs"))
        self._here = here
        self.level = Choice(
            [
                (self.tr("Errors"), "error"),
                (self.tr("Warnings"), "warning"),
                (self.tr("What happens"), "info"),
                (self.tr("Everything"), "debug"),
            ],
            self.tr("How much is written"),
        )
        self.level.chosen.connect(self._level_chosen)
        self.add(
            self.tr("How much is written"),
            self.level,
            help_text=self.tr("Counts at once. Secrets are taken out before anything is written."),
        )
        self.days = Choice([(str(one), one) for one in DAYS], self.tr("Kept for days"))
        self.days.chosen.connect(lambda value: here.change(log_days=value))
        self._kept = self.add(self.tr("Kept for days"), self.days, help_text=" ")
        self.viewer = Button(self.tr("Read the &log…"), icon="file-text")
        self.logs = Button(self.tr("Open lo&g folder"), icon="folder-open")
        self.viewer.clicked.connect(lambda: here.wanted("log_viewer"))
        self.logs.clicked.connect(lambda: here.wanted("log_folder"))
        self.add(self.tr("Look at it"), self.viewer, self.logs)
        self.diagnostics = Button(self.tr("Diagnostics for support…"), icon="clipboard-list")
        self.diagnostics.clicked.connect(lambda: here.wanted("diagnostics"))
        self.add(
            self.tr("For support"),
            self.diagnostics,
            help_text=self.tr("Every file is shown before anything is saved. Nothing is sent from here."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        self.level.show_value(settings.log_level)
        self.days.show_value(settings.log_days, str(settings.log_days))
        words = self.tr("A new file each day, and at %1 MB. The number of days counts from the next start.")
        self._kept.setText(words.replace("%1", f"{settings.log_megabytes:g}"))
        self._kept.show()
        there = self._here.services() is not None
        self.viewer.setEnabled(there)
        self.diagnostics.setEnabled(there)

    def _level_chosen(self, value: object) -> None:
        if self._here.change(log_level=value):
            set_level(str(value))
