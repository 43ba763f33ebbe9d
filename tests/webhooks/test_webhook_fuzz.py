"""Mutated requests by the thousand: none crashes the listener, none passes without a right signature, memory is flat.

Flat means: as many objects after each round as after the first. The ordinary suite sends a few; the run marked
``soak`` a hundred thousand (``pytest -m soak tests/webhooks``).
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from webhook_site import SECRET, FixedSecrets, signature
from world import RealClock, World

from zbdesk.store import inbox
from zbdesk.webhooks import listener as listening
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.signature import verify

pytestmark = pytest.mark.anyio
Make = Callable[..., World]
KEY = "k3y0that0nobody0guesses"
SENDERS = 60
ROUNDS = 5
ALLOWED = {200, 400, 401, 404, 408, 413, 429, 431}

_HEADERS = (
    b"Content-Type: application/json",
    b"Content-Type: application/x-www-form-urlencoded",
    b"Content-Type: \xff\xfe",
    b"Content-Type: multipart/form-data; boundary=x",
    b"Transfer-Encoding: chunked",
    b"Content-Encoding: gzip",
    b"Expect: 100-continue",
    b"Upgrade: websocket\r\nConnection: upgrade",
    b"X-Forwarded-For: 10.0.0.1",
    b"X-Zoho-Webhook-Signature: t=1,v=2",
    b"Host: evil.example",
    b"Content-Length: -1",
    b"Content-Length: 99999999",
)


def a_request(rng: random.Random, path: str, serial: int) -> tuple[bytes, bytes | None]:
    """One request as bytes, mutated or not; the body where it is signed rightly and must be stored."""
    body = json.dumps({"invoice": {"invoice_id": str(serial), "note": "x" * rng.randrange(60)}}).encode()
    target, method, given = path.encode(), b"POST", signature(body)
    extra: list[bytes] = [b"Content-Type: application/json"]
    kind = rng.randrange(12)
    if kind == 0:
        return _whole(method, target, [*extra, b"X-Zoho-Webhook-Signature: " + given], body), body
    if kind == 1:
        body = _mutated(rng, body)
    elif kind == 2:
        given = _mutated(rng, given).translate(None, b"\r\n\0")
    elif kind == 3:
        target = _mutated(rng, target).translate(None, b" \r\n\0")
    elif kind == 4:
        extra = [rng.choice(_HEADERS) for _ in range(rng.randrange(4))]
        given = given[:-1] + (b"0" if given[-1:] != b"0" else b"1")
    elif kind == 5:
        method = rng.choice([b"GET", b"PUT", b"DELETE", b"BREW", b"", b"post"])
        given = b"0" * 64
    elif kind == 6:
        body, given = rng.randbytes(rng.randrange(400)), b""
    elif kind == 7:
        target += rng.choice([b"?a=1", b"/../..", b"/check", b"/control", b"/invoices/deleted?x=%zz", b"%2e%2e"])
        given = b"f" * 64
    elif kind == 8:
        body = rng.choice([b"[" * 5_000, b'{"a":' * 5_000, b"9" * 6_000, b'{"invoice":{"invoice_id":1e999}}'])
        given = signature(body)
        return _whole(method, target, [*extra, b"X-Zoho-Webhook-Signature: " + given], body), body
    else:
        whole = _whole(method, target, [*extra, b"X-Zoho-Webhook-Signature: " + b"0" * 64], body)
        return _mutated(rng, whole), None
    return _whole(method, target, [*extra, b"X-Zoho-Webhook-Signature: " + given], body), None


def _whole(method: bytes, target: bytes, headers: list[bytes], body: bytes) -> bytes:
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: localhost", *headers]
    lines.append(b"Content-Length: " + str(len(body)).encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _mutated(rng: random.Random, data: bytes) -> bytes:
    """A few bytes changed, dropped, doubled or put in."""
    out = bytearray(data)
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(out)) if out else 0
        match rng.randrange(4):
            case 0 if out:
                out[at] = rng.randrange(256)
            case 1 if out:
                del out[at : at + rng.randrange(1, 9)]
            case 2:
                out[at:at] = out[at : at + 7]
            case _:
                out[at:at] = rng.randbytes(rng.randrange(1, 5))
    return bytes(out)


async def status_of(port: int, request: bytes, seconds: float) -> int:
    """Send on a connection of its own and return the status; 0 for no answer in time: most wait for more to come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        line = await asyncio.wait_for(reader.readline(), seconds)
        while line.startswith(b"HTTP/1.1 100"):
            await reader.readline()
            line = await asyncio.wait_for(reader.readline(), seconds)
        return int(line.split()[1]) if line.startswith(b"HTTP/1.1 ") else 0
    except (ConnectionError, TimeoutError):
        return 0
    finally:
        writer.close()


