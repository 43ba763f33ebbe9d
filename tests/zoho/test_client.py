"""One call: what each kind of answer becomes, what is tried again, what never is."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from zbdesk.domain.errors import RejectedError, ThrottledError, TransientError, UnknownOutcomeError, ZbdeskError
from zbdesk.zoho.answers import CODES
from zbdesk.zoho.errors import (
    BadQuestion,
    CallsThrottled,
    Duplicate,
    Invalid,
    NetworkDown,
    NoPermission,
    NotFound,
    NotJson,
    NotSent,
    ServerFault,
    TimedOut,
    TokenRefused,
    UntrustedCertificate,
    WriteInDoubt,
    WrongOrganization,
)
from zbdesk.zoho.limits import Priority

from .fakes import ORGANIZATION, Books, FakeClock, FakeLedger, FakeTokens, bad, good, rows_of, script

pytestmark = pytest.mark.anyio


async def test_every_call_says_who_asks_for_which_organization() -> None:
    """Token in Zoho's own header form, organization in the query, a name, and values encoded."""
    books = Books(lambda _: good(contacts=[]))
    await books.client.get("/contacts", {"last_modified_time": "2026-09-20T00:00:00+0000"})
    request = books.requests[0]
    assert str(request.url).startswith("https://www.zohoapis.eu/books/v3/contacts?")
    assert b"%2B0000" in request.url.query
    assert request.url.params["organization_id"] == ORGANIZATION
    assert request.headers["authorization"] == "Zoho-oauthtoken 1000.secret-access-1"
    assert request.headers["user-agent"].startswith("zbdesk/")
    assert request.extensions["timeout"]["read"] == 45.0


async def test_organizations_are_asked_without_one() -> None:
    """The one call that carries no organization id."""
    books = Books(lambda _: good(organizations=[]))
    await books.client.get("/organizations", organization=False)
    assert parse_qs(urlsplit(str(books.requests[0].url)).query) == {}


async def test_the_body_is_handed_out_as_sent() -> None:
    """A good answer's bytes, not a digit re-written."""
    body = b' {"code" : 0,"message":"success","invoices":[{"total":1.50}]}\n'
    books = Books(lambda _: httpx.Response(200, content=body))
    assert await books.client.get("/invoices") == body


@pytest.mark.parametrize("body", [b'{"message":"success","code":0,"x":1}', b'{"code":"0","x":1}'])
async def test_an_envelope_in_another_order_is_good_too(body: bytes) -> None:
    """The quick look at the first bytes is a shortcut, not the rule."""
    books = Books(lambda _: httpx.Response(201, content=body))
    assert await books.client.get("/x") == body


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 2, BadQuestion),
        (404, 5, BadQuestion),
        (405, 0, BadQuestion),
        (404, 1002, NotFound),
        (400, 1002, NotFound),
        (404, 1004, NotFound),
        (404, 12345, NotFound),
        (403, 99, NoPermission),
        (400, 57, NoPermission),
        (403, 57, NoPermission),
        (401, 57, NoPermission),
        (401, 14, TokenRefused),
        (400, 6041, WrongOrganization),
        (400, 3062, Duplicate),
        (400, 11002, Duplicate),
        (400, 13011, Duplicate),
        (400, 4, Invalid),
        (400, 1001, Invalid),
        (400, 110942, Invalid),
        (400, 987654, Invalid),
        (200, 4001, Invalid),
        (500, 1000, ServerFault),
        (400, 1000, ServerFault),
        (503, 7, ServerFault),
    ],
)
async def test_the_table_of_codes(status: int, code: int, kind: type[ZbdeskError]) -> None:
    """By status, then by code, else a validation failure; each says what is so and carries Zoho's code."""
    books = Books(lambda _: bad(status, code, "Zoho's own words"), max_tries=1)
    with pytest.raises(kind) as caught:
        await books.client.get("/invoices/1", part="Invoices")
    assert caught.value.title
    assert caught.value.message
    assert caught.value.code == str(code)
    if isinstance(caught.value, RejectedError):
        assert caught.value.reason == "Zoho's own words"
        assert caught.value.http_status == status


def test_each_code_of_the_table_is_text() -> None:
    """Codes are compared as text, since Zoho sends them as both."""
    assert all(code.isdecimal() for code in CODES)


