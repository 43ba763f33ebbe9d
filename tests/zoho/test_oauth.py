"""The steps of signing in, against an accounts server that answers from a script."""

from __future__ import annotations

import base64
import hashlib
import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from zbdesk.domain.errors import AuthError, Budget, SetupError, TransientError, ZbdeskError
from zbdesk.zoho import errors, sign_in_errors
from zbdesk.zoho.datacentres import DATA_CENTRES, custom
from zbdesk.zoho.oauth import Credentials, Pkce, SignIn, Tokens, new_state, refusal

from .fakes import BEGIN, FakeClock, script

pytestmark = pytest.mark.anyio

EU = DATA_CENTRES["eu"]
US = DATA_CENTRES["us"]
MARKED = ("SECRETsecret", "CODEcode", "ACCESSaccess", "REFRESHrefresh", "VERIFIERverifier")
CREDENTIALS = Credentials(EU, "1000.CLIENT", MARKED[0])
GOOD = {
    "access_token": MARKED[2],
    "refresh_token": MARKED[3],
    "api_domain": "https://www.zohoapis.eu",
    "expires_in": 3600,
    "scope": "ZohoBooks.contacts.READ ZohoBooks.invoices.READ",
}
REDIRECT = "http://localhost:8976/callback"


class Accounts:
    """An accounts server and a ``SignIn`` that talks to it."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.requests: list[httpx.Request] = []
        answer = script(*answers)

        def handler(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return answer(request)

        self.sign_in = SignIn(httpx.AsyncClient(transport=httpx.MockTransport(handler)), FakeClock(), timeout=30)

    def form(self, at: int = 0) -> dict[str, str]:
        """The body of a request."""
        return {key: values[0] for key, values in parse_qs(self.requests[at].content.decode()).items()}

    async def exchange(self, credentials: Credentials = CREDENTIALS, **options: str) -> Tokens:
        """Exchange the marked code."""
        return await self.sign_in.exchange(
            credentials, MARKED[1], redirect_uri=REDIRECT, scopes=("ZohoBooks.contacts.READ",), **options
        )


def said(status: int, /, **body: object) -> httpx.Response:
    """An answer of the accounts server."""
    return httpx.Response(status, json=body)


def test_the_consent_address_asks_for_a_lasting_permission() -> None:
    """Offline and consent, scopes with commas, the state, and the redirect exactly as registered."""
    url = Accounts(said(200)).sign_in.consent_url(
        CREDENTIALS, redirect_uri=REDIRECT, scopes=("a.READ", "b.READ"), state="st", pkce=Pkce.new()
    )
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://accounts.zoho.eu/oauth/v2/auth"
    assert parse_qs(parts.query) == {
        "client_id": ["1000.CLIENT"],
        "response_type": ["code"],
        "redirect_uri": [REDIRECT],
        "scope": ["a.READ,b.READ"],
        "access_type": ["offline"],
        "prompt": ["consent"],
        "state": ["st"],
    }


def test_pkce_only_for_the_client_type_that_takes_it() -> None:
    """The S256 challenge is the hash of the verifier, without padding."""
    pkce = Pkce.new()
    url = Accounts(said(200)).sign_in.consent_url(
        Credentials(EU, "c", "s", pkce=True), redirect_uri=REDIRECT, scopes=("a",), state="s", pkce=pkce
    )
    query = parse_qs(urlsplit(url).query)
    digest = hashlib.sha256(pkce.verifier.encode()).digest()
    assert query["code_challenge_method"] == ["S256"]
    assert query["code_challenge"] == [base64.urlsafe_b64encode(digest).decode().rstrip("=")]
    assert 43 <= len(pkce.verifier) <= 128


def test_states_cannot_be_guessed() -> None:
    """Two are never the same, and long enough."""
    assert new_state() != new_state()
    assert len(new_state()) >= 43


async def test_the_code_goes_to_the_server_that_the_redirect_named() -> None:
    """Secrets in the form body, nothing in the address; the answer says where the API is."""
    accounts = Accounts(said(200, **GOOD))
    tokens = await accounts.exchange(
        Credentials(US, "1000.CLIENT", MARKED[0]), accounts_server="https://accounts.zoho.eu"
    )
    assert str(accounts.requests[0].url) == "https://accounts.zoho.eu/oauth/v2/token"
    assert accounts.form() == {
        "grant_type": "authorization_code",
        "code": MARKED[1],
        "redirect_uri": REDIRECT,
        "client_id": "1000.CLIENT",
        "client_secret": MARKED[0],
    }
    assert (tokens.access_token, tokens.refresh_token) == (MARKED[2], MARKED[3])
    assert (tokens.api_url, tokens.accounts_url) == ("https://www.zohoapis.eu", "https://accounts.zoho.eu")
    assert tokens.location == "eu"
    assert tokens.expires_at == BEGIN + timedelta(hours=1)
    assert tokens.scopes == ("ZohoBooks.contacts.READ", "ZohoBooks.invoices.READ")


async def test_the_verifier_goes_with_the_code() -> None:
    """PKCE clients send it besides the secret."""
    accounts = Accounts(said(200, **GOOD))
    await accounts.sign_in.exchange(
        Credentials(EU, "c", "s", pkce=True), "x", redirect_uri=REDIRECT, scopes=(), pkce=Pkce(MARKED[4])
    )
    assert accounts.form()["code_verifier"] == MARKED[4]


async def test_an_untrusted_server_gets_nothing() -> None:
    """A redirect that names a foreign server ends the sign-in before any request."""
    accounts = Accounts(said(200, **GOOD))
    with pytest.raises(sign_in_errors.UntrustedServer):
        await accounts.exchange(accounts_server="https://accounts.zoho.eu.evil.example")
    assert accounts.requests == []


async def test_an_untrusted_api_domain_ends_the_sign_in() -> None:
    """A token is never used with an address outside the table."""
    accounts = Accounts(said(200, **{**GOOD, "api_domain": "https://evil.example"}))
    with pytest.raises(sign_in_errors.UntrustedServer):
        await accounts.exchange()


async def test_a_custom_region_keeps_its_path_prefix() -> None:
    """A server that serves several regions below one origin."""
    accounts = Accounts(said(200, access_token="t", api_domain="http://127.0.0.1:9000"))
    local = Credentials(custom("http://127.0.0.1:9000", "http://127.0.0.1:9000"), "c", "s")
    tokens = await accounts.exchange(local, accounts_server="http://127.0.0.1:9000/_dc/eu")
    assert str(accounts.requests[0].url) == "http://127.0.0.1:9000/_dc/eu/oauth/v2/token"
    assert tokens.accounts_url == "http://127.0.0.1:9000/_dc/eu"


async def test_a_grant_code_needs_no_redirect() -> None:
    """The self client's code, trimmed, at the chosen data centre."""
    accounts = Accounts(said(200, **GOOD))
    await accounts.sign_in.exchange_grant_code(CREDENTIALS, f" {MARKED[1]}\n", scopes=("a",))
    assert accounts.form()["code"] == MARKED[1]
    assert "redirect_uri" not in accounts.form()


