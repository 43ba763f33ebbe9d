"""SIGINT and SIGTERM: whatever runs ends tidily, and the command knows which of the two it was.

Three stages: ``early.hold`` while the program is being loaded, ``heard`` around a command, ``run_tidily`` around a
loop. Cheap to import, since it comes before everything else.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any, TypeVar

from zbdesk.cli.early import SIGNALS, held, note

T = TypeVar("T")

_AGAIN_SECONDS = 0.02


class Interrupted(BaseException):
    """A signal asked the command to end. ``number`` says which one.

    Not a ``KeyboardInterrupt``: the command line's library turns that into an exit code without a word.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def heard() -> Iterator[None]:
    """While it lasts a signal raises ``Interrupted``; one that was noted before raises it at once."""
    before = {number: signal.signal(number, _raise) for number in SIGNALS}
    hook = sys.unraisablehook
    sys.unraisablehook = partial(_raise_again, hook)
    try:
        if held:
            first = held[0]
            held.clear()
            raise Interrupted(first)
        yield
    finally:
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)


def is_ordinary_end(number: int, arguments: Sequence[str]) -> bool:
    """Whether the command line is ended by this signal as a rule, with exit code 0: ``run`` by SIGTERM.

    Asked where a signal came before the command itself was called, and so could not answer it.
    """
    words = iter(arguments)
    for word in words:
        if word == "--data-dir":
            next(words, None)
        elif not word.startswith("-"):
            return word == "run" and number == signal.SIGTERM
    return False


def run_tidily(main: Coroutine[Any, Any, T]) -> T:
    """Run a loop as ``asyncio.run`` does; a signal cancels ``main``, so that it passes every ``finally`` on its way.

    Raises ``Interrupted`` once ``main`` has ended by it.
    """
    import asyncio

    received: list[int] = []

    async def cancellable() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def stop(number: int) -> None:
            received.append(number)
            if task is not None:
                task.cancel()

        def wake(number: int, _frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(stop, number)

        before = {number: signal.signal(number, wake) for number in SIGNALS}
        try:
            return await main
        finally:
            # The loop's own add_signal_handler would leave SIGTERM deadly here, while files are still being closed.
            for number, handler in before.items():
                signal.signal(number, handler)

    try:
        return asyncio.run(cancellable())
    except asyncio.CancelledError:
        if not received:
            raise
        raise Interrupted(received[0]) from None


def _raise_again(hook: Callable[[sys.UnraisableHookArgs], object], unraisable: sys.UnraisableHookArgs) -> None:
    """Python drops what is raised inside a weak reference's callback or a ``__del__``: the signal comes once more."""
    failure = unraisable.exc_value
    if isinstance(failure, Interrupted):
        threading.Timer(_AGAIN_SECONDS, _send_again, (failure.number,)).start()
    else:
        hook(unraisable)


def _send_again(number: int) -> None:
    if signal.getsignal(number) in {_raise, note}:  # else the command has ended meanwhile
        signal.raise_signal(number)


def _raise(number: int, _frame: FrameType | None) -> None:
    raise Interrupted(number)
