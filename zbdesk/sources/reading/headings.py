"""Which row holds the headings, and how headings are named and found. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from zbdesk.sources.base import BadCell, CellValue
from zbdesk.sources.digits import visible

LOOKED_AT = 40
"""Rows among which the headings are looked for."""

_FIGURE = re.compile(r"[-+(]?[\d.,'\s]*\d[\d.,'\s)]*%?")


def text_of(cell: CellValue) -> str:
    """A cell as a person sees it, trimmed."""
    if cell is None:
        return ""
    if isinstance(cell, BadCell):
        return cell.shown
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return visible(cell) if isinstance(cell, str) else str(cell)


def key(heading: str) -> str:
    """What headings are compared by: case, invisible marks, spaces and line breaks aside."""
    return visible(heading).casefold()


def column_letter(place: int) -> str:
    """The spreadsheet's letters for a column, from position 0: A, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def distinct(headings: Sequence[str]) -> list[str]:
    """A name for each column that means it alone: “Column C” for an empty one, “Amount (2)” for a repeated one."""
    taken: set[str] = set()
    names = []
    for place, heading in enumerate(headings):
        plain = heading or f"Column {column_letter(place)}"
        name, number = plain, 1
        while key(name) in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(key(name))
        names.append(name)
    return names


def find(rows: Sequence[Sequence[CellValue]], wanted: Collection[str] = ()) -> int | None:
    """Index of the heading row among the first rows; None where nothing is in any of them.

    Where a mapping's headings are known, the row that has most of them; else the first row of several different texts
    that is as wide as what follows.
    """
    filled = [[text_of(cell) for cell in row] for row in rows[:LOOKED_AT]]
    keys = {key(one) for one in wanted}
    if keys:
        hits = [len(keys & {key(text) for text in row if text}) for row in filled]
        if hits and max(hits) > 0:
            return hits.index(max(hits))
    widths = [sum(bool(text) for text in row) for row in filled]
    widest = max(widths, default=0)
    if widest == 0:
        return None
    for index, row in enumerate(filled):
        if widths[index] >= max(1, (widest + 1) // 2) and _looks_like_headings(row, rows[index]):
            return index
    return next(index for index, width in enumerate(widths) if width)


def _looks_like_headings(texts: Sequence[str], cells: Sequence[CellValue]) -> bool:
    said = [text for text in texts if text]
    if any(isinstance(cell, date) or (isinstance(cell, (int, float)) and not isinstance(cell, bool)) for cell in cells):
        return False
    figures = sum(_FIGURE.fullmatch(text) is not None for text in said)
    return figures == 0 and len({key(text) for text in said}) * 2 > len(said)
