"""The window: commands, closing, pages, names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QMessageBox, QWidget

from tests.ui import meridian
from tests.ui.fake_desk import NOW
from zbdesk.domain.errors import Action
from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.domain.views import Overview
from zbdesk.sync.commands import Pause, Resume, SetModules, Stop, SyncNow
from zbdesk.sync.events import CommandFailed, RunStarted, StateChanged
from zbdesk.ui import window_place
from zbdesk.ui.navigation import KEY
from zbdesk.ui.settings.modules import ModuleRows
from zbdesk.ui.settings.notifications import NoticeRows
from zbdesk.ui.settings.syncing import LookingRows
from zbdesk.ui.settings.window import WindowRows

PAGES = (
    "dashboard", "conflicts", "problems", "outgoing", "module/invoices", "module/contacts", "activity", "settings",
    "help", "month_end",
)  # fmt: skip


def _click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_sync_now_and_stop_take_each_others_place(qtbot, desk, open_window):
    """While a run is under way the button stops it, says so, and comes back when the run has ended."""
    window = open_window(desk)
    _click(qtbot, window.bar.sync)
    assert desk.commands == [SyncNow()]
    for event in meridian.first_sync_events():
        window.bridge.happened.emit(event)
    qtbot.waitUntil(window.bar.stop.isVisible)
    assert not window.bar.sync.isVisible()
    _click(qtbot, window.bar.stop)
    assert desk.commands[-1] == Stop()
    assert window.bar.stop.text() == "Stopping…"
    assert not window.bar.stop.isEnabled()


def test_pause_offers_times_and_resume_ends_it(qtbot, desk, open_window):
    """Half an hour, an hour, tomorrow seven o'clock there, or until somebody resumes."""
    window = open_window(desk)
    window.actions_.pause_menu.aboutToShow.emit()
    actions = window.actions_.pause_menu.actions()
    assert [a.text().split("\t")[1] for a in actions[:3]] == ["until 10:47", "until 11:17", "until 07:00"]
    for action in actions:
        action.trigger()
    untils = [command.until for command in desk.commands if isinstance(command, Pause)]
    assert [u and window.state.formats.stamp(u) for u in untils] == [
        "20 Nov 2026 10:47 IST",
        "20 Nov 2026 11:17 IST",
        "21 Nov 2026 07:00 IST",
        None,
    ]
    window.bridge.happened.emit(StateChanged(EngineState.PAUSED, NOW))
    qtbot.waitUntil(lambda: "ume" in window.bar.pause.text())
    _click(qtbot, window.bar.pause)
    assert desk.commands[-1] == Resume()


def test_c15_first_close_asks_and_the_answer_holds(qtbot, desk, open_window):
    """Keep running hides the window near the clock; the next close does not ask again."""
    window = open_window(desk)
    window.tray_available = lambda: True
    window.close()
    box = window.findChild(QMessageBox)
    assert window.isVisible()
    assert box is not None
    keep = next(b for b in box.buttons() if "Keep" in b.text())
    _click(qtbot, keep)
    assert not window.isVisible()
    assert window.preferences.settings.close_button == "keep_running"
    window.raise_window()
    with qtbot.assertNotEmitted(window.quit_wanted):
        window.close()
    assert not window.isVisible()


def test_c15_choosing_quit_quits_now_and_later(qtbot, desk, open_window):
    """Quit is remembered too."""
    window = open_window(desk)
    window.tray_available = lambda: True
    window.close()
    leave = next(b for b in window.findChild(QMessageBox).buttons() if "Quit" in b.text())
    with qtbot.waitSignal(window.quit_wanted):
        _click(qtbot, leave)
    assert window.preferences.settings.close_button == "quit"


def test_cancelled_question_changes_nothing(qtbot, desk, open_window):
    """Escape leaves the window open and the question open for the next time."""
    window = open_window(desk)
    window.tray_available = lambda: True
    window.close()
    with qtbot.assertNotEmitted(window.quit_wanted):
        window.findChild(QMessageBox).reject()
    assert window.isVisible()
    assert window.preferences.settings.close_button == "ask"


def test_c13_without_a_tray_closing_quits(qtbot, desk, open_window):
    """The program is never invisible and running."""
    window = open_window(desk)
    window.preferences.change(close_button="keep_running")
    with qtbot.waitSignal(window.quit_wanted):
        window.close()


