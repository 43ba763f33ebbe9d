"""Refusals, limits and faults; and a server that starts and stops cleanly."""

from __future__ import annotations

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer, run_forever

from .caller import Caller
from .conftest import TODAY


def codes(answer: httpx.Response) -> tuple[int, int]:
    """(HTTP status, Zoho's code)."""
    return answer.status_code, answer.json()["code"]


def test_refusals(reader: Caller) -> None:
    """Each kind of mistake has Zoho's own status and code."""
    org = reader.org.id
    bare = httpx.Client(base_url=reader.server.url, trust_env=False)
    assert codes(bare.get("/books/v3/contacts", params={"organization_id": org})) == (401, 14)
    wrong = {"Authorization": "Zoho-oauthtoken 1000.nothing"}
    assert codes(bare.get("/books/v3/contacts", params={"organization_id": org}, headers=wrong)) == (401, 57)
    bare.close()
    assert codes(reader.get("/nothing")) == (404, 5)
    assert codes(reader.get("/invoices/1")) == (404, 1002)
    assert codes(reader.get("/invoices", filter_by="Overdue")) == (400, 2)
    assert codes(reader.http.get("/books/v3/contacts", params={"organization_id": "1"})) == (400, 6041)
    assert codes(reader.http.get("/books/v3/contacts")) == (400, 6041)


def limited(options: DemoOptions, calls: int) -> list[httpx.Response]:
    """So many calls one after the other."""
    with DemoServer(options) as server:
        caller = Caller(server)
        answers = [caller.get("/users") for _ in range(calls)]
        server.clock.advance(61)
        answers.append(caller.get("/users"))
        caller.http.close()
    return answers


def test_minute_limit_recovers_by_itself() -> None:
    """Over the limit comes 44 without a hint; a minute later calls pass again."""
    answers = limited(DemoOptions(today=TODAY, calls_per_minute=3), 4)
    assert [codes(answer) for answer in answers] == [(200, 0)] * 3 + [(429, 44), (200, 0)]
    assert "retry-after" not in answers[3].headers


def test_block_lasts_an_hour() -> None:
    """Code 43 names its hour and holds beyond the minute."""
    answers = limited(DemoOptions(today=TODAY, calls_per_minute=3, over_minute_code=43), 4)
    assert [codes(answer) for answer in answers[3:]] == [(429, 43), (429, 43)]
    assert answers[3].headers["retry-after"] == "3600"


def test_daily_limit_and_headers() -> None:
    """Code 45 stands until the organization's midnight, and the headers count down to it."""
    answers = limited(DemoOptions(today=TODAY, daily=2, rate_headers=True), 3)
    assert [codes(answer) for answer in answers] == [(200, 0), (200, 0), (429, 45), (429, 45)]
    assert [answer.headers["x-rate-limit-remaining"] for answer in answers[:2]] == ["1", "0"]


def test_parallel_limit() -> None:
    """One call too many at the same time answers 1070."""
    with DemoServer(DemoOptions(today=TODAY, parallel=1)) as server:
        caller = Caller(server)
        hold = server.faults.hold(path="/users$")
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(caller.get, "/users")
            assert hold.arrived.wait(10)
            assert codes(caller.get("/items")) == (429, 1070)
            hold.release()
            assert codes(slow.result(10)) == (200, 0)
        caller.http.close()


def test_fault_hits_what_it_names_and_is_used_up(server: DemoServer, caller: Caller) -> None:
    """A fault waits for its method and path, and goes after its times."""
    server.faults.fail(503, path="/invoices$", method="GET", times=2)
    assert caller.get("/contacts").status_code == 200
    assert [caller.get("/invoices").status_code for _ in range(3)] == [503, 503, 200]


def test_proxy_page_instead_of_json(server: DemoServer, caller: Caller) -> None:
    """A proxy's page comes as HTML."""
    server.faults.html()
    answer = caller.get("/contacts")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (502, "text/html")


def test_cut_before_does_nothing(server: DemoServer, caller: Caller) -> None:
    """A connection cut before the work leaves no trace."""
    server.faults.drop(method="POST")
    before = len(caller.org["contacts"])
    with pytest.raises(httpx.RemoteProtocolError):
        caller.send("POST", "/contacts", {"contact_name": "Nobody"})
    assert len(caller.org["contacts"]) == before
    assert [one.status for one in server.requests.matching("/contacts$")] == [0]


def test_cut_after_has_done_the_work(server: DemoServer, caller: Caller) -> None:
    """A connection cut after the work leaves the record."""
    server.faults.drop(method="POST", after=True)
    with pytest.raises(httpx.RemoteProtocolError):
        caller.send("POST", "/contacts", {"contact_name": "Somebody"})
    assert any(contact.get("contact_name") == "Somebody" for contact in caller.org["contacts"])


