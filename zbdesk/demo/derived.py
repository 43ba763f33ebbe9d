"""What Zoho adds when it shows a record: formatted texts, names behind ids, relative days, lines with their taxes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import ZERO, amount, line_amount, rounded, totals
from zbdesk.demo.ledger import DOCUMENTS

if TYPE_CHECKING:
    from zbdesk.demo.organization import Organization

_FORMATTED_DATES = ("date", "due_date")
_STATUS_COLORS = {"overdue": "f19300", "paid": "47b274", "draft": "94a5a6", "void": "8d8d8d", "sent": "268ddd"}
_ADDRESSED = ("billing_address", "shipping_address")


def money(value: Any, symbol: str, precision: int, *, indian: bool) -> str:
    """An amount in words of the screen; never meant to be parsed."""
    number = amount(value)
    text = f"{abs(number):.{precision}f}" if indian else f"{abs(number):,.{precision}f}"
    if indian:
        whole, dot, cents = text.partition(".")
        head, tail = whole[:-3], whole[-3:]
        groups: list[str] = []
        while head:
            groups.insert(0, head[-2:])
            head = head[:-2]
        text = ",".join([*groups, tail]) + dot + cents
    return f"{'-' if number < 0 else ''}{symbol}{text}"


def complete_row(org: Organization, module: str, record: Record, out: Fields) -> None:
    """Fill in what a list row derives."""
    currency = out.get("currency_code")
    if currency and "currency_id" in out and module != "organizations":
        _currency(org, currency, out)
    if "location_id" in out and not out["location_id"] and module != "locations":
        first = next(iter(org["locations"]), None)
        if first is not None:
            out["location_id"], out["location_name"] = first.id, first.get("location_name")
    if "custom_field_hash" in out:
        _custom_fields(out, record)
    elif "custom_fields_list" in out:
        out["custom_fields_list"] = record.fields.get("custom_fields") or []
    if (finish := _ROW_FINISHERS.get(module)) is not None:
        finish(org, record, out)
    if module in DOCUMENTS or "amount" in out:
        _formatted(org, out)


def _currency(org: Organization, code: str, out: Fields) -> None:
    found = org.currencies.get(code)
    if found is None:
        return
    out["currency_id"] = found.id
    if "currency_symbol" in out:
        out["currency_symbol"] = found.get("currency_symbol")
    if "exchange_rate" in out and not out["exchange_rate"]:
        out["exchange_rate"] = found.get("exchange_rate")
    if "price_precision" in out:
        out["price_precision"] = found.get("price_precision")


def _custom_fields(out: Fields, record: Record) -> None:
    given = record.fields.get("custom_fields") or []
    out["custom_fields"] = given
    shown: Fields = {}
    for one in given:
        name = one.get("api_name") or "cf_" + str(one.get("label", "")).lower().replace(" ", "_")
        shown[name] = one.get("value", "")
        shown[f"{name}_unformatted"] = one.get("value", "")
        out[name] = one.get("value", "")
        out[f"{name}_unformatted"] = one.get("value", "")
    out["custom_field_hash"] = shown


def _formatted(org: Organization, out: Fields) -> None:
    symbol = out.get("currency_symbol", "")
    precision = org.precision(out.get("currency_code") or org.profile.currency_code)
    indian = org.profile.edition == "india" and symbol == "₹"
    for name in ("total", "balance", "amount", "unused_amount"):
        if name in out:
            out[f"{name}_formatted"] = money(out[name], symbol, precision, indian=indian)
    for name in _FORMATTED_DATES:
        if name in out:
            out[f"{name}_formatted"] = _day(out[name])
    if out.get("status"):
        out["status_formatted"] = str(out["status"]).replace("_", " ").title()


def _day(text: str) -> str:
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if text else ""


def _contact_row(org: Organization, record: Record, out: Fields) -> None:
    name = out["contact_name"]
    kind = out["contact_type"]
    out["customer_name"] = out["vendor_name"] = name
    out["contact_type_formatted"] = kind.title()
    out["portal_status"], out["portal_status_formatted"] = "disabled", "Disabled"
    out["source"] = out["source"] or "user"
    symbol = (
        org.currencies[out["currency_code"]].get("currency_symbol") if out["currency_code"] in org.currencies else ""
    )
    precision = org.precision(out["currency_code"])
    indian = symbol == "₹"
    for field in ("outstanding_receivable_amount", "unused_credits_receivable_amount", "outstanding_payable_amount"):
        out[f"{field}_formatted"] = money(out[field], symbol, precision, indian=indian)
    out["created_time_formatted"] = _day(org.stamp(record.created))
    out["last_modified_time_formatted"] = _day(org.stamp(record.modified))
    out["language_code"], out["language_code_formatted"] = "en", "English"
    if out["place_of_contact"]:
        out["place_of_contact_formatted"] = record.get("_state")


def _item_row(org: Organization, _: Record, out: Fields) -> None:
    out["item_name"] = out["name"]
    tax = org.taxes.get(out["tax_id"])
    if tax is not None:
        out["tax_name"], out["tax_percentage"], out["tax_type"] = tax.name, tax.percentage, tax.kind
    out["source"] = out["source"] or "user"
    symbol = org.currencies[org.profile.currency_code].get("currency_symbol")
    precision = org.precision(org.profile.currency_code)
    for field in ("rate", "purchase_rate"):
        out[f"{field}_formatted"] = money(out[field], symbol, precision, indian=symbol == "₹")


def _address(contact: Record | None, kind: str) -> Fields:
    stored: Fields = contact.get(kind, None) or {} if contact is not None else {}
    shown = dict.fromkeys(
        ("address", "street2", "city", "state", "zipcode", "zip", "country", "phone", "fax", "attention"), ""
    )
    shown.update(stored)
    return shown


def _due_words(org: Organization, out: Fields) -> str:
    """The relative text of a due date; it changes every day without the record changing."""
    status, due = out["status"], out["due_date"]
    if status in ("paid", "void", "draft", "closed") or not due:
        return ""
    days = (date.fromisoformat(due) - org.today()).days
    if days == 0:
        return "Due today"
    return f"Due in {days} day(s)" if days > 0 else f"Overdue by {-days} day(s)"


def _invoice_row(org: Organization, record: Record, out: Fields) -> None:
    contact = org["contacts"].get(out["customer_id"])
    for kind in _ADDRESSED:
        if not record.fields.get(kind):
            out[kind] = _address(contact, kind)
    if contact is not None:
        for name in ("company_name", "email", "phone"):
            out[name] = out[name] or contact.get(name)
        out["country"] = out["billing_address"].get("country", "")
    out["type"] = out["type"] or "invoice"
    out["due_days"] = _due_words(org, out)
    out["color_code"] = _STATUS_COLORS.get(out["status"], "")
    out["created_by"] = record.get("_created_by") or "Anita Rao"
    out["invoice_url"] = f"https://books.example/portal/invoice/{org.id}/{record.id}"
    out["no_of_copies"], out["template_type"] = 1, "spreadsheet"


def _bill_row(org: Organization, _: Record, out: Fields) -> None:
    out["due_days"] = _due_words(org, out)
    out["color_code"] = _STATUS_COLORS.get(out["status"], "")


def _expense_row(_: Organization, __: Record, out: Fields) -> None:
    out["user_name"] = out["user_name"] or "Anita Rao"
    out["expense_type"] = out["expense_type"] or "non_mileage"


def _payment_row(org: Organization, record: Record, out: Fields) -> None:
    parts = record.get("invoices", None) or []
    numbers = [org["invoices"].get(part["invoice_id"]) for part in parts]
    out["invoice_numbers"] = ", ".join(one.get("invoice_number") for one in numbers if one is not None)
    out["applied_invoices"] = [
        {
            "invoice_id": part["invoice_id"],
            "invoice_number": one.get("invoice_number"),
            "amount_applied": part["amount_applied"],
        }
        for part, one in zip(parts, numbers, strict=True)
        if one is not None
    ]
    base = org.precision(org.profile.currency_code)
    rate = amount(out["exchange_rate"])
    out["bcy_amount"] = rounded(amount(out["amount"]) * rate, base)
    out["bcy_unused_amount"] = rounded(amount(out["unused_amount"]) * rate, base)
    out["payment_mode_formatted"] = str(out["payment_mode"]).replace("banktransfer", "Bank Transfer").title()
    out["payment_type"] = out["payment_type"] or "Invoice Payment"


def _vendor_payment_row(org: Organization, record: Record, out: Fields) -> None:
    bills = [org["bills"].get(part["bill_id"]) for part in record.get("bills", None) or []]
    out["bill_numbers"] = ", ".join(bill.get("bill_number") for bill in bills if bill is not None)
    base = org.precision(org.profile.currency_code)
    out["bcy_amount"] = rounded(amount(out["amount"]) * amount(out["exchange_rate"]), base)
    out["bcy_balance"] = rounded(amount(out["balance"]) * amount(out["exchange_rate"]), base)


_ROW_FINISHERS = {
    "contacts": _contact_row,
    "items": _item_row,
    "invoices": _invoice_row,
    "bills": _bill_row,
    "expenses": _expense_row,
    "customerpayments": _payment_row,
    "vendorpayments": _vendor_payment_row,
}


def complete_detail(org: Organization, module: str, record: Record, out: Fields) -> None:
    """Fill in what only the detail derives."""
    if module in DOCUMENTS:
        _document(org, module, record, out)
    elif module == "contacts":
        _contact_detail(org, record, out)
    elif module == "projects":
        out["tasks"] = [
            {"task_id": t.id, "task_name": t.get("task_name")} for t in org["tasks"] if t.get("project_id") == record.id
        ]
    elif module == "customerpayments":
        out.pop("applied_invoices", None)
        out["invoices"] = _payment_lines(org, record)
    elif module == "vendorpayments":
        out["bills"] = _vendor_payment_lines(org, record)


def _document(org: Organization, module: str, record: Record, out: Fields) -> None:
    currency = out.get("currency_code") or org.profile.currency_code
    precision = org.precision(currency)
    lines = record.get("line_items", None) or []
    result = totals(record.fields, lines, org.taxes, precision)
    out["line_items"] = [
        _line(org, line, whole, precision, n)
        for n, (line, whole) in enumerate(zip(lines, result.line_totals, strict=True), 1)
    ]
    out["taxes"] = result.taxes
    out["price_precision"] = precision
    out["rounding_mode"], out["tax_rounding"] = "round_half_up", "entity_level"
    out["discount_type"] = out.get("discount_type") or "entity_level"
    if lines:
        out["sub_total"], out["tax_total"], out["discount_total"] = (
            result.sub_total,
            result.tax_total,
            result.discount_total,
        )
        out["sub_total_inclusive_of_tax"] = result.total if out.get("is_inclusive_tax") else 0
    contact = org["contacts"].get(out.get("customer_id") or out.get("vendor_id") or "")
    for kind in _ADDRESSED:
        if kind in out and not record.fields.get(kind):
            out[kind] = _address(contact, kind)
    if contact is not None and org.profile.edition == "india":
        out["gst_no"], out["gst_treatment"] = contact.get("gst_no"), contact.get("gst_treatment")
        out["place_of_supply"] = out.get("place_of_supply") or contact.get("place_of_contact")
    if module == "creditnotes":
        out["invoices"] = out["invoices_credited"]


def _line(org: Organization, line: Fields, whole: Decimal, precision: int, order: int) -> Fields:
    item = org["items"].get(line.get("item_id", ""))
    tax = org.taxes.get(line.get("tax_id", ""))
    shown: Fields = {
        "line_item_id": line.get("line_item_id", ""),
        "item_id": line.get("item_id", ""),
        "item_type": "sales",
        "name": "",
        "description": "",
        "item_order": order,
        "quantity": amount(line.get("quantity", 1)),
        "unit": "",
        "rate": ZERO,
        "bcy_rate": ZERO,
        "discount": 0,
        "discount_amount": 0,
        "tax_id": "",
        "tax_name": "",
        "tax_type": "tax",
        "tax_percentage": 0,
        "account_id": "",
        "account_name": "",
        "hsn_or_sac": "",
        "header_id": "",
        "header_name": "",
        "tags": [],
        "documents": [],
        "item_custom_fields": [],
        "project_id": "",
        "expense_id": "",
    }
    if item is not None:
        shown.update(
            name=item.get("name"), unit=item.get("unit"), hsn_or_sac=item.get("hsn_or_sac"), sku=item.get("sku")
        )
        shown.update(account_id=item.get("account_id"), account_name=item.get("account_name"))
    shown.update(line)
    shown["quantity"], shown["rate"] = amount(line.get("quantity", 1)), amount(line.get("rate"))
    shown["item_order"] = order
    if line.get("discount"):
        shown["discount_amount"] = rounded(shown["rate"] * shown["quantity"] - line_amount(line), precision)
    shown["line_item_taxes"] = []
    if tax is not None:
        shown.update(tax_name=tax.name, tax_type=tax.kind, tax_percentage=tax.percentage)
        shown["line_item_taxes"] = [
            {
                "tax_id": p.tax_id,
                "tax_name": f"{p.name} ({p.percentage}%)",
                "tax_amount": rounded(whole * p.percentage / 100, precision),
            }
            for p in tax.parts
        ]
    shown["item_total"] = whole
    return shown


def _contact_detail(org: Organization, record: Record, out: Fields) -> None:
    people = [person for person in org["contact_persons"] if person.get("contact_id") == record.id]
    out["contact_persons"] = [
        {"contact_person_id": p.id, **{k: v for k, v in p.fields.items() if not k.startswith("_")}} for p in people
    ]
    primary = next((p.id for p in people if p.get("is_primary_contact")), "")
    out["primary_contact_id"] = primary
    for kind in _ADDRESSED:
        out[kind] = _address(record, kind)
    found = org.currencies.get(out["currency_code"])
    out["currency_symbol"] = found.get("currency_symbol") if found is not None else ""
    out["price_precision"] = org.precision(out["currency_code"])
    out["has_transaction"] = bool(org.documents_of(record.id))


def _payment_lines(org: Organization, record: Record) -> list[Fields]:
    out = []
    for part in record.get("invoices", None) or []:
        invoice = org["invoices"].get(part["invoice_id"])
        if invoice is not None:
            out.append(
                {
                    "invoice_id": invoice.id,
                    "invoice_payment_id": part.get("invoice_payment_id", ""),
                    "invoice_number": invoice.get("invoice_number"),
                    "date": invoice.get("date"),
                    "invoice_amount": invoice.get("total"),
                    "amount_applied": part["amount_applied"],
                    "balance_amount": invoice.get("balance"),
                    "tax_amount_withheld": part.get("tax_amount_withheld", 0),
                }
            )
    return out


def _vendor_payment_lines(org: Organization, record: Record) -> list[Fields]:
    out = []
    for part in record.get("bills", None) or []:
        bill = org["bills"].get(part["bill_id"])
        if bill is not None:
            out.append(
                {
                    "bill_id": bill.id,
                    "bill_payment_id": part.get("bill_payment_id", ""),
                    "bill_number": bill.get("bill_number"),
                    "date": bill.get("date"),
                    "total": bill.get("total"),
                    "balance": bill.get("balance"),
                    "amount_applied": part["amount_applied"],
                }
            )
    return out
