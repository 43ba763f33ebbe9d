"""The message bus of a Linux desktop: its colour scheme, and notifications that can be clicked and taken back.

By jeepney, which comes with the keychain there; where it or the bus is missing, everything goes on without. Must not
wait: all calls are coroutines of the main thread's loop. Invariant: what the bus cannot do is logged once and told to
nobody, since the window does the same in its own way.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

log = logging.getLogger(__name__)

PATIENCE = 5.0


class BusError(Exception):
    """The desktop has no such service, or it did not answer."""


class DesktopBus:
    """One open connection. Made by ``open_bus``."""

    def __init__(self, router: Any) -> None:
        self._router = router

    async def call(
        self, place: tuple[str, str, str], member: str, signature: str = "", body: tuple[object, ...] = ()
    ) -> tuple[Any, ...]:
        """Call a method of ``place`` (service, path, interface) and return what it answers. Raises ``BusError``."""
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call  # type: ignore[import-untyped,unused-ignore]
        from jeepney.io.common import RouterClosed  # type: ignore[import-untyped,unused-ignore]
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped,unused-ignore]

        service, path, interface = place
        address = DBusAddress(path, bus_name=service, interface=interface)
        message = new_method_call(address, member, signature or None, body)
        try:
            async with asyncio.timeout(PATIENCE):
                answer = unwrap_msg(await self._router.send_and_get_reply(message))
        except (DBusErrorResponse, RouterClosed, OSError, EOFError, TimeoutError) as error:
            raise BusError(f"{interface}.{member}: {type(error).__name__}") from error
        return tuple(answer)

    async def listen(self, path: str, interface: str, then: Callable[[str, tuple[Any, ...]], None]) -> None:
        """Call ``then`` with name and values of each signal, until cancelled. Raises ``BusError``."""
        from jeepney import HeaderFields, MatchRule, message_bus  # type: ignore[import-untyped,unused-ignore]

        rule = MatchRule(type="signal", path=path, interface=interface)
        queue: asyncio.Queue[Any] = asyncio.Queue(32)
        with self._router.filter(rule, queue=queue):
            await self._ask(message_bus.AddMatch(rule))
            while True:
                message = await queue.get()
                then(str(message.header.fields[HeaderFields.member]), tuple(message.body))

    async def _ask(self, message: Any) -> None:
        from jeepney import DBusErrorResponse  # type: ignore[import-untyped,unused-ignore]
        from jeepney.io.common import RouterClosed  # type: ignore[import-untyped,unused-ignore]
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped,unused-ignore]

        try:
            unwrap_msg(await self._router.send_and_get_reply(message))
        except (DBusErrorResponse, RouterClosed, OSError, EOFError) as error:
            raise BusError(type(error).__name__) from error


@contextlib.asynccontextmanager
async def open_bus(which: str = "SESSION") -> AsyncIterator[DesktopBus | None]:
    """The session's bus, or ``SYSTEM``'s; None where there is none (another system, no desktop, no jeepney)."""
    known = which == "SYSTEM" or os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if not sys.platform.startswith("linux") or not known:
        yield None
        return
    try:
        from jeepney.io.asyncio import DBusRouter, open_dbus_connection  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        log.info("no jeepney: colour scheme and notifications by Qt alone")
        yield None
        return
    try:
        async with asyncio.timeout(PATIENCE):
            connection = await open_dbus_connection(which)
    except (OSError, EOFError, TimeoutError, ValueError, RuntimeError) as error:
        log.info("the desktop's bus cannot be used: %s", type(error).__name__)
        yield None
        return
    try:
        async with _receiving(DBusRouter(connection)) as router:
            yield DesktopBus(router)
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def _receiving(receiver: Any) -> AsyncIterator[Any]:
    """The router while it receives. A bus that went away is told once more at its end: no news for anybody.

    What the caller's own body raises goes on, also where it is an error of the same kind.
    """
    router = await receiver.__aenter__()
    try:
        yield router
    finally:
        with contextlib.suppress(EOFError, OSError):
            await receiver.__aexit__(None, None, None)


async def quietly(work: Awaitable[None]) -> None:
    """Carry out what the desktop may be unable to do."""
    try:
        await work
    except BusError as error:
        log.info("the desktop cannot do this: %s", error)
