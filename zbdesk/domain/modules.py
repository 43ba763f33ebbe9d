"""The catalogue of Zoho Books modules, and the permissions that a choice of them needs.

Everything that handles "any module" goes through ``MODULES`` or ``module()``; nothing else lists Zoho's resources.
Invariant: the order is that of a first load, in which whatever a record refers to is usually there before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from zbdesk.domain.catalogue import accountant, banking, contacts, projects, purchases, sales, sales_more, settings
from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module

_SECTIONS = (settings, contacts, sales, sales_more, purchases, accountant, banking, projects)

MODULES: Mapping[str, Module] = MappingProxyType(
    {declared.name: declared for section in _SECTIONS for declared in section.DECLARATIONS}
)

_OTHER_NAMES = {
    "customers": "contacts",
    "customer": "contacts",
    "vendors": "contacts",
    "vendor": "contacts",
    "suppliers": "contacts",
    "products": "items",
    "quotes": "estimates",
    "quote": "estimates",
    "payments": "customerpayments",
    "paymentsreceived": "customerpayments",
    "paymentsmade": "vendorpayments",
    "billpayments": "vendorpayments",
    "manualjournals": "journals",
    "accounts": "chartofaccounts",
    "coa": "chartofaccounts",
    "timesheets": "time_entries",
    "timesheet": "time_entries",
    "basecurrencyadjustment": "base_currency_adjustments",
    "taxgroup": "tax_groups",
}


class UnknownModule(UsageError):
    """Somebody named a module that Zoho Books does not have, or that is spelled differently."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no module {name}.",
            f"The modules are: {', '.join(MODULES)}.",
            subject=name,
        )


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _spellings() -> dict[str, str]:
    found = dict(_OTHER_NAMES)
    for declared in MODULES.values():
        for spelling in (declared.singular, declared.label, declared.name):
            found[_plain(spelling)] = declared.name
    return found


_SPELLINGS = _spellings()


def module(name: str) -> Module:
    """The declaration of a module by its name, label, singular or a common other word, in any spelling.

    Case, spaces, hyphens and underscores do not matter: ``Credit notes``, ``credit-note`` and ``creditnotes`` are one.
    Raises ``UnknownModule`` naming the known ones.
    """
    try:
        return MODULES[_SPELLINGS[_plain(name)]]
    except KeyError:
        raise UnknownModule(name) from None


def _scopes(areas: str, *permissions: str) -> tuple[str, ...]:
    return tuple(f"ZohoBooks.{area}.{permission}" for area in areas.split() for permission in permissions)


_READ_AREAS = (
    "contacts settings estimates invoices customerpayments creditnotes salesorders expenses bills vendorpayments "
    "debitnotes purchaseorders accountants banking projects"
)
_WRITE_AREAS = (
    "contacts settings estimates invoices customerpayments creditnotes salesorders expenses bills vendorpayments "
    "debitnotes purchaseorders accountants"
)

READ_SCOPES = _scopes(_READ_AREAS, "READ")
"""What reading all the usual modules needs."""

WRITE_SCOPES = _scopes(_WRITE_AREAS, "CREATE", "UPDATE")
"""What writing needs besides ``READ_SCOPES``. Nothing here deletes; status actions count as CREATE."""


def scopes_for(modules: Iterable[str], *, write: bool, delete: bool = False) -> tuple[str, ...]:
    """The permissions to ask for at consent, least first, for these modules and no others.

    Settings are always among them: organizations, currencies and, when writing, the custom field that carries our key.
    ``delete`` counts only together with ``write``. Raises ``UnknownModule``.
    """
    chosen = [module(name) for name in modules]
    areas = dict.fromkeys(["settings", *(declared.scope for declared in chosen)])
    scopes = dict.fromkeys(f"ZohoBooks.{area}.READ" for area in areas)
    if write:
        written = " ".join(area for area in areas if area in _WRITE_AREAS.split())
        scopes |= dict.fromkeys(_scopes(written, "CREATE", "UPDATE"))
        scopes |= dict.fromkeys(extra for declared in chosen for extra in declared.extra_scopes)
        if delete:
            deleted = {declared.scope for declared in chosen if "delete" in declared.methods}
            scopes |= dict.fromkeys(_scopes(" ".join(a for a in written.split() if a in deleted), "DELETE"))
    return tuple(scopes)
