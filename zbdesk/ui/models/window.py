"""A sparse window on a long list: which pages of rows are here, and which should be asked for next.

Pure bookkeeping without Qt and without a database. Invariant: at most ``keep`` pages are held; the page asked for last
is fetched first, because that is the one on the screen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Generic, TypeVar

Row = TypeVar("Row")


class PageCache(Generic[Row]):
    """Pages of ``size`` rows, least recently used ones dropped."""

    def __init__(self, size: int = 64, keep: int = 64, wanted: int = 6) -> None:
        self.size = size
        self._keep = keep
        self._limit = wanted
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: set[int] = set()

    def row(self, index: int) -> Row | None:
        """The row, if it is here; otherwise its page is noted as wanted. Stale rows are shown and asked for again."""
        number, offset = divmod(index, self.size)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        if number in self._stale:
            self._want(number)
        return page[offset] if offset < len(page) else None

    def peek(self, index: int) -> Row | None:
        """The row if it is here, without asking for it."""
        number, offset = divmod(index, self.size)
        page = self._pages.get(number)
        return page[offset] if page is not None and offset < len(page) else None

    def rows(self) -> Iterator[Row]:
        """All rows that are here."""
        for page in self._pages.values():
            yield from page

    def next_wanted(self) -> int | None:
        """The page to fetch now; it counts as asked until it is put or forgotten."""
        if not self._wanted:
            return None
        number, _ = self._wanted.popitem(last=True)
        self._asked.add(number)
        return number

    @property
    def has_wanted(self) -> bool:
        """Whether any page waits to be asked for."""
        return bool(self._wanted)

    def put(self, number: int, rows: list[Row]) -> None:
        """A page arrived."""
        self._asked.discard(number)
        self._stale.discard(number)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > self._keep:
            dropped, _ = self._pages.popitem(last=False)
            self._stale.discard(dropped)

    def failed(self, number: int) -> None:
        """A page could not be read; it is asked for again when it is next shown."""
        self._asked.discard(number)

    def mark_stale(self) -> None:
        """The same rows may hold other values: go on showing them until the new ones are here."""
        self._stale = set(self._pages)
        self._wanted.clear()
        self._asked.clear()

    def clear(self) -> None:
        """Other rows altogether."""
        self._pages.clear()
        self._stale.clear()
        self._wanted.clear()
        self._asked.clear()

    def _want(self, number: int) -> None:
        if number in self._asked:
            return
        self._wanted[number] = None
        self._wanted.move_to_end(number)
        while len(self._wanted) > self._limit:
            self._wanted.popitem(last=False)
