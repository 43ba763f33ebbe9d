"""Machines that only read: what ordinary passes must not lose, and what a complete list must not take away."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from world import Crash, World

from zbdesk.domain.status import RunResult

LACKS = "the mirror lacks what Zoho has"


class Reading(RuleBasedStateMachine):
    """A mirror kept by ordinary passes alone: no complete list comes to heal at the end what a crash has lost."""

    MODULES = ("contacts", "invoices")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name), *self.MODULES, per_page=3)

    @initialize(number=st.integers(2, 9))
    def begin(self, number: int) -> None:
        """A company with a past, and a process that ends in its first load."""
        for _ in range(3):
            for module in self.MODULES:
                self.world.zoho.put(module, 3)
            self.world.clock.tick(4000)
        self.die_at_commit(number, before=False)

    @rule(module=st.sampled_from(MODULES), count=st.integers(1, 5))
    def create(self, module: str, count: int) -> None:
        """Somebody enters records in Zoho."""
        self.world.clock.tick(1)
        self.world.zoho.put(module, count)

    @rule(module=st.sampled_from(MODULES), choice=st.integers(0, 99))
    def edit(self, module: str, choice: int) -> None:
        """Somebody edits one."""
        self.world.clock.tick(1)
        ids = sorted(self.world.zoho.modules[module])
        self.world.zoho.edit(module, ids[choice % len(ids)], total=choice)

    @rule(module=st.sampled_from(MODULES), choice=st.integers(0, 99))
    def delete(self, module: str, choice: int) -> None:
        """Somebody deletes one; the complete list that finds it is read at once."""
        ids = sorted(self.world.zoho.modules[module])
        if len(ids) > 4:
            self.world.zoho.delete(module, ids[choice % len(ids)])
            self.world.clock.tick(10)
            self.sync_whole()

    @rule(seconds=st.sampled_from([1, 700, 4000]))
    def time_passes(self, seconds: int) -> None:
        """Nothing happens."""
        self.world.clock.tick(seconds)

    @rule(number=st.integers(1, 12), before=st.booleans())
    def die_at_commit(self, number: int, before: bool) -> None:
        """The process ends at a commit of an ordinary pass."""
        self.world.crash_at_commit(number, before=before)
        try:
            self.runner.run(self.world.sync())
            self.world.restart()
        except Crash:
            self.world.crash()

    @rule()
    def sync_whole(self) -> None:
        """A complete pass."""
        run = self.runner.run(self.world.sync(full=True, confirmed=self.MODULES))
        assert run.result is RunResult.OK, run.message

    def teardown(self) -> None:
        """One ordinary pass later, the mirror is what Zoho has."""
        try:
            self.world.clock.tick(10)
            run = self.runner.run(self.world.sync())
            assert run.result is RunResult.OK, run.message
            assert self.world.differences() == [], LACKS
        finally:
            self.world.close()
            self.runner.close()
            self.folder.cleanup()


class OneList(RuleBasedStateMachine):
    """Contacts in small pages, each with a stamp of its own, all here after a first load."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name), "contacts", per_page=3)
        for _ in range(9):
            self.world.zoho.put("contacts")
            self.world.clock.tick(60)
        self.world.clock.tick(4000)
        self.pass_ends()

    def pass_ends(self, *, full: bool = False) -> None:
        """A pass without faults."""
        self.world.clock.tick(10)
        run = self.runner.run(self.world.sync(full=full))
        assert run.result is RunResult.OK, run.message

    def edit(self, remote_id: str) -> None:
        """Somebody changes a contact."""
        self.world.clock.tick(7)
        self.world.zoho.edit("contacts", remote_id, total=int(self.world.clock.monotonic()))

    def teardown(self) -> None:
        """Each step has looked already."""
        self.world.close()
        self.runner.close()
        self.folder.cleanup()


class SeenLate(OneList):
    """Zoho's list shows a change only some minutes after its stamp, when newer ones have been read already."""

    @rule(order=st.permutations(range(9)), late=st.integers(1, 500))
    def a_change_is_seen_late(self, order: list[int], late: int) -> None:
        """One contact changes, two more do, a pass reads these two; then the first change is to be seen."""
        ids = sorted(self.world.zoho.modules["contacts"])
        hidden, *seen, newest = [ids[at] for at in order[:4]]
        stamp = self.world.zoho.stamp()
        self.world.clock.tick(late)
        for remote_id in seen:
            self.edit(remote_id)
        self.pass_ends()
        self.edit(hidden)
        self.world.zoho.modules["contacts"][hidden].modified = stamp
        self.edit(newest)
        self.pass_ends()
        assert self.world.differences() == [], LACKS


class RowsMove(OneList):
    """Somebody deletes a contact while the complete list is read: the rest moves up, and one row slips by."""

    @rule(choice=st.integers(0, 2), page=st.sampled_from([2, 3]))
    def deleted_while_the_list_is_read(self, choice: int, page: int) -> None:
        """Before this page is asked for, a contact of the first one goes."""
        self.world.zoho.put("contacts")
        self.pass_ends()
        gone = sorted(self.world.zoho.modules["contacts"])[choice]

        async def before(kind: str, _module: str, what: int | str) -> None:
            if (kind, what) == ("list", page):
                self.world.zoho.modules["contacts"].pop(gone, None)

        self.world.zoho.before = before
        self.pass_ends(full=True)
        self.world.zoho.before = None
        there = self.world.there("contacts")
        assert there.keys() <= self.world.here("contacts").keys(), "a record that Zoho has was taken for deleted"
        self.pass_ends(full=True)
        assert self.world.differences() == [], LACKS
