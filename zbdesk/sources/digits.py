"""Characters of figures and dates in every script, brought to the plain ones that the parsers read."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SAME = {
    **dict.fromkeys("\u2212\u2013\u2014\u2012\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2019\u2018\u02bc\u2032\uff07`\u00b4\u02b9", "'"),
    **dict.fromkeys("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007", " "),
    **dict.fromkeys("\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\uff0c\uff64\u3001\u060c", ","),
    **dict.fromkeys("\uff0e\u00b7", "."),
    **dict.fromkeys("\uff05\ufe6a\u066a", "%"),
    "\uff08": "(", "\uff09": ")", "\uff0b": "+", "\uff0f": "/", "\uff1a": ":",
}  # fmt: skip
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
ARABIC_POINT, ARABIC_COMMA = "\u066b", "\u066c"


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _INVISIBLE:
        return ""
    if (same := _SAME.get(char)) is not None:
        return same
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def plain_figures(text: str) -> str:
    """The text with ASCII digits, signs and spaces and without invisible marks; trimmed. Letters stay as they are."""
    if text.isascii():
        return text.replace("\t", " ").strip()
    return "".join(map(_plain, text)).strip()


def visible(text: str) -> str:
    """The text without marks that nobody sees, spaces of all kinds as one; for headings and names."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join("".join(char for char in text if char not in _INVISIBLE).split())
