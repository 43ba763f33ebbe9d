"""The acts of the page as the window uses them: asked for at once, answered later on the main thread.

Invariant: no callback runs after its owner is gone, and a failure is always told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from typing import Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from zbdesk.app.log import note_told
from zbdesk.app.relaying import AddedTarget
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.set_up import SetUpDone, SetUpStep
from zbdesk.ui.tasks import Unexpected

# ruff: noqa: D102 - the methods are those of `WebhookActs` and documented there

T = TypeVar("T")
log = logging.getLogger(__name__)


class Acts(Protocol):
    """What ``app.webhook_acts.WebhookActs`` is to the window."""

    def run(self, act: Callable[[], T]) -> Future[T]: ...
    def test(self) -> None: ...
    def check_address(self, text: str) -> str: ...
    def check_channel(self, text: str) -> str: ...
    def set_address(self, text: str) -> str: ...
    def keep_token(self, token: str) -> None: ...
    def programs(self, place: str = "") -> Mapping[str, str | None]: ...
    def rotate(self) -> str: ...
    def replay(self, event_ids: Sequence[int]) -> int: ...
    def preview(self) -> list[SetUpStep]: ...
    def set_up(self) -> list[SetUpDone]: ...
    def remove_set_up(self) -> list[SetUpDone]: ...
    def add_target(self, url: str, content: str, modules: Sequence[str], kinds: Sequence[str]) -> AddedTarget: ...
    def change_target(self, target_id: int, modules: Sequence[str], kinds: Sequence[str], *, enabled: bool) -> None: ...
    def remove_target(self, target_id: int) -> None: ...
    def redeliver(self, delivery_ids: Sequence[int]) -> int: ...


class Doer(QObject):
    """Carries out acts for one page. ``failed``: an act without a ``fail`` of its own did not work."""

    failed = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, acts: Acts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.acts = acts
        self._open = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an act has not been answered yet."""
        return self._open > 0

    def do(
        self,
        act: Callable[[], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        fail: Callable[[ZbdeskError], None] | None = None,
    ) -> None:
        """Carry out ``act`` in a thread; ``then`` gets its answer on the main thread while ``owner`` lives."""
        self._open += 1
        asker: list[object] = [(owner, then, fail or self.failed.emit)]
        future = self.acts.run(act)
        future.add_done_callback(lambda done: self._hand_over(done, asker))

    def _hand_over(self, done: Future[T], asker: list[object]) -> None:
        if shiboken6.isValid(self):
            self._ended.emit(done, asker)

    @Slot(object, object)
    def _deliver(
        self,
        done: Future[object],
        asker: list[tuple[QObject, Callable[[object], None], Callable[[ZbdeskError], None]]],
    ) -> None:
        self._open -= 1
        owner, then, fail = asker.pop()
        if not shiboken6.isValid(owner):
            return
        try:
            answer = done.result()
        except CancelledError:
            return  # the program is ending
        except ZbdeskError as error:
            note_told(error)
            fail(error)
            return
        except Exception as error:
            # Top of an act: a bug is written down and said plainly, and the page stays as it is.
            log.exception("an act of the webhooks page failed")
            fail(Unexpected(error))
            return
        then(answer)
