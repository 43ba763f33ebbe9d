"""Making the secret or changing it: what that means first, then the secret itself, this once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks.acts import Doer
from zbdesk.ui.widgets import Banner, CopyField, FormField, Label, announce


class SecretDialog(WriteDialog):
    """``made``: there is another secret now."""

    made = Signal()

    def __init__(self, parent: QWidget, state: DeskState, doer: Doer, page: WebhookPage) -> None:
        first = page.overview.secret_made_at is None
        title, said = _question(first=first)
        super().__init__(parent, state, title, said, icon="key-round", width=150)
        self._doer = doer
        self._first = first
        self.field = CopyField(name=self.tr("Secret"), label=self.tr("Cop&y"))
        self.holder = FormField(self.tr("Secret Token"), self.field)
        self.holder.hide()
        self.after = Label("", "body", "text2", wrap=True)
        self.after.hide()
        self.trouble = Banner(kind="problem")
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.holder)
        self.body.addWidget(self.after)
        self.make = self.add_verb(self.tr("&Make the secret") if first else self.tr("&Change the secret"))
        self.make.clicked.connect(self._make)

    def _make(self) -> None:
        self.explain(self.make, self.tr("Being made…"))
        self._doer.do(self._doer.acts.rotate, self._shown, owner=self, fail=self._failed)

    def _shown(self, secret: str) -> None:
        self.trouble.say("")
        self.question.setText(self.tr("Copy the secret now"))
        self.words.setText(
            self.tr(
                "In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It "
                "is in the keychain of this computer and is not shown again."
            )
        )
        self.field.set_value(secret)
        self.holder.show()
        if not self._first:
            self.after.setText(self.tr("Events that the secret before this one signs are taken for seven days more."))
            self.after.show()
        self.make.hide()
        self.reason.setText("")
        self.cancel.setText(self.tr("Done"))
        self.field.copy_button.setFocus()
        announce(self, self.tr("The secret is shown. Copy it now."))
        self.made.emit()

    def _failed(self, error: ZbdeskError) -> None:
        self.explain(self.make, "")
        self.trouble.say(error.title, error.message, "problem")

    def done(self, result: int) -> None:
        """Nothing of the secret stays in the window."""
        self.field.set_value("")
        super().done(result)


def _question(*, first: bool) -> tuple[str, str]:
    tr = QCoreApplication.translate
    if first:
        return (
            tr("SecretDialog", "Make the secret for Zoho Books?"),
            tr(
                "SecretDialog",
                "It signs each event, so that nobody else can send one. It is shown once, right now, to paste into "
                "Zoho Books.",
            ),
        )
    return (
        tr("SecretDialog", "Change the secret?"),
        tr(
            "SecretDialog",
            "A new one is made and shown once. The present one goes on holding for seven days, so that you can change "
            "the webhooks in Zoho Books one by one.",
        ),
    )
