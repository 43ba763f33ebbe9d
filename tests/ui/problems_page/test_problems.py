"""The problems page: groups, remedies, trying again, dismissing with a reason, CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest

from tests.ui import fake_two_ways
from tests.ui.scenes_two_ways import Frame, problems_frame
from tests.ui.scenes_window import wait_for
from zbdesk.sync.commands import DismissProblems, EditRecord, RetryProblems, UndoDismiss
from zbdesk.sync.events import RecordsChanged
from zbdesk.ui.editing.editor import Editor
from zbdesk.ui.problems_page.csv import NotWritten, write
from zbdesk.ui.problems_page.group import sums
from zbdesk.ui.problems_page.remedies import remedies_of


@pytest.fixture
def frame(tmp_path) -> Iterator[Frame]:
    """The page over the company of the pictures."""
    made = problems_frame(fake_two_ways.desk(tmp_path))
    yield made
    made.end()


def _group(frame: Frame, cause: str):
    return next(group for group in frame.page.groups if group.members[0].cause == cause)


def _click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_same_cause_is_one_group_with_count_and_sum(frame):
    """Twelve records with four causes are four groups; sums stand per currency."""
    assert [len(group.members) for group in frame.page.groups] == [5, 4, 2, 1]
    assert frame.page.facts.text() == "12 records, 4 causes"
    assert sums(frame.page.groups[0].members) == [("KWD", Decimal("4182.750"))]
    assert frame.status.text().startswith("12 problems: ")


def test_zohos_own_words_stand_under_details_with_copy(frame):
    """The main sentence has no code; Details shows cause, code and Zoho's message, and Copy takes them."""
    group = _group(frame, "locked_period")
    assert "110801" not in group.fact.text() + group.reason.text()
    group.set_open(opened=True)
    assert not group.box.isVisible()
    _click(group.details)
    assert group.box.isVisible()
    assert "code 110801" in group.code.text()
    _click(group.copy)
    assert "Transactions of this period are locked." in QGuiApplication.clipboard().text()


def test_try_again_for_one_a_group_and_all(frame):
    """One record by R, a group by its button, everything by the button on top: each is one command."""
    group = frame.page.groups[0]
    QTest.keyClick(group.records, Qt.Key.Key_Down)
    QTest.keyClick(group.records, Qt.Key.Key_R)
    _click(group.all_again)
    _click(frame.page.again)
    assert frame.desk.commands == [
        RetryProblems((1469,)), RetryProblems((1466, 1469, 1474, 1480, 1483)), RetryProblems(),
    ]  # fmt: skip


