"""Writes: validated as Zoho does, totals by the server, balances moved by what is applied."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zbdesk.demo.collection import Record

from .caller import Caller


def customer(caller: Caller, currency: str = "INR", place: str | None = "MH") -> Record:
    """A customer of that currency, from that state."""
    return next(
        c
        for c in caller.org["contacts"]
        if c.get("contact_type") == "customer"
        and c.get("status") == "active"
        and c.get("currency_code") == currency
        and (place is None or c.get("place_of_contact") == place)
    )


def tax(caller: Caller, name: str) -> str:
    """The id of a tax."""
    return next(t.id for t in caller.org["taxes"] if t.get("tax_name") == name)


def invoice(caller: Caller, total: str = "1000", **more: Any) -> dict[str, Any]:
    """A sent invoice of one untaxed line."""
    body = {
        "customer_id": customer(caller).id,
        "date": "2026-11-10",
        "line_items": [{"name": "Blend", "rate": total, "quantity": 1}],
        **more,
    }
    made = caller.send("POST", "/invoices", body).json()["invoice"]
    caller.send("POST", f"/invoices/{made['invoice_id']}/status/sent")
    shown: dict[str, Any] = caller.get(f"/invoices/{made['invoice_id']}").json()["invoice"]
    return shown


def test_created_invoice_is_a_draft_with_the_servers_totals(caller: Caller) -> None:
    """Totals, taxes and number come from the server, whatever was sent for them."""
    body = {
        "customer_id": customer(caller).id,
        "total": 1,
        "status": "paid",
        "line_items": [{"name": "Blend", "rate": "33.33", "quantity": 3, "tax_id": tax(caller, "GST5")}],
    }
    answer = caller.send("POST", "/invoices", body)
    made = answer.json()["invoice"]
    assert (answer.status_code, answer.json()["code"], made["status"]) == (201, 0, "draft")
    assert (made["sub_total"], made["tax_total"], made["total"], made["balance"]) == (99.99, 5.0, 104.99, 104.99)
    assert [t["tax_amount"] for t in made["taxes"]] == [2.5, 2.5]
    assert made["invoice_number"].startswith("INV-")


def test_inclusive_tax_and_discount(caller: Caller) -> None:
    """A discount comes off before tax; an inclusive price contains its tax."""
    line = {"name": "Blend", "rate": 105, "quantity": 2, "tax_id": tax(caller, "GST5")}
    shown = caller.send(
        "POST", "/invoices", {"customer_id": customer(caller).id, "line_items": [line], "is_inclusive_tax": True}
    ).json()
    assert (shown["invoice"]["sub_total"], shown["invoice"]["tax_total"], shown["invoice"]["total"]) == (
        200.0,
        10.0,
        210.0,
    )
    body = {
        "customer_id": customer(caller).id,
        "line_items": [{**line, "rate": 100}],
        "discount": "10%",
        "shipping_charge": 7.5,
    }
    shown = caller.send("POST", "/invoices", body).json()["invoice"]
    assert (shown["discount_total"], shown["tax_total"], shown["total"]) == (20.0, 9.0, 196.5)


def test_yen_has_no_decimals(caller: Caller) -> None:
    """Totals keep to the currency of the customer."""
    buyer = customer(caller, "JPY", None)
    shown = caller.send(
        "POST", "/invoices", {"customer_id": buyer.id, "line_items": [{"name": "Tea", "rate": "99.5", "quantity": 3}]}
    ).json()["invoice"]
    assert (shown["currency_code"], shown["total"], shown["exchange_rate"]) == ("JPY", 299, 0.562)


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/contacts", {}, 4),
        ("/contacts", {"contact_name": "株式会社香辛料東京"}, 3062),
        ("/items", {"name": "No rate"}, 4),
        ("/invoices", {"line_items": [{"name": "x", "rate": 1}]}, 4),
        ("/invoices", {"customer_id": "1", "line_items": [{"name": "x", "rate": 1}]}, 4),
        ("/chartofaccounts", {"account_name": "sales", "account_type": "income"}, 11002),
        (
            "/journals",
            {
                "journal_date": "2026-11-01",
                "line_items": [{"account_id": "1", "amount": 1, "debit_or_credit": "debit"}],
            },
            4,
        ),
    ],
)
def test_refused_and_nothing_stored(caller: Caller, path: str, body: dict[str, Any], code: int) -> None:
    """What is missing, unknown or taken is refused with 400, and nothing is kept."""
    module = path.strip("/")
    before = len(caller.org[module])
    answer = caller.send("POST", path, body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert len(caller.org[module]) == before


@pytest.mark.parametrize(
    "change",
    [{"rate": "many"}, {"quantity": 0}, {"tax_id": "1"}, {"item_id": "1"}, {"name": ""}],
)
def test_bad_line_is_refused(caller: Caller, change: dict[str, Any]) -> None:
    """A line needs an item or a name, a number for a rate, a quantity above zero and a tax that exists."""
    line = {"name": "x", "rate": 1, "quantity": 1, **change}
    answer = caller.send("POST", "/invoices", {"customer_id": customer(caller).id, "line_items": [line]})
    assert (answer.status_code, answer.json()["code"]) == (400, 4)


def test_supply_between_states_needs_integrated_tax(caller: Caller) -> None:
    """India: the tax has to fit the states, both ways."""
    home = customer(caller)
    away = next(
        c
        for c in caller.org["contacts"]
        if c.get("contact_type") == "customer" and c.get("place_of_contact") not in ("", "MH")
    )
    for buyer, name in ((home, "IGST5"), (away, "GST5")):
        body = {"customer_id": buyer.id, "line_items": [{"name": "x", "rate": 1, "tax_id": tax(caller, name)}]}
        assert caller.send("POST", "/invoices", body).json()["code"] == 3032


def test_own_number_needs_the_flag_and_is_unique(caller: Caller) -> None:
    """A number of one's own is taken with the flag, once."""
    body = {"customer_id": customer(caller).id, "invoice_number": "OWN-1", "line_items": [{"name": "x", "rate": 1}]}
    assert caller.send("POST", "/invoices", body).json()["code"] == 4097
    made = caller.send("POST", "/invoices", body, ignore_auto_number_generation="true")
    assert (made.status_code, made.json()["invoice"]["invoice_number"]) == (201, "OWN-1")
    assert caller.send("POST", "/invoices", body, ignore_auto_number_generation="true").json()["code"] == 1001


