"""What only the books can tell of a document: unknown customers and taxes, numbers that are taken, totals that differ.

Works on the documents of one chunk at a time, so that the books are asked once for many. Writes nothing.
Invariant: a fault stands at the cell that causes it, with the nearest names where a name is unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from zbdesk.domain.document_names import LINES
from zbdesk.domain.documents import Document, Reference
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.money import decimals
from zbdesk.sources.base import CellError, SourceDocument
from zbdesk.sources.totals import check_total

_NUMBERED = frozenset({"estimates", "salesorders", "invoices", "debit_notes", "creditnotes", "purchaseorders"})
"""Modules whose numbers are the company's own and unique; a bill's is its vendor's."""

_ALWAYS_WAITS = frozenset({"source_id", "local_id"})
_NOT_LOOKED_UP = frozenset({"currencies"})
"""A currency that is not set up yet is a problem with a remedy of its own."""

_MONEY = ("total", "amount", "shipping_charge", "adjustment")


class Books(Protocol):
    """What the local database knows. Every question is about many at once."""

    def is_read(self, module: str) -> bool:
        """Whether Zoho's list of this module was read to its end: else a name is not unknown, only not here yet."""
        ...

    def known(self, reference: Reference, names: Collection[str]) -> Collection[str]:
        """Those of the names that lead to a record, of Zoho's or of ours; ``reference`` says how and where to look."""
        ...

    def near(self, reference: Reference) -> Sequence[str]:
        """Names like the one that is unknown, the nearest first."""
        ...

    def tax_rates(self) -> Mapping[str, Decimal]:
        """Per cent of each tax, by id and by folded name."""
        ...

    def taken(self, module: str, numbers: Collection[str], source: str) -> Mapping[str, tuple[str, str]]:
        """Numbers that other records have: number to (source id if it is of this source, words for where it is)."""
        ...

    def currency_of(self, fields: Mapping[str, Any]) -> str:
        """The currency of a document that names none: its customer's, else the organization's; "" where unknown."""
        ...


class Checker:
    """Holds the documents of one import against the books."""

    def __init__(self, module: Module, books: Books, source: str, *, unknown_waits: bool) -> None:
        self._module = module
        self._books = books
        self._source = source
        self._unknown_waits = unknown_waits
        self._settled: set[Reference] = set()
        """References that were looked up, and those that need not be."""

        self._unknown_ones: set[Reference] = set()
        self._number_field = next((name for name in module.number_fields if name in module.write_fields), None)
        self._rates: Mapping[str, Decimal] | None = None

    def check(self, documents: Sequence[tuple[SourceDocument, Document]]) -> list[list[CellError]]:
        """The faults of each document, in order."""
        if not self._unknown_waits:
            self._look_up(documents)
        taken = self._taken(documents)
        return [list(self._faults(given, document, taken)) for given, document in documents]

    def _faults(
        self, given: SourceDocument, document: Document, taken: Mapping[str, tuple[str, str]]
    ) -> Iterator[CellError]:
        if not self._unknown_waits:
            for reference in document.references if self._unknown_ones else ():
                if reference in self._unknown_ones:
                    yield from self._unknown(given, document, reference)
        if taken:
            number = str(document.fields.get(self._number_field or "") or "")
            if number in taken and taken[number][0] != document.source_id:
                where = taken[number][1]
                yield at(
                    given,
                    self._number_field or "",
                    f"{self._module.singular} {number} is in the books already ({where}). Give this one another "
                    "number, or leave the row out.",
                )
        yield from self._money(given, document)

    # Names

    def _look_up(self, documents: Sequence[tuple[SourceDocument, Document]]) -> None:
        asked: dict[tuple[str, str, str], dict[str, Reference]] = {}
        new = {reference for _, document in documents for reference in document.references} - self._settled
        self._settled |= new
        for reference in new:
            if reference.by in _ALWAYS_WAITS or reference.module in _NOT_LOOKED_UP:
                continue
            if self._books.is_read(reference.module):
                asked.setdefault((reference.module, reference.field, reference.by), {})[reference.value] = reference
        for references in asked.values():
            one = next(iter(references.values()))
            known = {name.strip().casefold() for name in self._books.known(one, references.keys())}
            for value, reference in references.items():
                if value.strip().casefold() not in known:
                    self._unknown_ones.add(reference)

    def _unknown(self, given: SourceDocument, document: Document, reference: Reference) -> Iterator[CellError]:
        what = MODULES[reference.module].singular.lower() if reference.module in MODULES else reference.module
        if reference.field in {"customer_id", "vendor_id"}:
            what = reference.field.removesuffix("_id")
        near = self._books.near(reference)
        hint = (
            f"Did you mean {' or '.join(f'“{name}”' for name in near)}?"
            if near
            else f"Enter the {what} first, here or in Zoho Books, or correct the name."
        )
        for path in _paths(document.fields, reference):
            yield at(given, path, f"There is no {what} “{reference.value}” in the books. {hint}", reference.value)

    # Numbers and amounts

    def _taken(self, documents: Sequence[tuple[SourceDocument, Document]]) -> Mapping[str, tuple[str, str]]:
        if self._number_field is None or self._module.name not in _NUMBERED:
            return {}
        numbers = {str(found) for _, document in documents if (found := document.fields.get(self._number_field))}
        return self._books.taken(self._module.name, numbers, self._source) if numbers else {}

    def _money(self, given: SourceDocument, document: Document) -> Iterator[CellError]:
        fields = document.fields
        if not any(fields.get(name) is not None for name in _MONEY):
            return
        currency = currency_of(fields) or self._books.currency_of(fields)
        places = decimals(currency) if currency else None
        for name in _MONEY:
            amount = fields.get(name)
            if places is not None and isinstance(amount, Decimal) and _too_fine(amount, places):
                yield at(given, name, f"{currency} has {places or 'no'} decimals; this amount has more. Round it.")
                return
        if fields.get("total") is not None and fields.get(LINES):
            if self._rates is None:
                self._rates = self._books.tax_rates()
            difference = check_total(fields, currency, self._rates)
            if difference is not None:
                yield at(given, "total", difference.message)


def currency_of(fields: Mapping[str, Any]) -> str:
    """The currency that a document names by its code; "" where it does not."""
    named = fields.get("currency")
    return str(named.get("code") or "").upper() if isinstance(named, Mapping) else ""


def at(given: SourceDocument, path: str, message: str, value: str = "") -> CellError:
    """A fault at the cell from which this part of the document came."""
    if given.cells:
        row, heading, shown, place = given.cells[path]
        return CellError(row, heading, shown or value, message, place, path)
    return CellError(given.rows[0] if given.rows else 0, "", value, message, -1, path)


def _paths(fields: Mapping[str, Any], reference: Reference) -> Iterator[str]:
    """Every place of a document where this reference stands."""
    name, wanted = reference.field.removesuffix("_id"), {reference.by: reference.value}
    if fields.get(name) == wanted:
        yield name
    for inside, entries in fields.items():
        if isinstance(entries, list):
            for index, entry in enumerate(entries):
                if isinstance(entry, Mapping) and entry.get(name) == wanted:
                    yield f"{inside}[{index}].{name}"


def _too_fine(amount: Decimal, places: int) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and -exponent > places
