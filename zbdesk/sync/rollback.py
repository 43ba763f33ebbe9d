"""Taking a run back: for each record that it wrote, what would undo that, or why nothing can. Only reads.

What Zoho offers decides: what was made is deleted while it is a draft and voided once it is issued, fields get back
what stood there before, a status goes back where Zoho has a way. What somebody changed since is left alone and named.
Invariant: nothing that anybody did after the run is undone with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zbdesk.domain.canonical import canonical
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection, FieldChange
from zbdesk.store import attempts, documents, rollbacks
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.store.rollbacks import Written
from zbdesk.sync import agreeing, deeds, recording, rollback_words
from zbdesk.sync.attempting import ACTION, CREATE, DELETE, UPDATE
from zbdesk.sync.merge import matches
from zbdesk.sync.order import WRITE_ORDER
from zbdesk.sync.policies import Policies
from zbdesk.sync.policy import ModulePolicy, Verb
from zbdesk.sync.settled import PAID
from zbdesk.sync.wishes import is_settled, is_void, standing, wish_action

_AMOUNTS = frozenset(
    {"line_items", "discount", "exchange_rate", "currency_id", "customer_id", "adjustment", "shipping_charge", "amount"}
)
"""Fields that cannot change any more once money rests on the document."""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one record. ``fields``: to restore, in Zoho's form; ``needs``: records that must go before."""

    record_id: int
    module: str
    did: str
    what: str
    fields: Mapping[str, Any]
    wishes: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""

    @property
    def place(self) -> int:
        """Lower ones are over before the next begin: what refers to others goes first."""
        return len(WRITE_ORDER) - WRITE_ORDER.index(self.module)


class Planner:
    """Looks at the records of one run, or of one import whichever runs sent it."""

    def __init__(self, db: Database, connection: Connection, run_id: int, *, batch_id: int | None = None) -> None:
        self._db = db
        self._connection = connection
        self._policies = Policies(db, connection)
        self._writes: dict[int, list[Written]] = {}
        if batch_id is None:
            found = rollbacks.written(db, connection.id, run_id)
        else:
            found = rollbacks.written_of_import(db, connection.id, batch_id)
        for one in found:
            self._writes.setdefault(one.record_id, []).append(one)

    def steps(self) -> list[Step]:
        """All records of the run, in the order in which they are taken back."""
        found = [step for record_id in self._writes if (step := self.step(record_id)) is not None]
        found.sort(key=lambda step: (step.place, -step.record_id))
        going = {step.record_id for step in found if step.what == "delete"}
        return [self._with_company(step, going) for step in found]

    def step(self, record_id: int) -> Step | None:
        """One record, as it stands now."""
        writes, trees = self._writes.get(record_id), documents.read(self._db, record_id)
        if not writes or trees is None:
            return None
        module = MODULES[trees.module]
        did = _did(writes)
        nothing = Step(record_id, module.name, did, "none", {})
        reason = self._untouchable(trees)
        if reason:
            return replace(nothing, reason=reason)
        if writes[-1].operation == DELETE:
            return replace(nothing, reason=rollback_words.DELETED)
        if did == CREATE:
            return self._uncreate(module, trees, writes, nothing)
        return self._restore(module, trees, writes, nothing)

    def _untouchable(self, trees: Trees) -> str:  # noqa: PLR0911 - one sentence a reason
        """Why nothing at all is done with this record."""
        if attempts.is_open(self._db, trees.id):
            return rollback_words.UNDER_WAY
        if trees.gone or trees.remote_id is None:
            return rollback_words.GONE
        if trees.document is None or trees.base is None:
            return rollback_words.NOT_OURS
        if trees.document.in_conflict:
            return rollback_words.IN_CONFLICT
        if trees.document.deleted or trees.document.wishes or self._is_edited(trees):
            return rollback_words.EDITED_HERE
        if (trees.remote or {}).get("lock_details"):
            return rollback_words.LOCKED
        return ""

    def _is_edited(self, trees: Trees) -> bool:
        """Whether our side holds an edit that has not left."""
        assert trees.document is not None  # noqa: S101 - asked for by the caller
        assert trees.base is not None  # noqa: S101
        return trees.document.pending is not None and trees.document.fields != trees.base.local

    # What was made

    def _uncreate(  # noqa: PLR0911 - one way out for each thing that Zoho offers
        self, module: Module, trees: Trees, writes: Sequence[Written], nothing: Step
    ) -> Step:
        moved = _moved(module, trees, _last_seen(writes))
        if moved:
            return replace(nothing, reason=rollback_words.changed(moved))
        if is_void(trees.status):
            return replace(nothing, reason=rollback_words.VOID)
        policy = self._policies.of(module)
        deletable = "delete" in module.methods and policy.allows(Verb.DELETE) and Verb.DELETE not in policy.lacking
        voidable = wish_action(module, "void") is not None and policy.allows(Verb.UPDATE)
        issued = standing(trees.status) not in {"", "draft"} or _is_mailed(trees)
        if voidable and (issued or not deletable):
            if is_settled(trees.status) and not self._payments_go(module, trees):
                return replace(nothing, reason=rollback_words.PAID)
            return replace(nothing, what="void", wishes=("void",), reason=rollback_words.NUMBER_STAYS)
        if deletable:
            return replace(nothing, what="delete")
        if wish_action(module, "deactivate") is not None and policy.allows(Verb.UPDATE):
            return replace(nothing, what="status", wishes=("deactivate",), reason=rollback_words.MADE_INACTIVE)
        return replace(nothing, reason=rollback_words.no_deletion(module, policy.lacking))

    def _payments_go(self, module: Module, trees: Trees) -> bool:
        """Whether what was paid on it was paid by this run as well, and will be gone before its turn."""
        for record_id, writes in self._writes.items():
            listed, id_field = PAID.get(writes[0].module, ("", ""))
            if listed != module.name or _did(writes) != CREATE:
                continue
            paid = documents.read(self._db, record_id)
            parts = [] if paid is None else (paid.remote or {}).get(listed) or []
            if any(str(part.get(id_field)) == trees.remote_id for part in parts):  # type: ignore[attr-defined]
                step = self.step(record_id)
                return step is not None and step.what == "delete"
        return False

    def _with_company(self, step: Step, going: set[int]) -> Step:
        """A contact to which documents refer that stay cannot be deleted: it is made inactive."""
        if step.module != "contacts" or step.what != "delete":
            return step
        trees = documents.read(self._db, step.record_id)
        if trees is None or trees.remote_id is None:
            return step
        stay = rollbacks.living_documents(self._db, self._connection.id, trees.remote_id) - going
        if not stay:
            return step
        if wish_action(MODULES["contacts"], "deactivate") is None:
            return replace(step, what="none", reason=rollback_words.REFERRED_TO)
        return replace(step, what="status", wishes=("deactivate",), reason=rollback_words.REFERRED_TO_INACTIVE)

    # What was changed

    def _restore(self, module: Module, trees: Trees, writes: Sequence[Written], nothing: Step) -> Step:
        if any(deeds.parse(_text(one.snapshot.get("wish")) or "") is not None for one in writes):
            return replace(nothing, reason=rollback_words.MONEY_MOVED)
        before, seen = _before(writes), _last_seen(writes)
        moved = [name for name in _moved(module, trees, seen) if name in before]
        fields = {name: value for name, value in before.items() if name not in moved}
        reasons = [rollback_words.changed(moved)] if moved else []
        if is_void(trees.status) and fields:
            return replace(nothing, reason=rollback_words.VOID)
        kept = sorted(fields.keys() & _AMOUNTS) if is_settled(trees.status) else []
        if kept:
            reasons.append(rollback_words.PAID_AMOUNTS)
            fields = {name: value for name, value in fields.items() if name not in kept}
        wishes: tuple[str, ...] = ()
        status_before = next((_text(one.snapshot.get("status")) for one in writes if one.operation == ACTION), None)
        if status_before is not None:
            wishes, why = way_back(module, trees.status, status_before, self._policies.of(module))
            reasons += [why] if why else []
        if not fields and not wishes:
            return replace(nothing, reason=" ".join(reasons) or rollback_words.AS_BEFORE)
        now = trees.remote or {}
        texts = ((name, recording.text_of(now.get(name)), recording.text_of(value)) for name, value in fields.items())
        changes = tuple(FieldChange(*one) for one in texts)
        what = "restore" if fields else "status"
        return replace(nothing, what=what, fields=fields, wishes=wishes, changes=changes, reason=" ".join(reasons))


