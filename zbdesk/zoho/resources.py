"""Lists, details, counts and organizations by module: which question to ask, and the answer as rows.

Driven by the module's declaration alone; no module has a code path of its own. What Zoho really did (sort, filter) is
handed back with each page, because it ignores silently what it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from zbdesk.domain.module import Feed, Module
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.views import Organization
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.errors import UnexpectedAnswer
from zbdesk.zoho.fields import FieldReader
from zbdesk.zoho.limits import Priority
from zbdesk.zoho.rows import PER_PAGE, row_reader
from zbdesk.zoho.writing import Writer

_COUNT_KEYS = ("total", "total_count", "count", "total_records", "record_count")
_FIND_PAGES = 5
_nodes = msgspec.json.Decoder(dict[str, msgspec.Raw])
_any = msgspec.json.Decoder(dict[str, object])
_exact = msgspec.json.Decoder(dict[str, object], float_hook=Decimal)


class Books(Writer, FieldReader):
    """Zoho Books of one organization, read and written by module; the writing half stands in ``writing.py``."""

    def __init__(self, client: ZohoClient) -> None:
        self.client = client

    @property
    def calls(self) -> int:
        """Books calls made so far, every try counted."""
        return self.client.calls

    async def list_page(
        self,
        module: Module,
        page: int,
        *,
        sort: str | None = None,
        order: str | None = None,
        extra: Iterable[tuple[str, str]] = (),
        priority: Priority = Priority.POLL,
        per_page: int = PER_PAGE,
        parent_id: str | None = None,
    ) -> Page:
        """One page of a list, from 1. ``order`` is ``A`` or ``D``; ``parent_id`` for nested feeds.

        Whether ``sort`` was obeyed stands in ``Page.sort_column`` and nowhere else. Raises ``UnexpectedAnswer`` where
        the list is missing from the answer.
        """
        params = dict(module.list_params)
        if module.feed is not Feed.WHOLE or page > 1:
            params |= {"page": str(page), "per_page": str(per_page)}
        if sort is not None:
            params["sort_column"] = sort
            if order is not None:
                params["sort_order"] = order
        params |= dict(extra)
        body = await self.client.get(_list_path(module, parent_id), params, priority=priority, part=module.label)
        return row_reader(module).page(body)

    async def find(
        self, module: Module, filters: Mapping[str, str], *, priority: Priority = Priority.POLL
    ) -> list[RemoteRow]:
        """Rows that Zoho names under these filters, from at most five pages.

        A filter that it does not know is ignored without a word, so each row must be held against what was asked.
        """
        rows: list[RemoteRow] = []
        for number in range(1, _FIND_PAGES + 1):
            page = await self.list_page(module, number, extra=tuple(filters.items()), priority=priority)
            rows += page.rows
            if not page.has_more:
                break
        return rows

    async def detail(
        self,
        module: Module,
        remote_id: str,
        parent_id: str | None = None,
        priority: Priority = Priority.POLL,
    ) -> tuple[RemoteRow, bytes]:
        """One record in full: its typed columns and its bytes as sent. Raises ``NotFound`` where it is gone."""
        path = module.item_path(remote_id, parent_id)
        body = await self.client.get(path, priority=priority, part=module.label)
        return row_reader(module).detail(body)

    async def below(
        self, module: Module, remote_id: str, name: str, *, priority: Priority = Priority.POLL
    ) -> dict[str, object]:
        """What stands below a record, as Zoho sends it: refunds, applied credits. Numbers are exact.

        Raises ``UnexpectedAnswer``, or what a refusal means.
        """
        path = f"{module.item_path(remote_id)}/{name}"
        body = await self.client.get(path, {"per_page": str(PER_PAGE)}, priority=priority, part=module.label)
        try:
            return _exact.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise UnexpectedAnswer(module.label, "readable JSON") from exc

    async def organizations(self) -> list[Organization]:
        """All organizations that the user can see, inactive ones included. Needs no organization id."""
        body = await self.client.get("/organizations", priority=Priority.USER, part="organizations", organization=False)
        try:
            rows = _any.decode(body).get("organizations")
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise UnexpectedAnswer("organizations", "readable JSON") from exc
        if not isinstance(rows, list):
            raise UnexpectedAnswer("organizations", "organizations")
        return [_organization(row) for row in rows if isinstance(row, dict) and _word(row, "organization_id")]

    async def count(self, module: Module) -> int | None:
        """How many records there are, in one call; None where the answer does not say.

        ``response_option=2`` is documented for invoices only. Where it is ignored, a list that fits one page has told
        its number all the same.
        """
        params = [*module.list_params, ("page", "1"), ("per_page", str(PER_PAGE)), ("response_option", "2")]
        body = await self.client.get(_list_path(module, None), params, priority=Priority.USER, part=module.label)
        return _count(module, body)


def _list_path(module: Module, parent_id: str | None) -> str:
    if "{parent_id}" in module.path and parent_id is None:
        raise ValueError(f"{module.name} is listed under a record of {module.parent}: its id is needed")
    return module.path.replace("{parent_id}", parent_id or "")


def _count(module: Module, body: bytes) -> int | None:
    try:
        nodes = _nodes.decode(body)
        context = _any.decode(nodes["page_context"]) if "page_context" in nodes else {}
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    for key in _COUNT_KEYS:
        for value in (context.get(key), _whole(nodes.get(key))):
            if (number := _number(value)) is not None:
                return number
    if not any(key in nodes for key in module.list_keys):
        return None
    page = row_reader(module).page(body)
    return len(page.rows) if page.rows and not page.has_more else None


def _whole(raw: msgspec.Raw | None) -> str | None:
    return bytes(raw).decode("ascii", "replace").strip('" ') if raw is not None else None


def _number(value: object) -> int | None:
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _organization(row: dict[str, object]) -> Organization:
    active = row.get("is_org_active")
    return Organization(
        organization_id=_word(row, "organization_id"),
        name=_word(row, "name"),
        country=_word(row, "country"),
        currency_code=_word(row, "currency_code"),
        time_zone=_word(row, "time_zone") or "UTC",
        language_code=_word(row, "language_code"),
        fiscal_year_start_month=_word(row, "fiscal_year_start_month"),
        plan=_word(row, "plan_name") or _word(row, "plan_type"),
        edition=_word(row, "version"),
        tax_id=_word(row, "tax_id_value"),
        date_format=_word(row, "date_format"),
        active=not (active is False or (isinstance(active, str) and active.casefold() == "false")),
    )


def _word(row: dict[str, object], key: str) -> str:
    """A field as text, whatever type it came in; ids arrive as numbers too, which are exact in Python."""
    value = row.get(key)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
