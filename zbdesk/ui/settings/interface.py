"""The local interface: whether programs may ask, from where, and by which tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.app.source_views import TokenView
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.importing.number import NumberField
from zbdesk.ui.sentences import said
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Rows, show_check
from zbdesk.ui.sources import confirm
from zbdesk.ui.sources.services import services_of
from zbdesk.ui.widgets import Button, CopyField, FormField, Label, Message, TextField, announce


class NewTokenDialog(WriteDialog):
    """A name first; then the token, this once."""

    def __init__(self, parent: QWidget, here: Here, make: Callable[..., None]) -> None:
        super().__init__(
            parent, here.state, _tr("New token"),
            _tr("One token for each program, so that one can be revoked without the others."), icon="key-round",
        )  # fmt: skip
        self._make = make
        self.name = TextField(name=_tr("Name of the program"))
        self.field = FormField(_tr("&Name of the program"), self.name)
        self.token = CopyField(name=_tr("Token"))
        self.token_field = FormField(
            _tr("&Token"), self.token, _tr("It is shown this once. zbdesk keeps only its fingerprint.")
        )
        self.token_field.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self.token_field)
        self.verb = self.add_verb(_tr("&Make the token"))
        self.verb.clicked.connect(self._ask)
        self.name.setFocus()

    def _ask(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.field.set_error(_tr("Give it the name of the program."))
            self.name.setFocus()
            return
        self.field.set_error("")
        self.explain(self.verb, _tr("Being made…"))
        self._make(name, self._made, self._not_made)

    def _made(self, token: str) -> None:
        self.explain(self.verb, "")
        self.field.hide()
        self.verb.hide()
        self.token.set_value(token)
        self.token_field.show()
        self.cancel.setText(_tr("&Close"))
        self.token.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, _tr("The token is shown this once."))

    def _not_made(self, error: ZbdeskError) -> None:
        self.explain(self.verb, "")
        self.field.set_error(f"{error.title} {error.message}".strip())
        self.name.setFocus()


class InterfaceRows(Rows):
    """Everything takes effect at once."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("InterfaceRows", "Programs that ask zbdesk"))
        self._here = here
        self.jobs = Jobs(self)
        self.dialog: WriteDialog | None = None
        self.on = QCheckBox(self.tr("Let programs of this computer ask"))
        self.on.toggled.connect(self._switched)
        self.add(
            self.tr("Local interface"), self.on,
            help_text=self.tr("A shop, a till or a script hands documents over and asks what became of them."),
        )  # fmt: skip
        self.port = NumberField(1024, 65_535, name=self.tr("Port"))
        self.port.chosen.connect(self._port_chosen)
        self.add(self.tr("Port"), self.port)
        self.network = QCheckBox(self.tr("Let other computers ask too"))
        self.network.toggled.connect(self._network_chosen)
        self.warning = Message()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(1))
        column.addWidget(self.network)
        column.addWidget(self.warning)
        self.add(self.tr("Network"), holder)
        self.tokens = QWidget()
        self._list = QVBoxLayout(self.tokens)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.current().px(1))
        self.new = Button(self.tr("New to&ken…"), icon="key-round")
        self.new.clicked.connect(self.ask_new)
        self.add(self.tr("Tokens"), self.tokens, help_text=self.tr("A program without a token is told nothing."))
        self.add(self.tr("One more program"), self.new)
        self.revokes: list[Button] = []
        self._fill([])

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        show_check(self.on, on=settings.interface_enabled)
        show_check(self.network, on=settings.interface_network)
        self.port.show_value(settings.interface_port)
        self._warn()
        services = services_of(self)
        connected = self._here.state.overview is not None and self._here.state.overview.connection is not None
        self.new.setEnabled(services is not None and connected)
        if services is not None and connected:
            self.jobs.start(lambda _job: list(services.tokens()), self._fill, fail=self._failed)

    def _switched(self, on: bool) -> None:
        self._here.change(interface_enabled=on)

    def _port_chosen(self, port: int) -> None:
        self._here.change(interface_port=port)

    def _network_chosen(self, on: bool) -> None:
        self._here.change(interface_network=on)
        self._warn()

    def _warn(self) -> None:
        on = self._here.preferences.settings.interface_network
        self.warning.say(
            self.tr(
                "There is no encryption: tokens and documents cross the network in clear. "
                "Put a proxy with TLS before it."
            )
            if on
            else "",
            "attention",
        )

    # ---- tokens --------------------------------------------------------------------------------------------------
    def _fill(self, found: Sequence[TokenView]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.revokes = []
        formats, now = self._here.state.formats, self._here.state.now()
        for one in found:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.current().px(2))
            used = self.tr("not used yet")
            if one.used_at is not None:
                used = self.tr("used %1").replace("%1", formats.moment(one.used_at, now))
            line.addWidget(Label(isolate(one.name), "strong"))
            line.addWidget(Label(used, "body", "text2"), 1)
            revoke = Button(self.tr("Revoke…"), "link")
            revoke.setAccessibleName(self.tr("Revoke %1").replace("%1", one.name))
            revoke.clicked.connect(partial(self._ask_revoke, one.name))
            line.addWidget(revoke)
            self.revokes.append(revoke)
            self._list.addWidget(row)
        if not found:
            self._list.addWidget(Label(self.tr("None yet"), "body", "text2"))

    def _failed(self, error: ZbdeskError) -> None:
        self._fill([])
        self._list.addWidget(Label(said(f"{error.title} {error.message}".strip()), "caption", "problem", wrap=True))

    def ask_new(self) -> None:
        """A name, then the token."""
        self.dialog = NewTokenDialog(self, self._here, self._make)
        self.dialog.open()

    def _make(self, name: str, made: Callable[[str], None], failed: Callable[[ZbdeskError], None]) -> None:
        services = services_of(self)
        if services is None:
            return

        def here(token: str) -> None:
            made(token)
            self.refresh()

        self.jobs.start(lambda _job: services.new_token(name), here, fail=failed)

    def _ask_revoke(self, name: str, *_clicked: object) -> None:
        self.dialog = confirm.revoke_token(self, self._here.state, name, lambda: self._revoke(name))

    def _revoke(self, name: str) -> None:
        services = services_of(self)
        if services is not None:
            self.jobs.start(lambda _job: services.revoke_token(name), lambda _done: self.refresh(), fail=self._failed)


def _tr(words: str) -> str:
    return QCoreApplication.translate("NewTokenDialog", words)
