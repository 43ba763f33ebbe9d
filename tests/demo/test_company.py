"""The books of the seed agree with themselves, and the same seed gives the same books."""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from zbdesk.demo import faces
from zbdesk.demo.company import Company
from zbdesk.demo.figures import ZERO
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.organization import Organization
from zbdesk.domain.modules import MODULES

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def company() -> Company:
    """A company of a fixed day."""
    return Company(DemoOptions(today=TODAY))


@pytest.fixture(params=[0, 1])
def org(request: pytest.FixtureRequest, company: Company) -> Organization:
    """Each organization in turn."""
    return list(company.organizations.values())[request.param]


def test_same_seed_same_books(company: Company) -> None:
    """Seed and day decide every byte of every record."""
    again = Company(DemoOptions(today=TODAY))
    for org, twin in zip(company.organizations.values(), again.organizations.values(), strict=True):
        for module in faces.FACES:
            assert org.all(module) == twin.all(module), module


def test_another_seed_other_books(company: Company) -> None:
    """Another seed is another company."""
    other = Company(DemoOptions(today=TODAY, seed=8))
    assert other.org().all("invoices") != company.org().all("invoices")


def test_kept_opening_day_brings_the_same_books_later(company: Company) -> None:
    """With the opening day kept, a later start has the same records; only what is due by date moves."""
    later = Company(DemoOptions(today=TODAY + timedelta(days=9), opened=TODAY))
    first = [
        (r["invoice_id"], r["invoice_number"], r["total"], r["last_modified_time"])
        for r in company.org().all("invoices")
    ]
    assert [
        (r["invoice_id"], r["invoice_number"], r["total"], r["last_modified_time"]) for r in later.org().all("invoices")
    ] == first


def test_every_module_has_records(company: Company) -> None:
    """A look around finds something in every module of the catalogue."""
    assert set(faces.FACES) == set(MODULES)
    assert [name for name in MODULES if not len(company.org()[name])] == []


def test_size_is_about_what_was_asked(company: Company) -> None:
    """The small company is a thousand records, a large one in proportion."""
    assert 800 < sum(len(c) for c in company.org().collections.values()) < 1300
    large = Company(DemoOptions(today=TODAY, scale=9000))
    assert 8000 < sum(len(c) for c in large.org().collections.values()) < 12500


def test_balance_is_total_less_what_was_covered(org: Organization) -> None:
    """An invoice's balance is its total less payments and credits, and these are the sums of what was applied."""
    paid: dict[str, Decimal] = defaultdict(lambda: ZERO)
    credited: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for payment in org["customerpayments"]:
        for part in payment.get("invoices"):
            paid[part["invoice_id"]] += part["amount_applied"]
    for note in org["creditnotes"]:
        for part in note.get("invoices_credited", []):
            credited[part["invoice_id"]] += part["credited_amount"]
    for invoice in org["invoices"]:
        if invoice.get("status") == "void":
            continue
        assert invoice.get("payment_made", ZERO) == paid[invoice.id]
        assert invoice.get("credits_applied", ZERO) == credited[invoice.id]
        assert invoice.get("balance") == invoice.get("total") - paid[invoice.id] - credited[invoice.id]
        assert invoice.get("balance") >= 0


def test_payment_is_what_was_applied_and_what_is_unused(org: Organization) -> None:
    """No payment covers more than it holds."""
    for payment in org["customerpayments"]:
        applied = sum((part["amount_applied"] for part in payment.get("invoices")), ZERO)
        assert payment.get("amount") == applied + payment.get("unused_amount")


def test_contact_owes_the_sum_of_its_invoices(org: Organization) -> None:
    """A contact's outstanding amount is the sum of its open balances."""
    owed: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for module in ("invoices", "debit_notes"):
        for record in org[module]:
            if record.get("status") not in ("draft", "void"):
                owed[record.get("customer_id")] += record.get("balance")
    for contact in org["contacts"]:
        assert contact.get("outstanding_receivable_amount") == owed[contact.id]


