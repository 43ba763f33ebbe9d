"""The remote tree: what Zoho Books last said of every record. Nothing here touches ``local`` or ``synced``.

Invariant: applying the same observation twice changes nothing, and the module's counters move in the same transaction
as its rows. All writers stand inside the caller's transaction, because the cursor belongs into the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zbdesk.domain.records import RemoteRow
from zbdesk.store import changes, module_states, payloads, states
from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids
from zbdesk.store.keys import fold
from zbdesk.store.module_states import chunks, marks
from zbdesk.store.times import to_us


@dataclass(frozen=True, slots=True)
class PageResult:
    """What a page did. ``changed_ids``: record ids of new and changed ones."""

    new: int
    changed: int
    unchanged: int
    changed_ids: tuple[int, ...]


_TYPED = "number, date, due_date, party, party_id, status, currency, total, balance, reference, modified_at"
_COLUMNS = tuple(_TYPED.split(", "))

_KNOWN = "SELECT remote_id, id, row_hash, gone, scan_id FROM record WHERE feed_id = ? AND remote_id IN ({})"
_OLD = f"SELECT id, want_detail, detail, {_TYPED} FROM record WHERE id IN ({{}})"  # noqa: S608 - constants
_INSERT = f"""INSERT INTO record (id, feed_id, local_id, remote_id, {_TYPED}, number_key, party_key, reference_key,
    row_hash, scan_id, want_detail, state) VALUES ({", ".join("?" * 21)}, 'mirrored')"""  # noqa: S608
_INSERT_PLACE = "INSERT INTO remote (record_id, block_id, row_at, row_size) VALUES (?, ?, ?, ?)"
_UPDATE = f"""UPDATE record SET {", ".join(f"{name} = ?" for name in _COLUMNS)}, number_key = ?, party_key = ?,
    reference_key = ?, row_hash = ?, scan_id = ?, want_detail = ?, detail = ?, gone = 0, deleted_at = NULL
    WHERE id = ?"""  # noqa: S608
_REFRESH = "UPDATE record SET row_hash = ?, scan_id = ? WHERE id = ?"
_UPDATE_PLACE = "UPDATE remote SET block_id = ?, row_at = ?, row_size = ? WHERE record_id = ?"

_Place = tuple[int, int, int]
"""Where a row's bytes are: block, position, length."""


class _Known:
    """One record that is stored already, as far as comparing needs it."""

    __slots__ = ("gone", "hash", "id", "scan")

    def __init__(self, record_id: int, row_hash: int | None, gone: int, scan: int) -> None:
        self.id = record_id
        self.hash = row_hash
        self.gone = gone
        self.scan = scan


def store_page(
    db: Database, connection_id: int, module: str, rows: Sequence[RemoteRow], *, scan_id: int, want_detail: bool
) -> PageResult:
    """Store one page of list rows; ``scan_id`` 0 when no scan is under way.

    Identical rows only get the scan's mark. A row counts as changed when its stamp or a typed column differs; where
    only other bytes differ (Zoho's "due in 3 days") they are replaced silently. ``want_detail`` marks new and changed
    records as wanting a detail read. A tombstone that shows up again is alive again, and counts as changed.
    """
    _inside(db)
    feed = module_states.feed_of(db, connection_id, module)
    unique = {row.remote_id: row for row in rows}
    known = _known(db, feed.id, list(unique))
    fresh: list[tuple[RemoteRow, int]] = []
    differing: list[tuple[_Known, RemoteRow, int]] = []
    seen: list[int] = []
    for remote_id, row in unique.items():
        row_hash = payloads.fingerprint(row.payload)
        old = known.get(remote_id)
        if old is None:
            fresh.append((row, row_hash))
        elif old.hash != row_hash or old.gone:
            differing.append((old, row, row_hash))
        elif scan_id and old.scan != scan_id:
            seen.append(old.id)
    for chunk in chunks(seen):
        db.execute(f"UPDATE record SET scan_id = ? WHERE id IN ({marks(chunk)})", (scan_id, *chunk))  # noqa: S608
    bodies = [row.payload for row, _ in fresh] + [row.payload for _, row, _ in differing]
    places = payloads.store_block(db, feed.id, bodies) if bodies else []
    new_ids = _insert(db, feed.id, fresh, places[: len(fresh)], scan_id, want=int(want_detail))
    changed_ids = _replace(db, feed.id, differing, places[len(fresh) :], scan_id, want=int(want_detail))
    changes.note(db, (*new_ids, *changed_ids))
    return PageResult(
        new=len(new_ids),
        changed=len(changed_ids),
        unchanged=len(unique) - len(new_ids) - len(changed_ids),
        changed_ids=(*new_ids, *changed_ids),
    )


