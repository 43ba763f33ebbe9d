"""The records of a taking back, each with what becomes of it and why: before a person agrees, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from zbdesk.domain.views import RollbackStep
from zbdesk.ui import icons, theme
from zbdesk.ui.formats import Formats
from zbdesk.ui.runs import words
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.sentences import said as spoken


class StepsTree(QTreeWidget):
    """One row a record, its fields below it. What stays is what a person must know: it stands on top."""

    def __init__(self, steps: Sequence[RollbackStep], formats: Formats, name: str) -> None:
        super().__init__()
        look = theme.current()
        self._steps, self._formats = steps, formats
        self.setHeaderLabels([_tr("Record"), _tr("What happens"), _tr("Amount"), _tr("Why, what stays")])
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setUniformRowHeights(True)
        self.setAccessibleName(name)
        self.setMinimumHeight(look.px(60))
        for step in sorted(steps, key=lambda one: one.what != "none" and one.state != "left"):
            item = self._item(step)
            self.addTopLevelItem(item)
            for child in (item.child(at) for at in range(item.childCount())):
                if child is not None:
                    child.setFirstColumnSpanned(True)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((70, 38, 30)):
            header.resizeSection(column, look.px(width))
        self.setRootIsDecorated(any(step.fields for step in steps))

    def _item(self, step: RollbackStep) -> QTreeWidgetItem:
        word = words.outcome_word(step)
        amount = self._formats.money(step.total, step.currency) if step.total is not None else ""
        item = QTreeWidgetItem([words.named(step), word.text, amount, spoken(step.reason)])
        item.setSizeHint(0, QSize(0, theme.current().row_height))
        item.setIcon(1, icons.icon(word.icon, word.role))
        item.setToolTip(0, words.named(step))
        item.setToolTip(3, spoken(step.reason))
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for line in words.change_lines(step.fields):
            item.addChild(QTreeWidgetItem([line]))
        return item

    def lines(self) -> str:
        """The list as tab-separated lines."""
        return "\n".join(
            "\t".join([words.named(step), words.outcome_word(step).text, spoken(step.reason)]) for step in self._steps
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("RollbackDialog", words)
