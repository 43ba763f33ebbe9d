"""How one module is read in a pass, and when a reading may stop. Pure: cursors and rows in, decisions out.

Invariants: a stop rule never leaves a change behind that no later pass would look for; nothing here trusts a sort that
Zoho did not echo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from zbdesk.domain.module import Delta, Feed, Module, Section
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.status import RunKind

MODIFIED = "last_modified_time"
CREATED = "created_time"
OVERLAP = 10 * 60
"""Seconds below the watermark that are read again: stamps may become visible a little late."""

SETTLING = 5
"""Seconds before a question whose changes its answer may lack: stamps are whole seconds, clocks a little off."""

DAY = 24 * 3600
QUARTER_DAY = 6 * 3600
LONG_SCAN = 3600
"""A first load that took longer, or was resumed, is checked by a full one soon: rows may have moved meanwhile."""

MASS_SHARE = 0.2
MASS_COUNT = 10


SELDOM = timedelta(minutes=55)
"""How long the list of a module that seldom changes is good for in the background: read about once an hour."""


def seldom_changes(module: Module) -> bool:
    """Whether a module is settings-like or rare, so that polling it every few minutes is a waste of calls."""
    return module.section is Section.SETTINGS or module.feed is Feed.WHOLE or not module.by_default


class Reading(StrEnum):
    """What is done with the list of one module."""

    FIRST = "first"
    """All pages, once in the life of a connection; no details."""

    FULL = "full"
    """All pages under one scan id; what is missing afterwards is looked up by id."""

    WALK = "walk"
    """Newest changes first, down to the watermark."""

    HEAD = "head"
    """From the first page on as long as pages differ from what is stored."""

    WHOLE = "whole"
    """The one answer that holds everything; compared, not swept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The part of a cursor that decides; ``started`` and ``now`` are seconds since 1970 by our clock."""

    first_done: bool
    sort_trusted: bool | None
    scan_kind: RunKind | None
    scan_page: int
    started: int | None
    last_full_at: datetime | None


def choose(module: Module, progress: Progress, *, full: bool, now: datetime) -> Reading:
    """Say how ``module`` is read now. ``full`` is the person's or the night's wish for everything."""
    if not progress.first_done:
        return Reading.FIRST
    if full or module.feed is Feed.NESTED:
        return Reading.FULL
    if module.feed is Feed.PAGED and walkable(module, progress.sort_trusted):
        return Reading.WALK
    if full_due(module, progress, now) or resumable(progress, RunKind.FULL, now):
        return Reading.FULL
    return Reading.WHOLE if module.feed is Feed.WHOLE else Reading.HEAD


def walkable(module: Module, sort_trusted: bool | None) -> bool:
    """Whether newest-first can be asked for: declared, and not found out to be ignored."""
    return module.delta is Delta.WALK and sort_trusted is not False


def full_due(module: Module, progress: Progress, now: datetime) -> bool:
    """Whether the last complete list is too old: a day, or six hours where the walk that was meant is not possible."""
    if progress.last_full_at is None:
        return True
    age = (now - progress.last_full_at).total_seconds()
    limit = QUARTER_DAY if module.delta is Delta.WALK and progress.sort_trusted is False else DAY
    # A clock that was set back must not postpone the check for ever.
    return age >= limit or age < -DAY


def resumable(progress: Progress, kind: RunKind, now: datetime) -> bool:
    """Whether a scan of this kind is under way and still counts.

    A first load goes on whatever its age: its pages are kept and the walk after it reads back to its start. A full one
    decides over deletions, so it may not stretch over more than a day.
    """
    if progress.scan_kind is not kind or progress.scan_page <= 1 or progress.started is None:
        return False
    return kind is RunKind.FIRST or 0 <= now.timestamp() - progress.started <= DAY


def scan_order(module: Module) -> tuple[str | None, str | None]:
    """Sort of a complete scan: a documented stable column upwards, so that new rows come last; else Zoho's default."""
    return (CREATED, "A") if CREATED in module.sorts else (None, None)


def head_order(module: Module) -> tuple[str | None, str | None]:
    """Sort of a head reading: newest first where documented, so that new rows stand on the first page."""
    return (CREATED, "D") if CREATED in module.sorts else (None, None)


def newest(rows: Sequence[RemoteRow]) -> int | None:
    """The latest stamp among rows, or None where no row carries one."""
    return max((row.modified_at for row in rows if row.modified_at is not None), default=None)


def trustworthy(page: Page) -> bool:
    """Whether a page asked for newest first was really answered so: echoed, stamped and falling."""
    stamps = [row.modified_at for row in page.rows]
    known = [stamp for stamp in stamps if stamp is not None]
    falling = all(later >= earlier for later, earlier in pairwise(known))
    return page.sort_column == MODIFIED and len(known) == len(stamps) and falling


def walk_ends(page: Page, watermark: int | None, *, differs: bool) -> bool:
    """Whether a newest-first walk may stop after this page.

    At the end of the list; at rows older than the watermark less the overlap; and at a page without any difference
    that lies at or below the watermark, so that thousands of equal stamps (an import) still cost one call.
    """
    if not page.rows or not page.has_more:
        return True
    last = page.rows[-1].modified_at
    if watermark is None or last is None:
        return False
    return last < watermark - OVERLAP or (not differs and last <= watermark)


def settled(seen: int | None, asked: int, known: int | None = None) -> int | None:
    """Where the next walk has to read back to, after a list was read from its first page on.

    ``seen``: newest stamp found; ``asked``: Zoho's time when the first page was asked for; ``known``: the watermark so
    far, which is never undercut. Paging is no snapshot: a record may change after its page was read, while later pages
    raise the newest stamp; and stamps are whole seconds. So the watermark stays below the moment of asking.
    """
    reached = None if seen is None else min(seen, asked - SETTLING)
    return max((stamp for stamp in (reached, known) if stamp is not None), default=None)


def is_mass_deletion(missing: int, live: int) -> bool:
    """Whether so much would vanish that a person is asked first: over ten and over a fifth of the module."""
    return missing > MASS_COUNT and missing > live * MASS_SHARE


def has_details(module: Module) -> bool:
    """Whether a record of this module holds more than its list row and can be read by its id alone."""
    return not module.rows_complete and by_id(module)


def by_id(module: Module) -> bool:
    """Whether one record can be asked for by its id alone."""
    path = module.path if module.detail_path is None else module.detail_path
    return "get" in module.methods and path != "" and "{parent_id}" not in path
