"""Columns of the file at the start, their fields in the middle, the proof at the end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from zbdesk.ui import icons, lists, theme
from zbdesk.ui.importing import names, proofs
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Combo, announce

COLUMN, VALUE, FIELD, PROOF = range(4)


class FieldCombo(Combo):
    """A column's field. ``picked``: its path, empty to leave it out. The wheel scrolls the table."""

    picked = Signal(str)

    def __init__(self, name: str, choices: QStandardItemModel) -> None:
        super().__init__(name)
        self.setModel(choices)
        self.setMaxVisibleItems(18)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda at: self.picked.emit(str(self.itemData(at) or "")))

    def show_path(self, path: str) -> None:
        """Show what holds."""
        self.setCurrentIndex(max(0, self.findData(path)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do not change a field by scrolling past it."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Words give way to the width of the table's column."""
        return QSize(theme.current().px(20), theme.current().control_height)


class ColumnsTable(QTableWidget):
    """One row a column of the file."""

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        super().__init__(0, 4)
        self.flow, self.desk_state = flow, state
        self.combos: list[FieldCombo] = []
        self._shown: tuple[object, ...] = ()
        self._choices = QStandardItemModel(self)
        self.setHorizontalHeaderLabels(
            [self.tr("Column in the file"), self.tr("First value"), self.tr("Field"), self.tr("What it shows")]
        )
        lists.plain(self, self.tr("Columns and fields"))
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its combo boxes take it
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        flow.opened.connect(self.fill)
        flow.checked.connect(self.refresh)
        flow.checking.connect(self.refresh)
        theme.on_change(self, self.restyle)

    def restyle(self) -> None:
        """Measures by the theme."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.control_height + look.px(1.5))
        for combo in self.combos:
            combo.setMaximumHeight(look.control_height)
        self.horizontalHeader().setFont(QFont(look.font("caption_strong")))
        self._share()

    def fill(self) -> None:
        """Another file or other records: all rows anew."""
        looked, module = self.flow.session.looked, self.flow.session.module
        wanted = (looked.path if looked else None, looked.names if looked else (), module.name)
        if wanted == self._shown:
            self.refresh()
            return
        self._shown = wanted
        self._fill_choices()
        self.setRowCount(0)
        self.combos = []
        if looked is None:
            return
        self.setRowCount(len(looked.names))
        look = theme.current()
        for place, name in enumerate(looked.names):
            head = QTableWidgetItem(name)
            head.setFont(QFont(look.font("strong")))
            head.setToolTip(name)
            value = proofs.first_value(self.flow, place)
            shown = QTableWidgetItem(value)
            shown.setForeground(look.color("text2"))
            shown.setToolTip(value)
            for at, item in ((COLUMN, head), (VALUE, shown), (PROOF, QTableWidgetItem())):
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(place, at, item)
            combo = FieldCombo(self.tr("Field of %1").replace("%1", name), self._choices)
            combo.picked.connect(lambda path, place=place: self._picked(place, path))
            combo.setMaximumHeight(look.control_height)
            self.combos.append(combo)
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(combo)
            self.setCellWidget(place, FIELD, holder)
        self._share()
        self.refresh()

    def _fill_choices(self) -> None:
        module = self.flow.session.module
        self._choices.clear()
        out = QStandardItem(self.tr("Leave out"))
        out.setData("", Qt.ItemDataRole.UserRole)
        self._choices.appendRow(out)
        usual = names.usual_count(module)
        for at, (words, path) in enumerate(names.labelled(module)):
            if at in {0, usual}:
                line = QStandardItem()
                line.setData("separator", Qt.ItemDataRole.AccessibleDescriptionRole)
                line.setFlags(Qt.ItemFlag.NoItemFlags)
                line.setData(None, Qt.ItemDataRole.UserRole)
                self._choices.appendRow(line)
            item = QStandardItem(words)
            item.setData(path, Qt.ItemDataRole.UserRole)
            self._choices.appendRow(item)

    def _picked(self, place: int, path: str) -> None:
        lost = self.flow.set_field(place, path)
        looked = self.flow.session.looked
        if lost is not None and looked is not None:
            said = self.tr("%1 is left out now: its field went to %2.")
            announce(self, said.replace("%1", looked.names[lost]).replace("%2", looked.names[place]))

    def refresh(self) -> None:
        """Fields and proofs as they are now."""
        session = self.flow.session
        found = self.flow.findings
        faults = proofs.faults_by_place(found.report.errors) if found is not None else {}
        look = theme.current()
        for place, combo in enumerate(self.combos):
            combo.show_path(session.fields.get(place, ""))
            item = self.item(place, PROOF)
            if item is None:
                continue
            one = proofs.proof(self.flow, self.desk_state, place, faults)
            item.setText(one.text)
            item.setIcon(icons.icon(one.icon, one.role))
            item.setForeground(look.color(one.role if one.role in {"problem", "attention"} else "text2"))
            item.setToolTip(one.text)
            combo.setAccessibleDescription(one.text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        width, look = self.viewport().width(), theme.current()
        field = min(look.px(52), max(look.px(34), width * 28 // 100))
        column = max(look.px(22), width * 19 // 100)
        value = max(look.px(18), width * 21 // 100)
        for at, share in ((COLUMN, column), (VALUE, value), (FIELD, field)):
            self.setColumnWidth(at, share)
        self.setColumnWidth(PROOF, max(look.px(20), width - column - value - field))

    def sizeHint(self) -> QSize:
        """A few rows."""
        look = theme.current()
        return QSize(look.px(120), (look.control_height + look.px(1)) * 6)
