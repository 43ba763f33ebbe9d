"""Why a record of a run that is taken back stays as it is, or what stays of it. Sentences for people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zbdesk.domain.module import Module
from zbdesk.sync.policy import Verb, scope_name

UNDER_WAY = "A write for it is still without an answer; it is looked up first."
GONE = "It is gone from Zoho Books already."
NOT_OURS = "It has no document on this computer any more."
IN_CONFLICT = "It is in conflict; settle that first."
EDITED_HERE = "It was changed here since, and that has not left yet."
LOCKED = "It is in a locked period of Zoho Books."
DELETED = "It was deleted in Zoho Books. Entered again it would be another record, with another history."
VOID = "It is void in Zoho Books already."
PAID = "It has been paid since. Remove the payment in Zoho Books first."
PAID_AMOUNTS = "It has been paid; its amounts stay."
MONEY_MOVED = "A credit was applied or money refunded with it. Take that back in Zoho Books."
NUMBER_STAYS = "It stays in Zoho Books as void and keeps its number."
MADE_INACTIVE = "It cannot be deleted; it is made inactive."
REFERRED_TO = "Documents that stay in Zoho Books refer to it."
REFERRED_TO_INACTIVE = "Documents that stay in Zoho Books refer to it; it is made inactive."
PAYMENTS_STAY = "Payments and credits that were on it stay with the customer as credit."
AS_BEFORE = "It reads as it did before the run."
NOTHING_WRITTEN = "This run wrote nothing to Zoho Books."
OTHER_UNDER_WAY = "Another run is being taken back. Wait until that is over."
READ_ONLY = "This connection only reads."
STILL_RUNNING = "This run is not over yet."
NOT_YET = "Zoho Books did not take it yet; it is tried again with the next sync."


def changed(names: Sequence[str]) -> str:
    """Somebody changed it since."""
    if names == ["*"]:
        return "It was changed in Zoho Books since."
    return f"Changed since: {', '.join(names)}."


def no_deletion(module: Module, lacking: Collection[Verb]) -> str:
    """Zoho or the sign-in has no way to delete it."""
    if Verb.DELETE in lacking:
        return f"The sign-in does not include the permission to delete it ({scope_name(module, Verb.DELETE)})."
    return f"{module.label} cannot be deleted here. Look at it in Zoho Books."


def no_way_back(status: str, before: str) -> str:
    """Zoho has no action that leads back."""
    return f"Zoho Books has no way from {_plain(status)} back to {_plain(before)}."


def conflict() -> str:
    """The engine found that both sides changed."""
    return "Zoho Books holds something else by now; it stands under Conflicts."


def refused(message: str) -> str:
    """Zoho refused."""
    return f"Zoho Books did not take it: {message}"


def _plain(status: str) -> str:
    return status.replace("_", " ") or "its status"