def test_no_connection_shows_the_wizard_in_the_windows_place(qtbot, desk, open_window, app):
    """Without a connection there is nothing to navigate: the wizard is the content, and leaves when there is one."""
    desk.overview = Overview(connection=None, state=ConnectionState.NONE)
    window = open_window(desk)
    made = QWidget()
    window._make_wizard = lambda: made
    window.refresh()
    assert window.root.currentWidget() is made
    assert not window.menuBar().isVisible()
    desk.overview = meridian.overview()
    window.state.begin_again()
    qtbot.waitUntil(lambda: window.root.currentWidget() is window.desk)
    assert window.wizard is None
    assert window.pages.key == "dashboard"


def test_every_page_opens_and_is_marked(qtbot, desk, open_window):
    """Navigation, title and page agree on where one is."""
    window = open_window(desk)
    for key in window.navigation.page_keys():
        window.go(key)
        assert window.pages.key == key
        assert window.windowTitle().startswith(window.navigation.title(key))


def test_navigation_by_keys_skips_titles_of_sections(qtbot, desk, open_window):
    """Arrow down from Dashboard lands on Conflicts, not on a heading."""
    window = open_window(desk)
    window.navigation.pages.setFocus()
    qtbot.keyClick(window.navigation.pages, Qt.Key.Key_Down)
    assert window.pages.key == "conflicts"
    qtbot.keyClick(window.navigation.pages, Qt.Key.Key_Up)
    assert window.pages.key == "dashboard"


def test_counts_in_the_navigation_come_from_the_database(qtbot, desk, open_window):
    """The count shows what the database holds and goes away with it, spoken as well as painted."""
    desk.overview = meridian.overview(problems=12, conflicts=4, pending=7, unknown=1)
    window = open_window(desk)
    model = window.navigation._models[0]
    assert [model.entries[model.row_of(key)].count for key in ("conflicts", "outgoing")] == ["4", "8"]
    spoken = model.index(model.row_of("outgoing")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Outgoing, 8 to leave"
    row = model.row_of("problems")
    assert model.entries[row].count == "12"
    assert model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) == "Problems, 12 open"
    desk.overview = meridian.overview()
    window.state.refresh()
    qtbot.waitUntil(lambda: model.entries[row].count == "")


def test_pages_are_made_when_they_are_first_shown(desk, open_window):
    """Start-up builds the dashboard and nothing else."""
    window = open_window(desk)
    assert set(window.pages.made()) == {"dashboard"}


@pytest.mark.parametrize(("width", "rail", "facts"), [(1280, False, True), (1024, True, True), (770, True, False)])
def test_breakpoints_change_rail_and_bar(qtbot, desk, open_window, width, rail, facts):
    """Wide, medium, narrow: the navigation becomes a rail, the bar loses its second line; the name stays."""
    window = open_window(desk)
    from PySide6.QtWidgets import QApplication

    from zbdesk.ui import theme

    scale = theme.current().line_height / 16
    window.resize(round(width * scale), 800)
    QApplication.processEvents()
    assert window.navigation.is_rail == rail
    assert window.bar.facts.isVisible() == facts
    assert window.bar.name.isVisible()


def test_failed_command_says_why(qtbot, desk, open_window):
    """A command that could not be carried out becomes a sentence, not silence."""
    window = open_window(desk)
    window.bridge.happened.emit(CommandFailed("Expenses cannot be read.", "The role hides them.", Action.NONE))
    qtbot.waitUntil(lambda: "Expenses cannot be read." in window.status.sentence.text())
    banner = window.pages.made()["dashboard"].banner
    assert banner.isVisible()
    assert banner.fact.text() == "Expenses cannot be read."


def test_banner_leads_to_signing_in_again(qtbot, desk, open_window):
    """The remedy stands beside the sentence."""
    desk.overview = meridian.overview(state=ConnectionState.NEEDS_SIGN_IN)
    window = open_window(desk)
    banner = window.pages.made()["dashboard"].banner
    assert banner.action.text() == "Sign in again"
    with qtbot.waitSignal(window.reconnect_wanted):
        _click(qtbot, banner.action)


