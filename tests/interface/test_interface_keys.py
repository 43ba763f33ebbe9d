"""The same request twice: keys, replays, and Zoho's own paths."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from interface_world import interface_place

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "New & Co"}
KEY = {"Idempotency-Key": "order-17"}


async def test_the_same_key_gets_the_same_answer(tmp_path: Path) -> None:
    """A repeated request is answered from what was kept and changes nothing, also after a restart."""
    async with interface_place(tmp_path) as place:
        first = await place.ask("POST", "/contacts", json=CONTACT, headers=KEY)
        again = await place.ask("POST", "/contacts", json=CONTACT, headers=KEY)
        assert (first.status_code, again.status_code) == (201, 201)
        assert (first.content, first.headers["location"]) == (again.content, again.headers["location"])
        assert again.headers["idempotency-replayed"] == "true"
        assert len(place.edits) == 1
        quoted = await place.ask("POST", "/contacts", json=CONTACT, headers={"Idempotency-Key": '"order-17"'})
        assert quoted.headers["idempotency-replayed"] == "true"


async def test_the_same_key_with_another_request_is_refused(tmp_path: Path) -> None:
    """Another body, path or method under a used key is the program's mistake, and is not carried out."""
    async with interface_place(tmp_path) as place:
        await place.ask("POST", "/contacts", json=CONTACT, headers=KEY)
        for method, path, body in (
            ("POST", "/contacts", {**CONTACT, "contact_name": "Other"}),
            ("POST", "/contacts?source=shop", CONTACT),
            ("PATCH", "/contacts/api:C-1", {"notes": "x"}),
        ):
            answer = await place.ask(method, path, json=body, headers=KEY)
            assert (answer.status_code, answer.json()["type"]) == (422, "urn:zbdesk:problem:key-reused")


async def test_a_refused_request_leaves_its_key_free(tmp_path: Path) -> None:
    """What was refused did nothing: the mended request may come with the same key."""
    async with interface_place(tmp_path) as place:
        refused = await place.ask("POST", "/contacts", json={"source_id": "C-1", "colour": "red"}, headers=KEY)
        assert refused.status_code == 422
        assert (await place.ask("POST", "/contacts", json=CONTACT, headers=KEY)).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "tab\there", "ü"])
async def test_a_key_that_cannot_be_kept_is_refused(tmp_path: Path, key: str) -> None:
    """1 to 255 printable characters."""
    async with interface_place(tmp_path, synced=False) as place:
        headers = [("Idempotency-Key", key.encode("latin-1"))]
        assert (await place.ask("POST", "/contacts", json=CONTACT, headers=headers)).status_code == 400


@pytest.mark.logs("ended in a bug")
async def test_a_crash_between_write_and_answer_cannot_happen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document and the answer are one transaction: without the answer there is no document either."""
    async with interface_place(tmp_path) as place:

        def full(*_: object) -> None:
            raise OSError("killed")

        monkeypatch.setattr("zbdesk.store.interface.keep_answer", full)
        assert (await place.ask("POST", "/contacts", json=CONTACT, headers=KEY)).status_code == 500
        monkeypatch.undo()
        assert (await place.ask("GET", "/contacts/api:C-1")).status_code == 404
        assert (await place.ask("POST", "/contacts", json=CONTACT, headers=KEY)).json()["result"] == "created"


# -- Zoho's own paths --------------------------------------------------------------------------------------------------


async def test_reading_zohos_own_paths(tmp_path: Path) -> None:
    """Any path of Zoho Books can be read; the organization is added, and no token is shown."""
    async with interface_place(tmp_path) as place:
        calls = place.world.engine.books.client.calls
        answer = await place.ask("GET", "/zoho/settings/currencies", params={"per_page": "3"})
        assert (answer.status_code, "currencies" in answer.json()) == (200, True)
        assert place.world.engine.books.client.calls == calls + 1
        assert place.world.tokens._token not in answer.text + str(answer.headers)
        missing = await place.ask("GET", "/zoho/invoices/999")
        assert (missing.status_code, missing.json()["type"]) == (404, "urn:zbdesk:problem:zoho-refused")


async def test_writing_zohos_own_paths_is_off_until_switched_on(tmp_path: Path) -> None:
    """Without the switch no call leaves."""
    async with interface_place(tmp_path) as place:
        answer = await place.ask("POST", "/zoho/contacts", json={"contact_name": "Direct"})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:zbdesk:problem:not-switched-on")
        assert not place.writes()


async def test_a_direct_write_leaves_once_for_one_key(tmp_path: Path) -> None:
    """A repeated request with its key makes no second call; two at once are told apart from a finished one."""
    async with interface_place(tmp_path, zoho_writes=True) as place:
        body = {"contact_name": "Direct", "contact_type": "customer"}
        both = await asyncio.gather(*(place.ask("POST", "/zoho/contacts", json=body, headers=KEY) for _ in range(2)))
        assert sorted(answer.status_code for answer in both) == [200, 409]
        again = await place.ask("POST", "/zoho/contacts", json=body, headers=KEY)
        first = next(answer for answer in both if answer.status_code == 200)
        assert (again.status_code, again.content) == (200, first.content)
        assert place.writes() == [("POST", "/contacts")]


async def test_a_lost_answer_keeps_its_key(tmp_path: Path) -> None:
    """Where nobody knows whether Zoho carried it out, the same request does not leave a second time."""
    async with interface_place(tmp_path, zoho_writes=True) as place:
        place.world.break_wire("lost_answer", method="POST", path="/contacts")
        body = {"contact_name": "Direct", "contact_type": "customer"}
        lost = await place.ask("POST", "/zoho/contacts", json=body, headers=KEY)
        assert (lost.status_code, lost.json()["type"]) == (502, "urn:zbdesk:problem:unknown-outcome")
        assert (await place.ask("POST", "/zoho/contacts", json=body, headers=KEY)).status_code == 409
        assert len(place.writes()) == 1


async def test_a_refusal_of_zoho_frees_its_key(tmp_path: Path) -> None:
    """What Zoho refused was not done: the key may be used for the mended request."""
    async with interface_place(tmp_path, zoho_writes=True) as place:
        refused = await place.ask("POST", "/zoho/contacts", json={"nothing": 1}, headers=KEY)
        assert 400 <= refused.status_code < 500
        body = {"contact_name": "Direct", "contact_type": "customer"}
        assert (await place.ask("POST", "/zoho/contacts", json=body, headers=KEY)).status_code == 200
