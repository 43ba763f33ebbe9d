"""How the tunnel stands, its round-trip tests, and what was made in Zoho Books for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from zbdesk.domain.way import LegView, Made, TunnelTest, TunnelView
from zbdesk.store.database import Database, Row
from zbdesk.store.times import from_us, moment_or_none, to_us, us_or_none

KEPT_TESTS = 300
"""Rows of the test history: twelve days of hourly tests."""


def put(db: Database, connection_id: int, row: TunnelView) -> None:
    """Store how the tunnel stands now; a relay's position stays."""
    with db.transaction():
        db.execute(
            "INSERT INTO tunnel (connection_id, kind, state, public_url, sentence, remedy, since, restarts, signed) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (connection_id) DO UPDATE SET kind = excluded.kind, "
            "state = excluded.state, public_url = excluded.public_url, sentence = excluded.sentence, "
            "remedy = excluded.remedy, since = excluded.since, restarts = excluded.restarts, signed = excluded.signed",
            (
                connection_id,
                row.kind,
                row.state,
                row.public_url,
                row.sentence,
                row.remedy,
                us_or_none(row.since),
                row.restarts,
                int(row.signed),
            ),
        )


def get(db: Database, connection_id: int) -> TunnelView | None:
    """How the tunnel stood last; None where there never was one."""
    sql = (
        "SELECT kind, state, public_url, sentence, remedy, since, restarts, signed FROM tunnel WHERE connection_id = ?"
    )
    with db.snapshot():
        row = db.one(sql, (connection_id,))
    if row is None:
        return None
    return TunnelView(row[0], row[1], row[2], row[3], row[4], moment_or_none(row[5]), row[6], bool(row[7]))


def position(db: Database, connection_id: int, channel: str) -> str:
    """How far this channel of a relay was read; empty for another channel than the one of before."""
    with db.snapshot():
        sql = "SELECT position FROM tunnel WHERE connection_id = ? AND position_of = ?"
        return str(db.value(sql, (connection_id, channel)) or "")


def keep_position(db: Database, connection_id: int, channel: str, value: str) -> None:
    """Note how far a channel was read. Without a stored tunnel there is nothing to note it at."""
    with db.transaction():
        sql = "UPDATE tunnel SET position = ?, position_of = ? WHERE connection_id = ?"
        db.execute(sql, (value, channel, connection_id))


_TEST = "at, ok, leg, sentence, remedy, detail, legs, milliseconds, public_url, cause"


def add_test(db: Database, connection_id: int, test: TunnelTest) -> None:
    """Append a test and drop those that are too old."""
    legs = json.dumps([[leg.leg, leg.state, leg.note, leg.milliseconds] for leg in test.legs], ensure_ascii=False)
    with db.transaction():
        db.execute(
            f"INSERT INTO tunnel_test (connection_id, {_TEST}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                connection_id,
                to_us(test.at),
                int(test.ok),
                test.leg,
                test.sentence,
                test.remedy,
                test.detail,
                legs,
                test.milliseconds,
                test.public_url,
                test.cause,
            ),
        )
        db.execute(
            "DELETE FROM tunnel_test WHERE connection_id = ? AND id <= (SELECT id FROM tunnel_test "
            "WHERE connection_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (connection_id, connection_id, KEPT_TESTS),
        )


def recent_tests(db: Database, connection_id: int, limit: int = 50) -> list[TunnelTest]:
    """The last tests, newest first."""
    sql = f"SELECT {_TEST} FROM tunnel_test WHERE connection_id = ? ORDER BY id DESC LIMIT ?"  # noqa: S608
    with db.snapshot():
        return [_test(row) for row in db.all(sql, (connection_id, limit))]


def last_test(db: Database, connection_id: int) -> TunnelTest | None:
    """The newest test."""
    found = recent_tests(db, connection_id, 1)
    return found[0] if found else None


def _test(row: Row) -> TunnelTest:
    at, ok, leg, sentence, remedy, detail, legs, milliseconds, public_url, cause = row
    return TunnelTest(
        at=from_us(at),
        ok=bool(ok),
        leg=leg,
        sentence=sentence,
        remedy=remedy,
        detail=detail,
        legs=tuple(LegView(*entry) for entry in json.loads(legs)),
        milliseconds=milliseconds,
        public_url=public_url,
        cause=cause,
    )


def add_made(  # noqa: PLR0917 - the columns of one row
    db: Database, connection_id: int, kind: str, module: str, rule: str, name: str, remote_id: str, at: datetime
) -> None:
    """Note what was made in Zoho Books; noted twice it counts once."""
    with db.transaction():
        db.execute(
            "INSERT INTO automation (connection_id, kind, module, rule, name, remote_id, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (connection_id, kind, module, rule, name, remote_id, to_us(at)),
        )


def made(db: Database, connection_id: int) -> Sequence[Made]:
    """What was made in Zoho Books and not removed yet, oldest first."""
    sql = "SELECT id, kind, module, rule, name, remote_id, made_at FROM automation WHERE connection_id = ? ORDER BY id"
    with db.snapshot():
        rows = db.all(sql, (connection_id,))
    return [
        Made(made_id, kind, module, rule, name, remote_id, from_us(at))
        for made_id, kind, module, rule, name, remote_id, at in rows
    ]


def forget_made(db: Database, made_id: int) -> None:
    """Note that it is not in Zoho Books any more."""
    with db.transaction():
        db.execute("DELETE FROM automation WHERE id = ?", (made_id,))
