"""Indexes that come after the first load."""

from __future__ import annotations

import pytest

from zbdesk.store import indexes
from zbdesk.store.database import Database


def test_indexes_are_made_once_and_are_there_afterwards(db: Database) -> None:
    """A new database has none of them; building makes all, and building again changes nothing."""
    assert set(indexes.missing(db)) == set(indexes.INDEXES)
    indexes.build(db)
    assert indexes.missing(db) == ()
    indexes.build(db)
    assert indexes.missing(db) == ()


def test_building_goes_on_where_it_stopped(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop between two keeps the first."""
    first = dict(list(indexes.INDEXES.items())[:2])
    with monkeypatch.context() as patch:
        patch.setattr(indexes, "INDEXES", first)
        indexes.build(db)
    assert set(indexes.missing(db)) == set(indexes.INDEXES) - set(first)
