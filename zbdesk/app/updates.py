"""Whether there is a newer version: a signed notice, fetched at most once a day, and told. Nothing is downloaded.

The address and the public key come from ``resources/updates/feed.json``, which whoever builds the program fills in; a
build without them looks nowhere. The answer is JSON, ``{"payload": base64, "signature": base64}``: an Ed25519 signature
over ``CONTEXT`` and the payload's bytes, so that no other text signed with the same key can be passed off as a notice.
The payload is ``{"version": "1.2.0", "link": "https://...", "summary": "..."}``. Must not follow redirects, must not
send anything about this computer but the program's name and version. Invariant: what is not signed, or not newer than
what runs, is never shown.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import platformdirs

from zbdesk import __version__
from zbdesk.app import paths
from zbdesk.domain.errors import TransientError, ZbdeskError

if TYPE_CHECKING:
    # The window asks this module what it knows before its first picture, which cannot wait for httpx.
    import httpx

CONTEXT = b"zbdesk update notice 1\n"
MOST = 64 * 1024
"""Bytes of an answer; a notice has a few hundred."""

PATIENCE = 20.0
LONGEST = 300
"""Letters of the summary that are shown."""

_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class FeedUnusable(ZbdeskError):
    """The answer is no notice of ours: not signed with our key, or not readable. Nothing of it is shown."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "What was found about new versions is not from us.",
            f"{reason} It was left alone. zbdesk looks again tomorrow.",
            code="update_feed",
        )


class FeedUnreachable(TransientError):
    """Nobody answered; the next day asks again."""

    def __init__(self, reason: str) -> None:
        super().__init__("Nobody answered about new versions.", f"{reason} zbdesk looks again by itself.")


@dataclass(frozen=True, slots=True)
class Feed:
    """Where to look, and whose signature counts (32 bytes)."""

    address: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Update:
    """A version that is newer than the one that runs; ``link`` is where people read about it."""

    version: str
    link: str
    summary: str = ""


def built_in(folder: Path | None = None) -> Feed | None:
    """What this build looks at; None where nothing was filled in, or where it cannot be used."""
    try:
        file = (folder or paths.resources()) / "updates" / "feed.json"
        stored = json.loads(file.read_text(encoding="utf-8"))
        address, key = str(stored["address"]), base64.b64decode(str(stored["public_key"]), validate=True)
    except (paths.ResourcesMissing, OSError, ValueError, KeyError, TypeError):
        return None
    return Feed(address, key) if _may_ask(address) and len(key) == 32 else None


def forbidden(file: Path | None = None) -> bool:
    """Whether the computer's administrator has switched it off: ``look_for_updates = false`` in the policy file.

    A policy file that cannot be read forbids: whoever wrote one did not mean to allow everything.
    """
    policy = file or policy_file()
    try:
        return tomllib.loads(policy.read_text(encoding="utf-8")).get("look_for_updates", True) is not True
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True


def policy_file() -> Path:
    """Where the administrator of this computer says what holds for everybody on it."""
    return platformdirs.site_config_path("zbdesk", appauthor=False) / "policy.toml"


def newer(version: str, than: str = __version__) -> bool:
    """Whether a version is higher, number by number; one that is no row of numbers never is."""
    return _numbers(version) > (_numbers(than) or (0,)) if _VERSION.fullmatch(version) else False


async def look(feed: Feed, client: httpx.AsyncClient, running: str = __version__) -> Update | None:
    """Ask once. None where nothing newer is there. Raises ``FeedUnreachable`` and ``FeedUnusable``."""
    import httpx

    body = bytearray()
    try:
        plain = {"Accept-Encoding": "identity"}  # a small packed answer must not become a large one
        async with asyncio.timeout(PATIENCE), client.stream("GET", feed.address, headers=plain) as answer:
            if answer.status_code != httpx.codes.OK:
                raise FeedUnreachable("The server gave another answer than a notice.")
            async for part in answer.aiter_raw():
                body += part
                if len(body) > MOST:
                    raise FeedUnusable("It is far too long.")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise FeedUnreachable("The way there is closed, or too slow.") from error
    return await asyncio.to_thread(read, bytes(body), feed.key, running)


def read(body: bytes, key: bytes, running: str = __version__) -> Update | None:
    """The notice in an answer, if it is ours and newer. Raises ``FeedUnusable``."""
    # Takes 60 ms to import; whoever never looks need not wait for it.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        outer = json.loads(body)
        payload = base64.b64decode(outer["payload"], validate=True)
        signature = base64.b64decode(outer["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, CONTEXT + payload)
        notice = json.loads(payload)
        version, link, summary = notice["version"], notice["link"], notice.get("summary", "")
    except InvalidSignature as error:
        raise FeedUnusable("Its signature is another one.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise FeedUnusable("It cannot be read.") from error
    if not (isinstance(version, str) and isinstance(link, str) and isinstance(summary, str)):
        raise FeedUnusable("It cannot be read.")
    if not newer(version, running):
        return None
    if urlsplit(link).scheme != "https":
        raise FeedUnusable("Its link is not an https address.")
    return Update(version, link, " ".join(summary.split())[:LONGEST])


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", version)
    numbers = [int(part) for part in found.group().split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _may_ask(address: str) -> bool:
    """By https only; the computer itself may answer by http, for trying a build."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )
