"""The commands that exist, by name, with the place of each: a file of its own that is loaded when it is called.

All files together take longer to load than most commands to run.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import typer

COMMANDS = {
    "connect": "connect:connect",
    "status": "reading:status",
    "sync": "syncing:sync",
    "run": "syncing:run",
    "records": "reading:records",
    "export": "reading:export",
    "put": "writing:put",
    "act": "writing:act",
    "import": "importing:import_",
    "disconnect": "connect:disconnect",
    "doctor": "doctor:doctor",
    "demo-server": "demo:demo_server",
}
"""Name to file and function."""

GROUPS = {
    "conflicts": "settling:conflicts",
    "interface": "interface:interface",
    "imports": "imports:imports",
    "mappings": "importing:mappings",
    "sources": "sources:sources",
    "problems": "settling:problems",
    "organizations": "organizations:group",
    "policy": "policy:policy",
    "recognition": "policy:known",
    "webhooks": "webhook_group:webhooks",
    "runs": "runs:runs",
    "diary": "runs:diary",
    "tieout": "tieout:tieout",
}
"""Commands with commands of their own: name to file and group."""


def register(app: typer.Typer, names: Iterable[str] = ()) -> None:
    """Give the program these commands, or all; those that it has stay."""
    wanted = set(names) or {*COMMANDS, *GROUPS}
    known = {one.name for one in app.registered_commands} | {one.name for one in app.registered_groups}
    for name, place in COMMANDS.items():
        if name in wanted - known:
            app.command(name)(_found(place))
    for name, place in GROUPS.items():
        if name in wanted - known:
            app.add_typer(_found(place), name=name)


def _found(place: str) -> Any:
    file, _, name = place.partition(":")
    return getattr(import_module(f"zbdesk.cli.{file}"), name)
