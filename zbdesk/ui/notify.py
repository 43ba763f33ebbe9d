"""Notifications: one for one cause, one more when it is mended, no names and no amounts unless switched on.

Nothing is only in a notification. Must not decide what is wrong: it follows the state. Invariant: while a cause lasts
it speaks once, whatever happens; and no hour has more than a person allows, the rest is told in one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zbdesk.domain.closing import month_end_of
from zbdesk.domain.status import ConnectionState, EngineState, RunKind, RunResult
from zbdesk.sync.events import RunFinished
from zbdesk.ui.formats import plural
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.app.organizations import KnownOrganization

HOUR = timedelta(hours=1)

LONG = timedelta(minutes=2)
"""A pass that took longer is told at its end: nobody waits in front of it."""

SWITCHES = {"long_run": "notify_first_sync"}
"""Kinds without a switch of their own, and the switch that counts for them."""


ERRORS = frozenset({"problems", "conflicts", "sign_in"})
"""What is told at month end too: a person must act, and the month waits for it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification: ``cause`` keeps it single, ``page`` is where a click leads.

    ``organization``: the key of the one it speaks of, where that is not the one in use; 0 is the one in use.
    """

    cause: str
    title: str
    body: str
    page: str
    organization: int = 0

    @property
    def kind(self) -> str:
        """What it is about, whichever organization: the word of its setting."""
        return self.cause.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Whose:
    """Which organization something is about. ``beside``: not the one in use."""

    key: int = 0
    name: str = ""
    beside: bool = False

    def cause(self, kind: str) -> str:
        """What keeps a notification single."""
        return f"{kind}@{self.key}" if self.beside else kind


def _nothing(_cause: str) -> None:
    """Nothing can be taken back: the system's own tray messages go by themselves."""


