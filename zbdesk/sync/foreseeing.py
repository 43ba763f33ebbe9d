"""What a push would do with some records, without doing it: the dry run and what is looked at before writing.

Plans with the same planner and the same checks as the push, on what is known here; nothing is asked of Zoho. So it may
be overtaken by what changes there meanwhile, and the push plans anew. Invariant: reads only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil
from typing import Any

from zbdesk.domain.documents import Reference
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.pace import seconds_for
from zbdesk.domain.views import CallBudget, Connection, OutgoingView, PlannedWrite, Preflight, PreflightCheck
from zbdesk.store import documents, finding, problems
from zbdesk.store.database import Database
from zbdesk.sync.actions import (
    Action,
    Cause,
    Create,
    Delete,
    Merge,
    Refuse,
    RemoteSide,
    StatusAction,
    Update,
    WaitForParent,
)
from zbdesk.sync.agreeing import Sides, sides_of
from zbdesk.sync.deeds import word_of
from zbdesk.sync.order import Planned, in_order
from zbdesk.sync.planner import plan
from zbdesk.sync.policies import Policies
from zbdesk.sync.preflight import Preflight as Checks
from zbdesk.sync.references import Lack, Resolver
from zbdesk.sync.settled import PAID
from zbdesk.sync.writing import body_for_create, number_field

CALLS = {"create": 1, "update": 2, "delete": 2, "action": 3}
"""Calls that one write costs: what exists is read before it is written, and after a status action once more."""

_TAXES = frozenset({"taxes", "tax_groups"})
_KEYS = ("rates", "taxes", "numbers", "references", "locked", "permission", "limit")
_OPTIONAL = frozenset({"permission", "limit"})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One record with what would become of it. ``fails``: the check that keeps it here; empty where it leaves."""

    view: OutgoingView
    module: Module
    sides: Sides
    action: Action
    fails: str = ""
    names: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether something is sent for it."""
        return isinstance(self.action, Create | Update | Delete | StatusAction | Merge | WaitForParent)

    @property
    def turn(self) -> Action:
        """What is done when its turn comes: what waits for a parent of the same pass is written then."""
        if not isinstance(self.action, WaitForParent):
            return self.action
        return Create({}) if self.sides.trees.remote_id is None else Update({})


@dataclass(slots=True)
class Foresight:
    """Looks at records of one connection."""

    db: Database
    connection: Connection
    resolver: Resolver = field(init=False)
    checks: Checks = field(init=False)
    policies: Policies = field(init=False)

    def __post_init__(self) -> None:
        self.resolver = Resolver(self.db, self.connection.id)
        self.policies = Policies(self.db, self.connection)
        self.checks = Checks(self.db, self.connection.id, self.connection.organization.currency_code)

    def look(self, views: Sequence[OutgoingView]) -> list[Foreseen]:
        """What would become of these, in the order in which they would leave."""
        chosen = {view.record_id for view in views}
        found = [one for view in views if (one := self._one(view, chosen)) is not None]
        by_id = {one.view.record_id: one for one in found}
        order = in_order(Planned(one.view.record_id, one.module.name, one.turn) for one in found)
        return [by_id[one.record_id] for one in order]

    def _one(self, view: OutgoingView, chosen: set[int]) -> Foreseen | None:
        module, trees = MODULES[view.module], documents.read(self.db, view.record_id)
        policy = self.policies.of(module)
        sides = None if trees is None else sides_of(module, trees, self.resolver, policy)
        if sides is None:
            return None
        remote = sides.remote
        if isinstance(remote, RemoteSide):
            # The push reads the record first; here what is known of it stands for that.
            remote = replace(remote, complete=True)
        action = plan(module, remote, sides.local, sides.base, policy)
        fails, names = self._fails(module, sides, action, chosen)
        return Foreseen(view, module, sides, action, fails, names)

    def _fails(self, module: Module, sides: Sides, action: Action, chosen: set[int]) -> tuple[str, tuple[str, ...]]:
        standing = problems.standing(self.db, sides.trees.id)
        if standing is not None and standing.cause == Cause.LOCKED_PERIOD and not standing.changed:
            return "locked", (str(sides.document.fields.get("date") or "")[:7],)
        if isinstance(action, Refuse) and action.cause not in {Cause.UNKNOWN_REFERENCE, Cause.MISSING_CURRENCY}:
            return "permission", ()
        lacking = self._lacking(sides, chosen) if isinstance(action, WaitForParent | Refuse) else None
        if lacking is not None:
            key = "taxes" if lacking.module in _TAXES else "rates" if lacking.module == "currencies" else "references"
            return key, (lacking.value,)
        if not isinstance(action, Create | WaitForParent) or sides.trees.remote_id is not None:
            return "", ()
        refused = self.checks.refusal(module, sides.resolved)
        if refused is not None:
            is_rate = refused.cause in {Cause.MISSING_EXCHANGE_RATE, Cause.MISSING_CURRENCY}
            name = (sides.trees.currency or "") if is_rate else sides.trees.party or ""
            return ("rates" if is_rate else "references"), ((name,) if name else ())
        taken = self._taken_number(module, sides)
        return ("numbers", (taken,)) if taken else ("", ())

    def _lacking(self, sides: Sides, chosen: set[int]) -> Reference | None:
        """The first reference that will not have an id when this record's turn comes."""
        for reference, lack in sides.resolution.lacking.items():
            parent = self.resolver.record(reference, sides.trees.source) if lack is Lack.WAITS else None
            if parent is None or parent not in chosen:
                return reference
        return None

    def _taken_number(self, module: Module, sides: Sides) -> str:
        name = number_field(module)
        number = str(sides.document.fields.get(name or "") or "").strip()
        if not number:
            return ""
        for other in finding.by_number(self.db, self.connection.id, module.name, number):
            trees = documents.read(self.db, other) if other != sides.trees.id else None
            if trees is not None and (trees.number or "").strip() == number:
                return number
        return ""


