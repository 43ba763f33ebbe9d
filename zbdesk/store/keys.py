"""Sort and search keys: text folded so that case and accents neither part nor hide records.

The keys stand beside the text in the database and compare byte by byte, so SQLite and PostgreSQL sort alike.
"""

from __future__ import annotations

from zbdesk.domain.words import fold

__all__ = ["fold", "like_pattern"]


def like_pattern(text: str) -> str:
    r"""Pattern for ``LIKE ? ESCAPE '\'`` that finds ``text`` anywhere, its own ``%`` and ``_`` taken literally."""
    folded = fold(text) or ""
    escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
