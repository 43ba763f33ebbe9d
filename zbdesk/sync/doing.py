"""Carrying out deeds: what stands below the record is read first, so that afterwards a deed can be told from others.

Invariant: a deed leaves only when it was looked for and is not there, and its wish goes in the transaction that closes
the attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.store import attempts, documents, finding, trees
from zbdesk.store.attempts import Attempt
from zbdesk.store.documents import Trees
from zbdesk.sync import deeds, push_texts
from zbdesk.sync.attempting import ACTION, Attempts, WritingBooks
from zbdesk.sync.context import Pass
from zbdesk.sync.deeds import Deed, Shape
from zbdesk.sync.references import Lack, Resolver
from zbdesk.sync.repeats import Repeats
from zbdesk.sync.troubles import Trouble
from zbdesk.zoho.errors import UnexpectedAnswer

_BEFORE, _TARGET, _KEY = "before", "target", "deed"


class Doer:
    """Does the deeds of one pass."""

    def __init__(self, run: Pass, books: WritingBooks, made: Attempts) -> None:
        self._run = run
        self._books = books
        self._attempts = made
        self._resolver = Resolver(run.db, run.connection_id)
        self.repeats = Repeats(run)

    def stands_against(self, module: Module, record: Trees, wish: str) -> tuple[bool, Trouble | None]:
        """(whether it has to wait, what is wrong) before a deed may leave; a plain wish never waits here."""
        deed = deeds.parse(wish)
        if deed is None:
            return False, None
        self._resolver.forget()
        found = self._target(module, record, deed)
        if isinstance(found, str):
            return False, None
        reference = deeds.reference(module, deed)
        is_ours = isinstance(reference, str) or reference.by in {"source_id", "local_id"}
        if found is Lack.WAITS or (is_ours and found is Lack.ABSENT) or isinstance(reference, str):
            return True, None
        if found is Lack.GONE:
            return True, push_texts.gone_reference(reference)
        return True, push_texts.unknown_reference(reference, ambiguous=found is Lack.AMBIGUOUS)

    def _target(self, module: Module, record: Trees, deed: Deed) -> str | Lack:
        reference = deeds.reference(module, deed)
        if isinstance(reference, str):
            return reference
        resolution = self._resolver.resolve([reference], source=record.source)
        return resolution.ids.get(reference) or resolution.lacking[reference]

    async def prepare(self, module: Module, record: Trees, deed: Deed) -> tuple[dict[str, Any], dict[str, Any], bool]:
        """(body, what the attempt must remember, whether an earlier try has landed after all)."""
        shape = _shape(module, deed)
        target = self._target(module, record, deed)
        assert isinstance(target, str)  # noqa: S101 - ``stands_against`` was asked first
        rows = await self._rows(module, str(record.remote_id), shape)
        before = [str(row.get(shape.entry_id)) for row in rows]
        earlier = self._first_try(record.id, deed)
        if earlier is not None and deeds.landed(module, deed, target, rows, earlier):
            return {}, {}, True
        kept = before if earlier is None else earlier
        if earlier is not None:
            self.repeats.note(module, record.id, deed, target, earlier)
        return deeds.body(module, deed, target), {_BEFORE: kept, _TARGET: target, _KEY: deed.key}, False

    def done(self, module: Module, record_id: int, deed: Deed, wish: str, target: str) -> None:
        """It stands in Zoho: the wish goes and what it changed is read again, inside the caller's transaction."""
        run = self._run
        documents.drop_wish(run.db, record_id, wish)
        ids = [record_id]
        other = finding.by_remote_id(run.db, run.connection_id, _shape(module, deed).module, target)
        if other is not None and deed.word == deeds.APPLY:
            ids.append(other)
        trees.want_detail(run.db, ids)

    async def look_up(
        self, module: Module, attempt: Attempt, wish: str, deed: Deed, *, grace: timedelta
    ) -> bool | None:
        """Whether a deed in doubt has landed; None while it may still. Closes the attempt otherwise."""
        run = self._run
        stored = documents.read(run.db, attempt.record_id)
        if stored is None or stored.remote_id is None:
            self._attempts.not_sent(attempt.id)
            return False
        target = str(attempt.recognise.get(_TARGET, ""))
        before = _texts(attempt.recognise.get(_BEFORE))
        rows = await self._rows(module, stored.remote_id, _shape(module, deed))
        if deeds.landed(module, deed, target, rows, before):
            with run.db.transaction():
                self.done(module, attempt.record_id, deed, wish, target)
                self._attempts.done(attempt.id)
            return True
        if timedelta(0) <= _age(run.now(), attempt) < grace:
            return None
        self._attempts.not_sent(attempt.id)
        return False

    async def _rows(self, module: Module, remote_id: str, shape: Shape) -> list[Mapping[str, Any]]:
        try:
            answer = await self._books.below(module, remote_id, shape.below, priority=self._run.priority)
        finally:
            self._run.after_call()
        rows = deeds.entries(shape, answer)
        if rows is None:
            raise UnexpectedAnswer(module.label, shape.list_keys[0])
        return rows

    def _first_try(self, record_id: int, deed: Deed) -> list[str] | None:
        """What stood below the record before this very deed was tried first; None where it never was."""
        for tried in attempts.tried(self._run.db, record_id, ACTION):
            if tried.get(_KEY) == deed.key:
                return _texts(tried.get(_BEFORE))
        return None


def target_of(kept: Mapping[str, Any]) -> str:
    """Zoho's id of the target, from what an attempt remembers."""
    return str(kept.get(_TARGET, ""))


def _shape(module: Module, deed: Deed) -> Shape:
    shape = deeds.shape_of(MODULES[module.name], deed.word)
    assert shape is not None  # noqa: S101 - a deed is only ever noted for a module that has it
    return shape


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _age(now: datetime, attempt: Attempt) -> timedelta:
    return now - attempt.started_at
