"""The stream of changes: told soon, in order, and gone on with after a break."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from interface_world import Place, interface_place

from zbdesk.sources.http import events

pytestmark = pytest.mark.anyio


class Listening:
    """A program that reads the stream."""

    def __init__(self) -> None:
        self.text = ""
        self.status = 0
        self.body = b""
        self.gone = asyncio.Event()
        self._more = asyncio.Event()

    async def receive(self) -> dict[str, object]:
        """Nothing more comes from the program until it hangs up."""
        if not self.status and not self.body:
            self.body = b"-"
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, object]) -> None:
        """Take what comes."""
        if message["type"] == "http.response.start":
            self.status = int(str(message["status"]))
        else:
            self.text += bytes(message["body"]).decode()  # type: ignore[arg-type]
        self._more.set()

    async def until(self, count: int) -> list[dict[str, object]]:
        """The events, once so many have come."""
        async with asyncio.timeout(10):
            while len(self.events()) < count:
                self._more.clear()
                await self._more.wait()
        return self.events()

    def events(self) -> list[dict[str, object]]:
        """What has come so far."""
        return [json.loads(line[6:]) for line in self.text.splitlines() if line.startswith("data: ")]


@asynccontextmanager
async def listening(place: Place, query: str = "", last: str | None = None) -> AsyncIterator[Listening]:
    """Read the stream for as long as the block lasts."""
    program = Listening()
    headers = [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {place.token}".encode())]
    if last is not None:
        headers.append((b"last-event-id", last.encode()))
    scope = {
        "type": "http", "method": "GET", "path": "/v1/events", "raw_path": b"/v1/events",
        "query_string": query.encode(), "headers": headers, "client": ("127.0.0.1", 1),
    }  # fmt: skip
    task = asyncio.create_task(place.app(scope, program.receive, program.send))  # type: ignore[arg-type]
    try:
        async with asyncio.timeout(10):
            while not program.status:  # noqa: ASYNC110 - it is set by the application
                await asyncio.sleep(0)
        yield program
    finally:
        program.gone.set()
        async with asyncio.timeout(10):
            await task


async def test_a_write_and_a_pass_are_told(tmp_path: Path) -> None:
    """A program hears of its own document, and again when it has reached Zoho Books."""
    async with interface_place(tmp_path) as place, listening(place, "modules=customers") as program:
        answer = await place.ask("POST", "/contacts", json={"source_id": "C-1", "contact_name": "New & Co"})
        [first] = await program.until(1)
        assert (first["what"], first["local_id"], first["state"]) == ("changed", answer.json()["local_id"], "pending")
        await place.world.sync()
        told = await program.until(2)
        while told[-1]["state"] != "synced":
            # On its way it is told of as well: leaving, in Zoho Books, in both.
            told = await program.until(len(told) + 1)
        assert told[-1]["remote_id"] is not None
        assert [one["seq"] for one in told] == sorted(one["seq"] for one in told)


async def test_who_was_away_gets_each_records_latest_change(tmp_path: Path) -> None:
    """Going on from the last id gives everything since, each record once and in order; nothing before it."""
    async with interface_place(tmp_path) as place:
        async with listening(place) as program:
            await place.ask("POST", "/contacts", json={"source_id": "C-1", "contact_name": "One"})
            [seen] = await program.until(1)
        for number in (2, 3):
            await place.ask("POST", "/contacts", json={"source_id": f"C-{number}", "contact_name": f"No {number}"})
        await place.ask("POST", "/contacts", json={"source_id": "C-2", "contact_name": "Two again"})
        async with listening(place, last=str(seen["seq"])) as program:
            told = await program.until(2)
        assert [one["source_id"] for one in told] == ["C-3", "C-2"]
        assert "id: " in program.text


async def test_a_removed_record_is_told_as_removed(tmp_path: Path) -> None:
    """What is not here any more has no line, and its going is an event all the same."""
    async with interface_place(tmp_path) as place, listening(place) as program:
        record_id = place.world.put("contacts", {"source_id": "C-1", "contact_name": "One"})[0].local_id
        place.handlers.changed()
        await program.until(1)
        await place.ask("DELETE", f"/contacts/{record_id}")
        told = await program.until(2)
        assert told[-1]["what"] == "deleted"


async def test_a_place_of_another_database_begins_anew(tmp_path: Path) -> None:
    """An id that was never reached here gets everything, instead of silence for ever."""
    async with interface_place(tmp_path) as place:
        async with listening(place, last="999999999") as program:
            told = await program.until(12)
        assert len(told) >= 12


async def test_a_quiet_stream_shows_that_it_lives_and_ends_with_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heartbeats come while nothing happens; a program that hangs up leaves nothing behind; streams are limited."""
    monkeypatch.setattr(events, "MOST_STREAMS", 1)
    async with interface_place(tmp_path) as place:
        async with listening(place) as program:
            async with asyncio.timeout(10):
                while ": still here" not in program.text:  # noqa: ASYNC110 - text that comes by itself
                    await asyncio.sleep(0.01)
            assert (await place.ask("GET", "/events")).status_code == 429
        async with listening(place) as program:
            assert program.status == 200
