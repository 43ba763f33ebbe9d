"""Taking a run back: Zoho Books stands as before it, except for what the report names; nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from books_world import BooksWorld, pay

from tests.sync.rollback_world import CONTACT, ITEM, LONE, books, invoice
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RunResult
from zbdesk.domain.views import RollbackReport, RollbackStep
from zbdesk.store import diary
from zbdesk.sync import rollback, rolling
from zbdesk.sync.order import Limits
from zbdesk.sync.policy import ModulePolicy
from zbdesk.sync.rollback import way_back

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected company that was read once."""
    made = BooksWorld(tmp_path)
    assert (await made.sync()).result is RunResult.OK
    yield made
    await made.aclose()


async def take_back(world: BooksWorld, run_id: int) -> RollbackReport:
    """Begin it, make the passes that it takes, and return the report."""
    rolling.begin(world.db, world.connection, run_id, now=world.clock.now)
    for _ in range(4):
        await world.sync()
        found = rolling.report(world.db, world.connection, run_id)
        assert found is not None
        if found.ended_at is not None:
            return found
    raise AssertionError("the taking back did not come to its end")


def by_module(found: RollbackReport, module: str) -> list[RollbackStep]:
    """Steps of one module."""
    return [step for step in found.steps if step.module == module]


async def test_what_a_run_made_is_deleted_voided_or_made_inactive(world: BooksWorld) -> None:
    """A draft goes, an issued invoice is void and keeps its number, its customer cannot go and is made inactive."""
    before = books(world)
    world.put("contacts", CONTACT, LONE)
    world.put("items", ITEM)
    world.put("invoices", invoice(1), invoice(2))
    world.act("invoices", "source:S-1", "send")
    run = await world.sync()
    preview = rolling.preview(world.db, world.connection, run.run_id)
    assert {(step.module, step.what) for step in preview.steps} == {
        ("invoices", "void"), ("invoices", "delete"), ("items", "delete"),
        ("contacts", "status"), ("contacts", "delete"),
    }  # fmt: skip
    assert before != books(world)
    found = await take_back(world, run.run_id)
    assert {step.state for step in found.steps} == {"done"}
    after = books(world)
    assert {key: after[key] for key in before} == before
    left = {key[0]: value[1] for key, value in after.items() if key not in before}
    assert left == {"invoices": "void", "contacts": "inactive"}


async def test_a_payment_goes_before_its_invoice(world: BooksWorld) -> None:
    """A run that invoiced and was paid is taken back payment first, so the void moves nobody's money."""
    before = books(world)
    world.put("contacts", CONTACT)
    world.put("invoices", invoice(1))
    world.act("invoices", "source:S-1", "send")
    world.act("invoices", "source:S-1", "pay", amount="220.00")
    run = await world.sync()
    assert world.there("invoices", "S-1")["status"] == "paid"
    world.wire.asked.clear()
    found = await take_back(world, run.run_id)
    assert {step.state for step in found.steps} == {"done"}
    assert [method for method, _ in world.wire.writes()] == ["DELETE", "POST", "POST"]
    assert world.there("invoices", "S-1")["status"] == "void"
    assert {key: value for key, value in books(world).items() if key in before} == before
    assert not [key for key in books(world) if key[0] == "customerpayments" and key not in before]


async def test_fields_that_a_run_changed_get_back_what_stood_there(world: BooksWorld) -> None:
    """Notes, terms and lines read as before the run, and our side agrees."""
    world.put("contacts", CONTACT)
    world.put("invoices", invoice(1, notes="first", terms="30 days"))
    await world.sync()
    before = books(world)
    changed = invoice(1, notes="second", terms="30 days")
    changed["line_items"] = [{"name": "Seat", "quantity": "3", "rate": "41.00"}]
    world.put("invoices", changed)
    run = await world.sync()
    preview = rolling.preview(world.db, world.connection, run.run_id)
    assert [(one.field, one.before, one.after) for one in preview.steps[0].fields if one.field == "notes"] == [
        ("notes", "second", "first")
    ]
    found = await take_back(world, run.run_id)
    assert [(step.what, step.state) for step in found.steps] == [("restore", "done")]
    assert books(world) == before
    assert world.view("invoices", "S-1").state == "synced"


async def test_what_somebody_changed_since_stays_and_is_named(world: BooksWorld) -> None:
    """A later edit in Zoho Books is never taken back with the run; other fields of the record are."""
    world.put("contacts", CONTACT)
    world.put("invoices", invoice(1, notes="first", terms="30 days"))
    await world.sync()
    world.put("invoices", invoice(1, notes="second", terms="60 days"))
    run = await world.sync()
    world.clock.tick(60)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="a colleague's")
    await world.sync()
    found = await take_back(world, run.run_id)
    there = world.there("invoices", "S-1")
    assert (there["notes"], there["terms"]) == ("a colleague's", "30 days")
    assert "Changed since: notes." in found.steps[0].reason