@pytest.mark.parametrize("code", [3062, 13011])
async def test_a_duplicate_says_whether_number_or_name(code: int) -> None:
    """The cause is one of the stable words of the problem list."""
    books = Books(lambda _: bad(400, code))
    with pytest.raises(Duplicate) as caught:
        await books.client.write("POST", "/contacts", body=b"{}")
    assert caught.value.cause == {3062: "duplicate_name", 13011: "duplicate_number"}[code]


@pytest.mark.parametrize(
    "passing",
    [
        httpx.ConnectError("x"),
        httpx.ReadTimeout("x"),
        httpx.RemoteProtocolError("x"),
        httpx.Response(502, text="<html>"),
        httpx.Response(200, text="<html>sign on to this network"),
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b'{"code":0,"invoices":['),
        httpx.Response(302, headers={"location": "https://portal.example/"}),
        httpx.Response(404, text="<html>"),
        bad(500, 1000),
    ],
)
async def test_a_read_is_repeated_while_that_can_help(passing: httpx.Response | Exception) -> None:
    """Whatever says nothing about the question is asked again, with a growing wait."""
    books = Books(script(passing, passing, good(x=1)))
    await books.client.get("/invoices")
    assert books.client.calls == 3 == books.ledger.used
    assert len(books.clock.slept) == 2
    assert 0 <= books.clock.slept[0] < 1
    assert 0 <= books.clock.slept[1] < 2


@pytest.mark.parametrize(
    ("lasting", "kind"),
    [
        (httpx.ConnectError("x"), NotSent),
        (httpx.ReadError("x"), NetworkDown),
        (httpx.ReadTimeout("x"), TimedOut),
        (httpx.Response(502, text="<html>"), ServerFault),
        (httpx.Response(403, text="<html>blocked by proxy"), NotJson),
        (bad(500, 1000), ServerFault),
    ],
)
async def test_a_read_gives_up_after_a_few_tries(
    lasting: httpx.Response | Exception, kind: type[TransientError]
) -> None:
    """Five tries, then the last failure in words."""
    books = Books(script(lasting))
    with pytest.raises(kind):
        await books.client.get("/invoices")
    assert books.client.calls == 5
    assert (books.gate.running, books.gate.waiting) == (0, 0)


async def test_a_refusal_is_not_repeated() -> None:
    """What Zoho understood and refused is asked once."""
    books = Books(lambda _: bad(400, 2))
    with pytest.raises(BadQuestion):
        await books.client.get("/invoices")
    assert books.client.calls == 1


@pytest.mark.parametrize(("header", "calls"), [("7", 2), ("3600", 1)])
async def test_the_wait_that_a_503_asks_for_is_kept(header: str, calls: int) -> None:
    """A short one is waited out; a long one ends the call."""
    books = Books(script(httpx.Response(503, text="x", headers={"Retry-After": header}), good(x=1)))
    if calls == 2:
        await books.client.get("/x")
        assert books.clock.slept == [7.0]
    else:
        with pytest.raises(ServerFault) as caught:
            await books.client.get("/x")
        assert caught.value.retry_after == 3600
    assert books.client.calls == calls


async def test_an_untrusted_certificate_is_said_plainly() -> None:
    """A clock that is off or a company's TLS proxy is no "network down"."""
    error = httpx.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    books = Books(script(error), max_tries=1)
    with pytest.raises(UntrustedCertificate):
        await books.client.get("/x")


async def test_an_old_token_is_renewed_once() -> None:
    """401 with 57 or 14: renew, ask again, done."""
    books = Books(script(bad(401, 57), good(x=1)))
    await books.client.get("/invoices")
    assert books.tokens.refused == ["1000.secret-access-1"]
    assert books.requests[1].headers["authorization"] == "Zoho-oauthtoken 1000.secret-access-2"


async def test_a_new_token_that_is_refused_too_means_no_permission() -> None:
    """Code 57 with a fresh token is about role, plan or scope; the module is named."""
    books = Books(lambda _: bad(401, 57, "You are not authorized"))
    with pytest.raises(NoPermission) as caught:
        await books.client.get("/fixedassets", part="Fixed assets")
    assert caught.value.subject == "Fixed assets"
    assert books.client.calls == 2
    assert len(books.tokens.refused) == 1


async def test_a_token_that_cannot_be_renewed_is_not_tried_again() -> None:
    """When the source says no, the answer stands."""
    books = Books(lambda _: bad(401, 57), tokens=FakeTokens(renewals=0))
    with pytest.raises(NoPermission):
        await books.client.get("/x")
    assert books.client.calls == 1


