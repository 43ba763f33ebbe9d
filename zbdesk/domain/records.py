"""Records as plain values: what crosses from Zoho's client to the engine and on to the store."""

from __future__ import annotations

from typing import NamedTuple


class RemoteRow(NamedTuple):
    """One list row of Zoho Books: the typed columns that tables show, and the row's bytes as they were sent.

    Dates are ``YYYY-MM-DD`` or None; ``modified_at`` is whole seconds since 1970 UTC; ``total`` and ``balance`` are
    exact scaled integers (``money.to_scaled``); empty text from Zoho is None.
    """

    remote_id: str
    number: str | None
    date: str | None
    due_date: str | None
    party: str | None
    party_id: str | None
    status: str | None
    currency: str | None
    total: int | None
    balance: int | None
    reference: str | None
    modified_at: int | None
    payload: bytes


class Page(NamedTuple):
    """One list answer, split but not interpreted further. Duplicate ids inside it are already folded into one."""

    rows: list[RemoteRow]
    has_more: bool
    sort_column: str | None
    """What ``page_context`` says was done; None where Zoho sends no ``page_context``."""

    applied_filter: str | None
