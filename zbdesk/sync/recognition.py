"""By what Zoho tells our records apart: found out once a module, kept for the connection, found out again now and then.

Where the organization has a text field that refuses duplicates, a create carries our key in it and Zoho itself makes
no second record. Otherwise the document's own number, a reference, an e-mail address or a name has to do. Invariant: a
field is relied on only when Zoho says that it refuses duplicates, or a person vouches for it; a refused look-up changes
nothing and never stops a pass.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from zbdesk.domain.errors import RejectedError, TransientError, UnknownOutcomeError, UsageError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.store import preferences
from zbdesk.store.database import Database
from zbdesk.store.preferences import Kind
from zbdesk.sync.context import Pass
from zbdesk.sync.faults import Reach, reach
from zbdesk.sync.writing import UniqueField, number_field
from zbdesk.zoho.fields import CustomField
from zbdesk.zoho.limits import Priority

_log = logging.getLogger(__name__)

LABEL = "zbdesk ID"
API_NAME = "cf_zbdesk_id"
LASTS = timedelta(days=7)
"""How long an answer holds before it is asked for again with the next new record."""


class Standing(StrEnum):
    """What is known of the field in one module."""

    UNKNOWN = "unknown"
    READY = "ready"
    MISSING = "missing"
    NOT_UNIQUE = "not_unique"
    """It is there and lets the same value stand twice."""

    NOT_SAID = "not_said"
    """It is there, and Zoho does not say whether it refuses duplicates."""

    REFUSED = "refused"
    """Zoho does not let the fields be read: the plan or the role."""

    IMPOSSIBLE = "impossible"
    """Zoho has no such thing for this module."""


@dataclass(frozen=True, slots=True)
class RecognitionView:
    """How records of one module are recognised. ``ways``: the surest first, in the words of ``writing.By``."""

    module: str
    standing: Standing
    ways: tuple[str, ...]
    field: str = ""
    checked_at: str = ""
    wanted: bool = False
    """A person asked for the field to be made; the next pass does."""

    reason: str = ""
    """Zoho's own words, where it refused."""

    @property
    def is_safe(self) -> bool:
        """Whether a request that lands late can make no second record, whatever the document brings."""
        return self.standing is Standing.READY


@runtime_checkable
class FieldBooks(Protocol):
    """What is needed of Zoho Books: ``zoho.resources.Books``."""

    async def custom_fields(self, module: Module, *, priority: Priority = Priority.POLL) -> list[CustomField]:
        """The custom fields of a module."""
        ...

    async def add_custom_field(self, module: Module, label: str, *, priority: Priority = Priority.USER) -> CustomField:
        """Make one."""
        ...


class NoSuchField(UsageError):
    """Zoho has no field by which records of this module could be told apart."""

    def __init__(self, module: Module) -> None:
        super().__init__(
            f"{module.label} cannot carry a unique field in Zoho Books.",
            "They are recognised in another way; see `zbdesk recognition`.",
            subject=module.name,
        )


def candidates() -> tuple[Module, ...]:
    """Modules for which Zoho documents such a field."""
    return tuple(module for module in MODULES.values() if module.unique_key and "create" in module.methods)


# -- what is known ----------------------------------------------------------------------------------------------------


def views(db: Database, connection_id: int, modules: Iterable[Module]) -> list[RecognitionView]:
    """How records of these modules are recognised, as far as is known."""
    stored = preferences.get(db, connection_id, Kind.RECOGNITION)
    return [_view(module, stored.get(module.name, {})) for module in modules]


def _view(module: Module, known: Mapping[str, Any]) -> RecognitionView:
    standing = Standing.IMPOSSIBLE if not module.unique_key else Standing(known.get("standing", Standing.UNKNOWN))
    ways = (("custom_field",) if standing is Standing.READY else ()) + _other_ways(module)
    return RecognitionView(
        module=module.name,
        standing=standing,
        ways=ways,
        field=str(known.get("api_name", "")),
        checked_at=str(known.get("checked_at", "")),
        wanted=bool(known.get("wanted")),
        reason=str(known.get("reason", "")),
    )


def _other_ways(module: Module) -> tuple[str, ...]:
    """What ``writing.recognise`` tries without the field, in its order."""
    if module.name == "contacts":
        return ("email", "name")
    found = []
    if module.name == "items" or number_field(module) is not None:
        found.append("sku" if module.name == "items" else "number")
    if "reference_number" in module.write_fields:
        found.append("reference")
    elif module.number_fields and module.number_fields[0] in module.write_fields:
        found.append("name")
    return tuple(found) or ("nothing",)


# -- what a person says -----------------------------------------------------------------------------------------------


def ask(db: Database, connection_id: int, what: str, modules: Collection[Module]) -> None:
    """``look`` again, ``make`` the field, or ``vouch`` for it, in these modules. Raises ``UsageError``."""
    match what:
        case "look":
            look_again(db, connection_id)
        case "make":
            want(db, connection_id, modules)
        case "vouch":
            vouch(db, connection_id, modules)
        case _:
            raise UsageError(f"Nothing is called “{what}” here.", "There are look, make and vouch.", subject=what)


def look_again(db: Database, connection_id: int) -> None:
    """Ask Zoho again with the next pass, for all modules."""
    _change(db, connection_id, candidates(), lambda known: {**known, "asked": True})


def want(db: Database, connection_id: int, modules: Collection[Module]) -> None:
    """Make the field in these modules with the next pass. Raises ``NoSuchField``."""
    _change(db, connection_id, _checked(modules), lambda known: {**known, "wanted": True, "asked": True})


