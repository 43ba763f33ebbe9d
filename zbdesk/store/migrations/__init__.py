"""Numbered migrations, oldest first. Each runs in one transaction together with the record that it ran.

A migration is frozen once released: it holds its own DDL and never imports the models, which describe the newest
schema only. ``{pk}``, ``{rowid}``, ``{blob}`` and ``{key}`` stand for what SQLite and PostgreSQL spell differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zbdesk.store.migrations import m0001_first, m0002_documents


class Migration(NamedTuple):
    """One step of the schema: the statements in order, with dialect tokens."""

    number: int
    name: str
    statements: Sequence[str]


ALL: tuple[Migration, ...] = (
    Migration(1, "first", m0001_first.STATEMENTS),
    Migration(2, "documents", m0002_documents.STATEMENTS),
)