@pytest.mark.parametrize(
    ("expires_in", "seconds"),
    [(3600, 3600), ("1800", 1800), (3_600_000, 3600), (None, 3600), ("soon", 3600), (0, 3600)],
)
async def test_the_token_lives_as_long_as_it_says(expires_in: object, seconds: int) -> None:
    """Seconds, as text or number, or milliseconds as older answers have them."""
    accounts = Accounts(said(200, **{**GOOD, "expires_in": expires_in}))
    assert (await accounts.exchange()).expires_at == BEGIN + timedelta(seconds=seconds)


async def test_no_refresh_token_is_no_refresh_token() -> None:
    """None, so that the caller keeps the old one; missing scopes are those asked for."""
    accounts = Accounts(said(200, access_token="t"))
    tokens = await accounts.exchange()
    assert tokens.refresh_token is None
    assert tokens.scopes == ("ZohoBooks.contacts.READ",)
    assert tokens.api_url == "https://www.zohoapis.eu"


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("word", "kind", "names"),
    [
        ("invalid_code", sign_in_errors.CodeNotAccepted, "Europe"),
        ("invalid_client", sign_in_errors.WrongClientId, "Europe"),
        ("invalid_client_secret", sign_in_errors.WrongClientSecret, "Europe"),
        ("invalid_redirect_uri", sign_in_errors.RedirectNotRegistered, REDIRECT),
        ("invalid_scope", sign_in_errors.ScopeRefused, "Europe"),
        ("access_denied", sign_in_errors.ConsentRefused, "Reject"),
        ("general_error", sign_in_errors.SignInFailed, "general_error"),
    ],
)
async def test_each_error_word_has_its_sentence(status: int, word: str, kind: type[ZbdeskError], names: str) -> None:
    """Also with HTTP 200; the region or the address is named, and it is set-up, not a fault."""
    with pytest.raises(kind) as caught:
        await Accounts(said(status, error=word)).exchange()
    assert isinstance(caught.value, sign_in_errors.SignInError | SetupError)
    assert names in str(caught.value)
    assert caught.value.code == word


