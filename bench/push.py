"""Pushing 1,000 invoices for 100 new contacts to the demo server, against a plain httpx loop that posts the same.

    python -m bench.push [--small]

Our limits: at most 1,100 writes and 1 % look-ups when nothing fails, CPU of the engine under 5 ms a record
beyond the HTTP client. Both measure their own process time around the writing alone: what is put here, and the lists
that a pass reads first, are measured apart. The plain loop posts 1,100 ready bodies, four at a time, and reads only the
new ids: the least that a client of these calls can be.
"""

from __future__ import annotations

import asyncio
import cProfile
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.common import demo_server, print_table, run_child
from zbdesk.app.clock import SystemClock
from zbdesk.app.session import MemoryLedger
from zbdesk.domain.modules import module
from zbdesk.domain.status import ConnectionState, RunResult
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import attempts, connections, module_states
from zbdesk.store.database import Database
from zbdesk.sync import putting
from zbdesk.sync.engine import Engine
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import CallGate
from zbdesk.zoho.resources import Books

CURRENCY = "INR"
DATE = "2026-11-20"
PARALLEL = 4
MODULES = ("currencies", "taxes", "contacts", "items", "invoices", "customerpayments")
WRITES = ("POST", "PUT", "DELETE")


def contacts(count: int) -> list[dict[str, Any]]:
    """Bodies of new contacts."""
    return [{"contact_name": f"Customer {number}", "contact_type": "customer"} for number in range(count)]


