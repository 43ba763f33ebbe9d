"""Fix once, and it holds for all: names of documents that mean a record of Zoho's, and links made by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from books_world import BooksWorld

from zbdesk.domain.documents import Reference
from zbdesk.domain.errors import UsageError
from zbdesk.domain.status import RecordState
from zbdesk.sync import meanings
from zbdesk.sync.commands import GiveMeaning, LinkTo
from zbdesk.sync.meanings import NoMeaning
from zbdesk.sync.obeying import obey

pytestmark = pytest.mark.anyio

CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}


def invoice(number: str, tax: str = "GST 18 percent") -> dict[str, object]:
    """An invoice whose line names a tax."""
    return {
        "source_id": number,
        "invoice_number": number,
        "customer": {"source_id": "C-1"},
        "date": "2026-11-20",
        "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00", "tax": {"name": tax}}],
    }


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """A connected computer with a customer, after its first load."""
    made = BooksWorld(tmp_path, modules=(*("currencies", "taxes", "contacts", "items", "invoices", "chartofaccounts"),))
    await made.sync()
    made.put("contacts", CONTACT)
    await made.sync()
    yield made
    await made.aclose()


def tax_of(world: BooksWorld) -> tuple[str, str]:
    """Id and name of a tax in Zoho Books that invoices may use."""
    found = meanings.choices(world.db, world.connection, Reference("tax_id", "taxes", "name", "x"))
    one = next(choice for choice in found if "GST" in choice.name and "IGST" not in choice.name)
    return one.remote_id, one.name


async def test_one_answer_settles_all_documents_that_use_the_name(world: BooksWorld) -> None:
    """The preview counts those that wait, the answer lets them go, and later ones of any source just go."""
    world.put("invoices", invoice("A-1"), invoice("A-2"))
    world.put("invoices", invoice("B-1", "gst 18 PERCENT "), source="other")
    world.put("invoices", invoice("A-3", "Another tax"))
    await world.sync()
    assert {one.cause for one in world.problems()} == {"unknown_reference"}
    wanted = [one for one in meanings.unknown(world.db, world.connection) if "18" in one.reference.value]
    assert [len(one.record_ids) for one in wanted] == [3]
    remote_id, _ = tax_of(world)
    command = GiveMeaning("taxes", "name", "GST 18 percent", remote_id, "tax_id")
    assert obey(world.db, world.connection, command, now=world.clock.now)
    world.clock.tick(60)
    await world.sync()
    assert world.there("invoices", "A-1")["line_items"][0]["tax_id"] == remote_id
    assert world.there("invoices", "A-2")["line_items"][0]["tax_id"] == remote_id
    assert world.record("invoices", "B-1", "other").remote_id
    [left] = world.problems()
    assert "Another tax" in left.message
    world.put("invoices", invoice("C-1"), source="third")
    await world.sync()
    assert world.record("invoices", "C-1", "third").remote_id
    assert world.conflicts() == []


async def test_a_meaning_is_taken_back_for_later_documents_only(world: BooksWorld) -> None:
    """What was sent stays as it is; the next document with the name is a problem again."""
    world.put("invoices", invoice("A-1"))
    await world.sync()
    remote_id, _ = tax_of(world)
    meanings.means(
        world.db, world.connection, Reference("tax_id", "taxes", "name", "GST 18 percent"), remote_id,
        at=world.clock.now(),
    )  # fmt: skip
    await world.sync()
    obey(world.db, world.connection, GiveMeaning("taxes", "name", "GST 18 percent", ""), now=world.clock.now)
    world.put("invoices", invoice("A-2"))
    await world.sync()
    assert world.view("invoices", "A-1").state is RecordState.SYNCED
    assert [one.cause for one in world.problems()] == ["unknown_reference"]
    with pytest.raises(UsageError, match="no meaning"):
        meanings.forget(world.db, world.connection, "taxes", "GST 18 percent", at=world.clock.now())


async def test_a_record_of_that_very_name_comes_before_a_meaning(world: BooksWorld) -> None:
    """A meaning fills a gap; it never redirects a name that Zoho Books knows."""
    remote_id, name = tax_of(world)
    other = next(
        one
        for one in meanings.choices(world.db, world.connection, Reference("tax_id", "taxes", "name", "x"))
        if one.remote_id != remote_id
    )
    meanings.means(
        world.db, world.connection, Reference("tax_id", "taxes", "name", name), other.remote_id, at=world.clock.now()
    )
    world.put("invoices", invoice("A-1", name))
    await world.sync()
    assert world.there("invoices", "A-1")["line_items"][0]["tax_id"] == remote_id


async def test_a_customer_of_another_name_is_chosen(world: BooksWorld) -> None:
    """An unknown customer name means one of the customers that are there; vendors are not offered."""
    world.put("invoices", {**invoice("A-1"), "customer": {"name": "L and L"}, "line_items": [
        {"name": "Seat", "quantity": "1", "rate": "5"}
    ]})  # fmt: skip
    await world.sync()
    [wanted] = meanings.unknown(world.db, world.connection)
    offered = meanings.choices(world.db, world.connection, wanted.reference)
    vendors = {one["contact_id"] for one in world.org.all("contacts") if one["contact_type"] == "vendor"}
    assert vendors
    assert not vendors & {one.remote_id for one in offered}
    [chosen] = [one for one in offered if one.name == "Lantern & Loom"]
    meanings.means(world.db, world.connection, wanted.reference, chosen.remote_id, at=world.clock.now())
    await world.sync()
    assert world.there("invoices", "A-1")["customer_name"] == "Lantern & Loom"


async def test_a_meaning_needs_a_record_that_is_there(world: BooksWorld) -> None:
    """An id that Zoho Books does not have is refused, and nothing is stored."""
    with pytest.raises(NoMeaning):
        meanings.means(
            world.db, world.connection, Reference("tax_id", "taxes", "name", "x"), "404", at=world.clock.now()
        )
    assert meanings.stored(world.db, world.connection.id) == {}


async def test_a_taken_name_is_linked_by_hand(world: BooksWorld) -> None:
    """Two customers could be meant: the person says which, and the documents that wait go out."""
    for email in ("one@twin.example", "two@twin.example"):
        world.org.put("contacts", contact_name=f"Twin {email[0]}", email="ap@twin.example", contact_type="customer")
    await world.sync(full=True)
    world.put("contacts", {"source_id": "C-9", "contact_name": "Twin", "email": "ap@twin.example"})
    world.put("invoices", {**invoice("A-9", tax_of(world)[1]), "customer": {"source_id": "C-9"}})
    await world.sync()
    [problem] = world.problems()
    assert problem.cause == "duplicate_name"
    target = next(one["contact_id"] for one in world.org.all("contacts") if one["contact_name"] == "Twin t")
    record = world.record("contacts", "C-9")
    assert obey(world.db, world.connection, LinkTo(record.id, target), now=world.clock.now)
    world.clock.tick(60)
    await world.sync()
    assert world.record("contacts", "C-9").remote_id == target
    assert world.there("invoices", "A-9")["customer_id"] == target
    assert world.problems() == []
    assert world.conflicts() == []


async def test_a_link_that_would_take_another_document_is_refused(world: BooksWorld) -> None:
    """One record of Zoho's is one document here, and a customer is no vendor."""
    taken = world.record("contacts", "C-1").remote_id
    world.put("contacts", {"source_id": "C-2", "contact_name": "Newcomer"})
    vendor = next(one["contact_id"] for one in world.org.all("contacts") if one["contact_type"] == "vendor")
    record = world.record("contacts", "C-2")
    for target in (str(taken), str(vendor), "404"):
        with pytest.raises(NoMeaning):
            obey(world.db, world.connection, LinkTo(record.id, target), now=world.clock.now)
    assert world.record("contacts", "C-2").remote_id is None
