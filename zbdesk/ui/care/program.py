"""What the program does for care: other organizations, forgetting, the computer's sleep and power, start with it.

Stands beside ``ui.main.Program`` and takes its turns: nothing is switched while something else begins. Invariant:
the window takes no click between one organization and the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from zbdesk.app.autostart import Autostart, autostart
from zbdesk.app.log import set_level
from zbdesk.app.power import reason_to_hold
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import ConnectionState
from zbdesk.sync.commands import Hold, Woke
from zbdesk.ui import process
from zbdesk.ui.care.services import DeskServices
from zbdesk.ui.desktop_bus import open_bus, quietly
from zbdesk.ui.desktop_power import DesktopPower
from zbdesk.ui.questions import ask_switch
from zbdesk.ui.tray import OtherLine

if TYPE_CHECKING:
    from zbdesk.app.desk import Desk
    from zbdesk.app.settings import Settings
    from zbdesk.ui.main_window import MainWindow
    from zbdesk.ui.notify import Notifier
    from zbdesk.ui.preferences import Preferences
    from zbdesk.ui.state import DeskState
    from zbdesk.ui.tasks import Tasks
    from zbdesk.ui.tray import Tray

log = logging.getLogger(__name__)

LAST_WRITE = 60.0
WORKING = frozenset({ConnectionState.ACTIVE, ConnectionState.PAUSED, ConnectionState.OFFLINE})


class ProgramCare(QObject):
    """One program's care. ``turn``: held while the sync thread is started or ended."""

    def __init__(  # noqa: PLR0917 - what it stands on
        self,
        desk: Desk,
        window: MainWindow,
        state: DeskState,
        preferences: Preferences,
        turn: asyncio.Lock,
        tasks: Callable[[], Tasks],
        start: Callable[[], None],
        reconnect: Callable[[], None],
        *,
        demo: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._state, self._preferences = desk, window, state, preferences
        self._turn, self._tasks, self._start, self._reconnect = turn, tasks, start, reconnect
        # The demo has a directory that is thrown away: nothing of it may start with the computer.
        entry: Autostart | None = None if demo else autostart(desk.data_dir)
        self.services = DeskServices(desk, tasks, entry, self)
        self.services.failed.connect(state.show_error)
        self.power = DesktopPower(self)
        self._held = ""
        self._before = preferences.settings
        self._waits_for = 0
        self._page_then = ""
        self._notifier: Notifier | None = None
        self._tray: Tray | None = None
        self._asked: QMessageBox | None = None
        self.power.changed.connect(self.spare)
        self.power.woke.connect(self._woke)
        preferences.changed.connect(self._settings_changed)
        state.changed.connect(self._let_go)
        self.use(window)
        process.on_fault = self._fault

    def use(self, window: MainWindow) -> None:
        """The window of now: it was exchanged for one in other words."""
        self._window = window
        window.switch_wanted.connect(lambda key: self._run(self.switch(key)))
        window.forget_wanted.connect(lambda: self._run(self.forget()))
        window.services = self.services
        window.neighbours.changed.connect(self._beside)
        window.neighbours.look()

    def join(self, notifier: Notifier, tray: Tray) -> None:
        """What speaks outside of the window: both name the organizations beside the one in use."""
        self._notifier, self._tray = notifier, tray
        notifier.organization_wanted.connect(self.offer)
        tray.organization_wanted.connect(lambda key: self.offer(key, ""))
        self._beside()

    def _run(self, work: Coroutine[object, object, object]) -> None:
        self._tasks().start(work)

    async def follow_system(self) -> None:
        """Sleep and power, for as long as the program runs."""
        async with open_bus("SYSTEM") as bus:
            if bus is not None:
                await quietly(self.power.run(bus))

    # ---- organizations -------------------------------------------------------------------------------------------
    async def switch(self, key: int) -> None:
        """Use another organization: end the one's sync thread, then start the other's."""
        from zbdesk.app import organizations

        overview = self._state.overview
        if overview is not None and overview.connection is not None and overview.connection.id == key:
            return
        self._window.setEnabled(False)
        try:
            async with self._turn:
                await asyncio.to_thread(self._desk.stop, LAST_WRITE)
                connection = await asyncio.to_thread(organizations.switch, self._desk, key)
        except BaseException:
            self._window.setEnabled(True)
            self._start()
            raise
        self._waits_for = key
        self._window.pages.forget()
        self._state.show_error(None)
        self._state.begin_again()
        if connection.state is ConnectionState.NONE:
            self._reconnect()
        else:
            self._start()

    def _beside(self) -> None:
        """Something about an organization beside the one in use is another."""
        neighbours = self._window.neighbours
        if self._notifier is not None:
            self._notifier.look_beside(neighbours.known)
        if self._tray is not None:
            lines = []
            for one in neighbours.others:
                words, waits = neighbours.short(one)
                lines.append(OtherLine(one.connection.id, one.connection.organization, words, waits))
            self._tray.show_others(lines)

    def offer(self, key: int, page: str) -> None:
        """Something waits in another organization: bring the window up and ask whether to show it there."""
        one = next((one for one in self._window.neighbours.known if one.connection.id == key), None)
        self._window.raise_window()
        if one is None or one.current:
            if page:
                self._window.go(page)
            return
        if self._asked is not None and shiboken6.isValid(self._asked):
            self._asked.close()

        def agreed() -> None:
            self._page_then = page
            self._run(self.switch(key))

        self._asked = ask_switch(self._window, one.connection.organization.name, agreed)

    def _let_go(self) -> None:
        """The other organization is in sight: clicks are welcome again."""
        overview, key = self._state.overview, self._waits_for
        here = overview.connection.id if overview is not None and overview.connection is not None else 0
        if key and (here == key or self._state.error is not None):
            self._waits_for = 0
            self._window.setEnabled(True)
            page, self._page_then = self._page_then, ""
            if page and here == key:
                self._window.go(page)

    async def forget(self) -> None:
        """Drop which record belongs to which, then read everything anew."""
        from zbdesk.app.organizations import forget_links

        async with self._turn:
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
            try:
                dropped, kept = await asyncio.to_thread(forget_links, self._desk)
            finally:
                self._start_soon()
        log.info("%d links dropped, %d kept", dropped, kept)
        self._state.begin_again()

    def _start_soon(self) -> None:
        asyncio.get_running_loop().call_soon(self._start)

    async def after_disconnecting(self) -> None:
        """Another organization that is signed in comes into the window; without one, nothing starts by itself."""
        from zbdesk.app import organizations

        known = await asyncio.to_thread(organizations.known, self._desk)
        left = next((one for one in known if one.connection.state in WORKING), None)
        if left is not None:
            async with self._turn:
                await asyncio.to_thread(organizations.switch, self._desk, left.connection.id)
            self._start_soon()
            return
        if any(one.signed_in for one in known) or self.services.autostart is None:
            return
        try:
            await asyncio.to_thread(self.services.autostart.turn_off)
        except ZbdeskError as error:
            log.warning("starting with the session stays on: %s", error.title)

    # ---- the computer --------------------------------------------------------------------------------------------
    def spare(self) -> None:
        """Tell the sync thread why nothing should begin by itself, or that it may."""
        reason = reason_to_hold(self.power.power, self._preferences.settings)
        if reason != self._held:
            self._held = reason
            self._desk.send(Hold(reason))

    def started(self) -> None:
        """A sync thread has begun: it does not know yet what was told to the one before."""
        if self._held:
            self._desk.send(Hold(self._held))

    def _fault(self, error: BaseException) -> None:
        """A fault of ours: shown with its whole text where a person wants that. Nothing is sent."""
        if not self._preferences.settings.fault_report or not shiboken6.isValid(self._window):
            return
        from zbdesk.ui.care.report import ReportDialog

        ReportDialog(self._window, error).open()

    def close(self) -> None:
        """The window goes: nobody shows reports any more."""
        process.on_fault = None

    def _woke(self) -> None:
        self._desk.send(Woke())

    def _settings_changed(self) -> None:
        before, self._before = self._before, self._preferences.settings
        set_level(self._before.log_level)
        self.spare()
        if _way(before) != _way(self._before):
            self._run(self.renew())

    async def renew(self) -> None:
        """Another way to Zoho counts at once: the sync thread begins anew with it; what it was reading goes on."""
        if not self._desk.is_attended:
            return
        async with self._turn:
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
        self._start()


def _way(settings: Settings) -> tuple[str, str, str]:
    """What the connections to Zoho are opened with."""
    return settings.proxy, settings.proxy_user, settings.ca_file
