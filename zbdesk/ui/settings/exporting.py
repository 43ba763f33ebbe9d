"""The scheduled export: where to, which records, in which format, how often."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.ui import theme
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.widgets import Button, Message, TextField

HOURS = (1.0, 6.0, 12.0, 24.0, 168.0)


class ExportRows(Rows):
    """Takes effect at once; **Export now** on the Sources page does not wait for its time."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("ExportRows", "Scheduled export"))
        self._here = here
        look = theme.current()
        self.folder = TextField(name=self.tr("Folder for exports"), digits=True)
        self.folder.setMinimumWidth(look.px(70))
        self.folder.editingFinished.connect(self._folder_entered)
        self.browse = Button(self.tr("&Browse…"), icon="folder-open")
        self.browse.clicked.connect(self._browse)
        self.wrong = Message()
        self.add(
            self.tr("Folder"), _under(self.folder, self.wrong, self.browse),
            help_text=self.tr("Empty for no export."),
        )  # fmt: skip
        self.modules = TextField(name=self.tr("Records to export"), digits=True)
        self.modules.setMinimumWidth(look.px(70))
        self.modules.editingFinished.connect(self._modules_entered)
        self.more = Button(self.tr("Add recor&ds"), icon="plus")
        self.menu = QMenu(self.more)
        for module in MODULES.values():
            words = QCoreApplication.translate("Modules", module.label)
            action = self.menu.addAction(words)
            action.triggered.connect(lambda _checked=False, name=module.name: self._add_module(name))
        self.more.clicked.connect(lambda: self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft())))
        self.unknown = Message()
        self.add(self.tr("Records"), _under(self.modules, self.unknown, self.more))
        self.format = Choice(
            [
                (self.tr("Spreadsheet (XLSX)"), "xlsx"),
                (self.tr("CSV"), "csv"),
                (self.tr("JSON"), "json"),
                (self.tr("JSON lines"), "jsonl"),
                (self.tr("SQLite snapshot"), "sqlite"),
            ],
            self.tr("Format"),
        )
        self.format.chosen.connect(lambda value: here.change(export_format=value))
        self.add(self.tr("Format"), self.format)
        self.hours = Choice([(self._every(hours), hours) for hours in HOURS], self.tr("How often"))
        self.hours.chosen.connect(lambda value: here.change(export_hours=value))
        self.add(self.tr("How often"), self.hours)

    def _every(self, hours: float) -> str:
        if hours >= 24 and hours % 24 == 0:
            days = round(hours / 24)
            return self.tr("Every day") if days == 1 else self.tr("Every %1 days").replace("%1", str(days))
        return self.tr("Every hour") if hours == 1 else self.tr("Every %1 hours").replace("%1", f"{hours:g}")

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        if not self.folder.hasFocus():
            self.folder.setText(settings.export_folder)
        if not self.modules.hasFocus():
            self.modules.setText(settings.export_modules)
        self.format.show_value(settings.export_format)
        self.hours.show_value(settings.export_hours, self._every(settings.export_hours))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder for exports"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def take_folder(self, name: str) -> None:
        """This folder."""
        self.folder.setText(name)
        self._folder_entered()

    def _folder_entered(self) -> None:
        text = self.folder.text().strip()
        # A drive that is not plugged in is no mistake: it is said, and the export waits for it.
        missing = bool(text) and not Path(text).expanduser().is_dir()
        self.wrong.say(
            self.tr("This folder is not there now; the export waits for it.") if missing else "", "attention"
        )
        self._here.change(export_folder=text)

    def _modules_entered(self) -> None:
        words = [word.strip() for word in self.modules.text().split(",") if word.strip()]
        try:
            known = list(dict.fromkeys(named(word).name for word in words))
        except ZbdeskError as error:
            self.unknown.say(f"{error.title} {error.message}".strip(), "error")
            return
        self.unknown.say("")
        self._here.change(export_modules=", ".join(known))

    def _add_module(self, name: str) -> None:
        words = [word.strip() for word in self.modules.text().split(",") if word.strip()]
        self.modules.setText(", ".join(dict.fromkeys([*words, name])))
        self._modules_entered()


def _under(editor: QWidget, message: Message, *after: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(1))
    line = QHBoxLayout()
    line.setSpacing(theme.current().px(2))
    line.addWidget(editor, 1)
    for widget in after:
        line.addWidget(widget)
    column.addLayout(line)
    column.addWidget(message)
    holder.setFocusProxy(editor)
    return holder
