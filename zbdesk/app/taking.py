"""Documents of an import into the local tree, as one batch that can be taken back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from zbdesk.domain.documents import Document
from zbdesk.domain.errors import Action, UsageError, ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.views import Connection
from zbdesk.sources.base import Outcome
from zbdesk.sources.importing import Report, Taken
from zbdesk.sources.surveying import Met
from zbdesk.store import diary, documents, many, taking_back
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.store.sources import Batch
from zbdesk.sync import putting
from zbdesk.sync.columns import ColumnMaker

Now = Callable[[], datetime]
T = TypeVar("T")


_OUTCOMES = {word.value: word for word in Outcome}


class Writer(Protocol):
    """How a change is brought to the one handle that writes, and its answer back: directly, or across threads."""

    def __call__(self, change: Callable[[Database, Connection], T], /) -> T:
        """Carry out one short change, a transaction at most."""
        ...


def direct(db: Database, connection: Connection) -> Writer:
    """The writer of a caller who holds the writing handle."""

    def write(change: Callable[[Database, Connection], T]) -> T:
        return change(db, connection)

    return write


class NoSuchImport(UsageError):
    """No import of this number."""

    def __init__(self, batch_id: int) -> None:
        super().__init__(f"There is no import {batch_id}.", "It may belong to another connection.")


class NothingToTakeBack(ZbdeskError):
    """An import that is still running, or was taken back before."""

    default_action = Action.NONE

    def __init__(self, state: str) -> None:
        why = "It is still running, or was cut off a moment ago." if state == "open" else "It was taken back before."
        super().__init__("This import cannot be taken back.", why)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an import comes from: for the batch, and for noticing what vanished."""

    source: str
    origin: str
    mapping: str = ""
    source_id: int | None = None


class DryTaker:
    """Says what would become of documents. Reads only."""

    def __init__(self, db: Database, connection: Connection, module: Module, source: str) -> None:
        self._db = db
        self._connection = connection
        self._module = module
        self._source = source

    def look(self, given: Sequence[Document]) -> Sequence[Taken]:
        """Created, changed or unchanged, by what the source gave last time."""
        with self._db.snapshot():
            known = many.known(
                self._db, self._connection.id, self._module.name, self._source, [one.source_id for one in given]
            )
        return [self._looked(one, known.get(one.source_id)) for one in given]

    def _looked(self, one: Document, earlier: many.Given | None) -> Taken:
        if earlier is None:
            return Taken(Outcome.CREATED, None)
        same = earlier.same(one.fields)
        return Taken(Outcome.UNCHANGED if same else Outcome.CHANGED, earlier.local_id, earlier.record_id)

    def take(self, given: Sequence[Document]) -> Sequence[Taken]:
        """Not here."""
        raise NotImplementedError


