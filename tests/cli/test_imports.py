"""What opening the window loads before it can paint."""

from __future__ import annotations

import subprocess
import sys

LATER = frozenset(
    ["typer", "tomlkit", "cryptography", "httpx", "keyring", "starlette", "zbdesk.sync.planner", "zbdesk.sync.actions"]
)


def test_the_window_starts_without_what_only_commands_and_syncing_need() -> None:
    """Libraries of the command line, of sign-in and of writing wait until somebody needs them."""
    # As without the extra for MySQL, whose driver brings its own: peewee imports what it finds.
    program = (
        "import sys; sys.modules['pymysql'] = None; import zbdesk.cli.main, zbdesk.cli.window; print(*sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "zbdesk.app.desk" in loaded
    assert not loaded & LATER
