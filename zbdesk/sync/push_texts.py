"""Sentences about pushing: for the diary and for problems that are found here and not by Zoho."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from zbdesk.domain.documents import Reference
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.sync.actions import Cause, value_text
from zbdesk.sync.deeds import REFUND, Deed
from zbdesk.sync.events import PushCount
from zbdesk.sync.troubles import DUPLICATE_IN_ZOHO, Trouble
from zbdesk.sync.writing import Difference

COUNTED: Mapping[str, str] = MappingProxyType(
    {"create": "created", "update": "updated", "delete": "deleted", "action": "actions"}
)
"""Kind of attempt to the count of a pass."""


ARRIVED = "Its answer was lost; it was found there."
"""Added to a line about a write that was looked up."""


def created(module: Module) -> str:
    """Diary line of a create."""
    return f"{module.singular} created in Zoho Books."


def updated(module: Module, names: Sequence[str]) -> str:
    """Diary line of an update."""
    return f"{module.singular} changed in Zoho Books: {', '.join(names)}."


def deleted(module: Module) -> str:
    """Diary line of a deletion that we sent."""
    return f"{module.singular} deleted in Zoho Books."


def acted(module: Module, name: str) -> str:
    """Diary line of a status action."""
    return f"{module.singular}: “{name}” sent to Zoho Books."


def adopted(module: Module, names: Sequence[str], status: str | None) -> str:
    """Diary line of Zoho's values taken over."""
    what = _words(", ".join(names)) if names else f"status {status}"
    return f"{module.singular} changed in Zoho Books and taken over here: {what}."


def deletion_adopted(module: Module) -> str:
    """Diary line of a deletion in Zoho that was nobody's loss here."""
    return f"{module.singular} was deleted in Zoho Books and is deleted here as well."


def linked(module: Module) -> str:
    """Diary line of a link."""
    return f"{module.singular} linked to the one that Zoho Books already had."


def taken_over(module: Module) -> str:
    """Diary line of a record found new in Zoho."""
    return f"{module.singular} found new in Zoho Books and taken over."


def conflict(module: Module, names: str) -> str:
    """Diary line of a conflict."""
    return f"{module.singular} was changed here and in Zoho Books: {_words(names)}."


def _words(names: str) -> str:
    """Fields as people read them: ``due_date`` is due date."""
    return names.replace("_", " ")


def sent(pushed: Iterable[tuple[str, PushCount]]) -> str:
    """What a pass wrote, in one sentence; empty where it wrote nothing."""
    sums: Counter[str] = Counter()
    for _, count in pushed:
        sums += Counter({name: getattr(count, name) for name in _SAID})
    said = [f"{sums[name]} {word}" for name, word in _SAID.items() if sums[name]]
    return f"Sent to Zoho Books: {', '.join(said)}." if said else ""


_SAID = {
    "created": "created",
    "updated": "changed",
    "deleted": "deleted",
    "linked": "linked",
    "actions": "marked otherwise",
}


def unknown_reference(reference: Reference, *, ambiguous: bool) -> Trouble:
    """A document names a record that nobody knows, or that several could be."""
    singular = MODULES[reference.module].singular.lower()
    by = reference.by.replace("_", " ")
    if ambiguous:
        return Trouble(
            Cause.UNKNOWN_REFERENCE.value,
            f"More than one {singular} has the {by} “{reference.value}”.",
            f"Name the {singular} by its source id or by Zoho's id, or merge the two in Zoho Books.",
        )
    return Trouble(
        Cause.UNKNOWN_REFERENCE.value,
        f"There is no {singular} with the {by} “{reference.value}”.",
        f"Add the {singular} here or in Zoho Books; this record then goes out by itself.",
    )


def gone_reference(reference: Reference, party: str | None = None) -> Trouble:
    """A document names a record that was deleted in Zoho. ``party``: how people know the document's contact."""
    singular = MODULES[reference.module].singular.lower()
    by_party = reference.module == "contacts" and party
    name = party if by_party else reference.value
    return Trouble(
        Cause.UNKNOWN_REFERENCE.value,
        f"The {singular} “{name}” was deleted in Zoho Books.",
        f"Send the {singular} again as a new one, or name another one in this record; it then goes out by itself.",
    )


def not_answered(module: Module) -> Trouble:
    """Zoho answers, but each write of this one record ends without an answer and does not arrive."""
    return Trouble(
        Cause.ZOHO_UNAVAILABLE.value,
        f"Zoho Books fails each time this {module.singular.lower()} is sent.",
        "It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.",
        code="no_answer",
    )


def ambiguous_link(module: Module, name: str) -> Trouble:
    """More than one record of Zoho's fits a new one of ours."""
    return Trouble(
        Cause.DUPLICATE_NAME.value,
        f"Zoho Books has more than one {module.singular.lower()} that could be “{name}”.",
        "Merge them in Zoho Books, or give the record here the e-mail address of the right one.",
    )


def twice(module: Module, count: int) -> Trouble:
    """One document of ours stands in Zoho more than once."""
    return Trouble(
        DUPLICATE_IN_ZOHO,
        f"This {module.singular.lower()} stands {count + 1} times in Zoho Books.",
        "Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.",
    )


def deed_twice(module: Module, deed: Deed, count: int) -> Trouble:
    """A refund or an applied credit of ours stands in Zoho more than once."""
    kind, done = module.singular.lower(), "refunded" if deed.word == REFUND else "applied"
    return Trouble(
        DUPLICATE_IN_ZOHO,
        f"{deed.amount:f} of this {kind} was {done} {count + 1} times in Zoho Books instead of once.",
        f"Open the {kind} in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this "
        "goes by itself once one is left.",
    )


def not_kept(differences: Sequence[Difference]) -> Trouble:
    """Zoho answered with something else than was meant."""
    total = next((one for one in differences if one.field == "total"), None)
    if total is not None:
        return Trouble(
            Cause.TOTAL_DIFFERS.value,
            f"Zoho Books comes to {_amount(total.received)}, the source says {_amount(total.sent)}.",
            "Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.",
        )
    names = ", ".join(one.field for one in differences)
    said = "; ".join(f"{one.field}: {value_text(one.sent)} became {value_text(one.received)}" for one in differences)
    return Trouble(
        Cause.VALIDATION.value,
        f"Zoho Books did not keep what was sent: {names}.",
        "Look at the record in Zoho Books, then correct these fields here or there.",
        detail=said,
    )


def _amount(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else "nothing"
