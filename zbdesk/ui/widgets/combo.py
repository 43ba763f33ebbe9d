"""A combo box that screen readers can name.

On Unix Qt gives a combo box's chosen entry as its name, whatever was set, and leaves the name to a label beside it
(``QAccessible::Name`` in Qt's ``complexwidgets``). Where no label is its buddy, one that nobody sees stands in.
"""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel


class Combo(QComboBox):
    """``name``: what is chosen here, in a word or two."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Have a label for readers by the time somebody can come here."""
        super().showEvent(event)
        if not is_labelled(self) and self.parentWidget() is not None:
            stand_in = QLabel(self.accessibleName(), self.parentWidget())
            stand_in.setBuddy(self)
            stand_in.hide()


def is_labelled(box: QComboBox) -> bool:
    """Whether a label beside the box names it for screen readers."""
    interface = QAccessible.queryAccessibleInterface(box)
    return any(flag & QAccessible.RelationFlag.Label for _, flag in interface.relations())
