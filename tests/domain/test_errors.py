"""Every failure says what is so, why, and what to do about it."""

from __future__ import annotations

import pytest

from zbdesk.domain.errors import (
    Action,
    AuthError,
    Budget,
    InterruptedByUser,
    RejectedError,
    SetupError,
    StorageError,
    ThrottledError,
    TransientError,
    UnknownOutcomeError,
    VaultError,
    ZbdeskError,
)


@pytest.mark.parametrize(
    ("family", "action"),
    [
        (ZbdeskError, Action.NONE),
        (AuthError, Action.SIGN_IN),
        (UnknownOutcomeError, Action.WAIT),
        (StorageError, Action.FREE_SPACE),
        (VaultError, Action.UNLOCK_KEYCHAIN),
        (SetupError, Action.CHECK_SETTINGS),
        (InterruptedByUser, Action.NONE),
    ],
)
def test_each_family_has_its_button(family: type[ZbdeskError], action: Action) -> None:
    """What a person can do follows from the kind of failure, unless this one knows better."""
    assert family("Fact.").action is action
    assert family("Fact.", action=Action.REPORT).action is Action.REPORT


def test_words_come_before_causes() -> None:
    """The text of a failure is its title and its message, without a stray blank."""
    failure = ZbdeskError("The disk is full.", "Free some space.", subject="/data", code="x")
    assert str(failure) == "The disk is full. Free some space."
    assert str(ZbdeskError("The disk is full.")) == "The disk is full."
    assert (failure.subject, failure.code) == ("/data", "x")


def test_transient_failures_know_when_to_come_back() -> None:
    """A server's own hint of how long to wait is kept."""
    failure = TransientError("Zoho is busy.", retry_after=5.0, code="1000")
    assert (failure.retry_after, failure.code, failure.action) == (5.0, "1000", Action.RETRY)


def test_throttled_failures_name_the_budget() -> None:
    """Which allowance ran out, and for how long."""
    failure = ThrottledError("Too many calls.", budget=Budget.DAY, wait=60.0, code="45")
    assert (failure.budget, failure.wait, failure.code, failure.action) == (Budget.DAY, 60.0, "45", Action.WAIT)


def test_rejected_failures_keep_zohos_words() -> None:
    """Zoho's own message and code are kept as they were sent."""
    failure = RejectedError("Refused.", http_status=400, code="3062", reason="exists", subject="INV-1")
    assert (failure.http_status, failure.code, failure.reason, failure.subject) == (400, "3062", "exists", "INV-1")
    assert failure.action is Action.EDIT_RECORD
