"""Third step: which column is which field, the rows as they will be read, and what is to settle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.importing.columns_table import ColumnsTable
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.importing.grid import Grid
from zbdesk.ui.importing.page import ImportPage
from zbdesk.ui.importing.settling import SettlePane
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Box, Button, Hairline, Label, Message, announce, gap, pad


class ColumnsPage(ImportPage):
    """The heart of the import."""

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        # It scrolls as a whole where text is large: its tables keep a few rows each.
        super().__init__(flow, state, scrolls=True, fills=True)
        self.say(
            self.tr("Which column is what?"),
            self.tr(
                "Give each column of the file its field; what zbdesk guessed from names and contents is filled in."
            ),
        )
        look = theme.current()
        self.mapping = Choice([(self.tr("As guessed"), "")], self.tr("Mapping"))
        self.mapping.setMinimumWidth(look.px(46))
        self.mapping.chosen.connect(self._mapping_chosen)
        label = Label(self.tr("Mappin&g"), "caption", "text2")
        label.setBuddy(self.mapping)
        self.head.addWidget(label)
        self.head.addWidget(self.mapping)
        self.problem = Message()
        self.content.addWidget(self.problem)
        self.columns = ColumnsTable(flow, state)
        self.grid = Grid(flow)
        self.pane = SettlePane(flow, state)
        self.upright = Hairline(upright=True)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(_boxed(self.columns))
        self.splitter.addWidget(self._lower())
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 4)
        self.content.addWidget(self.splitter, 1)
        gap(self.content, 1)
        self.outer.addWidget(self.upright)
        self.outer.addWidget(self.pane)
        self._breadth = ""
        self.arrange("wide")
        self.pane.cell_wanted.connect(self.grid.go_to)
        self.grid.moved.connect(self._moved)
        flow.opened.connect(self._opened)
        flow.rows_changed.connect(self._show)
        flow.checking.connect(self._show)
        flow.counted.connect(self._show)
        flow.checked.connect(self._checked)
        flow.mappings_changed.connect(self._show_mappings)
        flow.failed.connect(self._failed)
        for keys, back in (("F8", False), ("Shift+F8", True)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda back=back: self.step(back=back))

    def _lower(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        pad(column, 0, 2, 0, 0)
        gap(column, 1)
        line = QHBoxLayout()
        gap(line, 1)
        line.addWidget(Label(self.tr("Rows, as they will be read"), "strong"))
        self.count = Label("", "caption", "text2").at_end()
        line.addWidget(self.count, 1)
        self.previous = Button(self.tr("Previous"), "quiet", "chevron-up")
        self.previous.setToolTip("Shift+F8")
        self.next = Button(self.tr("Next cell to mend"), "quiet", "chevron-down")
        self.next.setToolTip("F8")
        self.previous.clicked.connect(lambda: self.step(back=True))
        self.next.clicked.connect(lambda: self.step(back=False))
        line.addWidget(self.previous)
        line.addWidget(self.next)
        column.addLayout(line)
        column.addWidget(_boxed(self.grid), 1)
        self.message = Message()
        column.addWidget(self.message)
        return holder

    # ---- showing -------------------------------------------------------------------------------------------------
    def entered(self) -> None:
        """Fields and rows as they are."""
        self.columns.fill()
        self._show_mappings()
        self._checked()

    def _opened(self) -> None:
        self.columns.fill()
        self._show()

    def _show_mappings(self) -> None:
        session = self.flow.session
        self.mapping.clear()
        self.mapping.addItem(self.tr("As guessed"), "")
        for one in self.flow.saved:
            if one.module in {session.module.name, ""}:
                self.mapping.addItem(one.name, one.name)
        self.mapping.show_value(session.mapping_name)

    def _mapping_chosen(self, name: object) -> None:
        if name:
            self.flow.use_mapping(str(name))
        else:
            self.flow.guess()

    def _failed(self, error: ZbdeskError) -> None:
        self.problem.say(f"{error.title} {error.message}".strip(), "error")
        self.changed.emit()

    def _checked(self) -> None:
        flow = self.flow
        if flow.fault is not None:
            self.problem.say(str(flow.fault), "error")
        elif flow.session.lost:
            lost = ", ".join(flow.session.lost)
            self.problem.say(
                self.tr("The mapping also has columns that are not in this file: %1").replace("%1", lost), "attention"
            )
        else:
            self.problem.say("")
        self._show()
        self._moved()
        if flow.findings is not None and self.isVisible():
            announce(self, self.count.text())

    def _show(self) -> None:
        flow, formats = self.flow, self.state.formats
        rows = self.tr("%1 rows").replace("%1", formats.count(flow.spool.count))
        if flow.spool.is_cut:
            rows = self.tr("first %1 rows").replace("%1", formats.count(flow.spool.count))
        if flow.is_reading:
            said = self.tr("being read…")
        elif flow.is_checking or flow.findings is None:
            share = round(100 * flow.check_share)
            said = self.tr("being checked, %1 %").replace("%1", str(share)) if flow.fault is None else ""
        else:
            count = flow.findings.report.error_count
            said = (
                self.tr("%1 cells to mend").replace("%1", formats.count(count)) if count else self.tr("nothing to mend")
            )
        self.count.setText(" · ".join(part for part in (rows, said) if part))
        for button in (self.previous, self.next):
            button.setEnabled(bool(flow.bad))
        self.changed.emit()

    def _moved(self) -> None:
        """The sentence about the current cell stands under the grid."""
        index = self.grid.currentIndex()
        error = self.grid.rows.error(index) if index.isValid() else None
        if error is None:
            self.message.say("")
            return
        self.message.say(error.message, "error")
        self.pane.show_cell(error.row, error.place)

    def step(self, *, back: bool) -> None:
        """From bad cell to bad cell."""
        if self.grid.next_bad(back=back):
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.flow.bad:
            announce(self, self.tr("The next one is not among the rows that are shown; it is in the list to mend."))

    def arrange(self, breadth: str) -> None:
        """The pane at the end, or below the grid where there is no room."""
        if breadth == self._breadth:
            return
        self._breadth = breadth
        below = breadth == "narrow"
        self.upright.setVisible(not below)
        look = theme.current()
        self.columns.setMinimumHeight(look.row_height + 3 * (look.control_height + look.px(1.5)))
        self.grid.setMinimumHeight(6 * look.row_height)
        self.pane.setMinimumHeight(look.px(60) if below else 0)
        if below:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16_777_215)
            self.splitter.addWidget(self.pane)
        else:
            self.pane.setFixedWidth(theme.current().px(75 if breadth == "wide" else 64))
            self.outer.addWidget(self.pane)
        self.pane.show()

    # ---- going on ------------------------------------------------------------------------------------------------
    def reason(self) -> str:
        """What is to be said first."""
        flow = self.flow
        found = flow.findings
        if not flow.session.fields:
            return self.tr("Give at least one column its field.")
        if flow.fault is not None:
            return self.tr("Settle what stands above the columns first.")
        if found is not None and found.dates is not None:
            return self.tr("Say whether day or month comes first to go on.")
        if found is not None and found.decimals is not None:
            return self.tr("Say whether point or comma is the decimal sign to go on.")
        if found is None:
            return self.tr("The rows are being checked…")
        return ""

    def help_text(self) -> str:
        """See ``ImportPage``."""
        return self.tr(
            "Each field can be filled from one column. The number of the document is what tells it from others: the "
            "same number again is a change, not a second document.\n\n"
            "F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. "
            "The file itself is never changed."
        )

    def first_focus(self) -> QWidget | None:
        """See ``ImportPage``."""
        return self.columns.combos[0] if self.columns.combos else self.mapping


def _boxed(table: QWidget) -> QWidget:
    box = Box("base", "line")
    column = QVBoxLayout(box)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(table)
    return box
