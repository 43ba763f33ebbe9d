"""Editors of single fields: text, amounts, dates, choices, yes or no, and references found while typing.

Each has ``value`` (what the document holds), ``set_value`` and ``problem``: the sentence about what was typed, empty
where it can be taken. Signal: ``edited``, by a person only.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QCompleter, QFrame, QPlainTextEdit

from zbdesk.domain.views import RecordFilter, RecordView
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing import parsing
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.formats import Formats
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import TextField

TYPING_REST = 120
MOST_FOUND = 20


class WordsInput(TextField):
    """One line of text."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.typed.connect(lambda _text: self.edited.emit())

    @property
    def problem(self) -> str:
        """Text is always taken."""
        return ""

    @property
    def value(self) -> object:
        """The text without the spaces around it; None for nothing."""
        return self.text().strip() or None

    def set_value(self, value: object) -> None:
        """Show it from its start."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)


class LongInput(QPlainTextEdit):
    """Several lines. Tab leaves it."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ring", True)
        self._silent = False
        self.textChanged.connect(lambda: None if self._silent else self.edited.emit())
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Three lines high."""
        look = theme.current()
        self.setFont(look.font("body"))
        self.document().setDocumentMargin(look.px(1.5))
        self.setFixedHeight(3 * look.line_height + look.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and the edge that all fields have."""
        super().paintEvent(event)
        look = theme.current()
        rounded(QPainter(self.viewport()), self.viewport().rect().toRectF(), look.radius, None, look.color("edge"))

    @property
    def problem(self) -> str:
        """Text is always taken."""
        return ""

    @property
    def value(self) -> object:
        """The text; None for nothing."""
        return self.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        """Show it."""
        self._silent = True
        self.setPlainText("" if value is None else str(value))
        self._silent = False


class AmountInput(WordsInput):
    """An amount, right-aligned, written as the organization writes; tidied when it is left."""

    def __init__(self, formats: Formats, currency: str | None = None, *, places: int | None = None) -> None:
        super().__init__()
        self._formats, self.currency, self._places = formats, currency, places
        self._end()

    def refresh(self) -> None:
        """Amounts stand at the right in every language."""
        super().refresh()
        self._end()

    def _end(self) -> None:
        flags = Qt.AlignmentFlag
        self.setAlignment(flags.AlignRight | flags.AlignAbsolute | flags.AlignVCenter)

    @property
    def problem(self) -> str:
        """Why it is no amount."""
        try:
            parsing.amount(self.text(), self._formats, self.currency, places=self._places)
        except parsing.NotClear as error:
            return str(error)
        return ""

    @property
    def value(self) -> object:
        """The exact amount; None for nothing or for what is no amount."""
        try:
            return parsing.amount(self.text(), self._formats, self.currency, places=self._places)
        except parsing.NotClear:
            return None

    def set_value(self, value: object) -> None:
        """Show it with the currency's decimals."""
        self.setText(self._written(value))

    def _written(self, value: object) -> str:
        if value is None or value == "":
            return ""
        figure = value if isinstance(value, Decimal) else Decimal(str(value))
        if self._places is not None:
            return self._formats.amount(figure.normalize() if figure else figure, "JPY")
        return self._formats.amount(figure, self.currency)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write it tidily."""
        super().focusOutEvent(event)
        if not self.problem and self.text().strip():
            self.set_value(self.value)


class DateInput(WordsInput):
    """A date. Up and down go by days, T is today; what could be read in two ways is asked about."""

    def __init__(self, formats: Formats, today: date) -> None:
        super().__init__()
        self._formats, self._today = formats, today
        self.setPlaceholderText(formats.day(today))

    @property
    def problem(self) -> str:
        """Why it is no clear date."""
        try:
            parsing.day(self.text(), self._formats, self._today)
        except parsing.NotClear as error:
            return str(error)
        return ""

    @property
    def value(self) -> object:
        """The date as yyyy-mm-dd; None for nothing or for what is not clear."""
        try:
            return parsing.day(self.text(), self._formats, self._today)
        except parsing.NotClear:
            return None

    def set_value(self, value: object) -> None:
        """Show it as dates are shown everywhere."""
        self.setText(self._formats.date(str(value)) if value else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A day later or earlier."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            here = self.value
            base = date.fromisoformat(str(here)) if here else self._today
            step = timedelta(days=0 if not here else 1 if event.key() == Qt.Key.Key_Up else -1)
            self.set_value((base + step).isoformat())
            self.edited.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write it tidily."""
        super().focusOutEvent(event)
        if not self.problem and self.text().strip():
            self.set_value(self.value)


