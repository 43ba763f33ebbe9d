"""What leaves a table as a file: which records, in which format. The system's own dialog then asks for the file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.editing.inputs import FlagInput
from zbdesk.ui.formats import Formats
from zbdesk.ui.records.dialogs import TableDialog
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.widgets import FormField, Label, Message


class Scope(StrEnum):
    """Which records leave."""

    SHOWN = "shown"
    SELECTED = "selected"
    ALL = "all"


class Format(StrEnum):
    """How they are written; the word is kept as the last choice."""

    XLSX = "xlsx"
    CSV_HERE = "csv_here"
    CSV_PLAIN = "csv_plain"
    JSON = "json"
    JSON_LINES = "jsonl"
    SQLITE = "sqlite"


ENDINGS = {
    Format.XLSX: "xlsx", Format.CSV_HERE: "csv", Format.CSV_PLAIN: "csv", Format.JSON: "json",
    Format.JSON_LINES: "jsonl", Format.SQLITE: "sqlite",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person chose. ``marked``: plain CSV begins with the bytes by which programs recognise UTF-8."""

    scope: Scope
    format: Format
    marked: bool = False

    @property
    def ending(self) -> str:
        """The file's ending, without a dot."""
        return ENDINGS[self.format]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records each scope has."""

    shown: int
    selected: int
    everything: int


def format_words(one: Format) -> tuple[str, str]:
    """A format's name, and for what it is good."""
    return {
        Format.XLSX: (_tr("Excel workbook"), _tr("Amounts and dates are real numbers and dates; sums per currency.")),
        Format.CSV_HERE: (
            _tr("CSV for this computer's spreadsheet"),
            _tr("Separator and decimal sign as set on this computer, so that a double click opens it in columns."),
        ),
        Format.CSV_PLAIN: (_tr("CSV for other programs"), _tr("Commas between cells, points in amounts, UTF-8.")),
        Format.JSON: (_tr("JSON"), _tr("One list of objects.")),
        Format.JSON_LINES: (_tr("JSON lines"), _tr("One object a line, for large files.")),
        Format.SQLITE: (_tr("SQLite database"), _tr("The whole module as a table, of one moment.")),
    }[one]


class ExportDialog(TableDialog):
    """Asks what is to be exported. ``chosen(Wanted)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, plural: str, counts: Counts, formats: Formats, last: Wanted) -> None:
        super().__init__(parent, _tr("Export %1").replace("%1", plural), width=120)
        self._counts = counts
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(1))
        column.addWidget(Label(_tr("Records"), "strong"))
        self._group = QButtonGroup(self)
        self.scopes: dict[Scope, QRadioButton] = {}
        for at, (scope, words, count) in enumerate(
            (
                (Scope.SHOWN, _tr("What the &table shows, in its order (%1)"), counts.shown),
                (Scope.SELECTED, _tr("Only what is se&lected (%1)"), counts.selected),
                (Scope.ALL, _tr("E&verything of this module, filtered or not (%1)"), counts.everything),
            )
        ):
            button = QRadioButton(words.replace("%1", formats.count(count)))
            button.setEnabled(count > 0)
            self._group.addButton(button, at)
            self.scopes[scope] = button
            column.addWidget(button)
        self.body.addWidget(holder)
        self.format = Choice([(format_words(one)[0], one) for one in Format], _tr("Format"))
        self.format_field = FormField(_tr("&Format"), self.format)
        self.body.addWidget(self.format_field)
        self.marked = FlagInput(_tr("Begin with a &mark of UTF-8 (some older programs need it)"))
        self.body.addWidget(self.marked)
        self.note = Message(announced=False)
        self.body.addWidget(self.note)
        self.save = self.add_verb(_tr("&Choose the file…"), primary=True)
        self.save.clicked.connect(self._save)
        self.format.chosen.connect(lambda _value: self._show())
        self._group.idToggled.connect(lambda _at, _on: self._show())
        self.format.show_value(last.format)
        self.marked.setChecked(last.marked)
        scope = Scope.SELECTED if counts.selected > 1 and last.scope is Scope.SELECTED else Scope.SHOWN
        self.scopes[scope if self.scopes[scope].isEnabled() else Scope.ALL].setChecked(True)
        self._show()
        self.format.setFocus()

    @property
    def wanted(self) -> Wanted:
        """What is chosen now."""
        scope = next((scope for scope, button in self.scopes.items() if button.isChecked()), Scope.SHOWN)
        return Wanted(scope, Format(self.format.currentData()), marked=self.marked.isChecked())

    def _show(self) -> None:
        wanted = self.wanted
        self.format_field.set_help(format_words(wanted.format)[1])
        self.marked.setVisible(wanted.format is Format.CSV_PLAIN)
        whole = wanted.format is Format.SQLITE and wanted.scope is not Scope.ALL
        self.note.say(_tr("A database always holds the whole module.") if whole else "", "attention")
        self.save.setEnabled(not whole)

    def _save(self) -> None:
        self.chosen.emit(self.wanted)
        self.accept()


def _tr(words: str) -> str:
    return QCoreApplication.translate("ExportDialog", words)
