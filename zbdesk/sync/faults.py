"""What a failure means for a pass: one record, one module, or everything. No clock, no database, no network.

Levels are told apart by class, never by words: what Zoho says is shown, not read.
"""

from __future__ import annotations

from enum import IntEnum

from zbdesk.domain.errors import (
    AuthError,
    RejectedError,
    StorageError,
    ThrottledError,
    TransientError,
    VaultError,
    ZbdeskError,
)
from zbdesk.zoho.errors import NetworkDown, TokenServerFault, UntrustedCertificate

NOT_AUTHORISED = "57"
GONE_CODES = frozenset({"1002", "1004"})
ENOUGH = 3
"""Lists that fail one after the other without a single answer: Zoho as a whole is away, not these lists."""


class Reach(IntEnum):
    """How far a failure reaches; the larger wins when several happen at once."""

    MODULE = 1
    """This list failed; the others are read."""

    OFFLINE = 2
    """Nothing can be reached."""

    EVERYTHING = 3
    """Organization-wide or local: no further call makes sense."""


def reach(error: ZbdeskError) -> Reach:
    """Say how far ``error`` reaches. Without a sign-in server or a secure connection no list can be read."""
    if isinstance(error, NetworkDown | UntrustedCertificate):
        return Reach.OFFLINE
    if isinstance(error, TransientError | RejectedError) and not isinstance(error, TokenServerFault):
        return Reach.MODULE
    return Reach.EVERYTHING


def gravest(errors: list[ZbdeskError]) -> ZbdeskError:
    """Of several failures at once, the one to tell: lost disk or sign-in before a throttle before the network."""
    order = (StorageError, VaultError, AuthError, ThrottledError)

    def weight(error: ZbdeskError) -> tuple[int, int]:
        rank = next((len(order) - place for place, kind in enumerate(order) if isinstance(error, kind)), 0)
        return reach(error), rank

    return max(errors, key=weight)


def is_gone(error: ZbdeskError) -> bool:
    """Whether Zoho says by id that there is no such record (its code; a 404 of the address alone proves nothing)."""
    return isinstance(error, RejectedError) and error.http_status in {400, 404} and error.code in GONE_CODES


def lacks_permission(error: ZbdeskError) -> bool:
    """Whether the role, the scopes or the plan do not cover this module (code 57 that a new token did not cure)."""
    return isinstance(error, RejectedError) and error.code == NOT_AUTHORISED


def is_unavailable(error: ZbdeskError) -> bool:
    """Whether a list does not exist for this organization: its edition or plan lacks the module."""
    return isinstance(error, RejectedError) and (error.http_status in {404, 405} or lacks_permission(error))