def test_bill_number_is_unique_for_its_vendor(caller: Caller) -> None:
    """The same number, but for case and blanks, is a duplicate of that vendor only."""
    bill = next(iter(caller.org["bills"]))
    other = next(
        c for c in caller.org["contacts"] if c.get("contact_type") == "vendor" and c.id != bill.get("vendor_id")
    )
    account = next(a.id for a in caller.org["chartofaccounts"] if a.get("account_name") == "Cost of Goods Sold")
    body = {"bill_number": f" {bill.get('bill_number').lower()} ", "line_items": [{"account_id": account, "rate": 5}]}
    assert caller.send("POST", "/bills", {**body, "vendor_id": bill.get("vendor_id")}).json()["code"] == 13011
    assert caller.send("POST", "/bills", {**body, "vendor_id": other.id}).status_code == 201
    body = {"bill_number": "N-1", "vendor_id": other.id, "line_items": [{"name": "x", "rate": 5}]}
    assert caller.send("POST", "/bills", body).json()["code"] == 13009


def test_sent_lines_replace_and_left_out_fields_stay(caller: Caller) -> None:
    """A line not sent is gone, a line sent by its id alone stays, a field not sent stays."""
    made = invoice(caller, notes="keep me")
    more = [{"line_item_id": made["line_items"][0]["line_item_id"]}, {"name": "Second", "rate": 50, "quantity": 2}]
    shown = caller.send("PUT", f"/invoices/{made['invoice_id']}", {"line_items": more}).json()["invoice"]
    assert (shown["total"], shown["notes"], len(shown["line_items"])) == (1100, "keep me", 2)
    shown = caller.send("PUT", f"/invoices/{made['invoice_id']}", {"line_items": more[1:]}).json()["invoice"]
    assert (shown["total"], [line["name"] for line in shown["line_items"]]) == (100, ["Second"])
    shown = caller.send("PUT", f"/invoices/{made['invoice_id']}", {"notes": "new"}).json()["invoice"]
    assert (shown["total"], shown["notes"]) == (100, "new")


