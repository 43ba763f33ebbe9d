"""A payload as comparable fields: what two sides of a record are held against each other by. Pure.

Zoho sends the same value in several forms (number, text or ``""``; a flag as ``"true"``); here each has one. Only the
fields that a module declares as writable are kept: totals, balances and stamps are Zoho's own and never clash.
Invariant: two payloads that mean the same to an accountant give equal fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.catalogue.words import word_set
from zbdesk.domain.dates import parse_date, parse_stamp
from zbdesk.domain.module import Module

FieldValue: TypeAlias = "str | Decimal | date | datetime | bool | tuple[FieldValue, ...] | None"
"""None stands for everything empty: absent, null, ``""`` and an empty list. Objects are sorted (name, value) pairs."""

_NUMBERS = word_set(
    """
    adjustment amount amount_applied budget_amount budget_hours cost_rate credit_limit dep_start_value discount
    distance end_reading exchange_rate initial_stock initial_stock_rate item_total mileage_rate opening_balance_amount
    payment_terms price_precision purchase_rate quantity rate reorder_level repeat_every salvage_value start_reading
    tax_percentage total_life
    """
)
_NUMBER_ENDINGS = ("_amount", "_charge", "_charges", "_percentage", "_withheld")
_FLAG = re.compile(
    r"(is|has|can|allow|accept|include|track|show|enable)_|(show_on_dashboard|start_timer|track_1099|.*_default)$"
)
_WORDS = {"true": True, "false": False}
_IN_ORDER = "line_items"


def canonical(module: Module, payload: Mapping[str, object]) -> dict[str, FieldValue]:
    """The writable fields of ``payload`` that are in it, each in its one comparable form.

    A field that the payload lacks is absent here too: a list row says nothing about line items. Amounts are
    ``Decimal``, dates ``date``, stamps aware UTC, text trimmed; line items count as one field and keep their order,
    other lists have none. Raises ``TypeError`` for a float: whoever parsed it has already lost digits.
    """
    return {name: field_value(name, payload[name]) for name in sorted(module.write_fields & payload.keys())}


def field_value(name: str, value: object) -> FieldValue:
    """One field in its comparable form; what kind it is follows from its name, since Zoho's types do not hold."""
    if isinstance(value, Mapping):
        return _members(name, value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return _entries(name, value)
    return _scalar(name, value)


def _entries(name: str, entries: Sequence[object]) -> FieldValue:
    if name == "custom_fields":
        return _custom_fields(entries)
    values = [value for entry in entries if (value := field_value(name, entry)) is not None]
    return (tuple(values) if name == _IN_ORDER else tuple(sorted(values, key=repr))) or None


def _members(name: str, members: Mapping[str, object]) -> FieldValue:
    content = MEMBERS.get(name, members.keys())
    return _pairs((member, field_value(member, members[member])) for member in content & members.keys())


def _custom_fields(entries: Iterable[object]) -> FieldValue:
    """Id and value of each; label, position and formatted copies are the organization's settings, not content."""
    return _pairs(
        (_custom_key(entry), _scalar("", entry.get("value"))) for entry in entries if isinstance(entry, Mapping)
    )


def _custom_key(entry: Mapping[str, object]) -> str:
    names = ("customfield_id", "custom_field_id", "api_name", "label", "index")
    return next((str(key) for name in names if (key := entry.get(name))), "")


def _pairs(pairs: Iterable[tuple[str, FieldValue]]) -> FieldValue:
    return tuple(sorted(((key, value) for key, value in pairs if value is not None), key=repr)) or None


def _scalar(name: str, value: object) -> FieldValue:
    match value:
        case None:
            return None
        case bool():
            return value
        case float():
            raise TypeError(f"{name} is a float; amounts must be parsed as Decimal")
        case int() | Decimal():
            return _from_number(name, Decimal(value))
        case datetime() | date():
            return value
        case _:
            return _from_text(name, str(value).replace("\r\n", "\n").strip())


def _from_number(name: str, number: Decimal) -> FieldValue:
    """A number, or its plain digits where the field is text by nature: ids, references, telephone numbers."""
    if _is_flag(name) and number in {0, 1}:
        return bool(number)
    return shortest(number) if _is_number(name) else f"{shortest(number):f}"


def _from_text(name: str, text: str) -> FieldValue:
    if not text:
        return None
    if _is_number(name):
        return _number(text)
    if _is_flag(name):
        return _WORDS.get(text.casefold(), text)
    if name.endswith("date"):
        return parse_date(text) or text
    return parse_stamp(text) or text if name.endswith("_time") else text


def _number(text: str) -> FieldValue:
    """``12.50`` as an amount; ``12.5%`` stays text, the one other thing that a discount may be."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return shortest(number) if number.is_finite() else text


def shortest(number: Decimal) -> Decimal:
    """The number without zeros at its end: equal amounts must also look and sort the same."""
    digits = f"{number:f}"
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits) if number else Decimal(0)


def _is_number(name: str) -> bool:
    return name in _NUMBERS or name.endswith(_NUMBER_ENDINGS)


def _is_flag(name: str) -> bool:
    return _FLAG.match(name) is not None
