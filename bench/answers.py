"""How long Zoho Books waits for an answer to its webhooks while a first load and its indexes keep the database busy.

    python -m bench.answers [--records 20000] [--seconds 40]

The demo company in a process of its own, ``zbdesk run`` over an empty data directory in another, signed events at 20 a
second from the moment its listener answers: through the first load, the indexes after it, the pass that makes the index
of words, and the reading of what the events name. Limit: 99 of 100 answers within a tenth of a second, on a machine
with nothing else to do.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.common import ROOT, demo_server, print_table
from bench.first_load import ENVIRONMENT, connect
from zbdesk.demo.webhooks import signed

LIMIT, EVERY = 0.1, 0.05
JSON = "application/json"


@dataclass(slots=True)
class Sender:
    """Sends events to one address and keeps how long each answer took, and when it was asked for."""

    url: str
    secret: str
    statuses: Counter[int] = field(default_factory=Counter)
    took: list[tuple[float, float]] = field(default_factory=list)

    async def send(self, number: int, began: float) -> None:
        """One event on a connection of its own."""
        parts = urlsplit(self.url)
        body = json.dumps({"invoice": {"invoice_id": str(10_000_000 + number)}}).encode()
        head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: {JSON}\r\n"
            f"X-Zoho-Webhook-Signature: {signed(self.secret, '', JSON, body)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        at = time.monotonic()
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        self.took.append((time.monotonic() - at, at - began))
        self.statuses[int(answer.split()[1])] += 1
        writer.close()

    async def stream(self, seconds: float) -> None:
        """One after another, whether those before have an answer or not."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number in range(int(seconds / EVERY)):
                group.create_task(self.send(number, began))
                await asyncio.sleep(EVERY)


def measure(place: Path, seconds: float) -> Sender:
    """Start the program over a connected directory and send to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = {**os.environ, **ENVIRONMENT, "ZBDESK_WEBHOOK_PORT": str(port), "PYTHONDONTWRITEBYTECODE": ""}
    program = [sys.executable, "-m", "zbdesk", "--data-dir", str(place)]

    def ask(*words: str) -> Any:
        said = subprocess.run([*program, *words, "--json"], cwd=ROOT, env=surroundings, capture_output=True, check=True)
        return json.loads(said.stdout)

    sender = Sender(ask("webhooks", "show")["local_url"], ask("webhooks", "rotate-secret")["secret"])
    with (place / "told").open("wb") as told:
        running = subprocess.Popen([*program, "run", "--json"], cwd=ROOT, env=surroundings, stdout=told)
    try:
        while b'"ready"' not in (place / "told").read_bytes():
            time.sleep(0.02)
        asyncio.run(sender.stream(seconds))
    finally:
        running.terminate()
        running.wait(60)
    return sender


def main() -> int:
    """Print the table; 1 where an answer came too late or was none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=40.0)
    given = parser.parse_args()
    sizes = {"contacts": given.records // 4, "invoices": given.records - given.records // 4}
    with tempfile.TemporaryDirectory() as folder, demo_server(sizes) as server:
        place = Path(folder) / "ours"
        connect(server, place)
        sender = measure(place, given.seconds)
    took = sorted(sender.took)
    worst, at = took[-1]
    late = sum(seconds > LIMIT for seconds, _ in took)
    print_table(
        ("what", "measured", "limit"),
        (
            ("events, answered with 200", f"{len(took)}, {sender.statuses[200]}", "all"),
            ("answer, median, ms", f"{took[len(took) // 2][0] * 1000:.1f}", ""),
            ("answer, 99 %, ms", f"{took[int(len(took) * 0.99)][0] * 1000:.0f}", f"{LIMIT * 1000:.0f}"),
            (f"answer, worst (after {at:.1f} s), ms", f"{worst * 1000:.0f}", ""),
            ("answers later than the limit", str(late), ""),
        ),
    )
    return int(sender.statuses[200] != len(took) or took[int(len(took) * 0.99)][0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
