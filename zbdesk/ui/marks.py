"""By what a company is known at a glance: two letters on a colour of its own, the same on every computer."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zbdesk.domain.views import Organization
from zbdesk.ui import theme


def initials(name: str) -> str:
    """Two letters of a company: of its first two words that begin with a letter."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


def colour_of(organization: Organization) -> str:
    """The company's colour: the same one at each start, on every computer."""
    names = list(theme.ORGANIZATION_COLOURS)
    if not organization.organization_id:
        return theme.ORGANIZATION_COLOURS["slate"]
    digest = hashlib.sha256(organization.organization_id.encode()).digest()
    return theme.ORGANIZATION_COLOURS[names[digest[0] % len(names)]]


class Mark(QWidget):
    """Two letters on the organization's colour."""

    def __init__(self) -> None:
        super().__init__()
        self._letters, self._colour = "", theme.ORGANIZATION_COLOURS["slate"]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.on_change(self, self.refresh)

    def show_organization(self, organization: Organization | None) -> None:
        """Take letters and colour of a company."""
        self._letters = initials(organization.name) if organization is not None else ""
        self._colour = colour_of(organization or Organization("", ""))
        self.update()

    def refresh(self) -> None:
        """As wide as the bar is high."""
        now = theme.current()
        self.setFixedWidth(2 * now.line_height + now.px(4.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The square and its letters."""
        del event
        now, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colour))
        if now.is_dark or now.is_contrast:
            painter.setPen(now.color("edge"))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(theme.ON_ORGANIZATION))
        painter.setFont(now.font("panel"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)


class Square(QWidget):
    """Two letters on the organization's colour."""

    def __init__(self, organization: Organization) -> None:
        super().__init__()
        self._organization = organization
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """As large as two lines of text."""
        side = theme.current().px(8.5)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square and letters."""
        del event
        now, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(colour_of(self._organization)))
        if now.is_dark or now.is_contrast:
            painter.setPen(now.color("edge"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.ON_ORGANIZATION))
        painter.setFont(now.font("strong"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), initials(self._organization.name))
