"""One cell as the value of its field: text, exact amount, ISO date, flag or reference, or the reason why not. Pure.

A column's converter remembers what it has read: files repeat themselves. Invariant: what comes back is in the one form
in which a document holds it there (``document_parts.value_at``), or a ``Fault``. Values are shared and never changed.
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
from zbdesk.domain.document_parts import Faults, value_at
from zbdesk.domain.module import Module
from zbdesk.sources.amounts import AmountStyle, BadAmount, parse_amount, plain_amounts
from zbdesk.sources.base import BadCell, CellValue
from zbdesk.sources.currencies import CODES, currency_of
from zbdesk.sources.dates import BadDate, DateOrder, parse_day
from zbdesk.sources.digits import visible
from zbdesk.sources.fields import Target
from zbdesk.sources.reading.headings import text_of

_KEPT = 20_000
_REPEATED = 1_000
"""Plain values that are kept: a column of quantities has fewer, one of prices is read as fast as it is looked up."""

_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9./_-]*(?: [A-Za-z0-9./_-]+)*")
_SHORT = 100

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


@dataclass(frozen=True, slots=True)
class Marked:
    """An amount with a currency beside it: ``value`` is what the document holds."""

    value: object
    currency: str


class _Nothing:
    """A cell that says nothing: empty, or spaces."""


NOTHING: Final = _Nothing()

ODD: Final[frozenset[type]] = frozenset({Fault, Marked, _Nothing})
"""What a converter gives beside plain values: to be told apart by one look at its class."""


class _Texts(dict[str, object]):
    """Text of a cell to its value; what is not there is read when it is asked for.

    ``plain`` reads texts that need no closer look; None leaves one to ``convert``.
    """

    __slots__ = ("_convert", "_plain")

    def __init__(self, convert: Callable[[CellValue], object], plain: Callable[[str], object]) -> None:
        super().__init__()
        self._convert = convert
        self._plain = plain

    def __missing__(self, text: str) -> object:
        found = self._plain(text)
        if found is None:
            if len(self) >= _KEPT:
                self.clear()
            found = self[text] = self._convert(text)
        elif len(self) < _REPEATED:
            self[text] = found
        return found


def _plain_text(text: str) -> str | None:
    """Words of letters and figures that begin with a letter: what they are in a document too."""
    return text if len(text) <= _SHORT and _WORDS.fullmatch(text) else None


def _nothing_plain(text: str) -> None:
    del text


class Converter:
    """Turns the cells of one column into values of one field of a module's documents."""

    def __init__(
        self, module: Module, target: Target, style: AmountStyle, order: DateOrder | None, *, negate: bool = False
    ) -> None:
        self.target = target
        is_amount = target.kind in {"number", "debit", "credit"} and not negate
        plain = plain_amounts(style) if is_amount else _plain_text if target.kind == "text" else _nothing_plain
        self.texts: dict[str, object] = _Texts(self._convert, plain)
        """The same as calling it, for cells that are text: ``texts[cell]``."""

        self._module = module
        self._style = style
        self._order = order
        self._negate = negate
        self._read = _READERS[target.kind]
        # A journal's two columns become one amount; an id of the source and a custom field are what they are.
        self._stored_as = "amount" if target.kind in {"debit", "credit"} else target.name
        self._is_raw = target.kind == "source_id" or target.name == "custom_fields"

    def __call__(self, cell: CellValue) -> object:
        """The value; ``NOTHING`` for a blank cell, a ``Fault`` for one that cannot be read, or an amount ``Marked``."""
        return self.texts[cell] if isinstance(cell, str) else self._convert(cell)

    def _convert(self, cell: CellValue) -> object:
        value = self._converted(cell)
        if isinstance(value, Marked):
            stored = self._stored(value.value)
            return stored if isinstance(stored, Fault) else Marked(stored, value.currency)
        return value if value is NOTHING or isinstance(value, Fault) else self._stored(value)

    def _stored(self, value: object) -> object:
        if self._is_raw:
            return value
        faults: Faults = []
        inside = self.target.inside or self.target.nested
        stored = value_at(self._module, self._stored_as, value, faults, inside=inside)
        if faults:
            return Fault(faults[0][1])
        return NOTHING if stored is None else stored

    def _converted(self, cell: CellValue) -> object:
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
        return Marked(value, amount.currency) if amount.currency else value

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
