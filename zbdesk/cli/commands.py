"""The commands that exist. Each lives in a file of its own; here they get their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zbdesk.cli.connect import connect, disconnect
from zbdesk.cli.demo import demo_server
from zbdesk.cli.doctor import doctor
from zbdesk.cli.reading import conflicts, export, problems, records, status
from zbdesk.cli.syncing import run, sync

COMMANDS: dict[str, Callable[..., Any]] = {
    "connect": connect,
    "status": status,
    "sync": sync,
    "run": run,
    "records": records,
    "export": export,
    "conflicts": conflicts,
    "problems": problems,
    "disconnect": disconnect,
    "doctor": doctor,
    "demo-server": demo_server,
}
