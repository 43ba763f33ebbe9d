"""Query parameters of a list, checked all at once; an unknown one is a mistake and not ignored. Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime

from zbdesk.domain.dates import parse_date
from zbdesk.domain.status import RecordState
from zbdesk.sources.http.handlers import ListQuery
from zbdesk.sources.http.problem import Fault, Problem

MOST = 500
USUAL = 100
_STATES = tuple(state.value for state in RecordState)
_SEVERAL = frozenset({"status", "state", "currency"})
KNOWN = (
    "limit", "after", "updated_since", "status", "state", "currency", "date_from", "date_to", "search", "number",
    "source", "party_id", "deleted", "expand",
)  # fmt: skip
_LONGEST = 200


def cursor(key: int) -> str:
    """The place behind a page, as programs see it: not to be read, only to be given back."""
    return base64.urlsafe_b64encode(f"r{key}".encode()).decode().rstrip("=")


def _key(text: str) -> int | None:
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    digits = plain[1:]
    return int(digits) if plain.startswith("r") and digits.isdecimal() and len(digits) < 19 else None


def moment(text: str) -> datetime | None:
    """A moment with its offset (``2026-11-20T10:00:00Z``), in UTC; None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
        return None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def list_query(pairs: Sequence[tuple[str, str]]) -> ListQuery:
    """What a program wants of a list. Raises ``Problem`` 400 that names every parameter that is wrong."""
    faults: list[Fault] = []
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in KNOWN:
            faults.append(Fault(name[:80], f"There is no such parameter. Known are {', '.join(KNOWN)}."))
        elif len(value) > _LONGEST or "\0" in value:
            faults.append(Fault(name, "The value is too long or holds a NUL character."))
        else:
            given.setdefault(name, []).append(value)
    faults += [
        Fault(name, "It may stand only once.")
        for name, values in given.items()
        if len(values) > 1 and name not in _SEVERAL
    ]
    one = {name: values[0] for name, values in given.items()}
    query = ListQuery(
        limit=_limit(one.get("limit"), faults),
        after=_after(one.get("after"), faults),
        updated_since=_since(one.get("updated_since"), faults),
        statuses=tuple(given.get("status", ())),
        states=_states(given.get("state", ()), faults),
        currencies=tuple(given.get("currency", ())),
        date_from=_day("date_from", one.get("date_from"), faults),
        date_to=_day("date_to", one.get("date_to"), faults),
        search=one.get("search", ""),
        number=one.get("number"),
        source=one.get("source"),
        party_id=one.get("party_id"),
        with_deleted=_flag("deleted", one.get("deleted"), faults),
        documents=_expand(one.get("expand"), faults),
    )
    if faults:
        raise Problem(400, "bad-parameters", "The list cannot be given like this.", errors=faults)
    return query


def _limit(text: str | None, faults: list[Fault]) -> int:
    if text is None:
        return USUAL
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= MOST and len(text) <= 6):
        faults.append(Fault("limit", f"It is a whole number from 1 to {MOST}."))
        return USUAL
    return int(text)


def _after(text: str | None, faults: list[Fault]) -> int:
    found = 0 if text is None else _key(text)
    if found is None:
        faults.append(Fault("after", "It is the “next” of an earlier page, as it was given."))
    return found or 0


def _since(text: str | None, faults: list[Fault]) -> datetime | None:
    found = None if text is None else moment(text)
    if text is not None and found is None:
        faults.append(Fault("updated_since", "It is a moment with its offset, as in 2026-11-20T10:00:00Z."))
    return found


def _states(given: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    if any(state not in _STATES for state in given):
        faults.append(Fault("state", f"It is one of {', '.join(_STATES)}."))
        return ()
    return tuple(given)


def _day(name: str, text: str | None, faults: list[Fault]) -> str | None:
    day = None if text is None else parse_date(text)
    if text is not None and day is None:
        faults.append(Fault(name, "It is a day, as in 2026-11-20."))
    return None if day is None else day.isoformat()


def _flag(name: str, text: str | None, faults: list[Fault]) -> bool:
    if text not in {None, "true", "false"}:
        faults.append(Fault(name, "It is true or false."))
    return text == "true"


def _expand(text: str | None, faults: list[Fault]) -> bool:
    if text not in {None, "document"}:
        faults.append(Fault("expand", "It is “document”."))
    return text == "document"
