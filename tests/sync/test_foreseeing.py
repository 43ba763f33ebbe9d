"""The dry run: what would be written in which order, what keeps a record here, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zbdesk.domain.modules import MODULES
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import CallBudget, Connection, Organization
from zbdesk.store import connections, finding, outgoing, problems, trees
from zbdesk.store.database import Database
from zbdesk.sync import acting, editing, foreseeing, putting
from zbdesk.sync.foreseeing import Foreseen, Foresight
from zbdesk.sync.order import WRITE_ORDER

D = Decimal
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CUSTOMER = {"source_id": "C-1", "contact_name": "Northwind"}
INVOICE: dict[str, Any] = {
    "source_id": "S-1", "customer": {"source_id": "C-1"}, "invoice_number": "NW-1", "date": "2026-10-20",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}  # fmt: skip


def now() -> datetime:
    """The suite's moment."""
    return NOW


class Books:
    """A database with a connection, and what the window would ask of it."""

    def __init__(self, db: Database) -> None:
        self.db = db
        plain = Connection(
            0, Organization("1", "Lantern", currency_code="GBP"), "eu", "https://a.example", "https://b.example", "eu",
            "id", (), False, ConnectionState.ACTIVE, NOW,
        )  # fmt: skip
        self.connection = connections.save(db, plain)

    def put(self, module: str, *raws: dict[str, Any]) -> None:
        """Documents of a source."""
        found = putting.put(self.db, self.connection, MODULES[module], raws, now=now)
        assert [one.result for one in found] == ["created"] * len(raws)

    def mirror(self, module: str, remote_id: str, detail: str, **columns: Any) -> int:
        """A record of Zoho's with its detail."""
        values: dict[str, Any] = {"remote_id": remote_id, "number": remote_id, "payload": detail.encode(), **columns}
        row = RemoteRow(**{**dict.fromkeys(RemoteRow._fields), **values})
        with self.db.transaction():
            trees.store_page(self.db, self.connection.id, module, [row], scan_id=0, want_detail=False)
            key = finding.by_remote_id(self.db, self.connection.id, module, remote_id)
            assert key is not None
            trees.store_detail(self.db, key, row, detail.encode())
        return key

    def look(self, *keys: int) -> list[Foreseen]:
        """What would become of these; of all that is to leave where none is named."""
        here = self.connection.id
        views = (
            outgoing.of_records(self.db, here, keys, order=WRITE_ORDER)
            if keys
            else outgoing.waiting(self.db, here, order=WRITE_ORDER)
        )
        return Foresight(self.db, self.connection).look(views)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """An empty company."""
    with Database.open(tmp_path / "mirror.db", now=now) as db:
        yield Books(db)


def checks(found: list[Foreseen], budget: CallBudget | None = None) -> dict[str, tuple[int, tuple[str, ...]]]:
    """What keeps records here."""
    flight = foreseeing.preflight(found, budget, per_minute=60)
    return {check.key: (check.count, check.names) for check in flight.checks if check.count}


def test_parents_come_first_and_count_as_there(books: Books) -> None:
    """An invoice whose customer leaves with it may leave; alone it waits for the customer."""
    books.put("contacts", CUSTOMER)
    books.put("invoices", INVOICE)
    found = books.look()
    assert [(one.module.name, one.fails) for one in found] == [("contacts", ""), ("invoices", "")]
    flight = foreseeing.preflight(found, None, per_minute=60)
    assert flight.writes == (("create", "contacts", 1), ("create", "invoices", 1))
    assert (flight.totals, flight.calls, flight.seconds) == ((("GBP", D("80.00")),), 2, 1)
    assert checks(books.look(found[1].view.record_id)) == {"references": (1, ("C-1",))}
    written = foreseeing.planned(found)
    assert {name: value for name, _, value in written[1].fields}["customer"] == {"source_id": "C-1"}


def test_a_read_only_connection_writes_nothing(books: Books) -> None:
    """What may not be written is said as such and costs no call."""
    books.put("contacts", CUSTOMER)
    books.connection = replace(books.connection, read_only=True)
    found = books.look()
    assert checks(found) == {"permission": (1, ())}
    assert foreseeing.planned(found) == []
    assert foreseeing.preflight(found, None, per_minute=60).calls == 0


