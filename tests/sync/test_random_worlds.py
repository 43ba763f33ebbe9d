"""Random lives of an organization: edits before and during passes, failing calls, crashes anywhere.

Whatever happened, one complete pass without faults ends with a mirror that equals the server, and the pass after it
finds nothing to do.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from world import Crash, World, fault

from zbdesk.domain.status import RunResult
from zbdesk.store import module_states
from zbdesk.store.trees import count_details_wanted
from zbdesk.sync import messages

MODULES = ("contacts", "invoices", "banktransactions", "locations", "currencies")
PER_PAGE = 3

deeds = st.lists(
    st.tuples(st.integers(1, 25), st.sampled_from(["create", "edit", "delete", "tick"]), st.integers(0, 99)), max_size=6
)


class Lives(RuleBasedStateMachine):
    """One organization, one computer, a lot of bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()

    @initialize(unsorted=st.booleans(), skew=st.sampled_from([0.0, 90000.0, -90000.0]))
    def begin(self, unsorted: bool, skew: float) -> None:
        """A company with a few records, whose invoices may not be sortable, and a clock that may be wrong."""
        self.world = World(Path(self.folder.name), *MODULES, per_page=PER_PAGE, skew=skew)
        self.world.zoho.no_stamp = {"banktransactions", "locations", "currencies"}
        self.world.zoho.unsorted = {"invoices"} if unsorted else set()
        for module in MODULES:
            self.world.zoho.put(module, 5)

    def act(self, deed: str, choice: int) -> None:
        """Somebody works in Zoho Books."""
        module = MODULES[choice % len(MODULES)]
        ids = sorted(self.world.zoho.modules[module])
        remote_id = ids[choice % len(ids)]
        if deed == "create":
            self.world.zoho.put(module, 1 + choice % 5)
        elif deed == "edit":
            self.world.zoho.edit(module, remote_id, total=choice)
        elif deed == "delete" and len(ids) > 1:
            self.world.zoho.delete(module, remote_id)
        elif deed == "tick":
            self.world.clock.tick(1 + choice * 20)

    @rule(deed=st.sampled_from(["create", "edit", "delete"]), choice=st.integers(0, 99))
    def work(self, deed: str, choice: int) -> None:
        """Between passes."""
        self.act(deed, choice)

    @rule(seconds=st.sampled_from([1, 60, 700, 4000, 90000]))
    def time_passes(self, seconds: int) -> None:
        """The clock moves on."""
        self.world.clock.tick(seconds)

    @rule(
        full=st.booleans(),
        during=deeds,
        fail_at=st.none() | st.integers(1, 12),
        die_at=st.none() | st.integers(1, 20),
        commit=st.none() | st.tuples(st.integers(1, 15), st.booleans()),
    )
    def sync(
        self,
        full: bool,
        during: list[tuple[int, str, int]],
        fail_at: int | None,
        die_at: int | None,
        commit: tuple[int, bool] | None,
    ) -> None:
        """A pass in which people go on working, a call may fail, and the process may die at a call or a commit."""
        calls = 0

        async def before(_kind: str, _module: str, _what: int | str) -> None:
            nonlocal calls
            calls += 1
            for at, deed, choice in during:
                if at == calls:
                    self.act(deed, choice)
            if calls == fail_at:
                raise fault()
            if calls == die_at:
                raise Crash

        self.world.zoho.before = before
        if commit is not None:
            self.world.crash_at_commit(commit[0], before=commit[1])
        try:
            run = self.loop.run_until_complete(self.world.sync(full=full))
            assert run.message != messages.BUG
            self.world.restart()
        except Crash:
            self.world.crash()
        self.world.zoho.before = None

    @precondition(lambda self: hasattr(self, "world"))
    @invariant()
    def counters_tell_the_truth(self) -> None:
        """No record stands here twice, and the counters are the number of records."""
        for count in module_states.module_counts(self.world.db, self.world.connection.id):
            assert count.remote == len(self.world.here(count.module))

    def teardown(self) -> None:
        """A complete pass without faults, then a quiet one."""
        try:
            if hasattr(self, "world"):
                self.loop.run_until_complete(self.settle())
        finally:
            self.loop.close()
            self.folder.cleanup()

    async def settle(self) -> None:
        """Mirror and server agree, and nothing is left to do."""
        world = self.world
        world.clock.tick(10)
        run = await world.sync(full=True, confirmed=MODULES)
        assert run.result is RunResult.OK, run.message
        assert world.differences() == []
        assert count_details_wanted(world.db, world.connection.id) == 0
        world.zoho.forget_calls()
        quiet = await world.sync()
        assert quiet.api_calls == len(MODULES) == len(world.zoho.calls_by_module())
        world.close()


Lives.TestCase.settings = settings(
    max_examples=int(os.environ.get("ZBDESK_TEST_LIVES", "60")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
TestLives = Lives.TestCase