def test_settings_send_modules_and_interval(qtbot, desk, open_window):
    """A tick counts at once: one command for what was clicked together, kept in the file."""
    window = open_window(desk, page="settings")
    page = window.pages.made()["settings"]
    page.show_group("modules")
    checks = page.part("modules", ModuleRows).checks
    checks["expenses"].click()
    checks["users"].click()
    qtbot.waitUntil(lambda: bool(desk.commands))
    command = desk.commands[-1]
    assert isinstance(command, SetModules)
    assert len(desk.commands) == 1
    assert "users" in command.enabled
    assert "expenses" not in command.enabled
    assert command.poll_seconds == 900
    interval = page.part("syncing", LookingRows).interval
    interval.setCurrentIndex(interval.findData(3600.0))
    interval.activated.emit(interval.currentIndex())
    assert desk.commands[-1].poll_seconds == 3600
    assert window.preferences.settings.poll_seconds == 3600


def test_settings_that_cannot_be_written_say_so_and_jump_back(qtbot, desk, open_window):
    """A control shows what holds, never what was merely wished."""
    window = open_window(desk, page="settings")
    page = window.pages.made()["settings"]
    (desk.data_dir / "settings.toml").mkdir()
    page.show_group("window")
    minimised = page.part("window", WindowRows).minimised
    minimised.click()
    assert page.banner.isVisible()
    assert not minimised.isChecked()


def test_theme_changes_live(qtbot, desk, open_window):
    """Another look counts at once, without a restart."""
    from zbdesk.ui import theme

    window = open_window(desk)
    try:
        window.preferences.change(theme="dark")
        assert theme.current().name == "dark"
    finally:
        window.preferences.change(theme="light")


def test_first_sync_bar_never_goes_back(qtbot, desk, open_window):
    """An event that comes late does not turn the bar back, and the words say done of total."""
    desk.overview = meridian.overview(first=True)
    window = open_window(desk, events=meridian.first_sync_events())
    panel = window.pages.made()["dashboard"].first
    qtbot.waitUntil(lambda: panel.bar.value() > 0)
    before = panel.bar.value()
    late = replace(meridian.first_sync_events()[-1], done=100)
    window.bridge.happened.emit(late)
    qtbot.wait(150)
    assert panel.bar.value() == before
    assert "31,766 of 1,20,936" in panel.title.text()


def test_first_sync_without_known_totals_shows_no_false_bar(qtbot, desk, open_window):
    """Where Zoho did not say how many there are, the figure stands alone."""
    view = meridian.overview(first=True)
    desk.overview = replace(view, modules=tuple(replace(c, expected=None) for c in view.modules))
    started = RunStarted(1, view.modules[0] and meridian.first_sync_events()[1].kind, ("invoices",), NOW)
    window = open_window(desk, events=[started])
    panel = window.pages.made()["dashboard"].first
    assert panel.isVisible()
    assert not panel.bar.isVisible()
    assert "of" not in panel.title.text()


@pytest.mark.parametrize("page", PAGES)
def test_c70_no_focusable_widget_without_a_name(qtbot, desk, open_window, page):
    """Whatever takes the keyboard has a name for screen readers."""
    window = open_window(desk, page=page)
    qtbot.wait(150)
    nameless = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text) and isinstance(
            widget, QAbstractButton | QAbstractItemView | QLineEdit | QComboBox
        ):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def _mnemonic(text: str) -> str:
    plain = text.replace("&&", "")
    at = plain.find("&")
    return plain[at + 1].upper() if 0 <= at < len(plain) - 1 else ""


@pytest.mark.parametrize("page", PAGES)
def test_c67_mnemonics_are_unique_in_the_window(qtbot, desk, open_window, page):
    """Alt and a letter means one thing, whichever page is shown."""
    window = open_window(desk, page=page)
    qtbot.wait(100)
    letters = [_mnemonic(action.text()) for action in window.menuBar().actions()]
    letters += [_mnemonic(b.text()) for b in window.findChildren(QAbstractButton) if b.isVisible()]
    letters = [letter for letter in letters if letter]
    assert sorted(letters) == sorted(set(letters))


def test_mnemonics_in_each_menu_are_unique(desk, open_window):
    """In a menu each letter leads to one command."""
    window = open_window(desk)
    for menu in window.menuBar().actions():
        letters = [_mnemonic(a.text()) for a in menu.menu().actions() if a.isVisible() and a.text()]
        letters = [letter for letter in letters if letter]
        assert len(letters) == len(set(letters)), menu.text()