def test_a_locked_period_keeps_the_record_until_it_changes(books: Books) -> None:
    """The month is named; an edit lets it be tried again."""
    books.put("contacts", CUSTOMER)
    books.put("invoices", INVOICE)
    key = books.look()[1].view.record_id
    problems.raise_problem(
        books.db, books.connection.id, cause="locked_period", message="Locked.", remedy="Ask.", record_id=key, at=NOW
    )
    assert checks(books.look()) == {"locked": (1, ("2026-10",))}
    editing.edit(books.db, books.connection, key, {"date": "2026-11-20"}, now=now)
    assert checks(books.look()) == {}


def test_a_missing_rate_and_an_inactive_contact_stop_before_sending(books: Books) -> None:
    """The same checks as the push's: the currency is named, and so is the contact."""
    books.mirror(
        "currencies", "7", '{"currency_id": "7", "currency_code": "KWD", "exchange_rate": 0}', number="KWD"
    )  # fmt: skip
    books.mirror("contacts", "8", '{"contact_id": "8", "contact_name": "Asleep"}', number="Asleep", status="inactive")
    books.mirror("contacts", "9", '{"contact_id": "9", "contact_name": "Awake"}', number="Awake", status="active")
    plain = {key: value for key, value in INVOICE.items() if key != "customer"}
    books.put(
        "invoices",
        {**plain, "customer_id": "9", "currency_id": "7"},
        {**plain, "source_id": "S-2", "invoice_number": "NW-2", "customer_id": "8"},
    )
    assert checks(books.look()) == {"rates": (1, ("KWD",)), "references": (1, ("Asleep",))}


def test_changes_actions_and_deletions_are_listed_as_they_leave(books: Books) -> None:
    """An edit shows both values, an action its status, a deletion stands last; each costs its own calls."""
    detail = '{"contact_id": "%s", "contact_name": "%s", "notes": "a", "contact_type": "customer"}'
    keys = [books.mirror("contacts", at, detail % (at, f"N{at}"), number=f"N{at}", status="active") for at in "123"]
    editing.edit(books.db, books.connection, keys[0], {"notes": "b"}, now=now)
    acting.act_on(books.db, books.connection, keys[1], "delete", now=now)
    acting.act_on(books.db, books.connection, keys[2], "inactive", now=now)
    found = books.look()
    written = foreseeing.planned(found)
    assert [(one.view.what, one.fields) for one in written] == [
        ("update", (("notes", "a", "b"),)), ("inactive", (("status", "active", "inactive"),)), ("delete", ()),
    ]  # fmt: skip
    assert foreseeing.preflight(found, None, per_minute=60).calls == 2 + 3 + 2


def test_the_days_calls_and_a_silence_are_told(books: Books) -> None:
    """What the day's calls do not reach is counted; while Zoho wants silence there is no time to name."""
    books.put("contacts", CUSTOMER, {**CUSTOMER, "source_id": "C-2", "contact_name": "Other"})
    found = books.look()
    plenty, scarce = CallBudget(0, 100, 0, None), CallBudget(99, 100, 0, None)
    assert checks(found, plenty) == {}
    assert checks(found, scarce) == {"limit": (1, ())}
    silent = replace(plenty, paused_until=NOW)
    assert foreseeing.preflight(found, silent, per_minute=60).seconds is None


@pytest.mark.parametrize(("per_minute", "seconds"), [(0, 1), (1, 62), (60, 1)])
def test_the_limit_sets_the_pace(books: Books, per_minute: int, seconds: int) -> None:
    """A minute's calls leave at once, what is beyond waits for the next; without a limit only the calls themselves."""
    books.put("contacts", CUSTOMER, {**CUSTOMER, "source_id": "C-2", "contact_name": "Other"})
    assert foreseeing.preflight(books.look(), None, per_minute=per_minute).seconds == seconds


def test_what_is_gone_meanwhile_is_left_out(books: Books) -> None:
    """A record that was taken back between the list and the look is no write."""
    books.put("contacts", CUSTOMER)
    (view,) = outgoing.waiting(books.db, books.connection.id, order=WRITE_ORDER)
    assert Foresight(books.db, books.connection).look([replace(view, record_id=999)]) == []
