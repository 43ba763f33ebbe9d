"""The window's edit commands, carried out on the sync thread: which function each of them is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from zbdesk.domain.documents import Reference
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.store import review
from zbdesk.store.database import Database
from zbdesk.sync import (
    acting,
    allowing,
    belonging,
    choices,
    editing,
    meanings,
    policies,
    recognition,
    resolving,
    rolling,
)
from zbdesk.sync.commands import (
    ActOn,
    AllowRun,
    CancelPending,
    Command,
    DismissProblems,
    EditCommand,
    EditRecord,
    GiveMeaning,
    HoldForReview,
    LinkTo,
    NewRecord,
    Release,
    ResolveConflicts,
    RetryProblems,
    RollBackRun,
    SetPolicy,
    SetUpFields,
    UndoDismiss,
    UndoResolve,
)
from zbdesk.sync.edit_errors import DocumentRefused
from zbdesk.sync.events import CommandFailed


def failure(command: Command, error: ZbdeskError) -> CommandFailed:
    """What the window is told of a command that was refused: the record it was about, and faults by field."""
    record_id = getattr(command, "record_id", None)
    faults = error.errors if isinstance(error, DocumentRefused) else ()
    return CommandFailed(
        error.title,
        error.message,
        error.action,
        record_id=record_id if isinstance(record_id, int) else None,
        fields=tuple((fault.field, fault.message) for fault in faults),
        ticket=ticket_of(command),
    )


def ticket_of(command: Command) -> str:
    """What names this command for whoever waits for its answer; empty where nobody does."""
    return str(getattr(command, "ticket", ""))


def obey(  # noqa: C901, PLR0911, PLR0912 - one case a command
    db: Database, connection: Connection, command: EditCommand, *, now: Callable[[], datetime]
) -> bool:
    """Carry it out; True when a pass should begin at once. Raises ``ZbdeskError`` with the sentence for the person."""
    belonging.require_command(db, connection, command)
    match command:
        case EditRecord(record_id=record_id, fields=fields, shown=shown):
            editing.edit(db, connection, record_id, dict(fields), now=now, shown=dict(shown))
        case NewRecord(module=module, fields=fields):
            editing.new(db, connection, named(module), dict(fields), now=now)
        case ActOn(record_id=record_id, action=action, data=data):
            acting.act_on(db, connection, record_id, action, dict(data), now=now)
        case CancelPending(record_id=record_id):
            editing.cancel(db, record_id, now=now)
        case ResolveConflicts(conflict_ids=ids, keep=keep, fields=fields):
            with db.transaction():
                choices.guard(db, connection.id, ids, keep, dict(fields))
                for conflict_id in ids:
                    resolving.resolve(db, conflict_id, resolving.side(keep), resolving.sides_by_field(fields), now=now)
        case UndoResolve(conflict_ids=ids):
            with db.transaction():
                for conflict_id in ids:
                    resolving.undo_resolve(db, conflict_id, now=now)
        case RetryProblems(problem_ids=ids):
            resolving.retry(db, connection, ids)
            return True
        case DismissProblems(problem_ids=ids, reason=reason):
            resolving.dismiss(db, ids, reason)
        case UndoDismiss(problem_ids=ids):
            resolving.undo_dismiss(db, ids)
        case HoldForReview(on=on):
            review.set_hold(db, connection.id, on=on)
        case Release(record_ids=ids):
            review.release(db, ids)
            return True
        case AllowRun(token=token):
            allowing.allow(db, connection, token, now=now)
            return True
        case RollBackRun(run_id=run_id):
            rolling.begin(db, connection, run_id, now=now)
            return True
        case SetPolicy(module=module, wishes=wishes):
            policies.choose(db, connection, named(module), dict(wishes), at=now())
        case GiveMeaning(module=module, by=by, value=value, remote_id=remote_id, field=field):
            if not remote_id:
                meanings.forget(db, connection, named(module).name, value, at=now())
                return False
            meanings.means(db, connection, Reference(field, named(module).name, by, value), remote_id, at=now())
            return True
        case LinkTo(record_id=record_id, remote_id=remote_id):
            meanings.link(db, connection, record_id, remote_id, at=now())
            return True
        case SetUpFields(what=what, modules=modules):
            recognition.ask(db, connection.id, what, [named(one) for one in modules])
            return True
        case _:
            assert_never(command)
    return False
