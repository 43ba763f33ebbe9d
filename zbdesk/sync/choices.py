"""From a stored conflict to what can be said of a choice in it, and the guard against choices that break a record.

Reads only. Invariant: what is shown before a choice and what is refused when it is made come from the same place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import RecordFilter
from zbdesk.store import conflicts, connections, documents, problems, queries
from zbdesk.store.database import Database
from zbdesk.sync import agreeing, comparing, ledger
from zbdesk.sync.actions import Cause
from zbdesk.sync.comparing import Clash
from zbdesk.sync.edit_errors import CannotEdit
from zbdesk.sync.policies import Policies
from zbdesk.sync.references import Resolver

Percents = Mapping[str, Decimal]

_RATES = {"taxes": "tax_percentage", "tax_groups": "tax_group_percentage"}


def percents(db: Database, connection_id: int) -> dict[str, Decimal]:
    """The organization's taxes and tax groups: Zoho's id to percentage."""
    found: dict[str, Decimal] = {}
    for module, name in _RATES.items():
        for view in queries.iter_records(db, connection_id, module, RecordFilter()):
            remote = queries.full_payloads(db, view.id)[0] or {}
            percent = ledger.amount(remote.get(name, remote.get("tax_percentage")))
            if view.remote_id is not None and percent is not None:
                found[view.remote_id] = percent
    return found


def clash_of(
    db: Database, record_id: int, resolver: Resolver, taxes: Percents, policies: Policies | None = None
) -> Clash | None:
    """The conflict of a record with its sides; None where it has none. ``policies``: how its source gives lines."""
    trees = documents.read(db, record_id)
    if trees is None or trees.document is None or not trees.document.in_conflict:
        return None
    module = MODULES[trees.module]
    sides = agreeing.sides_of(module, trees, resolver, None if policies is None else policies.of(module))
    if sides is None:
        return None
    standing = problems.standing(db, record_id)
    locked = standing is not None and standing.cause == Cause.LOCKED_PERIOD
    return Clash(module, sides, tuple(conflicts.clashing(db, record_id)), taxes, locked)


def chosen(clash: Clash, keep: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The side of each field in conflict: ``keep``, but for those that ``fields`` names."""
    return {name: fields.get(name, keep) for name in clash.names}


def guard(
    db: Database, connection_id: int, conflict_ids: Sequence[int], keep: str, fields: Mapping[str, str]
) -> None:  # fmt: skip
    """Raises ``CannotEdit`` where this choice would break one of the records: it is paid, locked or void there."""
    if keep == "remote" and "local" not in fields.values():
        return
    with db.snapshot():
        resolver, taxes = Resolver(db, connection_id), percents(db, connection_id)
        connection = connections.get(db, connection_id)
        policies = None if connection is None else Policies(db, connection)
        for conflict_id in conflict_ids:
            clash = clash_of(db, conflict_id, resolver, taxes, policies)
            reason = "" if clash is None else comparing.refusal(clash, chosen(clash, keep, fields))
            if clash is not None and reason:
                name = clash.sides.trees.number or clash.sides.trees.party or str(conflict_id)
                raise CannotEdit(f"The choice for {name} cannot be carried out.", reason)
