"""Connections to organizations: everything but their secrets, which are in the vault.

Connecting again to an organization finds its row by accounts server and organization id, so that its records keep
their identity. At most one connection is current.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import inbox, kept_sums, models, preferences, search_index
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, moment_or_none, to_us, us_or_none

_OWN = ("data_centre", "accounts_url", "api_url", "location", "client_id", "redirect_uri", "authorised_by")
_ORGANIZATION = (
    "organization_id",
    "name",
    "country",
    "currency_code",
    "time_zone",
    "language_code",
    "fiscal_year_start_month",
    "plan",
    "edition",
    "tax_id",
    "date_format",
)


def current(db: Database) -> Connection | None:
    """The connection that syncs, or None before the first and after ``forget``."""
    with db.snapshot():
        return _one(db, models.Connection.is_current == 1)


def get(db: Database, connection_id: int) -> Connection | None:
    """A connection by its key, current or not."""
    with db.snapshot():
        return _one(db, models.Connection.id == connection_id)


def known(db: Database) -> tuple[Connection, ...]:
    """All connections whose data is here, the current first."""
    table = models.Connection
    with db.snapshot():
        rows = table.select().order_by(table.is_current.desc(), table.id).dicts().execute(db.orm)
        return tuple(_connection(row) for row in rows)


def save(db: Database, connection: Connection) -> Connection:
    """Make this the current connection; returns it with its key.

    An organization known from before keeps its key and its records, whatever ``connection.id`` says. Other connections
    stay, no longer current.
    """
    table = models.Connection
    columns = _columns(connection)
    with db.transaction():
        same = (table.accounts_url == connection.accounts_url) & (
            table.organization_id == connection.organization.organization_id
        )
        table.update(is_current=0).where(table.is_current == 1).execute(db.orm)
        known_id = table.select(table.id).where(same).scalar(db.orm)
        if known_id is None:
            known_id = table.insert(**columns).execute(db.orm)
        else:
            table.update(**columns).where(table.id == known_id).execute(db.orm)
        inbox.ensure(db, int(known_id))
    return replace(connection, id=int(known_id))


def make_current(db: Database, connection_id: int) -> None:
    """Use this connection from now on; the others stay, no longer current."""
    table = models.Connection
    with db.transaction():
        table.update(is_current=0, next_run_at=None).where(table.is_current == 1).execute(db.orm)
        table.update(is_current=1).where(table.id == connection_id).execute(db.orm)


def set_state(db: Database, connection_id: int, state: ConnectionState, reason: str = "") -> None:
    """Note how the connection stands; ``reason`` is a sentence for people."""
    _update(db, connection_id, state=state.value, state_reason=reason)


def state_reason(db: Database, connection_id: int) -> str:
    """The sentence stored with the state."""
    with db.snapshot():
        return str(db.value("SELECT state_reason FROM connection WHERE id = ?", (connection_id,)) or "")


def set_contact(db: Database, connection_id: int, at: datetime) -> None:
    """Note when Zoho last answered."""
    _update(db, connection_id, last_contact_at=to_us(at))


def set_next_run(db: Database, connection_id: int, at: datetime | None) -> None:
    """Note when the next pass is planned; None when nothing is."""
    _update(db, connection_id, next_run_at=us_or_none(at))


def moments(db: Database, connection_id: int) -> tuple[datetime | None, datetime | None]:
    """Last contact and next planned pass."""
    with db.snapshot():
        row = db.one("SELECT last_contact_at, next_run_at FROM connection WHERE id = ?", (connection_id,))
    return (None, None) if row is None else (moment_or_none(row[0]), moment_or_none(row[1]))


def forget(db: Database, connection_id: int) -> None:
    """Disconnect: the connection is no longer current, its mirror stays for reading and for connecting again."""
    _update(db, connection_id, is_current=0, state=ConnectionState.NONE.value, state_reason="", next_run_at=None)


def delete_data(db: Database, connection_id: int) -> None:
    """Remove the connection and everything that was stored for it. ``Database.vacuum`` then frees the space."""
    records = (
        "record_id IN (SELECT r.id FROM record r JOIN module_state m ON m.id = r.feed_id WHERE m.connection_id = ?)"
    )
    with db.transaction():
        # Taking each record out of search and sums by itself costs more than making both anew for what stays.
        search_index.drop(db)
        kept_sums.drop(db)
        # Children first: the keys' own cascade would look each of them up once a record.
        for table in ("attempt", "decision", "synced", "local", "remote"):
            db.execute(f"DELETE FROM {table} WHERE {records}", (connection_id,))  # noqa: S608 - our table names
        for table in ("problem", "diary", "run", "day_calls"):
            db.execute(f"DELETE FROM {table} WHERE connection_id = ?", (connection_id,))  # noqa: S608
        feeds = "feed_id IN (SELECT id FROM module_state WHERE connection_id = ?)"
        for table in ("record", "cursor", "block"):
            db.execute(f"DELETE FROM {table} WHERE {feeds}", (connection_id,))  # noqa: S608
        db.execute("DELETE FROM module_state WHERE connection_id = ?", (connection_id,))
        preferences.delete(db, connection_id)
        inbox.delete(db, connection_id)
        db.execute("DELETE FROM connection WHERE id = ?", (connection_id,))
        db.execute(
            "DELETE FROM dictionary WHERE NOT EXISTS (SELECT 1 FROM module_state m "
            "WHERE m.detail_dictionary = dictionary.id)"
        )
        db.forget_cached()


def _update(db: Database, connection_id: int, **columns: Any) -> None:
    with db.transaction():
        models.Connection.update(**columns).where(models.Connection.id == connection_id).execute(db.orm)


def _one(db: Database, condition: Any) -> Connection | None:
    rows = list(models.Connection.select().where(condition).dicts().execute(db.orm))
    return _connection(rows[0]) if rows else None


def _connection(row: dict[str, Any]) -> Connection:
    organization = Organization(**{name: row[name] for name in _ORGANIZATION}, active=bool(row["active"]))
    return Connection(
        id=row["id"],
        organization=organization,
        **{name: row[name] for name in _OWN},
        scopes=tuple(row["scopes"].split()),
        read_only=bool(row["read_only"]),
        pkce=bool(row["pkce"]),
        state=ConnectionState(row["state"]),
        connected_at=from_us(row["connected_at"]),
    )


def _columns(connection: Connection) -> dict[str, Any]:
    columns: dict[str, Any] = {name: getattr(connection, name) for name in _OWN}
    columns |= {name: getattr(connection.organization, name) for name in _ORGANIZATION}
    return columns | {
        "active": int(connection.organization.active),
        "scopes": " ".join(connection.scopes),
        "read_only": int(connection.read_only),
        "pkce": int(connection.pkce),
        "state": connection.state.value,
        "state_reason": "",
        "is_current": 1,
        "connected_at": to_us(connection.connected_at),
    }
