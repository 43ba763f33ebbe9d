"""How far this computer's clock is from Zoho's, told by the ``Date`` header of an answer. Pure."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

WORTH_SAYING = 300.0
"""Seconds from which a wrong clock matters: certificates, expiry of tokens, order of events."""


def skew_seconds(date_header: str | None, now: datetime) -> float | None:
    """Zoho's time minus ours: positive where our clock is behind. None without a readable header."""
    if not date_header:
        return None
    try:
        there = parsedate_to_datetime(date_header)
    except ValueError:
        return None
    return (there - now).total_seconds() if there.tzinfo is not None else None


def in_words(skew: float | None) -> str | None:
    """``This computer's clock is 26 hours behind.``; None where it is near enough or unknown."""
    if skew is None or abs(skew) < WORTH_SAYING:
        return None
    minutes = round(abs(skew) / 60)
    if minutes < 120:
        span = f"{minutes} minutes"
    elif minutes < 72 * 60:
        span = f"{round(minutes / 60)} hours"
    else:
        span = f"{round(minutes / (24 * 60))} days"
    return f"This computer's clock is {span} {'behind' if skew > 0 else 'ahead'}."
