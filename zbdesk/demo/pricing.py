"""Amounts of what has no document lines: expenses and journals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zbdesk.demo.collection import Fields
from zbdesk.demo.figures import ZERO, amount, rounded

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization


def price_expense(org: Organization, fields: Fields) -> None:
    """Net, tax and total of an expense, tax included or on top."""
    if "amount" not in fields:
        return
    precision = org.precision(fields.get("currency_code") or org.profile.currency_code)
    tax = org.taxes.get(fields.get("tax_id", ""))
    percentage = tax.percentage if tax is not None else ZERO
    given = amount(fields["amount"])
    if fields.get("is_inclusive_tax"):
        given = rounded(given * 100 / (100 + percentage), precision)
        charged = amount(fields["amount"]) - given
    else:
        charged = rounded(given * percentage / 100, precision)
    rate = amount(fields.get("exchange_rate") or 1)
    fields.update(
        sub_total=given, total_without_tax=given, tax_amount=charged, total=given + charged, tax_percentage=percentage
    )
    fields["tax_name"] = tax.name if tax is not None else ""
    base = org.precision(org.profile.currency_code)
    fields["bcy_total"] = rounded((given + charged) * rate, base)
    fields["bcy_total_without_tax"] = rounded(given * rate, base)


def price_journal(fields: Fields) -> None:
    """A journal's total is the sum of one side."""
    total = sum((line["amount"] for line in fields.get("line_items") or [] if line["debit_or_credit"] == "debit"), ZERO)
    fields["total"] = fields["line_item_total"] = total
    fields["bcy_total"] = total * amount(fields.get("exchange_rate") or 1)
