"""Reading the list of one module, page by page, into the remote tree.

Each page and the cursor behind it are one transaction, so a crash anywhere goes on at the next page: none is lost, none
is read twice, no record stands here twice. No transaction holds an await. Deletions are ``sweep.py``'s business.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from enum import Enum, auto
from typing import NamedTuple

from zbdesk.domain.errors import TransientError
from zbdesk.domain.module import Feed, Module
from zbdesk.domain.records import Page
from zbdesk.domain.status import RunKind
from zbdesk.store import cursors, gaps
from zbdesk.store.cursors import Cursor
from zbdesk.store.trees import PageResult, store_page
from zbdesk.sync import nested, reading
from zbdesk.sync.context import NumberedPage, Pass
from zbdesk.sync.reading import Progress, Reading


class EndlessList(TransientError):
    """The same page came twice in a row: following it would never end."""

    def __init__(self, label: str, page: int) -> None:
        super().__init__(
            f"The list of {label} does not end.",
            f"Zoho sent page {page} again as the page after it. Nothing here was changed by that; it is read again in "
            "the next pass.",
            code="endless_list",
        )


class Walked(Enum):
    """How a walk came out."""

    DONE = auto()
    COMPARED = auto()
    BROKEN = auto()


class Scan(NamedTuple):
    """A list that was read to its end: under which mark, and whether it held anything."""

    scan_id: int
    empty: bool


class ListReader:
    """Reads one module's list in one pass."""

    def __init__(self, run: Pass, module: Module) -> None:
        self._run = run
        self._module = module
        self._cursor = cursors.get(run.db, run.connection_id, module.name)
        self._resumed = False
        self._newest: int | None = None
        self._began = run.now()

    @property
    def resumed(self) -> bool:
        """Whether the last complete scan went on from an earlier one: what changed in between may have slipped by."""
        return self._resumed

    @property
    def checked(self) -> bool:
        """Whether the complete list that is here can be relied on until the next one is due."""
        return self._cursor.last_full_at is not None

    @property
    def walkable(self) -> bool:
        """Whether changes can be asked for newest first."""
        return self._module.feed is Feed.PAGED and reading.walkable(self._module, self._cursor.sort_trusted)

    def choose(self, *, full: bool) -> Reading:
        """Say how the list will be read."""
        return reading.choose(self._module, self._progress(), full=full, now=self._run.now())

    # Complete scans

    async def scan(self, kind: RunKind) -> Scan:
        """Read the whole list under one scan id, going on where an earlier scan of this kind broke off."""
        self._begin(kind)
        empty = self._cursor.scan_page == 1
        async with aclosing(self._scan_pages(self._cursor.scan_page)) as pages:
            async for number, page, last in pages:
                empty = empty and not page.rows
                self._keep_scanned(kind, number, page, last=last)
                seen = [stamp for stamp in (self._newest, reading.newest(page.rows)) if stamp is not None]
                self._newest = max(seen, default=None)
                self._run.progress(self._module)
        return Scan(self._cursor.scan_id, empty)

    def again(self) -> None:
        """Start a second complete scan under a mark of its own: what both lack is gone."""
        self._cursor = replace(self._cursor, scan_kind=None, scan_page=1, scan_started=None)

    def full_done(self) -> None:
        """Note that the scan's consequences are drawn; inside the caller's transaction."""
        cursor = self._cursor
        self._put(replace(cursor, scan_kind=None, scan_page=1, scan_started=None, last_full_at=self._run.now()))

    def _begin(self, kind: RunKind) -> None:
        now = self._run.zoho_time(self._run.now())
        self._resumed = reading.resumable(self._progress(), kind, now)
        if self._resumed:
            return
        self._began, self._newest = self._run.now(), None
        self._cursor = replace(
            self._cursor,
            scan_kind=kind,
            scan_id=self._cursor.scan_id + 1,
            scan_page=1,
            scan_started=self._started(),
            # A first load gathers the newest stamp here; a full one leaves the walk's watermark alone.
            watermark=None if kind is RunKind.FIRST else self._cursor.watermark,
        )

    def _started(self) -> int:
        return int(self._run.zoho_time(self._began).timestamp())

    def _keep_scanned(self, kind: RunKind, number: int, page: Page, *, last: bool) -> None:
        cursor = replace(self._cursor, scan_page=number + 1)
        if number == 1:
            # The first answer told how far our clock is from Zoho's, in whose time the stamps are.
            cursor = replace(cursor, scan_started=self._started())
        if kind is RunKind.FIRST:
            seen = [stamp for stamp in (cursor.watermark, reading.newest(page.rows)) if stamp is not None]
            cursor = replace(cursor, watermark=max(seen, default=None))
            cursor = self._first_done(cursor) if last else cursor
        elif last:
            cursor = replace(cursor, as_of=self._run.now(), sort_trusted=None, watermark=self._full_watermark(page))
        self._store(page, cursor, details=kind is not RunKind.FIRST)

    def _full_watermark(self, page: Page) -> int | None:
        """Where the next walk has to read back to: further up only if every page was read since the scan's start."""
        if self._resumed:
            return self._cursor.watermark
        seen = [stamp for stamp in (self._newest, reading.newest(page.rows)) if stamp is not None]
        return reading.settled(max(seen, default=None), self._started(), self._cursor.watermark)

    def _first_done(self, cursor: Cursor) -> Cursor:
        now = self._run.now()
        started = cursor.scan_started if cursor.scan_started is not None else self._started()
        # A list read in one go is as good as a full one. In a long or broken one rows may have moved between the pages
        # (a deletion moves the rest up past the reader): it is checked at the next quiet time.
        took = (now - self._began).total_seconds()
        sound = not self._resumed and 0 <= took <= reading.LONG_SCAN
        return replace(
            cursor,
            first_done=True,
            scan_kind=None,
            scan_page=1,
            scan_started=None,
            watermark=reading.settled(cursor.watermark, started),
            as_of=now,
            last_full_at=now if sound else None,
        )

    # What changed

    async def walk(self) -> Walked:
        """Read newest changes first, down to the watermark, which only moves when the walk is complete.

        Where Zoho does not sort as asked from the first page on, that page is compared instead, and those behind it as
        long as they differ. Where the order breaks later, only a complete list can tell what is missing.
        """
        top: int | None = None
        self._began = self._run.now()
        async with aclosing(self._pages(1, reading.MODIFIED, "D")) as pages:
            async for number, page, _last in pages:
                if page.rows and not reading.trustworthy(page):
                    with self._run.db.transaction():
                        self._put(replace(self._cursor, sort_trusted=False))
                    if number > 1:
                        return Walked.BROKEN
                    await self.head(page)
                    return Walked.COMPARED
                # Rows that change during the walk move above its first page: the next walk finds them there.
                top = reading.newest(page.rows) if number == 1 else top
                if self._keep_walked(page, top):
                    break
                self._run.progress(self._module)
        return Walked.DONE

    def _keep_walked(self, page: Page, top: int | None) -> bool:
        cursor = self._cursor
        with self._run.db.transaction():
            result = self._rows(page, details=True)
            done = reading.walk_ends(page, cursor.watermark, differs=bool(result.new or result.changed))
            if done:
                trusted = True if page.rows else cursor.sort_trusted
                reached = reading.settled(top, self._started(), cursor.watermark)
                cursor = replace(cursor, watermark=reached, as_of=self._run.now(), sort_trusted=trusted)
                cursors.put(self._run.db, self._run.connection_id, self._module.name, cursor)
        self._cursor = cursor
        self._run.stored(self._module, result)
        return done

    async def head(self, first: Page | None = None) -> None:
        """Read from the first page on as long as pages differ from what is stored.

        ``first`` is page one where it has been read already. How far the reading came stands in the cursor: pages that
        an interrupted one had still to look at are looked at now, whether or not those before them differ.
        """
        cursor = self._cursor
        reach = cursor.scan_page if cursor.scan_kind is RunKind.DELTA else 1
        async with aclosing(self._pages(1, *reading.head_order(self._module), first=first)) as pages:
            async for number, page, last in pages:
                if self._keep_compared(number, page, reach, last=last):
                    return
                self._run.progress(self._module)

    def _keep_compared(self, number: int, page: Page, reach: int, *, last: bool) -> bool:
        with self._run.db.transaction():
            result = self._rows(page, details=True)
            done = last or (number >= reach and not (result.new or result.changed))
            if done:
                cursor = replace(self._cursor, scan_kind=None, scan_page=1, scan_started=None, as_of=self._run.now())
            else:
                started = int(self._run.now().timestamp())
                page_due = max(reach, number + 1)
                cursor = replace(self._cursor, scan_kind=RunKind.DELTA, scan_page=page_due, scan_started=started)
            cursors.put(self._run.db, self._run.connection_id, self._module.name, cursor)
        self._cursor = cursor
        self._run.stored(self._module, result)
        return done

    async def whole(self) -> None:
        """Read the one answer that holds everything; more pages are followed should Zoho ever split it."""
        async with aclosing(self._pages(1)) as pages:
            async for _number, page, last in pages:
                cursor = replace(self._cursor, as_of=self._run.now()) if last else self._cursor
                self._store(page, cursor, details=True)

    # Pages

    async def _pages(
        self, start: int, sort: str | None = None, order: str | None = None, *, first: Page | None = None
    ) -> AsyncGenerator[NumberedPage, None]:
        """Yield (number, page, whether it is the last). Raises ``EndlessList``."""
        number, before = start, frozenset[str]()
        while True:
            page = first if first is not None and number == 1 else await self._fetch(number, sort, order)
            ids = frozenset(row.remote_id for row in page.rows)
            if ids and ids == before:
                raise EndlessList(self._module.label, number - 1)
            last = not page.rows or not page.has_more
            yield number, page, last
            if last:
                return
            number, before = number + 1, ids

    def _scan_pages(self, start: int) -> AsyncGenerator[NumberedPage, None]:
        if self._module.feed is Feed.NESTED:
            return nested.pages(self._run, self._module, start)
        return self._pages(start, *reading.scan_order(self._module))

    async def _fetch(self, number: int, sort: str | None, order: str | None) -> Page:
        return await self._run.page(self._module, number, sort, order)

    def _store(self, page: Page, cursor: Cursor, *, details: bool) -> None:
        with self._run.db.transaction():
            result = self._rows(page, details=details)
            cursors.put(self._run.db, self._run.connection_id, self._module.name, cursor)
        self._cursor = cursor
        self._run.stored(self._module, result)

    def _rows(self, page: Page, *, details: bool) -> PageResult:
        """Store a page; while a complete scan is under way every row that is met counts as seen by it."""
        run, cursor = self._run, self._cursor
        marking = cursor.scan_kind in {RunKind.FIRST, RunKind.FULL}
        wanted = details and reading.has_details(self._module)
        result = store_page(
            run.db,
            run.connection_id,
            self._module.name,
            page.rows,
            scan_id=cursor.scan_id if marking else 0,
            want_detail=wanted,
        )
        if wanted:
            run.changed.update(dict.fromkeys(result.changed_ids))
        if details and result.changed_ids:
            gaps.note_found(run.db, run.connection_id, self._module.name, result.changed_ids, run.now())
        return result

    def _put(self, cursor: Cursor) -> None:
        cursors.put(self._run.db, self._run.connection_id, self._module.name, cursor)
        self._cursor = cursor

    def _progress(self) -> Progress:
        cursor = self._cursor
        return Progress(
            first_done=cursor.first_done,
            sort_trusted=cursor.sort_trusted,
            scan_kind=cursor.scan_kind,
            scan_page=cursor.scan_page,
            started=cursor.scan_started,
            last_full_at=cursor.last_full_at,
        )
