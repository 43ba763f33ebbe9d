"""The whole client against the demo company's server, over real sockets."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer, running
from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES, READ_SCOPES, module
from zbdesk.zoho.auth import KeptToken, TokenKeeper
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.datacentres import custom
from zbdesk.zoho.errors import NotFound, SignInEnded, WrongOrganization
from zbdesk.zoho.limits import CallGate, Priority
from zbdesk.zoho.loopback import Loopback
from zbdesk.zoho.oauth import Credentials, SignIn, Tokens, new_state
from zbdesk.zoho.resources import Books
from zbdesk.zoho.sign_in_errors import CodeNotAccepted, WrongClientId, WrongClientSecret

from .fakes import FakeLedger

pytestmark = pytest.mark.anyio


class SystemClock:
    """The real time: the server's own clock runs too."""

    def now(self) -> datetime:
        """See ``Clock``."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """See ``Clock``."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        await asyncio.sleep(seconds)


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    """One small company for the whole file; tests only read it."""
    with running(DemoOptions()) as demo:
        yield demo


class Desk:
    """Signed in to the demo company."""

    def __init__(self, server: DemoServer, http: httpx.AsyncClient) -> None:
        known = server.credentials
        self.http = http
        self.clock = SystemClock()
        self.sign_in = SignIn(http, self.clock)
        self.credentials = Credentials(custom(known.accounts_url, known.api_url), known.client_id, known.client_secret)
        self.server = server
        self.kept = KeptToken()

    async def tokens(self) -> Tokens:
        """From a fresh grant code."""
        return await self.sign_in.exchange_grant_code(
            self.credentials, self.server.credentials.grant_code(), scopes=READ_SCOPES
        )

    async def books(self, organization_id: str | None = None) -> Books:
        """Books of one organization, with a keeper that starts without an access token."""
        tokens = await self.tokens()

        async def load() -> KeptToken:
            return self.kept

        async def save(kept: KeptToken) -> None:
            self.kept = kept

        async def refresh_token() -> str:
            assert tokens.refresh_token is not None
            return tokens.refresh_token

        keeper = TokenKeeper(
            self.sign_in,
            self.credentials,
            accounts_url=tokens.accounts_url,
            clock=self.clock,
            refresh_token=refresh_token,
            load=load,
            save=save,
        )
        return Books(
            ZohoClient(
                self.http,
                api_url=tokens.api_url,
                organization_id=organization_id,
                tokens=keeper,
                gate=CallGate(self.clock, 0, 4, FakeLedger()),
                clock=self.clock,
                rng=random.Random(1),
                retry_base_seconds=0.01,
            )
        )


@pytest.fixture
async def desk(server: DemoServer):
    """A client of its own for each test."""
    async with httpx.AsyncClient(trust_env=False) as http:
        yield Desk(server, http)


async def test_every_listed_module_can_be_read_to_its_end(desk: Desk) -> None:
    """Sign in, choose, read each list: each page has its list, each row its id, and a detail its record."""
    organization = (await (await desk.books()).organizations())[0]
    books = await desk.books(organization.organization_id)
    seen = 0
    for each in MODULES.values():
        if each.feed is Feed.NESTED or "list" not in each.methods or not each.list_keys:
            continue
        number, ids = 1, set()
        while True:
            page = await books.list_page(each, number)
            ids |= {row.remote_id for row in page.rows}
            if not page.has_more:
                break
            number += 1
        seen += len(ids)
        if page.rows and "get" in each.methods and each.detail_path != "" and each.detail_keys:
            row, payload = await books.detail(each, page.rows[0].remote_id)
            assert row.remote_id == page.rows[0].remote_id, each.name
            assert payload.startswith(b"{"), each.name
    assert seen > 100


async def test_invoices_show_their_columns(desk: Desk) -> None:
    """The typed columns are filled from what the server sends."""
    organization = (await (await desk.books()).organizations())[0]
    books = await desk.books(organization.organization_id)
    page = await books.list_page(module("invoices"), 1, priority=Priority.USER)
    row = page.rows[0]
    assert row.number
    assert row.party
    assert row.currency
    assert row.date
    assert row.total is not None
    assert row.modified_at is not None
    assert row.modified_at < (datetime.now(UTC) + timedelta(days=1)).timestamp()


async def test_an_unknown_record_and_a_foreign_organization(desk: Desk) -> None:
    """404 is one record; 6041 is a matter of set-up."""
    organization = (await (await desk.books()).organizations())[0]
    with pytest.raises(NotFound):
        await (await desk.books(organization.organization_id)).detail(module("invoices"), "1")
    with pytest.raises(WrongOrganization):
        await (await desk.books("999")).list_page(module("invoices"), 1)


async def test_wrong_credentials_are_told_apart(desk: Desk) -> None:
    """A wrong id, a wrong secret and a used code each have their class."""
    good, code = desk.credentials, desk.server.credentials.grant_code()
    for credentials, kind in [
        (Credentials(good.data_centre, "1000.NOBODY", good.client_secret), WrongClientId),
        (Credentials(good.data_centre, good.client_id, "wrong"), WrongClientSecret),
    ]:
        with pytest.raises(kind):
            await desk.sign_in.exchange_grant_code(credentials, code, scopes=READ_SCOPES)
    with pytest.raises(CodeNotAccepted):
        await desk.sign_in.exchange_grant_code(good, "1000.never-made", scopes=READ_SCOPES)


async def test_a_revoked_sign_in_has_ended(desk: Desk) -> None:
    """After revoking, a refresh says that a new sign-in is needed."""
    tokens = await desk.tokens()
    assert tokens.refresh_token is not None
    assert await desk.sign_in.revoke(desk.credentials, tokens.refresh_token, accounts_url=tokens.accounts_url)
    with pytest.raises(SignInEnded):
        await desk.sign_in.refresh(desk.credentials, tokens.refresh_token, accounts_url=tokens.accounts_url)


async def test_the_browsers_way_with_a_region_behind_it() -> None:
    """Listen, consent, redirect, code at the named accounts server, a list with the token: as a person does it."""
    state, clock, loopback = new_state(), SystemClock(), Loopback()
    loopback.expect(state)
    redirect_uri = await loopback.open([0])
    try:
        with running(DemoOptions(redirect_uris=(redirect_uri,), data_centres=("eu",), home="eu")) as demo:
            async with httpx.AsyncClient(trust_env=False) as http:
                known, sign_in = demo.credentials, SignIn(http, clock)
                credentials = Credentials(
                    custom(known.accounts_url, known.api_url), known.client_id, known.client_secret
                )
                url = sign_in.consent_url(credentials, redirect_uri=redirect_uri, scopes=READ_SCOPES, state=state)
                page = await http.get(demo.accept(url))
                callback = await loopback.wait()
                assert page.status_code == 200
                assert callback.code is not None
                tokens = await sign_in.exchange(
                    credentials,
                    callback.code,
                    redirect_uri=redirect_uri,
                    scopes=READ_SCOPES,
                    accounts_server=callback.accounts_server,
                    location=callback.location,
                )
    finally:
        await loopback.close()
    assert tokens.refresh_token
    assert tokens.accounts_url == f"{known.accounts_url}/_dc/eu"
    assert tokens.api_url.startswith(known.api_url)
    assert set(tokens.scopes) == set(READ_SCOPES)
    assert tokens.expires_at > clock.now() + timedelta(minutes=50)
