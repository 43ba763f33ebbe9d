"""By what Zoho tells our records apart: found out, kept, used, and safe when a request lands late."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from books_world import BooksWorld

from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RecordState, RunResult
from zbdesk.sync import recognition
from zbdesk.sync.recognition import API_NAME, LABEL, RecognitionView, Standing

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
INVOICE = {
    "source_id": "S-1",
    "customer": {"source_id": "C-1"},
    "date": "2026-11-20",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}
EXPENSE = {"source_id": "E-1", "date": "2026-11-20", "amount": "12.00", "reference_number": "R-77"}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected computer after its first load."""
    made = BooksWorld(tmp_path)
    await made.sync()
    made.wire.asked.clear()
    yield made
    await made.aclose()


def view(world: BooksWorld, module: str) -> RecognitionView:
    """What is known of one module."""
    return recognition.views(world.db, world.connection.id, [named(module)])[0]


async def test_a_field_that_refuses_duplicates_is_found_and_carries_our_key(world: BooksWorld) -> None:
    """A create then is an upsert with our key in header and body; the module is asked about once."""
    world.org.add_custom_field("contacts", LABEL, unique=True)
    world.org.add_custom_field("invoices", LABEL, unique=True)
    world.put("contacts", CONTACT)
    world.put("invoices", INVOICE)
    assert (await world.sync()).result is RunResult.OK
    assert ("PUT", "/contacts") in world.wire.asked
    assert ("PUT", "/invoices") in world.wire.asked
    [held] = world.there("invoices", "S-1")["custom_fields"]
    assert held["api_name"] == API_NAME
    assert world.record("invoices", "S-1").local_id.replace("-", "").endswith(str(held["value"]))
    assert view(world, "invoices").standing is Standing.READY
    assert view(world, "invoices").ways[0] == "custom_field"
    world.wire.asked.clear()
    world.put("invoices", {**INVOICE, "source_id": "S-2"})
    await world.sync()
    assert not [one for one in world.wire.asked if one[1] == "/settings/fields"]
    assert world.conflicts() == []
    assert world.problems() == []


async def test_an_own_number_stays_the_guard_and_carries_the_key_too(world: BooksWorld) -> None:
    """An upsert takes no number of ours, so a numbered document is posted with its number and the key in its body."""
    world.org.add_custom_field("invoices", LABEL, unique=True)
    world.put("contacts", CONTACT)
    world.put("invoices", {**INVOICE, "invoice_number": "LL-9"})
    await world.sync()
    assert ("POST", "/invoices") in world.wire.asked
    assert world.there("invoices", "S-1")["invoice_number"] == "LL-9"
    assert world.there("invoices", "S-1")["custom_fields"][0]["api_name"] == API_NAME


async def late_landing(world: BooksWorld, module: str, path: str) -> None:
    """The request is held by a slow proxy, looked for, repeated, and lands after all."""
    world.break_wire("late", method="WRITE", path=path)
    await world.sync()
    world.clock.tick(120)
    await world.wire.land()
    for _ in range(3):
        world.clock.tick(60)
        await world.sync()
    assert world.in_doubt() == 0


@pytest.mark.parametrize("module", ["contacts", "invoices", "estimates"])
async def test_a_late_landing_makes_no_second_record_where_the_field_refuses_it(world: BooksWorld, module: str) -> None:
    """However late the first request arrives, Zoho changes the one record instead of making another."""
    world.org.add_custom_field(module, LABEL, unique=True)
    if module != "contacts":
        world.put("contacts", CONTACT)
        await world.sync()
    before = len(world.org.ids(module))
    world.put(module, CONTACT if module == "contacts" else INVOICE)
    await late_landing(world, module, f"/{module}")
    assert len(world.org.ids(module)) == before + 1
    source_id = "C-1" if module == "contacts" else "S-1"
    assert world.view(module, source_id).state is RecordState.SYNCED
    assert world.problems() == []


async def test_a_late_payment_makes_no_second_one_where_the_field_refuses_it(world: BooksWorld) -> None:
    """A payment has no number of ours: the field is its only guard."""
    world.org.add_custom_field("customerpayments", LABEL, unique=True)
    world.put("contacts", CONTACT)
    world.put("invoices", {**INVOICE, "invoice_number": "LL-1"})
    await world.sync()
    world.act("invoices", "LL-1", "send")
    await world.sync()
    before = len(world.org.ids("customerpayments"))
    world.act("invoices", "LL-1", "pay", amount="10.00", date="2026-11-20", payment_mode="cash")
    await late_landing(world, "customerpayments", "/customerpayments")
    assert len(world.org.ids("customerpayments")) == before + 1
    assert world.there("invoices", "S-1")["payment_made"] == 10
    assert world.problems() == []


