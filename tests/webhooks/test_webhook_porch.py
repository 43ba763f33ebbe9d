"""Answers to Zoho while the sync thread is busy: in time, and durable, whatever is killed afterwards."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from webhook_site import ORGANIZATION, FixedSecrets, event, signature
from world import RealClock, World

from zbdesk.app.listener_thread import on_own_thread
from zbdesk.domain.errors import StorageError
from zbdesk.store import inbox
from zbdesk.store.database import DiskFull
from zbdesk.webhooks import porch, spool
from zbdesk.webhooks.intake import Intake, take_left
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.porch import Porch
from zbdesk.webhooks.signature import HEADER
from zbdesk.webhooks.spool import Spool, Spooled, SpoolFailure

pytestmark = pytest.mark.anyio
Make = Callable[..., World]
KEY = "k3y0that0nobody0guesses"
AT = datetime(2026, 6, 9, 12, tzinfo=UTC)


def invoice(number: int) -> bytes:
    """A payload."""
    return json.dumps({"organization_id": ORGANIZATION, "invoice": {"invoice_id": str(number)}}).encode()


class Place:
    """A listener on its own thread over a world whose loop is this test's."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.spool = Spool(folder / "webhooks.spool", "owner")
        self.judged: list[bool] = []
        self.intake = Intake(world.db, world.connection, FixedSecrets(), world.clock)
        self.porch = Porch(
            asyncio.get_running_loop(),
            self.intake,
            FixedSecrets(),
            self.spool,
            RealClock(),
            on_judged=self.judged.append,
        )
        self.listener = Listener(self.porch, KEY, RealClock(), port=0)

    def post(self, number: int, *, signed: bytes | None = None) -> tuple[int, float]:
        """One event from a thread of somebody else's: status, and seconds until the answer."""
        body, began = invoice(number), time.monotonic()
        headers = {"Content-Type": "application/json", HEADER: (signed or signature(body)).decode()}
        with httpx.Client(trust_env=False, timeout=20) as http:
            status = http.post(self.listener.local_url, content=body, headers=headers).status_code
        return status, time.monotonic() - began

    def ids(self) -> list[str | None]:
        """Whose events are in the inbox, in order."""
        return sorted(view.remote_id or "" for view in inbox.events(self.world.db, self.world.connection.id, 1000))


@asynccontextmanager
async def a_place(world: World, folder: Path) -> AsyncIterator[Place]:
    """Open for the block."""
    place = Place(world, folder)
    async with on_own_thread(place.listener, at_end=lambda: None):
        yield place
    place.spool.close()


async def until(condition: Callable[[], bool]) -> None:
    """Let the loops work until something is so."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - a row of the database, which tells nobody
            await asyncio.sleep(0.01)


def in_threads(work: Callable[[int], tuple[int, float]], numbers: range) -> list[tuple[int, float]]:
    """Do it for each number at once, each on a thread of its own, while this thread does nothing else."""
    found: list[tuple[int, float]] = []
    threads = [threading.Thread(target=lambda number=number: found.append(work(number))) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


async def test_an_event_is_in_the_inbox_when_it_is_acknowledged(make: Make, tmp_path: Path) -> None:
    """As long as the sync thread is free nothing is put aside."""
    async with a_place(make(), tmp_path) as place:
        status, _ = await asyncio.to_thread(place.post, 1)
        assert (status, place.ids()) == (200, ["1"])
        assert not place.spool.path.exists()
        assert (await asyncio.to_thread(lambda: place.post(2, signed=b"0" * 64)))[0] == 401
        await until(lambda: place.judged == [True, False])


async def test_a_busy_sync_thread_does_not_hold_up_answers(make: Make, tmp_path: Path) -> None:
    """The loop stands still until all have their answers, and takes everything in afterwards, each once."""
    async with a_place(make(), tmp_path) as place:
        answers = in_threads(place.post, range(20))  # this blocks the loop on which the inbox is written
        assert {status for status, _ in answers} == {200}
        assert max(seconds for _, seconds in answers) < 2.0
        assert place.spool.path.exists()
        assert place.ids() == []
        await until(lambda: len(place.ids()) == 20)
        assert place.ids() == sorted(str(number) for number in range(20))
        await until(lambda: not place.spool.path.exists())
        assert {view.copies for view in inbox.events(place.world.db, place.world.connection.id)} == {1}


async def test_a_wrong_signature_is_refused_by_the_listener_itself(make: Make, tmp_path: Path) -> None:
    """While the sync thread is busy too; nothing of it is put aside."""
    async with a_place(make(), tmp_path) as place:
        ((status, _),) = in_threads(lambda number: place.post(number, signed=b"0" * 64), range(1))
        assert status == 401
        assert not place.spool.path.exists()


async def test_what_was_put_aside_survives_a_kill(make: Make, tmp_path: Path) -> None:
    """The disk as a kill between the acknowledgement and the inbox leaves it holds every event."""
    async with a_place(make(), tmp_path) as place:
        in_threads(place.post, range(3))
        left = place.spool.path.read_bytes()
        await until(lambda: len(place.ids()) == 3)
        # The next start finds the file as it was; once with the events in the inbox, once without.
        again = Spool(tmp_path / "left.spool", "owner")
        again.path.write_bytes(left)
        assert take_left(place.world.db, place.world.connection, again) == 0
        assert not again.path.exists()
        with place.world.db.transaction():
            place.world.db.execute("DELETE FROM inbox WHERE remote_id <> '1'")
        again.path.write_bytes(left)
        assert take_left(place.world.db, place.world.connection, again) == 2
        assert place.ids() == ["0", "1", "2"]
        assert {view.copies for view in inbox.events(place.world.db, place.world.connection.id)} == {1}


@pytest.mark.logs("could not be stored")
async def test_a_full_disk_is_told_to_the_sender(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the inbox nor the spool: nothing is acknowledged."""
    async with a_place(make(), tmp_path) as place:

        def full(*_: object) -> None:
            raise DiskFull("here")

        monkeypatch.setattr(inbox, "store", full)
        assert (await asyncio.to_thread(place.post, 1))[0] == 503


