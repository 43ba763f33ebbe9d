"""What Zoho's servers can answer, as classes of ``domain.errors``; each constructor writes the words.

    TransientError   NetworkDown, NotSent, TimedOut, UntrustedCertificate, NotJson, ServerFault, TokenRefused,
                     TokenServerFault
    ThrottledError   CallsThrottled, TokensThrottled, DayReserved
    AuthError        SignInEnded, ClientGone
    RejectedError    NoPermission, NotFound, BadQuestion, Duplicate, Invalid, UnexpectedAnswer
    UnknownOutcome   WriteInDoubt
    SetupError       WrongOrganization; what keeps a sign-in from coming about stands in ``sign_in_errors.py``

Invariant: no token, secret, code or customer's data in any of them. Zoho's own message is customer's data only where
it names a record, and stands in ``RejectedError.reason`` and ``message``, which the person needs to see.
Which class an answer becomes is decided in ``answers.py``.
"""

from __future__ import annotations

from datetime import datetime

from zbdesk.domain.errors import (
    Action,
    AuthError,
    Budget,
    RejectedError,
    SetupError,
    ThrottledError,
    TransientError,
    UnknownOutcomeError,
)

# ---- nobody's fault for long


class NetworkDown(TransientError):
    """No connection, or it broke before the answer was complete."""

    def __init__(self) -> None:
        super().__init__(
            "Zoho could not be reached.",
            "Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.",
            code="network",
        )


class NotSent(NetworkDown):
    """No connection came about, so nothing was sent: a write may be repeated safely."""


class TimedOut(TransientError):
    """No answer in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Zoho did not answer within {seconds:g} seconds.",
            "The connection or Zoho is slow at the moment. zbdesk tries again by itself.",
            code="timeout",
        )


class UntrustedCertificate(TransientError):
    """The server's certificate is not accepted: clock, or a company network that opens TLS."""

    default_action = Action.CHECK_SETTINGS

    def __init__(self) -> None:
        super().__init__(
            "The secure connection to Zoho was refused by this computer.",
            "Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask "
            "whether its own certificate must be installed.",
            code="certificate",
        )


class NotJson(TransientError):
    """HTML or nothing where Zoho sends JSON: a proxy, a sign-on page of a network, a maintenance page."""

    def __init__(self, http_status: int) -> None:
        super().__init__(
            "The answer did not come from Zoho Books.",
            "Something between this computer and Zoho answered instead: a proxy, a network's "
            "sign-on page or Zoho's maintenance page. zbdesk tries again by itself.",
            code=f"http_{http_status}",
        )


class ServerFault(TransientError):
    """Zoho's own failure. ``http_status`` 0: no answer came at all."""

    def __init__(self, http_status: int, *, retry_after: float | None = None, code: str | None = None) -> None:
        said = "It answers, but not what was asked." if http_status else "It does not answer what is sent to it."
        super().__init__(
            "Zoho Books has a fault at the moment.",
            f"{said} zbdesk tries again by itself; nothing is lost.",
            retry_after=retry_after,
            code=code or f"http_{http_status}",
        )


class TokenRefused(TransientError):
    """A token that Zoho has just issued is refused. Seen while a new token spreads between Zoho's servers."""

    def __init__(self, code: str | None) -> None:
        super().__init__(
            "Zoho refused a sign-in that it has just renewed.",
            "This usually passes. If it stays, check in Zoho that the user still has access to the organization.",
            code=code,
        )


class TokenServerFault(TransientError):
    """The accounts server answered something that says nothing about the sign-in; the tokens stay as they are."""

    def __init__(self, region: str, *, http_status: int, word: str | None = None) -> None:
        super().__init__(
            "Zoho's sign-in server gave no usable answer.",
            f"{region} answered something else: a fault there, or a proxy or a network's sign-on page in between. "
            "What is here stays as it is; try again in a few minutes (syncing does so by itself).",
            code=word or f"http_{http_status}",
        )


# ---- budgets


class CallsThrottled(ThrottledError):
    """Zoho refuses calls of this organization until a time."""

    def __init__(self, budget: Budget, wait: float, until: datetime, code: str | None = None) -> None:
        why = {
            Budget.DAY: "The organization's calls for today are used up.",
            Budget.PARALLEL: "Too many programs ask this organization at the same time.",
        }.get(budget, "The organization made more calls in a minute than Zoho allows; other programs count too.")
        super().__init__(
            f"Zoho Books asks for a pause until {until:%Y-%m-%d %H:%M} UTC.",
            f"{why} zbdesk makes no call before then and goes on where it stopped.",
            budget=budget,
            wait=wait,
            code=code,
        )


class DayReserved(ThrottledError):
    """What is left of the day's calls is kept for the person's own clicks."""

    def __init__(self, wait: float, used: int, limit: int) -> None:
        super().__init__(
            f"{used:,} of today's {limit:,} Zoho Books calls are used.",
            "The rest is kept for what you do yourself; syncing in the background goes on after the organization's "
            "midnight.",
            budget=Budget.DAY,
            wait=wait,
            code="day_reserve",
        )