def test_failure_after_the_work(server: DemoServer, caller: Caller) -> None:
    """A 500 may come although the record was made."""
    server.faults.fail(500, method="POST", after=True)
    assert codes(caller.send("POST", "/contacts", {"contact_name": "Somebody"})) == (500, 1000)
    assert any(contact.get("contact_name") == "Somebody" for contact in caller.org["contacts"])


def test_lists_can_be_mangled(server: DemoServer, caller: Caller) -> None:
    """A row twice, no list at all, an empty list, half of the JSON: each once."""
    server.faults.duplicate_rows(path="/items")
    ids = [row["item_id"] for row in caller.get("/items").json()["items"]]
    assert len(ids) == len(set(ids)) + 1
    server.faults.keyless(path="/items")
    assert "items" not in caller.get("/items").json()
    server.faults.empty_list(path="/items")
    assert caller.get("/items").json()["items"] == []
    server.faults.truncate(path="/items")
    with pytest.raises(json.JSONDecodeError):
        caller.get("/items").json()
    assert len(caller.get("/items").json()["items"]) == len(caller.org["items"])


def test_edit_between_two_pages(server: DemoServer, caller: Caller) -> None:
    """Something can happen just before a page is read."""
    first = caller.org.ids("items")[0]
    server.faults.during(lambda: caller.org.edit("items", first, name="Changed meanwhile"), path="/items")
    assert "Changed meanwhile" in caller.get("/items").text


def test_tokens_can_be_taken_away(server: DemoServer, caller: Caller) -> None:
    """Expired tokens can be refreshed, revoked ones cannot."""
    known = {"client_id": server.options.client_id, "client_secret": server.options.client_secret}
    body = {**known, "grant_type": "refresh_token", "refresh_token": caller.refresh_token}
    server.faults.expire_tokens()
    assert caller.get("/items").status_code == 401
    assert "access_token" in caller.http.post("/oauth/v2/token", data=body).json()
    server.faults.revoke()
    assert caller.http.post("/oauth/v2/token", data=body).json() == {"error": "invalid_code"}


def test_throttle_fault_carries_its_hint(server: DemoServer, caller: Caller) -> None:
    """A 429 can be ordered with any code and wait."""
    server.faults.throttle(43, retry_after=3600)
    answer = caller.get("/items")
    assert (*codes(answer), answer.headers["retry-after"]) == (429, 43, "3600")


def test_log_keeps_no_secret(server: DemoServer, caller: Caller) -> None:
    """The log knows method, path, parameters and status, never a token or secret."""
    caller.http.post("/oauth/v2/token", data={"client_secret": "marked", "client_id": "x"})
    caller.get("/items", page=1)
    assert [(one.method, one.path, one.status) for one in server.requests.books()] == [("GET", "/books/v3/items", 200)]
    assert "marked" not in repr(list(server.requests))
    assert len(server.requests.token_requests()) == 1


def test_stopping_leaves_nothing_behind() -> None:
    """After stop the port is free and the thread gone, even with a request that waits; twice is harmless."""
    before = threading.active_count()
    server = DemoServer(DemoOptions(today=TODAY))
    url = server.start()
    server.live(3600)
    caller = Caller(server)
    hold = server.faults.hold()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(caller.get, "/items")
        assert hold.arrived.wait(10)
        server.stop()
        assert waiting.exception(10) is None or isinstance(waiting.exception(), httpx.HTTPError)
    server.stop()
    caller.http.close()
    assert threading.active_count() == before
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) != 0


def test_taken_port_is_an_error() -> None:
    """A port that somebody else has is refused at once."""
    with DemoServer(DemoOptions(today=TODAY)) as first, pytest.raises(OSError):
        DemoServer(DemoOptions(today=TODAY), company=first.company).start(int(first.url.rpartition(":")[2]))


def test_run_forever_until_told() -> None:
    """The command line's way in: ready once with the credentials, then until the event."""
    until = threading.Event()
    seen = []

    def ready(credentials: object) -> None:
        seen.append(credentials)
        until.set()

    run_forever(DemoOptions(today=TODAY), ready=ready, until=until)
    assert len(seen) == 1
    assert "demo5ecret" not in repr(seen[0])


def test_front_page_tells_how_to_connect(reader: Caller) -> None:
    """The front page shows addresses, client, a fresh code and the organizations."""
    page = reader.http.get("/").text
    for text in (
        reader.server.url,
        reader.server.options.client_id,
        "--grant-code",
        "Harbour Lane Studio Ltd",
        "http://localhost:8976/callback",
    ):
        assert text in page
    assert reader.http.post("/demo/grant-code").json()["grant_code"].startswith("1000.")
