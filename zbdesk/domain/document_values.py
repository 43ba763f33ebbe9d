"""One value of a document, checked and brought into one form: amounts ``Decimal``, dates ISO text, text trimmed.

What kind a value is follows from its field's name, as in ``canonical``. Invariant: what is accepted here survives the
way through JSON, Zoho and back without a digit lost.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from zbdesk.domain.canonical import field_value
from zbdesk.domain.dates import parse_date
from zbdesk.domain.money import to_scaled

_MUST_BE_POSITIVE = frozenset({"quantity", "exchange_rate", "amount_applied"})
_MOST_NUMBER = 100
_MOST_RATE_DECIMALS = 12
_SURELY_STORABLE = 12
"""Characters of an amount with at most six decimals that fits any column."""


class BadValue(ValueError):
    """A value that cannot be what its field wants; the text is for the person who gave it."""


def scalar(name: str, value: object) -> object:
    """The value in its one form; None for everything empty. Raises ``BadValue``."""
    if type(value) is str:
        return _remembered_text(name, value)
    if type(value) is Decimal:
        return _number_as_it_is(name, value)
    return _scalar(name, value)


@lru_cache(maxsize=1 << 15)
def _remembered_text(name: str, value: str) -> object:
    """Files repeat themselves: a hundred thousand lines have a few hundred different names, taxes and dates."""
    return _scalar(name, value)


def _number_as_it_is(name: str, value: Decimal) -> object:
    """An amount that is in its one form already, seen by its digits: most are, and checking them all takes longer."""
    digits = str(value)
    if value and len(digits) <= _SURELY_STORABLE and is_number(name):
        whole, point, fraction = digits.partition(".")
        if whole.isdecimal() and (not point or (fraction.isdecimal() and fraction[-1] != "0" and len(fraction) <= 6)):
            return value
    return _scalar(name, value)


def _scalar(name: str, value: object) -> object:
    if isinstance(value, float):
        raise BadValue("An amount arrived as a binary fraction and has lost digits; give it as text.")
    if isinstance(value, list | tuple | dict):
        raise BadValue("One value is wanted here, not a list or an object.")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if is_number(name):
        return _number(name, value)
    if name.endswith("date"):
        return _date(value)
    if isinstance(field_value(name, "true"), bool):
        return _flag(name, value)
    return _text(name, value)


@lru_cache(maxsize=4096)
def is_number(name: str) -> bool:
    """Whether the field holds an amount, a rate or a quantity."""
    return name == "total" or isinstance(field_value(name, "1"), Decimal)


def _number(name: str, value: object) -> object:
    # ``total`` is the one amount of a document that Zoho's fields do not have.
    number = None if isinstance(value, bool) else field_value("amount" if name == "total" else name, value)
    if isinstance(number, str) and name == "discount" and number.endswith("%"):
        return _percentage(number)
    if not isinstance(number, Decimal) or not number.is_finite():
        raise BadValue(f"“{value}” is not an amount; write it like 1234.50.")
    if name in _MUST_BE_POSITIVE and number <= 0:
        raise BadValue(f"“{value}” must be greater than zero.")
    return _storable(name, number)


def _storable(name: str, number: Decimal) -> Decimal:
    if name == "exchange_rate":
        if number.adjusted() > _MOST_RATE_DECIMALS or _decimals(number) > _MOST_RATE_DECIMALS:
            raise BadValue(f"“{number}” has more than {_MOST_RATE_DECIMALS} decimals or is too large.")
        return number
    try:
        to_scaled(number)
    except ValueError:
        raise BadValue(f"“{number}” has more than six decimals or is too large.") from None
    return number


def _decimals(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)


def _percentage(text: str) -> str:
    share = field_value("discount", text[:-1])
    if not isinstance(share, Decimal) or not 0 <= share <= 100:
        raise BadValue(f"“{text}” is not a percentage between 0 % and 100 %.")
    return f"{share:f}%"


def _date(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    day = parse_date(value) if isinstance(value, str) else None
    if day is None:
        raise BadValue(f"“{value}” is not a date; write it like 2026-11-20.")
    return day.isoformat()


def _flag(name: str, value: object) -> bool:
    flag = field_value(name, value)
    if not isinstance(flag, bool):
        raise BadValue(f"“{value}” is neither true nor false.")
    return flag


def _text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadValue("Text is wanted here.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise BadValue("Text is wanted here.")
    text = str(field_value(name, value)) if not isinstance(value, str) else value.replace("\r\n", "\n").strip()
    if name.endswith("_number") and len(text) > _MOST_NUMBER:
        raise BadValue(f"A number has at most {_MOST_NUMBER} characters.")
    return text
