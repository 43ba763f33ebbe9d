"""Status actions that a person wishes for, in Zoho's terms: which action a module has for it, and when it is done.

Nothing here mails anybody: an action that does is no answer to any wish.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zbdesk.domain.catalogue.words import word_set, words
from zbdesk.domain.module import Module, ModuleAction
from zbdesk.sync import deeds

_ISSUED = word_set(
    """
    sent open overdue paid partially_paid unpaid viewed published accepted declined expired invoiced
    partially_invoiced closed billed partially_billed fulfilled
    """
)
_VOID = word_set("void cancelled")
_APPROVED = _ISSUED | {"approved"}

_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "send": words("sent open publish"),
        "void": words("void cancelled"),
        "open": words("open"),
        "draft": words("draft"),
        "publish": words("publish"),
        "accept": words("accepted"),
        "decline": words("declined"),
        "bill": words("billed"),
        "activate": words("active resume"),
        "deactivate": words("inactive stop"),
        "submit": words("submit"),
        "approve": words("approve"),
        "reject": words("reject"),
    }
)
"""For each wish the names that the catalogue has for it, the most fitting first."""

_REACHED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sent": _ISSUED,
        "open": _ISSUED,
        "publish": _ISSUED,
        "void": _VOID,
        "cancelled": _VOID,
        "draft": frozenset({"draft"}),
        "accepted": word_set("accepted invoiced partially_invoiced"),
        "declined": frozenset({"declined"}),
        "billed": frozenset({"billed"}),
        "active": frozenset({"active"}),
        "inactive": frozenset({"inactive"}),
        "resume": frozenset({"active"}),
        "stop": frozenset({"stopped"}),
        "submit": _APPROVED | {"pending_approval"},
        "approve": _APPROVED,
        "reject": frozenset({"rejected"}),
    }
)
"""By action: the statuses that show that it has happened, or that the record has long passed it."""

_SETTLED = word_set("paid partially_paid closed invoiced partially_invoiced billed partially_billed")
_VIEWS_OF_SENT = word_set("overdue unpaid viewed sent open expired")
"""Time and readers change these; nobody edited anything."""


def wish_action(module: Module, wish: str) -> ModuleAction | None:
    """The action of the module that grants this wish; None where Zoho has none for one record without more to say.

    A wish is one of our words (``send``) or the catalogue's own name of an action (``sent``).
    """
    shape = deeds.shape_of(module, deeds.word_of(wish))
    if shape is not None:
        return next((action for action in module.actions if action.name == shape.action), None)
    known = {action.name: action for action in module.actions if _is_plain(action)}
    return next((known[name] for name in (*_ACTIONS.get(wish, ()), wish) if name in known), None)


def known_wishes(module: Module) -> tuple[str, ...]:
    """Our words for what can be wished for records of this module."""
    return tuple(wish for wish in _ACTIONS if wish_action(module, wish) is not None)


def is_fulfilled(module: Module, wish: str, status: str | None) -> bool:
    """Whether Zoho's status already shows what was wished for."""
    action = wish_action(module, wish)
    return action is not None and _word(status) in _REACHED.get(action.name, frozenset())


def is_void(status: str | None) -> bool:
    """Whether the record no longer counts in the books, though it is still there."""
    return _word(status) in _VOID


def is_settled(status: str | None) -> bool:
    """Whether money or a later document rests on the record: voiding it would move that too."""
    return _word(status) in _SETTLED


def standing(status: str | None) -> str:
    """The status as far as somebody decided it: what the calendar or a reader turns it into is one and the same."""
    word = _word(status)
    return "sent" if word in _VIEWS_OF_SENT else word


def _is_plain(action: ModuleAction) -> bool:
    needs_more = action.name in deeds.ACTIONS or "{" in action.suffix
    return not (needs_more or action.mails or action.collection) and action.method == "POST"


def _word(status: str | None) -> str:
    return (status or "").strip().casefold().replace(" ", "_")
