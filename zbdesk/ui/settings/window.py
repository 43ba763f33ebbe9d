"""The window, the tray and the start with the session."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows, show_check, stack
from zbdesk.ui.widgets import Message

LOOK = 2_000
"""Milliseconds between looks at the system's own list: it may be changed there while this is in sight."""


class WindowRows(Rows):
    """What closing means, how it starts."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("WindowRows", "Closing and starting"))
        self._here = here
        self.closing = Choice(
            [
                (self.tr("Ask"), "ask"),
                (self.tr("Keep running near the clock"), "keep_running"),
                (self.tr("Quit"), "quit"),
            ],
            self.tr("Closing the window"),
        )
        self.closing.chosen.connect(lambda value: self._here.change(close_button=value))
        self.add(
            self.tr("Closing the window"),
            self.closing,
            help_text=self.tr("Without a tray, closing the window always quits: zbdesk never runs unseen."),
        )
        self.autostart = QCheckBox(self.tr("Start when I sign in to this computer"))
        self.autostart.toggled.connect(self._autostart_toggled)
        self.wrong = Message()
        self.minimised = QCheckBox(self.tr("Begin without a window where there is a tray"))
        self.minimised.toggled.connect(lambda on: self._here.change(start_minimised=on))
        self.add(
            self.tr("Start"),
            stack(self.autostart, self.wrong, self.minimised),
            help_text=self.tr(
                "Starting with the session is kept by the system itself; what is changed there shows here. "
                "It starts in the tray and takes no focus."
            ),
        )
        self.letters = QCheckBox(self.tr("Single letters as keys, under Conflicts for example"))
        self.letters.toggled.connect(lambda on: self._here.change(single_letter_keys=on))
        self.add(self.tr("Keys"), self.letters)
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._look.timeout.connect(self._show_autostart)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the system while in sight."""
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._look.stop()

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        self.closing.show_value(settings.close_button)
        show_check(self.minimised, on=settings.start_minimised)
        show_check(self.letters, on=settings.single_letter_keys)
        self._show_autostart()

    def _show_autostart(self) -> None:
        services = self._here.services()
        entry = services.autostart if services is not None else None
        self.autostart.setEnabled(entry is not None)
        on = entry is not None and entry.is_on()
        if self.autostart.isChecked() != on:
            show_check(self.autostart, on=on)

    def _autostart_toggled(self, on: bool) -> None:
        services = self._here.services()
        if services is None or services.autostart is None:
            return
        self.wrong.say("")
        try:
            if on:
                services.autostart.turn_on()
            else:
                services.autostart.turn_off()
        except ZbdeskError as error:
            self.wrong.say(f"{error.title} {error.message}", "error")
        self._show_autostart()
