"""What the window knows: the last overview of the database, and what events have said since.

Screens read it and redraw on ``changed``; none of them listens to the sync thread itself. Must not decide anything.
Invariant: ``changed`` comes at most ten times a second however many events arrive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES
from zbdesk.domain.pace import PER_PAGE, Beat, seconds_left
from zbdesk.domain.status import ConnectionState, EngineState, RunKind
from zbdesk.domain.views import CallBudget, ModuleCounts, Overview
from zbdesk.sync.events import (
    CallsUsed,
    CommandDone,
    CommandFailed,
    DetailProgress,
    DetailReady,
    Elsewhere,
    Event,
    ModuleProgress,
    RecordsChanged,
    RunFinished,
    RunStarted,
    StateChanged,
)
from zbdesk.ui import text
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import Formats
from zbdesk.ui.trouble import Trouble, trouble_of

LASTS = timedelta(seconds=2)
"""From then on a pass shows a bar: what is over sooner would only flicker."""

_TENTH = 100
_REFRESH = 400


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: records here of those Zoho said there are; ``expected`` None where no list was counted.

    ``uncounted``: lists under way whose size is not known.
    """

    done: int
    expected: int | None
    calls: int
    uncounted: int = 0


def _awaited(counts: ModuleCounts) -> bool:
    """Whether a first sync reads the module: lists below other records come with a complete reading only."""
    module = MODULES.get(counts.module)
    nested = module is not None and module.feed is Feed.NESTED
    return counts.enabled and not counts.off_reason and not nested


