"""Stories that a stranger's Zoho Books told: what it refused or lost, and what a person must read of it then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from books_world import BooksWorld, pay, pushed

from zbdesk.domain.status import RecordState, RunResult
from zbdesk.store import preferences
from zbdesk.sync import resolving

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}


def invoice(source_id: str, **more: object) -> dict[str, object]:
    """A document of the customer's."""
    return {
        "source_id": source_id,
        "customer": {"source_id": "C-1"},
        "invoice_number": f"LL-{source_id}",
        "date": "2026-11-20",
        "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
        **more,
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


def refuse(world: BooksWorld, path: str, code: int, message: str, *, status: int = 400, method: str = "POST") -> None:
    """The next write there is refused with these words."""
    body = f'{{"code":{code},"message":"{message}"}}'.encode()
    world.break_wire("status", method=method, path=path, status=status, body=body, times=1)


async def test_a_taken_number_is_named_whatever_zoho_calls_it(world: BooksWorld) -> None:
    """Zoho's code for a taken number is not published, and its words may be German: the number itself is looked up."""
    world.put("contacts", {"source_id": "C-2", "contact_name": "Other Loom"})
    world.put("invoices", invoice("1", customer={"source_id": "C-2"}))
    await world.sync()
    world.put("invoices", invoice("2", invoice_number="LL-1"))
    refuse(world, "/invoices", 36004, "LL-1 ist bereits vergeben.")
    assert (await world.sync()).result is RunResult.ATTENTION
    [problem] = world.problems()
    assert problem.cause == "duplicate_number"
    assert "LL-1 ist bereits vergeben." in problem.message


async def test_a_document_renumbered_to_a_taken_number_says_so(world: BooksWorld) -> None:
    """The same for an edit: the number of another document is taken, not the field invalid."""
    world.put("invoices", invoice("1"), invoice("2"))
    await world.sync()
    world.put("invoices", invoice("2", invoice_number="LL-1"))
    refuse(world, "/invoices", 1001, "LL-1 ist bereits vergeben.", method="PUT")
    await world.sync()
    assert [one.cause for one in world.problems()] == ["duplicate_number"]


async def test_another_refusal_is_not_taken_for_a_taken_number(world: BooksWorld) -> None:
    """Only a number that stands in Zoho Books is called taken."""
    world.put("invoices", invoice("1"))
    refuse(world, "/invoices", 1001, "The template does not fit.")
    await world.sync()
    assert [one.cause for one in world.problems()] == ["validation"]


async def test_a_document_of_a_customer_deleted_there_names_the_customer(world: BooksWorld) -> None:
    """A new invoice is not “deleted in Zoho” because its customer was: that is said, and it goes once that is back."""
    world.org.delete("contacts", str(world.record("contacts", "C-1").remote_id))
    world.put("invoices", invoice("1"))
    await world.sync()
    [problem] = world.problems()
    assert (problem.cause, problem.message) == (
        "unknown_reference",
        "The contact “Lantern & Loom” was deleted in Zoho Books.",
    )
    world.wire.asked.clear()
    await world.sync()
    assert not [one for one in world.wire.asked if one[0] == "POST"]
    world.put("contacts", {**CONTACT, "notes": "again"})
    await world.sync()
    [conflict] = world.conflicts()
    resolving.resolve(world.db, conflict.id, "local", now=world.clock.now)
    assert (await world.sync()).result is RunResult.OK
    assert world.numbers("invoices", "invoice_number")["LL-1"] == 1
    assert world.problems() == []


async def test_a_new_document_with_a_vanished_part_is_no_deleted_record(world: BooksWorld) -> None:
    """Zoho answers 404 to a create for a tax or account that is gone: the document names something unknown."""
    world.put("invoices", invoice("1"))
    refuse(world, "/invoices", 1002, "Tax does not exist.", status=404)
    await world.sync()
    assert [one.cause for one in world.problems()] == ["unknown_reference"]
    assert (await world.sync()).result is RunResult.OK
    assert world.problems() == []


@pytest.mark.parametrize(
    ("status", "code", "message"),
    [
        (404, 1002, "Invoice does not exist."),
        (400, 1002, "Invoice does not exist."),
        (404, 1004, "Resource not found"),
        (404, 36012, "Die Rechnung ist nicht vorhanden."),
    ],
)
async def test_a_new_record_is_never_called_deleted(world: BooksWorld, status: int, code: int, message: str) -> None:
    """Whatever Zoho calls what is missing, in whatever words and with whatever code: something named is not there."""
    world.put("invoices", invoice("1"))
    refuse(world, "/invoices", code, message, status=status)
    assert (await world.sync()).result is RunResult.ATTENTION
    [problem] = world.problems()
    assert problem.cause == "unknown_reference"
    assert message in problem.message
    assert "Look at its contact" in problem.remedy
    assert (await world.sync()).result is RunResult.OK
    assert world.numbers("invoices", "invoice_number")["LL-1"] == 1


async def test_a_payment_of_an_invoice_deleted_there_names_the_invoice(world: BooksWorld) -> None:
    """Zoho says “Invoice does not exist.” to the payment: the invoice is looked at, and the payment waits with it."""
    world.put("invoices", invoice("1"))
    await world.sync()
    world.act("invoices", "default:1", "send")
    await world.sync()
    world.act("invoices", "default:1", "pay", amount="80.00", date="2026-11-20")
    world.org.delete("invoices", str(world.record("invoices", "1").remote_id))
    refuse(world, "/customerpayments", 1002, "Invoice does not exist.", status=404)
    await world.sync()
    [problem] = world.problems()
    assert (problem.module, problem.cause) == ("customerpayments", "unknown_reference")
    assert "was deleted in Zoho Books" in problem.message
    assert world.org.all("customerpayments") == [
        one for one in world.org.all("customerpayments") if one["customer_name"] != "Lantern & Loom"
    ]


@pytest.mark.parametrize("what", ["edit", "action"])
async def test_gone_in_zoho_at_the_moment_it_is_written(world: BooksWorld, what: str) -> None:
    """Between our look and our write somebody deletes it there: one question, and nothing is made again by itself."""
    world.put("invoices", invoice("1"))
    await world.sync()
    there = str(world.record("invoices", "1").remote_id)
    if what == "edit":
        world.put("invoices", invoice("1", notes="still wanted"))
    else:
        world.act("invoices", "default:1", "send")
    world.wire.asked.clear()
    world.break_wire("meanwhile", method="WRITE", path=there, before=lambda: world.org.delete("invoices", there))
    await world.sync()
    assert len(world.wire.writes()) == 1
    [conflict] = world.conflicts()
    assert [one.name for one in conflict.fields] == ["*record*"]
    assert world.problems() == []
    for _ in range(2):
        await world.sync()
    assert world.numbers("invoices", "invoice_number")["LL-1"] == 0
    resolving.resolve(world.db, conflict.id, "local", now=world.clock.now)
    assert (await world.sync()).result is RunResult.OK
    assert world.numbers("invoices", "invoice_number")["LL-1"] == 1


async def test_an_edit_that_names_something_gone_is_no_deleted_record(world: BooksWorld) -> None:
    """“Tax does not exist.” to a change of a record that is there: the change names something unknown."""
    world.put("invoices", invoice("1"))
    await world.sync()
    world.put("invoices", invoice("1", notes="with another tax"))
    refuse(world, "/invoices", 1002, "Tax does not exist.", status=404, method="PUT")
    await world.sync()
    [problem] = world.problems()
    assert (problem.cause, world.conflicts()) == ("unknown_reference", [])
    assert world.view("invoices", "1").state is RecordState.PROBLEM
    assert (await world.sync()).result is RunResult.OK
    assert world.there("invoices", "1")["notes"] == "with another tax"


async def test_deleted_there_in_a_module_that_only_goes_out(world: BooksWorld) -> None:
    """Not edited here and nothing comes in: a problem, nothing is made again by itself, and either choice ends it."""
    choosing = preferences.Kind.POLICY
    preferences.put(world.db, world.connection.id, choosing, {"invoices": {"direction": "push"}})
    world.put("invoices", invoice("1"), invoice("2"))
    await world.sync()
    for each in ("1", "2"):
        world.org.delete("invoices", str(world.record("invoices", each).remote_id))
    for _ in range(3):
        await world.sync(full=True)
    assert [one.cause for one in world.problems()] == ["deleted_in_zoho"] * 2
    assert all("Delete it here as well, or send it again" in one.remedy for one in world.problems())
    assert world.numbers("invoices", "invoice_number").keys() & {"LL-1", "LL-2"} == set()
    world.act("invoices", "default:1", "delete")
    world.put("invoices", invoice("2", notes="again"))
    await world.sync()
    [conflict] = world.conflicts()
    resolving.resolve(world.db, conflict.id, "local", now=world.clock.now)
    assert (await world.sync()).result is RunResult.OK
    assert world.problems() == []
    numbers = world.numbers("invoices", "invoice_number")
    assert (numbers["LL-1"], numbers["LL-2"]) == (0, 1)


async def test_one_record_that_zoho_always_fails_on_does_not_fail_the_pass(world: BooksWorld) -> None:
    """A contact answered with 500 each time had made every pass end as failed, with no word where a person looks."""
    world.put("contacts", {"source_id": "C-9", "contact_name": "Poison"})
    world.put("invoices", invoice("1"))
    world.break_wire("status", method="POST", path="/contacts", status=500, body=b'{"code":1000}', times=99)
    finished = await world.sync()
    assert finished.result is RunResult.ATTENTION
    assert pushed(finished, "invoices").created == 1
    [problem] = world.problems()
    assert (problem.cause, problem.number) == ("zoho_unavailable", "Poison")
    world.mend()
    assert (await world.sync()).result is RunResult.OK
    assert world.problems() == []
    assert world.numbers("contacts", "contact_name")["Poison"] == 1


async def test_a_payment_and_its_invoice_can_be_deleted_together(world: BooksWorld) -> None:
    """That the invoice is open again because its payment went is no edit of somebody's: no conflict about it."""
    world.put("invoices", invoice("1"))
    await world.sync()
    world.act("invoices", "default:1", "send")
    await world.sync()
    payment = pay(world, world.there("invoices", "1"), "80.00")
    await world.sync()
    assert world.view("invoices", "1").status == "paid"
    world.act("customerpayments", payment, "delete")
    world.act("invoices", "default:1", "delete")
    await world.sync()
    assert world.conflicts() == []
    assert world.view("invoices", "1").state is RecordState.DELETED
    assert world.numbers("invoices", "invoice_number")["LL-1"] == 0


async def test_a_click_asks_again_for_what_was_not_permitted(world: BooksWorld) -> None:
    """Once Zoho had refused every list, each later sync made no call and said that everything is up to date."""
    world.break_wire("status", method="GET", path="/", status=401, body=b'{"code":57,"message":"no"}', times=999)
    await world.sync()
    world.mend()
    assert {one.cause for one in world.problems()} == {"permission"}
    assert (await world.sync()).result is RunResult.OK
    assert world.problems() == []
