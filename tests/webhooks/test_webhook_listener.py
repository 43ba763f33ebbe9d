"""The listener on a real socket: what it answers, what it refuses to wait for, and what it keeps to itself."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from webhook_site import FixedSecrets, signature
from world import RealClock, World

from zbdesk.domain.errors import VaultError
from zbdesk.store import inbox
from zbdesk.store.database import DiskFull
from zbdesk.web import serving
from zbdesk.webhooks import challenge, listener
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.signature import HEADER

pytestmark = pytest.mark.anyio
Make = Callable[..., World]
KEY = "k3y0that0nobody0guesses"
INVOICE = b'{"invoice":{"invoice_id":"901","last_modified_time":"2026-06-09T16:48:58-0400"}}'


class Site:
    """A listener and somebody who sends to it."""

    def __init__(self, world: World, made: Listener, http: httpx.AsyncClient, secrets: FixedSecrets) -> None:
        self.world = world
        self.listener = made
        self.http = http
        self.secrets = secrets

    async def send(
        self,
        body: bytes = INVOICE,
        path: str = "",
        *,
        method: str = "POST",
        signed: bytes | None = None,
        **headers: str,
    ) -> httpx.Response:
        """One request, signed rightly unless told otherwise."""
        given = signature(body) if signed is None else signed
        return await self.http.request(
            method,
            self.listener.local_url + path,
            content=body,
            headers={"Content-Type": "application/json", HEADER: given.decode(), **headers},
        )

    def count(self) -> int:
        """Events in the inbox."""
        return len(inbox.events(self.world.db, self.world.connection.id))


@asynccontextmanager
async def a_site(world: World, **more: Any) -> AsyncIterator[Site]:
    """A listener on a free port."""
    secrets = FixedSecrets()
    intake = Intake(world.db, world.connection, secrets, world.clock)
    made = Listener(intake, KEY, RealClock(), port=0, **more)
    async with made, httpx.AsyncClient(trust_env=False, timeout=10) as http:
        yield Site(world, made, http, secrets)


async def test_a_signed_event_is_stored_before_it_is_acknowledged(make: Make) -> None:
    """200 means that the database has it."""
    async with a_site(make()) as site:
        answer = await site.send()
        assert (answer.status_code, answer.content) == (200, b"")
        assert site.count() == 1
        assert (await site.send(method="PUT")).status_code == 200
        assert site.count() == 1


@pytest.mark.parametrize("signed", [b"", b"00", b"0" * 64])
async def test_a_wrong_signature_is_401(make: Make, signed: bytes) -> None:
    """A missing, malformed or wrong signature is refused, and nothing is stored."""
    async with a_site(make()) as site:
        assert (await site.send(signed=signed)).status_code == 401
        answer = await site.http.post(site.listener.local_url, content=INVOICE)
        assert (answer.status_code, answer.content) == (401, b"")
        assert site.count() == 0


@pytest.mark.parametrize(
    "path", ["/", "/webhooks", "/webhooks/zoho/", f"/webhooks/zoho/{KEY}x", f"/webhooks/zoho/{KEY[:-1]}", "/docs"]
)
async def test_any_other_path_is_404(make: Make, path: str) -> None:
    """Whoever does not know the key learns nothing, whatever is asked."""
    async with a_site(make()) as site:
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
            answer = await site.http.request(method, f"http://127.0.0.1:{site.listener.port}{path}", content=INVOICE)
            assert (answer.status_code, answer.content) == (404, b"")


async def test_other_methods_on_the_right_path_are_404(make: Make) -> None:
    """A browser that opens the address sees nothing."""
    async with a_site(make()) as site:
        for method in ("GET", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"):
            assert (await site.send(method=method)).status_code == 404


async def test_no_answer_tells_what_listens(make: Make) -> None:
    """No server, version, date, company or trace stands in any answer."""
    async with a_site(make()) as site:
        for answer in (await site.send(), await site.send(signed=b"x"), await site.send(path="x")):
            assert set(answer.headers) <= {"content-length", "cache-control", "connection"}
            assert answer.content == b""


async def test_a_body_above_one_megabyte_is_413(make: Make) -> None:
    """Too much is refused, declared or not, and the limit itself still passes."""
    async with a_site(make()) as site:
        limit = b'{"pad":"' + b"x" * (listener.MOST_BYTES - 10) + b'"}'
        assert len(limit) == listener.MOST_BYTES
        assert (await site.send(limit)).status_code == 200
        assert (await site.send(limit + b" ")).status_code == 413

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(300):
                yield b"x" * 8192

        answer = await site.http.post(site.listener.local_url, content=pieces(), headers={HEADER: "00"})
        assert answer.status_code == 413
        assert site.count() == 1


async def test_a_request_under_a_strange_name_is_404(make: Make) -> None:
    """A page whose name was made to point here is not answered; the public name that is set up is."""
    async with a_site(make(), public_hosts=lambda: {"hooks.example.com"}) as site:
        for host in ("evil.example", "evil.example:80", "", "127.0.0.1.evil.example", "hooks.example.com.evil"):
            assert (await site.send(Host=host)).status_code == 404
        for host in ("hooks.example.com", "HOOKS.example.com:443", "localhost:1", "[::1]:8971"):
            assert (await site.send(Host=host)).status_code == 200


async def test_a_path_behind_the_key_names_module_and_event(make: Make) -> None:
    """One rule's address may say what it is about."""
    world = make()
    async with a_site(world) as site:
        assert (await site.send(b'{"invoice_id":"7"}', "/invoices/deleted")).status_code == 200
        (view,) = inbox.events(world.db, world.connection.id)
        assert (view.module, view.remote_id, view.event) == ("invoices", "7", "deleted")


