"""A fresh look: the period as Zoho Books lists it at this moment, inside what the day's calls leave.

Zoho documents ``date_start`` and ``date_end`` for the lists that can be filtered by date, and ignores without a word
what it does not know: each row is held against the span, and a list that is not narrowed is read to its end only where
the calls allow it. Must not store anything: the mirror is the engine's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from zbdesk.domain.errors import AuthError, Budget, ThrottledError, ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.tieout import Fresh, Request, can_tie
from zbdesk.store import budget
from zbdesk.sync import logbook, messages
from zbdesk.sync.commands import LookAtPeriod
from zbdesk.sync.context import Lists
from zbdesk.sync.events import CommandFailed, PeriodLooked, PeriodProgress
from zbdesk.zoho.limits import Priority

if TYPE_CHECKING:
    from zbdesk.sync.engine import Engine

_log = logging.getLogger(__name__)

PER_PAGE = 200
MOST_PAGES = 2_000
KEPT_CALLS = 20
"""Calls that a look never takes: a person may need them."""


class TooDear(ThrottledError):
    """The look would use more calls than are left today."""

    def __init__(self, needed: int, left: int) -> None:
        super().__init__(
            f"A fresh look needs about {needed:,} calls, and {left:,} are left today.",
            "Choose fewer modules or a shorter period, or compare with what was last read.",
            budget=Budget.DAY,
            wait=0.0,
            code="look_too_dear",
        )


def estimate(module: Module, counted: int, records: int) -> int:
    """Calls for one module: ``counted`` of its records are known to be in the period, ``records`` in all."""
    return max(1, ceil((counted if narrows(module) else records) / PER_PAGE))


def narrows(module: Module) -> bool:
    """Whether Zoho documents a filter by the date that this module is dated by."""
    return module.date_field is not None and module.date_field in module.filters


async def read(
    books: Lists,
    request: Request,
    names: Sequence[str],
    *,
    now: Callable[[], datetime],
    left: Callable[[], int | None],
    told: Callable[[str, int], None] = lambda _name, _rows: None,
) -> Fresh:
    """List the period in each module. ``left``: calls that the day still has; ``told``: module and rows so far.

    Raises ``TooDear`` in the middle rather than take the last calls, and what Zoho's refusals mean.
    """
    rows: dict[str, tuple[RemoteRow, ...]] = {}
    for name in names:
        module = MODULES[name]
        if can_tie(module):
            rows[name] = await _module(books, module, request, left, told)
    return Fresh(now(), rows)


async def _module(
    books: Lists,
    module: Module,
    request: Request,
    left: Callable[[], int | None],
    told: Callable[[str, int], None],
) -> tuple[RemoteRow, ...]:
    first, last = request.first.isoformat(), request.last.isoformat()
    field = module.date_field
    extra = ((f"{field}_start", first), (f"{field}_end", last)) if narrows(module) else ()
    found: dict[str, RemoteRow] = {}
    for number in range(1, MOST_PAGES + 1):
        available = left()
        if available is not None and available <= KEPT_CALLS:
            raise TooDear(KEPT_CALLS + 1, available)
        page = await books.list_page(module, number, extra=extra, priority=Priority.USER)
        found.update({row.remote_id: row for row in page.rows if row.date is not None and first <= row.date <= last})
        told(module.name, len(found))
        if not page.has_more or not page.rows:
            return tuple(found.values())
    raise TooDear(MOST_PAGES, MOST_PAGES)


def begin(engine: Engine, command: LookAtPeriod) -> None:
    """Look beside whatever runs, and tell what was found or why nothing was."""
    task = asyncio.create_task(_look(engine, command))
    engine.jobs.add(task)
    task.add_done_callback(engine.jobs.discard)


async def _look(engine: Engine, command: LookAtPeriod) -> None:
    request = Request(command.first, command.last, "whole", command.modules)

    def told(name: str, rows: int) -> None:
        engine.meter.show()
        engine.emit(PeriodProgress(command.ticket, name, rows))

    try:
        found = await read(
            engine.books, request, command.modules, now=engine.clock.now,
            left=lambda: day_left(engine), told=told,
        )  # fmt: skip
    except ZbdeskError as error:
        logbook.failed("a fresh look", error)
        engine.emit(CommandFailed(error.title, error.message, error.action, ticket=command.ticket))
    except Exception:  # noqa: BLE001
        # Top of a task: said plainly, written down, and the loop goes on.
        _log.exception("a fresh look ended in a bug")
        failure = messages.Unexpected()
        engine.emit(CommandFailed(failure.title, failure.message, failure.action, ticket=command.ticket))
    else:
        engine.emit(PeriodLooked(command.ticket, found))
    finally:
        engine.meter.show(last=True)


async def look_now(engine: Engine, request: Request, names: Sequence[str]) -> Fresh:
    """The same for the command line, which waits for it. Raises as ``read`` does, and where no call can be made."""
    if engine.state is ConnectionState.NEEDS_SIGN_IN:
        raise AuthError(messages.SIGNED_OUT)
    return await read(engine.books, request, names, now=engine.clock.now, left=lambda: day_left(engine))


def day_left(engine: Engine) -> int | None:
    """Calls of the day that a person may still make; None where no limit is known."""
    today = budget.today(engine.db, engine.connection.id, now=engine.clock.now())
    return None if today is None or today.limit is None else max(0, today.limit - today.used)
