"""Webhooks as Zoho Books sends them: after the save, by rules, signed, with no promise of order or of once.

Written from Zoho's documentation and not from the listener, so that the two check each other. A rule has an address, a
secret, modules and events; what is sent is rendered when it leaves, as Zoho renders it after the save.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from zbdesk.demo import faces

if TYPE_CHECKING:
    from zbdesk.demo.company import Company
    from zbdesk.demo.organization import Organization

Kind = Literal["json", "form", "jsonstring"]
Event = Literal["created", "edited", "deleted"]

MODULES = (
    "contacts", "items", "estimates", "salesorders", "invoices", "customerpayments", "creditnotes", "purchaseorders",
    "bills", "vendorpayments", "vendorcredits", "expenses", "journals",
)  # fmt: skip
"""Those for which Zoho offers rules, as far as this company has them."""

TIMEOUT = 15.0
_FORM_FIELDS = ("status", "last_modified_time")
_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One workflow rule with its webhook.

    ``delay`` in seconds; ``copies``: how often each event is sent; ``retries``: how often a failed delivery is tried
    again, with growing pauses that begin at ``pause``. ``suffix``: put ``/<module>/<event>`` behind the address.
    """

    url: str
    secret: str = field(repr=False)
    modules: tuple[str, ...] = MODULES
    events: tuple[Event, ...] = ("created", "edited", "deleted")
    kind: Kind = "json"
    method: str = "POST"
    delay: float = 0.0
    copies: int = 1
    retries: int = 0
    pause: float = 0.5
    suffix: bool = True
    organization_id: str | None = None
    """None: the company's first organization."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt. ``status`` is 0 where nobody answered."""

    module: str
    record_id: str
    event: str
    status: int
    attempt: int
    seconds: float


@dataclass(order=True, slots=True)
class _Due:
    at: float
    number: int
    rule: Rule = field(compare=False)
    organization_id: str = field(compare=False)
    module: str = field(compare=False)
    record_id: str = field(compare=False)
    event: str = field(compare=False)
    attempt: int = field(default=1, compare=False)


