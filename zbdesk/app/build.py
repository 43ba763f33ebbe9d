"""How the parts of one connection are joined: vault, sign-in, gate, client, database, engine.

The only place that knows them all. Invariant: what is opened here is closed here, in the opposite order.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from zbdesk.app import secrets, spooled
from zbdesk.app.http import build_client
from zbdesk.app.ledger import StoredLedger
from zbdesk.app.session import kept_centre
from zbdesk.app.settings import Settings
from zbdesk.domain.clock import Clock
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection
from zbdesk.store import budget, connections
from zbdesk.store.database import Database
from zbdesk.sync import braking
from zbdesk.sync.choosing import WITH_DETAIL
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import Event
from zbdesk.sync.hours import Hours, hours_of
from zbdesk.sync.order import Limits
from zbdesk.vault import Vault
from zbdesk.zoho.auth import TokenKeeper
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import CallGate
from zbdesk.zoho.oauth import Credentials, SignIn
from zbdesk.zoho.resources import Books


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a data directory gives every part: handed down instead of reached for."""

    database: Path
    settings: Settings
    clock: Clock
    vault: Callable[[], Vault]

    def http_client(self) -> httpx.AsyncClient:
        """A client for Zoho, with the person's proxy and certificates."""
        return build_client(self.settings, proxy_password=lambda: secrets.proxy_password(self.vault()))


@asynccontextmanager
async def opened_engine(
    around: Surroundings, emit: Callable[[Event], None], *, lasting: bool = False
) -> AsyncIterator[Engine | None]:
    """The engine of the current connection; None where there is no connection.

    ``lasting``: it runs beside those of other organizations. Where its own sign-in is not in the vault any more, it
    stands signed out then, and the others go on. Raises the storage's and the vault's named errors before anything is
    asked of Zoho.
    """
    with closing(Database.open(around.database, now=around.clock.now)) as db:
        connection = connections.current(db)
        if connection is None:
            yield None
            return
        lenient = lasting and any(
            one.id != connection.id and one.state is not ConnectionState.NONE for one in connections.known(db)
        )
        async with engine_over(around, db, connection, emit, lenient=lenient) as engine:
            yield engine


@asynccontextmanager
async def engine_over(
    around: Surroundings,
    db: Database,
    connection: Connection,
    emit: Callable[[Event], None],
    *,
    make_books: Callable[[ZohoClient], Books] = Books,
    lenient: bool = False,
) -> AsyncIterator[Engine]:
    """The engine of one connection, in use or not, over the one writing handle: own client, own gate, own sign-in.

    Raises the vault's named errors before anything is asked of Zoho; ``lenient``: without secrets its first call does.
    """
    async with around.http_client() as http:
        credentials = await _credentials(around, connection, lenient=lenient)
        books = make_books(_client(around, db, connection, http, credentials))
        spooled.take_in(around.database.parent, db, connection)
        engine = Engine(
            db=db,
            books=books,
            connection=connection,
            clock=around.clock,
            rng=random.Random(),  # noqa: S311 - spreads waits, guards nothing
            emit=emit,
            poll_seconds=around.settings.poll_seconds,
            parallel=around.settings.calls_in_parallel,
            limits=limits_of(around.settings),
        )
        engine.hours = hours_for(around.settings, connection)
        engine.set_pace = books.client.set_pace
        books.client.on_silence = partial(engine.meter.show, last=True)
        engine.minute_free_in = books.client.minute_free_in
        engine.quiet.paced(around.settings.calls_per_minute, around.settings.call_reserve_percent / 100)
        engine.quiet.switch(around.settings.month_end, around.settings.month_end_until)
        yield engine


def hours_for(settings: Settings, connection: Connection) -> Hours:
    """When passes may begin by themselves, in the organization's own zone."""
    zone = connection.organization.time_zone
    return hours_of(settings.hours_from, settings.hours_to, settings.hours_days, zone)


def limits_of(settings: Settings) -> Limits:
    """How much one run may write without asking, as the settings say it."""
    return braking.limits_of(settings.limit_changes, settings.limit_deletions, settings.limit_value)


async def _credentials(around: Surroundings, connection: Connection, *, lenient: bool) -> Credentials:
    """The client's credentials from the vault, which may ask the person: off this thread."""
    try:
        kept = await secrets.VaultTokens(around.vault, connection).secrets()
    except secrets.SecretsGone:
        if not lenient:
            raise
        return Credentials(kept_centre(connection), connection.client_id, "", connection.pkce)
    return Credentials(kept_centre(connection), connection.client_id, kept.client_secret, connection.pkce)


def _client(
    around: Surroundings, db: Database, connection: Connection, http: httpx.AsyncClient, credentials: Credentials
) -> ZohoClient:
    settings, zone = around.settings, connection.organization.time_zone
    kept = StoredLedger(db, connection, around.clock)
    gate = CallGate(
        around.clock,
        settings.calls_per_minute,
        settings.calls_in_parallel,
        kept,
        recent=kept.recent(),
        day_ends=partial(budget.next_midnight, zone=zone),
        reserve=settings.call_reserve_percent / 100,
    )
    return ZohoClient(
        http,
        api_url=connection.api_url,
        organization_id=connection.organization.organization_id,
        tokens=token_keeper(around, connection, http, credentials),
        gate=gate,
        clock=around.clock,
        rng=random.Random(),  # noqa: S311 - spreads waits, guards nothing
        timeout=settings.request_timeout,
        retry_base_seconds=settings.retry_base_seconds,
    )


def token_keeper(
    around: Surroundings, connection: Connection, http: httpx.AsyncClient, credentials: Credentials
) -> TokenKeeper:
    """The access token of a stored connection, kept in its vault across restarts."""
    kept = secrets.VaultTokens(around.vault, connection)
    return TokenKeeper(
        SignIn(http, around.clock, timeout=around.settings.request_timeout),
        credentials,
        accounts_url=connection.accounts_url,
        clock=around.clock,
        refresh_token=kept.refresh_token,
        load=kept.load,
        save=kept.save,
        keep_refresh_token=kept.keep_refresh_token,
    )


def readable(scopes: Sequence[str]) -> tuple[str, ...]:
    """The modules that these scopes let zbdesk read, in the catalogue's order.

    Left out is what comes with the detail of its parent anyway. Lists below other records are read by full passes.
    """
    granted = {scope.casefold() for scope in scopes}
    return tuple(
        name
        for name, module in MODULES.items()
        if module.listed
        and name not in WITH_DETAIL
        and granted
        & {module.read_scope.casefold(), f"zohobooks.{module.scope}.all".casefold(), "zohobooks.fullaccess.all"}
    )
