"""What the palette lists: lines under titles, each with what it does; and which of them fit what is typed.

Pure but for words: knows no window and no database. Invariant: a line fits where every typed word begins a word of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from zbdesk.domain.words import fold, in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``act`` None: a title. ``keys``: its shortcut, shown at the end. ``why_not``: it cannot be done now."""

    words: str
    note: str = ""
    icon: str = ""
    keys: str = ""
    amount: str = ""
    act: Callable[[], object] | None = None
    why_not: str = ""
    also: str = ""
    """Words by which it is found beside those that are shown."""

    @property
    def is_title(self) -> bool:
        """Whether it only stands above others."""
        return self.act is None

    @property
    def spoken(self) -> str:
        """The line for screen readers."""
        return ", ".join(part for part in (self.words, self.note, self.amount, self.keys, self.why_not) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one title."""

    title: str
    lines: tuple[Line, ...]


def fitting(lines: Iterable[Line], typed: str, most: int) -> tuple[Line, ...]:
    """The first lines in which each typed word begins a word; those whose first word is meant stand first."""
    asked = in_words(fold(typed) or "")
    ranked: list[tuple[int, Line]] = []
    for line in lines:
        here = in_words(fold(f"{line.words} {line.note} {line.also}") or "")
        if all(any(word.startswith(part) for word in here) for part in asked):
            first = bool(asked) and bool(here) and here[0].startswith(asked[0])
            ranked.append((0 if first else 1, line))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(line for _, line in ranked[:most])


def flat(groups: Sequence[Group]) -> list[Line]:
    """All lines in order, each group's title above it; groups without lines are left out."""
    found: list[Line] = []
    for group in groups:
        if group.lines:
            found.append(Line(group.title))
            found += group.lines
    return found
