"""Webhook events as they arrived, and what became of them.

What the tables mean:

- ``webhook``: one row a connection. ``path_key`` is the part of the listener's path that nobody can guess; it lasts as
  long as the connection's data. ``public_url`` is the address that a person gave, empty without one. ``refused``
  counts events with a wrong signature, ``refused_at`` is the last of them. The secret itself is in the vault.
- ``inbox``: one row an event, however often it came (``copies``). ``digest`` tells events apart. ``module`` and
  ``remote_id`` are the record it speaks of, NULL where it names none; ``modified_at`` is the record's stamp in seconds
  as the event has it. ``handled_at`` NULL: still to be looked at; ``result`` is one of the words of ``store/inbox.py``
  at any time. ``query`` and ``body`` are bytes as received. ``via``: how it came here.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE webhook (
        connection_id BIGINT NOT NULL PRIMARY KEY REFERENCES connection (id),
        path_key {key} NOT NULL UNIQUE CHECK (path_key <> ''),
        public_url TEXT NOT NULL DEFAULT '',
        last_event_at BIGINT,
        refused BIGINT NOT NULL DEFAULT 0 CHECK (refused >= 0),
        refused_at BIGINT
    )""",
    "INSERT INTO webhook (connection_id, path_key) SELECT id, {random} FROM connection",
    """CREATE TABLE inbox (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id),
        received_at BIGINT NOT NULL,
        digest {key} NOT NULL,
        via TEXT NOT NULL,
        verified SMALLINT NOT NULL CHECK (verified IN (0, 1)),
        method TEXT NOT NULL,
        path TEXT NOT NULL,
        content_type TEXT NOT NULL,
        query {blob} NOT NULL,
        body {blob} NOT NULL,
        module TEXT,
        remote_id {key},
        organization_id TEXT,
        event TEXT NOT NULL DEFAULT '',
        modified_at BIGINT,
        copies BIGINT NOT NULL DEFAULT 1 CHECK (copies >= 1),
        replays BIGINT NOT NULL DEFAULT 0,
        result TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        handled_at BIGINT,
        UNIQUE (connection_id, digest)
    )""",
    "CREATE INDEX inbox_waiting ON inbox (connection_id, module, remote_id, id) WHERE handled_at IS NULL",
)
