"""Buttons: primary, normal, quiet, link, destructive; a fold, a chip, a choice of few."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from zbdesk.ui import icons, theme
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets.announcing import announce

_ICON_ROLE = {
    "primary": "on_accent", "normal": "text", "quiet": "text", "link": "accent_text", "destructive": "problem",
}  # fmt: skip


class Button(QPushButton):
    """A push button of one of five kinds; ``icon`` is a drawing's name. Never the default by itself."""

    def __init__(
        self,
        text: str,
        kind: str = "normal",
        icon: str | None = None,
        *,
        name: str | None = None,
        at_start: bool = False,
    ) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setProperty("atStart", at_start)
        self._kind = kind
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if icon is not None:
            self.show_icon(icon)
        if name is not None:
            self.setAccessibleName(name)
            self.setToolTip(name)
        theme.on_change(self, self.refresh)

    def show_icon(self, name: str | None, role: str | None = None) -> None:
        """Show another drawing in front of the text; None takes it away."""
        self.setIcon(icons.icon(name, role or _ICON_ROLE[self._kind]) if name else QIcon())

    def set_kind(self, kind: str) -> None:
        """Become a button of another kind."""
        self._kind = kind
        self.setProperty("kind", kind)
        self.refresh()

    def refresh(self) -> None:
        """Take font and size from the theme in use."""
        look = theme.current()
        self.setFont(look.font("strong" if self._kind == "primary" else "body"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Follow text and the steps of the theme."""
        look = theme.current()
        metrics = self.fontMetrics()
        width = metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() if self.text() else 0
        if not self.icon().isNull():
            width += look.button_icon_size + (look.px(2) if self.text() else 0)
        sides = {"link": 0.5, "quiet": 4.0}.get(self._kind, 6.5) if self.text() else 3.5
        height = max(look.control_height, metrics.height() + look.px(2), 24)
        if self.property("large"):
            sides, height = sides + 4, height + look.px(2)
        if self._kind == "link":
            height = max(24, metrics.height() + look.px(1))
        return QSize(max(width + look.px(sides), 24), height)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the text needs."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that mean something here; leave the rest to Qt."""
        # Enter presses the focused button on every desktop; Qt by itself does so in dialogs only.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)


class CopyButton(Button):
    """Copies what ``text_of`` gives, says "Copied" for three seconds and tells screen readers."""

    copied = Signal()

    def __init__(self, label: str = "") -> None:
        super().__init__("", "normal", "copy")
        self._label = label or self.tr("&Copy")
        self.setText(self._label)
        self._value = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(3000)
        self._timer.timeout.connect(self._back)
        self.clicked.connect(self._copy)

    def set_value(self, value: str) -> None:
        """Say what is copied."""
        self._value = value

    def sizeHint(self) -> QSize:
        """Wide enough for both words, so that nothing moves when one becomes the other."""
        own = super().sizeHint()
        metrics = self.fontMetrics()
        flag = int(Qt.TextFlag.TextShowMnemonic)
        now = metrics.size(flag, self.text()).width()
        widest = max(metrics.size(flag, words).width() for words in (self._label, self.tr("Copied")))
        return QSize(own.width() - now + widest, own.height())

    def _copy(self) -> None:
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(self._value)
        self.setText(self.tr("Copied"))
        self.show_icon("check", "ok")
        announce(self, self.tr("Copied"))
        self._timer.start()
        self.copied.emit()

    def _back(self) -> None:
        self.setText(self._label)
        self.show_icon("copy")


class Fold(Button):
    """Shows or hides ``content`` below it; closed at first. Screen readers hear whether it is open."""

    toggled_open = Signal(bool)

    def __init__(self, text: str, content: QWidget, *, opened: bool = False) -> None:
        super().__init__(text, "quiet", "chevron-right", at_start=True)
        self._content = content
        self.setCheckable(False)
        self._open = opened
        self._show()
        self.clicked.connect(lambda: self.set_open(opened=not self._open))

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._open

    def set_open(self, *, opened: bool) -> None:
        """Open or close it."""
        if opened != self._open:
            self._open = opened
            self._show()
            self.toggled_open.emit(opened)

    def _show(self) -> None:
        self._content.setVisible(self._open)
        self.show_icon("chevron-down" if self._open else "chevron-right")
        self.setAccessibleDescription(self.tr("open") if self._open else self.tr("closed"))


class Chip(Button):
    """A filter that is on: ``Field: value`` with a cross; a click takes it away (``removed``)."""

    removed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text, "link")
        self.setProperty("pill", True)
        self.setAccessibleName(self.tr("Remove filter %1").replace("%1", text))
        self.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:
        """Follow text and the steps of the theme."""
        look = theme.current()
        width = self.fontMetrics().horizontalAdvance(self.text()) + look.px(3.5) + look.px(7)
        return QSize(width, max(24, self.fontMetrics().height() + look.px(1.5)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        look = theme.current()
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, box.height() / 2, look.color("accent_tint"), look.color("accent_text"))
        cross = look.px(3.5)
        area = self.rect().adjusted(look.px(2.5), 0, -look.px(2.5), 0)
        words = QStyle.visualRect(self.layoutDirection(), area, area.adjusted(0, 0, -cross - look.px(1), 0))
        painter.setPen(look.color("accent_text"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self.text())
        place = area.adjusted(area.width() - cross, (area.height() - cross) // 2, 0, 0)
        place = QStyle.visualRect(self.layoutDirection(), area, place)
        painter.drawPixmap(place.topLeft(), icons.pixmap("x", "accent_text", cross, self.devicePixelRatioF()))


class _Segment(QAbstractButton):
    """One field of a ``Segmented``: the chosen one has the tint and a bar below, not colour alone."""

    def __init__(self, text: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self._first, self._last = first, last
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        self.setFont(theme.current().font("strong" if self.isChecked() else "body"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        look = theme.current()
        metrics = QFontMetrics(look.font("strong"))
        width = metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width()
        return QSize(width + look.px(6), look.control_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = theme.current()
        option = QStyleOptionButton()
        option.initFrom(self)
        painter = QPainter(self)
        chosen = self.isChecked()
        role = "selection" if chosen else "hover" if self.underMouse() else "base"
        rounded(painter, QRectF(self.rect()), look.radius, look.color(role), look.color("edge"))
        if chosen:
            painter.fillRect(2, self.height() - 3, self.width() - 4, 2, look.color("focus_on_selection"))
        painter.setPen(look.color("on_selection" if chosen else "text"))
        painter.setFont(look.font("strong" if chosen else "body"))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic)
        painter.drawText(self.rect(), flags, self.text())


def _stop_at(button: QAbstractButton, on: bool) -> None:
    """Tab comes to the chosen one; arrows go on from there."""
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)


class Segmented(QWidget):
    """A choice of two to four that stand side by side. Signal: ``changed(key)``, only by a person's act."""

    changed = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._keys = [key for key, _text in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: list[_Segment] = []
        for at, (_key, text) in enumerate(choices):
            button = _Segment(text, first=at == 0, last=at == len(choices) - 1)
            button.toggled.connect(button.refresh)
            button.toggled.connect(partial(_stop_at, button))
            _stop_at(button, on=False)
            self._group.addButton(button, at)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        self._buttons[0].setChecked(True)
        # Not idClicked: what a screen reader toggles is chosen without a click.
        self._group.idToggled.connect(lambda at, on: self.changed.emit(self._keys[at]) if on else None)

    @property
    def value(self) -> str:
        """The key of the chosen one."""
        return self._keys[self._group.checkedId()]

    def set_value(self, key: str) -> None:
        """Choose without telling anybody."""
        self._group.blockSignals(True)
        self._buttons[self._keys.index(key)].setChecked(True)
        self._group.blockSignals(False)

    def button(self, key: str) -> QAbstractButton:
        """Return the button of ``key``."""
        return self._buttons[self._keys.index(key)]
