"""Looking up what became of a write without an answer, before anything else is sent for its record.

Found means that the snapshot which was sent is what both sides agreed on; then the record is planned again, so what was
edited here or in Zoho meanwhile is neither lost nor overwritten. Invariant: a create is repeated only when it was
looked for and not found, and either Zoho refuses a second one itself or the time in which it may still land is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.records import RemoteRow
from zbdesk.store import documents, finding, identity, trees
from zbdesk.store.attempts import Attempt
from zbdesk.store.payloads import parse
from zbdesk.sync import chronicle, deeds, recording
from zbdesk.sync.actions import Cause
from zbdesk.sync.agreeing import Snapshot, after_write
from zbdesk.sync.attempting import (
    ACTION,
    CREATE,
    DELETE,
    UPDATE,
    Attempts,
    WritingBooks,
    newest_known,
    restored_recognition,
)
from zbdesk.sync.context import Pass
from zbdesk.sync.doing import Doer
from zbdesk.sync.faults import is_gone
from zbdesk.sync.merge import matches
from zbdesk.sync.settled import want_settled
from zbdesk.sync.sweep import bury
from zbdesk.sync.wishes import is_fulfilled
from zbdesk.sync.writing import By, Recognition, local_canonical
from zbdesk.zoho.limits import Priority

GRACE = timedelta(seconds=15)
"""How long a create that was not found may still land, where Zoho would not refuse the second one."""

_DETAILS = 10
"""How many newest records are read one by one for our key, where the list does not show it."""

_IDENTITY = ("customer_id", "vendor_id", "amount")

_TAKEN = {By.NUMBER: Cause.DUPLICATE_NUMBER, By.NAME: Cause.DUPLICATE_NAME}


class StillOpen(Exception):
    """It may still land: look again later."""


class LookUp:
    """Looks up the open attempts of one pass."""

    def __init__(self, run: Pass, books: WritingBooks, attempts: Attempts) -> None:
        self._run = run
        self._books = books
        self._attempts = attempts

    async def settle(self, attempt: Attempt) -> bool:
        """Find out and close the attempt; True when the write had arrived. Raises ``StillOpen``."""
        found = documents.read(self._run.db, attempt.record_id)
        if found is None:  # its connection's data was deleted, and the attempt with it
            return False
        module = MODULES[found.module]
        snapshot = Snapshot.restored(attempt.snapshot)
        match attempt.operation:
            case name if name == CREATE:
                return await self._create(module, attempt, snapshot)
            case name if name == UPDATE:
                return await self._update(module, attempt, snapshot)
            case name if name == DELETE:
                return await self._delete(module, attempt)
            case name if name == ACTION:
                return await self._action(module, attempt, snapshot)
        raise AssertionError(f"an attempt of an unknown kind: {attempt.operation}")

    # Creates

    async def _create(self, module: Module, attempt: Attempt, snapshot: Snapshot) -> bool:
        recognition = restored_recognition(attempt.recognise)
        known = newest_known(attempt.recognise)
        remote_id = await self.find(module, attempt.record_id, snapshot.resolved, recognition, known=known)
        if remote_id is None:
            # A clock that was set back must not keep it open for ever.
            age = self._run.now() - attempt.started_at
            if not recognition.is_unique and timedelta(0) <= age < GRACE:
                raise StillOpen
            self._attempts.not_sent(attempt.id)
            return False
        row, payload = await self._run.detail(module, remote_id, self._run.priority)
        with self._run.db.transaction():
            seen = self.keep_created(module, attempt.id, attempt.record_id, snapshot, row, payload, seen_late=True)
            chronicle.wrote(self._run, module, attempt.record_id, CREATE, snapshot, seen, late=True)
        return True

    def keep_created(  # noqa: PLR0917 - what a write is made of
        self,
        module: Module,
        attempt_id: int,
        record_id: int,
        snapshot: Snapshot,
        row: RemoteRow,
        payload: bytes,
        *,
        seen_late: bool,
    ) -> dict[str, object] | None:
        """Store the record that our create made, agree on what was sent and close the attempt: one transaction.

        Returns what was seen of it.
        """
        run, seen = self._run, None
        with run.db.transaction():
            other = finding.by_remote_id(run.db, run.connection_id, module.name, row.remote_id)
            if other is not None and other != record_id:
                # The list was read between the write and this moment: one record of Zoho's, two rows here.
                identity.absorb(run.db, record_id, other)
            trees.store_detail(run.db, record_id, row, payload)
            stored = documents.read(run.db, record_id)
            if stored is not None:
                base = after_write(module, snapshot, stored, seen_late=seen_late)
                documents.agree(run.db, record_id, base, at=run.now())
                want_settled(run, module, stored)
                seen = recording.after(module, snapshot, stored)
            self._attempts.done(attempt_id, seen)
        return seen

    async def find(
        self,
        module: Module,
        record_id: int,
        resolved: dict[str, Any],
        recognition: Recognition,
        *,
        known: int | None,
    ) -> str | None:
        """Zoho's id of the record that this document became; None where there is none that is not taken.

        ``known``: the newest record that was here when the write left; what was here before is not ours, where others
        may carry the same reference. (Not told by time: clocks are set, and Zoho's is another one.) None: however old.
        """
        way: Recognition | None = recognition
        while way is not None:
            rows = [row for row in await self._rows(module, way) if self._is_free(module, record_id, row)]
            if way.compare_content or way.by in {By.EMAIL, By.NAME}:
                rows = [
                    row for row in rows if await self._is_ours(module, resolved, row, None if way.is_unique else known)
                ]
            if rows:
                # Several are one too many; the oldest is ours and the rest stands on Problems (see push.py).
                return min(rows, key=lambda row: (len(row.remote_id), row.remote_id)).remote_id
            way = way.otherwise
        return None

    async def taken(
        self, module: Module, resolved: Mapping[str, Any], recognition: Recognition, *, but: str | None
    ) -> Cause | None:
        """What another record of Zoho's than ``but`` has already: this number or this name; None where it is free."""
        way: Recognition | None = recognition
        while way is not None:
            cause = _TAKEN.get(way.by)
            if cause is not None and any(
                row.remote_id != but and _in_the_way(module, resolved, row) for row in await self._rows(module, way)
            ):
                return cause
            way = way.otherwise
        return None

    async def _rows(self, module: Module, way: Recognition) -> list[RemoteRow]:
        if way.by is By.NOTHING or not way.value:
            return []
        if way.by is By.CUSTOM_FIELD:
            return await self._rows_with_key(module, way)
        rows = await self._books.find(module, {way.field: way.value}, priority=self._run.priority)
        return [row for row in rows if _carries(row, way)]

    async def _rows_with_key(self, module: Module, way: Recognition) -> list[RemoteRow]:
        """Newest rows that carry our key. Not every list shows custom fields: then a few newest details are read.

        Not finding it is no harm: the repeat carries the same key, and Zoho makes no second record.
        """
        newest = {} if module.newest_sort is None else {"sort_column": module.newest_sort, "sort_order": "D"}
        rows = await self._books.find(module, {way.field: way.value, **newest}, priority=self._run.priority)
        shown = [row for row in rows if _custom_value(parse(row.payload), way.field) is not None]
        if shown or not rows:
            return [row for row in shown if _custom_value(parse(row.payload), way.field) == way.value]
        for row in rows[:_DETAILS]:
            _, payload = await self._run.detail(module, row.remote_id, Priority.POLL)
            if _custom_value(parse(payload), way.field) == way.value:
                return [row]
        return []

    def _is_free(self, module: Module, record_id: int, row: RemoteRow) -> bool:
        """Whether no other document of ours stands for this record of Zoho's."""
        run = self._run
        other = finding.by_remote_id(run.db, run.connection_id, module.name, row.remote_id)
        if other is None or other == record_id:
            return True
        return not finding.stands_for_source(run.db, other)

    async def _is_ours(self, module: Module, resolved: dict[str, Any], row: RemoteRow, known: int | None) -> bool:
        """Whether it is for the same party and amount, and was not there before we wrote."""
        if module.name == "contacts":
            return _text(parse(row.payload).get("contact_type")) in {"", _text(resolved.get("contact_type"))}
        run = self._run
        other = finding.by_remote_id(run.db, run.connection_id, module.name, row.remote_id)
        if other is not None and known is not None and other <= known:
            return False
        _, payload = await run.detail(module, row.remote_id, Priority.POLL)
        detail = parse(payload)
        ours, theirs = local_canonical(module, resolved, detail), local_canonical(module, detail, detail)
        return all(matches(name, ours[name], theirs.get(name)) for name in _IDENTITY if name in ours)

    # The others

    async def _update(self, module: Module, attempt: Attempt, snapshot: Snapshot) -> bool:
        detail = await self._read(module, attempt)
        if detail is None:
            return False
        ours = local_canonical(module, snapshot.resolved, detail)
        theirs = local_canonical(module, detail, detail)
        landed = all(matches(name, ours.get(name), theirs.get(name)) for name in snapshot.sent or ())
        with self._run.db.transaction():
            stored = documents.read(self._run.db, attempt.record_id)
            if landed and stored is not None:
                base = after_write(module, snapshot, stored, seen_late=True)
                documents.agree(self._run.db, attempt.record_id, base, at=self._run.now())
                seen = recording.after(module, snapshot, stored)
                chronicle.wrote(self._run, module, attempt.record_id, UPDATE, snapshot, seen, late=True)
                self._attempts.done(attempt.id, seen)
            else:
                self._attempts.not_sent(attempt.id)
        return landed

    async def _delete(self, module: Module, attempt: Attempt) -> bool:
        if await self._read(module, attempt) is None:
            return True
        self._attempts.not_sent(attempt.id)
        return False

    async def _action(self, module: Module, attempt: Attempt, snapshot: Snapshot) -> bool:
        if await self._read(module, attempt) is None:
            return False
        deed = None if snapshot.wish is None else deeds.parse(snapshot.wish)
        if deed is not None and snapshot.wish is not None:
            doer = Doer(self._run, self._books, self._attempts)
            found = await doer.look_up(module, attempt, snapshot.wish, deed, grace=GRACE)
            if found is None:
                raise StillOpen
            return found
        with self._run.db.transaction():
            stored = documents.read(self._run.db, attempt.record_id)
            status = None if stored is None else stored.status
            landed = snapshot.wish is not None and is_fulfilled(module, snapshot.wish, status)
            if landed and snapshot.wish is not None:
                documents.drop_wish(self._run.db, attempt.record_id, snapshot.wish)
                chronicle.wrote(self._run, module, attempt.record_id, ACTION, snapshot, late=True)
            self._close(attempt, landed=landed)
        return landed

    async def _read(self, module: Module, attempt: Attempt) -> dict[str, Any] | None:
        """Zoho's record as it is now; None where it is gone: then it has its tombstone and the attempt is closed."""
        run = self._run
        stored = documents.read(run.db, attempt.record_id)
        if stored is None or stored.remote_id is None:
            self._attempts.not_sent(attempt.id)
            return None
        try:
            row, payload = await run.detail(module, stored.remote_id, run.priority)
        except RejectedError as error:
            if not is_gone(error):
                raise
            with run.db.transaction():
                bury(run, module, [attempt.record_id])
                if attempt.operation == DELETE:
                    snapshot = Snapshot.restored(attempt.snapshot)
                    chronicle.wrote(run, module, attempt.record_id, DELETE, snapshot, late=True)
                self._close(attempt, landed=attempt.operation == DELETE)
            return None
        with run.db.transaction():
            trees.store_detail(run.db, attempt.record_id, row, payload)
        return parse(payload)

    def _close(self, attempt: Attempt, *, landed: bool) -> None:
        if landed:
            self._attempts.done(attempt.id)
        else:
            self._attempts.not_sent(attempt.id)


def _carries(row: RemoteRow, way: Recognition) -> bool:
    """Whether the row really has what was asked for: Zoho ignores a filter that it does not know."""
    match way.by:
        case By.NUMBER if way.field != "sku":
            return _text(row.number) == _text(way.value)
        case By.NAME:
            return _text(row.number) == _text(way.value)
        case By.REFERENCE | By.EMAIL:
            return _text(row.reference) == _text(way.value)
    return _text(parse(row.payload).get(way.field)) == _text(way.value)


def _in_the_way(module: Module, resolved: Mapping[str, Any], row: RemoteRow) -> bool:
    """Whether Zoho refuses the same number or name beside this row: each vendor numbers its bills by itself."""
    return module.name != "bills" or parse(row.payload).get("vendor_id") in {None, "", resolved.get("vendor_id")}


def _custom_value(payload: Mapping[str, Any], name: str) -> str | None:
    """The value of a custom field in any of the forms in which rows and details show it; None where none is there."""
    held = payload.get("custom_field_hash")
    for holder in (payload, held if isinstance(held, Mapping) else {}):
        if holder.get(name):
            return str(holder[name])
    for listed in ("custom_fields", "custom_fields_list"):
        for entry in payload.get(listed) or ():
            if isinstance(entry, Mapping) and entry.get("api_name") == name:
                return str(entry.get("value") or "")
    return None


def _text(value: object) -> str:
    return str(value or "").strip().casefold()
