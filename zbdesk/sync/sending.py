"""Carrying out what the planner wants written: create, update, delete, status action, each with its consequences.

Invariant: what Zoho answered, the new base and the end of the attempt are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from zbdesk.domain.document_names import parent_field
from zbdesk.domain.documents import total_of
from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module, ModuleAction
from zbdesk.domain.money import decimals
from zbdesk.store import documents, finding, identity, problems, review, trees
from zbdesk.sync import agreeing, chronicle, deeds, explaining, push_texts, recording, troubles, twins
from zbdesk.sync.actions import Cause, Create, Delete, RemoteSide, StatusAction, Update
from zbdesk.sync.agreeing import Sides, Snapshot, after_write, snapshot_of
from zbdesk.sync.attempting import ACTION, CREATE, DELETE, UPDATE, Attempts, WritingBooks
from zbdesk.sync.context import Pass
from zbdesk.sync.deeds import Deed
from zbdesk.sync.doing import Doer, target_of
from zbdesk.sync.faults import is_gone
from zbdesk.sync.lookup import LookUp
from zbdesk.sync.preflight import Preflight
from zbdesk.sync.recognition import Recognitions, distrust
from zbdesk.sync.settled import want_settled
from zbdesk.sync.sweep import bury
from zbdesk.sync.troubles import DUPLICATE_IN_ZOHO, Trouble
from zbdesk.sync.writing import (
    By,
    Recognition,
    UniqueField,
    body_for_create,
    body_for_update,
    compare_answer,
    precision_of,
    recognise,
)
from zbdesk.zoho.writing import UniqueKey

if TYPE_CHECKING:
    from zbdesk.sync.push import Pusher

_RECOVERABLE = frozenset({Cause.DUPLICATE_NUMBER.value, Cause.DUPLICATE_NAME.value, Cause.VALIDATION.value})
_MADE_HERE = frozenset(
    {Cause.MISSING_CURRENCY, Cause.MISSING_EXCHANGE_RATE, Cause.INACTIVE_CONTACT, Cause.INACTIVE_ITEM}
    | {Cause.UNKNOWN_REFERENCE}
)
"""Causes that are seen here before anything is sent: they are looked at again in each pass, without a call."""


class Sender:
    """Sends for one pass."""

    def __init__(
        self,
        run: Pass,
        books: WritingBooks,
        *,
        attempts: Attempts,
        lookup: LookUp,
        preflight: Preflight,
        pusher: Pusher,
    ) -> None:
        self._run = run
        self._books = books
        self._attempts = attempts
        self._lookup = lookup
        self._preflight = preflight
        self._pusher = pusher
        self.recognitions = Recognitions(run)
        self.doer = Doer(run, books, attempts)
        self._repeated: dict[str, frozenset[int]] = {}

    def may_send(self, record_id: int, *, by_person: bool) -> bool:
        """Whether a record that was refused may be tried again: after a change, after its rest, or by a click."""
        if review.is_held(self._run.db, self._run.connection_id, record_id):
            return False
        problem = problems.standing(self._run.db, record_id)
        if problem is None or problem.changed or (problem.cause in _MADE_HERE and problem.retry_at is None):
            return True
        if problem.dismissed:
            return False
        return by_person or problem.retry_at is None or problem.retry_at <= self._run.now()

    def preflight(
        self, module: Module, sides: Sides, action: Create | Update | Delete | StatusAction
    ) -> Trouble | None:
        """What already speaks against it."""
        if not isinstance(action, Create):
            return None
        refusal = self._preflight.refusal(module, sides.resolved)
        return None if refusal is None else Trouble(refusal.cause.value, refusal.message, refusal.remedy)

    async def send(self, module: Module, sides: Sides, action: Create | Update | Delete | StatusAction) -> bool:
        """Write; True when the answer showed Zoho's record as it is now. Raises ``InDoubt`` and Zoho's refusals."""
        match action:
            case Create():
                return await self._create(module, sides)
            case Update(fields=fields):
                return await self._update(module, sides, tuple(fields))
            case Delete():
                return await self._delete(module, sides)
            case StatusAction(name=name, wish=wish, fulfilled=fulfilled):
                return await self._act(module, sides, name, wish, fulfilled)

    # Writes

    async def _create(self, module: Module, sides: Sides) -> bool:
        run, trees_ = self._run, sides.trees
        field = self.recognitions.field(module) if self._pusher.may_upsert(module) else None
        recognition = recognise(module, sides.resolved, key=key_of(sides.trees.local_id), unique_field=field)
        unique = UniqueKey(recognition.field, recognition.value) if recognition.by is By.CUSTOM_FIELD else None
        body = _stamped(body_for_create(module, sides.resolved), recognition)
        parent = parent_field(module)
        parent_id = None if parent is None else str(sides.resolved.get(parent))
        snapshot = snapshot_of(module, sides)
        writing = self._attempts.begin(trees_.id, CREATE, snapshot, sides.document.revision, recognition)
        call = partial(self._books.create, module, body, parent_id=parent_id, unique=unique, priority=run.priority)
        try:
            row, payload = await self._attempts.send(writing, call)
        except RejectedError as error:
            if field is not None and troubles.of_refusal(module, error).cause == Cause.VALIDATION:
                # It may be the field: switched off, or no longer unique. Asked for again before the next try.
                distrust(run.db, run.connection_id, module)
            if await explaining.parents_gone(run, module, sides, error):
                self._pusher.forget()
                return False
            if await self._recovered(module, sides, recognition, error):
                return False
            raise await explaining.plainly(self._lookup, module, sides, recognition, error) from error
        with run.db.transaction():
            seen = self._lookup.keep_created(
                module, writing.attempt_id, trees_.id, snapshot, row, payload, seen_late=False
            )
            chronicle.wrote(run, module, trees_.id, CREATE, snapshot, seen)
        self._pusher.count(module, "created")
        return True

    async def _recovered(self, module: Module, sides: Sides, recognition: Recognition, error: RejectedError) -> bool:
        """After a refusal for a taken number or name: if what took it is this very document, link to it."""
        if troubles.of_refusal(module, error).cause not in _RECOVERABLE or not (
            recognition.is_unique or module.name == "contacts"
        ):
            return False
        remote_id = await self._lookup.find(module, sides.trees.id, sides.resolved, recognition, known=None)
        if remote_id is None:
            return False
        row, payload = await self._run.detail(module, remote_id, self._run.priority)
        run = self._run
        with run.db.transaction():
            current = documents.read(run.db, sides.trees.id)
            if current is None or current.remote_id is not None:
                return False
            other = finding.by_remote_id(run.db, run.connection_id, module.name, remote_id)
            if other is not None:
                identity.absorb(run.db, sides.trees.id, other)
            trees.store_detail(run.db, sides.trees.id, row, payload)
        return True

    async def _update(self, module: Module, sides: Sides, names: tuple[str, ...]) -> bool:
        run, record_id = self._run, sides.trees.id
        agreed = sides.agreement
        body = body_for_update(
            module,
            sides.resolved,
            names,
            before=sides.before,
            detail=sides.detail,
            links=() if agreed is None else agreed.lines,
        )
        if "custom_fields" in body:
            body["custom_fields"] = _with_key(body["custom_fields"], sides.detail, self.recognitions.field(module))
        snapshot = snapshot_of(module, sides, sent=names)
        writing = self._attempts.begin(record_id, UPDATE, snapshot, sides.document.revision)
        call = partial(
            self._books.update,
            module,
            str(sides.trees.remote_id),
            body,
            parent_id=_parent_id(module, sides),
            priority=run.priority,
        )
        try:
            row, payload = await self._attempts.send(writing, call)
        except RejectedError as error:
            if await explaining.itself_gone(run, module, sides, error):
                return False
            recognition = recognise(module, sides.resolved, key=key_of(sides.trees.local_id))
            if recognition.field not in names:
                raise
            raise await explaining.plainly(self._lookup, module, sides, recognition, error) from error
        with run.db.transaction():
            trees.store_detail(run.db, record_id, row, payload)
            stored, seen = documents.read(run.db, record_id), None
            if stored is not None:
                base = after_write(module, snapshot, stored, seen_late=False)
                documents.agree(run.db, record_id, base, at=run.now())
                seen = recording.after(module, snapshot, stored)
            self._attempts.done(writing.attempt_id, seen)
            chronicle.wrote(run, module, record_id, UPDATE, snapshot, seen)
        self._pusher.count(module, "updated")
        return True

    async def _delete(self, module: Module, sides: Sides) -> bool:
        run, record_id = self._run, sides.trees.id
        writing = self._attempts.begin(record_id, DELETE, snapshot_of(module, sides), sides.document.revision)
        call = partial(
            self._books.delete,
            module,
            str(sides.trees.remote_id),
            parent_id=_parent_id(module, sides),
            priority=run.priority,
        )
        try:
            await self._attempts.send(writing, call)
        except RejectedError as error:
            if not is_gone(error):
                raise
        with run.db.transaction():
            # What a payment settled is open again.
            want_settled(run, module, sides.trees)
            trees.mark_deleted(run.db, [record_id], run.now())
            self._attempts.done(writing.attempt_id)
            chronicle.wrote(run, module, record_id, DELETE, writing.snapshot)
        self._pusher.count(module, "deleted")
        return False

    async def _act(self, module: Module, sides: Sides, name: str, wish: str, fulfilled: tuple[str, ...]) -> bool:
        run, record_id = self._run, sides.trees.id
        action = next(one for one in module.actions if one.name == name)
        snapshot = snapshot_of(module, sides, sent=(), wish=wish)
        deed = deeds.parse(wish)
        if deed is not None:
            return await self._do(module, sides, action, wish, deed, snapshot)

        def carried_out() -> None:
            documents.drop_wish(run.db, record_id, *fulfilled, wish)
            trees.want_detail(run.db, [record_id])

        return await self._send_action(module, sides, action, snapshot, carried_out)

    async def _do(  # noqa: PLR0917 - what a deed is made of
        self, module: Module, sides: Sides, action: ModuleAction, wish: str, deed: Deed, snapshot: Snapshot
    ) -> bool:
        """Apply a credit or refund money, after a look at what stands there already."""
        run, record_id = self._run, sides.trees.id
        body, kept, landed = await self.doer.prepare(module, sides.trees, deed)
        if landed:
            documents.drop_wish(run.db, record_id, wish)
            return await self._see(module, sides)
        done = partial(self.doer.done, module, record_id, deed, wish, target_of(kept))
        return await self._send_action(module, sides, action, snapshot, done, body=body, more=kept)

    async def _send_action(
        self,
        module: Module,
        sides: Sides,
        action: ModuleAction,
        snapshot: Snapshot,
        carried_out: Callable[[], None],
        *,
        body: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> bool:
        """Send an action; ``carried_out`` is one transaction with the end of its attempt."""
        run, record_id = self._run, sides.trees.id
        writing = self._attempts.begin(record_id, ACTION, snapshot, sides.document.revision, more=more)
        remote_id = str(sides.trees.remote_id)
        call = partial(self._books.act, module, action, remote_id, body=body, priority=run.priority)
        try:
            await self._attempts.send(writing, call)
        except RejectedError as error:
            if await explaining.itself_gone(run, module, sides, error):
                return False
            raise
        with run.db.transaction():
            carried_out()
            self._attempts.done(writing.attempt_id)
            chronicle.wrote(run, module, record_id, ACTION, snapshot)
        self._pusher.count(module, "actions")
        return await self._see(module, sides)

    async def _see(self, module: Module, sides: Sides) -> bool:
        """Read what a status action made of the record: its answer does not say."""
        run, record_id = self._run, sides.trees.id
        try:
            row, payload = await run.detail(module, str(sides.trees.remote_id), run.priority)
        except RejectedError as error:
            if not is_gone(error):
                raise
            bury(run, module, [record_id])
            return False
        with run.db.transaction():
            trees.store_detail(run.db, record_id, row, payload)
            stored = documents.read(run.db, record_id)
            if stored is not None and stored.base is not None:
                documents.agree(run.db, record_id, agreeing.restamped(stored.base, stored), at=run.now())
        return True

    # What came of it

    def difference(self, module: Module, sides: Sides) -> Trouble | None:
        """What Zoho holds otherwise than was meant, though nobody changed it since; None where all is as meant."""
        if (repeated := self.doer.repeats.trouble(module, sides.trees.id)) is not None:
            return repeated
        if not isinstance(sides.remote, RemoteSide) or not sides.remote.complete or sides.base is None:
            return None
        surplus = self._twins(module, sides)
        if surplus:
            return push_texts.twice(module, surplus)
        precision = precision_of(sides.detail, decimals(sides.trees.currency or ""))
        body = body_for_create(module, sides.resolved)
        found = compare_answer(module, body, sides.detail, total=total_of(sides.document.fields), precision=precision)
        # A field that the detail does not show at all says nothing: Zoho keeps some to itself.
        found = tuple(one for one in found if not one.is_dropped)
        return push_texts.not_kept(found) if found else None

    def _twins(self, module: Module, sides: Sides) -> int:
        """How many other records of Zoho's are this very document."""
        recognition = recognise(module, sides.resolved, key=key_of(sides.trees.local_id))
        if module.name not in self._repeated:
            # Once a pass: the attempts of all records are looked through for it.
            self._repeated[module.name] = frozenset(twins.suspects(self._run.db, self._run.connection_id, module))
        is_suspect = sides.trees.id in self._repeated[module.name]
        return twins.count(
            self._run.db, self._run.connection_id, module, sides.trees, recognition, is_suspect=is_suspect
        )  # fmt: skip

    def refused(self, module: Module, record_id: int, error: RejectedError) -> None:
        """Zoho refused this record."""
        self.raise_trouble(module, record_id, troubles.of_refusal(module, error))

    def raise_trouble(self, module: Module, record_id: int, trouble: Trouble) -> None:
        """Put it on Problems, with a rest before it is tried by itself."""
        run = self._run
        standing = problems.standing(run.db, record_id)
        count = 1 if standing is None or standing.cause != trouble.cause else standing.count + 1
        with run.db.transaction():
            problems.raise_problem(
                run.db,
                run.connection_id,
                cause=trouble.cause,
                message=trouble.message,
                remedy=trouble.remedy,
                module=module.name,
                record_id=record_id,
                code=trouble.code,
                at=run.now(),
                retry_at=run.now() + troubles.wait_before(count) if trouble.code else None,
                detail=trouble.detail,
            )