def _inside(db: Database) -> None:
    if not (db.is_writer and db.in_transaction):
        raise RuntimeError("observations are stored inside a transaction")


def _known(db: Database, feed_id: int, remote_ids: list[str]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for start in range(0, len(remote_ids), 500):
        part = remote_ids[start : start + 500]
        for remote_id, *rest in db.execute(_KNOWN.format(marks(part)), (feed_id, *part)):
            found[remote_id] = _Known(*rest)
    return found


def _insert(
    db: Database,
    feed_id: int,
    fresh: list[tuple[RemoteRow, int]],
    places: list[_Place],
    scan_id: int,
    *,
    want: int,
) -> list[int]:
    if not fresh:
        return []
    first = next_ids(db, "record", len(fresh))
    ids = list(range(first, first + len(fresh)))
    local_ids = db.new_local_ids(len(fresh))
    db.executemany(
        _INSERT,
        [
            (
                record_id,
                feed_id,
                local_id,
                *row[:12],
                fold(row.number),
                fold(row.party),
                fold(row.reference),
                row_hash,
                scan_id,
                want,
            )
            for record_id, local_id, (row, row_hash) in zip(ids, local_ids, fresh, strict=True)
        ],
    )
    db.executemany(_INSERT_PLACE, [(record_id, *place) for record_id, place in zip(ids, places, strict=True)])
    module_states.shift(db, feed_id, live=len(fresh), wanted=want * len(fresh))
    return ids


def _replace(
    db: Database,
    feed_id: int,
    differing: list[tuple[_Known, RemoteRow, int]],
    places: list[_Place],
    scan_id: int,
    *,
    want: int,
) -> list[int]:
    """Replace rows whose bytes differ or that were tombstones; returns the ids of those that count as changed."""
    if not differing:
        return []
    stored: dict[int, tuple[Any, ...]] = {}
    for chunk in chunks([old.id for old, _, _ in differing]):
        stored.update({line[0]: line[1:] for line in db.execute(_OLD.format(marks(chunk)), chunk)})
    updates: list[tuple[Any, ...]] = []
    silent: list[tuple[Any, ...]] = []
    revived: list[int] = []
    wanted = 0
    for old, row, row_hash in differing:
        had_want, detail, *typed = stored[old.id]
        mark = scan_id or old.scan
        if tuple(typed) == row[1:12] and not old.gone:
            silent.append((row_hash, mark, old.id))
            continue
        wants = had_want or want
        wanted += wants - had_want
        if old.gone:
            revived.append(old.id)
        keys = (fold(row.number), fold(row.party), fold(row.reference))
        updates.append((*row[1:12], *keys, row_hash, mark, wants, 2 if detail else 0, old.id))
    db.executemany(_REFRESH, silent)
    db.executemany(_UPDATE, updates)
    old_blocks: list[int] = []
    for chunk in chunks([old.id for old, _, _ in differing]):
        sql = f"SELECT block_id FROM remote WHERE record_id IN ({marks(chunk)})"  # noqa: S608 - marks only
        old_blocks += [block_id for (block_id,) in db.execute(sql, chunk)]
    moves = [(*place, old.id) for place, (old, _, _) in zip(places, differing, strict=True)]
    db.executemany(_UPDATE_PLACE, moves)
    payloads.leave_blocks(db, old_blocks)
    module_states.shift(db, feed_id, live=len(revived), deleted=-len(revived), wanted=wanted)
    states.refresh(db, revived)
    return [values[-1] for values in updates]


_DETAIL_OF = f"""SELECT feed_id, want_detail, detail, gone, remote_id, {_TYPED} FROM record WHERE id = ?"""  # noqa: S608
_STORE_DETAIL = f"""UPDATE record SET remote_id = ?, {", ".join(f"{name} = ?" for name in _COLUMNS)}, number_key = ?,
    party_key = ?, reference_key = ?, want_detail = 0, detail = 1, gone = 0, deleted_at = NULL WHERE id = ?"""  # noqa: S608
_UPDATE_DETAIL = "UPDATE remote SET detail_body = ? WHERE record_id = ?"
_INSERT_DETAIL = "INSERT INTO remote (record_id, block_id, row_at, row_size, detail_body) VALUES (?, ?, ?, ?, ?)"


def store_detail(db: Database, record_id: int, row: RemoteRow | None, payload: bytes) -> None:
    """Store one detail as sent and clear the wish for it. A record that answers is alive.

    Typed columns are refreshed from ``row`` where it has them; what it lacks (``modified_at`` in some details) stays.
    A record that no longer exists here is passed over: the answer came after its connection's data was deleted.
    """
    _inside(db)
    found = db.one(_DETAIL_OF, (record_id,))
    if found is None:
        return
    feed_id, wanted, _, gone, remote_id, *typed = found
    if row is not None:
        remote_id = remote_id or row.remote_id
        typed = [old if new is None else new for old, new in zip(typed, row[1:12], strict=True)]
    keys = (fold(typed[0]), fold(typed[3]), fold(typed[9]))
    db.execute(_STORE_DETAIL, (remote_id, *typed, *keys, record_id))
    packed = _detail_packer(db, feed_id, payload)(payload)
    if db.execute(_UPDATE_DETAIL, (packed, record_id)).rowcount == 0:
        (place,) = payloads.store_block(db, feed_id, [payload])  # never seen in a list: the detail stands for the row
        db.execute(_INSERT_DETAIL, (record_id, *place, packed))
    is_first = found[4] is None and remote_id is not None
    module_states.shift(db, feed_id, wanted=-wanted, live=int(gone or is_first), deleted=-gone)
    if gone:
        states.refresh(db, [record_id])
    else:
        changes.note(db, [record_id])


def _detail_packer(db: Database, feed_id: int, payload: bytes) -> payloads.Packer:
    key = db.value("SELECT detail_dictionary FROM module_state WHERE id = ?", (feed_id,))
    if key is None:
        key = payloads.make_dictionary(db, [payload])
        db.execute("UPDATE module_state SET detail_dictionary = ? WHERE id = ?", (key, feed_id))
    return payloads.packer(db, key)


def details_wanted(
    db: Database, connection_id: int, module: str | None = None, limit: int = 200
) -> list[tuple[int, str, str]]:
    """(record id, module, remote id) of records whose detail is still to be read, newest date first."""
    one_module = "" if module is None else "AND m.module = ?"
    sql = f"""SELECT r.id, m.module, r.remote_id FROM module_state m JOIN record r ON r.feed_id = m.id
        WHERE m.connection_id = ? AND m.wanted > 0 {one_module} AND r.want_detail = 1
        ORDER BY r.date DESC NULLS LAST, r.id DESC LIMIT ?"""  # noqa: S608 - constant pieces
    params = (connection_id, limit) if module is None else (connection_id, module, limit)
    with db.snapshot():
        return [(record_id, name, remote_id) for record_id, name, remote_id in db.all(sql, params)]


def count_details_wanted(db: Database, connection_id: int) -> int:
    """How many details are still to be read."""
    with db.snapshot():
        return int(
            db.value("SELECT COALESCE(SUM(wanted), 0) FROM module_state WHERE connection_id = ?", (connection_id,))
        )


def want_details(db: Database, connection_id: int, modules: Sequence[str]) -> int:
    """Mark all live records of these modules whose detail is missing or out of date; returns how many were added."""
    added = 0
    with db.transaction():
        for module in modules:
            feed = module_states.find_feed(db, connection_id, module)
            if feed is None:
                continue
            cursor = db.execute(
                "UPDATE record SET want_detail = 1 WHERE feed_id = ? AND gone = 0 AND remote_id IS NOT NULL "
                "AND want_detail = 0 AND detail <> 1",
                (feed.id,),
            )
            module_states.shift(db, feed.id, wanted=cursor.rowcount)
            added += int(cursor.rowcount)
    return added


def want_detail(db: Database, record_ids: Sequence[int]) -> int:
    """Mark these live records; returns how many were not marked before."""
    with db.transaction():
        return _want(db, record_ids, 1)


def drop_want(db: Database, record_ids: Sequence[int]) -> int:
    """Take the wish back (no detail to be had); returns how many were marked."""
    with db.transaction():
        return _want(db, record_ids, 0)


def _want(db: Database, record_ids: Sequence[int], want: int) -> int:
    moved = 0
    for chunk in chunks(list(dict.fromkeys(record_ids))):
        rows = db.all(
            f"SELECT id, feed_id FROM record WHERE id IN ({marks(chunk)}) AND want_detail = ? AND gone = 0 "  # noqa: S608
            "AND remote_id IS NOT NULL",
            (*chunk, 1 - want),
        )
        db.executemany("UPDATE record SET want_detail = ? WHERE id = ?", [(want, record_id) for record_id, _ in rows])
        for feed_id, count in Counter(feed_id for _, feed_id in rows).items():
            module_states.shift(db, feed_id, wanted=count if want else -count)
        moved += len(rows)
    return moved


def missing_after_scan(db: Database, connection_id: int, module: str, scan_id: int) -> list[tuple[int, str]]:
    """(record id, remote id) of live records that a complete scan did not see."""
    with db.snapshot():
        feed = module_states.find_feed(db, connection_id, module)
        if feed is None:
            return []
        sql = (
            "SELECT id, remote_id FROM record WHERE feed_id = ? AND gone = 0 AND remote_id IS NOT NULL AND scan_id <> ?"
        )
        return [(record_id, remote_id) for record_id, remote_id in db.all(f"{sql} ORDER BY id", (feed.id, scan_id))]


def mark_deleted(db: Database, record_ids: Sequence[int], at: datetime) -> None:
    """Turn live records into tombstones. Their last known row stays readable; a second time changes nothing."""
    _inside(db)
    for chunk in chunks(list(dict.fromkeys(record_ids))):
        rows = db.all(
            f"SELECT id, feed_id, want_detail FROM record WHERE id IN ({marks(chunk)}) AND gone = 0 "  # noqa: S608
            "AND remote_id IS NOT NULL",
            chunk,
        )
        db.executemany(
            "UPDATE record SET gone = 1, deleted_at = ?, want_detail = 0 WHERE id = ?",
            [(to_us(at), record_id) for record_id, _, _ in rows],
        )
        for feed_id in {feed_id for _, feed_id, _ in rows}:
            count = sum(1 for _, feed, _ in rows if feed == feed_id)
            unwanted = sum(wanted for _, feed, wanted in rows if feed == feed_id)
            module_states.shift(db, feed_id, live=-count, deleted=count, wanted=-unwanted)
        states.refresh(db, [record_id for record_id, _, _ in rows])


def live_count(db: Database, connection_id: int, module: str) -> int:
    """How many records Zoho has, as far as is known here."""
    with db.snapshot():
        sql = "SELECT live FROM module_state WHERE connection_id = ? AND module = ?"
        return int(db.value(sql, (connection_id, module)) or 0)
