"""Who goes first on the sync thread: what a person has just asked for, before the organizations beside the one in use.

A companion's pass waits at its next page or record while a person's pass runs, and goes on after it where it was. It
waits for no longer than ``LONGEST``: a first load of an hour must not keep the others from looking for an hour.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from zbdesk.domain.clock import Clock
from zbdesk.domain.module import Module
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.sync.commands import Command, EditCommand, SyncNow
from zbdesk.sync.events import CommandFailed, Event, RunFinished, RunStarted
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import Priority
from zbdesk.zoho.resources import Books

GRACE = 2.0
"""Seconds in which the pass that a person asked for has to begin; offline or signed out, none does."""

LONGEST = 60.0


class Precedence:
    """Held from a person's command to the end of its pass. One loop only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = float("-inf")
        self._ends_at = float("-inf")
        self._changed = asyncio.Event()

    def commanded(self, command: Command) -> None:
        """A command for the organization in use goes by."""
        if isinstance(command, SyncNow | EditCommand):
            now = self._clock.monotonic()
            self._until, self._ends_at = now + GRACE, now + LONGEST

    def heard(self, event: Event) -> None:
        """An event of the organization in use goes by."""
        if isinstance(event, RunStarted) and self.is_held:
            self._until = self._ends_at
        elif isinstance(event, RunFinished | CommandFailed):
            self._until = float("-inf")
            self._changed.set()
            self._changed = asyncio.Event()

    @property
    def is_held(self) -> bool:
        """Whether the others wait now."""
        return self._clock.monotonic() < self._until

    async def free(self) -> None:
        """Return when nobody goes first any more."""
        while self.is_held:
            changed = asyncio.ensure_future(self._changed.wait())
            timer = asyncio.ensure_future(self._clock.sleep(self._until - self._clock.monotonic()))
            try:
                await asyncio.wait({changed, timer}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                changed.cancel()
                timer.cancel()


class PatientBooks(Books):
    """Zoho Books of a companion: each page and each record that is read waits for its turn.

    A write does not wait by itself: what it rests on was read a moment before, and that has waited.
    """

    def __init__(self, client: ZohoClient, precedence: Precedence) -> None:
        super().__init__(client)
        self._precedence = precedence

    async def list_page(self, module: Module, page: int, **how: Any) -> Page:
        """See ``Books``."""
        await self._precedence.free()
        return await super().list_page(module, page, **how)

    async def detail(
        self, module: Module, remote_id: str, parent_id: str | None = None, priority: Priority = Priority.POLL
    ) -> tuple[RemoteRow, bytes]:
        """See ``Books``."""
        await self._precedence.free()
        return await super().detail(module, remote_id, parent_id, priority)


def patient(precedence: Precedence) -> Callable[[ZohoClient], Books]:
    """What makes the books of a companion."""
    return lambda client: PatientBooks(client, precedence)
