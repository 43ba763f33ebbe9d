"""What a program is told when something does not go: RFC 9457 problem details, with faults by field.

``type`` is a stable word below ``urn:zbdesk:problem:``; ``title`` and ``detail`` are for people; ``errors`` names
fields as JSON pointers and as paths (``line_items[0].rate``). Nothing here repeats a token or another record's data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zbdesk.domain.errors import (
    AuthError,
    RejectedError,
    StorageError,
    ThrottledError,
    TransientError,
    UnknownOutcomeError,
    UsageError,
    VaultError,
    ZbdeskError,
)

MEDIA_TYPE = "application/problem+json"
URN = "urn:zbdesk:problem:"

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong: ``field`` as a path, and a sentence."""

    field: str
    message: str

    @property
    def pointer(self) -> str:
        """The field as a JSON pointer (RFC 6901)."""
        parts = [name or place for name, place in _PART.findall(self.field)]
        return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


class Problem(Exception):
    """The answer to a request that is not carried out."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str = "",
        *,
        errors: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.code = code

    def body(self, instance: str = "") -> bytes:
        """The problem as JSON."""
        found: dict[str, object] = {"type": URN + self.kind, "title": self.title, "status": self.status}
        if self.detail:
            found["detail"] = self.detail
        if instance:
            found["instance"] = instance
        if self.code:
            found["code"] = self.code
        if self.errors:
            found["errors"] = [
                {"pointer": one.pointer, "field": one.field, "detail": one.message} for one in self.errors
            ]
        return json.dumps(found, ensure_ascii=False).encode()


def refused(errors: Iterable[Fault]) -> Problem:
    """A document with faults."""
    return Problem(422, "refused", "The document cannot be taken.", "Nothing was written.", errors=errors)


def of(error: ZbdeskError) -> Problem:  # noqa: PLR0911 - one case a family
    """What a failure of ours is to a program. Faults by field are the caller's business."""
    if isinstance(error, RejectedError):
        status = error.http_status if 400 <= error.http_status < 500 and error.http_status != 401 else 422
        return Problem(status, "zoho-refused", error.title, error.reason or error.message, code=error.code)
    if isinstance(error, ThrottledError):
        wait = {"Retry-After": str(max(1, round(error.wait)))}
        return Problem(429, "zoho-budget", error.title, error.message, headers=wait, code=error.code)
    if isinstance(error, AuthError):
        return Problem(503, "signed-out", error.title, error.message, code=error.code)
    if isinstance(error, UnknownOutcomeError):
        return Problem(502, "unknown-outcome", error.title, error.message, code=error.code)
    if isinstance(error, TransientError):
        wait = {"Retry-After": str(max(1, round(error.retry_after or 30)))}
        return Problem(503, "zoho-unavailable", error.title, error.message, headers=wait, code=error.code)
    if isinstance(error, StorageError | VaultError):
        return Problem(503, "storage", error.title, error.message, code=error.code)
    if isinstance(error, UsageError):
        return Problem(404, "not-found", error.title, error.message)
    return Problem(409, "not-possible", error.title, error.message, code=error.code)