def test_shortcuts_are_unique(desk, open_window):
    """One key, one command; Sync now and Stop share theirs because only one of them can be used."""
    window = open_window(desk)
    keys: dict[str, list[QAction]] = {}
    for action in window.actions_.all():
        if not action.shortcut().isEmpty():
            keys.setdefault(action.shortcut().toString(), []).append(action)
    shared = {key: found for key, found in keys.items() if len(found) > 1}
    assert set(shared) == {"F5"}
    assert sum(a.isEnabled() for a in shared["F5"]) == 1


@pytest.mark.parametrize("page", ["conflicts", "problems", "outgoing"])
def test_mnemonics_stay_unique_on_pages_with_something_on_them(qtbot, tmp_path, open_window, page):
    """Filled pages show more buttons than empty ones; each letter still means one thing."""
    from tests.ui import fake_two_ways

    fake = fake_two_ways.desk(tmp_path)
    window = open_window(fake, page=page)
    qtbot.wait(250)
    letters = [_mnemonic(action.text()) for action in window.menuBar().actions()]
    letters += [_mnemonic(b.text()) for b in window.findChildren(QAbstractButton) if b.isVisible()]
    letters = [letter for letter in letters if letter]
    assert sorted(letters) == sorted(set(letters))


def test_new_and_edit_open_the_form(qtbot, tmp_path, open_window):
    """Ctrl+N opens an empty form, Ctrl+E the record with the focus; where there is no list both rest."""
    from tests.ui import fake_two_ways
    from zbdesk.ui.editing.editor import Editor

    fake = fake_two_ways.desk(tmp_path)
    window = open_window(fake)
    assert not window.actions_.new.isEnabled()
    window.go("module/invoices")
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.model.known)
    assert page.new_button.isVisible()
    window.actions_.new.trigger()
    qtbot.waitUntil(lambda: any(editor.isVisible() for editor in window.findChildren(Editor)))
    window.findChild(Editor).reject()
    row = page.model.row_of(1478)
    fake.documents[page.table.model().record_ids(0, 0)[0]] = fake.documents[1478]
    page.table.setCurrentIndex(page.model.index(max(row, 0), 0))
    window.actions_.edit.trigger()
    qtbot.waitUntil(lambda: any("1478" in editor.windowTitle() for editor in window.findChildren(Editor)))


def test_a_read_only_connection_shows_the_reason_in_the_place_of_the_controls(qtbot, desk, open_window):
    """What cannot be written offers nothing to write, and says why as text."""
    view = meridian.overview()
    desk.overview = replace(view, connection=replace(view.connection, read_only=True))
    window = open_window(desk, page="module/invoices")
    page = window.pages.records()
    assert page.read_only.isVisible()
    assert page.read_only.text() == "This connection only reads."
    assert not page.new_button.isVisible()
    assert not page.acts_button.isVisible()
    assert not window.actions_.new.isEnabled()
    assert not window.actions_.edit.isEnabled()


def test_a_refused_command_is_said_above_its_table(qtbot, desk, open_window):
    """The sentence stands where the person looks, and in the status bar."""
    window = open_window(desk, page="module/invoices")
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.model.known)
    failed = CommandFailed("This cannot be saved.", "date: 31 Feb is no day.", Action.EDIT_RECORD)
    window.bridge.happened.emit(replace(failed, record_id=page.model.record_ids(0, 0)[0]))
    qtbot.waitUntil(page.notice.isVisible)
    window.bridge.happened.emit(replace(failed, record_id=987_654_321, title="Another."))
    assert "Another." not in "".join(label.text() for label in page.notice.findChildren(QLabel))


def test_next_part_of_the_window_goes_round(qtbot, desk, open_window):
    """F6 walks navigation, filter, table, details, bar, and begins again."""
    window = open_window(desk, page="module/invoices")
    page = window.pages.records()
    qtbot.waitUntil(lambda: page.model.known)
    window.activateWindow()
    window.navigation.pages.setFocus()
    stops = []
    for _ in range(5):
        window.actions_.next_pane.trigger()
        stops.append(window.focusWidget())
    assert stops[:2] == [page.filter.field, page.table]
    assert stops[-1] is window.navigation.pages


