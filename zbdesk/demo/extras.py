"""Addresses beside the modules: item details by many ids, vendors, and what is listed below one record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zbdesk.demo import answers, faces, listing, refunds
from zbdesk.demo.collection import Fields, Record

if TYPE_CHECKING:
    from zbdesk.demo.options import DemoOptions
    from zbdesk.demo.organization import Organization

_SCOPES = {"/itemdetails": "settings", "/vendors": "contacts", "/users/me": "settings"}
_MOST_ITEMS = 100


def known(path: str) -> bool:
    """Whether the address is one of these."""
    return path.rstrip("/") in _SCOPES


def scope(path: str) -> str:
    """The permission it needs (READ)."""
    return _SCOPES[path.rstrip("/")]


def answer(org: Organization, path: str, params: Mapping[str, str], options: DemoOptions) -> bytes:
    """The encoded answer. Raises ``Refusal``."""
    if path.startswith("/vendors"):
        return listing.page(
            org, faces.FACES["contacts"], {**params, "filter_by": "Status.Vendors"}, options, None, listing.Mangle()
        )
    wanted = [one for one in params.get("item_ids", "").split(",") if one]
    if not wanted or len(wanted) > _MOST_ITEMS:
        raise answers.invalid_parameter("item_ids")
    found = [org["items"].get(one) for one in wanted]
    return answers.success("items", [faces.detail(org, "items", item) for item in found if item is not None])


def below(org: Organization, module: str, record: Record, rest: str) -> bytes:  # noqa: PLR0911 - one line an address
    """What stands below a record. Raises ``Refusal`` for what is not served."""
    if module == "invoices" and rest == "payments":
        return answers.success("payments", _payments(org, record))
    if module == "invoices" and rest == "creditsapplied":
        return answers.success("credits", _credits(org, record))
    if module == "bills" and rest == "payments":
        return answers.success("payments", faces.detail(org, "bills", record)["payments"])
    if module == "creditnotes" and rest == "invoices":
        return answers.success("invoices_credited", record.get("invoices_credited", None) or [])
    if module == "creditnotes" and rest == "refunds":
        mine = [refund for refund in org["creditnote_refunds"] if refund.get("creditnote_id") == record.id]
        return answers.success("creditnote_refunds", [faces.row(org, "creditnote_refunds", refund) for refund in mine])
    if rest == "refunds" and module in refunds.KINDS:
        return refunds.listed(module, record)
    if module == "vendorcredits" and rest == "bills":
        return answers.success("bills_credited", record.fields.get("bills_credited") or [])
    if module == "contacts" and rest == "address":
        return answers.success("addresses", [])
    if rest == "comments":
        return answers.success("comments", [])
    raise answers.unknown_url()


def _payments(org: Organization, invoice: Record) -> list[Fields]:
    out = []
    for module, record in org.documents_of(invoice.get("customer_id")):
        if module != "customerpayments":
            continue
        for part in record.get("invoices", None) or []:
            if part["invoice_id"] == invoice.id:
                out.append(  # noqa: PERF401 - three conditions read better one by one
                    {
                        "payment_id": record.id,
                        "payment_number": record.get("payment_number"),
                        "invoice_id": invoice.id,
                        "date": record.get("date"),
                        "invoice_payment_id": part.get("invoice_payment_id", ""),
                        "payment_mode": record.get("payment_mode"),
                        "description": record.get("description"),
                        "reference_number": record.get("reference_number"),
                        "exchange_rate": record.get("exchange_rate"),
                        "amount": part["amount_applied"],
                        "tax_amount_withheld": part.get("tax_amount_withheld", 0),
                        "is_single_invoice_payment": len(record.get("invoices")) == 1,
                    }
                )
    return out


def _credits(org: Organization, invoice: Record) -> list[Fields]:
    out = []
    for module, record in org.documents_of(invoice.get("customer_id")):
        if module == "creditnotes":
            out += [part for part in record.get("invoices_credited", None) or [] if part["invoice_id"] == invoice.id]
    return out
