"""What the window's commands do: menu entries and keys joined to the page, bar or dialog that answers them.

Holds no state of its own. Invariant: a command for a table does nothing while no table is in sight.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from zbdesk.ui import questions
from zbdesk.ui.pages import MODULE

if TYPE_CHECKING:
    from zbdesk.ui.main_window import MainWindow


class WindowCommands(QObject):
    """One window's commands, joined when it is made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._join_window()
        self._join_records()
        self._join_folders()

    def _join_window(self) -> None:
        window, a = self._window, self._window.actions_
        a.open.triggered.connect(window.raise_window)
        a.page_wanted.connect(self._go_there)
        a.last_module.triggered.connect(window.go_last_module)
        a.filter.triggered.connect(self._focus_filter)
        a.search.triggered.connect(window.open_search)
        a.next_pane.triggered.connect(self._next_pane)
        a.month_end_mode.triggered.connect(window.month_end.toggle)
        window.month_end.changed.connect(lambda: a.month_end_mode.setChecked(window.month_end.holds))
        a.month_end_mode.setChecked(window.month_end.holds)
        a.import_file.triggered.connect(lambda _checked=False: window.imports.open())
        a.close.triggered.connect(window.close)
        a.minimise.triggered.connect(window.showMinimized)
        a.quit.triggered.connect(window.quit)
        a.organizations.triggered.connect(window.bar.open_menu)
        a.cover.triggered.connect(window.care.cover)
        a.about.triggered.connect(lambda: questions.tell_about(window))

    def _join_records(self) -> None:
        a, on_records = self._window.actions_, self._on_records
        a.copy.triggered.connect(lambda: on_records(lambda page: page.copy()))
        a.copy_plain.triggered.connect(lambda: on_records(lambda page: page.copy(titles=False)))
        a.new.triggered.connect(lambda: on_records(lambda page: page.new_record()))
        a.edit.triggered.connect(lambda: on_records(lambda page: page.edit_record()))
        a.details.triggered.connect(lambda: on_records(lambda page: page.open_detail()))
        a.browser.triggered.connect(lambda: on_records(lambda page: page.open_in_browser()))
        a.export.triggered.connect(lambda: on_records(lambda page: page.export()))
        a.print.triggered.connect(lambda: on_records(lambda page: page.print_table()))
        a.print_record.triggered.connect(lambda: on_records(lambda page: page.print_record()))
        a.columns.triggered.connect(lambda: on_records(lambda page: page.menus.choose_columns()))
        a.save_view.triggered.connect(lambda: on_records(lambda page: page.views.ask_name()))

    def _join_folders(self) -> None:
        a, folder = self._window.actions_, self._window.data_dir
        a.data_folder.triggered.connect(lambda: _open_folder(folder))
        a.log_folder.triggered.connect(lambda: _open_folder(folder / "logs"))

    def _on_records(self, then: Callable[..., None]) -> None:
        page = self._window.pages.records()
        if page is not None:
            then(page)

    def _go_there(self, key: str) -> None:
        """A command from the tray may come while the window is hidden or behind others."""
        window = self._window
        before = window.pages.key
        window.go(key)
        if key == "help" and before not in {"", "help"}:
            from zbdesk.ui.help import HelpPage

            page = window.pages.currentWidget()
            if isinstance(page, HelpPage):
                page.show_topic_of(before)
        window.focus_page()
        if not window.isActiveWindow():
            window.raise_window()

    def _focus_filter(self) -> None:
        current = self._window.pages.currentWidget()
        if current is not None and hasattr(current, "focus_search"):
            current.focus_search()
            return
        self._on_records(lambda page: page.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _next_pane(self) -> None:
        window = self._window
        page = window.pages.records()
        stops: list[QWidget] = [window.navigation.pages]
        if page is not None:
            stops += [page.filter.field, page.table]
            if page.detail.isVisible():
                stops.append(page.detail.close_button)
        else:
            current = window.pages.currentWidget()
            children = current.findChildren(QWidget) if current is not None else []
            stops += [child for child in children if takes_focus(child)][:1]
        stops.append(window.bar.sync if window.bar.sync.isVisible() else window.bar.stop)
        focused = window.focusWidget()
        here = next((at for at, stop in enumerate(stops) if stop is focused), -1)
        stops[(here + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def join_page(self) -> None:
        """Which commands there are for the page in sight."""
        key, a = self._window.pages.key, self._window.actions_
        table = key.startswith(MODULE)
        for action in (
            a.copy, a.copy_plain, a.details, a.export, a.print, a.print_record, a.columns, a.save_view, a.browser,
        ):  # fmt: skip
            action.setEnabled(table)
        a.filter.setEnabled(table or key == "settings")
        self.allow_writing()

    def allow_writing(self) -> None:
        """New and Edit, where the module in sight has a form and the connection writes."""
        page = self._window.pages.records()
        why_not = (
            page.why_no_writing()
            if page is not None
            else QCoreApplication.translate("MainWindow", "Open a list of records first.")
        )
        for action in (self._window.actions_.new, self._window.actions_.edit):
            action.setEnabled(not why_not)
            action.setToolTip(why_not)


def takes_focus(widget: QWidget) -> bool:
    """Whether the Tab key stops at it now."""
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