async def test_an_edit_in_zoho_between_preview_and_write_is_seen(world: BooksWorld) -> None:
    """What was made by the run and edited there meanwhile is not deleted blindly."""
    world.put("contacts", LONE)
    run = await world.sync()
    rolling.begin(world.db, world.connection, run.run_id, now=world.clock.now)
    world.clock.tick(60)
    world.org.edit("contacts", str(world.record("contacts", "C-2").remote_id), notes="a good one")
    await world.sync()
    found = rolling.report(world.db, world.connection, run.run_id)
    assert found is not None
    assert [(step.state, step.reason) for step in found.steps] == [("left", "Changed since: notes.")]
    assert world.there("contacts", "C-2")["notes"] == "a good one"


async def test_without_the_look_at_later_changes_they_would_be_lost(
    world: BooksWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is what keeps a colleague's edit: taken out, the same steps overwrite it."""
    monkeypatch.setattr(rollback, "_moved", lambda *_: [])
    world.put("contacts", CONTACT)
    world.put("invoices", invoice(1, notes="first"))
    await world.sync()
    world.put("invoices", invoice(1, notes="second"))
    run = await world.sync()
    world.clock.tick(60)
    world.org.edit("invoices", str(world.record("invoices", "S-1").remote_id), notes="a colleague's")
    await world.sync()
    await take_back(world, run.run_id)
    assert world.there("invoices", "S-1")["notes"] == "first"


async def test_a_payment_of_somebody_else_keeps_the_invoice(world: BooksWorld) -> None:
    """An invoice that was paid since is neither voided nor deleted."""
    world.put("contacts", CONTACT)
    world.put("invoices", invoice(1))
    world.act("invoices", "source:S-1", "send")
    run = await world.sync()
    pay(world, world.there("invoices", "S-1"), "100.00")
    await world.sync()
    found = await take_back(world, run.run_id)
    (step,) = by_module(found, "invoices")
    assert step.state == "left"
    assert "paid" in step.reason
    assert world.there("invoices", "S-1")["status"] in {"paid", "partially_paid"}


async def test_a_status_goes_back_where_zoho_has_a_way(world: BooksWorld) -> None:
    """A void is taken back by way of draft; a contact made inactive is active again."""
    world.put("contacts", CONTACT)
    world.put("invoices", invoice(1))
    world.act("invoices", "source:S-1", "send")
    await world.sync()
    before = books(world)
    world.act("invoices", "source:S-1", "void")
    world.act("contacts", "source:C-1", "deactivate")
    run = await world.sync()
    found = await take_back(world, run.run_id)
    assert {step.state for step in found.steps} == {"done"}
    assert books(world) == before


async def test_a_deletion_cannot_be_taken_back_and_is_named(world: BooksWorld) -> None:
    """A record entered anew would be another record: the report says so and nothing is made."""
    world.put("contacts", LONE)
    await world.sync()
    world.act("contacts", "source:C-2", "delete")
    run = await world.sync()
    writes = len(world.wire.writes())
    found = await take_back(world, run.run_id)
    assert [(step.what, step.state) for step in found.steps] == [("none", "left")]
    assert len(world.wire.writes()) == writes


async def test_its_source_giving_it_again_revives_nothing(world: BooksWorld) -> None:
    """The same document put again after the roll back writes nothing; a changed one asks a person."""
    world.put("contacts", LONE)
    run = await world.sync()
    await take_back(world, run.run_id)
    writes = len(world.wire.writes())
    assert world.put("contacts", LONE)[0].result == "unchanged"
    await world.sync()
    assert len(world.wire.writes()) == writes
    world.put("contacts", {**LONE, "notes": "still wanted"})
    await world.sync()
    assert len(world.wire.writes()) == writes
    assert [conflict.fields[0].name for conflict in world.conflicts()] == ["*record*"]


async def test_a_limit_does_not_stop_what_was_shown_record_by_record(world: BooksWorld) -> None:
    """Rolling back was agreed to with its numbers; it needs no second yes, and other changes still do."""
    world.put("contacts", *({**LONE, "source_id": f"X-{n}", "contact_name": f"Extra {n}"} for n in range(5)))
    run = await world.sync()
    world.engine.limits = Limits(changes=2, deletions=1)
    found = await take_back(world, run.run_id)
    assert {step.state for step in found.steps} == {"done"}
    assert world.problems() == []


async def test_what_zoho_refuses_is_given_up_and_named(world: BooksWorld) -> None:
    """A refusal ends that record's part: it is not tried again behind the report's back, nothing is left pending."""
    world.put("contacts", LONE)
    run = await world.sync()
    refusal = b'{"code":36014,"message":"Contacts that have transactions cannot be deleted."}'
    world.break_wire("status", method="DELETE", path="/contacts", times=9, status=400, body=refusal)
    found = await take_back(world, run.run_id)
    assert [step.state for step in found.steps] == ["left"]
    assert "did not take it" in found.steps[0].reason
    world.mend()
    writes = len(world.wire.writes())
    await world.sync()
    await world.sync()
    assert len(world.wire.writes()) == writes
    assert world.view("contacts", "C-2").state == "synced"
    assert world.problems() == []


async def test_a_question_about_other_changes_does_not_hold_it_up(world: BooksWorld) -> None:
    """While a large run waits for an answer, what a person rolls back leaves all the same, and nothing else does."""
    world.put("contacts", LONE)
    run = await world.sync()
    world.engine.limits = Limits(changes=2)
    world.put("contacts", *({**LONE, "source_id": f"X-{n}", "contact_name": f"Extra {n}"} for n in range(4)))
    found = await take_back(world, run.run_id)
    assert [step.state for step in found.steps] == ["done"]
    assert [problem.cause for problem in world.problems()] == ["run_limit"]
    assert not [name for name in world.numbers("contacts", "contact_name") if name.startswith("Extra")]


async def test_one_run_at_a_time_and_none_that_wrote_nothing(world: BooksWorld) -> None:
    """A second roll back waits for the first; a run without writes has nothing to take back."""
    idle = await world.sync()
    with pytest.raises(rolling.CannotRollBack):
        rolling.begin(world.db, world.connection, idle.run_id, now=world.clock.now)
    world.put("contacts", LONE)
    run = await world.sync()
    rolling.begin(world.db, world.connection, run.run_id, now=world.clock.now)
    with pytest.raises(rolling.CannotRollBack):
        rolling.begin(world.db, world.connection, run.run_id, now=world.clock.now)
    with pytest.raises(rolling.NoSuchRun):
        rolling.preview(world.db, world.connection, 999_999)


async def test_an_edit_here_since_is_not_lost(world: BooksWorld) -> None:
    """A record with a change that has not left yet stays, and the change leaves as usual."""
    world.put("contacts", LONE)
    run = await world.sync()
    world.put("contacts", {**LONE, "notes": "typed since"})
    found = rolling.preview(world.db, world.connection, run.run_id)
    assert [step.what for step in found.steps] == ["none"]
    assert "changed here since" in found.steps[0].reason


async def test_each_write_and_each_roll_back_stands_in_the_diary(world: BooksWorld) -> None:
    """Fields before and after, the run, and a chain that is whole."""
    world.put("contacts", {**LONE, "notes": "one"})
    await world.sync()
    world.put("contacts", {**LONE, "notes": "two"})
    run = await world.sync()
    await take_back(world, run.run_id)
    lines = diary.of_record(world.db, world.record("contacts", "C-2").id)
    changes = [(line.kind, line.run_id, one.before, one.after) for line in lines for one in line.changes
               if one.field == "notes"]  # fmt: skip
    assert [(kind, before, after) for kind, _, before, after in changes] == [
        ("updated", "two", "one"), ("updated", "one", "two"), ("created", None, "one"),
    ]  # fmt: skip
    assert changes[1][1] == run.run_id
    assert diary.verify(world.db, world.connection.id).is_whole


@pytest.mark.parametrize(
    ("module", "status", "before", "wishes"),
    [
        ("contacts", "inactive", "active", ("activate",)),
        ("contacts", "active", "inactive", ("deactivate",)),
        ("invoices", "void", "sent", ("draft", "send")),
        ("invoices", "void", "overdue", ("draft", "send")),
        ("invoices", "void", "draft", ("draft",)),
        ("invoices", "void", "paid", ()),
        ("invoices", "sent", "draft", ()),
        ("invoices", "overdue", "sent", ()),
        ("estimates", "accepted", "sent", ()),
        ("bills", "void", "open", ("open",)),
        ("salesorders", "void", "draft", ()),
        ("salesorders", "void", "open", ("open",)),
        ("creditnotes", "void", "open", ("draft", "open")),
    ],
)
def test_ways_back(module: str, status: str, before: str, wishes: tuple[str, ...]) -> None:
    """Only ways that Zoho documents; where there is none, a reason stands instead."""
    found, reason = way_back(MODULES[module], status, before, ModulePolicy())
    assert found == wishes
    assert bool(wishes) or bool(reason) or (status, before) == ("overdue", "sent")
