"""Which field a column probably is, by its heading in many languages and by what its cells hold. Pure; only proposes.

Nothing that changes the meaning of a value is settled here: the order of dates and the decimal sign are proposed with
the evidence, and a person says which it is. Invariant: a field is proposed for one column at most.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from zbdesk.domain.module import Module
from zbdesk.sources.amounts import AmountStyle, BadAmount, parse_amount
from zbdesk.sources.base import BadCell, CellValue
from zbdesk.sources.currencies import CODES
from zbdesk.sources.dates import ORDERS, BadDate, DateOrder, parse_day, possible_orders
from zbdesk.sources.fields import Target, target_of
from zbdesk.sources.reading.headings import distinct, key
from zbdesk.sources.synonyms import SYNONYMS

_SURE, _LIKELY, _POSSIBLE = 1.0, 0.8, 0.5
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NEAR = 0.86


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposal for one column. ``confidence`` from 0 to 1; ``reason``: ``name`` or ``content``."""

    column: str
    """The column's own name, as a mapping names it."""

    place: int
    path: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a table probably is."""

    columns: tuple[Guess, ...]
    layout: str
    date_orders: tuple[DateOrder, ...]
    """Orders that every date of the sample fits, ISO dates aside; all three where nothing tells. To be asked for when
    ``asks_date_order``."""

    asks_date_order: bool
    decimal: str
    """The decimal sign that every amount fits; "" where nothing tells."""

    def as_mapping(self) -> dict[str, object]:
        """The proposal in a mapping's own words, without what a person has to say."""
        return {"layout": self.layout, "columns": {guess.column: guess.path for guess in self.columns}}


def suggest(module: Module, headings: Sequence[str], sample: Sequence[Sequence[CellValue]]) -> Suggestion:
    """Propose fields for columns by name first, then by content for what is left."""
    names = distinct(headings)
    columns = [[row[place] for row in sample if place < len(row)] for place in range(len(headings))]
    found: dict[str, Guess] = {}
    free = set(range(len(headings)))
    for score, place, path in sorted(_by_name(module, headings, columns), key=lambda one: (-one[0], one[1])):
        if place in free and path not in found and not _clashes(path, found):
            found[path] = Guess(names[place], place, path, score, "name")
            free.discard(place)
    for place in sorted(free):
        guess = _by_content(module, columns[place], found)
        if guess is not None:
            found[guess] = Guess(names[place], place, guess, _POSSIBLE, "content")
    guesses = tuple(sorted(found.values(), key=lambda one: one.place))
    dates = [cell for guess in guesses if _kind(module, guess.path) == "date" for cell in columns[guess.place]]
    amounts = [cell for guess in guesses if _kind(module, guess.path) == "number" for cell in columns[guess.place]]
    orders, asks = date_orders(dates)
    return Suggestion(guesses, _layout(guesses, columns), orders, asks, decimal_of(amounts))


def roles(module: Module) -> Iterator[tuple[str, str]]:
    """(role of ``SYNONYMS``, path) of everything that documents of a module have, the usual ones first."""
    for role, *paths in _ROLES:
        for path in paths:
            wanted = path
            if path == "@number":
                wanted = next((name for name in module.number_fields if name in module.write_fields), "")
            elif path == "@date":
                wanted = module.date_field or ""
            elif path == "@due":
                wanted = module.due_date_field or ""
            if wanted and isinstance(target_of(module, wanted), Target):
                yield role, wanted
                break


_ROLES: tuple[tuple[str, ...], ...] = (
    ("source_id", "source_id"),
    ("number", "@number"),
    ("party", "customer.name"),
    ("vendor", "vendor.name"),
    ("email", "customer.email", "email"),
    ("date", "@date", "date", "journal_date"),
    ("due", "@due", "due_date"),
    ("currency", "currency.code"),
    ("invoice_paid", "invoices.invoice.number"),
    ("amount_applied", "invoices.amount_applied"),
    ("total", "amount", "total"),
    ("item", "line_items.name"),
    ("description", "line_items.description", "description"),
    ("quantity", "line_items.quantity"),
    ("rate", "line_items.rate", "rate"),
    ("tax", "line_items.tax.name", "tax.name"),
    ("discount", "line_items.discount"),
    ("line_total", "line_items.item_total"),
    ("debit", "line_items.debit"),
    ("credit", "line_items.credit"),
    ("account", "line_items.account.name", "account.name"),
    ("notes", "notes"),
    ("reference", "reference_number"),
    ("name", "contact_name", "name", "customer.name"),
    ("company", "company_name"),
    ("first_name", "first_name"),
    ("last_name", "last_name"),
    ("phone", "phone"),
    ("street", "billing_address.address"),
    ("city", "billing_address.city"),
    ("zip", "billing_address.zip"),
    ("country", "billing_address.country"),
    ("sku", "sku"),
    ("payment_mode", "payment_mode"),
)


