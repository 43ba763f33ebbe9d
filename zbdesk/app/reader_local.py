"""Questions about our own side: conflicts and what a choice does, what is to leave, documents to edit.

Read-only, over the same handle as ``Reader``. Must not decide: what would be done is worked out by the planner and by
what stands beside it. Invariant: no answer changes anything, and none needs Zoho.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from zbdesk.domain import pace
from zbdesk.domain.dates import day_start
from zbdesk.domain.document_names import LINES, leads_to
from zbdesk.domain.documents import FieldError, document_from_remote, parse_document, put_onto
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named_module
from zbdesk.domain.views import (
    ConflictDetail,
    ConflictView,
    Connection,
    EditableDocument,
    LedgerEffect,
    OutgoingSummary,
    OutgoingView,
    PlannedWrite,
    Preflight,
    Refusal,
    ResolutionPreview,
)
from zbdesk.store import attempts, budget, conflicts, connections, documents, finding, module_states, outgoing, runs
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.sync import agreeing, choices, comparing, foreseeing, ledger
from zbdesk.sync.comparing import Clash
from zbdesk.sync.order import WRITE_ORDER
from zbdesk.sync.policies import Policies
from zbdesk.sync.references import Resolver

_NOT_READ = "Its details are not read yet. Open them, then edit."
_INDEX = re.compile(r"\[(\d+)\]")


class LocalReader:
    """What ``Reader`` answers about our own side, over its handle and for one question."""

    def __init__(self, db: Database | None, now: datetime, *, calls_per_minute: int) -> None:
        self._db = db
        self._now = now
        self.calls_per_minute = calls_per_minute

    # -- conflicts -----------------------------------------------------------------------------------------------------

    def conflicts(self) -> list[ConflictView]:
        """Where both sides changed the same field, with what is at stake; without those whose choice is on its way."""
        bound = self._place()
        if bound is None:
            return []
        db, connection = bound
        with db.snapshot():
            views = conflicts.open_conflicts(db, connection.id)
            resolver, taxes = Resolver(db, connection.id), choices.percents(db, connection.id)
            policies = Policies(db, connection)
            return [_at_stake(view, choices.clash_of(db, view.id, resolver, taxes, policies)) for view in views]

    def conflict(self, record_id: int) -> ConflictDetail | None:
        """One conflict with all fields, lines and totals; None where it is settled meanwhile."""
        bound = self._place()
        if bound is None:
            return None
        db, connection = bound
        with db.snapshot():
            view = conflicts.open_conflict(db, connection.id, record_id)
            if view is None:
                return None
            taxes = choices.percents(db, connection.id)
            policies = Policies(db, connection)
            clash = choices.clash_of(db, record_id, Resolver(db, connection.id), taxes, policies)
            if clash is None:
                return None
            agreed_at, base = conflicts.agreed_at(db, record_id), clash.sides.agreement
            ours, theirs = comparing.totals_of(clash)
            before = None if base is None else ledger.added_up(base.remote, clash.places, taxes)
            return ConflictDetail(
                view=_at_stake(view, clash),
                fields=comparing.fields_of(clash, self._namer(db, connection)),
                lines=comparing.lines_of(clash) if LINES in clash.sides.local.fields else (),
                totals=tuple(None if one is None else one.total for one in (before, ours, theirs)),  # type: ignore[arg-type]
                taxes=tuple(None if one is None else one.tax for one in (ours, theirs)),  # type: ignore[arg-type]
                agreed_at=agreed_at,
                local_by=_given_by(clash.sides.trees),
                remote_by=_changed_by(clash.sides.detail, self._namer(db, connection)),
            )

    def preview_resolution(self, ids: Sequence[int], keep: str, fields: Sequence[tuple[str, str]]) -> ResolutionPreview:
        """What this choice would do to each of these conflicts, summed; those that it would break are refused."""
        bound = self._place()
        if bound is None:
            return ResolutionPreview(0, 0)
        db, connection = bound
        settled = writes = 0
        effects: list[LedgerEffect] = []
        refused: list[Refusal] = []
        with db.snapshot():
            resolver, taxes = Resolver(db, connection.id), choices.percents(db, connection.id)
            policies = Policies(db, connection)
            for record_id in ids:
                view = conflicts.open_conflict(db, connection.id, record_id)
                clash = None if view is None else choices.clash_of(db, view.id, resolver, taxes, policies)
                if view is None or clash is None:
                    continue
                chosen = choices.chosen(clash, keep, dict(fields))
                reason = comparing.refusal(clash, chosen)
                if reason:
                    refused.append(Refusal(record_id, view.number or view.party, reason))
                    continue
                settled += 1
                writes += comparing.writes(clash, chosen)
                effects.append(comparing.effect_of(clash, chosen))
        return ResolutionPreview(settled, writes, comparing.summed(effects), tuple(refused))

    # -- outgoing ------------------------------------------------------------------------------------------------------

    def outgoing(self, lane: str | None, limit: int) -> list[OutgoingView]:
        """Records of a lane as they leave (done: today's, newest first); None: all that have not left."""
        bound = self._place()
        if bound is None:
            return []
        db, connection = bound
        if lane == "done":
            return outgoing.done(db, connection.id, since=self._today(connection), limit=limit)
        return outgoing.waiting(db, connection.id, order=WRITE_ORDER, lane=lane, limit=limit)

    def outgoing_summary(self) -> OutgoingSummary:
        """How many stand in each lane."""
        bound = self._place()
        if bound is None:
            return OutgoingSummary(hold=False)
        db, connection = bound
        return outgoing.summary(db, connection.id, since=self._today(connection))

    def preflight(self, ids: Sequence[int]) -> Preflight:
        """What writing these would mean."""
        bound = self._place()
        if bound is None:
            return Preflight((), (), (), 0)
        db, connection = bound
        with db.snapshot():
            calls = budget.today(db, connection.id, now=self._now)
            before, recent = self._other_calls(db, connection)
            return foreseeing.preflight(
                self._foreseen(db, connection, ids),
                calls,
                per_minute=self.calls_per_minute,
                before=before,
                recent=recent,
            )

    def _other_calls(self, db: Database, connection: Connection) -> tuple[int, list[float]]:
        """Calls that a pass makes before it writes, and how many seconds ago those were made that count already."""
        since = self._now - timedelta(seconds=pace.WINDOW)
        most = self.calls_per_minute or pace.ZOHOS_OWN
        recent = [
            (self._now - at).total_seconds() for at in attempts.answered_since(db, connection.id, since, most=most)
        ]
        lists = sum(count.enabled for count in module_states.module_counts(db, connection.id))
        latest = runs.recent(db, connection.id, 1)
        if latest and latest[0].finished_at is None:
            return 0, recent + [(self._now - latest[0].started_at).total_seconds()] * lists
        return lists, recent

    def planned(self, ids: Sequence[int]) -> list[PlannedWrite]:
        """The writes themselves, field by field."""
        bound = self._place()
        if bound is None:
            return []
        with bound[0].snapshot():
            return foreseeing.planned(self._foreseen(*bound, ids))

    def _foreseen(self, db: Database, connection: Connection, ids: Sequence[int]) -> list[foreseeing.Foreseen]:
        views = outgoing.of_records(db, connection.id, ids, order=WRITE_ORDER)
        return foreseeing.Foresight(db, connection).look(views)

    def _today(self, connection: Connection) -> datetime:
        return day_start(self._now, connection.organization.time_zone)

    # -- documents -----------------------------------------------------------------------------------------------------

    def document(self, record_id: int) -> EditableDocument:
        """A record as a document to edit; ``refused`` says why not. One that is gone is empty and refused."""
        bound = self._place()
        trees = None if bound is None else documents.read(bound[0], record_id)
        if bound is None or trees is None:
            return EditableDocument(record_id, "", {}, refused="This record is not here any more.")
        db, connection = bound
        fields, refused = _document_of(trees), _refused(db, connection, trees)
        return EditableDocument(
            record_id=record_id,
            module=trees.module,
            fields=fields,
            names=dict(_names(self._namer(db, connection), trees.module, fields, self._local_namer(db, connection))),
            currency=trees.currency,
            refused=refused,
            incomplete=refused == _NOT_READ,
        )

    def check_document(self, module: str, fields: Mapping[str, object], record_id: int | None) -> list[FieldError]:
        """What would be refused about this document, by field with dots; empty where nothing is."""
        current: dict[str, Any] = {}
        if record_id is not None and self._db is not None:
            trees = documents.read(self._db, record_id)
            current = {} if trees is None else _document_of(trees)
        parsed = parse_document(named_module(module), put_onto(current, {}, fields), with_source_id=False)
        if not isinstance(parsed, list):
            return []
        return [FieldError(_INDEX.sub(r".\1", error.field), error.message) for error in parsed]

    # -- help ----------------------------------------------------------------------------------------------------------

    def _place(self) -> tuple[Database, Connection] | None:
        if self._db is None:
            return None
        connection = connections.current(self._db)
        return None if connection is None else (self._db, connection)

    def _namer(self, db: Database, connection: Connection) -> comparing.Names:
        def named(module: str, remote_id: str) -> str:
            record_id = finding.by_remote_id(db, connection.id, module, remote_id)
            trees = None if record_id is None else documents.read(db, record_id)
            return (trees.number or trees.party or remote_id) if trees is not None else remote_id

        return named

    def _local_namer(self, db: Database, connection: Connection) -> comparing.Names:
        def named(module: str, local_id: str) -> str:
            record_id = finding.by_local_id(db, connection.id, module, local_id)
            trees = None if record_id is None else documents.read(db, record_id)
            return (trees.number or trees.party or local_id) if trees is not None else local_id

        return named


def _given_by(trees: Trees) -> str:
    """The source that gave the document; nobody in particular where it is this computer's own or the unnamed one."""
    return "" if trees.source in {None, "default"} else str(trees.source)


def _changed_by(detail: Mapping[str, Any], named: comparing.Names) -> str:
    """Who changed Zoho's record last: the name it carries, else the user behind the id it carries."""
    for name in ("last_modified_by_name", "last_modified_by", "updated_by"):
        if isinstance(detail.get(name), str) and detail[name].strip():
            return str(detail[name]).strip()
    user_id = str(detail.get("last_modified_by_id") or "")
    found = named("users", user_id) if user_id else ""
    return "" if found == user_id else found


def _document_of(trees: Trees) -> dict[str, Any]:
    """Our side, or Zoho's record as a document; an edit that waits for its detail stands upon the list row."""
    module = MODULES[trees.module]
    if trees.document is None:
        return document_from_remote(module, trees.remote or {})
    if trees.document.takes_over and trees.base is None:
        return put_onto(document_from_remote(module, trees.remote or {}), {}, trees.document.fields)
    return dict(trees.document.fields)


def _refused(db: Database, connection: Connection, trees: Trees) -> str:
    if connection.read_only:
        return "This connection only reads."
    if trees.gone and trees.document is None:
        return "This record is deleted in Zoho Books."
    if attempts.is_open(db, trees.id):
        return "It is on its way to Zoho Books; wait for the answer."
    if trees.document is not None and trees.document.in_conflict:
        return "It is in conflict; settle that first."
    if _is_incomplete(trees):
        return _NOT_READ
    return ""


def _is_incomplete(trees: Trees) -> bool:
    """Whether a form would show less than Zoho has: what was edited here already is ours as it is."""
    known = trees.document is not None and trees.base is not None
    return not known and trees.remote_id is not None and not agreeing.is_complete(MODULES[trees.module], trees)


def _names(
    named: comparing.Names, module_name: str, fields: Mapping[str, Any], local: comparing.Names
) -> Iterator[tuple[str, str]]:
    """What the records are called that the document refers to, by Zoho's id or by ours."""
    module = MODULES[module_name]
    for inside, members in (("", fields), *((LINES, line) for line in fields.get(LINES) or ())):
        for name, value in members.items():
            if isinstance(value, Mapping) and value.get("local_id"):
                target = leads_to(module, f"{name}_id", inside)
                if target is not None:
                    yield str(value["local_id"]), local(target, str(value["local_id"]))
            elif isinstance(value, str) and value and (target := leads_to(module, name, inside)) is not None:
                yield value, named(target, value)


def _at_stake(view: ConflictView, clash: Clash | None) -> ConflictView:
    amount = None if clash is None else comparing.at_stake(clash)
    if amount is None or clash is None:
        return view
    rate = ledger.amount(clash.sides.detail.get("exchange_rate")) or Decimal(1)
    return replace(view, amount=amount, base_amount=amount * rate)


__all__ = ["LocalReader"]
