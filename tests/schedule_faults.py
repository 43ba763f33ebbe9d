"""What goes wrong in a schedule: the wire, the process, the sign-in, the clocks; and the passes that meet it."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from schedule_ends import Ends
from world import Crash

HTML = b"<html><body>502 Bad Gateway</body></html>"
FAULTS = st.sampled_from(
    ["lose", "lost_answer", "unreachable", "status", "status_after", "crash", "crash_after", "late"]
)
TURNS = st.integers(1, 25)
"""Turns of the event loop: a quiet pass takes about a dozen, one that writes twice as many."""


class Faults(Ends):
    """The rules of bad luck."""

    # What goes wrong

    @rule(kind=FAULTS, method=st.sampled_from(["WRITE", "WRITE", "POST", "GET", None]), times=st.integers(1, 3))
    def fault(self, kind: str, method: str | None, times: int) -> None:
        """Something happens to the next requests."""
        if kind == "late" and method != "POST":
            return
        self.was_late = self.was_late or kind == "late"
        self.world.break_wire(kind, method=method, times=times)

    @rule(status=st.sampled_from([500, 502, 503]), after=st.booleans())
    def html(self, status: int, after: bool) -> None:
        """A proxy answers instead."""
        self.world.break_wire("status_after" if after else "status", method="WRITE", status=status, body=HTML)

    @rule(wait=st.sampled_from([b"1", b"30"]))
    def throttled(self, wait: bytes) -> None:
        """Zoho asks for silence."""
        self.world.break_wire("status", status=429, body=b'{"code":44,"message":"wait"}')

    @rule()
    def tokens_expire(self) -> None:
        """The access token is past its hour."""
        self.world.server.faults.expire_tokens()

    @rule(number=st.integers(1, 12), before=st.booleans())
    def die_at_commit(self, number: int, before: bool) -> None:
        """The process ends at one of the next commits of a pass; that pass begins at once."""
        real, left, db = self.world.db.transaction, [number], self.world.db

        @contextmanager
        def dying() -> Iterator[None]:
            outermost = not db.in_transaction
            with real():
                yield
                left[0] -= outermost
                if outermost and left[0] == 0 and before:
                    self.world.die()
                    raise Crash
            if outermost and left[0] == 0:
                self.world.die()
                raise Crash

        db.transaction = dying  # type: ignore[method-assign]
        self.sync(full=False)
        if self.world.db is db:
            del db.transaction  # type: ignore[method-assign]

    @rule(turns=TURNS)
    def die_anywhere(self, turns: int) -> None:
        """The process ends in the middle of a pass, wherever it waits."""
        self.attempt(self.world.cut(turns, dies=True))

    @rule(turns=TURNS)
    def stop_anywhere(self, turns: int) -> None:
        """A person stops or pauses a pass, or quits: it is cancelled wherever it waits."""
        self.attempt(self.world.cut(turns, dies=False))

    @rule(method=st.sampled_from(["GET", "WRITE"]), signs_in=st.sampled_from([True, True, False]))
    def consent_is_withdrawn(self, method: str, signs_in: bool) -> None:
        """Somebody takes the consent back in the middle of a pass; then, mostly at once, a person signs in again."""
        self.world.break_wire("meanwhile", method=method, before=self.world.revoke)
        self.sync(full=False)
        if signs_in:
            self.world.sign_in_again()

    @rule()
    def sign_in(self) -> None:
        """A person signs in, needed or not."""
        self.world.sign_in_again()

    @rule(seconds=st.sampled_from([1, 20, 900]))
    def time_passes(self, seconds: int) -> None:
        """Nothing happens for a while."""
        self.world.clock.tick(seconds)

    @rule(seconds=st.sampled_from([-3600, -30, 3600]))
    def clock_is_set(self, seconds: int) -> None:
        """Somebody sets the clock of this computer; Zoho's own is not touched."""
        self.world.server.clock.advance(-seconds)
        self.world.clock.jump(seconds)

    @rule()
    def slow_proxy_delivers(self) -> None:
        """What was held on the way arrives."""
        self.run(self.world.wire.land())
        self._note_there()

    # Passes

    @rule(full=st.booleans())
    def sync(self, full: bool) -> None:
        """One pass, which may die."""
        self.attempt(self.world.sync(full=full))

    def attempt(self, work: Coroutine[Any, Any, Any]) -> None:
        """A pass of any kind; when the process has died in it, it is started again."""
        self._note_here()
        try:
            self.run(work)
        except BaseException as error:
            if not self.world.died(error):
                raise
        if self.world.is_dead:
            self.world.crash()
        self._note_there()
        self._note_here()

    @rule()
    def poll(self) -> None:
        """An ordinary pass; there are as many of these as of everything else that matters."""
        self.sync(full=False)
