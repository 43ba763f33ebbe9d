"""Draws scenes at the scale of this process and says what does not fit. Started by ``test_scales.py``."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import pseudo
from zbdesk.ui import icons, theme


def main(names: list[str]) -> None:
    """Print one JSON object: for each scene what is cut off, and the pixels an icon has on each screen."""
    app = QApplication(sys.argv[:1])
    theme.apply(app, "light")
    scenes = pseudo.scenes()
    told: dict[str, object] = {"cut": {}, "screens": [], "icons": []}
    cut: dict[str, list[str]] = {}
    for name in names:
        scene = scenes[name][0]()
        if isinstance(scene, QWidget) and name.startswith("wizard"):
            scene.resize(1280, 800)
        scene.show()
        for screen in QGuiApplication.screens():
            # A window that is moved to another monitor is drawn anew for it, in place.
            size = scene.size()
            scene.move(screen.geometry().topLeft())
            scene.resize(QSize(size))
            for _ in range(6):
                QApplication.processEvents()
            picture = scene.grab()
            assert not picture.isNull()
            here = [*pseudo.clipped(scene)]
            if here:
                cut[f"{name} on {screen.name()}"] = here
        scenes[name][1](scene)
    told["cut"] = cut
    told["screens"] = [(screen.name(), screen.devicePixelRatio()) for screen in QGuiApplication.screens()]
    for screen in QGuiApplication.screens():
        ratio = screen.devicePixelRatio()
        drawn = icons.pixmap("refresh-cw", "text2", 16, ratio)
        told["icons"] = [*told["icons"], (ratio, drawn.width(), drawn.devicePixelRatio())]  # type: ignore[misc]
    icons.forget()
    print(json.dumps(told))  # noqa: T201 - how the parent hears it


if __name__ == "__main__":
    main(sys.argv[1:])
