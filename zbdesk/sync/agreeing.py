"""From the stored trees to what the planner is given, and from what was agreed back to a base. No network.

A base is written only from an observation that proves agreement. Invariant: what Zoho changed while our write was under
way never enters the base unseen; it differs from the base afterwards and is planned like any other change of Zoho's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from zbdesk.domain.canonical import canonical
from zbdesk.domain.document_names import LINES
from zbdesk.domain.documents import (
    Reference,
    adopted,
    document_from_remote,
    one_line_quantity_one,
    put_onto,
    references,
    resolved,
)
from zbdesk.domain.module import Module
from zbdesk.domain.money import decimals
from zbdesk.store.documents import Agreement, Document, Trees
from zbdesk.sync import reading
from zbdesk.sync.actions import GONE, Base, LocalSide, Remote, RemoteSide
from zbdesk.sync.merge import matches
from zbdesk.sync.policy import ModulePolicy
from zbdesk.sync.references import Resolution, Resolver
from zbdesk.sync.writing import line_links, local_canonical

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sides:
    """One record as the planner sees it, with the pieces that a write needs.

    ``resolved``: the document with ids. ``before``: the agreed document with ids; empty without a base.
    """

    trees: Trees
    document: Document
    remote: Remote
    local: LocalSide
    base: Base | None
    resolved: dict[str, Any]
    before: dict[str, Any]
    resolution: Resolution

    @property
    def detail(self) -> Payload:
        """Zoho's record as it was last read; empty where there is none."""
        return self.trees.remote or {}

    @property
    def agreement(self) -> Agreement | None:
        """The stored base."""
        return self.trees.base


def sides_of(module: Module, trees: Trees, resolver: Resolver, policy: ModulePolicy | None = None) -> Sides | None:
    """What the planner is asked about; None for a record without a local side.

    ``policy``: whose sources give one line of quantity 1 for each of theirs; None: none does.
    """
    document = trees.document
    if document is None:
        return None
    kept = {Reference(*one[:4]): one[4] for one in trees.base.ids} if trees.base is not None else {}
    resolution = resolver.resolve(references(module, document.fields), source=trees.source, kept=kept)
    fields, unresolved = resolved(module, document.fields, resolution.ids)
    amounts_only = policy is not None and trees.source is not None and trees.source in policy.one_line_quantity_one
    places = decimals(trees.currency or "")
    fields = one_line_quantity_one(fields, places, only_unpriced=not amounts_only)
    local = LocalSide(
        fields=local_canonical(module, fields, trees.remote),
        deleted=document.deleted,
        wishes=document.wishes,
        revision=document.revision,
        unresolved=unresolved,
    )
    before: dict[str, Any] = {}
    base = None
    if trees.base is not None:
        before, _ = resolved(module, trees.base.local, kept)
        before = one_line_quantity_one(before, places, only_unpriced=not amounts_only)
        base = Base(
            local=local_canonical(module, before, trees.remote),
            remote=canonical(module, trees.base.remote),
            status=trees.base.status,
            modified_at=trees.base.modified_at,
        )
    return Sides(trees, document, remote_side(module, trees), local, base, fields, before, resolution)


def remote_side(module: Module, trees: Trees) -> Remote:
    """Zoho's side as the planner sees it."""
    if trees.remote_id is None:
        return None
    if trees.gone:
        return GONE
    return RemoteSide(
        remote_id=trees.remote_id,
        fields=canonical(module, trees.remote or {}),
        status=trees.status,
        modified_at=trees.modified_at,
        complete=is_complete(module, trees),
    )


def is_complete(module: Module, trees: Trees) -> bool:
    """Whether all that Zoho has of the record is here, as new as its list row."""
    return trees.detail or module.rows_complete or not reading.by_id(module)


# -- bases ------------------------------------------------------------------------------------------------------------


def writable(module: Module, payload: Payload) -> dict[str, Any]:
    """The part of Zoho's record that can be written: all that a base needs to know."""
    return {name: payload[name] for name in sorted(module.write_fields & payload.keys())}


def flat_ids(ids: Mapping[Reference, str]) -> tuple[tuple[str, str, str, str, str], ...]:
    """References with their ids in the form in which they are stored."""
    return tuple((one.field, one.module, one.by, one.value, found) for one, found in ids.items())


def whole(module: Module, sides: Sides) -> Agreement:
    """Both sides say the same as they are now."""
    detail = sides.detail
    return Agreement(
        local=sides.document.fields,
        remote=writable(module, detail),
        ids=flat_ids(sides.resolution.ids),
        lines=links(sides.document.fields, detail),
        status=sides.trees.status,
        modified_at=sides.trees.modified_at,
    )


