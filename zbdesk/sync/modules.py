"""One module's part of a pass: read it, and if that fails say so where a person looks, without stopping the others."""

from __future__ import annotations

from zbdesk.domain.errors import RejectedError, TransientError
from zbdesk.domain.module import Feed, Module
from zbdesk.domain.status import RunKind
from zbdesk.store import diary, module_states, problems
from zbdesk.store.trees import live_count
from zbdesk.sync import logbook, messages, sweep
from zbdesk.sync.choosing import affordable
from zbdesk.sync.context import Pass
from zbdesk.sync.faults import ENOUGH, Reach, is_unavailable, lacks_permission, reach
from zbdesk.sync.pull import ListReader, Walked
from zbdesk.sync.reading import Reading

PERMISSION = "permission"
UNAVAILABLE = "zoho_unavailable"
NIGHTLY = "nightly"
"""The cause of complete lists that nobody waits for."""


class Streak:
    """Counts lists that failed one after the other without any answer in between."""

    def __init__(self) -> None:
        self._failures = 0

    def answered(self) -> None:
        """A list could be read."""
        self._failures = 0

    def is_enough(self) -> bool:
        """Note one more failure; True when Zoho as a whole seems to be away."""
        self._failures += 1
        return self._failures >= ENOUGH


class ModuleJob:
    """Reads one module; ``failure`` afterwards holds what went wrong with it, if anything did."""

    def __init__(self, run: Pass, module: Module, streak: Streak, *, full: bool) -> None:
        self.module = module
        self.failure: RejectedError | TransientError | None = None
        self._run = run
        self._streak = streak
        self._full = full

    async def run(self) -> None:
        """Read the list. Raises only what ends the whole pass."""
        if not self._run.by_name and self._is_dear():
            self._run.progress(self.module, finished=True)
            return
        try:
            await self._read()
        except RejectedError as error:
            self._streak.answered()
            self._failed(error)
            self._refused(error)
        except TransientError as error:
            if reach(error) is not Reach.MODULE or self._streak.is_enough():
                raise
            self._failed(error)
            self._problem(UNAVAILABLE, error, messages.UNAVAILABLE_REMEDY)
        else:
            self._streak.answered()
            self._run.works_again(self.module)
        self._run.progress(self.module, finished=True)

    def _is_dear(self) -> bool:
        """Whether the list lies below too many records, now that these were read."""
        if self.module.feed is not Feed.NESTED:
            return False
        parents = live_count(self._run.db, self._run.connection_id, str(self.module.parent))
        return not affordable(self.module, parents)

    def _failed(self, error: RejectedError | TransientError) -> None:
        self.failure = error
        logbook.failed(self.module.name, error)

    async def _read(self) -> None:
        reader = ListReader(self._run, self.module)
        match reader.choose(full=self._full):
            case Reading.FIRST:
                await reader.scan(RunKind.FIRST)
                if self._full and not reader.checked:
                    await self._complete(reader)
            case Reading.FULL:
                await self._complete(reader)
            case Reading.WALK:
                if await reader.walk() is Walked.BROKEN:
                    await self._complete(reader)
            case Reading.HEAD:
                await reader.head()
            case _:
                await reader.whole()

    async def _complete(self, reader: ListReader) -> None:
        """Read the complete list; if that went on from an interrupted one, make up for what slipped by in between.

        What changed or went on pages that had been read was not seen by the rest. At night a walk is enough, and what
        is gone is found the next night; whoever asks for everything now gets the list once more from the start.
        """
        if await sweep.full(self._run, self.module, reader):
            return
        if self._run.cause == NIGHTLY and reader.walkable and await reader.walk() is Walked.DONE:
            return
        await sweep.full(self._run, self.module, reader)

    def _refused(self, error: RejectedError) -> None:
        """Switch a module off that this organization or user does not have; anything else is a problem to look at."""
        if not is_unavailable(error):
            self._problem(getattr(error, "cause", UNAVAILABLE), error, messages.UNAVAILABLE_REMEDY)
            return
        run, label = self._run, self.module.label
        permission = lacks_permission(error)
        reason = messages.not_permitted(label) if permission else messages.not_available(label)
        with run.db.transaction():
            module_states.set_off(run.db, run.connection_id, self.module.name, reason)
            text = messages.switched_off(label, reason)
            diary.add(
                run.db, run.connection_id, "module_off", text, at=run.now(), module=self.module.name, cause=run.cause
            )
        if permission:
            self._problem(PERMISSION, error, messages.PERMISSION_REMEDY)

    def _problem(self, cause: str, error: RejectedError | TransientError, remedy: str) -> None:
        run = self._run
        with run.db.transaction():
            problems.raise_problem(
                run.db,
                run.connection_id,
                cause=cause,
                message=messages.list_failed(self.module.label, error),
                remedy=remedy,
                module=self.module.name,
                code=error.code,
                at=run.now(),
            )