class Webhooks:
    """Sends the company's events from a thread of its own, which begins with the first rule. ``close`` ends it."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._rules: list[Rule] = []
        self._follow: Callable[[], Rule | None] | None = None
        self._due: list[_Due] = []
        self._number = 0
        self._closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self.deliveries: deque[Delivery] = deque(maxlen=_KEPT)
        for org in company.organizations.values():
            for collection in org.collections.values():
                collection.observer = self._observer(org)

    def set_rules(self, rules: Iterable[Rule]) -> None:
        """Use these rules from now on, and no others."""
        with self._changed:
            self._rules = list(rules)
        self._begin()

    def rules(self) -> list[Rule]:
        """The rules in use."""
        with self._changed:
            return list(self._rules)

    def follow(self, rule: Callable[[], Rule | None]) -> None:
        """Ask this for one more rule whenever something happened: its address may not exist yet."""
        self._follow = rule
        self._begin()

    def wait_quiet(self, seconds: float = 10.0) -> bool:
        """Wait until nothing is left to send; False when that takes too long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._due, seconds)

    def close(self) -> None:
        """Send nothing any more."""
        with self._changed:
            self._closed = True
            self._due.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._closed = False

    def _begin(self) -> None:
        with self._changed:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="demo-webhooks")
                self._thread.start()

    def _observer(self, org: Organization) -> Callable[[str, str, str], None]:
        first = next(iter(self._company.organizations.values())) is org

        def noticed(module: str, record_id: str, event: str) -> None:
            if self._thread is None or module not in MODULES:
                return
            with self._changed:
                for rule in (*self._rules, *((_FOLLOWED,) if self._follow is not None else ())):
                    meant = first if rule.organization_id is None else rule.organization_id == org.id
                    meant |= rule is _FOLLOWED
                    if meant and module in rule.modules and event in rule.events:
                        for _ in range(rule.copies):
                            self._add(_Due(time.monotonic() + rule.delay, 0, rule, org.id, module, record_id, event))

        return noticed

    def _add(self, due: _Due) -> None:
        self._number += 1
        due.number = self._number
        self._due.append(due)
        self._changed.notify_all()

    # Sending

    def _run(self) -> None:
        while (due := self._next()) is not None:
            rule = self._follow() if due.rule is _FOLLOWED and self._follow is not None else due.rule
            if rule is not None and (due.rule is rule or rule.organization_id == due.organization_id):
                self._deliver(due, rule)
            with self._changed:
                if due in self._due:
                    self._due.remove(due)
                self._changed.notify_all()

    def _next(self) -> _Due | None:
        with self._changed:
            while not self._closed:
                first = min(self._due, default=None)
                wait = None if first is None else first.at - time.monotonic()
                if first is not None and wait is not None and wait <= 0:
                    return first
                self._changed.wait(wait)
            return None

    def _deliver(self, due: _Due, rule: Rule) -> None:
        content_type, body = self._body(due, rule)
        began = time.monotonic()
        status = post(rule, due.module, due.event, content_type, body)
        took = time.monotonic() - began
        self.deliveries.append(Delivery(due.module, due.record_id, due.event, status, due.attempt, took))
        if not 200 <= status < 300 and due.attempt <= rule.retries:
            again = time.monotonic() + rule.pause * 2.0 ** (due.attempt - 1)
            with self._changed:
                args = (due.organization_id, due.module, due.record_id, due.event)
                self._add(_Due(again, 0, due.rule, *args, attempt=due.attempt + 1))

    def _body(self, due: _Due, rule: Rule) -> tuple[str, bytes]:
        org = self._company.organizations[due.organization_id]
        with self._company.lock:
            face, record = faces.FACES[due.module], org[due.module].get(due.record_id)
            node: dict[str, Any] = {face.id_field: due.record_id}
            if record is not None and due.event != "deleted":
                org.new_day()
                node = msgspec.json.decode(faces.encode(faces.detail(org, due.module, record)))
        return encoded(rule.kind, org.id, face.detail_key, face.id_field, node)


def encoded(kind: Kind, organization_id: str, key: str, id_field: str, node: dict[str, Any]) -> tuple[str, bytes]:
    """Content type and body of one event, in one of the ways in which a webhook can be set up."""
    payload = json.dumps({"organization_id": organization_id, key: node}, ensure_ascii=False)
    if kind == "json":
        return "application/json", payload.encode()
    pairs = {"JSONString": payload}
    if kind == "form":
        names = [id_field, *(name for name in _FORM_FIELDS if node.get(name))]
        pairs = {"organization_id": organization_id, **{name: str(node[name]) for name in names}}
    return "application/x-www-form-urlencoded", urlencode(pairs).encode()


def signed(secret: str, query: str, content_type: str, body: bytes) -> str:
    """Zoho's signature: sorted pairs of query and form, decoded and joined; behind them what is no form."""
    is_form = content_type.startswith("application/x-www-form-urlencoded")
    pairs = parse_qsl(query, keep_blank_values=True)
    pairs += parse_qsl(body.decode(), keep_blank_values=True) if is_form else []
    pairs.sort(key=lambda pair: pair[0])
    text = "".join(key + value for key, value in pairs).encode() + (b"" if is_form else body)
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def post(rule: Rule, module: str, event: str, content_type: str, body: bytes) -> int:
    """Send one request; returns the status, 0 where nobody answered."""
    parts = urlsplit(rule.url)
    path = parts.path.rstrip("/") + (f"/{module}/{event}" if rule.suffix else "")
    target = f"{path or '/'}?{parts.query}" if parts.query else path or "/"
    headers = {
        "Content-Type": content_type,
        "User-Agent": "ZohoBooks (demo)",
        "X-Zoho-Webhook-Signature": signed(rule.secret, parts.query, content_type, body),
    }
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request(rule.method, target, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
    return answer.status


_FOLLOWED = Rule("", "")
"""Stands in for the rule that is asked for when an event leaves."""
