"""Where text stands in a cell, by the reading direction of the view and not of the painter.

A painter that grabs a picture takes the application's direction, a delegate's option always has the view's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine
RIGHT = int(Qt.AlignmentFlag.AlignRight | _MIDDLE)
LEFT = int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)


def start(*, reverse: bool) -> int:
    """Text at the start side."""
    return RIGHT if reverse else LEFT


def end(*, reverse: bool) -> int:
    """Text at the end side."""
    return LEFT if reverse else RIGHT


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """The cell."""
    rect: QRect = option.rect
    return rect


def is_reverse(option: QStyleOptionViewItem) -> bool:
    """Whether the view reads from right to left."""
    return bool(option.direction == Qt.LayoutDirection.RightToLeft)


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Whether the cell is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def has_state(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    """Whether the cell is in that state."""
    return bool(option.state & flag)
