"""The settings page: lazy groups, a search over all of them, each setting at once and with what holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from tests.ui.fake_care import FakeServices
from tests.ui.scenes_window import wait_for
from zbdesk.app.autostart import AutostartRefused
from zbdesk.app.network_test import NetworkReport, NetworkStep
from zbdesk.sync.commands import SetHours, SetPace, SetPolicy
from zbdesk.ui.settings.budget import BudgetRows
from zbdesk.ui.settings.connections import OrganizationRows
from zbdesk.ui.settings.data import LogRows
from zbdesk.ui.settings.network import NetworkRows, TrustRows
from zbdesk.ui.settings.notifications import NoticeRows, QuietRows
from zbdesk.ui.settings.page import SettingsPage
from zbdesk.ui.settings.privacy import PrivacyRows
from zbdesk.ui.settings.rules import RuleRows
from zbdesk.ui.settings.syncing import LookingRows, SparingRows
from zbdesk.ui.settings.window import WindowRows
from zbdesk.ui.widgets import Label
from zbdesk.vault.errors import VaultLocked


@pytest.fixture
def services(desk):
    """What a real program would give."""
    return FakeServices(desk)


@pytest.fixture
def window(open_window, desk, services):
    """The window on its settings."""
    made = open_window(desk, page="settings")
    made.services = services
    made.pages.made()["settings"].refresh()
    return made


@pytest.fixture
def page(window) -> SettingsPage:
    """The page."""
    return window.pages.made()["settings"]


def choose(combo: QComboBox, value: object) -> None:
    """As a person does."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_groups_are_built_when_they_are_first_shown(page):
    """Opening settings builds one group, not eleven."""
    assert page.built() == ("connections",)
    page.show_group("network")
    assert page.built() == ("connections", "network")


def test_ctrl_f_finds_a_setting_in_any_group(window, page, qtbot):
    """The words of labels, help and choices are searched; Enter goes to the control itself."""
    window.actions_.filter.trigger()
    assert window.focusWidget() is page.search
    QTest.keyClicks(page.search, "certificates pem")
    assert page.key == "network"
    assert not page.nothing.isVisible()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert window.focusWidget() is page.part("network", TrustRows).file


def test_a_search_without_a_hit_says_so_and_escape_ends_it(page, qtbot):
    """Nothing found is told; the groups come back."""
    page.search.setFocus()
    QTest.keyClicks(page.search, "xylophone")
    assert page.nothing.isVisible()
    assert page.list.model().rowCount() == 0
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert not page.nothing.isVisible()
    assert page.list.model().rowCount() == len(page.groups)


@pytest.mark.parametrize(
    "words",
    ["interval minutes", "hours", "calls a minute", "language", "proxy", "tray", "autostart sign in to this computer",
     "record map", "handover", "direction", "log", "report", "mute", "battery"],
)  # fmt: skip
def test_what_people_look_for_is_found(page, words):
    """The words that people use lead to a setting."""
    last = words.split()[-1]
    page.search.setText(last)
    assert page.list.model().rowCount() > 0, last


def test_arrows_walk_the_groups(page, qtbot):
    """Down in the list shows the next group at once."""
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.key == "syncing"


def test_what_belongs_to_one_organization_is_marked(page):
    """Modules and directions say for whom they hold; what holds for the computer says nothing."""
    modules = page.show_group("modules")
    assert modules._for.text() == "for Meridian Spices & Exports Pvt. Ltd. only"
    assert modules._for.isVisible()
    assert not page.show_group("network")._for.isVisible()


def test_on_a_narrow_window_the_groups_become_a_list_to_open(page):
    """Labels stand above their controls, and the groups are chosen at the top."""
    page.set_size("narrow")
    assert not page.list.isVisible()
    assert page.combo.isVisible()
    page.combo.activated.emit(page.combo.findData("data"))
    assert page.key == "data"
    page.focus_search()
    assert page.window().focusWidget() is page.combo


def test_every_control_of_every_group_has_a_name(page):
    """A screen reader can tell each of them."""
    for group in page.groups:
        page.show_group(group.key)
        for widget in page.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and widget.isVisible():
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox | QLineEdit)
                assert widget.accessibleName() or text or inner, (group.key, widget)


def test_hours_are_written_sent_and_taken_back(page, desk, window):
    """Ticking takes a working day, times change it, unticking empties all."""
    page.show_group("syncing")
    rows = page.part("syncing", LookingRows)
    assert not rows.begin.isVisible()
    rows.only.click()
    assert desk.commands[-1] == SetHours("07:00", "21:00", "")
    assert rows.begin.isVisible()
    rows.end.setTime(QTime(18, 30))
    choose(rows.days, "12345")
    assert desk.commands[-1] == SetHours("07:00", "18:30", "12345")
    assert window.preferences.settings.hours_to == "18:30"
    rows.only.click()
    assert desk.commands[-1] == SetHours("", "", "")


