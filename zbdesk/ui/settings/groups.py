"""The settings page from one description: groups in order, each with the parts that it is built of when first shown.

A new part is a file of its own with a class of ``Rows`` that takes ``Here``, and a line here. The search reads the
words of the parts themselves, so nothing is written down twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Rows

Maker = Callable[[Here], Rows]


@dataclass(frozen=True, slots=True)
class Group:
    """One entry at the start side. ``own``: it belongs to the organization in use and to no other."""

    key: str
    title: str
    icon: str
    parts: Callable[[], Sequence[Maker]]
    own: bool = False


def groups() -> tuple[Group, ...]:
    """All groups, in the language in use."""
    tr = QCoreApplication.translate
    return (
        Group("connections", tr("SettingsGroups", "Connections"), "building-2", _connections),
        Group("syncing", tr("SettingsGroups", "Syncing"), "refresh-cw", _syncing),
        Group("modules", tr("SettingsGroups", "Modules and direction"), "list-checks", _modules, own=True),
        Group("budget", tr("SettingsGroups", "Call budget"), "timer", _budget),
        Group("limits", tr("SettingsGroups", "Safety limits"), "shield-check", _limits),
        Group("notifications", tr("SettingsGroups", "Notifications"), "bell", _notifications),
        Group("window", tr("SettingsGroups", "Window and tray"), "app-window", _window),
        Group("look", tr("SettingsGroups", "Language and look"), "sliders-horizontal", _look),
        Group("network", tr("SettingsGroups", "Network"), "globe", _network),
        Group("programs", tr("SettingsGroups", "Exports and programs"), "plug", _programs),
        Group("data", tr("SettingsGroups", "Data and logs"), "database", _data),
        Group("privacy", tr("SettingsGroups", "Privacy"), "lock", _privacy),
    )


def _connections() -> Sequence[Maker]:
    from zbdesk.ui.settings.connections import CareRows, ConnectionRows, OrganizationRows, RemovalRows

    return (OrganizationRows, ConnectionRows, CareRows, RemovalRows)


def _syncing() -> Sequence[Maker]:
    from zbdesk.ui.settings.syncing import LookingRows, SparingRows

    return (LookingRows, SparingRows)


def _modules() -> Sequence[Maker]:
    from zbdesk.ui.settings.modules import ModuleRows
    from zbdesk.ui.settings.policies import PolicyRows
    from zbdesk.ui.settings.recognition import RecognitionRows
    from zbdesk.ui.settings.rules import RuleRows

    return (
        ModuleRows,
        lambda here: PolicyRows(here.state, here.bridge),
        lambda here: RecognitionRows(here.state, here.bridge),
        RuleRows,
    )


def _budget() -> Sequence[Maker]:
    from zbdesk.ui.settings.budget import BudgetRows

    return (BudgetRows,)


def _limits() -> Sequence[Maker]:
    from zbdesk.ui.settings.limits import LimitRows

    return (lambda here: LimitRows(here.state, here.bridge, here.preferences, here.change),)


def _notifications() -> Sequence[Maker]:
    from zbdesk.ui.settings.notifications import NoticeRows, QuietRows

    return (NoticeRows, QuietRows)


def _window() -> Sequence[Maker]:
    from zbdesk.ui.settings.window import WindowRows

    return (WindowRows,)


def _look() -> Sequence[Maker]:
    from zbdesk.ui.settings.look import LookRows

    return (LookRows,)


def _network() -> Sequence[Maker]:
    from zbdesk.ui.settings.network import NetworkRows, TrustRows

    return (NetworkRows, TrustRows)


def _programs() -> Sequence[Maker]:
    from zbdesk.ui.settings.exporting import ExportRows
    from zbdesk.ui.settings.interface import InterfaceRows

    return (ExportRows, InterfaceRows)


def _data() -> Sequence[Maker]:
    from zbdesk.ui.settings.data import DataRows, LogRows

    return (DataRows, LogRows)


def _privacy() -> Sequence[Maker]:
    from zbdesk.ui.settings.privacy import PrivacyRows

    return (PrivacyRows,)
