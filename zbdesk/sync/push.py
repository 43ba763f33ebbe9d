"""Bringing our side to Zoho Books, record by record: look up what is in doubt, plan, write, agree, plan again.

The planner decides; here its actions are carried out, each write inside an attempt. Invariants: nothing is sent for a
record whose last write is in doubt; what was read before an await is read again before it is written; a failure of one
record stops that record and whatever refers to it, nothing else.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zbdesk.domain.errors import RejectedError, TransientError, ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection
from zbdesk.store import conflicts, documents, identity, problems
from zbdesk.store import trees as tree_store
from zbdesk.sync import agreeing, logbook, paying, push_texts
from zbdesk.sync.accepting import Accepting, Tally
from zbdesk.sync.actions import (
    Action,
    AdoptDeletion,
    AdoptRemote,
    Agree,
    Conflict,
    Create,
    Delete,
    Forget,
    Link,
    Merge,
    Nothing,
    ReadFirst,
    Refuse,
    StatusAction,
    TakeOver,
    Update,
    WaitForParent,
)
from zbdesk.sync.agreeing import Sides
from zbdesk.sync.attempting import Attempts, InDoubt, WritingBooks
from zbdesk.sync.braking import Brakes
from zbdesk.sync.context import Pass
from zbdesk.sync.events import PushCount
from zbdesk.sync.faults import ENOUGH, Reach, is_gone, reach
from zbdesk.sync.linking import Linker
from zbdesk.sync.lookup import GRACE, LookUp, StillOpen
from zbdesk.sync.order import WRITE_ORDER
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.planner import plan
from zbdesk.sync.policies import Policies
from zbdesk.sync.policy import ModulePolicy, Verb
from zbdesk.sync.preflight import Preflight
from zbdesk.sync.references import Resolver
from zbdesk.sync.sending import Sender
from zbdesk.sync.sweep import bury
from zbdesk.sync.troubles import DUPLICATE_IN_ZOHO, Trouble
from zbdesk.zoho.errors import ServerFault

_log = logging.getLogger(__name__)

ROUNDS = 8
"""Rounds in one pass: chains of parents are written in one, the rest is for what changes meanwhile."""

STEPS = 12
"""Plans for one record in one round; each carries out something, so only a bug comes near it."""


TWICE = 2
"""So often in one pass a write may end in doubt without having arrived, while Zoho answers all else."""


@dataclass(slots=True)
class _Walk:
    """One record's way through a round. ``fresh``: nothing was awaited since Zoho's record was read."""

    fresh: bool = False


class Pusher:
    """Pushes in one pass. ``counts`` afterwards: what was written, by module."""

    def __init__(self, run: Pass, books: WritingBooks, connection: Connection) -> None:
        self._run = run
        self._connection = connection
        self._books = books
        self._resolver = Resolver(run.db, connection.id)
        self._attempts = Attempts(run)
        self._lookup = LookUp(run, books, self._attempts)
        self._linker = Linker(run.db, connection.id)
        preflight = Preflight(run.db, connection.id, connection.organization.currency_code)
        self._sender = Sender(
            run, books, attempts=self._attempts, lookup=self._lookup, preflight=preflight, pusher=self
        )
        self._tally = Tally()
        self._accepting = Accepting(run, self._tally, self._sender.difference, self._sender.raise_trouble)
        self._policies = Policies(run.db, connection)
        self.brakes = Brakes(run, connection, self._may_send)
        self._stopped: set[int] = set()
        self._open: set[int] = set()
        self._silent = 0
        self._doubts: Counter[int] = Counter()

    @property
    def counts(self) -> tuple[tuple[str, PushCount], ...]:
        """What was written, in the catalogue's order."""
        return tuple((name, PushCount(**self._tally.counts[name])) for name in MODULES if name in self._tally.counts)

    def count(self, module: Module, what: str) -> None:
        """One more of these was written."""
        self._tally.count(module, what)

    def forget(self) -> None:
        """What records refer to may have changed: find it again."""
        self._resolver.forget()

    def is_looking(self) -> bool:
        """Whether what was sent a second time is still looked for."""
        return self._sender.doer.repeats.is_due()

    async def look_for_repeats(self) -> None:
        """See whether something that was sent a second time stands there twice."""
        await self._sender.doer.repeats.look(self._books)

    async def find_out(self) -> None:
        """Ask by which fields Zoho tells our records apart, where that is not known; before anything is created."""
        if self._connection.read_only:
            return
        run, known = self._run, self._sender.recognitions
        about = {name for _, name, goes in documents.due(run.db, run.connection_id) if not goes}
        await known.look(known.due(about))

    def is_asked(self) -> bool:
        """Whether a person waits for an answer of Zoho's about these fields."""
        return not self._connection.read_only and self._sender.recognitions.is_asked()

    @property
    def by_person(self) -> bool:
        """Whether somebody waits for this pass: then nothing rests."""
        return self._run.cause == "user"

    def policy(self, module: Module) -> ModulePolicy:
        """What may be done with records of this module."""
        return self._policies.of(module)

    def may_upsert(self, module: Module) -> bool:
        """Whether the sign-in covers a create by unique field: an update in Zoho's eyes, of invoices for some."""
        granted = {scope.casefold() for scope in self._connection.scopes}
        whole = {f"zohobooks.{module.scope}.all", "zohobooks.fullaccess.all"} & granted
        also = all(scope.casefold() in granted for scope in module.extra_scopes)
        return Verb.UPDATE not in self.policy(module).lacking and (not granted or bool(whole) or also)

    # The pass

    async def look_up(self) -> None:
        """Settle every write in doubt that can be settled now; those that may still land stay open."""
        self._open.clear()
        for attempt in self._attempts.unanswered():
            try:
                landed = await self._lookup.settle(attempt)
            except StillOpen:
                self._open.add(attempt.record_id)
            except (RejectedError, TransientError) as error:
                logbook.failed("write in doubt", error)
                self._open.add(attempt.record_id)
                self._not_answered(error)
            else:
                self.answered()
                if not landed and self._doubts[attempt.record_id] >= TWICE:
                    self._gives_up(attempt.record_id)
                if landed:
                    self._tally.count(self._module_of(attempt.record_id), push_texts.COUNTED[attempt.operation])
                self._resolver.forget()

    async def rounds(self) -> None:
        """Plan and carry out until nothing moves. Raises what ends the whole pass."""
        waited = False
        documents.unsettle(self._run.db, problems.seen_here(self._run.db, self._run.connection_id))
        for _ in range(ROUNDS):
            self._tally.moved = 0
            await self._round()
            if self._attempts.unanswered():
                before = self._tally.moved
                await self.look_up()
                if self._open and not waited and self._tally.moved == before:
                    waited = True
                    await self._run.clock.sleep(GRACE.total_seconds())
                    await self.look_up()
                continue
            if not self._tally.moved:
                break
        for record_id in self._open:
            if self._doubts[record_id] >= TWICE:
                self._gives_up(record_id)

    async def _round(self) -> None:
        """Everything that is due once: parents first; then what goes, children first."""
        self._resolver.forget()
        due = documents.due(self._run.db, self._run.connection_id)
        # Where it may not go, what needs no write goes on: what comes in from Zoho is taken all the same.
        self.brakes.may_go([one for one in due if one[0] not in self._stopped | self._open])
        staying = [(record_id, name) for record_id, name, goes in due if not goes]
        going = [(record_id, name) for record_id, name, goes in due if goes]
        await self._in_order(staying, WRITE_ORDER)
        await self._in_order(going[::-1], WRITE_ORDER[::-1])

    async def _in_order(self, due: Sequence[tuple[int, str]], order: Sequence[str]) -> None:
        by_module: dict[str, list[int]] = {}
        for record_id, name in due:
            by_module.setdefault(name, []).append(record_id)
        for name in order:
            if name in by_module:
                jobs = [partial(self._isolated, MODULES[name], record_id) for record_id in by_module[name]]
                await in_parallel(jobs, self._run.parallel)

    async def _isolated(self, module: Module, record_id: int) -> None:
        """One record; what goes wrong with it stays with it, unless it is about everything."""
        if record_id in self._stopped or record_id in self._open:
            return
        try:
            await self._walk(module, record_id)
        except InDoubt as exc:
            logbook.in_doubt(module.name)
            self._silent += 1
            self._doubts[record_id] += 1
            if self._silent >= ENOUGH:
                raise ServerFault(0, code="no_answer") from exc
        except RejectedError as error:
            logbook.failed(f"write to {module.name}", error)
            self._stopped.add(record_id)
            self.answered()
            self._sender.refused(module, record_id, error)
        except TransientError as error:
            logbook.failed(f"write to {module.name}", error)
            self._stopped.add(record_id)
            self._not_answered(error)

    def _gives_up(self, record_id: int) -> None:
        """Zoho answers what it is asked, but never this write: that is about the record, and the rest goes on."""
        self._stopped.add(record_id)
        module = self._module_of(record_id)
        self._sender.raise_trouble(module, record_id, push_texts.not_answered(module))
        self._accepting.emit(module)

    def _not_answered(self, error: ZbdeskError) -> None:
        """Raise it where it is about more than this record, or has happened too often in a row."""
        if reach(error) is not Reach.MODULE:
            raise error
        if isinstance(error, TransientError):
            self._silent += 1
            if self._silent >= ENOUGH:
                raise error

    def answered(self) -> None:
        """Zoho answers: what failed was about that record."""
        self._silent = 0

    async def _walk(self, module: Module, record_id: int) -> None:
        walk = _Walk()
        for _ in range(STEPS):
            if record_id in self._stopped:
                return
            if not await self._step(module, record_id, walk):
                return
        _log.error("record %s of %s did not come to rest", record_id, module.name)
        self._stopped.add(record_id)

    # One step

    async def _step(self, module: Module, record_id: int, walk: _Walk) -> bool:
        """Plan once and carry it out; False when the record is at rest or has to wait."""
        trees = documents.read(self._run.db, record_id)
        if trees is None or trees.document is None:
            return False
        if trees.remote_id is None and not trees.document.deleted:
            ambiguous = self._linker.link(module, trees, self.policy(module))
            if ambiguous is not None:
                return self._accepting.stop(module, trees, ambiguous)
            trees = documents.read(self._run.db, record_id) or trees
        sides = agreeing.sides_of(module, trees, self._resolver, self.policy(module))
        if sides is None:
            return False
        if sides.document.takes_over and trees.base is None and trees.remote_id is not None and not trees.gone:
            return await self._take_over_edited(module, sides)
        action = plan(module, sides.remote, sides.local, sides.base, self.policy(module))
        if not isinstance(action, Conflict) and sides.document.in_conflict:
            conflicts.end_conflict(self._run.db, record_id)
        return await self._carry_out(module, sides, action, walk)

    async def _carry_out(self, module: Module, sides: Sides, action: Action, walk: _Walk) -> bool:  # noqa: C901, PLR0911, PLR0912 - one case an action
        match action:
            case Nothing(fulfilled=fulfilled):
                return self._accepting.at_rest(module, sides, fulfilled)
            case Agree():
                return self._accepting.agree(module, sides)
            case AdoptRemote(fields=fields, status=status):
                return self._accepting.adopt(module, sides, list(fields), status=status is not None)
            case Merge(to_local=to_local):
                # What comes in is taken first; the plan after it sends the rest.
                return self._accepting.adopt(module, sides, list(to_local), status=False)
            case Link(adopt=adopt):
                return self._accepting.linked(module, sides, list(adopt))
            case Conflict(fields=clashing):
                return self._accepting.conflict(module, sides, clashing)
            case ReadFirst():
                return await self._read(module, sides, walk)
            case WaitForParent():
                return self._accepting.wait(module, sides)
            case Refuse(cause=cause, message=message, remedy=remedy):
                return self._accepting.stop(module, sides.trees, Trouble(cause.value, message, remedy))
            case Forget():
                return self._accepting.forgotten(sides)
            case AdoptDeletion():
                return self._accepting.deletion_adopted(module, sides)
            case TakeOver():
                return False
            case Create() | Update() | Delete() | StatusAction():
                return await self._write(module, sides, action, walk)

    async def _write(  # noqa: PLR0911 - one reason to stay after the other
        self, module: Module, sides: Sides, action: Create | Update | Delete | StatusAction, walk: _Walk
    ) -> bool:
        """Look before writing, then write."""
        if not self._may_send(sides.trees.id) or self.brakes.holds(sides.trees, action):
            return False
        if not isinstance(action, Create) and not walk.fresh:
            return await self._read(module, sides, walk)
        if isinstance(action, Create) and paying.waits(self._run.db, self._run.connection_id, module, sides.resolved):
            return False
        trouble = self._sender.preflight(module, sides, action)
        if isinstance(action, StatusAction):
            waits, trouble = self._sender.doer.stands_against(module, sides.trees, action.wish)
            if waits and trouble is None:
                return False
        if trouble is not None:
            return self._accepting.stop(module, sides.trees, trouble)
        if not self.brakes.may_write(sides.trees, action):
            # Another round looks at the whole and asks.
            self._tally.moved += 1
            return False
        walk.fresh = False
        walk.fresh = await self._sender.send(module, sides, action)
        self.answered()
        self._accepting.emit(module)
        return True

    def _may_send(self, record_id: int) -> bool:
        return self._sender.may_send(record_id, by_person=self.by_person)

    async def _read(self, module: Module, sides: Sides, walk: _Walk) -> bool:
        """Read Zoho's record; gone gets its tombstone."""
        run, trees = self._run, sides.trees
        if trees.remote_id is None:
            # A base without a record of Zoho's: it was deleted there and is to be made again.
            identity.detach(run.db, trees.id)
            return True
        walk.fresh = True
        if not agreeing.readable(module):
            return True
        try:
            row, payload = await run.detail(module, trees.remote_id, run.priority)
        except RejectedError as error:
            if not is_gone(error):
                raise
            bury(run, module, [trees.id])
        else:
            with run.db.transaction():
                tree_store.store_detail(run.db, trees.id, row, payload)
        self.answered()
        return True

    async def _take_over_edited(self, module: Module, sides: Sides) -> bool:
        """The first edit of a mirrored record: its detail is the base, the edit stands on it."""
        run, trees, document = self._run, sides.trees, sides.document
        if not agreeing.is_complete(module, trees):
            return await self._read(module, sides, _Walk())
        fields, base = agreeing.taken_over(module, trees, document.fields)
        with run.db.transaction():
            if documents.adopt(
                run.db, trees.id, document.revision, fields, wishes=document.wishes, deleted=document.deleted
            ):
                documents.agree(run.db, trees.id, base, at=run.now())
        return True

    def _module_of(self, record_id: int) -> Module:
        trees = documents.read(self._run.db, record_id)
        return MODULES[trees.module] if trees is not None else MODULES["contacts"]


__all__ = ["DUPLICATE_IN_ZOHO", "Pusher"]
