"""Which columns a module's table has: read from its declaration, so that no module is a special case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.module import Module


class Kind(StrEnum):
    """How a cell is painted and measured."""

    STATE = "state"
    TEXT = "text"
    PARTY = "party"
    DATE = "date"
    STATUS = "status"
    CODE = "code"
    MONEY = "money"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` is the field of ``RecordView``, ``sort`` the store's word for sorting by it, if it can."""

    key: str
    title: str
    kind: Kind
    sort: str | None
    shown: bool = True
    rank: int = 0
    """The view hides the highest rank first when it has no room; 0 is never hidden."""

    coded: bool = False
    """Whether Zoho sends a code word here, such as ``other_current_asset``, that is shown as words."""


def columns_of(module: Module) -> tuple[Column, ...]:
    """All columns this module can show, in order; the ones not ``shown`` are offered by the column chooser."""
    tr = _tr
    columns = [
        Column("state", tr("State"), Kind.STATE, "state"),
        Column("number", _number_title(module), Kind.PARTY if _named(module) else Kind.TEXT, "number"),
    ]
    if module.date_field:
        columns.append(Column("date", tr("Date"), Kind.DATE, "date", rank=2))
    if module.party_field:
        rank, coded = 6 if _named(module) else 0, module.party_field.endswith("_type")
        columns.append(Column("party", _party_title(module), Kind.PARTY, "party", rank=rank, coded=coded))
    if module.reference_field:
        columns.append(Column("reference", tr("Reference"), Kind.TEXT, None, shown=False, rank=6))
    if module.due_date_field:
        columns.append(Column("due_date", tr("Due"), Kind.DATE, "due_date", rank=4))
    if module.status_field:
        columns.append(Column("status", tr("Status"), Kind.STATUS, "status", rank=3))
    has_amount = bool(module.total_field or module.balance_field)
    if module.currency_field and has_amount:
        columns.append(Column("currency", tr("Code"), Kind.CODE, "currency", rank=1))
    if module.total_field:
        columns.append(Column("total", tr("Amount"), Kind.MONEY, "total", shown=not module.balance_field, rank=5))
    if module.balance_field:
        columns.append(Column("balance", tr("Balance"), Kind.MONEY, "balance"))
    sparse = len([column for column in columns if column.shown]) < 4
    columns.append(Column("modified_at", tr("Changed"), Kind.STAMP, "modified_at", shown=sparse, rank=7))
    return tuple(columns)


def amount_key(module: Module) -> str | None:
    """The column whose sums are shown for a selection: the balance, or else the total."""
    if module.balance_field:
        return "balance"
    return "total" if module.total_field else None


def first_sort(module: Module) -> tuple[str, bool]:
    """How a table opens: newest first where there is a date, else by name."""
    return ("date", True) if module.date_field else ("number", False)


def _named(module: Module) -> bool:
    """Whether its records go by a name instead of a number; names may be long and give way first."""
    first = module.number_fields[0] if module.number_fields else ""
    return not first.endswith(("number", "code", "date"))


def _number_title(module: Module) -> str:
    if _named(module):
        return _tr("Name")
    return _tr("Code") if module.number_fields[0].endswith("code") else _tr("Number")


def _party_title(module: Module) -> str:
    known = {
        "customer_name": _tr("Customer"),
        "vendor_name": _tr("Vendor"),
        "company_name": _tr("Company"),
        "account_type": _tr("Type"),
        "bank_name": _tr("Bank"),
        "payee": _tr("Payee"),
    }
    field = module.party_field or ""
    return known.get(field, field.removesuffix("_name").replace("_", " ").capitalize())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Columns", text)
