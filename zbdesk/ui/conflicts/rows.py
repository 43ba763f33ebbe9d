"""One conflict written out as rows of a table: which fields, in which order, with which words. Pure but for words.

Differing fields come first, then the document's total, then what joins without a question; equal ones are folded.
Invariant: no amount is computed but differences of two that are shown; the total of the result is the planner's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.views import ConflictDetail, FieldComparison, LineComparison, LineSide
from zbdesk.ui.editing.labels import WHOLE_RECORD, field_label
from zbdesk.ui.formats import Formats, plural

LOCAL, REMOTE = "local", "remote"


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in one cell: a line, perhaps a quieter one below; figures stand at the right."""

    text: str = ""
    below: str = ""
    figure: bool = False
    quiet: bool = False
    whole: bool = False
    """Dates: never elided, though they stand at the start."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One row. ``kind``: clash, total, heading, joined, fold or equal."""

    kind: str
    name: str
    label: Shown
    base: Shown = Shown()
    local: Shown = Shown()
    remote: Shown = Shown()
    difference: Shown = Shown()


def rows_of(detail: ConflictDetail, formats: Formats, *, unfolded: bool) -> list[FieldRow]:
    """All rows of a conflict, equal fields only when unfolded."""
    rows = [_row("clash", field, detail, formats) for field in detail.fields if field.standing == "clash"]
    total = _total(detail, formats)
    if total is not None:
        rows.append(total)
    joined = [field for field in detail.fields if field.standing in {LOCAL, REMOTE}]
    if joined:
        words = _tr("Joined without a question: changed on one side only")
        rows.append(FieldRow("heading", "", Shown(words, quiet=True)))
        rows += [_row("joined", field, detail, formats) for field in joined]
    equal = [field for field in detail.fields if field.standing == "equal"]
    if equal:
        count = plural("ConflictRows", "%n equal field(s)", len(equal), "%n equal field", "%n equal fields")
        rows.append(FieldRow("fold", "", Shown(count, quiet=True)))
        if unfolded:
            rows += [_row("equal", field, detail, formats) for field in equal]
    return rows


def result_of(row: FieldRow, chosen: Mapping[str, str], fields: Mapping[str, FieldComparison]) -> Shown:
    """What the record will hold after the choice; empty while nothing is chosen."""
    if row.kind == "clash":
        side = chosen.get(row.name)
        found = Shown() if side is None else row.local if side == LOCAL else row.remote
        if row.name == WHOLE_RECORD and side is not None:
            return _outcome(found, side)
        return Shown(found.text, found.below, found.figure, whole=found.whole)
    if row.kind == "joined":
        return row.local if fields[row.name].standing == LOCAL else row.remote
    return row.local if row.kind == "equal" else Shown()


def _outcome(found: Shown, side: str) -> Shown:
    if found.text == _tr("Deleted"):
        return Shown(_tr("Deleted in Zoho Books") if side == LOCAL else _tr("Deleted here"))
    return Shown(_tr("Created again") if side == LOCAL else _tr("Kept as it is there"))


def _row(kind: str, field: FieldComparison, detail: ConflictDetail, formats: Formats) -> FieldRow:
    if field.kind == "lines":
        return _lines_row(kind, field, detail, formats)
    currency = detail.view.currency

    def shown(value: object, *, quiet: bool = False) -> Shown:
        text, figure = value_text(value, field.kind, currency, formats)
        whole = field.kind == "date" and bool(text)
        return Shown(text or _tr("(none)"), figure=figure and bool(text), quiet=quiet or not text, whole=whole)

    return FieldRow(
        kind, field.name, Shown(field_label(field.name)), shown(field.base, quiet=True), shown(field.local),
        shown(field.remote), _difference(field, currency, formats),
    )  # fmt: skip


def value_text(  # noqa: PLR0911 - one return a kind
    value: object, kind: str, currency: str | None, formats: Formats
) -> tuple[str, bool]:
    """A field's value for people, and whether it is a figure that stands at the right."""
    if value is None or value == "":
        return "", False
    if kind == "money" and isinstance(value, Decimal):
        return formats.amount(value, currency), True
    if isinstance(value, Decimal):
        return formats.amount(value.normalize() if value else Decimal(0), "JPY"), True
    if kind == "date":
        return formats.date(str(value)), False
    if kind == "record":
        return (_tr("Deleted") if value == "deleted" else _tr("Edited")), False
    if isinstance(value, bool):
        return (_tr("Yes") if value else _tr("No")), False
    return str(value), False


