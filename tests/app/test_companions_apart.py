"""What the window reads while two organizations sync: everything of the one in use, nothing of the one beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from two_companies import ENVIRONMENT, MODULES, Company, Heard, customer, invoice, open_desk, two_companies, wait_for

from zbdesk.app import organizations
from zbdesk.app.desk import Desk
from zbdesk.app.reader import Reader
from zbdesk.domain.views import RecordFilter

Two = tuple[Company, Company]
SINCE = datetime.now(UTC) - timedelta(days=2)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    """Two companies of one seed whose names tell them apart; Spices has five contacts more."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for companies in two_companies(tmp_path / "data"):
        for company in companies:
            for number, contact in enumerate(company.books.ids("contacts")[:5]):
                company.books.edit("contacts", contact, contact_name=f"{company.name.upper()}ONLY {number}")
            company.put("contacts", customer(f"{company.name}only"))
            company.put("invoices", invoice(f"{company.name}only", 1, "40.00"))
        for number in range(5):
            companies[0].books.put("contacts", contact_name=f"SPICESONLY more {number}")
        yield companies


QUESTIONS: dict[str, Callable[[Reader], Any]] = {
    "connection": lambda r: r.connection(),
    "overview": lambda r: r.overview(),
    "records": lambda r: [list(r.records(module, RecordFilter())) for module in MODULES],
    "sorted": lambda r: [
        r.rows(r.sorted_ids(module, sort="number", descending=False, where=RecordFilter())) for module in MODULES
    ],
    "first page": lambda r: [
        r.first_page(module, sort="modified_at", descending=True, where=RecordFilter()) for module in MODULES
    ],
    "search": lambda r: [r.search(words, list(MODULES), limit=50) for words in ("only", "Northwind", "NW-0001")],
    "statuses": lambda r: [(r.statuses(module), r.currencies(module)) for module in MODULES],
    "figures": lambda r: r.figures(SINCE),
    "activity": lambda r: r.activity(500),
    "runs": lambda r: r.runs(100),
    "whole runs": lambda r: (r.whole_runs().recent(50), list(r.whole_runs().lines()), r.whole_runs().question()),
    "outgoing": lambda r: [r.outgoing(lane, 100) for lane in (None, "done", "waiting")],
    "outgoing summary": lambda r: r.outgoing_summary(),
    "conflicts": lambda r: r.conflicts(),
    "problems": lambda r: (r.problems(), r.dismissed_problems()),
    "sources": lambda r: (r.sources(), r.imports()),
    "webhooks": lambda r: (r.webhook_events(), r.webhook_overview(), r.webhooks_made()),
    "policies": lambda r: (r.policies(), r.recognition(), r.meanings()),
}


def answers(desk: Desk) -> dict[str, str]:
    """Every question, with its answer as text."""
    return {name: repr(desk.read(question).result()) for name, question in QUESTIONS.items()}


def test_no_answer_holds_anything_of_the_other(two: Two) -> None:
    """Both are synced in one database; each question is answered from one of them, whichever is in use."""
    spices, foods = two
    heard = Heard()
    with open_desk(foods.place, ZBDESK_POLL_SECONDS="3600") as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
        desk.stop()
        in_foods, foods_modules = answers(desk), desk.read(lambda reader: reader.overview().modules).result()
        organizations.switch(desk, spices.key)
        in_spices, spices_modules = answers(desk), desk.read(lambda reader: reader.overview().modules).result()
    for ours, theirs, found in (("foods", "spices", in_foods), ("spices", "foods", in_spices)):
        for name, text in found.items():
            assert f"{theirs}only" not in text.lower(), f"{name} of {ours} tells of {theirs}"
        for name in ("records", "sorted", "search"):
            assert f"{ours}only" in found[name].lower(), f"{name} of {ours} is empty"
    for company, modules in ((foods, foods_modules), (spices, spices_modules)):
        counts = {one.module: one.remote for one in modules if one.module in {"contacts", "invoices", "items"}}
        assert counts == {name: len(company.books.all(name)) for name in counts}
        assert len(counts) == 3
    assert foods.books.all("contacts") != spices.books.all("contacts")


def test_the_list_of_organizations_gives_each_its_own_figures(two: Two) -> None:
    """Badges count per organization: what waits in one is not counted in the other."""
    spices, foods = two
    heard = Heard()
    spices.put("invoices", {**invoice("spicesonly", 2, "40.00"), "currency": {"code": "XXX"}})
    with open_desk(foods.place, ZBDESK_POLL_SECONDS="3600") as desk:
        desk.start(heard)
        wait_for(lambda: heard.runs() and heard.runs_of(spices.key), "first pass of each")
        known = {one.connection.id: one for one in organizations.known(desk)}
    assert (known[foods.key].problems, known[spices.key].problems) == (0, 1)
    assert (known[foods.key].waiting, known[spices.key].waiting) == (0, 1)
    assert known[spices.key].last_success_at is not None
    assert known[foods.key].last_success_at != known[spices.key].last_success_at
