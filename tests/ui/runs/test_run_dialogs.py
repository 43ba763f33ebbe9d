"""Runs in the window: the question of one beyond the limits, the list, taking back, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from tests.ui import fake_two_ways
from tests.ui.fake_desk import NOW
from tests.ui.scenes_two_ways import Frame, outgoing_frame, problems_frame
from tests.ui.scenes_window import wait_for
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.domain.views import (
    FieldChange,
    RollbackReport,
    RollbackStep,
    RunLimit,
    RunQuestion,
    RunView,
    RunWrites,
)
from zbdesk.sync.commands import AllowRun, RollBackRun, SetLimits, SyncNow
from zbdesk.ui.runs.list import RunsList
from zbdesk.ui.runs.rollback import RollbackDialog

QUESTION = RunQuestion(
    token="t-1",
    limits=(RunLimit("changes", Decimal(612), Decimal(500)), RunLimit("INR", Decimal(4_800_000), Decimal(1_000_000))),
    writes=(("create", "invoices", 600), ("delete", "contacts", 12)),
    totals=(("INR", Decimal("4800000.00")), ("EUR", Decimal("1250.50"))),
    asked_at=NOW,
)


def _step(number: str, what: str, module: str = "invoices", **more: object) -> RollbackStep:
    step = RollbackStep(
        record_id=abs(hash((number, module))) % 10_000, module=module, number=number, party="Malabar Spice Exports",
        date="2026-11-19", currency="INR", total=Decimal("98600.00"), what=what, did="create",
    )  # fmt: skip
    return replace(step, **more)  # type: ignore[arg-type]


def preview() -> RollbackReport:
    """A run of which one payment stays."""
    steps = (
        *(_step(f"MSE/26-27/148{at}", "void", reason="It stays in Zoho Books as void and keeps its number.")
          for at in range(6)),
        _step("Lone Ltd", "delete", "contacts"),
        _step("7", "none", "customerpayments", reason="Changed since: amount."),
        _step("MSE/26-27/1400", "restore", fields=(FieldChange("notes", "second", "first"),)),
    )  # fmt: skip
    return RollbackReport(17, NOW - timedelta(minutes=35), steps)


def run(key: int = 17, **more: object) -> RunWrites:
    """A run that wrote."""
    view = RunView(
        key,
        RunKind.DELTA,
        NOW - timedelta(minutes=35),
        NOW,
        RunResult.OK,
        12,
        0,
        3,
        0,
        "Sent to Zoho Books: 8 created.",
    )
    made = RunWrites(view, (("create", "contacts", 1), ("create", "invoices", 6)))
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def frame(tmp_path) -> Iterator[Frame]:
    """The outgoing page, with a run that stopped at a limit."""
    desk = fake_two_ways.desk(tmp_path)
    desk.whole_runs.asked = QUESTION
    made = outgoing_frame(desk)
    yield made
    made.end()


def _click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_run_beyond_the_limits_is_told_above_the_lanes(frame):
    """The banner names the numbers; it goes when nothing is asked any more."""
    wait_for(frame.page.large.isVisible)
    assert "612 records" in frame.page.large.fact.text()
    assert "500 may go without a look" in frame.page.large.text.text()
    frame.desk.whole_runs.asked = None
    frame.page._read()
    wait_for(lambda: not frame.page.large.isVisible())


def test_the_question_names_company_numbers_and_money_and_cancel_is_the_default(frame):
    """Enter and Escape change nothing; only the verb sends the yes, bound to what was shown."""
    wait_for(frame.page.large.isVisible)
    frame.page.look_at_run()
    dialog = frame.page.dialog
    wait_for(dialog.isVisible)
    assert dialog.question.text().startswith("Write 612 records to ")
    assert dialog.cancel.isDefault()
    assert not dialog.verb.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: not frame.page.large.isHidden())
    assert frame.desk.commands == []
    frame.page.look_at_run()
    _click(frame.page.dialog.verb)
    assert frame.desk.commands == [AllowRun("t-1")]


def _list(frame: Frame) -> RunsList:
    made = RunsList(frame.page._state, frame.page._bridge)
    made.resize(900, 400)
    made.show()
    wait_for(lambda: made.tree.topLevelItemCount() > 0)
    return made


def test_runs_are_listed_with_what_they_wrote(frame):
    """A run without writes cannot be rolled back; one that wrote can, and one taken back shows its report."""
    quiet = replace(run(18), writes=())
    frame.desk.whole_runs.listed = [quiet, run(), run(16, rolled_back_at=NOW)]
    runs = _list(frame)
    assert runs.tree.topLevelItem(0).text(1) == "Nothing written"
    assert not runs.button.isEnabled()
    runs.tree.setCurrentItem(runs.tree.topLevelItem(1))
    assert runs.tree.topLevelItem(1).text(1) == "1 contact created, 6 invoices created"
    assert (runs.button.isEnabled(), runs.button.text()) == (True, "Roll &back…")
    runs.tree.setCurrentItem(runs.tree.topLevelItem(2))
    assert runs.button.text() == "What came of it…"
    assert runs.tree.topLevelItem(2).text(2).startswith("Taken back ")
    runs.close()


def test_rolling_back_shows_what_happens_and_sends_one_command(frame):
    """The sentence counts, what stays is on top with its reason, and the destructive verb is never the default."""
    frame.desk.whole_runs.listed = [run()]
    frame.desk.whole_runs.previews = {17: preview()}
    runs = _list(frame)
    _click(runs.button)
    wait_for(lambda: runs.dialog is not None and runs.dialog.isVisible())
    dialog = runs.dialog
    assert dialog.question.text().startswith("Roll back the run of ")
    assert dialog.words.text() == (
        "6 invoices are voided, 1 contact is deleted, 1 invoice gets its values back, "
        "1 customer payment stays and is listed."
    )
    first = dialog.tree.topLevelItem(0)
    assert (first.text(1), first.text(3)) == ("Stays", "Changed since: amount.")
    assert dialog.cancel.isDefault()
    assert not dialog.verb.isDefault()
    assert "8 records" in dialog.verb.text()
    _click(dialog.verb)
    assert frame.desk.commands == [RollBackRun(17)]
    runs.close()


def test_a_report_says_what_was_done_and_what_stays(frame):
    """After the end there is nothing to agree to, and each record that stays has its reason."""
    steps = tuple(replace(step, state="left" if step.what == "none" else "done") for step in preview().steps)
    report = replace(preview(), steps=steps, rollback_id=1, begun_at=NOW, ended_at=NOW)
    dialog = RollbackDialog(None, frame.page._state, frame.page._bridge, report)
    dialog.show()
    assert dialog.verb is None
    assert dialog.words.text() == "8 of 9 taken back. 1 stay as they are; the reason stands beside each."
    assert "Changed since: amount." in dialog.lines()
    dialog.close()


def test_what_cannot_be_begun_says_why(frame):
    """While another run is being taken back there is no verb, only the reason."""
    report = replace(preview(), refused="Another run is being taken back. Wait until that is over.")
    dialog = RollbackDialog(None, frame.page._state, frame.page._bridge, report)
    assert dialog.verb is None
    assert dialog.words.text() == report.refused
    dialog.close()


def test_limits_are_set_in_the_window_and_count_at_once(frame):
    """A choice is written and sent; amounts that cannot be read say so and change nothing."""
    from zbdesk.ui.settings.limits import LimitRows
    from zbdesk.ui.settings.page import SettingsPage

    page = SettingsPage(frame.state, frame.bridge, frame.preferences)
    page.resize(900, 700)
    page.show()
    rows = page.part("limits", LimitRows)
    assert rows.records.currentData() == 2_000
    rows.records.setCurrentIndex(rows.records.findData(500))
    rows.records.activated.emit(rows.records.currentIndex())
    assert frame.desk.commands[-1] == SetLimits(500, 100, "")
    assert frame.preferences.settings.limit_changes == 500
    rows.amounts.setText("eur 50000,inr 4000000.50")
    rows.amounts.editingFinished.emit()
    assert frame.desk.commands[-1] == SetLimits(500, 100, "EUR 50000,INR 4000000.50")
    before = len(frame.desk.commands)
    rows.amounts.setText("a lot")
    rows.amounts.editingFinished.emit()
    assert rows.wrong.text == "Write currency and amount, such as EUR 50000."
    assert len(frame.desk.commands) == before
    page.close()


def test_problems_lead_to_the_question_and_to_the_vanished_records(tmp_path):
    """A limit's problem opens the numbers; a mass deletion's asks whether they are gone, Cancel first."""
    desk = fake_two_ways.desk(tmp_path)
    desk.whole_runs.asked = QUESTION
    base = desk.problems[0]
    limit = replace(base, id=901, cause="run_limit", module=None, record_id=None, message="The run stopped.")
    gone = replace(base, id=902, cause="mass_deletion", module="invoices", record_id=None, message="400 are gone.")
    desk.problems = [limit, gone]
    frame = problems_frame(desk)
    try:
        from zbdesk.ui.problems_page.remedies import remedies_of

        frame.page.remedy(remedies_of([limit])[0], [limit])
        wait_for(lambda: getattr(frame.page, "dialog", None) is not None and frame.page.dialog.isVisible())
        _click(frame.page.dialog.verb)
        assert desk.commands == [AllowRun("t-1")]
        frame.page.remedy(remedies_of([gone])[0], [gone])
        box = frame.page.window().findChild(QMessageBox)
        assert box is not None
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        agree = next(button for button in box.buttons() if "gone" in button.text())
        _click(agree)
        assert desk.commands[-1] == SyncNow(full=True, modules=("invoices",), confirmed=("invoices",))
    finally:
        frame.end()
