"""What cannot be sent: each bad input with its planned outcome, and what people do about it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from books_world import BooksWorld, pushed

from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RecordState, RunResult
from zbdesk.sync import obeying, resolving
from zbdesk.sync.commands import (
    ActOn,
    CancelPending,
    DismissProblems,
    EditCommand,
    EditRecord,
    HoldForReview,
    NewRecord,
    Release,
    ResolveConflicts,
    RetryProblems,
    SyncNow,
    UndoDismiss,
    UndoResolve,
)
from zbdesk.sync.edit_errors import CannotEdit
from zbdesk.sync.troubles import wait_before

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
INVOICE = {
    "source_id": "S-1",
    "customer": {"source_id": "C-1"},
    "invoice_number": "LL-0001",
    "date": "2026-11-20",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected computer with a customer that both sides agree on."""
    made = BooksWorld(tmp_path)
    await made.sync()
    made.put("contacts", CONTACT)
    assert (await made.sync()).result is RunResult.OK
    made.wire.asked.clear()
    yield made
    await made.aclose()


async def test_a_refused_write_leaves_a_line_without_the_record(
    world: BooksWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the module, what went wrong and Zoho's code; neither Zoho's words nor anything of the record."""
    world.put("invoices", INVOICE)
    body = b'{"code":1001,"message":"Lantern & Loom owes 80.00 on LL-0001."}'
    world.break_wire("status", method="POST", path="/invoices", status=400, body=body, times=2)
    with caplog.at_level(logging.INFO, logger="zbdesk.sync"):
        await world.sync()
    [line] = [line for line in caplog.messages if line.startswith("write to invoices: ")]
    assert "code 1001" in line
    for secret in ("Lantern", "LL-0001", "80.00", "S-1", "ap@"):
        assert not any(secret in message for message in caplog.messages)


@pytest.mark.parametrize(
    ("status", "code", "message", "cause"),
    [
        (401, 57, "You are not authorized to perform this operation", "permission"),
        (400, 57, "You are not authorized to perform this operation", "permission"),
        (400, 110900, "Transactions dated before are locked.", "locked_period"),
        (400, 1001, "The customer is inactive.", "inactive_contact"),
        (400, 1001, "The item is inactive.", "inactive_item"),
        (400, 3032, "IGST or CGST and SGST", "validation"),
        (400, 99999, "Something nobody has seen", "validation"),
        (404, 1002, "Tax does not exist.", "unknown_reference"),
    ],
)
async def test_a_refusal_has_its_cause(world: BooksWorld, status: int, code: int, message: str, cause: str) -> None:
    """Zoho's code and words become the stable cause; its own message stays readable."""
    world.put("invoices", INVOICE)
    body = f'{{"code":{code},"message":"{message}"}}'.encode()
    world.break_wire("status", method="POST", path="/invoices", status=status, body=body, times=2)
    finished = await world.sync()
    [problem] = world.problems()
    assert (problem.cause, finished.result) == (cause, RunResult.ATTENTION)
    assert problem.message
    assert problem.remedy
    assert world.view("invoices", "S-1").state is RecordState.PROBLEM
    world.mend()
    finished = await world.sync()
    assert (finished.result, world.problems()) == (RunResult.OK, [])


async def test_an_inactive_item_stops_before_sending(world: BooksWorld) -> None:
    """Seen in the mirror: nothing is sent for the document, and it goes by itself once the item is active again."""
    item = world.org.all("items")[0]
    world.clock.tick(60)
    world.org.edit("items", item["item_id"], status="inactive")
    await world.sync(full=True)
    world.wire.asked.clear()
    line = {"item": {"name": item["name"]}, "quantity": "1", "rate": "10.00"}
    world.put("invoices", {**INVOICE, "line_items": [line]})
    await world.sync()
    [problem] = world.problems()
    assert problem.cause == "inactive_item"
    assert "active" in problem.remedy
    assert world.wire.writes() == []
    assert world.numbers("invoices", "invoice_number")["LL-0001"] == 0
    world.clock.tick(60)
    world.org.edit("items", item["item_id"], status="active")
    await world.sync(full=True)
    await world.sync()
    assert world.view("invoices", "S-1").state is RecordState.SYNCED
    assert world.problems() == []


async def test_a_line_without_an_account_is_zohos_to_refuse(world: BooksWorld) -> None:
    """A journal line without its account never leaves; where only Zoho asks for one, its words are shown."""
    journal = {
        "source_id": "J-1",
        "journal_date": "2026-11-20",
        "line_items": [
            {"amount": "5.00", "debit_or_credit": "debit"},
            {"amount": "5.00", "debit_or_credit": "credit"},
        ],
    }
    [result] = world.put("journals", journal)
    assert (result.result, result.errors[0].field) == ("refused", "line_items[0].account")
    world.put("invoices", INVOICE)
    body = b'{"code":4,"message":"Please specify the account of the line item."}'
    world.break_wire("status", method="POST", path="/invoices", status=400, body=body)
    await world.sync()
    [problem] = world.problems()
    assert (problem.cause, problem.detail) == ("validation", "Please specify the account of the line item.")


async def test_a_background_pass_rests_before_it_tries_again(world: BooksWorld) -> None:
    """What was refused is not sent again at every poll: longer each time, at once by a click or after a change."""
    world.put("invoices", INVOICE)
    world.break_wire("status", method="POST", path="/invoices", status=400, body=b'{"code":9,"message":"no"}', times=9)
    await world.sync(cause="poll")
    world.wire.asked.clear()
    await world.sync(cause="poll")
    assert world.wire.writes() == []
    world.clock.tick(wait_before(1).total_seconds())
    await world.sync(cause="poll")
    assert len(world.wire.writes()) == 1
    await world.sync(cause="poll")
    assert len(world.wire.writes()) == 1
    await world.sync(cause="user")
    assert len(world.wire.writes()) == 2


async def test_dismissed_returns_only_after_a_change(world: BooksWorld) -> None:
    """A dismissed problem is left alone, also by a click, until the record changes."""
    world.put("invoices", INVOICE)
    world.break_wire("status", method="POST", path="/invoices", status=400, body=b'{"code":9,"message":"no"}', times=9)
    await world.sync()
    [problem] = world.problems()
    resolving.dismiss(world.db, [problem.id], "known")
    world.wire.asked.clear()
    await world.sync()
    assert (world.problems(), world.wire.writes()) == ([], [])
    world.put("invoices", {**INVOICE, "notes": "changed"})
    await world.sync()
    assert [one.cause for one in world.problems()] == ["validation"]


async def test_a_taken_name_links_to_the_customer_and_never_to_a_vendor(world: BooksWorld) -> None:
    """Zoho refuses the name: a customer of that name is this one, a vendor is somebody else."""
    world.clock.tick(60)
    world.org.put("contacts", contact_name="Late Arrival", contact_type="customer")
    vendor = next(row for row in world.org.all("contacts") if row["contact_type"] == "vendor")
    world.put("contacts", {"source_id": "C-3", "contact_name": str(vendor["contact_name"])})
    await world.sync()
    assert [one.cause for one in world.problems()] == ["duplicate_name"]
    assert world.record("contacts", "C-3").remote_id is None


async def test_two_customers_with_the_address_are_never_guessed(world: BooksWorld) -> None:
    """More than one customer could be meant: a person decides."""
    world.clock.tick(60)
    for name in ("One Co", "Two Co"):
        made = world.org.put("contacts", contact_name=name, contact_type="customer", email="same@shop.example")
        world.org.put("contact_persons", contact_id=made, email="same@shop.example", is_primary_contact=True)
    await world.sync()
    world.put("contacts", {"source_id": "C-4", "contact_name": "Three Co", "email": "same@shop.example"})
    finished = await world.sync()
    assert pushed(finished, "contacts").created == 0
    assert [one.cause for one in world.problems()] == ["duplicate_name"]


async def test_given_up_before_it_left_is_not_revived_by_its_source(world: BooksWorld) -> None:
    """Found by a random schedule: put, deleted before it left, put again: it came back from the dead."""
    world.put("invoices", INVOICE)
    world.act("invoices", "default:S-1", "delete")
    assert [one.result for one in world.put("invoices", INVOICE)] == ["unchanged"]
    await world.sync()
    assert world.numbers("invoices", "invoice_number")["LL-0001"] == 0
    assert world.view("invoices", "S-1").state is RecordState.DELETED


async def test_bad_documents_are_refused_and_change_nothing(world: BooksWorld) -> None:
    """Faults are named by field, and the good documents beside them are taken."""
    results = world.put(
        "invoices",
        {**INVOICE, "date": "20.11.2026"},
        {**INVOICE, "source_id": "S-2", "line_items": []},
        {**INVOICE, "source_id": "S-3", "invoice_number": "LL-3"},
    )
    assert [one.result for one in results] == ["refused", "refused", "created"]
    assert [one.errors[0].field for one in results[:2]] == ["date", "line_items"]


async def test_keys_and_actions_that_do_not_exist_are_named(world: BooksWorld) -> None:
    """A wrong key or action is a sentence, not a guess."""
    with pytest.raises(UsageError, match="No invoice"):
        world.act("invoices", "nothing", "send")
    world.put("invoices", INVOICE)
    with pytest.raises(UsageError, match="no action"):
        world.act("invoices", "LL-0001", "email")


async def test_the_window_edits_acts_and_cancels(world: BooksWorld) -> None:
    """Each command of the window changes our side at once, and what has not left can be taken back."""

    def obey(command: object) -> bool:
        assert isinstance(command, EditCommand)
        return obeying.obey(world.db, world.connection, command, now=world.clock.now)

    assert not isinstance(SyncNow(), EditCommand)
    contact = world.record("contacts", "C-1")
    customer = (("customer_id", contact.remote_id), ("line_items", INVOICE["line_items"]), ("date", "2026-11-20"))
    obey(NewRecord("invoices", customer))
    made = next(one for one in world.views("invoices") if one.remote_id is None)
    assert (made.party, made.state, made.total) == ("Lantern & Loom", RecordState.PENDING, Decimal("80.00"))
    obey(CancelPending(made.id))
    assert all(one.id != made.id for one in world.views("invoices"))
    obey(EditRecord(contact.id, (("notes", "typed"),)))
    assert world.view("contacts", "C-1").state is RecordState.PENDING
    obey(CancelPending(contact.id))
    assert world.view("contacts", "C-1").state is RecordState.SYNCED
    obey(ActOn(contact.id, "deactivate"))
    await world.sync()
    assert world.there("contacts", "C-1")["status"] == "inactive"


async def test_held_records_leave_when_released(world: BooksWorld) -> None:
    """While review is on nothing leaves; released records go with the next pass."""
    obeying.obey(world.db, world.connection, HoldForReview(on=True), now=world.clock.now)
    world.put("invoices", INVOICE)
    await world.sync()
    assert world.wire.writes() == []
    record_id = world.record("invoices", "S-1").id
    assert obeying.obey(world.db, world.connection, Release((record_id,)), now=world.clock.now) is True
    finished = await world.sync()
    assert pushed(finished, "invoices").created == 1


async def test_conflicts_and_problems_are_settled_and_undone_by_command(world: BooksWorld) -> None:
    """Resolve and undo, dismiss and undo, retry: as the screens send them."""

    def obey(command: object) -> bool:
        assert isinstance(command, EditCommand)
        return obeying.obey(world.db, world.connection, command, now=world.clock.now)

    world.put("invoices", {**INVOICE, "notes": "base"})
    await world.sync()
    world.clock.tick(30)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="theirs")
    world.put("invoices", {**INVOICE, "notes": "ours"})
    await world.sync()
    [conflict] = world.conflicts()
    obey(ResolveConflicts((conflict.id,), "remote"))
    assert world.conflicts() == []
    obey(UndoResolve((conflict.id,)))
    assert [one.fields for one in world.conflicts()] == [conflict.fields]
    obey(ResolveConflicts((conflict.id,), "remote", (("notes", "local"),)))
    await world.sync()
    assert world.there("invoices", "S-1")["notes"] == "ours"
    with pytest.raises(CannotEdit):
        obey(UndoResolve((conflict.id,)))
    world.put("invoices", {**INVOICE, "source_id": "S-2", "customer": {"email": "nobody@x.example"}})
    await world.sync()
    [problem] = world.problems()
    assert problem.cause == "unknown_reference"
    obey(DismissProblems((problem.id,), "later"))
    assert world.problems() == []
    obey(UndoDismiss((problem.id,)))
    assert obey(RetryProblems()) is True
    assert [one.id for one in world.problems()] == [problem.id]


