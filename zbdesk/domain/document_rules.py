"""What a document needs beyond sound values, by module: required fields, lines, sums that must agree.

Rules say what Zoho would refuse anyway, or what it would accept and book wrongly. Each gives (field, sentence) pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from zbdesk.domain.document_names import LINE_TOTAL, LINES, parent_field, remembered_by_module
from zbdesk.domain.module import Module

_NOT_DEMANDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # Without a number Zoho takes the next of its series; money may be on account.
        "creditnotes": frozenset({"creditnote_number"}),
        "customerpayments": frozenset({"invoices"}),
        "projects": frozenset({"user_id"}),
    }
)
_ALSO_DEMANDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "salesorders": (LINES,),
        "bills": (LINES,),
        "vendorcredits": (LINES,),
        "vendorpayments": ("vendor_id",),
    }
)
_APPLIED_TO: Mapping[str, str] = MappingProxyType({"customerpayments": "invoices", "vendorpayments": "bills"})
_CONTACT_TYPES = ("customer", "vendor")
_SAYS_WHAT = ("name", "item", "item_id", "description", "account", "account_id", "header_name")
_SAYS_PRICE = ("rate", LINE_TOTAL, "item", "item_id")
_PRICED = frozenset(
    {"estimates", "salesorders", "invoices", "debit_notes", "creditnotes", "purchaseorders", "bills", "vendorcredits"}
)

Fault = tuple[str, str]


def missing(module: Module, fields: Mapping[str, Any]) -> Iterator[Fault]:
    """What a new record needs and the document does not have; a reference object stands for its id."""
    for name in _needed(module):
        if not _is_given(module, fields, name):
            plain = name.removesuffix("_id")
            word = "line items" if name == LINES else plain.replace("_", " ")
            yield plain, f"The {word} {'are' if name == LINES else 'is'} missing."


@remembered_by_module
def _needed(module: Module) -> tuple[str, ...]:
    parent = parent_field(module)
    needed = dict.fromkeys((*module.required, *_ALSO_DEMANDED.get(module.name, ())))
    if parent is not None:
        needed[parent] = None
    return tuple(name for name in needed if name not in _NOT_DEMANDED.get(module.name, ()))


def _is_given(module: Module, fields: Mapping[str, Any], name: str) -> bool:
    if module.name == "expenses" and name in {"account_id", "amount"} and fields.get(LINES):
        return True  # an itemised expense has them on its lines
    return fields.get(name) is not None or fields.get(name.removesuffix("_id")) is not None


def rule_errors(module: Module, fields: Mapping[str, Any]) -> Iterator[Fault]:
    """What is there and cannot be right."""
    if module.name == "contacts" and fields.get("contact_type") not in _CONTACT_TYPES:
        yield "contact_type", "A contact is a customer or a vendor."
    if module.name in _PRICED:
        yield from _priced_lines(fields)
    if module.name == "journals":
        yield from _journal(fields)
    if module.name in _APPLIED_TO:
        yield from _applied(fields, _APPLIED_TO[module.name])


def _priced_lines(fields: Mapping[str, Any]) -> Iterator[Fault]:
    for place, line in enumerate(fields.get(LINES) or ()):
        # What nearly every line has is asked first.
        if line.get("name") is None and _has_none(line, _SAYS_WHAT):
            yield f"{LINES}[{place}]", "The line does not say what it is for: give an item or a name."
        if line.get("rate") is None and _has_none(line, _SAYS_PRICE):
            yield f"{LINES}[{place}].rate", "A line without an item needs a rate."


def _has_none(line: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(line.get(name) is None for name in names)


def _journal(fields: Mapping[str, Any]) -> Iterator[Fault]:
    balance = Decimal(0)
    for place, line in enumerate(fields.get(LINES) or ()):
        at = f"{LINES}[{place}]"
        if line.get("account") is None and line.get("account_id") is None:
            yield f"{at}.account", "A journal line needs an account."
        if line.get("amount") is None:
            yield f"{at}.amount", "A journal line needs an amount."
        if line.get("debit_or_credit") not in {"debit", "credit"}:
            yield f"{at}.debit_or_credit", "A journal line is a debit or a credit."
        amount = line.get("amount") or Decimal(0)
        balance += amount if line.get("debit_or_credit") == "debit" else -amount
    if balance:
        yield LINES, f"Debits and credits differ by {abs(balance):f}."


def _applied(fields: Mapping[str, Any], name: str) -> Iterator[Fault]:
    amount = fields.get("amount")
    if amount is None:
        return
    if amount <= 0:
        yield "amount", "A payment is greater than zero."
        return
    one = name.removesuffix("s")
    applied = Decimal(0)
    for place, entry in enumerate(fields.get(name) or ()):
        if entry.get(one) is None and entry.get(f"{one}_id") is None:
            yield f"{name}[{place}].{one}", f"Say which {one} this part of the payment is for."
        if entry.get("amount_applied") is None:
            yield f"{name}[{place}].amount_applied", "Say how much of the payment is for it."
        applied += entry.get("amount_applied") or Decimal(0)
    if applied > amount:
        yield name, f"{applied:f} is applied, which is more than the payment of {amount:f}."
