"""What a first reading of a table's keys tells: how many rows, and which numbers stand more than once.

Memory: eight bytes a document. Keys that may stand twice (by their hash) are looked at again by name, since a hash
alone proves nothing. Invariant: what is called repeated is, letter by letter.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

_BUCKETS = 64


class Met:
    """Which keys came by, at eight bytes each, to be held against those of another time."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        for key in keys:
            self.add(key)

    def add(self, key: str) -> None:
        """One that came by, perhaps again."""
        mark = hash(key)
        self._buckets[mark % _BUCKETS].append(mark)

    def lacking(self, keys: Callable[[], Iterable[str]]) -> tuple[str, ...]:
        """Those of ``keys`` that did not come by; asked for twice, since only marks are kept meanwhile."""
        others = Met(keys())
        gone: set[int] = set()
        for own, other in zip(self._buckets, others._buckets, strict=True):
            gone |= set(other).difference(own)
        return tuple(key for key in keys() if hash(key) in gone) if gone else ()


class Survey:
    """Counts rows and finds repeated keys. ``by_line``: only keys that come back after another one count."""

    def __init__(self, *, by_line: bool) -> None:
        self.rows = 0
        self.documents = 0
        self.repeated: dict[str, tuple[int, ...]] = {}
        """Key to all its rows, for one row a document."""

        self.apart: dict[str, int] = {}
        """Key to the last of its rows, for documents whose rows do not stand together."""

        self._by_line = by_line
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self._last = ""

    def add(self, key: str, row: int) -> None:
        """One row, in order."""
        del row
        self.rows += 1
        if not key:
            self.documents += not self._by_line
            return
        if self._by_line:
            if key == self._last:
                return
            self._last = key
        self.documents += 1
        mark = hash(key)
        self._buckets[mark % _BUCKETS].append(mark)

    @property
    def suspects(self) -> frozenset[int]:
        """Hashes that came more than once."""
        found: set[int] = set()
        for bucket in self._buckets:
            seen: set[int] = set()
            for mark in bucket:
                if mark in seen:
                    found.add(mark)
                seen.add(mark)
        return frozenset(found)

    def settle(self, keys: Iterable[tuple[str, int]], suspects: frozenset[int]) -> None:
        """Look at all keys again, by name this time: (key, row) in the same order as before."""
        rows: dict[str, list[int]] = {}
        runs: dict[str, int] = {}
        last = ""
        for key, row in keys:
            if key and hash(key) in suspects:
                rows.setdefault(key, []).append(row)
                runs[key] = runs.get(key, 0) + (key != last)
            if key:
                last = key
        if self._by_line:
            self.apart = {key: found[-1] for key, found in rows.items() if runs[key] > 1}
            self.documents -= sum(runs[key] - 1 for key in self.apart)
        else:
            self.repeated = {key: tuple(found) for key, found in rows.items() if len(found) > 1}