class TokensThrottled(ThrottledError):
    """Too many token requests. Asking again early makes the lock longer, so nothing is asked before ``wait``."""

    def __init__(self, wait: float) -> None:
        super().__init__(
            "Zoho's sign-in server asks for a pause.",
            f"Too many sign-ins or renewals in a short time. Try again in {max(1, round(wait / 60))} minutes; the "
            "sign-in itself is in order.",
            budget=Budget.TOKEN,
            wait=wait,
            code="access_denied",
        )


# ---- the sign-in no longer holds


class SignInEnded(AuthError):
    """The refresh token is not accepted any more."""

    def __init__(self, region: str, word: str) -> None:
        super().__init__(
            "Zoho no longer accepts this sign-in.",
            f"It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user ({region}). Sign in "
            "again; what is already here stays, and syncing goes on from there.",
            code=word,
        )


class ClientGone(AuthError):
    """The client id or secret is not accepted any more."""

    def __init__(self, region: str, word: str) -> None:
        super().__init__(
            "Zoho no longer knows this client.",
            f"Its id or secret was changed or deleted in the API console ({region}). Connect again with the new ones; "
            "what is already here stays.",
            code=word,
        )


# ---- Zoho understood and refused


class NoPermission(RejectedError):
    """The user's role, the plan or the granted scopes do not cover this part of Zoho Books."""

    cause = "permission"

    def __init__(self, part: str, *, http_status: int, code: str | None, reason: str) -> None:
        super().__init__(
            f"Zoho Books does not allow access to {part}.",
            "The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your "
            "Zoho Books administrator, or connect again with this part included.",
            http_status=http_status,
            code=code,
            reason=reason,
            action=Action.SIGN_IN,
            subject=part,
        )


class NotFound(RejectedError):
    """The record does not exist in Zoho Books (any more)."""

    cause = "deleted_in_zoho"

    def __init__(self, part: str, *, http_status: int, code: str | None, reason: str) -> None:
        super().__init__(
            "This record does not exist in Zoho Books.",
            f"Zoho says: {reason}" if reason else "It was deleted or merged there.",
            http_status=http_status,
            code=code,
            reason=reason,
            subject=part,
        )


class BadQuestion(RejectedError):
    """Zoho does not accept a parameter or an address: this program or its catalogue is wrong, not the record."""

    cause = "validation"

    def __init__(self, part: str, *, http_status: int, code: str | None, reason: str) -> None:
        super().__init__(
            f"Zoho Books did not accept the way {part} was asked for.",
            f"Zoho says: {reason} (code {code}). This is a fault in zbdesk; please report it.",
            http_status=http_status,
            code=code,
            reason=reason,
            action=Action.REPORT,
            subject=part,
        )


class Duplicate(RejectedError):
    """Number or name is taken. ``cause`` says which."""

    def __init__(self, part: str, *, http_status: int, code: str | None, reason: str, cause: str) -> None:
        self.cause = cause
        what = "number" if cause == "duplicate_number" else "name"
        super().__init__(
            f"Zoho Books already has a record with this {what}.",
            f"Zoho says: {reason}",
            http_status=http_status,
            code=code,
            reason=reason,
            subject=part,
        )


class Invalid(RejectedError):
    """Anything else that Zoho refuses: its message, verbatim, with its code."""

    cause = "validation"

    def __init__(self, part: str, *, http_status: int, code: str | None, reason: str, hint: str = "") -> None:
        said = f"Zoho says: {reason}" if reason else "Zoho gave no reason."
        super().__init__(
            "Zoho Books did not accept this.",
            f"{said} {hint}".strip(),
            http_status=http_status,
            code=code,
            reason=reason,
            subject=part,
        )


class NamesNothing(RejectedError):
    """Something that a new record names does not exist in Zoho Books: a customer, an item, a tax."""

    cause = "unknown_reference"

    def __init__(self, part: str, *, http_status: int, code: str | None, reason: str) -> None:
        super().__init__(
            "Something that this record names does not exist in Zoho Books any more.",
            f"Zoho says: {reason}" if reason else "It was deleted or merged there.",
            http_status=http_status,
            code=code,
            reason=reason,
            subject=part,
        )


class UnexpectedAnswer(RejectedError):
    """A good answer that lacks what it must hold. Never taken for "no records"."""

    cause = "zoho_unavailable"

    def __init__(self, part: str, lacking: str) -> None:
        super().__init__(
            f"Zoho Books answered about {part} in a form that zbdesk does not know.",
            f"The answer has no {lacking}. Nothing was changed here; please report it.",
            http_status=200,
            code="unexpected_answer",
            reason="",
            action=Action.REPORT,
            subject=part,
        )


class WriteInDoubt(UnknownOutcomeError):
    """A write left this computer and no usable answer came."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "It is not known yet whether Zoho Books took this over.",
            f"{detail} zbdesk looks the record up before it sends anything again.",
            code="unknown_outcome",
        )


# ---- set differently from what the program needs


class WrongOrganization(SetupError):
    """Code 6041: the signed-in user is no member of this organization, or it lives in another data centre."""

    def __init__(self, organization_id: str) -> None:
        super().__init__(
            "The signed-in user has no access to this organization.",
            f"Organization {organization_id} belongs to another user or another data centre. Connect again and choose "
            "the organization from the list.",
            action=Action.SIGN_IN,
            subject=organization_id,
            code="6041",
        )
