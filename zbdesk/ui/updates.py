"""Tells of a newer version: a banner above the page, never a window, never a notification.

Asks at most once a day, and only where this build knows whom. Must not take the focus, download or install anything.
Invariant: switched off, by a person or by the computer's administrator, nobody is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from zbdesk import __version__
from zbdesk.app import updates
from zbdesk.app.updates import Feed, Update
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui.formats import isolate
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.widgets import Banner, Button, announce

if TYPE_CHECKING:
    from zbdesk.app.desk import Desk

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
LOOK_AGAIN = 3_600_000
"""Milliseconds between two looks at the clock: a computer that sleeps at night still asks once a day."""

KEPT = "updates/last"
"""When somebody was asked last, and what was found."""

Run = Callable[[Coroutine[object, object, object]], None]


def why_no_looking() -> str:
    """Why nobody is asked, whatever the setting says; empty where somebody can be."""
    if updates.built_in() is None:
        return _tr("This build does not look for updates.")
    if updates.forbidden():
        return _tr("The administrator of this computer has switched this off.")
    return ""


class UpdateWatch(QObject):
    """One program's watch. ``found``: a newer version, or None where there is none (any more)."""

    found = Signal(object)

    def __init__(
        self,
        desk: Desk,
        preferences: Preferences,
        run: Run,
        parent: QObject | None = None,
        *,
        feed: Callable[[], Feed | None] = updates.built_in,
        forbidden: Callable[[], bool] = updates.forbidden,
    ) -> None:
        super().__init__(parent)
        self._desk, self._preferences, self._run = desk, preferences, run
        self._feed, self._forbidden = feed, forbidden
        self._update: Update | None = None
        self._asking = False
        self._banner: UpdateBanner | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN)
        self._timer.timeout.connect(self.look)
        preferences.changed.connect(self._settings_changed)

    @property
    def update(self) -> Update | None:
        """The newer version that is known of."""
        return self._update

    def use(self, banner: UpdateBanner) -> None:
        """The banner of the window of now."""
        self._banner = banner
        banner.dismissed.connect(self._dismissed)
        self._show()

    def start(self) -> None:
        """What was found lately is shown at once; then look."""
        if self._wanted() is None:
            return
        _, kept = self._kept()
        if kept is not None and updates.newer(kept.version):
            self._take(kept)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask, if a day has passed since somebody was asked."""
        feed = self._wanted()
        if feed is None or self._asking:
            return
        asked, _ = self._kept()
        now = self._desk.clock.now()
        # A clock that was set back must not silence it for longer than a day.
        if asked is None or not timedelta(0) <= now - asked < DAY:
            self._asking = True
            self._run(self._ask(feed))

    def _wanted(self) -> Feed | None:
        if not self._preferences.settings.look_for_updates:
            return None
        feed = self._feed()
        return None if feed is None or self._forbidden() else feed

    async def _ask(self, feed: Feed) -> None:
        from zbdesk.app import secrets
        from zbdesk.app.http import build_client

        desk, before = self._desk, self._update
        try:
            settings = self._preferences.settings
            async with build_client(settings, proxy_password=lambda: secrets.proxy_password(desk.vault())) as client:
                self._take(await updates.look(feed, client))
        except ZbdeskError as error:
            # Nobody's work depends on it: what was known stays, and the next day asks again.
            log.info("no news of versions: %s %s", error.title, error.message)
        finally:
            self._asking = False
            self._keep()
        if self._update is not None and self._update != before and self._banner is not None:
            announce(self._banner, self._banner.fact.text())

    def _take(self, update: Update | None) -> None:
        self._update = update
        self._show()
        self.found.emit(update)

    def _show(self) -> None:
        if self._banner is not None:
            hidden = self._preferences.values("updates/dismissed")
            shown = self._update is not None and self._update.version != hidden
            self._banner.show_update(self._update if shown else None)

    def _dismissed(self) -> None:
        if self._update is not None:
            self._preferences.keep_values("updates/dismissed", self._update.version)
        self._show()

    def _settings_changed(self) -> None:
        if self._wanted() is None:
            self._timer.stop()
            if self._update is not None:
                self._take(None)
        elif not self._timer.isActive():
            self.start()

    def _keep(self) -> None:
        found = self._update
        what = [found.version, found.link, found.summary] if found is not None else []
        self._preferences.keep_values(KEPT, [self._desk.clock.now().isoformat(), *what])

    def _kept(self) -> tuple[datetime | None, Update | None]:
        kept = self._preferences.values(KEPT)
        if not isinstance(kept, list) or not kept or not all(isinstance(one, str) for one in kept):
            return None, None
        try:
            asked = datetime.fromisoformat(kept[0])
        except ValueError:
            return None, None
        if asked.tzinfo is None:
            return None, None
        return asked, Update(*kept[1:]) if len(kept) == 4 else None


class UpdateBanner(Banner):
    """Says which version there is, with a link to read about it. ``dismissed``: not to be shown for this one again."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(kind="info", action=_tr("What is new"))
        self._link = ""
        self.later = Button(_tr("Not now"), "quiet")
        self.later.clicked.connect(self.dismissed)
        self.end.addWidget(self.later)
        self.acted.connect(self._open)

    def show_update(self, update: Update | None) -> None:
        """This one, or nothing."""
        if update is None:
            self.say("")
            return
        self._link = update.link
        fact = _tr("zbdesk %1 is there.").replace("%1", isolate(update.version))
        # The summary is somebody's own text, signed; it is shown as it came.
        note = _tr("You have %1. Nothing is downloaded by itself.").replace("%1", isolate(__version__))
        self.say(fact, f"{update.summary} {note}".strip())

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Updates", words)
