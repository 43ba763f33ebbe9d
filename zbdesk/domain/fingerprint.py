"""By what a person and the program tell one organization from another. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zbdesk.domain.views import Organization

_COMMON = frozenset({"the", "al", "company", "firma", "gesellschaft"})


@dataclass(frozen=True, slots=True)
class Guard:
    """Why it is asked: ``before`` is the organization that was in use, ``changed`` what is another than it was.

    ``changed``: (what, before, now) with ``currency``, ``country`` or ``tax_id``.
    """

    before: str = ""
    changed: tuple[tuple[str, str, str], ...] = ()


def short_name(organization: Organization, before: str = "") -> str:
    """What a person types to confirm it: the first word of its name that the organization ``before`` has not."""
    words = [word.strip(".,&()") for word in organization.name.split()]
    telling = [word for word in words if len(word) > 1 and word.casefold() not in _COMMON]
    others = {word.strip(".,&()").casefold() for word in before.split()}
    own = [word for word in telling if word.casefold() not in others]
    return next(iter([*own, *telling]), organization.name)


def is_confirmed(organization: Organization, typed: str, before: str = "") -> bool:
    """Whether this is the organization's short or whole name, whatever its capitals."""
    wanted = {short_name(organization, before).casefold(), organization.name.casefold()}
    return " ".join(typed.split()).casefold() in wanted


def differences(before: Organization, now: Organization) -> tuple[tuple[str, str, str], ...]:
    """What of currency, country and tax ID is another than it was; what one side does not say does not count."""
    pairs = (
        ("currency", before.currency_code, now.currency_code),
        ("country", before.country, now.country),
        ("tax_id", before.tax_id, now.tax_id),
    )
    return tuple((what, was, is_) for what, was, is_ in pairs if was and is_ and was != is_)
