"""Words of the outgoing page: lanes, what is done to a record, what was looked at beforehand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.views import OutgoingView, PreflightCheck
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.formats import Formats, isolate, plural
from zbdesk.ui.sentences import said
from zbdesk.ui.text import Word, module_icon

LANES = ("held", "waiting", "sending", "unknown", "closed_period", "done")


def lane_word(lane: str) -> Word:
    """Name, shape and colour of a lane; the same as the state of its records."""
    tr = _tr
    return {
        "held": Word(tr("Held for review"), "circle-pause", "accent_text"),
        "waiting": Word(tr("Waiting"), "clock-3"),
        "sending": Word(tr("Leaving"), "cloud-upload", "accent_text"),
        "unknown": Word(tr("Being checked"), "scan-search", "attention"),
        "closed_period": Word(tr("Closed period"), "lock"),
        "done": Word(tr("Done today"), "circle-check"),
        "problem": Word(tr("Problem"), "octagon-alert", "problem"),
    }.get(lane, Word(lane, "circle"))


def state_word(view: OutgoingView) -> Word:
    """The state of one record, shorter than its lane; a note says more."""
    if view.note and view.lane in {"held", "waiting"}:
        return Word(said(view.note), "lock" if "lock" in view.note.casefold() else "info")
    word = lane_word(view.lane)
    short = {"held": _tr("Held"), "done": _tr("In Zoho Books")}.get(view.lane, word.text)
    return Word(short, word.icon, word.role)


def what_word(view: OutgoingView) -> Word:
    """What is done to the record: New invoice, Changed, Deleted, Mark as sent."""
    kind = lower_first(singular(view.module))
    tr = _tr
    match view.what:
        case "create":
            payment = view.module in {"customerpayments", "vendorpayments"}
            return Word(tr("New %1").replace("%1", tr("payment") if payment else kind), module_icon(view.module))
        case "update":
            return Word(tr("Changed %1").replace("%1", kind), "pencil")
        case "delete":
            return Word(tr("Delete %1").replace("%1", kind), "trash-2")
        case "send" | "sent":
            return Word(tr("Mark as sent"), "send")
        case "void":
            return Word(tr("Void %1").replace("%1", kind), "circle-slash")
        case other:
            return Word(other.replace("_", " ").capitalize(), "pencil")


def writes_word(what: str, module: str) -> str:
    """A row of the summary: New invoices, Changed contacts."""
    from zbdesk.domain.modules import MODULES

    label = MODULES[module].label if module in MODULES else module
    label = lower_first(QCoreApplication.translate("Modules", label))
    pattern = {
        "create": _tr("New %1"), "update": _tr("Changed %1"), "delete": _tr("Deleted %1"),
        "void": _tr("Voided %1"), "send": _tr("%1 marked as sent"), "sent": _tr("%1 marked as sent"),
    }.get(what, f"{what.replace('_', ' ').capitalize()}: %1")  # fmt: skip
    words = pattern.replace("%1", label)
    return words[:1].upper() + words[1:]


def check_words(check: PreflightCheck, formats: Formats) -> Word:
    """One thing looked at beforehand: in order, or how many stay and why."""
    tr = _tr
    names = ", ".join(check.names)
    good = {
        "rates": tr("Each currency has a rate"), "taxes": tr("Each tax is in Zoho Books"),
        "numbers": tr("No number is taken already"), "locked": tr("No month is locked"),
        "references": tr("Each contact and item is there"), "limit": tr("The day's calls are enough"),
        "permission": tr("All of it may be written"),
    }  # fmt: skip
    if not check.count:
        return Word(good.get(check.key, check.key), "circle-check", "ok")
    figure = formats.count(check.count)

    def some(key: str, one: str, many: str) -> str:
        return plural("Outgoing", key, check.count, one, many, figure)

    bad = {
        "rates": some(
            "%n record(s) wait for an exchange rate",
            "%n record waits for an exchange rate",
            "%n records wait for an exchange rate",
        ),
        "taxes": some(
            "%n record(s) have a tax that is not there",
            "%n record has a tax that is not there",
            "%n records have a tax that is not there",
        ),
        "numbers": some("%n number(s) are taken already", "%n number is taken already", "%n numbers are taken already"),
        "locked": some(
            "%n record(s) fall into a locked month",
            "%n record falls into a locked month and stays",
            "%n records fall into a locked month and stay",
        ),
        "references": some(
            "%n record(s) wait for a contact or item",
            "%n record waits for its contact or item",
            "%n records wait for their contact or item",
        ),
        "limit": some(
            "%n record(s) leave tomorrow",
            "%n record leaves tomorrow: calls are used up",
            "%n records leave tomorrow: calls are used up",
        ),
    }
    bad["permission"] = some(
        "%n record(s) may not be written", "%n record may not be written", "%n records may not be written"
    )
    words = bad.get(check.key, f"{check.key}: {figure}")
    return Word(f"{words} ({names})" if names else words, "lock" if check.key == "locked" else "triangle-alert",
                "text2" if check.key == "locked" else "attention")  # fmt: skip


def doubt_words(view: OutgoingView, formats: Formats) -> tuple[str, str]:
    """What an attempt in doubt means: the fact and the explanation."""
    name = ", ".join(
        part
        for part in (isolate(view.number or ""), view.party or "", formats.money(view.total, view.currency))
        if part and part != isolate("")
    )
    fact = _tr("Being checked: %1.").replace("%1", name)
    if view.note:
        return fact, said(view.note)
    sent = formats.clock(view.since).rsplit(" ", 1)[0]
    how = _tr("this number") if view.number else _tr("this record")
    words = _tr(
        "It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, "
        "so it cannot be there twice."
    )
    return fact, words.replace("%1", sent).replace("%2", how)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outgoing", text)
