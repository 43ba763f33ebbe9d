"""What a run wrote, so that it can be limited, shown and rolled back as one; and a diary that shows its own gaps.

What the new columns and tables mean:

- ``attempt.run_id``: the run in which the write left. ``attempt.after``: JSON of what Zoho answered: ``fields`` (of an
  update those that were sent, of a create all that can be written), ``status``, ``modified_at``. NULL: nothing was
  seen. What stood there before is in the snapshot.
- ``diary.seq``, ``diary.hash``: place in the connection's chain and the hash over this line and the one before
  (``domain/chain.py``). NULL in lines that are older than the chain. ``diary.subject``: the record's local id, which
  stays when it goes. ``diary.changes``: JSON list of field, before, after. ``diary.run_id``: the run of a write.
- ``diary_head``: the chain's last place and hash, so that lines cut off at its end are missed as well.
- ``run_question``: a run that stopped at a limit: what it would have written (``planned``, JSON of record, write and
  revision), the numbers as they are shown, and since when a person allows exactly this.
- ``rollback``, ``rollback_item``: a run being taken back, one item a record. ``place`` groups them: a lower one is over
  before the next begins. ``revision``: of the document as it was put for this.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE attempt ADD COLUMN run_id BIGINT REFERENCES run (id) ON DELETE SET NULL",
    "ALTER TABLE attempt ADD COLUMN after TEXT",
    "CREATE INDEX attempt_of_run ON attempt (run_id, id) WHERE run_id IS NOT NULL",
    "ALTER TABLE diary ADD COLUMN seq BIGINT",
    "ALTER TABLE diary ADD COLUMN hash TEXT",
    "ALTER TABLE diary ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE diary ADD COLUMN changes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE diary ADD COLUMN run_id BIGINT",
    """CREATE TABLE diary_head (
        connection_id {rowid} REFERENCES connection (id) ON DELETE CASCADE,
        seq BIGINT NOT NULL,
        hash TEXT NOT NULL
    )""",
    """CREATE TABLE run_question (
        connection_id {rowid} REFERENCES connection (id) ON DELETE CASCADE,
        token TEXT NOT NULL,
        planned TEXT NOT NULL,
        facts TEXT NOT NULL,
        asked_at BIGINT NOT NULL,
        allowed_at BIGINT
    )""",
    """CREATE TABLE rollback (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        run_id BIGINT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        begun_at BIGINT NOT NULL,
        ended_at BIGINT
    )""",
    "CREATE UNIQUE INDEX rollback_one_open ON rollback (connection_id) WHERE ended_at IS NULL",
    """CREATE TABLE rollback_item (
        rollback_id BIGINT NOT NULL REFERENCES rollback (id) ON DELETE CASCADE,
        record_id BIGINT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
        place BIGINT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('delete', 'void', 'restore', 'status', 'none')),
        fields TEXT NOT NULL,
        wishes TEXT NOT NULL,
        revision BIGINT,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'placed', 'done', 'left')),
        reason TEXT NOT NULL,
        PRIMARY KEY (rollback_id, record_id)
    )""",
    "CREATE INDEX rollback_item_of_record ON rollback_item (record_id)",
)
