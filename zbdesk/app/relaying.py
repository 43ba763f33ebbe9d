"""Own addresses that events are passed on to: adding, removing, listing, sending again, and their secrets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from zbdesk.app import relay_secrets
from zbdesk.app.desk import Desk, NotConnected
from zbdesk.app.log import mark_secret
from zbdesk.app.webhooks import write_or_hand_over
from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.domain.way import Delivery, Target
from zbdesk.store import connections, deliveries, onward, problems
from zbdesk.store.database import Database, MissingDatabase
from zbdesk.sync.engine import Engine
from zbdesk.webhooks.onward import new_secret
from zbdesk.webhooks.tunnels.address import checked

CAUSE = "relay_dead"
CONTENTS = ("event", "record")


class BadFilter(UsageError):
    """A word of a target's filter that means nothing."""

    def __init__(self, word: str, known: Sequence[str]) -> None:
        super().__init__(f"{word} is no kind of event or content.", f"Use one of {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class AddedTarget:
    """A new target. The secret is shown here once and is in the vault from then on."""

    id: int
    url: str
    secret: str = field(repr=False)


def add(desk: Desk, url: str, *, content: str, modules: Sequence[str], kinds: Sequence[str]) -> AddedTarget:
    """Add a target and return its secret, the only time it is shown. http is allowed: these are own systems.

    Raises ``BadAddress``, ``BadFilter``, ``UnknownModule``, ``TargetKnown``, ``NotConnected`` and the
    vault's own. Without the secret in the vault there is no target.
    """
    plain = checked(url, private_http=True)
    if content not in CONTENTS:
        raise BadFilter(content, CONTENTS)
    for kind in kinds:
        if kind not in onward.KINDS:
            raise BadFilter(kind, onward.KINDS)
    names = [named(name).name for name in modules]
    connection = _connected(desk)
    if any(one.url == plain for one in targets(desk)):
        raise deliveries.TargetKnown(plain)
    secret = new_secret()
    mark_secret(secret)
    # The secret first: a target without one could deliver nothing. One without a target is overwritten by the next.
    desk.vault().set(relay_secrets.entry(connection, plain), secret)
    order: dict[str, object] = {
        "target_add": {"url": plain, "content": content, "modules": names, "kinds": list(kinds)}
    }
    write_or_hand_over(
        desk,
        order,
        lambda db, here: _add(db, here.id, plain, content, names, kinds, desk.clock.now()),
    )
    made = next(one for one in targets(desk) if one.url == plain)
    return AddedTarget(made.id, plain, secret)


def _add(  # noqa: PLR0917 - the columns of one row
    db: Database,
    connection_id: int,
    url: str,
    content: str,
    modules: Sequence[str],
    kinds: Sequence[str],
    at: datetime,
) -> None:
    deliveries.add_target(db, connection_id, url, content, modules, kinds, at)


def change(desk: Desk, target_id: int, *, modules: Sequence[str], kinds: Sequence[str], enabled: bool) -> None:
    """Let a target get other events from now on; not ``enabled``: nothing until it is again.

    Raises ``NoTarget``, ``BadFilter``, ``UnknownModule``, ``NotConnected``, ``OtherInstance``.
    """
    for kind in kinds:
        if kind not in onward.KINDS:
            raise BadFilter(kind, onward.KINDS)
    names = [named(name).name for name in modules]
    if not any(one.id == target_id for one in targets(desk)):
        raise deliveries.NoTarget(target_id)
    order: dict[str, object] = {
        "target_change": {"id": target_id, "modules": names, "kinds": list(kinds), "enabled": enabled}
    }
    write_or_hand_over(
        desk,
        order,
        lambda db, here: deliveries.change_target(db, here.id, target_id, names, kinds, enabled=enabled),
    )


def remove(desk: Desk, target_id: int) -> None:
    """Remove a target, what waits for it, and its secret. Raises ``NoTarget``, ``NotConnected``, ``OtherInstance``."""
    connection = _connected(desk)
    gone = next((one for one in targets(desk) if one.id == target_id), None)
    if gone is None:
        raise deliveries.NoTarget(target_id)
    write_or_hand_over(desk, {"target_remove": target_id}, lambda db, here: _remove(db, here.id, target_id))
    desk.vault().delete(relay_secrets.entry(connection, gone.url))


def _remove(db: Database, connection_id: int, target_id: int) -> None:
    deliveries.remove_target(db, connection_id, target_id)
    _settle(db, connection_id)


def targets(desk: Desk) -> list[Target]:
    """All targets, oldest first. Raises ``NotConnected``."""
    with _reading(desk) as db:
        return deliveries.targets(db, _current(db).id)


def listed(desk: Desk, *, limit: int = 200, state: str | None = None) -> list[Delivery]:
    """Deliveries, newest first. Raises ``NotConnected``."""
    with _reading(desk) as db:
        return deliveries.recent(db, _current(db).id, limit, state)


def redeliver(desk: Desk, delivery_id: int) -> None:
    """Let one be tried at once. Raises ``NotDeliverable``, ``NotConnected``, ``OtherInstance``."""
    with _reading(desk) as db:
        deliveries.check_deliverable(db, _current(db).id, delivery_id)
    write_or_hand_over(
        desk, {"redeliver": delivery_id}, lambda db, here: _again(db, here.id, delivery_id, desk.clock.now())
    )


def _again(db: Database, connection_id: int, delivery_id: int, at: datetime) -> None:
    deliveries.redeliver(db, connection_id, delivery_id, at)
    _settle(db, connection_id)


def carry_out(engine: Engine, order: dict[str, object]) -> bool:
    """Carry out an order about targets that another process handed over; False for what is no such order."""
    db, connection_id, now = engine.db, engine.connection.id, engine.clock.now()
    match order:
        case {"target_add": {"url": str(url), "content": str(content), "modules": list(modules), "kinds": list(kinds)}}:
            names = [str(word) for word in modules]
            _add(db, connection_id, url, content, names, [str(word) for word in kinds], now)
        case {
            "target_change": {
                "id": int(target_id), "modules": list(modules), "kinds": list(kinds), "enabled": bool(enabled)
            }
        }:  # fmt: skip
            words = [str(word) for word in modules], [str(word) for word in kinds]
            deliveries.change_target(db, connection_id, target_id, *words, enabled=enabled)
        case {"target_remove": int(target_id)}:
            _remove(db, connection_id, target_id)
        case {"redeliver": int(delivery_id)}:
            _again(db, connection_id, delivery_id, now)
        case _:
            return False
    return True


def note_dead(engine: Engine, target: Target) -> None:
    """Put on the Problems list that a target does not take what it should."""
    counts = {one.id: count for one, count in deliveries.dead_counts(engine.db, engine.connection.id)}
    count = counts.get(target.id, 0)
    events = "1 event was" if count == 1 else f"{count} events were"
    problems.raise_problem(
        engine.db,
        engine.connection.id,
        cause=CAUSE,
        message=f"{events} not delivered to {target.url}.",
        remedy="Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.",
        at=engine.clock.now(),
    )


def _settle(db: Database, connection_id: int) -> None:
    """Take the problem back once no dead letter is left."""
    if not deliveries.dead_counts(db, connection_id):
        problems.clear(db, connection_id, cause=CAUSE)


def _connected(desk: Desk) -> Connection:
    with _reading(desk) as db:
        return _current(db)


@contextmanager
def _reading(desk: Desk) -> Iterator[Database]:
    try:
        db = Database.open_reader(desk.database_path)
    except MissingDatabase as exc:
        raise NotConnected from exc
    with closing(db):
        yield db


def _current(db: Database) -> Connection:
    connection = connections.current(db)
    if connection is None:
        raise NotConnected
    return connection
