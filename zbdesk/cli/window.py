"""Opening the window, or saying why there is none and doing the same without it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zbdesk.app import qtlibs
from zbdesk.app.desk import Desk
from zbdesk.app.paths import data_directory
from zbdesk.cli.output import Exit, say
from zbdesk.cli.place import Place

if TYPE_CHECKING:
    from zbdesk.app.demo import DemoCompany

log = logging.getLogger(__name__)

Show = Callable[["Desk", "DemoCompany | None", bool, "Sequence[Path]"], int]
"""The window itself, handed in from above: the command line knows no Qt."""


def open_window(
    data_dir: Path | None,
    show: Show,
    *,
    demo: bool,
    in_tray: bool,
    still: bool = False,
    files: Sequence[Path] = (),
) -> int:
    """Open the window; returns the exit code when it is closed. Raises ``QtLibrariesMissing``, which names the line.

    Qt aborts the process when a system library is missing, so they are looked for before it is imported. ``still``: the
    demo company does nothing by itself. ``files``: to be looked at for an import.
    """
    if not qtlibs.has_display():
        say("There is no display here, so no window can open.")
        if demo:
            say("Running the same demo without it.")
            from zbdesk.cli.demo import headless_demo

            return headless_demo(data_dir)
        say("Use the commands (`zbdesk --help`), or start zbdesk on a desktop.")
        return Exit.FAILED
    qtlibs.check_libraries()
    if not demo:
        with Place(data_dir, "window").open() as desk:
            return _shown(show, desk, None, in_tray=in_tray, files=files)
    from zbdesk.app.demo import LIFE_SECONDS, DemoCompany, demo_directory

    life = None if still else LIFE_SECONDS
    place = demo_directory(data_directory(data_dir))
    with DemoCompany(place, life_seconds=life) as company, company.open_desk() as desk:
        return _shown(show, desk, company, in_tray=in_tray, files=files)


def _shown(show: Show, desk: Desk, company: DemoCompany | None, *, in_tray: bool, files: Sequence[Path]) -> int:
    log.info("the window starts%s", ", in the tray" if in_tray else "")
    code = show(desk, company, in_tray, files)
    log.info("the window has ended")
    return code
