"""The way from Zoho Books to the inbox in five legs, each with its state and what the last test found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.way import LegView
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.widgets import Box, Elided, Hairline, IconView, Label, Surface


class LegBox(QWidget):
    """One leg: shape and title, two lines under it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        now = theme.current()
        self.name = name
        self.icon = IconView("circle-dashed")
        self.title = Label(words.leg_title(name), "strong")
        self.first = Label("", "caption", "text2", wrap=True)
        self.second = Label("", "caption", "text2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(now.px(1.5))
        head.addWidget(self.icon)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(0.5))
        column.addLayout(head)
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addStretch(1)

    def show_leg(self, leg: LegView | None, page: WebhookPage, state: DeskState) -> None:
        """Take what the last test says."""
        word = words.leg_word(leg)
        first, second = words.leg_lines(self.name, leg, page, state.formats)
        self.icon.show_icon(word.icon, word.role)
        self.title.set_role("problem" if word.role == "problem" else "text")
        self.first.setText(first)
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self.setAccessibleName(f"{self.title.text()}: {word.text}. {first} {second}".strip())


class LegsPanel(Box):
    """The legs and, at the foot, when they were tested and what was missed."""

    def __init__(self, state: DeskState) -> None:
        super().__init__()
        self._state = state
        now = theme.current()
        self.boxes = [LegBox(name) for name in words.LEGS]
        self._arrows = [IconView("chevron-right") for _ in self.boxes[1:]]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(now.px(3), now.px(3), now.px(3), now.px(2.5))
        self._grid.setHorizontalSpacing(now.px(2))
        self._grid.setVerticalSpacing(now.px(2.5))
        foot = Surface("alt")
        self._foot = QHBoxLayout(foot)
        self._foot.setContentsMargins(now.px(3), now.px(1.5), now.px(3), now.px(1.5))
        self._foot.setSpacing(now.px(4))
        self.tested = Elided("", "body", "text2")
        self.day = Label("", "body", "text2")
        self.missed = Label("", "body", "text2")
        self._foot.addWidget(self.tested, 1)
        self._foot.addWidget(self.day)
        self._foot.addWidget(self.missed)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(self._grid)
        column.addWidget(Hairline())
        column.addWidget(foot)
        self._size = ""
        self.set_size("wide")

    def set_size(self, size: str) -> None:
        """Side by side; in two rows on a narrow window."""
        if size == self._size:
            return
        self._size = size
        for part in (*self.boxes, *self._arrows):
            self._grid.removeWidget(part)
        row_length = 5 if size == "wide" else 3 if size == "medium" else 2
        for column in range(10):
            self._grid.setColumnStretch(column, 0)
        for at, box in enumerate(self.boxes):
            row, place = divmod(at, row_length)
            self._grid.addWidget(box, row, place * 2)
            self._grid.setColumnStretch(place * 2, 1)
            if at:
                arrow = self._arrows[at - 1]
                arrow.setVisible(bool(place))
                if place:
                    self._grid.addWidget(arrow, row, place * 2 - 1, Qt.AlignmentFlag.AlignTop)
        self.missed.setVisible(size != "narrow")
        self.day.setVisible(size != "narrow")

    def show_page(self, page: WebhookPage, *, testing: bool) -> None:
        """Take what is known now."""
        state, way = self._state, page.overview.way
        formats, now = state.formats, state.now()
        test = way.test if way is not None else None
        for box, (_, leg) in zip(self.boxes, words.legs_of(test), strict=True):
            box.show_leg(leg, page, state)
        said = self.tr("The way has not been tested yet")
        if testing:
            said = self.tr("Testing…")
        elif test is not None and way is not None:
            said = self.tr("Tested all the way round at %1") if test.ok else self.tr("Tested at %1")
            said = said.replace("%1", formats.moment(test.at, now))
            if way.next_test_at is not None and way.next_test_at > now:
                upcoming = formats.moment(way.next_test_at, now)
                said = self.tr("%1, next at %2").replace("%1", said).replace("%2", upcoming)
        self.tested.setText(said)
        self.day.setText(words.arrived(page.figures, formats))
        self.missed.setText(words.missed(page, formats))
        self.missed.set_role("attention" if way is not None and way.missed else "text2")
