"""A database as a source from the command line to Zoho Books and back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from books_world import BooksWorld

from zbdesk.app import sources_sql
from zbdesk.app.build import Surroundings
from zbdesk.app.settings import Settings
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.app.sql_schedule import asking, is_due
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.sources.mapping import parse_mapping
from zbdesk.sources.sql_errors import ColumnsChanged, NoSuchDatabase
from zbdesk.store import changes
from zbdesk.store import sources as store
from zbdesk.store.sources import StoredSource
from zbdesk.vault import MemoryVault

pytestmark = pytest.mark.anyio

QUERY = "SELECT code, name, changed, seats FROM customers WHERE changed >= :since ORDER BY code"
BACK = "UPDATE customers SET zoho_number = :number, zoho_id = :remote_id WHERE code = :source_id"
MAPPING = {"layout": "row_per_document", "columns": {"code": "source_id", "name": "contact_name", "seats": "notes"}}


class Shop:
    """The shop's database and the source that reads it."""

    def __init__(self, folder: Path, world: BooksWorld, **more: object) -> None:
        self.path = folder / "shop.db"
        self.world = world
        self.do(
            "CREATE TABLE customers (code TEXT, name TEXT, changed TEXT, seats TEXT, zoho_number TEXT, zoho_id TEXT)",
            "INSERT INTO customers VALUES ('K-1', 'Kowalski i Synowie', '2026-11-01', '4', NULL, NULL)",
            "INSERT INTO customers VALUES ('K-2', 'Zoë & Søn', '2026-11-02', '7', NULL, NULL)",
        )
        self.vault = MemoryVault()
        db, here = world.db, world.connection
        mapping = parse_mapping(named("contacts"), MAPPING, "shop customers")
        store.save_mapping(db, "shop customers", "contacts", mapping.to_json(), at=world.clock.now())
        settings = SqlSettings(QUERY, "changed", **more)  # type: ignore[arg-type]
        if settings.writes_back:
            changes.begin(db, here.id, world.clock.now())
        self.id = store.add_source(
            db, here.id, kind="sql", name="shop", module="contacts", mapping="shop customers",
            settings=sources_sql.dataclasses.asdict(settings), at=world.clock.now(),
        )  # fmt: skip
        self.vault.set(sources_sql.secret_name(here, self.id), f"sqlite:///{self.path}")

    def do(self, *statements: str) -> None:
        """What the shop's own program does."""
        with closing(sqlite3.connect(self.path)) as raw:
            for statement in statements:
                raw.execute(statement)
            raw.commit()

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """What stands in the shop's database."""
        with closing(sqlite3.connect(self.path)) as raw:
            return raw.execute(text).fetchall()

    @property
    def stored(self) -> StoredSource:
        """The source as it is kept."""
        here: Connection = self.world.connection
        found = store.source(self.world.db, here.id, self.id)
        assert found is not None
        return found

    def run(self) -> sources_sql.SqlRun:
        """Run it."""
        return sources_sql.run_source(
            self.world.db, self.world.connection, self.stored, self.vault, self.world.clock.now
        )


async def test_rows_become_documents_once_and_changes_become_edits(tmp_path: Path) -> None:
    """A second run writes nothing and calls Zoho not once; a changed row is an edit of its own record."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world)
    first = shop.run()
    assert ({one.source_id for one in first.documents}, first.report.taken) == ({"K-1", "K-2"}, 2)
    assert (shop.stored.mark, shop.stored.last_result, shop.stored.taken) == ("s:2026-11-02", "ok", 2)
    again = shop.run()
    assert (again.report.taken, again.report.batch_id, world.wire.asked) == (0, None, [])
    shop.do("UPDATE customers SET seats = '9', changed = '2026-11-05' WHERE code = 'K-1'")
    changed = shop.run()
    assert [(one.source_id, one.result.value) for one in changed.documents if one.result != "unchanged"] == [
        ("K-1", "changed")
    ]
    await world.aclose()


async def test_outcomes_reach_the_database_after_a_sync(tmp_path: Path) -> None:
    """With writing back switched on, the shop's rows get Zoho's id, once."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world, back=BACK, writes_back=True)
    assert shop.run().written_back == 0
    await world.sync()
    assert shop.run().written_back == 2
    ids = dict(shop.rows("SELECT code, zoho_id FROM customers"))
    assert ids == {code: world.record("contacts", str(code), "shop").remote_id for code in ("K-1", "K-2")}
    assert shop.run().written_back == 0
    await world.aclose()


