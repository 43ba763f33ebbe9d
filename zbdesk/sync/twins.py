"""A document of ours that stands in Zoho more than once, because a request landed after it was looked for and repeated.

Reads the mirror only. Invariant: only what came to Zoho after our first try, carries what ours carries and stands for
no document here is counted, so that two documents that merely look alike are never called one.
"""

from __future__ import annotations

from zbdesk.domain.module import Module
from zbdesk.store import attempts, documents, finding
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.sync.attempting import CREATE, newest_known
from zbdesk.sync.writing import Recognition


def count(
    db: Database,
    connection_id: int,
    module: Module,
    trees: Trees,
    recognition: Recognition,
    *,
    is_suspect: bool = True,
) -> int:
    """How many other records of Zoho's are this document.

    ``recognition``: the one without a unique field. ``is_suspect``: whether its create was sent more than once.
    """
    stamp = recognition.stamp.get("reference_number")
    found: set[int] = set()
    if stamp:
        carrying = finding.by_reference(db, connection_id, module.name, str(stamp))
        found.update(one for one in carrying if one == trees.id or _is_there(db, one))
    tries = attempts.tried(db, trees.id, CREATE) if is_suspect else []
    if len(tries) > 1:
        known = newest_known(tries[0])
        if known is not None:
            later = finding.later_and_not_ours(db, connection_id, module.name, known)
            found.update(one for one in later if one not in found and _is_alike(db, trees, one))
    return len(found - {trees.id})


def suspects(db: Database, connection_id: int, module: Module) -> list[int]:
    """Documents whose create was sent more than once: what is new in Zoho may be one of them."""
    return attempts.repeated(db, connection_id, module.name, CREATE)


def _is_there(db: Database, record_id: int) -> bool:
    other = documents.read(db, record_id)
    return other is not None and not other.gone


def _is_alike(db: Database, ours: Trees, other_id: int) -> bool:
    other = documents.read(db, other_id)
    if other is None or other.gone:
        return False
    mine, theirs = _signature(ours), _signature(other)
    return any(value is not None for value in mine) and mine == theirs


def _signature(trees: Trees) -> tuple[object, ...]:
    """What two landings of one request have in common; the number is Zoho's own where ours has none."""
    remote = trees.remote or {}
    reference = remote.get("reference_number") or None
    amount = remote.get("total", remote.get("amount"))
    named = None if reference or amount is not None else trees.number
    return (remote.get("date"), trees.party, trees.currency, amount, reference, named)
