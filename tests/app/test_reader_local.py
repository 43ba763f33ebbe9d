"""The window's questions about our own side, answered from a real database that was synced with the demo company."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.cli.conftest import Terminal, server, terminal
from zbdesk.app.desk import Desk
from zbdesk.app.reader import Reader
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import RecordFilter
from zbdesk.store import connections, review
from zbdesk.store.database import Database
from zbdesk.sync import editing, resolving

__all__ = ["server", "terminal"]

T = TypeVar("T")
D = Decimal
CUSTOMER = {"source_id": "C-1", "contact_name": "Northwind Traders", "email": "ap@northwind.example"}
INVOICE: dict[str, Any] = {
    "source_id": "S-17",
    "customer": {"source_id": "C-1"},
    "invoice_number": "NW-0001",
    "date": "2026-11-20",
    "reference_number": "A",
    "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
}


class Company:
    """A connected data directory: the command line, the window's reader, and Zoho's side."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.org = terminal.server.company.org(terminal.organization)
        self.desk = Desk.open(terminal.place)

    def ask(self, question: Callable[[Reader], T]) -> T:
        """One question to the reader."""
        return self.desk.read(question).result(10)

    def put(self, module: str, *raws: dict[str, Any]) -> None:
        """Put documents; each must be taken."""
        file = self.terminal.place.parent / "documents.json"
        file.write_text(json.dumps(list(raws)))
        answer = self.terminal("put", module, str(file), "--json")
        assert answer.code == 0, answer.out

    def sync(self) -> int:
        """One pass."""
        return self.terminal("sync", "--json").code

    def record(self, module: str, source_id: str) -> dict[str, Any]:
        """The record of a document."""
        rows = self.terminal("records", module, "--full", "--json").json
        return dict(next(row for row in rows if row["source_id"] == source_id))

    def remote_id(self, source_id: str = "S-17") -> str:
        """Zoho's id of an invoice of ours."""
        return str(self.record("invoices", source_id)["remote_id"])

    def lanes(self) -> dict[str, int]:
        """How many stand in each lane."""
        return dict(self.ask(lambda reader: reader.outgoing_summary()).lanes)

    def write(self, act: Callable[[Database], T]) -> T:
        """Do something with a writing handle."""
        db = Database.open(self.desk.database_path, now=self.desk.clock.now)
        try:
            return act(db)
        finally:
            db.close()


@pytest.fixture
def company(terminal: Terminal) -> Iterator[Company]:
    """A connected company with everything read once."""
    assert terminal.connect().code == 0
    assert terminal("sync", "--json").code == 0
    made = Company(terminal)
    yield made
    made.desk.close()


@pytest.fixture
def agreed(company: Company) -> Company:
    """A customer and an invoice that both sides agree on."""
    company.put("contacts", CUSTOMER)
    company.put("invoices", INVOICE)
    assert company.sync() == 0
    return company


def clash(company: Company, **theirs: Any) -> int:
    """Change the invoice on both sides so that they disagree; returns the conflict's key."""
    company.org.edit("invoices", company.remote_id(), **theirs)
    assert company.sync() == 3
    (view,) = company.ask(lambda reader: reader.conflicts())
    return view.id


def test_without_a_database_every_answer_is_empty(tmp_path: Path) -> None:
    """Nothing connected is nothing to show, never an error."""
    with Desk.open(tmp_path / "data") as desk:
        assert desk.read(lambda r: r.conflicts()).result(5) == []
        assert desk.read(lambda r: r.conflict(1)).result(5) is None
        assert desk.read(lambda r: r.preview_resolution((1,), "local", ())).result(5).records == 0
        assert desk.read(lambda r: r.dismissed_problems()).result(5) == []
        assert desk.read(lambda r: r.outgoing(None, 10)).result(5) == []
        assert desk.read(lambda r: r.outgoing_summary()).result(5).lanes == ()
        assert desk.read(lambda r: r.preflight((1,))).result(5).calls == 0
        assert desk.read(lambda r: r.planned((1,))).result(5) == []
        assert desk.read(lambda r: r.document(1)).result(5).refused