async def test_a_write_back_that_fails_is_told_and_tried_again(tmp_path: Path) -> None:
    """A row that has gone in the shop leaves the run in need of attention, and nothing is forgotten."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world, back=BACK, writes_back=True)
    shop.run()
    await world.sync()
    shop.do("DELETE FROM customers WHERE code = 'K-2'")
    failed = shop.run()
    assert failed.back_error is not None
    assert shop.stored.last_result == "attention"
    shop.do("INSERT INTO customers VALUES ('K-2', 'Zoë & Søn', '2026-11-02', '7', NULL, NULL)")
    assert shop.run().written_back == 2
    assert shop.stored.last_result == "ok"
    await world.aclose()


async def test_a_database_that_has_gone_keeps_everything_else(tmp_path: Path) -> None:
    """The run fails with its sentence in the source's state; mark and documents stay as they were."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world)
    shop.run()
    shop.path.rename(tmp_path / "moved.db")
    with pytest.raises(NoSuchDatabase):
        shop.run()
    assert (shop.stored.last_result, shop.stored.mark) == ("failed", "s:2026-11-02")
    assert "no database" in shop.stored.last_message
    (tmp_path / "moved.db").rename(shop.path)
    assert shop.run().report.taken == 0
    await world.aclose()


async def test_a_column_that_the_mapping_needs_has_gone(tmp_path: Path) -> None:
    """Other columns than yesterday: the missing one is named and nothing is taken."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world)
    settings = {**shop.stored.settings, "query": "SELECT code, name, changed FROM customers WHERE changed >= :since"}
    store.set_source(world.db, shop.id, settings=settings)
    with pytest.raises(ColumnsChanged, match="seats"):
        shop.run()
    assert shop.stored.mark is None
    assert "seats" in shop.stored.last_message
    await world.aclose()


async def test_a_bad_row_is_listed_and_read_again(tmp_path: Path) -> None:
    """Good rows go; a bad one keeps the mark back, so that its correction is not missed."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world)
    shop.do("INSERT INTO customers VALUES ('K-3', NULL, '2026-11-09', '1', NULL, NULL)")
    found = shop.run()
    assert (found.report.taken, shop.stored.last_result, shop.stored.mark) == (2, "attention", None)
    assert found.report.errors[0].row == 3
    shop.do("UPDATE customers SET name = 'Third' WHERE code = 'K-3'")
    assert shop.run().report.taken == 1
    assert shop.stored.mark == "s:2026-11-09"
    await world.aclose()


async def test_a_database_is_asked_by_itself_and_stopped_with_the_program(tmp_path: Path) -> None:
    """A due source is read beside the engine; a query that never ends does not keep the program from ending."""
    world = BooksWorld(tmp_path)
    shop = Shop(tmp_path, world)
    edited = asyncio.Event()
    world.engine.edited = edited.set
    world.clock.sleep = lambda _seconds: asyncio.sleep(0.05)  # type: ignore[method-assign]
    around = Surroundings(world.path, Settings(), world.clock, lambda: shop.vault)
    async with asking(around, world.engine):
        async with asyncio.timeout(20):
            await edited.wait()
    assert (shop.stored.taken, shop.stored.last_result) == (2, "ok")
    assert not is_due(shop.stored, world.clock.now())
    world.clock.tick(16 * 60)
    assert is_due(shop.stored, world.clock.now())
    endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS code FROM r WHERE n < 0"
    store.set_source(world.db, shop.id, settings={**shop.stored.settings, "query": endless, "since_column": ""})
    begun = asyncio.get_running_loop().time()
    async with asking(around, world.engine):
        await asyncio.sleep(0.3)
    assert asyncio.get_running_loop().time() - begun < 10
    assert "stopped" in shop.stored.last_message
    store.set_source(world.db, shop.id, paused=True)
    assert not is_due(shop.stored, world.clock.now())
    await world.aclose()
