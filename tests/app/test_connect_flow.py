"""From credentials to a stored connection: every way in, every way out, nothing lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from app_fakes import NOW, FakeZoho, HandClock

from zbdesk.app import connect as connect_module
from zbdesk.app import secrets, storing
from zbdesk.app.connect import ConnectFlow, ConnectRequest, SignInStep
from zbdesk.app.consent import (
    ClockWrong,
    Debounce,
    ForeignCode,
    NotACode,
    SignInCancelled,
    SignInTimedOut,
    TooManyConsents,
    read_pasted,
)
from zbdesk.app.paths import DataPaths
from zbdesk.app.secrets import StoredSecrets
from zbdesk.app.session import NoOrganization, NotSignedIn, OrganizationEnded
from zbdesk.app.settings import Settings, load_settings
from zbdesk.domain.errors import StorageError, ZbdeskError
from zbdesk.store import budget, connections, diary, module_states
from zbdesk.store.database import Database
from zbdesk.vault import MemoryVault
from zbdesk.vault.errors import VaultLocked
from zbdesk.zoho.auth import KeptToken
from zbdesk.zoho.datacentres import DATA_CENTRES
from zbdesk.zoho.errors import WrongOrganization
from zbdesk.zoho.sign_in_errors import (
    CodeNotAccepted,
    ConsentRefused,
    NoRefreshToken,
    PortTaken,
    UntrustedServer,
    WrongClientSecret,
)

pytestmark = pytest.mark.anyio

SCOPES = ("ZohoBooks.settings.READ", "ZohoBooks.invoices.READ")
MODULES = ("taxes", "invoices")
CODE = "1000.grant-code-marked"


class World:
    """One data directory with its vault, a Zoho in this process, and the flows that were made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = MemoryVault()
        self.zoho = FakeZoho()
        self.clock = HandClock()
        self.flows: list[ConnectFlow] = []

    def flow(self, settings: Settings | None = None) -> ConnectFlow:
        """Make a new flow, as a wizard that is opened."""
        flow = ConnectFlow(
            data_dir=self.folder,
            settings=settings or Settings(),
            clock=self.clock,
            vault=lambda: self.vault,
            http=self.zoho.client,
        )
        self.flows.append(flow)
        return flow

    @property
    def database(self) -> Path:
        """Where connections are stored."""
        return DataPaths(self.folder).database

    def request(self, *, client: str = "1000.CLIENT", pkce: bool = False) -> ConnectRequest:
        """What a person types, with the spaces that copying brings."""
        return ConnectRequest(DATA_CENTRES["eu"], f" {client} ", " secret-of-the-client\n", pkce)

    async def connected(self, organization_id: str = "10") -> ConnectFlow:
        """Connect by grant code."""
        flow = self.flow()
        await flow.with_grant_code(self.request(), CODE, scopes=SCOPES)
        await keep(flow, organization_id)
        return flow


async def keep(flow: ConnectFlow, organization_id: str = "10", **changes: object) -> None:
    """Finish with what most tests choose."""
    chosen: dict[str, object] = {"modules": MODULES, "read_only": True, "poll_seconds": 900.0, "details": False}
    await flow.finish(organization_id, **{**chosen, **changes})  # type: ignore[arg-type]


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """Give a fresh world; every flow in it is closed at the end."""
    monkeypatch.setattr(connect_module, "_debounce", Debounce())
    made = World(tmp_path)
    yield made
    for flow in made.flows:
        await flow.aclose()


def browser(answer: dict[str, str], *, state: bool = True) -> Callable[[str], bool]:
    """Return a browser whose person answers at once: it calls the redirect address with ``answer``."""
    calls: set[asyncio.Task[object]] = set()

    def visit(url: str) -> bool:
        query = parse_qs(urlsplit(url).query)
        params = dict(answer)
        if state:
            params["state"] = query["state"][0]

        async def come_back() -> object:
            async with httpx.AsyncClient(trust_env=False) as client:
                return await client.get(query["redirect_uri"][0], params=params)

        calls.add(asyncio.ensure_future(come_back()))
        return True

    return visit


