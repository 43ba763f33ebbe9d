"""Questions to all records at once: which of them hold the typed words, module by module.

Through the full-text index (``search_index``) where it is there, else by looking through the keys with LIKE.
Invariant: nothing is ranked. The closest come by the index of numbers, the rest newest first, so that a question reads
as many records as it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zbdesk.domain.found import Found
from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.store.keys import fold, like_pattern
from zbdesk.store.module_states import marks
from zbdesk.store.queries import rows_by_ids
from zbdesk.store.search_index import PREFIXES, TABLE, VOCABULARY, is_built
from zbdesk.store.search_words import of_feed, question, typed_pieces

ENOUGH = 400
"""Up to so many hits are taken at once and parted by module; where there are more, each module is asked by itself."""

MOST_WORDS = 60
"""A frequent beginning longer than what is indexed is followed into so many words."""

_LAST = "\U0010ffff"
_Of = Callable[[int], list[int]]
"""The ids found for a feed, newest first."""


def find(db: Database, connection_id: int, text: str, modules: Sequence[str], *, limit: int = 5) -> list[Found]:
    """The first records of each of these modules in which all typed words occur; modules without any are left out.

    First modules where a number or name is exactly what was typed, then those where one begins with it, then the rest,
    each in the order given. What is deleted in Zoho Books is not found.
    """
    text = text.encode("utf-8", "ignore").decode().replace("\x00", " ")  # neither can stand in a database
    typed = fold(text)
    if typed is None:
        return []
    with db.snapshot():
        feeds = {feed.id: name for name in modules if (feed := module_states.find_feed(db, connection_id, name))}
        rest = _by_index(db, text, limit + 1) if is_built(db) else _by_keys(db, text, limit + 1)
        ranked: list[tuple[int, Found]] = []
        for feed_id, name in feeds.items():
            exact = _exact(db, feed_id, typed, limit + 1)
            near = _beginning(db, feed_id, typed, limit + 1)
            ids = list(dict.fromkeys([*exact, *near, *rest(feed_id)]))
            if ids:
                rank = 0 if exact else 1 if near else 2
                ranked.append((rank, Found(name, tuple(rows_by_ids(db, ids[:limit])), more=len(ids) > limit)))
    return [found for _, found in sorted(ranked, key=lambda pair: pair[0])]


def _exact(db: Database, feed_id: int, typed: str, limit: int) -> list[int]:
    sql = "SELECT id FROM record WHERE feed_id = ? AND gone = 0 AND number_key = ? LIMIT ?"
    return [row[0] for row in db.all(sql, (feed_id, typed, limit))]


def _beginning(db: Database, feed_id: int, typed: str, limit: int) -> list[int]:
    """By the index of numbers, shortest first: ``INV-12`` before ``INV-120``."""
    sql = """SELECT id FROM record WHERE feed_id = ? AND gone = 0 AND number_key > ? AND number_key < ?
        ORDER BY number_key LIMIT ?"""
    return [row[0] for row in db.all(sql, (feed_id, typed, typed + _LAST, limit))]


def _by_index(db: Database, text: str, limit: int) -> _Of:
    """Newest first, through the full-text index.

    The index keeps the places of a word in order, but has to gather those of many words before it gives the first. So
    a frequent word is asked for as it stands; and where what it may become is frequent, by those words themselves.
    """
    asked = question(text)
    if asked is None:
        return lambda _feed_id: []
    match = asked.exactly()
    if len(_matches(db, match, ENOUGH)) < ENOUGH:
        match = asked.going_on()
        hits = _matches(db, match, ENOUGH)
        if len(hits) < ENOUGH:
            return _parted(db, hits)
        if len(asked.last) > PREFIXES:
            match = asked.ending_in(_words_from(db, asked.last))
    return lambda feed_id: _matches(db, of_feed(match, feed_id), limit)


def _words_from(db: Database, word: str) -> list[str]:
    sql = f"SELECT term FROM {VOCABULARY} WHERE term >= ? AND term < ? LIMIT ?"  # noqa: S608 - our name
    return [row[0] for row in db.all(sql, (word, word + _LAST, MOST_WORDS))]


def _matches(db: Database, asked: str, limit: int) -> list[int]:
    sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - our name
    return [row[0] for row in db.all(sql, (asked, limit))]


def _parted(db: Database, ids: Sequence[int]) -> _Of:
    by_feed: dict[int, list[int]] = {}
    sql = f"SELECT id, feed_id FROM record WHERE id IN ({marks(ids)}) ORDER BY id DESC"  # noqa: S608 - placeholders
    for record_id, feed_id in db.all(sql, tuple(ids)) if ids else []:
        by_feed.setdefault(feed_id, []).append(record_id)
    return lambda feed_id: by_feed.get(feed_id, [])


def _by_keys(db: Database, text: str, limit: int) -> _Of:
    """Newest first, by looking through the keys: each typed word anywhere in one of them."""
    pieces = [like_pattern(piece) for piece in typed_pieces(text)]
    keys = ("number_key", "party_key", "reference_key", "status")
    one = "(" + " OR ".join(f"{key} LIKE ? ESCAPE '\\'" for key in keys) + ")"
    sql = f"""SELECT id FROM record WHERE feed_id = ? AND gone = 0 AND {" AND ".join([one] * len(pieces))}
        ORDER BY id DESC LIMIT ?"""  # noqa: S608 - our columns
    values = [pattern for pattern in pieces for _ in keys]

    def of(feed_id: int) -> list[int]:
        if not pieces:
            return []
        return [row[0] for row in db.all(sql, (feed_id, *values, limit))]

    return of
