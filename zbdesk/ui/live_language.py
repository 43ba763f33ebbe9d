"""Another language, or another way to write amounts, while the program runs: the window is exchanged in place.

Widgets read their words when they are made; exchanging the window is what makes sure that none keeps an old one. What a
person looks at stays: page, filter, order, chosen record, place and size. Must not touch the sync thread. Invariant:
nothing that was typed is lost without a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtWidgets import QDialog, QMessageBox

from zbdesk.ui import languages, questions

if TYPE_CHECKING:
    from zbdesk.ui.main_window import MainWindow
    from zbdesk.ui.program import Program
    from zbdesk.ui.records.views import Look


class LanguageSwitch(QObject):
    """Follows the setting of one program."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._setting = program.preferences.settings.language
        self._negative = program.preferences.settings.negative_style
        self._question: QMessageBox | None = None

    def look(self) -> None:
        """A setting has changed: exchange the window where the language is another one now.

        Not at once: whoever changed it stands in the window that goes.
        """
        settings = self._program.preferences.settings
        if (settings.language, settings.negative_style) != (self._setting, self._negative):
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        program = self._program
        settings = program.preferences.settings
        wanted = (settings.language, settings.negative_style)
        if wanted == (self._setting, self._negative) or self._question is not None:
            return
        if (languages.chosen(settings.language), settings.negative_style) == (languages.current(), self._negative):
            self._setting = settings.language
        elif program.window.wizard is None and not unsaved(program.window) and program.wizards.own is None:
            self._exchange()
        else:
            self._question = questions.ask_language(program.window, self._exchange)
            self._question.finished.connect(self._answered)

    def _exchange(self) -> None:
        settings = self._program.preferences.settings
        self._setting, self._negative = settings.language, settings.negative_style
        self._program.wizards.drop_own()
        self._program.exchange_window()

    def _answered(self) -> None:
        """Declined: the setting says again what holds."""
        self._question = None
        settings = self._program.preferences.settings
        if (settings.language, settings.negative_style) != (self._setting, self._negative):
            self._program.preferences.change(language=self._setting, negative_style=self._negative)


def unsaved(window: MainWindow) -> bool:
    """Whether a form or an import is open over the window."""
    return any(dialog.isVisible() for dialog in window.findChildren(QDialog))


@dataclass(slots=True)
class WindowKept:
    """What a person sees of one window, to be shown in the next."""

    page: str = ""
    group: str = ""
    shown: bool = False
    active: bool = False
    place: QRect | None = None
    """Where it stands, unless it fills the screen."""

    looks: dict[str, Look] = field(default_factory=dict)
    record: int | None = None
    """The chosen record of the table in sight, with its details open."""

    drafts: dict[int, dict[str, str]] = field(default_factory=dict)
    """Sides chosen in conflicts and not applied yet."""

    @classmethod
    def of(cls, window: MainWindow) -> WindowKept:
        """What this window shows."""
        from zbdesk.ui.conflicts.page import ConflictsPage
        from zbdesk.ui.records.page import RecordsPage
        from zbdesk.ui.settings.page import SettingsPage

        kept = cls(page=window.pages.key, shown=window.isVisible(), active=window.isActiveWindow())
        if not (window.isMaximized() or window.isFullScreen() or window.isMinimized()):
            kept.place = window.geometry()
        for key, page in window.pages.made().items():
            if isinstance(page, RecordsPage):
                kept.looks[key] = page.look()
                if key == kept.page and page.detail.isVisible():
                    kept.record = page.table.current_id()
            elif isinstance(page, SettingsPage):
                kept.group = page.key
            elif isinstance(page, ConflictsPage):
                kept.drafts = page.drafts
        return kept

    def put_back(self, window: MainWindow) -> None:
        """Show the same in this window."""
        if self.place is not None:
            window.setGeometry(self.place)
        if window.state.snoozed_until is not None:
            window.actions_.snooze(window.state.snoozed_until)
        for key in self._pages():
            self._put_back_page(window, key)
        records = window.pages.records()
        if records is not None and self.record is not None:
            records.show_record(self.record)
        window.refresh()
        if self.shown:
            window.show()
        if self.active:
            window.activateWindow()
            window.focus_page()

    def _pages(self) -> list[str]:
        """What has something to be put back, and last what was in sight."""
        pages = [*self.looks]
        if self.drafts:
            pages.append("conflicts")
        if self.group:
            pages.append("settings")
        return [*pages, self.page] if self.page else pages

    def _put_back_page(self, window: MainWindow, key: str) -> None:
        from zbdesk.ui.conflicts.page import ConflictsPage
        from zbdesk.ui.records.page import RecordsPage
        from zbdesk.ui.settings.page import SettingsPage

        window.go(key)
        page = window.pages.currentWidget()
        if isinstance(page, RecordsPage):
            page.show_look(self.looks[key])
        elif isinstance(page, ConflictsPage):
            page.drafts = self.drafts
        elif isinstance(page, SettingsPage) and self.group:
            page.show_group(self.group)
