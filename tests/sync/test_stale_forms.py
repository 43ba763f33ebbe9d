"""A form that was open while its record changed: what the person has not seen is not written over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from books_world import BooksWorld

from zbdesk.store import documents, finding
from zbdesk.sync import editing
from zbdesk.sync.edit_errors import DocumentRefused

pytestmark = pytest.mark.anyio

INVOICE = {
    "source_id": "S-1",
    "customer": {"source_id": "C-1"},
    "invoice_number": "LL-0001",
    "date": "2026-11-20",
    "notes": "first",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[BooksWorld]:
    """An invoice that both sides agree on."""
    made = BooksWorld(tmp_path)
    await made.sync()
    made.put("contacts", {"source_id": "C-1", "contact_name": "Lantern & Loom"})
    made.put("invoices", INVOICE)
    await made.sync()
    yield made
    await made.aclose()


async def test_a_save_does_not_write_over_what_the_form_never_showed(world: BooksWorld) -> None:
    """Zoho's notes came in while the form stood open: Save is refused beside the field, and both texts are still there.

    Once seen, the same edit is taken. Other fields of the same form are no reason to refuse.
    """
    record_id = finding.by_source(world.db, world.connection.id, "invoices", "default", "S-1")
    assert record_id is not None
    world.clock.tick(60)
    world.org.edit("invoices", str(documents.read(world.db, record_id).remote_id), notes="theirs")
    await world.sync()
    with pytest.raises(DocumentRefused) as refused:
        editing.edit(
            world.db, world.connection, record_id, {"notes": "mine"}, now=world.clock.now, shown={"notes": "first"}
        )
    assert [error.field for error in refused.value.errors] == ["notes"]
    await world.sync()
    assert world.there("invoices", "S-1")["notes"] == "theirs"
    editing.edit(world.db, world.connection, record_id, {"terms": "net"}, now=world.clock.now, shown={"terms": None})
    editing.edit(
        world.db, world.connection, record_id, {"notes": "mine"}, now=world.clock.now, shown={"notes": "theirs"}
    )
    await world.sync()
    there = world.there("invoices", "S-1")
    assert (there["notes"], there["terms"]) == ("mine", "net")
