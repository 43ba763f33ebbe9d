"""The banner of a newer version: once a day, off when switched off, never in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel

from tests.app.test_updates import Server, notice, signed
from zbdesk.app import updates as app_updates
from zbdesk.ui.settings.privacy import PrivacyRows
from zbdesk.ui.updates import UpdateWatch


@pytest.fixture
def server():
    """A server with a notice of version 9.1.0."""
    made = Server()
    made.answer = signed(notice(summary="Faster lists."))
    yield made
    made.close()


@pytest.fixture
def watched(desk, open_window, server, qtbot):
    """A window with a watch whose looks are carried out at once."""
    import asyncio

    window = open_window(desk)
    desk.vault = lambda: None

    def make(**options):
        watch = UpdateWatch(desk, window.preferences, asyncio.run, window, **{"feed": lambda: server.feed,
                            "forbidden": lambda: False, **options})  # fmt: skip
        watch.use(window.update_banner)
        return watch

    return window, make


def test_c95_a_newer_version_is_a_banner_that_takes_no_focus(watched, monkeypatch, server, qtbot):
    """It says which version and what one has; its link opens the browser; the focus stays where it was."""
    window, make = watched
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    window.activateWindow()
    window.navigation.pages.setFocus()
    before = QApplication.focusWidget()
    make().start()
    banner = window.update_banner
    assert banner.isVisible()
    assert "9.1.0" in banner.fact.text()
    assert "Faster lists." in banner.text.text()
    assert "Nothing is downloaded" in banner.text.text()
    assert QApplication.focusWidget() is before
    banner.action.click()
    assert opened == ["https://example.com/9.1"]
    assert len(server.asked) == 1


def test_c95_once_a_day(watched, server, desk):
    """Neither an hour's look nor a new start asks again within a day; what was found stays in sight."""
    window, make = watched
    watch = make()
    watch.start()
    watch.look()
    again = make()
    again.start()
    assert again.update is not None
    assert window.update_banner.isVisible()
    assert len(server.asked) == 1
    desk.clock.moment += timedelta(hours=25)
    again.look()
    assert len(server.asked) == 2


def test_c95_a_clock_that_was_set_back_does_not_silence_it(watched, server, desk):
    """A last look in the future counts as none."""
    _, make = watched
    watch = make()
    watch.start()
    desk.clock.moment -= timedelta(days=30)
    watch.look()
    assert len(server.asked) == 2


def test_c95_not_now_hides_this_version_and_the_next_is_told(watched, server, desk):
    """Dismissed is dismissed, also after a new start; another version is another matter."""
    window, make = watched
    make().start()
    window.update_banner.later.click()
    assert not window.update_banner.isVisible()
    watch = make()
    watch.start()
    assert not window.update_banner.isVisible()
    server.answer = signed(notice("9.2.0"))
    desk.clock.moment += timedelta(days=2)
    watch.look()
    assert window.update_banner.isVisible()
    assert "9.2.0" in window.update_banner.fact.text()


@pytest.mark.parametrize("how", ["setting", "policy", "build"])
def test_c95_off_asks_nobody(watched, server, how):
    """A person, an administrator, or a build without an address: nobody is contacted."""
    window, make = watched
    options = {"policy": {"forbidden": lambda: True}, "build": {"feed": lambda: None}}.get(how, {})
    if how == "setting":
        window.preferences.change(look_for_updates=False)
    watch = make(**options)
    watch.start()
    watch.look()
    assert server.asked == []
    assert not window.update_banner.isVisible()
    if how == "setting":
        window.preferences.change(look_for_updates=True)
        assert len(server.asked) == 1
        assert window.update_banner.isVisible()
        window.preferences.change(look_for_updates=False)
        assert not window.update_banner.isVisible()


@pytest.mark.parametrize("trouble", ["offline", "garbage"])
def test_c95_trouble_is_nobodys_business(watched, server, trouble, caplog):
    """No banner, no error, one line in the log, and no second question before tomorrow."""
    window, make = watched
    server.answer = b"<html>hotel login</html>"
    feed = server.feed
    if trouble == "offline":
        server.server.shutdown()
        server.server.server_close()
    caplog.set_level("INFO", "zbdesk.ui.updates")
    watch = make(feed=lambda: feed)
    watch.start()
    watch.look()
    assert not window.update_banner.isVisible()
    assert window.state.error is None
    assert sum("no news of versions" in line for line in caplog.messages) == 1


def test_c95_settings_say_what_this_build_does(desk, open_window, monkeypatch):
    """Without an address the switch is greyed with the reason; with one it is there to be switched."""
    window = open_window(desk)
    window.go("settings")
    page = window.pages.made()["settings"]
    page.show_group("privacy")
    rows = page.part("privacy", PrivacyRows)
    assert not rows.updates.isEnabled()
    assert not rows.updates.isChecked()
    assert "This build does not look for updates." in [label.text() for label in page.findChildren(QLabel)]
    monkeypatch.setattr(app_updates, "built_in", object)
    monkeypatch.setattr(app_updates, "forbidden", lambda: False)
    from zbdesk.ui.updates import why_no_looking

    assert why_no_looking() == ""
    monkeypatch.setattr(app_updates, "forbidden", lambda: True)
    assert "administrator" in why_no_looking()
