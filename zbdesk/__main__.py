"""``python -m zbdesk``: the command line, or the window where no command is given."""

from __future__ import annotations

import sys

# Not from ``typing``: whatever is imported before ``hold`` is time in which Ctrl+C interrupts an import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zbdesk.app.demo import DemoCompany
    from zbdesk.app.desk import Desk


def main() -> None:
    """Entry point ``zbdesk``."""
    try:
        from zbdesk.cli import early

        early.hold()
    except KeyboardInterrupt:
        # In the very first moment: the import it broke off is made anew, and the command answers it.
        from zbdesk.cli import early

        early.hold()
        early.held.append(early.SIGNALS[0])
    from zbdesk.cli.main import run

    sys.exit(run(sys.argv[1:], _show))


def _show(desk: Desk, demo: DemoCompany | None, in_tray: bool, files: Sequence[Path]) -> int:
    """The window. Qt is imported here at the earliest: commands do without it."""
    from zbdesk.ui.main import run

    return run(desk, demo=demo, start_minimised=in_tray, files=files)


if __name__ == "__main__":
    main()