async def test_a_late_landing_without_field_and_number_is_shown(world: BooksWorld) -> None:
    """Zoho cannot refuse the second one; it is found at the next look, with a remedy, and goes when it is deleted."""
    world.put("contacts", CONTACT)
    await world.sync()
    before = set(world.org.ids("invoices"))
    world.put("invoices", INVOICE)
    await late_landing(world, "invoices", "/invoices")
    made = set(world.org.ids("invoices")) - before
    assert len(made) == 2
    [problem] = world.problems()
    assert problem.cause == "duplicate_in_zoho"
    assert "Delete the surplus one" in problem.remedy
    world.clock.tick(60)
    world.org.delete("invoices", (made - {str(world.record("invoices", "S-1").remote_id)}).pop())
    await world.sync(full=True)
    world.clock.tick(60)
    await world.sync()
    assert world.problems() == []


async def test_a_late_landing_with_a_reference_of_the_source_is_shown_too(world: BooksWorld) -> None:
    """A reference of the source's own proves nothing by itself; what came after our first try and is alike does."""
    world.put("contacts", CONTACT)
    await world.sync()
    world.put("invoices", {**INVOICE, "reference_number": "PO 5"})
    await late_landing(world, "invoices", "/invoices")
    [problem] = world.problems()
    assert problem.cause == "duplicate_in_zoho"


async def test_two_documents_that_look_alike_are_no_duplicate(world: BooksWorld) -> None:
    """The same customer, day, amount and reference twice is two documents, when each was sent once."""
    world.put("contacts", CONTACT)
    world.put("invoices", {**INVOICE, "reference_number": "PO 5"})
    world.put("invoices", {**INVOICE, "source_id": "S-2", "reference_number": "PO 5"})
    for _ in range(3):
        await world.sync()
    assert world.problems() == []


@pytest.mark.parametrize("kind", ["lose", "lost_answer", "status_after", "crash", "crash_after"])
async def test_an_upsert_arrives_once(world: BooksWorld, kind: str) -> None:
    """However the answer to an upsert is lost, the invoice is there once, and an edit made in Zoho since is kept."""
    world.org.add_custom_field("invoices", LABEL, unique=True)
    world.put("contacts", CONTACT)
    await world.sync()
    before = len(world.org.ids("invoices"))
    world.put("invoices", INVOICE)
    world.break_wire(kind, method="PUT", path="/invoices")
    for _ in range(3):
        try:
            await world.sync()
        except BaseException as error:
            if not world.died(error):
                raise
        if world.is_dead:
            world.crash()
        world.clock.tick(60)
    assert len(world.org.ids("invoices")) == before + 1
    assert world.view("invoices", "S-1").state is RecordState.SYNCED
    assert world.in_doubt() == 0


async def test_what_was_edited_in_zoho_before_the_look_up_is_not_overwritten(world: BooksWorld) -> None:
    """A write in doubt is looked up by our key first; found, it is not sent again."""
    world.org.add_custom_field("invoices", LABEL, unique=True)
    world.put("contacts", CONTACT)
    await world.sync()
    before = set(world.org.ids("invoices"))
    world.put("invoices", {**INVOICE, "notes": "ours"})
    world.break_wire("crash_after", method="PUT", path="/invoices")
    with pytest.raises(BaseException):  # noqa: B017 - the process ends here
        await world.sync()
    [made] = set(world.org.ids("invoices")) - before
    world.org.edit("invoices", made, notes="theirs")
    world.crash()
    world.clock.tick(60)
    await world.sync()
    assert world.org.get("invoices", made)["notes"] == "theirs"
    assert [one for one in world.wire.writes() if one == ("PUT", "/invoices")] == [("PUT", "/invoices")]


async def test_a_field_that_lets_values_stand_twice_is_not_relied_on(world: BooksWorld) -> None:
    """It is told apart from a good one, and the next best way is used."""
    world.org.add_custom_field("invoices", LABEL)
    world.put("contacts", CONTACT)
    world.put("invoices", INVOICE)
    await world.sync()
    assert view(world, "invoices").standing is Standing.NOT_UNIQUE
    assert ("POST", "/invoices") in world.wire.asked
    assert world.there("invoices", "S-1")["reference_number"].startswith("ZB-")


async def test_the_field_is_made_when_a_person_asks_for_it(world: BooksWorld) -> None:
    """One click or command; where Zoho's answer says that it refuses duplicates, it is used from then on."""
    recognition.want(world.db, world.connection.id, [named("invoices")])
    await world.sync()
    made = world.org.custom_field("invoices", API_NAME)
    assert made is not None
    assert made.unique
    assert view(world, "invoices").standing is Standing.READY
    assert not view(world, "invoices").wanted


@pytest.mark.parametrize("kind", ["lost_answer", "lose"])
async def test_a_lost_answer_makes_no_second_field(world: BooksWorld, kind: str) -> None:
    """What there is is looked at before the field is made."""
    recognition.want(world.db, world.connection.id, [named("invoices")])
    world.break_wire(kind, method="POST", path="/settings/fields")
    await world.sync()
    world.clock.tick(60)
    await world.sync()
    assert len(world.org.custom_fields("invoices")) == 1
    assert view(world, "invoices").standing is Standing.READY


