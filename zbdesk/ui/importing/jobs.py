"""Work that takes its time, off the main thread: begun, followed, stopped, answered on the main thread.

What runs must not hold a widget: the pool's thread may be the last to let go of it. Invariant: a job that was stopped
answers no more, and nobody is called after the owner is gone.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui.tasks import Unexpected

T = TypeVar("T")
_log = logging.getLogger(__name__)

_TENTH = 0.1
_THREADS = 3
"""Reading rows, checking them, and looking at something else meanwhile."""


class _Turns:
    """How often threads take turns: while a job counts through a file, the window must not wait 5 ms for each cell.

    Every cell that is painted asks for the interpreter anew; with Python's own interval a screen of them would take
    longer than a person fails to notice.
    """

    QUICK = 0.0005

    def __init__(self) -> None:
        self._jobs = 0
        self._before = 0.0

    def begin(self) -> None:
        """One more job."""
        if self._jobs == 0:
            self._before = sys.getswitchinterval()
            sys.setswitchinterval(min(self._before, self.QUICK))
        self._jobs += 1

    def end(self, count: int = 1) -> None:
        """So many fewer; with the last one all is as it was."""
        if self._jobs and self._jobs <= count:
            sys.setswitchinterval(self._before)
        self._jobs = max(0, self._jobs - count)


_turns = _Turns()


class Job(Generic[T]):
    """One piece of work, as it sees itself: asks ``stopped``, says how far it is by ``tell``."""

    def __init__(self, key: int, told: Callable[[int, object], None]) -> None:
        self.key = key
        self._told = told
        self._stop = threading.Event()
        self._last = 0.0

    def stop(self) -> None:
        """Ask it to end; its answer is not wanted any more, unless it was begun with ``always``."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it is to end."""
        return self._stop.is_set()

    def tell(self, progress: object) -> None:
        """Say how far it is; at most ten times a second comes through."""
        now = time.monotonic()
        if now - self._last >= _TENTH:
            self._last = now
            self._told(self.key, progress)


@dataclass
class _Asker:
    """Who waits; on the main thread only."""

    job: Job[object]
    then: Callable[[object], None]
    fail: Callable[[ZbdeskError], None]
    progress: Callable[[object], None] | None
    always: bool


class Jobs(QObject):
    """The jobs of one screen. ``failed``: of a job without a ``fail`` of its own. ``close`` it."""

    failed = Signal(object)
    _progressed = Signal(int, object)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="zbdesk-import")
        self._askers: dict[int, _Asker] = {}
        self._next = 0
        self._progressed.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_end, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Job[T]], T],
        then: Callable[[T], None],
        *,
        fail: Callable[[ZbdeskError], None] | None = None,
        progress: Callable[[object], None] | None = None,
        always: bool = False,
    ) -> Job[T]:
        """Run ``work`` in the pool; ``then`` gets its result on the main thread.

        ``always``: also after it was stopped, for work that says itself what a stop left.
        """
        self._next += 1
        _turns.begin()
        job: Job[T] = Job(self._next, self._told)
        self._askers[job.key] = _Asker(
            cast("Job[object]", job), cast("Callable[[object], None]", then), fail or self.failed.emit, progress, always
        )
        self._pool.submit(self._run, job, work)
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._askers)

    def close(self) -> None:
        """Stop everything and call nobody any more. Does not wait. Twice is harmless."""
        for asker in self._askers.values():
            asker.job.stop()
        _turns.end(len(self._askers))
        self._askers.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def wait(self) -> None:
        """Wait for what still runs; after ``close``."""
        self._pool.shutdown(wait=True)

    # ---- in the pool ---------------------------------------------------------------------------------------------
    def _told(self, key: int, progress: object) -> None:
        if shiboken6.isValid(self):
            self._progressed.emit(key, progress)

    def _run(self, job: Job[T], work: Callable[[Job[T]], T]) -> None:
        result: object = None
        error: ZbdeskError | None = None
        try:
            result = work(job)
        except ZbdeskError as known:
            error = known
        except Exception as bug:  # noqa: BLE001
            # The top of a thread: it must reach the window, or it would wait for ever.
            _log.exception("work of the window failed")
            error = Unexpected(bug)
        if shiboken6.isValid(self):
            self._ended.emit(job.key, result, error)

    # ---- on the main thread --------------------------------------------------------------------------------------
    @Slot(int, object)
    def _on_progress(self, key: int, progress: object) -> None:
        asker = self._askers.get(key)
        if asker is not None and asker.progress is not None and not asker.job.stopped():
            asker.progress(progress)

    @Slot(int, object, object)
    def _on_end(self, key: int, result: object, error: ZbdeskError | None) -> None:
        asker = self._askers.pop(key, None)
        if asker is not None:
            _turns.end()
        if asker is None or (asker.job.stopped() and not asker.always):
            return
        if error is not None:
            asker.fail(error)
        else:
            asker.then(result)
