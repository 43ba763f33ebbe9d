"""Which character separates the values of a text file: the one by which its rows come out alike. Pure."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SEPARATORS = (",", ";", "\t", "|")
_ROWS = 200
NAMED: Mapping[str, str] = MappingProxyType(
    {
        "comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|", "space": " ", "colon": ":",
        "caret": "^", "tilde": "~",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Separator:
    """``share``: how many of the rows looked at have as many values as the most frequent count (0 to 1)."""

    char: str
    columns: int
    share: float
    said: bool = False
    """Whether the file's first line says so (``sep=;``)."""


def named(text: str) -> str | None:
    """The one character that a mapping means; None where it means none."""
    word = NAMED.get(text.strip().casefold(), text) if text not in {"\t", " "} else text
    return word if len(word) == 1 and word not in "\r\n\"'" and not word.isalnum() else None


def sniff(head: str) -> Separator:
    """The separator of a text by its first rows; a file of one column has a comma."""
    lines = head.split("\n", 1)
    first = lines[0].strip("\r\n ﻿").casefold()
    if first.startswith("sep=") and len(first) == 5:
        return Separator(first[4], 0, 1.0, said=True)
    if first == "sep=":
        return Separator("\t", 0, 1.0, said=True)
    found = [_measure(head, char) for char in SEPARATORS]
    best = max(
        found, key=lambda one: (one.columns > 1, one.share >= 0.6, one.share * min(one.columns, 12), one.columns)
    )
    return best if best.columns > 1 else Separator(",", 1, 1.0)


def _measure(head: str, char: str) -> Separator:
    counts: Counter[int] = Counter()
    rows = 0
    try:
        for row in csv.reader(head.splitlines(keepends=True), delimiter=char):
            if any(row):
                counts[len(row)] += 1
                rows += 1
            if rows == _ROWS:
                break
    except csv.Error:
        return Separator(char, 1, 0.0)
    wide = [(count, often) for count, often in counts.items() if count > 1]
    if not wide:
        return Separator(char, 1, 1.0)
    count, often = max(wide, key=lambda pair: (pair[1] * pair[0], pair[0]))
    return Separator(char, count, often / rows)


def fits_better(line: str, columns: int, used: str) -> str | None:
    """Another separator by which a line has exactly as many values as there are headings; None where there is none."""
    for char in SEPARATORS:
        if char != used and char in line:
            try:
                row = next(csv.reader([line], delimiter=char), [])
            except csv.Error:
                continue
            if len(row) == columns:
                return char
    return None
