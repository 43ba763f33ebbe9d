"""The program behind the window: joins desk, bridge, state, window and tray, and takes them apart again.

Order at the end: no new commands, the sync thread (which ends the running pass, the client and the database), the
reading pool, the tray. Invariant: quitting twice is harmless; the window may be exchanged for another one at any time,
so whoever outlives it asks for ``window`` anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sync.commands import FillDetails
from zbdesk.ui import formats, icons, languages, questions, theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.closing.awake import of_this_system
from zbdesk.ui.live_language import LanguageSwitch, WindowKept
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.process import Signals, lost_task, unexpected
from zbdesk.ui.program_desktop import ProgramDesktop
from zbdesk.ui.program_wizards import LAST_WRITE, ProgramWizards
from zbdesk.ui.single import SingleInstance
from zbdesk.ui.state import DeskState
from zbdesk.ui.updates import UpdateWatch

if TYPE_CHECKING:
    from zbdesk.app.demo import DemoCompany
    from zbdesk.app.desk import Desk
    from zbdesk.app.webhook_acts import WebhookActs
    from zbdesk.ui.care.program import ProgramCare
    from zbdesk.ui.notify import Notice, Notifier
    from zbdesk.ui.tasks import Tasks
    from zbdesk.ui.tray import Tray

log = logging.getLogger(__name__)

FIRST_LOOK = 0.3
"""Seconds that the first picture may wait for the desktop to say whether it is dark."""

QUIT_AFTER_PAINT = "ZBDESK_QUIT_AFTER_PAINT"
"""Set for measuring the start and for trying a bundle: quit once the window has been painted."""

BLINK = 400
"""Milliseconds of ending after which the window says what it is finishing."""


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
        self._app, self._desk, self._single, self.demo = app, desk, single, demo
        languages.install(app, desk.settings.language)
        formats.use_negative(desk.settings.negative_style)
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
        self.wizards = ProgramWizards(self, desk)
        self._minimised = start_minimised or desk.settings.start_minimised
        self._started = False
        self._quit = asyncio.Event()
        self.turn = asyncio.Lock()
        self._desktop = ProgramDesktop(self)
        self._desktop.clicked.connect(self._notice_clicked)
        self._tray: Tray | None = None
        self._tasks: Tasks | None = None
        self._notifier: Notifier | None = None
        self._updates: UpdateWatch | None = None
        self._signals: Signals | None = None
        self._webhook_acts: WebhookActs | None = None
        self._language = LanguageSwitch(self)
        self.window = self._make_window()
        self._single.raised.connect(self._raise)
        self.preferences.changed.connect(self._settings_changed)

    # ---- the window ----------------------------------------------------------------------------------------------
    def _make_window(self) -> MainWindow:
        desk = self._desk
        window = MainWindow(
            self.state, self.bridge, self.preferences, desk.clock, desk.data_dir, make_wizard=self._make_wizard
        )
        window.make_webhook_acts = self._make_webhook_acts
        window.tray_available = lambda: self._tray is not None and self._tray.available
        window.quit_wanted.connect(self.quit)
        window.first_answer.connect(self._first_answer)
        window.reconnect_wanted.connect(self.wizards.reconnect)
        window.disconnect_wanted.connect(self._disconnect)
        window.retry_wanted.connect(self._retry)
        window.another_wanted.connect(self.wizards.connect_another)
        return window

    def _in_sight(self) -> bool:
        return self.window.isActiveWindow()

    def _say_finishing(self) -> None:
        self.window.say_finishing()

    def _raise(self) -> None:
        self.window.raise_window()

    def exchange_window(self) -> None:
        """Another window in the place of this one, for words in another language; syncing does not notice."""
        old, kept = self.window, WindowKept.of(self.window)
        language = languages.install(self._app, self.preferences.settings.language)
        formats.use_negative(self.preferences.settings.negative_style)
        self.state.use_language(language)
        old.keep_place()
        self.window = window = self._make_window()
        window.imports.services = old.imports.services
        window.month_end.awake.use(of_this_system)
        if self._started:
            self._join_started()
        kept.put_back(window)
        old.month_end.awake.close()
        old.imports.close()
        old.hide()
        old.deleteLater()

    def _join_started(self) -> None:
        """What came after the first picture looks at the window of now."""
        window = self.window
        if self._notifier is not None:
            window.actions_.snooze_wanted.connect(self._notifier.snooze)
        if self._tray is not None:
            self._tray.use(window.actions_, window)
        if self._care is not None:
            self._care.use(window)
        if self._updates is not None:
            self._updates.use(window.update_banner)

    async def main(self) -> int:
        """From the first look at the database to the last thread."""
        asyncio.get_running_loop().set_exception_handler(lost_task)
        sys.excepthook = unexpected
        self._signals = Signals(self.quit)
        self.run_task(self._desktop.run())
        self.window.month_end.awake.use(of_this_system)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._desktop.looked.wait(), FIRST_LOOK)
        self.state.refresh()
        try:
            await self._quit.wait()
        finally:
            await self._end()
        return 0

    def quit(self) -> None:
        """End the program. Twice is harmless."""
        self._quit.set()

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

        self.run_task(self._prepare_imports())
        self._tray = Tray(self.state, self.window.actions_, self.window)
        self._tray.open_wanted.connect(self._raise)
        self._notifier = Notifier(
            self.state,
            self.preferences,
            self._notify,
            in_sight=self._in_sight,
            withdraw=self._desktop.withdraw,
            parent=self,
        )
        self.window.actions_.snooze_wanted.connect(self._notifier.snooze)
        self._tray.message_clicked.connect(self._notice_clicked)
        self._notifier.page_wanted.connect(self._open_page)
        self._take_care()
        if self.demo is None:
            self._updates = UpdateWatch(self._desk, self.preferences, self.run_task, self)
            self._updates.use(self.window.update_banner)
            self._updates.start()
        self._tray.start()
        if self._minimised and self.window.isHidden():
            # A program that nobody can see must not run: without a tray the window comes after all.
            QTimer.singleShot(6000, self, self._show_without_tray)
        self.start_syncing()

    def _take_care(self) -> None:
        """Other organizations, the computer's own state, files that were handed over."""
        from zbdesk.ui.care.program import ProgramCare

        self._care = ProgramCare(
            self._desk, self.window, self.state, self.preferences, self.turn, self._the_tasks, self.start_syncing,
            self.wizards.reconnect, demo=self.demo is not None, parent=self,
        )  # fmt: skip
        if self._notifier is not None and self._tray is not None:
            self._care.join(self._notifier, self._tray)
        self.run_task(self._care.follow_system())
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

    def start_syncing(self) -> None:
        """Start the sync thread, as soon as nothing else begins or ends one."""
        self.run_task(self._begin())

    async def _begin(self) -> None:
        """Start the sync thread; waits, without the window, until one that ends has ended."""
        async with self.turn:
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
        self.start_syncing()
        self.state.refresh()

    def _notify(self, notice: Notice) -> bool:
        if self._desktop.show(notice):
            return True
        return self._tray is not None and self._tray.show_message(notice.title, notice.body)

    def _notice_clicked(self, cause: str = "") -> None:
        if self._notifier is not None:
            self._notifier.clicked(cause)

    def _open_page(self, key: str) -> None:
        self.window.raise_window()
        self.window.go(key)

    def _settings_changed(self) -> None:
        before = self._desk.settings
        self._desk.apply(self.preferences.settings)
        self._language.look()
        if self._started and self.preferences.settings.fill_details and not before.fill_details:
            self.run_task(self._fill_details())

    # ---- connecting ----------------------------------------------------------------------------------------------
    def _make_wizard(self) -> QWidget:
        """The wizard in the window's place, where nobody is connected yet."""
        return self.wizards.make()

    def _disconnect(self, delete_data: bool) -> None:
        self.run_task(self._end_connection(delete_data=delete_data))

    async def _end_connection(self, *, delete_data: bool) -> None:
        async with self.turn:
            await asyncio.to_thread(self._desk.stop, LAST_WRITE)
            report = await self._desk.disconnect(delete_data=delete_data)
        if self._care is not None:
            await self._care.after_disconnecting()
        self.state.begin_again()
        for note in report.notes:
            log.info("disconnected: %s", note)
        if report.notes:
            questions.tell(self.window, self.tr("Disconnected, with a remark"), " ".join(report.notes))

    def run_task(self, work: Coroutine[object, object, object]) -> None:
        """Run it beside the window; what goes wrong is shown."""
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
        blink.timeout.connect(self._say_finishing)
        blink.start(BLINK)
        self._single.close()
        if self._care is not None:
            self._care.close()
        self.window.month_end.awake.close()
        await self.wizards.aclose()
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
