"""The dry run: every write that would leave, with its fields, what is there now and what would be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from zbdesk.domain.views import PlannedWrite
from zbdesk.ui import icons, theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.editing.labels import field_label
from zbdesk.ui.formats import Formats, isolate
from zbdesk.ui.outgoing.words import what_word
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, announce


class DryRunDialog(WriteDialog):
    """A list to read and copy; it writes nothing."""

    def __init__(self, parent: QWidget | None, state: DeskState, writes: Sequence[PlannedWrite]) -> None:
        count = state.formats.count(len(writes))
        translate = QCoreApplication.translate
        super().__init__(
            parent, state, translate("DryRunDialog", "What would be written: %1").replace("%1", count),
            translate("DryRunDialog", "This is a dry run. Nothing has been sent."), icon="list-checks", width=190,
        )  # fmt: skip
        self._writes = list(writes)
        formats, look = state.formats, theme.current()
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("What"), self.tr("In Zoho Books now"), self.tr("Would be sent")])
        self.tree.setVerticalScrollBar(QuietScrollBar("base"))
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(self.tr("Planned writes"))
        self.tree.setMinimumHeight(look.px(70))
        for at, write in enumerate(self._writes):
            item = self._item(write, formats)
            self.tree.addTopLevelItem(item)
            item.setExpanded(at == 0)
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, look.px(80))
        header.resizeSection(1, look.px(45))
        self.body.addWidget(self.tree, 1)
        self.cancel.setText(self.tr("Close"))
        self.copy = Button(self.tr("&Copy list"), "normal", "copy")
        self.copy.clicked.connect(self._copy)
        self.foot.insertWidget(1, self.copy)

    def _item(self, write: PlannedWrite, formats: Formats) -> QTreeWidgetItem:
        view, word = write.view, what_word(write.view)
        name = " · ".join(
            part for part in (word.text, isolate(view.number or ""), view.party or "") if part.strip("\u2066\u2069")
        )
        item = QTreeWidgetItem([name, "", formats.money(view.total, view.currency)])
        item.setIcon(0, icons.icon(word.icon, word.role))
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for field, before, after in write.fields:
            child = QTreeWidgetItem([field_label(field), _words(before, formats), _words(after, formats)])
            item.addChild(child)
        return item

    def lines(self) -> str:
        """The list as tab-separated lines."""
        formats = self.state.formats
        found = []
        for write in self._writes:
            view = write.view
            head = [what_word(view).text, view.number or "", view.party or ""]
            found += [
                "\t".join([*head, field, _words(before, formats), _words(after, formats)])
                for field, before, after in write.fields
            ]
        return "\n".join(found)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines())
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))


def _words(value: object, formats: Formats) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return formats.amount(value, None)
    if isinstance(value, bool):
        return QCoreApplication.translate("DryRunDialog", "Yes" if value else "No")
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(item, formats)}" for key, item in value.items() if item not in {None, ""})
    if isinstance(value, list | tuple):
        return " | ".join(_words(item, formats) for item in value)
    return str(value)
