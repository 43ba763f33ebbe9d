"""Records that a document names by something else than Zoho's id, found in the local database.

Nothing is asked of Zoho: the mirror holds every name that can be referred to. Invariant: never first-wins; where two
records fit, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from zbdesk.domain.documents import Reference
from zbdesk.store import documents, finding, preferences
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.store.preferences import Kind

_CONTACT_KINDS = {"customer_id": "customer", "vendor_id": "vendor"}


class Lack(Enum):
    """Why a reference has no id yet."""

    WAITS = auto()
    """The record is here and not in Zoho yet."""

    GONE = auto()
    """The record was deleted in Zoho."""

    ABSENT = auto()
    """No such record is known."""

    AMBIGUOUS = auto()
    """More than one record fits."""


@dataclass(slots=True)
class Resolution:
    """What the references of one document lead to."""

    ids: dict[Reference, str] = field(default_factory=dict)
    lacking: dict[Reference, Lack] = field(default_factory=dict)


class Resolver:
    """Finds referenced records of one connection. Remembers what it found until ``forget``."""

    def __init__(self, db: Database, connection_id: int) -> None:
        self._db = db
        self._connection_id = connection_id
        self._known: dict[tuple[Reference, str | None], str] = {}
        self._meanings = preferences.get(db, connection_id, Kind.MEANINGS)

    def forget(self) -> None:
        """Look again: records were written or read."""
        self._known.clear()
        self._meanings = preferences.get(self._db, self._connection_id, Kind.MEANINGS)

    def resolve(
        self, references: Iterable[Reference], *, source: str | None, kept: dict[Reference, str] | None = None
    ) -> Resolution:
        """Find each reference. ``kept``: ids of the last agreement, which a reference that reads the same keeps."""
        found = Resolution()
        for reference in references:
            outcome = (kept or {}).get(reference) or self._find(reference, source)
            if isinstance(outcome, Lack):
                found.lacking[reference] = outcome
            else:
                found.ids[reference] = outcome
        return found

    def record(self, reference: Reference, source: str | None) -> int | None:
        """The one record that is meant, whether or not Zoho has it."""
        found = self._all(reference, source)
        return found[0].id if len(found) == 1 else None

    def _all(self, reference: Reference, source: str | None) -> list[Trees]:
        found = [trees for one in self._candidates(reference, source) if (trees := self._fitting(one, reference))]
        # One that was deleted there and entered anew: the living one is meant.
        found = [one for one in found if not one.gone] or found
        if len(found) != 1 and (meant := self._meant(reference)) is not None:
            return [meant]
        return [one for one in found if one.status != "inactive"] or found if len(found) > 1 else found

    def _find(self, reference: Reference, source: str | None) -> str | Lack:
        key = (reference, source)
        if key in self._known:
            return self._known[key]
        candidates = self._all(reference, source)
        if not candidates:
            return Lack.ABSENT
        if len(candidates) > 1:
            return Lack.AMBIGUOUS
        remote_id = candidates[0].remote_id
        if remote_id is None:
            return Lack.WAITS
        if candidates[0].gone:
            return Lack.GONE
        self._known[key] = remote_id
        return remote_id

    def _meant(self, reference: Reference) -> Trees | None:
        """The record that a person said this name means, while it is there."""
        remote_id = self._meanings.get(reference.module, {}).get(key_of_name(reference))
        if remote_id is None:
            return None
        record_id = finding.by_remote_id(self._db, self._connection_id, reference.module, str(remote_id))
        trees = None if record_id is None else documents.read(self._db, record_id)
        return None if trees is None or trees.gone else trees

    def _candidates(self, reference: Reference, source: str | None) -> list[int]:
        db, connection_id, module, value = self._db, self._connection_id, reference.module, reference.value
        match reference.by:
            case "source_id":
                own = None if source is None else finding.by_source(db, connection_id, module, source, value)
                return finding.by_source_id(db, connection_id, module, value) if own is None else [own]
            case "local_id":
                one = finding.by_local_id(db, connection_id, module, value)
                return [] if one is None else [one]
            case "email":
                return finding.by_reference(db, connection_id, module, value)
            case "code":
                by_number = finding.by_number(db, connection_id, module, value)
                return by_number or finding.by_reference(db, connection_id, module, value)
        return finding.by_number(db, connection_id, module, value)

    def _fitting(self, record_id: int, reference: Reference) -> Trees | None:
        """The record, if it is really meant: a customer where a customer is wanted, the name letter by letter."""
        trees = documents.read(self._db, record_id)
        if trees is None or not _exact(trees, reference):
            return None
        kind = _CONTACT_KINDS.get(reference.field) if reference.module == "contacts" else None
        return trees if kind is None or contact_type(trees) in {kind, ""} else None


def reference_of(id_field: str, module: str, named: Mapping[str, object]) -> Reference:
    """The reference that an object in the place of an id is."""
    by, value = next(iter(named.items()))
    return Reference(id_field, module, by, str(value))


def key_of_name(reference: Reference) -> str:
    """Under what a name's meaning is kept: letter case and space at the ends do not tell names apart."""
    return f"{reference.by}:{reference.value.strip().casefold()}"


def contact_type(trees: Trees) -> str:
    """Customer or vendor, from whichever side knows; empty where neither says."""
    for side in (trees.remote, None if trees.document is None else trees.document.fields):
        if side is not None and side.get("contact_type"):
            return str(side["contact_type"])
    return ""


def _exact(trees: Trees, reference: Reference) -> bool:
    """Keys fold accents too, so that people find things; a reference only forgives case and space at the ends."""
    if reference.by in {"name", "number"}:
        return (trees.number or "").strip().casefold() == reference.value.strip().casefold()
    return True
