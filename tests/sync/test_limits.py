"""A run that is larger than a person allowed writes nothing and asks; an answer is good for exactly what was shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from books_world import BooksWorld, Trouble
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from zbdesk.domain.status import RunResult
from zbdesk.store import run_questions
from zbdesk.sync import allowing
from zbdesk.sync.allowing import OtherRun
from zbdesk.sync.braking import Brakes
from zbdesk.sync.order import Limits

pytestmark = pytest.mark.anyio


def customer(number: int) -> dict[str, object]:
    """A new customer."""
    return {"source_id": f"C-{number}", "contact_name": f"Customer {number} Ltd"}


def invoice(number: int, customer_number: int = 1, rate: str = "40.00") -> dict[str, object]:
    """An invoice of one line."""
    return {
        "source_id": f"S-{number}",
        "customer": {"source_id": f"C-{customer_number}"},
        "invoice_number": f"L-{number}",
        "date": "2026-11-20",
        "line_items": [{"name": "Seat", "quantity": "1", "rate": rate}],
    }


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected company that was read once."""
    made = BooksWorld(tmp_path)
    await made.sync()
    yield made
    await made.aclose()


def question(world: BooksWorld) -> Any:
    """What stands to be answered."""
    return run_questions.standing(world.db, world.connection.id)


def causes(world: BooksWorld) -> list[str]:
    """Causes of the open problems."""
    return [problem.cause for problem in world.problems()]


async def test_a_run_beyond_the_limit_writes_nothing_and_asks(world: BooksWorld) -> None:
    """Numbers, amounts and the company are named, the run needs a person, and the next pass asks the same again."""
    world.put("contacts", customer(1))
    world.put("invoices", *(invoice(number) for number in range(3)))
    world.engine.limits = Limits(changes=3)
    finished = await world.sync()
    assert (finished.result, world.wire.writes()) == (RunResult.ATTENTION, [])
    assert "Everything is up to date" not in finished.message
    (problem,) = world.problems()
    assert problem.cause == "run_limit"
    assert "4 records to Meridian Spices & Exports Pvt. Ltd." in problem.message
    assert "3 invoices created (INR 120.00)" in problem.message
    asked = question(world)
    assert [(one.what, one.planned, one.allowed) for one in asked.limits] == [("changes", 4, 3)]
    assert asked.writes == (("create", "contacts", 1), ("create", "invoices", 3))
    again = await world.sync(cause="poll")
    assert (again.result, world.wire.writes(), question(world).asked_at) == (RunResult.ATTENTION, [], asked.asked_at)


async def test_what_comes_in_is_taken_while_a_run_waits_for_its_answer(world: BooksWorld) -> None:
    """The question holds back writes, not what another user changed in Zoho Books; and it costs no extra calls."""
    world.put("contacts", {**customer(1), "notes": "first"}, customer(2))
    await world.sync()
    world.engine.limits = Limits(changes=2)
    world.clock.tick(60)
    world.org.edit("contacts", str(world.record("contacts", "C-1").remote_id), notes="theirs")
    world.put("contacts", {**customer(2), "notes": "ours"}, *(customer(number) for number in range(3, 6)))
    before = len(world.wire.writes())
    assert (await world.sync()).result is RunResult.ATTENTION
    document = world.record("contacts", "C-1").document
    assert document is not None
    assert document.fields["notes"] == "theirs"
    assert len(world.wire.writes()) == before
    world.wire.asked.clear()
    await world.sync()
    assert [path for _, path in world.wire.asked if path.startswith("/contacts/")] == []


async def test_a_yes_lets_exactly_these_go_and_the_question_ends(world: BooksWorld) -> None:
    """After the answer the run writes all that was shown, once, and nothing is asked any more."""
    world.put("contacts", *(customer(number) for number in range(4)))
    world.engine.limits = Limits(changes=3)
    await world.sync()
    allowing.allow(world.db, world.connection, question(world).token, now=world.clock.now)
    finished = await world.sync(cause="poll")
    assert (finished.result, len(world.wire.writes())) == (RunResult.OK, 4)
    assert (question(world), causes(world)) == (None, [])


