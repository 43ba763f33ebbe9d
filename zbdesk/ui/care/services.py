"""What the window may ask about this computer and its connections, beyond the records.

Answers come on the main thread; a failure goes to ``failed``. Must not run on the main thread what a disk, a keychain
or a network may hold up: all of it runs on threads of the program's own loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from zbdesk.app.autostart import Autostart
from zbdesk.domain.errors import ZbdeskError

if TYPE_CHECKING:
    from zbdesk.app.desk import Desk
    from zbdesk.app.diagnostics import Part
    from zbdesk.app.handover import Handover
    from zbdesk.app.network_test import NetworkReport
    from zbdesk.app.organizations import KnownOrganization
    from zbdesk.domain.fingerprint import Guard
    from zbdesk.ui.tasks import Tasks

T = TypeVar("T")
NETWORK_PATIENCE = 4.0


class Services(Protocol):
    """What settings and dialogs of care stand on. ``autostart`` is None where this window must not start by itself."""

    data_dir: Path
    autostart: Autostart | None

    def organizations(self, then: Callable[[list[KnownOrganization]], None]) -> None:
        """All that are known here."""
        ...

    def guard(self, then: Callable[[Guard | None], None]) -> None:
        """What has to be confirmed before the first write."""
        ...

    def handover(self, then: Callable[[Handover | None], None]) -> None:
        """The card of the organization in use."""
        ...

    def diagnostics(self, then: Callable[[list[Part]], None]) -> None:
        """The parts of the archive."""
        ...

    def try_network(self, then: Callable[[NetworkReport], None]) -> None:
        """The way to Zoho step by step."""
        ...

    def keep_proxy_password(self, password: str, then: Callable[[], None], fail: Callable[[ZbdeskError], None]) -> None:
        """Into the vault; an empty one forgets."""
        ...

    def save(self, parts: list[Part], path: Path, fail: Callable[[ZbdeskError], None]) -> bool:
        """Write the archive."""
        ...


class DeskServices(QObject):
    """Over a desk. ``failed``: a question could not be answered (``ZbdeskError``)."""

    failed = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Callable[[], Tasks], autostart: Autostart | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self.autostart = autostart
        self.data_dir = desk.data_dir

    def organizations(self, then: Callable[[list[KnownOrganization]], None]) -> None:
        """See ``Services``."""
        from zbdesk.app import organizations

        self._thread(lambda: organizations.known(self._desk), then)

    def guard(self, then: Callable[[Guard | None], None]) -> None:
        """See ``Services``."""
        from zbdesk.app import organizations

        self._thread(lambda: organizations.guard(self._desk), then)

    def handover(self, then: Callable[[Handover | None], None]) -> None:
        """See ``Services``."""
        from zbdesk.app.handover import handover

        self._thread(lambda: handover(self._desk), then)

    def diagnostics(self, then: Callable[[list[Part]], None]) -> None:
        """See ``Services``."""
        self._tasks().start(self._diagnostics(then))

    async def _diagnostics(self, then: Callable[[list[Part]], None]) -> None:
        from zbdesk.app.diagnostics import collect
        from zbdesk.app.doctor import examine

        checks = await examine(self._desk)
        _tell(then, await asyncio.to_thread(collect, self._desk.data_dir, self._desk.settings, checks))

    def try_network(self, then: Callable[[NetworkReport], None]) -> None:
        """See ``Services``."""
        self._tasks().start(self._try_network(then))

    async def _try_network(self, then: Callable[[NetworkReport], None]) -> None:
        from zbdesk.app.network_test import try_for

        _tell(then, await try_for(self._desk, patience=NETWORK_PATIENCE))

    def keep_proxy_password(self, password: str, then: Callable[[], None], fail: Callable[[ZbdeskError], None]) -> None:
        """See ``Services``."""
        from zbdesk.app import secrets

        async def keep() -> None:
            await asyncio.to_thread(lambda: secrets.keep_proxy_password(self._desk.vault(), password))
            then()

        self._tasks().start(keep(), fail=fail)

    def save(self, parts: list[Part], path: Path, fail: Callable[[ZbdeskError], None]) -> bool:
        """See ``Services``."""
        from zbdesk.app.diagnostics import save

        try:
            save(parts, path)
        except ZbdeskError as error:
            fail(error)
            return False
        return True

    def _thread(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        async def run() -> None:
            _tell(then, await asyncio.to_thread(work))

        self._tasks().start(run(), fail=self.failed.emit)


def _tell(then: Callable[[T], None], answer: T) -> None:
    """Hand the answer to who asked, unless that screen is gone meanwhile."""
    owner = getattr(then, "__self__", None)
    if not isinstance(owner, QObject) or shiboken6.isValid(owner):
        then(answer)
