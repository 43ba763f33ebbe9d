"""What the local HTTP interface has to remember between requests."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
