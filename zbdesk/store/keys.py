"""Sort and search keys: text folded so that case and accents neither part nor hide records.

The keys stand beside the text in the database and compare byte by byte, so SQLite and PostgreSQL sort alike.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=32768)
def fold(text: str | None) -> str | None:
    """Case folded, accents dropped, space at the ends trimmed; None for nothing to show."""
    if text is None:
        return None
    if text.isascii():
        return text.strip().lower() or None
    folded = text
    # Taking signs apart may bring capitals to light ("㎐" is "Hz"), and folding those may bring accents.
    while (parts := _plain(folded)) != folded:
        folded = parts
    return folded.strip() or None


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def like_pattern(text: str) -> str:
    r"""Pattern for ``LIKE ? ESCAPE '\'`` that finds ``text`` anywhere, its own ``%`` and ``_`` taken literally."""
    folded = fold(text) or ""
    escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
