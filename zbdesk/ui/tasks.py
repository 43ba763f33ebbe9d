"""Coroutines started by widgets: kept alive, their failures shown, cancelled when the widget goes.

Needs the running loop of the main thread (qasync). Invariant: a failure ends in ``failed`` or in the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from zbdesk.app.log import note_told
from zbdesk.domain.errors import Action, InterruptedByUser, ZbdeskError

log = logging.getLogger(__name__)

T = TypeVar("T")


class Unexpected(ZbdeskError):
    """A fault of the program itself. The log has the trace; the person's data is as it was."""

    default_action = Action.REPORT

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            QCoreApplication.translate("Tasks", "zbdesk came upon a fault of its own."),
            QCoreApplication.translate("Tasks", "Nothing was lost. The log says more; try this step again."),
            code=type(error).__name__,
        )


class Tasks(QObject):
    """The tasks of one screen. Signal: ``failed(ZbdeskError)`` for tasks without a ``fail`` of their own."""

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    def start(
        self,
        work: Coroutine[Any, Any, T],
        *,
        then: Callable[[T], None] | None = None,
        fail: Callable[[ZbdeskError], None] | None = None,
    ) -> asyncio.Task[Any]:
        """Run ``work``, then call ``then`` with its result or ``fail`` with what went wrong.

        A cancelled task calls neither.
        """
        task = asyncio.get_running_loop().create_task(self._run(work, then, fail))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        # A task that is cancelled before its first step never awaits the work; closing what has ended does nothing.
        task.add_done_callback(lambda _ended: work.close())
        return task

    async def _run(
        self,
        work: Coroutine[Any, Any, T],
        then: Callable[[T], None] | None,
        fail: Callable[[ZbdeskError], None] | None,
    ) -> None:
        try:
            result = await work
            if then is not None and not self._closed:
                then(result)
        except InterruptedByUser as stopped:
            log.info("stopped: %s", stopped.title)
        except ZbdeskError as error:
            self._tell(error, fail)
        except Exception as error:
            log.exception("a task of the window failed")
            self._tell(Unexpected(error), fail)

    def _tell(self, error: ZbdeskError, fail: Callable[[ZbdeskError], None] | None) -> None:
        if self._closed:
            log.info("after closing: %s", error.title)
            return
        note_told(error)
        if fail is not None:
            fail(error)
        else:
            self.failed.emit(error)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def cancel(self) -> None:
        """Ask all tasks to end; later ones may still be started."""
        for task in tuple(self._running):
            task.cancel()

    async def close(self) -> None:
        """End all tasks and wait until they have; their callbacks are not called any more."""
        self._closed = True
        self.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