async def test_a_set_that_grew_since_asks_again(world: BooksWorld) -> None:
    """A yes to four is no yes to five, neither before the pass nor for one that came after the question."""
    world.put("contacts", *(customer(number) for number in range(4)))
    world.engine.limits = Limits(changes=3)
    await world.sync()
    token = question(world).token
    world.put("contacts", customer(4))
    await world.sync()
    assert question(world).token != token
    with pytest.raises(OtherRun):
        allowing.allow(world.db, world.connection, token, now=world.clock.now)
    allowing.allow(world.db, world.connection, question(world).token, now=world.clock.now)
    world.put("contacts", customer(5))
    finished = await world.sync()
    assert (finished.result, world.wire.writes()) == (RunResult.ATTENTION, [])


async def test_an_edit_after_the_yes_is_not_covered_by_it(world: BooksWorld) -> None:
    """What a person agreed to was another content of the document."""
    world.put("contacts", *(customer(number) for number in range(4)))
    world.engine.limits = Limits(changes=3)
    await world.sync()
    allowing.allow(world.db, world.connection, question(world).token, now=world.clock.now)
    world.put("contacts", {**customer(2), "notes": "another"})
    finished = await world.sync()
    assert (finished.result, world.wire.writes()) == (RunResult.ATTENTION, [])


async def test_the_yes_outlives_a_crash_in_the_middle(world: BooksWorld) -> None:
    """What is left of an allowed run goes on after a restart without another question, and nothing twice."""
    world.put("contacts", *(customer(number) for number in range(5)))
    world.engine.limits = Limits(changes=3)
    await world.sync()
    allowing.allow(world.db, world.connection, question(world).token, now=world.clock.now)
    world.wire.troubles.append(Trouble("meanwhile", "POST", "/contacts", times=2))
    world.wire.troubles.append(Trouble("crash_after", "POST", "/contacts"))
    with pytest.raises(BaseException) as ended:
        await world.sync()
    assert world.died(ended.value)
    world.crash()
    world.engine.limits = Limits(changes=3)
    await world.sync()
    await world.sync()
    names = world.numbers("contacts", "contact_name")
    assert {name: names[name] for name in names if name.startswith("Customer ")} == {
        f"Customer {number} Ltd": 1 for number in range(5)
    }
    assert (question(world), causes(world)) == (None, [])


async def test_allow_large_is_for_one_pass(world: BooksWorld) -> None:
    """The command line's yes covers what this pass foresees; the next large one asks."""
    world.put("contacts", *(customer(number) for number in range(4)))
    world.engine.limits = Limits(changes=3)
    finished = await world.engine.run_pass(kind=None, cause="user", allow_large=True)
    assert (finished.result, len(world.wire.writes())) == (RunResult.OK, 4)
    world.put("contacts", *(customer(number) for number in range(10, 14)))
    assert (await world.sync()).result is RunResult.ATTENTION
    assert len(world.wire.writes()) == 4


async def test_a_limit_by_value_counts_each_currency_by_itself(world: BooksWorld) -> None:
    """Exactly the amount still goes; a rupee more asks."""
    world.put("contacts", customer(1))
    world.put("invoices", invoice(1, rate="600.00"), invoice(2, rate="400.00"))
    world.engine.limits = Limits(value={"INR": Decimal(1000), "EUR": Decimal(1)})
    assert (await world.sync()).result is RunResult.OK
    world.put("invoices", invoice(3, rate="1000.01"))
    assert (await world.sync()).result is RunResult.ATTENTION
    assert [one.what for one in question(world).limits] == ["INR"]


async def test_deletions_and_voids_have_a_limit_of_their_own(world: BooksWorld) -> None:
    """Three changes are few, two of them that take a document out of the books are not."""
    world.put("contacts", customer(1))
    world.put("invoices", invoice(1), invoice(2))
    world.act("invoices", "source:S-1", "send")
    await world.sync()
    before = len(world.wire.writes())
    world.engine.limits = Limits(changes=50, deletions=1)
    world.act("invoices", "source:S-1", "void")
    world.act("invoices", "source:S-2", "delete")
    assert (await world.sync()).result is RunResult.ATTENTION
    assert len(world.wire.writes()) == before
    assert [one.what for one in question(world).limits] == ["deletions"]


async def test_the_question_goes_with_what_it_asked_about(world: BooksWorld) -> None:
    """When the changes are taken back, nobody is asked any more."""
    world.put("contacts", *(customer(number) for number in range(4)))
    world.engine.limits = Limits(changes=3)
    await world.sync()
    for number in range(4):
        world.act("contacts", f"source:C-{number}", "delete")
    assert (await world.sync()).result is RunResult.OK
    assert (question(world), causes(world)) == (None, [])