def test_what_is_put_waits_in_the_order_in_which_it_leaves(company: Company) -> None:
    """Parents stand before what refers to them, whichever was put first; done today are the writes of the pass."""
    company.put("invoices", INVOICE)
    company.put("contacts", CUSTOMER)
    waiting = company.ask(lambda reader: reader.outgoing("waiting", 10))
    assert [(view.module, view.what) for view in waiting] == [("contacts", "create"), ("invoices", "create")]
    assert waiting[1].total == D("80.00")
    assert company.lanes() == {"waiting": 2}
    assert company.ask(lambda reader: reader.outgoing("waiting", 1)) == waiting[:1]
    assert company.sync() == 0
    assert company.ask(lambda reader: reader.outgoing(None, 10)) == []
    done = company.ask(lambda reader: reader.outgoing("done", 10))
    assert [(view.module, view.what) for view in done] == [("invoices", "create"), ("contacts", "create")]
    assert company.lanes() == {"done": 2}


def test_held_records_are_released_one_by_one(company: Company) -> None:
    """Held for review is a lane of its own; what was released waits for the pass."""
    company.put("contacts", CUSTOMER, {**CUSTOMER, "source_id": "C-2", "contact_name": "Other", "email": "o@x.example"})

    def hold(db: Database) -> None:
        connection = connections.current(db)
        assert connection is not None
        review.set_hold(db, connection.id, on=True)

    company.write(hold)
    held = company.ask(lambda reader: reader.outgoing("held", 10))
    assert len(held) == 2
    assert company.ask(lambda reader: reader.outgoing_summary()).hold
    company.write(lambda db: review.release(db, [held[0].record_id]))
    assert company.lanes() == {"held": 1, "waiting": 1}


def test_preflight_counts_writes_totals_and_what_stays(company: Company) -> None:
    """An invoice goes with its customer; without the customer it waits for it, and is not counted as a write."""
    company.put("contacts", CUSTOMER)
    company.put("invoices", INVOICE)
    views = company.ask(lambda reader: reader.outgoing(None, 10))
    keys = tuple(view.record_id for view in views)
    found = company.ask(lambda reader: reader.preflight(keys))
    assert found.writes == (("create", "contacts", 1), ("create", "invoices", 1))
    assert found.totals == ((views[1].currency, D("80.00")),)
    assert found.calls == 2
    assert found.seconds is not None
    assert {check.key: check.count for check in found.checks} == dict.fromkeys(
        ("rates", "taxes", "numbers", "references", "locked"), 0
    )
    alone = company.ask(lambda reader: reader.preflight(keys[1:]))
    assert alone.writes == ()
    assert {check.key: check.names for check in alone.checks if check.count} == {"references": ("C-1",)}


def test_preflight_names_taken_numbers_and_unknown_taxes(company: Company) -> None:
    """What Zoho would refuse for reasons that are known here is said before anything is sent."""
    rows = company.terminal("records", "invoices", "--json").json
    company.put("contacts", CUSTOMER)
    line = {**INVOICE["line_items"][0], "tax": {"name": "No such tax"}}
    company.put(
        "invoices",
        {**INVOICE, "invoice_number": rows[0]["number"]},
        {**INVOICE, "source_id": "S-18", "invoice_number": "NW-2", "line_items": [line]},
        {**INVOICE, "source_id": "S-19", "invoice_number": "NW-3", "currency": {"code": "CHF"}},
    )
    keys = tuple(view.record_id for view in company.ask(lambda reader: reader.outgoing(None, 10)))
    found = company.ask(lambda reader: reader.preflight(keys))
    failing = {check.key: (check.count, check.names) for check in found.checks if check.count}
    assert failing["numbers"] == (1, (rows[0]["number"],))
    assert failing["taxes"] == (1, ("No such tax",))
    assert failing["rates"] == (1, ("CHF",))
    assert found.writes == (("create", "contacts", 1),)


