"""The commands that exist. Each lives in a file of its own; here they get their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from zbdesk.cli import settling
from zbdesk.cli.connect import connect, disconnect
from zbdesk.cli.demo import demo_server
from zbdesk.cli.doctor import doctor
from zbdesk.cli.reading import export, records, status
from zbdesk.cli.syncing import run, sync
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
    "disconnect": disconnect,
    "doctor": doctor,
    "demo-server": demo_server,
}

GROUPS: dict[str, typer.Typer] = {"conflicts": settling.conflicts, "problems": settling.problems}
"""Commands with commands of their own."""


def register(app: typer.Typer) -> None:
    """Give the program its commands; a second time changes nothing."""
    if app.registered_commands:
        return
    for name, function in COMMANDS.items():
        app.command(name)(function)
    for name, group in GROUPS.items():
        app.add_typer(group, name=name)
