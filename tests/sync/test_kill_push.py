"""The real thing: a process that writes to the demo server over HTTP and is killed -9 again and again.

Between two lives documents are put, edited, issued and paid here, and edited in Zoho; answers are cut off after Zoho
has carried the write out; most kills come while a write is on its way, many exactly between Zoho's commit and the
answer. In the end each document is in Zoho once, with what was typed last, and nothing is in doubt.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer, running
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import Connection, RecordFilter
from zbdesk.store import attempts, connections
from zbdesk.store.conflicts import open_conflicts
from zbdesk.store.database import Database
from zbdesk.store.problems import open_problems
from zbdesk.store.queries import iter_records
from zbdesk.sync import acting, putting

KILLS = 12
SOAK_KILLS = 200
SCRIPT = Path(__file__).with_name("push_until_quiet.py")
AHEAD = 60.0
"""Seconds by which each life is later than the one before: longer than a create may still land."""

WRITTEN = ("contacts", "items", "invoices", "customerpayments")
WRITES = ("POST", "PUT")
LIKELY = [("POST", "/"), ("POST", "/contacts"), ("POST", "/invoices"), ("POST", "/customerpayments"), ("PUT", "/")]
"""Writes that most lives make: a hold on one of them ends the life there."""

Raw = dict[str, Any]


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """A small company: what counts is what is written to it."""
    sizes = {"contacts": 6, "items": 3, "invoices": 4, "estimates": 1, "creditnotes": 1, "bills": 1, "expenses": 1}
    with running(DemoOptions(seed=3, sizes=sizes)) as started:
        yield started


@dataclass
class Office:
    """The people on this side, the process that works for them, and what they gave it so far."""

    server: DemoServer
    database: Path
    rng: random.Random
    raws: dict[tuple[str, str], Raw] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    edits: int = 0

    def __post_init__(self) -> None:
        self.token, _ = self.server.credentials.tokens()
        self.organization = self.server.credentials.organizations[0].organization_id
        self.org = self.server.company.org(self.organization)

    # The process

    def start(self) -> subprocess.Popen[str]:
        """One life."""
        self.lives += 1
        ahead = str(AHEAD * self.lives)
        arguments = [str(self.database), self.server.url, self.token, self.organization, ahead]
        return subprocess.Popen(
            [sys.executable, str(SCRIPT), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def finish(self) -> Raw:
        """Let it come to its end."""
        out, err = self.start().communicate(timeout=100)
        assert not err, err
        return dict(json.loads(out))

    def live_and_die(self) -> bool:
        """One life with a violent end; False where it came to its own end before."""
        kind = self.rng.choice(["held after commit", "held after commit", "held before commit", "somewhere"])
        method, path = self.rng.choice(LIKELY)
        faults, held = self.server.faults, None
        if kind == "somewhere":
            # The lists of a pass, then any of its look-ups, writes and reads.
            goal = len(self.server.requests) + self.rng.randrange(2, 30)
        else:
            held = faults.hold(path=f"/books/v3{path}", method=method, after=kind == "held after commit")
            goal = sys.maxsize
        child = self.start()
        pause = threading.Event()
        while child.poll() is None and not (len(self.server.requests) >= goal or (held and held.arrived.is_set())):
            pause.wait(0.001)
        child.send_signal(signal.SIGKILL)
        out, err = child.communicate(timeout=100)
        # What was held lands now: after the death of who sent it, before the next life.
        faults.clear()
        assert not err, err
        if child.returncode != -signal.SIGKILL:
            assert json.loads(out)["result"] in {"ok", "attention"}, out
            return False
        self.kills[kind] += 1
        return True

    # The people

    def open(self) -> tuple[Database, Connection]:
        """What the last life left behind."""
        db = Database.open(self.database, now=now)
        connection = connections.current(db)
        assert connection is not None
        return db, connection

    def put(self, db: Database, connection: Connection, module: str, raw: Raw) -> None:
        """A document, or a newer state of it."""
        [done] = putting.put(db, connection, named(module), [raw], now=now)
        assert not done.errors, done
        self.raws[module, raw["source_id"]] = raw

    def work(self, number: int) -> None:
        """New documents and edits of older ones."""
        db, connection = self.open()
        with db:
            customer = f"C-{number // 3}"
            if number % 3 == 0:
                email = f"{customer.lower()}@books.example"
                self.put(db, connection, "contacts", {"source_id": customer, "contact_name": customer, "email": email})
            if number % 4 == 0:
                self.put(db, connection, "items", {"source_id": f"I-{number}", "name": f"I-{number}", "rate": "4.00"})
            for source_id in (f"S-{number}", f"U-{number}"):
                self.put(db, connection, "invoices", invoice(source_id, customer, number))
            if number % 2:
                self.pay(db, connection, f"{'SU'[number // 2 % 2]}-{number}", customer)
            for (module, source_id), raw in self.rng.sample(sorted(self.raws.items(), key=lambda one: one[0]), 2):
                if module in {"contacts", "invoices"}:
                    self.edits += 1
                    self.put(db, connection, module, {**raw, "notes": f"{source_id} edit {self.edits}"})
        self.edit_there()

    def pay(self, db: Database, connection: Connection, source_id: str, customer: str) -> None:
        """Issue an invoice and record a payment of it."""
        acting.act(db, connection, named("invoices"), f"default:{source_id}", "send", now=now)
        raw = {
            "source_id": f"P-{source_id}",
            "customer": {"source_id": customer},
            "description": f"P-{source_id}",
            "payment_mode": "cash",
            "amount": "5.00",
            "date": "2026-11-20",
            "invoices": [{"invoice": {"source_id": source_id}, "amount_applied": "5.00"}],
        }
        self.put(db, connection, "customerpayments", raw)

    def edit_there(self) -> None:
        """Another user changes the terms of one of our invoices, if Zoho has any."""
        recent = self.org.ids("invoices")[-8:]
        remote_id = self.rng.choice(recent)
        if identity("invoices", self.org.get("invoices", remote_id))[:2] in {"S-", "U-"}:
            self.terms[remote_id] = f"theirs {self.lives}"
            self.org.edit("invoices", remote_id, {"terms": self.terms[remote_id]})

    def break_answers(self) -> None:
        """Cut some connections: mostly after Zoho has done what was asked."""
        for _ in range(self.rng.randrange(3)):
            path = self.rng.choice(["/contacts", "/invoices", "/customerpayments", "/status/sent"])
            after = self.rng.random() < 0.8
            self.server.faults.drop(path=path, method=self.rng.choice(WRITES), after=after)


def now() -> datetime:
    """The time of the people."""
    return datetime.now(UTC)


def invoice(source_id: str, customer: str, number: int) -> Raw:
    """``S-`` has its own number, ``U-`` takes Zoho's next."""
    raw = {
        "source_id": source_id,
        "customer": {"source_id": customer},
        "date": "2026-11-20",
        "notes": f"{source_id} new",
        "line_items": [{"name": "Seat", "quantity": "2", "rate": f"{40 + number}.00"}],
    }
    return raw | ({"invoice_number": f"LL-{source_id}"} if source_id.startswith("S") else {})


