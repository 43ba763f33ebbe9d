"""Credits applied and money refunded: what leaves, what is found again, and once however the answer is lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from books_world import MODULES, BooksWorld

from zbdesk.demo import applied, writes
from zbdesk.demo.refunds import KINDS
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RunResult
from zbdesk.sync import deeds
from zbdesk.sync.deeds import BadDeed, Deed
from zbdesk.sync.edit_errors import NoSuchAction, NoSuchRecord
from zbdesk.sync.wishes import known_wishes, wish_action

pytestmark = pytest.mark.anyio

ALL = (*MODULES, "bills", "vendorcredits", "vendorpayments", "creditnote_refunds", "bankaccounts", "chartofaccounts")
CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
VENDOR = {"source_id": "V-1", "contact_name": "Mill & Sons", "contact_type": "vendor"}
LINES = [{"name": "Seat", "quantity": "2", "rate": "50.00"}]
INVOICE = {
    "source_id": "S-1", "invoice_number": "LL-1", "customer": {"source_id": "C-1"}, "date": "2026-11-20",
    "line_items": LINES,
}  # fmt: skip
NOTE = {
    "source_id": "N-1", "creditnote_number": "CN-1", "customer": {"source_id": "C-1"}, "date": "2026-11-20",
    "line_items": LINES,
}  # fmt: skip
LOST = ["lose", "lost_answer", "status_after", "crash", "crash_after"]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """An issued invoice and an open credit note of one customer, known to both sides."""
    made = BooksWorld(tmp_path, modules=ALL)
    await made.sync()
    made.put("contacts", CONTACT, VENDOR)
    made.put("invoices", INVOICE)
    made.put("creditnotes", NOTE)
    await made.sync()
    made.act("invoices", "LL-1", "send")
    assert (await made.sync()).result is RunResult.OK
    made.wire.asked.clear()
    made.wire.bodies.clear()
    yield made
    await made.aclose()


async def passes(world: BooksWorld, count: int = 3) -> None:
    """A few passes with some time in between; the process may have died."""
    for _ in range(count):
        try:
            await world.sync()
        except BaseException as error:
            if not world.died(error):
                raise
        if world.is_dead:
            world.crash()
        world.clock.tick(60)


def make(world: BooksWorld, module: str, **fields: Any) -> str:
    """Another user enters something in Zoho Books; its id."""
    with world.org.lock:
        written = writes.Written("POST", {"ignore_auto_number_generation": "true"}, {}, json.dumps(fields).encode())
        return str(writes.create(world.org, module, written)[1].id)


def account(world: BooksWorld, at: int = 0) -> dict[str, Any]:
    """A bank account."""
    return dict(world.org.all("bankaccounts")[at])


def take_away(world: BooksWorld, module: str, key: str, refund: dict[str, Any]) -> None:
    """Another user deletes a refund in Zoho Books."""
    if module == "creditnotes":
        world.org.delete("creditnote_refunds", refund["creditnote_refund_id"])
        return
    with world.org.lock:
        there = world.org[module].get(key)
        assert there is not None
        there.fields[KINDS[module].listed].remove(refund)


# -- applying a credit ------------------------------------------------------------------------------------------------


async def test_a_credit_note_is_applied_to_an_invoice(world: BooksWorld) -> None:
    """The documented body leaves once, and the balances of both are known here right after."""
    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="30.00")
    assert (await world.sync()).result is RunResult.OK
    [sent] = [
        json.loads(body)
        for (method, path), body in zip(world.wire.asked, world.wire.bodies, strict=True)
        if method == "POST" and path.endswith("/invoices")
    ]
    invoice_id = world.record("invoices", "S-1").remote_id
    assert sent == {"invoices": [{"invoice_id": invoice_id, "amount_applied": 30.0}]}
    assert world.there("creditnotes", "N-1")["balance"] == 70
    assert world.there("invoices", "S-1")["balance"] == 70
    await world.sync()
    assert world.view("invoices", "S-1").balance == Decimal(70)
    assert world.view("creditnotes", "N-1").balance == Decimal(70)
    assert world.conflicts() == []


async def test_several_invoices_in_one_wish(world: BooksWorld) -> None:
    """Each part is one deed of its own, so that one that is refused does not undo the others."""
    world.put("invoices", {**INVOICE, "source_id": "S-2", "invoice_number": "LL-2"})
    await world.sync()
    world.act("invoices", "LL-2", "send")
    await world.sync()
    parts = [
        {"invoice": {"number": "LL-1"}, "amount_applied": "10"},
        {"invoice": {"number": "LL-2"}, "amount_applied": "15"},
    ]
    world.act("creditnotes", "CN-1", "apply", invoices=parts)
    await world.sync()
    assert world.there("invoices", "S-1")["balance"] == 90
    assert world.there("invoices", "S-2")["balance"] == 85


async def test_an_invoice_takes_a_credit_note(world: BooksWorld) -> None:
    """Said on the invoice it is the same deed of the credit note."""
    world.act("invoices", "LL-1", "apply", creditnote={"number": "CN-1"}, amount_applied="25")
    await world.sync()
    assert world.there("invoices", "S-1")["balance"] == 75
    with pytest.raises(NoSuchRecord):
        world.act("invoices", "LL-1", "apply", creditnote={"number": "CN-404"}, amount_applied="25")


@pytest.mark.parametrize("kind", LOST)
async def test_a_credit_is_applied_once(world: BooksWorld, kind: str) -> None:
    """However the answer is lost, the invoice is credited once: what stands below the note tells."""
    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="30.00")
    world.break_wire(kind, method="POST", path="/invoices")
    await passes(world)
    assert world.there("invoices", "S-1")["balance"] == 70
    assert len(world.there("creditnotes", "N-1")["invoices_credited"]) == 1
    assert world.in_doubt() == 0
    document = world.record("creditnotes", "N-1").document
    assert document is not None
    assert document.wishes == ()


async def test_a_credit_that_lands_after_the_look_up_is_not_repeated(world: BooksWorld) -> None:
    """Before it is repeated the list is read once more; what landed meanwhile is taken for done."""
    note, invoice = (str(world.record(*one).remote_id) for one in (("creditnotes", "N-1"), ("invoices", "S-1")))

    def land() -> None:
        with world.org.lock:
            applied.credit(
                world.org, world.org["creditnotes"].get(note), world.org["invoices"].get(invoice), Decimal(30)
            )

    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="30.00")
    world.break_wire("lose", method="POST", path="/invoices")
    below = f"/creditnotes/{note}/invoices"
    # The look before the write, the two after it, and then the look before the repeat.
    world.break_wire("meanwhile", method="GET", path=below, times=3)
    world.break_wire("meanwhile", method="GET", path=below, before=land)
    await passes(world)
    assert not [one for one in world.wire.troubles if one.times]
    assert len(world.there("creditnotes", "N-1")["invoices_credited"]) == 1
    assert [one for one in world.wire.writes() if one[1] == below] == [("POST", below)]
    assert world.in_doubt() == 0


async def test_two_equal_credits_are_two(world: BooksWorld) -> None:
    """A second deed of the same amount is another one, not the first seen again."""
    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="30.00")
    await world.sync()
    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="30.00")
    world.break_wire("lost_answer", method="POST", path="/invoices")
    await passes(world)
    assert world.there("invoices", "S-1")["balance"] == 40


async def test_a_credit_waits_for_its_invoice(world: BooksWorld) -> None:
    """An invoice that is not in Zoho Books yet goes first; one that nobody knows is a problem."""
    world.put("invoices", {**INVOICE, "source_id": "S-3", "invoice_number": "LL-3"})
    world.act("creditnotes", "CN-1", "apply", invoice={"number": "LL-3"}, amount_applied="10")
    world.act("invoices", "LL-3", "send")
    await passes(world, 2)
    assert world.there("invoices", "S-3")["balance"] == 90
    world.act("creditnotes", "CN-1", "apply", invoice={"number": "LL-404"}, amount_applied="10")
    await world.sync()
    [problem] = world.problems()
    assert problem.cause == "unknown_reference"
    assert "LL-404" in problem.message


async def test_a_refused_credit_is_a_problem_and_can_be_taken_back(world: BooksWorld) -> None:
    """Zoho's own words are shown; taking the wish back ends it."""
    from zbdesk.sync import editing

    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="50")
    words = b'{"code":24016,"message":"It is more than what is open."}'
    world.break_wire("status", method="POST", path="/creditnotes/", status=400, body=words)
    await world.sync()
    [problem] = world.problems()
    assert "more than what is open" in problem.detail
    editing.cancel(world.db, world.record("creditnotes", "N-1").id, now=world.clock.now)
    await world.sync()
    assert world.problems() == []
    assert world.there("creditnotes", "N-1")["balance"] == 100


