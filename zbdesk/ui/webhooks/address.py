"""What Zoho Books is told: the address and the secret, with Copy; and the doors to everything that sets them up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy

from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.widgets import Button, CopyField, FormField, Label, Panel

_MASK = "\N{BULLET}" * 24


class AddressPanel(Panel):
    """Signals: the person wants the guide, another way, another secret, or the automatic set-up."""

    guide_wanted = Signal()
    way_wanted = Signal()
    secret_wanted = Signal()
    set_up_wanted = Signal()

    def __init__(self, state: DeskState) -> None:
        super().__init__(self.tr("Address and secret"), self.tr("What to paste where in Zoho Books"))
        self._state = state
        self.link_clicked.connect(self.guide_wanted)
        look = theme.current()
        self.address = CopyField(name=self.tr("Address for Zoho Books"), label=self.tr("Copy"))
        # Its accessible name differs from the other Copy of the page.
        self.address.copy_button.setAccessibleName(self.tr("Copy the address"))
        self.address_field = FormField(self.tr("A&ddress"), self.address, label_width=look.px(17))
        self.secret = QLineEdit()
        self.secret.setReadOnly(True)
        self.secret.setAccessibleName(self.tr("Secret"))
        self.show_secret = Button(self.tr("Make and show…"), "normal", "key-round")
        self.show_secret.clicked.connect(self.secret_wanted)
        self.secret_field = FormField(self.tr("Se&cret"), self.secret, after=self.show_secret, label_width=look.px(17))
        for field in (self.address_field, self.secret_field):
            # Room that is left over stays below: a field that grew would part from its label.
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.address_field)
        self.body.addWidget(self.secret_field)
        self.automatic = Button(self.tr("Set up in Z&oho Books for me…"), "normal", "wand-sparkles")
        self.automatic.clicked.connect(self.set_up_wanted)
        self.way = Button(self.tr("Tunne&l…"), "quiet", "waypoints")
        self.way.setAccessibleName(self.tr("Choose how Zoho Books reaches this computer"))
        self.way.clicked.connect(self.way_wanted)
        row = QHBoxLayout()
        row.setSpacing(look.px(2))
        row.addWidget(self.automatic)
        row.addWidget(self.way)
        row.addStretch(1)
        self.body.addLayout(row)
        self.note = Label("", "caption", "text2", wrap=True)
        self.body.addWidget(self.note)
        self.body.addStretch(1)

    def set_size(self, size: str) -> None:
        """Labels above their fields on a narrow window."""
        for field in (self.address_field, self.secret_field):
            field.set_beside(beside=size == "wide")

    def show_page(self, page: WebhookPage) -> None:
        """Take what is known now."""
        overview, formats = page.overview, self._state.formats
        has_address = overview.public_url is not None
        if self.address.value != (overview.public_url or ""):
            self.address.set_value(overview.public_url or "")
        self.address.copy_button.setEnabled(has_address)
        kind = overview.way.tunnel.kind if overview.way is not None and overview.way.tunnel is not None else ""
        if not has_address:
            self.address_field.set_help(self.tr("There is no public address yet. Choose how Zoho Books reaches here."))
        elif kind and kind != "own":
            self.address_field.set_help(self.tr("It comes from %1.").replace("%1", words.kind_word(kind)))
        else:
            self.address_field.set_help("")
        made, until = overview.secret_made_at, overview.previous_secret_until
        self.secret.setText(_MASK if made is not None else "")
        self.show_secret.setText(self.tr("Change it…") if made is not None else self.tr("Make and show…"))
        if until is not None:
            said = self.tr("The one before this holds until %1; then only this one.")
            self.secret_field.set_help(said.replace("%1", formats.stamp(until)))
        elif made is not None:
            said = self.tr("Made %1. It was shown then and is not shown again.")
            self.secret_field.set_help(said.replace("%1", formats.moment(made, self._state.now())))
        else:
            self.secret_field.set_help(self.tr("Nobody has seen one yet."))
        self.note.setText(self._note(page))

    def _note(self, page: WebhookPage) -> str:
        if page.made:
            modules = words.listed(sorted({one.module for one in page.made}))
            return self.tr("Made in Zoho Books by zbdesk: %1. Disconnecting removes it.").replace("%1", modules)
        return self.tr(
            "Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module "
            "needs a rule of its own."
        )
