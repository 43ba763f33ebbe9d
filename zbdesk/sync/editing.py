"""What a person enters and changes: a new document, an edit, a change taken back. Nothing is sent.

Works on a writing handle alone, so the command line can use it without a running engine. Each call is one transaction.
Invariant: what is refused changes nothing, and what is accepted is pending until it leaves or is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from zbdesk.domain.documents import FieldError, document_from_remote, parse_document, put_onto
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import attempts, conflicts, documents, identity, new_records, trees
from zbdesk.store import sides as side_store
from zbdesk.store.database import Database
from zbdesk.store.documents import Document, Trees
from zbdesk.sync import agreeing
from zbdesk.sync.columns import columns_of
from zbdesk.sync.edit_errors import CannotEdit, DocumentRefused

Now = Callable[[], datetime]

MOVED = "This has changed since the form was opened. Open it again to see what it is now."


def new(db: Database, connection: Connection, module: Module, fields: Mapping[str, object], *, now: Now) -> int:
    """A document that a person entered; returns its record. Raises ``DocumentRefused``."""
    parsed = parse_document(module, fields, with_source_id=False)
    if isinstance(parsed, list):
        raise DocumentRefused(parsed)
    with db.transaction():
        columns = columns_of(db, connection, module, parsed.fields)
        record_id = new_records.new_record(db, connection.id, module.name, columns=columns)
        documents.put(db, record_id, parsed.fields, at=now())
        return record_id


def edit(
    db: Database,
    connection: Connection,
    record_id: int,
    fields: Mapping[str, object],
    *,
    now: Now,
    shown: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """A person changed these fields. A mirrored record is taken over by that. Raises ``CannotEdit``.

    ``shown``: what the person saw of them; where that is not so any more, nothing is written over.
    """
    with db.transaction():
        stored = record(db, record_id)
        module = MODULES[stored.module]
        current = (
            document_from_remote(module, stored.remote or {}) if stored.document is None else stored.document.fields
        )
        moved = [FieldError(name, MOVED) for name, value in shown.items() if current.get(name) != value]
        if moved:
            raise DocumentRefused(moved)
        if stored.gone and stored.document is None:
            raise CannotEdit("This record is deleted in Zoho Books.", "Enter it anew.")
        document = local_side(db, module, stored, now())
        wanted = put_onto(document.fields, {}, fields)
        if not document.takes_over:
            parsed = parse_document(module, wanted, with_source_id=False)
            if isinstance(parsed, list):
                raise DocumentRefused(parsed)
            wanted = parsed.fields
        documents.put(db, record_id, wanted, at=now(), wishes=document.wishes, takes_over=document.takes_over)
        new_records.set_columns(db, record_id, columns_of(db, connection, module, wanted))


def local_side(db: Database, module: Module, stored: Trees, at: datetime) -> Document:
    """The document that an edit stands on. Without a detail the edit waits for it: it is the base."""
    if stored.document is not None:
        return stored.document
    if agreeing.is_complete(module, stored):
        fields, base = agreeing.taken_over(module, stored)
        documents.take_over(db, stored.id, fields, at=at)
        documents.agree(db, stored.id, base, at=at)
    else:
        documents.put(db, stored.id, {}, at=at, takes_over=True)
        trees.want_detail(db, [stored.id])
    found = record(db, stored.id).document
    assert found is not None  # noqa: S101 - written above, in the same transaction
    return found


def cancel(db: Database, record_id: int, *, now: Now) -> None:
    """Take back what has not left: the record is again as last agreed, or gone where it was new. Raises."""
    with db.transaction():
        stored = record(db, record_id)
        if stored.document is None:
            return
        if attempts.is_open(db, record_id):
            raise CannotEdit("It is on its way to Zoho Books.", "Wait for the answer, then undo it as a new change.")
        if stored.remote_id is None:
            identity.forget(db, record_id, now())
        elif stored.base is None:
            side_store.drop_local(db, record_id)
        else:
            documents.put(db, record_id, stored.base.local, at=now())
            documents.rest(db, record_id)
            conflicts.end_conflict(db, record_id)


def record(db: Database, record_id: int) -> Trees:
    """The record with its sides. Raises ``CannotEdit`` where it is gone from here."""
    found = documents.read(db, record_id)
    if found is None:
        raise CannotEdit("This record is not here any more.", "It was removed meanwhile.")
    return found
