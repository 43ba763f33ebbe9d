"""When the list of a module is read in the place of its records, by what each costs. Pure; time is handed in.

A list sorted by the last change brings two hundred changed rows with one call, a record by its id costs one each. A
burst goes by the list at once. Events that come one after another are read one by one, which is quickest, as long as
they are few; when they have used up a good part of the minute's calls, they are a crowd too: then a list every few
seconds shows all that changed, and what details it needs follows behind polling's priority instead of ahead of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES
from zbdesk.sync import reading

MINUTE = 60.0

MANY = 20
"""Records of one module that wait at once: from here on its list shows them all sooner than each by itself."""

ALL = 40
"""Records of all modules that are read one by one within a minute, of the hundred calls that Zoho allows in it."""

PAUSE = 3.0
"""Seconds between the beginnings of two lists that stand for a crowd of the same module."""


class Crowds:
    """Remembers what was read one by one and by lists."""

    def __init__(self) -> None:
        self._singles: deque[tuple[float, str]] = deque()
        self._listed: dict[str, float] = {}

    def read_singly(self, module: str, now: float) -> None:
        """A record of the module is asked for by its id."""
        self._singles.append((now, module))

    def read_by_list(self, module: str, now: float) -> None:
        """The module's list is asked for in the place of its records."""
        self._listed[module] = now

    def allowed_at(self, module: str) -> float | None:
        """When its list may be read again for a crowd; None: at once."""
        began = self._listed.get(module)
        return None if began is None else began + PAUSE

    def of(self, waiting: Mapping[str, int], now: float) -> frozenset[str]:
        """The modules that go by their lists. ``waiting``: how many records of each would be asked for."""
        while self._singles and self._singles[0][0] <= now - MINUTE:
            self._singles.popleft()
        able = [name for name, count in waiting.items() if count and has_list(name)]
        crowded = {name for name in able if waiting[name] > MANY}
        left = sum(count for name, count in waiting.items() if name not in crowded) + len(self._singles)
        load = dict(waiting)
        for _, name in self._singles:
            if name in load:
                load[name] += 1
        for name in sorted(set(able) - crowded, key=lambda name: (-load[name], name)):
            if left <= ALL:
                break
            crowded.add(name)
            left -= waiting[name]
        return frozenset(crowded)


def has_list(name: str) -> bool:
    """Whether the module's changes can be asked for by a list."""
    module = MODULES[name]
    return module.feed is Feed.PAGED and reading.walkable(module, None)