def test_status_follows_balance_and_date(org: Organization) -> None:
    """Paid, overdue and partly paid are what balance and due date say."""
    seen = set()
    for invoice in org["invoices"]:
        status, balance = invoice.get("status"), invoice.get("balance")
        seen.add(status)
        if status == "paid":
            assert balance == 0
        elif status == "overdue":
            assert balance > 0
            assert invoice.get("due_date") < TODAY.isoformat()
        elif status in ("sent", "partially_paid"):
            assert balance > 0
            assert invoice.get("due_date") >= TODAY.isoformat()
    assert {"paid", "overdue", "sent"} <= seen


def test_detail_adds_up(org: Organization) -> None:
    """Lines, discount and taxes of a detail come to its total."""
    for module in ("invoices", "estimates", "bills", "creditnotes"):
        for record in org[module]:
            shown = faces.detail(org, module, record)
            assert sum((line["item_total"] for line in shown["line_items"]), ZERO) == shown["sub_total"]
            assert sum((tax["tax_amount"] for tax in shown["taxes"]), ZERO) == shown["tax_total"]
            assert shown["sub_total"] + shown["tax_total"] - shown["discount_total"] == shown["total"]


def test_amounts_keep_to_the_currency(company: Company) -> None:
    """No amount has more decimals than its currency: none in yen, three in Kuwaiti dinar."""
    org = company.org()
    codes = set()
    for invoice in org["invoices"]:
        codes.add(invoice.get("currency_code"))
        total = invoice.get("total")
        assert round(total, org.precision(invoice.get("currency_code"))) == total
    assert {"INR", "USD", "EUR", "JPY", "AED"} <= codes


def test_stamps_are_past_and_in_order(org: Organization) -> None:
    """Nothing was made tomorrow, nor changed before it was made."""
    now = org.clock.seconds()
    for collection in org.collections.values():
        for record in collection:
            assert record.created <= record.modified <= now


def test_names_in_several_scripts(company: Company) -> None:
    """Customers write Devanagari, Japanese, Arabic and accented Latin."""
    names = "".join(contact.get("contact_name") for contact in company.org()["contacts"])
    for low, high in (("\u0900", "\u097f"), ("\u4e00", "\u9fff"), ("\u0600", "\u06ff"), ("\u00c0", "\u017f")):
        assert any(low <= letter <= high for letter in names)


def test_ids_are_long_and_unique(company: Company) -> None:
    """Ids are texts of eighteen digits, beyond what a float can hold, and no two records share one."""
    org = company.org()
    ids = [
        record.id
        for name, c in org.collections.items()
        if name not in ("organizations", "bankaccounts", "tax_groups")
        for record in c
    ]
    assert len(ids) == len(set(ids))
    assert all(len(one) == 18 and one.isdigit() for one in ids)


def test_large_company_is_made_quickly() -> None:
    """Seventy thousand records do not take long: a generous bound on a busy machine."""
    started = time.process_time()
    company = Company(DemoOptions(today=TODAY, sizes={"contacts": 20_000, "invoices": 50_000}))
    assert len(company.org()["contacts"]) == 20_000
    assert len(company.org()["invoices"]) == 50_000
    assert time.process_time() - started < 20


def test_tick_changes_something_now(company: Company) -> None:
    """A tick says what happened, and some record carries the present second."""
    own = Company(DemoOptions(today=TODAY))
    own.clock.advance(60)
    before = own.clock.seconds()
    assert own.tick().endswith(".")
    assert any(record.modified >= before for c in own.org().collections.values() for record in c)


def test_next_day_makes_invoices_overdue() -> None:
    """What is due falls overdue with the day, and its stamp stays."""
    own = Company(DemoOptions(today=TODAY))
    org = own.org()
    made = org.put("invoices", total=100, date=TODAY.isoformat(), due_date=TODAY.isoformat())
    stamp = org.get("invoices", made)["last_modified_time"]
    assert org.get("invoices", made)["status"] == "sent"
    own.clock.advance(86_400)
    after = org.get("invoices", made)
    assert (after["status"], after["due_days"], after["last_modified_time"]) == (
        "overdue",
        "Overdue by 1 day(s)",
        stamp,
    )
