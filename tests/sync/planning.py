"""States of one record for the tests of the pure core, and a model of both sides that carries actions out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from zbdesk.domain.canonical import FieldValue
from zbdesk.domain.documents import Reference
from zbdesk.domain.modules import module
from zbdesk.sync import actions as act
from zbdesk.sync.actions import GONE, Base, LocalSide, Remote, RemoteSide
from zbdesk.sync.merge import adopted_base
from zbdesk.sync.planner import plan
from zbdesk.sync.policy import Direction, ModulePolicy, Verb
from zbdesk.sync.wishes import wish_action

INVOICES = module("invoices")
CONTACTS = module("contacts")
BOTH = ModulePolicy()

LINE = (("name", "Seat"), ("rate", Decimal(40)))
OTHER_LINE = (("name", "Desk"), ("rate", Decimal("12.5")))
_VALUES: Mapping[str, tuple[FieldValue, ...]] = {
    "notes": (None, "a", "b", "c"),
    "date": (date(2026, 11, 20), date(2026, 11, 21), None),
    "shipping_charge": (None, Decimal(0), Decimal("5.00"), Decimal(5), Decimal(7)),
    "line_items": ((LINE,), (LINE, OTHER_LINE), (OTHER_LINE,)),
}
FOREIGN = "balance"
"""A field that zbdesk never writes."""

_REACHES = {"sent": "sent", "void": "void", "draft": "draft"}


def fields(*, whole: bool = False) -> st.SearchStrategy[dict[str, FieldValue]]:
    """Canonical fields of an invoice; ``whole``: every field is there."""
    values = {name: st.sampled_from(pool) for name, pool in _VALUES.items()}
    foreign = {FOREIGN: st.just(Decimal(99))}
    if whole:
        return st.fixed_dictionaries(values)
    return st.fixed_dictionaries({}, optional={**values, **foreign})


_REFERENCES = st.sampled_from(
    [
        (),
        (Reference("customer_id", "contacts", "source_id", "C-1"),),
        (Reference("currency_id", "currencies", "code", "CHF"),),
        (Reference("tax_id", "taxes", "name", "VAT 20"),),
    ]
)
_STATUSES = st.sampled_from([None, "draft", "sent", "overdue", "paid", "void"])
_WISHES = st.lists(st.sampled_from(["send", "void", "draft", "nonsense"]), max_size=3).map(tuple)

locals_ = st.builds(
    LocalSide,
    fields=fields(),
    deleted=st.booleans(),
    wishes=_WISHES,
    revision=st.integers(0, 3),
    unresolved=_REFERENCES,
)
remotes = st.builds(
    RemoteSide,
    remote_id=st.just("7"),
    fields=fields(),
    status=_STATUSES,
    modified_at=st.sampled_from([None, 1, 2]),
    complete=st.booleans(),
)
bases = st.builds(Base, local=fields(), remote=fields(), status=_STATUSES, modified_at=st.sampled_from([None, 1, 2]))
policies = st.builds(
    ModulePolicy,
    direction=st.sampled_from(Direction),
    may_create=st.booleans(),
    may_update=st.booleans(),
    may_delete=st.booleans(),
    lacking=st.frozensets(st.sampled_from(Verb)),
    read_only=st.booleans(),
    ignore_vendors=st.booleans(),
    first_link_takes_remote=st.booleans(),
    take_over_new=st.booleans(),
    always=st.dictionaries(st.sampled_from(sorted(_VALUES)), st.sampled_from(["local", "remote"]), max_size=2),
)
any_remote: st.SearchStrategy[Remote] = st.one_of(st.none(), st.just(GONE), remotes)

STOPS = (act.Conflict, act.Refuse, act.WaitForParent)


@dataclass(frozen=True)
class Sides:
    """Both sides of one record and what they agreed on."""

    remote: Remote
    local: LocalSide | None
    base: Base | None

    def agreed(self) -> Sides:
        """The base is what both sides say now."""
        assert isinstance(self.remote, RemoteSide)
        assert self.local is not None
        remote = self.remote
        return replace(self, base=Base(self.local.fields, remote.fields, remote.status, remote.modified_at))


def carry_out(sides: Sides, action: act.Action) -> Sides:  # noqa: C901, PLR0911 - one case an action
    """What the world looks like after an action that went well."""
    local, remote = sides.local, sides.remote
    match action:
        case act.TakeOver(taken):
            return replace(sides, local=LocalSide(taken)).agreed()
        case act.AdoptDeletion() | act.Forget():
            return Sides(remote, None, None)
        case act.Delete():
            return Sides(GONE, None, None)
        case act.ReadFirst():
            return replace(sides, remote=replace(remote, complete=True) if isinstance(remote, RemoteSide) else GONE)
    assert local is not None
    if isinstance(action, act.Create):
        return replace(sides, remote=RemoteSide("8", dict(action.fields), "draft", 3)).agreed()
    if isinstance(action, act.Nothing):
        return replace(sides, local=_without(local, action.fulfilled))
    assert isinstance(remote, RemoteSide)
    match action:
        case act.AdoptRemote(taken):
            assert sides.base is not None
            return Sides(remote, _with(local, taken), adopted_base(sides.base, remote, taken))
        case act.Link(_, taken):
            return replace(sides, local=_with(local, taken)).agreed()
        case act.Update(sent):
            return replace(sides, remote=_changed(remote, sent)).agreed()
        case act.Merge(sent, taken):
            return replace(sides, remote=_changed(remote, sent), local=_with(local, taken)).agreed()
        case act.StatusAction(name, wish, fulfilled):
            moved = replace(remote, status=_REACHES[name], modified_at=4)
            return replace(sides, remote=moved, local=_without(local, (*fulfilled, wish))).agreed()
        case act.Agree():
            return sides.agreed()
    raise AssertionError(action)


def _with(local: LocalSide, taken: act.Fields) -> LocalSide:
    return replace(local, fields={**local.fields, **taken})


def _changed(remote: RemoteSide, sent: act.Fields) -> RemoteSide:
    return replace(remote, fields={**remote.fields, **sent}, modified_at=3)


def _without(local: LocalSide, wishes: tuple[str, ...]) -> LocalSide:
    assert local.wishes[: len(wishes)] == wishes
    return replace(local, wishes=local.wishes[len(wishes) :])


def settle(sides: Sides, policy: ModulePolicy, *, most: int) -> tuple[Sides, list[act.Action]]:
    """Plan and carry out until there is nothing to do or somebody must come; fails after ``most`` rounds."""
    done: list[act.Action] = []
    for _ in range(most + 1):
        action = plan(INVOICES, sides.remote, sides.local, sides.base, policy)
        done.append(action)
        if action == act.Nothing() or isinstance(action, STOPS):
            return sides, done
        sides = carry_out(sides, action)
    raise AssertionError(f"not settled: {done}")


def wish_is_known(wish: str) -> bool:
    """Whether Zoho grants it for invoices."""
    return wish_action(INVOICES, wish) is not None
