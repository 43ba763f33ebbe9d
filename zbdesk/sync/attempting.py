"""One write to Zoho with its attempt around it: written down before it leaves, closed with its answer.

The three outcomes of a write are told apart here and nowhere else. Invariant: no write leaves without a committed
attempt, and an attempt is closed as done only in the transaction that stores what Zoho answered.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from zbdesk.domain.errors import UnknownOutcomeError, ZbdeskError
from zbdesk.store import attempts, finding
from zbdesk.store.attempts import Attempt, Outcome
from zbdesk.sync.agreeing import Snapshot
from zbdesk.sync.context import Pass
from zbdesk.sync.writing import By, Recognition
from zbdesk.zoho.resources import Books as ZohoBooks

T = TypeVar("T")

CREATE, UPDATE, DELETE, ACTION = "create", "update", "delete", "action"


WritingBooks: TypeAlias = ZohoBooks
"""What pushing needs of Zoho Books; a server in memory that only lists is not one."""


class InDoubt(Exception):
    """The write was sent and no answer came; its attempt stays open and is looked up."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A write that has an attempt: ``attempt_id`` is closed by whoever stores the answer."""

    attempt_id: int
    record_id: int
    operation: str
    snapshot: Snapshot


class Attempts:
    """Begins and ends the attempts of one pass."""

    def __init__(self, run: Pass) -> None:
        self._run = run

    def begin(
        self,
        record_id: int,
        operation: str,
        snapshot: Snapshot,
        revision: int,
        recognition: Recognition | None = None,
        *,
        more: Mapping[str, Any] | None = None,
    ) -> Writing:
        """Commit what is about to leave. The next thing that happens is the request.

        ``more``: what else a look-up must know, where it is no recognition.
        """
        attempt_id = attempts.begin(
            self._run.db,
            record_id,
            operation_key=str(uuid.uuid4()),
            operation=operation,
            snapshot=snapshot.stored(),
            recognise=dict(more or {})
            if recognition is None
            else {**stored_recognition(recognition), "newest": finding.newest_id(self._run.db)},
            revision=revision,
            at=self._run.now(),
            run_id=self._run.run_id or None,
        )
        return Writing(attempt_id, record_id, operation, snapshot)

    async def send(self, writing: Writing, call: Callable[[], Awaitable[T]]) -> T:
        """Make the call. Raises ``InDoubt``; any other failure closes the attempt as not sent and is raised.

        A cancelled call leaves the attempt open: it may have arrived.
        """
        try:
            return await call()
        except UnknownOutcomeError as exc:
            attempts.settle(self._run.db, writing.attempt_id, Outcome.UNKNOWN, at=self._run.now())
            raise InDoubt from exc
        except ZbdeskError:
            attempts.settle(self._run.db, writing.attempt_id, Outcome.NOT_SENT, at=self._run.now())
            raise
        finally:
            self._run.after_call()

    def done(self, attempt_id: int, after: Mapping[str, object] | None = None) -> None:
        """Close it, inside the transaction that stores what Zoho answered. ``after``: the record as it then was."""
        attempts.settle(self._run.db, attempt_id, Outcome.DONE, at=self._run.now(), after=after)

    def not_sent(self, attempt_id: int) -> None:
        """It was looked up and never arrived."""
        attempts.settle(self._run.db, attempt_id, Outcome.NOT_SENT, at=self._run.now())

    def unanswered(self) -> list[Attempt]:
        """All that must be looked up before anything else is sent for their records."""
        return attempts.unanswered(self._run.db, self._run.connection_id)


def stored_recognition(recognition: Recognition) -> dict[str, Any]:
    """The form in which an attempt keeps it."""
    return {
        "by": recognition.by.value,
        "field": recognition.field,
        "value": recognition.value,
        "is_unique": recognition.is_unique,
        "compare_content": recognition.compare_content,
        "otherwise": None if recognition.otherwise is None else stored_recognition(recognition.otherwise),
    }


def newest_known(stored: Mapping[str, Any]) -> int | None:
    """The newest record that was here when the write left."""
    found = stored.get("newest")
    return None if found is None else int(found)


def restored_recognition(stored: Mapping[str, Any]) -> Recognition:
    """From the attempt."""
    if not stored:
        return Recognition(By.NOTHING)
    otherwise = stored.get("otherwise")
    return Recognition(
        By(stored["by"]),
        str(stored["field"]),
        str(stored["value"]),
        is_unique=bool(stored["is_unique"]),
        compare_content=bool(stored["compare_content"]),
        otherwise=None if otherwise is None else restored_recognition(otherwise),
    )
