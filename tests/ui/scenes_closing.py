"""Month end in every state worth a picture."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.ui import meridian
from tests.ui.fake_closing import attach
from tests.ui.scenes_window import make_window, wait_for
from zbdesk.ui.closing.page import ClosingPage
from zbdesk.ui.main_window import MainWindow


def opened(view: str = "checks", *, differing: bool = True, mode: bool = False) -> MainWindow:
    """The window on the page, with its figures."""
    desk = meridian.desk(Path(tempfile.mkdtemp(prefix="zbdesk-scene-")))
    attach(desk, differing=differing)
    if mode:
        desk.settings = replace(desk.settings, month_end=True, month_end_until="2026-11-24")
    window = make_window(desk, page="month_end")
    page = window.pages.currentWidget()
    assert isinstance(page, ClosingPage)
    wait_for(lambda: page.found is not None)
    page.head.views.set_value(view)
    page.views_changed()
    item = page.tree.topLevelItem(0)
    for at in range(page.tree.topLevelItemCount()):
        item = page.tree.topLevelItem(at)
        if item is not None and item.childCount():
            item.setExpanded(True)
    return window


def _sign_off() -> QWidget:
    window = opened()
    page = window.pages.currentWidget()
    assert isinstance(page, ClosingPage)
    page.ask_sign_off()
    assert page.dialog is not None
    page.dialog.setFixedSize(page.dialog.sizeHint())
    return page.dialog


SCENES: dict[str, Callable[[], QWidget]] = {
    "month-end-checklist": lambda: opened(mode=True),
    "month-end-tie-out": lambda: opened("tie_out"),
    "month-end-clock": lambda: opened("dates"),
    "month-end-done": lambda: opened(differing=False),
    "month-end-sign-off": _sign_off,
}


def _manual(topic: str, words: str = "") -> QWidget:
    from zbdesk.ui.help import HelpPage

    window = make_window(meridian.desk(Path(tempfile.mkdtemp(prefix="zbdesk-scene-"))), page="help")
    page = window.pages.currentWidget()
    assert isinstance(page, HelpPage)
    window.resize(1280, 800)
    page.show_topic(topic)
    page.field.setText(words)
    return window


SCENES |= {
    "manual": lambda: _manual("daily-work"),
    "manual-search": lambda: _manual("troubleshooting", "wrong secret"),
}
