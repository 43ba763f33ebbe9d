"""What the button beside a cause does, in words and as a key. Total: a cause that is not listed can be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.views import Connection, ProblemView
from zbdesk.ui.editing.editor import can_edit
from zbdesk.ui.webhooks.words import webhook_remedy


@dataclass(frozen=True, slots=True)
class Remedy:
    """``act``: open (a page of Zoho Books), edit, dates or settle (for all), sign_in, webhooks, retry.

    ``place``: where in Zoho Books, or which part of the Webhooks page.
    """

    act: str
    words: str
    icon: str = ""
    place: str = ""


_PLACES = {
    "missing_currency": ("Open currencies in Zoho Books", "settings/currencies"),
    "missing_exchange_rate": ("Open currencies in Zoho Books", "settings/currencies"),
    "locked_period": ("Open transaction locking", "settings/transaction-locking"),
    "permission": ("Open users and roles", "settings/users"),
    "no_permission": ("Open users and roles", "settings/users"),
    "inactive_contact": ("Open contacts in Zoho Books", "contacts"),
    "inactive_item": ("Open items in Zoho Books", "inventory/items"),
    "duplicate_in_zoho": ("Open Zoho Books", ""),
    "plan_limit": ("Open Zoho Books", ""),
}
_SETTLED = {"unknown_reference", "missing_currency", "duplicate_name"}
_EDITED = {
    "duplicate_number", "duplicate_name", "unknown_reference", "total_differs", "validation", "inactive_item",
    "inactive_contact", "missing_account",
}  # fmt: skip


def remedies_of(members: Sequence[ProblemView]) -> list[Remedy]:
    """The remedy that most people want first, then a second way; never empty."""
    first = members[0]
    found = _elsewhere(first)
    editable = first.record_id is not None and first.module is not None and can_edit(first.module)
    settled = _settled(first)
    if settled is not None and first.cause != "missing_currency":
        found.append(settled)
    if first.cause == "locked_period" and editable:
        found.append(Remedy("dates", _tr("Change their dates…") if len(members) > 1 else _tr("Change its date…")))
    if first.cause in _EDITED and editable:
        words = {
            "duplicate_name": _tr("Rename here…"), "duplicate_number": _tr("Change the number…"),
            "unknown_reference": _tr("Choose another…"),
        }.get(first.cause, _tr("Edit…"))  # fmt: skip
        found.append(Remedy("edit", words, "pencil"))
    if first.cause in _PLACES:
        words, place = _PLACES[first.cause]
        found.append(Remedy("open", _tr(words), "external-link", place))
    if settled is not None and settled not in found:
        found.append(settled)
    if not found:
        found.append(Remedy("retry", _tr("Try again"), "rotate-cw"))
    return found


def _elsewhere(problem: ProblemView) -> list[Remedy]:
    """What is settled by a question or on another page, not at the record."""
    found: list[Remedy] = []
    if problem.cause == "mass_deletion" and problem.module:
        found.append(Remedy("gone", _tr("Say whether they are gone…"), "list-checks"))
    if problem.cause == "run_limit":
        found.append(Remedy("allow", _tr("Look at the run…"), "list-checks"))
    if problem.cause == "missing_scope":
        found.append(Remedy("sign_in", _tr("Sign in again…"), "log-in"))
    webhooks = webhook_remedy(problem.cause)
    if webhooks is not None:
        found.append(Remedy("webhooks", webhooks[1], "webhook", webhooks[0]))
    return found


def _settled(problem: ProblemView) -> Remedy | None:
    """Fixing it once for all that wait for the same, where that can be."""
    if problem.record_id is None or problem.cause not in _SETTLED:
        return None
    if problem.cause == "duplicate_name":
        return Remedy("settle", _tr("Link to it…"), "arrow-left-right")
    return Remedy("settle", _tr("Say what it means…"), "list-checks")


def address(connection: Connection, place: str) -> str | None:
    """The page of Zoho Books; None where there is none (own server)."""
    from zbdesk.ui.links import books_page

    home = books_page(connection)
    return home if home is None or not place else f"{home}#/{place}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remedies", text)
