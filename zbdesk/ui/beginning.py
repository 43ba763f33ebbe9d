"""Where the keyboard's place is after a page was asked for: where work on it begins, also while it is still being read.

Must not know a page: one that knows better than Tab does where its work begins says so by ``Begins``.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

from zbdesk.ui.window_commands import takes_focus


@runtime_checkable
class Begins(Protocol):
    """A page whose work begins elsewhere than at its first stop of Tab.

    ``ready``: what it shows was read anew. ``first_focus``: where to begin; None while nothing is there.
    """

    ready: SignalInstance

    def first_focus(self) -> QWidget | None:
        """The widget that takes the first key."""


def _begins(page: object) -> Begins | None:
    return page if isinstance(page, Begins) else None


class Beginning(QObject):
    """Moves the focus; until a page has been read it rests on ``rest`` and follows then, unless a person moved on."""

    def __init__(self, rest: QWidget) -> None:
        super().__init__(rest)
        self._rest = rest
        self._due: Begins | None = None

    def put(self, page: QWidget | None, first: QWidget | None = None) -> None:
        """Put the focus where work on ``page`` begins: ``first`` where given; on no page, ``rest``."""
        target, self._due = first, None
        begins = _begins(page)
        if target is None and begins is not None:
            target = begins.first_focus()
            if target is None or not target.isVisible():
                target, self._due = None, begins
                begins.ready.connect(self._ready, Qt.ConnectionType.SingleShotConnection)
        elif target is None and page is not None:
            target = next((child for child in page.findChildren(QWidget) if takes_focus(child)), None)
        (target or self._rest).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ready(self) -> None:
        # What was put on a page just now is shown with the next event only.
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        due, self._due = self._due, None
        target = due.first_focus() if due is not None else None
        if target is not None and target.isVisible() and self._rest.window().focusWidget() is self._rest:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
