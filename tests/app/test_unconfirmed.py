"""What a webhook announces is shown as unconfirmed until the record was read: never more, never longer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.store.build import connection, later, now
from zbdesk.app.reader import Reader
from zbdesk.domain.dates import stamp_seconds
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import RecordDetail
from zbdesk.store import connections, inbox, module_states
from zbdesk.store.database import Database
from zbdesk.store.inbox import Result
from zbdesk.store.trees import store_detail, store_page
from zbdesk.webhooks.events import Incoming, to_row
from zbdesk.zoho.rows import row_reader

HELD = {
    "invoice_id": "901",
    "invoice_number": "INV-7",
    "customer_id": "77",
    "customer_name": "Heron Books",
    "date": "2026-11-02",
    "due_date": "2026-11-30",
    "status": "sent",
    "currency_code": "EUR",
    "total": 120.5,
    "balance": 120.5,
    "reference_number": "PO-1",
    "notes": "before",
    "line_items": [{"line_item_id": "1", "name": "Desk", "quantity": 1, "rate": 120.5}],
    "last_modified_time": "2026-11-20T09:00:00+0000",
}
"""The invoice as it was read last."""

TOLD = {**HELD, "status": "paid", "balance": 0, "notes": "after", "last_modified_time": "2026-11-20T09:00:05+0000"}
"""The same five seconds later, as the default payload of a webhook has it."""


class Books:
    """A database with one invoice, written and read as the program does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = Database.open(path, now=now)
        self.connection = connections.save(self.db, connection())
        module_states.set_enabled(self.db, self.connection.id, ["contacts", "invoices"])
        self.read_again(HELD)

    def read_again(self, payload: dict[str, Any]) -> None:
        """What Zoho answered about the record."""
        row, body = row_reader(MODULES["invoices"]).detail(json.dumps({"invoice": payload}).encode())
        with self.db.transaction():
            store_page(self.db, self.connection.id, "invoices", [row], scan_id=0, want_detail=False)
            (self.record_id,) = self.db.one("SELECT id FROM record WHERE remote_id = '901'") or (0,)
            store_detail(self.db, self.record_id, row, body)

    def hear(self, payload: object, suffix: str = "", *, verified: bool = True, form: bool = False) -> None:
        """An event comes in."""
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        incoming = Incoming("POST", suffix, b"", kind, None, body)
        enabled = frozenset({"contacts", "invoices"})
        organization = self.connection.organization.organization_id
        row = to_row(incoming, later(1), verified=verified, organization_id=organization, enabled=enabled)
        assert inbox.store(self.db, self.connection.id, [row]) != [None]

    def settle(self) -> None:
        """Its look is over."""
        waiting = inbox.waiting(self.db, self.connection.id)
        inbox.settle_all(self.db, self.connection.id, [(one, Result.UPDATED) for one in waiting], later(2))

    def shown(self) -> tuple[bool, RecordDetail]:
        """The mark in the row, and the pane."""
        with Database.open_reader(self.path) as handle:
            reader = Reader(handle, now(), calls_per_minute=100)
            (line,) = reader.rows([self.record_id])
            detail = reader.detail(self.record_id)
            assert detail is not None
            assert line.unconfirmed == detail.view.unconfirmed
            return line.unconfirmed, detail


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """One invoice."""
    made = Books(tmp_path / "mirror.db")
    yield made
    made.db.close()


def test_a_whole_and_newer_payload_is_shown_beside_what_is_here(books: Books) -> None:
    """Columns before and after, the other fields by name; the row and the trees stay as Zoho confirmed them."""
    before = books.shown()[1]
    assert before.unconfirmed is None
    books.hear({"organization_id": "60001", "invoice": TOLD})
    marked, detail = books.shown()
    assert marked
    assert detail.unconfirmed is not None
    assert [(one.field, one.before, one.after) for one in detail.unconfirmed.fields] == [
        ("status", "sent", "paid"),
        ("balance", Decimal("120.5"), Decimal(0)),
    ]
    assert detail.unconfirmed.others == ("notes",)
    assert int(detail.unconfirmed.modified_at.timestamp()) == stamp_seconds(str(TOLD["last_modified_time"]))
    assert detail.unconfirmed.received_at == later(1)
    assert (detail.remote, detail.local, detail.synced) == (before.remote, before.local, before.synced)
    assert (detail.view.status, detail.view.balance) == ("sent", Decimal("120.5"))


