"""Pushing against the demo company: what is put here is in Zoho Books once, and both sides agree on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from books_world import BooksWorld, pay, pushed

from zbdesk.domain.status import RecordState, RunResult
from zbdesk.sync.editing import edit
from zbdesk.sync.resolving import resolve

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected computer after its first load."""
    made = BooksWorld(tmp_path)
    assert (await made.sync()).result is RunResult.OK
    made.wire.asked.clear()
    yield made
    await made.aclose()


CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
ITEM = {"source_id": "I-1", "name": "Oak seat", "rate": "40.00"}
INVOICE = {
    "source_id": "S-1",
    "customer": {"source_id": "C-1"},
    "invoice_number": "LL-0001",
    "date": "2026-11-20",
    "line_items": [{"item": {"source_id": "I-1"}, "quantity": "2", "rate": "40.00"}],
}


async def test_customer_item_invoice_and_payment_arrive_in_one_pass(world: BooksWorld) -> None:
    """Parents go first, each record is one write, and all are in order afterwards."""
    world.put("contacts", CONTACT)
    world.put("items", ITEM)
    world.put("invoices", INVOICE)
    world.act("invoices", "default:S-1", "send")
    world.act("invoices", "default:S-1", "pay", amount="30.00", date="2026-11-20", payment_mode="cash")
    finished = await world.sync()
    assert finished.result is RunResult.OK, (finished.message, world.problems(), world.conflicts())
    assert pushed(finished, "contacts").created == pushed(finished, "items").created == 1
    assert pushed(finished, "invoices").created == pushed(finished, "invoices").actions == 1
    assert pushed(finished, "customerpayments").created == 1
    invoice = world.there("invoices", "S-1")
    assert (invoice["invoice_number"], invoice["customer_name"]) == ("LL-0001", "Lantern & Loom")
    assert Decimal(str(invoice["balance"])) == Decimal(str(invoice["total"])) - 30
    assert finished.pending == 0
    assert world.in_doubt() == 0
    assert len(world.wire.writes()) == 5


async def put_all(world: BooksWorld) -> None:
    """The three documents of above, in Zoho and agreed on."""
    world.put("contacts", CONTACT)
    world.put("items", ITEM)
    world.put("invoices", INVOICE)
    finished = await world.sync()
    assert finished.result is RunResult.OK, (world.problems(), world.conflicts())
    world.wire.asked.clear()


async def test_a_second_pass_sends_nothing(world: BooksWorld) -> None:
    """What both sides agree on is left alone, also when it is put again."""
    await put_all(world)
    assert [one.result for one in world.put("invoices", INVOICE)] == ["unchanged"]
    finished = await world.sync()
    assert finished.pushed == ()
    assert world.wire.writes() == []
    assert world.view("invoices", "S-1").state is RecordState.SYNCED
    await world.sync(full=True)
    assert world.wire.writes() == []


async def test_only_changed_fields_are_sent(world: BooksWorld) -> None:
    """An edit sends the field that changed and nothing else; Zoho's own later edit of another field comes in."""
    await put_all(world)
    remote_id = str(world.record("invoices", "S-1").remote_id)
    world.clock.tick(30)
    world.org.edit("invoices", remote_id, terms="Net 30")
    world.put("invoices", {**INVOICE, "notes": "Mind the step"})
    finished = await world.sync()
    assert finished.result is RunResult.OK, (world.problems(), world.conflicts())
    bodies = world.wire.bodies[-len(world.wire.asked) :]
    sent = [body for (method, _), body in zip(world.wire.asked, bodies, strict=True) if method == "PUT"]
    assert sent == [b'{"notes":"Mind the step"}']
    invoice = world.there("invoices", "S-1")
    assert (invoice["notes"], invoice["terms"]) == ("Mind the step", "Net 30")
    assert len(invoice["line_items"]) == 1


async def test_zoho_edit_of_our_field_is_adopted(world: BooksWorld) -> None:
    """A field that only Zoho changed comes into the document without a question."""
    await put_all(world)
    world.put("invoices", {**INVOICE, "notes": "first"})
    await world.sync()
    world.clock.tick(30)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="theirs")
    await world.sync()
    document = world.record("invoices", "S-1").document
    assert document is not None
    assert document.fields["notes"] == "theirs"
    assert [one.result for one in world.put("invoices", {**INVOICE, "notes": "first"})] == ["unchanged"]
    world.wire.asked.clear()
    await world.sync()
    assert world.wire.writes() == []
    assert world.there("invoices", "S-1")["notes"] == "theirs"


