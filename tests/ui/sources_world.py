"""A real desk over a database of its own, with books, mappings, sources and past imports."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtTest import QTest

from tests.store.build import row
from tests.ui.fake_desk import NOW, FakeClock, connection
from zbdesk.app.desk import Desk
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.app.window_sources import WindowSources
from zbdesk.domain.modules import MODULES
from zbdesk.sources.folder import FolderSettings
from zbdesk.sources.mapping import parse_mapping
from zbdesk.store import connections, cursors, trees
from zbdesk.store import sources as store
from zbdesk.store.cursors import Cursor
from zbdesk.store.database import Database
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

CUSTOMERS = (
    "Nilgiri Cold Storage LLP", "株式会社さくら商事", "مؤسسة النخيل للتجارة", "Bergmann & Söhne GmbH",
    "Padma Tea Estates", "Harrow & Finch Ltd", "श्री बालाजी ट्रेडर्स", "Quitanda São Jorge Ltda",
)  # fmt: skip
HEAD = "Bill No,Dt,Party,Particulars,Qty,Rate,Cur,Godown\n"
NOVEMBER = HEAD + (
    'MSE/26-27/1489,03/11/2026,Nilgiri Cold Storage LLP,"Black pepper, bold 5 mm","1,200",642.00,INR,Bodinayakanur 2\n'
    'MSE/26-27/1489,03/11/2026,Nilgiri Cold Storage LLP,Cardamom AGEB,250,"1,180.00",INR,Bodinayakanur 2\n'
    'MSE/26-27/1490,13/11/2026,株式会社さくら商事,Turmeric finger,40,"10.300,5x",JPY,Kochi\n'
    "MSE/26-27/1491,14/11/2026,مؤسسة النخيل للتجارة,Clove,90,210.22,AED,Kochi\n"
    "MSE/26-27/1492,15/11/2026,Bergman und Söhne,Mace,16,375.96,EUR,Kochi\n"
    "MSE/26-27/1493,15/11/2026,Padma Tea Estates,Leaf tea,12,640.00,Rp,Munnar\n"
    "MSE/26-27/1494,16/11/2026,Harrow & Finch Ltd,Nutmeg,30,118.00,INR,Kochi\n"
    "MSE/26-27/1494,16/11/2026,Harrow & Finch Ltd,Nutmeg in shell,12,96.40,INR,Kochi\n"
    "MSE/26-27/1495,16/11/2026,श्री बालाजी ट्रेडर्स,Leaf tea,75,640.00,INR,Munnar\n"
    "MSE/26-27/1496,17/11/2026,Quitanda São Jorge Ltda,Black pepper,200,24.35,USD,Kochi\n"
)
COLUMNS = {
    "Bill No": "invoice_number", "Dt": "date", "Party": "customer.name", "Particulars": "line_items.description",
    "Qty": "line_items.quantity", "Rate": "line_items.rate", "Cur": "currency.code",
}  # fmt: skip
MAPPING = {"layout": "row_per_line", "date_order": "DMY", "columns": COLUMNS}


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Let the window live until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        QTest.qWait(5)


class World:
    """One data directory with a window's parts over it. ``end`` it."""

    def __init__(self, place: Path | None = None) -> None:
        self.place = place or Path(tempfile.mkdtemp(prefix="zbdesk-scene-"))
        self.clock = FakeClock()
        with Database.open(self.place / "zbdesk.sqlite3", now=self.clock.now) as db:
            self.here = connections.save(db, connection())
            self._books(db)
        self.desk = Desk.open(self.place, environment={}, clock=self.clock, passphrase="a pass phrase")
        self.services = WindowSources(self.desk)
        self.bridge = Bridge(self.desk)
        self.state = DeskState(self.bridge, self.desk.clock)
        self.preferences = Preferences(self.place, self.desk.settings)
        self.state.refresh()
        until(lambda: self.state.loaded)

    def _books(self, db: Database) -> None:
        with db.transaction():
            rows = [row(f"c{at}", party=name, number=name) for at, name in enumerate(CUSTOMERS)]
            trees.store_page(db, self.here.id, "contacts", rows, scan_id=1, want_detail=False)
            cursors.put(db, self.here.id, "contacts", Cursor(first_done=True, scan_page=1))

    def file(self, content: str = NOVEMBER, name: str = "november-billing.csv") -> Path:
        """A file of this content."""
        path = self.place / name
        path.write_text(content, encoding="utf-8")
        return path

    def write(self, change: Callable[[Database], object]) -> None:
        """Something that happened before the window was opened."""
        with Database.open(self.place / "zbdesk.sqlite3", now=self.clock.now) as db:
            change(db)

    def save_mapping(self, name: str = "Billing export, v2", module: str = "invoices") -> None:
        """A mapping that somebody saved."""
        body = parse_mapping(MODULES["invoices"], MAPPING, name).to_json()
        self.write(lambda db: store.save_mapping(db, name, module, body, at=NOW - timedelta(days=20)))

    def add_folder(self, folder: Path, mapping: str = "Billing export, v2") -> None:
        """A watched folder."""
        self.write(
            lambda db: store.add_source(
                db,
                self.here.id,
                kind="folder",
                name=folder.name,
                module="invoices",
                mapping=mapping,
                settings=FolderSettings(folder).to_stored(),
                at=NOW - timedelta(days=20),
            )
        )

    def add_database(self, name: str = "shop", url: str = "", **more: object) -> None:
        """A database."""
        settings = SqlSettings("SELECT code, name FROM orders", shown=url or "postgresql://shop@db.local/shop", **more)  # type: ignore[arg-type]
        self.write(
            lambda db: store.add_source(
                db,
                self.here.id,
                kind="sql",
                name=name,
                module="invoices",
                mapping="Billing export, v2",
                settings=asdict(settings),
                at=NOW - timedelta(days=9),
            )
        )

    def note(self, source_id: int, result: str, message: str, taken: int, refused: int, minutes: int) -> None:
        """How a source's last run went."""
        at = NOW - timedelta(minutes=minutes)
        self.write(
            lambda db: store.note_run(
                db, source_id, at=at, result=result, message=message, rows=taken + refused, taken=taken, refused=refused
            )
        )

    def past_import(self, origin: str, *, days: int, state: str = "done", **counts: int) -> None:
        """An import of the past."""

        def change(db: Database) -> None:
            at = NOW - timedelta(days=days)
            key = store.begin_batch(
                db, self.here.id, module="invoices", source="import", origin=origin, mapping="Billing export, v2", at=at
            )
            totals = {"INR": Decimal("1842300.00"), "EUR": Decimal("6015.36")} if counts.get("created") else {}
            store.end_batch(db, key, state=state, at=at, totals=totals, **counts)

        self.write(change)

    def end(self) -> None:
        """Away with everything."""
        self.bridge.close()
        self.desk.close()
