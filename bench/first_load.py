"""The first load of 20,000 contacts and 50,000 invoices, against a plain loop over the same pages.

    python -m bench.first_load [--small]

Our limits: calls 350 pages plus settings, CPU at most 1.2 of the plain loop, memory under 250 MB and not
growing with the number of records, database under 110 MB.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.common import Cost, demo_server, print_table, run_child

ENVIRONMENT = {"ZBDESK_VAULT_PASSPHRASE": "bench", "ZBDESK_CALLS_PER_MINUTE": "0"}


def connect(server: dict[str, Any], place: Path) -> None:
    """Connect a data directory to the server, read only."""
    secret = place.parent / "secret"
    secret.write_text(server["client_secret"])
    arguments = ["connect", "--region", "custom", "--accounts-url", server["accounts_url"]]
    arguments += ["--api-url", server["api_url"], "--client-id", server["client_id"], "--client-secret-file"]
    arguments += [str(secret), "--grant-code", server["grant_codes"].pop(), "--read-only"]
    arguments += ["--organization", server["organization_id"]]
    run_child([sys.executable, "-m", "zbdesk", "--data-dir", str(place), *arguments], ENVIRONMENT)


def sync(place: Path, *modules: str) -> Cost:
    """One pass in a process of its own."""
    only = [word for module in modules for word in ("--module", module)]
    return run_child([sys.executable, "-m", "zbdesk", "--data-dir", str(place), "sync", "--json", *only], ENVIRONMENT)


def main() -> None:
    """Measure and print."""
    small = "--small" in sys.argv
    sizes = {"contacts": 2000, "invoices": 5000} if small else {"contacts": 20000, "invoices": 50000}
    with tempfile.TemporaryDirectory() as folder, demo_server(sizes) as server:
        base = Path(folder)
        plain = run_child(
            [sys.executable, "-m", "bench.plain_loop", json.dumps(server), str(base / "plain.sqlite3")], ENVIRONMENT
        )
        server["grant_codes"].pop(0)
        connect(server, base / "ours")
        ours = sync(base / "ours", "contacts", "invoices")
        rest = sync(base / "ours")
        quiet = sync(base / "ours")
        database = base / "ours" / "zbdesk.sqlite3"
        size = sum(file.stat().st_size for file in base.glob("ours/zbdesk.sqlite3*")) / 1e6
        calls = [json.loads(cost.output)["api_calls"] for cost in (ours, rest, quiet)]
        pages = sum(-(-count // 200) for count in sizes.values())
        print(f"{sizes}, {database.name}")
        print_table(
            ("what", "measured", "limit"),
            (
                ("plain loop, CPU s", f"{plain.cpu:.2f}", ""),
                ("first load, CPU s", f"{ours.cpu:.2f}", ""),
                ("first load / plain loop", f"{ours.cpu / plain.cpu:.2f}", "1.20"),
                ("first load, wall s", f"{ours.wall:.1f}", ""),
                ("calls for these two modules", str(calls[0]), str(pages)),
                ("calls for all other modules", str(calls[1]), ""),
                ("calls of a quiet pass", str(calls[2]), "one a module"),
                ("memory, MB", f"{ours.memory:.0f}", "250"),
                ("database, MB", f"{size:.0f}", "110"),
            ),
        )


if __name__ == "__main__":
    main()
