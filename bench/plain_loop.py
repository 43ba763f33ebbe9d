"""The yardstick: fetch pages with httpx, ``json.loads``, insert typed columns and the payload as text.

One SQLite transaction a page, no retries, no limits, no resuming: the least that a mirror can be.
"""

from __future__ import annotations

import json
import sqlite3
import sys

import httpx

MODULES = {
    "contacts": ("contact_id", "contact_name", "outstanding_receivable_amount"),
    "invoices": ("invoice_id", "invoice_number", "balance"),
}


def main() -> None:
    """Arguments: the server's JSON, the database file."""
    server, path = json.loads(sys.argv[1]), sys.argv[2]
    http = httpx.Client(timeout=60)
    token = http.post(
        f"{server['accounts_url']}/oauth/v2/token",
        data={
            "grant_type": "authorization_code",
            "code": server["grant_codes"][0],
            "client_id": server["client_id"],
            "client_secret": server["client_secret"],
        },
    ).json()["access_token"]
    http.headers["Authorization"] = f"Zoho-oauthtoken {token}"
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute(
        "CREATE TABLE record (module TEXT, remote_id TEXT, number TEXT, date TEXT, party TEXT, status TEXT, "
        "currency TEXT, total TEXT, balance TEXT, modified TEXT, payload TEXT, UNIQUE (module, remote_id))"
    )
    for module, (key, number, balance) in MODULES.items():
        page = 1
        while True:
            answer = http.get(
                f"{server['api_url']}/books/v3/{module}",
                params={"organization_id": server["organization_id"], "page": page, "per_page": 200},
            )
            parsed = json.loads(answer.content)
            with db:
                db.executemany(
                    "INSERT OR REPLACE INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                    [
                        (
                            module,
                            row[key],
                            row.get(number),
                            row.get("date"),
                            row.get("customer_name"),
                            row.get("status"),
                            row.get("currency_code"),
                            str(row.get("total", "")),
                            str(row.get(balance, "")),
                            row.get("last_modified_time"),
                            json.dumps(row),
                        )
                        for row in parsed[module]
                    ],
                )
            if not parsed["page_context"]["has_more_page"]:
                break
            page += 1
    db.close()


if __name__ == "__main__":
    main()