async def test_a_short_refusal_is_waited_out() -> None:
    """429 with 44 and no Retry-After: a minute of silence, then the same question; it costs no try."""
    books = Books(script(bad(429, 44), good(x=1)))
    await books.client.get("/x")
    assert books.clock.seconds == 60
    assert books.client.calls == 2


async def test_a_long_refusal_is_raised_at_once() -> None:
    """An hour: the time is in the error, the ledger keeps it, and no further call is made."""
    books = Books(lambda _: bad(429, 43, **{"Retry-After": "3600"}))
    for _ in range(2):
        with pytest.raises(CallsThrottled) as caught:
            await books.client.get("/x")
        assert caught.value.wait == 3600
    assert books.client.calls == 1
    assert books.clock.seconds == 0


async def test_refusals_without_end_end() -> None:
    """A server that asks for a second for ever is left alone at some point."""
    books = Books(lambda _: bad(429, 44, **{"Retry-After": "1"}), max_tries=1)
    with pytest.raises(ServerFault):
        await books.client.get("/x")
    assert books.client.calls == 20


async def test_one_call_waits_a_minute_in_all() -> None:
    """Half a minute asked for again and again: after the first whole minute the wait is the caller's to decide."""
    books = Books(lambda _: bad(429, 44, **{"Retry-After": "25"}))
    with pytest.raises(CallsThrottled) as caught:
        await books.client.get("/x")
    assert (books.client.calls, books.clock.seconds) == (3, 50)
    assert caught.value.wait == 25


async def test_an_address_that_is_refused_each_time_ends_after_a_minute_whatever_else_is_answered() -> None:
    """429 with 44 and no Retry-After for one list, good answers for the rest: a minute's wait and then the time."""
    told: list[int] = []

    def zoho(request: httpx.Request) -> httpx.Response:
        return bad(429, 44) if request.url.path.endswith("/contacts") else good(x=1)

    books = Books(zoho)
    books.client.on_silence = lambda: told.append(round(books.clock.seconds))
    asked = await asyncio.gather(
        *(books.client.get(path) for path in ("/items", "/contacts", "/bills")), return_exceptions=True
    )
    with pytest.raises(CallsThrottled):
        await books.client.get("/contacts")
    assert isinstance(asked[0], bytes)
    assert isinstance(asked[1], CallsThrottled)
    assert books.clock.seconds == 60
    assert told == [0, 60]
    assert books.ledger.until == books.clock.now() + timedelta(minutes=15)


@pytest.mark.parametrize("per_minute", [60, 90, 0])
async def test_a_load_of_350_pages_under_zohos_real_limit(per_minute: int) -> None:
    """A hundred a minute, 429 without Retry-After: the load ends by itself, at that pace, with no row missing."""
    clock = FakeClock()
    arrived: list[float] = []
    refused = 0

    async def zoho(request: httpx.Request) -> httpx.Response:
        nonlocal refused
        await clock.sleep(0.15)
        if sum(1 for at in arrived if at > clock.seconds - 60) >= 100:
            refused += 1
            return bad(429, 44, "For security reasons you have been blocked for some time")
        arrived.append(clock.seconds)
        page = int(request.url.params["page"])
        return good(invoices=rows_of(200, first=page * 200), page_context={"has_more_page": page < 350})

    books = Books(zoho, per_minute=per_minute, clock=clock)
    bodies = await asyncio.gather(*(books.client.get("/invoices", {"page": str(page)}) for page in range(1, 351)))
    ids = {row["invoice_id"] for body in bodies for row in json.loads(body)["invoices"]}
    assert len(ids) == 70_000
    assert refused <= (0 if per_minute else 4)
    assert clock.seconds < 60 * (350 / (per_minute or 90) + 2)


async def test_what_answers_say_about_the_day_reaches_the_ledger() -> None:
    """Quota headers are read whatever their case."""
    answer = good(x=1)
    answer.headers.update({"X-RATE-LIMIT-Limit": "5000", "x-rate-limit-REMAINING": "4999", "X-Rate-Limit-Reset": "60"})
    books = Books(lambda _: answer)
    await books.client.get("/x")
    assert books.ledger.known == 5000