def test_the_dry_run_shows_each_field_and_sends_nothing(agreed: Company) -> None:
    """A change lists what is in Zoho now and what would be sent; a new document all that it says."""
    agreed.put("invoices", {**INVOICE, "reference_number": "PO-9"})
    calls = len(agreed.terminal.server.requests)
    (view,) = agreed.ask(lambda reader: reader.outgoing(None, 10))
    (write,) = agreed.ask(lambda reader: reader.planned((view.record_id,)))
    assert write.view.what == "update"
    assert write.fields == (("reference_number", "A", "PO-9"),)
    agreed.put("contacts", {**CUSTOMER, "source_id": "C-2", "contact_name": "Other", "email": "o@x.example"})
    views = agreed.ask(lambda reader: reader.outgoing(None, 10))
    created = agreed.ask(lambda reader: reader.planned((views[0].record_id,)))[0]
    assert ("contact_name", None, "Other") in created.fields
    assert len(agreed.terminal.server.requests) == calls


def test_a_conflict_shows_three_sides_and_what_is_at_stake(agreed: Company) -> None:
    """Clashing fields come first with base and both values; lines stand side by side; the totals are exact."""
    agreed.put("invoices", {**INVOICE, "line_items": [{"name": "Seat", "quantity": "2", "rate": "45.00"}]})
    line_id = agreed.org.get("invoices", agreed.remote_id())["line_items"][0]["line_item_id"]
    lines = [{"line_item_id": line_id, "name": "Seat", "quantity": 2, "rate": D("50.00")}]
    key = clash(agreed, line_items=lines, notes="typed there")
    detail = agreed.ask(lambda reader: reader.conflict(key))
    assert detail is not None
    assert (detail.fields[0].name, detail.fields[0].standing) == ("line_items", "clash")
    assert {field.standing for field in detail.fields} == {"clash", "equal"}
    (line,) = detail.lines
    assert line.local is not None
    assert line.remote is not None
    assert (line.local.rate, line.remote.rate) == (D("45.00"), D(50))
    assert [total and total.normalize() for total in detail.totals] == [D(80), D(90), D(100).normalize()]
    assert detail.view.amount == D(10)
    assert detail.agreed_at is not None
    ours = agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ()))
    assert (ours.records, ours.writes, ours.refused) == (1, 1, ())
    assert dict(ours.effects[0].parts)["balance"] == D(-10)
    theirs = agreed.ask(lambda reader: reader.preview_resolution((key,), "remote", ()))
    assert (theirs.records, theirs.writes) == (1, 0)
    assert theirs.effects[0].parts == ()
    assert theirs.effects[0].total == D(100)


def test_a_conflict_names_the_source_and_the_user(company: Company) -> None:
    """Who gave the document here, and who changed it in Zoho Books: by name, else by the user behind the id."""
    company.put("contacts", CUSTOMER)
    file = company.terminal.place.parent / "erp.json"
    for notes in ("one", "two"):
        file.write_text(json.dumps([{**INVOICE, "notes": notes}]))
        if notes == "two":
            user = company.org.all("users")[0]
            company.org.edit("invoices", company.remote_id(), notes="three", last_modified_by_id=user["user_id"])
        assert company.terminal("put", "invoices", str(file), "--source", "erp", "--json").code == 0
        company.sync()
    (view,) = company.ask(lambda reader: reader.conflicts())
    detail = company.ask(lambda reader: reader.conflict(view.id))
    assert detail is not None
    assert (detail.local_by, detail.remote_by) == ("erp", user["name"])


def test_receivable_moves_only_once_the_invoice_is_issued(agreed: Company) -> None:
    """A draft is in no ledger; the same choice on a sent invoice moves receivable and sales."""
    assert agreed.terminal("act", "invoices", "NW-0001", "send").code == 0
    assert agreed.sync() == 0
    agreed.put("invoices", {**INVOICE, "line_items": [{"name": "Seat", "quantity": "2", "rate": "45.00"}]})
    line_id = agreed.org.get("invoices", agreed.remote_id())["line_items"][0]["line_item_id"]
    key = clash(agreed, line_items=[{"line_item_id": line_id, "name": "Seat", "quantity": 2, "rate": D("50.00")}])
    preview = agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ()))
    parts = dict(preview.effects[0].parts)
    assert (parts["receivable"], parts["sales"], parts["balance"]) == (D(-10), D(-10), D(-10))


