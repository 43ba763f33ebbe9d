"""The window's edit commands, carried out on the sync thread: which function of ``editing`` each of them is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeGuard, assert_never, get_args

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.store import documents
from zbdesk.store.database import Database
from zbdesk.sync import choices, editing
from zbdesk.sync.commands import (
    ActOn,
    CancelPending,
    DismissProblems,
    EditCommand,
    EditRecord,
    HoldForReview,
    NewRecord,
    Release,
    ResolveConflicts,
    RetryProblems,
    UndoDismiss,
    UndoResolve,
)
from zbdesk.sync.events import CommandFailed

_EDITS: tuple[type, ...] = get_args(EditCommand)


def failure(command: object, error: ZbdeskError) -> CommandFailed:
    """What the window is told of a command that was refused: the record it was about, and faults by field."""
    record_id = getattr(command, "record_id", None)
    faults = error.errors if isinstance(error, editing.DocumentRefused) else ()
    return CommandFailed(
        error.title,
        error.message,
        error.action,
        record_id=record_id if isinstance(record_id, int) else None,
        fields=tuple((fault.field, fault.message) for fault in faults),
    )


def is_edit(command: object) -> TypeGuard[EditCommand]:
    """Whether a command changes our side, rather than the engine's ways."""
    return isinstance(command, _EDITS)


def obey(  # noqa: C901, PLR0912 - one case a command
    db: Database, connection: Connection, command: EditCommand, *, now: Callable[[], datetime]
) -> bool:
    """Carry it out; True when a pass should begin at once. Raises ``ZbdeskError`` with the sentence for the person."""
    match command:
        case EditRecord(record_id=record_id, fields=fields):
            editing.edit(db, connection, record_id, dict(fields), now=now)
        case NewRecord(module=module, fields=fields):
            editing.new(db, connection, named(module), dict(fields), now=now)
        case ActOn(record_id=record_id, action=action, data=data):
            editing.act_on(db, connection, record_id, action, dict(data), now=now)
        case CancelPending(record_id=record_id):
            editing.cancel(db, record_id, now=now)
        case ResolveConflicts(conflict_ids=ids, keep=keep, fields=fields):
            with db.transaction():
                choices.guard(db, connection.id, ids, keep, dict(fields))
                for conflict_id in ids:
                    editing.resolve(db, conflict_id, editing.side(keep), editing.sides_by_field(fields), now=now)
        case UndoResolve(conflict_ids=ids):
            with db.transaction():
                for conflict_id in ids:
                    editing.undo_resolve(db, conflict_id, now=now)
        case RetryProblems(problem_ids=ids):
            editing.retry(db, connection, ids)
            return True
        case DismissProblems(problem_ids=ids, reason=reason):
            editing.dismiss(db, ids, reason)
        case UndoDismiss(problem_ids=ids):
            editing.undo_dismiss(db, ids)
        case HoldForReview(on=on):
            documents.set_hold(db, connection.id, on=on)
        case Release(record_ids=ids):
            documents.release(db, ids)
            return True
        case _:
            assert_never(command)
    return False
