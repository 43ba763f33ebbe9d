"""``put`` and ``act``: what other programs and scripts want written. They only write locally; ``sync`` sends."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from zbdesk.app import local
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, say
from zbdesk.cli.place import Place
from zbdesk.domain.errors import SetupError, UsageError


class UnreadableDocuments(SetupError):
    """The file with the documents cannot be read as JSON."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read: {reason}.",
            "It holds a JSON list of documents, or one JSON object a line. Nothing was taken from it.",
            subject=str(path),
        )


class UnreadableData(UsageError):
    """``--data`` is no JSON object."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"--data cannot be read: {reason}.", 'Write a JSON object, as in {"amount": "12.50"}.')


def put(
    context: typer.Context,
    module: str,
    file: Annotated[Path, typer.Argument(help="A JSON list, or one object a line; - reads standard input.")],
    *,
    source: Annotated[str, typer.Option(help="Where the documents come from.")] = "default",
    json: JsonOption = False,
) -> None:
    """Hand over documents: a new source id makes a record, a known one changes it. The next sync sends them."""
    place: Place = context.obj
    raws = read_documents(file)
    with place.open() as desk:
        results = local.put(desk, module, raws, source=source)
    refused = [result for result in results if result.result == "refused"]
    if json:
        document(
            [
                {
                    "source_id": result.source_id or None,
                    "local_id": result.local_id,
                    "result": result.result,
                    "errors": [{"field": error.field, "message": error.message} for error in result.errors],
                }
                for result in results
            ]
        )
    for result in refused:
        say(*(f"{result.source_id or 'a document without source_id'}: {error.message}" for error in result.errors))
    say(f"{len(results) - len(refused)} documents taken, {len(refused)} refused.")
    raise typer.Exit(Exit.ATTENTION if refused else Exit.OK)


def act(
    context: typer.Context,
    module: str,
    key: Annotated[str, typer.Argument(help="Local id, Zoho id, number or SOURCE:ID.")],
    action: Annotated[str, typer.Argument(help="send, void, delete, pay, activate, deactivate, ...")],
    *,
    data: Annotated[str, typer.Option(help="What the action needs, as a JSON object.")] = "{}",
    json: JsonOption = False,
) -> None:
    """One command on one record; it leaves with the next sync."""
    place: Place = context.obj
    wanted = read_data(data)
    with place.open() as desk:
        local_id = local.act(desk, module, key, action, wanted)
    if json:
        document({"local_id": local_id, "action": action, "result": "pending"})
    say(f"{action} is noted and leaves with the next sync.")


def read_documents(path: Path) -> list[Mapping[str, object]]:
    """The documents of a file. Numbers are read exactly. Raises ``UnreadableDocuments`` with line and column."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableDocuments(path, getattr(error, "strerror", None) or "it is not UTF-8 text") from error
    found = _whole(text, path) if text.lstrip().startswith("[") else _by_line(text, path)
    for number, one in enumerate(found, 1):
        if not isinstance(one, dict):
            raise UnreadableDocuments(path, f"document {number} is no JSON object")
    return found


def _whole(text: str, path: Path) -> list[Any]:
    try:
        found = _parse(text)
    except ValueError as error:
        raise UnreadableDocuments(path, _where(error)) from error
    return found if isinstance(found, list) else [found]


def _by_line(text: str, path: Path) -> list[Any]:
    """One object a line; a single object over several lines is taken as well."""
    found: list[Any] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_parse(line))
        except ValueError as error:
            if number == 1 or not found:
                return _whole(text, path)
            raise UnreadableDocuments(path, f"line {number}: {_where(error)}") from error
    return found


def _parse(text: str) -> Any:
    try:
        return jsonlib.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no amount")


def _where(error: ValueError) -> str:
    if isinstance(error, jsonlib.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return str(error)


def read_data(text: str) -> dict[str, object]:
    """The object behind ``--data``. Raises ``UnreadableData``."""
    try:
        found = _parse(text)
    except ValueError as error:
        raise UnreadableData(_where(error)) from error
    if not isinstance(found, dict):
        raise UnreadableData("it is no JSON object")
    return found
