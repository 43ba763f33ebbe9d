"""The two parts of every dialog of ours: what it is about above, its buttons in a foot below, a hairline between."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.widgets.base import Hairline, Surface, gap, pad


def two_parts(
    dialog: QDialog, title: str, *, spacing: float = 2.5, foot: float = 2.5, above: QWidget | None = None
) -> tuple[QVBoxLayout, QHBoxLayout]:
    """Give an empty dialog its parts; returns the layouts of the upper one and of the foot.

    The dialog is modal and goes when it is closed. ``spacing``: between lines above; ``foot``: the air of the foot, in
    steps of u. ``above``: stands over everything, edge to edge.
    """
    dialog.setModal(True)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    upper, lower = Surface("base"), Surface("window")
    middle, buttons = QVBoxLayout(upper), QHBoxLayout(lower)
    pad(middle, 4.5, 4, 4.5, 4)
    gap(middle, spacing)
    pad(buttons, 4.5, foot, 4.5, foot)
    gap(buttons, 2)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if above is not None:
        column.addWidget(above)
    column.addWidget(upper, 1)
    column.addWidget(Hairline())
    column.addWidget(lower)
    return middle, buttons


def widest(parent: QWidget | None, *, least: int = 320) -> int:
    """How wide a dialog may be: never wider than the window that it belongs to."""
    window = parent.window() if parent is not None else None
    return max(least, window.width() - theme.current().px(8)) if window is not None else 10_000
