"""Every state of the import and of the sources page worth a picture, by name.

Not captured: the system's file dialogs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.scenes_window import around
from tests.ui.sources_world import World, until
from zbdesk.ui import theme
from zbdesk.ui.importing.opening import Imports
from zbdesk.ui.importing.wizard import CHECK, COLUMNS, LAYOUT, ImportWizard
from zbdesk.ui.settings.exporting import ExportRows
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.interface import InterfaceRows
from zbdesk.ui.sources.page import SourcesPage
from zbdesk.ui.sources.sql_dialog import SqlDialog


def _fresh(wizard: ImportWizard) -> None:
    until(lambda: wizard.flow.findings is not None or wizard.flow.fault is not None)
    QTest.qWait(30)


def import_wizard(at: int = 0, *, path: bool = True, world: World | None = None) -> ImportWizard:
    """The import at one of its steps, its rows checked."""
    own = world or World()
    wizard = ImportWizard(None, own.state, own.services)
    wizard.setProperty("world", own)
    wizard.resize(1280, 800)
    wizard.show()
    if path:
        wizard.file_page.choose(own.file())
        _fresh(wizard)
    for _ in range(min(at, COLUMNS)):
        wizard.forward()
    if at >= CHECK:
        wizard.flow.say("date_order", "DMY")
        wizard.flow.say("decimal", ".")
        _fresh(wizard)
        wizard.forward()
    QTest.qWait(30)
    return wizard


def import_settle() -> ImportWizard:
    """An unknown customer with its near name."""
    wizard = import_wizard(COLUMNS)
    wizard.flow.say("date_order", "DMY")
    wizard.flow.say("decimal", ".")
    _fresh(wizard)
    pane = wizard.pages[COLUMNS].pane  # type: ignore[attr-defined]
    group = next(one for one in pane.groups if one.value.startswith("Bergman"))
    pane.choose(group.key)
    QTest.qWait(30)
    return wizard


def import_report() -> ImportWizard:
    """The report at the end."""
    wizard = import_wizard(CHECK)
    wizard.forward()
    until(lambda: wizard.run_page.has_ended)
    QTest.qWait(30)
    return wizard


class Frame(QWidget):
    """What the window is to a page, as wide as it is without its navigation.

    ``whole``: the window itself, for the pictures of the manual; for tests its room is enough, and made sooner.
    """

    whole = False

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.imports = Imports(self, world.state)
        self.imports.services = world.services
        self.setPalette(theme.qt_palette(theme.current()))
        self.setAutoFillBackground(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.resize(1090, 740)


SHARE = Path("/srv/books")
"""Where the folders of the pictures are: people see no folder for temporary files, and no name of this computer's."""


def sources_world() -> World:
    """Two folders, a database, mappings and some imports."""
    world = World()
    world.save_mapping()
    world.save_mapping("Shop customers", "contacts")
    for name in ("exports", "scans"):
        world.add_folder(SHARE / name)
    world.add_database(since_column="changed", writes_back=True, back="UPDATE o SET n = :number WHERE id = :source_id")
    world.note(1, "ok", "november.csv: 212 rows, 64 created, 0 changed, 0 unchanged, 0 refused.", 640, 3, 12)
    world.note(2, "failed", f"The folder {SHARE / 'scans'} cannot be watched. It is not there.", 18, 0, 300)
    world.note(3, "attention", "2 documents were refused. There is no customer “Bergman” in the books.", 96, 2, 4)
    world.past_import("september.csv", days=51, state="taken_back", rows=80, created=30)
    world.past_import("october.xlsx", days=20, rows=1204, created=390, changed=4, unchanged=2)
    world.past_import("november.csv", days=0, rows=212, created=64, refused=3)
    return world


def sources_page(part: str = "sources", world: World | None = None) -> Frame:
    """The page with one of its parts."""
    frame = Frame(world or sources_world())
    page = SourcesPage(frame.world.state, frame.world.bridge, frame.world.preferences)
    if Frame.whole:
        here = frame.world
        frame.column.addWidget(around(page, "sources", here.state, here.bridge, here.preferences))
    else:
        frame.column.addWidget(page)
        page.set_size("wide")
    frame.show()
    seen: list[bool] = []
    for one in (page.list, page.history, page.mappings, page.standing):
        one.settled.connect(lambda: seen.append(True))
    page.show_part(part)
    until(lambda: seen)
    QTest.qWait(30)
    frame.setProperty("page", page)
    return frame


def sources_empty() -> Frame:
    """Nothing is set up yet."""
    return sources_page(world=World())


def sql_dialog() -> SqlDialog:
    """A database whose query was tried."""
    import sqlite3

    world = World()
    world.save_mapping()
    shop = world.place / "shop.db"
    with sqlite3.connect(shop) as raw:
        raw.execute("CREATE TABLE orders (number TEXT, day TEXT, customer TEXT, amount NUMERIC, changed INTEGER)")
        raw.executemany(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?)",
            [("S-1", "2026-11-03", "Padma Tea Estates", 640, 1), ("S-2", "2026-11-04", "Harrow & Finch Ltd", 118.5, 2)],
        )
    raw.close()
    frame = Frame(world)
    frame.resize(1280, 800)
    dialog = SqlDialog(frame, world.state, world.services, world.services.mappings())
    dialog.setProperty("frame", frame)
    dialog.name.setText("shop")
    dialog.url.setText(f"sqlite:///{shop}")
    dialog.query.setPlainText("SELECT number, day, customer, amount, changed FROM orders WHERE changed > :since")
    dialog.since.setText("changed")
    dialog.show()
    dialog.try_it()
    until(lambda: dialog.model.found is not None or dialog.banner.isVisibleTo(dialog))
    QTest.qWait(30)
    return dialog


def settings_programs() -> Frame:
    """The parts of the settings page about exports and programs."""
    world = World()
    frame = Frame(world)
    here = Here(
        world.state, world.bridge, world.preferences, world.preferences.change, lambda _word: None, lambda: None
    )
    world.services.new_token("shop")
    for part in (ExportRows(here), InterfaceRows(here)):
        frame.column.addWidget(part)
        part.refresh()
    frame.column.addStretch(1)
    frame.show()
    QTest.qWait(200)
    return frame


SCENES: dict[str, Callable[[], QWidget]] = {
    "import-1-file": lambda: import_wizard(path=False),
    "import-2-layout": lambda: import_wizard(LAYOUT),
    "import-3-columns": lambda: import_wizard(COLUMNS),
    "import-3-settle": import_settle,
    "import-4-check": lambda: import_wizard(CHECK),
    "import-5-report": import_report,
    "sources": sources_page,
    "sources-imports": lambda: sources_page("imports"),
    "sources-mappings": lambda: sources_page("mappings"),
    "sources-programs": lambda: sources_page("standing"),
    "sources-empty": sources_empty,
    "sources-database": sql_dialog,
    "settings-programs": settings_programs,
}
