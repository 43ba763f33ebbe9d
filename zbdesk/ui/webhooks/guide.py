"""What to paste where in Zoho Books, step by step in its own menu words, with the two rules that a module needs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.widgets import Combo, CopyField, Label, NumberDot

MODULES = ("invoices", "contacts", "customerpayments", "creditnotes", "items", "salesorders", "estimates")
"""The order of the guide: what matters most first."""


class GuideDialog(WriteDialog):
    """``secret_wanted``: the person has no secret to paste yet."""

    secret_wanted = Signal()

    def __init__(self, parent: QWidget, state: DeskState, page: WebhookPage) -> None:
        super().__init__(parent, state, _title(), _said(), icon="list-checks", width=200)
        self._page = page
        look = theme.current()
        offered = [name for name in MODULES if name in page.modules] or list(MODULES)
        self.module = Combo(self.tr("Module"))
        for name in offered:
            self.module.addItem(words.module_name(name), name)
        self.module.currentIndexChanged.connect(self._show)
        line = QFormLayout()
        label = Label(self.tr("&Module"), "strong")
        label.setBuddy(self.module)
        line.addRow(label, self.module)
        self.body.addLayout(line)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, look.px(2), 0)
        column.setSpacing(look.px(2.5))
        self._steps: list[Label] = []
        self.edited = CopyField(name=self.tr("Address for changes"), label=self.tr("Copy"))
        self.deleted = CopyField(name=self.tr("Address for deletions"), label=self.tr("Copy"))
        self.edited.copy_button.setAccessibleName(self.tr("Copy the address for changes"))
        self.deleted.copy_button.setAccessibleName(self.tr("Copy the address for deletions"))
        for number, field in ((1, self.edited), (2, None), (3, self.deleted), (4, None), (5, None)):
            column.addLayout(self._step(number, field))
        column.addStretch(1)
        scroll = ScrollPage(self.tr("Steps"))
        scroll.setMinimumHeight(look.px(80))
        scroll.set_body(holder)
        self.body.addWidget(scroll, 1)
        self.cancel.setText(self.tr("Close"))
        if page.overview.secret_made_at is None:
            self.secret = self.add_verb(self.tr("&Make and show the secret…"), "normal", "key-round")
            self.secret.clicked.connect(self._to_secret)
        if page.overview.public_url is None:
            self.reason.setText(self.tr("There is no public address yet: choose one under Tunnel first."))
        self._show()

    def _step(self, number: int, field: QWidget | None) -> QVBoxLayout:
        look = theme.current()
        step = Label("", wrap=True)
        self._steps.append(step)
        row = QHBoxLayout()
        row.setSpacing(look.px(2.5))
        row.addWidget(NumberDot(number), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(step, 1)
        column = QVBoxLayout()
        column.setSpacing(look.px(1))
        column.addLayout(row)
        if field is not None:
            inner = QHBoxLayout()
            inner.setContentsMargins(look.px(7.5), 0, 0, 0)
            inner.addWidget(field)
            column.addLayout(inner)
        return column

    def _show(self) -> None:
        name = str(self.module.currentData())
        shown = words.module_name(name)
        base = self._page.overview.public_url or ""
        way = self._page.overview.way
        relay = way is not None and way.tunnel is not None and way.tunnel.kind == "relay"
        self.edited.set_value((base if relay else f"{base}/{name}/edited") if base else "")
        self.deleted.set_value((base if relay else f"{base}/{name}/deleted") if base else "")
        for field in (self.edited, self.deleted):
            field.copy_button.setEnabled(bool(base))
        texts = (
            self.tr(
                "Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; "
                "Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste "
                "the secret as Secret Token. Body: Default Payload. Save."
            ),
            self.tr(
                "Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or "
                "Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step "
                "1. Save."
            ),
            self.tr(
                "The second pair, for deletions: once more New Webhook for %1, with this address and the same secret."
            ),
            self.tr(
                "Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3."
            ),
            self.tr(
                "Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again "
                "while this computer sleeps. Then change one record: %1 ticks itself in the list as "
                "soon as its event is here."
            ),
        )
        for label, text in zip(self._steps, texts, strict=True):
            label.setText(text.replace("%1", shown))

    def _to_secret(self) -> None:
        self.secret_wanted.emit()
        self.accept()


def _title() -> str:
    return QCoreApplication.translate("GuideDialog", "What to paste where in Zoho Books")


def _said() -> str:
    return QCoreApplication.translate(
        "GuideDialog",
        "Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite "
        "and Ultimate.",
    )