def test_the_redirects_own_errors_have_the_same_words() -> None:
    """What the browser brings back as ``error=`` is the same table; a strange word is cut short."""
    assert isinstance(refusal("access_denied", EU, redirect_uri=REDIRECT), sign_in_errors.ConsentRefused)
    strange = refusal("x\n" * 400, EU, redirect_uri=REDIRECT)
    assert len(str(strange)) < 300
    assert "3 to 10" in str(refusal("invalid_code", EU))
    assert "two minutes" in str(refusal("invalid_code", EU, redirect_uri=REDIRECT))


THROTTLE = {
    "error": "Access Denied",
    "error_description": "You have made too many requests continuously. Please try again after some time.",
    "status": "failure",
}


@pytest.mark.parametrize("answer", [said(400, **THROTTLE), said(200, **THROTTLE), httpx.Response(429, text="x")])
async def test_a_throttled_token_endpoint_is_no_sign_in_problem(answer: httpx.Response) -> None:
    """A long wait on the token budget, for the code and for the refresh alike."""
    for step in (
        Accounts(answer).exchange(),
        Accounts(answer).sign_in.refresh(CREDENTIALS, MARKED[3], accounts_url=EU.accounts_url),
    ):
        with pytest.raises(errors.TokensThrottled) as caught:
            await step
        assert caught.value.budget is Budget.TOKEN
        assert caught.value.wait >= 600


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, text="<html>"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=b""),
        said(503, error="x"),
        httpx.ConnectError("x"),
        httpx.ReadTimeout("x"),
    ],
)
async def test_a_failing_token_endpoint_is_transient(answer: httpx.Response | Exception) -> None:
    """HTML, 5xx and a broken connection say nothing about the sign-in."""
    for step in (
        Accounts(answer).exchange(),
        Accounts(answer).sign_in.refresh(CREDENTIALS, MARKED[3], accounts_url=EU.accounts_url),
    ):
        with pytest.raises(TransientError):
            await step


