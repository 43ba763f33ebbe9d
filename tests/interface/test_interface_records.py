"""Records over HTTP: lists, one record, and documents of programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from interface_world import interface_place, invoice

pytestmark = pytest.mark.anyio


async def test_a_list_comes_page_by_page_without_gaps(tmp_path: Path) -> None:
    """Following ``next`` to the end gives every record once, in the shape of the command line."""
    async with interface_place(tmp_path) as place:
        whole = (await place.ask("GET", "/contacts")).json()
        assert whole["next"] is None
        assert {"local_id", "remote_id", "total", "state"} <= set(whole["data"][0])
        found: list[str] = []
        after = None
        while True:
            answer = await place.ask("GET", "/contacts", params={"limit": 5} | ({"after": after} if after else {}))
            page = answer.json()
            found += [one["local_id"] for one in page["data"]]
            after = page["next"]
            if after is None:
                break
        assert found == [one["local_id"] for one in whole["data"]]
        assert len(found) >= 12


async def test_filters_and_other_words_for_a_module(tmp_path: Path) -> None:
    """Status, number and currency narrow a list; ``payments`` is the module of customer payments."""
    async with interface_place(tmp_path) as place:
        rows = (await place.ask("GET", "/invoices")).json()["data"]
        one = rows[0]
        by_number = (await place.ask("GET", "/invoices", params={"number": one["number"]})).json()["data"]
        assert [row["local_id"] for row in by_number] == [one["local_id"]]
        by_status = (await place.ask("GET", "/invoices", params={"status": one["status"]})).json()["data"]
        assert {row["status"] for row in by_status} == {one["status"]}
        assert (await place.ask("GET", "/payments")).status_code == 200
        assert (await place.ask("GET", "/invoices", params={"currency": "XXX"})).json()["data"] == []


async def test_amounts_are_text_and_a_record_comes_whole(tmp_path: Path) -> None:
    """One record has its document and all three sides; no amount is a binary fraction."""
    async with interface_place(tmp_path) as place:
        rows = (await place.ask("GET", "/invoices")).json()["data"]
        answer = await place.ask("GET", f"/invoices/{rows[0]['remote_id']}")
        record = answer.json()
        assert record["number"] == rows[0]["number"]
        assert isinstance(record["total"], str)
        assert isinstance(record["remote"]["total"], str | int)
        assert record["document"]["date"] == record["date"]
        assert (await place.ask("GET", "/invoices/no-such-record")).status_code == 404


async def test_updated_since_gives_what_changed_here_or_there(tmp_path: Path) -> None:
    """Asked again with ``as_of``, a list has what a program wrote and what Zoho changed, and no more."""
    async with interface_place(tmp_path) as place:
        place.world.clock.tick(3600)
        as_of = (await place.ask("GET", "/contacts")).json()["as_of"]
        assert (await place.ask("GET", "/contacts", params={"updated_since": as_of})).json()["data"] == []
        place.world.clock.tick(60)
        await place.ask("POST", "/contacts", json={"source_id": "C-1", "contact_name": "New & Co"})
        found = (await place.ask("GET", "/contacts", params={"updated_since": as_of})).json()["data"]
        assert [row["source_id"] for row in found] == ["C-1"]
        remote_id = str(place.world.org.all("contacts")[0]["contact_id"])
        place.world.clock.tick(60)
        later = (await place.ask("GET", "/contacts")).json()["as_of"]
        place.world.clock.tick(60)
        place.world.org.edit("contacts", remote_id, notes="changed there")
        await place.world.sync()
        found = (await place.ask("GET", "/contacts", params={"updated_since": later})).json()["data"]
        assert remote_id in {row["remote_id"] for row in found}


async def test_a_document_is_created_edited_and_left_alone(tmp_path: Path) -> None:
    """The same document again changes nothing, another one edits the record; nothing leaves before a pass."""
    async with interface_place(tmp_path) as place:
        await place.ask("POST", "/customers", json={"source_id": "C-1", "contact_name": "New & Co"})
        before = len(place.writes())
        first = await place.ask("POST", "/invoices", json=invoice("S-1"))
        assert (first.status_code, first.json()["result"]) == (201, "created")
        again = await place.ask("POST", "/invoices", json=invoice("S-1"))
        assert (again.status_code, again.json()["result"]) == (200, "unchanged")
        changed = await place.ask("PUT", "/invoices/api:S-1", json=invoice("S-1", notes="later"))
        assert (changed.status_code, changed.json()["result"]) == (200, "changed")
        assert changed.json()["local_id"] == first.json()["local_id"]
        assert first.headers["location"] == f"/v1/invoices/{first.json()['local_id']}"
        assert len(place.writes()) == before
        await place.world.sync()
        record = (await place.ask("GET", "/invoices/api:S-1")).json()
        assert record["state"] == "synced"
        assert record["remote"]["notes"] == "later"
        assert place.edits


async def test_the_source_keeps_two_programs_apart(tmp_path: Path) -> None:
    """One source id of two sources is two records; PUT makes a new document under the source that its key names."""
    async with interface_place(tmp_path) as place:
        contact = {"contact_name": "Shop A"}
        first = await place.ask("PUT", "/contacts/shop-a:7", json=contact)
        second = await place.ask("POST", "/contacts", params={"source": "shop-b"}, json={**contact, "source_id": "7"})
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["local_id"] != second.json()["local_id"]
        assert (await place.ask("GET", "/contacts/shop-a:7")).json()["source"] == "shop-a"


async def test_faults_are_named_by_field_and_pointer(tmp_path: Path) -> None:
    """All that is wrong with a document is told at once, and nothing is written."""
    async with interface_place(tmp_path) as place:
        bad = invoice("S-1", date="20.11.2026", colour="red")
        bad["line_items"] = [{"name": "x", "rate": "abc"}]
        answer = await place.ask("POST", "/invoices", json=bad)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        faults = {one["field"]: one["pointer"] for one in answer.json()["errors"]}
        assert faults["line_items[0].rate"] == "/line_items/0/rate"
        assert {"date", "colour"} <= set(faults)
        assert (await place.ask("GET", "/invoices/api:S-1")).status_code == 404
        assert not place.edits


async def test_a_batch_has_a_result_for_each_document(tmp_path: Path) -> None:
    """Good ones are taken, bad ones are refused by themselves, in the order given."""
    async with interface_place(tmp_path) as place:
        batch = [{"source_id": f"C-{n}", "contact_name": f"Number {n}"} for n in range(3)] + [{"contact_name": "none"}]
        answer = (await place.ask("POST", "/contacts/batch", json={"documents": batch})).json()
        assert [one["result"] for one in answer["results"]] == ["created", "created", "created", "refused"]
        assert answer["counts"] == {"created": 3, "changed": 0, "unchanged": 0, "refused": 1}
        assert (await place.ask("POST", "/contacts/batch", json=[{}] * 501)).status_code == 422
        assert (await place.ask("POST", "/contacts/batch", json=[])).status_code == 422


async def test_a_persons_edit_a_deletion_and_an_action(tmp_path: Path) -> None:
    """PATCH takes a mirrored record over, DELETE and actions are noted; all leave with the next pass."""
    async with interface_place(tmp_path) as place:
        [row] = (await place.ask("GET", "/contacts", params={"limit": 1})).json()["data"]
        edited = await place.ask("PATCH", f"/contacts/{row['local_id']}", json={"notes": "from the shop"})
        assert (edited.status_code, edited.json()["state"]) == (200, "pending")
        await place.ask("POST", "/contacts", json={"source_id": "C-1", "contact_name": "New & Co"})
        await place.ask("POST", "/invoices", json=invoice("S-1"))
        sent = await place.ask("POST", "/invoices/api:S-1/actions/send")
        assert (sent.status_code, sent.json()["result"]) == (202, "pending")
        paid = await place.ask("POST", "/invoices/api:S-1/actions/pay", json={"amount": "80.00", "date": "2026-11-20"})
        assert paid.status_code == 202
        await place.world.sync()
        await place.world.sync()
        assert place.world.org.get("contacts", row["remote_id"])["notes"] == "from the shop"
        assert (await place.ask("GET", "/invoices/api:S-1")).json()["status"] == "paid"
        gone = await place.ask("DELETE", "/contacts/api:C-1")
        assert gone.status_code == 202
        assert (await place.ask("POST", "/invoices/api:S-1/actions/fly")).status_code == 404


async def test_a_connection_that_only_reads_takes_no_writes(tmp_path: Path) -> None:
    """Reading goes on; every write is refused with the reason."""
    async with interface_place(tmp_path, read_only=True) as place:
        assert (await place.ask("GET", "/contacts")).status_code == 200
        answer = await place.ask("POST", "/contacts", json={"source_id": "C-1", "contact_name": "New & Co"})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:zbdesk:problem:read-only")


async def test_put_on_a_record_without_a_source_is_refused(tmp_path: Path) -> None:
    """A mirrored record is nobody's document: the answer says how to change it."""
    async with interface_place(tmp_path) as place:
        [row] = (await place.ask("GET", "/contacts", params={"limit": 1})).json()["data"]
        answer = await place.ask("PUT", f"/contacts/{row['local_id']}", json={"contact_name": "x"})
        assert (answer.status_code, "PATCH" in answer.json()["detail"]) == (409, True)


async def test_status_says_how_the_connection_stands(tmp_path: Path) -> None:
    """A program can ask whether its documents have left."""
    async with interface_place(tmp_path) as place:
        assert (await place.ask("GET", "/status")).json()["pending"] == 0
        await place.ask("POST", "/contacts", json={"source_id": "C-1", "contact_name": "New & Co"})
        status = (await place.ask("GET", "/status")).json()
        assert (status["pending"], status["connection"]["read_only"]) == (1, False)