def nowhere(url: str) -> bool:
    """Be a browser that opens nothing."""
    return False


async def sign_in(
    flow: ConnectFlow,
    world: World,
    open_browser: Callable[[str], bool],
    *,
    steps: list[SignInStep] | None = None,
    ports: Sequence[int] = (0,),
    pkce: bool = False,
) -> None:
    """Listen and sign in."""
    await flow.listen(ports)
    await flow.sign_in(
        world.request(pkce=pkce),
        scopes=SCOPES,
        open_browser=open_browser,
        on_step=(steps if steps is not None else []).append,
    )


async def test_the_whole_way_through_the_browser(world: World) -> None:
    """A consent leads to a stored connection with its secrets in the vault, its modules on and a line in the diary."""
    flow = world.flow()
    steps: list[SignInStep] = []
    await sign_in(flow, world, browser({"code": CODE, "location": "eu"}), steps=steps)
    assert steps == [SignInStep.OPENED, SignInStep.WAITING, SignInStep.CODE, SignInStep.TOKENS]
    found = await flow.organizations()
    assert [one.name for one in found] == ["Nordwind GmbH", "Ended Ltd"]
    counts = [pair async for pair in flow.counts("10", ("invoices", "bills", "contact_persons"))]
    assert counts == [("invoices", 812), ("bills", None), ("contact_persons", None)]
    await keep(flow)
    with closing(Database.open_reader(world.database)) as db:
        stored = connections.current(db)
        assert stored is not None
        assert (stored.data_centre, stored.api_url, stored.read_only) == ("eu", "https://www.zohoapis.eu", True)
        assert (stored.client_id, stored.scopes) == ("1000.CLIENT", SCOPES)
        assert stored.redirect_uri.startswith("http://localhost:")
        assert set(module_states.enabled(db, stored.id)) == set(MODULES)
        expected = {one.module: one.expected for one in module_states.module_counts(db, stored.id)}
        assert expected == {name: 812 if name == "invoices" else None for name in MODULES}
        assert [entry.kind for entry in diary.recent(db, stored.id)] == ["connected"]
        assert budget.calls_on(db, stored.id, "2026-11-20") >= 2
    kept = secrets.load(world.vault, stored)
    assert kept is not None
    assert (kept.client_secret, kept.refresh_token) == ("secret-of-the-client", "1000.refresh-1-marked")
    assert kept.kept.access_token == "1000.access-1-marked"
    await flow.aclose()
    assert world.zoho.revoked == []


async def test_no_secret_reaches_database_or_words(world: World) -> None:
    """Nothing secret stands in the database's files or in what a request shows of itself."""
    await world.connected()
    data = b"".join(path.read_bytes() for path in world.folder.iterdir())
    assert b"marked" not in data
    assert b"secret-of-the-client" not in data
    assert "secret-of-the-client" not in repr(world.request()) + repr(world.request().credentials())


async def test_pkce_goes_along_where_it_is_wanted(world: World) -> None:
    """The mobile/desktop client type sends challenge and verifier, others neither."""
    for pkce in (True, False):
        flow = world.flow()
        await sign_in(flow, world, browser({"code": CODE}), pkce=pkce)
        token = next(one for one in reversed(world.zoho.requests) if one.url.path == "/oauth/v2/token")
        assert ("code_challenge=" in flow.consent_url) is pkce
        assert (b"code_verifier=" in token.content) is pkce


async def test_a_refusal_on_the_page_is_told_in_words(world: World) -> None:
    """Reject on Zoho's page ends the wait with its own failure, and the flow may be used again."""
    flow = world.flow()
    with pytest.raises(ConsentRefused):
        await sign_in(flow, world, browser({"error": "access_denied"}, state=False))
    await sign_in(flow, world, browser({"code": CODE}))
    assert flow.scopes == SCOPES


async def test_a_foreign_accounts_server_gets_nothing(world: World) -> None:
    """A redirect that names a server outside the table is refused before anything is sent."""
    flow = world.flow()
    with pytest.raises(UntrustedServer):
        await sign_in(flow, world, browser({"code": CODE, "accounts-server": "https://accounts.zoho.evil"}))
    assert world.zoho.requests == []