async def test_where_zoho_does_not_say_a_person_vouches(world: BooksWorld) -> None:
    """Nothing is relied on that nobody has seen; a person's word holds until Zoho refuses a write for it."""
    world.org.tells_unique = False
    world.org.add_custom_field("invoices", LABEL, unique=True)
    recognition.look_again(world.db, world.connection.id)
    await world.sync()
    assert view(world, "invoices").standing is Standing.NOT_SAID
    recognition.vouch(world.db, world.connection.id, [named("invoices")])
    world.put("contacts", CONTACT)
    world.put("invoices", INVOICE)
    await world.sync()
    assert view(world, "invoices").standing is Standing.READY
    assert ("PUT", "/invoices") in world.wire.asked


async def test_a_wrong_word_is_found_out_and_the_document_goes_another_way(world: BooksWorld) -> None:
    """Zoho refuses an upsert by a field that is not unique: nothing is lost, and it is not relied on again."""
    world.org.tells_unique = False
    world.org.add_custom_field("invoices", LABEL, unique=False)
    recognition.vouch(world.db, world.connection.id, [named("invoices")])
    world.put("contacts", CONTACT)
    world.put("invoices", INVOICE)
    for _ in range(3):
        await world.sync()
        world.clock.tick(60)
    assert view(world, "invoices").standing is Standing.NOT_SAID
    assert world.view("invoices", "S-1").state is RecordState.SYNCED
    assert world.problems() == []


async def test_refused_settings_stop_nothing(world: BooksWorld) -> None:
    """A plan or role that may not look at the fields costs the field, not the sync."""
    body = json.dumps({"code": 57, "message": "You are not authorized to perform this operation"}).encode()
    world.break_wire("status", path="/settings/fields", times=99, status=403, body=body)
    world.put("contacts", CONTACT)
    world.put("invoices", INVOICE)
    await world.sync()
    assert view(world, "invoices").standing is Standing.REFUSED
    assert "not authorized" in view(world, "invoices").reason
    assert world.view("invoices", "S-1").state is RecordState.SYNCED


async def test_custom_fields_of_the_source_keep_our_key_beside_them(world: BooksWorld) -> None:
    """An update that sends custom fields sends the key as well, whatever Zoho does with those left out."""
    world.org.add_custom_field("invoices", LABEL, unique=True)
    world.org.add_custom_field("invoices", "Region")
    world.put("contacts", CONTACT)
    world.put("invoices", {**INVOICE, "custom_fields": [{"api_name": "cf_region", "value": "North"}]})
    await world.sync()
    world.put("invoices", {**INVOICE, "custom_fields": [{"api_name": "cf_region", "value": "South"}]})
    await world.sync()
    body = next(
        json.loads(body)
        for (method, path), body in zip(reversed(world.wire.asked), reversed(world.wire.bodies), strict=True)
        if method == "PUT" and path.startswith("/invoices/")
    )
    assert len(body["custom_fields"]) == 2
    held = {one["api_name"]: one["value"] for one in world.there("invoices", "S-1")["custom_fields"]}
    assert held["cf_region"] == "South"
    assert held[API_NAME]
    assert world.problems() == []


async def test_a_sign_in_without_the_upserts_permission_goes_another_way(tmp_path: Path) -> None:
    """To Zoho an upsert is an update, for credit notes one of invoices: without that permission it is not tried."""
    from dataclasses import replace

    made = BooksWorld(tmp_path)
    scopes = [f"ZohoBooks.{part}.{verb}" for part in ("contacts", "creditnotes", "invoices", "settings")
              for verb in ("READ", "CREATE", "UPDATE")]  # fmt: skip
    made.connection = replace(
        made.connection, scopes=tuple(one for one in scopes if one != "ZohoBooks.invoices.UPDATE")
    )
    made.engine = made._engine()
    for module in ("contacts", "creditnotes", "invoices"):
        made.org.add_custom_field(module, LABEL, unique=True)
    await made.sync()
    made.put("contacts", CONTACT)
    made.put("creditnotes", {**INVOICE, "source_id": "N-1"})
    made.put("invoices", INVOICE)
    await made.sync()
    assert {one for one in made.wire.writes() if one[0] == "PUT"} == {("PUT", "/contacts")}
    assert ("POST", "/creditnotes") in made.wire.writes()
    assert ("POST", "/invoices") in made.wire.writes()
    assert made.problems() == []
    await made.aclose()


def test_modules_without_such_a_field_say_so() -> None:
    """Journals and vendor credits have no upsert: asking for the field is refused in words."""
    assert named("journals") not in recognition.candidates()
    assert named("invoices") in recognition.candidates()
