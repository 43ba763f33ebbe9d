"""The diary's line for each write that Zoho carried out: what, why, in which run, and each field before and after.

Called inside the transaction that closes the attempt, so that no write is without its line and none has two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zbdesk.domain.module import Module
from zbdesk.domain.views import FieldChange
from zbdesk.store import diary
from zbdesk.sync import push_texts, recording
from zbdesk.sync.agreeing import Snapshot
from zbdesk.sync.attempting import ACTION, CREATE, DELETE, UPDATE
from zbdesk.sync.context import Pass
from zbdesk.sync.deeds import word_of
from zbdesk.sync.wishes import wish_action

_KINDS = {CREATE: "created", UPDATE: "updated", DELETE: "deleted", ACTION: "action"}


def wrote(  # noqa: PLR0917 - the parts of one line
    run: Pass,
    module: Module,
    record_id: int,
    operation: str,
    snapshot: Snapshot,
    seen: Mapping[str, Any] | None = None,
    *,
    late: bool = False,
) -> None:
    """Append the line. ``seen``: the record right after it; ``late``: found later to have arrived."""
    text, changes = _line(module, operation, snapshot, seen)
    diary.add(
        run.db,
        run.connection_id,
        _KINDS[operation],
        f"{text} {push_texts.ARRIVED}" if late else text,
        at=run.now(),
        module=module.name,
        record_id=record_id,
        cause=run.cause,
        changes=changes,
        run_id=run.run_id or None,
    )


def _line(
    module: Module, operation: str, snapshot: Snapshot, seen: Mapping[str, Any] | None
) -> tuple[str, tuple[FieldChange, ...]]:
    if operation == CREATE:
        return push_texts.created(module), recording.created(snapshot, seen) if seen is not None else ()
    if operation == UPDATE:
        names = snapshot.sent or ()
        return push_texts.updated(module, names), recording.updated(snapshot, seen) if seen is not None else ()
    if operation == DELETE:
        return push_texts.deleted(module), recording.deleted(snapshot)
    word = word_of(snapshot.wish or "")
    action = wish_action(module, word)
    name = word if action is None else action.name
    return push_texts.acted(module, name), recording.acted(snapshot, name)
