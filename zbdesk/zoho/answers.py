"""From status, code and message of an answer to the failure it means: the table, and the order in which it is asked.

Pure. By HTTP status first (5xx, 404), with the codes before it that mean the same under any status; whatever is in no
table is a validation failure with Zoho's words. 429 and 401 are the client's own business, before this is asked.
Sources: www.zoho.com/books/api/v3/errors/ and codes seen by integrators; several come with other statuses than
documented (57 with 400 and 403, 1002 with 400).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from zbdesk.domain.errors import ZbdeskError
from zbdesk.zoho.errors import (
    BadQuestion,
    Duplicate,
    Invalid,
    NoPermission,
    NotFound,
    ServerFault,
    WrongOrganization,
)


class Meaning(Enum):
    """What a code says, whatever the status."""

    PERMISSION = auto()
    NOT_FOUND = auto()
    BAD_QUESTION = auto()
    WRONG_ORGANIZATION = auto()
    SERVER = auto()
    DUPLICATE_NUMBER = auto()
    DUPLICATE_NAME = auto()
    INVALID = auto()


CODES: Mapping[str, tuple[Meaning, str]] = MappingProxyType(
    {
        "2": (Meaning.BAD_QUESTION, ""),
        "5": (Meaning.BAD_QUESTION, ""),
        "1025": (Meaning.BAD_QUESTION, ""),
        "1038": (Meaning.BAD_QUESTION, ""),
        "57": (Meaning.PERMISSION, ""),
        "1000": (Meaning.SERVER, ""),
        "1002": (Meaning.NOT_FOUND, ""),
        "1004": (Meaning.NOT_FOUND, ""),
        "6041": (Meaning.WRONG_ORGANIZATION, ""),
        "3062": (Meaning.DUPLICATE_NAME, ""),
        "11002": (Meaning.DUPLICATE_NAME, ""),
        "13011": (Meaning.DUPLICATE_NUMBER, ""),
        "1001": (Meaning.INVALID, "The number may be taken already, or a named record cannot be used here."),
        "3032": (Meaning.INVALID, "Check place of supply: IGST is for other states, CGST and SGST for the same."),
        "13009": (Meaning.INVALID, "Choose an account for each line of the bill."),
        "71510": (Meaning.INVALID, "Check the reverse charge settings."),
        "71512": (Meaning.INVALID, "Reverse charge needs a reverse charge tax on the lines."),
        "108004": (Meaning.INVALID, "The bank line is matched with another account already."),
        "110817": (Meaning.INVALID, "Switch sales tax on in Zoho Books, Settings, Taxes."),
        "110942": (Meaning.INVALID, "Take the tax off this journal line."),
    }
)

_GOOD = re.compile(rb'\s*\{\s*"code"\s*:\s*0\s*,')


class Envelope(NamedTuple):
    """The two fields that every answer has. ``code`` as text; None where the answer has none."""

    code: str | None
    message: str


class _Sent(msgspec.Struct):
    code: int | str | None = None
    message: str | None = None


_decoder = msgspec.json.Decoder(_Sent)


def looks_good(body: bytes) -> bool:
    """Whether the bytes are Zoho's usual good answer, told by both ends: a whole page is not parsed just for this."""
    return _GOOD.match(body) is not None and body.rstrip()[-1:] == b"}"


def envelope(body: bytes) -> Envelope | None:
    """Code and message of an answer; None where it is no JSON object."""
    try:
        sent = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    code = None if sent.code is None or sent.code == "" else str(sent.code)
    return Envelope(code, sent.message or "")


def failure(
    part: str, http_status: int, told: Envelope, *, organization_id: str, retry_after: float | None = None
) -> ZbdeskError:
    """The failure that an answer means. ``part`` names the module or path for people."""
    code, reason = told
    meaning, hint = CODES.get(code or "", (None, ""))
    if meaning is None:
        meaning = _by_status(http_status, code)
    if meaning is Meaning.WRONG_ORGANIZATION:
        return WrongOrganization(organization_id)
    if meaning is Meaning.SERVER or http_status >= 500:
        return ServerFault(http_status, retry_after=retry_after, code=code)
    if (cause := _DUPLICATES.get(meaning)) is not None:
        return Duplicate(part, http_status=http_status, code=code, reason=reason, cause=cause)
    if (kind := _REFUSED.get(meaning)) is not None:
        return kind(part, http_status=http_status, code=code, reason=reason)
    return Invalid(part, http_status=http_status, code=code, reason=reason, hint=hint)


_DUPLICATES = {Meaning.DUPLICATE_NUMBER: "duplicate_number", Meaning.DUPLICATE_NAME: "duplicate_name"}
_REFUSED: Mapping[Meaning, type[NoPermission | NotFound | BadQuestion]] = MappingProxyType(
    {Meaning.PERMISSION: NoPermission, Meaning.NOT_FOUND: NotFound, Meaning.BAD_QUESTION: BadQuestion}
)


def _by_status(http_status: int, code: str | None) -> Meaning:
    """What the status alone says. A 404 is about a record only if Zoho gave it a code; else about the address."""
    if http_status == 404:
        return Meaning.BAD_QUESTION if code in {None, "0"} else Meaning.NOT_FOUND
    return {403: Meaning.PERMISSION, 405: Meaning.BAD_QUESTION}.get(http_status, Meaning.INVALID)
