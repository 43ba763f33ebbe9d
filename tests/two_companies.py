"""Two demo companies of the same seed: the same organization id, the same ids and numbers, and still two books."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zbdesk.app.desk import Desk
from zbdesk.app.log import stop_logging
from zbdesk.cli.main import run
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.organization import Organization
from zbdesk.demo.server import DemoServer
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import EngineState
from zbdesk.domain.views import Connection
from zbdesk.store import budget, connections, module_states
from zbdesk.store.database import Database
from zbdesk.sync import putting
from zbdesk.sync.events import Elsewhere, Event, RunFinished, StateChanged

ENVIRONMENT = {
    "ZBDESK_VAULT_PASSPHRASE": "only for tests",
    "ZBDESK_CALLS_PER_MINUTE": "0",
    "ZBDESK_RETRY_BASE_SECONDS": "0.001",
    "ZBDESK_POLL_SECONDS": "0.3",
    "ZBDESK_WEBHOOK_PORT": "0",
    "ZBDESK_REQUEST_TIMEOUT": "5",
}
MODULES = ("currencies", "taxes", "accounts", "items", "contacts", "invoices")
PATIENCE = 40.0


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def wait_for(true: Callable[[], object], what: str) -> None:
    """Wait for a condition; fails with its name."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"{what} did not happen"
        time.sleep(0.02)


def customer(company: str) -> dict[str, Any]:
    """A customer with the same source id and the same name in both companies; only the e-mail tells them apart."""
    return {"source_id": "C-1", "contact_name": "Northwind Traders", "email": f"ap@{company}.example"}


def invoice(company: str, number: int, rate: str) -> dict[str, Any]:
    """An invoice with the same source id and number in both; reference and amount tell them apart."""
    return {
        "source_id": f"S-{number}",
        "customer": {"source_id": "C-1"},
        "invoice_number": f"NW-{number:04d}",
        "reference_number": company,
        "date": "2026-11-20",
        "line_items": [{"name": "Seat", "quantity": "2", "rate": rate}],
    }


@dataclass
class Company:
    """One demo server, and the connection to it. ``name``: as in documents."""

    name: str
    server: DemoServer
    place: Path
    key: int = 0

    @property
    def books(self) -> Organization:
        """The organization that is connected: the first."""
        return self.server.company.org()

    def connect(self) -> None:
        """Connect to it; it is the one in use from then on."""
        known, secret = self.server.credentials, self.place.parent / f"{self.name}.txt"
        secret.write_text(known.client_secret + "\n")
        try:
            code = run(
                [
                    "--data-dir", str(self.place), "connect", "--region", "custom",
                    "--accounts-url", known.accounts_url, "--api-url", known.api_url,
                    "--client-id", known.client_id, "--client-secret-file", str(secret),
                    "--grant-code", known.grant_code(), "--organization", self.books.id,
                ],
                lambda *_: 0,
            )  # fmt: skip
        finally:
            stop_logging()
        assert code == 0
        with closing(self.database()) as db:
            here = connections.current(db)
            assert here is not None
            self.key = here.id
            with db.transaction():
                module_states.set_enabled(db, here.id, list(MODULES))

    def database(self) -> Database:
        """A writing handle."""
        return Database.open(self.place / "zbdesk.sqlite3", now=now)

    def connection(self) -> Connection:
        """As it is stored now."""
        with closing(Database.open_reader(self.place / "zbdesk.sqlite3")) as db:
            found = connections.get(db, self.key)
            assert found is not None
            return found

    def calls(self) -> int:
        """Books calls that its ledger has for today."""
        with closing(Database.open_reader(self.place / "zbdesk.sqlite3")) as db:
            today = budget.today(db, self.key, now=now())
        assert today is not None
        return today.used

    def put(self, module: str, *documents: dict[str, Any]) -> None:
        """Documents into its local tree, in use or not; no desk runs."""
        with closing(self.database()) as db:
            here = connections.get(db, self.key)
            assert here is not None
            results = putting.put(db, here, named(module), documents, source="default", now=now)
        assert [one.errors for one in results if one.errors] == []

    def sent(self) -> list[tuple[str, str, str]]:
        """Our invoices in its books: number, reference, total."""
        found = [one for one in self.books.all("invoices") if str(one["invoice_number"]).startswith("NW-")]
        return sorted(
            (str(one["invoice_number"]), str(one["reference_number"]), f"{one['total']:.2f}") for one in found
        )

    def customers(self) -> list[str]:
        """E-mails of our customer in its books."""
        return [str(one["email"]) for one in self.books.all("contacts") if one["contact_name"] == "Northwind Traders"]


@dataclass
class Heard:
    """What the sync thread told, kept from any thread."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        """One event."""
        self.events.append(event)

    def runs(self) -> list[RunFinished]:
        """Passes of the one in use."""
        return [one for one in list(self.events) if isinstance(one, RunFinished)]

    def runs_of(self, key: int) -> list[RunFinished]:
        """Passes of one beside it."""
        return [
            one.event
            for one in list(self.events)
            if isinstance(one, Elsewhere) and one.connection_id == key and isinstance(one.event, RunFinished)
        ]

    def states_of(self, key: int) -> list[EngineState]:
        """States of one beside it."""
        return [
            one.event.state
            for one in list(self.events)
            if isinstance(one, Elsewhere) and one.connection_id == key and isinstance(one.event, StateChanged)
        ]


def two_companies(place: Path) -> Iterator[tuple[Company, Company]]:
    """Spices was connected first, Foods last and is in use; both hold the same ids and numbers."""
    options = DemoOptions(token_requests=None, sizes={"contacts": 40, "invoices": 60, "items": 20})
    with DemoServer(options) as one, DemoServer(options) as two:
        spices, foods = Company("spices", one, place), Company("foods", two, place)
        spices.connect()
        foods.connect()
        yield spices, foods


def open_desk(place: Path, **more: str) -> Desk:
    """A desk as the window opens it, quick and with a sealed vault."""
    return Desk.open(place, environment={**ENVIRONMENT, **more})
