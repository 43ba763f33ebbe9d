"""What Zoho's refusal of one record means: the stable cause, a sentence, and what to do about it. Pure.

Told apart by class and code. Where Zoho gives several reasons one code, its words choose the lane and nothing more: an
unknown wording is a validation problem that shows Zoho's message as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module
from zbdesk.sync.actions import Cause

DUPLICATE_IN_ZOHO = "duplicate_in_zoho"
"""One document of ours stands in Zoho twice: a write landed after it was looked for and repeated."""

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands on the Problems list. ``detail`` is Zoho's own message, verbatim."""

    cause: str
    message: str
    remedy: str
    code: str | None = None
    detail: str = ""


_REMEDIES: Mapping[str, str] = {
    Cause.DUPLICATE_NUMBER: "Give the document another number, or delete the other one in Zoho Books.",
    Cause.DUPLICATE_NAME: "Give it another name, or rename or merge the other one in Zoho Books.",
    Cause.INACTIVE_CONTACT: "Mark the contact as active in Zoho Books, or choose another one.",
    Cause.INACTIVE_ITEM: "Mark the item as active in Zoho Books, or choose another one.",
    Cause.LOCKED_PERIOD: "Open the period in Zoho Books under Settings, Transaction Locking, or change the date.",
    Cause.PERMISSION: "Ask your Zoho Books administrator for the permission, or connect again with this part included.",
    Cause.UNKNOWN_REFERENCE: "Look at its contact, items, accounts and taxes in Zoho Books, and name others here.",
    Cause.DELETED_IN_ZOHO: "Delete it here as well, or send it again as a new one.",
    Cause.ZOHO_UNAVAILABLE: "Nothing to do: it is tried again by itself.",
    Cause.VALIDATION: "Change the record here as Zoho Books asks, then it is sent again.",
}


def of_refusal(module: Module, error: RejectedError) -> Trouble:
    """The trouble that Zoho's answer to a write means."""
    cause = str(getattr(error, "cause", "")) or Cause.PERMISSION.value
    if error.code == "57" or error.http_status == 403:
        cause = Cause.PERMISSION.value
    if cause == Cause.VALIDATION:
        cause = _by_words(error)
    return Trouble(
        cause=cause,
        message=f"{error.title} {error.message}".strip(),
        remedy=_REMEDIES.get(cause, _REMEDIES[Cause.VALIDATION]),
        code=error.code,
        detail=error.reason or f"{module.singular}: {error.title}",
    )


def _by_words(error: RejectedError) -> str:
    text = error.reason.casefold()
    if "lock" in text and "block" not in text:
        return Cause.LOCKED_PERIOD.value
    if "inactive" in text:
        return (Cause.INACTIVE_ITEM if "item" in text else Cause.INACTIVE_CONTACT).value
    if "already" in text and ("number" in text or "sku" in text):
        return Cause.DUPLICATE_NUMBER.value
    if "already" in text and "name" in text:
        return Cause.DUPLICATE_NAME.value
    return Cause.VALIDATION.value


def wait_before(count: int) -> timedelta:
    """How long a refused record rests before it is tried without a person: longer each time, a day at most."""
    doublings: int = 1 << min(max(count - 1, 0), 10)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)
