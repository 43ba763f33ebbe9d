"""Payload bytes, moments, keys and ids: exact in, exact out."""

from __future__ import annotations

import uuid
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zbdesk.store import payloads
from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids, time_ordered_ids
from zbdesk.store.keys import fold, like_pattern
from zbdesk.store.times import from_us, to_us

from .build import NOW, now


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), st.binary(max_size=2_000))
@settings(max_examples=50, deadline=None)
def test_bytes_come_back_as_sent(tmp_path_factory: pytest.TempPathFactory, samples: list[bytes], body: bytes) -> None:
    """Whatever the dictionary was made of, unpacking gives the very bytes, also on another handle."""
    path: Path = tmp_path_factory.mktemp("bytes") / "mirror.db"
    with Database.open(path, now=now) as db:
        with db.transaction():
            key = payloads.make_dictionary(db, samples)
            assert payloads.make_dictionary(db, samples) == key
            packed = payloads.packer(db, key)(body)
        with Database.open_reader(path) as reader:
            assert payloads.unpack(reader, packed) == body


def test_dictionaries_with_one_checksum_are_kept_apart(db: Database) -> None:
    """Two dictionaries that happen to share their Adler-32 are not mistaken for each other."""
    samples = (bytes([10, 0, 20, 0, 10]), bytes([11, 0, 18, 0, 11]))
    assert zlib.adler32(samples[0]) == zlib.adler32(samples[1])
    with db.transaction():
        keys = [payloads.make_dictionary(db, [sample]) for sample in samples]
        assert len(set(keys)) == 2
        for key in keys:
            assert payloads.unpack(db, payloads.packer(db, key)(b"body")) == b"body"


def test_repeated_field_names_cost_little(db: Database) -> None:
    """Against a dictionary of the module's rows, a row takes a fraction of its length."""
    rows = [
        b'{"invoice_id": "98%d", "customer_name": "Acme", "last_modified_time": "2026"}' % place for place in range(9)
    ]
    with db.transaction():
        key = payloads.make_dictionary(db, rows)
        assert len(payloads.packer(db, key)(rows[8])) < len(rows[8]) / 3


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 - zone added below
def test_moments_are_exact(moment: datetime) -> None:
    """Microseconds survive the way through the database."""
    aware = moment.replace(tzinfo=UTC)
    assert from_us(to_us(aware)) == aware


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (" INV-1 ", "inv-1"),
        ("Straße", "strasse"),
        ("ÉCLAIR", "eclair"),
        ("İstanbul", "istanbul"),
        ("株式会社", "株式会社"),
    ],
)
def test_folding(text: str | None, key: str | None) -> None:
    """Case and accents do not part what a person takes for the same; other scripts stay as they are."""
    assert fold(text) == key


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A search typed as shown finds what was stored."""
    once = fold(text)
    assert fold(once) == once


def test_like_pattern_escapes() -> None:
    """Signs with a meaning in LIKE lose it."""
    assert like_pattern("50%_\\") == "%50\\%\\_\\\\%"


def test_local_ids_are_uuids_in_order() -> None:
    """Local ids are valid, never the same twice, and of the present moment."""
    made = time_ordered_ids(1_000, NOW)
    assert len(set(made)) == 1_000
    for text in made[:50]:
        parsed = uuid.UUID(text)
        assert (str(parsed), parsed.version, parsed.variant) == (text, 7, uuid.RFC_4122)
    assert time_ordered_ids(1, NOW)[0][:13] == made[0][:13]
    assert time_ordered_ids(0, NOW) == []


def test_integer_keys_are_never_given_twice(db: Database) -> None:
    """Blocks of keys follow each other without overlap."""
    with db.transaction():
        assert [next_ids(db, "record", count) for count in (3, 1, 5)] == [1, 4, 5]
