"""Fields: label above or at the start, help and error under the field, copying, secrets that can be shown."""

from __future__ import annotations

import sys
from typing import ClassVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QSizePolicy, QStyle, QVBoxLayout, QWidget

from zbdesk.ui import icons, theme
from zbdesk.ui.sentences import said
from zbdesk.ui.widgets.announcing import announce
from zbdesk.ui.widgets.base import IconView, Label, gap
from zbdesk.ui.widgets.buttons import Button, CopyButton


class TextField(QLineEdit):
    """One line of text. What is pasted loses spaces and line ends at its ends; a check shows that it fits.

    Signal: ``typed(text)`` after each change by a person.
    """

    typed = Signal(str)

    def __init__(self, *, placeholder: str = "", name: str = "", digits: bool = False) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        if name:
            self.setAccessibleName(name)
        if digits:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._good = False
        self._room = 0
        self.textEdited.connect(self.typed)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take font and inner margins from the theme in use."""
        look = theme.current()
        self.setFont(look.font("body"))
        self._margins()

    def _margins(self) -> None:
        look = theme.current()
        end = self._room + (look.px(6) if self._good else 0)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = look.px(1)
        self.setTextMargins(end if rtl else side, 0, side if rtl else end, 0)

    def sizeHint(self) -> QSize:
        """Follow text and the steps of the theme."""
        return QSize(super().sizeHint().width(), theme.current().control_height)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the text needs."""
        return QSize(theme.current().px(20), theme.current().control_height)

    def keep_room(self, pixels: int) -> None:
        """Leave ``pixels`` at the end free for something that stands inside the field."""
        self._room = pixels
        self._margins()

    def set_good(self, *, good: bool) -> None:
        """Show or hide the thin check inside."""
        if good != self._good:
            self._good = good
            self._margins()
            self.update()

    def set_problem(self, text: str) -> None:
        """Give the field the problem edge and its sentence to screen readers; empty takes it away."""
        self.setProperty("problem", bool(text))
        self.setAccessibleDescription(text)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that mean something here; leave the rest to Qt."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.paste_trimmed()
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and sys.platform != "darwin" and event.text():
            # Alt with a letter that nothing has would be typed into the field. Elsewhere it is how signs are entered.
            event.ignore()
            return
        super().keyPressEvent(event)

    def paste_trimmed(self) -> None:
        """Put the clipboard's text in place of the selection, without the spaces around it."""
        self.insert(QGuiApplication.clipboard().text().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        super().paintEvent(event)
        if not self._good:
            return
        look = theme.current()
        size = look.px(3.5)
        area = self.rect().adjusted(look.px(2), 0, -look.px(2) - self._room, 0)
        box = QRect(area.right() - size, area.center().y() - size // 2, size, size)
        box = QStyle.visualRect(self.layoutDirection(), area, box)
        QPainter(self).drawPixmap(box.topLeft(), icons.pixmap("check", "ok", size, self.devicePixelRatioF()))


class SecretField(TextField):
    """A masked field with a button that shows what is in it; password managers can fill it."""

    def __init__(self, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(placeholder=placeholder, name=name, digits=True)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase)
        self._eye = Button("", "quiet", "eye", name=self.tr("Show the secret"))
        self._eye.setParent(self)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.clicked.connect(self.toggle_shown)
        self._place()

    @property
    def show_button(self) -> Button:
        """The eye inside the field."""
        return self._eye

    @property
    def is_shown(self) -> bool:
        """Whether the text can be read."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def toggle_shown(self) -> None:
        """Show the text or hide it again."""
        shown = not self.is_shown
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.show_icon("eye-off" if shown else "eye")
        words = self.tr("Hide the secret") if shown else self.tr("Show the secret")
        self._eye.setAccessibleName(words)
        self._eye.setToolTip(words)

    def refresh(self) -> None:
        """Take font and measures from the theme in use."""
        super().refresh()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        eye = getattr(self, "_eye", None)
        if eye is None:
            return
        look = theme.current()
        side = max(24, self.height() - 4)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        eye.setGeometry(2 if rtl else self.width() - side - 2, (self.height() - side) // 2, side, side)
        self.keep_room(side - look.px(1))


class CopyField(QWidget):
    """A value to be taken elsewhere: read-only, selectable, with Copy beside it."""

    def __init__(self, value: str = "", *, name: str, label: str = "") -> None:
        super().__init__()
        self.field = TextField(name=name, digits=True)
        self.field.setReadOnly(True)
        self.copy_button = CopyButton(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        gap(row, 2)
        row.addWidget(self.field, 1)
        row.addWidget(self.copy_button)
        self.setFocusProxy(self.field)
        self.set_value(value)

    @property
    def value(self) -> str:
        """The text that is copied."""
        return self.field.text()

    def set_value(self, value: str) -> None:
        """Show another value from its start."""
        self.field.setText(value)
        self.field.setCursorPosition(0)
        self.copy_button.set_value(value)


class Message(QWidget):
    """One sentence with its shape under a field: help, an error or something that fits. Empty text hides it."""

    _LOOKS: ClassVar = {
        "help": (None, "text2"), "error": ("octagon-alert", "problem"),
        "ok": ("circle-check", "ok"), "attention": ("triangle-alert", "attention"),
    }  # fmt: skip

    def __init__(self, *, announced: bool = True) -> None:
        super().__init__()
        self._announced = announced
        self._icon = IconView("info", "text2", steps=3.5)
        self._text = Label("", "caption", "text2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        gap(row, 1.5)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.kind = "help"
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that stands there now."""
        return self._text.text()

    def say(self, text: str, kind: str = "help") -> None:
        """Show ``text`` as help, error, ok or attention; screen readers hear all but help."""
        text = said(text)
        changed = (text, kind) != (self._text.text(), self.kind)
        self.kind = kind
        drawing, role = self._LOOKS[kind]
        self._text.setText(text)
        self._text.set_role(role)
        self._icon.setVisible(drawing is not None)
        if drawing is not None:
            self._icon.show_icon(drawing, role)
        self.setVisible(bool(text))
        if text and changed and kind != "help" and self._announced:
            announce(self, text, urgent=kind == "error")


class FormField(QWidget):
    """Label, editor, and one line under it that is the help or, while there is one, the error.

    ``beside`` puts the label at the start instead of above.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        help_text: str = "",
        *,
        note: str = "",
        after: QWidget | None = None,
        label_width: int = 0,
    ) -> None:
        super().__init__()
        self.editor = editor
        self._help = help_text
        self.label = Label(label, "strong")
        self.label.setBuddy(editor if editor.focusPolicy() is not Qt.FocusPolicy.NoFocus else _proxy(editor))
        self.message = Message()
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout()
        gap(line, 2)
        line.addWidget(editor, 1)
        if after is not None:
            line.addWidget(after)
        below = QVBoxLayout()
        gap(below, 1)
        below.addLayout(line)
        below.addWidget(self.message)
        below.addStretch()
        head = QHBoxLayout()
        gap(head, 1)
        self._head = head
        head.addWidget(self.label)
        if note:
            head.addWidget(Label(note, "body", "text2"))
        head.addStretch()
        self._label_width = label_width
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._outer.addLayout(head)
        self._outer.addLayout(below, 1)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.set_beside(beside=label_width > 0)
        plain = _plain(label)
        if not editor.accessibleName():
            editor.setAccessibleName(plain)
        if help_text:
            editor.setAccessibleDescription(help_text)
        self.set_error("")

    def set_beside(self, *, beside: bool) -> None:
        """Put the label at the start of the field, or above it where there is no room."""
        look = theme.current()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._outer.setDirection(way)
        gap(self._outer, 2 if beside else 1)
        self._outer.setAlignment(self._head, Qt.AlignmentFlag.AlignTop)
        self.label.setMinimumSize(self._label_width if beside else 0, look.control_height if beside else 0)

    @property
    def error(self) -> str:
        """The error that stands under the field, or nothing."""
        return self.message.text if self.message.kind == "error" else ""

    def set_error(self, text: str) -> None:
        """Put the error in the place of the help; empty brings the help back."""
        if isinstance(self.editor, TextField):
            self.editor.set_problem(said(text))
        if text:
            self.message.say(text, "error")
        else:
            self.message.say(self._help)
            self.editor.setAccessibleDescription(self._help)

    def set_help(self, text: str) -> None:
        """Say something else under the field while there is no error."""
        self._help = text
        if not self.error:
            self.set_error("")


def _plain(label: str) -> str:
    return label.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _proxy(editor: QWidget) -> QWidget:
    found = editor.focusProxy()
    return found if found is not None else editor
