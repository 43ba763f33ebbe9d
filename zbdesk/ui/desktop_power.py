"""Sleep, metered networks and batteries, as the system's bus tells them on Linux; elsewhere by the clock alone.

A computer that slept is noticed twice: by the session manager's signal and by a clock that jumped, since not every
system has the first. Must not pause anything itself: it says what it learns. Invariant: what the bus cannot say is not
known, and what is not known pauses nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from zbdesk.app.power import Power, metered_word
from zbdesk.ui.desktop_bus import BusError, DesktopBus, quietly

log = logging.getLogger(__name__)

PROPERTIES = "org.freedesktop.DBus.Properties"
LOGIN = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")
NETWORK = ("org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager")
POWER = ("org.freedesktop.UPower", "/org/freedesktop/UPower", "org.freedesktop.UPower")
BATTERY = (
    "org.freedesktop.UPower", "/org/freedesktop/UPower/devices/DisplayDevice", "org.freedesktop.UPower.Device",
)  # fmt: skip
BEAT = 30_000
JUMP = 90.0
"""Seconds by which a beat is late when the computer has slept; a busy computer is never that late."""


class DesktopPower(QObject):
    """``changed``: ``power`` holds something else. ``woke``: the computer has slept."""

    changed = Signal()
    woke = Signal()

    def __init__(self, parent: QObject | None = None, *, wall: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self.power = Power()
        self._wall = wall
        self._last = wall()
        self._told = float("-inf")
        self._asking: set[asyncio.Task[None]] = set()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self.look_at_clock)
        self._beat.start()

    def look_at_clock(self) -> None:
        """Whether the last beat was longer ago than it can be while awake."""
        before, self._last = self._last, self._wall()
        if self._last - before > BEAT / 1000 + JUMP:
            self._woke()

    async def run(self, bus: DesktopBus) -> None:
        """Follow the system's bus until cancelled."""
        await self.ask(bus)
        async with asyncio.TaskGroup() as group:
            group.create_task(quietly(bus.listen(*LOGIN, self._login)))
            for place in (NETWORK, POWER, BATTERY):
                group.create_task(quietly(bus.listen(place[1], PROPERTIES, self._later(bus))))

    async def ask(self, bus: DesktopBus) -> None:
        """Learn what holds now."""
        metered = await _property(bus, NETWORK, "Metered")
        battery = await _property(bus, POWER, "OnBattery")
        percent = await _property(bus, BATTERY, "Percentage")
        there = await _property(bus, BATTERY, "IsPresent")
        found = Power(
            metered=metered_word(metered) if isinstance(metered, int) else None,
            on_battery=battery if isinstance(battery, bool) else None,
            percent=float(percent) if isinstance(percent, int | float) and there else None,
        )
        if found != self.power:
            self.power = found
            self.changed.emit()

    def _later(self, bus: DesktopBus) -> Callable[[str, tuple[Any, ...]], None]:
        def changed(member: str, _values: tuple[Any, ...]) -> None:
            if member == "PropertiesChanged":
                task = asyncio.get_running_loop().create_task(self.ask(bus))
                self._asking.add(task)
                task.add_done_callback(self._asking.discard)

        return changed

    def _login(self, member: str, values: tuple[Any, ...]) -> None:
        if member == "PrepareForSleep" and values and values[0] is False:
            self._woke()

    def _woke(self) -> None:
        """Told once a sleep, whoever notices first."""
        now = self._wall()
        self._last = now
        if now - self._told > JUMP:
            self._told = now
            log.info("the computer has slept")
            self.woke.emit()


async def _property(bus: DesktopBus, place: tuple[str, str, str], name: str) -> Any:
    """A property; None where there is no such service."""
    service, path, interface = place
    try:
        answer = await bus.call((service, path, PROPERTIES), "Get", "ss", (interface, name))
    except BusError as error:
        log.debug("not known: %s", error)
        return None
    value = answer[0]
    # A variant comes as (signature, value).
    return value[1] if isinstance(value, tuple) else value
