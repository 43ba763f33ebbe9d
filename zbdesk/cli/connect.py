"""``connect`` and ``disconnect``: the only commands that touch the sign-in."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from zbdesk.app.build import readable
from zbdesk.app.connect import ConnectRequest, SignInStep
from zbdesk.app.consent import SignInTimedOut
from zbdesk.app.desk import Desk
from zbdesk.app.organizations import confirm_here, guard
from zbdesk.app.regions import region_named
from zbdesk.cli.interrupts import run_tidily
from zbdesk.cli.output import Exit, ended, say
from zbdesk.cli.place import Place
from zbdesk.domain.errors import SetupError, UsageError
from zbdesk.domain.modules import MODULES, scopes_for
from zbdesk.domain.views import Connection, Organization

ELSEWHERE = (
    "If the browser runs on another computer, it cannot reach this one: make a code for a self client in Zoho's API "
    "console and give it with --grant-code."
)


class UnreadableSecret(SetupError):
    """The file with the client secret cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The client secret could not be read from {path}: {reason}.",
            "Put the secret alone into that file, readable for you only.",
            subject=str(path),
        )


class ChooseOrganization(UsageError):
    """The sign-in sees several organizations, and zbdesk never picks one by itself."""

    def __init__(self) -> None:
        super().__init__(
            "This sign-in sees more than one organization.", "Run the command again with --organization and one id."
        )


class OrganizationNotSeen(SetupError):
    """The wanted organization is not among those that the sign-in sees, or has ended."""

    def __init__(self, organization_id: str) -> None:
        super().__init__(
            f"This sign-in has no access to organization {organization_id}.",
            "Use the id of one that is listed above, or sign in as somebody who belongs to it.",
            subject=organization_id,
        )


def connect(
    context: typer.Context,
    *,
    region: Annotated[str, typer.Option(help="us, eu, in, au, jp, ca, cn, sa, uk, ae or custom.")],
    client_id: Annotated[str, typer.Option(help="The client ID of Zoho's API console.")],
    client_secret_file: Annotated[Path, typer.Option(help="A file that holds the client secret alone.")],
    grant_code: Annotated[str | None, typer.Option(help="A self-client code, instead of the browser.")] = None,
    organization: Annotated[str | None, typer.Option(help="Which organization, where there are several.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Never write to Zoho Books.")] = False,
    accounts_url: Annotated[str | None, typer.Option(help="Region custom: the accounts server's origin.")] = None,
    api_url: Annotated[str | None, typer.Option(help="Region custom: the API's origin.")] = None,
) -> None:
    """Sign in to Zoho Books and choose the organization. Nothing is synced yet."""
    place: Place = context.obj
    data_centre = region_named(region, accounts_url=accounts_url, api_url=api_url)
    request = ConnectRequest(
        data_centre=data_centre,
        client_id=client_id.strip(),
        client_secret=_secret(client_secret_file),
        pkce=False,
    )
    with place.open() as desk:
        desk.acquire("connect")
        # A database that cannot be used ends it here: nobody signs in for nothing, and no sign-in is left over at Zoho.
        desk.read(lambda reader: reader.connection()).result()
        connection = run_tidily(_connect(desk, request, grant_code, organization, read_only=read_only))
        changed = confirm_here(desk) if organization is not None else guard(desk)
    name = connection.organization.name
    say(f"Connected to {name} ({connection.organization.organization_id}). Run `zbdesk sync` to read its records.")
    if changed is not None and changed.changed:
        words = "; ".join(f"{what.replace('_', ' ')} was {was}, is {now}" for what, was, now in changed.changed)
        say(f"It is described differently than before: {words}.")
        if organization is None:
            say(f"Nothing is written until you agree: connect again with --organization {_id(connection)}.")
    if not connection.read_only:
        say("By what Zoho Books tells your records apart, and how to make that sure, says `zbdesk recognition`.")


def _id(connection: Connection) -> str:
    return connection.organization.organization_id


def _secret(path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSecret(path, getattr(error, "strerror", None) or "it is not text") from error
    if not secret:
        raise UnreadableSecret(path, "it is empty")
    return secret


async def _connect(
    desk: Desk, request: ConnectRequest, grant_code: str | None, organization: str | None, *, read_only: bool
) -> Connection:
    scopes = scopes_for(MODULES, write=not read_only)
    flow = desk.connector()
    try:
        if grant_code is not None:
            await flow.with_grant_code(request, grant_code, scopes=scopes)
        else:
            redirect = await flow.listen(desk.settings.redirect_ports)
            # Zoho never says this one here: a page with “Invalid Redirect Uri” is all that a browser then shows.
            say(f"The client in Zoho's API console must have this authorized redirect URI: {redirect}")
            try:
                await flow.sign_in(request, scopes=scopes, open_browser=_open, on_step=_tell)
            except SignInTimedOut as error:
                raise SignInTimedOut(ELSEWHERE) from error
        chosen = _choose(await flow.organizations(), organization)
        return await flow.finish(
            chosen.organization_id,
            modules=readable(flow.scopes),
            read_only=read_only,
            poll_seconds=desk.settings.poll_seconds,
            details=False,
        )
    finally:
        await flow.aclose()


def _open(url: str) -> bool:
    # The address comes first: on a server there may be no browser, and whoever reads this opens it elsewhere.
    say("Open this address to sign in:", url)
    return webbrowser.open(url)


def _tell(step: SignInStep) -> None:
    if step is SignInStep.WAITING:
        say("Waiting for the browser. Ctrl+C cancels.")


def _choose(found: Sequence[Organization], wanted: str | None) -> Organization:
    active = [organization for organization in found if organization.active]
    if wanted is None and len(active) == 1:
        return active[0]
    for organization in found:
        if organization.organization_id == wanted and organization.active:
            return organization
    for organization in found:
        say(f"{organization.organization_id}  {organization.name}" + ("" if organization.active else "  (ended)"))
    if wanted is None and active:
        raise ChooseOrganization
    raise OrganizationNotSeen(wanted or "none")


def disconnect(
    context: typer.Context,
    *,
    delete_data: Annotated[
        bool, typer.Option("--delete-data", help="Also delete the records on this computer.")
    ] = False,
) -> None:
    """End the connection: the sign-in is revoked, the mirror stays unless told otherwise."""
    place: Place = context.obj
    with place.open() as desk:
        desk.acquire("disconnect")
        report = run_tidily(desk.disconnect(delete_data=delete_data))
    if report.organization_name is None:
        say("There was no connection.")
        raise typer.Exit(Exit.FAILED)
    say(ended(f"Disconnected from {report.organization_name}"), *report.notes)
    say("Its records on this computer were deleted." if report.data_deleted else "Its records stay on this computer.")
