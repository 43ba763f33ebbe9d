"""The whole engine under random schedules; fixed seeds here, an hour of them with ``-m soak``."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schedules import Schedule

CI = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],
)


def test_every_schedule_ends_with_the_books_in_order() -> None:
    """Whatever happened: each document once in Zoho, both sides equal or explained, nothing in doubt, nothing lost."""
    run_state_machine_as_test(Schedule, settings=CI)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_soak(request: pytest.FixtureRequest) -> None:
    """The same for a long time and with fresh seeds; only when asked for by ``-m soak``."""
    if "soak" not in str(request.config.getoption("-m")):
        pytest.skip("runs long: ask for it with -m soak")
    run_state_machine_as_test(Schedule, settings=settings(CI, max_examples=20_000, derandomize=False))
