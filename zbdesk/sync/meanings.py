"""What a name in documents means: settled by a person once, and used for every document that uses the name.

A source writes "GST 18%" where Zoho Books has "GST18", or an old name of a customer. The meaning is a record of Zoho's,
kept by its id. Invariant: a meaning is used only while its record is there, and only where no record has the name
itself; so it can never hide a record that appears later under exactly that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zbdesk.domain.documents import Reference
from zbdesk.domain.errors import Action, UsageError, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import attempts, diary, documents, finding, identity, preferences, problems
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.store.preferences import Kind
from zbdesk.sync import agreeing
from zbdesk.sync.actions import Cause
from zbdesk.sync.references import Lack, Resolver, contact_type, key_of_name

FIXABLE = frozenset({Cause.UNKNOWN_REFERENCE.value, Cause.MISSING_CURRENCY.value})
"""Causes that a meaning takes away."""


_OURS = frozenset({"source_id", "local_id"})
"""Names that only we give: the record comes later."""


class NoMeaning(ZbdeskError):
    """This problem or name cannot be settled so; nothing was changed."""

    default_action = Action.EDIT_RECORD


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nobody knows, and the records that wait for it: keys of problems and of records."""

    reference: Reference
    problem_ids: tuple[int, ...]
    record_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A record of Zoho's that a name could mean."""

    remote_id: str
    name: str
    more: str = ""
    """What tells it from others of the name: e-mail, rate, code."""


def unknown(db: Database, connection: Connection, problem_ids: Iterable[int] | None = None) -> list[Unknown]:
    """The names that these problems (None: all open ones) are about, each once with all that wait for it."""
    wanted = None if problem_ids is None else set(problem_ids)
    with db.snapshot():
        resolver = Resolver(db, connection.id)
        found: dict[tuple[str, str, str], tuple[Reference, list[int], list[int]]] = {}
        asked: set[tuple[str, str, str]] = set()
        for problem in problems.open_problems(db, connection.id):
            if problem.cause not in FIXABLE or problem.record_id is None:
                continue
            reference = lacking(db, resolver, problem.record_id)
            if reference is None:
                continue
            key = (reference.module, reference.by, reference.value.strip().casefold())
            entry = found.setdefault(key, (reference, [], []))
            entry[1].append(problem.id)
            entry[2].append(problem.record_id)
            if wanted is None or problem.id in wanted:
                asked.add(key)
    return [Unknown(one[0], tuple(one[1]), tuple(one[2])) for key, one in found.items() if key in asked]


def lacking(db: Database, resolver: Resolver, record_id: int) -> Reference | None:
    """The first name in a document that leads to no record; one that is on its way is not such a name."""
    trees = documents.read(db, record_id)
    sides = None if trees is None else agreeing.sides_of(MODULES[trees.module], trees, resolver)
    if sides is None:
        return None
    lacks = sides.resolution.lacking.items()
    return next((one for one, lack in lacks if lack is not Lack.WAITS and one.by not in _OURS), None)


def choices(db: Database, connection: Connection, reference: Reference) -> list[Choice]:
    """What Zoho has that this name could mean, by name."""
    found = []
    with db.snapshot():
        for record_id in finding.live(db, connection.id, reference.module):
            trees = documents.read(db, record_id)
            if trees is not None and trees.remote_id is not None and _fits(trees, reference):
                found.append(Choice(trees.remote_id, trees.number or trees.remote_id, _more(trees)))
    return sorted(found, key=lambda one: (one.name.casefold(), one.remote_id))


