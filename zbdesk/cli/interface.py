"""``interface``: whether other programs may ask over HTTP, and the tokens that they ask with."""

from __future__ import annotations

from typing import Annotated

import typer

from zbdesk.app import interface_tokens
from zbdesk.app.paths import DataPaths
from zbdesk.app.settings import save
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import document, say, show, stamp, table
from zbdesk.cli.place import Place

interface = typer.Typer(help="The HTTP interface for other programs: on, off, tokens.", no_args_is_help=True)
token = typer.Typer(help="Who may ask.", no_args_is_help=True)
interface.add_typer(token, name="token")


@interface.command("show")
def show_interface(context: typer.Context, *, json: JsonOption = False) -> None:
    """Whether programs may ask, and where."""
    place: Place = context.obj
    with place.open() as desk:
        settings = desk.settings
    url = f"http://127.0.0.1:{settings.interface_port}/v1/"
    if json:
        document(
            {
                "enabled": settings.interface_enabled,
                "url": url,
                "network": settings.interface_network,
                "zoho_writes": settings.interface_zoho_writes,
            }
        )
        return
    who = "this computer and others" if settings.interface_network else "this computer only"
    state = f"on, for {who}" if settings.interface_enabled else "off: `zbdesk interface on` switches it on"
    show(f"Interface  {state}\nAddress    {url}")


@interface.command("on")
def switch_on(
    context: typer.Context,
    *,
    network: Annotated[bool, typer.Option("--network", help="For other computers too. Without encryption.")] = False,
) -> None:
    """Let programs with a token ask, from the next start of the window or of `zbdesk run`."""
    _switch(context, enabled=True, network=network)
    say("On from the next start. `zbdesk interface token new --name NAME` makes a token.")
    if network:
        say("Other computers send their token in the clear: let a proxy with TLS stand before it.")


@interface.command("off")
def switch_off(context: typer.Context) -> None:
    """Let nobody ask, from the next start."""
    _switch(context, enabled=False, network=False)
    say("Off from the next start.")


def _switch(context: typer.Context, *, enabled: bool, network: bool) -> None:
    place: Place = context.obj
    with place.open() as desk:
        save(DataPaths(desk.data_dir).settings, interface_enabled=enabled, interface_network=network)


@token.command("new")
def new_token(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Option(help="Whose it is: the program's name.")],
    json: JsonOption = False,
) -> None:
    """Make a token and show it, this once."""
    place: Place = context.obj
    with place.open() as desk:
        made = interface_tokens.make(desk, name)
    if json:
        document({"name": name.strip(), "token": made})
        return
    show(made)
    say("Give it to the program now. It is not shown again, and kept only as a hash.")


@token.command("list")
def list_tokens(context: typer.Context, *, json: JsonOption = False) -> None:
    """The tokens there are, without themselves."""
    place: Place = context.obj
    with place.open() as desk:
        found = interface_tokens.listed(desk)
    if json:
        document(
            [
                {
                    "name": one.name,
                    "made_at": stamp(one.made_at),
                    "used_at": stamp(one.used_at),
                    "revoked_at": stamp(one.revoked_at),
                }
                for one in found
            ]
        )
        return
    rows = [(one.name, stamp(one.made_at), stamp(one.used_at), stamp(one.revoked_at)) for one in found]
    show(table(("Name", "Made", "Last used", "Revoked"), rows))


@token.command("revoke")
def revoke_token(context: typer.Context, name: str) -> None:
    """End a token at once."""
    place: Place = context.obj
    with place.open() as desk:
        interface_tokens.revoke(desk, name)
    say(f"{name} opens nothing any more.")