async def test_documents_of_every_writable_kind_go_out(world: BooksWorld) -> None:
    """The loop has no module of its own: what the catalogue declares is written."""
    line = {"name": "Seat", "quantity": "1", "rate": "10"}
    customer = {"source_id": "C-1"}
    documents = {
        "estimates": {"customer": customer, "date": "2026-11-20", "line_items": [line]},
        "salesorders": {"customer": customer, "date": "2026-11-20", "line_items": [line]},
        "creditnotes": {
            "customer": customer,
            "creditnote_number": "CN-77",
            "date": "2026-11-20",
            "line_items": [line],
        },
    }
    for name, raw in documents.items():
        [result] = world.put(name, {"source_id": "D-1", **raw})
        assert result.result == "created", result.errors
    finished = await world.sync()
    assert {name: pushed(finished, name).created for name in documents} == dict.fromkeys(documents, 1)
    assert finished.result is RunResult.OK
    assert named("estimates").name in documents


async def test_a_payment_waits_for_the_conflict_of_its_invoice(world: BooksWorld) -> None:
    """Found by a random schedule: the invoice could not be issued for a conflict, and Zoho refused its payment.

    What depends on a record in conflict waits for it in silence, and goes by itself once it is settled.
    """
    world.put("invoices", {**INVOICE, "notes": "base"})
    await world.sync()
    world.clock.tick(30)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="theirs")
    world.put("invoices", {**INVOICE, "notes": "ours"})
    world.act("invoices", "LL-0001", "send")
    world.act("invoices", "LL-0001", "pay", amount="10.00", date="2026-11-20", payment_mode="cash")
    finished = await world.sync()
    assert (finished.conflicts, finished.pending, world.problems()) == (1, 1, [])
    [conflict] = world.conflicts()
    resolving.resolve(world.db, conflict.id, "local", now=world.clock.now)
    finished = await world.sync()
    assert finished.result is RunResult.OK
    assert world.there("invoices", "S-1")["payment_made"] == 10
