"""The words for states, results and remedies: the same in window, tray and notifications.

Each state has a word, a shape and a colour role, so that none is told by colour alone. Must not know a widget.
Invariant: total over its enums; a status word of Zoho that is not listed here is shown as Zoho writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.errors import Action
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import ConnectionState, EngineState, RecordState, RunResult
from zbdesk.ui.formats import Formats


@dataclass(frozen=True, slots=True)
class Word:
    """A state for people: what it is called, which icon and which colour role go with it."""

    text: str
    icon: str
    role: str = "text2"


def record_state(state: RecordState) -> Word:
    """Where one record stands between this computer and Zoho Books."""
    tr = _states
    return {
        RecordState.SYNCED: Word(tr("In both"), "circle-check"),
        RecordState.MIRRORED: Word(tr("From Zoho Books"), "cloud"),
        RecordState.PENDING: Word(tr("Waiting to leave"), "clock-3"),
        RecordState.SENDING: Word(tr("Leaving now"), "cloud-upload", "accent_text"),
        RecordState.UNKNOWN: Word(tr("Being checked"), "scan-search", "attention"),
        RecordState.CONFLICT: Word(tr("Conflict"), "git-compare-arrows", "attention"),
        RecordState.PROBLEM: Word(tr("Problem"), "octagon-alert", "problem"),
        RecordState.DELETED: Word(tr("Deleted there"), "circle-slash"),
    }[state]


def unconfirmed(word: Word) -> str:
    """The same where a webhook has announced a newer version that has not been read yet."""
    return _states("%1; a newer version is announced, not confirmed yet").replace("%1", word.text)


def document_status(status: str | None) -> Word:
    """Zoho's own status of a document or contact, in its own word."""
    if not status:
        return Word("", "")
    key = status.strip().lower().replace(" ", "_")
    known = _STATUSES.get(key)
    if known is not None:
        word, icon, role = known
        return Word(QCoreApplication.translate("Statuses", word), icon, role)
    return Word(status.replace("_", " ").strip().capitalize(), "")


_STATUSES = {
    "draft": ("Draft", "circle-dashed", "text2"),
    "sent": ("Sent", "send", "text"),
    "viewed": ("Viewed", "eye", "text"),
    "open": ("Open", "circle", "text"),
    "unpaid": ("Unpaid", "circle", "text"),
    "overdue": ("Overdue", "clock-alert", "attention"),
    "partially_paid": ("Partly paid", "circle-dot-dashed", "text"),
    "partially_invoiced": ("Partly invoiced", "circle-dot-dashed", "text"),
    "partially_billed": ("Partly billed", "circle-dot-dashed", "text"),
    "paid": ("Paid", "circle-check", "text2"),
    "closed": ("Closed", "circle-check", "text2"),
    "invoiced": ("Invoiced", "circle-check", "text2"),
    "billed": ("Billed", "circle-check", "text2"),
    "accepted": ("Accepted", "check", "text"),
    "declined": ("Declined", "x", "text2"),
    "expired": ("Expired", "clock-alert", "text2"),
    "confirmed": ("Confirmed", "check", "text"),
    "approved": ("Approved", "check", "text"),
    "pending_approval": ("Waiting for approval", "hourglass", "text"),
    "published": ("Published", "check", "text"),
    "active": ("Active", "circle-check", "text2"),
    "inactive": ("Inactive", "circle-slash", "text2"),
    "void": ("Void", "circle-slash", "text2"),
    "cancelled": ("Cancelled", "circle-slash", "text2"),
    "billable": ("Billable", "circle", "text"),
    "unbilled": ("Not billed", "circle", "text"),
    "nonbillable": ("Not billable", "circle-check", "text2"),
    "non-billable": ("Not billable", "circle-check", "text2"),
    "reimbursed": ("Reimbursed", "circle-check", "text2"),
    "uncategorized": ("Uncategorized", "circle-dashed", "text"),
    "categorized": ("Categorized", "circle-check", "text2"),
    "manually_added": ("Added by hand", "pencil", "text2"),
    "matched": ("Matched", "circle-check", "text2"),
    "stopped": ("Stopped", "circle-slash", "text2"),
}


def run_result(result: RunResult | None) -> str:
    """How a run ended, inside a sentence: "10:14 IST, in order"."""
    tr = _results
    if result is None:
        return tr("under way")
    return {
        RunResult.OK: tr("in order"),
        RunResult.ATTENTION: tr("with problems"),
        RunResult.INTERRUPTED: tr("stopped"),
        RunResult.FAILED: tr("not possible"),
        RunResult.NEEDS_SIGN_IN: tr("not possible, sign-in has ended"),
    }[result]


