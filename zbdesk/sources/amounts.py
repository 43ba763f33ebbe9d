"""Amounts as people and programs write them, read exactly or not at all. Pure; no float anywhere.

Knows decimal comma and point, grouping by comma, point, space and apostrophe, Indian grouping, figures of any script,
minus before and behind, accounting parentheses, CR and DR, currency signs and codes, per cent. Invariant: a text that
could mean two amounts is refused with both readings, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from zbdesk.sources.currencies import currency_of
from zbdesk.sources.digits import ARABIC_COMMA, ARABIC_POINT, plain_figures

_WHOLE = "([1-9][0-9]{0,8})"
_PART = r"((?:0|[1-9][0-9]{0,8})\.%s)"
_PLAIN = {
    # Three decimals are no plain matter where nobody said what the point means.
    "": re.compile(rf"{_WHOLE}(?:\.00?)?|{_PART % '[1-9]'}0?|{_PART % '[0-9][1-9]'}"),
    ".": re.compile(rf"{_WHOLE}(?:\.0{{1,6}})?|{_PART % '[0-9]{0,5}[1-9]'}0{{0,6}}"),
    ",": re.compile(_WHOLE),
}
_FIGURES = re.compile(r"\d[\d.,' ]*\d|\d|(?<![\w.,])[.,]\d+")
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d+")
_GROUPS = re.compile(r"\d{1,3}(?P<sign>[.,' ])\d{3}(?:(?P=sign)\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?P<sign>[,' ])(?:\d{2}(?P=sign))*\d{3}")
_CREDIT = {"CR", "CR.", "H", "HABEN"}
_DEBIT = {"DR", "DR.", "SOLL"}
_DASHES = {"-", "--", "---"}
_LONGEST = 60


class BadAmount(ValueError):
    """Why this is no amount, for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read. ``currency``: the code beside the figure, "" for none or an ambiguous sign."""

    value: Decimal
    currency: str = ""
    is_percentage: bool = False


@dataclass(frozen=True, slots=True)
class AmountStyle:
    """How a file writes amounts. ``decimal``: "." or ","; "" where nobody said."""

    decimal: str = ""
    credit_negative: bool = True
    """What CR means: an amount against us, or simply an amount."""


def plain_amounts(style: AmountStyle) -> Callable[[str], Decimal | None]:
    """A reader of amounts that need no closer look, as most are: digits and perhaps a point, more than zero.

    What it gives is what ``parse_amount`` gives, without zeros at the end; None leaves a text to that.
    """
    match = _PLAIN[style.decimal].fullmatch

    def read(text: str) -> Decimal | None:
        found = match(text)
        return None if found is None else Decimal(found[found.lastindex or 0])

    return read


def parse_amount(text: str, style: AmountStyle) -> Amount:
    """The amount that a text means. Raises ``BadAmount`` with a sentence."""
    decimal = style.decimal
    figure = text
    if ARABIC_POINT in text or ARABIC_COMMA in text:
        figure, decimal = text.replace(ARABIC_COMMA, "'").replace(ARABIC_POINT, "."), "."
    figure = plain_figures(figure)
    if len(figure) > _LONGEST:
        raise BadAmount("This text is too long for an amount.")
    if figure in _DASHES:
        return Amount(Decimal(0))  # how accountants and their spreadsheet formats write nothing
    if _SCIENTIFIC.fullmatch(figure):
        raise BadAmount("This is scientific notation, which has lost digits. Format the column as a number.")
    found = _FIGURES.search(figure)
    if found is None:
        raise BadAmount("This is not an amount; write it like 1234.50.")
    negative, currency, percentage = _around(figure[: found.start()], figure[found.end() :], text, style)
    value = _value(found.group(), decimal)
    return Amount(-value if negative and value else value, currency, percentage)


def _around(  # noqa: C901 - one branch a mark
    before: str, after: str, text: str, style: AmountStyle
) -> tuple[bool, str, bool]:
    """What stands around the figure: sign, currency, per cent. Raises for anything else."""
    minus, currency, percentage = 0, "", False
    rest = f"{before} {after}".upper()
    if "(" in rest or ")" in rest:
        if not ("(" in before and ")" in after) or rest.count("(") != 1 or rest.count(")") != 1:
            raise BadAmount("A bracket of this amount is missing; write (100.00) or -100.00.")
        minus += 1
        rest = rest.replace("(", " ").replace(")", " ")
    if after.strip().startswith(",-"):
        rest = rest.replace(",-", " ", 1)  # 12,- is twelve
    for sign in ("-", "+"):
        minus += rest.count(sign) if sign == "-" else 0
        rest = rest.replace(sign, " ")
    if minus > 1:
        raise BadAmount("This amount has two minus signs; one is enough.")
    if "%" in rest:
        percentage = True
        rest = rest.replace("%", " ")
    for word in rest.split():
        if word in _CREDIT:
            minus += style.credit_negative
        elif word in _DEBIT:
            minus += not style.credit_negative
        elif (code := currency_of(word)) is not None:
            if code and currency and code != currency:
                raise BadAmount("Two currencies stand beside this amount; one is enough.")
            currency = code or currency
        else:
            raise BadAmount(f"“{text.strip()}” is not an amount; write it like 1234.50.")
    return minus == 1, currency, percentage


def _value(figure: str, decimal: str) -> Decimal:
    figure = figure.strip()
    if not decimal:
        decimal = _decimal_of(figure)
    whole, point, fraction = figure.rpartition(decimal) if decimal in figure else (figure, "", "")
    if decimal in whole:
        raise BadAmount(f"“{figure}” has more than one decimal {_word(decimal)}.")
    if point and not fraction.isdecimal():
        other = "." if decimal == "," else ","
        raise BadAmount(
            f"“{figure}” does not fit a decimal {_word(decimal)}; the file may write a decimal {_word(other)}."
        )
    digits = _ungrouped(whole, figure, decimal)
    return Decimal(f"{digits or '0'}.{fraction}" if fraction else digits)


def _ungrouped(whole: str, figure: str, decimal: str) -> str:
    if whole.isdecimal() or not whole:
        return whole
    if _GROUPS.fullmatch(whole) or _INDIAN.fullmatch(whole):
        return "".join(char for char in whole if char.isdecimal())
    other = "." if decimal == "," else ","
    raise BadAmount(
        f"“{figure}” does not fit a decimal {_word(decimal)}: its thousands are not in threes. Correct it, or say that "
        f"the file has a decimal {_word(other)}."
    )


def _decimal_of(figure: str) -> str:
    """The decimal sign of one figure, where only one reading is possible. Raises for 1,234."""
    points, commas = figure.count("."), figure.count(",")
    if points and commas:
        return "." if figure.rfind(".") > figure.rfind(",") else ","
    if points + commas != 1:
        return "." if commas else ","  # none at all, or only a grouping sign
    sign = "." if points else ","
    whole, _, fraction = figure.partition(sign)
    grouped = "'" in whole or " " in whole
    if len(fraction) != 3 or grouped or not whole or len(whole) > 3 or whole.startswith("0"):
        return sign
    raise BadAmount(
        f"“{figure}” can be {whole}{fraction} or {whole}.{fraction}. Say in the mapping whether the file writes a "
        "decimal point or a decimal comma."
    )


def _word(sign: str) -> str:
    return "comma" if sign == "," else "point"
