"""The connecting wizard: in the window's place at the beginning, in a window of its own for later sign-ins.

Must not touch the database itself: it ends the sync thread, lets the wizard's connector write, and starts it again.
Invariant: no pass runs while a new sign-in takes the place of the old one; if that fails, syncing goes on as it was.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from zbdesk.app.desk import Desk
    from zbdesk.ui.program import Program
    from zbdesk.ui.wizard.state import WizardSettings
    from zbdesk.ui.wizard.wizard import ConnectWizard

LAST_WRITE = 60.0
"""Seconds that a write under way may take to end."""

PROBE = "zbdesk/probe"
"""A secret that nobody keeps: asking for it shows whether the keychain answers at all."""


class ProgramWizards(QObject):
    """All wizards of one program. ``own``: the one that stands in a window of its own, if any."""

    def __init__(self, program: Program, desk: Desk) -> None:
        super().__init__(program)
        self._program, self._desk = program, desk
        self.own: ConnectWizard | None = None
        self._all: list[ConnectWizard] = []

    def make(self, *, another: bool = False) -> ConnectWizard:
        """A wizard for the connection in use, or for ``another`` one."""
        from zbdesk.ui.wizard.wizard import ConnectWizard

        demo = self._program.demo
        wizard = ConnectWizard(
            self._desk.connector,
            open_url=_open_url,
            demo=demo.credentials if demo is not None else None,
            settings=self._settings(another=another),
        )
        wizard.finished.connect(self._connected)
        wizard.cancelled.connect(self._cancelled)
        wizard.demo_wanted.connect(self._look_around)
        self._all.append(wizard)
        return wizard

    def connect_another(self) -> None:
        """One more organization beside those that are known."""
        self._open(_tr("Connect another organization – zbdesk"), another=True)

    def reconnect(self) -> None:
        """The wizard in a window of its own; the desk stays readable behind it."""
        self._open(_tr("Sign in again – zbdesk"), another=False)

    def drop_own(self) -> None:
        """Close the one that stands in a window of its own; what was typed is kept as a draft, secrets excepted."""
        if self.own is not None:
            wizard, self.own = self.own, None
            wizard.close()
            self._program.run_task(self._drop(wizard))

    async def aclose(self) -> None:
        """The program ends: no wizard waits for a browser any more."""
        for wizard in list(self._all):
            await wizard.aclose()

    def _settings(self, *, another: bool) -> WizardSettings:
        from zbdesk.ui.wizard.state import WizardSettings

        preferences, state, desk = self._program.preferences, self._program.state, self._desk
        settings, overview = preferences.settings, state.overview
        known = overview.connection if overview is not None and not another else None
        enabled = tuple(counts.module for counts in state.modules() if counts.enabled)
        return WizardSettings(
            redirect_ports=settings.redirect_ports,
            calls_per_minute=settings.calls_per_minute,
            poll_seconds=settings.poll_seconds,
            load_draft=preferences.draft,
            save_draft=preferences.keep_draft,
            check_vault=lambda: _try_vault(desk),
            use_passphrase=desk.use_passphrase,
            known=known,
            known_modules=enabled if known is not None else (),
            held=self._standing_still,
        )

    @contextlib.asynccontextmanager
    async def _standing_still(self) -> AsyncIterator[None]:
        async with self._program.turn:
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
        try:
            yield
        except BaseException:
            self._program.start_syncing()
            raise

    def _connected(self, connection: object) -> None:
        """A new connection, or the old one signed in again: (re)start the sync thread and read everything anew."""
        del connection
        self._program.run_task(self._restart())

    async def _restart(self) -> None:
        if self.own is not None:
            wizard, self.own = self.own, None
            wizard.close()
            await self._drop(wizard)
        # The wizard that the window showed goes with the next look at the database.
        for wizard in list(self._all):
            await wizard.aclose()
            self._all.remove(wizard)
        # The wizard wrote interval and line items into the file that was read at the start.
        self._program.preferences.reload()
        async with self._program.turn:
            # Joining the thread may take seconds; the window goes on living meanwhile.
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
        self._program.state.show_error(None)
        self._program.start_syncing()
        self._program.state.begin_again()

    def _cancelled(self) -> None:
        if self.own is not None:
            self.drop_own()
        elif self._program.window.wizard is not None:
            self._program.quit()

    async def _drop(self, wizard: ConnectWizard) -> None:
        await wizard.aclose()
        if wizard in self._all:
            self._all.remove(wizard)
        wizard.deleteLater()

    def _look_around(self) -> None:
        from zbdesk.app.demo import start_demo_window

        start_demo_window(self._desk.data_dir)

    def _open(self, title: str, *, another: bool) -> None:
        if self.own is None:
            self.own = self.make(another=another)
            self.own.setWindowTitle(title)
            self.own.setAccessibleName(title)
            self.own.resize(self._program.window.size() * 0.85)
        self.own.show()
        self.own.raise_()
        self.own.activateWindow()


def _try_vault(desk: Desk) -> str:
    """The name of the place for secrets, once it has answered: a locked or denied one says so now, not at the end."""
    vault = desk.vault()
    vault.get(PROBE)
    return vault.describe()


def _open_url(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Program", words)
