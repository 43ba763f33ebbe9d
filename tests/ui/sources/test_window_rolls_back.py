"""The window rolls a whole import back: what has left is undone in Zoho Books, what has not goes from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from tests.cli.conftest import Terminal, server, terminal
from tests.cli.test_judged_rollback_of_imports import INVOICES, Clerk
from tests.ui.scenes_sources import Frame, sources_page
from tests.ui.sources_world import until
from zbdesk.app.desk import Desk
from zbdesk.app.imports_back import ImportBack
from zbdesk.app.window_sources import WindowSources
from zbdesk.domain.views import RollbackStep
from zbdesk.store.database import Database
from zbdesk.sync.events import Event
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.sources.page import SourcesPage
from zbdesk.ui.sources.take_back import TakeBackDialog
from zbdesk.ui.state import DeskState

__all__ = ["server", "terminal"]


@pytest.fixture
def clerk(terminal: Terminal, tmp_path: Any) -> Clerk:
    """Somebody who imports into a connected company."""
    return Clerk(terminal, tmp_path)


@pytest.fixture
def window(qapp: QApplication, clerk: Clerk, look: None) -> Iterator[Callable[..., tuple[SourcesPage, Desk]]]:
    """Shows the past imports in a window; ``syncs``: with its sync thread running."""
    frames: list[Frame] = []
    desks: list[Desk] = []

    def make(*, syncs: bool) -> tuple[SourcesPage, Desk]:
        desk = Desk.open(clerk.terminal.place)
        desks.append(desk)
        events: list[Event] = []
        assert not syncs or desk.start(events.append)
        bridge = Bridge(desk)
        state = DeskState(bridge, desk.clock)
        state.refresh()
        until(lambda: state.loaded)
        parts = SimpleNamespace(
            desk=desk, services=WindowSources(desk), bridge=bridge, state=state,
            preferences=Preferences(clerk.terminal.place, desk.settings),
        )  # fmt: skip
        frames.append(sources_page("imports", cast("Any", parts)))
        page = frames[-1].property("page")
        until(lambda: page.history.batches)
        return page, desk

    yield make
    for frame in frames:
        page = frame.property("page")
        page.jobs.close()
        page.jobs.wait()
        frame.imports.close()
        frame.hide()
        frame.deleteLater()
    for desk in desks:
        desk.close()


def test_the_window_rolls_back_what_was_sent_and_what_was_not(
    clerk: Clerk, window: Callable[..., tuple[SourcesPage, Desk]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question has the counts and names each record; the pass after it does the rest, by the one writer."""
    batch = clerk.take("invoices", INVOICES, clerk.invoices("WB-1", "WB-2"))
    assert clerk.terminal("sync").code in {0, 3}
    kept = clerk.in_zoho("WB-2")
    assert kept is not None
    clerk.terminal.server.company.org().edit("invoices", kept["invoice_id"], notes="Agreed by telephone")
    assert clerk.terminal("sync").code in {0, 3}
    page, desk = window(syncs=True)

    def never(*_: object, **__: object) -> Database:
        raise AssertionError("a second writing handle")

    monkeypatch.setattr(Database, "open", never)
    assert [one.id for one in page.history.batches] == [batch]
    page.history.back.click()
    until(lambda: page.history.dialog is not None)
    dialog = page.history.dialog
    assert dialog is not None
    assert dialog.tree is not None
    assert dialog.verb is not None
    assert dialog.cancel.isDefault()
    rows = [dialog.tree.topLevelItem(at) for at in range(dialog.tree.topLevelItemCount())]
    said = {one: (row.text(1), row.text(3)) for row in rows if row for one in ("WB-1", "WB-2") if one in row.text(0)}
    assert said["WB-1"][0] == "Is deleted"
    assert said["WB-2"][0] == "Is deleted"
    assert dialog.words.text() == "In Zoho Books, with the next sync: 2 invoices are deleted."
    assert dialog.verb.text() == "&Roll back 2 documents"
    dialog.verb.click()
    until(lambda: clerk.in_zoho("WB-1") is None, 60)
    assert clerk.in_zoho("WB-2") is not None, "somebody wrote a note in Zoho Books since: that is worth more"
    assert "with the next sync" in page.history.notice.text.text()
    assert desk.is_attended


def test_an_import_that_cannot_be_rolled_back_says_why(
    clerk: Clerk, window: Callable[..., tuple[SourcesPage, Desk]]
) -> None:
    """Where another roll back is under way the dialog has no verb, and nothing is changed."""
    first = clerk.take("invoices", INVOICES, clerk.invoices("WC-1"))
    clerk.take("invoices", INVOICES, clerk.invoices("WC-2"), name="b.csv")
    assert clerk.terminal("sync").code in {0, 3}
    page, desk = window(syncs=False)
    services = WindowSources(desk)
    services.take_back(first)
    page.history.refresh()
    page.history.back.click()
    until(lambda: page.history.dialog is not None)
    dialog = page.history.dialog
    assert dialog is not None
    assert dialog.verb is None
    assert dialog.words.text().startswith("It cannot be rolled back now: ")
    assert dialog.cancel.text() == "Close"
    assert clerk.in_zoho("WC-2") is not None


def test_what_cannot_be_undone_is_counted_and_stands_on_top_with_its_reason(
    clerk: Clerk, window: Callable[..., tuple[SourcesPage, Desk]]
) -> None:
    """Deleted here, voided and deleted there, and what stays: each has its count, and its row where it has left."""
    clerk.take("invoices", INVOICES, clerk.invoices("WD-1"))
    page, _desk = window(syncs=False)
    whats = (("1", "void", ""), ("2", "delete", ""), ("3", "none", "It is paid."))
    steps = [
        RollbackStep(int(number), "invoices", f"X-{number}", "Acme", None, "INR", None, what, "create", reason=reason)
        for number, what, reason in whats
    ]
    found = ImportBack(page.history.batches[0], 4, 1, 2, tuple(steps))
    dialog = TakeBackDialog(page, page.history.state, "in.csv", found)
    assert "On this computer: 4 are removed, 1 are as before." in dialog.words.text()
    assert "1 invoice is voided, 1 invoice is deleted, 1 invoice stays and is listed." in dialog.words.text()
    assert "2 stay: they were edited since, or an earlier import made them." in dialog.words.text()
    assert dialog.verb is not None
    assert dialog.verb.text() == "&Roll back 7 documents"
    assert dialog.tree is not None
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    assert (top.text(1), top.text(3)) == ("Stays", "It is paid.")
    dialog.reject()
