"""What people and sources do to the local side: put, edit, act, pay, cancel, resolve, retry, dismiss. Nothing is sent.

Works on a writing handle alone, so the command line can use it without a running engine. Each call is one transaction.
Invariant: what is refused changes nothing, and what is accepted is pending until it leaves or is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zbdesk.domain.documents import Document as ParsedDocument
from zbdesk.domain.documents import FieldError, adopted, document_from_remote, parse_document, put_onto
from zbdesk.domain.errors import Action, UsageError, ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import attempts, conflicts, diary, documents, finding, identity, many, problems, trees
from zbdesk.store import sides as side_store
from zbdesk.store.database import Database
from zbdesk.store.documents import Document, Trees
from zbdesk.sync import agreeing, deeds
from zbdesk.sync.actions import RECORD, STATUS
from zbdesk.sync.columns import ColumnMaker, columns_of
from zbdesk.sync.references import Resolver, reference_of
from zbdesk.sync.wishes import known_wishes, wish_action

Side = Literal["local", "remote"]
Now = Callable[[], datetime]

_PAYMENTS = {"invoices": ("customerpayments", "invoices", "invoice", "customer"),
             "bills": ("vendorpayments", "bills", "bill", "vendor")}  # fmt: skip


_CREDITED = {"invoices": ("creditnotes", "creditnote"), "bills": ("vendorcredits", "vendor_credit")}


def _also(module: Module) -> list[str]:
    """What is ours and not Zoho's own word for an action."""
    pays = ["pay"] if module.name in _PAYMENTS else []
    return [*pays, *([deeds.APPLY] if module.name in _CREDITED else [])]


@dataclass(frozen=True, slots=True)
class PutResult:
    """What became of one document. ``result``: created, changed, unchanged or refused."""

    source_id: str
    local_id: str | None
    result: str
    errors: tuple[FieldError, ...] = ()
    record_id: int | None = None


class CannotEdit(ZbdeskError):
    """The wish cannot be taken; nothing was changed."""

    default_action = Action.EDIT_RECORD


