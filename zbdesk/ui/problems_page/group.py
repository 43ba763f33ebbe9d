"""One cause: sentence, remedy, sums; opened, its records with dates and amounts and the words of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ProblemView
from zbdesk.ui import painting, theme
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.formats import Formats, isolate, plural
from zbdesk.ui.problems_page.remedies import Remedy, remedies_of
from zbdesk.ui.widgets import Button, CopyButton, Hairline, IconView, Label
from zbdesk.ui.widgets.surfaces import Box

SHOWN = 200
"""Records listed under one cause; the rest are counted."""


def sums(members: Sequence[ProblemView]) -> list[tuple[str, Decimal]]:
    """Sums per currency, in the order of codes; never across."""
    found: dict[str, Decimal] = {}
    for problem in members:
        if problem.amount is not None and problem.currency:
            found[problem.currency] = found.get(problem.currency, Decimal(0)) + problem.amount
    return sorted(found.items())


def count_words(members: Sequence[ProblemView], formats: Formats) -> str:
    """5 invoices; 7 records where modules are mixed."""
    modules = {problem.module for problem in members}
    count = len(members)
    figure = formats.count(count)
    name = next(iter(modules))
    if len(modules) == 1 and name in MODULES:
        one, many = lower_first(singular(str(name))), lower_first(MODULES[str(name)].label)
        return f"{figure} {one if count == 1 else many}"
    return plural("Problems", "%n record(s)", count, "%n record", "%n records", figure)


class Records(QWidget):
    """The records of a cause, painted: number, date, party, amount, since when, Try again.

    ``chosen``: another one has the focus; ``again``: try this one; ``dismiss``: Delete, ``entered``: Enter was pressed.
    """

    chosen = Signal(int)
    again = Signal(int)
    dismiss = Signal(int)
    entered = Signal()

    def __init__(self, members: Sequence[ProblemView], formats: Formats, when: Callable[[ProblemView], str]) -> None:
        super().__init__()
        self._members, self._formats, self._when = list(members[:SHOWN]), formats, when
        self._rest = len(members) - len(self._members)
        self.current = 0
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Rows by the theme."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = len(self._members) + (1 if self._rest else 0)
        return QSize(theme.current().px(100), rows * theme.current().row_height)

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(theme.current().px(60), self.sizeHint().height())

    def _say(self) -> None:
        problem = self._members[self.current]
        formats = self._formats
        parts = (
            problem.number,
            problem.party,
            formats.date(problem.date),
            formats.money(problem.amount, problem.currency),
        )
        self.setAccessibleName(", ".join(part for part in parts if part))
        place = self.tr("%1 of %2").replace("%1", str(self.current + 1)).replace("%2", str(len(self._members)))
        self.setAccessibleDescription(place)

    def _columns(self) -> dict[str, QRect]:
        """Left and width of each column, mirrored by the painter."""
        look = theme.current()
        metrics = QFontMetrics(look.font("body"))

        def widest(texts: list[str], least: float) -> int:
            return max([look.px(least), *(metrics.horizontalAdvance(text) + look.px(4) for text in texts)])

        members, formats = self._members, self._formats
        number = widest([problem.number or "" for problem in members], 12)
        day = widest([formats.date(problem.date) for problem in members], 4)
        money = widest([formats.money(problem.amount, problem.currency) for problem in members], 4)
        since = widest([self._when(problem) for problem in members], 10)
        again = metrics.horizontalAdvance(self.tr("Try again")) + look.px(5)
        start = look.px(18) if self.width() > look.px(200) else look.px(4)
        room = self.width() - start - again - look.px(1.5)
        widths = {"number": number, "date": day, "party": 0, "money": money, "since": since}
        widths["party"] = room - sum(widths.values())
        if widths["party"] < look.px(22):
            widths["party"] += widths["since"]
            widths["since"] = 0
        if widths["party"] < look.px(18):
            widths["party"] += widths["date"]
            widths["date"] = 0
        found, x = {}, start
        for name, width in widths.items():
            found[name] = QRect(x, 0, width, look.row_height)
            x += width
        found["again"] = QRect(self.width() - again - look.px(1.5), 0, again, look.row_height)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight."""
        look, painter = theme.current(), QPainter(self)
        height = look.row_height
        columns = self._columns()
        first = max(0, event.rect().top() // height)
        last = min(len(self._members) - 1, event.rect().bottom() // height)
        for at in range(first, last + 1):
            self._row(painter, at, columns)
        if self._rest:
            painter.setPen(look.color("text2"))
            words = self.tr("and %1 more; all of them are tried again together and stand in the CSV file")
            area = QRect(look.px(4), len(self._members) * height, self.width() - look.px(20), height)
            painter.drawText(
                area, painting.start(reverse=self._reverse), words.replace("%1", self._formats.count(self._rest))
            )

    @property
    def _reverse(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _row(self, painter: QPainter, at: int, columns: dict[str, QRect]) -> None:
        look, problem, formats = theme.current(), self._members[at], self._formats
        height = look.row_height
        area = QRect(0, at * height, self.width(), height)
        chosen = at == self.current
        if chosen:
            painter.fillRect(area, look.color("selection"))
        elif at == self._hovered:
            painter.fillRect(area, look.color("hover"))
        painter.setPen(look.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and self.hasFocus():
            painter.setPen(QPen(look.color("focus_on_selection"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        plain = chosen and look.is_contrast
        text = look.color("on_selection" if plain else "text")
        quiet = look.color("on_selection" if plain else "text2")
        link = look.color("on_selection" if plain else "accent_text")
        start = painting.start(reverse=self._reverse)
        painter.setFont(look.font("body"))
        number = problem.number or (lower_first(singular(problem.module)) if problem.module else "–")
        money = formats.money(problem.amount, problem.currency)
        for name, words, colour, align in (
            ("number", number, text, start), ("date", formats.date(problem.date), text, start),
            ("party", problem.party or "", text, start), ("money", money, text, painting.RIGHT),
            ("since", self._when(problem), quiet, start), ("again", self.tr("Try again"), link, painting.RIGHT),
        ):  # fmt: skip
            if not columns[name].width():
                continue
            box = columns[name].translated(0, at * height)
            if self._reverse:
                box.moveLeft(self.width() - box.right() - 1)
            inner = box.adjusted(0, 0, -look.px(2), 0) if not self._reverse else box.adjusted(look.px(2), 0, 0, 0)
            painter.setPen(colour)
            shown = words
            if name == "party":
                shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, align, shown)

    def select(self, at: int) -> None:
        """Go to a record."""
        at = max(0, min(at, len(self._members) - 1))
        if at != self.current:
            self.current = at
            self._say()
            self.update()
            self.chosen.emit(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row; on its words, try again."""
        at = int(event.position().y()) // theme.current().row_height
        if at >= len(self._members):
            return
        self.select(at)
        x = int(event.position().x())
        x = self.width() - x if self._reverse else x
        if self._columns()["again"].contains(x, 1):
            self.again.emit(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        at = int(event.position().y()) // theme.current().row_height
        if at != self._hovered:
            self._hovered = at
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, R tries again, Delete dismisses, Enter is the remedy."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            wanted = self.current + (1 if key == Qt.Key.Key_Down else -1)
            if not 0 <= wanted < len(self._members):
                event.ignore()
                return
            self.select(wanted)
        elif key == Qt.Key.Key_R and not event.modifiers():
            self.again.emit(self.current)
        elif key == Qt.Key.Key_Delete:
            self.dismiss.emit(self.current)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Group(QWidget):
    """One cause with its records. Each signal carries the problems concerned (``remedy_wanted``: the remedy too)."""

    remedy_wanted = Signal(object, object)
    retry_wanted = Signal(object)
    dismiss_wanted = Signal(object)
    toggled_open = Signal(bool)

    def __init__(  # noqa: PLR0915 - a layout, read in the order of the screen
        self,
        members: Sequence[ProblemView],
        formats: Formats,
        when: Callable[[ProblemView], str],
        *,
        primary: bool,
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self.members, self._formats, self._when = list(members), formats, when
        self._narrow = narrow
        self._open = False
        self.records: Records | None = None
        look = theme.current()
        first = self.members[0]
        locked = first.cause == "locked_period"
        self.toggle = Button("", "quiet", "chevron-right", name=self.tr("Show the records"))
        icon = IconView("lock" if locked else "octagon-alert", "text2" if locked else "problem", steps=4.75)
        self.fact = Label(first.message, "strong", wrap=True, selectable=True)
        self.reason = Label(first.remedy, "body", "text2", wrap=True, selectable=True)
        words = QVBoxLayout()
        words.setSpacing(look.px(0.5))
        words.addWidget(self.fact)
        words.addWidget(self.reason)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addStretch(1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        for code, total in sums(self.members)[:3]:
            figures.addWidget(Label(formats.money(total, code)), 0, right)
        figures.addWidget(Label(count_words(self.members, formats), "caption", "text2"), 0, right)
        figures.addStretch(1)
        self.buttons: list[Button] = []
        ways = remedies_of(self.members)[:2]
        row = QHBoxLayout()
        row.setContentsMargins(look.px(3), look.px(2), look.px(3), look.px(2))
        row.setSpacing(look.px(2))
        row.addWidget(self.toggle)
        row.addWidget(icon)
        row.addSpacing(look.px(1))
        row.addLayout(words, 1)
        row.addLayout(figures)
        below = QHBoxLayout()
        below.setContentsMargins(look.px(3), 0, look.px(3), look.px(2))
        below.setSpacing(look.px(2))
        ends = below if narrow else row
        if narrow:
            below.addStretch(1)
        else:
            row.addSpacing(look.px(2))
        for at, way in reversed(list(enumerate(ways))):
            kind = "quiet" if at else "primary" if primary else "normal"
            button = Button(way.words, kind, way.icon or None)
            button.clicked.connect(lambda _on=False, way=way: self._want(way))
            self.buttons.insert(0, button)
            ends.addWidget(button)
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if narrow:
            column.addLayout(below)
        column.addWidget(Hairline())
        column.addWidget(self._body)
        self.setAccessibleName(first.message)
        self.toggle.clicked.connect(lambda: self.set_open(opened=not self._open))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right opens the group, Left closes it, in the reading direction."""
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        opens, closes = (Qt.Key.Key_Left, Qt.Key.Key_Right) if reverse else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        if event.key() == opens:
            self.set_open(opened=True)
            if self.records is not None:
                self.records.setFocus()
        elif event.key() == closes:
            self.set_open(opened=False)
            self.toggle.setFocus()
        else:
            super().keyPressEvent(event)

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one group."""
        return self.members[0].cause, self.members[0].message

    @property
    def is_open(self) -> bool:
        """Whether its records are shown."""
        return self._open

    def set_open(self, *, opened: bool) -> None:
        """Show or hide the records."""
        if opened == self._open:
            return
        self._open = opened
        if opened and self.records is None:
            self._fill()
        self._body.setVisible(opened)
        self.toggle.show_icon("chevron-down" if opened else "chevron-right")
        name = self.tr("Hide the records") if opened else self.tr("Show the records")
        self.toggle.setAccessibleName(name)
        self.toggle.setToolTip(name)
        self.toggled_open.emit(opened)

    def _fill(self) -> None:
        look = theme.current()
        self.records = Records(self.members, self._formats, self._when)
        self.records.chosen.connect(lambda _at: self._say())
        self.records.again.connect(lambda at: self.retry_wanted.emit([self.members[at]]))
        self.records.entered.connect(self.buttons[0].click)
        self.records.dismiss.connect(lambda at: self.dismiss_wanted.emit([self.members[at]]))
        self.said = Label("", "body", "text2", wrap=True, selectable=True)
        self.details = Button(self.tr("Details"), "quiet", "chevron-down")
        self.dismiss = Button(self.tr("Dismiss…"), "quiet", "circle-x")
        self.all_again = Button(self.tr("Try these again"), "quiet", "rotate-cw")
        self.dismiss_all = Button(self.tr("Dismiss all…"), "quiet")
        line = QHBoxLayout()
        line.setSpacing(look.px(1))
        if not self._narrow:
            line.addWidget(self.said, 1)
        for button in (self.details, self.dismiss, self.all_again, self.dismiss_all):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        several = len(self.members) > 1
        self.all_again.setVisible(several)
        self.dismiss_all.setVisible(several)
        self.box = Box("window")
        inside = QHBoxLayout(self.box)
        inside.setContentsMargins(look.px(2.5), look.px(1.5), look.px(2.5), look.px(1.5))
        self.code = Label("", "body", "text2", wrap=True, selectable=True)
        self.copy = CopyButton(self.tr("Copy"))
        self.copy.set_kind("quiet")
        inside.addWidget(self.code, 1)
        inside.addWidget(self.copy)
        self.box.hide()
        under = QVBoxLayout()
        under.setContentsMargins(0, look.px(2.5), 0, look.px(3))
        under.setSpacing(look.px(2))
        if self._narrow:
            under.addWidget(self.said)
            line.addStretch(1)
        under.addLayout(line)
        under.addWidget(self.box)
        self._inside.addWidget(self.records)
        # Margins do not turn with the reading direction, spacers do.
        indented = QHBoxLayout()
        indented.setContentsMargins(0, 0, 0, 0)
        indented.setSpacing(0)
        indented.addSpacing(look.px(4 if self._narrow else 18))
        indented.addLayout(under, 1)
        indented.addSpacing(look.px(3))
        self._inside.addLayout(indented)
        self._inside.addWidget(Hairline())
        self.details.clicked.connect(self._toggle_details)
        self.dismiss.clicked.connect(lambda: self.dismiss_wanted.emit([self.current]))
        self.dismiss_all.clicked.connect(lambda: self.dismiss_wanted.emit(self.members))
        self.all_again.clicked.connect(lambda: self.retry_wanted.emit(self.members))
        self._say()

    @property
    def current(self) -> ProblemView:
        """The record with the focus."""
        return self.members[self.records.current if self.records is not None else 0]

    def _toggle_details(self) -> None:
        shown = not self.box.isVisibleTo(self)
        self.box.setVisible(shown)
        self.details.show_icon("chevron-up" if shown else "chevron-down")
        self.details.setAccessibleDescription(self.tr("open") if shown else self.tr("closed"))

    def _say(self) -> None:
        problem, tr = self.current, self.tr
        name = isolate(problem.number or problem.party or "")
        tried = plural(
            "Problems",
            "tried %n time(s)",
            problem.count,
            "tried once",
            "tried %n times",
            self._formats.count(problem.count),
        )
        facts = tr("%1 was not written to Zoho Books: %2, since %3.").replace("%1", name).replace("%2", tried)
        facts = facts.replace("%3", self._when(problem))
        if problem.retry_at is not None:
            again = self._when_again(problem)
            facts = f"{facts} {tr('It is tried again by itself at %1.').replace('%1', again)}"
        self.said.setText(facts)
        code = tr("code %1").replace("%1", problem.code) if problem.code else ""
        parts = [problem.cause, code, problem.detail]
        self.code.setText(" · ".join(part for part in parts if part))
        self.copy.set_value("\n".join(part for part in (problem.message, problem.number or "", *parts) if part))

    def _when_again(self, problem: ProblemView) -> str:
        return self._formats.time(problem.retry_at) if problem.retry_at is not None else ""

    def _want(self, way: Remedy) -> None:
        members = [self.current] if way.act == "edit" else self.members
        if way.act == "retry":
            self.retry_wanted.emit(members)
        else:
            self.remedy_wanted.emit(way, members)
