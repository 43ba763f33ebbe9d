"""A request's body as JSON, read strictly: what two programs could read differently is refused. Pure."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from zbdesk.sources.http.problem import Problem

DEEPEST = 32
"""Levels of lists and objects: a document has five."""

_LONGEST_NUMBER = 60


class _Bad(ValueError):
    pass


def parse(body: bytes) -> Any:
    """The value in a body: amounts as ``Decimal``. Raises ``Problem`` 400 with the place where it ends to be JSON."""
    if not body.strip():
        raise _problem("The body is empty.", "Send one JSON value.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _problem("The body is not UTF-8 text.", f"Byte {error.start} cannot be read.") from error
    if text.startswith("\ufeff"):
        raise _problem("The body begins with a byte order mark.", "Send UTF-8 without one.")
    if _depth(text) > DEEPEST:
        raise _problem("The body is nested too deeply.", f"At most {DEEPEST} levels are taken.")
    try:
        found = json.loads(
            text,
            parse_float=_number,
            parse_int=_whole,
            parse_constant=_no_number,
            object_pairs_hook=_distinct,
        )
    except json.JSONDecodeError as error:
        raise _problem("The body is not JSON.", f"Line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except _Bad as error:
        raise _problem("The body is not JSON that has only one meaning.", str(error)) from error
    if _is_unstorable(found):
        raise _problem("The body holds a NUL character or half of a character.", "Leave it out: no text needs it.")
    return found


def _problem(title: str, detail: str) -> Problem:
    return Problem(400, "bad-json", title, detail)


def _depth(text: str) -> int:
    """The deepest nesting, without building anything: a parser that recurses would run out of stack."""
    depth = deepest = 0
    quoted = escaped = False
    for char in text:
        if quoted:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                quoted = False
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                return deepest
        elif char in "]}":
            depth -= 1
    return deepest


def _number(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise _Bad(f"A number has more than {_LONGEST_NUMBER} characters.")
    number = Decimal(text)
    # 1e999999 is a short text and a long amount.
    if not -_LONGEST_NUMBER < number.adjusted() < _LONGEST_NUMBER:
        raise _Bad("A number is too large or too small.")
    return number


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise _Bad(f"A number has more than {_LONGEST_NUMBER} characters.")
    return int(text)


def _no_number(word: str) -> NoReturn:
    raise _Bad(f"{word} is no number.")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Bad(f"The name “{twice[:80]}” stands twice in one object.")
    return found


def _is_unstorable(value: Any) -> bool:
    """Whether a text anywhere holds what no database keeps: NUL, or half of a surrogate pair."""
    if isinstance(value, str):
        return "\0" in value or any(0xD800 <= ord(char) <= 0xDFFF for char in value)
    if isinstance(value, dict):
        return any(_is_unstorable(name) or _is_unstorable(one) for name, one in value.items())
    return isinstance(value, list) and any(_is_unstorable(one) for one in value)
