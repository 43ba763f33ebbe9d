"""Signals in the first moments of the program: only noted, until there is somebody who can end tidily.

The first thing that the program imports, so it must import next to nothing itself.
"""

import signal

# Not from ``typing``: that alone takes longer to load than all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
held: list[int] = []
"""What came and was not answered yet, in its order."""


def hold() -> None:
    """Only note what comes: in the middle of an import nothing can be ended tidily, and a traceback would show."""
    for number in SIGNALS:
        signal.signal(number, note)


def note(number: int, _frame: "FrameType | None") -> None:
    """The handler."""
    held.append(number)
