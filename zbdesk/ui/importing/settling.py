"""What only a person can say, one thing at a time: the order of dates, the decimal sign, each bad value with a way out.

Nothing is chosen beforehand. The same value in several rows is one entry; mending it mends all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout

from zbdesk.app.file_import import DateQuestion, DecimalQuestion
from zbdesk.sources.base import CellError
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.importing import names
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, Elided, Hairline, Label, Surface, TextField, gap, pad

MOST = 25


@dataclass(frozen=True, slots=True)
class Group:
    """Cells with the same value and the same fault."""

    place: int
    value: str
    message: str
    field: str
    cells: tuple[tuple[int, int], ...]

    @property
    def key(self) -> tuple[int, str, str]:
        """What stays the same from one check to the next."""
        return self.place, self.value, self.message


def grouped(errors: Sequence[CellError]) -> list[Group]:
    """Faults by column, value and sentence, in the order of the file; of rows as a whole by the sentence alone."""
    found: dict[tuple[int, str, str], list[CellError]] = {}
    for one in errors:
        found.setdefault((one.place, one.value if one.place >= 0 else "", one.message), []).append(one)
    return [
        Group(place, value, message, cells[0].field, tuple((cell.row, cell.place) for cell in cells))
        for (place, value, message), cells in found.items()
    ]


class Card(Surface):
    """One entry. ``chosen``: a person wants to work on it."""

    chosen = Signal()

    def __init__(self, title: str, words: str, *, current: bool = False) -> None:
        super().__init__("selection" if current else "base")
        column = QVBoxLayout(self)
        pad(column, 3, 2, 3, 2)
        gap(column, 1)
        self.title = Label(title, "strong", "on_selection" if current else "text", wrap=True)
        column.addWidget(self.title)
        self.words = Label(
            words, "body", "on_selection" if current and theme.current().is_contrast else "text2", wrap=True
        )
        self.words.setVisible(bool(words))
        column.addWidget(self.words)
        self.body = column
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)


class SettlePane(Surface):
    """``cell_wanted(row, place)``: show that cell in the grid."""

    cell_wanted = Signal(int, int)

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        super().__init__("base")
        self.flow, self.state = flow, state
        self.groups: list[Group] = []
        self.current: tuple[int, str, str] | None = None
        self.editor: TextField | None = None
        self.radios: list[QRadioButton] = []
        self.links: list[Button] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        pad(head, 3, 4, 3, 2)
        self.heading = Elided(self.tr("To settle here"), "panel")
        self.count = Label("", "caption", "text2").at_end()
        head.addWidget(self.heading, 1)
        head.addWidget(self.count)
        outer.addLayout(head)
        outer.addWidget(Hairline())
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBar(QuietScrollBar("base"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self.area, 1)
        self.setAccessibleName(self.tr("To settle here"))
        flow.checked.connect(self.refresh)
        flow.checking.connect(self._show_count)
        theme.on_change(self, self._paint_ground)
        self.refresh()

    def _paint_ground(self) -> None:
        palette = QPalette(self.area.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.current().color("base"))
        self.area.setPalette(palette)

    # ---- what there is -------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """All entries anew, the one that is worked on kept."""
        had_focus = self.editor is not None and self.editor.hasFocus()
        found = self.flow.findings
        asks_date = found is not None and found.dates is not None
        asks_sign = found is not None and found.decimals is not None
        self.groups = [group for group in grouped(found.report.errors) if not self._asked(group)] if found else []
        keys = [group.key for group in self.groups]
        if self.current not in keys:
            self.current = keys[0] if keys else None
        self.editor, self.radios, self.links = None, [], []
        body = Surface("base")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        cards: list[Card] = []
        if found is not None and found.dates is not None:
            cards.append(self._date_card(found.dates))
        if found is not None and found.decimals is not None:
            cards.append(self._decimal_card(found.decimals))
        cards += self._said_cards()
        # One thing at a time: what a question is about comes right by itself.
        if not asks_date and not asks_sign:
            cards += self._unknown_card()
        cards += [self._group_card(group) for group in self.groups[:MOST]]
        for card in cards:
            column.addWidget(card)
            column.addWidget(Hairline())
        if not cards:
            words = Label(self._nothing(), "body", "text2", wrap=True)
            words.setContentsMargins(*[theme.current().px(3)] * 4)
            column.addWidget(words)
        elif len(self.groups) > MOST:
            more = self.tr("%1 more follow once these are settled.")
            words = Label(
                more.replace("%1", self.state.formats.count(len(self.groups) - MOST)), "body", "text2", wrap=True
            )
            words.setContentsMargins(*[theme.current().px(3)] * 4)
            column.addWidget(words)
        column.addStretch(1)
        self.area.setWidget(body)
        self._show_count()
        if had_focus:
            self._focus_editor()

    def _focus_editor(self) -> None:
        if self.editor is not None:
            self.editor.setFocus()

    def _nothing(self) -> str:
        if self.flow.fault is not None:
            return said(str(self.flow.fault))
        if self.flow.findings is None:
            return self.tr("What is to settle appears here once the rows were checked.")
        return self.tr("Nothing. Every row can be imported as it is.")

    def _asked(self, group: Group) -> bool:
        """Whether a question above is about this value."""
        found, kind = self.flow.findings, self.flow.session.kind(group.place)
        if found is None:
            return False
        if found.dates is not None and kind == "date":
            return True
        return found.decimals is not None and kind in {"number", "debit", "credit"}

    def questions(self) -> int:
        """How many questions are open."""
        found = self.flow.findings
        return 0 if found is None else (found.dates is not None) + (found.decimals is not None)

    def _show_count(self) -> None:
        formats = self.state.formats
        if self.flow.is_reading or self.flow.is_checking:
            self.count.setText(self.tr("being checked…"))
            return
        cells = sum(len(group.cells) for group in self.groups)
        parts = []
        if asked := self.questions():
            parts.append(plural("ImportSettle", "%n question(s)", asked, "%n question", "%n questions"))
        if cells:
            shown = formats.count(cells)
            parts.append(plural("ImportSettle", "%n cell(s)", cells, "%n cell", "%n cells", shown))
        self.count.setText(", ".join(parts))

    # ---- questions -----------------------------------------------------------------------------------------------
    def _date_card(self, asked: DateQuestion) -> Card:
        formats = self.state.formats
        card = Card(self.tr("Which day is %1?").replace("%1", isolate(asked.text)), "")
        if asked.proof and asked.proves is not None:
            words = self.tr("Rows such as %1 can only be %2, but zbdesk does not guess dates.")
            words = words.replace("%1", isolate(asked.proof)).replace("%2", self._order_word(asked.proves).lower())
        else:
            words = self.tr("The file does not say. One answer holds for all its dates.")
        card.words.setText(words)
        card.words.show()
        for order, day in asked.readings:
            said = f"{self._order_mnemonic(order)}: {formats.day(date(day.year, day.month, day.day))}"
            radio = QRadioButton(said)
            radio.clicked.connect(partial(self._say, "date_order", order))
            card.body.addWidget(radio)
            self.radios.append(radio)
        return card

    def _order_word(self, order: str) -> str:
        return {
            "DMY": self.tr("Day first"),
            "MDY": self.tr("Month first"),
            "YMD": self.tr("Year first"),
        }.get(order, order)

    def _order_mnemonic(self, order: str) -> str:
        return {
            "DMY": self.tr("&Day first"),
            "MDY": self.tr("&Month first"),
            "YMD": self.tr("&Year first"),
        }.get(order, order)

    def _decimal_card(self, asked: DecimalQuestion) -> Card:
        formats = self.state.formats
        card = Card(
            self.tr("How much is %1?").replace("%1", isolate(asked.text)),
            self.tr("The file does not say whether its decimal sign is a point or a comma."),
        )
        for sign, words, amount in (
            (".", self.tr("&Point: %1"), asked.point),
            (",", self.tr("&Comma: %1"), asked.comma),
        ):
            radio = QRadioButton(words.replace("%1", formats.amount(amount, None)))
            radio.clicked.connect(partial(self._say, "decimal", sign))
            card.body.addWidget(radio)
            self.radios.append(radio)
        return card

    def _said_cards(self) -> list[Card]:
        """What was answered, with the way back."""
        said = self.flow.session.said
        parts: list[tuple[str, str]] = []
        if said.get("date_order"):
            parts.append(("date_order", self.tr("Dates: %1").replace("%1", self._order_word(str(said["date_order"])))))
        if said.get("decimal"):
            word = self.tr("comma") if said["decimal"] == "," else self.tr("point")
            parts.append(("decimal", self.tr("Decimal sign: %1").replace("%1", word)))
        if said.get("unknown") == "wait":
            parts.append(("unknown", self.tr("Names that are not in the books wait")))
        cards = []
        for word, title in parts:
            card = Card(title, "")
            card.body.addWidget(self._link(self.tr("Take back"), partial(self._say, word, None), title), 0)
            cards.append(card)
        return cards

    def _unknown_card(self) -> list[Card]:
        """One decision about all unknown names, where there are some."""
        unknown = [one for one in self.groups if self.flow.session.kind(one.place) == "reference"]
        if not unknown or self.flow.session.said.get("unknown") == "wait":
            return []
        card = Card(
            plural(
                "ImportSettle", "%n name(s) are not in the books", len(unknown), "%n name is not in the books",
                "%n names are not in the books", self.state.formats.count(len(unknown)),
            ),
            self.tr("Mend each below, or let their documents wait on this computer until the names are there."),
        )  # fmt: skip
        card.body.addWidget(self._link(self.tr("Let them &wait"), partial(self._say, "unknown", "wait")))
        return [card]

    def _say(self, word: str, value: object, *_clicked: object) -> None:
        self.flow.say(word, value)

    # ---- bad values ----------------------------------------------------------------------------------------------
    def _group_card(self, group: Group) -> Card:
        current = group.key == self.current
        card = Card(self._title(group), said(group.message), current=current)
        if not current:
            card.body.addWidget(self._link(self.tr("Show"), partial(self.choose, group.key), self._title(group)))
            return card
        if group.place < 0:
            return card
        row = QHBoxLayout()
        gap(row, 2)
        self.editor = TextField(name=self.tr("What it should be"))
        self.editor.setText(group.value)
        self.editor.returnPressed.connect(self._mend)
        row.addWidget(self.editor, 1)
        mend = Button(self.tr("Me&nd"))
        mend.clicked.connect(self._mend)
        row.addWidget(mend)
        card.body.addLayout(row)
        for text in self._near(group):
            words = self.tr("Take “%1”").replace("%1", text.replace("&", "&&"))
            card.body.addWidget(self._link(words, partial(self._take, group, text)))
        return card

    def _title(self, group: Group) -> str:
        session, formats = self.flow.session, self.state.formats
        row = isolate(formats.count(group.cells[0][0]))
        where = self.tr("Row %1").replace("%1", row)
        if len(group.cells) > 1:
            where = self.tr("Row %1 and %2 more").replace("%1", row).replace("%2", formats.count(len(group.cells) - 1))
        if group.place < 0:
            return where
        field = names.field_name(session.module, session.fields.get(group.place, ""))
        return f"{where}, {field}: {isolate(group.value)}" if group.value else f"{where}, {field}"

    def _near(self, group: Group) -> tuple[str, ...]:
        """What it could mean: near names of the books; the base currency for what is no currency."""
        if self.flow.session.kind(group.place) == "currency":
            overview = self.state.overview
            connection = overview.connection if overview is not None else None
            code = connection.organization.currency_code if connection is not None else ""
            return (code,) if code else ()
        found = self.flow.findings
        if found is None:
            return ()
        field = group.field.partition("[")[0] if "." not in group.field else group.field.rpartition(".")[2]
        return tuple(found.near.get((field, group.value.strip().casefold()), ()))

    def choose(self, key: tuple[int, str, str], *_clicked: object) -> None:
        """Work on this one."""
        group = next((one for one in self.groups if one.key == key), None)
        if group is None or key == self.current:
            return
        self.current = key
        self.refresh()
        self.cell_wanted.emit(*group.cells[0])

    def show_cell(self, row: int, place: int) -> None:
        """The grid stands on this cell: its entry is worked on."""
        group = next((one for one in self.groups if (row, place) in one.cells), None)
        if group is not None and group.key != self.current:
            self.current = group.key
            self.refresh()

    def _mend(self) -> None:
        group = next((one for one in self.groups if one.key == self.current), None)
        if group is not None and self.editor is not None:
            self._take(group, self.editor.text())

    def _take(self, group: Group, text: str, *_clicked: object) -> None:
        if text != group.value:
            self.flow.mend(group.cells, text)

    def _link(self, words: str, then: object, about: str = "") -> Button:
        button = Button(words, "link", at_start=True)
        if about:
            button.setAccessibleName(f"{words.replace('&&', chr(0)).replace('&', '').replace(chr(0), '&')}: {about}")
        button.clicked.connect(then)
        self.links.append(button)
        return button
