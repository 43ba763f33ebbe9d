"""Webhooks of one connection joined: secret, listener, inbox, engine; and what people may ask and change about them."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from zbdesk.app import control_key, local, spooled, webhook_secret
from zbdesk.app.build import Surroundings
from zbdesk.app.desk import Desk, NotConnected
from zbdesk.app.listener_thread import FarSecrets, PublicHosts, on_own_thread
from zbdesk.app.lock import OtherInstance
from zbdesk.app.webhook_secret import SecretKeeper
from zbdesk.app.webhook_watch import Watch
from zbdesk.domain.errors import StorageError, TransientError
from zbdesk.domain.views import Connection
from zbdesk.store import connections, inbox
from zbdesk.store.database import Database
from zbdesk.sync.engine import Engine
from zbdesk.sync.hints import NoSuchEvent
from zbdesk.vault.files import LockHeld
from zbdesk.webhooks.events import StoredEvent
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.paths import CONTROL, CONTROL_HEADER, ROOT, local_url
from zbdesk.webhooks.porch import Porch, on_loop
from zbdesk.webhooks.tunnels.address import checked, joined

_log = logging.getLogger(__name__)

PRUNE_SECONDS = 6 * 3600.0
HAND_OVER_SECONDS = 10.0
FRESH = timedelta(minutes=1)
"""How old an order may be that is handed over."""


class NotListening(TransientError):
    """The listener of this program does not answer, so nothing can be handed to its sync thread."""

    def __init__(self) -> None:
        super().__init__(
            "The webhook listener of this zbdesk does not answer.",
            "Another program may have its port: see Problems. It is tried again by itself; then try once more.",
            code="not_listening",
        )


@asynccontextmanager
async def listening(
    around: Surroundings,
    engine: Engine,
    on_stored: Callable[[StoredEvent], None] | None = None,
    orders: Callable[[dict[str, object]], int | None] | None = None,
) -> AsyncIterator[tuple[Listener, Intake]]:
    """Listen for the engine's connection; the running loop must be the one that writes the database.

    The listener has a thread and a loop of its own, and writes through this one. ``on_stored`` is told of each new
    event besides the engine. ``orders`` carries out what is handed over and is none of ours, and returns the HTTP
    status, None for what it does not know. A port that is taken, a locked vault or a full disk delays events; they are
    never a reason not to sync.
    """
    db, connection, clock = engine.db, engine.connection, engine.clock
    keeper = SecretKeeper(around.vault, connection, around.database.parent, clock)
    await keeper.open()
    watch = Watch(db, connection.id, clock, engine.emit)
    key = await asyncio.to_thread(_control_key, around.database.parent)

    def stored(event: StoredEvent) -> None:
        if event.waits:
            engine.hinted()
        if on_stored is not None:
            on_stored(event)

    async def control(body: bytes, signature: bytes | None) -> int:
        return _obey(engine, key, body, signature, orders or (lambda _order: None))

    def on_port(ours: bool) -> None:
        home.call_soon_threadsafe(lambda: watch.port(around.settings.webhook_port, ours=ours))

    home = asyncio.get_running_loop()
    intake = Intake(db, connection, keeper, clock, on_stored=stored, on_judged=watch.judged)
    spool = spooled.spool_of(around.database.parent, db, connection)
    hosts = PublicHosts(around.database, connection.id)
    listener = Listener(
        Porch(home, intake, FarSecrets(keeper, home), spool, clock, on_judged=watch.judged),
        inbox.facts(db, connection.id).path_key,
        clock,
        port=around.settings.webhook_port,
        public_hosts=hosts,
        control=lambda body, signature: on_loop(home, control(body, signature)),
        on_port=on_port,
    )
    pruning = asyncio.create_task(_prune(engine), name="webhook inbox")
    try:
        async with on_own_thread(listener, at_end=hosts.close):
            _log.info("webhooks: %s", f"port {listener.port}" if listener.is_listening else "waiting for the port")
            yield listener, intake
    finally:
        pruning.cancel()
        watch.close()
        await asyncio.gather(pruning, return_exceptions=True)
        spool.close()
        spooled.take_in(around.database.parent, db, connection)


async def _prune(engine: Engine) -> None:
    while True:
        try:
            gone = inbox.prune(engine.db, engine.connection.id, engine.clock.now())
        except StorageError as error:
            # It is only about room in the inbox: the next time will do.
            _log.warning("webhooks: old events could not be forgotten: %s", error.title)
        else:
            _log.info("webhooks: %d old events forgotten", gone)
        await engine.clock.sleep(PRUNE_SECONDS)


# What people change


def rotate_secret(desk: Desk) -> str:
    """Make another secret and return it: the only time that it is shown. Beside a running instance, which notices.

    Blocks as a vault does. Raises ``NotConnected`` and the vault's own.
    """
    connection = _connection(desk)
    return webhook_secret.rotate(desk.vault(), connection, desk.data_dir, desk.clock.now()).secret


def public_address(desk: Desk, text: str) -> str:
    """The address for Zoho Books from what a person pasted, path and key included; empty text stays empty.

    Raises ``BadAddress``.
    """
    if not text.strip():
        return ""
    connection = _connection(desk)
    with closing(Database.open_reader(desk.database_path)) as db:
        return joined(checked(text), ROOT + inbox.facts(db, connection.id).path_key)


def set_public_url(desk: Desk, text: str) -> str:
    """Keep the public address and return it in full. A running instance keeps it; without one it is written here."""
    url = public_address(desk, text)
    write_or_hand_over(desk, {"public_url": url}, lambda db, here: inbox.set_public_url(db, here.id, url))
    return url


def replay(desk: Desk, event_id: int) -> None:
    """Let an event be looked at once more: by the running instance now, or else by the next sync."""

    def here(db: Database, connection: Connection) -> None:
        if not inbox.replay(db, connection.id, event_id):
            raise NoSuchEvent(event_id)

    connection = _connection(desk)
    with closing(Database.open_reader(desk.database_path)) as db:
        found = inbox.event(db, connection.id, event_id)
    if found is None or found.view.module is None or found.view.remote_id is None:
        raise NoSuchEvent(event_id)
    write_or_hand_over(desk, {"replay": event_id}, here)


def _connection(desk: Desk) -> Connection:
    connection = desk.read(lambda reader: reader.connection()).result()
    if connection is None:
        raise NotConnected
    return connection


def write_or_hand_over(desk: Desk, order: dict[str, object], write: Callable[[Database, Connection], None]) -> None:
    """Write here, or have the instance that runs carry out the order: another process, or this one's sync thread.

    Blocks. Raises ``OtherInstance`` or ``NotListening`` where it takes no orders.
    """
    if desk.is_attended:
        if not _handed_over(desk, order):
            if order.get("test") is True:
                raise NotListening  # that one is about the listener itself
            local.write(desk, "webhooks", write)
        return
    try:
        desk.acquire("webhooks")
    except OtherInstance:
        if not _handed_over(desk, order):
            raise
        return
    with closing(Database.open(desk.database_path, now=desk.clock.now)) as db:
        connection = connections.current(db)
        if connection is None:
            raise NotConnected
        write(db, connection)


# Handing over to the instance that listens: its own listener takes orders signed with a key that never left here


def _control_key(data_dir: Path) -> str | None:
    """The key of this data directory; None where none can be made: then no order is taken, and events still are."""
    try:
        return control_key.ensure(data_dir)
    except (OSError, LockHeld) as error:
        _log.warning("webhooks: no orders of other programs are taken: %s", error)
        return None


def _handed_over(desk: Desk, order: dict[str, object]) -> bool:
    connection = _connection(desk)
    key = control_key.load(desk.data_dir)
    if key is None:
        return False
    with closing(Database.open_reader(desk.database_path)) as db:
        url = local_url(desk.settings.webhook_port, inbox.facts(db, connection.id).path_key)
    body = json.dumps({**order, "nonce": secrets.token_hex(8), "at": desk.clock.now().isoformat()}).encode()
    try:
        with httpx.Client(trust_env=False, timeout=HAND_OVER_SECONDS) as http:
            headers = {CONTROL_HEADER: control_key.signature(key, body)}
            answer = http.post(f"{url}/{CONTROL}", content=body, headers=headers)
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


def _obey(
    engine: Engine,
    key: str | None,
    body: bytes,
    signature: bytes | None,
    others: Callable[[dict[str, object]], int | None],
) -> int:
    """Carry out an order that was handed over; returns the HTTP status."""
    order = _order(body, engine.clock.now()) if control_key.is_signed(key, body, signature) else None
    if order is None:
        return 401
    return carry_out(engine, order) or others(order) or 404


def carry_out(engine: Engine, order: dict[str, object]) -> int | None:
    """Carry out an order about the inbox; None for what is none."""
    db, connection = engine.db, engine.connection
    match order:
        case {"replay": int(event_id)}:
            if not inbox.replay(db, connection.id, event_id):
                return 404
            engine.hinted()
        case {"public_url": str(url)}:
            inbox.set_public_url(db, connection.id, url)
        case _:
            return None
    return 200


def _order(body: bytes, now: datetime) -> dict[str, object] | None:
    """A fresh order; an old one that somebody recorded is none."""
    try:
        order = json.loads(body)
        age = now - datetime.fromisoformat(order["at"])
    except (ValueError, KeyError, TypeError):
        return None
    return order if isinstance(order, dict) and abs(age) <= FRESH else None
