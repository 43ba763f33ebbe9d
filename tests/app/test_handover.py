"""The handover card over a real database: who, since when, which scopes, how often signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from world import a_connection

from zbdesk.app.desk import Desk
from zbdesk.app.handover import handover
from zbdesk.store import connections, diary, inbox
from zbdesk.store.database import Database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a connection that was signed in twice."""
    with closing(Database.open(tmp_path / "zbdesk.sqlite3", now=lambda: NOW)) as db:
        made = connections.save(db, replace(a_connection(NOW), authorised_by="Anita Rao", scopes=("A.READ", "B.ALL")))
        for days in (40, 3):
            at = NOW - timedelta(days=days)
            with db.transaction():
                diary.add(db, made.id, "connected", "Connected", at=at, cause="user")
        inbox.set_public_url(db, made.id, "https://books.example.com/hook/abc")
    with Desk.open(tmp_path, environment={}, passphrase="a pass phrase") as opened:
        yield opened


def test_the_card_holds_what_a_colleague_has_to_know(desk: Desk) -> None:
    """Facts of the database and of this computer; no secret is read for it."""
    card = handover(desk)
    assert card is not None
    assert card.authorised_by == "Anita Rao"
    assert card.scopes == ("A.READ", "B.ALL")
    assert (card.sign_ins, card.sign_ins_since) == (2, NOW - timedelta(days=40))
    assert card.webhook_address == "https://books.example.com/hook/abc"
    assert card.secret_changed_at is None
    assert card.made_in_zoho == ()
    assert card.data_dir == str(desk.data_dir)
    assert card.vault


def test_there_is_no_card_without_a_connection(tmp_path: Path) -> None:
    """Nothing to hand over."""
    with Desk.open(tmp_path, environment={}) as desk:
        assert handover(desk) is None
