"""Makes the pages of the window, each when it is first shown, and joins what they ask for to the window.

Must not keep a page: ``Pages`` does. Invariant: a page is told how much room it has before it is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zbdesk.ui.pages import MODULE

if TYPE_CHECKING:
    from zbdesk.ui.main_window import MainWindow


class PageMaker:
    """One window's pages. They are imported as they are wanted: the first picture needs the dashboard alone."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._state, self._bridge, self._preferences = window.state, window.bridge, window.preferences
        self._makers: dict[str, Callable[[], QWidget]] = {
            "dashboard": self._dashboard,
            "conflicts": self._conflicts,
            "problems": self._problems,
            "outgoing": self._outgoing,
            "month_end": self._month_end,
            "activity": self._activity,
            "sources": self._sources,
            "settings": self._settings,
        }

    def make(self, key: str) -> QWidget:
        """The page of this key, for the room that the window has. A key that nobody knows is Help."""
        if key.startswith(MODULE):
            page = self._records(key.removeprefix(MODULE))
        elif key == "webhooks" and self._window.make_webhook_acts is not None:
            page = self._webhooks()
        else:
            page = self._makers.get(key, self._help)()
        if hasattr(page, "set_size"):
            page.set_size(self._window.breadth)
        return page

    def _dashboard(self) -> QWidget:
        from zbdesk.ui.dashboard.page import Dashboard

        window, page = self._window, Dashboard(self._state, self._bridge, self._preferences)
        page.records_wanted.connect(window.show_records)
        page.record_wanted.connect(window.show_record)
        page.page_wanted.connect(window.go)
        page.webhooks_wanted.connect(window.show_webhooks)
        page.remedy_wanted.connect(window.remedy)
        page.sync_wanted.connect(window.actions_.sync.trigger)
        return page

    def _records(self, module: str) -> QWidget:
        from zbdesk.ui.records.page import RecordsPage

        page = RecordsPage(module, self._state, self._bridge, self._preferences)
        page.sentence.connect(self._window.say)
        page.settings_wanted.connect(lambda: self._window.go("settings"))
        return page

    def _problems(self) -> QWidget:
        from zbdesk.ui.problems_page import ProblemsPage

        page = ProblemsPage(self._state, self._bridge, self._preferences)
        page.sentence.connect(self._window.say)
        page.sign_in_wanted.connect(self._window.reconnect_wanted)
        page.webhooks_wanted.connect(self._window.show_webhooks)
        return page

    def _conflicts(self) -> QWidget:
        from zbdesk.ui.conflicts.page import ConflictsPage

        page = ConflictsPage(self._state, self._bridge, self._preferences)
        page.sentence.connect(self._window.say)
        page.history_wanted.connect(self._window.show_record)
        return page

    def _outgoing(self) -> QWidget:
        from zbdesk.ui.outgoing.page import OutgoingPage

        page = OutgoingPage(self._state, self._bridge, self._preferences)
        page.sentence.connect(self._window.say)
        return page

    def _month_end(self) -> QWidget:
        from zbdesk.ui.closing.page import ClosingPage

        window, page = self._window, ClosingPage(self._state, self._bridge, self._window.month_end)
        page.sentence.connect(window.say)
        page.record_wanted.connect(window.show_record)
        page.records_wanted.connect(window.show_records)
        page.page_wanted.connect(window.go)
        return page

    def _activity(self) -> QWidget:
        from zbdesk.ui.activity.page import ActivityPage

        page = ActivityPage(self._state, self._bridge)
        page.record_wanted.connect(self._window.show_record)
        page.sentence.connect(self._window.say)
        return page

    def _sources(self) -> QWidget:
        from zbdesk.ui.sources.page import SourcesPage

        window, page = self._window, SourcesPage(self._state, self._bridge, self._preferences)
        page.sentence.connect(window.say)
        page.import_wanted.connect(window.actions_.import_file.trigger)
        page.records_wanted.connect(lambda module: window.go(MODULE + module))
        page.settings_wanted.connect(window.show_programs)
        window.imports.ended.connect(page.refresh)
        return page

    def _webhooks(self) -> QWidget:
        from zbdesk.ui.webhooks.page import WebhooksPage

        window = self._window
        assert window.make_webhook_acts is not None  # noqa: S101 - asked by ``make``
        page = WebhooksPage(self._state, self._bridge, self._preferences, window.make_webhook_acts())
        page.sentence.connect(window.say)
        page.settings_wanted.connect(lambda: window.go("settings"))
        return page

    def _settings(self) -> QWidget:
        from zbdesk.ui.settings.page import SettingsPage

        window = self._window
        page = SettingsPage(self._state, self._bridge, self._preferences, lambda: window.services)
        page.wanted.connect(window.care.want)
        return page

    def _help(self) -> QWidget:
        from zbdesk.ui.help import HelpPage

        return HelpPage(self._window.actions_.all(), self._window.data_dir)
