"""What a payment may be: never more on a document than is open there, whoever enters it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from books_world import BooksWorld, pay, pushed

from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RunResult
from zbdesk.sync import paying
from zbdesk.sync.commands import ActOn
from zbdesk.sync.edit_errors import CannotEdit, DocumentRefused
from zbdesk.sync.obeying import obey

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
INVOICE = {
    "source_id": "1",
    "customer": {"source_id": "C-1"},
    "invoice_number": "LL-1",
    "date": "2026-11-20",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """One invoice over 80.00, issued, that both sides agree on."""
    made = BooksWorld(tmp_path)
    await made.sync()
    made.put("contacts", CONTACT)
    made.put("invoices", INVOICE)
    await made.sync()
    made.act("invoices", "LL-1", "send")
    assert (await made.sync()).result is RunResult.OK
    made.wire.asked.clear()
    yield made
    await made.aclose()


def payments(world: BooksWorld) -> list[tuple[Decimal, Decimal]]:
    """(amount, unused) of the customer's payments in Zoho."""
    customer = world.record("contacts", "C-1").remote_id
    return [
        (Decimal(str(one["amount"])), Decimal(str(one["unused_amount"])))
        for one in world.org.all("customerpayments")
        if one["customer_id"] == customer
    ]


async def test_without_an_amount_all_that_is_open_is_paid(world: BooksWorld) -> None:
    """Less what others paid and what waits to leave: a second click pays nothing twice."""
    pay(world, world.there("invoices", "1"), "30.00")
    await world.sync()
    world.act("invoices", "LL-1", "pay")
    with pytest.raises(CannotEdit, match="Nothing is open on LL-1"):
        world.act("invoices", "LL-1", "pay")
    assert (await world.sync()).result is RunResult.OK
    assert sorted(payments(world)) == [(Decimal(30), Decimal(0)), (Decimal(50), Decimal(0))]
    with pytest.raises(CannotEdit, match="Nothing is open on LL-1"):
        world.act("invoices", "LL-1", "pay")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"amount": "80.01"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "100.00", "amount_applied": "80.01"}, "amount_applied"),
        ({"amount": "50.00", "amount_applied": "60.00"}, "amount_applied"),
    ],
)
async def test_what_does_not_fit_the_balance_is_refused_and_nothing_is_noted(
    world: BooksWorld, data: dict[str, str], field: str
) -> None:
    """The field is named, the sentence has the open amount, and no payment waits."""
    with pytest.raises(DocumentRefused) as caught:
        world.act("invoices", "LL-1", "pay", **data)
    assert [one.field for one in caught.value.errors] == [field]
    await world.sync()
    assert world.wire.writes() == []
    assert world.problems() == []


async def test_the_window_is_held_by_the_same_rule(world: BooksWorld) -> None:
    """The dialog's command goes the same way as the command line's."""
    record_id = world.record("invoices", "1").id
    command = ActOn(record_id, "pay", (("amount", "80.01"), ("date", "2026-11-20"), ("payment_mode", "cash")))
    with pytest.raises(DocumentRefused, match=r"80\.00 is open on LL-1"):
        obey(world.db, world.connection, command, now=world.clock.now)


async def test_more_than_is_open_stays_with_the_customer_as_unused(world: BooksWorld) -> None:
    """A payment may be larger than its invoice: what is for the invoice is said, the rest is unused in Zoho."""
    world.act("invoices", "LL-1", "pay", amount="100.00", amount_applied="80.00", date="2026-11-20")
    assert (await world.sync()).result is RunResult.OK
    assert payments(world) == [(Decimal(100), Decimal(20))]
    assert world.there("invoices", "1")["status"] == "paid"


