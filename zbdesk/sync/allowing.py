"""A person's yes to a run that stopped at a limit: bound to exactly the writes that were shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zbdesk.domain.errors import Action, ZbdeskError
from zbdesk.domain.views import Connection
from zbdesk.store import diary, problems, run_questions
from zbdesk.store.database import Database
from zbdesk.sync import brake_words
from zbdesk.sync.braking import RUN_LIMIT


class OtherRun(ZbdeskError):
    """What would be written is not what was shown any more; nothing was allowed."""

    default_action = Action.NONE

    def __init__(self) -> None:
        super().__init__("This is another run by now.", "Look at its numbers again, then decide.")


def allow(db: Database, connection: Connection, token: str, *, now: Callable[[], datetime]) -> None:
    """Let these writes go with the next pass. Raises ``OtherRun`` where the set has changed since it was shown."""
    with db.transaction():
        if not run_questions.allow(db, connection.id, token, at=now()):
            raise OtherRun
        question = run_questions.standing(db, connection.id)
        problems.clear(db, connection.id, cause=RUN_LIMIT, at=now())
        if question is not None:
            text = brake_words.allowed(question)
            diary.add(db, connection.id, "allowed", text, at=now(), cause="user")