async def test_what_becomes_due_in_the_middle_of_a_run_is_counted(world: BooksWorld) -> None:
    """A run that began small stops at its limit when more is put while it writes."""
    world.put("contacts", customer(1), customer(2))
    world.engine.limits = Limits(changes=3)
    world.wire.troubles.append(
        Trouble(
            "meanwhile",
            "POST",
            "/contacts",
            before=lambda: world.put("contacts", customer(3), customer(4), customer(5)) and None,
        )
    )
    finished = await world.sync()
    assert len(world.wire.writes()) <= 3
    assert (finished.result, causes(world)) == (RunResult.ATTENTION, ["run_limit"])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 4)),
        st.tuples(st.just("edit"), st.integers(1, 4)),
        st.tuples(st.just("delete"), st.integers(1, 3)),
        st.tuples(st.just("sync"), st.sampled_from(["user", "poll"])),
        st.tuples(st.just("allow"), st.booleans()),
        st.tuples(st.just("lose"), st.sampled_from(["lose", "lost_answer", "status_after"])),
        st.tuples(st.just("crash"), st.sampled_from(["crash", "crash_after"])),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
          phases=[Phase.generate])  # fmt: skip
@given(STEPS)
def test_no_schedule_writes_more_than_allowed(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]) -> None:
    """Whatever happens in whatever order, a pass without a yes touches at most three records and deletes one."""
    import asyncio

    asyncio.run(_play(tmp_path_factory.mktemp("limits"), steps))


async def _play(folder: Path, steps: list[Any]) -> None:
    world = BooksWorld(folder, modules=("contacts",))
    await world.sync()
    world.engine.limits = Limits(changes=3, deletions=1)
    made = 0
    try:
        for what, value in [*steps, ("sync", "user")]:
            if what == "put":
                world.put("contacts", *(customer(made + one) for one in range(value)))
                made += value
            elif what in {"edit", "delete"} and made:
                for one in range(min(value, made)):
                    _touch(world, what, made - 1 - one)
            elif what == "allow" and question(world) is not None:
                allowing.allow(world.db, world.connection, question(world).token, now=world.clock.now)
            elif what in {"lose", "crash"}:
                world.wire.troubles.append(Trouble(value, "WRITE", "/contacts"))
            elif what == "sync":
                await _sync_within_limits(world, value)
    finally:
        await world.aclose()


def _touch(world: BooksWorld, what: str, number: int) -> None:
    if what == "edit":
        world.put("contacts", {**customer(number), "notes": f"at {world.clock.monotonic()}"})
        return
    from zbdesk.domain.errors import ZbdeskError

    try:
        world.act("contacts", f"source:C-{number}", "delete")
    except ZbdeskError:
        return  # gone already, or never left: nothing to delete


async def _sync_within_limits(world: BooksWorld, cause: str) -> None:
    allowed = {record_id for record_id, _, _ in run_questions.allowed(world.db, world.connection.id)}
    newest = world.db.value("SELECT COALESCE(MAX(id), 0) FROM attempt")
    try:
        await world.sync(cause=cause)
    except BaseException as error:
        if not world.died(error):
            raise
        world.crash()
        world.engine.limits = Limits(changes=3, deletions=1)
    begun = world.db.all("SELECT record_id, operation FROM attempt WHERE id > ?", (newest,))
    touched = {int(record_id) for record_id, _ in begun}
    deleted = {int(record_id) for record_id, operation in begun if operation == "delete"}
    assert len(touched) <= 3 or touched <= allowed
    assert len(deleted) <= 1 or deleted <= allowed


@pytest.mark.parametrize(
    ("without", "steps"),
    [
        (("may_go", "may_write"), [("put", 4), ("put", 4), ("sync", "user")]),
        (("may_write", "may_go"), [("put", 2), ("delete", 2), ("put", 3), ("put", 2), ("sync", "user")]),
    ],
)
async def test_without_the_brakes_the_same_schedules_write_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: tuple[str, ...], steps: list[Any]
) -> None:
    """The property is not true by itself: with the guards taken out it fails."""
    for name in without:
        monkeypatch.setattr(Brakes, name, lambda *_: True)
    with pytest.raises(AssertionError):
        await _play(tmp_path, steps)


async def test_the_look_at_each_write_holds_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the look before a round ever miss something, no write beyond the limit leaves all the same."""
    monkeypatch.setattr(Brakes, "may_go", lambda *_: True)
    await _play(tmp_path, [("put", 4), ("put", 4), ("sync", "user"), ("sync", "poll")])
