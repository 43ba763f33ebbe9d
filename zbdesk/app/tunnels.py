"""The tunnel, its tests, the gap score and relay onward, joined with the listener and the engine of one connection.

Runs beside the engine, on its thread and loop (``background.py``). Whatever fails in here is shown and tried again; it
never keeps the engine from syncing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from functools import partial

import httpx

from zbdesk.app import relay_secrets, tunnel_made
from zbdesk.app.build import Surroundings
from zbdesk.app.health_keeping import HealthKeeper
from zbdesk.app.http import proxy_for
from zbdesk.app.paths import DataPaths
from zbdesk.app.relay_intake import RelayIntake
from zbdesk.app.settings import load_settings
from zbdesk.app.way_facts import TEST_EVERY
from zbdesk.domain.errors import SetupError, StorageError, VaultError
from zbdesk.domain.way import LegView, TunnelTest, TunnelView
from zbdesk.store import inbox
from zbdesk.store import tunnels as stored
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import RecordsChanged
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.roundtrip import RoundTrip, Way, WayTester
from zbdesk.webhooks.tunnels.base import Local, Tunnel, TunnelState, TunnelStatus
from zbdesk.webhooks.tunnels.relay import PullRelay

log = logging.getLogger(__name__)

AFTER_FAILURE = (60.0, 300.0, 900.0)
"""Seconds until the next test after the first, second, third failure in a row; from then on every hour."""

SETTLE = 20.0
"""Seconds that a tunnel gets to come up before it is tested."""

_NUDGE = RecordsChanged(frozenset())


class Tunnelling:
    """One connection's tunnel while the program runs. Made and ended by ``tunnelling``."""

    def __init__(
        self, around: Surroundings, engine: Engine, listener: Listener, intake: Intake, http: httpx.AsyncClient
    ) -> None:
        self._around = around
        self._engine = engine
        self._listener = listener
        self._intake = intake
        self._http = http
        self._db = engine.db
        self._connection = engine.connection
        self._clock = engine.clock
        self._tunnel: Tunnel | None = None
        self._settings = around.settings
        self._read_at: tuple[int, int] | None = None
        self._made_for: object = None
        self._problem: SetupError | None = None
        self._due = asyncio.Event()
        self._testing = asyncio.Lock()
        self._renewing = asyncio.Lock()
        self._asked = False
        self._tester = WayTester(http, clock=engine.clock, nonce=partial(secrets.token_hex, 16))
        self.health = HealthKeeper(engine, around.settings)

    @property
    def _local(self) -> Local:
        return Local(f"http://127.0.0.1:{self._listener.port}", self._listener.path)

    # The tunnel itself

    async def renew(self) -> None:
        """Start the tunnel that is wanted now, in the place of the one before. Failing is told and no more."""
        async with self._renewing:
            await self._renew()

    async def _renew(self) -> None:
        self._read_settings()
        public_url = inbox.facts(self._db, self._connection.id).public_url
        own = self._settings.tunnel == "own"
        before = stored.get(self._db, self._connection.id)
        if own and before is not None and before.kind != "own" and public_url and public_url == before.public_url:
            # The address of a tunnel that is not used any more is nobody's own.
            public_url = ""
            inbox.set_public_url(self._db, self._connection.id, public_url)
        wanted = (tunnel_made.wishes(self._settings), public_url if own else "")
        if wanted == self._made_for:
            return
        self._made_for = wanted
        await self.close()
        self._problem = None
        try:
            self._tunnel = await self._made(public_url)
        except SetupError as error:
            self._problem = error
            self._told(TunnelStatus(TunnelState.BROKEN, None, error.title, error.message, self._clock.now()))
        except VaultError as error:
            self._made_for = None  # asked again with the next look
            self._told(TunnelStatus(TunnelState.BROKEN, None, error.title, error.message, self._clock.now()))
        if self._tunnel is not None:
            await self._tunnel.start()
        elif self._problem is None:
            self._told(TunnelStatus())
        self._due.set()

    def _read_settings(self) -> None:
        """Take up what a person changed in the settings since; a file that cannot be read changes nothing."""
        path = DataPaths(self._around.database.parent).settings
        try:
            found = path.stat()
        except OSError:
            return
        mark = (found.st_mtime_ns, found.st_size)
        if mark == self._read_at:
            return
        self._read_at = mark
        try:
            self._settings = self.health.settings = load_settings(path.parent)
        except SetupError as error:
            log.warning("the settings were not taken up: %s", error.title)

    async def _made(self, public_url: str) -> Tunnel | None:
        settings, token = self._settings, ""
        if settings.tunnel in {"cloudflared", "ngrok"}:
            token = await relay_secrets.token(self._around.vault, self._connection)
        return tunnel_made.made(
            tunnel_made.Wanted(settings, self._local, self._clock, public_url, token),
            http=self._http,
            intake=RelayIntake(self._intake, self._clock),
            tell=self._told,
            position=partial(stored.position, self._db, self._connection.id),
            keep_position=partial(stored.keep_position, self._db, self._connection.id),
        )

    def _told(self, status: TunnelStatus) -> None:
        """Write down how the tunnel stands; a new public address is tested at once."""
        kind = self._settings.tunnel
        try:
            before = stored.get(self._db, self._connection.id)
            row = TunnelView(
                kind=kind,
                state=status.state.value,
                public_url=status.public_url or (before.public_url if before and before.kind == kind else None),
                sentence=status.sentence,
                remedy=status.remedy,
                since=status.since,
                restarts=status.restarts,
                signed=status.signed,
            )
            stored.put(self._db, self._connection.id, row)
            if kind != "own" and status.public_url and status.state is TunnelState.UP:
                inbox.set_public_url(self._db, self._connection.id, status.public_url)
        except StorageError:
            log.warning("the state of the tunnel could not be noted", exc_info=True)
            return
        log.info("tunnel %s: %s", kind, status.state.value)
        if before is None or (before.state, before.public_url) != (row.state, row.public_url):
            self._due.set()
        self._engine.emit(_NUDGE)

    async def close(self) -> None:
        """Stop the tunnel; nothing of it is left."""
        tunnel, self._tunnel = self._tunnel, None
        if tunnel is not None:
            await tunnel.stop()

    # Tests

    async def test(self, cause: str) -> RoundTrip:
        """Go the way once and write down how it went. One at a time. Raises ``StorageError``, ``VaultError``."""
        async with self._testing:
            found = await self._tester.test(self._way())
            stored.add_test(self._db, self._connection.id, as_row(found, cause))
            log.info("round trip: %s", "ok" if found.ok else f"{found.leg} failed")
            self.health.look()
            self._engine.emit(_NUDGE)
            return found

    def _way(self) -> Way:
        tunnel = self._tunnel
        status = tunnel.status if tunnel is not None else TunnelStatus()
        trouble, remedy = "", ""
        if self._problem is not None:
            trouble, remedy = self._problem.title, self._problem.message
        elif tunnel is not None and status.state is not TunnelState.UP:
            trouble, remedy = status.sentence, status.remedy
        relay = tunnel if isinstance(tunnel, PullRelay) else None
        url = status.public_url
        return Way(
            public_url=url,
            local_url=self._local.url,
            secret=self._intake.secrets.valid()[0],
            tunnel=tunnel.describe() if tunnel is not None else "the tunnel",
            tunnel_trouble=trouble,
            tunnel_remedy=remedy,
            proxied=url is not None and proxy_for(httpx.URL(url), self._settings.proxy) is not None,
            signed=status.signed,
            arrival=None if relay is None else relay.expect,
        )

    @property
    def _wanted(self) -> bool:
        return self._tunnel is not None or self._problem is not None

    async def keep_testing(self) -> None:
        """Test at the start, whenever the tunnel's state changes, and every hour; sooner after a failure."""
        failures, cause = 0, "start"
        while True:
            await self.settled()
            self._due.clear()
            ok = True
            if self._asked:
                cause = "user"
            tested = self._wanted or self._asked
            if tested:
                self._asked = False
                try:
                    ok = (await self.test(cause)).ok
                except (StorageError, VaultError) as error:
                    log.warning("the way could not be tested: %s", error.title)
                    ok = False
            failures = 0 if ok else failures + 1
            wait = AFTER_FAILURE[failures - 1] if 0 < failures <= len(AFTER_FAILURE) else TEST_EVERY
            changed = await self._due_within(wait)
            if tested:
                cause = "change" if changed else "hourly"

    async def settled(self) -> None:
        """Let a tunnel that is starting come up first."""
        tunnel, began = self._tunnel, self._clock.monotonic()
        while (
            tunnel is not None
            and tunnel.status.state is TunnelState.STARTING
            and self._clock.monotonic() - began < SETTLE
        ):
            await self._clock.sleep(0.25)

    async def _due_within(self, seconds: float) -> bool:
        """Wait so long; True as soon as a change makes a test due."""
        timer = asyncio.create_task(self._clock.sleep(seconds))
        due = asyncio.create_task(self._due.wait())
        try:
            await asyncio.wait({timer, due}, return_when=asyncio.FIRST_COMPLETED)
            return self._due.is_set()
        finally:
            timer.cancel()
            due.cancel()
            await asyncio.gather(timer, due, return_exceptions=True)

    def test_soon(self) -> None:
        """Test now instead of at the next hour: somebody asks for it."""
        self._asked = True
        self._due.set()

    async def keep_looking(self) -> None:
        """Notice another public address of the person's, and judge the webhooks, every minute or so."""
        looks = 0
        while True:
            try:
                await self.renew()
                if looks % JUDGE_EVERY == 0:
                    self.health.look()
                looks += 1
            except StorageError as error:
                log.warning("webhooks could not be looked at: %s", error.title)
            await self._clock.sleep(LOOK_EVERY)


LOOK_EVERY = 5.0
"""Seconds between two looks at what a person may have changed; each is a few rows of the database."""

JUDGE_EVERY = 12
"""Looks between two judgements of the gap, which counts the week's events."""


def as_row(found: RoundTrip, cause: str) -> TunnelTest:
    """A test as it is stored."""
    return TunnelTest(
        at=found.at,
        ok=found.ok,
        leg=None if found.leg is None else found.leg.value,
        sentence=found.sentence,
        remedy=found.remedy,
        detail=found.detail,
        legs=tuple(LegView(leg.leg.value, leg.state.value, leg.note, leg.milliseconds) for leg in found.legs),
        milliseconds=found.milliseconds,
        public_url=found.public_url,
        cause=cause,
    )
