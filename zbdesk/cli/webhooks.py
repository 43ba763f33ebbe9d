"""``webhooks``: where events of Zoho Books arrive, the secret that signs them, and what came."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zbdesk.app import webhooks as service
from zbdesk.app.desk import Desk, NotConnected
from zbdesk.cli import way_shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import document, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.domain.modules import module as find_module
from zbdesk.domain.views import WebhookEventView, WebhookOverview

webhooks = typer.Typer(help="Events of Zoho Books: the address, the secret, what came.", no_args_is_help=True)


@webhooks.command("show")
def show_webhooks(context: typer.Context, *, json: JsonOption = False) -> None:
    """Where events arrive. The secret is never shown here."""
    place: Place = context.obj
    with place.open() as desk:
        overview = _overview(desk)
    if json:
        document(overview_shape(overview))
        return
    lines = [
        f"On this computer  {overview.local_url}",
        f"For Zoho Books    {overview.public_url or 'none yet: set it with `zbdesk webhooks set-url`'}",
    ]
    if overview.previous_secret_until is not None:
        lines.append(f"The secret before this one holds until {stamp(overview.previous_secret_until)}.")
    lines += way_shapes.way_lines(overview.way)
    show("\n".join(lines))


@webhooks.command("rotate-secret")
def rotate_secret(context: typer.Context, *, json: JsonOption = False) -> None:
    """Make a new secret and show it, this once. The one before holds for seven days at most."""
    place: Place = context.obj
    with place.open() as desk:
        secret = service.rotate_secret(desk)
    if json:
        document({"secret": secret})
        return
    show(secret)
    say("Paste it into each webhook in Zoho Books. It is not shown again; the one before holds for seven days.")


@webhooks.command("set-url")
def set_url(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="URL", help="The https address that leads here; '' for none.")],
    *,
    json: JsonOption = False,
) -> None:
    """Note the public address of your tunnel or proxy; answers with the address for Zoho Books."""
    place: Place = context.obj
    with place.open() as desk:
        url = service.set_public_url(desk, address)
    if json:
        document({"public_url": url or None})
    else:
        show(url or "No public address.")


@webhooks.command("events")
def events(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=1, max=20_000, help="How many, newest first.")] = 100,
    module: Annotated[str | None, typer.Option(help="Only of this module.")] = None,
    result: Annotated[str | None, typer.Option(help="Only with this result.")] = None,
    json: JsonOption = False,
) -> None:
    """What came, newest first, and what became of it."""
    name = None if module is None else find_module(module).name
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(lambda reader: reader.webhook_events(limit, module=name, result=result)).result()
    if json:
        document([event_shape(view) for view in found])
        return
    rows = ((str(one.id), stamp(one.received_at), one.module, one.remote_id, one.result) for one in found)
    show(table(("Event", "Received", "Module", "Record", "Result"), rows) if found else "No events.")


@webhooks.command("replay")
def replay(context: typer.Context, event: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Look at one event once more: at once where zbdesk runs, else at its next start."""
    place: Place = context.obj
    with place.open() as desk:
        service.replay(desk, event)
    say("It is looked at again.")


def _overview(desk: Desk) -> WebhookOverview:
    overview = desk.read(lambda reader: reader.webhook_overview()).result()
    if overview is None:
        raise NotConnected
    return overview


def overview_shape(overview: WebhookOverview) -> dict[str, Any]:
    """``webhooks show --json``."""
    return {
        "local_url": overview.local_url,
        "public_url": overview.public_url,
        "previous_secret_until": stamp(overview.previous_secret_until),
        "secret_made_at": stamp(overview.secret_made_at),
        "last_event_at": stamp(overview.last_event_at),
        "waiting": overview.waiting,
        "refused": overview.refused,
        **way_shapes.way(overview.way),
    }


def event_shape(view: WebhookEventView) -> dict[str, Any]:
    """One entry of ``webhooks events --json``."""
    return {
        "id": view.id,
        "received_at": stamp(view.received_at),
        "module": view.module,
        "remote_id": view.remote_id,
        "verified": view.verified,
        "result": view.result,
        "event": view.event or None,
        "copies": view.copies,
        "note": view.note or None,
    }