def test_payment_moves_balance_status_and_contact(caller: Caller) -> None:
    """A payment covers its invoice in part; what the contact owes falls by as much; deleting it gives it back."""
    made = invoice(caller)
    owed = caller.org.get("contacts", made["customer_id"])["outstanding_receivable_amount"]
    body = {
        "customer_id": made["customer_id"], "payment_mode": "cash", "amount": 500, "date": "2026-11-15",
        "invoices": [{"invoice_id": made["invoice_id"], "amount_applied": 400}],
    }  # fmt: skip
    payment = caller.send("POST", "/customerpayments", body).json()["payment"]
    after = caller.org.get("invoices", made["invoice_id"])
    assert (after["balance"], after["payment_made"], payment["unused_amount"]) == (600, 400, 100)
    assert after["status"] in ("partially_paid", "overdue")
    contact = caller.org.get("contacts", made["customer_id"])
    assert contact["outstanding_receivable_amount"] == pytest.approx(owed - 400)
    assert caller.send("DELETE", f"/invoices/{made['invoice_id']}").status_code == 400
    assert caller.send("DELETE", f"/customerpayments/{payment['payment_id']}").status_code == 200
    assert caller.org.get("invoices", made["invoice_id"])["balance"] == 1000
    assert caller.org.get("contacts", made["customer_id"])["outstanding_receivable_amount"] == pytest.approx(owed)


def test_changed_payment_covers_anew(caller: Caller) -> None:
    """Changing what a payment covers releases the old and takes the new; a refused change changes nothing."""
    made = invoice(caller)
    part = {"invoice_id": made["invoice_id"], "amount_applied": 400}
    body = {
        "customer_id": made["customer_id"],
        "payment_mode": "cash",
        "amount": 1000,
        "date": "2026-11-15",
        "invoices": [part],
    }
    payment = caller.send("POST", "/customerpayments", body).json()["payment"]["payment_id"]
    assert (
        caller.send("PUT", f"/customerpayments/{payment}", {"invoices": [{**part, "amount_applied": 1001}]}).status_code
        == 400
    )
    assert caller.org.get("invoices", made["invoice_id"])["balance"] == 600
    assert (
        caller.send("PUT", f"/customerpayments/{payment}", {"invoices": [{**part, "amount_applied": 1000}]}).status_code
        == 200
    )
    paid = caller.org.get("invoices", made["invoice_id"])
    assert (paid["balance"], paid["status"]) == (0, "paid")


@pytest.mark.parametrize(("amount", "applied"), [(100, 101), (5000, 1001)])
def test_payment_never_covers_too_much(caller: Caller, amount: int, applied: int) -> None:
    """Neither more than the payment nor more than the balance can be applied."""
    made = invoice(caller)
    body = {
        "customer_id": made["customer_id"], "payment_mode": "cash", "amount": amount, "date": "2026-11-15",
        "invoices": [{"invoice_id": made["invoice_id"], "amount_applied": applied}],
    }  # fmt: skip
    assert caller.send("POST", "/customerpayments", body).status_code == 400
    assert caller.org.get("invoices", made["invoice_id"])["balance"] == 1000


def test_void_gives_payments_and_credits_back(caller: Caller) -> None:
    """A voided invoice owes nothing, and what covered it is the customer's again."""
    made = invoice(caller)
    number = {"customer_id": made["customer_id"], "date": "2026-11-11", "line_items": [{"name": "Return", "rate": 300}]}
    note = caller.send("POST", "/creditnotes", number).json()["creditnote"]
    body = {"apply_creditnotes": [{"creditnote_id": note["creditnote_id"], "amount_applied": 300}]}
    assert caller.send("POST", f"/invoices/{made['invoice_id']}/credits", body).status_code == 200
    assert caller.org.get("invoices", made["invoice_id"])["balance"] == 700
    assert caller.org.get("creditnotes", note["creditnote_id"])["status"] == "closed"
    assert caller.send("POST", f"/invoices/{made['invoice_id']}/status/void").status_code == 200
    assert caller.org.get("invoices", made["invoice_id"])["status"] == "void"
    again = caller.org.get("creditnotes", note["creditnote_id"])
    assert (again["status"], again["balance"]) == ("open", 300)