class BatchTaker(DryTaker):
    """Writes documents. The batch begins with the first that changes anything: an unchanged file leaves no trace."""

    def __init__(
        self, db: Database, connection: Connection, module: Module, origin: Origin, *, now: Now, write: Writer
    ) -> None:
        super().__init__(db, connection, module, origin.source)
        self.batch_id: int | None = None
        self._origin = origin
        self._now = now
        self._write = write
        self._columns: ColumnMaker | None = None
        self._unchanged = array("q")

    def take(self, given: Sequence[Document]) -> Sequence[Taken]:
        """One chunk, in one transaction with what the batch remembers of it."""
        return self._write(lambda db, here: self._take(db, here, given))

    def _take(self, db: Database, here: Connection, given: Sequence[Document]) -> Sequence[Taken]:
        if self._columns is None:
            self._columns = ColumnMaker(db, here, self._module)
        with db.transaction():
            before: dict[int, str] = {}
            results = putting.put_parsed(
                db,
                here,
                self._module,
                given,
                source=self._source,
                now=self._now,
                columns=self._columns,
                before_change=lambda record_ids: before.update(many.snapshot(db, record_ids)),
            )
            if self.batch_id is None and any(one.result != "unchanged" for one in results):
                self._begin(db)
            if self.batch_id is not None:
                changed = [one.record_id for one in results if one.result == "changed" and one.record_id is not None]
                revisions = many.revisions(db, changed)
                store.add_entries(
                    db,
                    self.batch_id,
                    [
                        store.Entry(
                            one.record_id,
                            one.result,
                            1 if one.result == "created" else revisions.get(one.record_id),
                            before.get(one.record_id),
                        )
                        for one in results
                        if one.record_id is not None
                    ],
                )
            else:
                self._unchanged.extend(one.record_id for one in results if one.record_id is not None)
        return [Taken(_OUTCOMES[one.result], one.local_id, one.record_id) for one in results]

    def _begin(self, db: Database) -> None:
        self.batch_id = store.begin_batch(
            db,
            self._connection.id,
            module=self._module.name,
            source=self._source,
            origin=self._origin.origin,
            mapping=self._origin.mapping,
            at=self._now(),
            source_id=self._origin.source_id,
        )
        store.add_entries(
            db, self.batch_id, [store.Entry(record_id, "unchanged", None, None) for record_id in self._unchanged]
        )
        self._unchanged = array("q")

    def broken_off(self) -> None:
        """The import ended in the middle: what it took is a batch that can be taken back."""
        if self.batch_id is not None:
            self._write(lambda db, here: store.close_open(db, here.id, at=self._now()))

    def finish(self, report: Report, met: Met) -> Report:
        """Close the batch; ``met``: the source ids of the file, refused ones too. Adds what vanished to the report."""
        before = store.last_batch_of(self._db, self._connection.id, self._module.name, self._origin.origin)
        if before is not None and not report.stopped:
            report.vanished = met.lacking(lambda: store.source_ids(self._db, before))
        return self._write(lambda db, _here: self._finish(db, report))

    def _finish(self, db: Database, report: Report) -> Report:
        if self.batch_id is None:
            return report
        report.batch_id = self.batch_id
        counts = report.counts
        with db.transaction():
            store.end_batch(
                db,
                self.batch_id,
                state="stopped" if report.stopped else "done",
                at=self._now(),
                totals=report.totals,
                rows=report.rows,
                created=counts[Outcome.CREATED],
                changed=counts[Outcome.CHANGED],
                unchanged=counts[Outcome.UNCHANGED],
                refused=counts[Outcome.REFUSED],
                vanished=len(report.vanished),
            )
            diary.add(
                db,
                self._connection.id,
                "imported",
                f"{self._origin.origin}: {counts[Outcome.CREATED]} {self._module.label.lower()} created, "
                f"{counts[Outcome.CHANGED]} changed, {counts[Outcome.REFUSED]} refused.",
                at=self._now(),
                module=self._module.name,
                cause="user" if self._origin.source_id is None else "source",
            )
        return report


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back an import did. ``kept``: records that have left or were edited since; they stay as they are."""

    removed: int
    restored: int
    kept: tuple[int, ...]


def takeable(db: Database, connection: Connection, batch_id: int) -> Batch:
    """The import, if it may be taken back. Raises ``NoSuchImport``, ``NothingToTakeBack``."""
    batch = store.batch(db, connection.id, batch_id)
    if batch is None:
        raise NoSuchImport(batch_id)
    if batch.state in {"open", "taken_back"}:
        raise NothingToTakeBack(batch.state)
    return batch


def foresee_back(db: Database, batch_id: int) -> TakenBack:
    """What ``take_back`` would do now; reads only."""
    return _undone(
        db,
        batch_id,
        remove=lambda entry: taking_back.is_removable(db, entry.record_id),
        restore=lambda entry: taking_back.is_unsent(db, entry.record_id),
    )


def take_back(db: Database, connection: Connection, batch_id: int, *, now: Now) -> TakenBack:
    """Undo an import as far as nothing of it has left: what it made goes, what it changed is as before.

    ``kept`` names the rest; what has left is rolled back in Zoho Books by ``imports_back``. Raises ``NoSuchImport``,
    ``NothingToTakeBack``.
    """
    batch = takeable(db, connection, batch_id)
    with db.transaction():
        done = _undone(
            db,
            batch_id,
            remove=lambda entry: taking_back.remove(db, entry.record_id),
            restore=lambda entry: _restore(db, entry, at=now()),
        )
        store.set_batch_state(db, batch_id, "taken_back" if not done.kept else batch.state, at=now())
        diary.add(
            db,
            connection.id,
            "import_taken_back",
            f"{batch.origin}: the import was taken back: {done.removed} removed, {done.restored} as before, "
            f"{len(done.kept)} kept.",
            at=now(),
            module=batch.module,
            cause="user",
        )
    return done


Undo = Callable[[store.Entry], bool]
"""Undoes what an import did to one record, or only says whether that could be done."""


def _undone(db: Database, batch_id: int, *, remove: Undo, restore: Undo) -> TakenBack:
    """What becomes of each record that an import wrote: only one that nobody has touched since can go back."""
    removed = restored = 0
    kept: list[int] = []
    written = [entry for entry in store.entries(db, batch_id) if entry.result != "unchanged"]
    revisions = many.revisions(db, [entry.record_id for entry in written])
    for entry in written:
        untouched = revisions.get(entry.record_id) == entry.revision
        if untouched and entry.result == "created" and remove(entry):
            removed += 1
        elif untouched and entry.before is not None and restore(entry):
            restored += 1
        else:
            kept.append(entry.record_id)
    return TakenBack(removed, restored, tuple(kept))


def _restore(db: Database, entry: store.Entry, *, at: datetime) -> bool:
    """Put a changed document back, unless something of it is on its way or has left since."""
    if entry.before is None or not taking_back.is_unsent(db, entry.record_id):
        return False
    was = many.before_of(entry.before)
    revision = documents.put(
        db, entry.record_id, was.fields, at=at, wishes=was.wishes, deleted=was.deleted, given=was.given
    )
    # For the imports before this one the record is untouched again.
    store.follow_revision(db, entry.record_id, was.revision, revision)
    return True


def totals_text(totals: Mapping[str, Decimal]) -> str:
    """Totals for people: ``EUR 1200.00, USD 5.00``."""
    return ", ".join(f"{code} {amount:f}" for code, amount in sorted(totals.items()))
