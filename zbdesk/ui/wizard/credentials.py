"""Client ID and secret: make a client in Zoho's console, copy the redirect URI there, paste two values here."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from zbdesk.app.log import note_told
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.languages import lower_first
from zbdesk.ui.widgets import (
    Banner,
    Button,
    Combo,
    CopyField,
    Fold,
    FormField,
    Hairline,
    Label,
    Message,
    NumberDot,
    SecretField,
    TextField,
    bounded,
    gap,
    pad,
)
from zbdesk.ui.widgets.base import colour_name
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import CUSTOM, Session, host, region_label

_CLIENT_ID = re.compile(r"1000\.[A-Z0-9]{10,60}")


class _Numbered(QWidget):
    """One of the steps that are done in the console: number, title, content, a line down to the next."""

    def __init__(self, number: int, title: str, *, last: bool = False) -> None:
        super().__init__()
        self.dot = NumberDot(number)
        self.title = Label(title, "strong", wrap=True)
        self.body = QVBoxLayout()
        gap(self.body, 1.5)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(3))
        grid.setVerticalSpacing(theme.current().px(1))
        grid.addWidget(self.dot, 0, 0)
        grid.addWidget(self.title, 0, 1)
        if not last:
            line = QHBoxLayout()
            pad(line, 2.25, 0, 0, 0)
            line.addWidget(Hairline(upright=True))
            line.addStretch()
            grid.addLayout(line, 1, 0)
        holder = QVBoxLayout()
        pad(holder, 0, 0, 0, 0 if last else 3)
        holder.addLayout(self.body)
        grid.addLayout(holder, 1, 1)
        grid.setColumnStretch(1, 1)


class CredentialsPage(Page):
    """Signal: ``port_wanted(int)``: listen at this port instead."""

    key = "credentials"
    step = 1
    port_wanted = Signal(int)

    def __init__(self, session: Session, open_url: Callable[[str], bool]) -> None:
        super().__init__(session)
        self._open_url = open_url
        self._listening = False
        self.say(
            self.tr("Client ID and client secret"),
            self.tr("Make a client for zbdesk in the Zoho API console, then paste its ID and secret here."),
        )
        self.demo_note = Banner(
            self.tr("Filled in for the demo company."),
            self.tr("Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on."),
            "info",
        )
        self.demo_note.setVisible(session.demo is not None)
        self.content.addWidget(self.demo_note)
        steps = QVBoxLayout()
        steps.setSpacing(0)
        for part in (self._console(), self._redirect(), self._secrets()):
            steps.addWidget(part)
        self.content.addLayout(steps)
        self.content.addWidget(self._code_fold())
        self.content.addWidget(self.code_panel)
        self.content.addWidget(self._more_fold())
        self.content.addWidget(self.more_panel)

    # -- the three steps ----------------------------------------------------------------------------------------------

    def _console(self) -> QWidget:
        self.console_step = _Numbered(1, "")
        self.console_button = Button("", "normal", "external-link")
        self.console_button.clicked.connect(self._open_console)
        self.console_hint = Label("", "body", "text2", wrap=True, rich=True)
        theme.on_change(self, self._hint)
        self._console_row = QHBoxLayout()
        gap(self._console_row, 3)
        self._console_row.addWidget(self.console_button)
        self._console_row.addWidget(self.console_hint, 1)
        self.console_step.body.addLayout(self._console_row)
        self.console_problem = Message()
        self.console_step.body.addWidget(self.console_problem)
        return self.console_step

    def _hint(self) -> None:
        colour = colour_name("text")
        first, second = self.tr("Add Client"), self.tr("Server-based Applications")
        words = self.tr("Choose %1, then %2.")
        for mark, name in (("%1", first), ("%2", second)):
            words = words.replace(mark, f'<span style="color:{colour}; font-weight:600">{name}</span>')
        self.console_hint.setText(words)

    def _redirect(self) -> QWidget:
        step = _Numbered(2, self.tr("Paste this under “Authorized Redirect URIs” there"))
        self.redirect = CopyField("", name=self.tr("Redirect URI"), label=self.tr("Cop&y"))
        step.body.addLayout(bounded(self.redirect, 124))
        self.redirect_note = Message()
        self.port_button = Button(self.tr("Use &another port"), "link")
        self.port_button.clicked.connect(self._ask_port)
        row = QHBoxLayout()
        gap(row, 2)
        row.addWidget(self.redirect_note, 1)
        row.addWidget(self.port_button)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        step.body.addLayout(bounded(holder, 124))
        step.body.addLayout(bounded(self._port_part(), 110))
        return step

    def _port_part(self) -> QWidget:
        self.port = TextField(digits=True)
        self.port.setValidator(QIntValidator(1024, 65535, self.port))
        self.port.returnPressed.connect(self._port_given)
        self.port_take = Button(self.tr("Use this one"))
        self.port_take.clicked.connect(self._port_given)
        self.port_field = FormField(
            self.tr("Port"),
            self.port,
            self.tr("Any free one from 1024 to 65535. The console has to know the new address."),
            after=self.port_take,
        )
        self.port_field.hide()
        return self.port_field

    def _ask_port(self) -> None:
        self.port_field.show()
        now = host(self.redirect.value).rsplit(":", 1)[-1]
        others = [str(port) for port in self.session.settings.redirect_ports if str(port) != now]
        if not self.port.text():
            self.port.setText(others[0] if others else "")
        self.port.selectAll()
        self.port.setFocus()

    def _port_given(self) -> None:
        if not self.port.hasAcceptableInput():
            self.port_field.set_error(self.tr("Enter a number from 1024 to 65535."))
            return
        self.port_field.set_error("")
        self.port_wanted.emit(int(self.port.text()))

    def _secrets(self) -> QWidget:
        step = _Numbered(3, self.tr("Paste what the console shows under “Client Secret”"), last=True)
        width = theme.current().px(34)
        self.client_id = TextField(placeholder="1000.", digits=True)
        self.client_id.typed.connect(self._typed)
        paste = self._paste_button()
        # An empty place under which the Paste button stands, so that both fields end at the same line.
        beside = QWidget()
        beside.setFixedWidth(paste.sizeHint().width())
        self.id_field = FormField(self.tr("&Client ID"), self.client_id, label_width=width, after=beside)
        self.secret = SecretField(placeholder=self.tr("Paste the client secret"))
        self.secret.typed.connect(self._typed)
        self.secret_field = FormField(
            self.tr("Client secre&t"),
            self.secret,
            self.tr("Kept in this computer’s keychain only. Spaces at the ends are removed when you paste."),
            label_width=width,
            after=paste,
        )
        step.body.addLayout(bounded(self.id_field, 166))
        step.body.addLayout(bounded(self.secret_field, 166))
        return step

    def _paste_button(self) -> Button:
        self.paste = Button(self.tr("Paste"), "normal", "clipboard-paste")
        self.paste.setShortcut(QKeySequence("Ctrl+Shift+V"))
        self.paste.setToolTip(self.paste.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        self.paste.setAccessibleName(self.tr("Paste the client secret"))
        self.paste.clicked.connect(self._paste_secret)
        return self.paste

    def _paste_secret(self) -> None:
        self.secret.selectAll()
        self.secret.paste_trimmed()
        self.secret.setFocus()

    # -- quiet options ------------------------------------------------------------------------------------------------

    def _code_fold(self) -> Fold:
        self.code_panel = QWidget()
        column = QVBoxLayout(self.code_panel)
        pad(column, 5, 0, 0, 0)
        gap(column, 2)
        column.addWidget(
            Label(
                self.tr(
                    "For locked-down computers: in the console choose Add Client, then Self Client. Under Generate "
                    "Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s "
                    "own ID and secret above."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )
        self.scope = CopyField("", name=self.tr("Scope for the code"), label=self.tr("Copy al&l"))
        self.grant = TextField(placeholder="1000.", digits=True)
        self.grant.typed.connect(self._typed)
        self.grant_field = FormField(
            self.tr("&Grant code"),
            self.grant,
            self.tr("It works once, and only for the minutes chosen in the console."),
        )
        for part in (FormField(self.tr("Scope"), self.scope), self.grant_field):
            part.setMaximumWidth(theme.current().px(150))
            column.addWidget(part)
        self.code_fold = Fold(self.tr("&My browser cannot come back here: use a code"), self.code_panel)
        self.code_fold.toggled_open.connect(lambda _open: self._typed())
        return self.code_fold

    def _more_fold(self) -> Fold:
        self.more_panel = QWidget()
        column = QVBoxLayout(self.more_panel)
        pad(column, 5, 0, 0, 0)
        gap(column, 2)
        self.client_type = Combo(self.tr("Kind of client in the console"))
        self.client_type.addItem(self.tr("Server-based Applications"), userData=False)
        self.client_type.addItem(self.tr("Mobile-based Applications (PKCE)"), userData=True)
        self.client_type.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.client_type.currentIndexChanged.connect(self._typed)
        kind = FormField(
            self.tr("&Kind of client in the console"),
            self.client_type,
            self.tr("Server-based is right unless your administrator made the client as another kind."),
        )
        kind.setMaximumWidth(theme.current().px(150))
        column.addWidget(kind)
        self.reading_only = QCheckBox(self.tr("Ask &Zoho for reading only"))
        self.reading_only.toggled.connect(self._typed)
        column.addWidget(self.reading_only, 0, Qt.AlignmentFlag.AlignLeading)
        note = self.tr("The sign-in itself then cannot write. Writing later needs another sign-in.")
        column.addWidget(Label(note, "caption", "text2", wrap=True))
        self.reading_only.setAccessibleDescription(note)
        self.more_fold = Fold(self.tr("More choices for a&dministrators"), self.more_panel)
        return self.more_fold

    # -- state --------------------------------------------------------------------------------------------------------

    def arrange(self, em: float) -> None:
        """See ``Page``."""
        narrow = em < 44
        for field in (self.id_field, self.secret_field):
            field.set_beside(beside=not narrow)
        direction = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self._console_row.setDirection(direction)

    def entered(self) -> None:
        """See ``Page``."""
        draft = self.session.draft
        centre = self.session.data_centre_or_none()
        if centre is not None:
            custom = draft.region == CUSTOM
            title = (
                self.tr("Open the console of this server")
                if custom
                else self.tr("Open the console of the %1 data centre")
            )
            self.console_step.title.setText(title.replace("%1", region_label(centre)))
            self.console_button.setText(self.tr("&Open %1").replace("%1", host(centre.console_url)))
        self.client_id.setText(draft.client_id)
        self.secret.setText(self.session.client_secret)
        self.grant.setText(self.session.grant_code)
        self.client_type.setCurrentIndex(int(draft.pkce))
        self.reading_only.setChecked(draft.reading_only_scopes)
        if self.session.vault_name:
            words = self.tr("Kept in %1 only. Spaces at the ends are removed when you paste.")
            name = self.session.vault_name
            # Names of products keep their capital, an article does not.
            self.secret_field.set_help(words.replace("%1", lower_first(name) if name.startswith("The ") else name))
        self._typed()

    def left(self) -> None:
        """See ``Page``."""
        self._keep()

    def _keep(self) -> None:
        draft = self.session.draft
        draft.client_id = self.client_id.text().strip()
        draft.pkce = bool(self.client_type.currentData())
        draft.reading_only_scopes = self.reading_only.isChecked()
        self.session.client_secret = self.secret.text().strip()
        self.session.grant_code = self.grant.text().strip() if self.code_fold.is_open else ""

    def _typed(self) -> None:
        self._keep()
        text = self.session.draft.client_id
        self.id_field.set_error("")
        self.secret_field.set_error("")
        self.grant_field.set_error("")
        good = bool(_CLIENT_ID.fullmatch(text)) or (self.session.demo is not None and bool(text))
        self.client_id.set_good(good=good)
        self.id_field.set_help("" if good or not text else self._doubt(text))
        self.changed.emit()

    def _doubt(self, text: str) -> str:
        if " " in text:
            return self.tr("There is a space inside. Copy the ID alone.")
        if "@" in text:
            return self.tr("This looks like an e-mail address. The ID begins with 1000.")
        if self.session.draft.region == CUSTOM:
            return ""
        return self.tr("Zoho’s client IDs begin with 1000. and go on in capitals and digits.")

    def show_scopes(self, scopes: tuple[str, ...]) -> None:
        """Show what a self client must be asked for."""
        self.scope.set_value(",".join(scopes))

    def show_redirect(self, uri: str) -> None:
        """Show the address that was bound and that the console has to know."""
        self._listening = True
        self.port_field.hide()
        self.redirect.set_value(uri)
        port = host(uri).rsplit(":", 1)[-1]
        words = self.tr("It must be the same to the letter. Port %1 is free on this computer.")
        self.redirect_note.say(words.replace("%1", port))
        self.changed.emit()

    def show_redirect_problem(self, error: ZbdeskError) -> None:
        """Say why no port could be bound."""
        note_told(error)
        self._listening = False
        self.redirect_note.say(f"{error.title} {error.message}".strip(), "error")
        self.changed.emit()

    def show_problem(self, field: str, error: ZbdeskError) -> None:
        """See ``Page``."""
        words = f"{error.title} {error.message}".strip()
        if field == "client_id":
            self.id_field.set_error(words)
            self.client_id.setFocus()
        elif field == "client_secret":
            self.secret_field.set_error(words)
            self.secret.setFocus()
        elif field == "grant_code":
            self.code_fold.set_open(opened=True)
            self.grant_field.set_error(words)
            self.grant.setFocus()
        else:
            self.redirect_note.say(words, "error")
            self.redirect.copy_button.setFocus()

    def _open_console(self) -> None:
        centre = self.session.data_centre_or_none()
        if centre is not None and not self._open_url(centre.console_url):
            words = self.tr("No browser could be opened. Open %1 in a browser of your own.")
            self.console_problem.say(words.replace("%1", centre.console_url), "attention")

    def reason(self) -> str:
        """See ``Page``."""
        draft = self.session.draft
        if not draft.client_id:
            return self.tr("Paste the client ID to go on.")
        if " " in draft.client_id:
            return self.tr("Correct the client ID to go on.")
        if not self.session.client_secret:
            return self.tr("Paste the client secret to go on.")
        if self.code_fold.is_open:
            return "" if self.session.grant_code else self.tr("Paste the grant code, or close that part, to go on.")
        if not self._listening:
            return self.tr("A free port is needed to go on.")
        return ""

    def next_text(self) -> str:
        """See ``Page``."""
        return self.tr("S&ign in")

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage "
            "http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab "
            "Client Secret then shows the ID and the secret.\n\n"
            "If your company uses several data centres, open the client’s Settings tab and switch the others on."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        if not self.client_id.text():
            return self.console_button
        return self.secret if not self.secret.text() else self.client_id
