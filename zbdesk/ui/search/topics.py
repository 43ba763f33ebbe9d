"""Other words under which people look for a group of settings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def also_called(group: str) -> str:
    """Words for a group of the settings page, by its key; empty for one that is not known here."""
    return {
        "connections": _tr("sign in again, disconnect, organization, data centre, handover"),
        "syncing": _tr("interval, minutes, schedule, timer, hours, battery"),
        "modules": _tr("lists, choose, switch on, switch off, read only, policy"),
        "budget": _tr("limits, calls a minute, calls a day"),
        "limits": _tr("brake, deletions, amounts, ask first"),
        "notifications": _tr("mute, snooze, quiet"),
        "window": _tr("close, quit, keep running, start with the computer"),
        "look": _tr("theme, dark, light, contrast, colours, language"),
        "network": _tr("proxy, certificate, internet"),
        "programs": _tr("local interface, scheduled exports, tokens"),
        "data": _tr("database, backup, where, files, folder"),
        "privacy": _tr("personal data, reports"),
    }.get(group, "")


def _tr(words: str) -> str:
    return QCoreApplication.translate("SearchTopics", words)
