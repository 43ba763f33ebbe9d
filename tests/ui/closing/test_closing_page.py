"""The month-end page: figures, drilling down, the fresh look, files that verify, the checklist, the mode."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from tests.ui import meridian
from tests.ui.fake_closing import FakeClosing, attach
from tests.ui.fake_desk import NOW, FakeDesk
from tests.ui.scenes_window import wait_for
from zbdesk.app.closing_page import ENGLISH, MODULE
from zbdesk.app.tieout_document import SIGN_OFF, TIE_OUT, verify
from zbdesk.domain.errors import Action, StorageError
from zbdesk.domain.tieout import Fresh, Line, Total
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.commands import LookAtPeriod, SetMonthEnd
from zbdesk.sync.events import CommandFailed, PeriodLooked, PeriodProgress
from zbdesk.ui.closing.page import ClosingPage
from zbdesk.ui.closing.tables import KEY
from zbdesk.ui.closing.words import page_words
from zbdesk.ui.main_window import MainWindow


class Room:
    """A window on the page, its desk and what it wants."""

    def __init__(self, open_window: Callable[..., MainWindow], desk: FakeDesk, *, differing: bool = True) -> None:
        self.desk = desk
        self.asked: FakeClosing = attach(desk, differing=differing)
        self.window = open_window(desk, page="month_end")
        page = self.window.pages.currentWidget()
        assert isinstance(page, ClosingPage)
        self.page = page
        wait_for(lambda: page.found is not None)

    def row(self, kind: type[Line | Total], number: str) -> QTreeWidgetItem:
        """The row of a record's line or of a currency's total."""
        tree = self.page.tree
        tops = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
        rows = [
            row for top in tops if top is not None for row in (top, *(top.child(i) for i in range(top.childCount())))
        ]
        found = [
            row
            for row in rows
            if isinstance(one := row.data(0, KEY), kind) and number in {getattr(one, "number", ""), one.currency}
        ]
        return found[0]


@pytest.fixture
def room(open_window: Callable[..., MainWindow], tmp_path: Path) -> Room:
    """A month with one difference of each kind."""
    return Room(open_window, meridian.desk(tmp_path))


def test_the_figures_stand_with_their_records_below(room: Room) -> None:
    """Each total shows both sides, a line each record with what differs, and nothing is summed across currencies."""
    page = room.page
    assert page.found is not None
    total = room.row(Total, "INR")
    tops = [page.tree.topLevelItem(at) for at in range(page.tree.topLevelItemCount())]
    assert len(tops) == len(page.found.tied.totals)
    assert {top.text(1) for top in tops if top is not None} == {"INR", "EUR", "JPY", "KWD"}
    assert total.data(0, KEY).currency == "INR"
    line = room.row(Line, "MSE/26-27/1481")
    assert [line.text(at) for at in range(1, 8)] == ["INR", "another amount", "1", "1", "98,600.00", "96,600.00",
                                                     "2,000.00"]  # fmt: skip
    assert room.row(Line, "MSE/26-27/1499").text(5) == "not known"
    assert "1 Nov 2026" in room.row(Line, "MSE/26-27/1402").text(2)


def test_enter_leads_from_a_figure_to_its_records(room: Room) -> None:
    """A total opens its table with currency and period, a line its record."""
    page, tree = room.page, room.page.tree
    page.head.views.set_value("tie_out")
    page.views_changed()
    shown: list[tuple[str, object]] = []
    page.records_wanted.disconnect()
    page.record_wanted.disconnect()
    page.records_wanted.connect(lambda module, where: shown.append((module, where)))
    page.record_wanted.connect(lambda module, key: shown.append((module, key)))
    top = tree.topLevelItem(0)
    assert top is not None
    tree.setCurrentItem(top)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    top_fact = top.data(0, KEY)
    assert shown[-1] == (
        top_fact.module,
        RecordFilter(currencies=(top_fact.currency,), date_from="2026-10-01", date_to="2026-10-31"),
    )
    line = room.row(Line, "MSE/26-27/1484")
    line.parent().setExpanded(True)
    tree.setCurrentItem(line)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert shown[-1] == ("invoices", 2)


def test_the_month_before_is_chosen_and_another_is_asked_for(room: Room) -> None:
    """Whoever closes a month finds it chosen; quarters and years follow the organization's fiscal year."""
    request, _ = room.asked.asked[0]
    assert (request.first, request.last) == (date(2026, 10, 1), date(2026, 10, 31))
    box = room.page.head.period
    at = next(at for at in range(box.count()) if "Quarter" in box.itemText(at))
    box.setCurrentIndex(at)
    box.activated.emit(at)
    wait_for(lambda: len(room.asked.asked) > 1)
    request, _ = room.asked.asked[-1]
    assert (request.last - request.first).days in {89, 90, 91}


