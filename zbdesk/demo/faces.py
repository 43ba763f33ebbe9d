"""The face each module shows: its addresses and keys, its sorts and filters, its rows and details.

Written from Zoho's documentation, not from the client. Where documentation and live recordings disagree the live
spelling is served (``customerpayments``), because that is what a connector meets.
"""

# ruff: noqa: E501 - a table reads better with one entry a line

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.options import ModifiedFilter
from zbdesk.demo.templates import DETAILS, ROWS

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization

_ENCODER = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class Face:
    """How one module is addressed and listed."""

    name: str
    path: str
    id_field: str
    list_key: str
    detail_key: str
    scope: str
    sort: str = "created_time"
    """Column of the order served when nothing (or nothing honoured) is asked for."""

    descending: bool = True
    sorts: tuple[str, ...] = ()
    """Documented values of ``sort_column``."""

    seen: tuple[str, ...] = ()
    """Undocumented values that were seen to work."""

    modified: ModifiedFilter = "ignored"
    """What ``last_modified_time`` does as a filter, unless the options say otherwise."""

    stamps: str = "both"
    """Which of created and last modified a row carries: both, created, none."""

    detail_stamps: str = "both"
    paged: bool = True
    """False: one answer with everything and no ``page_context``."""

    most: int = 200
    """Largest ``per_page``."""

    usual: int = 200
    hidden: tuple[str, object] | None = None
    """Rows with this field value stand outside the default filter (inactive accounts and taxes)."""

    filter_name: str = "Status.All"
    """The default filter, as ``applied_filter`` echoes it."""

    show_all: str = "Status.All"
    """The ``filter_by`` that brings the hidden rows too."""

    parent: str | None = None
    parent_field: str = ""
    detail_path: str | None = None
    has_detail: bool = True
    flat_detail: bool = False
    """True where the detail's fields stand at the top level of the answer."""

    @property
    def item_path(self) -> str:
        """Path of one record."""
        return self.detail_path or f"{self.path}/{{id}}"


