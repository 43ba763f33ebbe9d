"""``conflicts`` and ``problems``: what waits for a person, and what the person says to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import typer

from zbdesk.app import fixing, local
from zbdesk.app.desk import NotConnected
from zbdesk.cli import shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import document, say, show
from zbdesk.cli.place import Place
from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import module as find_module

conflicts = typer.Typer(help="Where both sides changed the same field.", invoke_without_command=True)
problems = typer.Typer(help="What could not be done, why, and the way out.", invoke_without_command=True)


class Keep(StrEnum):
    """Which side of a conflict is kept."""

    LOCAL = "local"
    REMOTE = "remote"


class UnreadableChoice(UsageError):
    """A choice for one field is not of the form field=side."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text} is no choice for a field.", "Write --field NAME=local or --field NAME=remote.")


class NothingChosen(UsageError):
    """``retry`` was called without saying what."""

    def __init__(self) -> None:
        super().__init__("Which problem?", "Name one by its id, or use --all.")


@conflicts.callback()
def list_conflicts(context: typer.Context, *, json: JsonOption = False) -> None:
    """List them."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(lambda reader: reader.conflicts()).result()
    if json:
        document([shapes.conflict(view) for view in found])
        return
    lines = [
        f"{view.id}  {view.module} {view.number or view.local_id}: "
        + "; ".join(f"{field.name} here {field.local}, in Zoho Books {field.remote}" for field in view.fields)
        for view in found
    ]
    show("\n".join(lines) or "No conflicts.")


@conflicts.command("resolve")
def resolve(
    context: typer.Context,
    conflict: Annotated[int, typer.Argument(metavar="ID")],
    *,
    keep: Annotated[Keep, typer.Option(help="Which side is kept.")],
    field: Annotated[list[str] | None, typer.Option(help="NAME=local or NAME=remote; may stand several times.")] = None,
) -> None:
    """Settle one conflict; it leaves with the next sync."""
    place: Place = context.obj
    choices = dict(_choice(text) for text in field or ())
    with place.open() as desk:
        local.resolve(desk, conflict, keep.value, choices)
    say("Settled. What it changes leaves with the next sync.")


def _choice(text: str) -> tuple[str, Literal["local", "remote"]]:
    name, equals, side = text.partition("=")
    if not equals or not name:
        raise UnreadableChoice(text)
    if side == "local":
        return name, "local"
    if side == "remote":
        return name, "remote"
    raise UnreadableChoice(text)


@problems.callback()
def list_problems(context: typer.Context, *, json: JsonOption = False) -> None:
    """List them."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(lambda reader: reader.problems()).result()
    if json:
        document([shapes.problem(view) for view in found])
    else:
        show("\n".join(f"{view.id}  {view.message} {view.remedy}" for view in found) or "No problems.")


@problems.command("retry")
def retry(
    context: typer.Context,
    problem: Annotated[int | None, typer.Argument(metavar="ID")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Let one problem, or all, be tried with the next sync."""
    if (problem is None) is not everything:
        raise NothingChosen
    place: Place = context.obj
    with place.open() as desk:
        count = local.retry(desk, () if problem is None else (problem,))
    say(f"{count} will be tried with the next sync.")


@problems.command("dismiss")
def dismiss(
    context: typer.Context,
    problem: Annotated[int, typer.Argument(metavar="ID")],
    *,
    reason: Annotated[str, typer.Option(help="Why, for the history.")] = "",
) -> None:
    """Leave one problem be; it comes back only after a change of its record."""
    place: Place = context.obj
    with place.open() as desk:
        local.dismiss(desk, (problem,), reason)
    say("Dismissed.")


@problems.command("fix")
def fix(
    context: typer.Context,
    problem: Annotated[int, typer.Argument(metavar="ID")],
    *,
    means: Annotated[
        str, typer.Option(help="What the unknown name means, or which record it is: its name or Zoho's id.")
    ] = "",
    json: JsonOption = False,
) -> None:
    """Settle it once for all records with the same cause; without --means, show what there is to choose from."""
    place: Place = context.obj
    with place.open() as desk:
        if means:
            found, chosen = fixing.settle(desk, problem, means)
        else:
            seen = desk.read(lambda reader: reader.fix(problem)).result()
            if seen is None:
                raise NotConnected
            found, chosen = seen, None
    if json:
        document(
            {
                "module": found.module,
                "name": found.name,
                "links": found.links,
                "records": len(found.record_ids),
                "means": None if chosen is None else chosen.remote_id,
                "choices": [
                    {"remote_id": one.remote_id, "name": one.name, "more": one.more or None} for one in found.choices
                ],
            }
        )
    elif chosen is None:
        show(
            "\n".join(f"{one.remote_id}  {one.name}  {one.more}".rstrip() for one in found.choices) or "Nothing there."
        )
    if chosen is None:
        say(f"{len(found.record_ids)} records wait for what “{found.name}” means. Choose with --means.")
    else:
        say(f"“{found.name}” is “{chosen.name}”. {len(found.record_ids)} records go on with the next sync.")


@problems.command("meanings")
def list_meanings(
    context: typer.Context,
    *,
    forget: Annotated[str, typer.Option(metavar="MODULE:NAME", help="Take one back.")] = "",
    json: JsonOption = False,
) -> None:
    """Names in documents that mean a record of Zoho's, as people settled it."""
    place: Place = context.obj
    with place.open() as desk:
        if forget:
            module, _, name = forget.partition(":")
            fixing.take_back(desk, find_module(module).name, name)
        found = desk.read(lambda reader: reader.meanings()).result()
    if json:
        names = ("module", "name", "remote_id", "zoho_name")
        document([dict(zip(names, one, strict=True)) for one in found])
    else:
        show(
            "\n".join(f"{module}  “{name}” means {called or remote_id}" for module, name, remote_id, called in found)
            or "No names are settled."
        )
