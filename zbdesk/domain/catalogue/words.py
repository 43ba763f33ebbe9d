"""Short ways to write long lists of Zoho's names in a declaration. They only split and join text."""

from __future__ import annotations

from zbdesk.domain.module import ModuleAction


def words(text: str) -> tuple[str, ...]:
    """The names of a text, in its order."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """The names of a text where order says nothing."""
    return frozenset(text.split())


def choices(prefix: str, text: str) -> tuple[str, ...]:
    """Values of ``filter_by`` that share their first word: ``Status.All``, ``Status.Active``."""
    return tuple(f"{prefix}.{word}" for word in text.split())


def statuses(text: str) -> tuple[str, ...]:
    """Values of ``filter_by`` by status."""
    return choices("Status", text)


def filtered(value: str) -> tuple[tuple[str, str], ...]:
    """List parameters that ask for one ``filter_by`` instead of Zoho's default."""
    return (("filter_by", value),)


EVERYTHING = filtered("Status.All")

APPROVAL = (ModuleAction("submit", "submit"), ModuleAction("approve", "approve"))

EMAIL = ModuleAction("email", "email", mails=True)


def actions(text: str) -> tuple[ModuleAction, ...]:
    """Status actions by suffix. ``status/sent`` is named ``sent``, ``writeoff/cancel`` is named ``writeoff_cancel``."""
    return tuple(ModuleAction(suffix.removeprefix("status/").replace("/", "_"), suffix) for suffix in text.split())


def activation() -> tuple[ModuleAction, ...]:
    """Switch a record on and off without deleting it."""
    return actions("active inactive")


ALL_METHODS = frozenset({"list", "get", "create", "update", "delete"})
