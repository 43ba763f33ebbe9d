"""The program with a window: its start, the one application object, and the exit code.

Invariant: a second start on the same data directory shows nothing of its own, and nothing runs after ``run`` has
returned.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from zbdesk import __version__
from zbdesk.ui import icons
from zbdesk.ui.garbage import MainThreadGarbage
from zbdesk.ui.program import Program
from zbdesk.ui.single import SingleInstance

if TYPE_CHECKING:
    from zbdesk.app.demo import DemoCompany
    from zbdesk.app.desk import Desk


def run(
    desk: Desk, *, demo: DemoCompany | None = None, start_minimised: bool = False, files: Sequence[Path] = ()
) -> int:
    """Show the window and stay until it is quit; returns the exit code.

    A second start on the same data directory raises the first window, hands over its ``files`` and returns 0.
    """
    app = application()
    single = SingleInstance(desk.data_dir)
    if single.hand_over(files):
        return 0
    single.listen()
    from qasync import QEventLoop

    garbage = MainThreadGarbage(app)
    garbage.keep_on_main_thread()
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            program = Program(app, desk, single, demo=demo, start_minimised=start_minimised, files=files)
            return runner.run(program.main())
    finally:
        garbage.release()


def application() -> QApplication:
    """The one QApplication, named and told that a closed window is not the end."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("zbdesk")
    app.setApplicationDisplayName("zbdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("zbdesk")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(icons.app_icon())
    return app
