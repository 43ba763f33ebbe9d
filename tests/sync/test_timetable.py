"""When passes are due, by two clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.sync.timetable import Slot, after_seconds, full_is_timely, next_slot

ANCHOR = datetime(2026, 11, 2, 9, tzinfo=UTC)


@given(st.floats(-1e7, 1e7), st.sampled_from([60.0, 900.0, 3600.0]))
def test_slots_lie_on_the_grid(offset: float, every: float) -> None:
    """The next slot is the first point of the grid after now, however long ago the last one was."""
    now = ANCHOR + timedelta(seconds=offset)
    slot = next_slot(ANCHOR, every, now, 50.0)
    left = (slot.wall - now).total_seconds()
    assert 0 < left <= every + 1e-3
    assert abs(((slot.wall - ANCHOR).total_seconds() / every) % 1) < 1e-9
    assert slot.monotonic == pytest.approx(50.0 + left)


def test_either_clock_brings_a_slot() -> None:
    """Sleep moves the wall clock only; a wall clock that was set back is overruled by the other one."""
    slot = after_seconds(900, ANCHOR, 100.0)
    assert not slot.reached(ANCHOR, 100.0)
    assert slot.reached(ANCHOR + timedelta(hours=8), 130.0)
    assert slot.reached(ANCHOR - timedelta(days=1), 1000.0)
    assert slot.seconds_left(ANCHOR + timedelta(hours=8), 130.0) == 0.0
    assert Slot(ANCHOR, 400.0).seconds_left(ANCHOR - timedelta(days=1), 100.0) == 300.0


@pytest.mark.parametrize(
    ("age", "hour", "timely"),
    [
        (None, 12, True),
        (timedelta(hours=23), 3, False),
        (timedelta(hours=24), 3, True),
        (timedelta(hours=24), 12, False),
        (timedelta(hours=36), 12, True),
    ],
)
def test_complete_lists_wait_for_the_night(age: timedelta | None, hour: int, timely: bool) -> None:
    """Once a day at a quiet hour, at any hour when long overdue or never done."""
    last = None if age is None else ANCHOR - age
    assert full_is_timely(last, ANCHOR, hour) is timely
