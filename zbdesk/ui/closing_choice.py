"""What closing the window means: keep running near the clock, or quit. Asked once; Settings changes it.

Invariant: without a tray icon, or before anybody is connected, closing quits: nothing runs that nobody can see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from zbdesk.ui import questions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from zbdesk.ui.main_window import MainWindow


class ClosingChoice(QObject):
    """One window's answer to its close button."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._question: QMessageBox | None = None

    def closed(self) -> None:
        """Somebody closes the window: do what was chosen, or ask."""
        window = self._window
        choice = window.preferences.settings.close_button
        if not window.tray_available() or window.wizard is not None or choice == "quit":
            window.quit()
        elif choice == "keep_running":
            window.hide()
        else:
            self.ask()

    def ask(self) -> None:
        """The question of the first close. Its answer holds from then on and can be changed in Settings."""
        if self._question is not None:
            self._question.raise_()
            return
        self._question = questions.ask_close(self._window, self._answered)
        self._question.finished.connect(self._gone)

    def _answered(self, answer: str) -> None:
        if answer == "keep_running":
            self._window.preferences.change(close_button="keep_running")
            self._window.hide()
        elif answer == "quit":
            self._window.preferences.change(close_button="quit")
            self._window.quit()

    def _gone(self) -> None:
        self._question = None
