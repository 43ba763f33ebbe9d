"""Sources, mappings, imports and their batches."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
