"""A client that speaks to the demo server as any connector would."""

from __future__ import annotations

from typing import Any

import httpx

from zbdesk.demo.server import DemoServer


class Caller:
    """A signed-in client of the first organization."""

    def __init__(self, server: DemoServer, **scopes: Any) -> None:
        self.server = server
        self.org = server.company.org()
        access, self.refresh_token = server.credentials.tokens(**scopes)
        self.http = httpx.Client(
            base_url=server.url, headers={"Authorization": f"Zoho-oauthtoken {access}"}, trust_env=False
        )

    def send(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None, **params: object
    ) -> httpx.Response:
        """A call below ``/books/v3`` with the organization's id."""
        shown = {"organization_id": self.org.id, **{name: str(value) for name, value in params.items()}}
        return self.http.request(method, f"/books/v3{path}", params=shown, json=body, headers=headers)

    def get(self, path: str, **params: object) -> httpx.Response:
        """The same for GET."""
        return self.send("GET", path, **params)
