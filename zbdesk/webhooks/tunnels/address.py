"""Public addresses: which a person may paste, and how the listener's path is put behind one. Pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from zbdesk.domain.errors import UsageError

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_DEFAULT_PORTS = {"https": 443, "http": 80}
LONGEST = 2_000
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
_PATH = re.compile(r"[A-Za-z0-9/._~%!$&'()*+,;=:@-]*")


class BadAddress(UsageError):
    """This address cannot be used: it says why, and what one looks like."""

    def __init__(self, reason: str, *, example: str = "https://hooks.example.com") -> None:
        super().__init__(
            "This address cannot be used.", f"{reason} It should look like {example}.", code="webhook_address"
        )


def checked(text: str, *, private_http: bool = False) -> str:
    """Return a web address in its plain form, without a slash at its end; a path prefix is kept.

    Only https, or http on this computer; with ``private_http`` http anywhere. No user name, no query, no fragment.
    Raises ``BadAddress``.
    """
    text = text.strip()
    if len(text) > LONGEST or any(ord(char) <= 0x20 or ord(char) == 0x7F or char == "\\" for char in text):
        raise BadAddress("It holds spaces or signs that no web address has, or it is too long.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as exc:
        raise BadAddress("It is not a web address.") from exc
    _check(parts, host, private_http=private_http)
    name = _ascii(host)
    if not _NAME.fullmatch(name) and not _is_ipv6(name):
        raise BadAddress("It names no computer that can be looked up.")
    shown = f"[{name}]" if ":" in name else name
    tail = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{shown}{tail}{parts.path.rstrip('/')}"


def _check(parts: SplitResult, host: str, *, private_http: bool) -> None:
    if parts.scheme not in _DEFAULT_PORTS:
        raise BadAddress("It must begin with https://.")
    if not host:
        raise BadAddress("It names no computer.")
    if "@" in parts.netloc:
        raise BadAddress("It holds a user name or password, which would be seen by everybody on the way.")
    if parts.query or parts.fragment or parts.scheme + "://" + parts.netloc + parts.path != parts.geturl():
        raise BadAddress("Leave out everything from the question mark or the number sign on.")
    if not _PATH.fullmatch(parts.path):
        raise BadAddress("Its path holds signs that have to be written in another way there.")
    if parts.scheme == "http" and not private_http and not is_loopback(host):
        raise BadAddress("It must begin with https://: over http everybody on the way could read your records.")


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as exc:
        raise BadAddress("Its name cannot be written as a web address.") from exc


def _is_ipv6(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).version == 6
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself."""
    return host.lower() in _LOOPBACK or host.startswith("127.")


def joined(base: str, path: str) -> str:
    """Put the listener's path behind a public address; one that was pasted with it already stays as it is."""
    base = base.rstrip("/")
    return base if base.endswith(path) else base + path


def origin_of(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port, by which "the same server" is told."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
