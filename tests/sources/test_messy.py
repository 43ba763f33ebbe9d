"""The messy set: every file imports as the table of the manual says, and a second time changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sources.messy import CASES, Case
from tests.store.build import connection, now
from zbdesk.app.sources import ImportOrder, ImportOutcome, run_import
from zbdesk.domain.modules import module
from zbdesk.domain.views import Connection
from zbdesk.sources.base import Outcome
from zbdesk.sources.errors import FileRefused
from zbdesk.sources.importing import shown_total
from zbdesk.sources.mapping import parse_mapping
from zbdesk.sources.table_faults import TableFaults
from zbdesk.store import connections, documents, finding
from zbdesk.store.database import Database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def books(tmp_path: Path) -> Iterator[tuple[Database, Connection]]:
    """An empty database with a connection."""
    with Database.open(tmp_path / "books.db", now=now) as db:
        yield db, connections.save(db, connection())


def order_of(case: Case, place: Path) -> ImportOrder:
    """The file of a case with its mapping."""
    file = place / case.name
    case.write(file)
    mapping = parse_mapping(module(case.module), {**case.mapping, "columns": case.columns})
    return ImportOrder(file, case.module, mapping)


def named(outcome: ImportOutcome) -> dict[str, str]:
    """Source id to result, of documents that have one."""
    return {one.source_id: one.result.value for one in outcome.documents if one.source_id}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_messy_file_imports_as_the_manual_says(case: Case, tmp_path: Path, books: tuple[Database, Connection]) -> None:
    """Good rows are taken with exact values, each bad cell is named by row and column, nothing else happens."""
    db, here = books
    order = order_of(case, tmp_path)
    if case.refused:
        with pytest.raises((FileRefused, TableFaults)) as refusal:
            run_import(db, here, order, now)
        assert refusal.value.code == case.refused
        assert "Nothing was taken" in refusal.value.message
        assert db.value("SELECT COUNT(*) FROM record") == 0
        return
    outcome = run_import(db, here, order, now)
    told = "\n".join(f"{one.row} {one.column}: {one.message}" for one in outcome.errors)
    assert {one: word for one, word in named(outcome).items() if one in case.results} == dict(case.results), told
    assert {(error.row, error.column) for error in outcome.errors} == set(case.errors), told
    assert all(error.message.endswith((".", "?")) for error in outcome.errors)
    totals = {code: shown_total(code, amount) for code, amount in outcome.report.totals.items()}
    assert totals == dict(case.totals)
    for source_id, fields in case.stored.items():
        found = stored(db, here, case.module, source_id)
        assert {name: found.get(name) for name in fields} == dict(fields)
    again = run_import(db, here, order, now)
    assert again.report.taken == 0
    assert again.report.counts[Outcome.UNCHANGED] == outcome.report.taken
    assert again.report.batch_id is None


def stored(db: Database, here: Connection, name: str, source_id: str) -> dict[str, Any]:
    """What the local tree holds of a document."""
    record_id = finding.by_source(db, here.id, name, "import", source_id)
    assert record_id is not None
    found = documents.read(db, record_id)
    assert found is not None
    assert found.document is not None
    return dict(found.document.fields)


def test_manual_lists_every_file() -> None:
    """The manual's table and the set are the same."""
    manual = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    assert [case.name for case in CASES if f"`{case.name}`" not in manual] == []
    assert len(CASES) >= 20