@pytest.mark.logs("could not be")
async def test_a_spool_that_takes_nothing_is_told_to_the_sender(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is busy and the disk takes nothing: 503, and the next event after that is put aside as usual."""
    async with a_place(make(), tmp_path) as place:
        monkeypatch.setattr(spool, "MOST_BYTES", 1)
        ((status, _),) = in_threads(place.post, range(1))
        assert status == 503
        monkeypatch.undo()
        assert [status for status, _ in in_threads(place.post, range(1, 3))] == [200, 200]
        await until(lambda: {"1", "2"} <= set(place.ids()))
        await until(lambda: not place.spool.path.exists())


async def test_what_the_database_did_not_take_is_handed_over_again(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An acknowledged event waits in the spool until there is room."""
    monkeypatch.setattr(porch, "AGAIN", 0.02)
    async with a_place(make(), tmp_path) as place:
        real, failures = inbox.store, iter(range(3))

        def first_full(*given: object) -> list[int | None]:
            if next(failures, None) is not None:
                raise DiskFull("here")
            return real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(inbox, "store", first_full)
        ((status, _),) = in_threads(place.post, range(7, 8))
        assert status == 200
        await until(lambda: place.ids() == ["7"])
        await until(lambda: not place.spool.path.exists())


@pytest.mark.logs("is torn")
def test_a_torn_line_takes_no_other_along(tmp_path: Path) -> None:
    """Only what was acknowledged is read: a line that a power cut tore is left out, the lines beside it stay."""
    kept = Spool(tmp_path / "x.spool", "owner")
    events = [Spooled(event(invoice(number)), AT) for number in range(3)]
    kept.add(events[:1])
    kept.close()
    whole = kept.path.read_bytes()
    kept.add(events[1:2])
    kept.close()
    torn = kept.path.read_bytes()[:-9]
    kept.path.write_bytes(torn)
    kept.add(events[2:])
    kept.close()
    assert [one.incoming.body for one in kept.read()] == [invoice(0), invoice(2)]
    assert [one.received_at for one in kept.read()] == [AT, AT]
    for cut in range(len(whole)):
        kept.path.write_bytes(whole[:cut])
        assert len(kept.read()) == (1 if cut == len(whole) - 1 else 0)
    kept.clear()
    assert kept.read() == []


def test_another_connections_events_are_left_out(tmp_path: Path) -> None:
    """A connection that was made anew under the same number takes nothing of the one before it."""
    Spool(tmp_path / "x.spool", "before").add([Spooled(event(invoice(1)), AT)])
    assert Spool(tmp_path / "x.spool", "now").read() == []


@pytest.mark.logs("could not be put aside")
def test_a_folder_that_takes_nothing_is_a_named_failure(tmp_path: Path) -> None:
    """The environment's failure, with its remedy."""
    with pytest.raises(SpoolFailure) as failure:
        Spool(tmp_path / "missing" / "x.spool", "owner").add([Spooled(event(invoice(1)), AT)])
    assert isinstance(failure.value, StorageError)
    assert "not acknowledged" in failure.value.message
