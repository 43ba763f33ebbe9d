"""A tie-out as a document: sealed JSON, CSV with the hash in its last line, and what the printed page says.

Amounts are plain decimals of their own currency, days ISO, so that a spreadsheet and another program read them alike.
Invariant: the hash covers the figures, the lines and who made them when; ``verify`` needs nothing but the file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zbdesk.domain.errors import UsageError
from zbdesk.domain.seal import HASH, is_whole, sealed
from zbdesk.domain.tieout import DayShift, Line, TieOut, Total

TIE_OUT, SIGN_OFF = "zbdesk tie-out", "zbdesk sign-off"
KINDS = (TIE_OUT, SIGN_OFF)
VERSION = 1
CSV_SEAL = "sha256"
CSV_HEADINGS = (
    "part", "module", "period", "currency", "kind", "number", "party", "record", "zoho_id", "state", "date_here",
    "date_zoho", "count_here", "count_zoho", "amount_here", "amount_zoho", "difference",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
MOST_BYTES = 200_000_000


class NotSealed(UsageError):
    """The file is none that zbdesk has made."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} is no tie-out and no sign-off of zbdesk.", reason, subject=str(path))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What looking at a file came to. ``whole``: it says what it said when it was made."""

    kind: str
    whole: bool
    hash: str
    document: Mapping[str, Any] | None
    """What it says; None for CSV, whose text is its own."""


def document(found: TieOut, *, made_by: str, program: str) -> dict[str, Any]:
    """The tie-out as sealed JSON."""
    return sealed(
        {
            "kind": TIE_OUT,
            "version": VERSION,
            "program": program,
            "organization": {"id": found.organization_id, "name": found.organization, "time_zone": found.time_zone},
            "from": found.request.first,
            "to": found.request.last,
            "split": found.request.split,
            "fiscal_year_starts_in_month": found.fiscal_start,
            "made_at": found.made_at,
            "made_by": made_by,
            "fresh_at": found.fresh_at,
            "as_of": dict(found.as_of),
            "unread": found.unread,
            "modules": found.modules,
            "equal": found.equal,
            "totals": [total_of(one) for one in found.totals],
            "differences": [line_of(one) for one in found.lines],
            "day_shifts": [shift_of(one) for one in found.shifts],
        }
    )


def total_of(one: Total) -> dict[str, object]:
    """One module, period and currency."""
    return {**asdict(one), "difference": one.difference, "equal": one.equal}


def line_of(one: Line) -> dict[str, object]:
    """One record of a difference."""
    return {**asdict(one), "kind": one.kind.value, "state": one.state.value, "difference": one.difference}


def shift_of(one: DayShift) -> dict[str, object]:
    """One record whose day depends on the clock."""
    return asdict(one)


def json_bytes(made: Mapping[str, Any]) -> bytes:
    """A sealed document as a file."""
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def csv_bytes(made: Mapping[str, Any]) -> bytes:
    """A tie-out as CSV: totals, then lines, then what it is of; the last line seals all before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_HEADINGS)
    for one in made["totals"]:
        writer.writerow(_cells("total", one, here=one["here_count"], zoho=one["zoho_count"]))
    for one in made["differences"]:
        writer.writerow(_cells("record", one, here=one["here_count"], zoho=one["zoho_count"]))
    organization = made["organization"]
    for name, value in (
        ("organization", f"{organization['name']} ({organization['id']})"),
        ("period", f"{made['from']} to {made['to']}"),
        ("time_zone", organization["time_zone"]),
        ("made_at", made["made_at"]),
        ("made_by", made["made_by"]),
        ("zoho_asked_at", made["fresh_at"] or ""),
        ("tie_out_hash", made[HASH]),
    ):
        writer.writerow((name, neutral(str(value))))
    body = text.getvalue().encode()
    return body + f"{CSV_SEAL},{hashlib.sha256(body).hexdigest()}\r\n".encode()


def _cells(part: str, one: Mapping[str, Any], *, here: int, zoho: int) -> list[object]:
    return [
        part, one["module"], one["period"], one["currency"], one.get("kind", ""), neutral(one.get("number")),
        neutral(one.get("party")), one.get("record_id") or "", one.get("remote_id") or "", one.get("state", ""),
        one.get("here_date") or "", one.get("zoho_date") or "", here, zoho, _amount(one["here"]), _amount(one["zoho"]),
        one["difference"],
    ]  # fmt: skip


def _amount(value: object) -> object:
    return "" if value is None else value


def neutral(text: str | None) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text and text.startswith(_FORMULA) else text or ""


# -- verifying --------------------------------------------------------------------------------------------------------


def verify(path: Path) -> Verdict:
    """Look at a JSON, CSV or PDF file of ours. Raises ``NotSealed`` and ``OSError``."""
    if path.stat().st_size > MOST_BYTES:
        raise NotSealed(path, "It is far larger than one can be.")
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        return _verify_pdf(path, content)
    if content.lstrip()[:1] == b"{":
        return _judged(path, content)
    return _verify_csv(path, content)


def _judged(path: Path, content: bytes) -> Verdict:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotSealed(path, "It is not readable JSON.") from error
    if not isinstance(found, dict) or found.get("kind") not in KINDS:
        raise NotSealed(path, "Nothing in it says what it is.")
    return Verdict(str(found["kind"]), is_whole(found), str(found.get(HASH, "")), found)


def _verify_csv(path: Path, content: bytes) -> Verdict:
    head = ",".join(CSV_HEADINGS).encode()
    body, mark, seal = content.rpartition(f"{CSV_SEAL},".encode())
    if not content.startswith(head) or not mark:
        raise NotSealed(path, "It has no headings or no last line of ours. Saving it in a spreadsheet removes them.")
    found = re.search(rb"^tie_out_hash,([0-9a-f]{64})", body, re.MULTILINE)
    whole = hashlib.sha256(body).hexdigest().encode() == seal.strip()
    return Verdict(TIE_OUT, whole, found[1].decode() if found else "", None)


def _verify_pdf(path: Path, content: bytes) -> Verdict:
    """The figures travel in the PDF as an attached file; what the page shows was drawn from them."""
    for stream in _streams(content):
        if stream.lstrip()[:1] == b"{" and b'"kind"' in stream:
            return _judged(path, stream)
    raise NotSealed(path, "No figures are attached to it.")


def _streams(content: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(content):
        raw = match[1]
        try:
            yield zlib.decompressobj().decompress(raw, MOST_BYTES)
        except zlib.error:
            yield raw
