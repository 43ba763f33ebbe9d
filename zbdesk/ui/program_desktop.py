"""What only the desktop's message bus can tell or do for the program: its colour scheme, notifications with clicks.

Where there is no bus, or it cannot do something, the program goes on without. Must not decide what is said.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zbdesk.ui import theme
from zbdesk.ui.desktop_bus import open_bus, quietly
from zbdesk.ui.desktop_notices import DesktopNotices
from zbdesk.ui.desktop_scheme import follow_scheme, read_scheme

if TYPE_CHECKING:
    from zbdesk.ui.desktop_bus import DesktopBus
    from zbdesk.ui.notify import Notice


class ProgramDesktop(QObject):
    """One program's desktop. ``clicked``: the cause of a notification that was clicked.

    ``looked`` is set once the desktop has said whether it is dark, or cannot say.
    """

    clicked = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.looked = asyncio.Event()
        self._notices: DesktopNotices | None = None

    async def run(self) -> None:
        """For as long as the program runs."""
        try:
            async with open_bus() as bus:
                if bus is None:
                    return
                self._notices = DesktopNotices(bus, self)
                self._notices.clicked.connect(self.clicked)
                async with asyncio.TaskGroup() as group:
                    group.create_task(quietly(self._scheme(bus)))
                    group.create_task(quietly(self._notices.run()))
        finally:
            self.looked.set()

    async def _scheme(self, bus: DesktopBus) -> None:
        try:
            theme.use_desktop_scheme(await read_scheme(bus))
        finally:
            self.looked.set()
        await follow_scheme(bus, theme.use_desktop_scheme)

    def show(self, notice: Notice) -> bool:
        """Say it; False where this desktop shows no notifications of ours."""
        return self._notices is not None and self._notices.show(notice)

    def withdraw(self, cause: str) -> None:
        """The cause is gone: so is its notification."""
        if self._notices is not None:
            self._notices.withdraw(cause)
