"""The accounts server: consent, codes, tokens, their limits and their errors."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.demo.tokens import ACCESS_TOKENS_EACH, REFRESH_TOKENS_A_USER

from .conftest import TODAY

REDIRECT = "http://localhost:8976/callback"
SCOPE = "ZohoBooks.contacts.READ,ZohoBooks.invoices.READ,ZohoBooks.settings.READ"


class Signing:
    """What a connector does to sign in."""

    def __init__(self, server: DemoServer) -> None:
        self.server = server
        self.http = httpx.Client(base_url=server.url, trust_env=False)

    def ask(self, **changed: str) -> dict[str, str]:
        """The parameters of a consent request."""
        usual = {
            "client_id": self.server.options.client_id,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": SCOPE,
            "access_type": "offline",
            "prompt": "consent",
            "state": "s-1",
        }
        return {name: value for name, value in (usual | changed).items() if value}

    def decide(
        self, decision: str = "accept", organizations: tuple[str, ...] | None = None, **changed: str
    ) -> dict[str, str]:
        """Press a button; the parameters of the redirect."""
        chosen = list(organizations if organizations is not None else self.server.company.organizations)
        answer = self.http.post(
            f"/oauth/v2/auth?{urlencode(self.ask(**changed))}", data={"decision": decision, "organization": chosen}
        )
        assert answer.status_code == 302, answer.text
        assert answer.headers["location"].startswith(REDIRECT + "?")
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def token(self, path: str = "/oauth/v2/token", **given: str) -> httpx.Response:
        """A token request."""
        usual = {"client_id": self.server.options.client_id, "client_secret": self.server.options.client_secret}
        return self.http.post(path, data={name: value for name, value in (usual | given).items() if value != "-"})

    def exchange(self, code: str, **given: str) -> dict[str, object]:
        """A code for tokens."""
        answer: dict[str, object] = self.token(
            grant_type="authorization_code", code=code, redirect_uri=REDIRECT, **given
        ).json()
        return answer

    def organizations(self, token: object) -> httpx.Response:
        """What the token may see."""
        return self.http.get("/books/v3/organizations", headers={"Authorization": f"Zoho-oauthtoken {token}"})


@pytest.fixture
def signing(server: DemoServer) -> Iterator[Signing]:
    """A connector that signs in."""
    one = Signing(server)
    yield one
    one.http.close()


def test_consent_page_says_who_asks_for_what(signing: Signing) -> None:
    """The page names the user, the app, the permissions in words and both organizations."""
    page = signing.http.get("/oauth/v2/auth", params=signing.ask()).text
    for text in (
        "Anita Rao",
        "zbdesk",
        "Customers and vendors",
        "Meridian Spices &amp; Exports Pvt. Ltd.",
        "Harbour Lane",
        "Accept",
        "Reject",
    ):
        assert text in page


def test_consent_page_shows_no_markup_of_the_asker(signing: Signing) -> None:
    """What stands in the address never becomes markup."""
    page = signing.http.get(
        "/oauth/v2/auth", params=signing.ask(state='"><script>x</script>', scope=SCOPE + ",ZohoBooks.<b>.READ")
    ).text
    assert "<script>" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({"client_id": "1000.NOBODY"}, "Invalid Client"),
        ({"redirect_uri": "http://localhost:8976/callback/"}, "Invalid Redirect Uri"),
        ({"redirect_uri": "http://127.0.0.1:8976/callback"}, "Invalid Redirect Uri"),
        ({"redirect_uri": "http://localhost:9999/callback"}, "Invalid Redirect Uri"),
        ({"response_type": "token"}, "Invalid Response Type"),
        ({"scope": "Books.read"}, "Invalid OAuth Scope"),
        ({"scope": ""}, "Invalid OAuth Scope"),
    ],
)
def test_wrong_request_gets_a_page_and_no_redirect(signing: Signing, changed: dict[str, str], title: str) -> None:
    """A request that is wrong in itself never leaves the accounts server."""
    answer = signing.http.get("/oauth/v2/auth", params=signing.ask(**changed))
    assert answer.status_code == 400
    assert title in answer.text


def test_accept_brings_code_state_and_servers(signing: Signing, server: DemoServer) -> None:
    """The redirect carries code, state, location and accounts server; the code brings both tokens."""
    redirect = signing.decide()
    assert (redirect["state"], redirect["location"], redirect["accounts-server"]) == ("s-1", "us", server.url)
    answer = signing.exchange(redirect["code"])
    assert (answer["api_domain"], answer["token_type"], answer["expires_in"]) == (server.url, "Bearer", 3600)
    assert answer["refresh_token"]
    assert signing.organizations(answer["access_token"]).json()["code"] == 0


def test_reject_brings_an_error(signing: Signing) -> None:
    """Reject sends access_denied and the state, no code."""
    assert signing.decide("reject") == {"state": "s-1", "error": "access_denied"}


def test_token_sees_only_chosen_organizations(signing: Signing, server: DemoServer) -> None:
    """An organization that was not chosen is not there: not in the list, and 6041 by id."""
    first, second = server.company.organizations
    token = signing.exchange(signing.decide(organizations=(second,))["code"])["access_token"]
    assert [one["organization_id"] for one in signing.organizations(token).json()["organizations"]] == [second]
    headers = {"Authorization": f"Zoho-oauthtoken {token}"}
    answer = signing.http.get("/books/v3/contacts", params={"organization_id": first}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, 6041)


def test_choosing_nothing_asks_again(signing: Signing, server: DemoServer) -> None:
    """Accept without an organization stays on the page and says why."""
    answer = signing.http.post(f"/oauth/v2/auth?{urlencode(signing.ask())}", data={"decision": "accept"})
    assert (answer.status_code, "Choose at least one organization" in answer.text) == (400, True)


def test_code_works_once(signing: Signing) -> None:
    """A second exchange of a code is an error with HTTP 200."""
    code = signing.decide()["code"]
    assert "access_token" in signing.exchange(code)
    again = signing.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT)
    assert (again.status_code, again.json()) == (200, {"error": "invalid_code"})


def test_code_lives_two_minutes(signing: Signing, server: DemoServer) -> None:
    """After two minutes the code is void."""
    code = signing.decide()["code"]
    server.clock.advance(121)
    assert signing.exchange(code) == {"error": "invalid_code"}


def test_code_belongs_to_its_redirect(signing: Signing) -> None:
    """The exchange has to name the same redirect address."""
    code = signing.decide()["code"]
    answer = signing.token(
        grant_type="authorization_code", code=code, redirect_uri="http://localhost:8977/callback"
    ).json()
    assert answer == {"error": "invalid_redirect_uri"}


@pytest.mark.parametrize(
    ("given", "error"), [({"client_id": "x"}, "invalid_client"), ({"client_secret": "x"}, "invalid_client_secret")]
)
def test_wrong_client_is_named(signing: Signing, given: dict[str, str], error: str) -> None:
    """Wrong id and wrong secret are told apart, both with HTTP 200."""
    answer = signing.token(grant_type="authorization_code", code="c", **given)
    assert (answer.status_code, answer.json()["error"]) == (200, error)


def test_pkce_is_checked_where_it_was_given(signing: Signing) -> None:
    """With a challenge at consent the verifier has to fit, and may stand for the secret."""
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    wrong = signing.decide(code_challenge=challenge, code_challenge_method="S256")["code"]
    assert signing.exchange(wrong, code_verifier="w" * 50) == {"error": "invalid_code"}
    right = signing.decide(code_challenge=challenge, code_challenge_method="S256")["code"]
    assert "access_token" in signing.exchange(right, code_verifier=verifier, client_secret="-")


@pytest.mark.parametrize(
    ("changed", "comes"), [({"access_type": "online"}, False), ({"prompt": ""}, False), ({}, True)]
)
def test_refresh_token_needs_offline_and_consent(signing: Signing, changed: dict[str, str], comes: bool) -> None:
    """A second connection gets a refresh token only with offline access and a consent asked for."""
    signing.exchange(signing.decide()["code"])
    assert ("refresh_token" in signing.exchange(signing.decide(**changed)["code"])) is comes


def test_refresh_brings_a_new_access_token_only(signing: Signing, server: DemoServer) -> None:
    """Refreshing gives an access token and no refresh token; the old hour is over by then."""
    first = signing.exchange(signing.decide()["code"])
    server.clock.advance(3601)
    assert signing.organizations(first["access_token"]).json() == {
        "code": 57,
        "message": "You are not authorized to perform this operation",
    }
    answer = signing.token(grant_type="refresh_token", refresh_token=str(first["refresh_token"])).json()
    assert "refresh_token" not in answer
    assert signing.organizations(answer["access_token"]).status_code == 200


def test_eleventh_token_request_in_ten_minutes_is_refused(signing: Signing, server: DemoServer) -> None:
    """Ten refreshes in ten minutes, then HTTP 400 until the window has passed."""
    refresh = str(signing.exchange(signing.decide()["code"])["refresh_token"])
    answers = [signing.token(grant_type="refresh_token", refresh_token=refresh) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [400]
    assert answers[-1].json()["error"] == "Access Denied"
    server.clock.advance(601)
    assert "access_token" in signing.token(grant_type="refresh_token", refresh_token=refresh).json()


def test_oldest_access_token_goes_first(signing: Signing) -> None:
    """A refresh token keeps ten access tokens alive."""
    first = signing.exchange(signing.decide()["code"])
    for _ in range(ACCESS_TOKENS_EACH):
        signing.token(grant_type="refresh_token", refresh_token=str(first["refresh_token"]))
    assert signing.organizations(first["access_token"]).status_code == 401


def test_twenty_first_consent_displaces_the_oldest(server: DemoServer, signing: Signing) -> None:
    """A user keeps twenty refresh tokens; one more and the oldest answers invalid_code."""
    _, oldest = server.credentials.tokens()
    for _ in range(REFRESH_TOKENS_A_USER):
        server.credentials.tokens()
    assert signing.token(grant_type="refresh_token", refresh_token=oldest).json() == {"error": "invalid_code"}


def test_revoking_ends_both_tokens(signing: Signing) -> None:
    """After revoking neither token works, and revoking again says so."""
    given = signing.exchange(signing.decide()["code"])
    refresh = str(given["refresh_token"])
    assert signing.http.post("/oauth/v2/token/revoke", params={"token": refresh}).json() == {"status": "success"}
    assert signing.organizations(given["access_token"]).status_code == 401
    assert signing.token(grant_type="refresh_token", refresh_token=refresh).json() == {"error": "invalid_code"}
    assert signing.http.post("/oauth/v2/token/revoke", params={"token": refresh}).status_code == 400


def test_newer_revoke_takes_basic_credentials(signing: Signing, server: DemoServer) -> None:
    """The newer address wants client id and secret."""
    refresh = str(signing.exchange(signing.decide()["code"])["refresh_token"])
    body = {"token": refresh, "token_type": "refresh_token"}
    assert signing.http.post("/oauth/v2/revoke/token", data=body).status_code == 401
    known = httpx.BasicAuth(server.options.client_id, server.options.client_secret)
    assert signing.http.post("/oauth/v2/revoke/token", data=body, auth=known).json() == {"status": "success"}


def test_grant_code_needs_no_redirect(signing: Signing, server: DemoServer) -> None:
    """A self client's code is exchanged without a redirect, once, within its minutes."""
    code = server.credentials.grant_code()
    answer = signing.token(grant_type="authorization_code", code=code).json()
    assert answer["refresh_token"]
    late = server.credentials.grant_code(minutes=3)
    server.clock.advance(181)
    assert signing.token(grant_type="authorization_code", code=late).json() == {"error": "invalid_code"}


