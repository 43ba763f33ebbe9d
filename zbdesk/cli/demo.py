"""The demo company without a window: its server alone, or the whole first look in a terminal."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from zbdesk.app.build import readable
from zbdesk.app.connect import ConnectRequest
from zbdesk.app.demo import DemoCompany, DemoCredentials, demo_directory
from zbdesk.app.desk import Desk
from zbdesk.app.paths import data_directory
from zbdesk.app.regions import region_named
from zbdesk.cli.interrupts import run_tidily
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import EXIT_OF_RESULT, document, say, show, table
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.demo.webhooks import Rule
from zbdesk.domain.errors import SetupError
from zbdesk.domain.modules import MODULES, scopes_for
from zbdesk.domain.views import Connection
from zbdesk.sync.events import Event, ModuleProgress, RunFinished


class UnreadableSecret(SetupError):
    """The file with the webhook secret cannot be used."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The webhook secret cannot be read from {file}.", f"{reason}.", subject=file)


class PortTaken(SetupError):
    """The port that was asked for belongs to another program."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is taken by another program.", "Choose another with --port, or leave it out.")


def demo_server(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 0,
    seed: Annotated[int, typer.Option(help="Another seed is another company.")] = 7,
    records: Annotated[int | None, typer.Option(min=1, help="About how many records it has.")] = None,
    calls_per_minute: Annotated[int | None, typer.Option(min=1, help="Limit as Zoho does; its own is 100.")] = None,
    webhook_url: Annotated[str | None, typer.Option(help="Where it sends webhooks, as Zoho Books does.")] = None,
    webhook_secret_file: Annotated[Path | None, typer.Option(help="File with the secret that signs them.")] = None,
    live: Annotated[float | None, typer.Option(min=0.1, help="Seconds between changes it makes by itself.")] = None,
    json: JsonOption = False,
) -> None:
    """Only the demo company's server. Prints its URLs and credentials; Ctrl+C ends it."""
    options = DemoOptions(seed=seed, scale=records or "small", calls_per_minute=calls_per_minute)
    server = DemoServer(options)
    try:
        server.start(port)
    except OSError as error:
        raise PortTaken(port) from error
    try:
        if webhook_url is not None:
            server.webhooks.set_rules([Rule(webhook_url, _secret_in(webhook_secret_file), retries=3)])
        if live is not None:
            server.live(live)
        _introduce(server, json=json)
        threading.Event().wait()
    finally:
        server.stop()


def _secret_in(file: Path | None) -> str:
    try:
        return "" if file is None else file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSecret(str(file), str(error)) from error


def _introduce(server: DemoServer, *, json: bool) -> None:
    known, code = server.credentials, server.credentials.grant_code()
    organizations = [
        {"organization_id": org.id, "name": org.profile.name} for org in server.company.organizations.values()
    ]
    if json:
        document(
            {
                "accounts_url": known.accounts_url,
                "api_url": known.api_url,
                "client_id": known.client_id,
                "client_secret": known.client_secret,
                "grant_code": code,
                "organizations": organizations,
            }
        )
        return
    show(
        "\n".join(
            [
                "The demo company is running on this computer.",
                f"Accounts URL   {known.accounts_url}",
                f"API URL        {known.api_url}",
                f"Client ID      {known.client_id}",
                f"Client secret  {known.client_secret}",
                f"Grant code     {code}   (works once; more on the front page)",
                *(f"Organization   {entry['organization_id']}  {entry['name']}" for entry in organizations),
                "Ctrl+C ends it.",
            ]
        )
    )


def headless_demo(data_dir: Path | None) -> int:
    """The first look without a window: connect, read everything, look again, show what is here."""
    with DemoCompany(demo_directory(data_directory(data_dir))) as company, company.open_desk() as desk:
        desk.acquire("demo")
        connection = run_tidily(_connect(desk, company.credentials, company.server.credentials.grant_code))
        say(f"Connected to {connection.organization.name}, the demo company. First sync:")
        finished = run_tidily(_sync(desk))
        overview = desk.read(lambda reader: reader.overview()).result()
        show(
            table(
                ("Module", "Records"),
                ((MODULES[counts.module].label, str(counts.remote)) for counts in overview.modules if counts.remote),
                right=frozenset({1}),
            )
        )
        say(finished.message, f"The records are in {desk.database_path}.")
    return EXIT_OF_RESULT[finished.result]


async def _connect(desk: Desk, credentials: DemoCredentials, grant_code: Callable[[], str]) -> Connection:
    scopes = scopes_for(MODULES, write=False)
    request = ConnectRequest(
        data_centre=region_named(
            credentials.region, accounts_url=credentials.accounts_url, api_url=credentials.api_url
        ),
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        pkce=False,
    )
    flow = desk.connector()
    try:
        await flow.with_grant_code(request, grant_code(), scopes=scopes)
        first, *_ = await flow.organizations()
        return await flow.finish(
            first.organization_id,
            modules=readable(scopes),
            read_only=True,
            poll_seconds=desk.settings.poll_seconds,
            details=False,
        )
    finally:
        await flow.aclose()


async def _sync(desk: Desk) -> RunFinished:
    def listen(event: Event) -> None:
        if isinstance(event, ModuleProgress) and event.finished:
            say(f"  {MODULES[event.module].label}: {event.done}")

    async with desk.engine(listen) as engine:
        return await engine.run_pass(kind=None, modules=(), cause="user")
