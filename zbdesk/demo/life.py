"""The company going about its business: one believable change at a time, for the demo window to show."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from zbdesk.demo import ledger, words
from zbdesk.demo.figures import ZERO

if TYPE_CHECKING:
    from zbdesk.demo.company import Company
    from zbdesk.demo.organization import Organization


def tick(company: Company, rng: random.Random | None = None) -> str:
    """Make one change in the first organization and say what it was."""
    rng = rng or random.Random(company.clock.seconds())
    with company.lock:
        org = company.org()
        org.new_day()
        for deed in rng.sample((_pay, _pay, _send, _invoice, _customer), k=5):
            if (done := deed(org, rng)) is not None:
                return done
        return "A quiet moment."


def _pay(org: Organization, rng: random.Random) -> str | None:
    """A customer pays an open invoice."""
    due = [
        i
        for i in org["invoices"]
        if i.fields["status"] in ("sent", "overdue", "partially_paid") and i.fields["balance"] > 0
    ]
    if not due:
        return None
    invoice = rng.choice(due)
    paid: Decimal = invoice.fields["balance"]
    bank = next(iter(org["bankaccounts"]))
    org.put(
        "customerpayments",
        customer_id=invoice.fields["customer_id"],
        amount=paid,
        unused_amount=ZERO,
        payment_mode="banktransfer",
        date=org.today().isoformat(),
        reference_number=f"UTR{rng.randint(10**8, 10**9 - 1)}",
        account_id=bank.id,
        account_name=bank.get("account_name"),
        invoices=[{"invoice_id": invoice.id, "invoice_payment_id": org.next_id(), "amount_applied": paid}],
    )
    ledger.cover(org, "invoices", invoice.id, "payment_made", paid)
    contact = org["contacts"].get(invoice.fields["customer_id"])
    if contact is not None:
        ledger.recount_contact(org, contact)
    return f"{invoice.fields['customer_name']} paid {invoice.fields['invoice_number']}."


def _send(org: Organization, rng: random.Random) -> str | None:
    """A draft goes out."""
    drafts = [i for i in org["invoices"] if i.fields["status"] == "draft"]
    if not drafts:
        return None
    invoice = rng.choice(drafts)
    org.edit("invoices", invoice.id, status="sent", is_emailed=True)
    return f"{invoice.fields['invoice_number']} was sent to {invoice.fields['customer_name']}."


def _invoice(org: Organization, rng: random.Random) -> str | None:
    """A new invoice."""
    customers = [
        c
        for c in org["contacts"]
        if c.fields["contact_type"] == "customer"
        and c.fields["status"] == "active"
        and c.fields["currency_code"] == org.profile.currency_code
    ]
    items = [i for i in org["items"] if i.fields["status"] == "active"]
    if not customers or not items:
        return None
    customer = rng.choice(customers)
    lines = [
        {"item_id": i.id, "quantity": rng.randint(1, 30), "rate": i.fields["rate"], "tax_id": i.fields["tax_id"]}
        for i in rng.sample(items, k=min(2, len(items)))
    ]
    today = org.today()
    made = org.put(
        "invoices",
        customer_id=customer.id,
        date=today.isoformat(),
        due_date=(today + timedelta(days=30)).isoformat(),
        line_items=lines,
        payment_terms=30,
        payment_terms_label="Net 30",
    )
    return f"{org.get('invoices', made)['invoice_number']} was made for {customer.get('contact_name')}."


def _customer(org: Organization, rng: random.Random) -> str | None:
    """A new customer."""
    names = {c.get("contact_name") for c in org["contacts"]}
    name = f"{rng.choice(words.SURNAMES)} {rng.choice(words.TRADES)}, {rng.choice(words.CITIES)[0]}"
    if name in names:
        return None
    org.put(
        "contacts",
        contact_name=name,
        company_name=name,
        email=f"office{rng.randint(100, 999)}@newcustomer.example",
        payment_terms=30,
        payment_terms_label="Net 30",
    )
    return f"{name} is a new customer."


class Life:
    """Ticks on a thread of its own until stopped, while ``when`` says yes. The same seed does the same deeds."""

    def __init__(self, company: Company, seconds: float, when: Callable[[], bool]) -> None:
        self._company = company
        self._seconds = seconds
        self._when = when
        self._stop = threading.Event()
        self._rng = random.Random(company.options.seed)
        self._thread = threading.Thread(target=self._run, name="demo-life")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, at once."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            if self._when():
                tick(self._company, self._rng)
