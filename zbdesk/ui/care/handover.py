"""The handover card: what a colleague has to know when the person who made the connection leaves."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from zbdesk.app.handover import TOKEN_SLOTS, Handover
from zbdesk.ui import text
from zbdesk.ui.care.frame import CareDialog
from zbdesk.ui.formats import Formats, isolate
from zbdesk.ui.sentences import said
from zbdesk.ui.widgets import Button, announce


def _tr(words: str) -> str:
    return QCoreApplication.translate("HandoverCard", words)


def facts(card: Handover, formats: Formats) -> list[tuple[str, str]]:
    """Label and words, in the order in which somebody asks."""
    connection = card.connection
    organization = connection.organization
    rights = _tr("read only") if connection.read_only else _tr("read and write")
    secret = formats.stamp(card.secret_changed_at) if card.secret_changed_at is not None else _tr("never shown")
    slots = _tr("%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.")
    slots = slots.replace("%1", formats.count(card.sign_ins)).replace("%2", formats.count(TOKEN_SLOTS))
    return [
        (_tr("Organization"), f"{organization.name} · {isolate(organization.organization_id)}"),
        (_tr("Data centre"), text.data_centre(connection.data_centre)),
        (_tr("Signed in by"), card.authorised_by or _tr("not known")),
        (_tr("Since"), formats.stamp(connection.connected_at)),
        (_tr("May"), rights),
        (_tr("Client ID"), isolate(connection.client_id)),
        (_tr("Sign-ins"), slots),
        (_tr("Webhook address"), isolate(card.webhook_address) if card.webhook_address else _tr("none")),
        (_tr("Webhook secret changed"), secret),
        (_tr("Made in Zoho Books"), ", ".join(card.made_in_zoho) or _tr("nothing")),
        (_tr("Sources"), formats.count(card.sources)),
        (_tr("Computer"), f"{card.computer} · {card.computer_user}"),
        (_tr("Data folder"), isolate(card.data_dir)),
        (_tr("Secrets are in"), said(card.vault)),
        (_tr("Scopes"), ", ".join(card.scopes)),
    ]


def consequences() -> list[str]:
    """What breaks when this person leaves, and what to do before."""
    return [
        _tr("If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more."),
        _tr("Before that: let another user with the same rights choose Sign in again here. Records and links stay."),
        _tr("The client in Zoho’s API console belongs to whoever made it. Note who can open that console."),
        _tr("More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one."),
        _tr("The secrets are in the keychain of this computer’s user and do not move to another computer or user."),
    ]


def as_text(card: Handover, formats: Formats) -> str:
    """The card as plain text, to copy."""
    lines = [_tr("zbdesk handover card"), ""]
    lines += [f"{label}: {words}" for label, words in facts(card, formats)]
    lines += ["", _tr("What breaks when this person leaves"), *(f"- {line}" for line in consequences()), ""]
    return "\n".join(lines)


def as_html(card: Handover, formats: Formats) -> str:
    """The card to be shown and printed."""
    rows = "".join(
        f"<tr><td><b>{escape(label)}</b>&nbsp;&nbsp;</td><td>{escape(words)}</td></tr>"
        for label, words in facts(card, formats)
    )
    items = "".join(f"<li>{escape(line)}</li>" for line in consequences())
    head = escape(_tr("What breaks when this person leaves"))
    return f"<table>{rows}</table><h3>{head}</h3><ul>{items}</ul>"


class HandoverDialog(CareDialog):
    """Shows the card; copies and prints it."""

    def __init__(self, parent: QWidget | None, card: Handover, formats: Formats) -> None:
        words = _tr("Without a secret: it may be kept with the company’s papers.")
        super().__init__(parent, _tr("Handover card"), words)
        self._card, self._formats = card, formats
        self.view = QTextBrowser()
        self.view.setAccessibleName(_tr("Handover card"))
        self.view.setHtml(as_html(card, formats))
        self.body.addWidget(self.view, 1)
        self.copy = Button(self.tr("&Copy"), icon="copy")
        self.print = Button(self.tr("&Print…"), icon="file-text")
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(self._print)
        self.add_buttons(self.copy, self.print)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._card, self._formats))
        announce(self.copy, self.tr("Copied"))

    def print_on(self, paper: QPagedPaintDevice) -> None:
        """The card on paper, or in a PDF."""
        document = QTextDocument()
        document.setHtml(f"<h2>{escape(_tr('Handover card'))}</h2>" + as_html(self._card, self._formats))
        document.print_(paper)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._dialog = dialog = QPrintDialog(printer, self)

        def chosen(result: int) -> None:
            if result == QDialog.DialogCode.Accepted:
                self.print_on(printer)

        dialog.finished.connect(chosen)
        dialog.setModal(True)
        dialog.show()
