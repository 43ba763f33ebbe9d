"""A new local record may be one that Zoho has already: found by e-mail, then by exact name. Reads the mirror only.

Invariant: never first-wins, and never a record that stands for another document of ours.
"""

from __future__ import annotations

from zbdesk.domain.module import Module
from zbdesk.store import documents, finding, identity
from zbdesk.store.database import Database
from zbdesk.store.documents import Trees
from zbdesk.sync import push_texts
from zbdesk.sync.policy import ModulePolicy
from zbdesk.sync.references import contact_type
from zbdesk.sync.troubles import Trouble
from zbdesk.sync.writing import By, Recognition, recognise


class Linker:
    """Links records of one connection."""

    def __init__(self, db: Database, connection_id: int) -> None:
        self._db = db
        self._connection_id = connection_id

    def link(self, module: Module, trees: Trees, policy: ModulePolicy) -> Trouble | None:
        """Join the record with the one of Zoho's that it is; a trouble where more than one could be meant."""
        if not (policy.link_by_email or policy.link_by_name) or trees.document is None:
            return None
        if contact_type(trees) == "vendor":
            return None
        way: Recognition | None = recognise(module, trees.document.fields, key=trees.local_id)
        while way is not None:
            found = self._candidates(module, trees, way, policy)
            if len(found) > 1:
                named = [one for one in found if _text(one.number) == _text(trees.number)]
                if len(named) != 1:
                    return push_texts.ambiguous_link(module, trees.number or way.value)
                found = named
            if found:
                identity.absorb(self._db, trees.id, found[0].id)
                return None
            way = way.otherwise
        return None

    def _candidates(self, module: Module, trees: Trees, way: Recognition, policy: ModulePolicy) -> list[Trees]:
        ids: list[int] = []
        if way.by is By.EMAIL and policy.link_by_email:
            ids = finding.by_reference(self._db, self._connection_id, module.name, way.value)
        elif way.by is By.NAME and policy.link_by_name and way.value:
            ids = finding.by_number(self._db, self._connection_id, module.name, way.value)
        found = [one for record_id in ids if record_id != trees.id and (one := documents.read(self._db, record_id))]
        return [one for one in found if self._is_free(one) and contact_type(one) == "customer" and _fits(one, way)]

    def _is_free(self, other: Trees) -> bool:
        """Mirrored, or taken over from Zoho without ever having been a source's document."""
        return other.remote_id is not None and other.source_id is None


def _fits(other: Trees, way: Recognition) -> bool:
    return way.by is not By.NAME or _text(other.number) == _text(way.value)


def _text(value: str | None) -> str:
    return (value or "").strip().casefold()