class DeskState(QObject):
    """The latest of everything.

    ``changed``: redraw. ``records_changed``: names of modules whose tables show something else. ``detail_ready``: the
    key of a record whose detail came. ``run_finished``, ``command_failed``, ``trouble_changed``: for notifications.
    ``command_answered``: what came of a command that a dialog waits for; its failure is told there and nowhere else.
    ``elsewhere``: something happened to an organization beside the one in use (``sync.events.Elsewhere``).
    """

    changed = Signal()
    records_changed = Signal(object)
    detail_ready = Signal(int)
    run_finished = Signal(object)
    command_failed = Signal(object)
    command_answered = Signal(object)
    elsewhere = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        clock: Clock,
        *,
        language: str = "",
        calls_per_minute: int = 60,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._awaited: set[str] = set()
        self._calls_per_minute = calls_per_minute
        self._beat = Beat()
        self._bridge = bridge
        self._clock = clock
        self._language = language
        self.overview: Overview | None = None
        self.engine: StateChanged | None = None
        self.run: RunStarted | None = None
        self.progress: dict[str, ModuleProgress] = {}
        self.details: DetailProgress | None = None
        self.last_run: RunFinished | None = None
        self._read_error: ZbdeskError | None = None
        self._start_error: ZbdeskError | None = None
        self.failure: CommandFailed | None = None
        self.stopping = False
        self.snoozed_until: datetime | None = None
        """Until when a person wants no notifications."""

        self.offline_since: datetime | None = None
        self._calls: CallsUsed | None = None
        self.formats = Formats(language=language)
        self._reading = self._again = False
        self._tell = self._timer(_TENTH, self.changed.emit)
        self._soon = self._timer(_REFRESH, self._read)
        self._records_soon = self._timer(_REFRESH, self._tell_records)
        self._dirty: set[str] = set()
        bridge.happened.connect(self._on_event)

    def _timer(self, span: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(span)
        timer.timeout.connect(then)
        return timer

    # ---- what is so ----------------------------------------------------------------------------------------------
    def now(self) -> datetime:
        """The present moment."""
        return self._clock.now()

    @property
    def error(self) -> ZbdeskError | None:
        """What stops everything: the database cannot be read, or syncing could not begin."""
        return self._read_error or self._start_error

    @property
    def loaded(self) -> bool:
        """Whether the database has answered once."""
        return self.overview is not None

    @property
    def running(self) -> bool:
        """Whether a pass is under way."""
        return self.run is not None

    @property
    def lasts(self) -> bool:
        """Whether the pass under way has taken long enough to show how far it is."""
        return self.run is not None and self.now() - self.run.at >= LASTS

    @property
    def first_sync(self) -> bool:
        """Whether the first load is not done yet: figures would mislead."""
        if self.overview is None or self.overview.connection is None:
            return False
        return any(_awaited(module) and not module.first_done for module in self.modules())

    @property
    def calls(self) -> CallBudget | None:
        """Calls of the day, with what events said since the database was read."""
        known = self.overview.calls if self.overview is not None else None
        if self._calls is None or known is None:
            return known
        used = max(known.used, self._calls.used)
        limit = self._calls.limit if self._calls.limit is not None else known.limit
        return CallBudget(used, limit, known.reserve, known.resets_at, self._calls.paused_until or known.paused_until)

    @property
    def connection_state(self) -> ConnectionState:
        """How the connection stands."""
        return self.overview.state if self.overview is not None else ConnectionState.NONE

    @property
    def engine_state(self) -> EngineState | None:
        """What the engine last said it does; None before it spoke."""
        return self.engine.state if self.engine is not None else None

    def modules(self) -> tuple[ModuleCounts, ...]:
        """All modules as the database counted them."""
        return self.overview.modules if self.overview is not None else ()

    def here(self, counts: ModuleCounts) -> int:
        """How many records of the module are here: never less than a moment ago in a run."""
        event = self.progress.get(counts.module)
        return max(counts.remote, event.done) if event is not None and self.run is not None else counts.remote

    def expected(self, counts: ModuleCounts) -> int | None:
        """How many Zoho said there are; None where it did not."""
        event = self.progress.get(counts.module)
        if event is not None and event.expected is not None:
            return event.expected
        return counts.expected

    def total(self) -> Progress:
        """All chosen modules together.

        With a total, ``done`` leaves out the lists that Zoho did not count, so that the share is true; as each of them
        ends it joins both sides, and the share never falls.
        """
        done = expected = others = uncounted = 0
        is_open = False
        for module in self.modules():
            if not _awaited(module):
                continue
            here, said = self.here(module), self.expected(module)
            if self.finished(module):
                done, expected = done + here, expected + here
            elif said is None:
                others, uncounted = others + here, uncounted + 1
            else:
                done, expected, is_open = done + here, expected + max(said, here), True
        if not expected or (uncounted and not is_open):
            return Progress(done + others, None, self._run_calls(), uncounted)
        return Progress(done, expected, self._run_calls(), uncounted)

    def finished(self, counts: ModuleCounts) -> bool:
        """Whether the module has been read to its end."""
        event = self.progress.get(counts.module)
        return counts.first_done or (event is not None and event.finished)

    def word(self) -> text.Word:
        """The connection in one word, with its shape."""
        until = self.engine.until if self.engine is not None else None
        if self.engine_state is EngineState.OFFLINE:
            until = self.offline_since
        return text.connection_word(
            self.connection_state, engine=self.engine_state, until=until, formats=self.formats, now=self.now()
        )

    def trouble(self) -> Trouble | None:
        """What a banner should say, the gravest first; None where all is in order."""
        return trouble_of(self)

    def time_left(self) -> timedelta | None:
        """How long the first load may still take, by the calls that are left; None while that would be a guess."""
        total = self.total()
        if self.run is None or total.expected is None or not total.calls:
            return None
        spent = (self.now() - self.run.at).total_seconds()
        left = sum(
            max(1, ceil(((self.expected(one) or 0) - self.here(one)) / PER_PAGE))
            for one in self.modules()
            if _awaited(one) and not self.finished(one)
        )
        return timedelta(
            seconds=seconds_left(spent, total.calls, left, per_minute=self._calls_per_minute, gap=self._beat.gap)
        )

    # ---- reading -------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the overview again, now."""
        self._soon.stop()
        self._read()

    def use_language(self, language: str) -> None:
        """Months and weekdays in this language from now on."""
        self._language = language
        connection = self.overview.connection if self.overview is not None else None
        self.formats = Formats(connection.organization if connection is not None else None, language=language)

    def begin_again(self) -> None:
        """Another connection, or none: forget what events said and read anew."""
        self.engine = self.run = self.details = self.failure = self._calls = None
        self.progress = {}
        self.refresh()

    def show_error(self, error: ZbdeskError | None) -> None:
        """Something that stops everything (or None: it is over)."""
        self._start_error = error
        self.changed.emit()

    def forget_failure(self) -> None:
        """A person has seen that a command failed."""
        self.failure = None
        self.changed.emit()

    def say_stopping(self) -> None:
        """A person chose Stop; the button says so until the run has ended."""
        self.stopping = True
        self.changed.emit()

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._bridge.read(lambda reader: reader.overview(), self._arrived, owner=self, fail=self._failed)

    def _arrived(self, overview: Overview) -> None:
        self._reading = False
        self._read_error = None
        if self.overview is None or overview.connection != self.overview.connection:
            organization = overview.connection.organization if overview.connection is not None else None
            self.formats = Formats(organization, language=self._language)
        self.overview = overview
        self.changed.emit()
        if self._again:
            self._again = False
            self._soon.start()

    def _failed(self, error: ZbdeskError) -> None:
        self._reading = False
        self._read_error = error
        self.changed.emit()

    # ---- events --------------------------------------------------------------------------------------------------
    def _on_event(self, event: Event) -> None:
        match event:
            case RunStarted() | ModuleProgress() | DetailProgress() | RunFinished():
                self._on_run(event)
            case StateChanged():
                if event.state is EngineState.OFFLINE and self.engine_state is not EngineState.OFFLINE:
                    self.offline_since = event.at
                self.engine = event
                self._start(self._soon)
            case RecordsChanged():
                self._dirty |= event.modules
                self._start(self._records_soon)
                self._start(self._soon)
            case DetailReady() | Elsewhere():
                self._pass_on(event)
            case CallsUsed():
                self._calls = event
            case CommandDone():
                self._answer(event)
            case CommandFailed():
                if not self._answer(event):
                    self.failure = event
                    self.command_failed.emit(event)
        self._start(self._tell)

    def _pass_on(self, event: DetailReady | Elsewhere) -> None:
        """What changes nothing here: figures and tables are those of the organization in use."""
        if isinstance(event, DetailReady):
            self.detail_ready.emit(event.record_id)
        else:
            self.elsewhere.emit(event)

    def await_answer(self, ticket: str) -> None:
        """From now on the answer to this command goes to ``command_answered`` and nowhere else."""
        self._awaited.add(ticket)

    def stop_waiting(self, ticket: str) -> None:
        """Whoever waited has gone: a failure is told by the window again."""
        self._awaited.discard(ticket)

    def _answer(self, event: CommandDone | CommandFailed) -> bool:
        if event.ticket not in self._awaited:
            return False
        self._awaited.discard(event.ticket)
        self.command_answered.emit(event)
        return True

    def _on_run(self, event: RunStarted | ModuleProgress | DetailProgress | RunFinished) -> None:
        match event:
            case RunStarted():
                self.run, self.progress, self.stopping, self._beat = event, {}, False, Beat()
            case ModuleProgress():
                self.progress[event.module] = event
                self._beat.note(self.now().timestamp(), self._run_calls())
            case DetailProgress():
                self.details = event
            case RunFinished():
                self._finish(event)

    @staticmethod
    def _start(timer: QTimer) -> None:
        """Not again while it runs: a stream of events must not put it off for ever."""
        if not timer.isActive():
            timer.start()

    def _finish(self, event: RunFinished) -> None:
        self.last_run, self.run, self.stopping = event, None, False
        self.details = None
        self.failure = None
        self.run_finished.emit(event)
        self.refresh()

    def _tell_records(self) -> None:
        names, self._dirty = frozenset(self._dirty), set()
        self.records_changed.emit(names)

    def _run_calls(self) -> int:
        return sum(event.calls for event in self.progress.values())

    @property
    def run_is_first(self) -> bool:
        """Whether the running pass is a first load."""
        return self.run is not None and self.run.kind is RunKind.FIRST
