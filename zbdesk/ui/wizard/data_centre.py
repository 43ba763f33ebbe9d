"""Where the books are kept: an address that is recognised, ten rows, and servers of one's own."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from zbdesk.app.regions import DATA_CENTRES, DataCentre, from_address, region_named
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.style import rounded
from zbdesk.ui.widgets import Banner, Box, Fold, FormField, TextField, gap, pad
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import CUSTOM, Session, host, region_label


class RegionButton(QRadioButton):
    """One data centre: its name and the address by which people know it."""

    def __init__(self, row: DataCentre) -> None:
        super().__init__(region_label(row))
        self.region = row.name
        self._address = host(row.books_url)
        self.setAccessibleName(f"{self.text()}, {self._address}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.on_change(self, self.refresh)

    def refresh(self) -> None:
        """Take the size from the theme in use."""
        self.setMinimumHeight(theme.current().px(9))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Follow text and the steps of the theme."""
        look = theme.current()
        names, addresses = _columns(self)
        return QSize(look.px(3) + look.px(7) + names + look.px(4) + addresses + look.px(3), look.px(9))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the text needs."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The whole row is the target."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the theme in use."""
        del event
        look = theme.current()
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            rounded(painter, QRectF(self.rect()), look.radius, look.color("selection" if chosen else "hover"), None)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        side = look.px(3.75)
        whole = self.rect()

        def place(left: int, width: int, height: int) -> QRect:
            box = QRect(left, (whole.height() - height) // 2, width, height)
            return QStyle.visualRect(self.layoutDirection(), whole, box)

        option.rect = place(look.px(3), side, side)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorRadioButton, option, painter, self)
        names, addresses = _columns(self)
        left = look.px(3) + look.px(7)
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        flags = int(QStyle.visualAlignment(self.layoutDirection(), start))
        painter.setFont(look.font("strong" if chosen else "body"))
        painter.setPen(look.color("on_selection" if chosen else "text"))
        painter.drawText(place(left, names + look.px(3), whole.height()), flags, self.text())
        painter.setFont(look.font("body"))
        painter.setPen(look.color("on_selection" if chosen and look.is_contrast else "text2"))
        painter.drawText(place(left + names + look.px(4), addresses + look.px(2), whole.height()), flags, self._address)


def _columns(widget: QWidget) -> tuple[int, int]:
    """Widths of the widest name and address, so that all rows line up."""
    from PySide6.QtGui import QFontMetrics

    del widget
    look = theme.current()
    strong, body = QFontMetrics(look.font("strong")), QFontMetrics(look.font("body"))
    names = max(strong.horizontalAdvance(region_label(row)) for row in DATA_CENTRES.values())
    addresses = max(body.horizontalAdvance(host(row.books_url)) for row in DATA_CENTRES.values())
    return names, addresses


class DataCentrePage(Page):
    """The pasted address chooses; a click on a row wins over it."""

    key = "data_centre"
    step = 0

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.say(
            self.tr("Where are your books kept?"),
            self.tr("Choose the data centre whose address you see in the browser when you open Zoho Books."),
        )
        self.address = TextField(placeholder="https://books.zoho.…", digits=True)
        self.address.setClearButtonEnabled(True)
        self.address.typed.connect(self._address_typed)
        self.address.textChanged.connect(self._address_cleared)
        self.address_field = FormField(
            self.tr("&Address of your Zoho Books"), self.address, note=self.tr("(optional: copy it from the browser)")
        )
        self.address_field.setMaximumWidth(theme.current().px(156))
        self.content.addWidget(self.address_field)
        self.content.addWidget(self._rows())
        self.content.addWidget(self._custom())
        self.content.addWidget(self.custom_panel)
        note = Banner(
            self.tr("The address counts, not the country of your company."),
            self.tr(
                "A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk "
                "notices at sign-in and puts it right."
            ),
            "note",
        )
        self.content.addWidget(note)
        self._place(2)

    def _rows(self) -> Box:
        panel = Box()
        self._grid = QGridLayout(panel)
        pad(self._grid, 2, 2, 2, 2)
        self._grid.setHorizontalSpacing(theme.current().px(3))
        self._grid.setVerticalSpacing(theme.current().px(0.5))
        self.group = QButtonGroup(self)
        self.regions: dict[str, RegionButton] = {}
        for row in DATA_CENTRES.values():
            button = RegionButton(row)
            self.group.addButton(button)
            self.regions[row.name] = button
        # Not buttonClicked: what a screen reader toggles is chosen without a click.
        self.group.buttonToggled.connect(lambda _button, on: self._clicked() if on else None)
        panel.setAccessibleName(self.tr("Data centres"))
        self._columns_now = 0
        return panel

    def _place(self, columns: int) -> None:
        if columns == self._columns_now:
            return
        self._columns_now = columns
        count = -(-len(self.regions) // columns)
        previous: QWidget = self.address
        for at, button in enumerate(self.regions.values()):
            self._grid.addWidget(button, at % count, at // count)
            QWidget.setTabOrder(previous, button)
            previous = button

    def _custom(self) -> Fold:
        self.custom_panel = QWidget()
        column = QVBoxLayout(self.custom_panel)
        pad(column, 5, 0, 0, 0)
        gap(column, 3)
        self.custom_choice = QRadioButton(self.tr("Use &these servers"))
        self.group.addButton(self.custom_choice)
        self.accounts = TextField(placeholder="https://accounts.example.com", digits=True)
        self.accounts_field = FormField(self.tr("A&ccounts server"), self.accounts)
        self.api = TextField(placeholder="https://www.example.com", digits=True)
        self.api_field = FormField(self.tr("AP&I server"), self.api)
        for field in (self.accounts_field, self.api_field):
            field.setMaximumWidth(theme.current().px(120))
        self.accounts.typed.connect(self._custom_typed)
        self.api.typed.connect(self._custom_typed)
        column.addWidget(self.custom_choice, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.accounts_field)
        column.addWidget(self.api_field)
        self.fold = Fold(self.tr("&Other servers (for tests and private set-ups)"), self.custom_panel)
        return self.fold

    def arrange(self, em: float) -> None:
        """See ``Page``."""
        names, addresses = _columns(self)
        look = theme.current()
        one = look.px(17) + names + addresses
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - look.px(8)
        self._place(2 if room >= 2 * one else 1)
        del em

    def entered(self) -> None:
        """See ``Page``."""
        draft = self.session.draft
        self.address.setText(draft.address)
        self.accounts.setText(draft.accounts_url)
        self.api.setText(draft.api_url)
        if draft.region in self.regions:
            self.regions[draft.region].setChecked(True)
        elif draft.region == CUSTOM:
            self.custom_choice.setChecked(True)
            self.fold.set_open(opened=True)
        self.changed.emit()

    def left(self) -> None:
        """See ``Page``."""
        draft = self.session.draft
        draft.address = self.address.text().strip()
        draft.accounts_url = self.accounts.text().strip()
        draft.api_url = self.api.text().strip()

    def _clicked(self) -> None:
        chosen = self.group.checkedButton()
        self.session.draft.region = chosen.region if isinstance(chosen, RegionButton) else CUSTOM
        self.left()
        self._say_address()
        self._check_custom()
        self.changed.emit()

    def _address_typed(self, text: str) -> None:
        found = from_address(text)
        if found is not None:
            self.session.draft.region = found.name
            self.regions[found.name].setChecked(True)
        self.session.draft.address = text.strip()
        self._say_address()
        self.changed.emit()

    def _address_cleared(self, text: str) -> None:
        # The cross inside the field is no typing, but the line below must go with the address.
        if not text:
            self.address_field.message.say("")

    def _say_address(self) -> None:
        text = self.address.text().strip()
        message = self.address_field.message
        if not text:
            message.say("")
            return
        found = from_address(text)
        if found is None:
            words = self.tr("This address is not one of Zoho’s. Choose the data centre in the list.")
            message.say(words, "attention")
        elif found.name == self.session.draft.region:
            words = self.tr("This address belongs to the %1 data centre. It is chosen below.")
            message.say(words.replace("%1", region_label(found)), "ok")
        else:
            words = self.tr("This address belongs to the %1 data centre, but another one is chosen below.")
            message.say(words.replace("%1", region_label(found)), "attention")

    def _custom_typed(self) -> None:
        self.session.draft.region = CUSTOM
        self.custom_choice.setChecked(True)
        self.left()
        self._check_custom()
        self.changed.emit()

    def _check_custom(self) -> None:
        """Say beside each address what is wrong with it, once it has been typed."""
        for field, editor in ((self.accounts_field, self.accounts), (self.api_field, self.api)):
            text = editor.text().strip()
            field.set_error(_origin_problem(text) if text and self.session.draft.region == CUSTOM else "")
            editor.set_good(good=bool(text) and not field.error)

    def reason(self) -> str:
        """See ``Page``."""
        draft = self.session.draft
        if not draft.region:
            return self.tr("Choose a data centre to go on.")
        if draft.region == CUSTOM:
            if not draft.accounts_url or not draft.api_url:
                return self.tr("Enter both servers to go on.")
            if _origin_problem(draft.accounts_url) or _origin_problem(draft.api_url):
                return self.tr("Correct the marked address to go on.")
        return ""

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: "
            "books.zoho.eu is Europe, books.zohocloud.ca is Canada.\n\n"
            "Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        chosen = self.group.checkedButton()
        return chosen if chosen is not None else self.address


def _origin_problem(text: str) -> str:
    try:
        region_named(CUSTOM, accounts_url=text, api_url=text)
    except ZbdeskError as error:
        return error.message or error.title
    return ""
