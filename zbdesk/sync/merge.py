"""What two edits of the same record come to, given what both sides last agreed on. Values in, values out.

Rules that always hold: swapping the sides changes nothing as long as nothing clashes; no field is lost because the
other side lacks it; two edits clash exactly when they touched one field and left it with different meanings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zbdesk.domain.canonical import FieldValue
from zbdesk.sync.actions import RECORD, STATUS, Base, ClashingField, Fields, LocalSide, RemoteSide
from zbdesk.sync.policy import Winner

_IN_ORDER = "line_items"
_BY_KEY = "custom_fields"


@dataclass(frozen=True, slots=True)
class Merged:
    """What goes where. Clashing fields are in neither direction; each side keeps its own value."""

    to_remote: Fields
    to_local: Fields
    clashes: tuple[ClashingField, ...] = ()
    settled: bool = False
    """Some field changed on a side, and both sides now say the same: only the base is old."""


def merge(base: Base, local: Fields, remote: Fields, always: Mapping[str, Winner] | None = None) -> Merged:
    """Bring both sides' edits since ``base`` together.

    Looked at are our fields, those of now and those of then. Where a side does not name a field, it neither wins nor
    loses it; a field set to None was emptied on purpose. ``always`` decides clashes beforehand, field by field.
    """
    winners = always or {}
    to_remote: dict[str, FieldValue] = {}
    to_local: dict[str, FieldValue] = {}
    clashes: list[ClashingField] = []
    settled = False
    for name in sorted(base.local.keys() | local.keys()):
        ours, theirs = local_changed(base, local, name), _remote_changed(base, local, remote, name)
        if not ours and not theirs:
            continue
        if name in local and matches(name, local[name], remote.get(name), base.local.get(name)):
            settled = True
            continue
        winner = winners.get(name) if ours and theirs else ("local" if ours else "remote")
        if winner == "local":
            to_remote[name] = local[name]
        elif winner == "remote":
            to_local[name] = _of_ours(base, local, name, remote[name])
        else:
            clashes.append(_clash(base, local, remote, name))
    return Merged(to_remote, to_local, tuple(clashes), settled)


def local_changed(base: Base, local: Fields, name: str) -> bool:
    """Whether our side says something else than at the agreement. A field it no longer names is no change."""
    if name not in local:
        return False
    if name in base.local:
        return not same(base.local[name], local[name])
    return not matches(name, local[name], base.remote.get(name))


def remote_differs(base: Base, remote: Fields) -> bool:
    """Whether Zoho's record was edited since, in any field that can be edited: ours or not."""
    return any(not same(base.remote.get(name), value) for name, value in remote.items())


def differing(local: Fields, remote: Fields) -> tuple[str, ...]:
    """The fields that both sides name with values that do not mean the same; what one side lacks says nothing."""
    return tuple(name for name in sorted(local.keys() & remote.keys()) if not matches(name, local[name], remote[name]))


def seen(base: Base | None, local: LocalSide, remote: RemoteSide, names: Iterable[str]) -> Base:
    """The base after a person kept our side of these fields: Zoho's present values count as known.

    Then only our side is changed, and the next plan sends it. Without a base every field that clashes must be named.
    ``*record*`` means all of Zoho's side, ``status`` its status.
    """
    chosen = set(names)
    if base is None:
        agreed = {name: remote.fields.get(name, value) for name, value in local.fields.items()}
        return Base(agreed, remote.fields, remote.status, remote.modified_at)
    if RECORD in chosen:
        return Base(base.local, remote.fields, remote.status, remote.modified_at)
    known = dict(base.remote) | {name: value for name, value in remote.fields.items() if name in chosen}
    return Base(base.local, known, remote.status if STATUS in chosen else base.status, base.modified_at)


def adopted_base(base: Base, remote: RemoteSide, fields: Fields) -> Base:
    """The base after Zoho's ``fields`` were taken over; our own edits of other fields remain edits."""
    return Base(dict(base.local) | dict(fields), remote.fields, remote.status, remote.modified_at)