def _by_name(
    module: Module, headings: Sequence[str], columns: Sequence[Sequence[CellValue]]
) -> Iterator[tuple[float, int, str]]:
    for place, heading in enumerate(headings):
        word = _word(heading)
        if not word:
            continue
        direct = target_of(module, heading.strip().replace(" ", "_").casefold())
        if isinstance(direct, Target):
            yield _SURE + 0.05, place, direct.path
        for rank, (role, path) in enumerate(roles(module)):
            score = _alike(word, SYNONYMS[role])
            if score and _can_be(module, path, columns[place]):
                yield score - rank / 1000, place, path


def _word(heading: str) -> str:
    return re.sub(r"\s*[(\[].*?[)\]]\s*$", "", key(heading)).strip(" :*_-").replace("_", " ")


def _alike(word: str, known: frozenset[str]) -> float:
    if word in known:
        return _SURE
    if len(word) >= 5 and any(
        abs(len(one) - len(word)) <= 2 and SequenceMatcher(None, word, one).ratio() >= _NEAR for one in known
    ):
        return _LIKELY
    return 0.0


def _clashes(path: str, found: dict[str, Guess]) -> bool:
    """Whether another column already says the same thing in another way."""
    head = path.rpartition(".")[0]
    return path.endswith((".name", ".email")) and f"{head}_id" in found


def _kind(module: Module, path: str) -> str:
    target = target_of(module, path)
    return target.kind if isinstance(target, Target) else ""


def _can_be(module: Module, path: str, cells: Sequence[CellValue]) -> bool:
    """Whether what stands in the column can be that at all."""
    filled = [cell for cell in cells if cell not in {None, ""} and not isinstance(cell, BadCell)]
    if not filled:
        return True
    kind = _kind(module, path)
    if kind in {"number", "debit", "credit"}:
        return sum(_is_amount(cell) for cell in filled) * 2 >= len(filled)
    if kind == "date":
        return sum(_is_date(cell) for cell in filled) * 2 >= len(filled)
    return not (kind == "reference" and all(isinstance(cell, (dt.date, dt.time)) for cell in filled))


def _by_content(module: Module, cells: Sequence[CellValue], found: dict[str, Guess]) -> str | None:
    filled = [cell for cell in cells if cell not in {None, ""} and not isinstance(cell, BadCell)]
    if len(filled) < 2:
        return None
    known = dict(roles(module))
    wanted = ""
    if all(isinstance(cell, str) and cell.strip().upper() in CODES for cell in filled):
        wanted = known.get("currency", "")
    elif all(isinstance(cell, str) and _EMAIL.fullmatch(cell.strip()) for cell in filled):
        wanted = known.get("email", "")
    elif all(_is_date(cell) for cell in filled):
        wanted = known.get("date", "")
    return wanted if wanted and wanted not in found else None


def _is_amount(cell: CellValue) -> bool:
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        return True
    if not isinstance(cell, str):
        return False
    for decimal in (".", ","):
        try:
            parse_amount(cell, AmountStyle(decimal))
        except BadAmount:
            continue
        return True
    return False


def _is_date(cell: CellValue) -> bool:
    if isinstance(cell, dt.date):
        return True
    if not isinstance(cell, str):
        return False
    for order in ORDERS:
        try:
            parse_day(cell, order)
        except BadDate:
            continue
        return True
    return False


def _layout(guesses: Sequence[Guess], columns: Sequence[Sequence[CellValue]]) -> str:
    """Several rows with one number, or lines at all, are rows of lines."""
    if any(guess.path.startswith(("line_items.", "invoices.")) for guess in guesses):
        return "row_per_line"
    for guess in guesses:
        if guess.path == "source_id" or guess.path.endswith("_number"):
            filled = [cell for cell in columns[guess.place] if cell not in {None, ""}]
            if len(set(map(str, filled))) < len(filled):
                return "row_per_line"
    return "row_per_document"


def date_orders(cells: Sequence[CellValue]) -> tuple[tuple[DateOrder, ...], bool]:
    """The orders that all texts fit, and whether a person has to be asked: some text can be read in two ways."""
    orders = set(ORDERS)
    asks = False
    for cell in cells:
        fits = possible_orders(cell) if isinstance(cell, str) and cell else None
        if fits is not None:
            orders &= fits
            if len(fits) > 1 and not _reads_one_way(str(cell)):
                asks = True
    return tuple(order for order in ORDERS if order in orders), asks


def _reads_one_way(text: str) -> bool:
    try:
        parse_day(text, None)
    except BadDate:
        return False
    return True


def decimal_of(cells: Sequence[CellValue]) -> str:
    """The decimal sign that the texts show: the only one that all of them fit; "" where both or neither do."""
    fits = {".": True, ",": True}
    for cell in cells:
        if not isinstance(cell, str) or not cell.strip():
            continue
        for sign, still in fits.items():
            if still and not _fits(cell, sign):
                fits[sign] = False
    left = [sign for sign, still in fits.items() if still]
    return left[0] if len(left) == 1 else ""


def _fits(text: str, sign: str) -> bool:
    try:
        parse_amount(text, AmountStyle(sign))
    except BadAmount:
        return False
    return True
