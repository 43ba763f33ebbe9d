"""How long calls take under a limit a minute, by hand and against a gate played call by call."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.pace import WINDOW, Beat, seconds_for, seconds_left
from zbdesk.zoho.limits import WINDOW as THE_GATES_WINDOW


@pytest.mark.parametrize(
    ("calls", "per_minute", "seconds"),
    [
        (0, 60, 0.0),
        (1, 60, 0.5),
        (4, 60, 0.5),  # four at a time
        (5, 60, 1.0),
        (60, 60, 7.5),  # a minute's calls leave at once
        (61, 60, 61.5),  # the next one when the first of them no longer counts
        (120, 60, 68.5),
        (121, 60, 122.5),
        (6000, 60, 6046.5),  # 99 minutes of 61 seconds, and the last burst
        (100, 0, 12.5),  # no limit of ours: Zoho's hundred
        (101, 0, 61.5),
        (3, 1, 122.5),  # one a minute
    ],
)
def test_calls_leave_in_bursts(calls: int, per_minute: int, seconds: float) -> None:
    """Each minute begins with a burst and goes on with silence; the last burst is not waited for."""
    assert seconds_for(calls, per_minute=per_minute) == pytest.approx(seconds)


def test_calls_of_the_last_minute_still_count() -> None:
    """Who has just used up the minute waits for it; who did so a minute ago does not."""
    just_now = [0.0] * 60
    assert seconds_for(1, per_minute=60, recent=just_now) == pytest.approx(WINDOW + 0.5)
    assert seconds_for(1, per_minute=60, recent=[59.5] * 60) == pytest.approx(1.5)
    assert seconds_for(1, per_minute=60, recent=[61.0] * 60) == pytest.approx(0.5)
    assert seconds_for(10, per_minute=60, recent=[0.0] * 51) == pytest.approx(WINDOW + 0.5)


def test_slow_answers_decide_where_they_are_slower_than_the_limit() -> None:
    """Four at a time, ten seconds each: the limit is never met."""
    assert seconds_for(120, per_minute=60, parallel=4, call=10.0) == pytest.approx(300.0)


@given(st.integers(0, 2000), st.integers(1, 120), st.lists(st.floats(0, 90), max_size=150))
def test_more_calls_never_end_earlier(calls: int, per_minute: int, recent: list[float]) -> None:
    """One call more takes as long or longer, also where the minutes behind the first few are only multiplied."""
    ends = [seconds_for(count, per_minute=per_minute, recent=recent) for count in (calls, calls + 1)]
    assert ends[0] <= ends[1] + 1e-6


@given(st.sampled_from([0.05, 0.3, 0.9, 2.0]), st.integers(0, 500), st.integers(0, 500))
def test_a_run_on_time_ends_when_it_was_said_to(gap: float, made: int, left: int) -> None:
    """Seen from the middle, the end is where it was seen from the start, on a quick line and on a slow one."""
    done, end = (seconds_for(count, per_minute=60, parallel=1, call=gap) for count in (made, made + left))
    assert done + seconds_left(done, made, left, per_minute=60, gap=gap) == pytest.approx(end, rel=0.01, abs=1.0)


@pytest.mark.parametrize("silence", [20.0, 45.0, 600.0])
def test_a_silence_delays_the_end_by_itself(silence: float) -> None:
    """Zoho asks for a pause, or the computer sleeps for ten minutes: the end moves by that and by no more."""
    on_time, end = seconds_for(130, per_minute=60), seconds_for(1200, per_minute=60)
    found = on_time + silence + seconds_left(on_time + silence, 130, 1200 - 130, per_minute=60)
    assert found == pytest.approx(end + silence, abs=1.0)


def test_the_speed_of_a_line_is_its_middle_gap() -> None:
    """Neither the wait for the next minute nor a pause makes a line slow; pages that come together count one by one."""
    beat = Beat()
    for number in range(9):
        beat.note(2.0 * number, number + 1)
    assert beat.gap == pytest.approx(0.125)  # too few to tell
    beat.note(20.0, 13)
    assert beat.gap == pytest.approx(2.0)
    beat.note(620.0, 14)
    beat.note(620.0, 14)
    beat.note(622.0, 15)
    assert beat.gap == pytest.approx(2.0)


def test_nothing_left_takes_no_time() -> None:
    """At its end, and before its first answer."""
    assert seconds_left(0.0, 0, 0, per_minute=60) == 0.0
    assert seconds_left(100.0, 70, 0, per_minute=0) == pytest.approx(0.0, abs=0.1)
    assert seconds_left(0.0, 0, 61, per_minute=60) == pytest.approx(60.75, abs=1.0)


def test_the_forecast_counts_as_the_gate_does() -> None:
    """Both go by the same minute."""
    assert WINDOW == THE_GATES_WINDOW
