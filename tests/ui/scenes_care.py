"""Pictures of settings, group by group, and of the dialogs of care."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import fake_two_ways
from tests.ui.fake_care import FakeServices
from tests.ui.scenes_window import make_window
from zbdesk.app.network_test import NetworkReport, NetworkStep
from zbdesk.domain.fingerprint import Guard
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.settings.network import NetworkRows


def window(group: str = "") -> MainWindow:
    """The window on a group of settings."""
    desk = fake_two_ways.desk(Path(tempfile.mkdtemp(prefix="zbdesk-care-")))
    desk.overview = replace(desk.overview, pending=8)
    made = make_window(desk, page="settings")
    made.services = FakeServices(desk)
    page = made.pages.made()["settings"]
    if group:
        page.show_group(group)
    page.refresh()
    QApplication.processEvents()
    return made


def _group(key: str) -> Callable[[], QWidget]:
    return lambda: window(key)


def _search() -> QWidget:
    made = window()
    made.pages.made()["settings"].search.setText("hours")
    return made


def _hours() -> QWidget:
    made = window()
    made.preferences.change(hours_from="07:00", hours_to="21:00", hours_days="123456", pause_metered=True)
    made.pages.made()["settings"].show_group("syncing")
    return made


def _network_failed() -> QWidget:
    made = window("network")
    rows = made.pages.made()["settings"].part("network", NetworkRows)
    rows._tried(
        NetworkReport(
            (NetworkStep.PROXY,), NetworkStep.LOGIN, "the proxy refuses name or password", "http://proxy:8080"
        )
    )
    return made


def _dialog(word: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = window()
        made.care.want(word)
        return made.care.dialog or made

    return make


def _confirm(guard: Guard) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = window()
        made.care._guard = guard
        made.care.ask_confirmation()
        return made.care.dialog or made

    return make


GROUPS = (
    "connections", "syncing", "modules", "budget", "limits", "notifications", "window", "look", "network", "data",
    "privacy",
)  # fmt: skip

SCENES: dict[str, Callable[[], QWidget]] = {
    **{f"settings-{key}": _group(key) for key in GROUPS},
    "settings-search": _search,
    "settings-hours": _hours,
    "settings-network-failed": _network_failed,
}

"""Pictures of the manual."""

DIALOGS: dict[str, Callable[[], QWidget]] = {
    "care-disconnect": _dialog("disconnect"),
    "care-forget": _dialog("forget"),
    "care-delete": _dialog("delete"),
    "care-handover": _dialog("handover"),
    "care-diagnostics": _dialog("diagnostics"),
    "care-log": _dialog("log_viewer"),
    "care-confirm": _confirm(Guard(before="Meridian Foods Trading FZE")),
    "care-changed": _confirm(Guard(changed=(("tax_id", "GSTIN 29AAKCM4821Q1ZX", "GSTIN 27AAKCM4821Q1ZX"),))),
}
"""Dialogs, for looking at them in their own size."""