async def test_a_refresh_brings_a_new_access_token() -> None:
    """At the stored accounts server, with the refresh token in the body."""
    accounts = Accounts(said(200, access_token="new", expires_in=3600))
    tokens = await accounts.sign_in.refresh(CREDENTIALS, MARKED[3], accounts_url="https://accounts.zoho.in")
    assert str(accounts.requests[0].url) == "https://accounts.zoho.in/oauth/v2/token"
    assert accounts.form()["grant_type"] == "refresh_token"
    assert (tokens.access_token, tokens.refresh_token, tokens.api_url) == ("new", None, "https://www.zohoapis.in")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("invalid_code", errors.SignInEnded),
        ("invalid_client", errors.ClientGone),
        ("invalid_client_secret", errors.ClientGone),
        ("general_error", errors.TokenServerFault),
        ("access_denied", errors.TokenServerFault),
        ("", errors.TokenServerFault),
    ],
)
async def test_only_a_few_words_end_a_sign_in(word: str, kind: type[ZbdeskError]) -> None:
    """Everything else keeps the tokens and is tried again."""
    with pytest.raises(kind) as caught:
        await Accounts(said(200, error=word)).sign_in.refresh(CREDENTIALS, "r", accounts_url=EU.accounts_url)
    assert isinstance(caught.value, AuthError) is (kind is not errors.TokenServerFault)


async def test_revoking_tries_both_documented_ways() -> None:
    """The first form, then the second with the client's own authorization."""
    accounts = Accounts(said(400, error="invalid"), said(200, status="success"))
    assert await accounts.sign_in.revoke(CREDENTIALS, MARKED[3], accounts_url=EU.accounts_url)
    first, second = accounts.requests
    assert first.url.path == "/oauth/v2/token/revoke"
    assert first.url.params["token"] == MARKED[3]
    assert second.url.path == "/oauth/v2/revoke/token"
    assert second.headers["authorization"].startswith("Basic ")
    assert accounts.form(1) == {"token": MARKED[3], "token_type": "refresh_token"}


@pytest.mark.parametrize("answer", [httpx.ConnectError("x"), httpx.Response(500, text="x"), said(200, error="no")])
async def test_revoking_never_blocks(answer: httpx.Response | Exception) -> None:
    """False where Zoho did not confirm it; a disconnect goes on."""
    assert not await Accounts(answer).sign_in.revoke(CREDENTIALS, MARKED[3], accounts_url=EU.accounts_url)


async def test_the_servers_date_tells_of_a_wrong_clock() -> None:
    """So that the sign-in can say why it fails."""
    answer = said(200, **GOOD)
    answer.headers["Date"] = "Thu, 19 Nov 2026 10:00:00 GMT"
    accounts = Accounts(answer)
    await accounts.exchange()
    assert accounts.sign_in.clock_skew_seconds == -26 * 3600


async def test_a_token_that_cannot_stand_in_a_header_is_none() -> None:
    """The HTTP library would quote it in an error text."""
    with pytest.raises(sign_in_errors.SignInError):
        await Accounts(said(200, access_token="a\nb")).exchange()


async def test_no_secret_in_words_reprs_or_logs(caplog: pytest.LogCaptureFixture) -> None:
    """Marked secrets go through every step; none shows up anywhere."""
    caplog.set_level(logging.DEBUG)
    seen: list[str] = [repr(CREDENTIALS), repr(Pkce(MARKED[4]))]
    accounts = Accounts(said(200, **GOOD))
    seen.append(repr(await accounts.exchange()))
    await accounts.sign_in.revoke(CREDENTIALS, MARKED[3], accounts_url=EU.accounts_url)
    for answer in (said(200, error="invalid_code"), said(400, **THROTTLE), httpx.ReadError("x"), httpx.Response(500)):
        for step in (
            Accounts(answer).exchange(),
            Accounts(answer).sign_in.refresh(CREDENTIALS, MARKED[3], accounts_url=EU.accounts_url),
        ):
            with pytest.raises(ZbdeskError) as caught:
                await step
            seen += [repr(caught.value), str(caught.value), repr(vars(caught.value)), repr(caught.value.__cause__)]
    seen += [record.getMessage() for record in caplog.records]
    assert any("oauth/v2/token/revoke" in line for line in seen)
    for secret in MARKED:
        assert not [line for line in seen if secret in line]