def connection_word(
    state: ConnectionState, *, engine: EngineState | None, until: datetime | None, formats: Formats, now: datetime
) -> Word:
    """Active, Syncing, Paused until 11:00, Offline since 09:58, Needs sign-in, Not connected."""
    tr = _states
    moment = formats.moment(until, now) if until is not None else ""
    offline = tr("Offline since {time}").format(time=moment) if moment else tr("Offline")
    paused = tr("Paused until {time}").format(time=moment) if moment else tr("Paused")
    signed_out = state is ConnectionState.NEEDS_SIGN_IN or engine is EngineState.SIGNED_OUT
    ladder = (
        (state is ConnectionState.NONE, Word(tr("Not connected"), "plug")),
        (signed_out, Word(tr("Needs sign-in"), "lock", "problem")),
        (engine is EngineState.PAUSED or state is ConnectionState.PAUSED, Word(paused, "pause")),
        (engine is EngineState.OFFLINE or state is ConnectionState.OFFLINE, Word(offline, "wifi-off", "attention")),
        (engine is EngineState.FAILED, Word(tr("Stopped by an error"), "octagon-alert", "problem")),
        (engine in {EngineState.PULLING, EngineState.PUSHING}, Word(tr("Syncing"), "refresh-cw", "accent_text")),
    )
    return next((word for so, word in ladder if so), Word(tr("Active"), "circle-check"))


def remedy(action: Action) -> str:
    """The words on the button beside an error; empty where there is nothing to press."""
    translate = QCoreApplication.translate
    return {
        Action.RETRY: translate("Remedies", "Try again"),
        Action.SIGN_IN: translate("Remedies", "Sign in again"),
        Action.CHECK_SETTINGS: translate("Remedies", "Open settings"),
        Action.FREE_SPACE: translate("Remedies", "Open data folder"),
        Action.RESTORE_BACKUP: translate("Remedies", "Open data folder"),
        Action.UNLOCK_KEYCHAIN: translate("Remedies", "Try again"),
        Action.SET_CLOCK: translate("Remedies", "Try again"),
        Action.CLOSE_OTHER: translate("Remedies", "Try again"),
        Action.REPORT: translate("Remedies", "Open log folder"),
    }.get(action, "")


DATA_CENTRES = {
    "us": "United States",
    "eu": "Europe",
    "in": "India",
    "au": "Australia",
    "jp": "Japan",
    "ca": "Canada",
    "cn": "China",
    "sa": "Saudi Arabia",
    "uk": "United Kingdom",
    "ae": "United Arab Emirates",
}
"""The regions by their short name; the words go through the translator."""


def data_centre(name: str) -> str:
    """The region in words: India data centre."""
    if name not in DATA_CENTRES:
        return QCoreApplication.translate("DataCentres", "own server")
    place = QCoreApplication.translate("DataCentres", DATA_CENTRES[name])
    return QCoreApplication.translate("DataCentres", "{place} data centre").format(place=place)


def activity_icon(kind: str) -> str:
    """The shape before a line of the diary; a kind not listed gets the clock of the history."""
    for beginning, name in _ACTIVITY.items():
        if kind.startswith(beginning):
            return name
    return "history"


_ACTIVITY = {
    "connect": "plug",
    "disconnect": "plug",
    "sign": "lock",
    "problem": "octagon-alert",
    "run": "refresh-cw",
    "sync": "refresh-cw",
    "first": "download",
    "new": "plus",
    "changed": "pencil",
    "deleted": "trash-2",
    "pause": "pause",
    "export": "download",
    "throttl": "hourglass",
    "module": "list-checks",
}

MODULE_ICONS = {
    "contacts": "users",
    "contact_persons": "users",
    "users": "users",
    "items": "package",
    "estimates": "file-pen-line",
    "salesorders": "clipboard-list",
    "purchaseorders": "clipboard-list",
    "invoices": "file-text",
    "recurringinvoices": "file-text",
    "retainerinvoices": "file-text",
    "bills": "file-text",
    "recurringbills": "file-text",
    "debit_notes": "file-text",
    "customerpayments": "banknote",
    "vendorpayments": "banknote",
    "creditnotes": "file-minus",
    "vendorcredits": "file-minus",
    "creditnote_refunds": "banknote",
    "expenses": "receipt",
    "recurringexpenses": "receipt",
    "salesreceipts": "receipt",
    "bankaccounts": "landmark",
    "banktransactions": "landmark",
    "journals": "book-open",
    "chartofaccounts": "book-open",
    "taxes": "percent",
    "tax_groups": "percent",
    "currencies": "coins",
    "exchange_rates": "coins",
    "projects": "folder-kanban",
    "tasks": "list-checks",
    "time_entries": "clock-3",
    "locations": "map-pin",
    "organizations": "building-2",
}


def module_label(name: str) -> str:
    """What a module is called in navigation and lists."""
    module = MODULES.get(name)
    return QCoreApplication.translate("Modules", module.label) if module is not None else name


def status_words() -> dict[str, str]:
    """Zoho's statuses to our words for them."""
    return {key: QCoreApplication.translate("Statuses", word) for key, (word, _, _) in _STATUSES.items()}


def module_icon(name: str) -> str:
    """The shape of a module in navigation and lists."""
    return MODULE_ICONS.get(name, "file-text")


def _states(text: str) -> str:
    return QCoreApplication.translate("States", text)


def _results(text: str) -> str:
    return QCoreApplication.translate("Results", text)
