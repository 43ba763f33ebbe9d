"""What people call Zoho's fields, actions and ledger accounts.

Total: a name that is not listed is made readable from itself, never shown with underscores.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.modules import MODULES
from zbdesk.ui.languages import lower_first

__all__ = ["WHOLE_RECORD", "english_label", "field_label", "ledger_label", "lower_first", "singular"]

WHOLE_RECORD = "*record*"
"""The field of a conflict where one side deleted what the other edited."""

_FIELDS = {
    WHOLE_RECORD: "Whole record",
    "line_items": "Lines",
    "reference_number": "Reference",
    "customer_id": "Customer",
    "vendor_id": "Vendor",
    "contact_name": "Name",
    "contact_type": "Kind",
    "company_name": "Company",
    "contact_persons": "Persons",
    "email": "E-mail",
    "date": "Date",
    "sku": "SKU",
    "hsn_or_sac": "HSN or SAC",
    "gst_no": "GSTIN",
    "gst_treatment": "GST treatment",
    "vat_reg_no": "VAT number",
    "vat_treatment": "VAT treatment",
    "tax_id": "Tax",
    "item_id": "Item",
    "account_id": "Account",
    "purchase_account_id": "Purchase account",
    "paid_through_account_id": "Paid from",
    "currency_id": "Currency",
    "is_inclusive_tax": "Prices include tax",
    "is_taxable": "Taxable",
    "salesperson_name": "Salesperson",
    "payment_mode": "Paid by",
    "discount": "Discount",
    "terms": "Terms and conditions",
    "expiry_date": "Valid until",
    "invoice_number": "Invoice number",
    "creditnote_number": "Credit note number",
    "salesorder_number": "Order number",
    "purchaseorder_number": "Order number",
    "estimate_number": "Estimate number",
    "bill_number": "Bill number",
    "rate": "Price",
    "purchase_rate": "Purchase price",
    "total": "Total",
    "quantity": "Quantity",
    "amount": "Amount",
    "notes": "Notes",
    "exchange_rate": "Exchange rate",
    "salesorder_id": "Sales order",
    "purchaseorder_id": "Purchase order",
    "project_id": "Project",
    "location_id": "Location",
    "template_id": "Template",
    "salesperson_id": "Salesperson",
    "status": "Status",
    "tags": "Tags",
    "documents": "Attachments",
    "custom_fields": "Custom fields",
    "discount_type": "Kind of discount",
    "shipping_charge": "Shipping charge",
    "adjustment": "Adjustment",
    "bank_charges": "Bank charges",
    "place_of_supply": "Place of supply",
    "payment_terms_label": "Payment terms",
    "is_billable": "Billable",
    "unit": "Unit",
    "mileage_rate": "Mileage rate",
    "legal_name": "Legal name",
    "language_code": "Language",
}

_LEDGER = {
    "receivable": "Receivable",
    "payable": "Payable",
    "sales": "Sales",
    "purchases": "Purchases",
    "expenses": "Expenses",
    "tax": "Tax",
    "balance": "Balance",
}


def field_label(name: str) -> str:
    """The field in words: Due date, Reference, Lines."""
    return QCoreApplication.translate("Fields", english_label(name))


def english_label(name: str) -> str:
    """The field in English words, which its translation is found by."""
    known = _FIELDS.get(name)
    if known is None:
        bare = name.removesuffix("_id").replace("_", " ").strip()
        known = bare[:1].upper() + bare[1:]
    return known


def ledger_label(part: str) -> str:
    """The account that a choice changes; ``tax:IGST`` names the tax."""
    head, _, name = part.partition(":")
    word = QCoreApplication.translate("Ledger", _LEDGER.get(head, head.replace("_", " ").capitalize()))
    return f"{name} ({lower_first(word)})" if name else word


def singular(module: str) -> str:
    """One of them, inside a sentence: invoice, customer payment."""
    word = MODULES[module].singular if module in MODULES else module
    return QCoreApplication.translate("Modules", word)
