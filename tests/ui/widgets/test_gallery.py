"""All controls together, in every theme and at every text size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from zbdesk.ui import theme
from zbdesk.ui.gallery import Gallery


@pytest.mark.parametrize("factor", [1.0, 2.0])
@pytest.mark.parametrize("scheme", ["light", "dark", "contrast", "contrast_white"])
def test_gallery_paints_in_every_theme_and_size(qtbot, qapp: QApplication, scheme: str, factor: float) -> None:
    """Every control can be painted, with all colours of the theme that it needs."""
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSizeF(font.pointSizeF() * factor)
    qapp.setFont(font)
    theme.apply(qapp, scheme)
    try:
        gallery = Gallery()
        qtbot.addWidget(gallery)
        gallery.show()
        qapp.processEvents()
        picture = gallery.grab().toImage()
        seen = {
            picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
        }
        assert theme.current().color("base").name() in seen
        assert theme.current().color("accent").name() in seen
    finally:
        qapp.setFont(before)
        theme.apply(qapp, "light")


def test_every_control_has_a_name(qtbot, qapp: QApplication) -> None:
    """Whatever takes the focus has a word for screen readers."""
    theme.apply(qapp, "light")
    gallery = Gallery()
    qtbot.addWidget(gallery)
    nameless = [
        type(one).__name__
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for one in gallery.findChildren(kind)
        if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        and one.objectName() != "qt_combobox_edit"
    ]
    assert nameless == []