async def conflict(world: BooksWorld) -> int:
    """The same field edited on both sides; the conflict's id."""
    await put_all(world)
    world.put("invoices", {**INVOICE, "notes": "base"})
    await world.sync()
    world.clock.tick(30)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="theirs")
    world.put("invoices", {**INVOICE, "notes": "ours"})
    finished = await world.sync()
    assert finished.result is RunResult.ATTENTION
    assert finished.conflicts == 1
    [found] = world.conflicts()
    assert [(one.name, one.base, one.local, one.remote) for one in found.fields] == [
        ("notes", "base", "ours", "theirs")
    ]
    return found.id


@pytest.mark.parametrize(("keep", "notes"), [("local", "ours"), ("remote", "theirs")])
async def test_conflict_is_shown_and_settled_as_chosen(world: BooksWorld, keep: str, notes: str) -> None:
    """Both sides changed one field: nothing moves until a person chooses; then both say what was chosen."""
    found = await conflict(world)
    await world.sync()
    assert world.there("invoices", "S-1")["notes"] == "theirs"
    resolve(world.db, found, keep, now=world.clock.now)  # type: ignore[arg-type]
    finished = await world.sync()
    assert finished.result is RunResult.OK
    assert finished.conflicts == 0
    document = world.record("invoices", "S-1").document
    assert document is not None
    assert document.fields["notes"] == notes == world.there("invoices", "S-1")["notes"]


async def test_conflict_goes_by_itself(world: BooksWorld) -> None:
    """A conflict is derived: when Zoho's side comes to say the same, nobody has to choose."""
    await conflict(world)
    world.clock.tick(30)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="ours")
    finished = await world.sync()
    assert finished.conflicts == 0
    assert finished.result is RunResult.OK


async def test_deleted_here_edited_there_is_one_conflict(world: BooksWorld) -> None:
    """A deletion never goes out over an edit that was made in Zoho meanwhile."""
    await put_all(world)
    world.clock.tick(30)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), terms="new terms")
    world.act("invoices", "default:S-1", "delete")
    finished = await world.sync()
    [found] = world.conflicts()
    assert [one.name for one in found.fields] == ["*record*"]
    assert finished.conflicts == 1
    resolve(world.db, found.id, "local", now=world.clock.now)
    finished = await world.sync()
    assert pushed(finished, "invoices").deleted == 1
    assert world.conflicts() == []
    assert world.view("invoices", "S-1").state is RecordState.DELETED


async def test_deleted_there_edited_here_can_be_created_again(world: BooksWorld) -> None:
    """Keeping ours after a deletion in Zoho makes the record again, once."""
    await put_all(world)
    world.clock.tick(30)
    world.org.delete("invoices", str(world.record("invoices", "S-1").remote_id))
    world.put("invoices", {**INVOICE, "notes": "still wanted"})
    await world.sync(full=True)
    [found] = world.conflicts()
    assert [one.name for one in found.fields] == ["*record*"]
    resolve(world.db, found.id, "local", now=world.clock.now)
    finished = await world.sync()
    assert pushed(finished, "invoices").created == 1
    assert finished.result is RunResult.OK
    assert world.there("invoices", "S-1")["notes"] == "still wanted"
    assert world.numbers("invoices", "invoice_number")["LL-0001"] == 1


async def test_delete_is_sent_once_and_not_undone(world: BooksWorld) -> None:
    """What was deleted here is deleted there, and its source giving it again does not revive it."""
    await put_all(world)
    world.act("invoices", "default:S-1", "delete")
    finished = await world.sync()
    assert pushed(finished, "invoices").deleted == 1
    assert [one.result for one in world.put("invoices", INVOICE)] == ["unchanged"]
    await world.sync(full=True)
    assert world.numbers("invoices", "invoice_number")["LL-0001"] == 0
    assert world.view("invoices", "S-1").state is RecordState.DELETED


