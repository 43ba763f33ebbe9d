"""The access token: one renewal for all, kept across restarts, inside its budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from zbdesk.domain.errors import AuthError, ThrottledError, TransientError
from zbdesk.zoho.auth import BUDGET, KeptToken, TokenKeeper
from zbdesk.zoho.datacentres import DATA_CENTRES
from zbdesk.zoho.errors import SignInEnded, TokensThrottled
from zbdesk.zoho.oauth import Credentials, SignIn

from .fakes import BEGIN, FakeClock

pytestmark = pytest.mark.anyio


class World:
    """An accounts server that numbers its tokens, a vault, and keepers that come and go like processes."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.kept: str | None = None
        self.requests = 0
        self.refresh = "REFRESHrefresh"
        self.answer: Callable[[int], httpx.Response] = lambda number: httpx.Response(
            200, json={"access_token": f"token-{number}", "expires_in": 3600}
        )
        self.keeper = self.process()

    def process(self) -> TokenKeeper:
        """A new process: a keeper that knows only what was kept."""

        async def handler(_: httpx.Request) -> httpx.Response:
            self.requests += 1
            number = self.requests
            await self.clock.sleep(0.2)
            return self.answer(number)

        async def load() -> KeptToken | None:
            return KeptToken.decode(self.kept)

        async def save(kept: KeptToken) -> None:
            self.kept = kept.encode()

        async def refresh_token() -> str:
            return self.refresh

        async def keep_refresh(token: str) -> None:
            self.refresh = token

        http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
        self.keeper = TokenKeeper(
            SignIn(http, self.clock),
            Credentials(DATA_CENTRES["eu"], "c", "s"),
            accounts_url="https://accounts.zoho.eu",
            clock=self.clock,
            refresh_token=refresh_token,
            load=load,
            save=save,
            keep_refresh_token=keep_refresh,
        )
        return self.keeper

    def says(self, status: int, /, **body: object) -> None:
        """From now on the accounts server answers so."""
        self.answer = lambda _: httpx.Response(status, json=body)

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.clock.seconds += timedelta(**span).total_seconds()


@pytest.fixture
def world() -> World:
    """A fresh one."""
    return World()


async def test_many_callers_cause_one_request(world: World) -> None:
    """Fifty calls that need a token at the same time share one."""
    tokens = await asyncio.gather(*(world.keeper.get() for _ in range(50)))
    assert set(tokens) == {"token-1"}
    assert world.requests == 1


async def test_many_refused_calls_cause_one_renewal(world: World) -> None:
    """Four calls that were refused with the same token renew it once."""
    token = await world.keeper.get()
    assert await asyncio.gather(*(world.keeper.invalidate(token) for _ in range(4))) == [True] * 4
    assert world.requests == 2
    assert await world.keeper.get() == "token-2"


async def test_a_new_process_goes_on_with_the_kept_token(world: World) -> None:
    """Zoho counts tokens: a restart costs none while the old one is good."""
    await world.keeper.get()
    assert await world.process().get() == "token-1"
    world.pass_by(minutes=54)
    assert await world.process().get() == "token-1"
    assert world.requests == 1


async def test_the_token_is_renewed_before_its_end(world: World) -> None:
    """Five minutes before the hour is over, in this process and in the next."""
    await world.keeper.get()
    world.pass_by(minutes=55.1)
    assert await world.keeper.get() == "token-2"
    world.pass_by(minutes=56)
    assert await world.process().get() == "token-3"


async def test_a_clock_that_jumps_does_not_end_a_token(world: World) -> None:
    """Inside a process the hour is measured by a clock that cannot jump."""
    await world.keeper.get()
    world.clock.jump = timedelta(days=-1)
    assert await world.keeper.get() == "token-1"
    world.clock.jump = timedelta(days=1)
    assert await world.keeper.get() == "token-1"


async def test_a_token_kept_under_a_wrong_clock_is_not_believed(world: World) -> None:
    """An end that lies a day ahead is the clock's doing; one request mends it."""
    world.kept = KeptToken("old", BEGIN + timedelta(days=1), (BEGIN + timedelta(hours=23),)).encode()
    assert await world.keeper.get() == "token-1"


