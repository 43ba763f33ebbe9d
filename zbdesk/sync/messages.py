"""The sentences that a pass leaves behind in run history, diary and problems. Pure; English source text, no amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from zbdesk.domain.errors import Action, AuthError, Budget, ThrottledError, ZbdeskError
from zbdesk.sync.events import PullCount

STOPPED = "Stopped. What has been read so far is kept; the next sync goes on from there."
NOTHING_NEW = "Everything is up to date."
BUG = "Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report."
NAMED = 3
SIGNED_OUT = "Zoho Books must be signed in again. Nothing was asked for."


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 problem``, ``2 problems``, ``1,000 problems``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


OUTSIDE_HOURS = "Outside the hours that are chosen in Settings. Sync now runs all the same."
WOKE = "This computer has slept. Syncing goes on as soon as Zoho Books answers."
CONFIRM = "Nothing is written until somebody confirms the organization: it is another one than before, or has changed."
LIMIT_REACHED = "Nothing more is written until you allow it: the run is larger than the limits in the settings."
"""A pass that stopped at a limit."""


def finished(counts: Mapping[str, PullCount], *, conflicts: int, problems: int, not_read: str = "") -> str:
    """Return the sentence for a pass that came to its end. ``not_read`` says what it had to leave out."""
    new, changed, deleted = totals(counts)
    parts = [
        f"{number:,} {word}" for number, word in ((new, "new"), (changed, "changed"), (deleted, "deleted")) if number
    ]
    found = f"Read from Zoho Books: {', '.join(parts)}." if parts else "" if not_read else NOTHING_NEW
    return " ".join(part for part in (found, not_read, waiting_for_you(conflicts, problems)) if part)


def not_read(labels: Sequence[str]) -> str:
    """Name the lists that a pass could not read, three at most; empty for none."""
    if not labels:
        return ""
    more = len(labels) - NAMED
    named = [*labels[:NAMED], counted(more, "more list")] if more > 0 else list(labels)
    return f"{' and '.join(part for part in (', '.join(named[:-1]), named[-1]) if part)} could not be read."


def waiting_for_you(conflicts: int, problems: int) -> str:
    """Return what a person still has to look at; empty for nothing."""
    parts = [counted(number, word) for number, word in ((conflicts, "conflict"), (problems, "problem")) if number]
    if not parts:
        return ""
    return f"{' and '.join(parts)} {'waits' if conflicts + problems == 1 else 'wait'} for you."


def totals(counts: Mapping[str, PullCount]) -> tuple[int, int, int]:
    """New, changed and deleted over all modules."""
    return (
        sum(count.new for count in counts.values()),
        sum(count.changed for count in counts.values()),
        sum(count.deleted for count in counts.values()),
    )


def failed(error: ZbdeskError) -> str:
    """Return the sentence for a pass that a failure ended."""
    return str(error)


class Silence(ThrottledError):
    """Zoho's silence is not over; no call was made."""

    def __init__(self, until: datetime, wait: float) -> None:
        super().__init__(
            f"Zoho Books asked for a pause until {until:%Y-%m-%d %H:%M} UTC.",
            "No call was made; syncing goes on after that.",
            budget=Budget.MINUTE,
            wait=wait,
            code="paused",
        )


class SignInFirst(AuthError):
    """A person asked for something while nobody is signed in."""

    def __init__(self) -> None:
        super().__init__("Zoho Books must be signed in again.", "Nothing was asked for. What is already here stays.")


class Unexpected(ZbdeskError):
    """A bug ended the pass."""

    default_action = Action.REPORT

    def __init__(self) -> None:
        super().__init__("Something unexpected happened inside zbdesk.", BUG)


def first_sync_done(records: int, modules: int) -> str:
    """The line that ends a first load."""
    return f"First sync finished: {counted(records, 'record')} of {counted(modules, 'list')} are here."


def records_found(label: str, count: PullCount) -> str:
    """``Invoices: 3 new, 1 changed, 2 deleted``."""
    parts = ((count.new, "new"), (count.changed, "changed"), (count.deleted, "deleted"))
    return f"{label}: {', '.join(f'{number:,} {word}' for number, word in parts if number)}"


def deleted_in_zoho(singular: str) -> str:
    """One record got its tombstone."""
    return f"{singular}: deleted in Zoho Books. The last known state is kept here."


def empty_list(label: str) -> str:
    """An empty answer where records are known."""
    return f"{label}: Zoho Books answered with an empty list. Nothing was removed here because of it."


def mass_deletion(label: str, missing: int, live: int) -> tuple[str, str]:
    """Message and remedy for a list from which too much is missing at once."""
    message = f"{missing:,} of {live:,} {label} are missing from the list that Zoho Books sent. Nothing was removed."
    remedy = (
        "Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of "
        "the user who signed in, then sync again."
    )
    return message, remedy


def switched_off(label: str, reason: str) -> str:
    """A module is not read any more."""
    return f"{label} are left out from now on. {reason}"


PERMISSION_REMEDY = (
    "Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again."
)
UNAVAILABLE_REMEDY = "The next sync tries it again. If it stays, look at Zoho's status page or report it."


def not_available(label: str) -> str:
    """The reason kept with a module that this organization does not have."""
    return f"{label} are not part of this organization's plan or edition."


def not_permitted(label: str) -> str:
    """The reason kept with a module that the user may not read."""
    return f"The signed-in user, or the permissions given at sign-in, do not cover {label.lower()}."


def list_failed(label: str, error: ZbdeskError) -> str:
    """A list could not be read in this pass."""
    return f"{label} could not be read: {error}"


def detail_failed(singular: str, error: ZbdeskError) -> str:
    """A record's full detail could not be read."""
    return f"The detail of this {singular.lower()} could not be read: {error}"


DETAIL_REMEDY = "Open the record in Zoho Books. It is asked for again as soon as it changes there."


_PAUSED_UNTIL = "Paused until "


def paused(until: datetime | None) -> str:
    """The sentence stored with a pause; ``end_of_pause`` reads it when the program starts again."""
    return "Paused." if until is None else f"{_PAUSED_UNTIL}{until.isoformat()}."


def end_of_pause(reason: str) -> datetime | None:
    """The end that ``paused`` wrote down; None for a pause without one."""
    if not reason.startswith(_PAUSED_UNTIL):
        return None
    return datetime.fromisoformat(reason.removeprefix(_PAUSED_UNTIL).removesuffix("."))