@pytest.mark.parametrize("kind", [None, *LOST])
async def test_a_vendor_credit_is_applied_to_a_bill_once(world: BooksWorld, kind: str | None) -> None:
    """The purchase side likewise."""
    lines = [{**LINES[0], "account": {"name": world.org.all("chartofaccounts")[0]["account_name"]}}]
    bill = {
        "source_id": "B-1", "bill_number": "B-1", "vendor": {"source_id": "V-1"}, "date": "2026-11-20",
        "line_items": lines,
    }  # fmt: skip
    credit = {
        "source_id": "VC-1", "vendor_credit_number": "VC-1", "vendor": {"source_id": "V-1"}, "date": "2026-11-20",
        "line_items": lines,
    }  # fmt: skip
    world.put("bills", bill)
    world.put("vendorcredits", credit)
    await world.sync()
    world.act("bills", "B-1", "open")
    await world.sync()
    world.act("vendorcredits", "VC-1", "apply", bill={"source_id": "B-1"}, amount_applied="40")
    if kind is not None:
        world.break_wire(kind, method="POST", path="/bills")
    await passes(world)
    assert world.there("bills", "B-1")["balance"] == 60
    assert world.there("vendorcredits", "VC-1")["balance"] == 60
    assert world.in_doubt() == 0
    assert world.problems() == []


