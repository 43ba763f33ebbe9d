"""What holds other things: panel, banner, empty state; and the bar that shows how far something is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.sentences import said
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets.base import IconView, Label, gap, pad
from zbdesk.ui.widgets.buttons import Button


class Box(QWidget):
    """A rounded surface with a hairline edge: ``role`` its fill, ``edge`` its line."""

    def __init__(self, role: str = "base", edge: str = "line") -> None:
        super().__init__()
        self._role, self._edge = role, edge

    def set_roles(self, role: str, edge: str) -> None:
        """Take other colours."""
        self._role, self._edge = role, edge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        look = theme.current()
        box = QRectF(self.rect())
        rounded(QPainter(self), box, look.panel_radius, look.color(self._role), look.color(self._edge))


class Panel(Box):
    """A panel with an optional title line; ``link`` is a text button at its end (signal ``link_clicked``).

    Add content to ``body`` (a vertical layout).
    """

    link_clicked = Signal()

    def __init__(self, title: str = "", link: str | None = None, *, padded: bool = True) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.title_label: Label | None = None
        self.link: Button | None = None
        if title:
            head = QHBoxLayout()
            pad(head, 3, 2.5, 3, 2 if padded else 2.5)
            self.title_label = Label(title, "panel")
            head.addWidget(self.title_label)
            head.addStretch()
            self.head = head
            if link:
                self.link = Button(link, "link")
                self.link.clicked.connect(self.link_clicked)
                head.addWidget(self.link)
            outer.addLayout(head)
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        if padded:
            pad(self.body, 3, 0 if title else 3, 3, 3)
        gap(self.body, 2)
        outer.addLayout(self.body, 1)


class Banner(Box):
    """What is so, and the way out: ``kind`` info, note, attention or problem; buttons at the end.

    Signal: ``acted`` when the button was pressed.
    """

    acted = Signal()
    _LOOKS: ClassVar = {
        "info": ("info", "accent_tint", "accent_text", "accent_text"),
        "note": ("info", "window", "line", "text2"),
        "attention": ("triangle-alert", "attention_tint", "attention_line", "attention"),
        "problem": ("octagon-alert", "problem_tint", "problem", "problem"),
    }  # fmt: skip

    def __init__(self, fact: str = "", text: str = "", kind: str = "info", action: str | None = None) -> None:
        drawing, surface, edge, role = self._LOOKS[kind]
        super().__init__(surface, edge)
        self.kind = kind
        self._icon = IconView(drawing, role)
        self.fact = Label("", "strong", wrap=True)
        self.text = Label("", "body", "text2" if kind == "note" else "text", wrap=True)
        row = QHBoxLayout(self)
        pad(row, 3, 2, 3, 2)
        gap(row, 3)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.fact)
        words.addWidget(self.text)
        row.addLayout(words, 1)
        self.action: Button | None = None
        self.end = QHBoxLayout()
        gap(self.end, 2)
        row.addLayout(self.end)
        if action:
            self.action = Button(action)
            self.action.clicked.connect(self.acted)
            self.end.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say(fact, text, kind)

    def say(self, fact: str, text: str = "", kind: str | None = None) -> None:
        """Show another fact; both empty hides the banner."""
        if kind is not None and kind != self.kind:
            self.kind = kind
        drawing, surface, edge, role = self._LOOKS[self.kind]
        self._icon.show_icon(drawing, role)
        self.set_roles(surface, edge)
        fact, text = said(fact), said(text)
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setVisible(bool(fact or text))
        self.setAccessibleName(f"{fact} {text}".strip())


class EmptyState(QWidget):
    """Stands where a list would stand: icon, fact, reason, next step (signal ``acted``)."""

    acted = Signal()

    def __init__(
        self, icon: str, fact: str, reason: str = "", action_text: str | None = None, *, role: str = "text2"
    ) -> None:
        super().__init__()
        self._icon = IconView(icon, role, steps=7.5)
        self.fact = Label(said(fact), "panel", wrap=True)
        self.reason = Label(said(reason), "body", "text2", wrap=True)
        self.action = Button(action_text or "")
        self.action.clicked.connect(self.acted)
        self.action.setVisible(bool(action_text))
        column = QVBoxLayout(self)
        gap(column, 2)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.fact, self.reason):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(_narrow(label))
        self.buttons = QHBoxLayout()
        gap(self.buttons, 2)
        self.buttons.addStretch()
        self.buttons.addWidget(self.action)
        self.buttons.addStretch()
        column.addSpacing(theme.current().px(1))
        column.addLayout(self.buttons)
        column.addStretch(3)

    def show_state(
        self, icon: str, fact: str, reason: str = "", action_text: str | None = None, *, role: str = "text2"
    ) -> None:
        """Say something else in the same place."""
        self._icon.show_icon(icon, role)
        self.fact.setText(said(fact))
        self.reason.setText(said(reason))
        # Where the last entry of a list goes away, this takes the keyboard's place, and a screen reader says its name.
        self.setAccessibleName(said(fact))
        self.reason.setVisible(bool(reason))
        self.action.setText(action_text or "")
        self.action.setVisible(bool(action_text))


def _narrow(label: Label) -> Label:
    label.setMinimumWidth(theme.current().px(40))
    return label


class Progress(QProgressBar):
    """A thin determinate bar that never goes back within one task; ``restart`` begins another.

    It has no words: "done of total" stands beside it.
    """

    def __init__(self, *, name: str, steps: float = 1.5) -> None:
        super().__init__()
        self._steps = steps
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setRange(0, 1000)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, done: float, total: float) -> None:
        """Show ``done`` of ``total``; less than before is not shown."""
        share = round(1000 * min(1.0, done / total)) if total > 0 else 0
        if share > self.value():
            self.setValue(share)

    def restart(self, share: float = 0.0) -> None:
        """Begin anew at ``share`` of one."""
        self.setValue(round(1000 * share))

    def sizeHint(self) -> QSize:
        """Follow text and the steps of the theme."""
        look = theme.current()
        return QSize(look.px(40), look.px(self._steps))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the text needs."""
        return QSize(theme.current().px(8), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        look = theme.current()
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = box.height() / 2
        edge = look.color("edge") if look.is_contrast else None
        rounded(painter, box, radius, look.color("window" if look.is_contrast else "line"), edge)
        width = box.width() * self.value() / max(1, self.maximum())
        if width <= 0:
            return
        width = max(width, box.height())
        left = box.right() - width if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else box.left()
        rounded(painter, QRectF(left, box.top(), width, box.height()), radius, look.color("accent"), None)
