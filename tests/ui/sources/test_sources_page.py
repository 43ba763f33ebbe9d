"""The sources page and its dialogs over a real database: what is shown, what a click does, what a failure says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QWidget

from tests.ui.scenes_sources import Frame, sources_page
from tests.ui.sources_world import World, until
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.sources.folder import FolderSettings
from zbdesk.store.sources import StoredSource
from zbdesk.ui.settings.exporting import ExportRows
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.interface import InterfaceRows
from zbdesk.ui.sources.folder_dialog import FolderDialog
from zbdesk.ui.sources.page import SourcesPage
from zbdesk.ui.sources.sql_dialog import SqlDialog


@pytest.fixture
def world(tmp_path: Path, look: None) -> Iterator[World]:
    """A company with a saved mapping."""
    made = World(tmp_path)
    made.save_mapping()
    yield made
    made.end()


@pytest.fixture
def opened(world: World) -> Iterator[Callable[..., SourcesPage]]:
    """Shows the page in a frame and takes it apart at the end."""
    frames: list[Frame] = []

    def make(part: str = "sources") -> SourcesPage:
        frame = sources_page(part, world)
        frames.append(frame)
        page = frame.property("page")
        assert isinstance(page, SourcesPage)
        return page

    yield make
    for frame in frames:
        page = frame.property("page")
        page.jobs.close()
        page.jobs.wait()
        frame.imports.close()
        frame.hide()
        frame.deleteLater()


def source(world: World, at: int = 0) -> StoredSource:
    """One of the sources as it is kept."""
    return world.desk.read(lambda reader: reader.sources()).result()[at]


def shop(world: World) -> str:
    """The address of a database with two orders."""
    path = world.place / "shop.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute('CREATE TABLE orders ("Bill No" TEXT, "Dt" TEXT, "Party" TEXT, "Rate" NUMERIC)')
        raw.execute("INSERT INTO orders VALUES ('S-1', '2026-11-03', 'Padma Tea Estates', 640)")
        raw.commit()
    return f"sqlite:///{path}"


def test_a_folder_is_watched_read_paused_changed_and_removed(world: World, opened: Callable[..., SourcesPage]) -> None:
    """The whole life of a watched folder by the page's own buttons."""
    page = opened()
    folder = world.place / "drop"
    folder.mkdir()
    page.folder_button.click()
    dialog = page.list.dialog
    assert isinstance(dialog, FolderDialog)
    dialog.verb.click()
    assert dialog.path_field.error == "Choose a folder."
    dialog.path.setText(str(world.place / "nowhere"))
    dialog.verb.click()
    until(lambda: "cannot be watched" in dialog.path_field.error)
    dialog.path.setText(str(folder))
    dialog.verb.click()
    until(lambda: page.list.sources)
    assert FolderSettings.from_stored(source(world).settings).path == folder.resolve()
    assert page.list.listing.tree.topLevelItem(0).text(1) == "Not run yet"
    page.list.run.click()
    until(lambda: not page.list.busy)
    page.list.pause.click()
    until(lambda: source(world).paused)
    until(lambda: page.list.pause.text() == "&Go on")
    page.list.pause.click()
    until(lambda: not source(world).paused and not page.list.busy)
    page.list.edit.click()
    change = page.list.dialog
    assert isinstance(change, FolderDialog)
    assert change.path.isReadOnly()
    change.pattern.setText("*.csv")
    change.verb.click()
    until(lambda: FolderSettings.from_stored(source(world).settings).pattern == "*.csv")
    page.list.remove.click()
    question = page.list.dialog
    assert question is not None
    assert question.cancel.isDefault()
    assert "what came from it stays" in question.words.text()
    next(one for one in question.findChildren(QWidget) if one.property("kind") == "destructive").click()  # type: ignore[attr-defined]
    until(lambda: not page.list.sources)
    assert page.list.listing.stack.currentWidget() is page.list.listing.empty


def test_a_failed_source_says_why_and_keeps_the_others(world: World, opened: Callable[..., SourcesPage]) -> None:
    """Its own state and sentence, also after Run now; the count of the one beside it stays."""
    for name in ("good", "gone"):
        (world.place / name).mkdir()
        world.add_folder(world.place / name)
    world.note(1, "ok", "november.csv: 3 rows.", 3, 0, 5)
    (world.place / "gone").rmdir()
    page = opened()
    page.list.listing.choose(2)
    page.list.run.click()
    until(lambda: source(world, 1).last_result == "failed" and not page.list.busy)
    until(lambda: page.list.listing.tree.topLevelItem(1).text(1) == "Failed")
    assert "cannot be watched" in page.list.listing.words.text()
    assert page.list.listing.tree.topLevelItem(0).text(4) == "3"


