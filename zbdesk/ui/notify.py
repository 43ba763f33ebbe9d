"""Notifications: one for one cause, one more when it is mended, no names and no amounts unless switched on.

Nothing is only in a notification. Must not decide what is wrong: it follows the state. Invariant: while a cause lasts
it speaks once, whatever happens; and no hour has more than a person allows, the rest is told in one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from zbdesk.domain.closing import month_end_of
from zbdesk.domain.status import ConnectionState, EngineState, RunKind, RunResult
from zbdesk.sync.events import RunFinished
from zbdesk.ui.formats import plural
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

HOUR = timedelta(hours=1)


ERRORS = frozenset({"problems", "conflicts", "sign_in"})
"""What is told at month end too: a person must act, and the month waits for it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification: ``cause`` keeps it single, ``page`` is where a click leads."""

    cause: str
    title: str
    body: str
    page: str


def _nothing(_cause: str) -> None:
    """Nothing can be taken back: the system's own tray messages go by themselves."""


class Notifier(QObject):
    """Watches the state and speaks through ``show``; ``withdraw`` takes back what was said of a cause that is gone.

    ``page_wanted``: a notification was clicked.
    """

    page_wanted = Signal(str)

    def __init__(
        self,
        state: DeskState,
        preferences: Preferences,
        show: Callable[[Notice], bool],
        *,
        in_sight: Callable[[], bool],
        withdraw: Callable[[str], None] = _nothing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._preferences = state, preferences
        self._show, self._withdraw, self._in_sight = show, withdraw, in_sight
        self._open: dict[str, Notice] = {}
        self._pages: dict[str, str] = {}
        self.snoozed_until: datetime | None = None
        self._problems: int | None = None
        self._conflicts: int | None = None
        self._first_sync = False
        self.last: Notice | None = None
        self._lately: deque[datetime] = deque()
        self._left_out = 0
        self._digest = QTimer(self)
        self._digest.setSingleShot(True)
        self._digest.timeout.connect(self._sum_up)
        state.changed.connect(self._look)
        state.run_finished.connect(self._run_finished)

    def clicked(self, cause: str = "") -> None:
        """A notification was clicked: the one of this cause, or the last one where the system does not say which."""
        if cause in self._pages:
            self.page_wanted.emit(self._pages[cause])
        elif self.last is not None:
            self.page_wanted.emit(self.last.page)

    def snooze(self, until: datetime | None) -> None:
        """Say nothing until then; None ends it. What happens meanwhile stands in the window as always."""
        self.snoozed_until = until

    def _look(self) -> None:
        state = self._state
        if state.overview is None:
            return
        self._first_sync = self._first_sync or state.run_is_first
        out = state.engine_state is EngineState.SIGNED_OUT or state.connection_state is ConnectionState.NEEDS_SIGN_IN
        self._episode(
            "sign_in",
            happening=out,
            begins=(self.tr("Sign in to Zoho again"), self.tr("Zoho ended the sign-in. Nothing is lost.")),
            ends=(self.tr("Signed in again"), self.tr("Syncing goes on.")),
        )
        self._more("problems", state.overview.problems)
        self._more("conflicts", state.overview.conflicts)

    def _more(self, kind: str, count: int) -> None:
        known = self._problems if kind == "problems" else self._conflicts
        if kind == "problems":
            self._problems = count
        else:
            self._conflicts = count
        if count == 0 and self._open.pop(kind, None) is not None:
            self._withdraw(kind)
        if known is None or count <= known or kind in self._open:
            return
        if kind == "problems":
            title = plural(
                "Notify", "%n record(s) could not be read", count, "%n problem is new", "%n problems are open"
            )
            self._say(Notice(kind, title, self.tr("What to do about it stands under Problems."), "problems"))
            return
        title = plural(
            "Notify",
            "%n conflict(s)",
            count,
            "%n record was changed on both sides",
            "%n records were changed on both sides",
        )
        self._say(Notice(kind, title, self.tr("Nothing is overwritten until somebody decides."), "conflicts"))

    def _episode(self, cause: str, *, happening: bool, begins: tuple[str, str], ends: tuple[str, str]) -> None:
        if happening and cause not in self._open:
            self._say(Notice(cause, *begins, "dashboard"))
        elif not happening and self._open.pop(cause, None) is not None:
            self._withdraw(cause)
            self._say(Notice("recovered", *ends, "dashboard"))

    def _run_finished(self, event: RunFinished) -> None:
        if event.kind is not RunKind.FIRST or event.result not in {RunResult.OK, RunResult.ATTENTION}:
            return
        new = sum(count.new for _, count in event.pulled)
        title = plural(
            "Notify", "First sync done: %n record(s)", new, "First sync done: %n record", "First sync done: %n records",
            self._state.formats.count(new),
        )  # fmt: skip
        self._say(Notice("first_sync", title, self.tr("From now on only changes are read."), "dashboard"))

    def _say(self, notice: Notice) -> None:
        if notice.cause not in {"recovered", "first_sync"}:
            self._open[notice.cause] = notice
        settings = self._preferences.settings
        wanted = settings.notify and getattr(settings, f"notify_{notice.cause}")
        if notice.cause not in ERRORS and self._month_end():
            wanted = False
        # Whoever looks at the window sees it there already.
        if not wanted or self._snoozed() or self._in_sight():
            return
        if self._is_full():
            self._leave_out()
        elif self._show(self._named(notice)):
            self._lately.append(self._state.now())
            self.last = notice
            self._pages[notice.cause] = notice.page

    def _named(self, notice: Notice) -> Notice:
        """With the organization's name, where a person has switched names on."""
        overview = self._state.overview
        connection = overview.connection if overview is not None else None
        if not self._preferences.settings.notify_names_and_amounts or connection is None:
            return notice
        return replace(notice, title=f"{connection.organization.name}: {notice.title}")

    def _is_full(self) -> bool:
        """Whether this hour has had as many as a person allows; one place is kept for the one that sums up."""
        now = self._state.now()
        while self._lately and now - self._lately[0] >= HOUR:
            self._lately.popleft()
        return len(self._lately) >= max(1, self._preferences.settings.notify_per_hour)

    def _leave_out(self) -> None:
        """Count it; the rest of the hour is told in one when the hour is over."""
        self._left_out += 1
        if not self._digest.isActive():
            left = HOUR - (self._state.now() - self._lately[0])
            self._digest.start(max(1, round(left.total_seconds() * 1000)))

    def _sum_up(self) -> None:
        count, self._left_out = self._left_out, 0
        if not count or not self._preferences.settings.notify or self._snoozed() or self._in_sight():
            return
        title = plural("Notify", "%n more notice(s) in the last hour", count, "%n more notice in the last hour",
                       "%n more notices in the last hour")  # fmt: skip
        notice = Notice("digest", title, self.tr("All of it stands in the window."), "dashboard")
        if self._show(self._named(notice)):
            self._lately.append(self._state.now())
            self.last = notice
            self._pages[notice.cause] = notice.page

    def _month_end(self) -> bool:
        """At month end only errors are told."""
        settings, overview = self._preferences.settings, self._state.overview
        connection = overview.connection if overview is not None else None
        zone_name = connection.organization.time_zone if connection is not None else "UTC"
        return month_end_of(settings.month_end, settings.month_end_until).holds(self._state.now(), zone_name)

    def _snoozed(self) -> bool:
        return self.snoozed_until is not None and self._state.now() < self.snoozed_until
