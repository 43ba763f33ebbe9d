"""A conflict laid open: every field of ours on three sides, the lines, the totals, and what a choice would do.

Reads only. Invariant: what is said of a choice is worked out from the same sides as the planner's; where the figures
cannot be known, none is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from zbdesk.domain.canonical import FieldValue
from zbdesk.domain.document_names import LINES, leads_to
from zbdesk.domain.module import Module
from zbdesk.domain.money import decimals
from zbdesk.domain.views import FieldComparison, LedgerEffect, LineComparison, LineSide
from zbdesk.sync import ledger
from zbdesk.sync.actions import RECORD, STATUS, Base, RemoteSide, value_text
from zbdesk.sync.agreeing import Payload, Sides
from zbdesk.sync.ledger import Figures
from zbdesk.sync.merge import local_changed, matches
from zbdesk.sync.wishes import is_settled, is_void
from zbdesk.sync.writing import match_lines, precision_of

Names = Callable[[str, str], str]
"""(module, Zoho's id) to what people call the record."""

_MONEY_ENDINGS = ("amount", "_charge", "_charges")
_MONEY = frozenset({"adjustment", "rate", "purchase_rate", "credit_limit"})


@dataclass(frozen=True, slots=True)
class Clash:
    """One conflict with what is needed to talk about it. ``percents``: tax id to percentage."""

    module: Module
    sides: Sides
    names: tuple[str, ...]
    percents: Mapping[str, Decimal]
    locked: bool = False

    @property
    def places(self) -> int:
        """Decimals of the document's amounts."""
        return precision_of(self.sides.detail, decimals(self.sides.trees.currency or ""))


# -- fields -----------------------------------------------------------------------------------------------------------


def fields_of(clash: Clash, named: Names) -> tuple[FieldComparison, ...]:
    """All fields of ours, those in conflict first, then what joins without a question, then equal ones."""
    sides = clash.sides
    remote = sides.remote.fields if isinstance(sides.remote, RemoteSide) else {}
    base = sides.base or Base({}, {})
    found = [_whole(clash, name) for name in clash.names if name in {RECORD, STATUS}]
    rest = []
    ours = {name for name in (*base.local, *sides.local.fields) if name in clash.module.write_fields}
    for name in sorted(ours):
        standing = _standing(clash, base, remote, name)
        agreed = base.local.get(name, base.remote.get(name))
        # A field that our side does not name says what Zoho says.
        mine = sides.local.fields.get(name, remote.get(name))
        theirs = remote.get(name)
        rest.append(
            FieldComparison(
                name,
                kind_of(name, mine, theirs),
                _shown(clash.module, name, agreed, named),
                _shown(clash.module, name, mine, named),
                _shown(clash.module, name, theirs, named),
                standing,
            )
        )
    order = {"clash": 0, "local": 1, "remote": 2, "equal": 3}
    return (*found, *sorted(rest, key=lambda field: order[field.standing]))


def _whole(clash: Clash, name: str) -> FieldComparison:
    sides = clash.sides
    if name == STATUS:
        before = None if sides.base is None else sides.base.status
        wish = next(iter(sides.document.wishes), "edited")
        return FieldComparison(STATUS, "text", before, wish, sides.trees.status)
    ours, theirs = ("deleted", "edited") if sides.document.deleted else ("edited", "deleted")
    return FieldComparison(RECORD, "record", None, ours, theirs)


def _standing(clash: Clash, base: Base, remote: Mapping[str, FieldValue], name: str) -> str:
    local = clash.sides.local.fields
    if name in clash.names:
        return "clash"
    if name not in local or matches(name, local[name], remote.get(name), base.local.get(name)):
        return "equal"
    return "local" if local_changed(base, local, name) else "remote"


def kind_of(name: str, *values: object) -> str:
    """How a field is shown: lines, money, quantity, date or text."""
    if name == LINES:
        return "lines"
    if any(isinstance(value, Decimal) for value in values):
        return "money" if name in _MONEY or name.endswith(_MONEY_ENDINGS) else "quantity"
    return "date" if any(isinstance(value, date) for value in values) else "text"


def _shown(module: Module, name: str, value: FieldValue, named: Names) -> object:
    if isinstance(value, Decimal) or name == LINES:
        return value if isinstance(value, Decimal) else None
    target = leads_to(module, name)
    if isinstance(value, str) and target is not None:
        return named(target, value)
    return value if isinstance(value, bool) else value_text(value)


# -- lines ------------------------------------------------------------------------------------------------------------


def lines_of(clash: Clash) -> tuple[LineComparison, ...]:
    """The lines of both sides, matched as a write would match them; then those that only Zoho has."""
    sides = clash.sides
    theirs = _lines(sides.detail)
    ours = _lines(sides.resolved)
    if not ours and LINES not in sides.resolved:
        ours = list(theirs)
    agreed = sides.agreement
    before = dict(enumerate(_lines(sides.before)))
    ids = match_lines(ours, theirs, () if agreed is None else agreed.lines)
    there = {str(line.get("line_item_id")): line for line in theirs}
    found = []
    for place, (line, line_id) in enumerate(zip(ours, ids, strict=True)):
        partner = there.pop(line_id, None) if line_id is not None else None
        whole = {**(partner or {}), **_named(line)}
        old = before.get(place)
        found.append(_line(whole, partner, None if old is None else {**(partner or {}), **_named(old)}, both=whole))
    return (*found, *(_line(None, line, None, both=line) for line in there.values()))


def joined_lines(clash: Clash) -> list[dict[str, Any]]:
    """Our lines as Zoho would hold them: what we do not name stays as it is there."""
    sides = clash.sides
    theirs, ours = _lines(sides.detail), _lines(sides.resolved)
    agreed = sides.agreement
    there = {str(line.get("line_item_id")): line for line in theirs}
    ids = match_lines(ours, theirs, () if agreed is None else agreed.lines)
    return [{**there.get(line_id or "", {}), **_named(line)} for line, line_id in zip(ours, ids, strict=True)]


def _lines(payload: Payload) -> list[Mapping[str, Any]]:
    return [line for line in payload.get(LINES) or () if isinstance(line, Mapping)]


def _named(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if value is not None}


def _line(
    local: Payload | None, remote: Payload | None, base: Payload | None, *, both: Payload
) -> LineComparison:  # fmt: skip
    name = both.get("name") or both.get("description") or ""
    return LineComparison(str(name), str(both.get("unit") or ""), _side(local), _side(remote), _side(base))


def _side(line: Payload | None) -> LineSide | None:
    if line is None:
        return None
    quantity, rate = ledger.amount(line.get("quantity", 1)), ledger.amount(line.get("rate"))
    amount = None if quantity is None or rate is None else quantity * rate
    return LineSide(quantity, rate, amount)


# -- what a choice does -----------------------------------------------------------------------------------------------


def totals_of(clash: Clash) -> tuple[Figures | None, Figures | None]:
    """What the document comes to on our side, all our edits included, and in Zoho; None where nobody can tell."""
    sides = clash.sides
    return chosen_figures(clash, dict.fromkeys(clash.names, "local")), _now(sides, clash.module)


def _now(sides: Sides, module: Module) -> Figures | None:
    return ledger.of_record(sides.detail, module) if isinstance(sides.remote, RemoteSide) else None


def chosen_figures(clash: Clash, chosen: Mapping[str, str]) -> Figures | None:
    """What the record comes to in Zoho after this choice, with the edits that join it without a question."""
    sides, module = clash.sides, clash.module
    if RECORD in chosen:
        return _record_figures(clash, chosen[RECORD])
    names = written(clash, chosen)
    fields = {name: sides.resolved.get(name) for name in names if name in sides.resolved}
    if LINES in fields:
        fields[LINES] = joined_lines(clash)
    return ledger.of_choice(module, sides.detail, fields, names, places=clash.places, percents=clash.percents)


def _record_figures(clash: Clash, side: str) -> Figures | None:
    if clash.sides.document.deleted:
        return None if side == "local" else _now(clash.sides, clash.module)
    if side == "remote":
        return None
    return ledger.added_up(clash.sides.resolved, clash.places, clash.percents)


def written(clash: Clash, chosen: Mapping[str, str]) -> list[str]:
    """The fields that leave for Zoho after this choice: ours in conflict that are kept, and ours that join."""
    sides = clash.sides
    if chosen.get(STATUS) == "remote":
        return []
    remote = sides.remote.fields if isinstance(sides.remote, RemoteSide) else {}
    base = sides.base or Base({}, {})
    return [
        name
        for name in sorted(sides.local.fields)
        if name in clash.module.write_fields
        and (chosen.get(name) == "local" or _standing(clash, base, remote, name) == "local")
    ]


def writes(clash: Clash, chosen: Mapping[str, str]) -> bool:
    """Whether this choice sends anything to Zoho."""
    if RECORD in chosen:
        return chosen[RECORD] == "local"
    keeps_wish = bool(clash.sides.document.wishes) and chosen.get(STATUS) != "remote"
    return keeps_wish or bool(written(clash, chosen))


def refusal(clash: Clash, chosen: Mapping[str, str]) -> str:  # noqa: PLR0911 - one sentence a reason
    """Why this choice would break the record, as a sentence; empty where it is safe as far as is known."""
    if not writes(clash, chosen) or not isinstance(clash.sides.remote, RemoteSide):
        return ""
    kind, status = clash.module.singular.lower(), clash.sides.trees.status or ""
    if clash.locked or clash.sides.detail.get("lock_details"):
        return f"The {kind} is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side."
    if is_void(status):
        return f"The {kind} is void in Zoho Books and cannot be changed there. Take Zoho's side."
    paid = _paid(clash)
    if chosen.get(RECORD) == "local" and (paid or is_settled(status)):
        return f"The {kind} has been paid in Zoho Books and cannot be deleted. Remove the payment there first."
    if chosen.get(STATUS) == "local" and "void" in clash.sides.document.wishes and (paid or is_settled(status)):
        return f"The {kind} has been paid in Zoho Books and cannot be voided. Remove the payment there first."
    if not ledger.concerns_amounts(written(clash, chosen)) or not (paid or is_settled(status)):
        return ""
    return _paid_refusal(clash, chosen, kind, paid)


def _paid_refusal(clash: Clash, chosen: Mapping[str, str], kind: str, paid: Decimal) -> str:
    before, after = _now(clash.sides, clash.module), chosen_figures(clash, chosen)
    if after is None:
        return f"The {kind} is paid in Zoho Books, and what it would come to cannot be worked out. Change it there."
    if before is not None and after.total == before.total:
        return ""
    if is_settled(clash.sides.trees.status):
        return f"The {kind} is paid in Zoho Books; its amount cannot change any more. Take Zoho's side."
    if after.total < paid:
        return f"More has been paid on the {kind} in Zoho Books than it would come to. Take Zoho's side."
    return ""


def _paid(clash: Clash) -> Decimal:
    """What was paid or credited on it so far; only of documents that have a balance."""
    module, detail = clash.module, clash.sides.detail
    if module.balance_field is None or not ledger.is_booked(module):
        return Decimal(0)
    total, balance = ledger.amount(detail.get(module.total_field or "total")), ledger.amount(
        detail.get(module.balance_field)
    )  # fmt: skip
    if total is None or balance is None or clash.sides.trees.status == "draft":
        return Decimal(0)
    return max(Decimal(0), total - balance)


def effect_of(clash: Clash, chosen: Mapping[str, str]) -> LedgerEffect:
    """What this choice changes in the books as Zoho has them now."""
    sides, module = clash.sides, clash.module
    before, after = _now(sides, module), chosen_figures(clash, chosen)
    sentence = _sentence(clash, chosen, known=after is not None or RECORD in chosen)
    if RECORD not in chosen and (before is None or after is None):
        return LedgerEffect(sides.trees.currency, (), None, sentence)
    if RECORD in chosen and not sides.document.deleted and chosen[RECORD] == "local" and after is None:
        return LedgerEffect(sides.trees.currency, (), None, sentence)
    found = ledger.effect(
        module, before, after, status=sides.trees.status, currency=sides.trees.currency, sentence=sentence
    )
    balance = ledger.amount(sides.detail.get(module.balance_field or ""))
    if after is None or before is None or balance is None or after.total == before.total:
        return found
    return replace(found, parts=(*found.parts, ("balance", after.total - before.total)))


def _sentence(clash: Clash, chosen: Mapping[str, str], *, known: bool) -> str:
    module, kind = clash.module, clash.module.singular.lower()
    if not writes(clash, chosen):
        return "Nothing is written to Zoho Books; this computer takes what is there."
    if not known and clash.module.total_field is not None:
        return "What it comes to is worked out by Zoho Books when it arrives."
    if module.balance_field is None or not ledger.is_booked(module):
        return ""
    if _paid(clash):
        return f"The {kind} is partly paid, and the change leaves what was paid in place."
    return f"Nothing is paid on the {kind}, and no lock of its period is known."


def at_stake(clash: Clash) -> Decimal | None:
    """By how much the totals of the two sides differ; None where no money is, or nobody can tell."""
    if clash.module.total_field is None or clash.module.party_field is None:
        return None
    if RECORD in clash.names or STATUS in clash.names:
        now = _now(clash.sides, clash.module) or ledger.added_up(clash.sides.resolved, clash.places, clash.percents)
        return None if now is None else abs(now.total)
    if not ledger.concerns_amounts(clash.names):
        return Decimal(0)
    ours, theirs = totals_of(clash)
    return None if ours is None or theirs is None else abs(ours.total - theirs.total)


def summed(effects: Sequence[LedgerEffect]) -> tuple[LedgerEffect, ...]:
    """Effects of many records as one per currency; a single one keeps its total and sentence."""
    if len(effects) == 1:
        return (effects[0],)
    sums: dict[str, dict[str, Decimal]] = {}
    for one in effects:
        parts = sums.setdefault(one.currency or "", {})
        for part, change in one.parts:
            parts[part] = parts.get(part, Decimal(0)) + change
    return tuple(
        LedgerEffect(currency or None, tuple(parts.items())) for currency, parts in sorted(sums.items()) if parts
    )