def test_a_database_is_tried_before_it_is_kept(world: World, opened: Callable[..., SourcesPage]) -> None:
    """A wrong query has its sentence; a right one shows its rows; the address goes to the vault alone."""
    page = opened()
    page.database_button.click()
    dialog = page.list.dialog
    assert isinstance(dialog, SqlDialog)
    dialog.try_button.click()
    assert dialog.name_field.error == "Give the database a name."
    dialog.name.setText("shop")
    dialog.url.setText(shop(world))
    dialog.query.setPlainText("DELETE FROM orders")
    dialog.try_button.click()
    until(lambda: dialog.banner.isVisibleTo(dialog))
    dialog.query.setPlainText('SELECT "Bill No", "Dt", "Party", "Rate" FROM orders')
    dialog.try_button.click()
    until(lambda: dialog.model.found is not None)
    assert dialog.model.data(dialog.model.index(0, 2)) == "Padma Tea Estates"
    assert dialog.model.headerData(0, Qt.Orientation.Horizontal) == "Bill No"
    assert world.desk.read(lambda reader: reader.sources()).result() == []
    dialog.verb.click()
    until(lambda: page.list.sources)
    kept = source(world)
    assert (kept.kind, kept.name, kept.module) == ("sql", "shop", "invoices")
    assert "sqlite:///" not in str(dict(kept.settings)["query"])
    shown = str(dict(kept.settings)["shown"])
    assert "shop.db" in shown


def test_a_database_that_is_down_says_so_and_is_asked_again(world: World, opened: Callable[..., SourcesPage]) -> None:
    """The file is gone: the sentence stands at the source, and nothing else changes."""
    world.services.add_sql(
        "shop", shop(world), "invoices", "Billing export, v2",
        SqlSettings('SELECT "Bill No", "Dt", "Party", "Rate" FROM orders'),
    )  # fmt: skip
    (world.place / "shop.db").unlink()
    page = opened()
    page.list.run.click()
    until(lambda: page.list.notice.isVisibleTo(page) and not page.list.busy)
    until(lambda: page.list.listing.tree.topLevelItem(0).text(1) == "Failed")
    assert source(world).last_message


def test_a_past_import_is_rolled_back_from_the_page(world: World, opened: Callable[..., SourcesPage]) -> None:
    """Asked with its count, then done; the row says so and cannot be rolled back twice."""
    from tests.ui.importing.test_import_wizard import GOOD
    from zbdesk.app.sources import ImportOrder, Watch
    from zbdesk.domain.modules import MODULES
    from zbdesk.sources.mapping import json_of, parse_mapping

    saved = world.services.mappings()[0]
    mapping = parse_mapping(MODULES["invoices"], json_of(saved.body))
    world.services.run(ImportOrder(world.file(GOOD), "invoices", mapping, saved.name), Watch(), hold=False)
    page = opened("imports")
    until(lambda: page.history.batches)
    assert page.history.listing.tree.topLevelItem(0).text(4) == "2 new"
    page.history.back.click()
    until(lambda: page.history.dialog is not None)
    dialog = page.history.dialog
    assert "On this computer: 2 are removed, 0 are as before." in dialog.words.text()
    assert dialog.verb.text() == "&Roll back 2 documents"
    dialog.verb.click()
    until(lambda: page.history.batches[0].state == "taken_back")
    assert not page.history.back.isEnabled()
    assert page.history.listing.tree.topLevelItem(0).text(3) == "Rolled back"


def test_a_mapping_in_use_is_not_removed_without_saying_so(world: World, opened: Callable[..., SourcesPage]) -> None:
    """The question counts the sources that read with it."""
    (world.place / "drop").mkdir()
    world.add_folder(world.place / "drop")
    page = opened("mappings")
    until(lambda: page.mappings.saved)
    page.mappings.remove.click()
    question = page.mappings.dialog
    assert question is not None
    assert question.words.text().startswith("1 sources read with it")
    next(one for one in question.findChildren(QWidget) if one.property("kind") == "destructive").click()  # type: ignore[attr-defined]
    until(lambda: not page.mappings.saved)


