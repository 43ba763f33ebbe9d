"""Notifications of a Linux desktop: a click opens what they speak of, and they go when their cause is gone.

Qt's tray message can do neither on such desktops. Must not decide what is said. Invariant: one notification a cause is
on the screen at most; a newer one takes the place of the older.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from zbdesk.ui.desktop_bus import BusError, DesktopBus, quietly
from zbdesk.ui.notify import Notice

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
PLACE = (SERVICE, PATH, SERVICE)
NORMAL = 1
PROPERTIES = "org.freedesktop.DBus.Properties"
INHIBITED = "Inhibited"
"""True while the desktop wants quiet: do-not-disturb, a full screen, a presentation. Not every desktop says so."""


class DesktopNotices(QObject):
    """Shows and withdraws. ``clicked``: the cause of a notification that was clicked.

    While the desktop wants quiet, what there is to say waits, the latest of each cause; what is withdrawn meanwhile
    is never shown.
    """

    clicked = Signal(str)

    def __init__(self, bus: DesktopBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._shown: dict[str, int] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._following: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._waiting: dict[str, Notice] = {}
        self.quiet = False
        self.available = False

    async def run(self) -> None:
        """Look whether the desktop shows notifications, then listen for clicks until cancelled."""
        try:
            await self._bus.call(PLACE, "GetServerInformation")
            self.available = True
            self._following = asyncio.get_running_loop().create_task(quietly(self._follow_quiet()))
            await self._bus.listen(PATH, SERVICE, self._signal)
        finally:
            self.available = False
            for task in (*self._running, self._following):
                if task is not None:
                    task.cancel()

    async def _follow_quiet(self) -> None:
        """Learn whether the desktop wants quiet, now and from each change of it."""
        answer = await self._bus.call((SERVICE, PATH, PROPERTIES), "Get", "ss", (SERVICE, INHIBITED))
        self._set_quiet(_plain(answer[0]) is True)
        await self._bus.listen(PATH, PROPERTIES, self._property)

    def _property(self, member: str, values: tuple[Any, ...]) -> None:
        if member == "PropertiesChanged" and len(values) > 1 and values[0] == SERVICE and INHIBITED in values[1]:
            self._set_quiet(_plain(values[1][INHIBITED]) is True)

    def _set_quiet(self, quiet: bool) -> None:
        self.quiet = quiet
        if not quiet:
            waiting, self._waiting = self._waiting, {}
            for notice in waiting.values():
                self.show(notice)

    def show(self, notice: Notice) -> bool:
        """Say it, or keep it until the desktop wants no quiet; False where this desktop shows no notifications."""
        if self.available and self.quiet:
            self._waiting[notice.cause] = notice
        elif self.available:
            self._start(lambda: self._show(notice))
        return self.available

    def withdraw(self, cause: str) -> None:
        """The cause is gone: take its notification away, also out of the desktop's list."""
        self._waiting.pop(cause, None)
        if self.available:
            self._start(lambda: self._withdraw(cause))

    def _start(self, work: Callable[[], Any]) -> None:
        async def in_turn() -> None:
            # One after the other, so that what is withdrawn is known by the number it was shown under.
            async with self._turn:
                await quietly(work())

        task = asyncio.get_running_loop().create_task(in_turn())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _show(self, notice: Notice) -> None:
        hints = {"desktop-entry": ("s", "zbdesk"), "urgency": ("y", NORMAL)}
        body = (
            "zbdesk", self._shown.get(notice.cause, 0), "zbdesk", notice.title, _escaped(notice.body),
            ["default", self.tr("Open zbdesk")], hints, -1,
        )  # fmt: skip
        answer = await self._bus.call(PLACE, "Notify", "susssasa{sv}i", body)
        self._shown[notice.cause] = answer[0]

    async def _withdraw(self, cause: str) -> None:
        number = self._shown.pop(cause, None)
        if number is None:
            return
        try:
            await self._bus.call(PLACE, "CloseNotification", "u", (number,))
        except BusError:
            return  # somebody has closed it already: that is what was wanted

    def _signal(self, member: str, values: tuple[Any, ...]) -> None:
        cause = next((cause for cause, number in self._shown.items() if values and number == values[0]), None)
        if cause is None:
            return
        if member == "ActionInvoked":
            self.clicked.emit(cause)
        elif member == "NotificationClosed":
            self._shown.pop(cause, None)


def _plain(value: Any) -> Any:
    """What is in a variant."""
    return value[1] if isinstance(value, tuple) and len(value) == 2 else value


def _escaped(text: str) -> str:
    """The body may be read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