def resident() -> int:
    """Memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds while nothing is under way: bytes of memory, and objects that the collector knows."""

    resident: int
    objects: int


async def held(made: Listener) -> Held:
    """Wait until the last sender has gone, clear up, and look."""
    assert made._serving is not None
    while made._serving._state.connections:  # noqa: ASYNC110 - uvicorn's own set, which tells nobody
        await asyncio.sleep(0.02)
    gc.collect()
    return Held(resident(), len(gc.get_objects()))


async def fuzz(world: World, count: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Counter[int], list[Held]]:
    """Send so many requests; returns how often each status came, and what was held after each of five rounds."""
    monkeypatch.setattr(listening, "PER_SECOND", 1e9)
    rng, statuses, looks = random.Random(seed), Counter[int](), list[Held]()
    signed: set[bytes] = set()
    intake = Intake(world.db, world.connection, FixedSecrets(), world.clock)
    async with Listener(intake, KEY, RealClock(), port=0) as made:

        async def one(serial: int) -> None:
            request, body = a_request(rng, made.path, serial)
            status = await status_of(made.port, request, 60 if body is not None else 0.5)
            statuses[status] += 1
            assert status in ALLOWED | {0}, (status, request)
            if body is not None:
                signed.add(body)
                assert status == 200, request

        for part in range(ROUNDS):
            serials = iter(range(part * count // ROUNDS, (part + 1) * count // ROUNDS))

            async def sender(serials: Iterator[int] = serials) -> None:
                for serial in serials:
                    await one(serial)

            async with asyncio.TaskGroup() as group:
                for _ in range(SENDERS):
                    group.create_task(sender())
            looks.append(await held(made))
    for view in inbox.events(world.db, world.connection.id, count):
        raw = inbox.event(world.db, world.connection.id, view.id)
        assert raw is not None
        assert view.verified
        assert raw.body in signed or verify(signature(raw.body), [SECRET], [], None, raw.body)
    return statuses, looks


def grown(looks: list[Held]) -> int:
    """Objects that were left behind from the end of the first round, in which caches fill, to the last."""
    return max(look.objects for look in looks[1:]) - looks[0].objects


async def test_a_few_thousand_mutated_requests(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is answered as the contract says, whatever it holds, and only the signed ones are stored."""
    world = make()
    statuses, looks = await fuzz(world, 1_200, 20261120, monkeypatch)
    assert statuses[200] > 50
    assert statuses[401] > 50
    assert statuses[404] > 50
    # A sender that left one object behind in the listener would show as hundreds.
    assert grown(looks) < 400


@pytest.mark.soak
@pytest.mark.timeout(1_800)
async def test_a_hundred_thousand_mutated_requests(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, a hundred thousand times, without growing."""
    world = make()
    statuses, looks = await fuzz(world, 100_000, 7, monkeypatch)
    sizes = [f"{look.resident / 1e6:.1f} MB, {look.objects} objects" for look in looks]
    print(dict(statuses), sizes)  # noqa: T201 - the figures of a long run
    assert sum(statuses.values()) == 100_000
    assert grown(looks) < 2_000
    # What is left is the database's own cache of pages, some eight thousand events large, and what the test keeps.
    assert looks[-1].resident - looks[0].resident < 15_000_000