def key_of(local_id: str) -> str:
    """The part of our id that differs between records made in one moment: its end is random, its head is the time."""
    return local_id.replace("-", "")[-12:]


def _stamped(body: dict[str, Any], recognition: Recognition) -> dict[str, Any]:
    """The body with what a look-up will find it by."""
    custom = [*body.get("custom_fields", ()), *recognition.stamp.get("custom_fields", ())]
    return {**body, **recognition.stamp, **({"custom_fields": custom} if custom else {})}


def _with_key(custom: list[Any], detail: Mapping[str, Any], field: UniqueField | None) -> list[Any]:
    """Custom fields with our key as Zoho has it: whether it keeps those left out of a list is not documented."""
    if field is None or any(field.field_id in one.values() or field.api_name in one.values() for one in custom):
        return custom
    held = (one for one in detail.get("custom_fields") or () if one.get("api_name") == field.api_name)
    return [*custom, *(field.holding(str(one["value"])) for one in held if one.get("value"))]


def _parent_id(module: Module, sides: Sides) -> str | None:
    parent = parent_field(module)
    value = None if parent is None else sides.resolved.get(parent) or sides.detail.get(parent)
    return None if value is None else str(value)


__all__ = ["DUPLICATE_IN_ZOHO", "Sender", "key_of"]
