"""Zoho's bytes, kept as sent: small in the database, the same bytes when read again.

The rows of a page repeat the same field names, so they are compressed together, as one block: three times faster and
five times smaller than each by itself (2 kB rows, level 1); reading one back unpacks its page, a millisecond. Details
come one by one; each is compressed against a dictionary made of the module's first ones, which is stored once, never
changed, and named in the stream by its Adler-32.
Invariant: what is read is what was sent, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import cast

from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids

_LEVEL = 1
_DICTIONARY_BYTES = 16_384
_BLOCKS_KEPT = 4
_HAS_DICTIONARY = 0x20  # flag in the second byte of a zlib stream


class Packer:
    """Compresses against one dictionary; copying a prepared state is cheaper than preparing it again."""

    def __init__(self, dictionary: bytes) -> None:
        self._ready = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, 8, zlib.Z_DEFAULT_STRATEGY, dictionary)

    def __call__(self, body: bytes) -> bytes:
        """The body, compressed; the same body gives the same bytes."""
        stream = self._ready.copy()
        return stream.compress(body) + stream.flush()


@lru_cache(maxsize=64)
def _packer(dictionary: bytes) -> Packer:
    return Packer(dictionary)


def fingerprint(body: bytes) -> int:
    """64 bits that differ when the bytes do; signed, as databases keep integers."""
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest(), "big", signed=True)


def make_dictionary(db: Database, samples: Sequence[bytes]) -> int:
    """Store a new dictionary made of sample bodies and return its id. Inside a transaction."""
    body = b"".join(samples[:2])[:_DICTIONARY_BYTES] or b"{}"
    while True:
        key = zlib.adler32(body)
        known = db.value("SELECT body FROM dictionary WHERE id = ?", (key,))
        if known is None:
            db.execute("INSERT INTO dictionary (id, body) VALUES (?, ?)", (key, body))
            return key
        if bytes(known) == body:
            return key
        body += b" "  # another dictionary happens to have this checksum


def dictionary(db: Database, key: int) -> bytes:
    """The dictionary's bytes; kept on the handle, since every page needs it."""
    found = db.dictionaries.get(key)
    if found is None:
        found = bytes(db.value("SELECT body FROM dictionary WHERE id = ?", (key,)))
        db.dictionaries[key] = found
    return found


def packer(db: Database, key: int) -> Packer:
    """The compressor for bodies of one kind."""
    return _packer(dictionary(db, key))


def unpack(db: Database, packed: bytes) -> bytes:
    """The bytes as Zoho sent them."""
    packed = bytes(packed)
    if packed[1] & _HAS_DICTIONARY:
        stream = zlib.decompressobj(zdict=dictionary(db, int.from_bytes(packed[2:6], "big")))
    else:
        stream = zlib.decompressobj()
    return stream.decompress(packed) + stream.flush()


def store_block(db: Database, feed_id: int, bodies: Sequence[bytes]) -> list[tuple[int, int, int]]:
    """Store the rows of a page together; returns (block, where, how long) for each, in order. Inside a transaction."""
    block_id = next_ids(db, "block", 1)
    packed = zlib.compress(b"".join(bodies), _LEVEL)
    sql = "INSERT INTO block (id, feed_id, live, body) VALUES (?, ?, ?, ?)"
    db.execute(sql, (block_id, feed_id, len(bodies), packed))
    places = accumulate(map(len, bodies), initial=0)
    return [(block_id, at, len(body)) for at, body in zip(places, bodies, strict=False)]


def leave_blocks(db: Database, block_ids: Iterable[int]) -> None:
    """Count out records that no longer point into these blocks (an id for each); empty blocks go."""
    left = Counter(block_ids)
    db.executemany("UPDATE block SET live = live - ? WHERE id = ?", [(by, block) for block, by in left.items()])
    db.executemany("DELETE FROM block WHERE id = ? AND live = 0", [(block,) for block in left])


def _row(db: Database, block_id: int, at: int, size: int) -> bytes:
    """One row out of its block. The last few blocks are kept unpacked: neighbours are often read together."""
    block = db.blocks.get(block_id)
    if block is None:
        block = zlib.decompress(bytes(db.value("SELECT body FROM block WHERE id = ?", (block_id,))))
        while len(db.blocks) >= _BLOCKS_KEPT:
            del db.blocks[next(iter(db.blocks))]
        db.blocks[block_id] = block
    return block[at : at + size]


_REMOTE = """SELECT b.block_id, b.row_at, b.row_size, b.detail_body, r.detail FROM remote b
    JOIN record r ON r.id = b.record_id WHERE b.record_id = ?"""
_STALE = 2


def remote_of(db: Database, record_id: int) -> dict[str, object] | None:
    """What Zoho last said, in its own field names with exact numbers: row and detail as one.

    The newer of the two wins where both have a field. None for a record Zoho does not know.
    """
    found = db.one(_REMOTE, (record_id,))
    if found is None:
        return None
    block_id, at, size, packed, state = found
    row = parse(_row(db, block_id, at, size))
    if packed is None:
        return row
    detail = parse(unpack(db, packed))
    return detail | row if state == _STALE else row | detail


def parse(body: bytes) -> dict[str, object]:
    """JSON object with every number that has a point as Decimal."""
    return cast("dict[str, object]", json.loads(body, parse_float=Decimal))
