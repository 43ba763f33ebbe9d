"""How a record goes into the full-text index, and how typed text becomes a question to it. Pure.

Invariant: a word (``domain/words.py``) holds nothing that the query language would read, so whatever is typed is text
and never a command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zbdesk.domain.words import fold, in_words

FUNCTION = "record_words_1"
"""Under which name SQLite's triggers know ``index_words``."""

FEED_MARK = "\ue000"
"""Begins the word that says which module a record belongs to; a private sign, which never stays in a text."""

_PIECE = re.compile(r"\s+")
_MOST_WORDS = 12
_MOST_PIECES = 40


def index_words(feed_id: int, number: str | None, party: str | None, reference: str | None, status: str | None) -> str:
    """What the index holds of one record; all texts but the status are folded keys.

    Called by the database for each change. Must not be changed: what went in by it is taken out by it. Other rules
    need another name (``FUNCTION``, ``search_index.TABLE``), so that the index is made anew.
    """
    own = in_words(f"{number or ''} {reference or ''}")
    return f"{FEED_MARK}{feed_id} {_often(party)} {_often(status)} {' '.join(own)}"


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
    """The typed words folded, signs kept, for looking through keys; after many words the rest counts as one."""
    return [piece for piece in _PIECE.split(fold(text) or "", maxsplit=_MOST_PIECES) if piece]