def test_a_fresh_look_is_asked_of_the_sync_thread_and_compared(room: Room) -> None:
    """The button sends the command, progress is told, and the answer takes the place of what was last read."""
    page = room.page
    page.head.ask.click()
    command = room.desk.commands[-1]
    assert isinstance(command, LookAtPeriod)
    assert (command.first, command.modules) == (date(2026, 10, 1), ("invoices", "customerpayments"))
    assert not page.head.ask.isEnabled()
    room.desk.emit(PeriodProgress(command.ticket, "invoices", 37))
    wait_for(lambda: "37" in page.head.notice.fact.text())
    room.desk.emit(PeriodLooked(command.ticket, Fresh(NOW + timedelta(seconds=5), {"invoices": ()})))
    wait_for(lambda: room.asked.asked[-1][1] is not None)
    wait_for(lambda: "as asked" in page.head.compared.text())
    assert page.head.ask.isEnabled()
    page.head.period.activated.emit(0)
    wait_for(lambda: room.asked.asked[-1][1] is None)


def test_a_fresh_look_that_fails_says_why_on_the_page(room: Room) -> None:
    """The reason stands where it was asked, and the button works again."""
    page = room.page
    room.desk.answers = False
    page.head.ask.click()
    ticket = room.desk.commands[-1].ticket  # type: ignore[union-attr]
    room.desk.emit(CommandFailed("A fresh look needs about 900 calls.", "Choose fewer modules.", Action.WAIT,
                                 ticket=ticket))  # fmt: skip
    wait_for(page.head.ask.isEnabled)
    assert page.head.notice.fact.text() == "A fresh look needs about 900 calls."


def written(room: Room, name: str) -> None:
    """Wait until the page says that the file is there."""
    wait_for(lambda: room.page.head.notice.fact.text() == f"{name} is written.")


@pytest.mark.parametrize("ending", ["pdf", "csv"])
def test_files_verify_and_a_changed_digit_is_noticed(room: Room, tmp_path: Path, ending: str) -> None:
    """What the window writes can be checked without it; the PDF carries its figures."""
    file = tmp_path / f"october.{ending}"
    room.page.export_to(file)
    written(room, f"october.{ending}")
    found = verify(file)
    assert (found.kind, found.whole) == (TIE_OUT, True)
    if ending == "pdf":
        assert found.document is not None
        assert found.document["organization"]["name"] == "Meridian Spices & Exports Pvt. Ltd."
        assert len(found.document["differences"]) == 6
        return
    file.write_bytes(file.read_bytes().replace(b"98600", b"98601", 1))
    assert not verify(file).whole


def test_a_place_that_cannot_be_written_is_told(room: Room, tmp_path: Path) -> None:
    """No half file, and the sentence says what the disk said."""
    room.page.export_to(tmp_path / "not-there" / "october.csv")
    wait_for(lambda: "could not be written" in room.page.head.notice.fact.text())


