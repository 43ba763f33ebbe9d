"""What others may see: notifications, the screen, reports."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Rows, show_check
from zbdesk.ui.updates import why_no_looking
from zbdesk.ui.widgets import Button


class PrivacyRows(Rows):
    """Off by default, each by itself."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("PrivacyRows", "What others may see"))
        self._here = here
        self.names = QCheckBox(self.tr("Name the organization in notifications"))
        self.names.toggled.connect(lambda on: here.change(notify_names_and_amounts=on))
        self.add(
            self.tr("Notifications"),
            self.names,
            help_text=self.tr("A locked screen may show notifications. Parties and amounts never stand in them."),
        )
        self.cover = Button(self.tr("Cover the window"), icon="eye-off")
        self.cover.clicked.connect(lambda: here.wanted("cover"))
        self.add(
            self.tr("When somebody comes"),
            self.cover,
            help_text=self.tr("Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on."),
        )
        self.fault = QCheckBox(self.tr("Show a report after a fault of zbdesk"))
        self.fault.toggled.connect(lambda on: here.change(fault_report=on))
        self.add(
            self.tr("Reports"),
            self.fault,
            help_text=self.tr("With its whole text, to copy or save. zbdesk sends nothing anywhere by itself."),
        )

        self.updates = QCheckBox(self.tr("Look for a new version once a day"))
        self.updates.toggled.connect(lambda on: here.change(look_for_updates=on))
        why_not = why_no_looking()
        self.updates.setEnabled(not why_not)
        self.add(
            self.tr("New versions"),
            self.updates,
            help_text=why_not
            or self.tr("One question to our server, without anything about you. Nothing is downloaded or installed."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        show_check(self.names, on=settings.notify_names_and_amounts)
        show_check(self.updates, on=settings.look_for_updates and self.updates.isEnabled())
        show_check(self.fault, on=settings.fault_report)
