"""The program with a window: start and end of everything that lives on the main thread.

Order at the end: no new commands, the sync thread (which ends the running pass, the client and the database), the
reading pool, the tray. Invariant: quitting twice is harmless, and nothing runs after ``run`` has returned.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from zbdesk import __version__
from zbdesk.domain.errors import ZbdeskError
from zbdesk.sync.commands import FillDetails
from zbdesk.ui import icons, languages, questions, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.closing.awake import of_this_system
from zbdesk.ui.desktop_bus import open_bus, quietly
from zbdesk.ui.desktop_notices import DesktopNotices
from zbdesk.ui.desktop_scheme import follow_scheme, read_scheme
from zbdesk.ui.garbage import MainThreadGarbage
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.process import Signals, lost_task, unexpected
from zbdesk.ui.single import SingleInstance
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.app.demo import DemoCompany
    from zbdesk.app.desk import Desk
    from zbdesk.app.webhook_acts import WebhookActs
    from zbdesk.ui.care.program import ProgramCare
    from zbdesk.ui.desktop_bus import DesktopBus
    from zbdesk.ui.notify import Notice, Notifier
    from zbdesk.ui.tasks import Tasks
    from zbdesk.ui.tray import Tray
    from zbdesk.ui.wizard.state import WizardSettings
    from zbdesk.ui.wizard.wizard import ConnectWizard

log = logging.getLogger(__name__)

LAST_WRITE = 60.0
"""Seconds that a write under way may take to end."""

FIRST_LOOK = 0.3
"""Seconds that the first picture may wait for the desktop to say whether it is dark."""

PROBE = "zbdesk/probe"
"""A secret that nobody keeps: asking for it shows whether the keychain answers at all."""

QUIT_AFTER_PAINT = "ZBDESK_QUIT_AFTER_PAINT"
"""Set for measuring the start and for trying a bundle: quit once the window has been painted."""

BLINK = 400
"""Milliseconds of ending after which the window says what it is finishing."""


def run(
    desk: Desk, *, demo: DemoCompany | None = None, start_minimised: bool = False, files: Sequence[Path] = ()
) -> int:
    """Show the window and stay until it is quit; returns the exit code.

    A second start on the same data directory raises the first window, hands over its ``files`` and returns 0.
    """
    app = application()
    single = SingleInstance(desk.data_dir)
    if single.hand_over(files):
        return 0
    single.listen()
    from qasync import QEventLoop

    garbage = MainThreadGarbage(app)
    garbage.keep_on_main_thread()
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            program = Program(app, desk, single, demo=demo, start_minimised=start_minimised, files=files)
            return runner.run(program.main())
    finally:
        garbage.release()


def application() -> QApplication:
    """The one QApplication, named and told that a closed window is not the end."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("zbdesk")
    app.setApplicationDisplayName("zbdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("zbdesk")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(icons.app_icon())
    return app


class _AfterPaint(QObject):
    """Calls once the watched window has been painted for the first time."""

    def __init__(self, call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._call = call

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint itself to be over, then call."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._call)
        return False


class Program(QObject):
    """Joins desk, bridge, state, window and tray, and takes them apart again."""

    def __init__(
        self,
        app: QApplication,
        desk: Desk,
        single: SingleInstance,
        *,
        demo: DemoCompany | None = None,
        start_minimised: bool = False,
        files: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self._files = tuple(files)
        self._care: ProgramCare | None = None
        self._app, self._desk, self._single, self._demo = app, desk, single, demo
        languages.install(app, desk.settings.language)
        theme.apply(app, desk.settings.theme)
        self.preferences = Preferences(desk.data_dir, desk.settings, self)
        self.bridge = Bridge(desk, self)
        self.state = DeskState(
            self.bridge,
            desk.clock,
            language=languages.current(),
            calls_per_minute=desk.settings.calls_per_minute,
            parent=self,
        )
        self.window = MainWindow(
            self.state, self.bridge, self.preferences, desk.clock, desk.data_dir, make_wizard=self._make_wizard
        )
        self._minimised = start_minimised or desk.settings.start_minimised
        self._started = False
        self._quit = asyncio.Event()
        self._turn = asyncio.Lock()
        self._notices: DesktopNotices | None = None
        self._tray: Tray | None = None
        self._tasks: Tasks | None = None
        self._notifier: Notifier | None = None
        self._reconnecting: ConnectWizard | None = None
        self._wizards: list[ConnectWizard] = []
        self._signals: Signals | None = None
        self._webhook_acts: WebhookActs | None = None
        self.window.make_webhook_acts = self._make_webhook_acts
        self._connect()

    def _connect(self) -> None:
        window = self.window
        window.quit_wanted.connect(self.quit)
        window.first_answer.connect(self._first_answer)
        window.reconnect_wanted.connect(self._reconnect)
        window.disconnect_wanted.connect(self._disconnect)
        window.retry_wanted.connect(self._retry)
        window.another_wanted.connect(self._connect_another)
        self._single.raised.connect(window.raise_window)
        self.preferences.changed.connect(self._settings_changed)

    async def main(self) -> int:
        """From the first look at the database to the last thread."""
        asyncio.get_running_loop().set_exception_handler(lost_task)
        sys.excepthook = unexpected
        self._signals = Signals(self.quit)
        looked = asyncio.Event()
        self._run(self._with_desktop(looked))
        self.window.month_end.awake.use(of_this_system)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(looked.wait(), FIRST_LOOK)
        self.state.refresh()
        try:
            await self._quit.wait()
        finally:
            await self._end()
        return 0

    def quit(self) -> None:
        """End the program. Twice is harmless."""
        self._quit.set()

    async def _with_desktop(self, looked: asyncio.Event) -> None:
        """What only the desktop's bus can tell or do, for as long as the program runs."""
        async with open_bus() as bus:
            if bus is None:
                looked.set()
                return
            self._notices = DesktopNotices(bus, self)
            self._notices.clicked.connect(self._notice_clicked)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(quietly(self._scheme(bus, looked)))
                    group.create_task(quietly(self._notices.run()))
            finally:
                looked.set()

    async def _scheme(self, bus: DesktopBus, looked: asyncio.Event) -> None:
        try:
            theme.use_desktop_scheme(await read_scheme(bus))
        finally:
            looked.set()
        await follow_scheme(bus, theme.use_desktop_scheme)

    # ---- start ---------------------------------------------------------------------------------------------------
    def _first_answer(self) -> None:
        """The database has answered: show the window, then start what it does not need for its first picture."""
        if not self._started:
            if not self._minimised or self.window.wizard is not None:
                self.window.show()
            if os.environ.get(QUIT_AFTER_PAINT):
                self.window.installEventFilter(_AfterPaint(self.quit, self))
                return
            QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        if self._started or self._quit.is_set():
            return
        self._started = True
        from zbdesk.ui.notify import Notifier
        from zbdesk.ui.tray import Tray

        self._run(self._prepare_imports())
        self._tray = Tray(self.state, self.window.actions_, self.window)
        self._tray.open_wanted.connect(self.window.raise_window)
        self.window.tray_available = lambda: self._tray is not None and self._tray.available
        self._notifier = Notifier(
            self.state,
            self.preferences,
            self._notify,
            in_sight=self.window.isActiveWindow,
            withdraw=self._withdraw,
            parent=self,
        )
        self.window.actions_.snooze_wanted.connect(self._notifier.snooze)
        self._tray.message_clicked.connect(self._notice_clicked)
        self._notifier.page_wanted.connect(self._open_page)
        self._take_care()
        self._tray.start()
        if self._minimised and self.window.isHidden():
            # A program that nobody can see must not run: without a tray the window comes after all.
            QTimer.singleShot(6000, self, self._show_without_tray)
        self._start_syncing()

    def _take_care(self) -> None:
        """Other organizations, the computer's own state, files that were handed over."""
        from zbdesk.ui.care.program import ProgramCare

        self._care = ProgramCare(
            self._desk, self.window, self.state, self.preferences, self._turn, self._the_tasks, self._start_syncing,
            self._reconnect, demo=self._demo is not None, parent=self,
        )  # fmt: skip
        self._run(self._care.follow_system())
        self._single.file_opened.connect(self._open_file)
        for path in self._files:
            self._single.file_opened.emit(path.absolute())

    def _open_file(self, path: Path) -> None:
        """A file was handed over: it is looked at as one to import."""
        self.window.raise_window()
        self.window.imports.open(path)

    def _show_without_tray(self) -> None:
        if not self.window.tray_available() and self.window.isHidden():
            self.window.showMinimized()

    async def _prepare_imports(self) -> None:
        """What reads files and databases takes longer to import than the window may stand still."""
        module = await asyncio.to_thread(importlib.import_module, "zbdesk.app.window_sources")
        self.window.imports.services = module.WindowSources(self._desk)

    def _start_syncing(self) -> None:
        self._run(self._begin())

    async def _begin(self) -> None:
        """Start the sync thread; waits, without the window, until one that ends has ended."""
        async with self._turn:
            if self._quit.is_set():
                return
            try:
                # Its parts are imported at the first start, and the lock is a file: nothing for the main thread.
                started = await asyncio.to_thread(self._desk.start, self.bridge.listener)
            except ZbdeskError as error:
                self.state.show_error(error)
                return
            if started:
                if self._care is not None:
                    self._care.started()
                await self._fill_details()

    async def _fill_details(self) -> None:
        """Where line items of everything are wanted, those still missing are read after what is new."""
        if not self.preferences.settings.fill_details:
            return
        overview = await asyncio.wrap_future(self._desk.read(lambda reader: reader.overview()))
        names = tuple(counts.module for counts in overview.modules if counts.enabled and not counts.off_reason)
        if names:
            self._desk.send(FillDetails(names))

    def _retry(self) -> None:
        self.state.show_error(None)
        self._start_syncing()
        self.state.refresh()

    def _notify(self, notice: Notice) -> bool:
        if self._notices is not None and self._notices.show(notice):
            return True
        return self._tray is not None and self._tray.show_message(notice.title, notice.body)

    def _withdraw(self, cause: str) -> None:
        if self._notices is not None:
            self._notices.withdraw(cause)

    def _notice_clicked(self, cause: str = "") -> None:
        if self._notifier is not None:
            self._notifier.clicked(cause)

    def _open_page(self, key: str) -> None:
        self.window.raise_window()
        self.window.go(key)

    def _settings_changed(self) -> None:
        before, self._desk.settings = self._desk.settings, self.preferences.settings
        if self._started and self.preferences.settings.fill_details and not before.fill_details:
            self._run(self._fill_details())

    # ---- connecting ----------------------------------------------------------------------------------------------
    def _make_wizard(self, *, another: bool = False) -> ConnectWizard:
        from zbdesk.ui.wizard.wizard import ConnectWizard

        wizard = ConnectWizard(
            self._desk.connector,
            open_url=_open_url,
            demo=self._demo.credentials if self._demo is not None else None,
            settings=self._wizard_settings(another=another),
        )
        wizard.finished.connect(self._connected)
        wizard.cancelled.connect(self._wizard_cancelled)
        wizard.demo_wanted.connect(self._look_around)
        self._wizards.append(wizard)
        return wizard

    def _wizard_settings(self, *, another: bool = False) -> WizardSettings:
        from zbdesk.ui.wizard.state import WizardSettings

        settings, desk = self.preferences.settings, self._desk
        overview = self.state.overview
        known = overview.connection if overview is not None and not another else None
        enabled = tuple(counts.module for counts in self.state.modules() if counts.enabled)
        return WizardSettings(
            redirect_ports=settings.redirect_ports,
            calls_per_minute=settings.calls_per_minute,
            poll_seconds=settings.poll_seconds,
            load_draft=self.preferences.draft,
            save_draft=self.preferences.keep_draft,
            check_vault=lambda: _try_vault(desk),
            use_passphrase=desk.use_passphrase,
            known=known,
            known_modules=enabled if known is not None else (),
            held=self._standing_still,
        )

    @contextlib.asynccontextmanager
    async def _standing_still(self) -> AsyncIterator[None]:
        """No pass runs while a new sign-in takes the place of the old one; if that fails, syncing goes on as it was."""
        async with self._turn:
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
        try:
            yield
        except BaseException:
            self._start_syncing()
            raise

    def _connected(self, connection: object) -> None:
        """A new connection, or the old one signed in again: (re)start the sync thread and read everything anew."""
        del connection
        self._run(self._restart())

    async def _restart(self) -> None:
        if self._reconnecting is not None:
            wizard, self._reconnecting = self._reconnecting, None
            wizard.close()
            await self._drop(wizard)
        # The wizard that the window showed goes with the next look at the database.
        for wizard in list(self._wizards):
            await wizard.aclose()
            self._wizards.remove(wizard)
        # The wizard wrote interval and line items into the file that was read at the start.
        self.preferences.reload()
        async with self._turn:
            # Joining the thread may take seconds; the window goes on living meanwhile.
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
        self.state.show_error(None)
        self._start_syncing()
        self.state.begin_again()

    def _wizard_cancelled(self) -> None:
        if self._reconnecting is not None:
            wizard, self._reconnecting = self._reconnecting, None
            wizard.close()
            self._run(self._drop(wizard))
        elif self.window.wizard is not None:
            self.quit()

    async def _drop(self, wizard: ConnectWizard) -> None:
        await wizard.aclose()
        if wizard in self._wizards:
            self._wizards.remove(wizard)
        wizard.deleteLater()

    def _look_around(self) -> None:
        from zbdesk.app.demo import start_demo_window

        start_demo_window(self._desk.data_dir)

    def _connect_another(self) -> None:
        """One more organization beside those that are known."""
        self._open_wizard(self.tr("Connect another organization – zbdesk"), another=True)

    def _reconnect(self) -> None:
        """The wizard in a window of its own; the desk stays readable behind it."""
        self._open_wizard(self.tr("Sign in again – zbdesk"), another=False)

    def _open_wizard(self, title: str, *, another: bool) -> None:
        if self._reconnecting is None:
            self._reconnecting = self._make_wizard(another=another)
            self._reconnecting.setWindowTitle(title)
            self._reconnecting.setAccessibleName(title)
            self._reconnecting.resize(self.window.size() * 0.85)
        self._reconnecting.show()
        self._reconnecting.raise_()
        self._reconnecting.activateWindow()

    def _disconnect(self, delete_data: bool) -> None:
        self._run(self._end_connection(delete_data=delete_data))

    async def _end_connection(self, *, delete_data: bool) -> None:
        async with self._turn:
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
            report = await self._desk.disconnect(delete_data=delete_data)
        if self._care is not None:
            await self._care.after_disconnecting()
        self.state.begin_again()
        for note in report.notes:
            log.info("disconnected: %s", note)
        if report.notes:
            questions.tell(self.window, self.tr("Disconnected, with a remark"), " ".join(report.notes))

    def _run(self, work: Coroutine[object, object, object]) -> None:
        self._the_tasks().start(work)

    def _the_tasks(self) -> Tasks:
        if self._tasks is None:
            from zbdesk.ui.tasks import Tasks

            self._tasks = Tasks(self)
            self._tasks.failed.connect(self.state.show_error)
        return self._tasks

    def _make_webhook_acts(self) -> WebhookActs:
        from zbdesk.app.webhook_acts import WebhookActs

        if self._webhook_acts is None:
            self._webhook_acts = WebhookActs(self._desk)
        return self._webhook_acts

    # ---- end -----------------------------------------------------------------------------------------------------
    async def _end(self) -> None:
        blink = QTimer(self)
        blink.setSingleShot(True)
        blink.timeout.connect(self.window.say_finishing)
        blink.start(BLINK)
        self._single.close()
        if self._care is not None:
            self._care.close()
        self.window.month_end.awake.close()
        for wizard in list(self._wizards):
            await wizard.aclose()
        if self._tasks is not None:
            await self._tasks.close()
        self.window.imports.close()
        if not await asyncio.to_thread(self._desk.stop):
            log.warning("a write is still finishing")
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
        self.bridge.close()
        if self._webhook_acts is not None:
            self._webhook_acts.close()
        await asyncio.to_thread(self._desk.close)
        blink.stop()
        if self._tray is not None:
            self._tray.hide()
        if self._signals is not None:
            self._signals.close()
        self.window.hide()
        self.window.deleteLater()
        icons.forget()


def _try_vault(desk: Desk) -> str:
    """The name of the place for secrets, once it has answered: a locked or denied one says so now, not at the end."""
    vault = desk.vault()
    vault.get(PROBE)
    return vault.describe()


def _open_url(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))
