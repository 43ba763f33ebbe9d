"""Full-text search over all modules, and the views of tables that people saved."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