class Notifier(QObject):
    """Watches the state and speaks through ``show``; ``withdraw`` takes back what was said of a cause that is gone.

    ``page_wanted``: a notification was clicked; ``organization_wanted``: one of an organization beside the one in use
    was (its key, the page). ``several``: more than one is connected, so each notification says whose it is.
    """

    page_wanted = Signal(str)
    organization_wanted = Signal(int, str)

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
        self.several = False
        self._open: dict[tuple[int, str], Notice] = {}
        self._told: dict[str, Notice] = {}
        self.snoozed_until: datetime | None = None
        self._counts: dict[tuple[int, str], int] = {}
        self._seen: set[int] = set()
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
        notice = self._told.get(cause, self.last)
        if notice is None:
            return
        if notice.organization:
            self.organization_wanted.emit(notice.organization, notice.page)
        else:
            self.page_wanted.emit(notice.page)

    def snooze(self, until: datetime | None) -> None:
        """Say nothing until then; None ends it. What happens meanwhile stands in the window as always."""
        self.snoozed_until = until

    def look_beside(self, known: Sequence[KnownOrganization]) -> None:
        """Follow the organizations beside the one in use; what was so when the program began is not told again."""
        self.several = sum(one.signed_in for one in known) > 1
        for one in known:
            if one.current or not one.signed_in:
                continue
            organization = one.connection.organization
            whose = Whose(one.connection.id, organization.name, beside=True)
            out = one.connection.state is ConnectionState.NEEDS_SIGN_IN
            if whose.key not in self._seen and out:
                # Known already: the list of organizations says so, at each start anew.
                self._open[whose.key, "sign_in"] = Notice(whose.cause("sign_in"), "", "", "dashboard", whose.key)
            self._seen.add(whose.key)
            self._sign_in(whose, out=out)
            self._more("problems", one.problems, whose)
            self._more("conflicts", one.conflicts, whose)

    def _look(self) -> None:
        state = self._state
        if state.overview is None:
            return
        self._first_sync = self._first_sync or state.run_is_first
        connection = state.overview.connection
        whose = Whose(connection.id, connection.organization.name) if connection is not None else Whose()
        self._seen.add(whose.key)
        out = state.engine_state is EngineState.SIGNED_OUT or state.connection_state is ConnectionState.NEEDS_SIGN_IN
        self._sign_in(whose, out=out)
        self._more("problems", state.overview.problems, whose)
        self._more("conflicts", state.overview.conflicts, whose)

    def _sign_in(self, whose: Whose, *, out: bool) -> None:
        self._episode(
            "sign_in",
            whose,
            happening=out,
            begins=(self.tr("Sign in to Zoho again"), self.tr("Zoho ended the sign-in. Nothing is lost.")),
            ends=(self.tr("Signed in again"), self.tr("Syncing goes on.")),
        )

    def _more(self, kind: str, count: int, whose: Whose) -> None:
        place = (whose.key, kind)
        known = self._counts.get(place)
        self._counts[place] = count
        if count == 0 and self._open.pop(place, None) is not None:
            self._withdraw(whose.cause(kind))
        if known is None or count <= known or place in self._open:
            return
        if kind == "problems":
            title = plural(
                "Notify", "%n record(s) could not be read", count, "%n problem is new", "%n problems are open"
            )
            self._say(self._notice(kind, whose, title, self.tr("What to do about it stands under Problems.")), whose)
            return
        title = plural(
            "Notify",
            "%n conflict(s)",
            count,
            "%n record was changed on both sides",
            "%n records were changed on both sides",
        )
        self._say(self._notice(kind, whose, title, self.tr("Nothing is overwritten until somebody decides.")), whose)

    @staticmethod
    def _notice(kind: str, whose: Whose, title: str, body: str) -> Notice:
        page = kind if kind in {"problems", "conflicts"} else "dashboard"
        return Notice(whose.cause(kind), title, body, page, whose.key if whose.beside else 0)

    def _episode(
        self, kind: str, whose: Whose, *, happening: bool, begins: tuple[str, str], ends: tuple[str, str]
    ) -> None:
        place = (whose.key, kind)
        if happening and place not in self._open:
            self._say(self._notice(kind, whose, *begins), whose)
        elif not happening and self._open.pop(place, None) is not None:
            self._withdraw(whose.cause(kind))
            self._say(self._notice("recovered", whose, *ends), whose)

    def _run_finished(self, event: RunFinished) -> None:
        if event.result not in {RunResult.OK, RunResult.ATTENTION}:
            return
        if event.kind is not RunKind.FIRST:
            self._long_run_finished(event)
            return
        new = sum(count.new for _, count in event.pulled)
        title = plural(
            "Notify", "First sync done: %n record(s)", new, "First sync done: %n record", "First sync done: %n records",
            self._state.formats.count(new),
        )  # fmt: skip
        self._say(Notice("first_sync", title, self.tr("From now on only changes are read."), "dashboard"), self._here())

    def _long_run_finished(self, event: RunFinished) -> None:
        spent = event.finished_at - event.started_at
        if spent >= LONG:
            body = self.tr("It took %1. What came of it stands under Activity.")
            body = body.replace("%1", self._state.formats.duration(spent))
            self._say(Notice("long_run", self.tr("A long sync is done"), body, "activity"), self._here())

    def _say(self, notice: Notice, whose: Whose) -> None:
        if notice.kind not in {"recovered", "first_sync", "long_run"}:
            self._open[whose.key, notice.kind] = notice
        settings = self._preferences.settings
        wanted = settings.notify and getattr(settings, SWITCHES.get(notice.kind, f"notify_{notice.kind}"))
        if notice.kind not in ERRORS and self._month_end():
            wanted = False
        # Whoever looks at the window sees it there already, unless it is about another organization.
        if not wanted or self._snoozed() or (self._in_sight() and not whose.beside):
            return
        if self._is_full():
            self._leave_out()
        elif self._show(self._named(notice, whose)):
            self._shown(notice)

    def _shown(self, notice: Notice) -> None:
        self._lately.append(self._state.now())
        self.last = notice
        self._told[notice.cause] = notice

    def _here(self) -> Whose:
        """The one in use."""
        overview = self._state.overview
        connection = overview.connection if overview is not None else None
        return Whose(connection.id, connection.organization.name) if connection is not None else Whose()

    def _named(self, notice: Notice, whose: Whose) -> Notice:
        """With the organization's name, where there are several or a person has switched names on."""
        if not (self.several or whose.beside or self._preferences.settings.notify_names_and_amounts) or not whose.name:
            return notice
        return replace(notice, title=f"{whose.name}: {notice.title}")

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
        # It sums up whatever was left out, of whichever organization.
        if self._show(notice if self.several else self._named(notice, self._here())):
            self._shown(notice)

    def _month_end(self) -> bool:
        """At month end only errors are told."""
        settings, overview = self._preferences.settings, self._state.overview
        connection = overview.connection if overview is not None else None
        zone_name = connection.organization.time_zone if connection is not None else "UTC"
        return month_end_of(settings.month_end, settings.month_end_until).holds(self._state.now(), zone_name)

    def _snoozed(self) -> bool:
        return self.snoozed_until is not None and self._state.now() < self.snoozed_until
