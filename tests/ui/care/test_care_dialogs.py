"""Ending, confirming, handing over, covering: what is asked, what is said, and what only then happens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.fake_care import FakeServices
from tests.ui.fake_desk import NOW
from zbdesk.app.diagnostics import ArchiveNotWritten
from zbdesk.domain.fingerprint import Guard
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.sync.commands import ConfirmOrganization
from zbdesk.sync.events import RunFinished
from zbdesk.ui.care.cover import Cover
from zbdesk.ui.care.diagnostics import DiagnosticsDialog
from zbdesk.ui.care.handover import HandoverDialog, as_text
from zbdesk.ui.care.logs import LogDialog, chosen_lines
from zbdesk.ui.editing.dialog import OrganizationStrip

FINISHED = RunFinished(1, RunKind.DELTA, RunResult.OK, NOW, NOW, 3, (), (), 0, 0, 8, "")


@pytest.fixture
def window(open_window, desk):
    """The window with services and changes that wait."""
    desk.overview = replace(desk.overview, pending=8)
    made = open_window(desk)
    made.services = FakeServices(desk)
    return made


@pytest.mark.parametrize("what", ["disconnect", "forget", "delete"])
def test_c48_three_commands_with_three_texts_and_cancel_as_the_default(window, what, qtbot):
    """Each has its own words; Escape changes nothing; the organization stands on top of each."""
    window.care.want(what)
    dialog = window.care.dialog
    assert dialog.cancel.isDefault()
    assert dialog.verb.property("kind") != "primary"
    assert "Meridian Spices" in dialog.question.text()
    assert dialog.findChild(OrganizationStrip) is not None
    with qtbot.assertNotEmitted(window.care.ended):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_c48_no_two_of_the_texts_are_alike(window, qtbot):
    """Nobody can take one for another: question, words and verb differ."""
    seen = set()
    for what in ("disconnect", "forget", "delete"):
        window.care.want(what)
        dialog = window.care.dialog
        seen |= {dialog.question.text(), dialog.words.text(), dialog.verb.text()}
        dialog.reject()
    assert len(seen) == 9


def test_disconnecting_keeps_the_records(window, qtbot):
    """The verb says it, and the signal carries that records stay."""
    window.care.want("disconnect")
    with qtbot.waitSignal(window.disconnect_wanted) as wanted:
        window.care.dialog.verb.click()
    assert wanted.args == [False]


def test_forgetting_is_its_own_wish(window, qtbot):
    """Nothing is disconnected by it."""
    window.care.want("forget")
    with qtbot.assertNotEmitted(window.disconnect_wanted), qtbot.waitSignal(window.forget_wanted):
        window.care.dialog.verb.click()


def test_c47_deleting_names_the_number_what_is_lost_and_wants_the_short_name(window, qtbot):
    """The verb is off until the organization is typed; it says how many records go."""
    window.care.want("delete")
    dialog = window.care.dialog
    assert not dialog.verb.isEnabled()
    assert "records" in dialog.verb.text()
    texts = [label.text() for label in dialog.findChildren(type(dialog.question))]
    assert any("8 changes have not left yet. They would be lost." in text for text in texts)
    dialog.typed.setText("foods")
    assert not dialog.verb.isEnabled()
    dialog.typed.setText("meridian")
    with qtbot.waitSignal(window.disconnect_wanted) as wanted:
        dialog.verb.click()
    assert wanted.args == [True]


def test_after_a_switch_the_first_write_wants_the_name(window, desk):
    """The dialog comes by itself when something waits; typing the telling word sends the yes, once."""
    window.services.found = Guard(before="Meridian Foods Trading FZE")
    window.state.run_finished.emit(FINISHED)
    dialog = window.care.dialog
    assert "Meridian Foods Trading FZE" in dialog.words.text()
    assert not dialog.verb.isEnabled()
    dialog.typed.setText("Meridian")
    assert not dialog.verb.isEnabled()
    dialog.typed.setText("spices")
    dialog.verb.click()
    assert desk.commands == [ConfirmOrganization()]
    window.services.found = None
    window.state.run_finished.emit(FINISHED)
    assert window.care.dialog is None


def test_nothing_is_asked_while_nothing_would_be_written(window, desk, qtbot):
    """Looking at another organization is free."""
    desk.overview = replace(desk.overview, pending=0)
    window.state.refresh()
    qtbot.waitUntil(lambda: window.state.overview.pending == 0)
    window.services.found = Guard(before="Meridian Foods Trading FZE")
    window.state.run_finished.emit(FINISHED)
    assert window.care.dialog is None


def test_a_changed_organization_says_what_is_another(window):
    """Both values stand there, so that a person can tell a correction from a mistake."""
    window.services.found = Guard(changed=(("tax_id", "29AAA", "27BBB"), ("currency", "INR", "USD")))
    window.state.run_finished.emit(FINISHED)
    dialog = window.care.dialog
    texts = " ".join(label.text() for label in dialog.findChildren(type(dialog.question)))
    for part in ("Tax ID", "29AAA", "27BBB", "Base currency", "USD"):
        assert part in texts


def test_cancelling_leaves_everything_unwritten_and_asks_again_after_the_next_run(window, desk):
    """Cancel is no yes."""
    window.services.found = Guard(before="Meridian Foods Trading FZE")
    window.state.run_finished.emit(FINISHED)
    window.care.dialog.reject()
    assert desk.commands == []
    window.state.run_finished.emit(FINISHED)
    assert window.care.dialog is not None


def test_the_handover_card_says_what_breaks_and_holds_no_secret(window, tmp_path):
    """Who, since when, which scopes, how many sign-ins, where the webhooks go; copied as plain text."""
    window.care.want("handover")
    dialog = window.care.dialog
    assert isinstance(dialog, HandoverDialog)
    dialog.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text == as_text(dialog._card, window.state.formats)
    for part in ("Anita Rao", "ZohoBooks.invoices.ALL", "books.example.com/hook", "20 for one user", "2 made from this",
                 "the sign-in ends and nothing is synced"):  # fmt: skip
        assert part in text, part
    place = tmp_path / "card.pdf"
    dialog.print_on(QPdfWriter(str(place)))
    assert place.read_bytes().startswith(b"%PDF")


def test_c89_every_file_is_shown_before_it_is_saved(window, tmp_path):
    """The list names all files, the text is whole, and saving takes exactly these."""
    window.care.want("diagnostics")
    dialog = window.care.dialog
    assert isinstance(dialog, DiagnosticsDialog)
    assert [dialog.files.item(row).text() for row in range(dialog.files.count())] == ["versions.txt", "log.txt"]
    dialog.files.setCurrentRow(1)
    assert dialog.view.toPlainText() == "a line\nanother line\n"
    dialog.write(str(tmp_path / "out.zip"))
    assert window.services.saved == [tmp_path / "out.zip"]
    window.services.refuses = ArchiveNotWritten(tmp_path, "No space left on device")
    dialog.write(str(tmp_path / "again.zip"))
    assert "could not be saved" in dialog.said.text()


LOG = """\
2026-11-20 10:00:00.000Z INFO main zbdesk.app: begun
2026-11-20 10:00:01.000Z ERROR main zbdesk.app: a fault
Traceback (most recent call last):
  somewhere
