"""Numbered migrations, oldest first. Each runs in one transaction together with the record that it ran.

A migration is frozen once released: it holds its own DDL and never imports the models, which describe the newest
schema only. ``{pk}``, ``{rowid}``, ``{blob}``, ``{key}`` and ``{random}`` (an unguessable text) stand for what SQLite
and PostgreSQL spell differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zbdesk.store.migrations import (
    m0001_first,
    m0002_documents,
    m0003_runs,
    m0004_inbox,
    m0005_delivery,
    m0006_sources,
    m0007_interface,
    m0008_search,
    m0009_imports_back,
)


class Migration(NamedTuple):
    """One step of the schema: the statements in order, with dialect tokens."""

    number: int
    name: str
    statements: Sequence[str]


ALL: tuple[Migration, ...] = (
    Migration(1, "first", m0001_first.STATEMENTS),
    Migration(2, "documents", m0002_documents.STATEMENTS),
    Migration(3, "runs", m0003_runs.STATEMENTS),
    Migration(4, "inbox", m0004_inbox.STATEMENTS),
    Migration(5, "delivery", m0005_delivery.STATEMENTS),
    Migration(6, "sources", m0006_sources.STATEMENTS),
    Migration(7, "interface", m0007_interface.STATEMENTS),
    Migration(8, "search", m0008_search.STATEMENTS),
    Migration(9, "imports_back", m0009_imports_back.STATEMENTS),
)
