"""No command reaches a record of another organization than the one that carries it out."""

from __future__ import annotations

from collections.abc import Sequence

from zbdesk.domain.errors import UsageError
from zbdesk.domain.views import Connection
from zbdesk.store import belonging
from zbdesk.store.database import Database
from zbdesk.sync.commands import EditCommand

_RECORDS = ("record_ids", "conflict_ids")
_PROBLEMS = "problem_ids"


class OtherOrganization(UsageError):
    """The record or problem belongs to an organization that is not the one in use."""

    def __init__(self, key: int, organization: str) -> None:
        super().__init__(
            f"This does not belong to {organization}.",
            "It belongs to another organization on this computer. Switch to that one first; nothing was changed.",
            subject=str(key),
        )


def require(db: Database, connection: Connection, *, records: Sequence[int] = (), problems: Sequence[int] = ()) -> None:
    """Raise ``OtherOrganization`` where one of these belongs to another. What is not here at all is let through."""
    with db.snapshot():
        foreign = belonging.foreign_records(db, connection.id, records)
        foreign += belonging.foreign_problems(db, connection.id, problems)
    if foreign:
        raise OtherOrganization(foreign[0], connection.organization.name)


def require_command(db: Database, connection: Connection, command: EditCommand) -> None:
    """The same for all that a command names."""
    records = [int(key) for name in _RECORDS for key in getattr(command, name, ())]
    problems = [int(key) for key in getattr(command, _PROBLEMS, ())]
    record_id = getattr(command, "record_id", None)
    if record_id is not None:
        records.append(int(record_id))
    if records or problems:
        require(db, connection, records=records, problems=problems)
