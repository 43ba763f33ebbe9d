"""The outgoing page: lanes, choosing, releasing, holding, doubt, dry run, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui import fake_two_ways
from tests.ui.scenes_two_ways import Frame, outgoing_frame
from tests.ui.scenes_window import wait_for
from zbdesk.domain.errors import Action
from zbdesk.domain.views import PreflightCheck
from zbdesk.sync.commands import CancelPending, HoldForReview, Release
from zbdesk.sync.events import CommandFailed, RecordsChanged
from zbdesk.ui.formats import Formats
from zbdesk.ui.outgoing.words import LANES, check_words, lane_word, what_word

HELD = (8001, 1489, 1490, 1491, 1492, 1478, 3391)


@pytest.fixture
def frame(tmp_path) -> Iterator[Frame]:
    """The page over the company of the pictures."""
    made = outgoing_frame(fake_two_ways.desk(tmp_path))
    yield made
    made.end()


def _click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_lanes_carry_their_counts(frame):
    """Each lane names how many records stand in it; the first lane with something is open."""
    words = [frame.page.lanes.button(lane).text() for lane in LANES]
    assert words == [
        "Held for review 8", "Waiting 3", "Leaving 1", "Being checked 1", "Closed period 2", "Done today 142",
    ]  # fmt: skip
    assert frame.page.lanes.value == "held"


def test_all_but_those_of_a_locked_month_are_chosen_and_the_button_has_their_number(frame):
    """What would stay behind is not chosen by itself; the button says how many leave."""
    assert frame.page.model.checked() == HELD
    assert frame.page.pane.write.text() == "Write &these 7 to Zoho Books"


def test_release_sends_exactly_the_chosen(frame):
    """Unchecking one by Space leaves it out of the command."""
    table = frame.page.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Space)
    wait_for(lambda: "6" in frame.page.pane.write.text())
    _click(frame.page.pane.write)
    assert frame.desk.commands == [Release(HELD[1:])]
    assert frame.page.model.checked() == ()


def test_the_head_chooses_all_or_none(frame):
    """The check box in the header goes from some to all to none."""
    header = frame.page.table.horizontalHeader()
    place = header.sectionViewportPosition(0) + header.sectionSize(0) // 2
    for expected in (8, 0):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center().__class__(place, 10))
        assert len(frame.page.model.checked()) == expected


def test_totals_stand_per_currency_and_never_across(frame):
    """The pane lists each currency of new documents by itself."""
    from zbdesk.ui.widgets import Label

    wait_for(lambda: frame.page.pane.cost.text() != "")
    words = [label.text() for label in frame.page.pane.findChildren(Label)]
    for figure in ("18,920.00", "6,015.40", "74,340.00", "4,12,000"):
        assert figure in words
    assert "Totals of new documents" in words


def test_the_switch_holds_at_once(frame):
    """A switch needs no Apply: one command each time."""
    _click(frame.page.hold)
    _click(frame.page.hold)
    assert frame.desk.commands == [HoldForReview(on=False), HoldForReview(on=True)]


def test_an_attempt_in_doubt_is_explained(frame):
    """The note names the record and says why it cannot be there twice."""
    assert frame.page.doubt.isVisible()
    assert "MSE/26-27/1484" in frame.page.doubt_fact.text()
    assert "GBP" in frame.page.doubt_fact.text()
    assert "cannot be there twice" in frame.page.doubt_words.text()


def test_the_dry_run_lists_every_write_and_can_be_copied(frame):
    """Fields with their value now and then; nothing is sent by looking."""
    _click(frame.page.pane.show_list)
    wait_for(lambda: hasattr(frame.page, "dialog"))
    dialog = frame.page.dialog
    assert dialog.tree.topLevelItemCount() == 7
    _click(dialog.copy)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 14
    assert lines[2].split("\t")[1] == "MSE/26-27/1489"
    assert frame.desk.commands == []


def test_taking_back_asks_and_escape_keeps(frame):
    """Cancelling changes cannot be undone: it asks with verbs, the harmless button has the focus."""
    page = frame.page
    page.show_lane("waiting")
    wait_for(lambda: page._known and len(page.model.rows) == 3)
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    wait_for(page.pane.take_back.isEnabled)
    _click(page.pane.take_back)
    dialog = page.dialog
    assert dialog.question.text() == "Cancel 3 changes?"
    assert dialog.focusWidget() is dialog.cancel
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert frame.desk.commands == []
    page.take_back()
    from zbdesk.ui.widgets import Button

    verb = next(button for button in page.dialog.findChildren(Button) if "3 changes" in button.text())
    assert not verb.isDefault()
    _click(verb)
    assert frame.desk.commands == [CancelPending(1493), CancelPending(1494), CancelPending(1495)]


def test_lanes_that_nobody_writes_by_hand_have_no_checks(frame):
    """What is leaving, in doubt or done cannot be chosen."""
    page = frame.page
    _click(page.lanes.button("done"))
    wait_for(lambda: page._known and page._lane == "done")
    assert page.model.checked() == ()
    assert not page.pane.write.isVisible()


def test_a_refresh_keeps_what_was_unchecked(frame):
    """New records come in chosen; what a person took out stays out."""
    page = frame.page
    page.model.check([1490], on=False)
    new = replace(fake_two_ways.OUTGOING[1], record_id=1499, number="MSE/26-27/1499")
    frame.desk.outgoing = [*frame.desk.outgoing, new]
    frame.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    wait_for(lambda: len(page.model.rows) == 9)
    assert 1490 not in page.model.checked()
    assert 1499 in page.model.checked()


def test_a_refused_command_is_said_on_the_page(frame):
    """What the sync thread refuses stands above the table."""
    frame.bridge.happened.emit(CommandFailed("It left already.", "Nothing was cancelled.", Action.NONE))
    wait_for(frame.page.notice.isVisible)
    assert frame.page.notice.fact.text() == "It left already."


def test_an_empty_lane_says_what_stands_there(frame):
    """Each lane has a text of its own for nothing."""
    frame.desk.outgoing = []
    texts = set()
    for lane in LANES:
        frame.page.show_lane(lane)
        wait_for(lambda: frame.page._known)
        texts.add(frame.page.empty.fact.text())
    assert len(texts) == len(LANES)


def test_words_are_total():
    """Unknown lanes, actions and checks are shown in their own words, never an error."""
    assert lane_word("new_lane").text == "new_lane"
    assert what_word(replace(fake_two_ways.OUTGOING[0], what="write_off")).text == "Write off"
    assert check_words(PreflightCheck("novel", 0), Formats()).text == "novel"
    assert "2" in check_words(PreflightCheck("rates", 2, ("KWD",)), Formats()).text
