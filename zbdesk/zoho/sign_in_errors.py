"""What keeps a sign-in from coming about, as classes of ``domain.errors``; each constructor writes the words.

    SetupError       UntrustedServer, UnknownDataCentre, BadOrigin, PortTaken,
                     SignInError ── WrongClientId, WrongClientSecret, RedirectNotRegistered, ScopeRefused,
                                    ConsentRefused, CodeNotAccepted, NoRefreshToken, SignInFailed

Invariant: no token, secret or code in any of them. What ends a sign-in that held stands in ``errors.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from zbdesk.domain.errors import Action, SetupError


class UntrustedServer(SetupError):
    """An address outside the allowed hosts. It never gets a code, a secret or a token."""

    def __init__(self, address: str) -> None:
        super().__init__(
            "The sign-in was sent to an address that does not belong to Zoho.",
            f"It named {address}. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, "
            "check the data centre and this computer for unwanted software.",
            subject=address,
            code="untrusted_server",
        )


class UnknownDataCentre(SetupError):
    """A region's name that is in no table."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no data centre “{name}”.",
            f"Known are {', '.join(known)} and custom. It is the ending of the address at which you open Zoho Books.",
            subject=name,
        )


class BadOrigin(SetupError):
    """An accounts or API address that cannot be used."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"The address {address} cannot be used.", why, subject=address)


class PortTaken(SetupError):
    """No port of the list is free for the sign-in's answer."""

    default_action = Action.CLOSE_OTHER

    def __init__(self, ports: Sequence[int]) -> None:
        shown = ", ".join(str(port) for port in ports)
        super().__init__(
            f"Another program uses port {shown}." if len(ports) == 1 else f"Other programs use the ports {shown}.",
            "The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or "
            "enter another port that is registered as redirect in Zoho's API console.",
            subject=shown,
        )


class SignInError(SetupError):
    """The sign-in did not come about. ``code`` is Zoho's word for it. What was there before stays as it was."""


class WrongClientId(SignInError):
    """``invalid_client``."""

    def __init__(self, region: str, word: str) -> None:
        super().__init__(
            "Zoho does not know this client ID.",
            f"In {region} no client with this ID exists. Compare it with the API console of that data centre, and "
            "check that the data centre is the one in the address of your Zoho Books.",
            action=Action.OPEN_CONSOLE,
            code=word,
        )


class WrongClientSecret(SignInError):
    """``invalid_client_secret``."""

    def __init__(self, region: str, word: str) -> None:
        super().__init__(
            "The client secret is wrong.",
            f"Zoho ({region}) knows the client ID, but not with this secret. Copy it again from the API console; "
            "without the switch for all data centres each one has its own secret.",
            action=Action.OPEN_CONSOLE,
            code=word,
        )


class RedirectNotRegistered(SignInError):
    """``invalid_redirect_uri``."""

    def __init__(self, redirect_uri: str, word: str) -> None:
        super().__init__(
            "The redirect address is not registered for this client.",
            f"Add {redirect_uri or 'the redirect address'} to the client's authorized redirect URIs in the API "
            "console, exactly as written, then sign in again.",
            action=Action.OPEN_CONSOLE,
            subject=redirect_uri,
            code=word,
        )


class ScopeRefused(SignInError):
    """``invalid_scope``."""

    def __init__(self, region: str, word: str) -> None:
        super().__init__(
            "Zoho does not grant the permissions that were asked for.",
            f"One of the chosen parts of Zoho Books cannot be granted to this client in {region}. Choose fewer parts, "
            "or create the client in the API console of the right data centre.",
            code=word,
        )


class ConsentRefused(SignInError):
    """``access_denied``: somebody chose Reject on Zoho's page."""

    default_action = Action.RETRY

    def __init__(self, word: str) -> None:
        super().__init__(
            "Access was refused on Zoho's page.",
            "Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has "
            "access to the organization.",
            code=word,
        )


class CodeNotAccepted(SignInError):
    """``invalid_code`` for an authorization or grant code."""

    default_action = Action.RETRY

    def __init__(self, region: str, word: str, *, grant: bool) -> None:
        life = "3 to 10 minutes" if grant else "two minutes"
        super().__init__(
            "Zoho did not accept the code.",
            f"A code works once and for {life}, and only in the data centre that made it (asked was {region}). Make a "
            "new one; if that fails too, check the data centre.",
            code=word,
        )


class NoRefreshToken(SignInError):
    """The answer held no refresh token and none is known: the connection would end after an hour."""

    default_action = Action.RETRY

    def __init__(self) -> None:
        super().__init__(
            "Zoho gave no lasting permission.",
            "Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the "
            "client-based (JavaScript) type cannot be used; a server-based one can.",
            action=Action.OPEN_CONSOLE,
            code="no_refresh_token",
        )


class SignInFailed(SignInError):
    """A word that is in no table."""

    default_action = Action.RETRY

    def __init__(self, region: str, word: str) -> None:
        super().__init__(
            "The sign-in did not come about.",
            f"Zoho ({region}) answered “{word}”. Try again; if it stays, check client ID, secret and data centre.",
            code=word,
        )