# -- what the screens show --------------------------------------------------------------------------------------------


def planned(found: Sequence[Foreseen]) -> list[PlannedWrite]:
    """The writes field by field, with what is there now; what stays here is not among them."""
    return [PlannedWrite(replace(one.view, what=what_of(one)), _fields(one)) for one in found if one.writes]


def what_of(one: Foreseen) -> str:
    """What is done: create, update, delete or the status action's own word."""
    match one.action:
        case Create():
            return "create"
        case WaitForParent():
            return "create" if one.sides.trees.remote_id is None else "update"
        case Delete():
            return "delete"
        case StatusAction(wish=wish):
            return word_of(wish)
        case _:
            return "update"


def _fields(one: Foreseen) -> tuple[tuple[str, object, object], ...]:
    sides, detail = one.sides, one.sides.detail
    match one.action:
        case Delete():
            return ()
        case StatusAction(name=name):
            return (("status", sides.trees.status, name),)
        case Update(fields=fields) | Merge(to_remote=fields):
            names = sorted(fields)
        case _:
            body = body_for_create(one.module, {**sides.document.fields, **sides.resolved})
            named = {name: value for name, value in sides.document.fields.items() if isinstance(value, Mapping)}
            shown = {**named, **body} if isinstance(one.action, WaitForParent) else body
            return tuple((name, None, _plain(shown[name])) for name in sorted(shown))
    return tuple((name, _plain(detail.get(name)), _plain(sides.resolved.get(name))) for name in names)


def _plain(value: Any) -> object:
    """Lines without what says nothing to a person."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        shown = ("name", "description", "quantity", "rate", "amount", "discount")
        kept = {name: value[name] for name in shown if value.get(name) not in (None, "", [])}
        return kept or {name: one for name, one in value.items() if isinstance(one, str | Decimal | int)}
    return value


def preflight(
    found: Sequence[Foreseen],
    budget: CallBudget | None,
    *,
    per_minute: int,
    before: int = 0,
    recent: Sequence[float] = (),
) -> Preflight:
    """What writing these would mean. ``per_minute``: calls that are allowed; 0 where there is no limit of ours.

    ``before``: calls that come first, such as the lists that a pass reads. ``recent``: how many seconds ago the latest
    calls were answered; those of the last minute still count.
    """
    writing = [one for one in found if one.writes and not one.fails]
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, Decimal] = {}
    for one in writing:
        key = (what_of(one), one.module.name)
        counts[key] = counts.get(key, 0) + 1
        view = one.view
        if key[0] == "create" and one.module.party_field and view.total is not None and view.currency:
            totals[view.currency] = totals.get(view.currency, Decimal(0)) + view.total
    calls = sum(_cost(one) for one in writing)
    paused = budget is not None and budget.paused_until is not None
    return Preflight(
        writes=tuple((what, module, count) for (what, module), count in counts.items()),
        totals=tuple(sorted(totals.items())),
        checks=_checks(found, writing, budget),
        calls=calls,
        seconds=None if paused else ceil(seconds_for(calls and calls + before, per_minute=per_minute, recent=recent)),
    )


def _checks(
    found: Sequence[Foreseen], writing: Sequence[Foreseen], budget: CallBudget | None
) -> tuple[PreflightCheck, ...]:
    failed: dict[str, list[Foreseen]] = {key: [] for key in _KEYS}
    for one in found:
        if one.fails:
            failed[one.fails].append(one)
    failed["limit"] = _beyond(writing, budget)
    return tuple(
        PreflightCheck(key, len(members), tuple(sorted({name for one in members for name in one.names if name})))
        for key, members in failed.items()
        if members or key not in _OPTIONAL
    )


def _beyond(writing: Sequence[Foreseen], budget: CallBudget | None) -> list[Foreseen]:
    """Those that the day's calls do not reach for."""
    if budget is None or budget.limit is None:
        return []
    left = budget.limit - budget.used
    beyond = []
    for one in writing:
        left -= _cost(one)
        if left < 0:
            beyond.append(one)
    return beyond


def _cost(one: Foreseen) -> int:
    what = what_of(one)
    return CALLS.get(what, CALLS["action"]) + _settled(one)


def _settled(one: Foreseen) -> int:
    """Calls for what a payment settles: each document is read again, since its balance is another one."""
    if not isinstance(one.action, Create | Delete | WaitForParent):
        return 0
    listed, _ = PAID.get(one.module.name, ("", ""))
    paid = one.sides.document.fields.get(listed)
    return len(paid) if isinstance(paid, list | tuple) else 0


__all__ = ["CALLS", "Foreseen", "Foresight", "planned", "preflight", "what_of"]