async def test_a_pasted_address_serves_as_the_redirect(world: World) -> None:
    """Who cannot reach localhost pastes the address, also when no port could be had at all."""
    flow = world.flow()
    blocker = world.flow()
    taken = int((await blocker.listen((0,))).split(":")[2].split("/")[0])
    with pytest.raises(PortTaken):
        await flow.listen((taken,))

    def paste(url: str) -> bool:
        state = parse_qs(urlsplit(url).query)["state"][0]
        flow.paste(f"  http://localhost:{taken}/callback?state={state}&code={CODE}&location=eu ")
        return True

    await flow.sign_in(world.request(), scopes=SCOPES, open_browser=paste, on_step=lambda step: None)
    assert flow.scopes == SCOPES
    assert f"localhost%3A{taken}%2Fcallback" in flow.consent_url


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("http://localhost:8976/callback?state=other&code=1000.a.b", ForeignCode),
        ("http://localhost:8976/callback?code=1000.a.b", ForeignCode),
        ("http://localhost:8976/callback?state=s", NotACode),
        ("hello there", NotACode),
        ("", NotACode),
    ],
)
async def test_what_is_no_code_is_not_taken(text: str, failure: type[ZbdeskError]) -> None:
    """A wrong paste says what to copy instead."""
    with pytest.raises(failure):
        read_pasted(text, "s")


@pytest.mark.parametrize("text", [" 1000.abc.def\n", "<1000.abc.def>", "?code=1000.abc.def&state=s"])
async def test_a_code_may_be_pasted_in_many_forms(text: str) -> None:
    """The code alone, with brackets, or as a query."""
    assert read_pasted(text, "s").code == "1000.abc.def"


async def test_a_pasted_refusal_is_one(world: World) -> None:
    """The address of a refusal brings the refusal's words, not a missing code's."""
    assert read_pasted("http://localhost/callback?error=access_denied&state=s", "s").error == "access_denied"


async def test_pasting_without_a_sign_in_is_told(world: World) -> None:
    """Paste, organizations and finish before the sign-in say so."""
    flow = world.flow()
    with pytest.raises(NotSignedIn):
        flow.paste(CODE)
    with pytest.raises(NotSignedIn):
        await flow.organizations()
    with pytest.raises(NotSignedIn):
        await keep(flow)


@pytest.mark.logs("no browser could be opened")
async def test_time_runs_out_unless_extended(world: World) -> None:
    """The wait ends by itself, later when a person asked for more time."""
    world.clock.runs = True
    flow = world.flow()
    start = world.clock.monotonic()
    with pytest.raises(SignInTimedOut):
        await sign_in(flow, world, nowhere)
    assert world.clock.monotonic() - start == pytest.approx(600, abs=1)

    def later(url: str) -> bool:
        world.clock.turn(599)
        flow.extend()
        return True

    start = world.clock.monotonic()
    with pytest.raises(SignInTimedOut):
        await sign_in(flow, world, later)
    assert world.clock.monotonic() - start == pytest.approx(1199, abs=1)


@pytest.mark.parametrize("way", ["cancel", "aclose", "listen"])
async def test_cancel_ends_the_wait_at_once(world: World, way: str) -> None:
    """Cancel, closing the wizard and listening anew end the wait as the person's own wish, leaving no listener."""
    flow = world.flow()
    opened = asyncio.Event()

    def open_browser(url: str) -> bool:
        opened.set()
        return True

    waiting = asyncio.ensure_future(sign_in(flow, world, open_browser))
    await opened.wait()
    if way == "cancel":
        flow.cancel()
    elif way == "aclose":
        await flow.aclose()
    else:
        await flow.listen((0,))
    with pytest.raises(SignInCancelled):
        await waiting
    assert world.zoho.requests == []


