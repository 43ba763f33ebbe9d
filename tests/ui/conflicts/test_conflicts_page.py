"""The conflicts page by clicks and keys: choosing, applying, undoing, rules, speed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui import fake_two_ways
from tests.ui.fake_desk import NOW
from tests.ui.scenes_two_ways import Frame, conflicts_frame
from tests.ui.scenes_window import wait_for
from zbdesk.domain.errors import Action
from zbdesk.sync.commands import ResolveConflicts, SetPolicy, UndoResolve
from zbdesk.sync.events import CommandFailed, RecordsChanged
from zbdesk.ui.conflicts.fields_model import OURS, THEIRS
from zbdesk.ui.conflicts.list import short_age
from zbdesk.ui.conflicts.model import ConflictFilter, ConflictsModel
from zbdesk.ui.conflicts.rule import set_words
from zbdesk.ui.formats import Formats


@pytest.fixture
def frame(tmp_path) -> Iterator[Frame]:
    """The page over the company of the pictures."""
    made = conflicts_frame(fake_two_ways.desk(tmp_path))
    yield made
    made.end()


def _key(frame: Frame, key: Qt.Key) -> None:
    # To the list, where the focus is: a list would take letters for a search of its own.
    QTest.keyClick(frame.page.list, key)


def test_differing_fields_come_first_and_equal_ones_are_folded(frame):
    """What differs stands on top, then the total, then what joins; equal fields are one line until it is opened."""
    model = frame.page.fields
    kinds = [row.kind for row in model.rows]
    assert kinds == ["clash", "clash", "clash", "total", "heading", "joined", "joined", "fold"]
    assert model.rows[-1].label.text == "23 equal fields"
    model.fold()
    assert sum(row.kind == "equal" for row in model.rows) == 23


def test_nothing_is_chosen_and_nothing_can_be_applied_at_first(frame):
    """A conflict opens undecided, and the button says by its side how much is left to decide."""
    page = frame.page
    assert page.fields.chosen == {}
    assert not page.apply.isEnabled()
    assert "3 fields" in page.why.text()


def test_a_click_on_a_side_chooses_it_and_shows_the_result(frame):
    """Each field takes its own side; the result column shows what the record will hold before anything is sent."""
    page = frame.page
    table = page.table
    for row, column in ((0, OURS), (1, THEIRS), (2, OURS)):
        box = table.visualRect(page.fields.index(row, column))
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.fields.chosen == {"line_items": "local", "due_date": "remote", "reference_number": "local"}
    wait_for(page.apply.isEnabled)
    assert page.fields.cell(1, 5).text == "30 Nov 2026"
    assert page.fields.cell(3, 5).text == "6,38,925.00"
    assert "not paid and not locked" in page.effect.sentence.text()
    assert frame.desk.commands == []


def test_apply_sends_one_command_with_the_fields_that_take_the_other_side(frame):
    """The command names the side of most fields and lists only the exceptions; the next conflict is shown."""
    page = frame.page
    page.fields.choose("line_items", "local")
    page.fields.choose("due_date", "remote")
    page.fields.choose("reference_number", "local")
    wait_for(page.apply.isEnabled)
    QTest.mouseClick(page.apply, Qt.MouseButton.LeftButton)
    assert frame.desk.commands == [ResolveConflicts((1488,), "local", (("due_date", "remote"),))]
    assert 1488 in page.model.settling
    assert page.current().id != 1488


def test_triage_keys_choose_apply_skip_move_and_undo(frame):
    """1 and 2 take a side for all fields, 3 applies, S and J go on, K goes back, Z takes the last choice back."""
    page = frame.page
    _key(frame, Qt.Key.Key_2)
    assert set(page.fields.chosen.values()) == {"remote"}
    _key(frame, Qt.Key.Key_1)
    assert set(page.fields.chosen.values()) == {"local"}
    wait_for(page.apply.isEnabled)
    _key(frame, Qt.Key.Key_3)
    assert frame.desk.commands == [ResolveConflicts((1488,), "local")]
    second = page.current().id
    assert second != 1488
    assert not page.apply.isEnabled(), "keys act on what is in sight, never on what was"
    _key(frame, Qt.Key.Key_S)
    assert page.current().id != second
    _key(frame, Qt.Key.Key_K)
    assert page.current().id == second
    _key(frame, Qt.Key.Key_J)
    _key(frame, Qt.Key.Key_Z)
    assert frame.desk.commands[-1] == UndoResolve((1488,))
    assert page.current().id == 1488
    assert not page.model.settling


def test_single_letter_keys_can_be_switched_off(frame):
    """With the setting off, letters do nothing and no keycap is drawn."""
    page = frame.page
    frame.preferences.change(single_letter_keys=False)
    _key(frame, Qt.Key.Key_1)
    _key(frame, Qt.Key.Key_J)
    assert page.fields.chosen == {}
    assert page.current().id == 1488
    assert page.apply.accessibleDescription() == ""


def test_letters_typed_into_the_filter_are_text(frame):
    """No triage key acts while the filter has the focus."""
    page = frame.page
    QTest.keyClicks(page.filter.field, "1s3")
    assert page.filter.field.text() == "1s3"
    assert frame.desk.commands == []
    assert isinstance(page.filter.field, QLineEdit)


def test_arrow_keys_choose_sides_in_the_table(frame):
    """Left and right take the side that stands there; down goes to the next field."""
    page = frame.page
    page.table.focus_first()
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    assert page.fields.chosen == {"line_items": "remote", "due_date": "local"}


def test_a_choice_that_would_break_a_paid_document_is_refused(frame):
    """The planner's refusal stands in place of the effect and beside the button, which cannot be used."""
    page = frame.page
    frame.desk.refusals[1488] = "The invoice is paid in Zoho Books."
    page.fields.choose_all("local")
    wait_for(lambda: page.effect.icon.isVisibleTo(page))
    assert not page.apply.isEnabled()
    assert page.why.text() == "The invoice is paid in Zoho Books."
    QTest.keyClick(page, Qt.Key.Key_3)
    assert frame.desk.commands == []


