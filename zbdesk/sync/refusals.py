"""Why a record cannot be sent as things are: each refusal with its cause, and the way out, in words for people.

Invariant: whatever is refused here would be refused by Zoho too, or was switched off by a person; the edit stays.
"""

from __future__ import annotations

from zbdesk.domain.documents import Reference
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.sync.actions import Cause, LocalSide, Refuse, WaitForParent
from zbdesk.sync.deeds import word_of
from zbdesk.sync.policy import ModulePolicy, Verb, scope_name

_METHODS = {Verb.CREATE: "create", Verb.UPDATE: "update", Verb.DELETE: "delete"}
_DOINGS = {Verb.CREATE: "created", Verb.UPDATE: "changed", Verb.DELETE: "deleted"}
_SETTINGS = frozenset({"taxes", "tax_groups", "chartofaccounts", "bankaccounts", "locations", "users", "projects"})
"""What is never created from a document: an accountant decides that such a thing exists."""


_OURS = frozenset({"source_id", "local_id"})
"""A name that only we know: the record is on its way, or will be put here later."""


def waiting(local: LocalSide) -> WaitForParent | Refuse | None:
    """What a document refers to and Zoho does not have: ours to bring there first, or a setting only a person makes."""
    for reference in local.unresolved:
        if reference.module == "currencies":
            return _missing_currency(reference)
        if reference.module in _SETTINGS and reference.by not in _OURS:
            return _unknown_setting(reference)
    return WaitForParent(local.unresolved) if local.unresolved else None


def refusal(module: Module, policy: ModulePolicy, verb: Verb, needs: Verb | None = None) -> Refuse | None:
    """Why this kind of write may not be; None where it may. ``needs`` is the permission where it is another one."""
    what, done = module.label, _DOINGS[verb]
    if policy.read_only:
        return Refuse(
            Cause.PERMISSION,
            f"This connection only reads, so {what.lower()} cannot be {done} in Zoho Books.",
            "Connect again without “read only”, or undo the change here.",
        )
    if not policy.allows(verb):
        return Refuse(
            Cause.PERMISSION,
            f"The settings of this connection do not let {what.lower()} be {done} in Zoho Books.",
            f"Allow it under Settings, {what}, or undo the change here.",
        )
    if (needs or verb) in policy.lacking:
        return Refuse(
            Cause.MISSING_SCOPE,
            f"The sign-in does not include the permission {scope_name(module, needs or verb)}.",
            "Connect again and grant it, or undo the change here.",
        )
    if needs is None and _METHODS[verb] not in module.methods:
        return Refuse(
            Cause.VALIDATION,
            f"Zoho Books does not let {what.lower()} be {done} by other programs.",
            "Do it in Zoho Books, then undo the change here.",
        )
    return None


def deleted_there(module: Module) -> Refuse:
    """Gone in Zoho, in a module whose deletions there are not taken over."""
    return Refuse(
        Cause.DELETED_IN_ZOHO,
        f"This {module.singular.lower()} was deleted in Zoho Books.",
        "Delete it here as well, or send it again as a new one.",
    )


def no_such_action(module: Module, wish: str) -> Refuse:
    """A wish that nothing in Zoho grants."""
    return Refuse(
        Cause.VALIDATION,
        f"Zoho Books has no action “{word_of(wish)}” for {module.label.lower()}.",
        "Take the action back here.",
    )


def _missing_currency(reference: Reference) -> Refuse:
    return Refuse(
        Cause.MISSING_CURRENCY,
        f"The currency {reference.value} is not set up in Zoho Books.",
        "Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.",
    )


def missing_rate(currency: str) -> Refuse:
    """A document in a foreign currency for which neither it nor Zoho has a rate."""
    return Refuse(
        Cause.MISSING_EXCHANGE_RATE,
        f"There is no exchange rate for {currency} in Zoho Books.",
        "Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.",
    )


def _unknown_setting(reference: Reference) -> Refuse:
    singular = MODULES[reference.module].singular.lower()
    return Refuse(
        Cause.UNKNOWN_REFERENCE,
        f"Zoho Books has no {singular} “{reference.value}”.",
        f"Set up this {singular} in Zoho Books, or name another one in the document.",
    )
