"""Settle a problem once and for all records with the same cause: what a name means, or which record it is."""

from __future__ import annotations

from dataclasses import dataclass

from zbdesk.app import local
from zbdesk.app.desk import Desk
from zbdesk.domain.documents import Reference
from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection, ProblemView
from zbdesk.store import documents, finding, problems
from zbdesk.store.database import Database
from zbdesk.sync import meanings
from zbdesk.sync.actions import Cause
from zbdesk.sync.meanings import Choice

LINKS = frozenset({Cause.DUPLICATE_NAME.value})


@dataclass(frozen=True, slots=True)
class Fix:
    """What can be settled about a problem. ``links``: the record itself is one of the choices; else a name means one.

    ``record_ids``: all records that the answer lets go, the problem's own among them.
    """

    problem_id: int
    module: str
    by: str
    name: str
    field: str
    choices: tuple[Choice, ...]
    record_ids: tuple[int, ...]
    links: bool = False

    @property
    def reference(self) -> Reference:
        """The name as a document gives it."""
        return Reference(self.field, self.module, self.by, self.name)


class CannotFix(UsageError):
    """There is no one answer to this problem."""

    def __init__(self, problem_id: int) -> None:
        super().__init__(
            f"Problem {problem_id} is not about a name or a taken record.",
            "Its remedy says what to do; `zbdesk problems` shows it.",
            subject=str(problem_id),
        )


class NoSuchChoice(UsageError):
    """Zoho has no such record, or more than one."""

    def __init__(self, fix: Fix, wanted: str, found: int) -> None:
        singular = MODULES[fix.module].singular.lower()
        near = ", ".join(choice.name for choice in fix.choices[:8])
        super().__init__(
            f"{'More than one' if found else 'No'} {singular} is called “{wanted}”.",
            f"Name one by its Zoho id, or choose among: {near}." if near else "Zoho Books has none to choose from.",
            subject=wanted,
        )


def look(db: Database, connection: Connection, problem_id: int) -> Fix:
    """What can be settled about it, with the choices and all that is affected. Raises ``CannotFix``."""
    with db.snapshot():
        view = next((one for one in problems.open_problems(db, connection.id) if one.id == problem_id), None)
        if view is None:
            raise UsageError(f"There is no problem {problem_id}.", "It may be gone by now.", subject=str(problem_id))
        if view.cause in LINKS and view.record_id is not None and view.module is not None:
            return _link(db, connection, view, view.record_id, view.module)
        found = meanings.unknown(db, connection, [problem_id])
        if not found:
            raise CannotFix(problem_id)
        [one] = found
        known = one.reference
        choices = tuple(meanings.choices(db, connection, known))
        return Fix(problem_id, known.module, known.by, known.value, known.field, choices, one.record_ids)


def _link(db: Database, connection: Connection, view: ProblemView, record_id: int, module: str) -> Fix:
    trees = documents.read(db, record_id)
    if trees is None or trees.remote_id is not None or trees.document is None:
        raise CannotFix(view.id)
    kind = str(trees.document.fields.get("contact_type") or "")
    field = f"{kind}_id" if module == "contacts" and kind else ""
    name = trees.number or view.party or ""
    choices = tuple(meanings.choices(db, connection, Reference(field, module, "name", name)))
    return Fix(view.id, module, "name", name, field, choices, (record_id,), links=True)


def chosen(fix: Fix, wanted: str) -> Choice:
    """The choice that a person means, by Zoho's id or by name. Raises ``NoSuchChoice``."""
    text = wanted.strip().casefold()
    by_id = [one for one in fix.choices if one.remote_id == wanted.strip()]
    found = by_id or [one for one in fix.choices if one.name.strip().casefold() == text]
    if len(found) != 1:
        raise NoSuchChoice(fix, wanted, len(found))
    return found[0]


def settle(desk: Desk, problem_id: int, wanted: str) -> tuple[Fix, Choice]:
    """Carry it out for all that wait for the same; they leave with the next sync. Raises ``UsageError``."""

    def change(db: Database, here: Connection) -> tuple[Fix, Choice]:
        with db.transaction():
            fix = look(db, here, problem_id)
            choice = chosen(fix, wanted)
            if fix.links:
                meanings.link(db, here, fix.record_ids[0], choice.remote_id, at=desk.clock.now())
            else:
                meanings.means(db, here, fix.reference, choice.remote_id, at=desk.clock.now())
            return fix, choice

    return local.write(desk, "fix", change)


def take_back(desk: Desk, module: str, name: str) -> None:
    """A name means nothing but itself again."""
    wanted = MODULES[module].name if module in MODULES else module
    local.write(desk, "fix", lambda db, here: meanings.forget(db, here, wanted, name, at=desk.clock.now()))


def meanings_of(db: Database, connection: Connection) -> list[tuple[str, str, str, str]]:
    """(module, name, Zoho's id, what Zoho calls it) of all names that a person gave a meaning."""
    found = []
    for module, kept in meanings.stored(db, connection.id).items():
        for key, remote_id in sorted(kept.items()):
            record_id = finding.by_remote_id(db, connection.id, module, str(remote_id))
            trees = None if record_id is None else documents.read(db, record_id)
            called = (trees.number or "") if trees is not None else ""
            found.append((module, key.partition(":")[2], str(remote_id), called))
    return found