2026-11-20 10:00:02.000Z WARNING main zbdesk.sync: late
2026-11-20 10:00:03.000Z DEBUG main zbdesk.sync: small
"""


def test_c88_the_viewer_shows_levels_and_words_with_what_belongs_to_them():
    """A traceback goes with its line; a word narrows."""
    assert len(chosen_lines(LOG, "DEBUG", "")) == 6
    assert chosen_lines(LOG, "ERROR", "")[1:] == ["Traceback (most recent call last):", "  somewhere"]
    assert [line[-4:] for line in chosen_lines(LOG, "WARNING", "LATE")] == ["late"]
    assert chosen_lines("", "DEBUG", "") == []


def test_c88_the_viewer_reads_again_on_request(window, tmp_path):
    """What was written meanwhile is there, secrets are not."""
    path = tmp_path / "zbdesk.log"
    path.write_text(LOG)
    dialog = LogDialog(window, tmp_path)
    assert "begun" in dialog.view.toPlainText()
    path.write_text(LOG + "2026-11-20 10:00:04.000Z INFO main zbdesk: mail to ap@lantern.example\n")
    dialog.again.click()
    assert "mail to [e-mail]" in dialog.view.toPlainText()
    dialog.wanted.setText("nowhere at all")
    assert dialog.view.toPlainText() == "Nothing of that kind is in the log."
    dialog.close()


def test_the_cover_hides_everything_until_a_key(window, qtbot):
    """It lies over the whole window, grows with it, and gives the focus back."""
    before = window.focusWidget()
    window.actions_.cover.trigger()
    cover = window.findChild(Cover)
    assert cover.geometry() == window.rect()
    window.resize(900, 700)
    QApplication.processEvents()
    assert cover.geometry() == window.rect()
    QTest.keyClick(cover, Qt.Key.Key_Shift)
    assert cover.isVisible()
    QTest.keyClick(cover, Qt.Key.Key_Space)
    assert not cover.isVisible()
    assert window.focusWidget() is before


def test_the_bar_lists_known_organizations_and_one_more(window, qtbot):
    """Each with its colour; the one in use is marked; a disconnected one says that it is not connected."""
    window.actions_.organizations.trigger()
    menu = window.bar.menu
    assert [entry.name.text() for entry in menu.entries] == [
        "Meridian Spices & Exports Pvt. Ltd.", "Meridian Foods Trading FZE", "Bergmann & Söhne GmbH",
    ]  # fmt: skip
    assert [entry.isChecked() for entry in menu.entries] == [True, False, False]
    assert menu.entries[2].status.text() == "Not connected"
    with qtbot.waitSignal(window.switch_wanted) as wanted:
        menu.entries[1].click()
    assert wanted.args == [2]
    assert not menu.isVisible()
    window.actions_.organizations.trigger()
    with qtbot.waitSignal(window.another_wanted):
        menu.another.click()
    assert not menu.isVisible()


def test_c50_every_dialog_that_writes_names_the_organization():
    """What writes is a WriteDialog, which cannot be made without the strip; no other kind of dialog sends a command."""
    from pathlib import Path

    import zbdesk.ui

    root = Path(zbdesk.ui.__file__).parent
    for path in root.rglob("*.py"):
        text = path.read_text()
        if "(CareDialog)" in text or "(QDialog)" in text or "QMessageBox(" in text:
            assert "bridge.send(" not in text or "WriteDialog" in text, path


def test_c66_nothing_acts_or_takes_the_keyboard_behind_the_cover(window, qtbot):
    """A command's key only lifts the cover, as Tab does; what asks for the focus meanwhile does not get it."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
    window.hide()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before = window.pages.key
    window.actions_.cover.trigger()
    cover = window.findChild(Cover)
    qtbot.waitUntil(cover.hasFocus)
    window.navigation.pages.setFocus()
    qtbot.waitUntil(cover.hasFocus)
    # To the window's own handle, as the desktop sends keys: commands are looked for first.
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.findChildren(Cover))
    assert window.pages.key == before
    window.actions_.cover.trigger()
    qtbot.waitUntil(window.findChild(Cover).hasFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not window.findChildren(Cover))