def test_credits_are_applied_all_or_none(caller: Caller) -> None:
    """When one of several credits does not fit, none is applied."""
    made = invoice(caller)
    body = {"customer_id": made["customer_id"], "date": "2026-11-11", "line_items": [{"name": "Return", "rate": 300}]}
    notes = [caller.send("POST", "/creditnotes", body).json()["creditnote"]["creditnote_id"] for _ in range(2)]
    parts = [{"creditnote_id": note, "amount_applied": value} for note, value in zip(notes, (300, 301), strict=True)]
    assert (
        caller.send("POST", f"/invoices/{made['invoice_id']}/credits", {"apply_creditnotes": parts}).status_code == 400
    )
    assert caller.org.get("invoices", made["invoice_id"])["balance"] == 1000
    assert [caller.org.get("creditnotes", note)["balance"] for note in notes] == [300, 300]


def test_draft_only_from_void(caller: Caller) -> None:
    """A sent invoice cannot become a draft; a voided one can."""
    made = invoice(caller)["invoice_id"]
    assert caller.send("POST", f"/invoices/{made}/status/draft").status_code == 400
    caller.send("POST", f"/invoices/{made}/status/void")
    assert caller.send("POST", f"/invoices/{made}/status/draft").status_code == 200
    assert caller.org.get("invoices", made)["status"] == "draft"


def test_inactive_contact_and_item_are_refused(caller: Caller) -> None:
    """What is inactive cannot be used in a new document."""
    buyer = customer(caller)
    item = next(i for i in caller.org["items"] if i.get("status") == "active")
    caller.send("POST", f"/items/{item.id}/inactive")
    assert (
        caller.send("POST", "/invoices", {"customer_id": buyer.id, "line_items": [{"item_id": item.id}]}).json()["code"]
        == 1001
    )
    caller.send("POST", f"/contacts/{buyer.id}/inactive")
    assert (
        caller.send("POST", "/invoices", {"customer_id": buyer.id, "line_items": [{"name": "x", "rate": 1}]}).json()[
            "code"
        ]
        == 1001
    )


def test_what_is_used_cannot_be_deleted(caller: Caller) -> None:
    """Contacts and items in transactions stay."""
    made = next(iter(caller.org["invoices"]))
    assert caller.send("DELETE", f"/contacts/{made.get('customer_id')}").status_code == 400
    assert caller.send("DELETE", f"/items/{made.get('line_items')[0]['item_id']}").status_code == 400


def test_locked_period_refuses(caller: Caller) -> None:
    """Nothing dated in a locked period can be made, changed or deleted."""
    made = invoice(caller)["invoice_id"]
    caller.org.locked_until = date(2026, 11, 10)
    assert caller.send("PUT", f"/invoices/{made}", {"notes": "x"}).json()["code"] == 110900
    assert caller.send("DELETE", f"/invoices/{made}").json()["code"] == 110900
    body = {"customer_id": customer(caller).id, "date": "2026-11-10", "line_items": [{"name": "x", "rate": 1}]}
    assert caller.send("POST", "/invoices", body).json()["code"] == 110900
    assert caller.send("POST", "/invoices", {**body, "date": "2026-11-11"}).status_code == 201


def test_upsert_by_unique_custom_field(caller: Caller) -> None:
    """Found by its key a record is updated; not found it is made only when that was asked for."""
    caller.org.add_custom_field("contacts", "zbdesk id", unique=True)
    keys = {"X-Unique-Identifier-Key": "cf_zbdesk_id", "X-Unique-Identifier-Value": "S-17"}
    body = {"contact_name": "Upserted", "custom_fields": [{"api_name": "cf_zbdesk_id", "value": "S-17"}]}
    assert caller.send("PUT", "/contacts", body, keys).status_code == 404
    made = caller.send("PUT", "/contacts", body, {**keys, "X-Upsert": "true"})
    again = caller.send("PUT", "/contacts", {"contact_name": "Renamed"}, {**keys, "X-Upsert": "true"})
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json()["contact"]["contact_id"] == again.json()["contact"]["contact_id"]
    assert again.json()["contact"]["cf_zbdesk_id"] == "S-17"
    assert caller.send("POST", "/contacts", {**body, "contact_name": "Twin"}).json()["code"] == 1001


