"""Stamps mean moments, dates mean days, and a day belongs to the organization."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.dates import (
    day_start,
    format_stamp,
    local_day,
    next_day_start,
    parse_date,
    parse_stamp,
    stamp_seconds,
    zone,
)

MOMENTS = st.integers(0, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(
    [
        "UTC",
        "Asia/Kolkata",
        "America/New_York",
        "Pacific/Apia",
        "Africa/Cairo",
        "America/Sao_Paulo",
        "Pacific/Kiritimati",
        "America/Havana",
        "Australia/Lord_Howe",
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-09T13:14:59-0400",
        "2026-06-09T13:14:59-04:00",
        "2026-06-09T17:14:59Z",
        "2026-06-09T22:44:59+0530",
        "2026-06-09T17:14:59.987+0000",
    ],
)
def test_every_offset_form_is_the_same_moment(text: str) -> None:
    """How the offset is written does not matter, and no stamp is finer than a second."""
    assert parse_stamp(text) == datetime(2026, 6, 9, 17, 14, 59, tzinfo=UTC)
    assert stamp_seconds(text) == datetime(2026, 6, 9, 17, 14, 59, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "2026-06-09",
        "2026-06-09T13:14:59",
        "2026-06-09T13:14:59+",
        "2026-02-30T13:14:59-0400",
        "2026-06-09x13:14:59-0400",
        "20260609T131459-0400",
        "yesterday, before lunch at noon",
    ],
)
def test_what_names_no_moment_is_none(text: str | None) -> None:
    """Blank, broken and zoneless text is not guessed at."""
    assert parse_stamp(text) is None
    assert stamp_seconds(text) is None


def test_stamp_beyond_the_calendar_is_none() -> None:
    """A stamp whose moment lies outside the years there are is no failure."""
    assert parse_stamp("0001-01-01T00:00:00+1400") is None


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_stamps_survive_the_round_trip_in_any_zone(moment: datetime, minutes: int) -> None:
    """A moment written in any zone is read as the same moment in UTC."""
    there = moment.astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_stamp(f"{there:%Y-%m-%dT%H:%M:%S%z}") == moment
    assert parse_stamp(format_stamp(there)) == moment


@given(MOMENTS)
def test_queries_get_the_only_form_that_zoho_takes(moment: datetime) -> None:
    """Numeric offset without a colon, in UTC, no fraction."""
    text = format_stamp(moment.replace(microsecond=250_000))
    assert text == f"{moment:%Y-%m-%dT%H:%M:%S}+0000"
    assert len(text) == 24


def test_a_moment_without_zone_is_not_sent() -> None:
    """A naive datetime is a bug here, not UTC by assumption."""
    with pytest.raises(ValueError, match="without a zone"):
        format_stamp(datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.dates())
def test_dates_survive_the_round_trip(day: date) -> None:
    """A business date is read as it was written, blanks around it aside."""
    assert parse_date(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    "text", [None, "", "2026-02-30", "20260609", "2026-W24-2", "09/06/2026", "2026-06-09T00:00:00Z", "2026-6-9"]
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    """Only ``yyyy-mm-dd`` is a date."""
    assert parse_date(text) is None


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "America"])
def test_unknown_zone_is_utc(name: str) -> None:
    """A zone that this computer does not know still gives a day."""
    assert zone(name) is UTC


@given(MOMENTS, ZONES)
def test_every_moment_is_in_its_day(moment: datetime, name: str) -> None:
    """A day begins at or before now and ends after it, also where clocks or calendars jump."""
    begin, end = day_start(moment, name), next_day_start(moment, name)
    assert begin <= moment < end
    assert begin.tzinfo is UTC
    assert end.tzinfo is UTC
    assert local_day(begin, name) == local_day(moment, name) < local_day(end, name)
    assert local_day(begin - timedelta(seconds=1), name) < local_day(moment, name)


def test_skipped_midnight_begins_when_the_clock_jumps() -> None:
    """Where a day has no midnight, its allowance starts at its first moment."""
    noon = datetime(2024, 4, 26, 12, tzinfo=ZoneInfo("Africa/Cairo")).astimezone(UTC)
    assert day_start(noon, "Africa/Cairo") == datetime(2024, 4, 25, 22, tzinfo=UTC)


def test_doubled_midnight_begins_at_the_first() -> None:
    """Where midnight comes twice, the day begins with the first of them."""
    noon = datetime(2023, 11, 5, 12, tzinfo=ZoneInfo("America/Havana")).astimezone(UTC)
    assert day_start(noon, "America/Havana") == datetime(2023, 11, 5, 4, tzinfo=UTC)
