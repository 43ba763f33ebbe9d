"""What people call the fields of documents: Line: quantity, Customer, by name, Billing address: city."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.sources.fields import Target, paths_of, target_of
from zbdesk.sources.guessing import roles
from zbdesk.ui.editing.labels import field_label, lower_first

IMPORTED = (
    "invoices", "contacts", "items", "customerpayments", "creditnotes", "salesorders", "estimates", "expenses", "bills",
    "purchaseorders", "journals",
)  # fmt: skip
"""What files bring, the usual first."""


def modules() -> tuple[Module, ...]:
    """The modules that a file can be imported into."""
    return tuple(MODULES[name] for name in IMPORTED if name in MODULES)


def module_name(module: Module) -> str:
    """Invoices, Customers, ..."""
    return QCoreApplication.translate("Modules", module.label)


@lru_cache(maxsize=64)
def paths(module: Module) -> tuple[str, ...]:
    """All fields that a column may go to, the usual ones first."""
    usual = [path for _, path in roles(module)]
    return tuple(dict.fromkeys([*usual, *(path for path in paths_of(module))]))


def usual_count(module: Module) -> int:
    """How many of ``paths`` are the usual ones."""
    return len(dict.fromkeys(path for _, path in roles(module)))


def field_name(module: Module, path: str) -> str:
    """A path in words."""
    target = target_of(module, path)
    if not isinstance(target, Target):
        return path
    if target.kind == "source_id":
        return _tr("Number in the old program")
    parts = [target.inside or target.nested, target.name]
    if target.name == "custom_fields":
        return _tr("Custom field %1").replace("%1", target.by)
    word = field_label(f"{parts[1]}_id" if target.kind in {"reference", "currency"} else parts[1])
    if target.kind == "reference":
        word = _by(target.by).replace("%1", word)
    if target.inside == "line_items":
        return _tr("Line: %1").replace("%1", _inside(word))
    return f"{field_label(parts[0])}: {_inside(word)}" if parts[0] else word


def _inside(word: str) -> str:
    """As it stands behind another word; SKU and E-mail stay as they are."""
    return lower_first(word) if word[1:2].islower() else word


def _by(key: str) -> str:
    known = {
        "name": _tr("%1, by name"),
        "email": _tr("%1, by e-mail"),
        "number": _tr("%1, by number"),
        "source_id": _tr("%1, by number in the old program"),
    }
    return known.get(key, "%1")


def labelled(module: Module) -> Iterator[tuple[str, str]]:
    """(words, path) of every field for a list of choices."""
    for path in paths(module):
        yield field_name(module, path), path


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportFields", words)