def invoices(count: int, customers: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Which customer, and the body without him: three lines each, numbers of our own."""
    for number in range(count):
        lines = [{"name": f"Seat {line}", "quantity": "2", "rate": f"{40 + line}.50"} for line in range(3)]
        yield (
            number % customers,
            {"invoice_number": f"B-{number}", "date": DATE, "notes": f"Order {number}", "line_items": lines},
        )


async def token_of(http: httpx.AsyncClient, server: dict[str, Any]) -> str:
    """An access token for one of the server's grant codes."""
    answer = await http.post(
        f"{server['accounts_url']}/oauth/v2/token",
        data={
            "grant_type": "authorization_code",
            "code": server["grant_codes"][0],
            "client_id": server["client_id"],
            "client_secret": server["client_secret"],
        },
    )
    return str(answer.json()["access_token"])


@dataclass
class Counted(httpx.AsyncBaseTransport):
    """The real transport, with a count of what went over it by method and path."""

    inner: httpx.AsyncHTTPTransport = field(default_factory=httpx.AsyncHTTPTransport)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Count and carry."""
        self.asked[request.method, request.url.path] += 1
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        """End."""
        await self.inner.aclose()


@dataclass(frozen=True)
class Measured:
    """What one pass took. Seconds of CPU and of the clock."""

    cpu: float
    wall: float
    asked: Counter[tuple[str, str]]

    @property
    def writes(self) -> int:
        """Calls that change something."""
        return sum(count for (method, _), count in self.asked.items() if method in WRITES)


# -- the plain loop ---------------------------------------------------------------------------------------------------


async def plain(server: dict[str, Any], size: int, customers: int) -> dict[str, float]:
    """Post the same bodies, nothing more."""
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        headers = {"Authorization": f"Zoho-oauthtoken {await token_of(http, server)}"}
        base, known = f"{server['api_url']}/books/v3", {"organization_id": server["organization_id"]}
        own = {**known, "ignore_auto_number_generation": "true"}
        gate = asyncio.Semaphore(PARALLEL)

        async def post(path: str, params: dict[str, str], body: dict[str, Any]) -> bytes:
            content = json.dumps(body).encode()
            async with gate:
                answer = await http.post(
                    f"{base}/{path}",
                    params=params,
                    content=content,
                    headers={**headers, "Content-Type": "application/json"},
                )
            answer.raise_for_status()
            return answer.content

        began, wall = time.process_time(), time.perf_counter()
        made = await asyncio.gather(*(post("contacts", known, body) for body in contacts(customers)))
        ids = [json.loads(answer)["contact"]["contact_id"] for answer in made]
        await asyncio.gather(
            *(post("invoices", own, {"customer_id": ids[at], **body}) for at, body in invoices(size, customers))
        )
        return {"cpu": time.process_time() - began, "wall": time.perf_counter() - wall}


# -- the engine -------------------------------------------------------------------------------------------------------


class OneToken:
    """A token that the server gave out beforehand."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get(self) -> str:
        """The token."""
        return self._token

    async def invalidate(self, token: str) -> bool:  # noqa: ARG002 - the client's protocol
        """There is no other."""
        return False


@asynccontextmanager
async def connected(server: dict[str, Any], path: str, wire: Counted) -> AsyncIterator[tuple[Database, Engine]]:
    """The real engine, store and client on a new database."""
    clock = SystemClock()
    company = Organization(server["organization_id"], "Bench", "IN", CURRENCY, "Asia/Kolkata")
    urls = (server["accounts_url"], server["api_url"])
    made = Connection(0, company, "custom", *urls, "", "", (), False, ConnectionState.ACTIVE, clock.now())
    async with httpx.AsyncClient(trust_env=False, timeout=60, transport=wire) as http:
        client = ZohoClient(
            http,
            api_url=server["api_url"],
            organization_id=company.organization_id,
            tokens=OneToken(await token_of(http, server)),
            gate=CallGate(clock, 0, PARALLEL, MemoryLedger()),
            clock=clock,
            rng=random.Random(7),
        )
        with Database.open(path, now=clock.now) as db:
            connection = connections.save(db, made)
            with db.transaction():
                module_states.set_enabled(db, connection.id, MODULES)
            yield (
                db,
                Engine(
                    db=db,
                    books=Books(client),
                    connection=connection,
                    clock=clock,
                    rng=random.Random(7),
                    emit=lambda _event: None,
                    poll_seconds=900.0,
                    parallel=PARALLEL,
                ),
            )


def put(db: Database, size: int, customers: int) -> None:
    """The documents of a source."""
    connection, now = connections.current(db), SystemClock().now
    assert connection is not None
    named = [{"source_id": f"C-{at}", **body} for at, body in enumerate(contacts(customers))]
    listed = [
        {"source_id": f"S-{number}", "customer": {"source_id": f"C-{at}"}, **body}
        for number, (at, body) in enumerate(invoices(size, customers))
    ]
    for name, raws in (("contacts", named), ("invoices", listed)):
        results = putting.put(db, connection, module(name), raws, now=now)
        assert {one.result for one in results} == {"created"}


async def engine(server: dict[str, Any], size: int, customers: int, path: str, profile: str = "") -> dict[str, float]:
    """Put the same documents and let the real engine push them over the real client."""
    wire = Counted()

    async with connected(server, path, wire) as (db, run):

        async def one_pass() -> Measured:
            wire.asked.clear()
            cpu, wall = time.process_time(), time.perf_counter()
            finished = await run.run_pass(kind=None, cause="user")
            assert finished.result is RunResult.OK, finished.message
            return Measured(time.process_time() - cpu, time.perf_counter() - wall, Counter(wire.asked))

        await one_pass()
        quiet = await one_pass()
        began = time.process_time()
        put(db, size, customers)
        put_cpu = time.process_time() - began
        with cProfile.Profile() if profile else nullcontext() as profiler:
            pushing = await one_pass()
        if profiler is not None:
            profiler.dump_stats(profile)
        after = await one_pass()
        in_doubt = len(attempts.unanswered(db, run.connection.id))
    return {
        "writes": pushing.writes,
        "lookups": pushing.asked.total() - pushing.writes - quiet.asked.total(),
        "lists": quiet.asked.total(),
        "cpu": pushing.cpu - quiet.cpu,
        "wall": pushing.wall,
        "put_cpu": put_cpu,
        "after_calls": after.asked.total(),
        "after_writes": after.writes,
        "after_cpu": after.cpu,
        "in_doubt": in_doubt,
    }


# -- the table --------------------------------------------------------------------------------------------------------


def main() -> None:
    """Measure and print."""
    size, customers = (100, 10) if "--small" in sys.argv else (1000, 100)
    sizes = {"contacts": 10, "items": 5, "invoices": 10, "estimates": 2, "creditnotes": 2, "bills": 2, "expenses": 2}
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        # Each against a server of its own: the second would meet twice the records.
        for kind in ("plain", "engine"):
            with demo_server(sizes) as server:
                arguments = [kind, json.dumps(server), str(size), str(customers)]
                arguments += [str(Path(folder) / f"{kind}.sqlite")]
                cost = run_child([sys.executable, "-m", "bench.push", *arguments])
                found[kind] = json.loads(cost.output)
    ours, least = found["engine"], found["plain"]
    records = size + customers
    print(f"{size} invoices for {customers} new contacts")
    print_table(
        ("what", "measured", "limit"),
        (
            ("writes", f"{ours['writes']:.0f}", str(records)),
            ("look-ups while pushing", f"{ours['lookups']:.0f}", f"{records // 100}"),
            ("list calls of the pass", f"{ours['lists']:.0f}", "one a module"),
            ("calls of the pass after it", f"{ours['after_calls']:.0f}", ""),
            ("writes of the pass after it", f"{ours['after_writes']:.0f}", "0"),
            ("writes in doubt at the end", f"{ours['in_doubt']:.0f}", "0"),
            ("plain loop, CPU ms a record", f"{least['cpu'] * 1000 / records:.2f}", ""),
            ("engine, CPU ms a record", f"{ours['cpu'] * 1000 / records:.2f}", ""),
            ("engine beyond the client, CPU ms", f"{(ours['cpu'] - least['cpu']) * 1000 / records:.2f}", "5.00"),
            ("put, CPU ms a record", f"{ours['put_cpu'] * 1000 / records:.2f}", ""),
            ("the pass after it, CPU s", f"{ours['after_cpu']:.2f}", ""),
            ("plain loop, wall s", f"{least['wall']:.1f}", ""),
            ("engine, wall s", f"{ours['wall']:.1f}", ""),
        ),
    )


def child(kind: str, server: str, size: str, customers: str, *place: str) -> None:
    """One of the two, in a process of its own; prints what it found as JSON. A second place takes a profile."""
    counts = (json.loads(server), int(size), int(customers))
    print(json.dumps(asyncio.run(plain(*counts) if kind == "plain" else engine(*counts, *place))))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in {"plain", "engine"}:
        child(*sys.argv[1:])
    else:
        main()