def test_sparing_is_off_until_it_is_chosen(page, window):
    """Metered networks and batteries pause nothing by themselves."""
    page.show_group("syncing")
    rows = page.part("syncing", SparingRows)
    assert not rows.metered.isChecked()
    assert not rows.battery.isChecked()
    rows.battery.click()
    choose(rows.percent, 30)
    settings = window.preferences.settings
    assert (settings.pause_metered, settings.pause_battery, settings.battery_percent) == (False, True, 30)


def test_pace_and_reserve_count_at_once(page, desk):
    """Each choice is one command; the sentence says it in calls."""
    page.show_group("budget")
    rows = page.part("budget", BudgetRows)
    choose(rows.pace, 30)
    choose(rows.reserve, 50)
    assert desk.commands[-2:] == [SetPace(30, 0.3), SetPace(30, 0.5)]
    assert rows._kept.text().startswith("2,500 of 5,000 calls a day")


def test_c29_mute_says_how_long_it_still_lasts(page, window, desk):
    """Thirty minutes, an hour, until tomorrow; what is left stands there and it can be ended."""
    page.show_group("notifications")
    rows = page.part("notifications", QuietRows)
    assert rows.state_of.text() == "Notifications are shown."
    rows.hour.click()
    assert window.state.snoozed_until == desk.clock.now() + timedelta(hours=1)
    assert "Muted until" in rows.state_of.text()
    desk.clock.moment += timedelta(minutes=20)
    rows.refresh()
    assert "40 min" in rows.state_of.text()
    rows.again.click()
    assert rows.state_of.text() == "Notifications are shown."
    rows.tomorrow.click()
    assert window.state.snoozed_until.astimezone(window.state.formats.zone).hour == 7


def test_c25_each_kind_has_its_switch_and_the_master_greys_them(page, window):
    """Off means none; the kinds keep what was chosen."""
    page.show_group("notifications")
    rows = page.part("notifications", NoticeRows)
    rows.notices["notify_conflicts"].click()
    rows.notices["notify"].click()
    assert not rows.notices["notify_problems"].isEnabled()
    assert not window.preferences.settings.notify
    assert not window.preferences.settings.notify_conflicts
    choose(rows.hourly, 2)
    assert window.preferences.settings.notify_per_hour == 2


def test_c21_the_tick_follows_the_system_while_it_is_in_sight(page, services, qtbot):
    """Somebody removes the entry outside: the tick goes, without a click here."""
    page.show_group("window")
    rows = page.part("window", WindowRows)
    assert not rows.autostart.isChecked()
    rows.autostart.click()
    assert services.autostart.on
    services.autostart.on = False
    rows._look.setInterval(10)
    qtbot.waitUntil(lambda: not rows.autostart.isChecked())


def test_c21_a_system_that_refuses_is_told_and_the_tick_jumps_back(page, services):
    """What is shown is what is so."""
    page.show_group("window")
    rows = page.part("window", WindowRows)
    services.autostart.refuses = AutostartRefused("/etc", "Permission denied")
    rows.autostart.click()
    assert "could not be changed" in rows.wrong.text
    assert not rows.autostart.isChecked()


def test_c94_the_failing_step_is_named(page, services):
    """What failed, why, and what was in order before it."""
    page.show_group("network")
    rows = page.part("network", NetworkRows)
    done = (NetworkStep.PROXY,)
    services.report = NetworkReport(done, NetworkStep.LOGIN, "the proxy refuses name or password", "http://p:1")
    rows.test.click()
    assert rows.result.kind == "error"
    assert rows.result.text == (
        "Failed at: the proxy’s login (the proxy refuses name or password). In order before it: reaching the proxy."
    )
    services.report = NetworkReport((NetworkStep.NAME,))
    rows.test.click()
    assert (rows.result.kind, rows.result.text) == ("ok", "Zoho Books answers directly.")


def test_c94_the_proxys_password_goes_to_the_vault_and_nowhere_else(page, services, window, desk):
    """It leaves the field, is in no settings file, and a keychain that refuses is told."""
    page.show_group("network")
    rows = page.part("network", NetworkRows)
    choose(rows.mode, "manual")
    rows.address.setText("http://proxy.example:8080")
    rows.address.editingFinished.emit()
    rows.user.setText("anita")
    rows.user.editingFinished.emit()
    rows.password.setText("hunter2-hunter2")
    rows.keep.click()
    assert services.passwords == ["hunter2-hunter2"]
    assert rows.password.text() == ""
    settings = window.preferences.settings
    assert (settings.proxy, settings.proxy_user) == ("http://proxy.example:8080", "anita")
    assert "hunter2" not in (desk.data_dir / "settings.toml").read_text()
    services.refuses = VaultLocked("the keychain")
    rows.password.setText("another")
    rows.keep.click()
    assert rows.kept.kind == "error"


