"""Two lists of steps: where one stands in the wizard, and how far a task under way is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.ui import icons, theme
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets.base import Hairline, IconView, Label, gap, pad
from zbdesk.ui.widgets.surfaces import Box


class NumberDot(QWidget):
    """A step's number in a ring; a check once it is done, filled while it is the present one."""

    def __init__(self, number: int, state: str = "todo") -> None:
        super().__init__()
        self._number = number
        self.state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the size from the theme in use."""
        side = theme.current().px(5)
        self.setFixedSize(side, side)

    def show_state(self, state: str) -> None:
        """Be ``done``, ``now`` or ``todo``."""
        self.state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        look = theme.current()
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = box.width() / 2
        if self.state == "done":
            rounded(painter, box, radius, None, look.color("ok"), 1.25)
            size = look.px(3.25)
            at = (self.width() - size) // 2
            painter.drawPixmap(at, at, icons.pixmap("check", "ok", size, self.devicePixelRatioF()))
            return
        now = self.state == "now"
        rounded(painter, box, radius, look.color("accent") if now else None, None if now else look.color("text2"))
        painter.setFont(look.font("caption_strong"))
        painter.setPen(look.color("on_accent" if now else "text2"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class _Step(QWidget):
    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self.dot = NumberDot(number)
        self.label = Label(text, "body", "text2", wrap=True)
        row = QHBoxLayout(self)
        pad(row, 2.5, 1.5, 2, 1.5)
        gap(row, 2.5)
        row.addWidget(self.dot)
        row.addWidget(self.label, 1)

    def show_state(self, state: str) -> None:
        self.dot.show_state(state)
        self.label.set_kind("strong" if state == "now" else "body")
        chosen = "on_selection" if theme.current().is_contrast else "text"
        self.label.set_role({"now": chosen, "done": "text"}.get(state, "text2"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.dot.state == "now":
            look = theme.current()
            rounded(QPainter(self), QRectF(self.rect()), look.radius, look.color("selection"), None)


class StepList(QWidget):
    """The wizard's steps: done ones with a check, the present one marked. Not clickable; Back is the way back."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._steps = [_Step(at + 1, title) for at, title in enumerate(titles)]
        self._at = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        gap(column, 0.5)
        for step in self._steps:
            column.addWidget(step)

    @property
    def at(self) -> int:
        """Index of the present step."""
        return self._at

    def set_at(self, at: int) -> None:
        """Make step ``at`` the present one."""
        self._at = at
        for index, step in enumerate(self._steps):
            step.show_state("done" if index < at else "now" if index == at else "todo")
        words = self.tr("Step %1 of %2: %3")
        words = words.replace("%1", str(at + 1)).replace("%2", str(len(self._steps))).replace("%3", self._titles[at])
        self.setAccessibleName(words)


class StageState(StrEnum):
    """How one stage of a task stands."""

    TODO = "todo"
    NOW = "now"
    DONE = "done"
    FAILED = "failed"


class _Stage(QWidget):
    _LOOKS: ClassVar = {
        StageState.TODO: ("circle", "text2"), StageState.NOW: ("circle-dashed", "accent_text"),
        StageState.DONE: ("circle-check", "ok"), StageState.FAILED: ("octagon-alert", "problem"),
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.icon = IconView("circle", "text2", steps=5)
        self.title = Label("", "strong", wrap=True)
        self.note = Label("", "body", "text2", wrap=True)
        row = QHBoxLayout(self)
        pad(row, 0, 2, 0, 2)
        gap(row, 3)
        row.addWidget(self.icon)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.note)
        row.addLayout(words, 1)

    def show_stage(self, title: str, note: str, state: StageState) -> None:
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.icon.show_icon(*self._LOOKS[state])

    def sizeHint(self) -> QSize:
        return super().sizeHint()


class Stages(Box):
    """A task in a few stages, each with its state as shape and words."""

    def __init__(self, count: int, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._stages = [_Stage() for _ in range(count)]
        self.states: list[StageState] = [StageState.TODO] * count
        column = QVBoxLayout(self)
        pad(column, 5, 2, 5, 2)
        column.setSpacing(0)
        for at, stage in enumerate(self._stages):
            if at:
                column.addWidget(Hairline())
            column.addWidget(stage)

    def show_stage(self, at: int, title: str, note: str, state: StageState) -> None:
        """Say how stage ``at`` stands."""
        self.states[at] = state
        self._stages[at].show_stage(title, note, state)

    def title(self, at: int) -> str:
        """Return the words of stage ``at``."""
        return self._stages[at].title.text()