class DocumentRefused(CannotEdit):
    """A person's document has faults."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        said = " ".join(f"{error.field}: {error.message}" if error.field else error.message for error in errors)
        super().__init__("This cannot be saved.", said)
        self.errors = tuple(errors)


class NoSuchRecord(UsageError):
    """The key names no record, or more than one."""

    def __init__(self, module: Module, key: str, count: int = 0) -> None:
        what = f"No {module.singular.lower()}" if count == 0 else f"More than one {module.singular.lower()}"
        super().__init__(
            f"{what} has the key {key}.",
            "Name it by its local id, its Zoho id, its number or SOURCE:ID.",
            subject=key,
        )


class NoSuchAction(UsageError):
    """Nothing of that name can be done with records of this module."""

    def __init__(self, module: Module, action: str) -> None:
        known = ["delete", *known_wishes(module), *deeds.words_of(module), *_also(module)]
        super().__init__(
            f"{module.label} have no action “{action}”.", f"There are: {', '.join(known)}.", subject=action
        )


# -- documents --------------------------------------------------------------------------------------------------------


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
    documents.set_columns(db, record_id, columns_of(db, connection, module, fields))
    return True


def _named(raw: object) -> str:
    return str(raw.get("source_id") or "") if isinstance(raw, Mapping) else ""


def new(db: Database, connection: Connection, module: Module, fields: Mapping[str, object], *, now: Now) -> int:
    """A document that a person entered; returns its record. Raises ``DocumentRefused``."""
    parsed = parse_document(module, fields, with_source_id=False)
    if isinstance(parsed, list):
        raise DocumentRefused(parsed)
    with db.transaction():
        columns = columns_of(db, connection, module, parsed.fields)
        record_id = documents.new_record(db, connection.id, module.name, columns=columns)
        documents.put(db, record_id, parsed.fields, at=now())
        return record_id


def edit(db: Database, connection: Connection, record_id: int, fields: Mapping[str, object], *, now: Now) -> None:
    """A person changed these fields. A mirrored record is taken over by that. Raises ``CannotEdit``."""
    with db.transaction():
        stored = _stored(db, record_id)
        module = MODULES[stored.module]
        if stored.gone and stored.document is None:
            raise CannotEdit("This record is deleted in Zoho Books.", "Enter it anew.")
        document = _local_side(db, module, stored, now())
        wanted = put_onto(document.fields, {}, fields)
        if not document.takes_over:
            parsed = parse_document(module, wanted, with_source_id=False)
            if isinstance(parsed, list):
                raise DocumentRefused(parsed)
            wanted = parsed.fields
        documents.put(db, record_id, wanted, at=now(), wishes=document.wishes, takes_over=document.takes_over)
        documents.set_columns(db, record_id, columns_of(db, connection, module, wanted))


def _local_side(db: Database, module: Module, stored: Trees, at: datetime) -> Document:
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
    found = _stored(db, stored.id).document
    assert found is not None  # noqa: S101 - written above, in the same transaction
    return found


# -- actions ----------------------------------------------------------------------------------------------------------


def find(db: Database, connection: Connection, module: Module, key: str) -> int:
    """The record that a person means. Raises ``NoSuchRecord``."""
    for found in (
        finding.by_local_id(db, connection.id, module.name, key),
        finding.by_remote_id(db, connection.id, module.name, key),
    ):
        if found is not None:
            return found
    source, colon, source_id = key.partition(":")
    if colon:
        named = finding.by_source(db, connection.id, module.name, source, source_id)
        several = [named] if named is not None else []
        if not several and source == "source":
            several = finding.by_source_id(db, connection.id, module.name, source_id)
        if len(several) == 1:
            return several[0]
    by_number = [
        one
        for one in finding.by_number(db, connection.id, module.name, key)
        if (_stored(db, one).number or "").strip().casefold() == key.strip().casefold()
    ]
    if len(by_number) != 1:
        raise NoSuchRecord(module, key, len(by_number))
    return by_number[0]


def act(  # noqa: PLR0917 - the words of the command line, in their order
    db: Database,
    connection: Connection,
    module: Module,
    key: str,
    action: str,
    data: Mapping[str, object] | None = None,
    *,
    now: Now,
) -> str:
    """One command on one record; returns the local id of the record that is now pending. Raises what is wrong."""
    with db.transaction():
        return act_on(db, connection, find(db, connection, module, key), action, data, now=now)


def act_on(
    db: Database,
    connection: Connection,
    record_id: int,
    action: str,
    data: Mapping[str, object] | None = None,
    *,
    now: Now,
) -> str:
    """``act`` on a record by its key. ``delete`` and ``pay`` are ours, the rest are Zoho's status actions."""
    with db.transaction():
        stored = _stored(db, record_id)
        module = MODULES[stored.module]
        if action == "pay" and module.name in _PAYMENTS:
            return _local_id(db, _pay(db, connection, module, stored, data or {}, now=now))
        if action == "delete":
            return _delete(db, module, stored, now())
        if deeds.shape_of(module, action) is not None:
            return _do(db, connection, module, stored, action, data or {}, now=now)
        if action == deeds.APPLY and module.name in _CREDITED:
            return _credit(db, connection, module, stored, data or {}, now=now)
        if wish_action(module, action) is None:
            raise NoSuchAction(module, action)
        if stored.gone:
            raise CannotEdit("This record is deleted in Zoho Books.", "Nothing can be done with it any more.")
        document = _local_side(db, module, stored, now())
        if action not in document.wishes:
            wishes = (*document.wishes, action)
            documents.put(
                db, record_id, document.fields, at=now(), deleted=False, wishes=wishes, takes_over=document.takes_over
            )
        return stored.local_id


def _do(  # noqa: PLR0917 - as ``act_on``
    db: Database,
    connection: Connection,
    module: Module,
    stored: Trees,
    word: str,
    data: Mapping[str, object],
    *,
    now: Now,
) -> str:
    """Note deeds on a record: each leaves by itself, in their order."""
    if stored.gone:
        raise CannotEdit("This record is deleted in Zoho Books.", "Nothing can be done with it any more.")
    wanted = deeds.read(module, word, data, today=_today(connection, now()))
    document = _local_side(db, module, stored, now())
    documents.put(
        db,
        stored.id,
        document.fields,
        at=now(),
        wishes=(*document.wishes, *(deed.wish() for deed in wanted)),
        takes_over=document.takes_over,
    )
    return stored.local_id


def _credit(
    db: Database, connection: Connection, module: Module, stored: Trees, data: Mapping[str, object], *, now: Now
) -> str:
    """Apply a credit to this document: noted on the credit, which is what Zoho changes."""
    credits_, named = _CREDITED[module.name]
    given = data.get(named)
    if not isinstance(given, Mapping) or len(given) != 1:
        example = f'Write it as in {{"{named}": {{"number": "..."}}, "amount_applied": "12.50"}}.'
        raise UsageError(f"It does not say which {MODULES[credits_].singular.lower()}.", example)
    reference = reference_of(f"{named}_id", credits_, given)
    record_id = Resolver(db, connection.id).record(reference, stored.source)
    if record_id is None:
        raise NoSuchRecord(MODULES[credits_], reference.value)
    rest = {name: value for name, value in data.items() if name != named}
    target = {module.singular.lower(): {"local_id": stored.local_id}}
    return _do(
        db, connection, MODULES[credits_], _stored(db, record_id), deeds.APPLY, {**rest, **target}, now=now
    )  # fmt: skip


