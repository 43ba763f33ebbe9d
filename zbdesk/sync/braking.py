"""A run that is larger than a person allowed writes nothing and asks.

Looks twice: before each round at all that it would write, so that a run too large stops whole and not in its middle;
and at each single write, so that what became due meanwhile cannot carry it over a limit. Counted are records, not
calls: an invoice that is made and marked as sent is one. Invariant: without a person's yes to exactly these writes, no
run writes more than the limits allow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from zbdesk.domain.money import from_scaled
from zbdesk.domain.views import Connection, RunLimit, RunQuestion
from zbdesk.store import outgoing, problems, rollbacks, run_questions
from zbdesk.store.documents import Trees
from zbdesk.store.run_questions import Write
from zbdesk.sync import brake_words
from zbdesk.sync.actions import Action, Delete, StatusAction
from zbdesk.sync.context import Pass
from zbdesk.sync.foreseeing import Foreseen, Foresight, what_of
from zbdesk.sync.order import Brake, Limits, Planned, brakes

RUN_LIMIT = "run_limit"
NO_LIMITS = Limits()

Due = Sequence[tuple[int, str, bool]]


class Brakes:
    """The limits of one pass. ``stopped``: it asks, and writes nothing more."""

    def __init__(self, run: Pass, connection: Connection, may_send: Callable[[int], bool]) -> None:
        self._run = run
        self._connection = connection
        self._may_send = may_send
        self._written: dict[int, Planned] = {}
        self._deletions = 0
        self._sums: dict[str, Decimal] = defaultdict(Decimal)
        self._answered: frozenset[Write] = frozenset()
        self._rolled_back: frozenset[Write] = frozenset()
        self.stopped = False

    # Before a round

    def may_go(self, due: Due) -> bool:
        """Whether all that is due may be written. Where not, the question is stored and stands on Problems."""
        run = self._run
        if self.stopped or run.limits == NO_LIMITS:
            self._rolled_back = rollbacks.placed(run.db, run.connection_id) if self.stopped else frozenset()
            return not self.stopped
        self._answered = run_questions.allowed(run.db, run.connection_id)
        self._rolled_back = rollbacks.placed(run.db, run.connection_id)
        if self._is_small(due):
            return True
        found = self._foreseen(due)
        planned = {_write_of(one): one for one in found}
        counted = [self._planned(one) for write, one in planned.items() if write not in self._rolled_back]
        known = {one.record_id for one in counted}
        over = brakes([*counted, *(one for key, one in self._written.items() if key not in known)], run.limits)
        writes = frozenset(planned) - self._rolled_back
        if not over or writes <= self._answered:
            return True
        question = self._question(list(planned.values()), writes, over)
        if run.allow_large:
            run_questions.ask(run.db, run.connection_id, writes, question, allowed=True)
            self._answered = writes
            return True
        self._ask(writes, question)
        return False

    def _is_small(self, due: Due) -> bool:
        """Whether even all that is due together stays within the limits, so that nothing needs to be foreseen."""
        limits = self._run.limits
        if limits.value:
            return False
        records = {record_id for record_id, _, _ in due} | self._written.keys()
        going = sum(goes for _, _, goes in due) + self._deletions
        return (limits.changes is None or len(records) <= limits.changes) and (
            limits.deletions is None or going <= limits.deletions
        )

    def _foreseen(self, due: Due) -> list[Foreseen]:
        run = self._run
        views = outgoing.of_due(run.db, [record_id for record_id, _, _ in due if self._may_send(record_id)])
        found = Foresight(run.db, self._connection).look(views)
        return [one for one in found if one.writes and not one.fails]

    def _planned(self, one: Foreseen) -> Planned:
        view = one.view
        turn = Delete() if _goes(one.action) else one.turn
        return Planned(view.record_id, view.module, turn, value=view.total, currency=view.currency)

    # At a write

    def may_write(self, trees: Trees, action: Action) -> bool:
        """Whether this write may leave now; counts it when it may."""
        if self._run.limits == NO_LIMITS:
            return True
        write = _write(trees, action)
        if write in self._rolled_back:
            return True
        if self.stopped:
            return False
        planned = self._weighed(trees, action)
        if write not in self._answered and not self._fits(planned):
            return False
        self._count(planned)
        return True

    def holds(self, trees: Trees, action: Action) -> bool:
        """Whether the pass asks and this write waits for the answer; told before anything is read for it."""
        return self.stopped and _write(trees, action) not in self._rolled_back

    def _fits(self, one: Planned) -> bool:
        """Whether one more is within the limits; the same rule as ``order.brakes``, kept up write by write."""
        limits, before = self._run.limits, self._written.get(one.record_id)
        records = len(self._written) + (before is None)
        deletions = self._deletions + (isinstance(one.action, Delete) and not _is_delete(before))
        if limits.changes is not None and records > limits.changes:
            return False
        if limits.deletions is not None and deletions > limits.deletions:
            return False
        if one.value is None or one.currency is None or one.currency not in limits.value or before is not None:
            return True
        return self._sums[one.currency] + abs(one.value) <= limits.value[one.currency]

    def _count(self, one: Planned) -> None:
        before = self._written.get(one.record_id)
        if before is None and one.value is not None and one.currency is not None:
            self._sums[one.currency] += abs(one.value)
        self._deletions += isinstance(one.action, Delete) and not _is_delete(before)
        if not _is_delete(before):
            self._written[one.record_id] = one

    def _weighed(self, trees: Trees, action: Action) -> Planned:
        value = currency = None
        if self._run.limits.value:
            row = self._run.db.one("SELECT total, currency FROM record WHERE id = ?", (trees.id,))
            if row is not None and row[0] is not None:
                value, currency = from_scaled(row[0]), row[1]
        turn = Delete() if _goes(action) else action
        return Planned(trees.id, trees.module, turn, value=value, currency=currency)

    # The question

    def _question(self, found: Sequence[Foreseen], writes: Collection[Write], over: Sequence[Brake]) -> RunQuestion:
        counts: Counter[tuple[str, str]] = Counter()
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for one in found:
            if _write_of(one) not in writes:
                continue
            counts[what_of(one), one.module.name] += 1
            if one.view.total is not None and one.view.currency:
                totals[one.view.currency] += abs(one.view.total)
        return RunQuestion(
            token=run_questions.token_of(writes),
            limits=tuple(RunLimit(one.what, one.planned, one.allowed) for one in over),
            writes=tuple((what, module, count) for (what, module), count in counts.items()),
            totals=tuple(sorted(totals.items())),
            asked_at=self._run.now(),
        )

    def _ask(self, writes: Collection[Write], question: RunQuestion) -> None:
        run = self._run
        self.stopped = True
        message, remedy = brake_words.asks(question, self._connection.organization.name)
        with run.db.transaction():
            run_questions.ask(run.db, run.connection_id, writes, question)
            problems.raise_problem(
                run.db, run.connection_id, cause=RUN_LIMIT, message=message, remedy=remedy, at=run.now()
            )

    def ended(self) -> None:
        """All that may leave has left: what was asked or answered before is over."""
        run = self._run
        if self.stopped or run_questions.standing(run.db, run.connection_id) is None:
            return
        with run.db.transaction():
            run_questions.clear(run.db, run.connection_id)
            problems.clear(run.db, run.connection_id, cause=RUN_LIMIT, at=run.now())


def _write(trees: Trees, action: Action) -> Write:
    return trees.id, _goes(action), 0 if trees.document is None else trees.document.revision


def _is_delete(one: Planned | None) -> bool:
    return one is not None and isinstance(one.action, Delete)


def _goes(action: Action) -> bool:
    """Whether the record leaves the books by it: a void is a deletion that leaves a trace."""
    return isinstance(action, Delete) or (isinstance(action, StatusAction) and action.wish == "void")


def _write_of(one: Foreseen) -> Write:
    return one.view.record_id, _goes(one.action), one.sides.document.revision


def limits_of(changes: int, deletions: int, value: str) -> Limits:
    """The limits as the settings say them: 0 is no limit; ``value`` is ``EUR 50000, INR 4000000``."""
    pairs = (part.split() for part in value.split(",") if part.strip())
    amounts = {code: Decimal(amount) for code, amount in pairs}
    return Limits(changes or None, deletions or None, {code: most for code, most in amounts.items() if most > 0})


__all__ = ["NO_LIMITS", "RUN_LIMIT", "Brakes", "limits_of"]
