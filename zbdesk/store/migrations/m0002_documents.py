"""Local documents: what the company's side wants beyond field values, and how far each was looked at.

What the new columns of ``local`` mean:

- ``deleted``: the record is no longer wanted here. The row stays, so that the same document put again is recognised.
- ``wishes``: JSON list of status actions still to be sent, in order.
- ``takes_over``: the fields are a first edit of a record of Zoho's whose detail was not known yet; no base exists.
- ``settled``: what both sides looked like when the planner last found nothing to do. NULL, or other than now: due.
- ``released``: a person let it leave although what is to leave is held for review.
- ``before_choice``: JSON of how the record stood before a person settled its conflict, as long as that can be undone.
- ``given``: what the source gave last; only what it changed since counts as its edit. NULL where no source did.
- ``clashes``: JSON list of the fields in conflict, each with base, local and remote as text; NULL without a conflict.

``module_state.considered``: up to which record (by key) it was decided whether what is new in Zoho becomes local; NULL
before the first load is done. ``problem.detail`` is Zoho's own message, ``problem.reason`` why a person dismissed it.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE local ADD COLUMN deleted SMALLINT NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))",
    "ALTER TABLE local ADD COLUMN wishes TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE local ADD COLUMN takes_over SMALLINT NOT NULL DEFAULT 0 CHECK (takes_over IN (0, 1))",
    "ALTER TABLE local ADD COLUMN settled TEXT",
    "ALTER TABLE local ADD COLUMN clashes TEXT",
    "ALTER TABLE local ADD COLUMN given TEXT",
    "ALTER TABLE local ADD COLUMN released SMALLINT NOT NULL DEFAULT 0 CHECK (released IN (0, 1))",
    "ALTER TABLE local ADD COLUMN before_choice TEXT",
    "ALTER TABLE module_state ADD COLUMN considered BIGINT",
    "ALTER TABLE problem ADD COLUMN detail TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE problem ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
)
