"""One request that has passed the checks, and the three kinds of answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from zbdesk.sources.http.handlers import Answered

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    """``parts``: the path below ``/v1``, decoded. ``headers`` by name in small letters. ``caller``: whose token."""

    method: str
    path: str
    parts: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: bytes
    caller: int


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is bytes already."""

    body: bytes
    media_type: str = "application/json"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer that goes on: called with ``receive`` and ``send`` after the checks."""

    run: Callable[[Receive, Send], Awaitable[None]]


Answer: TypeAlias = Answered | Stream | Raw
Route: TypeAlias = Callable[[Request], Awaitable[Answer]]
Router: TypeAlias = Callable[[str, tuple[str, ...]], Route]
"""Which function answers (method, parts). Raises ``Problem`` 404 and 405."""
