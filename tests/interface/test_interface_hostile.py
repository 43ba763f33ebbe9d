"""Who may ask, and what a hostile or broken program gets: a sentence, never a fault, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from interface_world import Place, interface_place

from zbdesk.sources.http import app as application
from zbdesk.sources.http import tokens
from zbdesk.store import interface

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "New & Co"}


async def test_without_a_good_token_nothing_is_told(tmp_path: Path) -> None:
    """No token, a wrong one, one of another scheme and a revoked one get the same 401."""
    async with interface_place(tmp_path) as place:
        for given in ("", "Bearer", "Bearer x", f"Basic {place.token}", "Bearer " + "x" * 5000, "Bearer \x80"):
            answer = await place.ask("GET", "/contacts", headers=[(b"Authorization", given.encode("latin-1"))])
            assert (answer.status_code, answer.json()["title"]) == (401, "A token is needed.")
            assert answer.headers["www-authenticate"].startswith("Bearer")
        world = place.world
        assert interface.revoke_token(world.db, world.connection.id, "tests", world.clock.now())
        assert (await place.ask("GET", "/contacts")).status_code == 401


async def test_guessing_tokens_is_slowed_down_and_the_good_one_is_not(tmp_path: Path) -> None:
    """After some wrong tokens a sender has to wait; a program with a token goes on."""
    async with interface_place(tmp_path) as place:
        answers = [
            (await place.ask("GET", "/contacts", headers={"Authorization": "Bearer guess"})).status_code
            for _ in range(25)
        ]
        assert set(answers) == {401, 429}
        assert (await place.ask("GET", "/contacts")).status_code == 200


async def test_every_known_hash_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognising a token compares all of them, also after the right one was found."""
    compared: list[str] = []

    def compare(asked: str, kept: str) -> bool:
        compared.append(kept)
        return asked == kept

    monkeypatch.setattr("hmac.compare_digest", compare)
    known = [(number, tokens.digest(f"t{number}")) for number in range(3)]
    assert tokens.recognise("t0", known) == 0
    assert len(compared) == 3


async def test_a_token_is_kept_as_a_hash_only(tmp_path: Path) -> None:
    """Nowhere in the database stands the token itself."""
    async with interface_place(tmp_path) as place:
        await place.ask("POST", "/contacts", json=CONTACT, headers={"Idempotency-Key": "k"})
        # The bytes of the whole file: a dump cannot read every kind of table.
        whole = place.world.db._raw.serialize()
        assert tokens.digest(place.token).encode() in whole
        assert place.token.encode() not in whole


@pytest.mark.parametrize(
    ("host", "network", "status"),
    [
        ("127.0.0.1:8972", False, 200),
        ("localhost", False, 200),
        ("[::1]:8972", False, 200),
        ("evil.example", False, 421),
        ("192.168.1.7:8972", False, 421),
        ("books.lan", False, 421),
        ("127.0.0.1.evil.example", False, 421),
        ("", False, 421),
        ("192.168.1.7:8972", True, 200),
        ("books.lan:8972", True, 200),
        ("evil.example", True, 421),
    ],
)
async def test_only_a_request_meant_for_this_computer_is_answered(
    tmp_path: Path, host: str, network: bool, status: int
) -> None:
    """A page whose name was made to point here asks under its own name and gets nothing, token or not."""
    async with interface_place(tmp_path, network=network, synced=False) as place:
        assert (await place.ask("GET", "/status", headers={"Host": host})).status_code == status


