"""Sources, mappings, imports and their batches.

What the tables and columns mean:

- ``mapping``: a saved mapping. ``name_key`` is its folded name, by which it is found; ``body`` its JSON.
- ``source``: a watched folder (``folder``) or a database (``sql``). ``settings`` is JSON that only its kind reads;
  secrets are in the vault, never here. ``mark``: where the next reading of a database goes on. ``state``: ``on`` or
  ``paused``. The ``last_*`` columns tell the last run; ``taken`` and ``refused`` count documents over all runs.
- ``import_batch``: one import. ``origin`` is the file or the source's own name for what was read. ``state``: ``open``
  while it writes, then ``done``, ``stopped`` (by a person, or the program ended) or ``taken_back``. ``totals`` is JSON,
  currency to amount.
- ``import_entry``: what a batch did with one record. ``revision`` is the local document's after it; ``before`` the JSON
  of how it stood, for what was changed. An entry goes with its record.
- ``source_file``: every file that a watched folder has had, by the hash of its content. ``state``: ``taking`` from the
  moment before its documents are written, ``taken`` or ``failed`` with the last of them, ``moved`` when it lies in its
  place. What is not yet ``moved`` after a crash is gone on with.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE mapping (
        id {pk},
        name TEXT NOT NULL CHECK (name <> ''),
        name_key {key} NOT NULL UNIQUE,
        module TEXT NOT NULL,
        body TEXT NOT NULL,
        saved_at BIGINT NOT NULL
    )""",
    """CREATE TABLE source (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('folder', 'sql')),
        name TEXT NOT NULL CHECK (name <> ''),
        module TEXT NOT NULL,
        mapping TEXT NOT NULL,
        settings TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('on', 'paused')),
        mark TEXT,
        made_at BIGINT NOT NULL,
        last_at BIGINT,
        last_result TEXT CHECK (last_result IN ('ok', 'attention', 'failed')),
        last_message TEXT NOT NULL DEFAULT '',
        last_rows BIGINT NOT NULL DEFAULT 0,
        taken BIGINT NOT NULL DEFAULT 0,
        refused BIGINT NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE import_batch (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        source_id BIGINT REFERENCES source (id) ON DELETE SET NULL,
        module TEXT NOT NULL,
        source TEXT NOT NULL,
        origin TEXT NOT NULL,
        mapping TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'stopped', 'taken_back')),
        started_at BIGINT NOT NULL,
        finished_at BIGINT,
        read_rows BIGINT NOT NULL DEFAULT 0,
        created BIGINT NOT NULL DEFAULT 0,
        changed BIGINT NOT NULL DEFAULT 0,
        unchanged BIGINT NOT NULL DEFAULT 0,
        refused BIGINT NOT NULL DEFAULT 0,
        vanished BIGINT NOT NULL DEFAULT 0,
        totals TEXT NOT NULL DEFAULT '{{}}',
        CHECK ((state = 'open') = (finished_at IS NULL))
    )""",
    "CREATE INDEX import_batch_newest ON import_batch (connection_id, id)",
    """CREATE TABLE import_entry (
        batch_id BIGINT NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
        record_id BIGINT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
        result TEXT NOT NULL CHECK (result IN ('created', 'changed', 'unchanged')),
        revision BIGINT,
        before TEXT,
        PRIMARY KEY (batch_id, record_id)
    )""",
    "CREATE INDEX import_entry_record ON import_entry (record_id)",
    """CREATE TABLE source_file (
        id {pk},
        source_id BIGINT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        size BIGINT NOT NULL,
        content_hash TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('taking', 'taken', 'failed', 'moved')),
        result TEXT NOT NULL DEFAULT '',
        message TEXT NOT NULL DEFAULT '',
        report TEXT NOT NULL DEFAULT '',
        batch_id BIGINT REFERENCES import_batch (id) ON DELETE SET NULL,
        first_at BIGINT NOT NULL,
        finished_at BIGINT,
        moved_to TEXT NOT NULL DEFAULT '',
        UNIQUE (source_id, content_hash)
    )""",
)
