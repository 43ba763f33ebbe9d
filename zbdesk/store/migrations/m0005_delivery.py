"""Relay onward, round-trip tests of the tunnel, and what polling found that no event told."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