async def test_zohos_clock_is_compared_with_ours() -> None:
    """The Date header tells how far this computer's clock is off."""
    answer = good(x=1)
    answer.headers["Date"] = "Sat, 21 Nov 2026 14:00:00 GMT"
    books = Books(lambda _: answer)
    await books.client.get("/x")
    assert books.client.clock_skew_seconds == 26 * 3600
    assert books.client.last_contact_at == books.clock.now()


async def test_each_try_is_told() -> None:
    """The listener sees the count after every call, failed ones included."""
    counts: list[int] = []
    books = Books(script(httpx.ReadError("x"), good(x=1)))
    books.client.on_call = counts.append
    await books.client.get("/x", priority=Priority.USER)
    assert counts == [1, 2]


async def test_a_cancelled_call_gives_its_place_back() -> None:
    """Stop ends a call in flight and leaves the gate open."""
    arrived = asyncio.Event()

    async def never(_: httpx.Request) -> httpx.Response:
        arrived.set()
        await asyncio.Event().wait()
        return good()

    books = Books(never, parallel=1)
    task = asyncio.create_task(books.client.get("/x"))
    await arrived.wait()
    assert books.gate.running == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (books.gate.running, books.gate.waiting) == (0, 0)


# ---- writes


async def test_a_write_sends_json_once() -> None:
    """Method, body and extra headers as given."""
    books = Books(lambda _: httpx.Response(201, json={"code": 0, "contact": {}}))
    await books.client.write("POST", "/contacts", {"a": "b"}, b'{"x":1}', headers={"X-Upsert": "true"})
    request = books.requests[0]
    assert (request.method, request.content, request.headers["x-upsert"]) == ("POST", b'{"x":1}', "true")
    assert request.headers["content-type"] == "application/json"


@pytest.mark.parametrize("error", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")])
async def test_a_write_that_never_left_says_so(error: Exception) -> None:
    """No connection: safe to repeat, and not repeated here."""
    books = Books(script(error))
    with pytest.raises(NotSent):
        await books.client.write("POST", "/contacts", body=b"{}")
    assert books.client.calls == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("x"),
        httpx.WriteError("x"),
        httpx.RemoteProtocolError("x"),
        httpx.Response(502, text="<html>"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=b""),
        bad(500, 1000),
    ],
)
async def test_a_write_in_doubt_is_never_repeated(answer: httpx.Response | Exception) -> None:
    """Sent, and no usable answer: one call, and an error that says to look first."""
    books = Books(script(answer))
    with pytest.raises(WriteInDoubt) as caught:
        await books.client.write("POST", "/invoices", body=b"{}")
    assert isinstance(caught.value, UnknownOutcomeError)
    assert books.client.calls == 1


async def test_a_refused_write_was_not_done() -> None:
    """429 and an old token are answers: nothing happened, so the same write may go again."""
    books = Books(script(bad(429, 44), bad(401, 57), good(x=1)))
    await books.client.write("PUT", "/invoices/1", body=b"{}")
    assert books.client.calls == 3


async def test_a_long_pause_ends_a_write_before_it_leaves() -> None:
    """A throttled organization gets no write either."""
    ledger = FakeLedger()
    ledger.until = FakeClock().now().replace(hour=13)
    books = Books(lambda _: good(x=1), ledger=ledger)
    with pytest.raises(ThrottledError):
        await books.client.write("POST", "/x", body=b"{}")
    assert books.requests == []


async def test_no_token_or_search_word_in_words_or_logs(caplog: pytest.LogCaptureFixture) -> None:
    """Marked values go through every kind of failure; neither errors nor any log level shows them."""
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []
    for answer in (
        bad(401, 57),
        bad(401, 14),
        bad(400, 6041),
        bad(429, 43, **{"Retry-After": "3600"}),
        httpx.Response(502, text="<html>"),
        httpx.ConnectError("x"),
        httpx.ReadTimeout("x"),
    ):
        for write in (False, True):
            client = Books(script(answer), max_tries=2).client
            call = (
                client.write("POST", "/x", {"q": "CUSTOMERname"}) if write else client.get("/x", {"q": "CUSTOMERname"})
            )
            with pytest.raises(ZbdeskError) as caught:
                await call
            error = caught.value
            seen += [repr(error), str(error), repr(vars(error)), repr(error.__cause__), repr(error.__context__)]
    seen += [record.getMessage() for record in caplog.records]
    assert any("/books/v3/x" in line for line in seen)
    assert not [line for line in seen if "secret-access" in line or "CUSTOMERname" in line]