def test_signing_off_names_what_is_open_and_writes_three_files(room: Room, tmp_path: Path) -> None:
    """The dialog lists the open points and wants a name; file, page and PDF say the same and verify."""
    page = room.page
    page.head.sign.click()
    dialog = page.dialog
    assert dialog is not None
    assert "Tie-out is equal" in dialog.warning.text.text()
    dialog.who.setText(" ")
    dialog.ok.click()
    assert dialog.isVisible()
    assert dialog.who_field.error
    dialog.who.setText("Anita Rao")
    dialog.note.setText("without October's tea")
    agreed: list[tuple[str, str]] = []
    dialog.agreed.disconnect()
    dialog.agreed.connect(lambda *words: agreed.append(words))
    dialog.ok.click()
    assert agreed == [("Anita Rao", "without October's tea")]
    from zbdesk.app.closing import sign_off

    assert page.found is not None
    made = sign_off(page.found, made_by=agreed[0][0], note=agreed[0][1])
    file = tmp_path / "october.json"
    page.write_sign_off(file, made)
    written(room, "october.json")
    assert json.loads(file.read_text()) == made
    for path in (file, file.with_suffix(".pdf")):
        assert (verify(path).kind, verify(path).whole, verify(path).hash) == (SIGN_OFF, True, made["hash"])
    html = file.with_suffix(".html").read_text()
    assert made["hash"] in html
    assert "Anita Rao" in html


def test_points_of_the_checklist_lead_to_what_is_behind_them(room: Room) -> None:
    """Drafts open their table, the tie-out its view."""
    page = room.page
    assert set(page.checks.links) == {"drafts", "tie_out", "day_shift"}
    page.checks.links["tie_out"].click()
    assert page.stack.currentWidget() is page.tree
    page.checks.links["day_shift"].click()
    assert page.stack.currentWidget() is page.shifts
    page.checks.links["drafts"].click()
    assert room.window.pages.key == "module/invoices"


def test_a_month_without_anything_open_says_so(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    """Everything done: no link, no warning."""
    room = Room(open_window, meridian.desk(tmp_path), differing=False)
    assert room.page.found is not None
    assert room.page.found.checks.complete
    assert room.page.checks.links == {}
    assert room.page.checks.verdict.fact.text() == "Every point is done."


def test_a_database_that_cannot_be_read_is_told_in_its_place(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    """The failure stands where the figures would."""
    room = Room(open_window, meridian.desk(tmp_path))
    room.asked.fails = StorageError("The disk is full.", "Free some space.")
    room.page.refresh()
    wait_for(lambda: room.page.stack.currentWidget() is room.page.empty)
    assert room.page.empty.fact.text() == "The disk is full."


def test_month_end_begins_and_ends_by_hand(room: Room) -> None:
    """Page, menu and banner are one switch; the choice is kept and sent to the sync thread."""
    window, page = room.window, room.page
    from zbdesk.ui.closing.mode import MonthEndBanner

    (banner,) = window.findChildren(MonthEndBanner)
    assert not banner.isVisible()
    page.head.switch.click()
    assert window.month_end.holds
    assert banner.isVisible()
    command = room.desk.commands[-1]
    assert isinstance(command, SetMonthEnd)
    assert command.on
    assert command.until
    assert "month_end" in (room.desk.data_dir / "settings.toml").read_text()
    assert window.actions_.month_end_mode.isChecked()
    assert banner.action is not None
    banner.action.click()
    assert not window.month_end.holds
    assert room.desk.commands[-1] == SetMonthEnd(on=False)
    window.actions_.month_end_mode.trigger()
    assert window.month_end.holds
    assert window.month_end.chosen.until is None


def test_month_end_ends_by_itself_after_its_day(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    """Its last day counts to the end, as the organization's calendar has it; then it is switched off for good."""
    desk = meridian.desk(tmp_path)
    desk.settings = replace(desk.settings, month_end=True, month_end_until="2026-11-20")
    room = Room(open_window, desk)
    mode = room.window.month_end
    assert mode.holds
    desk.clock.moment = NOW.replace(hour=18, minute=29)  # 23:59 in Kolkata
    mode.look()
    assert mode.holds
    desk.clock.moment = NOW.replace(hour=18, minute=31)
    mode.look()
    assert not mode.holds
    assert room.desk.commands[-1] == SetMonthEnd(on=False)
    assert not room.window.preferences.settings.month_end


def test_printed_words_are_all_there() -> None:
    """The window translates every word that the pages know, and no other."""
    words = {key: text for key, text in page_words().items() if not key.startswith(MODULE)}
    assert words == dict(ENGLISH)
