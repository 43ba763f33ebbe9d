"""Another person in the same books: reads and changes the demo company over its own interface, as a web page would."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import Any


class Elsewhere:
    """One organization of the demo company. ``server``: what ``demo-server --json`` printed."""

    def __init__(self, server: dict[str, Any], organization: str) -> None:
        self._api, self.organization = f"{server['api_url']}/books/v3", organization
        with urllib.request.urlopen(f"{server['accounts_url']}/demo/grant-code", timeout=10) as answer:
            code = json.load(answer)["grant_code"]
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": server["client_id"],
            "client_secret": server["client_secret"],
        }
        address = f"{server['accounts_url']}/oauth/v2/token"
        with urllib.request.urlopen(address, urllib.parse.urlencode(form).encode(), timeout=10) as answer:
            self._token = json.load(answer)["access_token"]

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> dict[str, Any]:
        """One call. Raises ``HTTPError`` where the company refuses."""
        query["organization_id"] = self.organization
        request = urllib.request.Request(
            f"{self._api}{path}?{urllib.parse.urlencode(query)}",
            method=method,
            headers={"Authorization": f"Zoho-oauthtoken {self._token}", "Content-Type": "application/json"},
            data=json.dumps(body).encode() if body is not None else None,
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.load(answer))

    def invoice(self, number: str) -> dict[str, Any] | None:
        """The invoice of a number, in full; None where there is none."""
        rows = self.call("GET", "/invoices", invoice_number=number)["invoices"]
        if not rows:
            return None
        return dict(self.call("GET", f"/invoices/{rows[0]['invoice_id']}")["invoice"])

    def change(self, number: str, **fields: Any) -> None:
        """Change an invoice there."""
        found = self.invoice(number)
        assert found is not None, number
        self.call("PUT", f"/invoices/{found['invoice_id']}", fields)

    def add_currency(self, code: str, name: str, rate: str) -> None:
        """Make a currency known there, with a rate."""
        self.call(
            "POST", "/settings/currencies",
            {"currency_code": code, "currency_name": name, "currency_symbol": code, "price_precision": 2,
             "currency_format": "1,234,567.89", "exchange_rate": rate},
        )  # fmt: skip