def test_c71_what_a_screen_reader_toggles_in_settings_counts(qtbot, desk, open_window):
    """Assistive technology toggles without a click; refreshing the page by itself sends nothing."""
    window = open_window(desk, page="settings")
    page = window.pages.made()["settings"]
    page.show_group("syncing")
    page.refresh()
    rows = page.part("syncing", LookingRows)
    rows.details.toggle()
    assert window.preferences.settings.fill_details
    page.part("notifications", NoticeRows).notices["notify_recovered"].toggle()
    assert not window.preferences.settings.notify_recovered
    assert desk.commands == []
    page.show_group("modules")
    page.part("modules", ModuleRows).checks["users"].toggle()
    qtbot.waitUntil(lambda: bool(desk.commands))
    assert "users" in desk.commands[-1].enabled


def test_c71_every_combo_box_has_its_label_as_a_relation(desk, open_window):
    """Qt gives the entry as the name on Linux; the label has to be told as a relation."""
    window = open_window(desk, page="settings")
    page = window.pages.made()["settings"]
    for group in page.groups:
        page.show_group(group.key)
    for box in page.findChildren(QComboBox):
        interface = QAccessible.queryAccessibleInterface(box)
        labels = [other.text(QAccessible.Text.Name) for other, _ in interface.relations(QAccessible.RelationFlag.Label)]
        assert any(labels), box.accessibleName()


def test_a_mass_deletion_is_agreed_to_by_a_question(qtbot, desk, open_window):
    """The remedy names what happens; Cancel is the default, and only agreeing sends the module as confirmed."""
    gone = replace(
        meridian.PROBLEMS[0], cause="mass_deletion", module="invoices", message="400 of 500 invoices are gone.",
        number=None, party=None,
    )  # fmt: skip
    window = open_window(desk)
    dashboard = window.pages.made()["dashboard"]
    dashboard.waits.show_problems((gone,))
    for agree in (False, True):
        dashboard.waits.findChild(QAbstractButton, "agree").click()
        box = window.findChildren(QMessageBox)[-1]
        assert box.text() == "400 of 500 invoices are gone."
        assert box.defaultButton().text().replace("&", "") == "Cancel"
        chosen = next(b for b in box.buttons() if ("gone" in b.text()) is agree)
        chosen.click()
    assert desk.commands == [SyncNow(full=True, modules=("invoices",), confirmed=("invoices",))]


def test_c67_commands_of_pages_rest_while_the_wizard_is_shown(qtbot, desk, open_window):
    """The wizard has keys of its own, F1 among them: nothing behind it answers."""
    desk.overview = Overview(None, ConnectionState.NONE)
    window = open_window(desk)
    rest = window.actions_
    assert not any(action.isEnabled() for action in (rest.help, rest.settings, rest.problems, rest.next_pane))
    assert rest.quit.isEnabled()


def test_the_first_window_fits_the_screen(desk, open_window, monkeypatch):
    """A small screen gets a window that shows its lower edge."""
    window = open_window(desk)
    window_place.restore(window, window.preferences)
    screen = window.screen().availableSize()
    assert window.width() <= max(screen.width(), window.minimumWidth())
    assert window.height() < screen.height() or window.height() == window.minimumHeight()


def test_a_low_window_keeps_room_for_the_lists_of_records(qtbot, desk, open_window):
    """Sources, webhooks and activity stand at the foot, and scroll with the rest where that would leave a slit."""
    window = open_window(desk)
    bar = window.navigation
    keys, badge = bar.page_keys(), "12"
    bar.count("webhooks", badge)

    def at_the_foot() -> list[str]:
        model = bar.foot.model()
        return [entry.key for entry in model.entries]

    window.resize(1280, 800)
    qtbot.waitUntil(lambda: at_the_foot() == ["sources", "webhooks", "activity", "settings", "help"])
    window.go("module/invoices")
    window.resize(760, 520)
    qtbot.waitUntil(lambda: at_the_foot() == ["settings", "help"])
    assert bar.page_keys() == keys
    shown = bar.pages.visualRect(bar.pages.currentIndex())
    assert bar.pages.viewport().rect().contains(shown), "the page in sight is marked in sight"
    window.go("webhooks")
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: "webhooks" in at_the_foot())
    assert bar.foot.currentIndex().data(KEY) == "webhooks"
    assert next(entry.count for entry in bar.foot.model().entries if entry.key == "webhooks") == badge
