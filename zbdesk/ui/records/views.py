"""Saved views of a table: a name for filter, order and columns. Kept for each organization and module.

What is kept is text that another version may have written: what cannot be read any more is left out, never an error.
Invariant: names are unique, case aside, and at most one view is the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.preferences import Preferences

MOST_VIEWS = 50
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Look:
    """How a table stands: what it shows, in which order, in which columns. ``widths``: those a person chose."""

    where: RecordFilter = field(default_factory=RecordFilter)
    periods: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    hidden: tuple[str, ...] | None = None
    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """One saved view."""

    name: str
    look: Look
    is_default: bool = False


class Views:
    """The views of one module of one organization."""

    def __init__(self, preferences: Preferences, organization_id: str, module: str) -> None:
        self._preferences = preferences
        self._key = f"views/{organization_id}/{module}"

    def all(self) -> list[View]:
        """In the order in which they were made."""
        kept = self._preferences.values(self._key)
        found = [_read(entry) for entry in kept] if isinstance(kept, list) else []
        return [view for view in found if view is not None]

    def named(self, name: str) -> View | None:
        """The view of that name, case aside."""
        return next((view for view in self.all() if _same(view.name, name)), None)

    def default(self) -> View | None:
        """The one that the table opens with."""
        return next((view for view in self.all() if view.is_default), None)

    def save(self, name: str, look: Look) -> View:
        """Keep a look under a name; one of that name is replaced in its place and stays the default if it was."""
        views, plain = self.all(), " ".join(name.split())[:LONGEST_NAME]
        old = self.named(plain)
        view = View(plain, look, is_default=old is not None and old.is_default)
        if old is None:
            views = [*views, view][-MOST_VIEWS:]
        else:
            views = [view if _same(known.name, plain) else known for known in views]
        self._keep(views)
        return view

    def rename(self, name: str, new: str) -> bool:
        """Give a view another name; False where another has that name already, or it is empty."""
        plain = " ".join(new.split())[:LONGEST_NAME]
        other = self.named(plain)
        if not plain or (other is not None and not _same(other.name, name)):
            return False
        self._keep([replace(view, name=plain) if _same(view.name, name) else view for view in self.all()])
        return True

    def delete(self, name: str) -> None:
        """Forget a view."""
        self._keep([view for view in self.all() if not _same(view.name, name)])

    def set_default(self, name: str | None) -> None:
        """Open the table with this view from now on; None: as it comes."""
        self._keep([replace(view, is_default=name is not None and _same(view.name, name)) for view in self.all()])

    def _keep(self, views: list[View]) -> None:
        self._preferences.keep_values(self._key, [_written(view) for view in views])


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _written(view: View) -> dict[str, object]:
    plain = RecordFilter()
    where = {name: _plain(value) for name, value in asdict(view.look.where).items() if value != getattr(plain, name)}
    for first, last, key in (("date_from", "date_to", "date"), ("due_from", "due_to", "due_date")):
        if key in view.look.periods:  # worked out anew each time
            where.pop(first, None)
            where.pop(last, None)
    look = view.look
    return {
        "name": view.name,
        "default": view.is_default,
        "where": where,
        "periods": dict(look.periods),
        "sort": look.sort,
        "descending": look.descending,
        "hidden": None if look.hidden is None else list(look.hidden),
        "order": list(look.order),
        "widths": dict(look.widths),
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | str) or value is None else str(value)


def _read(entry: object) -> View | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not entry["name"].strip():
        return None
    hidden = entry.get("hidden")
    look = Look(
        where=_filter(entry.get("where")),
        periods=_texts(entry.get("periods")),
        sort=str(entry.get("sort") or ""),
        descending=bool(entry.get("descending")),
        hidden=None if hidden is None else _words(hidden),
        order=_words(entry.get("order")),
        widths={key: width for key, width in _pairs(entry.get("widths")) if isinstance(width, int) and width > 0},
    )
    return View(entry["name"], look, is_default=bool(entry.get("default")))


def _filter(kept: object) -> RecordFilter:
    plain, values = RecordFilter(), {}
    for name, value in _pairs(kept):
        if not hasattr(plain, name):
            continue
        try:
            values[name] = _value(name, getattr(plain, name), value)
        except (ValueError, TypeError, InvalidOperation):
            continue  # a word of another version
    found: dict[str, Any] = values
    return RecordFilter(**found)


def _value(name: str, plain: object, value: object) -> object:
    if name == "states":
        return tuple(RecordState(word) for word in _words(value))
    if isinstance(plain, tuple):
        return _words(value)
    if isinstance(plain, bool):
        return value is True
    if not isinstance(value, str):
        raise TypeError(name)
    if name.startswith(("total_", "balance_")):
        amount = Decimal(value)
        if not amount.is_finite():
            raise ValueError(name)
        return amount
    return value


def _pairs(kept: object) -> list[tuple[str, object]]:
    return [(str(key), value) for key, value in kept.items()] if isinstance(kept, dict) else []


def _texts(kept: object) -> dict[str, str]:
    return {key: value for key, value in _pairs(kept) if isinstance(value, str)}


def _words(kept: object) -> tuple[str, ...]:
    return tuple(word for word in kept if isinstance(word, str)) if isinstance(kept, list) else ()
