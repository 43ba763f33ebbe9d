"""Settings and help topics that the palette finds, under the words that stand on their pages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def settings_topics() -> list[tuple[str, str]]:
    """What can be set, and other words people use for it."""
    return [
        (_tr("How often to look"), _tr("interval, minutes, schedule, timer")),
        (_tr("What is read from Zoho Books"), _tr("modules, lists, choose, switch on, switch off")),
        (_tr("Limits before a large run"), _tr("brake, deletions, amounts, ask first")),
        (_tr("What zbdesk may write"), _tr("direction, policy, push, pull, read only")),
        (_tr("Closing the window"), _tr("tray, quit, keep running")),
        (_tr("Theme"), _tr("dark, light, contrast, colours")),
        (_tr("Notifications"), _tr("mute, snooze, sounds")),
        (_tr("Connection"), _tr("sign in again, disconnect, organization, data centre")),
        (_tr("Data folder and logs"), _tr("database, backup, where, files")),
    ]


def help_topics() -> list[tuple[str, str]]:
    """What people ask, and other words for it."""
    return [
        (_tr("Keys"), _tr("shortcuts, keyboard")),
        (_tr("States of a record"), _tr("shapes, icons, meaning")),
        (_tr("What does Sync now do?"), _tr("refresh, look, read")),
        (_tr("What if the internet is away?"), _tr("offline, network")),
        (_tr("Why does zbdesk wait?"), _tr("limits, calls, slow")),
        (_tr("A record is missing or looks old?"), _tr("stale, not found, wrong")),
        (_tr("Where are my secrets?"), _tr("keychain, password, token")),
        (_tr("Version of this program"), _tr("about, number")),
    ]


def _tr(words: str) -> str:
    return QCoreApplication.translate("SearchTopics", words)
