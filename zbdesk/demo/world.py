"""All parts of one running demo server, joined: company, tokens, faults, limits, the log of requests."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zbdesk.demo.books import Books
from zbdesk.demo.company import Company
from zbdesk.demo.faults import Faults
from zbdesk.demo.limits import Limits
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.tokens import Grant, Tokens
from zbdesk.demo.webhooks import Rule, Webhooks

_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as it was answered. ``status`` is 0 where the connection was cut."""

    method: str
    path: str
    params: Mapping[str, str]
    status: int
    at: datetime
    body: bytes = b""


class RequestLog:
    """The last requests, oldest first. Thread-safe; tokens and headers are not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: deque[LoggedRequest] = deque(maxlen=_KEPT)

    def add(self, request: LoggedRequest) -> None:
        """Called by the server."""
        with self._lock:
            self._requests.append(request)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._requests.clear()

    def __iter__(self) -> Iterator[LoggedRequest]:
        with self._lock:
            return iter(tuple(self._requests))

    def __len__(self) -> int:
        with self._lock:
            return len(self._requests)

    def matching(self, path: str = "", method: str | None = None) -> list[LoggedRequest]:
        """Requests whose path contains the regular expression."""
        pattern = re.compile(path)
        return [one for one in self if pattern.search(one.path) and (method is None or one.method == method)]

    def books(self) -> list[LoggedRequest]:
        """Calls of the Books API only: what an organization's allowance counts."""
        return self.matching("/books/v3/")

    def token_requests(self) -> list[LoggedRequest]:
        """Requests at the token endpoint."""
        return self.matching("/oauth/v2/token$")


class World:
    """What the handlers share."""

    def __init__(self, company: Company, options: DemoOptions) -> None:
        self.company = company
        self.options = options
        self.tokens = Tokens(options, company.clock)
        self.faults = Faults(self.tokens)
        self.requests = RequestLog()
        self.books = Books(company, self.tokens)
        self.webhooks = Webhooks(company)
        self._automatic: list[Rule] = []
        self.books.automation.on_change = self._use_automation
        self.limits = {org.id: Limits(options, company.clock, org.zone) for org in company.organizations.values()}
        self.origin = ""
        """``http://127.0.0.1:<port>``, known once the socket is bound."""

        self.redirect_uris = set(options.redirect_uris)

    def _use_automation(self) -> None:
        """Send what was set up over the API, besides the rules that were clicked together."""
        clicked = [rule for rule in self.webhooks.rules() if rule not in self._automatic]
        self._automatic = self.books.automation.rules()
        self.webhooks.set_rules([*clicked, *self._automatic])

    def full_grant(self, scopes: frozenset[str]) -> Grant:
        """A grant for all organizations, at the user's own data centre."""
        home = f"/_dc/{self.options.home}" if self.options.home else ""
        return Grant(self.options.client_id, scopes, frozenset(self.company.organizations), home)
