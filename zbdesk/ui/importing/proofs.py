"""What stands behind a column's field: why it was guessed, what its values show, what is still to be said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from zbdesk.sources.base import CellError
from zbdesk.sources.identity import candidates
from zbdesk.sources.reading.headings import text_of
from zbdesk.ui.formats import plural
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.state import DeskState


@dataclass(frozen=True, slots=True)
class Proof:
    """A shape, a colour role and words."""

    icon: str
    role: str
    text: str


def proof(flow: ImportFlow, state: DeskState, place: int, faults: dict[int, int]) -> Proof:
    """How a column stands. ``faults``: position to its number of bad cells."""
    session = flow.session
    path = session.fields.get(place, "")
    if not path:
        return Proof("circle-dashed", "text2", _tr("not imported"))
    kind = session.kind(place)
    found = flow.findings
    if kind == "date" and found is not None and found.dates is not None:
        return Proof("triangle-alert", "attention", _tr("Day or month first?"))
    if kind in {"number", "debit", "credit"} and found is not None and found.decimals is not None and faults.get(place):
        return Proof("triangle-alert", "attention", _tr("Point or comma?"))
    bad = faults.get(place, 0)
    if bad:
        return Proof("octagon-alert", "problem", _to_mend(bad, state))
    return Proof("circle-check", "ok", _good(flow, place, path, kind, checked=found is not None))


def _good(flow: ImportFlow, place: int, path: str, kind: str, *, checked: bool) -> str:  # noqa: PLR0911 - one return a kind
    session = flow.session
    by_line = session.said.get("layout") == "row_per_line"
    if path == next((one for one in candidates(session.module) if one in session.fields.values()), ""):
        return _tr("the same number joins the lines") if by_line else _tr("tells the documents apart")
    match kind:
        case "date":
            said = {
                "DMY": _tr("day first"), "MDY": _tr("month first"), "YMD": _tr("year first"),
            }  # fmt: skip
            return said.get(str(session.said.get("date_order", "")), _tr("read in one way only"))
        case "number" | "debit" | "credit":
            signs = {",": _tr("comma is the decimal sign"), ".": _tr("point is the decimal sign")}
            return signs.get(str(session.said.get("decimal", "")), _tr("amounts, as they stand"))
        case "reference":
            if not checked:
                return _tr("looked up in the books")
            return _tr("waits where it is not in the books") if _waits(flow) else _tr("all are in the books")
        case "currency":
            return ", ".join(_values(flow, place)[:5])
        case _:
            return _tr("as it stands")


def _waits(flow: ImportFlow) -> bool:
    return flow.session.said.get("unknown") == "wait"


def _values(flow: ImportFlow, place: int) -> list[str]:
    looked = flow.session.looked
    rows = looked.sample if looked is not None else ()
    return list(dict.fromkeys(text for row in rows if place < len(row.cells) and (text := text_of(row.cells[place]))))


def first_value(flow: ImportFlow, place: int) -> str:
    """The first thing that stands in a column."""
    return next(iter(_values(flow, place)), "").replace("\n", " ")


def faults_by_place(errors: list[CellError]) -> dict[int, int]:
    """Position of a column to its number of bad cells."""
    found: dict[int, int] = {}
    for one in errors:
        if one.place >= 0:
            found[one.place] = found.get(one.place, 0) + 1
    return found


def _to_mend(count: int, state: DeskState) -> str:
    return plural(
        "ImportProof", "%n cell(s) to mend", count, "%n cell to mend", "%n cells to mend", state.formats.count(count)
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportProof", words)


__all__ = ["Proof", "faults_by_place", "first_value", "proof"]
