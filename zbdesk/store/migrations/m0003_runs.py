"""What a run wrote, so that it can be limited, shown and rolled back as one."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