def test_a_choice_that_would_change_a_paid_invoice_is_refused(agreed: Company) -> None:
    """The sentence says why, and a choice that leaves the amount alone is allowed."""
    assert agreed.terminal("act", "invoices", "NW-0001", "send").code == 0
    assert agreed.sync() == 0
    assert agreed.terminal("act", "invoices", "NW-0001", "pay", "--data", '{"amount": "80.00"}').code == 0
    assert agreed.sync() == 0
    assert agreed.record("invoices", "S-17")["status"] == "paid"
    changed = [{"name": "Seat", "quantity": "2", "rate": "45.00"}]
    agreed.put("invoices", {**INVOICE, "reference_number": "OURS", "line_items": changed})
    key = clash(agreed, reference_number="THEIRS")
    refused = agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ()))
    assert refused.records == 0
    assert "paid" in refused.refused[0].reason
    agreed.put("invoices", {**INVOICE, "reference_number": "OURS"})
    allowed = agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ()))
    assert (allowed.records, allowed.refused) == (1, ())


def test_a_delete_against_an_edit_is_shown_as_the_whole_record(agreed: Company) -> None:
    """The whole total is at stake, and deleting takes it out."""
    assert agreed.terminal("act", "invoices", "NW-0001", "delete").code == 0
    key = clash(agreed, reference_number="THEIRS")
    detail = agreed.ask(lambda reader: reader.conflict(key))
    assert detail is not None
    assert (detail.fields[0].kind, detail.fields[0].local, detail.fields[0].remote) == ("record", "deleted", "edited")
    assert detail.view.amount == D(80)
    preview = agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ()))
    assert (preview.writes, preview.effects[0].total) == (1, None)


def test_what_was_settled_meanwhile_is_no_conflict(agreed: Company) -> None:
    """A conflict that a person settled leaves the list at once, before anything was sent."""
    agreed.put("invoices", {**INVOICE, "reference_number": "OURS"})
    key = clash(agreed, reference_number="THEIRS")
    agreed.write(lambda db: resolving.resolve(db, key, "local", now=agreed.desk.clock.now))
    assert agreed.ask(lambda reader: reader.conflicts()) == []
    assert agreed.ask(lambda reader: reader.conflict(key)) is None
    assert agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ())).records == 0


def test_problems_name_the_record_and_dismissed_ones_keep_their_reason(company: Company) -> None:
    """Number, party, date and amount stand beside the cause; dismissing moves it to the other list."""
    company.put("contacts", CUSTOMER)
    company.put("invoices", {**INVOICE, "currency": {"code": "CHF"}})
    assert company.sync() == 3
    (problem,) = company.ask(lambda reader: reader.problems())
    assert (problem.number, problem.date, problem.currency) == ("NW-0001", "2026-11-20", "CHF")
    assert (problem.amount, problem.party) == (D("80.00"), "Northwind Traders")
    assert company.lanes() == {"problem": 1, "done": 1}
    company.write(lambda db: resolving.dismiss(db, [problem.id], "Entered by hand"))
    assert company.ask(lambda reader: reader.problems()) == []
    (gone,) = company.ask(lambda reader: reader.dismissed_problems())
    assert (gone.dismissed, gone.reason, gone.record_id) == (True, "Entered by hand", problem.record_id)
    (view,) = company.ask(lambda reader: reader.outgoing("problem", 10))
    assert view.note == "Entered by hand"


def test_a_document_opens_with_names_and_its_faults_are_found(agreed: Company) -> None:
    """The form gets our document, names behind ids, and errors by field with dots."""
    rows = agreed.terminal("records", "invoices", "--json").json
    assert rows
    view = next(
        one for one in agreed.ask(lambda reader: reader.outgoing("done", 10)) if one.module == "invoices"
    )  # fmt: skip
    document = agreed.ask(lambda reader: reader.document(view.record_id))
    assert document.module == "invoices"
    assert document.refused == ""
    assert document.fields["reference_number"] == "A"
    wrong = agreed.ask(
        lambda reader: reader.check_document(
            "invoices",
            {**document.fields, "date": "20/11/2026", "line_items": [{"name": "x", "quantity": "1", "rate": "abc"}]},
            view.record_id,
        )
    )
    assert {error.field for error in wrong} == {"date", "line_items.0.rate"}
    assert agreed.ask(lambda r: r.check_document("invoices", {"reference_number": "B"}, view.record_id)) == []


