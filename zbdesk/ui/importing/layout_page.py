"""Second step: how the file is written. Encoding, separator, sheet and headings, with the first rows as proof."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QTableView, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.reading.headings import text_of
from zbdesk.ui import lists, theme
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.importing.number import NumberField
from zbdesk.ui.importing.page import ImportPage
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, FormField, Label, gap

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
USUAL = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "gb18030",
         "big5", "cp949", "iso8859_15", "koi8_r", "cp850", "mac_roman")  # fmt: skip
SHOWN = 100


class PreviewModel(QAbstractTableModel):
    """The first rows as they are read: number of the row, then its cells."""

    def __init__(self, flow: ImportFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        flow.opened.connect(self._reset)

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """Some of the sample."""
        looked = self._flow.session.looked
        return 0 if parent.isValid() or looked is None else min(SHOWN, len(looked.sample))

    def columnCount(self, parent: Index = _TOP) -> int:
        """One more than the file has."""
        looked = self._flow.session.looked
        return 0 if parent.isValid() or looked is None else len(looked.headings) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """The headings as they were found."""
        looked = self._flow.session.looked
        if orientation is not Qt.Orientation.Horizontal or looked is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Row") if section == 0 else looked.names[section - 1]
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The text of a cell."""
        looked = self._flow.session.looked
        if looked is None or not index.isValid():
            return None
        row = looked.sample[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if index.column() == 0:
                return str(row.number)
            place = index.column() - 1
            return text_of(row.cells[place]).replace("\n", " ⏎ ") if place < len(row.cells) else ""
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return theme.current().color("text2")
        return None


class PlainTable(QTableView):
    """A table of text in the house's style."""

    def __init__(self, model: QAbstractTableModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        lists.plain(self, name)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(side)
        theme.on_change(self, self.restyle)

    def restyle(self) -> None:
        """Measures by the theme."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().setFont(QFont(look.font("caption_strong")))


class LayoutPage(ImportPage):
    """What was found, and the way to say otherwise."""

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        super().__init__(flow, state, scrolls=False)
        self.say(
            self.tr("Is this how the file is meant?"),
            self.tr("Look at names with accents and at the headings. Everything below was found in the file itself."),
        )
        self.encoding = Choice([], self.tr("Characters"))
        self.encoding.chosen.connect(lambda value: flow.reopen(encoding=value))
        self.separator = Choice(
            [
                (self.tr("Comma"), ","),
                (self.tr("Semicolon"), ";"),
                (self.tr("Tab"), "\t"),
                (self.tr("Bar"), "|"),
            ],
            self.tr("Values are separated by"),
        )
        self.separator.chosen.connect(lambda value: flow.reopen(separator=value))
        self.sheet = Choice([], self.tr("Sheet"))
        self.sheet.chosen.connect(lambda value: flow.reopen(sheet=value, header_row=None))
        self.header = NumberField(1, 1000, name=self.tr("Headings stand in row"))
        self.header.chosen.connect(self._header_chosen)
        self.layout_ = Choice(
            [
                (self.tr("One row is one document"), "row_per_document"),
                (self.tr("Rows with the same number are lines of one document"), "row_per_line"),
            ],
            self.tr("Rows and documents"),
        )
        self.layout_.chosen.connect(lambda value: flow.say("layout", value))
        self.fields = [
            FormField(self.tr("Cha&racters"), self.encoding),
            FormField(self.tr("Values are &separated by"), self.separator),
            FormField(self.tr("S&heet"), self.sheet),
            FormField(self.tr("Headings stand in ro&w"), self.header),
            FormField(self.tr("Rows an&d documents"), self.layout_),
        ]
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.current().px(5))
        self.grid.setVerticalSpacing(theme.current().px(2))
        self.content.addLayout(self.grid)
        self.banner = Banner(kind="problem")
        self.content.addWidget(self.banner)
        self.caption = Label(self.tr("First rows, as they are read"), "strong")
        self.content.addWidget(self.caption)
        self.model = PreviewModel(flow)
        self.preview = PlainTable(self.model, self.tr("First rows, as they are read"))
        self.preview.setMinimumHeight(theme.current().px(40))
        self.content.addWidget(self.preview, 1)
        gap(self.content, 2.5)
        flow.opened.connect(self._show)
        flow.failed.connect(self._failed)
        self._columns = 0
        self.arrange("wide")

    def _header_chosen(self, row: int) -> None:
        looked = self.flow.session.looked
        if looked is not None and row != looked.header_row:
            self.flow.reopen(header_row=row)
            self.changed.emit()

    def entered(self) -> None:
        """Show what is so."""
        self._show()

    def _show(self) -> None:
        looked = self.flow.session.looked
        if looked is None:
            return
        self.banner.say("")
        is_text = bool(looked.encoding)
        for field, on in zip(self.fields, (is_text, is_text, len(looked.sheets) > 1, True, True), strict=True):
            field.setVisible(on)
        if is_text:
            self._show_encodings(looked.encoding, looked.encodings)
            words = self.tr("Found with certainty.") if looked.encoding_sure else ""
            self.fields[0].set_help(words or self.tr("Most likely. If accents look wrong, choose another."))
            self.separator.show_value(looked.separator)
        self.sheet.clear()
        for name in looked.sheets:
            self.sheet.addItem(name, name)
        self.sheet.show_value(looked.sheet)
        self.header.show_value(looked.header_row)
        self.layout_.show_value(self.flow.session.said.get("layout", "row_per_document"))
        self.preview.resizeColumnsToContents()
        most = theme.current().px(60)
        for column in range(self.model.columnCount()):
            width = self.preview.columnWidth(column) + theme.current().px(2)
            self.preview.setColumnWidth(column, min(most, max(width, theme.current().px(12))))
        self.changed.emit()

    def _show_encodings(self, found: str, others: tuple[str, ...]) -> None:
        self.encoding.clear()
        for name in dict.fromkeys([found, *others, *USUAL]):
            self.encoding.addItem(_encoding_word(name), name)
        self.encoding.show_value(found)

    def _failed(self, error: ZbdeskError) -> None:
        self.banner.say(error.title, error.message, "problem")
        self.changed.emit()

    def arrange(self, breadth: str) -> None:
        """Three beside each other where there is room."""
        columns = {"wide": 3, "medium": 2}.get(breadth, 1)
        if columns == self._columns:
            return
        self._columns = columns
        for at, field in enumerate(self.fields):
            self.grid.removeWidget(field)
            self.grid.addWidget(field, at // columns, at % columns)

    def reason(self) -> str:
        """A file that can be read."""
        if self.flow.is_looking:
            return self.tr("The file is being read anew…")
        looked = self.flow.session.looked
        if looked is None or not looked.headings:
            return self.tr("No headings were found.")
        return ""

    def help_text(self) -> str:
        """See ``ImportPage``."""
        return self.tr(
            "Text files do not say in which characters they are written. Where names look wrong here, choose another "
            "entry until they look right.\n\nTitles and empty rows above the headings are left out: say in which row "
            "the headings stand."
        )

    def first_focus(self) -> QWidget | None:
        """See ``ImportPage``."""
        return next((field.editor for field in self.fields if field.isVisibleTo(self)), None)


_ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows 1252", "cp1250": "Windows 1250", "cp1251": "Windows 1251", "cp1253": "Windows 1253",
    "cp1254": "Windows 1254", "cp1255": "Windows 1255", "cp1256": "Windows 1256", "cp932": "Shift JIS",
    "gb18030": "GB 18030", "big5": "Big5", "cp949": "Korean 949", "iso8859_15": "ISO 8859-15", "koi8_r": "KOI8-R",
    "cp850": "DOS 850", "mac_roman": "Mac Roman",
}  # fmt: skip


def _encoding_word(name: str) -> str:
    return _ENCODINGS.get(name, name)
