"""The smallest parts: text in a kind and a role, an icon, a hairline, text that gives way at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from zbdesk.ui import icons, theme
from zbdesk.ui.formats import own_direction, spoken

_ROLE = QPalette.ColorRole


def pad(layout: QLayout, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> None:
    """Set the margins of ``layout`` in steps of u; zero stays zero."""
    look = theme.current()
    layout.setContentsMargins(*(look.px(step) if step else 0 for step in (left, top, right, bottom)))


def gap(layout: QLayout, steps: float) -> None:
    """Set the spacing of ``layout`` in steps of u."""
    layout.setSpacing(theme.current().px(steps) if steps else 0)


def bounded(widget: QWidget, steps: float) -> QHBoxLayout:
    """Return a row in which ``widget`` takes the width there is, up to ``steps`` of u, at the start side."""
    widget.setMaximumWidth(theme.current().px(steps))
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row


def fill(widget: QWidget, role: str) -> None:
    """Paint the background of ``widget`` in the colour of ``role``, now and after each change of theme."""
    widget.setAutoFillBackground(True)
    widget.setProperty("fillRole", role)
    palette = QPalette(widget.palette())
    palette.setColor(_ROLE.Window, theme.current().color(role))
    widget.setPalette(palette)


class Surface(QWidget):
    """A plain area in the colour of a role."""

    def __init__(self, role: str = "base", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        QPainter(self).fillRect(event.rect(), theme.current().color(self._role))


class Label(QLabel):
    """Text in a ``kind`` of font and a ``role`` of colour; both follow the theme.

    ``wrap`` breaks lines; ``rich`` takes our own markup; ``selectable`` lets the mouse mark text (it takes no place in
    the tab order).
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        role: str = "text",
        *,
        wrap: bool = False,
        selectable: bool = False,
        rich: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._role = role
        self._end = False
        self._spoken = ""
        self._plain = ""
        self.setWordWrap(wrap)
        # Text from outside (a name, an error) must never be taken for markup.
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setText(text)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._align()
        theme.on_change(self, self.refresh)

    def setText(self, text: str) -> None:
        """Take the words; an amount below zero gets a name that says so, since its sign is not read aloud."""
        self._plain = text
        self._put()
        words = spoken(text)
        if words != text:
            self._spoken = words
            self.setAccessibleName(words)
        elif self._spoken:
            self._spoken = ""
            self.setAccessibleName("")

    def text(self) -> str:
        """The words as they were given."""
        return self._plain

    def _put(self) -> None:
        # In a window that reads from right to left a Latin name keeps its full stop at its own end.
        isolated = self.isRightToLeft() and self.textFormat() is Qt.TextFormat.PlainText and bool(self._plain)
        super().setText(own_direction(self._plain) if isolated else self._plain)

    def at_end(self) -> Label:
        """Stand at the end side: right in English, left in Arabic. Returns itself."""
        self._end = True
        self._align()
        return self

    def _align(self) -> None:
        # Qt aligns by the direction of the text, so that an English name in an Arabic window would stand at the wrong
        # side; the window's direction decides here.
        flags = Qt.AlignmentFlag
        if self.alignment() & flags.AlignHCenter:
            return
        right = (self.layoutDirection() is Qt.LayoutDirection.RightToLeft) != self._end
        side = flags.AlignRight if right else flags.AlignLeft
        self.setAlignment(side | flags.AlignAbsolute | (self.alignment() & flags.AlignVertical_Mask))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the direction of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()
            self._put()

    def set_role(self, role: str) -> None:
        """Take another colour role."""
        if role != self._role:
            self._role = role
            self.refresh()

    def set_kind(self, kind: str) -> None:
        """Take another kind of font."""
        if kind != self._kind:
            self._kind = kind
            self.refresh()

    def refresh(self) -> None:
        """Take font and colour from the theme in use."""
        look = theme.current()
        self.setFont(look.font(self._kind))
        palette = QPalette(self.palette())
        palette.setColor(_ROLE.WindowText, look.color(self._role))
        palette.setColor(QPalette.ColorGroup.Disabled, _ROLE.WindowText, look.color("disabled"))
        self.setPalette(palette)


class Elided(Label):
    """One line that gives way at its end; the whole text is its tooltip while it does."""

    def __init__(
        self, text: str = "", kind: str = "body", role: str = "text", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, kind, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the text needs."""
        return QSize(theme.current().px(6), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._tell()

    def setText(self, text: str) -> None:
        """Take the words, and the tooltip where they do not fit."""
        super().setText(text)
        self._tell()

    def _tell(self) -> None:
        short = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if short else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(_ROLE.WindowText))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        vertical = Qt.AlignmentFlag.AlignVertical_Mask
        flags = (self.alignment() & ~vertical) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(flags), own_direction(text))


class IconView(QWidget):
    """One icon in a role's colour. Decoration: the words beside it say the same."""

    def __init__(self, name: str, role: str = "text2", *, steps: float | None = None) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._steps = steps
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self, self.refresh)

    def show_icon(self, name: str, role: str) -> None:
        """Show another drawing."""
        self._name, self._role = name, role
        self.update()

    def refresh(self) -> None:
        """Take the size from the theme in use."""
        look = theme.current()
        size = look.px(self._steps) if self._steps else look.icon_size
        self.setFixedSize(size, size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        picture = icons.pixmap(self._name, self._role, self.width(), self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, picture)


class Hairline(QWidget):
    """A line of one pixel, lying or upright."""

    def __init__(self, *, upright: bool = False, role: str = "line") -> None:
        super().__init__()
        self._role = role
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        QPainter(self).fillRect(event.rect(), theme.current().color(self._role))


def colour_name(role: str) -> str:
    """Return the colour of ``role`` as rich text takes it."""
    colour: QColor = theme.current().color(role)
    return colour.name()
