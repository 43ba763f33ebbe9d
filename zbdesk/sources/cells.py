"""One cell as the value of its field: text, exact amount, ISO date, flag or reference, or the reason why not. Pure.

A column's converter remembers what it has read: files repeat themselves. Invariant: what comes back is what a document
may hold there, or a ``Fault``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from zbdesk.domain.document_names import LINE_KEY
from zbdesk.sources.amounts import AmountStyle, BadAmount, parse_amount
from zbdesk.sources.base import BadCell, CellValue
from zbdesk.sources.currencies import CODES, currency_of
from zbdesk.sources.dates import BadDate, DateOrder, parse_day
from zbdesk.sources.digits import visible
from zbdesk.sources.fields import Target
from zbdesk.sources.reading.headings import text_of

_KEPT = 20_000
_ERRORS = re.compile(r"#(REF!|N/A|NA|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|BEZUG!|NV|WERT!|ZAHL!|¡REF!|¡VALOR!|#+)|Err:\d{3}")
_SHORTENED = re.compile(r"\d[.,]?\d*[eE]\+\d{2,3}")
_LONG = re.compile(r"\d{16,}")
_YES = frozenset(
    [
        "true",
        "yes",
        "y",
        "1",
        "x",
        "✓",
        "✔",
        "ja",
        "j",
        "wahr",
        "oui",
        "vrai",
        "si",
        "sí",
        "verdadero",
        "sim",
        "sì",
        "vero",
        "tak",
        "да",
        "истина",
        "はい",
        "是",
        "هاں",
        "हाँ",
        "نعم",
        "כן",
        "evet",
    ]
)
_NO = frozenset(
    [
        "false",
        "no",
        "n",
        "0",
        "-",
        "nein",
        "falsch",
        "non",
        "faux",
        "falso",
        "não",
        "nao",
        "nie",
        "нет",
        "ложь",
        "いいえ",
        "否",
        "नहीं",
        "لا",
        "לא",
        "hayır",
    ]
)
_IDENTIFIES = frozenset({"source_id", LINE_KEY, "reference_number", "sku"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be taken."""

    message: str
    merged: bool = False


class _Nothing:
    """A cell that says nothing, though it is not empty: spaces."""


NOTHING: Final = _Nothing()


class Converter:
    """Turns the cells of one column into values of one field."""

    def __init__(self, target: Target, style: AmountStyle, order: DateOrder | None, *, negate: bool = False) -> None:
        self.target = target
        self.marks: dict[str, str] = {}
        """Cell text to the currency code that stands beside the amount in it."""

        self.cache: dict[str, object] = {}
        self._style = style
        self._order = order
        self._negate = negate
        self._read = _READERS[target.kind]

    def __call__(self, cell: CellValue) -> object:
        """The value; ``NOTHING`` for a blank cell, a ``Fault`` for one that cannot be read."""
        if isinstance(cell, str):
            found = self.cache.get(cell)
            if found is None:
                if len(self.cache) >= _KEPT:
                    self.cache.clear()
                found = self.cache[cell] = self._convert(cell)
            return found
        return self._convert(cell)

    def _convert(self, cell: CellValue) -> object:
        if cell is None:
            return NOTHING
        if isinstance(cell, BadCell):
            return Fault(cell.message, cell.merged)
        if isinstance(cell, str):
            cell = cell.replace("\u00a0", " ").strip()
            if not cell:
                return NOTHING
            if cell[0] in "#E" and _ERRORS.fullmatch(cell):
                return Fault(
                    f"The spreadsheet shows {cell} here: its formula fails. Mend the formula, or enter the value."
                )
        return self._read(self, cell)

    # One reader for each kind of field.

    def text(self, cell: CellValue) -> object:
        """Text as it stands; a number keeps its digits."""
        name = self.target.name
        if not isinstance(cell, str):
            return _plain(cell)
        if name in _IDENTIFIES or name.endswith(("_number", "_id")):
            return _identifier(cell)
        return cell.replace("\r\n", "\n")

    def number(self, cell: CellValue) -> object:  # noqa: PLR0911 - one return a kind of cell
        """An exact amount; a share only where one may stand."""
        if isinstance(cell, (dt.date, dt.time)):
            return Fault("This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.")
        if isinstance(cell, bool):
            return Fault("This is TRUE or FALSE where an amount is wanted.")
        if isinstance(cell, (int, Decimal)):
            value = Decimal(cell)
            return -value if self._negate and value else value
        text = str(cell)
        try:
            amount = parse_amount(text, self._style)
        except BadAmount as bad:
            return Fault(str(bad))
        value = -amount.value if self._negate and amount.value else amount.value
        if amount.is_percentage:
            name = self.target.name
            if name == "discount":
                return f"{value:f}%"
            if not name.endswith("percentage"):
                return Fault("This is a percentage where an amount is wanted.")
        if amount.currency:
            self.marks[text] = self.marks[str(cell)] = amount.currency
        return value

    def date(self, cell: CellValue) -> object:
        """A day as ISO text."""
        if isinstance(cell, dt.datetime):
            return cell.date().isoformat()
        if isinstance(cell, dt.date):
            return cell.isoformat()
        if not isinstance(cell, str):
            return Fault(f"“{text_of(cell)}” is a number where a date is wanted. Format the column as a date.")
        try:
            return parse_day(cell, self._order).isoformat()
        except BadDate as bad:
            return Fault(str(bad))

    def flag(self, cell: CellValue) -> object:
        """Yes or no, in several languages."""
        if isinstance(cell, bool):
            return cell
        word = text_of(cell).casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False
        return Fault(f"“{text_of(cell)}” is neither yes nor no.")

    def reference(self, cell: CellValue) -> object:
        """Another record by one of its names."""
        text = _identifier(cell) if isinstance(cell, str) else _plain(cell)
        if isinstance(text, Fault):
            return text
        return {self.target.by: visible(str(text))}

    def currency(self, cell: CellValue) -> object:
        """A currency by its code or its own sign."""
        word = text_of(cell).upper()
        code = word if word in CODES else currency_of(word)
        if code:
            return {"code": code}
        if code == "":
            return Fault(f"“{text_of(cell)}” is the sign of several currencies. Write the code, as in USD.")
        return Fault(f"“{text_of(cell)}” is no currency. Write its code, as in EUR.")


def _plain(cell: CellValue) -> object:
    """Something else than text in a text field."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)


def _identifier(text: str) -> object:
    """A number or key by which something is known: not one that a spreadsheet has shortened."""
    if text[0].isdecimal() and (_SHORTENED.fullmatch(text) or (_LONG.fullmatch(text) and not text[15:].strip("0"))):
        return Fault(
            f"“{text}” has lost its last digits in a spreadsheet. Format the column as text, enter it again and "
            "save the file."
        )
    return visible(text)


_READERS: MappingProxyType[str, Callable[[Converter, CellValue], object]] = MappingProxyType(
    {
        "text": Converter.text,
        "source_id": Converter.text,
        "number": Converter.number,
        "debit": Converter.number,
        "credit": Converter.number,
        "date": Converter.date,
        "flag": Converter.flag,
        "reference": Converter.reference,
        "currency": Converter.currency,
    }
)
