"""Light or dark as the desktop's portal says, at the start and whenever it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zbdesk.ui.desktop_bus import BusError, DesktopBus

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
SPACE, KEY = "org.freedesktop.appearance", "color-scheme"
_SCHEMES = {1: "dark", 2: "light"}


async def read_scheme(bus: DesktopBus) -> str | None:
    """``light`` or ``dark``; None where the desktop has no preference. Raises ``BusError`` where it has no portal."""
    try:
        answer = await bus.call((SERVICE, PATH, SETTINGS), "ReadOne", "ss", (SPACE, KEY))
    except BusError:
        # Portals of before 2022 know only the older method, which wraps its answer twice.
        answer = await bus.call((SERVICE, PATH, SETTINGS), "Read", "ss", (SPACE, KEY))
    return _scheme(answer[0])


async def follow_scheme(bus: DesktopBus, take: Callable[[str | None], None]) -> None:
    """Give each change to ``take``, until cancelled."""

    def changed(member: str, values: tuple[Any, ...]) -> None:
        if member == "SettingChanged" and values[:2] == (SPACE, KEY):
            take(_scheme(values[2]))

    await bus.listen(PATH, SETTINGS, changed)


def _scheme(value: Any) -> str | None:
    # A variant comes as (signature, value), perhaps in another one.
    while isinstance(value, tuple):
        value = value[1]
    return _SCHEMES.get(value) if isinstance(value, int) else None