def test_a_settled_conflict_leaves_only_when_the_database_says_so(frame):
    """After Apply the row says that it is settling; it goes with the next reading of the database."""
    page = frame.page
    page.fields.choose_all("remote")
    wait_for(page.apply.isEnabled)
    page.apply.click()
    assert page.model.row_of(1488) >= 0
    frame.desk.conflicts = frame.desk.conflicts[1:]
    frame.bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))
    wait_for(lambda: page.model.row_of(1488) < 0)
    assert not page.model.settling


def test_a_refused_command_brings_the_conflict_back_with_its_reason(frame):
    """What the sync thread refuses is no longer settling, and the sentence stands on the page."""
    page = frame.page
    page.fields.choose_all("remote")
    wait_for(page.apply.isEnabled)
    page.apply.click()
    frame.bridge.happened.emit(CommandFailed("It was changed meanwhile.", "Look again.", Action.NONE))
    assert not page.model.settling
    assert page.notice.fact.text() == "It was changed meanwhile."
    assert not page.undo.isEnabled()


def test_a_rule_shows_its_dry_run_and_leaves_refused_ones_out(frame):
    """The rule's button carries the number that the dry run found, and the command names exactly these."""
    page = frame.page
    frame.desk.refusals[1390] = "It is paid."
    page.list.setCurrentIndex(page.model.index(page.model.row_of(1396)))
    QTest.mouseClick(page.rule, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert not dialog.settle.isEnabled()
    assert len(dialog.keys) == 40
    dialog.theirs.click()
    wait_for(dialog.settle.isEnabled)
    assert "39 conflicts" in dialog.settle.text()
    assert "It is paid." in dialog.refusals.text.text()
    dialog.settle.click()
    (command,) = frame.desk.commands
    assert command.keep == "remote"
    assert len(command.conflict_ids) == 39
    assert 1390 not in command.conflict_ids


def test_a_rule_may_hold_from_now_on(frame):
    """With the box checked the choice is also kept for the fields of the set; without it nothing is remembered."""
    page = frame.page
    page.list.setCurrentIndex(page.model.index(page.model.row_of(1396)))
    QTest.mouseClick(page.rule, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert dialog.ruled == {"invoices": ("due_date",)}
    assert dialog.always.isVisibleTo(dialog)
    dialog.theirs.click()
    wait_for(dialog.settle.isEnabled)
    dialog.always.click()
    dialog.settle.click()
    rule, settled = frame.desk.commands
    assert rule == SetPolicy("invoices", (("always.due_date", "remote"),))
    assert isinstance(settled, ResolveConflicts)


def test_checked_conflicts_are_settled_together(frame):
    """With checks on, the side buttons name their number and open the dry run for exactly these."""
    page = frame.page
    for key in (1396, 1395):
        index = page.model.index(page.model.row_of(key))
        page.list.scrollTo(index)
        box = page.list.painter_.check_rect(page.list.visualRect(index), reverse=False)
        QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.current().id == 1488, "a check leaves the place alone"
    assert page.ours.text().startswith("2 ")
    page.ours.click()
    assert page.dialog.keys == page.model.checked()
    assert page.dialog.keep == "local"


def test_filters_narrow_the_list_and_unseen_checks_do_not_count(frame):
    """Module, field, amount and age narrow the list; what is hidden is never acted on."""
    page = frame.page
    page.model.check([9001], on=True)
    page.filter._apply(ConflictFilter(fields=("due_date",)))
    assert {view.module for view in page.model.listed} == {"invoices"}
    assert len(page.model.listed) == 41
    assert page.model.checked() == ()
    page.filter._apply(ConflictFilter(least=Decimal(5000)))
    assert {view.id for view in page.model.listed} == {1488, 1486}
    page.filter._apply(ConflictFilter(days=1, modules=("contacts",)))
    assert not page.model.listed
    assert page.none_fit.isVisible()
    QTest.mouseClick(page.none_fit.action, Qt.MouseButton.LeftButton)
    assert len(page.model.listed) == 44


def test_drafted_choices_survive_moving_away(frame):
    """What was chosen for one conflict is still chosen when a person comes back to it."""
    page = frame.page
    page.fields.choose("due_date", "remote")
    _key(frame, Qt.Key.Key_J)
    wait_for(lambda: page.fields.detail.view.id != 1488)
    _key(frame, Qt.Key.Key_K)
    wait_for(lambda: page.fields.detail.view.id == 1488)
    assert page.fields.chosen == {"due_date": "remote"}


def test_at_stake_is_summed_per_currency_only():
    """Amounts of different currencies are never added."""
    model = ConflictsModel()
    model.replace(fake_two_ways.CONFLICTS, NOW)
    assert dict(model.at_stake()) == {"INR": Decimal("19870.00"), "JPY": Decimal(20000)}


def test_five_thousand_conflicts_open_within_a_second(tmp_path):
    """The page with thousands of conflicts shows its list and the first conflict's fields in under a second."""
    desk = fake_two_ways.desk(tmp_path)
    plain = fake_two_ways.CONFLICTS[-1]
    desk.conflicts = [replace(plain, id=key, number=f"MSE/{key}") for key in range(10_000, 15_000)]
    begun = time.perf_counter()
    frame = conflicts_frame(desk)
    spent = time.perf_counter() - begun
    assert frame.page.model.rowCount() == 5000
    frame.end()
    assert spent < 1.0, f"{spent:.2f} s"


def test_narrow_windows_show_one_part_at_a_time(frame):
    """Without room the list stands alone; Enter opens the conflict, Back returns with the focus on the list."""
    page = frame.page
    page.set_size("narrow")
    assert page.list.isVisible()
    assert not page.table.isVisible()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.table.isVisible()
    assert not page.list.isVisible()
    QTest.mouseClick(page._back, Qt.MouseButton.LeftButton)
    assert page.list.isVisible()


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(minutes=38), "38 min"), (timedelta(minutes=66), "1 h"), (timedelta(days=2), "2 days")],
)
def test_age_in_a_word(span, words):
    """How long a conflict is open fits into one word or two."""
    assert short_age(NOW - span, NOW, Formats()) == words


def test_sets_of_fields_in_words():
    """A rule names its fields as people do."""
    assert set_words(("due_date",)) == "Due date alone"
    assert set_words(("due_date", "line_items", "notes")) == "Due date, lines and notes"


def test_every_control_has_a_name(frame):
    """Screen readers find no nameless control on the page."""
    from PySide6.QtWidgets import QWidget

    nameless = [
        widget
        for widget in frame.page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    assert frame.page.list.indexAt(QPoint(5, 5)).isValid()
