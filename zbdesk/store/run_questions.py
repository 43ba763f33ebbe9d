"""The one question that a run too large to go by itself leaves behind, and whether a person has said yes to it.

What is allowed is a set of writes, each with the revision of its document, so that an edit made later is not covered.
Invariant: a connection has at most one question, and an answer is bound to the writes that were shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from zbdesk.domain.views import RunLimit, RunQuestion
from zbdesk.store.database import Database
from zbdesk.store.times import from_us, to_us

Write = tuple[int, bool, int]
"""Record, whether it goes (is deleted or voided), revision of its document."""

_PUT = """INSERT INTO run_question (connection_id, token, planned, facts, asked_at, allowed_at)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connection_id) DO UPDATE SET token = excluded.token,
    planned = excluded.planned, facts = excluded.facts, asked_at = excluded.asked_at,
    allowed_at = excluded.allowed_at"""


def token_of(planned: Collection[Write]) -> str:
    """A short name of exactly this set."""
    text = json.dumps(sorted([record_id, int(goes), revision] for record_id, goes, revision in planned))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def ask(
    db: Database,
    connection_id: int,
    planned: Collection[Write],
    question: RunQuestion,
    *,
    allowed: bool = False,
) -> None:
    """Keep the question. One that asks for the same set again stays as it was asked, answer included."""
    with db.transaction():
        known = db.one("SELECT token, allowed_at FROM run_question WHERE connection_id = ?", (connection_id,))
        if known is not None and known[0] == question.token and (known[1] is not None or not allowed):
            return
        at = to_us(question.asked_at)
        rows = sorted([record_id, int(goes), revision] for record_id, goes, revision in planned)
        facts = {
            "limits": [[one.what, str(one.planned), str(one.allowed)] for one in question.limits],
            "writes": [list(one) for one in question.writes],
            "totals": [[code, str(amount)] for code, amount in question.totals],
        }
        values = (question.token, json.dumps(rows), json.dumps(facts), at, at if allowed else None)
        db.execute(_PUT, (connection_id, *values))


def standing(db: Database, connection_id: int) -> RunQuestion | None:
    """The question as it stands; None where no run has stopped."""
    with db.snapshot():
        row = db.one(
            "SELECT token, facts, asked_at, allowed_at FROM run_question WHERE connection_id = ?", (connection_id,)
        )
    if row is None:
        return None
    facts = json.loads(row[1])
    return RunQuestion(
        token=row[0],
        limits=tuple(RunLimit(what, Decimal(planned), Decimal(most)) for what, planned, most in facts["limits"]),
        writes=tuple((what, module, count) for what, module, count in facts["writes"]),
        totals=tuple((code, Decimal(amount)) for code, amount in facts["totals"]),
        asked_at=from_us(row[2]),
        allowed=row[3] is not None,
    )


def allow(db: Database, connection_id: int, token: str, *, at: datetime) -> bool:
    """A person says yes to what was shown under ``token``; False where it is another set by now."""
    with db.transaction():
        done = db.execute(
            "UPDATE run_question SET allowed_at = COALESCE(allowed_at, ?) WHERE connection_id = ? AND token = ?",
            (to_us(at), connection_id, token),
        )
        return bool(done.rowcount == 1)


def allowed(db: Database, connection_id: int) -> frozenset[Write]:
    """The writes that a person has said yes to; empty without an answer."""
    sql = "SELECT planned FROM run_question WHERE connection_id = ? AND allowed_at IS NOT NULL"
    text = db.value(sql, (connection_id,))
    return frozenset((int(one[0]), bool(one[1]), int(one[2])) for one in json.loads(text)) if text else frozenset()


def clear(db: Database, connection_id: int) -> None:
    """Nothing is asked any more."""
    with db.transaction():
        db.execute("DELETE FROM run_question WHERE connection_id = ?", (connection_id,))
