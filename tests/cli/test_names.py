"""What the command line is made of."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
import typer

from zbdesk.cli.commands import COMMANDS, GROUPS


@pytest.mark.parametrize("name", [*COMMANDS, *GROUPS])
def test_every_command_stands_where_it_is_looked_for(name: str) -> None:
    """A command is loaded by its name only when it is called: the name must lead to one."""
    file, _, what = {**COMMANDS, **GROUPS}[name].partition(":")
    found = getattr(import_module(f"zbdesk.cli.{file}"), what)
    assert isinstance(found, typer.Typer) if name in GROUPS else callable(found)


def test_no_name_is_a_command_and_a_group() -> None:
    """One word leads to one place."""
    assert set(COMMANDS) & set(GROUPS) == set()


def test_a_command_loads_no_other() -> None:
    """`sync` is asked for every few minutes by people's own scripts: it does not wait for the demo or the importer."""
    program = (
        "import sys; from zbdesk.cli.program import _load_commands as load; load(['--data-dir', '/x', 'sync']);"
        "print(*sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "zbdesk.cli.syncing" in loaded
    assert not loaded & {"zbdesk.demo.server", "zbdesk.cli.importing", "zbdesk.cli.interface", "zbdesk.cli.doctor"}
