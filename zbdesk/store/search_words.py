"""Words of the search over all records: how folded text becomes words in the index, and typed text a question to it.

Pure. Texts are split at signs and spaces, and where letters and digits meet, so that ``INV-000123`` is found by
``inv 123`` and ``123``. Scripts that are written without spaces go in sign by sign, and a typed run of them is asked
for as a phrase: any part of a Japanese name finds it.
Invariant: a word holds nothing that the query language would read, so whatever is typed is text and never a command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zbdesk.store.keys import fold

FUNCTION = "record_words_1"
"""Under which name SQLite's triggers know ``index_words``."""

FEED_MARK = "\ue000"
"""Begins the word that says which module a record belongs to; a private sign, which never stays in a text."""

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
_PIECE = re.compile(r"\s+")
_ARTICLE = "\u0627\u0644"  # Arabic "al-", written onto the word
_MOST_WORDS = 12


def in_words(text: str) -> list[str]:
    """The words of a folded text, in order. Zeros before a number are left out; so is the Arabic article."""
    return [_bare(word) for word in _WORD.findall(text)]


def _bare(word: str) -> str:
    if "0" <= word[0] <= "9":
        return word.lstrip("0") or "0"
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE):
        return word[len(_ARTICLE) :]
    return word


def index_words(feed_id: int, number: str | None, party: str | None, reference: str | None, status: str | None) -> str:
    """What the index holds of one record; all texts but the status are folded keys.

    Called by the database for each change. Must not be changed: what went in by it is taken out by it. Other rules
    need another name (``FUNCTION``, ``search_index.TABLE``), so that the index is made anew.
    """
    return (
        f"{FEED_MARK}{feed_id} {_often(party)} {' '.join(in_words(number or ''))} "
        f"{' '.join(in_words(reference or ''))} {_often(status)}"
    )


@lru_cache(maxsize=32768)
def _often(text: str | None) -> str:
    """Words of a text that many records share."""
    return " ".join(in_words(text or ""))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the index: phrases that must all occur. The last word of the last one may go on."""

    phrases: tuple[tuple[str, ...], ...]

    @property
    def last(self) -> str:
        """The word that may go on."""
        return self.phrases[-1][-1]

    def exactly(self) -> str:
        """All words as they stand."""
        return " AND ".join(_phrase(words) for words in self.phrases)

    def going_on(self) -> str:
        """The last word, and whatever begins with it."""
        return f"{self.exactly()} *"

    def ending_in(self, words: Sequence[str]) -> str:
        """With one of these in the place of the last word."""
        *before, last = self.phrases
        ends = " OR ".join(_phrase((*last[:-1], word)) for word in words)
        return " AND ".join([*(_phrase(phrase) for phrase in before), f"({ends})"])


def question(text: str) -> Question | None:
    """All typed words, each as a phrase; None where nothing typed can be found."""
    typed = [tuple(in_words(piece)) for piece in _PIECE.split(fold(text) or "")]
    phrases = tuple(words for words in typed if words)[:_MOST_WORDS]
    return Question(phrases) if phrases else None


def of_feed(asked: str, feed_id: int) -> str:
    """The same question, of one module alone."""
    return f'"{FEED_MARK}{feed_id}" AND {asked}'


def _phrase(words: Sequence[str]) -> str:
    return " + ".join(f'"{word}"' for word in words)


def typed_pieces(text: str) -> list[str]:
    """The typed words folded, signs kept: what a search without the index looks for."""
    return [piece for piece in _PIECE.split(fold(text) or "") if piece][:_MOST_WORDS]