def _difference(field: FieldComparison, currency: str | None, formats: Formats) -> Shown:
    local, remote = field.local, field.remote
    if isinstance(local, Decimal) and isinstance(remote, Decimal) and local != remote:
        figure = formats.amount(local - remote, currency if field.kind == "money" else "JPY")
        return Shown(figure, figure=True, quiet=True)
    if field.kind == "date" and local and remote and local != remote:
        try:
            days = abs((date.fromisoformat(str(local)[:10]) - date.fromisoformat(str(remote)[:10])).days)
        except ValueError:
            return Shown()
        words = plural("ConflictRows", "%n day(s)", days, "%n day", "%n days", formats.count(days))
        return Shown(words, figure=True, quiet=True)
    return Shown()


def differing(lines: Sequence[LineComparison]) -> list[LineComparison]:
    """The lines whose two sides differ."""
    return [line for line in lines if line.local != line.remote]


def _lines_row(kind: str, field: FieldComparison, detail: ConflictDetail, formats: Formats) -> FieldRow:
    other, currency = differing(detail.lines), detail.view.currency
    label = Shown(field_label(field.name))
    if len(other) == 1 and other[0].local is not None and other[0].remote is not None:
        line = other[0]
        local, remote = other[0].local, other[0].remote
        by_rate = local.rate != remote.rate
        what = _tr("Price") if by_rate else _tr("Quantity")
        label = Shown(label.text, f"{what}, {line.name}" if line.name else what)

        def one(side: LineSide | None, *, quiet: bool = False) -> Shown:
            if side is None:
                return Shown(_tr("(none)"), quiet=True)
            first = side.rate if by_rate else side.quantity
            top = formats.amount(first, currency if by_rate else "JPY")
            return Shown(top, formats.amount(side.amount, currency), figure=True, quiet=quiet)

        difference = Shown()
        if local.amount is not None and remote.amount is not None:
            first = (
                (local.rate or Decimal(0)) - (remote.rate or Decimal(0))
                if by_rate
                else ((local.quantity or Decimal(0)) - (remote.quantity or Decimal(0)))
            )
            difference = Shown(
                formats.amount(first, currency if by_rate else "JPY"),
                formats.amount(local.amount - remote.amount, currency), figure=True, quiet=True,
            )  # fmt: skip
        return FieldRow(kind, field.name, label, one(line.base, quiet=True), one(local), one(remote), difference)
    words = plural("ConflictRows", "%n line(s) differ", len(other), "%n line differs", "%n lines differ")
    label = Shown(label.text, words if other else "")

    def many(sides: list[LineSide | None], *, quiet: bool = False) -> Shown:
        present = [side for side in sides if side is not None]
        count = plural("ConflictRows", "%n line(s)", len(present), "%n line", "%n lines")
        amounts = [side.amount for side in present if side.amount is not None]
        return Shown(count, formats.amount(sum(amounts, Decimal(0)), currency), figure=True, quiet=quiet)

    lines = detail.lines
    mine, theirs = [line.local for line in lines], [line.remote for line in lines]
    gap = _sum(mine) - _sum(theirs)
    return FieldRow(
        kind, field.name, label, many([line.base for line in lines], quiet=True), many(mine), many(theirs),
        Shown("", formats.amount(gap, currency), figure=True, quiet=True),
    )  # fmt: skip


def _sum(sides: Sequence[LineSide | None]) -> Decimal:
    return sum((side.amount for side in sides if side is not None and side.amount is not None), Decimal(0))


def _total(detail: ConflictDetail, formats: Formats) -> FieldRow | None:
    base, local, remote = detail.totals
    if local is None or remote is None:
        return None
    currency = detail.view.currency
    label = field_label("total")
    return FieldRow(
        "total", "total", Shown(f"{label}, {currency}" if currency else label),
        Shown(formats.amount(base, currency), figure=True, quiet=True),
        Shown(formats.amount(local, currency), figure=True), Shown(formats.amount(remote, currency), figure=True),
        Shown(formats.amount(local - remote, currency), figure=True, quiet=True),
    )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConflictRows", text)
