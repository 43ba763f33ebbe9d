"""What people call Zoho's fields, actions and ledger accounts.

Total: a name that is not listed is made readable from itself, never shown with underscores.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.modules import MODULES

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
    known = _FIELDS.get(name)
    if known is None:
        bare = name.removesuffix("_id").replace("_", " ").strip()
        known = bare[:1].upper() + bare[1:]
    return QCoreApplication.translate("Fields", known)


def ledger_label(part: str) -> str:
    """The account that a choice changes; ``tax:IGST`` names the tax."""
    head, _, name = part.partition(":")
    word = QCoreApplication.translate("Ledger", _LEDGER.get(head, head.replace("_", " ").capitalize()))
    return f"{name} ({word[:1].lower()}{word[1:]})" if name else word


def singular(module: str) -> str:
    """One of them, inside a sentence: invoice, customer payment."""
    word = MODULES[module].singular if module in MODULES else module
    return QCoreApplication.translate("Modules", word)


def lower_first(word: str) -> str:
    """The word as it stands inside a sentence."""
    return word[:1].lower() + word[1:]
