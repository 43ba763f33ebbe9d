"""What the planner may do with the records of one module: data, never an ``if`` in the engine. Pure.

Invariant: a read-only connection gives no policy that writes, whatever the person chose for the module.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from zbdesk.domain.module import Module

Winner: TypeAlias = Literal["local", "remote"]


class Direction(StrEnum):
    """Which way the edits of a module travel."""

    BOTH = "both"
    PULL = "pull"
    PUSH = "push"


class Verb(StrEnum):
    """A kind of write, by the word of the permission that it needs."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True)
class ModulePolicy:
    """Direction and habits of one module, as the person set them."""

    direction: Direction = Direction.BOTH
    may_create: bool = True
    may_update: bool = True
    may_delete: bool = True
    lacking: frozenset[Verb] = frozenset()
    """What the sign-in did not grant: refused here, with the permission's name, instead of by Zoho."""

    read_only: bool = False
    """The whole connection only reads; tells the remedy from that of a module's own direction."""

    ignore_vendors: bool = False
    """Vendors of Zoho's list never become local records."""

    link_by_email: bool = False
    link_by_name: bool = False
    """How a local record finds a record of Zoho's that was there before; only for what people enter twice."""

    first_link_takes_remote: bool = False
    """The first agreement takes Zoho's values for what differs; otherwise a difference is a conflict."""

    take_over_new: bool = False
    """A record found new in Zoho becomes a local one."""

    always: Mapping[str, Winner] = field(default_factory=dict)
    """Who wins a field that both sides changed, where the person said “always”."""

    one_line_quantity_one: frozenset[str] = frozenset()
    """Sources whose lines go out with quantity 1 and the line's amount as rate."""

    @property
    def pulls(self) -> bool:
        """Whether Zoho's changes come into the local side."""
        return self.direction is not Direction.PUSH

    @property
    def pushes(self) -> bool:
        """Whether local changes go to Zoho."""
        return self.direction is not Direction.PULL

    def allows(self, verb: Verb) -> bool:
        """Whether the person lets this kind of write happen at all; permissions are ``lacking``."""
        chosen = {Verb.CREATE: self.may_create, Verb.UPDATE: self.may_update, Verb.DELETE: self.may_delete}
        return self.pushes and chosen[verb]


_DEFAULTS: Mapping[str, ModulePolicy] = MappingProxyType(
    {
        "contacts": ModulePolicy(
            ignore_vendors=True,
            link_by_email=True,
            link_by_name=True,
            first_link_takes_remote=True,
            take_over_new=True,
        ),
        # Only asked for payments of invoices that have a local side: being paid in Zoho must be known here.
        "customerpayments": ModulePolicy(take_over_new=True),
    }
)
_EVERYTHING = "zohobooks.fullaccess.all"


def policy_for(
    module: Module,
    *,
    read_only: bool,
    scopes: Collection[str] = (),
    overrides: Mapping[str, Any] | None = None,
) -> ModulePolicy:
    """The policy of a module: its habits, the person's own choices over them, and what the sign-in allows.

    ``scopes`` are those granted; none at all means that they are not known, and Zoho decides. ``overrides`` are fields
    of ``ModulePolicy`` by name. Raises ``TypeError`` for a name that is none.
    """
    chosen = replace(_DEFAULTS.get(module.name, ModulePolicy()), **dict(overrides or {}))
    chosen = replace(chosen, direction=Direction(chosen.direction), lacking=_lacking(module, scopes))
    return replace(chosen, direction=Direction.PULL, read_only=True) if read_only else chosen


def _lacking(module: Module, scopes: Collection[str]) -> frozenset[Verb]:
    granted = {scope.casefold() for scope in scopes}
    whole = f"zohobooks.{module.scope}.all".casefold()
    if not granted or _EVERYTHING in granted or whole in granted:
        return frozenset()
    return frozenset(verb for verb in Verb if scope_name(module, verb).casefold() not in granted)


def scope_name(module: Module, verb: Verb) -> str:
    """The permission that this kind of write needs, as Zoho spells it."""
    return f"ZohoBooks.{module.scope}.{verb.value}"
