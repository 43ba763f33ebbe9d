"""Who may ask a listener on this computer, how often and how much: the checks before anything is looked at."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_HOST = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{0,5})?")

MOST_SOURCES = 1_000
"""Senders that are told apart; beyond that the one that was quiet longest is forgotten."""

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class TooLarge(Exception):
    """The body is larger than allowed."""


class TooSlow(Exception):
    """The body did not come in time."""


class Gone(Exception):
    """The sender hung up before the body was whole."""


def host_name(header: bytes | None) -> str | None:
    """The name in a Host header without its port, in small letters; None where there is none that can be read."""
    # Only what a host may look like: a user name, a path or a blank would make a parser find another name in it.
    if not header or not _HOST.fullmatch(header):
        return None
    try:
        return urlsplit(f"//{header.decode('ascii')}").hostname
    except ValueError:
        return None


def is_own_host(header: bytes | None, public: Iterable[str] = ()) -> bool:
    """Whether a request was meant for this listener: by a name of loopback, or one of its public host names.

    A page in a browser whose name was made to point here (DNS rebinding) asks under its own name.
    """
    name = host_name(header)
    return name is not None and (name in LOOPBACK_NAMES or name in public)


class Rate:
    """How often one source may ask: ``per_second`` lasting, ``burst`` at once. Time is handed in, in seconds."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._per_second = per_second
        self._burst = burst
        self._sources: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, source: str, now: float) -> bool:
        """Count one request; False where the source has to slow down."""
        left, at = self._sources.pop(source, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_second)
        allowed = left >= 1.0
        self._sources[source] = (left - 1.0 if allowed else left, now)
        if len(self._sources) > MOST_SOURCES:
            self._sources.popitem(last=False)
        return allowed


async def discard(receive: Receive, *, most: int, seconds: float) -> None:
    """Read what is still coming and forget it, up to ``most`` bytes.

    A sender that is cut off in the middle of its body does not get to see the answer.
    """
    size = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while size <= most:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return


async def read_body(receive: Receive, declared: bytes | None, *, most: int, seconds: float) -> bytes:
    """The whole body, byte for byte. ``declared``: the Content-Length header.

    Raises ``TooLarge`` as soon as that is known, ``TooSlow`` and ``Gone``.
    """
    if declared is not None and declared.isdigit() and int(declared) > most:
        raise TooLarge
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Gone
                part: bytes = message.get("body", b"")
                size += len(part)
                if size > most:
                    raise TooLarge
                parts.append(part)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError as exc:
        raise TooSlow from exc
