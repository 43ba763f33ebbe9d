"""What is imported before the first picture of the window."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("httpx", "keyring", "zbdesk.sync.engine", "zbdesk.zoho.client", "zbdesk.app.build", "zbdesk.ui.problems_page")
"""Each takes longer to import than a person notices; none is needed for the dashboard."""


def test_the_first_picture_waits_for_nothing_that_it_does_not_show():
    """The window and its tables are imported without what talks to Zoho Books, and without pages not in sight."""
    code = (
        "import sys, zbdesk.ui.main, zbdesk.ui.program, zbdesk.ui.dashboard.page, zbdesk.ui.records.page;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert child.stdout.strip() == "[]"
