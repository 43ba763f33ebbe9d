"""Search over all modules adds no table of its own here.

Its index is made after the first load, like the other indexes (``store/search_index.py``), and only on SQLite.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