_MODIFIED = ("last_modified_time",)
_ALL = (
    Face("organizations", "/organizations", "organization_id", "organizations", "organization", "settings",
         sort="name", descending=False, paged=False, stamps="none", detail_stamps="none"),
    Face("currencies", "/settings/currencies", "currency_id", "currencies", "currency", "settings",
         sort="currency_code", descending=False, paged=False, stamps="none", detail_stamps="none", filter_name="Currencies.All"),
    Face("exchange_rates", "/settings/currencies/{parent_id}/exchangerates", "exchange_rate_id", "exchange_rates",
         "exchange_rate", "settings", sort="effective_date", paged=False, stamps="none", detail_stamps="none",
         sorts=("effective_date",), parent="currencies", parent_field="currency_id"),
    Face("taxes", "/settings/taxes", "tax_id", "taxes", "tax", "settings", sort="tax_name", descending=False,
         stamps="none", detail_stamps="none", hidden=("is_inactive", True), filter_name="Taxes.Active", show_all="Taxes.All"),
    Face("tax_groups", "/settings/taxgroups", "tax_group_id", "tax_groups", "tax_group", "settings",
         sort="tax_group_name", descending=False, paged=False, stamps="none", detail_stamps="none"),
    Face("users", "/users", "user_id", "users", "user", "settings", sort="name", descending=False,
         sorts=("name", "email", "user_role", "status"), stamps="none", detail_stamps="created"),
    Face("locations", "/locations", "location_id", "locations", "locations", "settings", sort="location_name",
         descending=False, paged=False, stamps="none", detail_stamps="none", has_detail=False),
    Face("opening_balances", "/settings/openingbalances", "opening_balance_id", "opening_balance", "opening_balance",
         "settings", paged=False, stamps="none", detail_stamps="none", has_detail=False),
    Face("chartofaccounts", "/chartofaccounts", "account_id", "chartofaccounts", "chart_of_account", "accountants",
         sort="account_name", descending=False, sorts=("account_name", "account_type"), modified="since",
         hidden=("is_active", False), filter_name="AccountType.Active", show_all="AccountType.All", most=5000, usual=5000),
    Face("contacts", "/contacts", "contact_id", "contacts", "contact", "contacts", sort="contact_name", descending=False,
         sorts=("contact_name", "first_name", "last_name", "email", "outstanding_receivable_amount", "created_time", "last_modified_time")),
    Face("contact_persons", "/contacts/{parent_id}/contactpersons", "contact_person_id", "contact_persons",
         "contact_person", "contacts", sort="first_name", descending=False, stamps="none", detail_stamps="none",
         parent="contacts", parent_field="contact_id"),
    Face("items", "/items", "item_id", "items", "item", "settings", sort="name", descending=False,
         sorts=("name", "rate", "tax_name"), seen=_MODIFIED),
    Face("estimates", "/estimates", "estimate_id", "estimates", "estimate", "estimates",
         sorts=("customer_name", "estimate_number", "date", "total", "created_time"), seen=_MODIFIED),
    Face("salesorders", "/salesorders", "salesorder_id", "salesorders", "salesorder", "salesorders", modified="since",
         sorts=("customer_name", "salesorder_number", "shipment_date", "last_modified_time", "reference_number", "total", "date", "created_time")),
    Face("invoices", "/invoices", "invoice_id", "invoices", "invoice", "invoices", modified="since", seen=_MODIFIED,
         sorts=("customer_name", "invoice_number", "date", "due_date", "total", "balance", "created_time")),
    Face("debit_notes", "/invoices", "invoice_id", "debit_notes", "invoice", "invoices", modified="since",
         sorts=("customer_name", "debit_note_number", "date", "due_date", "total", "balance", "created_time")),
    Face("recurringinvoices", "/recurringinvoices", "recurring_invoice_id", "recurring_invoices", "recurring_invoice",
         "invoices", stamps="none"),
    Face("retainerinvoices", "/retainerinvoices", "retainerinvoice_id", "retainerinvoices", "retainerinvoice", "invoices",
         sorts=("customer_name", "retainerinvoice_number", "date", "due_date", "total", "balance", "created_time")),
    Face("salesreceipts", "/salesreceipts", "sales_receipt_id", "salesreceipts", "salesreceipt", "invoices",
         sorts=("customer_name", "receipt_number", "date", "total", "created_time")),
    Face("customerpayments", "/customerpayments", "payment_id", "customerpayments", "payment", "customerpayments",
         sort="date", detail_stamps="none"),
    Face("creditnotes", "/creditnotes", "creditnote_id", "creditnotes", "creditnote", "creditnotes",
         sorts=("customer_name", "creditnote_number", "balance", "total", "date", "created_time")),
    Face("creditnote_refunds", "/creditnotes/refunds", "creditnote_refund_id", "creditnote_refunds", "creditnote_refund",
         "creditnotes", sort="date", stamps="none", detail_stamps="none", detail_path="/creditnotes/{parent_id}/refunds/{id}",
         sorts=("refund_mode", "reference_number", "date", "creditnote_number", "customer_name", "amount_bcy", "amount_fcy")),
    Face("purchaseorders", "/purchaseorders", "purchaseorder_id", "purchaseorders", "purchaseorder", "purchaseorders",
         modified="since", sorts=("vendor_name", "purchaseorder_number", "date", "delivery_date", "total", "created_time")),
    Face("bills", "/bills", "bill_id", "bills", "bill", "bills", modified="since",
         sorts=("vendor_name", "bill_number", "date", "due_date", "total", "balance", "created_time")),
    Face("recurringbills", "/recurringbills", "recurring_bill_id", "recurringbills", "recurring_bill", "bills", modified="since"),
    Face("vendorcredits", "/vendorcredits", "vendor_credit_id", "vendorcredits", "vendor_credit", "debitnotes", modified="since",
         sorts=("vendor_name", "vendor_credit_number", "balance", "total", "date", "created_time", "last_modified_time", "reference_number")),
    Face("vendorpayments", "/vendorpayments", "payment_id", "vendorpayments", "vendorpayment", "vendorpayments",
         modified="since", sort="date", sorts=("vendor_name", "date", "reference_number", "amount", "balance")),
    Face("expenses", "/expenses", "expense_id", "expenses", "expense", "expenses",
         sorts=("date", "account_name", "total", "bcy_total", "reference_number", "customer_name", "created_time")),
    Face("recurringexpenses", "/recurringexpenses", "recurring_expense_id", "recurring_expenses", "recurring_expense",
         "expenses", sorts=("next_expense_date", "account_name", "total", "last_created_date", "recurrence_name", "customer_name", "created_time")),
    Face("journals", "/journals", "journal_id", "journals", "journal", "accountants", sort="journal_date",
         sorts=("journal_date", "entry_number", "reference_number", "total"), seen=_MODIFIED, modified="date"),
    Face("base_currency_adjustments", "/basecurrencyadjustment", "base_currency_adjustment_id", "base_currency_adjustments",
         "data", "accountants", sort="adjustment_date", stamps="none", detail_stamps="none",
         sorts=("adjustment_date", "exchange_rate", "currency_code", "debit_or_credit", "gain_or_loss")),
    Face("bankaccounts", "/bankaccounts", "account_id", "bankaccounts", "bankaccount", "banking", sort="account_name",
         descending=False, sorts=("account_name", "account_type", "account_code"), stamps="none", detail_stamps="none",
         hidden=("is_active", False), filter_name="Status.Active", show_all="Status.All"),
    Face("banktransactions", "/banktransactions", "transaction_id", "banktransactions", "banktransaction", "banking",
         sort="date", sorts=("date",), stamps="none", detail_stamps="none"),
    Face("fixedassets", "/fixedassets", "fixed_asset_id", "fixedassets", "fixed_asset", "fixedasset", sort="asset_name",
         descending=False, stamps="none", sorts=("asset_name", "asset_number", "asset_cost", "created_time", "current_asset_value")),
    Face("projects", "/projects", "project_id", "projects", "project", "projects", stamps="created", detail_stamps="created",
         sort="project_name", descending=False, sorts=("project_name", "customer_name", "rate", "created_time")),
    Face("tasks", "/projects/{parent_id}/tasks", "task_id", "tasks", "task", "projects", sort="task_name", descending=False,
         stamps="none", detail_stamps="none", parent="projects", parent_field="project_id"),
    Face("time_entries", "/projects/timeentries", "time_entry_id", "time_entries", "time_entry", "projects", sort="log_date",
         stamps="created", detail_stamps="created",
         sorts=("project_name", "task_name", "user_name", "log_date", "timer_started_at", "customer_name")),
)  # fmt: skip

