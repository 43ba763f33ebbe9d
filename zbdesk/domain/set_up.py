"""Setting webhooks up in Zoho Books, step by step: what would be made, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One pair that is to be made: a webhook and the rule that triggers it. ``sure``: its words are known to work."""

    name: str
    module: str
    rule: str
    url: str
    sure: bool


@dataclass(frozen=True, slots=True)
class SetUpDone:
    """What became of one step: made, there (from before), failed, skipped (after a failure that stops all), removed."""

    name: str
    module: str
    rule: str
    result: str
    message: str = ""
