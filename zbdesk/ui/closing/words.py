"""The words of month end in the person's language: points of the checklist, what differs, names of periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from zbdesk.app.closing_page import MODULE
from zbdesk.domain.closing import Check, Standing
from zbdesk.domain.modules import MODULES
from zbdesk.domain.tieout import Kind, Period, fiscal_month, periods
from zbdesk.domain.views import Organization
from zbdesk.ui.formats import Formats, isolate, plural

STANDING = {
    Standing.DONE: ("circle-check", "ok"),
    Standing.OPEN: ("triangle-alert", "attention"),
    Standing.LOOK: ("eye", "text2"),
}
"""Shape and colour of each standing."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Closing", words)


def kind(one: Kind) -> str:
    """What makes a line."""
    return {
        Kind.ONLY_HERE: _tr("only here"),
        Kind.ONLY_ZOHO: _tr("only in Zoho Books"),
        Kind.AMOUNT: _tr("another amount"),
        Kind.DATE: _tr("another period"),
        Kind.CURRENCY: _tr("another currency"),
        Kind.VOID_HERE: _tr("void here"),
        Kind.VOID_ZOHO: _tr("void in Zoho Books"),
        Kind.PENDING: _tr("has not left yet"),
        Kind.UNKNOWN: _tr("no answer came"),
        Kind.CONFLICT: _tr("in conflict"),
        Kind.PROBLEM: _tr("has a problem"),
    }[one]


def check(key: str) -> str:
    """What a point of the checklist asks for."""
    return {
        "in_order": _tr("Sync is in order"),
        "outgoing": _tr("Nothing waits to leave"),
        "unknown": _tr("No outcome is unknown"),
        "conflicts": _tr("No conflicts"),
        "problems": _tr("No problems"),
        "drafts": _tr("No drafts up to the end of the period"),
        "tie_out": _tr("Tie-out is equal"),
        "webhooks": _tr("Webhooks arrive without a gap"),
        "day_shift": _tr("No date slips over the end of a month"),
    }[key]


def standing(one: Standing) -> str:
    """How a point stands, in a word."""
    return {Standing.DONE: _tr("done"), Standing.OPEN: _tr("open"), Standing.LOOK: _tr("worth a look")}[one]


def why(one: Check, formats: Formats) -> str:
    """What a point that is not done is about, in one sentence."""
    if one.standing is Standing.DONE:
        return ""
    names = ", ".join(label(name) for name in one.names)
    if one.key == "in_order":
        late = _tr("Not read to the end since the period was over: %1").replace("%1", names)
        return late if names else _tr("The last sync did not come to its end, or is older than a day.")
    if one.key == "tie_out":
        sums = " · ".join(formats.money(amount, code) for code, amount in one.amounts if amount)
        return " · ".join(part for part in (records(one.count, formats), names, sums) if part)
    if one.key == "webhooks":
        return _tr("Changes came without an event, or events wait.")
    if one.key == "day_shift":
        return _tr("%1 made in an hour that is another month elsewhere").replace("%1", records(one.count, formats))
    return " · ".join(part for part in (records(one.count, formats), names) if part)


def records(count: int, formats: Formats) -> str:
    """3 records."""
    return plural("Closing", "%n record(s)", count, "%n record", "%n records", formats.count(count))


def label(name: str) -> str:
    """What people call a module."""
    return QCoreApplication.translate("Modules", MODULES[name].label) if name in MODULES else name


def page_words() -> Mapping[str, str]:
    """Everything the printed pages say; the keys are those of ``app.closing_page.ENGLISH``."""
    words = {
        "tie_out": _tr("Tie-out"),
        "sign_off": _tr("Month-end sign-off"),
        "organization": _tr("Organization"),
        "period": _tr("Period"),
        "made_at": _tr("Made at"),
        "made_by": _tr("Made by"),
        "compared": _tr("Compared with"),
        "asked": _tr("Zoho Books, asked at {moment}"),
        "mirror": _tr("Zoho Books as it was last read; the oldest list is of {moment}"),
        "never": _tr("a list that was never read to its end"),
        "equal": _tr("Both sides are equal."),
        "unequal": _tr("The two sides differ."),
        "module": _tr("Module"),
        "currency": _tr("Currency"),
        "count_here": _tr("Records here"),
        "count_zoho": _tr("Records in Zoho Books"),
        "here": _tr("This computer"),
        "zoho": _tr("Zoho Books"),
        "difference": _tr("Difference"),
        "differences": _tr("Differences, record by record"),
        "none": _tr("None."),
        "number": _tr("Number"),
        "party": _tr("Party"),
        "what": _tr("What differs"),
        "other_currency": kind(Kind.CURRENCY),
        "unread": _tr("Not read to the end yet: {names}. Their figures are not all there is."),
        "hash": _tr("Hash over these figures (SHA-256)"),
        "verify": _tr("zbdesk tieout verify FILE tells whether the file still says what it said."),
        "day_shifts": _tr("Dates that depend on the clock"),
        "day_shift_line": _tr("made on {organization} for the organization, {utc} in UTC, {computer} on this computer"),
        "checklist": _tr("Checklist"),
        "complete": _tr("Every point is done."),
        "incomplete": _tr("{count} points are open. The period was signed off all the same."),
        "incomplete_one": _tr("One point is open. The period was signed off all the same."),
        "note": _tr("Note"),
        "diary": _tr("The history then ended at line {seq} with hash {hash}"),
        "tie_out_hash": _tr("Hash of the tie-out"),
        "unknown_amounts_one": _tr("Of one record nobody can tell the amount yet."),
        "unknown_amounts": _tr("Of {count} records nobody can tell the amount yet."),
        "more_lines": _tr("{count} more stand in the figures that travel in this file, and in the CSV."),
    }
    words |= {one.value: kind(one) for one in Kind if one is not Kind.CURRENCY}
    words |= {one.value: standing(one) for one in Standing}
    keys = ("in_order", "outgoing", "unknown", "conflicts", "problems", "drafts", "tie_out", "webhooks", "day_shift")
    words |= {MODULE + name: label(name) for name in MODULES}
    return words | {f"check_{key}": check(key) for key in keys}


def choices(organization: Organization, today: date, formats: Formats) -> list[tuple[str, date, date]]:
    """Periods to choose from: the last months, quarters and years of the organization, the one to close first."""
    start = fiscal_month(organization.fiscal_year_start_month)
    begins = date(today.year - 2, today.month, 1)
    found: list[tuple[str, date, date]] = []
    for split, most in (("month", 14), ("quarter", 5), ("year", 2)):
        # Cut to whole periods: the first is begun before the span, and the running one has an end of its own.
        spans = [span for span in periods(begins, today, split, start) if _is_whole(span, begins)]
        for span in list(reversed(spans))[:most]:
            whole = _whole(span, split, start)
            found.append((name(whole, split, formats), whole.first, whole.last))
    return [*found[1:2], found[0], *found[2:]]


def _is_whole(span: Period, begins: date) -> bool:
    return span.first > begins or span.first.day == 1


def _whole(span: Period, split: str, start: int) -> Period:
    after = date(span.first.year + 1, span.first.month, 1)
    return next(iter(periods(span.first, after, split, start)))


def name(span: Period, split: str, formats: Formats) -> str:
    """Nov 2026, quarter 2 of 2026/27, year 2026/27."""
    if split == "month":
        return f"{formats.month(span.first.month)} {span.first.year}"
    year, _, quarter = span.name.partition("-Q")
    words = _tr("Quarter %2 of %1") if quarter else _tr("Year %1")
    return words.replace("%1", isolate(year)).replace("%2", quarter)