def test_the_words_try_again_in_a_row_act(frame):
    """A click on the row's own words tries that record again."""
    records = frame.page.groups[0].records
    place = records._columns()["again"].center()
    height = records.sizeHint().height() // 5
    QTest.mouseClick(records, Qt.MouseButton.LeftButton, pos=QPoint(place.x(), 2 * height + height // 2))
    assert frame.desk.commands == [RetryProblems((1474,))]


def test_dismissing_needs_a_reason_and_can_be_undone(frame):
    """Without a reason nothing is sent; afterwards Undo stands on the page and under Dismissed."""
    records = frame.page.groups[0].records
    QTest.keyClick(records, Qt.Key.Key_Delete)
    dialog = frame.page.dialog
    _click(dialog.verb)
    assert dialog.field.error
    assert frame.desk.commands == []
    QTest.keyClicks(dialog.text, "Replaced by MSE/26-27/1494")
    _click(dialog.verb)
    assert frame.desk.commands == [DismissProblems((1466,), "Replaced by MSE/26-27/1494")]
    assert frame.page.notice.isVisible()
    _click(frame.page.notice.action)
    assert frame.desk.commands[-1] == UndoDismiss((1466,))


def test_escape_dismisses_nothing(frame):
    """Escape is Cancel in the dialog."""
    frame.page.dismiss([frame.page.groups[0].members[0]])
    QTest.keyClicks(frame.page.dialog.text, "a reason")
    QTest.keyClick(frame.page.dialog, Qt.Key.Key_Escape)
    assert frame.desk.commands == []


def test_dismissed_ones_are_listed_with_their_reason(frame):
    """Dismissed shows each record with its reason and a button that shows it again."""
    _click(frame.page.dismissed_button)
    assert frame.page.title.text() == "Dismissed"
    assert len(frame.page._rows) == 3
    from zbdesk.ui.widgets import Button

    undo = frame.page._rows[1].findChild(Button)
    _click(undo)
    assert frame.desk.commands == [UndoDismiss((1302,))]
    _click(frame.page.dismissed_button)
    assert len(frame.page.groups) == 4


def test_a_locked_month_is_mended_once_for_all(frame):
    """One new date goes to every record of the cause, then all are tried again."""
    group = _group(frame, "locked_period")
    _click(group.buttons[0])
    dialog = frame.page.dialog
    dialog.date.setText("03/11/2026")
    _click(dialog.verb)
    assert "Enter the month in letters" in dialog.field.error
    dialog.date.setText("3 Nov 2026")
    _click(dialog.verb)
    assert frame.desk.commands == [
        EditRecord(1415, (("date", "2026-11-03"),)), EditRecord(1416, (("date", "2026-11-03"),)),
        RetryProblems((1415, 1416)),
    ]  # fmt: skip


def test_a_remedy_opens_the_right_page_of_zoho_books(frame, monkeypatch):
    """A missing rate opens the currency settings of this organization in the browser."""
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    _click(frame.page.groups[0].buttons[0])
    assert opened
    assert opened[0].endswith("/app/60012345678#/settings/currencies")


def test_a_remedy_opens_the_record_for_editing(frame):
    """A name that is taken opens the form of the record."""
    from zbdesk.domain.views import EditableDocument

    frame.desk.documents[7001] = EditableDocument(7001, "contacts", {"contact_name": "Café Lumière SARL"})
    link, rename = _group(frame, "duplicate_name").buttons
    assert (link.text(), rename.text()) == ("Link to it…", "Rename here…")
    _click(rename)
    wait_for(lambda: bool(frame.page.findChildren(Editor)))


def test_a_refresh_keeps_what_is_open_and_where_the_focus_is(frame):
    """When one problem is solved, the others stay open on the same record."""
    frame.page.groups[1].set_open(opened=True)
    frame.page.groups[0].records.select(2)
    frame.desk.problems = frame.desk.problems[1:]
    frame.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    wait_for(lambda: len(frame.page._problems) == 11)
    assert [group.is_open for group in frame.page.groups[:2]] == [True, True]
    assert frame.page.groups[0].records.current == 2


def test_no_problems_is_a_text_of_its_own(frame):
    """An empty list says so, and its buttons go."""
    frame.desk.problems = []
    frame.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    wait_for(frame.page.empty.isVisible)
    assert frame.page.empty.fact.text() == "No problems"
    assert not frame.page.again.isVisible()


def test_csv_holds_every_problem_and_no_formula(tmp_path):
    """The file has one line a problem, exact amounts, and text that starts like a formula made harmless."""
    odd = replace(fake_two_ways.PROBLEMS[0], party="=cmd()", number="-7")
    path = tmp_path / "problems.csv"
    assert write(path, [odd, *fake_two_ways.PROBLEMS]) == 13
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 13
    assert rows[0]["party"] == "'=cmd()"
    assert rows[0]["number"] == "-7"
    assert rows[1]["amount"] == "1318.750"
    with pytest.raises(NotWritten):
        write(tmp_path / "missing" / "problems.csv", [])


@pytest.mark.parametrize("cause", ["anything", "zoho_unavailable", "permission", "missing_scope", "validation"])
def test_every_cause_has_a_remedy(cause):
    """There is a button for each cause, also for one that nobody thought of."""
    remedies = remedies_of([replace(fake_two_ways.PROBLEMS[0], cause=cause)])
    assert remedies
    assert all(remedy.words for remedy in remedies)


def test_what_was_asked_for_stays_in_the_status_bar(qtbot, frame):
    """A list that is read again unchanged does not wipe “Tried again now”; one that changed does."""
    page, said = frame.page, []
    page.sentence.connect(lambda words, _strong: said.append(words))
    page.retry(page.groups[0].members[:1])
    assert said == ["Tried again now: 1 record"]
    with qtbot.waitSignal(page.ready):
        frame.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    assert said == ["Tried again now: 1 record"]
    frame.desk.problems = frame.desk.problems[1:]
    with qtbot.waitSignal(page.ready):
        frame.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    assert "problems" in said[-1]
