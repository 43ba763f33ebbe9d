"""What is new in Zoho and becomes ours: customers found by a delta, payments of invoices that have a local side.

Decided once a record, in the order in which they came here. Invariant: nothing of the first load is taken over, and a
record whose own write is still in doubt is never mistaken for somebody else's new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.store import cursors, diary, documents, finding
from zbdesk.store.documents import Trees
from zbdesk.sync import agreeing, push_texts, twins
from zbdesk.sync.actions import ReadFirst, TakeOver
from zbdesk.sync.attempting import CREATE, Attempts
from zbdesk.sync.context import Pass
from zbdesk.sync.planner import plan
from zbdesk.sync.policy import ModulePolicy
from zbdesk.sync.references import contact_type
from zbdesk.sync.settled import PAID


class Adopter:
    """Adopts for one pass."""

    def __init__(self, run: Pass, attempts: Attempts) -> None:
        self._run = run
        self._attempts = attempts

    def adopt(self, policies: Mapping[str, ModulePolicy]) -> int:
        """Take over what is new; returns how many. ``policies`` by module."""
        run = self._run
        in_doubt = {
            trees.module
            for attempt in self._attempts.unanswered()
            if attempt.operation == CREATE and (trees := documents.read(run.db, attempt.record_id)) is not None
        }
        taken = 0
        for name, policy in policies.items():
            if name not in in_doubt and cursors.get(run.db, run.connection_id, name).first_done:
                taken += self._module(MODULES[name], policy)
        return taken

    def _module(self, module: Module, policy: ModulePolicy) -> int:
        run = self._run
        known = finding.considered(run.db, run.connection_id, module.name)
        newest = finding.newest_id(run.db)
        if known is None:
            finding.set_considered(run.db, run.connection_id, module.name, newest)
            return 0
        candidates = finding.new_in_zoho(run.db, run.connection_id, module.name, known)
        if candidates:
            documents.unsettle(run.db, twins.suspects(run.db, run.connection_id, module))
        changed = [one for one in run.changed if one <= known] if module.name in PAID else []
        taken, reached = 0, newest
        for record_id in [*changed, *candidates]:
            trees = documents.read(run.db, record_id)
            if trees is None or trees.module != module.name or trees.document is not None or trees.gone:
                continue
            self._look_for_twin(module, trees)
            if not policy.take_over_new or not self._is_wanted(module, trees):
                if not agreeing.is_complete(module, trees):
                    reached = min(reached, record_id - 1)
                continue
            action = plan(module, agreeing.remote_side(module, trees), None, None, policy)
            if isinstance(action, ReadFirst):
                reached = min(reached, record_id - 1)
            elif isinstance(action, TakeOver):
                self._take_over(module, trees)
                taken += 1
        if reached > known:
            finding.set_considered(run.db, run.connection_id, module.name, reached)
        return taken

    def _is_wanted(self, module: Module, trees: Trees) -> bool:
        if module.name == "contacts":
            return contact_type(trees) == "customer"
        if module.name not in PAID:
            return True
        paid_module, id_field = PAID[module.name]
        return any(
            self._has_local_side(paid_module, str(part.get(id_field) or "")) for part in _parts(trees, paid_module)
        )

    def _has_local_side(self, module: str, remote_id: str) -> bool:
        run = self._run
        record_id = finding.by_remote_id(run.db, run.connection_id, module, remote_id) if remote_id else None
        return record_id is not None and bool(finding.with_local_side(run.db, [record_id]))

    def _look_for_twin(self, module: Module, trees: Trees) -> None:
        """A record that carries one of our keys belongs to a document here: it must be looked at again."""
        reference = str((trees.remote or {}).get("reference_number") or "")
        if not reference.startswith("ZB-"):
            return
        run = self._run
        ids = finding.by_reference(run.db, run.connection_id, module.name, reference)
        documents.unsettle(run.db, [one for one in ids if one != trees.id])

    def _take_over(self, module: Module, trees: Trees) -> None:
        run = self._run
        fields, base = agreeing.taken_over(module, trees)
        with run.db.transaction():
            documents.take_over(run.db, trees.id, fields, at=run.now())
            documents.agree(run.db, trees.id, base, at=run.now())
            diary.add(
                run.db,
                run.connection_id,
                "taken_over",
                push_texts.taken_over(module),
                at=run.now(),
                module=module.name,
                record_id=trees.id,
                cause=run.cause,
            )


def _parts(trees: Trees, name: str) -> list[Mapping[str, Any]]:
    found = (trees.remote or {}).get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
