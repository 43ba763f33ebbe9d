"""The commands that exist. Each lives in a file of its own; here they get their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from zbdesk.cli import interface as interface_commands
from zbdesk.cli import organizations as organization_commands
from zbdesk.cli import policy as policy_commands
from zbdesk.cli import relaying, settling
from zbdesk.cli import runs as run_commands
from zbdesk.cli import tunnels as tunnel_commands
from zbdesk.cli import webhooks as webhook_commands
from zbdesk.cli.connect import connect, disconnect
from zbdesk.cli.demo import demo_server
from zbdesk.cli.doctor import doctor
from zbdesk.cli.importing import import_, mappings
from zbdesk.cli.imports import imports
from zbdesk.cli.reading import export, records, status
from zbdesk.cli.sources import sources
from zbdesk.cli.syncing import run, sync
from zbdesk.cli.tieout import tieout
from zbdesk.cli.writing import act, put

COMMANDS: dict[str, Callable[..., Any]] = {
    "connect": connect,
    "status": status,
    "sync": sync,
    "run": run,
    "records": records,
    "export": export,
    "put": put,
    "act": act,
    "import": import_,
    "disconnect": disconnect,
    "doctor": doctor,
    "demo-server": demo_server,
}

relaying.add_to(webhook_commands.webhooks)
tunnel_commands.add_to(webhook_commands.webhooks)

GROUPS: dict[str, typer.Typer] = {
    "conflicts": settling.conflicts,
    "interface": interface_commands.interface,
    "imports": imports,
    "mappings": mappings,
    "sources": sources,
    "problems": settling.problems,
    "organizations": organization_commands.group,
    "policy": policy_commands.policy,
    "recognition": policy_commands.known,
    "webhooks": webhook_commands.webhooks,
    "runs": run_commands.runs,
    "diary": run_commands.diary,
    "tieout": tieout,
}
"""Commands with commands of their own."""


def register(app: typer.Typer) -> None:
    """Give the program its commands; a second time changes nothing."""
    if app.registered_commands:
        return
    for name, function in COMMANDS.items():
        app.command(name)(function)
    for name, group in GROUPS.items():
        app.add_typer(group, name=name)