FACES: dict[str, Face] = {face.name: face for face in _ALL}
"""By module name, in the order in which a company is set up."""

DATED = ("invoices", "debit_notes", "bills", "estimates", "salesorders", "retainerinvoices")
"""Modules whose rows change with the day."""

SERIES: dict[str, tuple[str, int]] = {
    "invoices": ("INV-", 6), "estimates": ("QT-", 6), "salesorders": ("SO-", 5), "creditnotes": ("CN-", 5),
    "debit_notes": ("CDN-", 5), "retainerinvoices": ("RET-", 5), "salesreceipts": ("SR-", 5),
    "purchaseorders": ("PO-", 5), "bills": ("BILL-", 5), "vendorcredits": ("VC-", 5), "customerpayments": ("", 1),
    "vendorpayments": ("", 1), "journals": ("", 1), "fixedassets": ("FA-", 4),
}  # fmt: skip
"""Prefix and digits of each module's own numbers."""


def encode(value: object) -> bytes:
    """JSON as Zoho sends it: UTF-8, amounts as numbers."""
    return _ENCODER.encode(value)


def row(org: Organization, module: str, record: Record) -> Fields:
    """The record as a list row."""
    from zbdesk.demo import derived

    face = FACES[module]
    fields = record.fields
    out: Fields = {face.id_field: record.id}
    for name, empty in ROWS[module].items():
        out[name] = fields.get(name, empty)
    derived.complete_row(org, module, record, out)
    _stamp(org, record, out, face.stamps)
    return out


def row_bytes(org: Organization, module: str, record: Record) -> bytes:
    """The encoded row, rendered once per change."""
    if record.row is None:
        record.row = _ENCODER.encode(row(org, module, record))
    return record.row


def detail(org: Organization, module: str, record: Record) -> Fields:
    """The record as its detail call shows it: all of the row, then what only the detail has."""
    from zbdesk.demo import derived

    face = FACES[module]
    out = row(org, module, record)
    for name in ("created_time", "last_modified_time"):
        out.pop(name, None)
    fields = record.fields
    for name, empty in DETAILS.get(module, {}).items():
        out[name] = fields.get(name, empty)
    for name, value in fields.items():
        if name not in out and not name.startswith("_"):
            out[name] = value
    derived.complete_detail(org, module, record, out)
    _stamp(org, record, out, face.detail_stamps)
    return out


def _stamp(org: Organization, record: Record, out: Fields, which: str) -> None:
    if which != "none":
        out["created_time"] = org.stamp(record.created)
    if which == "both":
        out["last_modified_time"] = org.stamp(record.modified)


def value_of(module: str, record: Record, name: str) -> Any:
    """A field for sorting and filtering; derived ones are worked out."""
    if name == "last_modified_time":
        return record.modified
    if name == "created_time":
        return record.created
    if name == FACES[module].id_field:
        return record.id
    return record.fields.get(name, "")
