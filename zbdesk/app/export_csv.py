"""CSV as a spreadsheet on this computer takes it: separator, decimal sign and mark of the encoding.

Where numbers have a decimal comma, a comma between the cells would tear amounts apart: spreadsheets there expect a
semicolon. Plain CSV, for programs, has commas, points and no mark.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How cells are parted and amounts are written."""

    separator: str = ","
    decimal: str = "."
    marked: bool = False
    """With the bytes at the start by which spreadsheets recognise UTF-8."""

    @property
    def encoding(self) -> str:
        """The encoding's name."""
        return "utf-8-sig" if self.marked else "utf-8"

    def amount(self, text: str) -> str:
        """A plain decimal with this style's sign; grouping is never used."""
        return text if self.decimal == "." else text.replace(".", self.decimal)


PLAIN = CsvStyle()


def for_this_computer(locale: str | None = None) -> CsvStyle:
    """What the spreadsheet here expects, by the system's settings for numbers; ``locale``: a name such as ``de_DE``."""
    decimal, separator = _of_system() if locale is None else (None, None)
    decimal = decimal or _decimal_of(locale)
    return CsvStyle(separator or (";" if decimal == "," else ","), decimal, marked=True)


def _decimal_of(locale: str | None) -> str:
    from babel import Locale, UnknownLocaleError, default_locale
    from babel.numbers import get_decimal_symbol

    name = locale or default_locale("LC_NUMERIC")
    if name is None:
        return "."
    try:
        symbol = get_decimal_symbol(Locale.parse(name))
    except (UnknownLocaleError, ValueError):
        return "."
    # Spreadsheets write digits of every script with one of these two.
    return "," if symbol in {",", "٫"} else "."


if sys.platform == "win32":

    def _of_system() -> tuple[str | None, str | None]:
        """What a person set in the control panel, which may differ from what the language has."""
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Control Panel\International") as key:
                decimal, separator = (str(winreg.QueryValueEx(key, name)[0]) for name in ("sDecimal", "sList"))
        except OSError:
            return None, None
        usable = decimal in {".", ","} and len(separator) == 1 and separator != decimal
        return (decimal, separator) if usable else (None, None)

else:

    def _of_system() -> tuple[str | None, str | None]:
        """Elsewhere the language says it all."""
        return None, None
