"""Which column tells one document from another: the source id where it is mapped, else the document's number."""

from __future__ import annotations

from collections.abc import Iterator

from zbdesk.domain.module import Module
from zbdesk.sources.fields import SOURCE_ID
from zbdesk.sources.mapping import Mapping

_BETTER_THAN_NAME = {
    "contacts": ("contact_number", "email", "contact_persons.email", "contact_name"),
    "items": ("sku", "name"),
}
_STAND_IN = ("reference_number",)


def candidates(module: Module) -> Iterator[str]:
    """Paths that can be a document's identity, the best first."""
    yield SOURCE_ID
    yield from _BETTER_THAN_NAME.get(module.name, ())
    yield from module.number_fields
    yield from _STAND_IN


def identity_path(module: Module, mapping: Mapping) -> str | None:
    """The mapped path whose values are the documents' source ids; None where nothing mapped can be."""
    mapped = {column.target.path for column in mapping.columns}
    return next((path for path in candidates(module) if path in mapped), None)
