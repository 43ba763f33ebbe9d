"""What Zoho refuses, before anything is changed: missing and wrong fields, taken numbers and names, closed periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from zbdesk.demo import answers, ledger, linechecks
from zbdesk.demo.answers import Refusal
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import amount
from zbdesk.domain.modules import MODULES

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization

_ALSO = frozenset({"line_items", "custom_fields", "contact_persons", "invoices", "bills", "type"})
_COMPUTED = frozenset({"total", "balance", "sub_total", "tax_total", "status", "created_time", "last_modified_time"})
_NOT_DEMANDED: Mapping[str, frozenset[str]] = {
    "customerpayments": frozenset({"invoices"}),
    "creditnotes": frozenset({"creditnote_number"}),
    "projects": frozenset({"user_id"}),
}
"""Documented as required, yet there is a sensible answer without: money on account, the next number of the series."""

_AMOUNTS = ("amount", "rate", "exchange_rate", "shipping_charge", "adjustment", "bank_charges")
_MOST_NUMBER = 100


def known(module: str, given: Fields) -> Fields:
    """Only fields that can be written; the rest is dropped without a word, as it is there."""
    writable = MODULES[module].write_fields
    if not writable:
        return {name: value for name, value in given.items() if name not in _COMPUTED}
    kept = {name: value for name, value in given.items() if name in writable or name in _ALSO}
    if module == "journals" and "status" in given:
        kept["status"] = given["status"]
    return kept


def creating(org: Organization, module: str, fields: Fields, params: Mapping[str, str]) -> None:
    """All checks of a new record; normalises in place. Raises ``Refusal``."""
    for name in MODULES[module].required:
        if name not in _NOT_DEMANDED.get(module, ()) and fields.get(name) in (None, "", []):
            raise answers.missing_field(name.replace("_", " "))
    if module in ("vendorpayments", "vendorcredits") and not fields.get("vendor_id"):
        raise answers.missing_field("vendor id")
    _parties(org, fields)
    _numbers(org, module, fields, params, None)
    _common(org, module, fields, None)


def updating(org: Organization, module: str, record: Record, fields: Fields, params: Mapping[str, str]) -> Fields:
    """All checks of a change; returns the normalised fields. Raises ``Refusal``."""
    out = dict(fields)
    if (frozen := record.get("date") or record.get("journal_date")) and _is_locked(org, str(frozen)):
        raise _locked(org)
    if "line_items" in out:
        out["line_items"] = linechecks.merged(record, out["line_items"])
    for name in ("customer_id", "vendor_id"):
        if name in out and out[name] != record.get(name):
            _parties(org, {name: out[name]})
    _numbers(org, module, out, params, record)
    _common(org, module, out, record)
    return out


def deleting(org: Organization, module: str, record: Record) -> None:
    """Whether it may go. Raises ``Refusal``."""
    fields = record.fields
    singular = MODULES[module].singular
    covered = any(
        fields.get(name) for name in ("payment_made", "credits_applied", "vendor_credits_applied", "total_credits_used")
    )
    if covered:
        raise Refusal(400, 1010, f"{singular} cannot be deleted because payments or credits are applied to it.")
    if module == "contacts" and org.documents_of(record.id):
        raise Refusal(
            400,
            1010,
            "Customers or vendors involved in transactions cannot be deleted. They can be marked as inactive.",
        )
    if module == "items" and _item_used(org, record.id):
        raise Refusal(
            400, 1010, "Items which are a part of other transactions cannot be deleted. They can be marked as inactive."
        )
    if (day := fields.get("date") or fields.get("journal_date")) and _is_locked(org, str(day)):
        raise _locked(org)


def _item_used(org: Organization, item_id: str) -> bool:
    return any(
        line.get("item_id") == item_id
        for module in sorted(ledger.DOCUMENTS)
        for record in org[module]
        for line in record.get("line_items", None) or ()
    )


# -- parts ------------------------------------------------------------------------------------------------------------


def _parties(org: Organization, fields: Fields) -> None:
    for name, kind in (("customer_id", "customer"), ("vendor_id", "vendor")):
        if not fields.get(name):
            continue
        contact = org["contacts"].get(str(fields[name]))
        if contact is None:
            raise answers.invalid_field(name)
        if contact.get("contact_type") != kind:
            raise answers.invalid_field(name)
        if contact.get("status") == "inactive":
            raise Refusal(400, 1001, f"The {kind} is inactive. Mark it as active to use it in transactions.")


def _numbers(org: Organization, module: str, fields: Fields, params: Mapping[str, str], record: Record | None) -> None:
    if module == "contacts" and "contact_name" in fields:
        name = str(fields["contact_name"]).strip()
        if _taken(org[module], "contact_name", name, record):
            raise Refusal(
                400, 3062, f"The customer or vendor “{name}” already exists. Please specify a different name."
            )
    elif module == "chartofaccounts" and _taken(org[module], "account_name", fields.get("account_name"), record):
        raise Refusal(400, 11002, "An account with this name already exists.")
    elif module == "items" and _taken(org[module], "sku", fields.get("sku"), record):
        raise Refusal(400, 1001, f"An item with the SKU “{fields['sku']}” already exists.")
    elif module == "bills" and fields.get("bill_number"):
        vendor = fields.get("vendor_id") or (record.get("vendor_id") if record else "")
        same = (bill for bill in org["bills"] if bill.get("vendor_id") == vendor)
        if _taken(same, "bill_number", fields["bill_number"], record):
            raise Refusal(400, 13011, "A bill with this number has already been created for this vendor.")
    elif MODULES[module].own_number_flag:
        _own_number(org, module, fields, params, record)


def _own_number(
    org: Organization, module: str, fields: Fields, params: Mapping[str, str], record: Record | None
) -> None:
    name = ledger.number_field(module)
    number = fields.get(name)
    if number in (None, "") or (record is not None and number == record.get(name)):
        fields.pop(name, None)
        return
    if params.get("ignore_auto_number_generation") != "true":
        raise Refusal(
            400, 4097, "Numbers are generated automatically. Turn that off for this record to give your own number."
        )
    if len(str(number)) > _MOST_NUMBER:
        raise answers.invalid_field(name)
    if _taken(org[module], name, number, record):
        raise Refusal(400, 1001, f"The number “{number}” already exists. Please give another one.")


def _taken(records: Iterable[Record], name: str, value: object, record: Record | None) -> bool:
    folded = str(value or "").strip().casefold()
    return bool(folded) and any(
        one is not record and str(one.get(name)).strip().casefold() == folded for one in records
    )


def _common(org: Organization, module: str, fields: Fields, record: Record | None) -> None:
    """What holds for new and changed records alike."""
    _plain_values(org, fields)
    if fields.get("currency_id"):
        _currency(org, fields)
    if "custom_fields" in fields:
        fields["custom_fields"] = _custom_fields(org, module, fields["custom_fields"], record)
    if module in ledger.DOCUMENTS and "line_items" in fields:
        linechecks.document_lines(org, module, fields, record)
    elif module == "journals" and "line_items" in fields:
        linechecks.journal_lines(org, fields["line_items"])
    elif module == "expenses":
        _accounts(org, fields)
    elif module == "items" and fields.get("tax_id"):
        linechecks.known_tax(org, fields["tax_id"])


def _plain_values(org: Organization, fields: Fields) -> None:
    for name, value in fields.items():
        if value in ("", None):
            continue
        if name == "date" or name.endswith("_date"):
            _day(name, value)
        elif name in _AMOUNTS:
            linechecks.amount_of(name, value)
    for name in ("date", "journal_date"):
        if fields.get(name) and _is_locked(org, str(fields[name])):
            raise _locked(org)
    if fields.get("exchange_rate") not in ("", None) and amount(fields["exchange_rate"]) <= 0:
        raise answers.invalid_field("exchange_rate")


def _day(name: str, value: object) -> None:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        raise answers.invalid_field(name) from None


def _is_locked(org: Organization, day: str) -> bool:
    return org.locked_until is not None and day <= org.locked_until.isoformat()


def _locked(org: Organization) -> Refusal:
    return Refusal(400, 110900, f"Transactions dated on or before {org.locked_until} are locked and cannot be changed.")


def _currency(org: Organization, fields: Fields) -> None:
    found = org["currencies"].get(str(fields["currency_id"]))
    if found is None:
        raise answers.invalid_field("currency_id")
    fields["currency_code"] = found.get("currency_code")


def _accounts(org: Organization, fields: Fields) -> None:
    for name in ("account_id", "paid_through_account_id"):
        if fields.get(name):
            account = org["chartofaccounts"].get(str(fields[name]))
            if account is None:
                raise answers.invalid_field(name)
            fields[name.replace("_id", "_name")] = account.get("account_name")
    if fields.get("tax_id"):
        linechecks.known_tax(org, fields["tax_id"])


def _custom_fields(org: Organization, module: str, given: object, record: Record | None) -> list[Fields]:
    """Each as it will be shown; those not named stay. Raises ``Refusal`` for an unknown one or a taken unique value."""
    if not isinstance(given, list):
        raise answers.invalid_field("custom_fields")
    out = {one["customfield_id"]: one for one in (record.get("custom_fields", None) or [] if record else [])}
    for one in given:
        names = (one.get("customfield_id"), one.get("api_name"), one.get("label"))
        field = next((found for name in names if name and (found := org.custom_field(module, str(name)))), None)
        if field is None:
            raise answers.invalid_field("custom_fields")
        value = one.get("value", "")
        if field.unique and value and _custom_taken(org, module, field.api_name, value, record):
            raise Refusal(400, 1001, f"The value “{value}” of {field.label} is already in use.")
        out[field.customfield_id] = field.shown(value)
    return list(out.values())


def _custom_taken(org: Organization, module: str, api_name: str, value: object, record: Record | None) -> bool:
    return any(
        one is not record
        and any(
            cf.get("api_name") == api_name and cf.get("value") == value for cf in one.get("custom_fields", None) or ()
        )
        for one in org[module]
    )