async def test_forms_are_verified_decoded(make: Make) -> None:
    """A form is signed by its decoded pairs, one with JSONString too."""
    world = make()
    form = "application/x-www-form-urlencoded"
    async with a_site(world) as site:
        for body in (
            b"invoice_id=5&note=caf%C3%A9+%26",
            b"JSONString=%7B%22invoice%22%3A%7B%22invoice_id%22%3A6%7D%7D",
        ):
            answer = await site.send(body, signed=signature(body, content_type=form), **{"Content-Type": form})
            assert answer.status_code == 200
        assert {view.remote_id for view in inbox.events(world.db, world.connection.id)} == {"5", "6"}


async def test_a_round_trip_question_is_answered_and_not_stored(make: Make) -> None:
    """The check's path proves that the secret is known here, only to whoever knows it too."""
    async with a_site(make()) as site:
        body = challenge.question("n0nce")
        answer = await site.send(body, f"/{challenge.PATH}")
        assert answer.status_code == 200
        assert challenge.proves(challenge.read(answer.content), site.secrets.valid()[0], body)
        assert (await site.send(body, f"/{challenge.PATH}", signed=b"00")).status_code == 401
        assert site.count() == 0


@pytest.mark.logs("could not be stored")
async def test_a_full_disk_is_503_and_the_next_event_passes(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be stored is not acknowledged, so that Zoho's retry policy has a chance."""
    world = make()
    async with a_site(world) as site:

        def full(*_: object) -> None:
            raise DiskFull("here")

        with monkeypatch.context() as patched:
            patched.setattr(inbox, "store", full)
            assert (await site.send()).status_code == 503
        assert (await site.send()).status_code == 200
        assert site.count() == 1


@pytest.mark.logs("could not be stored")
async def test_a_locked_vault_is_503(make: Make) -> None:
    """Without the secret nothing can be judged: neither stored nor called wrong."""

    class Locked(FixedSecrets):
        def valid(self) -> tuple[str, ...]:
            return ()

        async def look_again(self) -> bool:
            raise VaultError("The keychain is locked.")

    world = make()
    made = Listener(Intake(world.db, world.connection, Locked(), world.clock), KEY, RealClock(), port=0)
    async with made, httpx.AsyncClient(trust_env=False) as http:
        assert (await http.post(made.local_url, content=INVOICE)).status_code == 503


async def test_far_too_many_requests_are_429(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """One source cannot keep the program busy."""
    monkeypatch.setattr(listener, "BURST", 3.0)
    monkeypatch.setattr(listener, "PER_SECOND", 0.001)
    async with a_site(make()) as site:
        assert [(await site.send()).status_code for _ in range(5)] == [200, 200, 200, 429, 429]


async def raw(port: int, *parts: bytes, until_closed: bool = True) -> bytes:
    """Write to a socket and read what comes, until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), 5) if until_closed else b""
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_whoever_dawdles_over_headers_is_cut_off(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that sends half a request line, or nothing, does not stay open."""
    monkeypatch.setattr(serving, "HEAD_SECONDS", 0.1)
    async with a_site(make()) as site:
        assert await raw(site.listener.port, b"POST /webhooks") == b""
        assert await raw(site.listener.port) == b""
        assert (await site.send()).status_code == 200


async def test_whoever_dawdles_over_the_body_gets_408(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that does not come ends the wait."""
    monkeypatch.setattr(listener, "BODY_SECONDS", 0.1)
    async with a_site(make()) as site:
        head = f"POST {site.listener.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf".encode()
        assert b" 408 " in await raw(site.listener.port, head)
        assert site.count() == 0


async def half_open(port: int, count: int, *parts: bytes) -> list[asyncio.StreamWriter]:
    """Connections that send so much and then nothing."""
    opened = []
    for _ in range(count):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        for part in parts:
            writer.write(part)
        opened.append(writer)
    return opened


@pytest.mark.parametrize("sent", ["", "POST /webhooks", "body"])
async def test_slow_senders_do_not_keep_a_good_one_out(make: Make, sent: str) -> None:
    """Every place is taken by somebody who dawdles, and more than that; a good sender is answered at once all the same.

    Also one whose own body was on its way when they came.
    """
    async with a_site(make()) as site, asyncio.timeout(serving.HEAD_SECONDS - 1):
        port = site.listener.port
        head = f"POST {site.listener.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n1".encode()
        slow = await half_open(port, serving.MOST_CONNECTIONS + 60, head if sent == "body" else sent.encode())
        assert (await site.send()).status_code == 200
        slow += await half_open(port, serving.MOST_CONNECTIONS - 20, head if sent == "body" else sent.encode())
        # The kept connection of the good one rested meanwhile; it is still there, and so is its place.
        assert (await site.send(INVOICE.replace(b"901", b"902"))).status_code == 200
        assert site.count() == 2
        for writer in slow:
            writer.close()


async def test_a_whole_request_is_answered_however_many_come(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has sent everything keeps its place: the ones beyond all places are turned away instead."""
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 3)
    holding, released = asyncio.Event(), asyncio.Event()

    class Waits(FixedSecrets):
        async def look_again(self) -> bool:
            holding.set()
            await released.wait()
            return False

    world = make()
    intake = Intake(world.db, world.connection, Waits(), world.clock)
    async with Listener(intake, KEY, RealClock(), port=0) as made:
        head = f"POST {made.path} HTTP/1.1\r\nHost: localhost\r\n{HEADER}: {signature(INVOICE).decode()}\r\n"
        whole = f"{head}Connection: close\r\nContent-Length: {len(INVOICE)}\r\n\r\n".encode() + INVOICE
        waiting = [asyncio.create_task(raw(made.port, whole)) for _ in range(3)]
        await holding.wait()
        while len(made_connections(made)) < 3:  # noqa: ASYNC110 - uvicorn's own set, which tells nobody
            await asyncio.sleep(0)
        assert await raw(made.port, whole) == b""
        released.set()
        assert all(b" 200 " in answer for answer in await asyncio.gather(*waiting))


def made_connections(made: Listener) -> set[Any]:
    """Those whose request is whole."""
    assert made._serving is not None
    return {one for one in made._serving._state.connections if not getattr(one, "is_waiting", True)}


async def test_whoever_hangs_up_in_the_middle_leaves_nothing(make: Make) -> None:
    """Half a body is no event."""
    async with a_site(make()) as site:
        head = f"POST {site.listener.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf".encode()
        await raw(site.listener.port, head, until_closed=False)
        assert (await site.send()).status_code == 200
        assert site.count() == 1


async def test_headers_beyond_the_limit_are_refused(make: Make) -> None:
    """Headers are bounded too."""
    async with a_site(make()) as site:
        line = b"X-Filler: " + b"y" * 40_000 + b"\r\n"
        answer = await raw(site.listener.port, b"POST / HTTP/1.1\r\nHost: localhost\r\n" + line + b"\r\n")
        assert answer.startswith(b"HTTP/1.1 431")


@pytest.mark.logs("belongs to another program")
async def test_a_taken_port_is_tried_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that another program has is no failure: it is told, and taken once it is free."""
    monkeypatch.setattr(listener, "BAD_AGAIN", 0.02)
    world, told = make(), asyncio.Queue[bool]()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        intake = Intake(world.db, world.connection, FixedSecrets(), world.clock)
        async with Listener(intake, KEY, RealClock(), port=port, on_port=told.put_nowait) as made:
            assert not made.is_listening
            assert made.local_url == f"http://127.0.0.1:{port}/webhooks/zoho/{KEY}"
            other.close()
            async with asyncio.timeout(5):
                while not await told.get():
                    pass
            async with httpx.AsyncClient(trust_env=False) as http:
                assert (await http.post(made.local_url, content=b"")).status_code == 401


async def test_nothing_is_left_when_it_ends(make: Make) -> None:
    """No task, no socket: the port can be taken at once, also with a connection still open."""
    others = asyncio.all_tasks()
    world = make()
    async with a_site(world) as site:
        port = site.listener.port
        await site.send()
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() <= others
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


async def test_many_at_once_share_transactions_and_lose_nothing(make: Make) -> None:
    """A burst is stored whole, each event once."""
    world = make()
    async with a_site(world) as site:
        bodies = [json.dumps({"invoice": {"invoice_id": str(number)}}).encode() for number in range(300)]
        answers = await asyncio.gather(*(site.send(body) for body in bodies))
        assert {answer.status_code for answer in answers} == {200}
        assert len({view.remote_id for view in inbox.events(world.db, world.connection.id, 1000)}) == 300