# -- refunds ----------------------------------------------------------------------------------------------------------


def refunded_note(world: BooksWorld) -> tuple[str, str, Callable[[], list[Any]]]:
    """The open credit note, and where its refunds stand."""
    return "creditnotes", "CN-1", lambda: [
        one
        for one in world.org.all("creditnote_refunds")
        if one["creditnote_id"] == world.record("creditnotes", "N-1").remote_id
    ]  # fmt: skip


def refunded_payment(world: BooksWorld) -> tuple[str, str, Callable[[], list[Any]]]:
    """Money on account."""
    contact = str(world.record("contacts", "C-1").remote_id)
    made = make(world, "customerpayments", customer_id=contact, payment_mode="cash", amount=80, date="2026-11-20",
                invoices=[])  # fmt: skip
    return "customerpayments", made, lambda: world.org.get("customerpayments", made).get("payment_refunds") or []


def refunded_vendor_credit(world: BooksWorld) -> tuple[str, str, Callable[[], list[Any]]]:
    """A credit that a vendor pays out."""
    vendor = str(world.record("contacts", "V-1").remote_id)
    account_id = world.org.all("chartofaccounts")[0]["account_id"]
    made = make(
        world, "vendorcredits", vendor_id=vendor, vendor_credit_number="VC-9", date="2026-11-20",
        line_items=[{"name": "Seat", "account_id": account_id, "quantity": 1, "rate": 90}],
    )  # fmt: skip
    return "vendorcredits", made, lambda: world.org.get("vendorcredits", made).get("vendor_credit_refunds") or []