async def test_an_ended_sign_in_is_said_at_once(world: World) -> None:
    """``invalid_code``: sign in again."""
    world.says(200, error="invalid_code")
    with pytest.raises(SignInEnded) as caught:
        await world.keeper.get()
    assert isinstance(caught.value, AuthError)
    assert world.requests == 1


async def test_a_failure_is_shared_by_those_who_waited(world: World) -> None:
    """Ten callers, one failing request: asking again for each would use up the budget."""
    world.says(500)
    results = await asyncio.gather(*(world.keeper.get() for _ in range(10)), return_exceptions=True)
    assert world.requests == 1
    assert all(isinstance(result, TransientError) for result in results)


async def test_a_later_caller_tries_again(world: World) -> None:
    """A passing failure leaves everything as it was."""
    good = world.answer
    world.says(502)
    with pytest.raises(TransientError):
        await world.keeper.get()
    world.answer = good
    assert await world.keeper.get() == "token-2"


async def test_the_last_minutes_of_a_token_bridge_a_failure(world: World) -> None:
    """When the early renewal fails, the old token serves on, and Zoho is not asked at every call."""
    await world.keeper.get()
    world.says(503)
    world.pass_by(minutes=56)
    for _ in range(20):
        assert await world.keeper.get() == "token-1"
    assert world.requests == 2
    world.pass_by(minutes=4)
    with pytest.raises(TransientError):
        await world.keeper.get()


async def test_a_refused_token_is_not_used_on(world: World) -> None:
    """After a 401 the old token is no way out when the renewal fails."""
    token = await world.keeper.get()
    world.says(503)
    with pytest.raises(TransientError):
        await world.keeper.invalidate(token)
    assert token not in (world.kept or "")


async def test_ten_requests_in_ten_minutes_are_the_limit(world: World) -> None:
    """The eleventh is not sent, in this process or the next; after ten minutes it is."""
    world.says(500)
    for _ in range(BUDGET):
        with pytest.raises(TransientError):
            await world.keeper.get()
    for keeper in (world.keeper, world.process()):
        with pytest.raises(TokensThrottled) as caught:
            await keeper.get()
        assert 590 < caught.value.wait <= 600
    assert world.requests == BUDGET
    world.pass_by(minutes=10)
    with pytest.raises(TransientError):
        await world.keeper.get()


async def test_a_throttled_endpoint_is_left_alone(world: World) -> None:
    """Trying early makes the lock longer: nothing is sent before it is over, by the next process either."""
    world.says(400, error="Access Denied", status="failure")
    with pytest.raises(ThrottledError):
        await world.keeper.get()
    for keeper in (world.keeper, world.process()):
        with pytest.raises(TokensThrottled):
            await keeper.get()
    assert world.requests == 1
    world.pass_by(minutes=11)
    with pytest.raises(TokensThrottled):
        await world.keeper.get()
    assert world.requests == 2


async def test_parts_without_permission_do_not_use_up_the_budget(world: World) -> None:
    """A young token that is refused again and again is not at fault: some renewals, then no more."""
    renewed = [await world.keeper.invalidate(await world.keeper.get()) for _ in range(8)]
    assert renewed == [True] * 4 + [False] * 4
    assert world.requests == 5


async def test_another_refresh_token_is_kept(world: World) -> None:
    """Zoho sends none on refresh; should it, the new one counts."""
    world.says(200, access_token="t", refresh_token="OTHER")
    await world.keeper.get()
    assert world.refresh == "OTHER"


async def test_a_cancelled_caller_does_not_stop_the_others(world: World) -> None:
    """The one who asked goes away; the next in line asks."""
    first = asyncio.create_task(world.keeper.get())
    await asyncio.sleep(0)
    second = asyncio.create_task(world.keeper.get())
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).startswith("token-")
    assert first.cancelled()


@pytest.mark.parametrize("text", [None, "", "not json", '{"requests": 5}', "[]"])
def test_an_unreadable_kept_token_is_an_empty_one(text: str | None) -> None:
    """It costs one request, nothing else."""
    assert KeptToken.decode(text) == KeptToken()


def test_a_kept_token_comes_back_as_it_was() -> None:
    """One text for the vault, and no token in its repr."""
    kept = KeptToken("ACCESSaccess", BEGIN, (BEGIN,), BEGIN)
    assert KeptToken.decode(kept.encode()) == kept
    assert "ACCESSaccess" not in repr(replace(kept))
