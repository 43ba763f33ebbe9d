"""Many generated requests to everything: ``pytest tests/interface/soak_interface_schema.py -m soak``.

Not collected with the suite: reading the whole description alone takes a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from test_interface_schema import Running, ask

from zbdesk.sources.http.openapi import description


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One interface for all of them."""
    with Running(tmp_path_factory.mktemp("schema")) as found:
        yield found


schema = schemathesis.openapi.from_dict(description("1"))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@schema.exclude(path="/v1/events").parametrize()
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_many_generated_requests_to_everything(case: Any, running: Running) -> None:
    """Every module and Zoho's own paths, sound and broken: no answer is a fault and each is as described."""
    ask(case, running)
