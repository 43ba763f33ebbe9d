"""What a person typed, as a value: amounts in the organization's way of writing, dates in any clear way.

Pure. Refuses what could be read in two ways instead of guessing. Invariant: no float; what is shown by ``Formats`` is
read back as the same value.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication

from zbdesk.ui.formats import END_ISOLATE, ISOLATE, MINUS, Formats, decimals_of

_DIGITS = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_NUMBERS = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$")
_WORDS = re.compile(r"^(\d{1,2})[ .-]*([^\W\d_]+)\.?[ ,.-]*(\d{4})$")


class NotClear(ValueError):
    """What was typed cannot be taken; the text says what to type instead."""


def amount(text: str, formats: Formats, currency: str | None = None, *, places: int | None = None) -> Decimal | None:
    """The amount; None for nothing. Raises ``NotClear`` for words and for more decimals than the currency has."""
    rule = formats.grouping
    bare = text.strip().replace(ISOLATE, "").replace(END_ISOLATE, "")
    if not bare:
        return None
    if currency and bare.upper().startswith(currency):
        bare = bare[len(currency) :]
    bare = re.sub(r"\s", "", bare).replace(MINUS, "-")
    if bare.startswith("(") and bare.endswith(")") and bare[1:2].isdigit():
        bare = f"-{bare[1:-1]}"  # as accountants write it, and as it may be shown
    whole, point, fraction = bare.partition(rule.decimal)
    if rule.mark and not rule.mark.isspace():
        if rule.mark in fraction:
            raise NotClear(_amount_words(formats, currency))
        whole = whole.replace(rule.mark, "")
    plain = f"{whole}.{fraction}" if point else whole
    if not _DIGITS.fullmatch(plain):
        raise NotClear(_amount_words(formats, currency))
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise NotClear(_amount_words(formats, currency)) from error
    most = places if places is not None else decimals_of(currency) if currency else 6
    if len(fraction.rstrip("0")) > most:
        words = _tr("%1 has %2 decimals.") if currency else _tr("At most %2 decimals.")
        raise NotClear(words.replace("%1", currency or "").replace("%2", str(most)))
    return value


def day(text: str, formats: Formats, today: date) -> str | None:
    """The date as yyyy-mm-dd; None for nothing. Raises ``NotClear`` for two-digit years and unclear orders."""
    bare = " ".join(text.replace(ISOLATE, "").replace(END_ISOLATE, "").split())
    if not bare:
        return None
    if bare.casefold() in {"t", "today", _tr("today").casefold()}:
        return today.isoformat()
    found = _WORDS.match(bare)
    if found is not None:
        month = _month(found[2], formats)
        return _made(int(found[3]), month, int(found[1]), formats, today)
    found = _NUMBERS.match(bare)
    if found is None:
        raise NotClear(_day_words(formats, today))
    first, second, third = found[1], int(found[2]), found[3]
    if len(first) == 4:
        return _made(int(first), second, int(third), formats, today)
    if len(third) != 4:
        raise NotClear(_tr("Enter the year with four digits."))
    if int(first) <= 12 and second <= 12 and int(first) != second:
        one = formats.day(date(int(third), second, int(first)))
        other = formats.day(date(int(third), int(first), second))
        raise NotClear(_tr("Is it %1 or %2? Enter the month in letters.").replace("%1", one).replace("%2", other))
    month, number = (second, int(first)) if second <= 12 else (int(first), second)
    return _made(int(third), month, number, formats, today)


def _month(word: str, formats: Formats) -> int:
    wanted = word.casefold()
    for number in range(1, 13):
        short = formats.day(date(2024, number, 1)).split(" ")[1].rstrip(".").casefold()
        if wanted.startswith(short) or (short.startswith(wanted) and len(wanted) >= 3):
            return number
    return 0


def _made(year: int, month: int, number: int, formats: Formats, today: date) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError as error:
        raise NotClear(_day_words(formats, today)) from error


def _amount_words(formats: Formats, currency: str | None) -> str:
    example = formats.amount(Decimal("1150.00"), currency)
    return _tr("Enter an amount, for example %1.").replace("%1", example)


def _day_words(formats: Formats, today: date) -> str:
    return _tr("Enter a date, for example %1.").replace("%1", formats.day(today))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Parsing", text)