def after_write(
    module: Module,
    snapshot: Snapshot,
    trees: Trees,
    *,
    seen_late: bool,
) -> Agreement:
    """The base after our write was seen in Zoho: our snapshot on one side, Zoho's record on the other.

    Fields that were not sent keep what was known of them before. ``seen_late``: the record was read some time after it
    was written, so a sent field that reads otherwise was changed there meanwhile, and the base keeps what we sent.
    """
    detail = trees.remote or {}
    now = writable(module, detail)
    ours, theirs = local_canonical(module, snapshot.resolved, detail), canonical(module, detail)
    known: dict[str, Any] = {**snapshot.remote}
    if snapshot.sent is None:
        # Nobody knows what a new record held at first beside what we sent: where it was edited since, none of that
        # counts as agreed, or a later edit of ours would write over what somebody typed there.
        touched = seen_late and was_edited(detail)
        known = {name: value for name, value in now.items() if not touched or name in ours}
    for name in ours if snapshot.sent is None else snapshot.sent:
        if seen_late and name in ours and name in theirs and not matches(name, ours[name], theirs[name]):
            known[name] = snapshot.resolved.get(name)
        elif name in now:
            known[name] = now[name]
    return Agreement(
        local=snapshot.document,
        remote=known,
        ids=snapshot.ids,
        lines=links(snapshot.document, detail),
        status=trees.status if snapshot.status is None or not seen_late else snapshot.status,
        modified_at=trees.modified_at,
    )


def was_edited(detail: Payload) -> bool:
    """Whether Zoho's record was changed after it was made, or does not say so."""
    made, changed = detail.get("created_time"), detail.get("last_modified_time")
    return not made or not changed or made != changed


def adopting(module: Module, sides: Sides, names: Iterable[str], *, status: bool) -> tuple[dict[str, Any], Agreement]:
    """The document and the base after taking these fields of Zoho's (``status``: and its status)."""
    detail, agreed = sides.detail, sides.agreement
    chosen = list(names)
    lines = agreed.lines if agreed is not None else ()
    fields = adopted(module, sides.document.fields, chosen, detail, lines)
    if agreed is None:
        ids = flat_ids(sides.resolution.ids)
        return fields, replace(whole(module, sides), local=fields, ids=ids, lines=links(fields, detail))
    now = writable(module, detail)
    remote = {**agreed.remote, **{name: now.get(name) for name in chosen}}
    base = replace(
        agreed,
        local=adopted(module, agreed.local, chosen, detail, lines),
        remote=remote,
        lines=links(fields, detail) if LINES in chosen else lines,
        status=sides.trees.status if status else agreed.status,
    )
    return fields, base


def links(fields: Payload, detail: Payload) -> tuple[tuple[str | int, str], ...]:
    """Which of Zoho's lines is which of ours."""
    return tuple(line_links(fields.get(LINES) or (), detail.get(LINES) or ()))


# -- snapshots --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a write says, kept in its attempt: the document at that moment, never as it is later.

    ``sent``: names of the fields that leave, None for the whole document. ``remote``: Zoho's writable fields as they
    were read just before. ``wish``: the status action's word.
    """

    document: dict[str, Any]
    resolved: dict[str, Any]
    ids: tuple[tuple[str, str, str, str, str], ...]
    sent: tuple[str, ...] | None = None
    remote: dict[str, Any] = field(default_factory=dict)
    status: str | None = None
    wish: str | None = None

    def stored(self) -> dict[str, object]:
        """The form in which the attempt keeps it."""
        return {
            "document": self.document,
            "resolved": self.resolved,
            "ids": [list(one) for one in self.ids],
            "sent": None if self.sent is None else list(self.sent),
            "remote": self.remote,
            "status": self.status,
            "wish": self.wish,
        }

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> Snapshot:
        """From the attempt."""
        sent = stored.get("sent")
        return cls(
            document=dict(stored["document"]),
            resolved=dict(stored["resolved"]),
            ids=tuple(cast("list[tuple[str, str, str, str, str]]", [tuple(one) for one in stored["ids"]])),
            sent=None if sent is None else tuple(sent),
            remote=dict(stored.get("remote") or {}),
            status=stored.get("status"),
            wish=stored.get("wish"),
        )


def snapshot_of(
    module: Module, sides: Sides, *, sent: Iterable[str] | None = None, wish: str | None = None
) -> Snapshot:
    """What is about to leave."""
    return Snapshot(
        document=dict(sides.document.fields),
        resolved=sides.resolved,
        ids=flat_ids(sides.resolution.ids),
        sent=None if sent is None else tuple(sent),
        remote=writable(module, sides.detail),
        status=sides.trees.status,
        wish=wish,
    )


def restamped(base: Agreement, trees: Trees) -> Agreement:
    """The same agreement, seen again on a newer record: its stamp and status are known."""
    return replace(base, status=trees.status, modified_at=trees.modified_at)


def readable(module: Module) -> bool:
    """Whether one record can be asked for by its id."""
    return reading.by_id(module)


def taken_over(module: Module, trees: Trees, edit: Payload | None = None) -> tuple[dict[str, Any], Agreement]:
    """A local document made from Zoho's record, with an edit upon it, and the base from which the edit started."""
    detail = trees.remote or {}
    fields = document_from_remote(module, detail)
    base = Agreement(
        local=fields,
        remote=writable(module, detail),
        lines=links(fields, detail),
        status=trees.status,
        modified_at=trees.modified_at,
    )
    return put_onto(fields, {}, edit or {}), base