@pytest.mark.parametrize("kind", [None, *LOST])
@pytest.mark.parametrize("case", [refunded_note, refunded_payment, refunded_vendor_credit])
async def test_money_is_refunded_once(
    world: BooksWorld, case: Callable[[BooksWorld], tuple[str, str, Callable[[], list[Any]]]], kind: str | None
) -> None:
    """A refund carries a reference by which it is found again below its record."""
    module, key, refunds = case(world)
    world.clock.tick(60)
    await world.sync()
    name = account(world)["account_name"]
    world.act(module, key, "refund", amount="12.50", date="2026-11-20", account={"name": name})
    if kind is not None:
        world.break_wire(kind, method="POST", path="/refunds")
    await passes(world)
    [refund] = refunds()
    assert Decimal(str(refund.get("amount") or refund["amount_fcy"])) == Decimal("12.5")
    assert refund["reference_number"].startswith("ZB-")
    assert world.in_doubt() == 0
    assert world.problems() == []
    assert world.conflicts() == []


@pytest.mark.parametrize("case", [refunded_note, refunded_payment, refunded_vendor_credit])
async def test_a_refund_that_lands_after_its_repeat_is_shown(
    world: BooksWorld, case: Callable[[BooksWorld], tuple[str, str, Callable[[], list[Any]]]]
) -> None:
    """A slow proxy delivers the first request when the second is done: the next pass says so, until one is left."""
    module, key, refunds = case(world)
    world.clock.tick(60)
    await world.sync()
    name = account(world)["account_name"]
    world.act(module, key, "refund", amount="12.50", date="2026-11-20", account={"name": name})
    world.break_wire("late", method="POST", path="/refunds")
    await passes(world)
    assert len(refunds()) == 1
    assert (world.in_doubt(), world.problems()) == (0, [])
    world.clock.tick(900)
    await world.wire.land()
    assert len(refunds()) == 2
    assert (await world.sync()).result is RunResult.ATTENTION
    [problem] = world.problems()
    assert problem.cause == "duplicate_in_zoho"
    assert "12.50 of this" in problem.message
    assert "refunded 2 times" in problem.message
    assert "delete the surplus entry" in problem.remedy
    world.clock.tick(2 * 86_400)
    assert (await world.sync()).result is RunResult.ATTENTION
    take_away(world, module, key, refunds()[-1])
    assert (await world.sync()).result is RunResult.OK
    assert world.problems() == []
    world.clock.tick(2 * 86_400)
    await world.sync()
    world.wire.asked.clear()
    await world.sync()
    assert not [path for _, path in world.wire.asked if path.endswith("/refunds") and path != "/creditnotes/refunds"]


async def test_a_credit_that_lands_after_its_repeat_is_shown(world: BooksWorld) -> None:
    """The same for an applied credit, also where the process ended between the two."""
    note, invoice = (str(world.record(*one).remote_id) for one in (("creditnotes", "N-1"), ("invoices", "S-1")))
    world.act("creditnotes", "CN-1", "apply", invoice={"source_id": "S-1"}, amount_applied="30.00")
    world.break_wire("late", method="POST", path="/invoices")
    await passes(world)
    world.crash()
    await world.wire.land()
    assert len(world.there("creditnotes", "N-1")["invoices_credited"]) == 2
    await passes(world)
    [problem] = world.problems()
    assert (problem.cause, problem.module) == ("duplicate_in_zoho", "creditnotes")
    assert "applied 2 times" in problem.message
    with world.org.lock:
        there = world.org["creditnotes"].get(note)
        assert there is not None
        applied.uncredit(world.org, there, there.fields["invoices_credited"][-1])
    await passes(world)
    assert world.problems() == []
    assert world.org.get("invoices", invoice)["balance"] == 70


