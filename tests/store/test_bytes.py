"""Payload bytes, moments, keys and ids: exact in, exact out."""

from __future__ import annotations

import uuid
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zbdesk.store import connections, payloads, trees
from zbdesk.store.database import Database
from zbdesk.store.ids import next_ids, time_ordered_ids
from zbdesk.store.keys import fold, like_pattern
from zbdesk.store.times import from_us, to_us

from .build import NOW, connection, now, row


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


def test_rows_of_a_page_come_back_each_by_itself(db: Database) -> None:
    """Rows are stored together and read one by one; what is replaced everywhere leaves no block behind."""
    cid = connections.save(db, connection()).id
    pages = [[row(number, note=f"page {page}") for number in range(200)] for page in range(3)]
    for page in pages:
        with db.transaction():
            trees.store_page(db, cid, "invoices", page, scan_id=0, want_detail=False)
    with db.snapshot():
        assert db.value("SELECT COUNT(*) FROM block") == 1
        for record_id, remote_id in db.all("SELECT id, remote_id FROM record"):
            expected = next(one for one in pages[-1] if one.remote_id == remote_id)
            assert payloads.remote_of(db, record_id) == payloads.parse(expected.payload)


def test_one_changed_row_leaves_its_neighbours_alone(db: Database) -> None:
    """A page's block stays as long as one of its rows is the newest, and readers find each row's own bytes."""
    cid = connections.save(db, connection()).id
    with db.transaction():
        trees.store_page(
            db, cid, "invoices", [row(number, note="old") for number in range(3)], scan_id=0, want_detail=False
        )
        trees.store_page(db, cid, "invoices", [row(1, note="new")], scan_id=0, want_detail=False)
    with db.snapshot():
        assert db.all("SELECT live FROM block ORDER BY id") == [(2,), (1,)]
        ids = [record_id for (record_id,) in db.all("SELECT id FROM record ORDER BY id")]
        texts = [(payloads.remote_of(db, record_id) or {})["note"] for record_id in ids]
    assert texts == ["old", "new", "old"]


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
        ("㎐", "hz"),
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