def vouch(db: Database, connection_id: int, modules: Collection[Module]) -> None:
    """A person has seen in Zoho Books that the field refuses duplicates. Raises ``NoSuchField``.

    Should it not, Zoho refuses the first write that relies on it, and it is no longer relied on.
    """
    _change(db, connection_id, _checked(modules), lambda known: {**known, "vouched": True, "asked": True})


def distrust(db: Database, connection_id: int, module: Module) -> None:
    """Zoho refused a write that relied on the field: it is asked for again and not taken on anybody's word."""
    _change(db, connection_id, [module], lambda known: {**known, "vouched": False, "asked": True})


def _checked(modules: Collection[Module]) -> Collection[Module]:
    for module in modules:
        if module not in candidates():
            raise NoSuchField(module)
    return modules


def _change(
    db: Database, connection_id: int, modules: Iterable[Module], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    with db.transaction():
        stored = preferences.get(db, connection_id, Kind.RECOGNITION)
        changed = {module.name: change(stored.get(module.name, {})) for module in modules}
        preferences.put(db, connection_id, Kind.RECOGNITION, {**stored, **changed})


# -- finding out ------------------------------------------------------------------------------------------------------


class Recognitions:
    """The fields of one connection during one pass."""

    def __init__(self, run: Pass) -> None:
        self._run = run
        self._looked: set[str] = set()

    def field(self, module: Module) -> UniqueField | None:
        """The field that a create of this module carries our key in; None where there is none to rely on."""
        known = self._known().get(module.name, {})
        if known.get("standing") != Standing.READY or not known.get("api_name"):
            return None
        return UniqueField(str(known["api_name"]), str(known.get("field_id", "")))

    def is_asked(self) -> bool:
        """Whether a person waits for an answer of Zoho's."""
        return any(known.get("asked") for known in self._known().values())

    def due(self, about: Collection[str]) -> list[Module]:
        """Modules to ask about: what a person asked for, and what is about to be created and was not asked lately."""
        stored, now = self._known(), self._run.now()
        return [
            module
            for module in candidates()
            if module.name not in self._looked
            and (
                stored.get(module.name, {}).get("asked")
                or (module.name in about and _is_old(stored.get(module.name, {}), now))
            )
        ]

    async def look(self, modules: Iterable[Module]) -> None:
        """Ask Zoho, one call a module. Raises only what ends every pass (sign-in, no network, asked to wait)."""
        run = self._run
        if not isinstance(run.books, FieldBooks):
            return
        for module in modules:
            self._looked.add(module.name)
            known = self._known().get(module.name, {})
            try:
                kept = await learn(run.books, module, known, at=run.now(), priority=run.priority)
            except (TransientError, UnknownOutcomeError) as error:
                _log.info("custom fields of %s could not be read: %s", module.name, error.title)
                if isinstance(error, TransientError) and reach(error) is Reach.OFFLINE:
                    raise
            else:
                with run.db.transaction():
                    keep(run.db, run.connection_id, {module.name: kept})
            finally:
                run.after_call()

    def _known(self) -> dict[str, dict[str, Any]]:
        return preferences.get(self._run.db, self._run.connection_id, Kind.RECOGNITION)


async def learn(
    books: FieldBooks, module: Module, known: Mapping[str, Any], *, at: datetime, priority: Priority
) -> dict[str, Any]:
    """What Zoho says of the field in one module, to be kept; where a person asked for it, it is made.

    Raises what ends more than this: no network, no sign-in, asked to wait.
    """
    kept: dict[str, Any] = {"checked_at": at.isoformat()}
    if known.get("vouched"):
        kept["vouched"] = True
    try:
        found = await _ours(books, module, wanted=bool(known.get("wanted")), priority=priority)
    except RejectedError as error:
        return {**kept, "standing": Standing.REFUSED.value, "reason": error.reason or error.title}
    if found is not None:
        kept |= {"api_name": found.api_name, "field_id": found.field_id}
    return {**kept, "standing": _standing(found, vouched=bool(known.get("vouched"))).value}


async def _ours(books: FieldBooks, module: Module, *, wanted: bool, priority: Priority) -> CustomField | None:
    """The field of ours; made where a person asked for it and there is none."""
    fields = await books.custom_fields(module, priority=priority)
    named = [one for one in fields if one.api_name == API_NAME or one.label.casefold() == LABEL.casefold()]
    found = next((one for one in named if one.active and one.is_text), None)
    if found is None and wanted:
        return await books.add_custom_field(module, LABEL, priority=Priority.USER)
    return found


def keep(db: Database, connection_id: int, found: Mapping[str, Mapping[str, object]]) -> None:
    """Keep what was learned of some modules, inside the caller's transaction."""
    stored = preferences.get(db, connection_id, Kind.RECOGNITION)
    preferences.put(db, connection_id, Kind.RECOGNITION, {**stored, **found})


def _standing(found: CustomField | None, *, vouched: bool) -> Standing:
    if found is None:
        return Standing.MISSING
    if found.unique or (found.unique is None and vouched):
        return Standing.READY
    return Standing.NOT_SAID if found.unique is None else Standing.NOT_UNIQUE


def _is_old(known: Mapping[str, Any], now: datetime) -> bool:
    text = known.get("checked_at")
    if not text:
        return True
    return abs(now - datetime.fromisoformat(str(text))) > LASTS


__all__ = [
    "API_NAME",
    "LABEL",
    "FieldBooks",
    "NoSuchField",
    "RecognitionView",
    "Recognitions",
    "Standing",
    "candidates",
    "distrust",
    "keep",
    "learn",
    "look_again",
    "views",
    "vouch",
    "want",
]