def test_c94_an_address_that_cannot_be_one_is_refused(page, window):
    """Said beside the field; nothing is written."""
    page.show_group("network")
    rows = page.part("network", NetworkRows)
    choose(rows.mode, "manual")
    rows.address.setText("proxy")
    rows.address.editingFinished.emit()
    assert rows.wrong.kind == "error"
    assert window.preferences.settings.proxy == ""
    choose(rows.mode, "direct")
    assert window.preferences.settings.proxy == "direct"


def test_c94_a_file_without_certificates_is_refused(page, window, tmp_path):
    """The file from before goes on."""
    page.show_group("network")
    rows = page.part("network", TrustRows)
    wrong = tmp_path / "notes.pem"
    wrong.write_text("no certificate")
    rows.file.setText(str(wrong))
    rows.file.editingFinished.emit()
    assert "cannot be used" in rows.wrong.text
    assert window.preferences.settings.ca_file == ""


def test_c88_the_level_of_the_log_counts_at_once(page, window, tmp_path):
    """A debug line is written after the choice and not before it, without a restart."""
    import logging

    from zbdesk.app import log
    from zbdesk.app.settings import Settings

    made = log.start_logging(tmp_path, Settings())
    try:
        logger = logging.getLogger("zbdesk.test_level")
        logger.debug("before the choice")
        page.show_group("data")
        choose(page.part("data", LogRows).level, "debug")
        logger.debug("after the choice")
        text = made.path.read_text()
        assert "after the choice" in text
        assert "before the choice" not in text
    finally:
        log.set_level("info")
        log.stop_logging()


def test_c90_reports_and_names_are_off_until_chosen(page, window):
    """Nobody is asked for consent afterwards."""
    page.show_group("privacy")
    rows = page.part("privacy", PrivacyRows)
    assert not rows.fault.isChecked()
    assert not rows.names.isChecked()
    rows.fault.click()
    assert window.preferences.settings.fault_report


def test_known_organizations_are_listed_and_used(page, window, qtbot):
    """The one in use shows its state; another is one click away, a disconnected one says that it wants a sign-in."""
    rows = page.part("connections", OrganizationRows)
    assert len(rows.lines) == 3
    with qtbot.waitSignal(window.switch_wanted) as wanted:
        rows.lines[1].use.click()
    assert wanted.args == [2]
    assert rows.lines[2].use.text() == "Sign in again…"
    with qtbot.waitSignal(window.another_wanted):
        rows.another.click()


def test_without_services_nothing_is_offered_that_cannot_be_done(open_window, desk):
    """A window that is still starting offers no test, card or archive."""
    window = open_window(desk, page="settings")
    page = window.pages.made()["settings"]
    page.show_group("network")
    assert not page.part("network", NetworkRows).test.isEnabled()
    page.show_group("data")
    assert not page.part("data", LogRows).diagnostics.isEnabled()
    page.show_group("window")
    assert not page.part("window", WindowRows).autostart.isEnabled()


def test_a_change_of_the_state_refreshes_only_what_is_in_sight(page, window, desk, qtbot):
    """Events come many times a second: groups behind are brought up to date when they are shown."""
    page.show_group("budget")
    page.show_group("data")
    rows = page.part("budget", BudgetRows)
    before = rows.today.text()
    desk.overview = replace(desk.overview, calls=replace(desk.overview.calls, used=2000))
    window.state.refresh()
    wait_for(lambda: window.state.calls is not None and window.state.calls.used == 2000)
    assert rows.today.text() == before
    page.show_group("budget")
    assert "2,000" in rows.today.text()


class Known:
    """What the database has for a module."""

    def __init__(self, module, **values) -> None:
        self.module, self.values = module, values


def test_rules_are_listed_and_ended_and_sources_get_one_line(page, desk, qtbot):
    """Each rule stands there in words; Ask again ends it; names of sources are one command."""
    desk.policies = [
        Known("invoices", always={"notes": "remote"}, one_line_quantity_one=["shop"]),
        Known("contacts", always={"email": "local"}),
    ]
    page.show_group("modules")
    rows = page.part("modules", RuleRows)
    rows.refresh()
    wait_for(lambda: len(rows.lines) == 2)
    texts = [label.text() for line in rows.lines for label in line.findChildren(Label)]
    assert texts == ["Invoices, Notes: always Zoho Books", "Contacts, E-mail: always this computer"]
    rows.buttons["invoices", "notes"].click()
    assert desk.commands == [SetPolicy("invoices", (("always.notes", "ask"),))]
    choose(rows.module, "invoices")
    assert rows.sources.text() == "shop"
    rows.sources.setText("shop, till ,")
    rows.sources.editingFinished.emit()
    assert desk.commands[-1] == SetPolicy("invoices", (("one_line_quantity_one", "shop, till"),))
    rows.sources.setText("")
    rows.sources.editingFinished.emit()
    assert desk.commands[-1] == SetPolicy("invoices", (("one_line_quantity_one", "default"),))
