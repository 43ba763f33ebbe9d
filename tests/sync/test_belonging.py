"""A command names keys; one that means a record of another organization changes nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from world import Record, a_connection

from zbdesk.domain.views import Connection
from zbdesk.store import connections, module_states, problems
from zbdesk.store.database import Database
from zbdesk.store.trees import store_page
from zbdesk.sync import obeying
from zbdesk.sync.belonging import OtherOrganization, require
from zbdesk.sync.commands import (
    ActOn,
    CancelPending,
    DismissProblems,
    EditCommand,
    EditRecord,
    LinkTo,
    Release,
    ResolveConflicts,
    RetryProblems,
    UndoDismiss,
    UndoResolve,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
Two = tuple[Database, Connection, Connection]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Two organizations with one contact and one problem each; the record and the problem of the first have key 1."""
    with Database.open(tmp_path / "two.sqlite3", now=lambda: NOW) as db:
        made = []
        for number in ("10", "20"):
            base = a_connection(NOW)
            here = connections.save(db, replace(base, organization=replace(base.organization, organization_id=number)))
            with db.transaction():
                module_states.set_enabled(db, here.id, ["contacts"])
                row = Record("777", "777", 1_700_000_000).row()
                store_page(db, here.id, "contacts", [row], scan_id=1, want_detail=False)
                problems.raise_problem(db, here.id, cause="permission", message="m", remedy="r", at=NOW)
            made.append(here)
        yield db, made[0], made[1]


def content(db: Database) -> list[Any]:
    """All that a command could have changed."""
    return [db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("record", "local", "problem", "decision")]


COMMANDS: list[EditCommand] = [
    EditRecord(1, (("contact_name", "Other"),)),
    ActOn(1, "delete"),
    CancelPending(1),
    ResolveConflicts((1,), "local"),
    UndoResolve((1,)),
    RetryProblems((1,)),
    DismissProblems((1,), "x"),
    UndoDismiss((1,)),
    Release((1,)),
    LinkTo(1, "777"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_no_command_reaches_another_organizations_record(two: Two, command: EditCommand) -> None:
    """Key 1 belongs to the first; carried out for the second it is refused with its name, and nothing is changed."""
    db, _, second = two
    before = content(db)
    with pytest.raises(OtherOrganization, match=second.organization.name):
        obeying.obey(db, second, command, now=lambda: NOW)
    assert content(db) == before


def test_its_own_records_and_what_is_not_here_are_let_through(two: Two) -> None:
    """What is gone has its own, better sentence where it is looked up."""
    db, first, second = two
    require(db, first, records=[1], problems=[1])
    require(db, second, records=[2, 99], problems=[2, 99])
    obeying.obey(db, first, DismissProblems((1,), "x"), now=lambda: NOW)
    assert [problems.count_open(db, here.id) for here in (first, second)] == [0, 1]