async def test_known_customer_is_linked_by_email(world: BooksWorld) -> None:
    """A customer whose e-mail Zoho knows is linked and takes Zoho's values; nothing is created."""
    world.org.put("contacts", contact_name="Thimble Ltd", contact_type="customer", contact_persons=[])
    theirs = next(row for row in world.org.all("contacts") if row["contact_type"] == "customer" and row.get("email"))
    finished = await world.sync()
    world.put(
        "contacts", {"source_id": "C-9", "contact_name": "Some other name", "email": str(theirs["email"]).upper()}
    )
    finished = await world.sync()
    assert pushed(finished, "contacts").linked == 1
    assert pushed(finished, "contacts").created == 0
    record = world.record("contacts", "C-9")
    assert record.remote_id == theirs["contact_id"]
    assert record.document is not None
    assert record.document.fields["contact_name"] == theirs["contact_name"]
    assert finished.result is RunResult.OK, (world.problems(), world.conflicts())


async def test_known_customer_is_linked_by_name(world: BooksWorld) -> None:
    """Without an e-mail the exact name links, case aside."""
    theirs = next(row for row in world.org.all("contacts") if row["contact_type"] == "customer")
    world.put("contacts", {"source_id": "C-9", "contact_name": str(theirs["contact_name"]).upper()})
    finished = await world.sync()
    assert pushed(finished, "contacts").linked == 1
    assert world.record("contacts", "C-9").remote_id == theirs["contact_id"]


async def test_unknown_parent_is_waited_for(world: BooksWorld) -> None:
    """A document whose customer is not here yet waits without a problem and goes once it is."""
    world.put("items", ITEM)
    world.put("invoices", INVOICE)
    finished = await world.sync()
    assert finished.pending == 1
    assert world.problems() == []
    world.put("contacts", CONTACT)
    finished = await world.sync()
    assert pushed(finished, "invoices").created == 1
    assert finished.pending == 0


async def test_missing_currency_waits_with_a_problem_and_goes_on_by_itself(world: BooksWorld) -> None:
    """A currency that Zoho does not have stops its document before sending; once it is there it goes."""
    world.put("contacts", CONTACT)
    world.put("items", ITEM)
    world.put("invoices", {**INVOICE, "currency": {"code": "SEK"}})
    finished = await world.sync()
    [problem] = world.problems()
    assert (problem.cause, finished.result) == ("missing_currency", RunResult.ATTENTION)
    assert ("POST", "/invoices") not in world.wire.asked
    world.org.put("currencies", currency_code="SEK", currency_name="Krona", exchange_rate=Decimal(0), price_precision=2)
    world.org.reindex() if hasattr(world.org, "reindex") else None
    await world.sync()
    assert [one.cause for one in world.problems()] == ["missing_exchange_rate"]


async def test_payment_made_in_zoho_is_taken_over_once(world: BooksWorld) -> None:
    """An invoice of ours that is paid in Zoho, in part, has its payment here exactly once."""
    await put_all(world)
    world.act("invoices", "default:S-1", "send")
    await world.sync()
    invoice = world.there("invoices", "S-1")
    world.clock.tick(60)
    before = len(world.views("customerpayments"))
    pay(world, invoice, "25.00")
    await world.sync()
    await world.sync(full=True)
    found = [one for one in world.views("customerpayments") if one.state is RecordState.SYNCED]
    assert len(found) == 1
    assert found[0].total == Decimal("25.00")
    assert len(world.views("customerpayments")) == before + 1
    assert world.view("invoices", "S-1").balance == Decimal(str(invoice["total"])) - 25


async def test_void_in_zoho_is_taken_over(world: BooksWorld) -> None:
    """A void there voids here where nothing stands against it."""
    await put_all(world)
    world.clock.tick(60)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), status="void")
    finished = await world.sync()
    assert finished.result is RunResult.OK
    assert world.view("invoices", "S-1").status == "void"
    base = world.record("invoices", "S-1").base
    assert base is not None
    assert base.status == "void"


async def test_new_customer_in_zoho_becomes_ours_and_a_vendor_does_not(world: BooksWorld) -> None:
    """Customers found new in Zoho have a local side afterwards; vendors stay mirrored."""
    world.clock.tick(60)
    world.org.put("contacts", contact_name="Fresh Bakery", contact_type="customer")
    world.org.put("contacts", contact_name="Flour Mill", contact_type="vendor")
    await world.sync()
    states = {one.number: one.state for one in world.views("contacts")}
    assert (states["Fresh Bakery"], states["Flour Mill"]) == (RecordState.SYNCED, RecordState.MIRRORED)
    assert sum(state is RecordState.SYNCED for state in states.values()) == 1


