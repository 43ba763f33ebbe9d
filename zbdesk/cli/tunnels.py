"""``webhooks test`` and ``webhooks tunnel``: the way by which Zoho Books reaches this computer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from zbdesk.app import automation, settings, way, webhooks
from zbdesk.app.desk import Desk
from zbdesk.app.paths import DataPaths
from zbdesk.cli import way_shapes
from zbdesk.cli.interrupts import run_tidily
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, say, show
from zbdesk.cli.place import Place
from zbdesk.domain.errors import UsageError
from zbdesk.domain.way import TunnelTest
from zbdesk.webhooks.automatic import Report
from zbdesk.webhooks.tunnels.address import checked


class Kind(StrEnum):
    """The kinds of tunnel."""

    OWN = "own"
    CLOUDFLARED = "cloudflared"
    NGROK = "ngrok"
    SSH = "ssh"
    RELAY = "relay"
    OFF = "off"


class RelayKind(StrEnum):
    """What kind of relay a channel belongs to."""

    ZBDESK = "zbdesk"
    SMEE = "smee"


class TokenUnreadable(UsageError):
    """The file of the token cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The token cannot be read from {path}.", reason, subject=str(path))


def add_to(group: typer.Typer) -> None:
    """Give the group its commands."""
    group.command("test")(go_round)
    group.command("tunnel")(tunnel)
    group.command("setup")(set_up)


def go_round(context: typer.Context, *, json: JsonOption = False) -> None:
    """Send a signed question through the public address and see whether it comes back."""
    place: Place = context.obj
    found: list[TunnelTest] = []

    async def go(desk: Desk) -> None:
        found.append(await way.test_now(desk))

    with place.open() as desk:
        run_tidily(go(desk))
    if json:
        document(way_shapes.test(found[0]))
    else:
        show("\n".join(way_shapes.test_lines(found[0])))
    if not found[0].ok:
        if json:
            say(f"{found[0].sentence} {found[0].remedy}".strip())
        raise typer.Exit(Exit.FAILED)


def tunnel(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Argument(help="Which; without one the present one is shown.")] = None,
    *,
    address: Annotated[
        str | None, typer.Option(help="The public https address: your own, or the lasting one of a tunnel.")
    ] = None,
    program: Annotated[str | None, typer.Option(help="Where the program is, if not on the search path.")] = None,
    name: Annotated[str | None, typer.Option(help="cloudflared: a named tunnel.")] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="cloudflared, ngrok: a file with the token, which goes into the keychain.")
    ] = None,
    server: Annotated[str | None, typer.Option(help="ssh: user@host.")] = None,
    port: Annotated[int | None, typer.Option(help="ssh: the server's port.")] = None,
    remote_port: Annotated[int | None, typer.Option(help="ssh: the port to open there; 0 lets it choose.")] = None,
    key: Annotated[str | None, typer.Option(help="ssh: the private key's file.")] = None,
    channel: Annotated[str | None, typer.Option(help="relay: the channel's address.")] = None,
    relay_kind: Annotated[RelayKind | None, typer.Option("--format", help="relay: its kind.")] = None,
    json: JsonOption = False,
) -> None:
    """Show or choose how Zoho Books reaches this computer. A running zbdesk takes it up within seconds."""
    place: Place = context.obj
    with place.open() as desk:
        if kind is not None:
            given = {
                "tunnel_program": program,
                "tunnel_name": name,
                "tunnel_address": None if kind is Kind.OWN else address,
                "ssh_server": server,
                "ssh_port": port,
                "ssh_remote_port": remote_port,
                "ssh_key": key,
                "relay_url": channel,
                "relay_format": None if relay_kind is None else relay_kind.value,
            }
            _choose(desk, kind, address, given, token_file)
        overview = desk.read(lambda reader: reader.webhook_overview()).result()
    found = None if overview is None else overview.way
    if json:
        document({"chosen": kind.value if kind else desk.settings.tunnel, **way_shapes.way(found)})
    else:
        show("\n".join(way_shapes.way_lines(found)) or "No tunnel has run yet.")
        if kind is not None:
            say("Chosen. Test it with `zbdesk webhooks test`.")


def set_up(
    context: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be made; no call is made.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove what was made from here.")] = False,
    json: JsonOption = False,
) -> None:
    """Try to make the webhooks and workflow rules in Zoho Books for you. The manual has the guide to do it by hand."""
    place: Place = context.obj
    if dry_run:
        _show_plan(place, remove=remove, json=json)
        return
    reports: list[Report] = []

    async def go(desk: Desk) -> None:
        reports.append(await (automation.remove(desk) if remove else automation.set_up(desk)))

    with place.open() as desk:
        run_tidily(go(desk))
    report = reports[0]
    if json:
        document(way_shapes.setup_report(report))
    else:
        show("\n".join(way_shapes.setup_lines(report)) or "Nothing was made from here.")
    if not report.ok:
        raise typer.Exit(Exit.FAILED)


def _show_plan(place: Place, *, remove: bool, json: bool) -> None:
    plans: list[list[dict[str, Any]]] = []

    async def go(desk: Desk) -> None:
        plans.append([way_shapes.setup_step(step) for step in await automation.preview(desk)])

    with place.open() as desk:
        if remove:
            made = desk.read(lambda reader: reader.webhooks_made()).result()
            plans.append([way_shapes.setup_made(one) for one in made])
        else:
            run_tidily(go(desk))
    if json:
        document({"dry_run": True, "remove": remove, "steps": plans[0]})
        return
    verb = "Would remove" if remove else "Would make"
    show("\n".join(f"{verb} {step['name']}: {step.get('url', step.get('kind'))}" for step in plans[0]) or "Nothing.")


def _choose(desk: Desk, kind: Kind, address: str | None, given: dict[str, Any], token_file: Path | None) -> None:
    """Write what was chosen. ``off`` is your own address without one."""
    for pasted in (address, given["relay_url"]):
        if pasted:
            checked(pasted.replace("{port}", "1"))  # a slip shows here and not in a log later
    if kind is Kind.OWN and address is not None:
        webhooks.set_public_url(desk, address)
    elif kind is Kind.OFF:
        webhooks.set_public_url(desk, "")
    if token_file is not None:
        try:
            token = token_file.read_text().strip()
        except (OSError, UnicodeDecodeError) as exc:
            raise TokenUnreadable(token_file, "It is missing, or no text.") from exc
        way.keep_token(desk, token)
    changes = {name: value for name, value in given.items() if value is not None}
    changes["tunnel"] = "own" if kind is Kind.OFF else kind.value
    settings.save(DataPaths(desk.data_dir).settings, **changes)