def way_back(module: Module, status: str | None, before: str, policy: ModulePolicy) -> tuple[tuple[str, ...], str]:
    """The status actions that lead from one status back to another, and what stays or why there are none."""
    now, then = standing(status), standing(before)
    if now == then:
        return (), ""
    wishes: tuple[str, ...] = ()
    if then == "active" and now in {"inactive", "stopped"}:
        wishes = ("activate",)
    elif then in {"inactive", "stopped"} and now == "active":
        wishes = ("deactivate",)
    elif is_void(status) and not is_settled(before):
        draft, issued = wish_action(module, "draft") is not None, _issue_of(module)
        if then == "draft":
            wishes = ("draft",) if draft else ()
        elif issued:
            wishes = ("draft", issued) if draft else (issued,)
    known = all(wish_action(module, wish) is not None for wish in wishes)
    if not wishes or not known or not policy.allows(Verb.UPDATE):
        return (), rollback_words.no_way_back(status or "", before)
    return wishes, rollback_words.PAYMENTS_STAY if is_void(status) else ""


def _issue_of(module: Module) -> str:
    """The wish that makes a draft count, where the module has one that mails nobody."""
    return next((wish for wish in ("open", "send") if wish_action(module, wish) is not None), "")


def _did(writes: Sequence[Written]) -> str:
    """The weightiest thing that the run did with the record."""
    kinds = {one.operation for one in writes}
    return next(kind for kind in (CREATE, DELETE, UPDATE, ACTION) if kind in kinds)


def _before(writes: Sequence[Written]) -> dict[str, Any]:
    """What stood in each field before the run first wrote it."""
    found: dict[str, Any] = {}
    for one in writes:
        if one.operation == UPDATE:
            remote: Any = one.snapshot.get("remote") or {}
            sent: Any = one.snapshot.get("sent") or ()
            for name in sent:
                found.setdefault(str(name), remote.get(name))
    return found


def _last_seen(writes: Sequence[Written]) -> dict[str, Any]:
    """What Zoho held after the run last wrote it, by field."""
    found: dict[str, Any] = {}
    for one in writes:
        seen: Any = (one.after or {}).get("fields") or {}
        found.update(seen)
    return found


def _moved(module: Module, trees: Trees, seen: Mapping[str, Any]) -> list[str]:
    """Fields that read otherwise now than the run left them: somebody changed them since."""
    if not agreeing.is_complete(module, trees):
        base = trees.base
        if base is None or base.modified_at != trees.modified_at:
            return ["*"]
    then, now = canonical(module, seen), canonical(module, trees.remote or {})
    return sorted(name for name, value in then.items() if name in now and not matches(name, value, now[name]))


def _is_mailed(trees: Trees) -> bool:
    return (trees.remote or {}).get("is_emailed") in {True, "true"}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


__all__ = ["Planner", "Step", "way_back"]
