"""What people decide about conflicts and problems: settle, undo, retry, dismiss. Nothing is sent.

Each call is one transaction. Invariant: a choice is about the values that were shown, undoable until it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from zbdesk.domain.documents import adopted, document_from_remote
from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import attempts, conflicts, diary, documents, finding, identity, problems
from zbdesk.store.database import Database
from zbdesk.store.documents import Document, Trees
from zbdesk.sync import agreeing
from zbdesk.sync.actions import RECORD, STATUS
from zbdesk.sync.edit_errors import CannotEdit

Side = Literal["local", "remote"]
Now = Callable[[], datetime]


def resolve(
    db: Database,
    conflict_id: int,
    keep: Side,
    fields: Mapping[str, Side] | None = None,
    *,
    now: Now,
) -> None:
    """Carry out a person's choice: ``keep`` for all clashing fields but those that ``fields`` names.

    What is chosen is about the values that were shown: another change in Zoho before ours leaves is a new conflict.
    Raises ``UsageError`` where there is no such conflict or no such field in it.
    """
    with db.transaction():
        stored = documents.read(db, conflict_id)
        if stored is None or stored.document is None or not stored.document.in_conflict:
            raise UsageError(
                f"There is no conflict {conflict_id}.", "It may have been settled meanwhile.", subject=str(conflict_id)
            )
        names = conflicts.clashing(db, conflict_id)
        unknown = [name for name in fields or {} if name not in names]
        if unknown:
            raise UsageError(
                f"{', '.join(unknown)} is not in conflict.", f"In conflict are {', '.join(names)}.", subject=unknown[0]
            )
        chosen: dict[str, Side] = {name: (fields or {}).get(name, keep) for name in names}
        module = MODULES[stored.module]
        conflicts.keep_before_choice(db, conflict_id)
        if RECORD in chosen:
            _resolve_record(db, module, stored, stored.document, chosen[RECORD], at=now())
        else:
            _resolve_fields(db, module, stored, stored.document, chosen, at=now())
        conflicts.end_conflict(db, conflict_id)
        documents.unsettle(db, [conflict_id])
        text = "; ".join(f"{name}: {side}" for name, side in chosen.items())
        _note(db, stored, "resolved", f"{module.singular}: a conflict was settled ({text}).", now())


def undo_resolve(db: Database, conflict_id: int, *, now: Now) -> None:
    """Take a choice back. Raises ``CannotEdit`` where something of it has left, or the record changed since."""
    with db.transaction():
        if attempts.is_open(db, conflict_id) or not conflicts.undo_choice(db, conflict_id, at=now()):
            raise CannotEdit(
                "The choice cannot be undone any more.", "It has been carried out. Change the record instead."
            )


def side(word: str) -> Side:
    """One of the two sides. Raises ``UsageError``."""
    if word == "local":
        return "local"
    if word == "remote":
        return "remote"
    raise UsageError(f"There is no side {word}.", "Keep local or remote.", subject=word)


def sides_by_field(pairs: Iterable[tuple[str, str]]) -> dict[str, Side]:
    """Field to the side to keep. Raises ``UsageError``."""
    return {name: side(word) for name, word in pairs}


def _resolve_record(
    db: Database, module: Module, stored: Trees, document: Document, side: Side, *, at: datetime
) -> None:
    if stored.gone:
        if side == "local":
            identity.detach(db, stored.id)
        else:
            documents.adopt(db, stored.id, document.revision, document.fields, wishes=(), deleted=True)
            documents.rest(db, stored.id)
        return
    if side == "local":
        if stored.base is not None:
            documents.agree(db, stored.id, _seen(module, stored), at=at)
        return
    # Theirs: our deletion is taken back, and what they changed comes in with the next plan.
    documents.adopt(db, stored.id, document.revision, document.fields, wishes=document.wishes, deleted=False)


def _resolve_fields(
    db: Database, module: Module, stored: Trees, document: Document, chosen: Mapping[str, Side], *, at: datetime
) -> None:
    detail = stored.remote or {}
    theirs = [name for name, side in chosen.items() if side == "remote" and name != STATUS]
    base = stored.base
    lines = () if base is None else base.lines
    now = agreeing.writable(module, detail)
    fields = adopted(module, document.fields, theirs, detail, lines)
    wishes = document.wishes
    if base is None:
        # Never agreed before: what is kept of ours differs from a base that is Zoho's record, and so is sent.
        names = [name for name in chosen if name != STATUS]
        base = documents.Agreement(
            local=adopted(module, document.fields, names, detail),
            remote=now,
            lines=agreeing.links(document.fields, detail),
            status=stored.status,
            modified_at=stored.modified_at,
        )
    else:
        remote = {**base.remote, **{name: now.get(name) for name in chosen if name != STATUS}}
        local = adopted(module, base.local, theirs, detail, lines)
        base = replace(base, local=local, remote=remote)
        if "line_items" in theirs:
            base = replace(base, lines=agreeing.links(fields, detail))
    if STATUS in chosen:
        base = replace(base, status=stored.status)
        if chosen[STATUS] == "remote":
            whole = document_from_remote(module, detail)
            names = [name for name in whole if name in base.local or name in fields]
            fields = adopted(module, fields, names, detail, lines)
            base = replace(base, local=fields, remote=now, modified_at=stored.modified_at)
            wishes = ()
    documents.adopt(db, stored.id, document.revision, fields, wishes=wishes, deleted=document.deleted)
    documents.agree(db, stored.id, base, at=at)


def _seen(module: Module, stored: Trees) -> documents.Agreement:
    assert stored.base is not None  # noqa: S101 - asked for by the caller
    return replace(
        stored.base,
        remote=agreeing.writable(module, stored.remote or {}),
        status=stored.status,
        modified_at=stored.modified_at,
    )


def retry(db: Database, connection: Connection, problem_ids: Sequence[int] = ()) -> int:
    """Let these be tried with the next pass, or all; returns how many there were. Raises ``UsageError``."""
    with db.transaction():
        wanted = list(problem_ids) or [one.id for one in problems.open_problems(db, connection.id)]
        records = []
        for problem_id in wanted:
            if not problems.exists(db, connection.id, problem_id):
                raise UsageError(
                    f"There is no problem {problem_id}.", "It may be gone by now.", subject=str(problem_id)
                )
            record_id = problems.retry_now(db, problem_id)
            if record_id is not None:
                records.append(record_id)
        documents.unsettle(db, records)
        return len(wanted)


def dismiss(db: Database, problem_ids: Sequence[int], reason: str = "") -> None:
    """Leave these be until something changes. Raises ``UsageError`` where one is not open."""
    with db.transaction():
        for problem_id in problem_ids:
            if not problems.dismiss(db, problem_id, reason):
                raise UsageError(f"There is no open problem {problem_id}.", "It may be gone by now.")


def undo_dismiss(db: Database, problem_ids: Sequence[int]) -> None:
    """Show these again. Raises ``UsageError`` where one is not dismissed."""
    with db.transaction():
        for problem_id in problem_ids:
            if not problems.reopen(db, problem_id):
                raise UsageError(f"There is no dismissed problem {problem_id}.", "It may be gone by now.")


def _note(db: Database, stored: Trees, kind: str, text: str, at: datetime) -> None:
    connection_id = finding.connection_of(db, stored.id)
    diary.add(db, connection_id, kind, text, at=at, module=stored.module, record_id=stored.id, cause="user")
