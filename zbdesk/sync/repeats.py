"""Deeds that were sent a second time: the first one may still land, and then money is refunded or applied twice.

Refunds and applied credits come in no list that a pass reads, so what stands below their record is looked at by itself:
in each pass for a day after the repeat, and as long as more stands there than was meant. Invariant: what is known of a
deed's surplus is kept until a look shows that it is gone, so its problem neither vanishes nor comes back by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.store import attempts, documents, preferences
from zbdesk.store.attempts import Outcome
from zbdesk.store.preferences import Kind
from zbdesk.store.times import from_us, to_us
from zbdesk.sync import deeds, logbook, push_texts
from zbdesk.sync.agreeing import Snapshot
from zbdesk.sync.attempting import ACTION, WritingBooks
from zbdesk.sync.context import Pass
from zbdesk.sync.deeds import Deed
from zbdesk.sync.troubles import Trouble

MAY_LAND = timedelta(days=1)
"""How long after its repeat a deed is looked for in each pass; no request is on its way for longer."""


@dataclass(frozen=True, slots=True)
class _Repeat:
    """One deed that was sent again. ``before``: what stood below its record before the first try."""

    module: Module
    record_id: int
    deed: Deed
    target: str
    before: tuple[str, ...]
    at: datetime
    surplus: int

    def stored(self) -> dict[str, object]:
        """The form in which it is kept."""
        return {
            "record": self.record_id,
            "wish": self.deed.wish(),
            "target": self.target,
            "before": list(self.before),
            "at": to_us(self.at),
            "surplus": self.surplus,
        }


class Repeats:
    """The repeated deeds of one connection, for one pass."""

    def __init__(self, run: Pass) -> None:
        self._run = run

    def note(self, module: Module, record_id: int, deed: Deed, target: str, before: list[str]) -> None:
        """It is about to leave once more. Committed before the request, so that no death forgets it."""
        again = _Repeat(module, record_id, deed, target, tuple(before), self._run.now(), 0)
        self._keep(again)

    def trouble(self, module: Module, record_id: int) -> Trouble | None:
        """What is known to stand below this record more often than was meant."""
        surplus = [one for one in self._all() if one.record_id == record_id and one.surplus]
        if not surplus:
            return None
        return push_texts.deed_twice(module, surplus[0].deed, sum(one.surplus for one in surplus))

    def is_due(self) -> bool:
        """Whether a look costs a call in this pass."""
        return any(True for _ in self._all())

    async def look(self, books: WritingBooks) -> None:
        """Count what stands there now. Zoho's refusal of one look leaves it for the next pass."""
        for one in list(self._all()):
            if not one.surplus and self._run.now() - one.at > MAY_LAND:
                self._forget(one)
                continue
            try:
                await self._look_at(books, one)
            except RejectedError as error:
                logbook.failed("look for a repeated deed", error)

    async def _look_at(self, books: WritingBooks, one: _Repeat) -> None:
        stored = documents.read(self._run.db, one.record_id)
        shape = deeds.shape_of(one.module, one.deed.word)
        if stored is None or stored.remote_id is None or stored.gone or shape is None:
            self._forget(one)
            return
        if attempts.is_open(self._run.db, one.record_id):
            return
        meant = sum(self._is_alike(one, other) for other in self._done(one))
        try:
            answer = await books.below(one.module, stored.remote_id, shape.below, priority=self._run.priority)
        finally:
            self._run.after_call()
        rows = deeds.entries(shape, answer)
        if rows is None:
            return
        there = len(deeds.landed(one.module, one.deed, one.target, rows, one.before))
        surplus = max(0, there - max(1, meant))
        if surplus != one.surplus:
            with self._run.db.transaction():
                self._keep(_Repeat(one.module, one.record_id, one.deed, one.target, one.before, one.at, surplus))
                documents.unsettle(self._run.db, [one.record_id])

    def _done(self, one: _Repeat) -> Iterator[tuple[Deed, str]]:
        """(deed, target) of all that were carried out on this record, each once."""
        seen: set[str] = set()
        for tried in attempts.of_record(self._run.db, one.record_id, ACTION):
            wish = Snapshot.restored(tried.snapshot).wish
            deed = None if not wish else deeds.parse(wish)
            if deed is not None and tried.outcome is Outcome.DONE and deed.key not in seen:
                seen.add(deed.key)
                yield deed, str(tried.recognise.get("target", ""))

    @staticmethod
    def _is_alike(one: _Repeat, other: tuple[Deed, str]) -> bool:
        """Whether the other deed looks the same in Zoho: then two of them are no surplus."""
        deed, target = other
        if deed.word != one.deed.word or deed.amount != one.deed.amount:
            return False
        return deed.stamp == one.deed.stamp if deed.word == deeds.REFUND else target == one.target

    # Kept

    def _all(self) -> Iterator[_Repeat]:
        kept = preferences.get(self._run.db, self._run.connection_id, Kind.REPEATED)
        for name, by_key in kept.items():
            for stored in by_key.values():
                deed = deeds.parse(str(stored["wish"]))
                if deed is not None:
                    yield _restored(MODULES[name], deed, stored)

    def _keep(self, one: _Repeat) -> None:
        self._put(one, one.stored())

    def _forget(self, one: _Repeat) -> None:
        self._put(one, None)

    def _put(self, one: _Repeat, stored: dict[str, object] | None) -> None:
        db, connection_id = self._run.db, self._run.connection_id
        with db.transaction():
            kept = preferences.get(db, connection_id, Kind.REPEATED)
            by_key = dict(kept.get(one.module.name, {}))
            by_key.pop(one.deed.key, None)
            if stored is not None:
                by_key[one.deed.key] = stored
            preferences.put(db, connection_id, Kind.REPEATED, {**kept, one.module.name: by_key})


def _restored(module: Module, deed: Deed, stored: Mapping[str, Any]) -> _Repeat:
    return _Repeat(
        module=module,
        record_id=int(stored["record"]),
        deed=deed,
        target=str(stored["target"]),
        before=tuple(str(one) for one in stored["before"]),
        at=from_us(int(stored["at"])),
        surplus=int(stored["surplus"]),
    )