async def test_total_that_differs_is_a_problem(world: BooksWorld) -> None:
    """A document that comes to something else in Zoho than its source says is shown, not silent."""
    world.put("contacts", CONTACT)
    world.put("items", ITEM)
    world.put("invoices", {**INVOICE, "total": "81.00"})
    finished = await world.sync()
    assert [one.cause for one in world.problems()] == ["total_differs"]
    assert finished.result is RunResult.ATTENTION
    world.put("invoices", {**INVOICE, "total": "80.00"})
    finished = await world.sync()
    assert world.problems() == []
    assert finished.result is RunResult.OK


async def test_refused_record_stops_alone(world: BooksWorld) -> None:
    """Zoho refuses one document: it is on Problems with Zoho's words, and the others went out."""
    await put_all(world)
    other = next(row["invoice_number"] for row in world.org.all("invoices") if row["invoice_number"] != "LL-0001")
    world.put("invoices", {**INVOICE, "source_id": "S-2", "invoice_number": other})
    world.put("invoices", {**INVOICE, "source_id": "S-3", "invoice_number": "LL-0003"})
    finished = await world.sync()
    assert pushed(finished, "invoices").created == 1
    [problem] = world.problems()
    assert problem.cause == "duplicate_number"
    assert problem.message
    assert problem.remedy
    world.put("invoices", {**INVOICE, "source_id": "S-2", "invoice_number": "LL-0002"})
    finished = await world.sync()
    assert world.problems() == []
    assert pushed(finished, "invoices").created == 1


async def test_inactive_contact_is_seen_before_sending(world: BooksWorld) -> None:
    """A document for an inactive contact does not leave, and goes by itself once the contact is active."""
    await put_all(world)
    remote_id = str(world.record("contacts", "C-1").remote_id)
    world.clock.tick(30)
    world.org.edit("contacts", remote_id, status="inactive")
    world.put("invoices", {**INVOICE, "source_id": "S-2", "invoice_number": "LL-0002"})
    await world.sync()
    assert [one.cause for one in world.problems()] == ["inactive_contact"]
    world.act("contacts", "default:C-1", "activate")
    finished = await world.sync()
    assert world.problems() == []
    assert pushed(finished, "invoices").created == 1


async def test_read_only_connection_writes_nothing_and_says_so(tmp_path: Path) -> None:
    """A connection that only reads keeps the document and tells why it stays."""
    world = BooksWorld(tmp_path, read_only=True)
    await world.sync()
    world.put("contacts", CONTACT)
    finished = await world.sync()
    assert world.wire.writes() == []
    assert finished.pending == 0
    assert [one.cause for one in world.problems()] == ["permission"]
    await world.aclose()


async def test_mirrored_record_is_taken_over_by_an_edit(world: BooksWorld) -> None:
    """Editing what was only mirrored reads its detail first, sends the one field and keeps the rest."""
    theirs = next(view for view in world.views("invoices") if view.status in {"sent", "overdue"})
    before = world.org.get("invoices", str(theirs.remote_id))
    edit(world.db, world.connection, theirs.id, {"notes": "Seen"}, now=world.clock.now)
    finished = await world.sync()
    assert finished.result is RunResult.OK, (world.problems(), world.conflicts())
    after = world.org.get("invoices", str(theirs.remote_id))
    assert after["notes"] == "Seen"
    assert after["line_items"] == before["line_items"]
    assert after["total"] == before["total"]


async def test_changed_lines_keep_their_ids(world: BooksWorld) -> None:
    """A line that changed is changed in Zoho, not deleted and made again."""
    lines = [
        {"source_line_id": "a", "name": "One", "quantity": "1", "rate": "10"},
        {"source_line_id": "b", "name": "Two", "quantity": "1", "rate": "20"},
    ]
    world.put("contacts", CONTACT)
    world.put("invoices", {**INVOICE, "line_items": lines})
    await world.sync()
    ids = {line["name"]: line["line_item_id"] for line in world.there("invoices", "S-1")["line_items"]}
    world.put("invoices", {**INVOICE, "line_items": [{**lines[1], "rate": "25"}, lines[0]]})
    finished = await world.sync()
    assert finished.result is RunResult.OK, (world.problems(), world.conflicts())
    after = {line["name"]: line for line in world.there("invoices", "S-1")["line_items"]}
    assert {name: line["line_item_id"] for name, line in after.items()} == ids
    assert Decimal(str(after["Two"]["rate"])) == 25
