"""People who take a run back in the middle of everything: the same schedules, with whole runs undone beside them.

Which record a run wrote is asked before it is taken back; from then on that record may be gone again, void again or as
it was before, and what was typed since is still not lost.
"""

from __future__ import annotations

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import rule
from schedule_faults import FAULTS
from schedules import FIELDS, INVOICES, Schedule

from zbdesk.domain.errors import ZbdeskError
from zbdesk.store import documents, rollbacks
from zbdesk.sync import rolling

BACK = st.integers(0, 3)
"""How many writing runs ago."""


class RollingSchedule(Schedule):
    """All of ``Schedule``, and runs that are taken back."""

    @rule(back=BACK)
    def roll_back(self, back: int) -> None:
        """A person looks at what a run wrote and takes it back; passes carry that out."""
        world = self.world
        found = [one for one in rollbacks.with_writes(world.db, world.connection.id, 30) if one.writes]
        if back >= len(found):
            return
        run_id = found[back].run.id
        affected = [one.record_id for one in rollbacks.written(world.db, world.connection.id, run_id)]
        with suppress(ZbdeskError):
            rolling.begin(world.db, world.connection, run_id, now=world.clock.now)
            for record_id in affected:
                self._note_rolled(record_id)

    def _note_rolled(self, record_id: int) -> None:
        record = documents.read(self.world.db, record_id)
        if record is None:
            return
        self.rolled.add(record.local_id)
        if record.module == "invoices" and record.source_id is not None:
            self.voided.discard(record.source_id)

    @rule(back=BACK, kind=FAULTS, passes=st.integers(1, 3))
    def roll_back_badly(self, back: int, kind: str, passes: int) -> None:
        """The answer to a write of the taking back is lost, or worse."""
        self.roll_back(back)
        if kind != "late":
            self.world.break_wire(kind, method="WRITE")
        for _ in range(passes):
            self.sync(full=False)

    @rule(source_id=INVOICES, field=FIELDS, kind=FAULTS, passes=st.integers(0, 2))
    def edit_and_take_back_badly(self, source_id: str, field: str, kind: str, passes: int) -> None:
        """A run that changed one record is taken back at once; somebody may type on while that is under way."""
        self._edit_here(source_id, field)
        self.sync(full=False)
        self.roll_back_badly(0, kind, passes)

    @rule(back=BACK, turns=st.integers(1, 40), dies=st.booleans())
    def roll_back_and_end(self, back: int, turns: int, dies: bool) -> None:
        """The process ends, or a person stops it, in the middle of the taking back."""
        self.roll_back(back)
        self.attempt(self.world.cut(turns, dies=dies))

    def _check(self) -> None:
        super()._check()
        left = rollbacks.under_way(self.world.db, self.world.connection.id)
        assert left is None, f"a run is still being taken back: {rollbacks.items(self.world.db, left.id)}"