class _AlwaysTaken:
    """An input in which nothing can be wrong."""

    @property
    def problem(self) -> str:
        """None."""
        return ""


class ChoiceInput(_AlwaysTaken, Choice):
    """One of several words; none at first."""

    edited = Signal()

    def __init__(self, choices: tuple[tuple[str, object], ...], name: str) -> None:
        super().__init__((("", None), *choices), name)
        self.chosen.connect(lambda _value: self.edited.emit())

    @property
    def value(self) -> object:
        """The value behind the word."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose it; one that is not offered is added in its own words."""
        self.show_value(value)


class FlagInput(_AlwaysTaken, QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(lambda _on: self.edited.emit())

    @property
    def value(self) -> object:
        """Whether it is checked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Check it or not."""
        self.setChecked(bool(value))


class ReferenceInput(WordsInput):
    """Another record, found while its name is typed. Holds its key in Zoho, or ours where it is not there yet.

    ``picked``: the record that a person chose (``RecordView``).
    """

    picked = Signal(object)

    def __init__(self, bridge: Bridge, module: str) -> None:
        super().__init__()
        self._bridge, self._module = bridge, module
        self._found: list[RecordView] = []
        self._question: Question | None = None
        self._key: str | None = None
        self._local: str | None = None
        self._shown = ""
        self._list = QStringListModel(self)
        self._completer = QCompleter(self._list, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(10)
        self.setCompleter(self._completer)
        self._completer.activated.connect(self._activated)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TYPING_REST)
        self._rest.timeout.connect(self._search)
        self.typed.connect(lambda _text: self._rest.start())

    @property
    def problem(self) -> str:
        """What was typed is no record that is here."""
        bare = self.text().strip()
        if not bare or (bare == self._shown and (self._key or self._local)):
            return ""
        return self.tr("“%1” is not known here. Choose one from the list.").replace("%1", bare)

    @property
    def value(self) -> object:
        """Zoho's key of the chosen record, or our own as ``{"local_id": ...}``; None for nothing."""
        if not self.text().strip() or self.problem:
            return None
        return self._key if self._key is not None else {"local_id": self._local}

    def set_value(self, value: object) -> None:
        """Show a key as it is; ``show_record`` gives it its name."""
        self.show_record(None if value is None else str(value), "" if value is None else str(value))

    def show_record(self, key: str | None, name: str, local: str | None = None) -> None:
        """The chosen record by its name."""
        self._key, self._local, self._shown = key, local, name.strip()
        self.setText(name)
        self.setCursorPosition(0)

    def _search(self) -> None:
        if self._question is not None:
            self._question.cancel()
        text, module = self.text().strip(), self._module
        self._question = self._bridge.read(
            lambda reader: ask(reader).first_page(
                module, sort="number", descending=False, where=RecordFilter(text=text), limit=MOST_FOUND
            ),
            self._arrived, owner=self,
        )  # fmt: skip

    def _arrived(self, found: list[RecordView]) -> None:
        self._found = found
        self._list.setStringList([name_of(view) for view in found])
        exact = [view for view in found if name_of(view).casefold() == self.text().strip().casefold()]
        if len(exact) == 1:
            self._take(exact[0])
        elif found and self.hasFocus() and self.isVisible():
            self._completer.complete()

    def _activated(self, text: object) -> None:
        view = next((view for view in self._found if name_of(view) == text), None)
        if view is not None:
            self._take(view)

    def _take(self, view: RecordView) -> None:
        self.show_record(view.remote_id, name_of(view), None if view.remote_id is not None else view.local_id)
        self.edited.emit()
        self.picked.emit(view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list."""
        popup = self._completer.popup()
        if event.key() == Qt.Key.Key_Down and (popup is None or not popup.isVisible()):
            self._search()
            return
        super().keyPressEvent(event)


def name_of(view: RecordView) -> str:
    """What people call a record in a list to choose from."""
    return view.number or view.party or view.local_id


Input = WordsInput | LongInput | ChoiceInput | FlagInput
