"""Taking a run back while everything breaks: Zoho Books stands as before it, and nothing is done twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from books_world import BooksWorld, Trouble
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.sync.rollback_world import CONTACT, books, invoice
from zbdesk.store import diary, documents, rollbacks
from zbdesk.sync import rolling

FAULTS = st.lists(
    st.tuples(
        st.sampled_from(["lose", "lost_answer", "status_after", "status", "crash", "crash_after"]),
        st.sampled_from(["WRITE", "GET"]),
        st.integers(0, 6),
    ),
    max_size=4,
)
PLANS = st.fixed_dictionaries(
    {
        "new": st.integers(0, 3),
        "send": st.booleans(),
        "pay": st.booleans(),
        "edit": st.booleans(),
        "lines": st.booleans(),
        "status": st.booleans(),
        "meddle": st.booleans(),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
          phases=[Phase.generate])  # fmt: skip
@given(PLANS, FAULTS)
def test_zoho_stands_as_before_whatever_breaks(
    tmp_path_factory: pytest.TempPathFactory, doing: dict[str, Any], faults: list[tuple[str, str, int]]
) -> None:
    """With lost answers, refusals and kills in the middle: as before, except what the report names; nothing twice."""
    asyncio.run(_play(tmp_path_factory.mktemp("rollback"), doing, faults))


async def _play(folder: Path, doing: dict[str, Any], faults: list[tuple[str, str, int]]) -> None:
    world = BooksWorld(folder)
    try:
        await world.sync()
        world.put("contacts", CONTACT)
        world.put("invoices", invoice(50, notes="before"), invoice(51))
        world.act("invoices", "source:S-51", "send")
        await world.sync()
        before = books(world)
        run_id = await _do(world, doing)
        if doing["meddle"]:
            world.clock.tick(60)
            world.org.edit("invoices", str(world.record("invoices", "S-50").remote_id), terms="meddled")
            before["invoices", str(world.record("invoices", "S-50").remote_id)] = ()
        if not rollbacks.written(world.db, world.connection.id, run_id):
            return
        await _roll_back_with(world, run_id, faults)
        _check(world, run_id, before)
    finally:
        await world.aclose()


async def _do(world: BooksWorld, doing: dict[str, Any]) -> int:
    """One run that writes."""
    world.put("invoices", *(invoice(number) for number in range(doing["new"])))
    if doing["new"] and doing["send"]:
        world.act("invoices", "source:S-0", "send")
        if doing["pay"]:
            world.act("invoices", "source:S-0", "pay", amount="220.00")
    again = invoice(50, notes="after" if doing["edit"] else "before")
    if doing["lines"]:
        again["line_items"] = [{"name": "Lamp", "quantity": "1", "rate": "7.00"}]
    world.put("invoices", again)
    if doing["status"]:
        world.act("invoices", "source:S-51", "void")
    return (await world.sync()).run_id


async def _roll_back_with(world: BooksWorld, run_id: int, faults: list[tuple[str, str, int]]) -> None:
    rolling.begin(world.db, world.connection, run_id, now=world.clock.now)
    for kind, method, skip in faults:
        if skip:
            world.wire.troubles.append(Trouble("meanwhile", method, times=skip))
        world.wire.troubles.append(Trouble(kind, method))
    for turn in range(12):
        if turn == 8:
            world.mend()
        try:
            await world.sync()
        except BaseException as error:
            if not world.died(error):
                raise
            world.crash()
        world.forget_pause()
        if not world.wire.troubles and rollbacks.under_way(world.db, world.connection.id) is None:
            break
        world.clock.tick(3_600)
    for _ in range(2):
        await world.sync()


def _check(world: BooksWorld, run_id: int, before: dict[tuple[str, str], tuple[Any, ...]]) -> None:
    found = rolling.report(world.db, world.connection, run_id)
    assert found is not None
    assert found.ended_at is not None
    assert world.in_doubt() == 0
    left = [documents.read(world.db, step.record_id) for step in found.steps if step.state == "left"]
    named = {(trees.module, trees.remote_id) for trees in left if trees is not None}
    # Whatever broke on the way mended itself: what stays is only what a person or the run itself made final.
    reasons = {step.reason for step in found.steps if step.state == "left"}
    assert reasons <= {"Changed since: terms."}, reasons
    now = books(world)
    for key, value in before.items():
        assert not value or now[key] == value or key in named
    for key in now.keys() - before.keys():
        assert now[key][1] in {"void", "inactive"} or key in named
    numbers = world.numbers("invoices", "invoice_number")
    assert max(numbers.values()) == 1
    done = world.db.all(
        """SELECT record_id, operation, COUNT(*) FROM attempt WHERE outcome = 'done' AND run_id > ?
        AND operation = 'delete' GROUP BY record_id, operation""",
        (run_id,),
    )
    assert all(count == 1 for _, _, count in done)
    assert diary.verify(world.db, world.connection.id).is_whole
