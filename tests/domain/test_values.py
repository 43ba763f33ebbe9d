"""The plain values and the words for states, as other parts rely on them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from zbdesk.domain import clock, records
from zbdesk.domain.status import ConnectionState, EngineState, RecordState, RunKind, RunResult
from zbdesk.domain.views import Connection, Organization


def test_secrets_are_named_by_data_centre_and_organization() -> None:
    """Two organizations, or one in two data centres, never share a secret's name."""
    connection = Connection(
        id=1,
        organization=Organization("77", "Acme"),
        data_centre="eu",
        accounts_url="https://accounts.zoho.eu",
        api_url="https://www.zohoapis.eu",
        location="eu",
        client_id="1000.X",
        scopes=(),
        read_only=True,
        state=ConnectionState.ACTIVE,
        connected_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert connection.vault_prefix == "eu/77"


@pytest.mark.parametrize("words", [RecordState, EngineState, ConnectionState, RunResult, RunKind])
def test_states_are_lower_case_words(words: type) -> None:
    """A state reads the same in the database, in JSON and in code."""
    assert all(str(state) == state.name.lower() for state in words)


def test_rows_name_what_the_store_keeps() -> None:
    """A row's typed columns come in the order that its readers build them in, the bytes last."""
    assert records.RemoteRow._fields[0] == "remote_id"
    assert records.RemoteRow._fields[-1] == "payload"
    assert records.Page._fields == ("rows", "has_more", "sort_column", "applied_filter")


async def _wait(time: clock.Clock) -> None:
    await time.sleep(0.5)


@pytest.mark.anyio
async def test_clocks_are_passed_in() -> None:
    """Whoever waits waits on the clock that was given, so that tests turn it by hand."""

    class Turned:
        slept: float = 0

        def now(self) -> datetime:
            return datetime(2026, 1, 1, tzinfo=UTC)

        def monotonic(self) -> float:
            return self.slept

        async def sleep(self, seconds: float) -> None:
            self.slept += seconds

    turned = Turned()
    await _wait(turned)
    assert turned.monotonic() == 0.5