def identity(module: str, row: Raw) -> str:
    """Which document a record of Zoho's is: its name, or the first word of a text that nobody else changes."""
    text = {"contacts": "contact_name", "items": "name", "invoices": "notes", "customerpayments": "description"}
    return str(row.get(text[module]) or "").partition(" ")[0]


def check(office: Office, before: dict[str, set[str]]) -> dict[str, int]:
    """Hold both sides against what was put; returns how many documents of each module there are."""
    found = {}
    for module in WRITTEN:
        rows = [office.org.get(module, one) for one in office.org.ids(module) if one not in before[module]]
        there = Counter(identity(module, row) for row in rows)
        put = Counter(source_id for name, source_id in office.raws if name == module)
        assert there == put, f"{module}: too many in Zoho {there - put}, missing {put - there}"
        found[module] = len(put)
        if module in {"contacts", "invoices"}:
            texts = {identity(module, row): str(row.get("notes") or "") for row in rows}
            wanted = {one: str(raw.get("notes", "")) for (name, one), raw in office.raws.items() if name == module}
            assert texts == wanted
    for remote_id, terms in office.terms.items():
        assert office.org.get("invoices", remote_id)["terms"] == terms, "another user's edit was overwritten"
    db, connection = office.open()
    with db:
        assert attempts.unanswered(db, connection.id) == []
        assert open_conflicts(db, connection.id) == []
        assert open_problems(db, connection.id) == []
        for module in WRITTEN:
            views = list(iter_records(db, connection.id, module, RecordFilter(with_deleted=True)))
            ids = Counter(view.remote_id for view in views)
            assert set(ids) == set(office.org.ids(module))
            assert max(ids.values()) == 1, f"{module}: a record stands here twice"
            states = Counter(view.state for view in views if view.remote_id not in before[module])
            assert states == {RecordState.SYNCED: found[module]}, f"{module}: {states}"
    return found


def run(server: DemoServer, folder: Path, kills: int, seed: int) -> tuple[Office, dict[str, int], float]:
    """Kill so often, then let it finish and check."""
    started = time.perf_counter()
    office = Office(server, folder / "zbdesk.sqlite", random.Random(seed))
    assert office.finish()["result"] == "ok"
    before = {module: set(office.org.ids(module)) for module in WRITTEN}
    number = 0
    while office.kills.total() < kills:
        office.work(number)
        office.break_answers()
        number += 1
        office.live_and_die()
        assert number < 3 * kills, "it comes to its end before it can be killed"
    done = office.finish()
    assert (done["result"], done["quiet"]) == ("ok", True), done
    return office, check(office, before), time.perf_counter() - started


def test_killed_again_and_again_each_document_arrives_once(server: DemoServer, tmp_path: Path) -> None:
    """Each document is in Zoho once with what was typed last, nothing is in doubt, and nobody's edit is lost."""
    office, found, _ = run(server, tmp_path, KILLS, 5)
    assert office.kills.total() == KILLS
    assert office.kills["held after commit"] > 2
    assert found["invoices"] >= 2 * KILLS


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_killed_two_hundred_times(server: DemoServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for two hundred kills; only when asked for by ``-m soak``."""
    office, found, seconds = run(server, tmp_path, SOAK_KILLS, 6)
    with capsys.disabled():
        print(f"\n{dict(office.kills)}, {office.lives} lives, {found}, {office.edits} edits, {seconds:.0f} s")  # noqa: T201
