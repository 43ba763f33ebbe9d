"""Draws every screen of the manual from the scenes that the tests build, so that the pictures never age.

    python docs/make_screenshots.py [NAME ...]

Writes ``docs/screenshots/NAME.png`` (light), for some ``NAME-dark.png`` and ``NAME-200.png``. Needs no display.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SIZE = (1280, 800)
DOUBLE = ("wizard-3-credentials", "dashboard-in-order", "records", "settings")
"""Scenes that are also shown at 200 %."""

DARK = (
    *("wizard-1-welcome", "wizard-2-data-centre", "wizard-3-credentials", "wizard-4-sign-in", "wizard-5-organization"),
    *("wizard-6-what-to-sync", "dashboard-first-sync", "dashboard-in-order", "dashboard-problem", "records"),
    *("conflicts", "problems", "outgoing-held", "editor-invoice", "activity", "settings", "help", "webhooks"),
)
"""Scenes that are also shown dark."""

AS_BUILT = ("search-narrow",)
"""Scenes that keep the size that they were built with, as dialogs do."""

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def scenes() -> dict[str, Callable[[], QWidget]]:
    """All scenes by name."""
    from tests.ui import (
        scenes_care,
        scenes_closing,
        scenes_search,
        scenes_sources,
        scenes_two_ways,
        scenes_webhooks,
        scenes_window,
        scenes_wizard,
    )

    scenes_two_ways.Frame.whole = scenes_sources.Frame.whole = True
    found: dict[str, Callable[[], QWidget]] = {
        **scenes_wizard.SCENES,
        **scenes_window.SCENES,
        **scenes_two_ways.SCENES,
        **scenes_care.SCENES,
        **scenes_search.SCENES,
        **scenes_closing.SCENES,
        **scenes_webhooks.SCENES,
        **scenes_sources.SCENES,
    }
    return found


def main() -> None:
    """Draw what was asked for, or everything, once in this process and once doubled in another."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    doubled = os.environ.get("QT_SCALE_FACTOR") == "2"
    wanted = sys.argv[1:] or list(DOUBLE if doubled else scenes())
    draw(wanted, ("light",) if doubled else ("light", "dark"), "-200" if doubled else "", doubled=doubled)
    if not doubled and (again := [name for name in wanted if name in DOUBLE]):
        environment = {**os.environ, "QT_SCALE_FACTOR": "2"}
        subprocess.run([sys.executable, __file__, *again], check=True, env=environment)


def draw(names: list[str], schemes: tuple[str, ...], ending: str, *, doubled: bool) -> None:
    """Build each scene in each colour scheme and save what it shows."""
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QDialog

    from zbdesk.ui import theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = scenes()
    width, height = (side // 2 if doubled else side for side in SIZE)
    for scheme in schemes:
        theme.apply(app, scheme)
        for name in names if scheme == "light" else [name for name in names if name in DARK]:
            widget = known[name]()
            if not isinstance(widget, QDialog) and name not in AS_BUILT:
                widget.resize(width, height)
            widget.show()
            for _ in range(20):
                app.processEvents()
            file = FOLDER / f"{name}{'-dark' if scheme == 'dark' else ''}{ending}.png"
            picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            picture.save(str(file), quality=0)  # for PNG: as small as it goes
            print(file.relative_to(ROOT))
            widget.close()
            widget.deleteLater()
    from tests.ui import scenes_wizard

    scenes_wizard.close()


if __name__ == "__main__":
    main()
