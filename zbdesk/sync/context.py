"""What the steps of one pass share: where to read, where to store, what has been counted so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from zbdesk.domain.clock import Clock
from zbdesk.domain.module import Module
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.views import Organization
from zbdesk.store import module_states, problems
from zbdesk.store.database import Database
from zbdesk.store.trees import PageResult, live_count
from zbdesk.sync.events import Event, ModuleProgress, PullCount, RecordsChanged
from zbdesk.sync.order import Limits
from zbdesk.zoho.limits import Priority

NumberedPage = tuple[int, Page, bool]
"""Number of a page, the page, and whether it is the last."""


class Client(Protocol):
    """What the engine needs of the client below: ``zoho.client.ZohoClient``, or a counter in memory."""

    @property
    def calls(self) -> int:
        """Calls made so far."""
        ...

    @property
    def clock_skew_seconds(self) -> float | None:
        """Zoho's clock minus ours; None until the first answer."""
        ...

    @property
    def last_contact_at(self) -> datetime | None:
        """When Zoho Books last answered anything."""
        ...


class Lists(Protocol):
    """The part of it that lists."""

    async def list_page(
        self,
        module: Module,
        page: int,
        *,
        sort: str | None = None,
        order: str | None = None,
        extra: Iterable[tuple[str, str]] = (),
        priority: Priority = Priority.POLL,
        parent_id: str | None = None,
    ) -> Page:
        """One page of a list."""
        ...


class Books(Lists, Protocol):
    """What the engine needs of Zoho Books: ``zoho.resources.Books``, or a server in memory."""

    @property
    def client(self) -> Client:
        """The client that makes the calls."""
        ...

    async def detail(
        self, module: Module, remote_id: str, parent_id: str | None = None, priority: Priority = Priority.POLL
    ) -> tuple[RemoteRow, bytes]:
        """One record in full."""
        ...

    async def organizations(self) -> list[Organization]:
        """All organizations of the person who signed in; also the cheapest question there is."""
        ...


@dataclass(slots=True)
class Tally:
    """What was found in one module so far; ``live`` is how many of its records are here."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    calls: int = 0
    live: int = 0
    expected: int | None = None

    def counts(self) -> PullCount:
        """Return it as the value that events carry."""
        return PullCount(self.new, self.changed, self.deleted)


@dataclass(slots=True)
class Pass:
    """One pass under way.

    ``by_name``: somebody named the lists to read. ``changed``: record ids whose detail this pass will read.
    ``confirmed``: modules whose mass deletion a person has looked at and agreed to. ``limits``: how much it may write
    without asking; ``allow_large``: a person has said yes to whatever it comes to. ``after_call``: told after each
    call, so that the day's count can be shown. ``troubles``: modules that are off or have problems of their own, with
    the causes of these.
    """

    db: Database
    books: Books
    connection_id: int
    clock: Clock
    emit: Callable[[Event], None]
    after_call: Callable[[], None]
    priority: Priority
    cause: str
    parallel: int
    run_id: int = 0
    limits: Limits = field(default_factory=Limits)
    allow_large: bool = False
    by_name: bool = False
    confirmed: frozenset[str] = frozenset()
    expected: dict[str, int | None] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    changed: dict[int, None] = field(default_factory=dict)
    troubles: dict[str, set[str]] = field(default_factory=dict)

    def now(self) -> datetime:
        """The present moment by our clock."""
        return self.clock.now()

    def zoho_time(self, ours: datetime) -> datetime:
        """What Zoho's clock showed when ours showed ``ours``, as far as that is known. Stamps in rows are Zoho's."""
        return ours + timedelta(seconds=self.books.client.clock_skew_seconds or 0.0)

    def tally(self, module: Module) -> Tally:
        """Return the count of a module, begun with what is here already."""
        known = self.tallies.get(module.name)
        if known is None:
            live = live_count(self.db, self.connection_id, module.name)
            known = self.tallies[module.name] = Tally(live=live, expected=self.expected.get(module.name))
        return known

    def stored(self, module: Module, result: PageResult) -> None:
        """Count what a page brought; the page is in the database."""
        tally = self.tally(module)
        tally.new += result.new
        tally.changed += result.changed
        tally.live += result.new
        if result.new or result.changed:
            self.emit(RecordsChanged(frozenset({module.name})))

    def removed(self, module: Module, count: int) -> None:
        """Count records that are gone from Zoho; their tombstones are in the database."""
        tally = self.tally(module)
        tally.deleted += count
        tally.live = max(0, tally.live - count)
        self.emit(RecordsChanged(frozenset({module.name})))

    def progress(self, module: Module, *, finished: bool = False) -> None:
        """Tell how far the module is."""
        tally = self.tally(module)
        self.emit(
            ModuleProgress(
                module=module.name,
                done=tally.live,
                expected=tally.expected,
                new=tally.new,
                changed=tally.changed,
                deleted=tally.deleted,
                calls=tally.calls,
                finished=finished,
            )
        )

    async def page(
        self,
        module: Module,
        number: int,
        sort: str | None = None,
        order: str | None = None,
        parent_id: str | None = None,
    ) -> Page:
        """Ask for one page and count the call, answered or not."""
        self.tally(module).calls += 1
        try:
            return await self.books.list_page(
                module, number, sort=sort, order=order, priority=self.priority, parent_id=parent_id
            )
        finally:
            self.after_call()

    async def detail(self, module: Module, remote_id: str, priority: Priority) -> tuple[RemoteRow, bytes]:
        """Ask for one record in full and count the call."""
        self.tally(module).calls += 1
        try:
            return await self.books.detail(module, remote_id, priority=priority)
        finally:
            self.after_call()

    def works_again(self, module: Module) -> None:
        """Take back what stood against a module that could be read."""
        causes = self.troubles.pop(module.name, None)
        if causes is None:
            return
        with self.db.transaction():
            module_states.set_off(self.db, self.connection_id, module.name, None)
            for cause in causes:
                problems.clear(self.db, self.connection_id, cause=cause, module=module.name, at=self.now())