def test_scope_that_was_not_granted_is_refused(signing: Signing, server: DemoServer) -> None:
    """A module outside the granted scopes answers 401 with code 57."""
    token = signing.exchange(signing.decide()["code"])["access_token"]
    answer = signing.http.get(
        "/books/v3/bills",
        params={"organization_id": server.company.org().id},
        headers={"Authorization": f"Zoho-oauthtoken {token}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (401, 57)


def test_user_of_another_data_centre_is_sent_there() -> None:
    """Code, tokens and API of a moved user work at his own data centre and nowhere else."""
    with DemoServer(DemoOptions(today=TODAY, data_centres=("eu", "in"), home="eu")) as server:
        signing = Signing(server)
        redirect = signing.decide()
        assert (redirect["location"], redirect["accounts-server"]) == ("eu", f"{server.url}/_dc/eu")
        answer = signing.token(
            "/_dc/eu/oauth/v2/token", grant_type="authorization_code", code=redirect["code"], redirect_uri=REDIRECT
        ).json()
        assert answer["api_domain"] == f"{server.url}/_dc/eu"
        headers = {"Authorization": f"Zoho-oauthtoken {answer['access_token']}"}
        assert signing.http.get("/_dc/eu/books/v3/organizations", headers=headers).status_code == 200
        assert signing.http.get("/books/v3/organizations", headers=headers).status_code == 401
        assert signing.exchange(signing.decide()["code"]) == {"error": "invalid_code"}
        assert set(signing.http.get("/oauth/serverinfo").json()["locations"]) == {"us", "eu", "in"}
        signing.http.close()


def test_earlier_refresh_token_can_be_adopted(signing: Signing, server: DemoServer) -> None:
    """A restarted demo server can be told a refresh token that it gave out before."""
    server.adopt("1000.earlier", ["ZohoBooks.settings.READ"])
    answer = signing.token(grant_type="refresh_token", refresh_token="1000.earlier").json()
    assert signing.organizations(answer["access_token"]).status_code == 200
