"""``organizations``: which are known here, how each stands, and which one the other commands are for."""

from __future__ import annotations

import typer

from zbdesk.app import organizations
from zbdesk.app.organizations import KnownOrganization
from zbdesk.cli import shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import document, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.domain.errors import UsageError

group = typer.Typer(help="The organizations of this data directory.", invoke_without_command=True)


class NotKnownHere(UsageError):
    """No organization of that id is known here, or several are."""

    def __init__(self, organization_id: str, found: int) -> None:
        super().__init__(
            f"There {'is no organization' if not found else f'are {found} organizations'} {organization_id} here.",
            "`zbdesk organizations` lists what is known; `zbdesk connect` adds one, and takes one of several in use.",
            subject=organization_id,
        )


@group.callback()
def list_known(context: typer.Context, *, json: JsonOption = False) -> None:
    """List them, the one in use first. Works beside a running window."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        known = organizations.known(desk)
    if json:
        document([shapes.organization(one) for one in known])
        return
    rows = (
        (
            "*" if one.current else "",
            one.connection.organization.organization_id,
            one.connection.organization.name,
            one.connection.state.value.replace("_", " "),
            stamp(one.last_success_at),
            str(one.conflicts),
            str(one.problems),
        )
        for one in known
    )
    show(table(("", "Id", "Name", "State", "Last in order", "Conflicts", "Problems"), rows, right=frozenset({5, 6})))


@group.command("use")
def use(context: typer.Context, organization_id: str, *, json: JsonOption = False) -> None:
    """Take another one in use: the other commands are for it from now on, and the window shows it."""
    place: Place = context.obj
    with place.open() as desk:
        wanted = _named(organizations.known(desk), organization_id)
        organizations.switch(desk, wanted.connection.id)
        waiting = organizations.guard(desk)
        if waiting is not None and not waiting.changed:
            # Whoever types the id has named the organization: nothing more has to be confirmed.
            organizations.confirm_here(desk)
        now = _named(organizations.known(desk), organization_id)
    if json:
        document(shapes.organization(now))
    say(f"{now.connection.organization.name} ({organization_id}) is in use.")
    if now.guarded:
        say(
            "It is described differently than before. Nothing is written until you agree: "
            f"connect again with --organization {organization_id}."
        )


def _named(known: list[KnownOrganization], organization_id: str) -> KnownOrganization:
    found = [one for one in known if one.connection.organization.organization_id == organization_id]
    if len(found) != 1:
        raise NotKnownHere(organization_id, len(found))
    return found[0]
