"""Which names a document of a module may hold, and where a reference in it leads.

A document has Zoho's own write-field names. Wherever Zoho wants an id (``customer_id``), an object under the name
without ``_id`` may name the record instead. Invariant: a name that is accepted here is one that can be sent, or stands
for one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar

from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.catalogue.words import word_set, words
from zbdesk.domain.module import Module

REFERENCE_KEYS = words("source_id local_id email number name code")
"""What an object in the place of an id may hold, exactly one of them."""

PERSON_FIELDS = words("salutation first_name last_name email phone mobile designation department")
"""What a contact document may give beside ``contact_persons``: it is the primary contact person's."""

OBJECTS = word_set("address billing_address shipping_address communication_preference")
"""Nested values that are one object; every other nested value with known members is a list of them."""

UNDESCRIBED = word_set(
    """
    approvers associated_series_ids check_details default_templates item_custom_fields locations payment_options
    purchaseorder_ids serial_numbers time_entry_ids user_ids
    """
)
"""Nested values whose members are not described here: they are passed on as they are."""

CUSTOM_KEYS = words("customfield_id api_name label index")
"""How a custom field may be named, the surest first; the order is that of ``canonical``."""

LINES = "line_items"
LINE_KEY = "source_line_id"
LINE_TOTAL = "item_total"
"""What the source says that a line comes to. Never sent: Zoho works it out; see ``one_line_quantity_one``."""

_LEADS_TO: Mapping[str, str] = MappingProxyType(
    {
        "account_id": "chartofaccounts",
        "bill_id": "bills",
        "contact_id": "contacts",
        "creditnote_id": "creditnotes",
        "currency_id": "currencies",
        "customer_id": "contacts",
        "delivery_customer_id": "contacts",
        "discount_account_id": "chartofaccounts",
        "estimate_id": "estimates",
        "expense_id": "expenses",
        "from_account_id": "bankaccounts",
        "inventory_account_id": "chartofaccounts",
        "invoice_id": "invoices",
        "invoiced_estimate_id": "estimates",
        "item_id": "items",
        "location_id": "locations",
        "paid_through_account_id": "chartofaccounts",
        "parent_account_id": "chartofaccounts",
        "project_id": "projects",
        "purchase_account_id": "chartofaccounts",
        "recurring_bill_id": "recurringbills",
        "recurring_invoice_id": "recurringinvoices",
        "reference_invoice_id": "invoices",
        "reverse_charge_tax_id": "taxes",
        "salesorder_id": "salesorders",
        "tax_id": "taxes",
        "tds_tax_id": "taxes",
        "vendor_id": "contacts",
    }
)


P = ParamSpec("P")
T = TypeVar("T")


def remembered_by_module(function: Callable[Concatenate[Module, P], T]) -> Callable[Concatenate[Module, P], T]:
    """Ask a question about a module once: declarations never change, and documents come by the hundred thousand.

    By the identity of the declaration, since two of one name may differ (in tests they do).
    """
    known: dict[tuple[int, Hashable], tuple[Module, T]] = {}

    def remembering(module: Module, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (id(module), (args, tuple(kwargs.items())) if kwargs else args)
        found = known.get(key)
        if found is None or found[0] is not module:
            found = known[key] = (module, function(module, *args, **kwargs))
        return found[1]

    remembering.__doc__ = function.__doc__
    return remembering


@remembered_by_module
def leads_to(module: Module, id_field: str, inside: str = "") -> str | None:
    """The module whose ids a field holds; None where zbdesk has no such module. ``inside``: the list it stands in."""
    declared = {} if inside else dict(module.references)
    return declared.get(id_field) or _LEADS_TO.get(id_field)


def parent_field(module: Module) -> str | None:
    """The field that names the record under which this one is written; None for a record of its own."""
    if module.parent is None:
        return None
    return next((name for name, target in module.references if target == module.parent), None)


@remembered_by_module
def top_names(module: Module) -> frozenset[str]:
    """The names at the top of a document: what can be written, and what stands for it or is only ours."""
    names = set(module.write_fields - {"ignore_auto_number_generation"})
    if (parent := parent_field(module)) is not None:
        names.add(parent)
    names |= {name.removesuffix("_id") for name in names if name.endswith("_id") and leads_to(module, name)}
    if LINES in names:
        names.add("total")
    if module.name == "contacts":
        names.update(PERSON_FIELDS)
    return frozenset(names)


@remembered_by_module
def entry_names(module: Module, inside: str) -> frozenset[str]:
    """The names in one entry of a nested value."""
    names = set(MEMBERS[inside])
    names |= {name.removesuffix("_id") for name in names if name.endswith("_id") and leads_to(module, name, inside)}
    if inside == LINES:
        names.update((LINE_KEY, LINE_TOTAL))
    return frozenset(names)


@remembered_by_module
def stands_for_id(module: Module, name: str, inside: str = "") -> bool:
    """Whether this name takes an object in the place of an id."""
    allowed = MEMBERS[inside] if inside else module.write_fields | {parent_field(module)}
    id_field = f"{name}_id"
    return id_field in allowed and name not in allowed and leads_to(module, id_field, inside) is not None


@remembered_by_module
def reference_targets(module: Module, inside: str = "") -> Mapping[str, tuple[str, str]]:
    """The names that take an object in the place of an id, at the top or in the entries of a list.

    Each with the field that will hold the id, and the module where the record lives.
    """
    names = entry_names(module, inside) if inside else top_names(module)
    return {
        name: (f"{name}_id", leads_to(module, f"{name}_id", inside) or "")
        for name in names
        if stands_for_id(module, name, inside)
    }


def is_reference(module: Module, name: str, value: object, inside: str = "") -> bool:
    """Whether this member of a stored document is such an object."""
    return isinstance(value, Mapping) and stands_for_id(module, name, inside)


def twin_of(name: str, value: object) -> str:
    """The other spelling of the same reference: ``customer`` for an id, ``customer_id`` for an object; else nothing."""
    if type(value) is not str and isinstance(value, Mapping):
        return f"{name}_id"
    return name.removesuffix("_id") if name.endswith("_id") else ""


def unknown(name: str, allowed: Collection[str], where: str) -> str:
    """What to say about a name that is none: the one that was probably meant, where there is one."""
    near = get_close_matches(name, sorted(allowed), 1)
    hint = f"Did you mean “{near[0]}”?" if near else "Leave it out: Zoho Books has no such field to write."
    return f"{where} have no field “{name}”. {hint}"
