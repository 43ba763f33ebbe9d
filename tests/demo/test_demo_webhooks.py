"""The demo company's webhooks: sent after each change, signed, with copies, delays and retries as they are set up."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.demo.webhooks import Rule, signed

SECRET = "zbdesk1secret2026"


class Hook:
    """Somebody who listens. ``answers``: statuses to give, one a request; then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append((self.path, dict(self.headers), body))
                self.send_response(hook.answers.pop(0) if hook.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def nodes(self) -> list[dict[str, Any]]:
        """The JSON that came."""
        return [json.loads(body) for _, _, body in self.got]


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A listener."""
    made = Hook()
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """A fresh company."""
    with DemoServer(DemoOptions()) as made:
        yield made


def test_a_change_is_sent_signed_as_it_is_then(server: DemoServer, hook: Hook) -> None:
    """Zoho's default payload, with the record as the detail call shows it, and its signature over these bytes."""
    server.webhooks.set_rules([Rule(hook.url, SECRET)])
    org = server.company.org()
    one = org.ids("invoices")[0]
    org.edit("invoices", one, reference_number="Ü 1")
    assert server.webhooks.wait_quiet()
    ((path, headers, body),) = hook.got
    assert path == "/hook/invoices/edited"
    assert headers["X-Zoho-Webhook-Signature"] == signed(SECRET, "", headers["Content-Type"], body)
    assert json.loads(body) == {"organization_id": org.id, "invoice": org.get("invoices", one)}


def test_making_and_deleting_are_events_too(server: DemoServer, hook: Hook) -> None:
    """A deletion's payload holds the id only."""
    server.webhooks.set_rules([Rule(hook.url, SECRET, modules=("contacts",))])
    org = server.company.org()
    one = org.put("contacts", contact_name="Heron")
    org.delete("contacts", one)
    assert server.webhooks.wait_quiet()
    assert [path.rpartition("/")[2] for path, _, _ in hook.got][-1] == "deleted"
    assert hook.nodes()[-1] == {"organization_id": org.id, "contact": {"contact_id": one}}
    assert hook.got[0][0] == "/hook/contacts/created"


def test_a_write_through_the_api_is_an_event(server: DemoServer, hook: Hook) -> None:
    """Our own writes come back as events, as with Zoho."""
    token = httpx.post(
        f"{server.url}/oauth/v2/token",
        data={
            "grant_type": "authorization_code",
            "client_id": server.credentials.client_id,
            "client_secret": server.credentials.client_secret,
            "code": server.credentials.grant_code(),
        },
        trust_env=False,
    ).json()["access_token"]
    server.webhooks.set_rules([Rule(hook.url, SECRET)])
    answer = httpx.post(
        f"{server.url}/books/v3/contacts",
        params={"organization_id": server.company.org().id},
        json={"contact_name": "By the API"},
        headers={"Authorization": f"Zoho-oauthtoken {token}"},
        trust_env=False,
    )
    assert answer.status_code == 201
    assert server.webhooks.wait_quiet()
    assert "By the API" in {node["contact"].get("contact_name") for node in hook.nodes() if "contact" in node}


def test_forms_carry_fields_or_the_json(server: DemoServer, hook: Hook) -> None:
    """Both other kinds of body, signed by their decoded pairs."""
    server.webhooks.set_rules([Rule(hook.url, SECRET, kind="form"), Rule(hook.url, SECRET, kind="jsonstring")])
    org = server.company.org()
    one = org.ids("items")[0]
    org.edit("items", one, description="100 % & more")
    assert server.webhooks.wait_quiet()
    plain, wrapped = (parse_qs(body.decode()) for _, _, body in hook.got)
    assert plain["item_id"] == [one]
    assert json.loads(wrapped["JSONString"][0])["item"]["item_id"] == one
    for _, headers, body in hook.got:
        assert headers["X-Zoho-Webhook-Signature"] == signed(SECRET, "", headers["Content-Type"], body)


def test_copies_and_retries(server: DemoServer, hook: Hook) -> None:
    """Each event as often as is set up; a refused delivery again, with growing pauses, and no more than that."""
    hook.answers = [500, 503]
    server.webhooks.set_rules([Rule(hook.url, SECRET, retries=2, pause=0.01)])
    org = server.company.org()
    org.edit("invoices", org.ids("invoices")[0], reference_number="R")
    assert server.webhooks.wait_quiet()
    assert [one.status for one in server.webhooks.deliveries] == [500, 503, 200]
    server.webhooks.set_rules([Rule(hook.url, SECRET, copies=3)])
    org.edit("invoices", org.ids("invoices")[0], reference_number="S")
    assert server.webhooks.wait_quiet()
    assert len(hook.got) == 6
    hook.answers = [500, 500]
    server.webhooks.set_rules([Rule(hook.url, SECRET)])
    org.edit("invoices", org.ids("invoices")[0], reference_number="T")
    assert server.webhooks.wait_quiet()
    assert len(hook.got) == 7


def test_nobody_there_is_no_trouble(server: DemoServer) -> None:
    """Without a listener the company goes on."""
    server.webhooks.set_rules([Rule("http://127.0.0.1:9/none", SECRET)])
    server.company.tick()
    assert server.webhooks.wait_quiet()
    assert all(one.status == 0 for one in server.webhooks.deliveries)


def test_rules_are_set_over_http_and_secrets_never_shown(server: DemoServer, hook: Hook) -> None:
    """What the command line and tests in other languages use."""
    url = f"{server.url}/demo/webhooks"
    answer = httpx.put(url, json=[{"url": hook.url, "secret": SECRET, "modules": ["contacts"]}], trust_env=False)
    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert [rule.modules for rule in server.webhooks.rules()] == [("contacts",)]
    for bad in ('[{"url": 1, "secret": "x"}]', '[{"url": "x", "secret": "x", "what": 1}]', "{", '[{"url": "x"}]'):
        assert httpx.put(url, content=bad, trust_env=False).status_code == 400
    server.company.tick()
    assert httpx.delete(url, trust_env=False).json()["rules"] == []
    assert server.webhooks.rules() == []


def test_other_organizations_and_modules_are_quiet(server: DemoServer, hook: Hook) -> None:
    """A rule belongs to one organization, and settings have none."""
    server.webhooks.set_rules([Rule(hook.url, SECRET)])
    first, second = server.company.organizations.values()
    second.edit("contacts", second.ids("contacts")[0], notes="x")
    first.edit("currencies", first.ids("currencies")[0], currency_symbol="x")
    assert server.webhooks.wait_quiet()
    assert hook.got == []