async def test_the_fifth_consent_in_a_minute_waits(world: World) -> None:
    """Zoho blocks a user after four codes a minute, so a fifth is not asked for; other clients are not affected."""
    flow = world.flow()
    for _ in range(4):
        await sign_in(flow, world, browser({"code": CODE}))
    with pytest.raises(TooManyConsents) as caught:
        await sign_in(flow, world, browser({"code": CODE}))
    assert caught.value.wait == pytest.approx(60)
    await flow.sign_in(
        world.request(client="1000.OTHER"),
        scopes=SCOPES,
        open_browser=browser({"code": CODE}),
        on_step=lambda step: None,
    )
    world.clock.turn(61)
    await sign_in(flow, world, browser({"code": CODE}))


@pytest.mark.parametrize(
    ("word", "failure"), [("invalid_client_secret", WrongClientSecret), ("invalid_code", CodeNotAccepted)]
)
async def test_zohos_word_becomes_ours(world: World, word: str, failure: type[ZbdeskError]) -> None:
    """An error that comes with HTTP 200 is the failure it names, and nothing is stored."""
    world.zoho.token_answer = {"error": word}
    flow = world.flow()
    with pytest.raises(failure):
        await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    assert not world.database.exists()
    assert world.vault.names() == []


@pytest.mark.parametrize(("hours", "side"), [(24, "behind"), (-24, "ahead")])
async def test_a_wrong_clock_is_named(world: World, hours: int, side: str) -> None:
    """When a sign-in fails and the clock is off by a day, the clock is what is told."""
    world.zoho.token_answer = {"error": "invalid_code"}
    world.clock.turn(-hours * 3600)
    flow = world.flow()
    with pytest.raises(ClockWrong, match=side) as caught:
        await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    assert caught.value.hours == pytest.approx(hours)


async def test_a_small_difference_is_not_blamed(world: World) -> None:
    """Nine minutes are no reason for a refused code."""
    world.zoho.token_answer = {"error": "invalid_code"}
    world.clock.turn(540)
    with pytest.raises(CodeNotAccepted):
        await world.flow().with_grant_code(world.request(), CODE, scopes=SCOPES)


async def test_organizations_that_cannot_be_connected(world: World) -> None:
    """An unknown and an ended organization, and a user without any, have a sentence each; nothing is stored."""
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    with pytest.raises(WrongOrganization):
        await keep(flow, "99")
    with pytest.raises(OrganizationEnded):
        await keep(flow, "20")
    world.zoho.organizations = []
    with pytest.raises(NoOrganization):
        await flow.organizations()
    assert not world.database.exists()
    assert world.vault.names() == []


async def test_an_unused_sign_in_is_revoked(world: World) -> None:
    """A flow that ends without a connection gives its place among Zoho's twenty back; closing twice asks once."""
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    await flow.aclose()
    await flow.aclose()
    assert world.zoho.revoked == ["1000.refresh-1-marked"]


async def test_signing_in_again_in_one_flow_revokes_the_first(world: World) -> None:
    """Going back and signing in as somebody else leaves no unused sign-in behind."""
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    assert world.zoho.revoked == ["1000.refresh-1-marked"]


async def test_a_sign_in_that_a_connection_lives_on_is_never_revoked(world: World) -> None:
    """When Zoho hands out the token that is already in use, giving up does not end the stored connection."""
    await world.connected()
    world.zoho.issued = 0
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    await flow.aclose()
    assert world.zoho.revoked == []


async def test_connecting_again_keeps_the_map_and_revokes_the_old(world: World) -> None:
    """The same organization keeps its key; the displaced sign-in is revoked after the new one is kept."""
    await world.connected()
    with closing(Database.open_reader(world.database)) as db:
        first = connections.current(db)
    await world.connected()
    with closing(Database.open_reader(world.database)) as db:
        second = connections.current(db)
    assert first is not None
    assert second is not None
    assert first.id == second.id
    assert world.zoho.revoked == ["1000.refresh-1-marked"]
    kept = secrets.load(world.vault, second)
    assert kept is not None
    assert kept.refresh_token == "1000.refresh-2-marked"


