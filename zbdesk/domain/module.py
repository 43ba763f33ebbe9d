"""What one Zoho Books module is: the type of the catalogue's declarations (``modules.py``).

Pull, push, tables, filters, export, scopes and the demo server read these fields and nothing else, so that a new
module is one declaration. Invariant: a declaration says only what Zoho documents or what was seen live; the contract
test holds it against Zoho's OpenAPI description.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Feed(StrEnum):
    """How the records of a module are listed."""

    PAGED = "paged"
    """``GET path?page=&per_page=`` until ``has_more_page`` is false."""

    WHOLE = "whole"
    """One answer holds everything and may lack ``page_context`` (settings lists)."""

    NESTED = "nested"
    """Listed under each record of ``parent``; ``path`` holds ``{parent_id}``. Read with the parent, not by itself."""


class Delta(StrEnum):
    """How an ordinary pass finds what changed (FACTS: newest-first walk, or compare rows)."""

    WALK = "walk"
    """Sorted by ``last_modified_time`` descending; the echo of the sort is checked before it is trusted."""

    SCAN = "scan"
    """No usable time stamp: read the head, go on only while rows differ from what is stored."""


class Section(StrEnum):
    """Where a module stands in the navigation."""

    SALES = "sales"
    PURCHASES = "purchases"
    ACCOUNTANT = "accountant"
    BANKING = "banking"
    PROJECTS = "projects"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class ModuleAction:
    """A status action: ``POST {path}/{id}/{suffix}``; it needs CREATE (DELETE and UPDATE by those methods).

    ``suffix`` may hold ``{child_id}``: the application, address or template concerned.
    """

    name: str
    suffix: str
    method: str = "POST"
    permission: str = ""
    """Where Zoho documents another permission than the method implies."""

    collection: bool = False
    """On the list path, ``{path}/{suffix}``, not on one record."""

    mails: bool = False
    """Whether it sends something to a person outside the company."""

    @property
    def needs(self) -> str:
        """The last word of the scope that this action needs."""
        return self.permission or {"POST": "CREATE", "PUT": "UPDATE", "DELETE": "DELETE"}[self.method]


@dataclass(frozen=True, slots=True)
class Module:
    """One Zoho resource type. Field names are Zoho's own, as they stand in list rows and details."""

    name: str
    """The word used everywhere: database, command line, screens. For example ``invoices``."""

    label: str
    """Plural for people, English source text: ``Customer payments``."""

    singular: str
    """One of them: ``Customer payment``."""

    section: Section
    path: str
    """Below ``/books/v3``, with leading slash: ``/invoices``."""

    list_keys: tuple[str, ...]
    """All spellings of the list node, the documented first; an answer with none of them is an error, never empty.
    Empty only where there is no list call at all."""

    detail_keys: tuple[str, ...]
    id_field: str
    number_fields: tuple[str, ...]
    """First non-empty one is shown as the record's number or name."""

    scope: str
    """The middle word of ``ZohoBooks.<scope>.READ``."""

    feed: Feed = Feed.PAGED
    delta: Delta = Delta.SCAN
    date_field: str | None = None
    due_date_field: str | None = None
    party_field: str | None = None
    party_id_field: str | None = None
    status_field: str | None = "status"
    """A word, or for some settings the boolean ``is_active``, which reads as ``active`` or ``inactive``."""

    currency_field: str | None = "currency_code"
    total_field: str | None = None
    balance_field: str | None = None
    reference_field: str | None = None
    modified_field: str | None = "last_modified_time"
    """Only read from rows that carry it; None where Zoho never sends it."""

    list_params: tuple[tuple[str, str], ...] = ()
    """Always sent with a list call: switches off default filters that hide rows."""

    sorts: tuple[str, ...] = ()
    """Documented values of ``sort_column``."""

    sorts_seen: tuple[str, ...] = ()
    """Accepted live though undocumented; trusted only when echoed."""

    filters: tuple[str, ...] = ()
    """Documented query parameters of the list call, without page, per_page, sort_column, sort_order."""

    filter_by: tuple[str, ...] = ()
    """Documented values of ``filter_by``."""

    rows_complete: bool = False
    """True where a list row holds all there is, so that no detail is ever read."""

    detail_path: str | None = None
    """``/x/{id}``; None derives it from ``path``; empty string: there is no detail call."""

    parent: str | None = None
    """The module whose id stands as ``{parent_id}`` in ``path``, ``detail_path`` or ``write_path``."""

    references: tuple[tuple[str, str], ...] = ()
    """(field, module) pairs: what must exist before this record can: ``("customer_id", "contacts")``."""

    write_fields: frozenset[str] = frozenset()
    """Documented body fields of create and update: nothing else is ever sent."""

    required: tuple[str, ...] = ()
    """Required on create, as documented."""

    methods: frozenset[str] = frozenset({"list", "get"})
    """Of list, get, create, update, delete."""

    actions: tuple[ModuleAction, ...] = ()
    unique_key: bool = False
    """Whether Zoho documents the upsert by a unique custom field for it."""

    own_number_flag: bool = False
    """Whether ``ignore_auto_number_generation`` is documented on create."""

    by_default: bool = True
    """Whether the wizard proposes it. Nested feeds and rare modules are off until chosen."""

    extra_scopes: tuple[str, ...] = field(default=())
    """Whole scopes that some operation needs besides ``ZohoBooks.<scope>.*`` (Zoho's copy errors included)."""

    newest_sort: str | None = None
    """The documented sort whose descending order puts new records first; None where there is none."""

    filter_must_echo: bool = False
    """True where an ignored ``filter_by`` would bring another module's records: read no row unless ``applied_filter``
    says that it was applied."""

    write_path: str | None = None
    """Where create and update differ from ``path``; an id is added to it for one record."""

    custom_fields_path: str | None = None
    """``PUT`` path that writes custom fields only; None where Zoho has none."""

    @property
    def listed(self) -> bool:
        """Whether there is a list call at all: what has none is read with its parent's records, never pulled."""
        return "list" in self.methods

    @property
    def read_scope(self) -> str:
        """The permission for list and get."""
        return f"ZohoBooks.{self.scope}.READ"

    def item_path(self, remote_id: str, parent_id: str | None = None) -> str:
        """Path of one record. ``parent_id`` only for nested feeds."""
        base = self.detail_path or f"{self.path}/{{id}}"
        return base.replace("{id}", remote_id).replace("{parent_id}", parent_id or "")
