"""The menu bar: every command of the window, of the tray and of the buttons, once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QMenuBar

from zbdesk.ui.actions import Actions


def fill_menu_bar(bar: QMenuBar, actions: Actions, fill_modules: Callable[[QMenu], None]) -> None:
    """Put all menus into ``bar``; ``fill_modules`` adds one entry a module when the Records menu opens."""
    a = actions
    file = bar.addMenu(_tr("&File"))
    file.addActions([a.organizations, a.import_file, a.export, a.print, a.print_record])
    file.addSeparator()
    file.addActions([a.data_folder, a.log_folder])
    file.addSeparator()
    file.addActions([a.close, a.quit])
    edit = bar.addMenu(_tr("&Edit"))
    edit.addActions([a.copy, a.copy_plain, a.filter, a.search])
    edit.addSeparator()
    edit.addAction(a.settings)
    view = bar.addMenu(_tr("&View"))
    view.addActions([a.dashboard, a.conflicts, a.problems, a.outgoing, a.month_end])
    view.addActions([a.last_module, a.webhooks, a.activity])
    view.addSeparator()
    view.addActions([a.columns, a.save_view])
    view.addSeparator()
    view.addActions([a.next_pane, a.cover])
    records = bar.addMenu(_tr("&Records"))
    records.aboutToShow.connect(lambda: _fill_records(records, a, fill_modules))
    _fill_records(records, a, fill_modules)
    sync = bar.addMenu(_tr("&Sync"))
    sync.addActions([a.sync, a.stop])
    sync.addMenu(a.pause_menu)
    sync.addActions([a.resume, a.full])
    sync.addSeparator()
    sync.addMenu(a.snooze_menu)
    sync.addAction(a.month_end_mode)
    bar.addMenu(_tr("&Window")).addActions([a.open, a.minimise])
    bar.addMenu(_tr("&Help")).addActions([a.help, a.about])


def _fill_records(menu: QMenu, actions: Actions, fill_modules: Callable[[QMenu], None]) -> None:
    menu.clear()
    menu.addActions([actions.new, actions.edit, actions.details, actions.browser])
    menu.addSeparator()
    fill_modules(menu)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Menus", words)