def test_it_is_gone_when_the_look_has_settled_it(books: Books) -> None:
    """Whatever the look found: as announced, something newer still, or nothing at all."""
    books.hear({"invoice": TOLD})
    assert books.shown()[0]
    books.settle()
    marked, detail = books.shown()
    assert not marked
    assert detail.unconfirmed is None


def test_it_is_gone_when_a_list_brought_the_record_first(books: Books) -> None:
    """What is here is as new as the event: nothing is announced any more, though the event still waits."""
    books.hear({"invoice": TOLD})
    books.read_again(TOLD)
    assert books.shown()[0] is False
    assert books.shown()[1].unconfirmed is None


def test_it_is_still_there_after_a_kill_and_gone_after_the_look(books: Books, tmp_path: Path) -> None:
    """It is derived from the inbox alone: the file as a kill leaves it says the same, and so does the next start."""
    books.hear({"invoice": TOLD})
    copy = tmp_path / "killed.db"
    for suffix in ("", "-wal"):
        (tmp_path / f"killed.db{suffix}").write_bytes((tmp_path / f"mirror.db{suffix}").read_bytes())
    with Database.open(copy, now=now) as again:
        reader = Reader(again, now(), calls_per_minute=100)
        assert [line.unconfirmed for line in reader.rows([books.record_id])] == [True]
        (waiting,) = inbox.waiting(again, books.connection.id)
        inbox.settle(again, books.connection.id, waiting, Result.UPDATED, later(3))
        assert [line.unconfirmed for line in reader.rows([books.record_id])] == [False]


@pytest.mark.parametrize(
    "payload",
    [
        {**TOLD, "last_modified_time": "2026-11-20T09:00:00+0000"},
        {**TOLD, "last_modified_time": "2026-11-20T08:59:59+0000"},
        {name: value for name, value in TOLD.items() if name != "last_modified_time"},
        {name: value for name, value in TOLD.items() if name != "line_items"},
        {name: value for name, value in TOLD.items() if name != "balance"},
        {name: value for name, value in TOLD.items() if name != "customer_name"},
        {"invoice_id": "901", "last_modified_time": TOLD["last_modified_time"]},
        {**TOLD, "balance": "many"},
        {**TOLD, "date": {"day": 1}},
    ],
)
def test_what_is_old_or_not_whole_is_not_shown(books: Books, payload: dict[str, Any]) -> None:
    """As old as what is here, without a time, without a column or the lines that are here: nothing is announced."""
    books.hear({"invoice": payload})
    assert books.shown()[1].unconfirmed is None


def test_what_nobody_signed_is_not_shown(books: Books) -> None:
    """A relay that loses signatures brings hints; their figures are anybody's."""
    books.hear({"invoice": TOLD}, verified=False)
    assert books.shown()[0] is False


def test_a_record_that_may_be_deleted_announces_nothing(books: Books) -> None:
    """A later event says that it is gone: its last figures are of no use."""
    books.hear({"invoice": TOLD})
    books.hear({"invoice": {"invoice_id": "901"}}, "invoices/deleted")
    assert books.shown()[0] is False


def test_the_newest_of_several_is_shown(books: Books) -> None:
    """Order of arrival does not count: the time in them does."""
    books.hear({"invoice": {**TOLD, "status": "void", "last_modified_time": "2026-11-20T09:00:09+0000"}})
    books.hear({"invoice": TOLD})
    detail = books.shown()[1]
    assert detail.unconfirmed is not None
    assert [one.after for one in detail.unconfirmed.fields if one.field == "status"] == ["void"]


def test_a_form_that_holds_the_json_counts(books: Books) -> None:
    """The older kind of set-up sends the same payload in one field."""
    from urllib.parse import urlencode

    books.hear(urlencode({"JSONString": json.dumps({"invoice": TOLD})}).encode(), form=True)
    assert books.shown()[0]


def test_other_records_are_not_touched(books: Books) -> None:
    """An event about a record that is not here marks nothing."""
    books.hear({"invoice": {**TOLD, "invoice_id": "902"}})
    assert books.shown()[0] is False