BODIES = [
    b"",
    b"{",
    b"nothing",
    b"\xff\xfe{}",
    b'\xef\xbb\xbf{"source_id": "1"}',
    b'{"source_id": "1", "source_id": "2"}',
    b'{"contact_name": NaN}',
    b'{"contact_name": Infinity}',
    b'{"credit_limit": 1e999999999}',
    b'{"credit_limit": ' + b"9" * 5000 + b"}",
    b'{"contact_name": "a\\u0000b"}',
    b'{"contact_name": "\\ud800"}',
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b"[" * 100_000,
    b'{"contact_name": ["\\u0000"]}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
async def test_a_body_that_is_not_plain_json_is_refused(tmp_path: Path, body: bytes) -> None:
    """What two programs could read differently, or no database could keep, is refused before it is looked at."""
    async with interface_place(tmp_path, synced=False) as place:
        answer = await place.ask("POST", "/contacts", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:zbdesk:problem:bad-json")
        assert not place.edits


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"3",
        b'"x"',
        b"[]",
        b"[{}]",
        b'{"source_id": {}}',
        b'{"line_items": 3}',
        b'{"": ""}',
        b'{"contact_name": 1.5}',
    ],
)
async def test_json_that_is_no_document_is_refused(tmp_path: Path, body: bytes) -> None:
    """Any JSON gets an answer by field, whatever its types are."""
    async with interface_place(tmp_path, synced=False) as place:
        answer = await place.ask("POST", "/contacts", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422


async def test_bodies_that_are_too_large_or_of_another_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many bytes, another media type and compressed bodies are refused by their own status."""
    monkeypatch.setattr(application, "MOST_BYTES", 1000)
    async with interface_place(tmp_path, synced=False) as place:
        assert (await place.ask("POST", "/contacts", json={**CONTACT, "notes": "x" * 2000})).status_code == 413

        async def drip() -> object:
            for _ in range(3):
                yield b'{"x": "' + b"x" * 500

        assert (await place.ask("POST", "/contacts", content=drip())).status_code == 413
        text = {"Content-Type": "text/csv"}
        assert (await place.ask("POST", "/contacts", content=b"a;b", headers=text)).status_code == 415
        packed = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
        assert (await place.ask("POST", "/contacts", content=b"x", headers=packed)).status_code == 415


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/contacts/", 404),
        ("GET", "/contacts/x/y", 404),
        ("GET", "/contacts/%00", 400),
        ("GET", "/contacts/%ff", 400),
        ("TRACE", "/contacts", 405),
        ("DELETE", "/contacts", 405),
        ("POST", "/status", 405),
        ("PATCH", "/contacts/batch", 405),
        ("GET", "/contacts?limit=0", 400),
        ("GET", "/contacts?limit=9999999999999999999999", 400),
        ("GET", "/contacts?after=%%%", 400),
        ("GET", "/contacts?after=cjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", 400),
        ("GET", "/contacts?updated_since=yesterday", 400),
        ("GET", "/contacts?updated_since=2026-11-20T10:00:00", 400),
        ("GET", "/contacts?state=lost", 400),
        ("GET", "/contacts?colour=red", 400),
        ("GET", "/contacts?limit=1&limit=2", 400),
        ("GET", "/contacts?search=%00", 400),
        ("GET", "/contacts?status=%27%3B+DROP+TABLE+record%3B--", 200),
        ("GET", "/events?after=x", 400),
        ("GET", "/events?modules=lost", 400),
        ("GET", "/zoho/../oauth/v2/token", 400),
        ("GET", "/zoho/invoices%2F..%2F..", 400),
        ("GET", "/zoho/invoices?organization_id=1", 400),
    ],
)
async def test_addresses_and_parameters_that_make_no_sense(tmp_path: Path, method: str, path: str, status: int) -> None:
    """Each gets its status and a problem in words; an unknown parameter is never ignored."""
    async with interface_place(tmp_path, synced=False) as place:
        if ".." in path:
            scope_path = "/v1" + path
            answer = await _raw(place, scope_path)
        else:
            sent = await place.ask(method, path)
            answer = (sent.status_code, sent.json())
            if status == 405:
                assert sent.headers["allow"]
        assert answer[0] == status
        if status != 200:
            assert answer[1]["title"].endswith(".")
        assert not place.writes()


async def _raw(place: Place, path: str) -> tuple[int, dict[str, object]]:
    """One request whose path no client tidies up."""
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {place.token}".encode())]
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": headers, "client": ("127.0.0.1", 1),
    }  # fmt: skip
    await place.app(scope, receive, send)  # type: ignore[arg-type]
    return int(str(sent[0]["status"])), json.loads(bytes(sent[1]["body"]))  # type: ignore[arg-type]


@pytest.mark.logs("ended in a bug")
async def test_a_bug_answers_for_itself_and_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our own is one problem without a trace, and what was begun is taken back."""
    async with interface_place(tmp_path, synced=False) as place:
        monkeypatch.setattr("zbdesk.sync.putting.put", lambda *_a, **_k: 1 / 0)
        answer = await place.ask("POST", "/contacts", json=CONTACT, headers={"Idempotency-Key": "k"})
        assert (answer.status_code, "division" in answer.text) == (500, False)
        monkeypatch.undo()
        assert (await place.ask("POST", "/contacts", json=CONTACT, headers={"Idempotency-Key": "k"})).status_code == 201