async def test_an_answer_without_refresh_token_keeps_the_old_one(world: World) -> None:
    """Nothing is never written over something; without an old one the connection is refused."""
    no_refresh = {"access_token": "1000.access-only-marked", "expires_in": 3600}
    world.zoho.token_answer = no_refresh
    with pytest.raises(NoRefreshToken):
        await world.connected()
    assert world.vault.names() == []
    world.zoho.token_answer = None
    await world.connected()
    world.zoho.token_answer = no_refresh
    await world.connected()
    assert world.vault.get("eu/10/refresh_token") == "1000.refresh-1-marked"
    assert world.zoho.revoked == []


async def test_a_locked_vault_leaves_everything(world: World) -> None:
    """A keychain that refuses ends finish with its name; after unlocking the same flow goes on."""
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    world.vault.failure = VaultLocked("The keyring")
    with pytest.raises(VaultLocked):
        await keep(flow)
    assert not world.database.exists()
    world.vault.failure = None
    await keep(flow)
    assert world.vault.get("eu/10/refresh_token") == "1000.refresh-1-marked"


async def test_a_failing_database_puts_the_secrets_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the row cannot be written, the vault is as it was, and the old connection works on."""
    await world.connected()
    before = {name: world.vault.get(name) for name in world.vault.names()}

    def full(*args: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(storing.module_states, "set_enabled", full)
    flow = world.flow()
    await flow.with_grant_code(world.request(client="1000.OTHER"), CODE, scopes=SCOPES)
    with pytest.raises(StorageError):
        await keep(flow)
    monkeypatch.undo()
    assert {name: world.vault.get(name) for name in world.vault.names()} == before
    with closing(Database.open_reader(world.database)) as db:
        stored = connections.current(db)
    assert stored is not None
    assert stored.client_id == "1000.CLIENT"
    await flow.aclose()
    assert world.zoho.revoked == ["1000.refresh-2-marked"]


async def test_a_cancelled_finish_is_whole_or_not_at_all(world: World) -> None:
    """Closing the wizard while it stores waits for the end of that and does not revoke what was kept."""
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    await flow.organizations()
    finishing = asyncio.ensure_future(keep(flow))
    await asyncio.sleep(0)
    assert flow._keeping is not None
    finishing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await finishing
    await flow.aclose()
    assert world.zoho.revoked == []
    with closing(Database.open_reader(world.database)) as db:
        assert connections.current(db) is not None


async def test_choices_are_remembered_and_overrides_are_not(world: World) -> None:
    """A chosen interval goes into the settings; what the environment set for this process does not."""
    flow = world.flow(Settings(poll_seconds=5.0))
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    await keep(flow, poll_seconds=5.0)
    assert not DataPaths(world.folder).settings.exists()
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    await keep(flow, poll_seconds=300.0, details=True)
    saved = load_settings(world.folder, {})
    assert (saved.poll_seconds, saved.fill_details) == (300.0, True)


@pytest.mark.logs("could not be revoked")
async def test_revoking_that_fails_holds_nothing_up(world: World) -> None:
    """Without network the flow still ends."""
    flow = world.flow()
    await flow.with_grant_code(world.request(), CODE, scopes=SCOPES)
    world.zoho.down = httpx.ConnectError
    await flow.aclose()
    assert world.zoho.revoked == []


async def test_secrets_survive_the_round_trip(world: World) -> None:
    """What is kept below a prefix comes back, and forgetting removes every entry."""
    await world.connected()
    with closing(Database.open_reader(world.database)) as db:
        stored = connections.current(db)
    assert stored is not None
    tokens = secrets.VaultTokens(lambda: world.vault, stored)
    newer = KeptToken("1000.newer", NOW)
    await tokens.save(newer)
    await tokens.keep_refresh_token("1000.other")
    assert await tokens.load() == newer
    assert await tokens.secrets() == StoredSecrets("secret-of-the-client", "1000.other", newer)
    secrets.forget(world.vault, stored)
    secrets.forget(world.vault, stored)
    assert world.vault.names() == []
    with pytest.raises(secrets.SecretsGone):
        await tokens.refresh_token()