def test_renamed_contact_shows_in_its_documents(caller: Caller) -> None:
    """Documents show the present name of their contact, and keep their stamps."""
    made = invoice(caller)
    caller.send("PUT", f"/contacts/{made['customer_id']}", {"contact_name": "Renamed & Co"})
    after = caller.org.get("invoices", made["invoice_id"])
    assert after["customer_name"] == "Renamed & Co"


def test_contact_persons_sent_replace(caller: Caller) -> None:
    """The list of contact persons is replaced by the one sent; the primary one lends the contact its e-mail."""
    people = [
        {"first_name": "Ada", "email": "ada@x.example", "is_primary_contact": True},
        {"first_name": "Bo", "email": "bo@x.example"},
    ]
    made = caller.send("POST", "/contacts", {"contact_name": "People Ltd", "contact_persons": people}).json()["contact"]
    kept = made["contact_persons"][1]["contact_person_id"]
    assert made["email"] == "ada@x.example"
    body = {"contact_persons": [{"contact_person_id": kept, "is_primary_contact": True}]}
    after = caller.send("PUT", f"/contacts/{made['contact_id']}", body).json()["contact"]
    assert [person["contact_person_id"] for person in after["contact_persons"]] == [kept]
    assert after["email"] == "bo@x.example"


def test_journal_has_to_balance(caller: Caller) -> None:
    """Both sides are equal, or there is no journal; a taxed line is refused."""
    one, two = (a.id for a in list(caller.org["chartofaccounts"])[:2])
    lines = [
        {"account_id": one, "amount": 10, "debit_or_credit": "debit"},
        {"account_id": two, "amount": "10.00", "debit_or_credit": "credit"},
    ]
    made = caller.send("POST", "/journals", {"journal_date": "2026-11-01", "line_items": lines})
    assert (made.status_code, made.json()["journal"]["total"]) == (201, 10)
    lines[1]["amount"] = 9
    assert caller.send("POST", "/journals", {"journal_date": "2026-11-01", "line_items": lines}).status_code == 400
    lines[1] |= {"amount": 10, "tax_id": tax(caller, "IGST5")}
    assert (
        caller.send("POST", "/journals", {"journal_date": "2026-11-01", "line_items": lines}).json()["code"] == 110942
    )


def test_expense_with_tax_included(caller: Caller) -> None:
    """Net and tax of an expense come from the server."""
    account = next(a.id for a in caller.org["chartofaccounts"] if a.get("account_name") == "Travel Expense")
    bank = next(iter(caller.org["bankaccounts"])).id
    body = {
        "date": "2026-11-02", "account_id": account, "paid_through_account_id": bank, "amount": 118,
        "tax_id": tax(caller, "GST18"), "is_inclusive_tax": True,
    }  # fmt: skip
    shown = caller.send("POST", "/expenses", body).json()["expense"]
    assert (shown["sub_total"], shown["tax_amount"], shown["total"], shown["account_name"]) == (
        100,
        18,
        118,
        "Travel Expense",
    )


def test_bill_is_paid_by_vendor_payment(caller: Caller) -> None:
    """A vendor payment closes its bill."""
    bill = next(b for b in caller.org["bills"] if b.get("balance") > 0 and b.get("status") != "draft")
    due: Decimal = bill.get("balance")
    body = {
        "vendor_id": bill.get("vendor_id"),
        "amount": str(due),
        "date": "2026-11-18",
        "bills": [{"bill_id": bill.id, "amount_applied": str(due)}],
    }
    assert caller.send("POST", "/vendorpayments", body).status_code == 201
    assert (bill.get("balance"), bill.get("status")) == (0, "paid")


def test_broken_body_is_refused(caller: Caller) -> None:
    """A body that is no JSON object is refused."""
    answer = caller.http.post("/books/v3/contacts", params={"organization_id": caller.org.id}, content=b"{")
    assert (answer.status_code, answer.json()["code"]) == (400, 1025)


def test_reading_scope_may_not_write(server: Any) -> None:
    """A token for reading cannot create."""
    reader = Caller(server, scopes=["ZohoBooks.contacts.READ"])
    assert reader.get("/contacts").status_code == 200
    assert reader.send("POST", "/contacts", {"contact_name": "x"}).status_code == 401
    reader.http.close()
