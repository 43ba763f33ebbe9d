"""How the modules of one connection stand, and so which lists a pass reads. Reads the database, asks nobody.

What is decided from it is pure and stands in ``choosing.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.status import RunResult
from zbdesk.domain.views import ModuleCounts
from zbdesk.store import module_states, runs
from zbdesk.store.database import Database
from zbdesk.store.problems import open_problems
from zbdesk.sync import choosing
from zbdesk.sync.modules import PERMISSION
from zbdesk.sync.sweep import MASS_DELETION


def to_read(
    db: Database, connection_id: int, modules: Sequence[str], *, now: datetime, full: bool, background: bool
) -> list[Module]:
    """The modules to read, in the catalogue's order; settings come first there. Raises ``UnknownModule``."""
    if modules:
        asked = frozenset(named(name).name for name in modules)
    else:
        states = {count.module: count for count in module_states.module_counts(db, connection_id)}
        broken_off = _broken_off(db, connection_id)
        wish = choosing.Wish(
            now=now,
            full=full,
            background=background,
            broken_off=broken_off,
            troubled=frozenset(troubles(db, connection_id, states.values()) if broken_off else ()),
            refused=frozenset() if background else _not_permitted(db, connection_id, states.values()),
        )
        asked = choosing.unasked(states, wish)
    return [module for name, module in MODULES.items() if name in asked and module.listed]


def troubles(db: Database, connection_id: int, counts: Iterable[ModuleCounts]) -> dict[str, set[str]]:
    """The modules that are off or have problems of their own: what a good answer takes back."""
    found: dict[str, set[str]] = {count.module: set() for count in counts if count.off_reason is not None}
    for problem in open_problems(db, connection_id):
        if problem.module is not None and problem.local_id is None and problem.cause != MASS_DELETION:
            found.setdefault(problem.module, set()).add(problem.cause)
    return found


def _broken_off(db: Database, connection_id: int) -> bool:
    """Whether the latest pass was killed, stopped or ended by a failure."""
    latest = runs.recent(db, connection_id, 1)
    return bool(latest) and latest[0].result not in {RunResult.OK, RunResult.ATTENTION}


def _not_permitted(db: Database, connection_id: int, counts: Iterable[ModuleCounts]) -> frozenset[str]:
    """Modules that are off and wait on Problems for a permission."""
    is_off = any(count.off_reason is not None for count in counts)
    waiting = open_problems(db, connection_id) if is_off else []
    return frozenset(one.module for one in waiting if one.module and one.local_id is None and one.cause == PERMISSION)