def test_a_mirrored_record_is_edited_only_with_its_details(company: Company) -> None:
    """Without its lines a form would show an empty document; the sentence says what to do."""
    rows = company.ask(lambda reader: reader.first_page("invoices", sort="date", descending=True, where=RecordFilter()))
    document = company.ask(lambda reader: reader.document(rows[0].id))
    assert "details" in document.refused


def test_a_choice_that_breaks_a_record_is_refused_where_it_is_made(agreed: Company) -> None:
    """What the window would not offer is refused on the command line too, with the same sentence; nothing changes."""
    assert agreed.terminal("act", "invoices", "NW-0001", "void").code == 0
    key = clash_by_payment(agreed)
    sentence = agreed.ask(lambda reader: reader.preview_resolution((key,), "local", ())).refused[0].reason
    answer = agreed.terminal("conflicts", "resolve", str(key), "--keep", "local")
    assert answer.code != 0
    assert sentence in answer.err
    assert [view.id for view in agreed.ask(lambda reader: reader.conflicts())] == [key]
    assert agreed.terminal("conflicts", "resolve", str(key), "--keep", "remote").code == 0


def clash_by_payment(company: Company) -> int:
    """The invoice is paid there while our void waits; returns the conflict's key."""
    company.org.edit("invoices", company.remote_id(), status="paid", balance=D(0))
    assert company.sync() == 3
    (view,) = company.ask(lambda reader: reader.conflicts())
    assert [field.name for field in view.fields] == ["status"]
    return view.id


def test_what_is_at_stake_is_shown_in_lists_and_is_nothing_for_words(agreed: Company) -> None:
    """A clash of words puts no money at stake; a contact's never has any."""
    agreed.put("invoices", {**INVOICE, "reference_number": "OURS"})
    clash(agreed, reference_number="THEIRS")
    (view,) = agreed.ask(lambda reader: reader.conflicts())
    assert view.amount == D(0)
    assert view.date == "2026-11-20"
    assert view.changed_locally_at is not None
    assert view.changed_remotely_at is not None


def test_a_document_that_cannot_be_edited_says_why(agreed: Company) -> None:
    """In conflict, or on a connection that only reads: the form shows the document and the reason."""
    agreed.put("invoices", {**INVOICE, "reference_number": "OURS"})
    key = clash(agreed, reference_number="THEIRS")
    document = agreed.ask(lambda reader: reader.document(key))
    assert "conflict" in document.refused
    assert not document.incomplete
    assert document.fields["reference_number"] == "OURS"

    def only_read(db: Database) -> None:
        connection = connections.current(db)
        assert connection is not None
        connections.save(db, replace(connection, read_only=True))

    agreed.write(only_read)
    assert agreed.ask(lambda reader: reader.document(key)).refused == "This connection only reads."


def test_records_that_a_document_refers_to_have_their_names(agreed: Company) -> None:
    """By Zoho's id and by ours: the form never shows a key in the place of a name."""
    customer = agreed.record("contacts", "C-1")

    def enter(db: Database) -> int:
        connection = connections.current(db)
        assert connection is not None
        fields = {
            "customer": {"local_id": customer["local_id"]},
            "date": "2026-11-20",
            "line_items": [{"name": "Seat", "quantity": "1", "rate": "1", "tax_id": "77"}],
        }
        return editing.new(db, connection, MODULES["invoices"], fields, now=agreed.desk.clock.now)

    key = agreed.write(enter)
    document = agreed.ask(lambda reader: reader.document(key))
    assert document.names[customer["local_id"]] == "Northwind Traders"
    assert document.names["77"] == "77"
