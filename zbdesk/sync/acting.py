"""Commands on one record: send, void, delete, pay, apply a credit, refund. Noted here, sent by the next pass.

Each call is one transaction. Invariant: what is refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import attempts, documents, finding, identity
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.sync import deeds, editing
from zbdesk.sync.edit_errors import CannotEdit, NoSuchAction, NoSuchRecord
from zbdesk.sync.paying import PAYMENTS, check_deeds, raw_payment
from zbdesk.sync.references import Resolver, reference_of
from zbdesk.sync.wishes import known_wishes, wish_action

Now = Callable[[], datetime]

_CREDITED = {"invoices": ("creditnotes", "creditnote"), "bills": ("vendorcredits", "vendor_credit")}


def _known(module: Module) -> list[str]:
    """What can be done with records of this module: Zoho's own words and ours."""
    pays = ["pay"] if module.name in PAYMENTS else []
    applies = [deeds.APPLY] if module.name in _CREDITED else []
    return ["delete", *known_wishes(module), *deeds.words_of(module), *pays, *applies]


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
        if (editing.record(db, one).number or "").strip().casefold() == key.strip().casefold()
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
        stored = editing.record(db, record_id)
        module = MODULES[stored.module]
        if action == "pay" and module.name in PAYMENTS:
            today = _today(connection, now())
            payments, raw = raw_payment(db, connection, module, stored, data or {}, today=today)
            return editing.record(db, editing.new(db, connection, payments, raw, now=now)).local_id
        if action == "delete":
            return _delete(db, module, stored, now())
        if deeds.shape_of(module, action) is not None:
            return _do(db, connection, module, stored, action, data or {}, now=now)
        if action == deeds.APPLY and module.name in _CREDITED:
            return _credit(db, connection, module, stored, data or {}, now=now)
        if wish_action(module, action) is None:
            raise NoSuchAction(module, action, _known(module))
        if stored.gone:
            raise CannotEdit("This record is deleted in Zoho Books.", "Nothing can be done with it any more.")
        document = editing.local_side(db, module, stored, now())
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
    check_deeds(db, connection.id, module, stored, wanted)
    document = editing.local_side(db, module, stored, now())
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
        db, connection, MODULES[credits_], editing.record(db, record_id), deeds.APPLY, {**rest, **target}, now=now
    )  # fmt: skip


def _delete(db: Database, module: Module, stored: Trees, at: datetime) -> str:
    if stored.remote_id is None and not attempts.is_open(db, stored.id):
        identity.forget(db, stored.id, at)
        return stored.local_id
    if stored.gone and (stored.document is None or stored.document.deleted):
        raise CannotEdit("This record is deleted in Zoho Books already.", "")
    # What is gone there and still stands here goes here as well: the way out that its problem names.
    document = editing.local_side(db, module, stored, at)
    documents.put(db, stored.id, document.fields, at=at, deleted=True, takes_over=document.takes_over)
    return stored.local_id


def _today(connection: Connection, at: datetime) -> str:
    try:
        zone = ZoneInfo(connection.organization.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return at.date().isoformat()
    return at.astimezone(zone).date().isoformat()