async def test_two_equal_refunds_are_no_surplus(world: BooksWorld) -> None:
    """A repeated refund beside another one with the same own reference and amount: two were meant, two are there."""
    module, key, refunds = refunded_payment(world)
    world.clock.tick(60)
    await world.sync()
    name = account(world)["account_name"]
    for _ in range(2):
        world.act(
            module, key, "refund", amount="12.50", date="2026-11-20", account={"name": name}, reference_number="R-7"
        )
    world.break_wire("lose", method="POST", path="/refunds")
    await passes(world)
    await passes(world)
    assert len(refunds()) == 2
    assert world.problems() == []


async def test_a_refund_document_of_a_source_is_made_once(world: BooksWorld) -> None:
    """Refunds of credit notes are a module of their own, too: ``put creditnote_refunds``."""
    before = len(world.org.ids("creditnote_refunds"))
    document = {
        "source_id": "R-1", "creditnote": {"source_id": "N-1"}, "date": "2026-11-20", "refund_mode": "cash",
        "amount": "20.00", "from_account": {"name": account(world)["account_name"]},
    }  # fmt: skip
    world.put("creditnote_refunds", document)
    world.break_wire("lost_answer", method="POST", path="/refunds")
    await passes(world)
    assert len(world.org.ids("creditnote_refunds")) == before + 1
    assert world.there("creditnotes", "N-1")["balance"] == 80
    assert world.in_doubt() == 0


# -- what is refused at once ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "word", "data"),
    [
        ("creditnotes", "apply", {"invoice": {"number": "X"}}),
        ("creditnotes", "apply", {"invoice": {"number": "X"}, "amount_applied": "-1"}),
        ("creditnotes", "apply", {"invoice": {"number": "X"}, "amount_applied": "NaN"}),
        ("creditnotes", "apply", {"amount_applied": "5"}),
        ("creditnotes", "apply", {"invoices": []}),
        ("creditnotes", "apply", {"invoices": ["LL-1"]}),
        ("creditnotes", "refund", {"amount": "5"}),
        ("creditnotes", "refund", {"amount": "5", "account": {"name": "Cash"}, "date": "20.11.2026"}),
        ("vendorcredits", "refund", {"amount": "much", "account": {"name": "Cash"}}),
    ],
)
def test_what_a_deed_needs(module: str, word: str, data: dict[str, Any]) -> None:
    """What is missing or unreadable is refused when it is said, with an example of how to say it."""
    with pytest.raises(BadDeed) as caught:
        deeds.read(named(module), word, data, today="2026-11-20")
    assert caught.value.message


def test_a_deed_survives_as_a_wish() -> None:
    """What stands among the wishes is read back as it was, to the last digit."""
    [deed] = deeds.read(
        named("customerpayments"), "refund", {"amount": "0.10", "account_id": "7", "description": "Too “much”"},
        today="2026-11-20",
    )  # fmt: skip
    assert deeds.parse(deed.wish()) == deed
    assert deeds.parse("void") is None
    assert deed.amount.as_tuple() == Decimal("0.10").as_tuple()
    body = deeds.body(named("customerpayments"), deed, "7")
    assert set(body) == {"amount", "date", "description", "from_account_id", "reference_number", "refund_mode"}


def test_deeds_are_no_plain_wishes() -> None:
    """An action that needs a body is never sent without one."""
    assert wish_action(named("creditnotes"), "apply_to_invoices") is None
    assert wish_action(named("invoices"), "apply_credits") is None
    assert "apply" not in known_wishes(named("creditnotes"))
    action = wish_action(named("creditnotes"), Deed("apply", Decimal(1), {"id": "1"}, "k").wish())
    assert action is not None
    assert action.name == "apply_to_invoices"


async def test_where_there_is_no_such_deed_it_is_said(world: BooksWorld) -> None:
    """The actions that there are, are named."""
    with pytest.raises(NoSuchAction, match="refund"):
        world.act("invoices", "LL-1", "refund", amount="5")
    with pytest.raises(NoSuchAction) as caught:
        world.act("creditnotes", "CN-1", "unknown")
    assert "apply" in caught.value.message
