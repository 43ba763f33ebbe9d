"""Moments as integers: the database holds whole microseconds since 1970 UTC (Zoho's own stamps: whole seconds)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
    """Exact microseconds of an aware moment, without a float in between."""
    return (moment - _EPOCH) // _MICROSECOND


def from_us(value: int) -> datetime:
    """The moment in UTC."""
    return _EPOCH + timedelta(microseconds=value)


def us_or_none(moment: datetime | None) -> int | None:
    """``to_us`` that lets None through."""
    return None if moment is None else to_us(moment)


def moment_or_none(value: int | None) -> datetime | None:
    """``from_us`` that lets None through."""
    return None if value is None else from_us(value)


def from_seconds(value: int | None) -> datetime | None:
    """The moment of one of Zoho's stamps, kept as whole seconds."""
    return None if value is None else _EPOCH + timedelta(seconds=value)
