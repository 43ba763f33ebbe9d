"""Text as people look for it: folded, and parted into words in every script. Pure.

Texts are split at signs and spaces, and where letters and digits meet, so that ``INV-000123`` is found by ``inv 123``
and ``123``. Scripts that are written without spaces are parted sign by sign, so that any part of a Japanese name can be
asked for as a phrase. Invariant: folding what is folded changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # Chinese, Japanese
)
_SIGNS = (
    r"\s\x00-/:-@\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff"
    r"\u3000-\u3004\u3008-\u303f\ud800-\uf8ff\ufff0-\uffff"
)
_WORD = re.compile(f"[0-9]+|[{_UNSPACED}]|[^0-9{_SIGNS}{_UNSPACED}]+")
_CHANGED = frozenset("0\u0627")
_ARTICLE = "\u0627\u0644"  # Arabic "al-", written onto the word


@lru_cache(maxsize=32768)
def fold(text: str | None) -> str | None:
    """Case folded, accents dropped, space at the ends trimmed; None for nothing to show."""
    if text is None:
        return None
    if text.isascii():
        return text.strip().lower() or None
    folded = text
    # Taking signs apart may bring capitals to light ("㎐" is "Hz"), and folding those may bring accents.
    while (parts := _plain(folded)) != folded:
        folded = parts
    return folded.strip() or None


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def in_words(text: str) -> list[str]:
    """The words of a folded text, in order. Zeros before a number are left out; so is the Arabic article."""
    # Most words are as they stand; asking for the few others by their first sign spares a call for each.
    return [_bare(word) if word[0] in _CHANGED else word for word in _WORD.findall(text)]


def _bare(word: str) -> str:
    if word[0] == "0":
        return word.lstrip("0") or "0"
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE):
        return word[len(_ARTICLE) :]
    return word
