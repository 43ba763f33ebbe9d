"""What settings and menus ask of the window by a word: dialogs of care, ending something, another organization.

Must not do what only the program can (threads, processes): it says so by its signals. Invariant: whatever ends or
replaces something is asked first, with the organization on top.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.fingerprint import Guard
from zbdesk.ui import questions
from zbdesk.ui.actions import Actions, tomorrow_morning
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.care.services import Services
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.app.handover import Handover


class Care(QObject):
    """One window's care.

    ``reconnect_wanted``, ``ended`` (``disconnect``, ``forget`` or ``delete``), ``switch_wanted`` (a connection's key),
    ``another_wanted``, ``leave_wanted`` (quit, to be removed): asked and agreed to.
    """

    reconnect_wanted = Signal()
    ended = Signal(str)
    switch_wanted = Signal(int)
    another_wanted = Signal()
    leave_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        state: DeskState,
        bridge: Bridge,
        actions: Actions,
        services: Callable[[], Services | None],
    ) -> None:
        super().__init__(window)
        self._window, self._state, self._bridge, self._actions = window, state, bridge, actions
        self._services = services
        self._guard: Guard | None = None
        self._guarded = 0
        self.dialog: QDialog | None = None
        state.changed.connect(self._look)
        state.run_finished.connect(self._run_finished)

    def want(self, word: str) -> None:
        """Do what this word says; see ``settings.here``."""
        head, _, rest = word.partition("/")
        match head:
            case "reconnect":
                self.reconnect_wanted.emit()
            case "disconnect" | "forget" | "delete":
                self.ask_end(head)
            case "switch":
                self.switch_wanted.emit(int(rest))
            case "connect_other":
                self.another_wanted.emit()
            case "data_folder":
                self._actions.data_folder.trigger()
            case "log_folder":
                self._actions.log_folder.trigger()
            case "snooze":
                self._snooze(rest)
            case "cover":
                self.cover()
            case _:
                self._open(head)

    def ask_end(self, what: str) -> None:
        """Ask before something ends; each of the three has its own question."""
        from zbdesk.ui.care import removal

        overview = self._state.overview
        if overview is None or overview.connection is None:
            return
        kinds = {
            "disconnect": removal.DisconnectDialog,
            "forget": removal.ForgetDialog,
            "delete": removal.DeleteDialog,
        }
        dialog = kinds[what](self._window, self._state)
        dialog.agreed.connect(lambda: self.ended.emit(what))
        self._show(dialog)

    def cover(self) -> None:
        """Hide all figures until a key or a click."""
        from zbdesk.ui.care.cover import Cover

        Cover(self._window)

    def ask_confirmation(self) -> bool:
        """Ask which organization is meant, where that has to be said first; False where nothing has to."""
        from zbdesk.ui.care.confirm import ConfirmDialog

        if self._guard is None or self.dialog is not None:
            return False
        dialog = ConfirmDialog(self._window, self._state, self._bridge, self._guard)
        dialog.accepted.connect(self._confirmed)
        self._show(dialog)
        return True

    # ---- inside --------------------------------------------------------------------------------------------------
    def _open(self, word: str) -> None:
        services = self._services()
        if services is None:
            return
        if word == "log_viewer":
            from zbdesk.ui.care.logs import LogDialog

            self._show(LogDialog(self._window, services.data_dir / "logs"))
        elif word == "diagnostics":
            from zbdesk.ui.care.diagnostics import DiagnosticsDialog

            self._show(DiagnosticsDialog(self._window, services))
        elif word == "handover":
            services.handover(self._show_card)
        elif word == "leave":
            self._ask_leaving(services)

    def _ask_leaving(self, services: Services) -> None:
        from zbdesk.ui.care.leaving import LeavingDialog

        overview = self._state.overview
        connected = overview is not None and overview.connection is not None
        dialog = LeavingDialog(self._window, str(services.data_dir), connected=connected)
        dialog.leave.connect(self._leave)
        dialog.delete_wanted.connect(lambda: self.ask_end("delete"))
        self._show(dialog)

    def _leave(self) -> None:
        """No start with the session any more, then the end; what cannot be switched off is said, and nothing ends."""
        services = self._services()
        entry = services.autostart if services is not None else None
        try:
            if entry is not None and entry.is_on():
                entry.turn_off()
        except ZbdeskError as error:
            questions.tell(self._window, said(error.title), said(error.message))
            return
        self.leave_wanted.emit()

    def _show_card(self, card: Handover | None) -> None:
        from zbdesk.ui.care.handover import HandoverDialog

        if card is not None:
            self._show(HandoverDialog(self._window, card, self._state.formats))

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._gone)
        dialog.open()

    def _gone(self) -> None:
        self.dialog = None

    def _snooze(self, how: str) -> None:
        now = self._state.now()
        until = {
            "30": now + timedelta(minutes=30),
            "60": now + timedelta(hours=1),
            "tomorrow": tomorrow_morning(now, self._state.formats.zone),
        }.get(how)
        self._actions.snooze(until)

    # ---- the guard -----------------------------------------------------------------------------------------------
    def _look(self) -> None:
        overview = self._state.overview
        here = overview.connection.id if overview is not None and overview.connection is not None else 0
        if here != self._guarded:
            self._guarded = here
            self._guard = None
            if here:
                self._look_at_guard()

    def _run_finished(self, _event: object) -> None:
        self._look_at_guard()

    def _look_at_guard(self) -> None:
        services = self._services()
        if services is not None:
            services.guard(self._arrived)

    def _arrived(self, guard: Guard | None) -> None:
        self._guard = guard
        overview = self._state.overview
        waits = overview is not None and overview.pending > 0
        asked = guard is not None and (waits or bool(guard.changed))
        if asked and self._window.isVisible() and self._window.isEnabled():
            self.ask_confirmation()

    def _confirmed(self) -> None:
        self._guard = None
