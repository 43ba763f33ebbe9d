"""Documents of other programs, written into the local tree. Nothing is sent.

Works on a writing handle alone, so the command line can use it without a running engine. Each call is one transaction.
Invariant: a document that is refused changes nothing, and what its source did not change since is no edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from zbdesk.domain.documents import Document as ParsedDocument
from zbdesk.domain.documents import FieldError, parse_document, put_onto
from zbdesk.domain.module import Module
from zbdesk.domain.views import Connection
from zbdesk.store import documents, many, new_records
from zbdesk.store.database import Database
from zbdesk.sync.columns import ColumnMaker, columns_of

Now = Callable[[], datetime]


class PutResult(NamedTuple):
    """What became of one document. ``result``: created, changed, unchanged or refused."""

    source_id: str
    local_id: str | None
    result: str
    errors: tuple[FieldError, ...] = ()
    record_id: int | None = None


def put(
    db: Database,
    connection: Connection,
    module: Module,
    raws: Iterable[Mapping[str, object]],
    *,
    source: str = "default",
    now: Now,
) -> list[PutResult]:
    """Write documents of a source into the local tree, in their order; bad ones are refused and the others taken."""
    results: list[PutResult] = []
    with db.transaction():
        good: list[ParsedDocument] = []
        places: list[int] = []
        for raw in raws:
            parsed = _parsed(module, raw)
            if isinstance(parsed, ParsedDocument):
                places.append(len(results))
                good.append(parsed)
                results.append(PutResult(parsed.source_id, None, "refused"))
            else:
                results.append(PutResult(_named(raw), None, "refused", tuple(parsed)))
        for place, result in zip(places, put_parsed(db, connection, module, good, source=source, now=now), strict=True):
            results[place] = result
    return results


def _parsed(module: Module, raw: Mapping[str, object]) -> ParsedDocument | Sequence[FieldError]:
    if not can_be_put(module):
        return [FieldError("", f"{module.label} cannot be written by other programs.")]
    return parse_document(module, raw)


def can_be_put(module: Module) -> bool:
    """Whether other programs can write documents of this module."""
    return "create" in module.methods and bool(module.write_fields)


def put_parsed(
    db: Database,
    connection: Connection,
    module: Module,
    given: Sequence[ParsedDocument],
    *,
    source: str = "default",
    now: Now,
    columns: ColumnMaker | None = None,
    before_change: Callable[[Sequence[int]], None] = lambda _record_ids: None,
) -> list[PutResult]:
    """``put`` for documents that were checked before: one transaction, and a few statements for all that is new.

    What stands twice in ``given`` is taken in its order, the later as an edit of the earlier. ``columns``: one that
    remembers the parties of earlier calls. ``before_change`` is told which records are about to be edited.
    """
    maker = columns or ColumnMaker(db, connection, module)
    results: list[PutResult] = []
    with db.transaction():
        for batch in _without_repetition(given):
            known = many.known(db, connection.id, module.name, source, [one.source_id for one in batch])
            edited = {
                one.source_id
                for one in batch
                if (earlier := known.get(one.source_id)) is not None and not earlier.same(one.fields)
            }
            before_change([known[source_id].record_id for source_id in edited])
            new = [
                many.NewDocument(one.source_id, one.fields, maker.of(one.fields))
                for one in batch
                if one.source_id not in known
            ]
            made = iter(many.create(db, connection.id, module.name, source, new, at=now()))
            for one in batch:
                earlier = known.get(one.source_id)
                if earlier is None:
                    record_id, local_id = next(made)
                    results.append(PutResult(one.source_id, local_id, "created", record_id=record_id))
                    continue
                if one.source_id in edited:
                    _put_again(db, connection, module, earlier.record_id, one.fields, at=now())
                word = "changed" if one.source_id in edited else "unchanged"
                results.append(PutResult(one.source_id, earlier.local_id, word, record_id=earlier.record_id))
    return results


def _without_repetition(given: Sequence[ParsedDocument]) -> Iterator[list[ParsedDocument]]:
    batch: dict[str, ParsedDocument] = {}
    for one in given:
        if one.source_id in batch:
            yield list(batch.values())
            batch = {}
        batch[one.source_id] = one
    if batch:
        yield list(batch.values())


def _put_again(
    db: Database, connection: Connection, module: Module, record_id: int, given: dict[str, Any], *, at: datetime
) -> bool:
    """Only what the source itself changed since it last gave the document is an edit of it."""
    stored = documents.read(db, record_id)
    document = None if stored is None else stored.document
    before = (document.given if document is not None else None) or {}
    if document is not None and before == given:
        return False
    current = {} if document is None else document.fields
    fields = put_onto(current, before, given)
    wishes = () if document is None else document.wishes
    documents.put(db, record_id, fields, at=at, wishes=wishes, given=given)
    new_records.set_columns(db, record_id, columns_of(db, connection, module, fields))
    return True


def _named(raw: object) -> str:
    return str(raw.get("source_id") or "") if isinstance(raw, Mapping) else ""
