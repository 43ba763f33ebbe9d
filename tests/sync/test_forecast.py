"""The announced end is the real one: real gate, engine and client, at sixty calls a minute, in a time of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from books_world import BooksWorld
from warp import WarpClock
from world import FakeBooks, World

from zbdesk.app.reader_local import LocalReader
from zbdesk.app.session import MemoryLedger
from zbdesk.domain.pace import PER_PAGE, Beat, seconds_left
from zbdesk.domain.status import RunResult
from zbdesk.sync.events import ModuleProgress
from zbdesk.ui.wizard.estimate import estimate
from zbdesk.zoho.limits import CallGate, Priority

PER_MINUTE = 60
NEAR = 0.1
"""The part of the run's length by which an announced end may be off."""


@pytest.fixture
def clock() -> Iterator[WarpClock]:
    """Time that passes by waiting alone."""
    made = WarpClock()
    yield made
    made.loop.close()


class Forecasts:
    """Ends that were announced, each with the moment of its announcement."""

    def __init__(self) -> None:
        self.made: list[tuple[float, float]] = []

    def announce(self, now: float, left: float | None) -> None:
        """Something is shown at this moment."""
        assert left is not None
        self.made.append((now, now + left))

    def check(self, began: float, ended: float, *, looks: int = 4) -> None:
        """Whenever it was looked, the announced end was near the real one."""
        assert len(self.made) >= looks
        length = ended - began
        far = [(at, end) for at, end in self.made if abs(end - ended) > NEAR * length]
        assert not far, f"from {began:.0f} to {ended:.0f}, but announced: {far}"


@pytest.mark.parametrize(("seconds", "customers", "invoices"), [(0.15, 30, 300), (0.5, 10, 417), (3.0, 10, 290)])
def test_the_end_of_a_push_is_known_at_its_start(
    tmp_path: Path, clock: WarpClock, seconds: float, customers: int, invoices: int
) -> None:
    """Several hundred documents: before they leave, and at every quarter of the way, whatever the line's speed."""
    with asyncio.Runner(loop_factory=lambda: clock.loop) as runner:
        runner.run(_push(tmp_path, clock, seconds, customers, invoices))


async def _push(folder: Path, clock: WarpClock, seconds: float, customers: int, invoices: int) -> None:
    world = BooksWorld(folder, clock=clock, per_minute=PER_MINUTE)  # type: ignore[arg-type]
    world.wire.seconds = seconds
    await world.sync()
    await clock.sleep(600)
    world.put("contacts", *({"source_id": f"C-{at}", "contact_name": f"Customer {at}"} for at in range(customers)))
    world.put("invoices", *(_invoice(at, at % customers) for at in range(invoices)))
    forecasts, written = Forecasts(), 0

    def look() -> None:
        reader = LocalReader(world.db, clock.now(), calls_per_minute=PER_MINUTE)
        waiting = [view.record_id for view in reader.outgoing(None, 10_000)]
        forecasts.announce(clock.monotonic(), reader.preflight(waiting).seconds)

    def count() -> None:
        nonlocal written
        written += 1
        if written % ((customers + invoices) // 4) == 0 and written < 0.9 * (customers + invoices):
            look()

    world.on_request = count
    look()
    began = clock.monotonic()
    run = await world.sync()
    assert run.result is RunResult.OK, run.message
    assert written == customers + invoices
    forecasts.check(began, clock.monotonic())
    await world.aclose()


def test_payments_cost_a_look_at_what_they_settle(tmp_path: Path, clock: WarpClock) -> None:
    """Two hundred payments of two hundred invoices: twice as many calls, and announced so."""
    with asyncio.Runner(loop_factory=lambda: clock.loop) as runner:
        runner.run(_payments(tmp_path, clock, 200))


async def _payments(folder: Path, clock: WarpClock, count: int) -> None:
    world = BooksWorld(folder, clock=clock)  # type: ignore[arg-type]
    world.put("contacts", {"source_id": "C-0", "contact_name": "Customer"})
    world.put("invoices", *(_invoice(at, 0) for at in range(count)))
    for at in range(count):
        world.act("invoices", f"default:S-{at}", "send")
    await world.sync()
    assert world.problems() == []
    await clock.sleep(600)
    for at in range(count):
        world.act("invoices", f"default:S-{at}", "pay", amount="80.00", date="2026-11-20", payment_mode="cash")
    world.per_minute, world.wire.seconds = PER_MINUTE, 0.5
    world.engine = world._engine()
    reader, forecasts = LocalReader(world.db, clock.now(), calls_per_minute=PER_MINUTE), Forecasts()
    waiting = [view.record_id for view in reader.outgoing(None, 10_000)]
    assert len(waiting) == count
    began = clock.monotonic()
    forecasts.announce(began, reader.preflight(waiting).seconds)
    run = await world.sync()
    assert run.result is RunResult.OK, run.message
    forecasts.check(began, clock.monotonic(), looks=1)
    await world.aclose()


def _invoice(number: int, customer: int) -> dict[str, object]:
    return {
        "source_id": f"S-{number}",
        "customer": {"source_id": f"C-{customer}"},
        "invoice_number": f"LL-{number}",
        "date": "2026-11-20",
        "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
    }


class GatedBooks(FakeBooks):
    """Zoho in memory behind the real gate; each answer takes a while."""

    gate: CallGate
    seconds = 0.5

    async def _ask(self, kind: str, module: str, what: int | str, priority: Priority) -> None:
        async with self.gate.slot(priority):
            await asyncio.sleep(self.seconds)
            await super()._ask(kind, module, what, priority)


@pytest.mark.parametrize("seconds", [0.3, 0.8])
def test_the_end_of_a_first_load_is_known_at_its_start(tmp_path: Path, clock: WarpClock, seconds: float) -> None:
    """More than a hundred pages: the wizard's estimate, and what is said from the first page to the last."""
    with asyncio.Runner(loop_factory=lambda: clock.loop) as runner:
        runner.run(_first_load(tmp_path, clock, seconds))


async def _first_load(folder: Path, clock: WarpClock, seconds: float) -> None:
    sizes = {"contacts": 4_100, "items": 900, "invoices": 21_000}
    world = World(folder, *sizes)
    world.clock = clock  # type: ignore[assignment]
    world.zoho = GatedBooks(clock)  # type: ignore[arg-type]
    world.zoho.seconds = seconds
    world.zoho.gate = CallGate(clock, PER_MINUTE, 4, MemoryLedger())
    for module, count in sizes.items():
        world.zoho.put(module, count)
    world.engine = world._engine()
    forecasts, known = Forecasts(), dict.fromkeys(sizes, 0)
    made, beat = 0, Beat()

    def heard(event: Any) -> None:
        nonlocal made
        if isinstance(event, ModuleProgress):
            known[event.module] = event.done
            made += not event.finished
            beat.note(clock.monotonic(), made)
            left = sum(-(-(count - known[module]) // PER_PAGE) for module, count in sizes.items())
            if left:
                spent = clock.monotonic() - began
                ahead = seconds_left(spent, made, left, per_minute=PER_MINUTE, gap=beat.gap)
                forecasts.announce(clock.monotonic(), ahead)

    world.engine.emit = heard
    began = clock.monotonic()
    guess = estimate(sizes, sizes, calls_per_minute=PER_MINUTE)
    assert guess.calls > 100
    forecasts.announce(began, guess.seconds)
    run = await world.sync()
    assert run.result is RunResult.OK, run.message
    forecasts.check(began, clock.monotonic())
    world.close()
