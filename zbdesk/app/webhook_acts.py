"""What the window may do about webhooks beyond reading: each act blocks, so it runs in a thread of its own.

Whatever changes the database or calls Zoho is carried out by the running sync thread, which alone writes; the vault is
asked here, since it may ask the person. Invariant: no act opens a second writing handle while the sync thread runs.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import closing
from typing import TypeVar

from zbdesk.app import automation, relaying, way, webhook_secret, webhooks
from zbdesk.app.desk import Desk, NotConnected
from zbdesk.app.relaying import AddedTarget
from zbdesk.domain.errors import TransientError
from zbdesk.domain.set_up import SetUpDone, SetUpStep
from zbdesk.domain.views import Connection
from zbdesk.store import connections
from zbdesk.store.database import Database, MissingDatabase
from zbdesk.sync.engine import Engine
from zbdesk.webhooks.automatic import Report
from zbdesk.webhooks.tunnels.address import checked

T = TypeVar("T")

PROGRAMS = ("cloudflared", "ngrok", "ssh")


class NotSyncing(TransientError):
    """The sync thread is not there, so nothing can be changed."""

    def __init__(self) -> None:
        super().__init__(
            "Syncing is not running, so this cannot be done now.",
            "It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.",
            code="not_syncing",
        )


class WebhookActs:
    """The acts over one desk. ``run`` gives them their thread; ``close`` waits for what is under way."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="zbdesk-webhook-acts")

    def run(self, act: Callable[[], T]) -> Future[T]:
        """Carry out one act off the caller's thread."""
        return self._pool.submit(act)

    def close(self) -> None:
        """No more acts. One that asks the vault may still be open on the person's screen: it is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    # The way

    def test(self) -> None:
        """Have the way tested now; the result comes into the database. Raises ``NotSyncing``."""
        self._order({"test": True})

    def check_address(self, text: str) -> str:
        """The full address for Zoho Books of what was pasted; nothing is kept. Raises ``BadAddress``."""
        return webhooks.public_address(self._desk, text)

    def check_channel(self, text: str) -> str:
        """The address of a relay's channel. Raises ``BadAddress``."""
        return checked(text.replace("{port}", "1"))

    def set_address(self, text: str) -> str:
        """Keep the public address and return it in full; empty for none. Raises ``BadAddress``, ``NotSyncing``."""
        url = webhooks.public_address(self._desk, text)
        self._order({"public_url": url})
        return url

    def keep_token(self, token: str) -> None:
        """Keep the token of a tunnel program in the vault; empty takes it away."""
        way.keep_token(self._desk, token)

    def programs(self, place: str = "") -> Mapping[str, str | None]:
        """Where each tunnel program is on this computer; None where it is not. ``place``: a path that was chosen."""
        return {name: shutil.which(place or name) for name in PROGRAMS}

    # The secret

    def rotate(self) -> str:
        """Make a secret and return it, the only time that it is shown. Raises the vault's own."""
        return webhooks.rotate_secret(self._desk)

    # Events

    def replay(self, event_ids: Sequence[int]) -> int:
        """Let these be looked at once more; returns how many could be."""
        return sum(self._ordered({"replay": event_id}) == 200 for event_id in event_ids)

    # Set-up in Zoho Books

    def preview(self) -> list[SetUpStep]:
        """What would be made. No call is made. Raises ``NoAddressYet``."""
        with closing(self._reading()) as db:
            return list(automation.steps(db, self._connection(db).id))

    def set_up(self) -> list[SetUpDone]:
        """Make what is not there. Raises ``NoAddressYet``, ``MissingScope``, ``NotSyncing``, the vault's own."""
        desk = self._desk
        with closing(self._reading()) as db:
            connection = self._connection(db)
        kept = webhook_secret.ensure(desk.vault(), connection, desk.data_dir, desk.clock.now())
        return self._job(lambda engine: automation.set_up_beside(engine, kept.secret)).steps

    def remove_set_up(self) -> list[SetUpDone]:
        """Remove what was made from here and nothing else. Raises ``MissingScope``, ``NotSyncing``."""
        return self._job(automation.remove_beside).steps

    # Passing on

    def add_target(self, url: str, content: str, modules: Sequence[str], kinds: Sequence[str]) -> AddedTarget:
        """See ``relaying.add``."""
        return relaying.add(self._desk, url, content=content, modules=modules, kinds=kinds)

    def change_target(self, target_id: int, modules: Sequence[str], kinds: Sequence[str], *, enabled: bool) -> None:
        """See ``relaying.change``."""
        relaying.change(self._desk, target_id, modules=modules, kinds=kinds, enabled=enabled)

    def remove_target(self, target_id: int) -> None:
        """See ``relaying.remove``."""
        relaying.remove(self._desk, target_id)

    def redeliver(self, delivery_ids: Sequence[int]) -> int:
        """Let these be tried at once; returns how many. What cannot be sent again any more is left."""
        return sum(self._ordered({"redeliver": delivery_id}) == 200 for delivery_id in delivery_ids)

    # The sync thread

    def _order(self, order: dict[str, object]) -> None:
        if self._ordered(order) != 200:
            raise NotSyncing

    def _ordered(self, order: dict[str, object]) -> int | None:
        return self._awaited(self._desk.carry_out(lambda engine: engine.orders(order)))

    def _job(self, work: Callable[[Engine], Coroutine[object, object, Report]]) -> Report:
        """Carry out something that takes calls to Zoho, on the engine's loop, and wait for it."""
        done: Future[Report] = Future()

        def begin(engine: Engine) -> None:
            task = asyncio.get_running_loop().create_task(work(engine), name="webhook set-up")
            engine.jobs.add(task)
            task.add_done_callback(engine.jobs.discard)
            task.add_done_callback(lambda ended: _copy(ended, done))

        self._awaited(self._desk.carry_out(begin))
        return self._awaited(done)

    @staticmethod
    def _awaited(future: Future[T]) -> T:
        try:
            return future.result()
        except CancelledError as exc:
            raise NotSyncing from exc

    def _reading(self) -> Database:
        try:
            return Database.open_reader(self._desk.database_path)
        except MissingDatabase as exc:
            raise NotConnected from exc

    @staticmethod
    def _connection(db: Database) -> Connection:
        connection = connections.current(db)
        if connection is None:
            raise NotConnected
        return connection


def _copy(ended: asyncio.Task[Report], done: Future[Report]) -> None:
    """Hand a task's end to whoever waits on another thread."""
    if ended.cancelled():
        done.cancel()
    elif (error := ended.exception()) is not None:
        done.set_exception(error)
    else:
        done.set_result(ended.result())
