"""Which fields the form of a module shows, in which order and as what. Data, no widgets.

Only documented write fields of the module's declaration may stand here (a test holds it against the catalogue); what
the form does not show stays in the document as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Entry:
    """One field. ``kind``: text, long, date, money, number, flag, choice, reference, lines or group.

    ``module``: what a reference names. ``choices``: (value, English word). ``parts``: columns of lines, fields of
    a group.
    """

    name: str
    kind: str = "text"
    module: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    parts: tuple[Entry, ...] = ()
    required: bool = False
    wide: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one module. ``money``: the amounts are in the document's own currency, named by this field."""

    entries: tuple[Entry, ...]
    today: tuple[str, ...] = field(default=())
    """Dates that a new document begins with."""


def _ref(name: str, module: str, *, required: bool = False, wide: bool = False) -> Entry:
    return Entry(name, "reference", module, required=required, wide=wide)


_PAID_BY = (
    ("banktransfer", "Bank transfer"), ("cash", "Cash"), ("check", "Check"), ("creditcard", "Credit card"),
    ("bankremittance", "Bank remittance"), ("others", "Other"),
)  # fmt: skip
PAYMENT_MODES = _PAID_BY

_LINES = (
    _ref("item_id", "items"), Entry("description"), Entry("quantity", "number"), Entry("rate", "money"),
    _ref("tax_id", "taxes"),
)  # fmt: skip
_PURCHASE_LINES = (
    _ref("item_id", "items"), _ref("account_id", "chartofaccounts"), Entry("description"), Entry("quantity", "number"),
    Entry("rate", "money"), _ref("tax_id", "taxes"),
)  # fmt: skip
_CUSTOMER, _VENDOR = _ref("customer_id", "contacts", required=True), _ref("vendor_id", "contacts", required=True)
_REFERENCE, _NOTES = Entry("reference_number"), Entry("notes", "long", wide=True)
_TERMS = Entry("terms", "long", wide=True)


def _document(party: Entry, number: str, second_date: str, lines: tuple[Entry, ...], *rest: Entry) -> Form:
    dates = (Entry("date", "date", required=True), *((Entry(second_date, "date"),) if second_date else ()))
    entries = (
        party, Entry(number, help="Empty: Zoho Books gives the next number."), *dates, _REFERENCE,
        Entry("line_items", "lines", parts=lines, required=True, wide=True), *rest,
    )  # fmt: skip
    return Form(entries, ("date",))


_ADDRESS = tuple(
    Entry(name) for name in ("attention", "address", "street2", "city", "state", "zip", "country", "phone")
)

FORMS: Mapping[str, Form] = MappingProxyType({
    "contacts": Form((
        Entry("contact_name", required=True, wide=True),
        Entry("company_name"),
        Entry("contact_type", "choice", choices=(("customer", "Customer"), ("vendor", "Vendor"))),
        _ref("currency_id", "currencies"), Entry("payment_terms", "number", help="Days"), Entry("website"),
        Entry("credit_limit", "money"),
        Entry("contact_persons", "lines", wide=True, parts=(
            Entry("first_name"), Entry("last_name"), Entry("email"), Entry("phone"), Entry("mobile"),
        )),
        Entry("billing_address", "group", parts=_ADDRESS, wide=True),
        Entry("shipping_address", "group", parts=_ADDRESS, wide=True),
        _NOTES,
    )),
    "items": Form((
        Entry("name", required=True, wide=True), Entry("sku"),
        Entry("product_type", "choice", choices=(("goods", "Goods"), ("service", "Service"))),
        Entry("rate", "money", required=True), _ref("account_id", "chartofaccounts"),
        Entry("purchase_rate", "money"), _ref("purchase_account_id", "chartofaccounts"),
        _ref("tax_id", "taxes"), Entry("hsn_or_sac"),
        Entry("description", "long", wide=True), Entry("purchase_description", "long", wide=True),
    )),
    "estimates": _document(_CUSTOMER, "estimate_number", "expiry_date", _LINES, _NOTES, _TERMS),
    "salesorders": _document(_CUSTOMER, "salesorder_number", "shipment_date", _LINES, _NOTES, _TERMS),
    "invoices": _document(_CUSTOMER, "invoice_number", "due_date", _LINES, _NOTES, _TERMS),
    "creditnotes": _document(_CUSTOMER, "creditnote_number", "", _LINES, _NOTES, _TERMS),
    "purchaseorders": _document(_VENDOR, "purchaseorder_number", "delivery_date", _PURCHASE_LINES, _NOTES, _TERMS),
    "bills": _document(_VENDOR, "bill_number", "due_date", _PURCHASE_LINES, _NOTES, _TERMS),
    "vendorcredits": _document(_VENDOR, "vendor_credit_number", "", _PURCHASE_LINES, _NOTES),
    "customerpayments": Form((
        _CUSTOMER, Entry("amount", "money", required=True), Entry("date", "date", required=True),
        Entry("payment_mode", "choice", choices=_PAID_BY, required=True), _REFERENCE,
        _ref("account_id", "bankaccounts"),
        Entry("invoices", "lines", wide=True, parts=(
            _ref("invoice_id", "invoices"), Entry("amount_applied", "money"),
        )),
        Entry("description", "long", wide=True),
    ), ("date",)),
    "vendorpayments": Form((
        _VENDOR, Entry("amount", "money", required=True), Entry("date", "date", required=True),
        Entry("payment_mode", "choice", choices=_PAID_BY), _REFERENCE, _ref("paid_through_account_id", "bankaccounts"),
        Entry("bills", "lines", wide=True, parts=(_ref("bill_id", "bills"), Entry("amount_applied", "money"))),
        Entry("description", "long", wide=True),
    ), ("date",)),
    "expenses": Form((
        _ref("account_id", "chartofaccounts", required=True), Entry("amount", "money", required=True),
        Entry("date", "date", required=True), _ref("paid_through_account_id", "bankaccounts", required=True),
        _ref("vendor_id", "contacts"), _ref("customer_id", "contacts"), _ref("tax_id", "taxes"),
        _ref("currency_id", "currencies"), _REFERENCE, Entry("description", "long", wide=True),
    ), ("date",)),
    "journals": Form((
        Entry("journal_date", "date", required=True), _REFERENCE, _ref("currency_id", "currencies"),
        Entry("line_items", "lines", required=True, wide=True, parts=(
            _ref("account_id", "chartofaccounts"),
            Entry("debit_or_credit", "choice", choices=(("debit", "Debit"), ("credit", "Credit"))),
            Entry("amount", "money"), Entry("description"),
        )),
        _NOTES,
    ), ("journal_date",)),
})  # fmt: skip
"""Modules that can be edited here, with their forms."""
