"""The organizations of this computer as the window shows them: how each stands, when it was looked at, what waits.

Follows the events of those beside the one in use. Must not decide what is wrong: it reads. Invariant: what is shown of
one is never taken from the other's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.sync.events import Elsewhere, StateChanged
from zbdesk.ui import text
from zbdesk.ui.formats import plural
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import Word

if TYPE_CHECKING:
    from zbdesk.app.organizations import KnownOrganization
    from zbdesk.ui.care.services import Services

SOON = 400
"""Milliseconds in which several events are one look at the database."""

BROKEN = frozenset({EngineState.FAILED, EngineState.SIGNED_OUT})


@dataclass(frozen=True, slots=True)
class Standing:
    """How one organization stands, in words. ``waits``: conflicts and problems together."""

    word: Word
    looked: str
    """When it was last in order: "Looked at 10:14"."""

    guard: str
    """That nothing is written before a yes; empty where nothing waits for one."""

    waits: int
    waits_text: str
    """"3 wait for you"; empty where nothing does."""

    def spoken(self, name: str) -> str:
        """All of it for a screen reader."""
        return ", ".join(part for part in (name, self.word.text, self.looked, self.waits_text, self.guard) if part)

    def line(self) -> str:
        """The second line under the name."""
        return " · ".join(part for part in (self.word.text, self.guard, self.looked) if part)


class Neighbours(QObject):
    """All that are known. ``changed``: something about one of them is another."""

    changed = Signal()

    def __init__(self, state: DeskState, services: Callable[[], Services | None], parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._services = state, services
        self.known: list[KnownOrganization] = []
        self._engines: dict[int, StateChanged] = {}
        self._here: tuple[object, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.look)
        state.elsewhere.connect(self._heard)
        state.changed.connect(self._follow)

    @property
    def others(self) -> list[KnownOrganization]:
        """Those beside the one in use that are signed in."""
        return [one for one in self.known if not one.current and one.signed_in]

    @property
    def several(self) -> bool:
        """Whether more than one is connected."""
        return sum(one.signed_in for one in self.known) > 1

    def waiting(self) -> int:
        """How much waits for a person in the others."""
        return sum(one.waiting for one in self.others)

    def trouble(self) -> bool:
        """Whether another one wants a sign-in or was stopped by an error."""
        return any(self.standing(one).word.role == "problem" for one in self.others)

    def figure(self, count: int) -> str:
        """A count as a badge shows it; empty for none."""
        return self._state.formats.count(count) if count else ""

    def elsewhere(self) -> str:
        """One line an organization that wants something, for tooltip and screen reader; empty where none does."""
        lines = []
        for one in self.others:
            now = self.standing(one)
            parts = [now.word.text if now.word.role == "problem" else "", now.waits_text]
            told = ", ".join(part for part in parts if part)
            if told:
                lines.append(f"{one.connection.organization.name}: {told}")
        return "\n".join(lines)

    def short(self, one: KnownOrganization) -> tuple[str, bool]:
        """How one stands in a few words, and whether a person is wanted: "3 wait for you", "Active"."""
        now = self.standing(one)
        trouble = now.word.role == "problem"
        return (now.word.text if trouble or not now.waits else now.waits_text), trouble or bool(now.waits)

    def look(self) -> None:
        """Ask the database."""
        services = self._services()
        if services is not None:
            services.organizations(self.show_known)

    def show_known(self, known: list[KnownOrganization]) -> None:
        """What the database answered."""
        if known != self.known:
            self.known = known
            self.changed.emit()

    def standing(self, one: KnownOrganization) -> Standing:
        """How one stands, in words."""
        state = self._state
        word = state.word() if one.current else self._word(one)
        last = self._last(one)
        looked = _tr("Looked at %1").replace("%1", state.formats.moment(last, state.now())) if last else ""
        waits = _waits(one.waiting) if one.waiting else ""
        guard = _tr("Only reads until you confirm it") if one.guarded and one.signed_in else ""
        return Standing(word, looked if one.signed_in else "", guard, one.waiting, waits)

    def _last(self, one: KnownOrganization) -> datetime | None:
        overview = self._state.overview
        return overview.last_success_at if one.current and overview is not None else one.last_success_at

    def _word(self, one: KnownOrganization) -> Word:
        engine = self._engines.get(one.connection.id)
        known = one.connection.state
        # What the database says of a state lasts; of what an engine says, only what the database does not know.
        doing = engine.state if engine is not None else None
        if known is not ConnectionState.ACTIVE and doing not in BROKEN:
            doing = None
        until = engine.until if engine is not None and doing is EngineState.PAUSED else None
        return text.connection_word(
            known, engine=doing, until=until, formats=self._state.formats, now=self._state.now()
        )

    def _heard(self, event: Elsewhere) -> None:
        if isinstance(event.event, StateChanged):
            before = self._engines.get(event.connection_id)
            self._engines[event.connection_id] = event.event
            if before is None or replace(before, at=event.event.at) != event.event:
                self.changed.emit()
        if not self._soon.isActive():
            self._soon.start()

    def _follow(self) -> None:
        """Another one is in use, or what is said of it is another: events come many times a second."""
        overview = self._state.overview
        connection = overview.connection if overview is not None else None
        here = (
            connection.id if connection is not None else 0,
            self._state.connection_state,
            (overview.conflicts, overview.problems) if overview is not None else (),
        )
        if here == self._here:
            return
        if self._here and here[0] != self._here[0]:
            self._engines.pop(int(str(here[0])), None)
        self._here = here
        if not self._soon.isActive():
            self._soon.start()


def _waits(count: int) -> str:
    return plural("Tray", "%n wait(s) for you", count, "%n waits for you", "%n wait for you")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Neighbours", words)
