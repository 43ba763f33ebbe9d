"""``webhooks targets``, ``deliveries``, ``redeliver``: passing events on to own systems."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from zbdesk.app import relaying as service
from zbdesk.cli import way_shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import document, say, show, stamp, table
from zbdesk.cli.place import Place

targets = typer.Typer(help="Own addresses that events are passed on to.", invoke_without_command=True)


class Content(StrEnum):
    """What a target gets."""

    RECORD = "record"
    EVENT = "event"


class Kind(StrEnum):
    """Which events a target gets."""

    CHANGED = "changed"
    DELETED = "deleted"


class DeliveryState(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


def add_to(group: typer.Typer) -> None:
    """Give the group its commands."""
    group.add_typer(targets, name="targets")
    group.command("deliveries")(deliveries)
    group.command("redeliver")(redeliver)


@targets.callback()
def list_targets(context: typer.Context, *, json: JsonOption = False) -> None:
    """List them."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = service.targets(desk)
    if json:
        document([way_shapes.target(one) for one in found])
        return
    rows = (
        (
            str(one.id),
            one.url,
            one.content,
            ", ".join(one.modules) or "all",
            ", ".join(one.kinds) or "all",
            stamp(one.last_ok_at),
            str(one.failures) if one.failures else "",
        )
        for one in found
    )
    headings = ("Id", "Address", "Gets", "Modules", "Events", "Last taken", "Failures")
    show(table(headings, rows) if found else "No targets.")


@targets.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where events are sent by POST; http is allowed.")],
    *,
    content: Annotated[
        Content, typer.Option(help="The record as Zoho Books shows it, or the event as it came.")
    ] = Content.RECORD,
    module: Annotated[list[str] | None, typer.Option(help="Only this module; may stand several times.")] = None,
    event: Annotated[list[Kind] | None, typer.Option(help="Only these events; may stand several times.")] = None,
    json: JsonOption = False,
) -> None:
    """Pass events on to an address of your own. Answers with the secret that signs them, this once."""
    place: Place = context.obj
    with place.open() as desk:
        made = service.add(
            desk, url, content=content.value, modules=module or (), kinds=[kind.value for kind in event or ()]
        )
    if json:
        document({"id": made.id, "url": made.url, "secret": made.secret})
        return
    show(made.secret)
    say(f"Target {made.id} is added. The secret is not shown again; it signs what is sent there.")


@targets.command("remove")
def remove(context: typer.Context, target: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Remove a target with all that waits for it."""
    place: Place = context.obj
    with place.open() as desk:
        service.remove(desk, target)
    say("Removed.")


def deliveries(
    context: typer.Context,
    *,
    state: Annotated[DeliveryState | None, typer.Option(help="Only in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=20_000, help="How many, newest first.")] = 200,
    json: JsonOption = False,
) -> None:
    """What was passed on, what waits, what was given up."""
    place: Place = context.obj
    with place.open() as desk:
        found = service.listed(desk, limit=limit, state=None if state is None else state.value)
    if json:
        document([way_shapes.delivery(one) for one in found])
        return
    rows = (
        (str(one.id), stamp(one.made_at), one.url, f"{one.module}.{one.kind}", one.state, str(one.tries), one.error)
        for one in found
    )
    show(table(("Id", "Since", "Target", "Event", "State", "Tries", "Why"), rows) if found else "No deliveries.")


def redeliver(context: typer.Context, delivery: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Send one again: at once where zbdesk runs, else at its next start."""
    place: Place = context.obj
    with place.open() as desk:
        service.redeliver(desk, delivery)
    say("It is sent again.")