def _delete(db: Database, module: Module, stored: Trees, at: datetime) -> str:
    if stored.remote_id is None and not attempts.is_open(db, stored.id):
        identity.forget(db, stored.id, at)
        return stored.local_id
    if stored.gone:
        raise CannotEdit("This record is deleted in Zoho Books already.", "")
    document = _local_side(db, module, stored, at)
    documents.put(db, stored.id, document.fields, at=at, deleted=True, takes_over=document.takes_over)
    return stored.local_id


def _pay(
    db: Database, connection: Connection, module: Module, stored: Trees, data: Mapping[str, object], *, now: Now
) -> int:
    """One payment for the whole of ``amount`` on this document; without an amount, for its balance."""
    payments, listed, paid, party = _PAYMENTS[module.name]
    fields = {} if stored.document is None else stored.document.fields
    owner = fields.get(party) or {"id": fields.get(f"{party}_id") or (stored.remote or {}).get(f"{party}_id")}
    amount = data.get("amount", (stored.remote or {}).get("balance", fields.get("total")))
    raw: dict[str, object] = {
        "payment_mode": "banktransfer",
        "date": _today(connection, now()),
        **data,
        "amount": amount,
        listed: [{paid: {"local_id": stored.local_id}, "amount_applied": data.get("amount_applied", amount)}],
    }
    raw.pop("amount_applied", None)
    if isinstance(owner, Mapping) and "id" in owner:
        raw[f"{party}_id"] = owner["id"]
    else:
        raw[party] = owner
    return new(db, connection, MODULES[payments], raw, now=now)


