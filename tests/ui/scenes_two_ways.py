"""Every state of the screens of both ways worth a picture, by name: conflicts, problems, outgoing, editing.

Each stands in a frame as wide as the window leaves it. Not captured: menus and the system's file dialog.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tests.ui import fake_two_ways
from tests.ui.fake_two_ways import TwoWaysDesk
from tests.ui.scenes_window import wait_for
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Hairline, Label, Surface


class Frame(QWidget):
    """What the window is to a page: navigation at the start, the status bar below, and its width in words."""

    def __init__(self, desk: TwoWaysDesk, make: Callable[[DeskState, Bridge, Preferences], QWidget]) -> None:
        super().__init__()
        self.desk = desk
        self.bridge = Bridge(desk, self)
        desk.start(self.bridge.listener)
        self.state = DeskState(self.bridge, desk.clock, parent=self)
        self.preferences = Preferences(desk.data_dir, desk.settings, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setPalette(theme.qt_palette(theme.current()))
        self.setAutoFillBackground(True)
        self.state.refresh()
        wait_for(lambda: self.state.loaded)
        QTest.qWait(10)
        self.page = make(self.state, self.bridge, self.preferences)
        self.side = Surface("side")
        self.status = Label("", "caption", "text2")
        if hasattr(self.page, "sentence"):
            self.page.sentence.connect(lambda words, _strong: self.status.setText(words))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addSpacing(theme.current().px(19))
        column.addWidget(Hairline())
        column.addLayout(row, 1)
        column.addWidget(Hairline())
        column.addWidget(self.status)
        self.resize(1280, 800)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = theme.current().breadth(self.width())
        self.side.setFixedWidth(theme.current().px(47) if size == "wide" else theme.current().px(13))
        if hasattr(self.page, "set_size"):
            self.page.set_size(size)


def _desk() -> TwoWaysDesk:
    return fake_two_ways.desk(Path(tempfile.mkdtemp(prefix="zbdesk-scene-")))


def conflicts_frame(desk: TwoWaysDesk | None = None) -> Frame:
    """The conflicts page with its first conflict read."""
    from zbdesk.ui.conflicts.page import ConflictsPage

    frame = Frame(desk or _desk(), ConflictsPage)
    frame.show()
    page = frame.page
    if frame.desk.conflicts:
        wait_for(lambda: page.fields.detail is not None)
    else:
        wait_for(lambda: page._known)
    return frame


def _conflicts_chosen() -> Frame:
    frame = conflicts_frame()
    page = frame.page
    page.fields.choose("line_items", "local")
    page.fields.choose("due_date", "remote")
    page.fields.choose("reference_number", "local")
    wait_for(page.apply.isEnabled)
    page.apply.setFocus()
    return frame


def _conflicts_refused() -> Frame:
    desk = _desk()
    desk.refusals[1488] = "The invoice is paid in Zoho Books: its lines cannot be changed there. Take Zoho's lines."
    frame = conflicts_frame(desk)
    frame.page.fields.choose_all("local")
    wait_for(lambda: frame.page.effect.icon.isVisibleTo(frame.page))
    return frame


def _conflicts_none() -> Frame:
    desk = _desk()
    desk.conflicts = []
    return conflicts_frame(desk)


def _conflicts_none_fit() -> Frame:
    frame = conflicts_frame()
    frame.page.filter.field.setText("zebra")
    wait_for(lambda: not frame.page.model.listed)
    return frame


def _conflicts_filtered() -> Frame:
    from zbdesk.ui.conflicts.model import ConflictFilter

    frame = conflicts_frame()
    frame.page.filter._apply(ConflictFilter(fields=("due_date",), modules=("invoices",)))
    frame.page.model.check([1396, 1395, 1394], on=True)
    QTest.qWait(150)
    return frame


def _rule() -> QWidget:
    desk = _desk()
    desk.refusals[1390] = "It is paid in Zoho Books since 18 Nov 2026."
    frame = conflicts_frame(desk)
    page = frame.page
    page.list.setCurrentIndex(page.model.index(page.model.row_of(1396)))
    page.settle_by_rule(keep="local")
    wait_for(lambda: page.dialog.settle.isEnabled())
    page.dialog.setProperty("frame", frame)
    page.dialog.keep_alive = frame
    return page.dialog


def arabic(build: Callable[[], QWidget]) -> QWidget:
    """The same from right to left."""
    from PySide6.QtWidgets import QApplication

    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        return build()
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


SCENES: dict[str, Callable[[], QWidget]] = {
    "conflicts": conflicts_frame,
    "conflicts-chosen": _conflicts_chosen,
    "conflicts-refused": _conflicts_refused,
    "conflicts-none": _conflicts_none,
    "conflicts-none-fit": _conflicts_none_fit,
    "conflicts-filtered": _conflicts_filtered,
    "conflicts-rule": _rule,
    "conflicts-arabic": lambda: arabic(_conflicts_chosen),
}
