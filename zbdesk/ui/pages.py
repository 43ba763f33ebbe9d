"""Which pages there are, made when they are first shown; the navigation's entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from zbdesk.domain.module import Section
from zbdesk.domain.modules import MODULES
from zbdesk.ui import text
from zbdesk.ui.navigation import Entry
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.ui.records.page import RecordsPage

MODULE = "module/"


def upper_entries(state: DeskState) -> list[Entry]:
    """Dashboard, what is to settle, the chosen modules by section."""
    tr = QCoreApplication.translate
    entries = [
        Entry("dashboard", tr("Pages", "Dashboard"), "layout-dashboard"),
        Entry("", tr("Pages", "To settle")),
        Entry("conflicts", tr("Pages", "Conflicts"), "git-compare-arrows"),
        Entry("problems", tr("Pages", "Problems"), "octagon-alert"),
        Entry("outgoing", tr("Pages", "Outgoing"), "cloud-upload"),
        Entry("month_end", tr("Pages", "Month end"), "calendar"),
    ]
    chosen = {counts.module for counts in state.modules() if counts.enabled or counts.off_reason}
    for section, title in (
        (Section.SALES, tr("Pages", "Sales")),
        (Section.PURCHASES, tr("Pages", "Purchases")),
        (Section.ACCOUNTANT, tr("Pages", "Accountant")),
        (Section.BANKING, tr("Pages", "Banking")),
        (Section.PROJECTS, tr("Pages", "Projects")),
        (Section.SETTINGS, tr("Pages", "Lists")),
    ):
        members = [module for module in MODULES.values() if module.section is section and module.name in chosen]
        if members:
            entries.append(Entry("", title))
            entries += [
                Entry(MODULE + module.name, tr("Modules", module.label), text.module_icon(module.name))
                for module in members
            ]
    return entries


def lower_entries() -> list[Entry]:
    """What stands at the foot, in sight however many modules there are above."""
    tr = QCoreApplication.translate
    return [
        Entry("sources", tr("Pages", "Sources"), "folder-input"),
        Entry("webhooks", tr("Pages", "Webhooks"), "webhook"),
        Entry("activity", tr("Pages", "Activity"), "history"),
        Entry("settings", tr("Pages", "Settings"), "settings"),
        Entry("help", tr("Pages", "Help"), "circle-question-mark"),
    ]


class Pages(QStackedWidget):
    """The pages by key. ``make`` builds one the first time it is wanted."""

    def __init__(self, make: Callable[[str], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._pages: dict[str, QWidget] = {}
        self.key = ""

    def show_key(self, key: str) -> QWidget:
        """Show a page, making it if need be."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._make(key)
            self.addWidget(page)
        self.key = key
        self.setCurrentWidget(page)
        return page

    def made(self) -> dict[str, QWidget]:
        """The pages that exist."""
        return dict(self._pages)

    def records(self) -> RecordsPage | None:
        """The table in sight, if one is."""
        from zbdesk.ui.records.page import RecordsPage

        page = self.currentWidget()
        return page if isinstance(page, RecordsPage) else None

    def forget(self) -> None:
        """Another connection: all pages begin anew."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self.key = ""
