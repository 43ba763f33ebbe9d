"""The menu of organizations: one line each with its colour, how it stands, when it was looked at, and what waits.

Opens under the organization's name. Arrow keys move, Enter chooses, Escape closes. Must not switch by itself: it says
what was chosen. Invariant: a line can be read without its colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from zbdesk.domain.views import Organization
from zbdesk.ui import theme
from zbdesk.ui.care.neighbours import Standing
from zbdesk.ui.marks import Square
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import Button, Elided, Hairline, IconView, Surface

if TYPE_CHECKING:
    from zbdesk.app.organizations import KnownOrganization

Line = tuple["KnownOrganization", Standing, str]
"""An organization, how it stands, and the figure of its badge."""

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Badge(QWidget):
    """A figure in a pill: how much waits for a person. Hidden at zero."""

    def __init__(self, role: str = "attention") -> None:
        super().__init__()
        self._figure, self._role = "", role
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.on_change(self, self.refresh)

    @property
    def figure(self) -> str:
        """What it shows."""
        return self._figure

    def show_figure(self, figure: str, spoken: str) -> None:
        """Show this figure; empty takes the badge away."""
        self._figure = figure
        self.setVisible(bool(figure))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.refresh()

    def refresh(self) -> None:
        """Follow figure and theme."""
        now = theme.current()
        self.setFont(now.font("strong"))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the figure, at least as wide as high."""
        height = self.fontMetrics().height() + theme.current().px(0.5)
        wide = self.fontMetrics().horizontalAdvance(self._figure) + theme.current().px(3)
        return QSize(max(height, wide), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An edge and a figure in the colour that says that something waits."""
        del event
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        rounded(painter, box, box.height() / 2, now.color("base"), now.color(self._role))
        painter.setPen(now.color(self._role))
        painter.setFont(self.font())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._figure)


class OrganizationEntry(QAbstractButton):
    """One organization: square, name, how it stands, badge; a tick on the one in use. ``key``: its connection's."""

    def __init__(self, key: int, organization: Organization) -> None:
        super().__init__()
        self.key = key
        self.current = False
        self._organization = organization
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ownFocus", True)
        self.setCheckable(True)
        now = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(2.5), now.px(1.5), now.px(2.5), now.px(1.5))
        row.setSpacing(now.px(2.5))
        row.addWidget(Square(organization))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = Elided(organization.name, "strong")
        words.addWidget(self.name)
        second = QHBoxLayout()
        second.setSpacing(now.px(1))
        self._icon = IconView("circle-check")
        second.addWidget(self._icon)
        self.status = Elided("", "caption", "text2")
        second.addWidget(self.status, 1)
        words.addLayout(second)
        row.addLayout(words, 1)
        self.badge = Badge()
        row.addWidget(self.badge)
        self.tick = IconView("check", "accent_text")
        policy = self.tick.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.tick.setSizePolicy(policy)
        row.addWidget(self.tick)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_standing(self, standing: Standing, figure: str, *, current: bool) -> None:
        """How it stands now."""
        self.current = current
        self.setChecked(current)
        self.tick.setVisible(current)
        self._icon.show_icon(standing.word.icon, standing.word.role)
        self.status.setText(standing.line())
        self.status.set_role(standing.word.role)
        self.badge.show_figure(figure, standing.waits_text)
        words = standing.spoken(self._organization.name)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """As the layout wants."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def nextCheckState(self) -> None:
        """The tick follows what is in use, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it on every desktop."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground under the mouse, a ring around the focus."""
        del event
        now, painter = theme.current(), QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.fillRect(box, now.color("alt"))
        if self.hasFocus():
            painter.setPen(now.color("accent_text"))
            painter.drawRect(box.adjusted(1, 1, -1.5, -1.5))


class OrganizationMenu(Surface):
    """The popup. ``chosen``: the key of another organization; ``another_wanted``: connect one more."""

    chosen = Signal(int)
    another_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("base", parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAccessibleName(self.tr("Organizations"))
        self.entries: list[OrganizationEntry] = []
        self._column = QVBoxLayout(self)
        now = theme.current()
        self._column.setContentsMargins(1, now.px(1), 1, now.px(1))
        self._column.setSpacing(0)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._column.addLayout(self._lines)
        self._column.addWidget(Hairline())
        self.another = Button(self.tr("Connect another &organization…"), "quiet", "plus")
        self.another.clicked.connect(self._another)
        self._column.addWidget(self.another)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """These organizations as they stand; the same lines are kept, and with them the keyboard's place."""
        if [entry.key for entry in self.entries] != [one.connection.id for one, _, _ in lines]:
            self._make([(one.connection.id, one.connection.organization) for one, _, _ in lines])
        for entry, (one, standing, figure) in zip(self.entries, lines, strict=True):
            entry.show_standing(standing, figure, current=one.current)
        self.adjustSize()

    def _make(self, organizations: Sequence[tuple[int, Organization]]) -> None:
        for entry in self.entries:
            self._lines.removeWidget(entry)
            entry.deleteLater()
        self.entries = [OrganizationEntry(key, organization) for key, organization in organizations]
        wide = theme.current().px(96)
        for entry in self.entries:
            entry.setFixedWidth(wide)
            entry.clicked.connect(lambda _on=False, one=entry: self._choose(one))
            self._lines.addWidget(entry)

    def open_below(self, anchor: QWidget) -> None:
        """Open at the anchor's start side, inside the screen, with the one in use in focus."""
        self.adjustSize()
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        corner = anchor.rect().bottomRight() if right else anchor.rect().bottomLeft()
        at = anchor.mapToGlobal(corner)
        if right:
            at -= QPoint(self.width(), 0)
        screen = anchor.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        at.setY(max(screen.top(), min(at.y(), screen.bottom() - self.height())))
        self.move(at)
        self.show()
        if self.entries:
            self.entries[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move among the lines, Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        stops: list[QWidget] = [*self.entries, self.another]
        focused = QApplication.focusWidget()
        at = stops.index(focused) if focused in stops else 0
        key = Qt.Key(event.key())
        if key in STEPS:
            stops[(at + STEPS[key]) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            stops[0 if key == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surface with an edge: it stands over others."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().color("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _choose(self, entry: OrganizationEntry) -> None:
        self.close()
        if not entry.current:
            self.chosen.emit(entry.key)

    def _another(self) -> None:
        self.close()
        self.another_wanted.emit()
