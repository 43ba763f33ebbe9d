"""Words about runs: what was written, what would be, what becomes of a record that is taken back. Decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import FieldChange, RollbackReport, RollbackStep, RunLimit, RunQuestion, RunWrites
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.formats import Formats, isolate, plural
from zbdesk.ui.text import Word

Count = tuple[str, str, int]
"""What was done, module, how many records."""


def counted(module: str, count: int, formats: Formats) -> str:
    """``6 invoices``."""
    label = MODULES[module].label if module in MODULES else module
    many = lower_first(QCoreApplication.translate("Modules", label))
    return f"{formats.count(count)} {lower_first(singular(module)) if count == 1 else many}"


def written(one: RunWrites, formats: Formats) -> str:
    """What a run wrote, in one line."""
    patterns = {
        "create": _tr("%1 created"), "update": _tr("%1 changed"), "delete": _tr("%1 deleted"),
        "action": _tr("%1 marked otherwise"),
    }  # fmt: skip
    parts = (patterns[what].replace("%1", counted(module, count, formats)) for what, module, count in one.writes)
    return ", ".join(parts) or _tr("Nothing written")


def limit_words(limit: RunLimit, formats: Formats) -> str:
    """By how much a run is over a limit."""
    if limit.what == "changes":
        pattern = _tr("%1 records; %2 may go without a look")
    elif limit.what == "deletions":
        pattern = _tr("%1 deleted or voided; %2 may go without a look")
    else:
        pattern = _tr("%1 in all; %2 may go without a look")
    return pattern.replace("%1", _figure(limit, limit.planned, formats)).replace(
        "%2", _figure(limit, limit.allowed, formats)
    )


def _figure(limit: RunLimit, value: Decimal, formats: Formats) -> str:
    if limit.what in {"changes", "deletions"}:
        return formats.count(int(value))
    return formats.money(value, limit.what)


def records_of(question: RunQuestion, formats: Formats) -> str:
    """``612 records``."""
    count = sum(number for _, _, number in question.writes)
    return plural("Runs", "%n record(s)", count, "%n record", "%n records", formats.count(count))


def outcome_word(step: RollbackStep) -> Word:
    """What becomes, or became, of one record."""
    if step.state == "left" or step.what == "none":
        return Word(_tr("Stays"), "triangle-alert", "attention")
    done = step.state == "done"
    words = {
        "delete": (_tr("Deleted") if done else _tr("Is deleted"), "trash-2"),
        "void": (_tr("Voided") if done else _tr("Is voided"), "circle-slash"),
        "restore": (_tr("Restored") if done else _tr("Gets its values back"), "undo-2"),
        "status": (_tr("Status is back") if done else _tr("Status goes back"), "undo-2"),
    }[step.what]
    return Word(*words)


def named(step: RollbackStep) -> str:
    """A record by kind, number and party."""
    parts = (singular(step.module), isolate(step.number or ""), step.party if step.party != step.number else "")
    return " · ".join(part for part in parts if part and part.strip("\u2066\u2069"))


def summary(steps: Sequence[RollbackStep], formats: Formats) -> str:
    """What becomes of them: ``6 invoices are voided, 1 contact is deleted, 1 payment stays and is listed``."""
    kinds: Counter[tuple[str, str]] = Counter()
    for step in steps:
        stays = step.what == "none" or step.state == "left"
        kinds["none" if stays else step.what, step.module] += 1
    parts = []
    for what in ("void", "delete", "restore", "status", "none"):
        for (kind, module), count in kinds.items():
            if kind == what:
                parts.append(_becomes(what, count).replace("%1", counted(module, count, formats)))
    words = ", ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _becomes(what: str, count: int) -> str:
    one, many = {
        "void": (_tr("%1 is voided"), _tr("%1 are voided")),
        "delete": (_tr("%1 is deleted"), _tr("%1 are deleted")),
        "restore": (_tr("%1 gets its values back"), _tr("%1 get their values back")),
        "status": (_tr("%1 goes back or is made inactive"), _tr("%1 go back or are made inactive")),
        "none": (_tr("%1 stays and is listed"), _tr("%1 stay and are listed")),
    }[what]  # fmt: skip
    return one if count == 1 else many


def title(report: RollbackReport, formats: Formats, now: datetime) -> str:
    """The question: ``Roll back the run of today 09:12?``."""
    return _tr("Roll back the run of %1?").replace("%1", formats.moment(report.run_at, now))


def change_lines(changes: Iterable[FieldChange]) -> list[str]:
    """``notes: first → second``, one line a field."""
    from zbdesk.ui.editing.labels import field_label

    empty = _tr("empty")
    return [
        f"{field_label(one.field)}: {isolate(one.before or empty)} → {isolate(one.after or empty)}" for one in changes
    ]


def _tr(words: str) -> str:
    return QCoreApplication.translate("Runs", words)
