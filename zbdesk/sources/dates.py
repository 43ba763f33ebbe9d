"""Dates as people and programs write them. Pure. The order of day and month is told, never guessed.

A text that can be one date only is taken without being told: ``2026-11-20``, ``25/03/2026``, ``3 Apr 2026``. What
could be two days is refused with both. Invariant: a date that is taken is the one that the writer meant, given that
the file's order is what the person said.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from zbdesk.sources.digits import plain_figures
from zbdesk.sources.months import MONTHS

DateOrder = Literal["YMD", "DMY", "MDY"]
ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(
    r"(?:[T ,]+\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?\s*(?:[AaPp]\.?\s?[Mm]\.?|Uhr|h)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)$"
)
_NUMBERS = re.compile(r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?")
_COMPACT = re.compile(r"\d{8}|\d{6}")
_NAMED = re.compile(r"[\s,./-]+")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_BUDDHIST = range(2500, 2700)
_YEARS = range(1900, 2200)


class BadDate(ValueError):
    """Why this is no date, for the person who wrote it."""


@lru_cache(maxsize=16384)
def parse_day(text: str, order: DateOrder | None) -> date:
    """The day that a text means; a time behind it is left out. Raises ``BadDate`` with a sentence."""
    plain = plain_figures(text)
    plain = _TIME.sub("", plain).strip()
    if (found := _ISO.fullmatch(plain)) is not None:
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if (found := _EAST.fullmatch(plain)) is not None:
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if (found := _NUMBERS.fullmatch(plain)) is not None:
        return _numbers(text, found[1], found[3], found[4], order)
    if _COMPACT.fullmatch(plain):
        return _compact(text, plain, order)
    if _SERIAL.fullmatch(plain):
        raise BadDate(f"“{text}” is a spreadsheet's day number. Format the column as a date and save the file again.")
    return _named(text, plain, order)


def possible_orders(text: str) -> frozenset[DateOrder] | None:
    """The orders in which a text can be read as a date; None for a text that says nothing about it.

    For proposing an order to a person who then decides.
    """
    plain = _TIME.sub("", plain_figures(text)).strip()
    if (found := _NUMBERS.fullmatch(plain)) is None:
        return None
    fits = frozenset(order for order in ORDERS if _reading(found[1], found[3], found[4], order) is not None)
    return fits or None


def _numbers(text: str, first: str, second: str, third: str, order: DateOrder | None) -> date:
    if len(first) == 4:
        return _day(text, int(first), int(second), int(third))
    if order is not None:
        found = _reading(first, second, third, order)
        if found is None:
            raise BadDate(f"“{text}” is no date in the order {_said(order)}. {_other(first, second, third, order)}")
        return found
    readings = {day for one in ORDERS if (day := _reading(first, second, third, one)) is not None}
    if len(readings) == 1:
        return readings.pop()
    if not readings:
        raise BadDate(_no_date(text))
    both = " or ".join(day.isoformat() for day in sorted(readings))
    raise BadDate(f"“{text}” can be {both}. Say in the mapping in which order the file writes day, month and year.")


def _reading(first: str, second: str, third: str, order: DateOrder) -> date | None:
    """The day in this order; None where there is none."""
    parts = dict(zip(order, (first, second, third), strict=True))
    if len(parts["D"]) > 2 or len(parts["Y"]) not in {2, 4}:
        return None
    year = int(parts["Y"])
    if len(parts["Y"]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, int(parts["M"]), int(parts["D"]))
    except ValueError:
        return None


def _other(first: str, second: str, third: str, order: DateOrder) -> str:
    fits = [one for one in ORDERS if one != order and _reading(first, second, third, one) is not None]
    if fits:
        return f"It would fit {' or '.join(_said(one) for one in fits)}: correct the cell, or the mapping's order."
    return "Correct the cell."


def _compact(text: str, plain: str, order: DateOrder | None) -> date:
    if len(plain) == 8 and int(plain[:4]) in _YEARS and order in {None, "YMD"}:
        return _day(text, int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if order is None:
        raise BadDate(f"“{text}” is a date without separators. Say in the mapping in which order the file writes it.")
    widths = {"Y": len(plain) - 4, "M": 2, "D": 2}
    parts, at = [], 0
    for letter in order:
        parts.append(plain[at : at + widths[letter]])
        at += widths[letter]
    found = _reading(parts[0], parts[1], parts[2], order)
    if found is None:
        raise BadDate(f"“{text}” is no date in the order {_said(order)}. Correct the cell.")
    return found


def _named(text: str, plain: str, order: DateOrder | None) -> date:
    words = [word for word in _NAMED.split(plain) if word]
    words = [word for word in words if word.casefold() not in {"de", "del", "of", "the", "г", "den", "r"}]
    if len(words) == 4:
        words = words[1:]  # the day of the week in front
    months = [place for place, word in enumerate(words) if word.casefold() in MONTHS]
    if len(words) != 3 or len(months) != 1:
        raise BadDate(_no_date(text))
    month = MONTHS[words[months[0]].casefold()]
    rest = [_ordinal(word) for place, word in enumerate(words) if place != months[0]]
    if not all(word.isdecimal() for word in rest):
        raise BadDate(_no_date(text))
    first, second = rest
    if len(first) == 4:
        return _day(text, int(first), month, int(second))
    if len(second) == 4:
        return _day(text, int(second), month, int(first))
    if order is None and months[0] == 0:
        order = "MDY"
    pattern: DateOrder = "YMD" if order == "YMD" else "DMY"
    if order is None and int(first) <= 31 and int(second) <= 31:
        raise BadDate(f"“{text}” does not say which of its numbers is the year. Write the year with four digits.")
    parts = (first, str(month), second)
    found = _reading(*parts, pattern)
    if found is None:
        raise BadDate(_no_date(text))
    return found


def _ordinal(word: str) -> str:
    return re.sub(r"^(\d+)(?:st|nd|rd|th|º|er|e|a)$", r"\1", word, flags=re.IGNORECASE)


def _day(text: str, year: int, month: int, day: int) -> date:
    if year in _BUDDHIST:
        raise BadDate(
            f"“{text}” has the year {year}, which is of the Buddhist calendar. Write it as {year - 543} and import "
            "again."
        )
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadDate(_no_date(text)) from None
    if year not in _YEARS:
        raise BadDate(f"“{text}” has the year {year}. Correct the cell.")
    return found


def _no_date(text: str) -> str:
    return f"“{text}” is not a date; write it like 2026-11-20."


def _said(order: DateOrder) -> str:
    words = {"Y": "year", "M": "month", "D": "day"}
    return "-".join(words[letter] for letter in order)


def order_of(text: object) -> DateOrder | None:
    """The order that a mapping names; None for what is none."""
    return next((order for order in ORDERS if order == text), None)