def means(
    db: Database, connection: Connection, reference: Reference, remote_id: str, *, at: datetime
) -> int:  # fmt: skip
    """From now on this name means that record; returns how many documents waited for it. Raises ``NoMeaning``."""
    record_id = finding.by_remote_id(db, connection.id, reference.module, remote_id)
    trees = None if record_id is None else documents.read(db, record_id)
    singular = MODULES[reference.module].singular.lower()
    if trees is None or trees.gone or not _fits(trees, reference):
        raise NoMeaning(
            f"Zoho Books has no such {singular}.", "Choose one that is there; read the list again if it is new."
        )
    with db.transaction():
        waiting = [one for one in unknown(db, connection) if _same(one.reference, reference)]
        stored = preferences.get(db, connection.id, Kind.MEANINGS)
        kept = {**stored.get(reference.module, {}), key_of_name(reference): remote_id}
        preferences.put(db, connection.id, Kind.MEANINGS, {**stored, reference.module: kept})
        affected = [record for one in waiting for record in one.record_ids]
        for one in waiting:
            for problem_id in one.problem_ids:
                problems.retry_now(db, problem_id)
        documents.unsettle(db, affected)
        text = f"The {singular} “{reference.value}” in documents means “{trees.number or remote_id}” in Zoho Books."
        diary.add(db, connection.id, "meaning", text, at=at, module=reference.module, record_id=trees.id, cause="user")
    return len(affected)


def forget(db: Database, connection: Connection, module: str, name: str, *, at: datetime) -> None:
    """The name no longer means anything but itself. Raises ``UsageError`` where it never did."""
    with db.transaction():
        stored = preferences.get(db, connection.id, Kind.MEANINGS)
        kept = stored.get(module, {})
        folded = name.strip().casefold()
        left = {key: value for key, value in kept.items() if key.partition(":")[2] != folded}
        if len(left) == len(kept):
            raise UsageError(f"“{name}” has no meaning of its own.", "See `zbdesk problems meanings`.", subject=name)
        preferences.put(db, connection.id, Kind.MEANINGS, {**stored, module: left})
        diary.add(db, connection.id, "meaning", f"The meaning of “{name}” was taken back.", at=at, cause="user")


def link(db: Database, connection: Connection, record_id: int, remote_id: str, *, at: datetime) -> None:
    """This document of ours is that record of Zoho's, which takes Zoho's values as with every link. Raises."""
    with db.transaction():
        trees = documents.read(db, record_id)
        other_id = None if trees is None else finding.by_remote_id(db, connection.id, trees.module, remote_id)
        other = None if other_id is None else documents.read(db, other_id)
        if trees is None or trees.document is None or other is None or other.gone:
            raise NoMeaning("There is no such record in Zoho Books.", "It may have been deleted meanwhile.")
        if trees.remote_id is not None:
            raise NoMeaning("This record is in Zoho Books already.", "Merge the two in Zoho Books instead.")
        if other.source_id is not None:
            raise NoMeaning(
                "That record stands for another document here.", "One record of Zoho's can be one document only."
            )
        mine, theirs = contact_type(trees), contact_type(other)
        if trees.module == "contacts" and mine and theirs and mine != theirs:
            raise NoMeaning(f"That contact is a {theirs}, this one is a {mine}.", "Zoho Books keeps the two apart.")
        if attempts.is_open(db, record_id):
            raise NoMeaning("It is on its way to Zoho Books.", "Wait for the answer.")
        standing = problems.standing(db, record_id)
        identity.absorb(db, record_id, other.id)
        documents.unsettle(db, [record_id])
        if standing is not None:
            problems.clear(db, connection.id, record_id=record_id, at=at)
        text = f"{MODULES[trees.module].singular} linked by hand to “{other.number or remote_id}” in Zoho Books."
        diary.add(db, connection.id, "linked", text, at=at, module=trees.module, record_id=record_id, cause="user")


def stored(db: Database, connection_id: int) -> Mapping[str, Mapping[str, str]]:
    """By module: ``by:name`` to Zoho's id."""
    return preferences.get(db, connection_id, Kind.MEANINGS)


def _same(one: Reference, other: Reference) -> bool:
    return one.module == other.module and key_of_name(one) == key_of_name(other)


def _fits(trees: Trees, reference: Reference) -> bool:
    if trees.gone or trees.status == "inactive":
        return False
    wanted = {"customer_id": "customer", "vendor_id": "vendor"}.get(reference.field)
    return reference.module != "contacts" or wanted is None or contact_type(trees) in {wanted, ""}


def _more(trees: Trees) -> str:
    remote = trees.remote or {}
    for name in ("tax_percentage", "account_type", "email", "sku", "currency_name"):
        if remote.get(name):
            return f"{remote[name]} %" if name == "tax_percentage" else str(remote[name])
    return ""
