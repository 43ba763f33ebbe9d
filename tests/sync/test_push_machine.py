"""The whole engine under random schedules; fixed seeds here, an hour of fresh ones in ``test_soak.py``."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schedule_rolling import RollingSchedule
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


@pytest.mark.timeout(600)
def test_every_schedule_in_which_runs_are_taken_back_ends_so_too() -> None:
    """Runs taken back at any moment, with all that goes wrong: once or gone again, nothing typed since is lost."""
    run_state_machine_as_test(RollingSchedule, settings=settings(CI, max_examples=25))