def same(one: FieldValue, other: FieldValue) -> bool:
    """Equal by meaning: amounts by value, and nothing is nothing, whether null, zero or no."""
    return one == other or (_is_blank(one) and _is_blank(other)) or _same_percentage(one, other)


def matches(name: str, local: FieldValue, remote: FieldValue, before: FieldValue = None) -> bool:
    """Whether Zoho holds all that our side says.

    Zoho adds to nested values (the account of a line, the country of an address); what our side does not name is not
    compared. A part that our side named at the agreement (``before``) and no longer does must be empty there.
    """
    if same(local, remote):
        return True
    if _is_object(local) and _is_object(remote):
        return _object_fits(_pairs(local), _pairs(remote), _pairs(before))
    if isinstance(local, tuple) and isinstance(remote, tuple):
        return len(local) == len(remote) and _list_fits(name, local, remote, before)
    return False


def _object_fits(
    local: Mapping[str, FieldValue], remote: Mapping[str, FieldValue], before: Mapping[str, FieldValue]
) -> bool:
    named = local.keys() | before.keys()
    return all(matches(key, local.get(key), remote.get(key), before.get(key)) for key in named)


def _list_fits(name: str, local: tuple[FieldValue, ...], remote: tuple[FieldValue, ...], before: FieldValue) -> bool:
    if name == _IN_ORDER:
        earlier = before if isinstance(before, tuple) else ()
        padded = (*earlier, *(None for _ in local))
        return all(matches("", one, other, old) for one, other, old in zip(local, remote, padded, strict=False))
    # An entry that says little fits several: it moves on where another needs its partner, or equals would clash.
    fitting = [[place for place, other in enumerate(remote) if matches("", one, other)] for one in local]
    taken: dict[int, int] = {}
    return all(_finds_partner(number, fitting, taken, set()) for number in range(len(local)))


def _finds_partner(number: int, fitting: list[list[int]], taken: dict[int, int], asked: set[int]) -> bool:
    """Give this entry a place of its own; whoever has it already is sent on, if there is another for him."""
    for place in fitting[number]:
        if place not in asked:
            asked.add(place)
            if place not in taken or _finds_partner(taken[place], fitting, taken, asked):
                taken[place] = number
                return True
    return False


def _remote_changed(base: Base, local: Fields, remote: Fields, name: str) -> bool:
    if name not in remote:
        return False
    now = _of_ours(base, local, name, remote[name])
    if name in base.remote:
        return not same(_of_ours(base, local, name, base.remote[name]), now)
    return not matches(name, base.local.get(name), now)


def _of_ours(base: Base, local: Fields, name: str, value: FieldValue) -> FieldValue:
    """Of custom fields only those that our side names: the others are somebody else's."""
    if name != _BY_KEY:
        return value
    named = _pairs(local.get(name)).keys() | _pairs(base.local.get(name)).keys()
    return tuple((key, one) for key, one in _pairs(value).items() if key in named) or None


def _clash(base: Base, local: Fields, remote: Fields, name: str) -> ClashingField:
    agreed = base.local[name] if name in base.local else base.remote.get(name)
    return ClashingField(name, agreed, local[name], remote[name])


def _is_object(value: FieldValue) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) for pair in value
    )


def _pairs(value: FieldValue) -> dict[str, FieldValue]:
    """The members of a canonical object; none for anything else."""
    if not isinstance(value, tuple) or not _is_object(value):
        return {}
    return {str(pair[0]): pair[1] for pair in value if isinstance(pair, tuple)}


def _is_blank(value: FieldValue) -> bool:
    return value is None or value is False or (isinstance(value, Decimal) and not value)


def _same_percentage(one: FieldValue, other: FieldValue) -> bool:
    """``12.5%`` is ``12.50%``: the one amount that stays text."""
    first, second = _percentage(one), _percentage(other)
    return first is not None and first == second


def _percentage(value: FieldValue) -> Decimal | None:
    if not isinstance(value, str) or not value.endswith("%"):
        return None
    try:
        return Decimal(value[:-1].strip())
    except InvalidOperation:
        return None
