"""Records that lose, find or give up their counterpart in Zoho. The local identity of what stays never changes."""

from __future__ import annotations

from datetime import datetime

from zbdesk.store import changes, module_states, problems, sides, states
from zbdesk.store.database import Database
from zbdesk.store.times import to_us


def detach(db: Database, record_id: int) -> None:
    """Forget Zoho's record: it is gone there, and ours is to be created again under the same local identity."""
    with db.transaction():
        row = db.one("SELECT feed_id, gone, want_detail, remote_id FROM record WHERE id = ?", (record_id,))
        if row is None or row[3] is None:
            return
        feed_id, gone, wanted, _ = row
        db.execute("DELETE FROM remote WHERE record_id = ?", (record_id,))
        db.execute("DELETE FROM synced WHERE record_id = ?", (record_id,))
        db.execute(
            """UPDATE record SET remote_id = NULL, gone = 0, deleted_at = NULL, want_detail = 0, detail = 0,
            row_hash = NULL, modified_at = NULL, status = NULL, balance = NULL WHERE id = ?""",
            (record_id,),
        )
        db.execute(
            "UPDATE local SET settled = NULL, pending = 'create', action = NULL WHERE record_id = ?", (record_id,)
        )
        module_states.shift(db, feed_id, live=-(1 - gone), deleted=-gone, wanted=-wanted)
        states.refresh(db, [record_id])


def forget(db: Database, record_id: int, at: datetime) -> None:
    """Let go of a record that never reached Zoho and is no longer wanted.

    A document of a source stays as a tombstone: its source will give it again, which must not revive it.
    """
    with db.transaction():
        row = db.one("SELECT feed_id, remote_id, source_id, gone FROM record WHERE id = ?", (record_id,))
        if row is None or row[1] is not None:
            return
        feed_id, _, source_id, gone = row
        connection_id = db.value("SELECT connection_id FROM module_state WHERE id = ?", (feed_id,))
        problems.clear(db, int(connection_id), record_id=record_id)
        if source_id is None:
            sides.drop_local(db, record_id)
            remove(db, record_id)
            return
        db.execute("UPDATE record SET gone = 1, deleted_at = ? WHERE id = ?", (to_us(at), record_id))
        db.execute(
            """UPDATE local SET deleted = 1, wishes = '[]', pending = NULL, action = NULL, conflict_since = NULL,
            clashes = NULL WHERE record_id = ?""",
            (record_id,),
        )
        module_states.shift(db, feed_id, deleted=1 - gone)
        states.refresh(db, [record_id])


def leave_source(db: Database, record_id: int) -> None:
    """What a source gave was taken back as a whole: given once more it is a new document, not this deleted one."""
    with db.transaction():
        db.execute("UPDATE record SET source = NULL, source_id = NULL WHERE id = ? AND gone = 1", (record_id,))


def revive(db: Database, record_id: int) -> None:
    """A document that was given up before it left is wanted again."""
    row = db.one("SELECT feed_id FROM record WHERE id = ? AND gone = 1 AND remote_id IS NULL", (record_id,))
    if row is not None:
        db.execute("UPDATE record SET gone = 0, deleted_at = NULL WHERE id = ?", (record_id,))
        module_states.shift(db, int(row[0]), deleted=-1)


def absorb(db: Database, record_id: int, other_id: int) -> None:
    """Two rows turned out to be one record of Zoho's: the mirrored ``other_id`` becomes part of ``record_id``.

    The local identity of ``record_id`` stays; a local side of the other one goes. Raises ``ValueError`` where the
    other one stands for a document of its own, or where ``record_id`` has a record of Zoho's already.
    """
    with db.transaction():
        mine = db.one("SELECT feed_id, remote_id FROM record WHERE id = ?", (record_id,))
        other = db.one("SELECT feed_id, source_id, remote_id FROM record WHERE id = ?", (other_id,))
        if mine is None or other is None or mine[0] != other[0]:
            raise ValueError("only two records of one module can be one")
        if mine[1] is not None or other[1] is not None:
            raise ValueError("both records stand for something of their own")
        connection_id = db.value("SELECT connection_id FROM module_state WHERE id = ?", (mine[0],))
        problems.clear(db, int(connection_id), record_id=other_id)
        sides.drop_local(db, other_id)
        columns = """number, date, due_date, party, party_id, status, currency, total, balance, reference, modified_at,
            number_key, party_key, reference_key, row_hash, scan_id, want_detail, detail, gone, deleted_at"""
        values = db.one(f"SELECT {columns}, remote_id FROM record WHERE id = ?", (other_id,))  # noqa: S608 - constant
        assert values is not None  # noqa: S101 - read above, in the same transaction
        db.execute("UPDATE remote SET record_id = ? WHERE record_id = ?", (record_id, other_id))
        db.execute("UPDATE diary SET record_id = ? WHERE record_id = ?", (record_id, other_id))
        changes.note(db, [other_id], removed=True)
        db.execute("DELETE FROM record WHERE id = ?", (other_id,))
        names = [name.strip() for name in columns.split(",")] + ["remote_id"]
        assignments = ", ".join(f"{name} = ?" for name in names)
        db.execute(f"UPDATE record SET {assignments} WHERE id = ?", (*values, record_id))  # noqa: S608 - our columns
        states.refresh(db, [record_id])


def remove(db: Database, record_id: int) -> None:
    """Take a record out of the tables, its counters with it. Inside a transaction."""
    feed_id, state = db.one("SELECT feed_id, state FROM record WHERE id = ?", (record_id,)) or (0, "")
    if state in states.COUNTED:
        module_states.shift(db, int(feed_id), **{states.COUNTED[state]: -1})
    changes.note(db, [record_id], removed=True)
    db.execute("DELETE FROM record WHERE id = ?", (record_id,))
