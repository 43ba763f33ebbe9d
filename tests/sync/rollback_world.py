"""Documents to roll back, and what stands in Zoho Books before and after."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from books_world import BooksWorld

from zbdesk.domain.canonical import canonical
from zbdesk.domain.modules import MODULES

WATCHED = ("contacts", "items", "invoices", "customerpayments", "estimates", "creditnotes")
CONTACT = {"source_id": "C-1", "contact_name": "Lantern & Loom", "email": "ap@lantern.example"}
LONE = {"source_id": "C-2", "contact_name": "Nobody's Customer"}
ITEM = {"source_id": "I-1", "name": "Oak seat", "rate": "40.00"}


def invoice(number: int, **more: object) -> dict[str, object]:
    """An invoice of two lines."""
    return {
        "source_id": f"S-{number}",
        "customer": {"source_id": "C-1"},
        "invoice_number": f"RB-{number}",
        "date": "2026-11-20",
        "line_items": [
            {"name": "Seat", "quantity": "1", "rate": "40.00"},
            {"name": "Table", "quantity": "2", "rate": "90.00"},
        ],
        **more,
    }


def books(world: BooksWorld) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What stands in Zoho Books: of each record what can be written, and its status."""
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for name in WATCHED:
        for row in world.org.all(name):
            remote_id = str(row[MODULES[name].id_field])
            payload = json.loads(json.dumps(world.org.get(name, remote_id), default=str), parse_float=Decimal)
            fields = canonical(MODULES[name], payload)
            found[name, remote_id] = (tuple(sorted(fields.items())), payload.get("status"))
    return found