def test_the_export_is_written_now_and_says_what_keeps_it(world: World, opened: Callable[..., SourcesPage]) -> None:
    """Off says so; a folder that is missing is told; once it is there the files are written."""
    page = opened("standing")
    until(lambda: page.standing.export.fact.text() == "Off")
    assert not page.standing.run.isEnabled()
    target = world.place / "reports"
    world.preferences.change(export_folder=str(target), export_modules="contacts", export_format="csv")
    until(page.standing.run.isEnabled)
    page.standing.run.click()
    until(lambda: page.standing.export.banner.isVisibleTo(page))
    assert "There is no folder" in page.standing.export.banner.fact.text()
    target.mkdir()
    page.standing.run.click()
    until((target / "contacts.csv").exists)
    until(lambda: "Last written" in page.standing.export.words.text())


def test_the_interface_is_shown_as_it_is_switched(world: World, opened: Callable[..., SourcesPage]) -> None:
    """On and off at once, with its port and without a token."""
    page = opened("standing")
    until(lambda: page.standing.interface.fact.text() == "Off")
    world.preferences.change(interface_enabled=True)
    until(lambda: page.standing.interface.fact.text().startswith("On, at port"))
    assert "No token has been made" in page.standing.interface.words.text()
    world.preferences.change(interface_enabled=False)
    until(lambda: page.standing.interface.fact.text() == "Off")


@pytest.fixture
def parts(world: World) -> Iterator[tuple[ExportRows, InterfaceRows]]:
    """Both parts of the settings, in a window."""
    frame = Frame(world)
    here = Here(
        world.state, world.bridge, world.preferences, world.preferences.change, lambda _word: None, lambda: None
    )
    made = (ExportRows(here), InterfaceRows(here))
    for part in made:
        frame.column.addWidget(part)
    frame.show()
    for part in made:
        part.refresh()
    yield made
    made[1].jobs.close()
    made[1].jobs.wait()
    frame.hide()
    frame.deleteLater()


def test_a_token_is_shown_once_and_revoked(world: World, parts: tuple[ExportRows, InterfaceRows]) -> None:
    """Made under a name, shown with Copy, listed without itself, ended at a click."""
    rows = parts[1]
    until(lambda: not rows.jobs.busy)
    rows.new.click()
    dialog = rows.dialog
    assert dialog is not None
    dialog.verb.click()  # type: ignore[attr-defined]
    assert dialog.field.error == "Give it the name of the program."  # type: ignore[attr-defined]
    dialog.name.setText("shop")  # type: ignore[attr-defined]
    dialog.verb.click()  # type: ignore[attr-defined]
    until(lambda: dialog.token.value)  # type: ignore[attr-defined]
    token = dialog.token.value  # type: ignore[attr-defined]
    assert len(token) > 20
    dialog.cancel.click()
    until(lambda: rows.revokes)
    assert token not in (world.place / "zbdesk.sqlite3").read_bytes().decode("latin-1")
    rows.revokes[0].click()
    question = rows.dialog
    assert question is not None
    next(one for one in question.findChildren(QWidget) if one.property("kind") == "destructive").click()  # type: ignore[attr-defined]
    until(lambda: not rows.revokes)
    assert list(world.services.tokens()) == []


def test_settings_of_exports_and_programs_count_at_once(world: World, parts: tuple[ExportRows, InterfaceRows]) -> None:
    """Folder, records and network are written; an unknown word is told, and other computers bring a warning."""
    export, interface = parts
    export.take_folder(str(world.place / "away"))
    assert world.preferences.settings.export_folder == str(world.place / "away")
    assert "not there now" in export.wrong.text
    export.modules.setText("customers, nonsense")
    export.modules.editingFinished.emit()
    assert "nonsense" in export.unknown.text
    export.modules.setText("customers, invoices")
    export.modules.editingFinished.emit()
    assert world.preferences.settings.export_modules == "contacts, invoices"
    check: QCheckBox = interface.network
    check.click()
    assert world.preferences.settings.interface_network
    assert "no encryption" in interface.warning.text


def test_c70_every_control_of_the_sources_page_has_a_name(world: World, opened: Callable[..., SourcesPage]) -> None:
    """Walks what can take the focus on each of its parts."""
    (world.place / "drop").mkdir()
    world.add_folder(world.place / "drop")
    world.past_import("a.csv", days=1, rows=1, created=1)
    page = opened()
    for part in page.parts:
        page.show_part(part)
        until(lambda: not page.jobs.busy)
        for child in page.findChildren(QWidget):
            if not child.isVisible() or child.focusPolicy() is Qt.FocusPolicy.NoFocus or not child.isEnabled():
                continue
            interface = QAccessible.queryAccessibleInterface(child)
            assert interface is None or interface.text(QAccessible.Text.Name), child.metaObject().className()