async def test_what_waits_to_leave_counts(world: BooksWorld) -> None:
    """Two payments entered one after the other come to the balance together, also where one came as a document."""
    world.put(
        "customerpayments",
        {
            "source_id": "P-1",
            "customer": {"source_id": "C-1"},
            "payment_mode": "cash",
            "amount": "30.00",
            "date": "2026-11-20",
            "invoices": [{"invoice": {"number": "LL-1"}, "amount_applied": "30.00"}],
        },
    )
    world.act("invoices", "LL-1", "pay", amount="20.00")
    with pytest.raises(DocumentRefused, match=r"30\.00 is open"):
        world.act("invoices", "LL-1", "pay", amount="30.01")
    world.act("invoices", "LL-1", "pay", amount="30.00")
    finished = await world.sync()
    assert (finished.result, pushed(finished, "customerpayments").created) == (RunResult.OK, 3)
    assert world.there("invoices", "1")["balance"] == 0


async def test_a_payment_document_that_applies_too_much_stops_before_it_is_sent(world: BooksWorld) -> None:
    """A problem without a call, looked at again in each pass: it goes by itself once so much is open."""
    other = pay(world, world.there("invoices", "1"), "60.00")
    await world.sync()
    document = {
        "source_id": "P-1",
        "customer": {"source_id": "C-1"},
        "payment_mode": "cash",
        "amount": "80.00",
        "date": "2026-11-20",
        "invoices": [{"invoice": {"source_id": "1"}, "amount_applied": "80.00"}],
    }
    world.put("customerpayments", document)
    world.wire.asked.clear()
    assert (await world.sync()).result is RunResult.ATTENTION
    [problem] = world.problems()
    assert problem.cause == "validation"
    assert "applies 80.00 to LL-1, where 20.00 is open" in problem.message
    assert world.wire.writes() == []
    world.org.delete("customerpayments", other)
    await world.sync(full=True)
    assert (await world.sync()).result is RunResult.OK
    assert world.problems() == []
    assert payments(world) == [(Decimal(80), Decimal(0))]


async def test_a_void_or_deleted_document_takes_no_payment(world: BooksWorld) -> None:
    """Said at once, with the name of the document."""
    world.act("invoices", "LL-1", "void")
    await world.sync()
    with pytest.raises(CannotEdit, match="LL-1 is void"):
        world.act("invoices", "LL-1", "pay", amount="10.00")
    there = str(world.record("invoices", "1").remote_id)
    world.org.delete("invoices", there)
    await world.sync(full=True)
    with pytest.raises(CannotEdit, match="deleted in Zoho Books"):
        world.act("invoices", there, "pay", amount="10.00")


async def test_what_nobody_knows_is_zohos_to_decide(world: BooksWorld) -> None:
    """An edit that waits may change what the document comes to: no figure is made up for it."""
    more = [{"name": "Seat", "quantity": "3", "rate": "40.00"}]
    world.put("invoices", {**INVOICE, "line_items": more})
    stored = world.record("invoices", "1")
    assert paying.open_on(world.db, world.connection.id, named("invoices"), stored) is None
    world.act("invoices", "LL-1", "pay", amount="120.00")
    assert (await world.sync()).result is RunResult.OK
    assert world.there("invoices", "1")["status"] == "paid"


async def test_a_credit_is_held_against_what_is_left_and_what_is_open(world: BooksWorld) -> None:
    """More than the credit note has, or more than the invoice needs, is refused when it is entered."""
    note = {
        "source_id": "N-1",
        "customer": {"source_id": "C-1"},
        "creditnote_number": "CN-1",
        "date": "2026-11-20",
        "line_items": [{"name": "Seat", "quantity": "1", "rate": "100.00"}],
    }
    world.put("creditnotes", note)
    await world.sync()
    target = {"invoice": {"number": "LL-1"}}
    with pytest.raises(CannotEdit, match="is left on CN-1"):
        world.act("creditnotes", "CN-1", "apply", **target, amount_applied="100.01")
    with pytest.raises(CannotEdit, match="is open on LL-1"):
        world.act("creditnotes", "CN-1", "apply", **target, amount_applied="80.01")
    world.act("creditnotes", "CN-1", "apply", **target, amount_applied="80.00")
    with pytest.raises(CannotEdit, match="is left on CN-1"):
        world.act("creditnotes", "CN-1", "refund", amount="20.01", account={"name": "Bank"})
