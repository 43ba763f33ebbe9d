"""An hour of random schedules with fresh seeds: ``pytest -m soak -s tests/sync/test_soak.py``.

Rounds of some schedules each, in turn of every machine that there is. A round's seed is printed when it begins, so that
also one that hangs can be played again: ``ZBDESK_SOAK_SEED`` names the first round's, ``ZBDESK_SOAK_SECONDS`` how long.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from schedule_beginnings import Anyhow
from schedule_rolling import RollingSchedule
from schedules import Schedule

from sync.test_random_worlds import Lives

SECONDS = float(os.environ.get("ZBDESK_SOAK_SECONDS", "3600"))
ROUND = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],
)
MACHINES = (Schedule, Anyhow, Lives, RollingSchedule)


def play(machine: type[RuleBasedStateMachine], number: int, budget: settings = ROUND) -> int:
    """One round of a machine from this seed, the same each time; how many schedules were played to their end."""
    ended = 0

    class Counted(machine):  # type: ignore[misc, valid-type]
        def teardown(self) -> None:
            nonlocal ended
            super().teardown()
            ended += 1

    Counted.__name__ = Counted.__qualname__ = machine.__name__
    run_state_machine_as_test(seed(number)(Counted), settings=budget)
    return ended


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_an_hour_of_schedules_ends_with_the_books_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever happens in whatever order, the books end in order; only with ``-m soak``."""
    number = int(os.environ.get("ZBDESK_SOAK_SEED") or random.SystemRandom().randrange(10**9))
    began, played = time.monotonic(), Counter[str]()
    while time.monotonic() - began < SECONDS:
        machine = MACHINES[number % len(MACHINES)]
        with capsys.disabled():
            so_far = f"{time.monotonic() - began:.0f} s, {dict(played)}"
            print(f"\nseed {number} {machine.__name__}, so far {so_far}", end="")  # noqa: T201
        played[machine.__name__] += play(machine, number)
        number += 1
    with capsys.disabled():
        print(f"\n{played.total()} schedules in {time.monotonic() - began:.0f} s: {dict(played)}")  # noqa: T201
    assert played.total() > 0


def test_a_round_can_be_played_again() -> None:
    """The printed seed stands for the same schedules each time: the same requests leave in the same order."""
    told: list[list[tuple[str, str]]] = []

    class Told(Schedule):
        def teardown(self) -> None:
            told.append(self.world.wire.asked)
            super().teardown()

    short = settings(ROUND, max_examples=2, stateful_step_count=6)
    assert play(Told, 7, short) == play(Told, 7, short)
    half = len(told) // 2
    assert told[:half] == told[half:]
    assert any(told)
