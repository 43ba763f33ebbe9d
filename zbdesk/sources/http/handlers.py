"""What the interface asks of the program behind it. Implemented in ``app/interface.py``; a fake in the tests.

All raise ``Problem`` for what is the asker's fault and ``ZbdeskError`` for the rest. Invariant: an answer is plain JSON
values, amounts as text; nothing that is asked here waits for Zoho Books but ``zoho_get`` and ``zoho_write``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from zbdesk.domain.module import Module

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which records a program wants. ``after``: the key behind which the page begins."""

    limit: int = 100
    after: int = 0
    updated_since: datetime | None = None
    statuses: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    search: str = ""
    number: str | None = None
    source: str | None = None
    party_id: str | None = None
    with_deleted: bool = False
    documents: bool = False
    """With the document of each record, and not only its line in the table."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a write led to: HTTP status, JSON, and where the record is found."""

    status: int
    body: Any
    location: str = ""
    replayed: bool = field(default=False, compare=False)


Work = Callable[[], Answered]


class Handlers(Protocol):
    """The program behind the interface."""

    def caller(self, token: str) -> int | None:
        """Whose token it is; None for nobody's."""
        ...

    async def page(self, module: Module, query: ListQuery) -> tuple[list[Json], int | None, datetime]:
        """Records, the key behind which the next page begins (None at the end), and the moment to ask from next."""
        ...

    async def record(self, module: Module, key: str) -> Json:
        """One record in full. Raises ``UsageError`` where the key names none."""
        ...

    def once(self, caller: int, key: str | None, request: str, work: Work) -> Answered:
        """Carry the work out in one transaction, or give the answer that this key got before.

        Raises ``Problem`` 422 for the same key with another request and 409 while the first one is under way.
        """
        ...

    async def once_slowly(
        self, caller: int, key: str | None, request: str, work: Callable[[], Awaitable[Answered]]
    ) -> Answered:
        """The same for work that waits for Zoho: its key is taken before, and freed where nothing was done."""
        ...

    def put(self, module: Module, documents: Sequence[Mapping[str, object]], source: str) -> list[Json]:
        """Documents into the local tree, as ``put`` of the command line; one result each."""
        ...

    def source_of(self, module: Module, key: str) -> tuple[str, str] | None:
        """Source and source id behind a key; None where the record stands for no source's document."""
        ...

    def edit(self, module: Module, key: str, fields: Mapping[str, object]) -> Json:
        """Change these fields of a record."""
        ...

    def act(self, module: Module, key: str, action: str, data: Mapping[str, object]) -> Json:
        """A local command on one record, ``delete`` among them."""
        ...

    def changed(self) -> None:
        """A write has been committed: tell the engine and whoever listens."""
        ...

    async def status(self) -> Json:
        """How the connection stands, as ``status --json``."""
        ...

    def changes_after(self, seq: int, modules: frozenset[str]) -> tuple[list[Json], int]:
        """What changed behind a place of the stream, oldest first, and the place reached."""
        ...

    def newest_change(self) -> int:
        """The last place of the stream."""
        ...

    async def until_changed(self, seconds: float) -> None:
        """Wait until something may have changed, at most so long."""
        ...

    async def zoho_get(self, path: str, query: Sequence[tuple[str, str]]) -> bytes:
        """Zoho's own answer to a reading call, inside scopes and budget."""
        ...

    async def zoho_write(self, method: str, path: str, query: Sequence[tuple[str, str]], body: bytes | None) -> bytes:
        """Zoho's own answer to a writing call, where a person switched those on."""
        ...
