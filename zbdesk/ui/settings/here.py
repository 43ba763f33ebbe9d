"""What every part of the settings page is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.ui.care.services import Services


class Change(Protocol):
    """Writes settings and says whether it could."""

    def __call__(self, **values: object) -> bool:
        """One or several at once."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """``wanted``: asks the window for something by its word, such as ``disconnect``. ``services`` may be None."""

    state: DeskState
    bridge: Bridge
    preferences: Preferences
    change: Change
    wanted: Callable[[str], None]
    services: Callable[[], Services | None]
