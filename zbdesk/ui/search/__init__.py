"""Ctrl+K: records of all modules, commands, pages, settings and the manual from one field."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zbdesk.ui.main_window import MainWindow
    from zbdesk.ui.search.palette import Palette


def make_palette(window: MainWindow) -> Palette:
    """The palette of this window; made late, because the first picture needs none."""
    from zbdesk.ui.search.palette import Palette
    from zbdesk.ui.search.sources import Sources

    def show_part(page: str, part: str, at: str) -> None:
        """A group of the settings, or a place in the manual."""
        from zbdesk.ui.help import HelpPage
        from zbdesk.ui.settings.page import SettingsPage

        window.go(page)
        shown = window.pages.currentWidget()
        if isinstance(shown, SettingsPage):
            shown.show_group(part)
        elif isinstance(shown, HelpPage):
            shown.show_topic(part, at)

    sources = Sources(
        window.state,
        window.actions_.all,
        window.go,
        show_part=show_part,
        show_record=window.show_record,
        show_records=window.show_records,
        parent=window,
    )
    return Palette(window, window.bridge, sources.question, sources.plain, sources.found)
