"""Five hundred events a second for a minute at a real ``run``: nothing acknowledged is lost. Smaller in the suite."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Terminal
from tests.cli.webhook_run import JSON, Run, secret_of, until, url_of
from zbdesk.demo.webhooks import signed

CONNECTIONS = 16


async def send_all(
    url: str, secret: str, ids: list[str], count: int, per_second: float
) -> tuple[Counter[int], list[float]]:
    """Send so many different events at that pace over kept connections; statuses, and seconds until each answer."""
    parts = urlsplit(url)
    statuses, took = Counter[int](), list[float]()
    began = time.monotonic()

    async def sender(number: int) -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for serial in range(number, count, CONNECTIONS):
            await asyncio.sleep(max(0.0, began + serial / per_second - time.monotonic()))
            body = json.dumps({"invoice": {"invoice_id": ids[serial % len(ids)], "serial": serial}}).encode()
            head = (
                f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: {JSON}\r\n"
                f"X-Zoho-Webhook-Signature: {signed(secret, '', JSON, body)}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            at = time.monotonic()
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            took.append(time.monotonic() - at)
            statuses[int(answer.split()[1])] += 1
        writer.close()

    await asyncio.gather(*(sender(number) for number in range(CONNECTIONS)))
    return statuses, took


def stored(place: Path) -> int:
    """Events in the inbox, counted beside the running instance."""
    with closing(sqlite3.connect(f"file:{place / 'zbdesk.sqlite3'}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT COUNT(*) FROM inbox").fetchone()[0])


def resident(pid: int) -> int:
    """Memory of a process in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def load(terminal: Terminal, run: Callable[..., Run], count: int, per_second: float) -> None:
    """The run itself, with its figures."""
    terminal.connect()
    terminal("sync")
    running = run(ZBDESK_CALLS_PER_MINUTE="60")
    running.ready()
    secret, url = secret_of(terminal), url_of(terminal)
    ids = terminal.server.company.org().ids("invoices")
    before, began = resident(running.process.pid), time.monotonic()
    statuses, took = asyncio.run(send_all(url, secret, ids, count, per_second))
    seconds = time.monotonic() - began
    grown = resident(running.process.pid) - before
    took.sort()
    print(  # noqa: T201 - the figures of the run
        f"{count} events in {seconds:.1f} s ({count / seconds:.0f}/s), answered in "
        f"{statistics.median(took) * 1000:.1f} ms (median), {took[int(len(took) * 0.99)] * 1000:.0f} ms (99 %), "
        f"{took[-1] * 1000:.0f} ms (most); memory +{grown / 1e6:.0f} MB"
    )
    assert statuses == {200: count}
    # A few may still lie aside where the database was busy when they came.
    until(lambda: stored(terminal.place) == count)
    assert grown < 100_000_000
    assert running.end() == 0


def test_a_burst_at_a_real_run_is_stored_whole(terminal: Terminal, run: Callable[..., Run]) -> None:
    """A second's worth of the long run."""
    load(terminal, run, 500, 250)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_five_hundred_a_second_for_a_minute(terminal: Terminal, run: Callable[..., Run]) -> None:
    """Thirty thousand events, none lost."""
    load(terminal, run, 30_000, 500)
