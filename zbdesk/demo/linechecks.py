"""Checks of document lines and journal lines, before anything is changed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zbdesk.demo import answers, ledger
from zbdesk.demo.answers import Refusal
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, amount

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization


def amount_of(name: str, value: object) -> Decimal:
    """An amount, or a refusal that names the field."""
    try:
        return amount(value)
    except ValueError:
        raise answers.invalid_field(name) from None


def known_tax(org: Organization, tax_id: object) -> None:
    """The tax has to exist."""
    if str(tax_id) not in org.taxes:
        raise answers.invalid_field("tax_id")


def merged(record: Record, given: object) -> list[Fields]:
    """A line sent with its id keeps what is not sent; a line not sent at all goes."""
    if not isinstance(given, list):
        raise answers.invalid_field("line_items")
    old = {line.get("line_item_id", ""): line for line in record.get("line_items", None) or []}
    return [{**old.get(str(line.get("line_item_id", "")), {}), **line} for line in given]


def document_lines(org: Organization, module: str, fields: Fields, record: Record | None) -> None:
    """Items, quantities and taxes of a document; normalises in place."""
    lines = fields["line_items"]
    if not isinstance(lines, list) or not lines:
        raise answers.missing_field("line items")
    purchase = module in ledger.VENDOR_SIDE
    contact_id = fields.get("customer_id") or (record.get("customer_id") if record else "")
    contact = org["contacts"].get(str(contact_id or ""))
    for line in lines:
        _line(org, line, purchase=purchase)
        if module == "bills" and not line.get("account_id") and not line.get("item_id"):
            raise Refusal(400, 13009, "Select an account for each line of the bill.")
        if contact is not None and line.get("tax_id"):
            _supply(org, contact, fields, org.taxes[line["tax_id"]].name)


def _line(org: Organization, line: Any, *, purchase: bool) -> None:
    if not isinstance(line, dict):
        raise answers.invalid_field("line_items")
    _item(org, line, purchase=purchase)
    for name in ("rate", "quantity"):
        if name in line:
            line[name] = amount_of(name, line[name])
    if line.get("quantity", Decimal(1)) <= 0:
        raise answers.invalid_field("quantity")
    if line.get("tax_id"):
        known_tax(org, line["tax_id"])


def _item(org: Organization, line: Fields, *, purchase: bool) -> None:
    """A line names an item, or says itself what it is for. The item's rate and tax stand in for missing ones."""
    if not line.get("item_id"):
        if not line.get("name") and not line.get("description") and not line.get("account_id"):
            raise answers.invalid_field("item_id")
        return
    item = org["items"].get(str(line["item_id"]))
    if item is None:
        raise answers.invalid_field("item_id")
    if item.get("status") == "inactive" and not line.get("line_item_id"):
        raise Refusal(
            400, 1001, f"The item “{item.get('name')}” is inactive. Mark it as active to use it in transactions."
        )
    line.setdefault("rate", item.get("purchase_rate" if purchase else "rate"))
    if not purchase:
        line.setdefault("tax_id", item.get("tax_id"))


def _supply(org: Organization, contact: Record, fields: Fields, tax: str) -> None:
    """India: integrated tax between states, central and state tax within one."""
    place = fields.get("place_of_supply") or contact.get("place_of_contact")
    if org.profile.edition != "india" or contact.get("gst_treatment") != "business_gst" or not place:
        return
    home = place == "MH"
    if (tax.startswith("IGST") and home) or (tax.startswith("GST") and not home):
        raise Refusal(
            400, 3032, "The tax does not fit the place of supply: IGST is for other states, CGST and SGST for your own."
        )


def journal_lines(org: Organization, lines: object) -> None:
    """Two sides that balance, on known accounts, without tax."""
    if not isinstance(lines, list) or len(lines) < 2:
        raise answers.missing_field("line items")
    sums = {"debit": ZERO, "credit": ZERO}
    for line in lines:
        account = org["chartofaccounts"].get(str(line.get("account_id", "")))
        if account is None:
            raise answers.invalid_field("account_id")
        if line.get("debit_or_credit") not in sums:
            raise answers.invalid_field("debit_or_credit")
        if line.get("tax_id"):
            raise Refusal(400, 110942, "This tax cannot be used in a journal.")
        line["amount"] = amount_of("amount", line.get("amount"))
        line["account_name"] = account.get("account_name")
        line.setdefault("line_id", org.next_id())
        sums[line["debit_or_credit"]] += line["amount"]
    if sums["debit"] != sums["credit"]:
        raise Refusal(400, 4, "Please ensure that the debits and credits are equal.")
