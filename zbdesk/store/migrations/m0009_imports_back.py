"""Rolling back an import after it was sent.

- ``rollback.batch_id``: the import that is taken back, record by record; ``run_id`` is then the last run that wrote one
  of its records. NULL where a run is taken back.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE rollback ADD COLUMN batch_id BIGINT REFERENCES import_batch (id) ON DELETE CASCADE",
)
