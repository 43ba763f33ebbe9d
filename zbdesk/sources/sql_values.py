"""What a database gives as cells, and where the next reading begins. Pure.

No float leaves this module: one that a database gives is made exact, or the cell says that it has lost digits.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zbdesk.sources.base import BadCell, CellValue
from zbdesk.sources.sql_errors import MixedMark
from zbdesk.sources.sql_statement import Flavour

_EXACT_DIGITS = 15


def cell(value: Any) -> CellValue:  # noqa: PLR0911 - one case a kind
    """One value of a row as a cell."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return value if value.is_finite() else BadCell(str(value), "This is not a number. Let the query leave it out.")
    if isinstance(value, float):
        return _exact(value)
    if isinstance(value, date | datetime | time):
        return value
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return BadCell("(binary)", "The database gives bytes here. Let the query turn them into text with CAST.")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _exact(value: float) -> CellValue:
    """The decimal that the float was written as. Beyond 15 digits nobody knows it any more."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return BadCell(str(value), "This is not a number. Let the query leave it out.")
    if len(number.normalize().as_tuple().digits) > _EXACT_DIGITS:
        return BadCell(
            repr(value),
            "The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).",
        )
    return number.quantize(Decimal(1)) if number == number.to_integral_value() and abs(number) < 10**15 else number


def kind_of(value: CellValue) -> str:
    """The kind of a cell in words, for a preview."""
    if value is None:
        return ""
    for kind, word in (
        (BadCell, "not usable"),
        (bool, "yes or no"),
        (int, "whole number"),
        (Decimal, "amount"),
        (datetime, "date and time"),
        (date, "date"),
        (time, "time"),
    ):
        if isinstance(value, kind):
            return word
    return "text"


class Watermark:
    """The greatest value of one column while rows go by."""

    def __init__(self, column: str) -> None:
        self._column = column
        self._greatest: Any = None

    def see(self, value: CellValue) -> None:
        """Another value; empty ones count for nothing. Raises ``MixedMark``."""
        if value is None:
            return
        if isinstance(value, bool | BadCell | time):
            raise MixedMark(self._column)
        if self._greatest is None:
            self._greatest = value
            return
        if _letter(value) != _letter(self._greatest) and {_letter(value), _letter(self._greatest)} != {"i", "n"}:
            raise MixedMark(self._column)
        try:
            self._greatest = max(self._greatest, value)
        except TypeError as error:  # a time with a zone and one without
            raise MixedMark(self._column) from error

    def mark(self, before: str | None) -> str | None:
        """Where the next reading begins; where there was no row, as before."""
        if self._greatest is None:
            return before
        value = self._greatest
        return f"{_letter(value)}:{value.isoformat() if isinstance(value, date) else value}"


def _letter(value: object) -> str:
    if isinstance(value, datetime):
        return "t"
    if isinstance(value, date):
        return "d"
    if isinstance(value, int):
        return "i"
    return "n" if isinstance(value, Decimal) else "s"


def bound(mark: str) -> object:
    """The value behind a mark, as it is bound to ``:since``. What has no kind is a number or text as it looks."""
    letter, colon, text = mark.partition(":")
    if colon and letter in {"t", "d", "i", "n", "s"} and len(letter) == 1:
        try:
            return _typed(letter, text)
        except (ValueError, ArithmeticError):
            return mark
    stripped = mark.strip()
    return int(stripped) if stripped.removeprefix("-").isdecimal() and stripped.isascii() else mark


def _typed(letter: str, text: str) -> object:
    if letter == "t":
        return datetime.fromisoformat(text)
    if letter == "d":
        return date.fromisoformat(text)
    if letter == "i":
        return int(text)
    return Decimal(text) if letter == "n" else text


def for_driver(value: object, flavour: Flavour) -> object:
    """The value as the driver binds it: SQLite compares amounts as numbers and knows dates only as text."""
    if flavour is Flavour.SQLITE:
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime | date):
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return value


def beginnings(flavour: Flavour) -> tuple[object, ...]:
    """Values below everything for a first reading, the likeliest first; none where the server has no such value."""
    lowest = -(2**63)
    if flavour is Flavour.SQLITE:
        return (lowest,)  # below every number, and as text below every digit and letter
    return ("-infinity", lowest) if flavour is Flavour.POSTGRES else ()
