"""Things that go wrong on purpose. Set from the test's thread, taken by the server's: everything is locked.

A fault matches by method and a regular expression over the path below the origin (``/books/v3/invoices``), and is
used up after ``times`` requests. Faults act in the order in which they were set.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from zbdesk.demo.tokens import Tokens

Kind = Literal[
    "status",
    "status_after",
    "drop",
    "drop_after",
    "hold",
    "hold_after",
    "during",
    "truncate",
    "duplicate",
    "keyless",
    "empty",
]

HTML = b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"


class Hold:
    """A request that waits. ``arrived`` is set when it is there; ``release()`` lets it go on."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self._lock = threading.Lock()
        self._released = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def release(self) -> None:
        """Let every waiting request go on, and those still to come. Twice is harmless."""
        with self._lock:
            self._released = True
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            loop.call_soon_threadsafe(event.set)

    async def wait(self) -> None:
        """Called by the server."""
        event = asyncio.Event()
        with self._lock:
            if not self._released:
                self._waiting.append((asyncio.get_running_loop(), event))
            else:
                event.set()
        self.arrived.set()
        await event.wait()


@dataclass(slots=True)
class Fault:
    """One thing that will go wrong."""

    kind: Kind
    method: str | None
    path: re.Pattern[str]
    left: int
    status: int = 500
    body: bytes = b""
    content_type: str = "application/json;charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()
    hold: Hold | None = None
    call: Callable[[], object] | None = None

    def matches(self, method: str, path: str) -> bool:
        """Whether the request is one it waits for."""
        return self.left > 0 and (self.method is None or self.method == method) and self.path.search(path) is not None


class Faults:
    """The faults that are set. Times default to one; ``clear`` takes all away."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._holds: list[Hold] = []

    def _add(self, kind: Kind, path: str, method: str | None, times: int, **more: Any) -> None:
        fault = Fault(kind, method.upper() if method else None, re.compile(path), times, **more)
        with self._lock:
            self._faults.append(fault)

    def fail(
        self,
        status: int = 500,
        *,
        path: str = "/books/v3",
        method: str | None = None,
        times: int = 1,
        code: int = 1000,
        message: str = "Internal error",
        after: bool = False,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Answer with a status and Zoho's envelope; ``after``: only once the request has done its work."""
        body = f'{{"code":{code},"message":"{message}"}}'.encode()
        kind: Kind = "status_after" if after else "status"
        self._add(kind, path, method, times, status=status, body=body, headers=tuple((headers or {}).items()))

    def html(self, status: int = 502, *, path: str = "/books/v3", method: str | None = None, times: int = 1) -> None:
        """Answer as a proxy does: a page, not JSON."""
        self._add("status", path, method, times, status=status, body=HTML, content_type="text/html")

    def raw(self, status: int, body: bytes, *, path: str = "/", method: str | None = None, times: int = 1) -> None:
        """Answer with exactly these bytes."""
        self._add("status", path, method, times, status=status, body=body)

    def throttle(
        self,
        code: int = 44,
        *,
        retry_after: int | None = None,
        path: str = "/books/v3",
        method: str | None = None,
        times: int = 1,
    ) -> None:
        """Answer 429 with one of Zoho's codes: 43, 44, 45, 1070."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        self.fail(
            429, path=path, method=method, times=times, code=code, message=f"Limit {code} reached", headers=headers
        )

    def drop(self, *, path: str = "/books/v3", method: str | None = None, times: int = 1, after: bool = False) -> None:
        """Cut the connection without an answer: before the request did anything, or ``after`` it was carried out."""
        self._add("drop_after" if after else "drop", path, method, times)

    def hold(self, *, path: str = "/books/v3", method: str | None = None, times: int = 1, after: bool = False) -> Hold:
        """Let requests wait until ``release()``; ``after``: their work is done, only the answer waits."""
        hold = Hold()
        self._add("hold_after" if after else "hold", path, method, times, hold=hold)
        with self._lock:
            self._holds.append(hold)
        return hold

    def during(
        self, call: Callable[[], object], *, path: str = "/books/v3", method: str | None = None, times: int = 1
    ) -> None:
        """Call something on the server's thread just before a request is handled: an edit between two pages."""
        self._add("during", path, method, times, call=call)

    def truncate(self, *, path: str = "/books/v3", method: str | None = None, times: int = 1) -> None:
        """Send half of the JSON, complete as far as HTTP can tell."""
        self._add("truncate", path, method, times)

    def duplicate_rows(self, *, path: str = "/books/v3", times: int = 1) -> None:
        """One row twice in a list."""
        self._add("duplicate", path, "GET", times)

    def keyless(self, *, path: str = "/books/v3", times: int = 1) -> None:
        """A list answer of code 0 without its list."""
        self._add("keyless", path, "GET", times)

    def empty_list(self, *, path: str = "/books/v3", times: int = 1) -> None:
        """A list answer with no rows, though there are some."""
        self._add("empty", path, "GET", times)

    def expire_tokens(self) -> None:
        """Every access token is past its hour."""
        self._tokens.expire_access()

    def revoke(self) -> None:
        """The user took the consent back."""
        self._tokens.revoke_all()

    def clear(self) -> None:
        """No more faults; what waits goes on."""
        with self._lock:
            self._faults.clear()
            holds, self._holds = self._holds, []
        for hold in holds:
            hold.release()

    def take(self, method: str, path: str) -> list[Fault]:
        """The faults for this request, each used up by one. Called by the server."""
        with self._lock:
            hit = [fault for fault in self._faults if fault.matches(method, path)]
            for fault in hit:
                fault.left -= 1
            self._faults = [fault for fault in self._faults if fault.left > 0]
        return hit
