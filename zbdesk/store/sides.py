"""The local and the synced tree: what our side says, and what both sides last agreed on.

Field values are JSON texts with exact numbers. Each side has its own writer: commands and adopting write ``local``,
only agreement writes ``synced``; reading pages from Zoho writes neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import cast

import msgspec

from zbdesk.store import module_states, states
from zbdesk.store.database import Database
from zbdesk.store.times import to_us

_encode = msgspec.json.Encoder(decimal_format="number").encode

Fields = dict[str, object]

_PUT_SYNCED = """INSERT INTO synced (record_id, fields, agreed_at) VALUES (?, ?, ?)
    ON CONFLICT (record_id) DO UPDATE SET fields = excluded.fields, agreed_at = excluded.agreed_at"""


def to_json(fields: Mapping[str, object]) -> str:
    """JSON text; Decimals keep their digits, dates become ISO text."""
    return _encode(fields).decode()


def from_json(text: str | bytes) -> Fields:
    """Fields with every number that has a point as Decimal."""
    return cast("Fields", json.loads(text, parse_float=Decimal))


def put_synced(db: Database, record_id: int, fields: Mapping[str, object], *, at: datetime) -> None:
    """Set the base of the next merge: both sides were seen to agree on it."""
    with db.transaction():
        db.execute(_PUT_SYNCED, (record_id, to_json(fields), to_us(at)))
        states.refresh(db, [record_id])


def drop_local(db: Database, record_id: int) -> None:
    """Our side no longer has an opinion: the record is only mirrored. Its base goes too."""
    with db.transaction():
        if db.one("SELECT 1 FROM local WHERE record_id = ?", (record_id,)) is not None:
            _count_local(db, record_id, -1)
        db.execute("DELETE FROM local WHERE record_id = ?", (record_id,))
        db.execute("DELETE FROM synced WHERE record_id = ?", (record_id,))
        states.refresh(db, [record_id])


def local_of(db: Database, record_id: int) -> Fields | None:
    """What our side says; None for a record that is only mirrored."""
    with db.snapshot():
        text = db.value("SELECT fields FROM local WHERE record_id = ?", (record_id,))
    return None if text is None else from_json(text)


def synced_of(db: Database, record_id: int) -> Fields | None:
    """What both sides last agreed on."""
    with db.snapshot():
        text = db.value("SELECT fields FROM synced WHERE record_id = ?", (record_id,))
    return None if text is None else from_json(text)


def _count_local(db: Database, record_id: int, by: int) -> None:
    feeds = module_states.feeds_of_records(db, [record_id])
    module_states.shift(db, feeds[record_id], local=by)