def _today(connection: Connection, at: datetime) -> str:
    try:
        zone = ZoneInfo(connection.organization.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return at.date().isoformat()
    return at.astimezone(zone).date().isoformat()


def cancel(db: Database, record_id: int, *, now: Now) -> None:
    """Take back what has not left: the record is again as last agreed, or gone where it was new. Raises."""
    with db.transaction():
        stored = _stored(db, record_id)
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


# -- conflicts and problems -------------------------------------------------------------------------------------------


def resolve(
    db: Database,
    conflict_id: int,
    keep: Side,
    fields: Mapping[str, Side] | None = None,
    *,
    now: Now,
) -> None:
    """Carry out a person's choice: ``keep`` for all clashing fields but those that ``fields`` names.

    What is chosen is about the values that were shown: another change in Zoho before ours leaves is a new conflict.
    Raises ``UsageError`` where there is no such conflict or no such field in it.
    """
    with db.transaction():
        stored = documents.read(db, conflict_id)
        if stored is None or stored.document is None or not stored.document.in_conflict:
            raise UsageError(
                f"There is no conflict {conflict_id}.", "It may have been settled meanwhile.", subject=str(conflict_id)
            )
        names = conflicts.clashing(db, conflict_id)
        unknown = [name for name in fields or {} if name not in names]
        if unknown:
            raise UsageError(
                f"{', '.join(unknown)} is not in conflict.", f"In conflict are {', '.join(names)}.", subject=unknown[0]
            )
        chosen: dict[str, Side] = {name: (fields or {}).get(name, keep) for name in names}
        module = MODULES[stored.module]
        conflicts.keep_before_choice(db, conflict_id)
        if RECORD in chosen:
            _resolve_record(db, module, stored, stored.document, chosen[RECORD], at=now())
        else:
            _resolve_fields(db, module, stored, stored.document, chosen, at=now())
        conflicts.end_conflict(db, conflict_id)
        documents.unsettle(db, [conflict_id])
        text = "; ".join(f"{name}: {side}" for name, side in chosen.items())
        _note(db, stored, "resolved", f"{module.singular}: a conflict was settled ({text}).", now())


def undo_resolve(db: Database, conflict_id: int, *, now: Now) -> None:
    """Take a choice back. Raises ``CannotEdit`` where something of it has left, or the record changed since."""
    with db.transaction():
        if attempts.is_open(db, conflict_id) or not conflicts.undo_choice(db, conflict_id, at=now()):
            raise CannotEdit(
                "The choice cannot be undone any more.", "It has been carried out. Change the record instead."
            )


def side(word: str) -> Side:
    """One of the two sides. Raises ``UsageError``."""
    if word == "local":
        return "local"
    if word == "remote":
        return "remote"
    raise UsageError(f"There is no side {word}.", "Keep local or remote.", subject=word)


def sides_by_field(pairs: Iterable[tuple[str, str]]) -> dict[str, Side]:
    """Field to the side to keep. Raises ``UsageError``."""
    return {name: side(word) for name, word in pairs}


def _resolve_record(
    db: Database, module: Module, stored: Trees, document: Document, side: Side, *, at: datetime
) -> None:
    if stored.gone:
        if side == "local":
            identity.detach(db, stored.id)
        else:
            documents.adopt(db, stored.id, document.revision, document.fields, wishes=(), deleted=True)
            documents.rest(db, stored.id)
        return
    if side == "local":
        if stored.base is not None:
            documents.agree(db, stored.id, _seen(module, stored), at=at)
        return
    # Theirs: our deletion is taken back, and what they changed comes in with the next plan.
    documents.adopt(db, stored.id, document.revision, document.fields, wishes=document.wishes, deleted=False)


def _resolve_fields(
    db: Database, module: Module, stored: Trees, document: Document, chosen: Mapping[str, Side], *, at: datetime
) -> None:
    detail = stored.remote or {}
    theirs = [name for name, side in chosen.items() if side == "remote" and name != STATUS]
    base = stored.base
    lines = () if base is None else base.lines
    now = agreeing.writable(module, detail)
    fields = adopted(module, document.fields, theirs, detail, lines)
    wishes = document.wishes
    if base is None:
        # Never agreed before: what is kept of ours differs from a base that is Zoho's record, and so is sent.
        names = [name for name in chosen if name != STATUS]
        base = documents.Agreement(
            local=adopted(module, document.fields, names, detail),
            remote=now,
            lines=agreeing.links(document.fields, detail),
            status=stored.status,
            modified_at=stored.modified_at,
        )
    else:
        remote = {**base.remote, **{name: now.get(name) for name in chosen if name != STATUS}}
        local = adopted(module, base.local, theirs, detail, lines)
        base = replace(base, local=local, remote=remote)
        if "line_items" in theirs:
            base = replace(base, lines=agreeing.links(fields, detail))
    if STATUS in chosen:
        base = replace(base, status=stored.status)
        if chosen[STATUS] == "remote":
            whole = document_from_remote(module, detail)
            names = [name for name in whole if name in base.local or name in fields]
            fields = adopted(module, fields, names, detail, lines)
            base = replace(base, local=fields, remote=now, modified_at=stored.modified_at)
            wishes = ()
    documents.adopt(db, stored.id, document.revision, fields, wishes=wishes, deleted=document.deleted)
    documents.agree(db, stored.id, base, at=at)


def _seen(module: Module, stored: Trees) -> documents.Agreement:
    assert stored.base is not None  # noqa: S101 - asked for by the caller
    return replace(
        stored.base,
        remote=agreeing.writable(module, stored.remote or {}),
        status=stored.status,
        modified_at=stored.modified_at,
    )


def retry(db: Database, connection: Connection, problem_ids: Sequence[int] = ()) -> int:
    """Let these be tried with the next pass, or all; returns how many there were. Raises ``UsageError``."""
    with db.transaction():
        wanted = list(problem_ids) or [one.id for one in problems.open_problems(db, connection.id)]
        records = []
        for problem_id in wanted:
            if not problems.exists(db, connection.id, problem_id):
                raise UsageError(
                    f"There is no problem {problem_id}.", "It may be gone by now.", subject=str(problem_id)
                )
            record_id = problems.retry_now(db, problem_id)
            if record_id is not None:
                records.append(record_id)
        documents.unsettle(db, records)
        return len(wanted)


def dismiss(db: Database, problem_ids: Sequence[int], reason: str = "") -> None:
    """Leave these be until something changes. Raises ``UsageError`` where one is not open."""
    with db.transaction():
        for problem_id in problem_ids:
            if not problems.dismiss(db, problem_id, reason):
                raise UsageError(f"There is no open problem {problem_id}.", "It may be gone by now.")


def undo_dismiss(db: Database, problem_ids: Sequence[int]) -> None:
    """Show these again. Raises ``UsageError`` where one is not dismissed."""
    with db.transaction():
        for problem_id in problem_ids:
            if not problems.reopen(db, problem_id):
                raise UsageError(f"There is no dismissed problem {problem_id}.", "It may be gone by now.")


def _stored(db: Database, record_id: int) -> Trees:
    found = documents.read(db, record_id)
    if found is None:
        raise CannotEdit("This record is not here any more.", "It was removed meanwhile.")
    return found


def _local_id(db: Database, record_id: int) -> str:
    return _stored(db, record_id).local_id


def _note(db: Database, stored: Trees, kind: str, text: str, at: datetime) -> None:
    connection_id = finding.connection_of(db, stored.id)
    diary.add(db, connection_id, kind, text, at=at, module=stored.module, record_id=stored.id, cause="user")
