"""The tunnel and its tests, relay onward, what polling found that no event told, and what was made in Zoho Books.

What the tables mean:

- ``tunnel``: how the tunnel stands, so that others may read its address; ``position`` is how far a relay was read.
- ``tunnel_test``: round-trip tests, the newest few hundred. ``leg`` is the one that failed; ``legs`` a JSON list.
- ``relay_target``: own addresses that events are passed on to; the secret is in the vault. ``content``: ``event``, the
  body as Zoho sent it, or ``record``, the record as it was read again. ``modules``, ``kinds``: words, empty for all.
  ``seen_id``, ``seen_handled_at``: up to where the inbox was looked through for it. ``rests_until``: it failed.
- ``delivery``: one message for one target. ``origin`` makes it happen once. ``body`` is NULL where it was refused a
  place in the queue or is long done.
- ``poll_find``: a change that polling found. ``told`` says whether an event had told it; NULL while one may still come.
- ``webhook_health``: one row a connection: whether polling goes at its shorter interval, since when and why.
- ``automation``: webhooks and workflow rules that were made in Zoho Books for this connection, to be removed again.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE tunnel (
        connection_id {rowid} REFERENCES connection (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('off', 'starting', 'up', 'broken')),
        public_url TEXT,
        sentence TEXT NOT NULL,
        remedy TEXT NOT NULL,
        since BIGINT,
        restarts BIGINT NOT NULL DEFAULT 0,
        signed SMALLINT NOT NULL DEFAULT 1 CHECK (signed IN (0, 1)),
        position TEXT NOT NULL DEFAULT '',
        position_of TEXT NOT NULL DEFAULT ''
    )""",
    """CREATE TABLE tunnel_test (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        at BIGINT NOT NULL,
        cause TEXT NOT NULL,
        ok SMALLINT NOT NULL CHECK (ok IN (0, 1)),
        leg TEXT CHECK (leg IN ('dns', 'tls', 'tunnel', 'listener', 'signature')),
        sentence TEXT NOT NULL,
        remedy TEXT NOT NULL,
        detail TEXT NOT NULL,
        legs TEXT NOT NULL,
        milliseconds BIGINT NOT NULL,
        public_url TEXT NOT NULL,
        CHECK ((ok = 1) = (leg IS NULL))
    )""",
    "CREATE INDEX tunnel_test_newest ON tunnel_test (connection_id, id)",
    """CREATE TABLE relay_target (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        url TEXT NOT NULL CHECK (url <> ''),
        content TEXT NOT NULL CHECK (content IN ('event', 'record')),
        modules TEXT NOT NULL DEFAULT '',
        kinds TEXT NOT NULL DEFAULT '',
        enabled SMALLINT NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
        made_at BIGINT NOT NULL,
        last_ok_at BIGINT,
        failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0),
        rests_until BIGINT,
        seen_id BIGINT NOT NULL DEFAULT 0,
        seen_handled_at BIGINT NOT NULL DEFAULT 0,
        UNIQUE (connection_id, url)
    )""",
    """CREATE TABLE delivery (
        id {pk},
        target_id BIGINT NOT NULL REFERENCES relay_target (id) ON DELETE CASCADE,
        origin TEXT NOT NULL CHECK (origin <> ''),
        module TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        content_type TEXT NOT NULL,
        body {blob},
        size BIGINT NOT NULL CHECK (size >= 0),
        state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
        tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0),
        next_at BIGINT,
        made_at BIGINT NOT NULL,
        ended_at BIGINT,
        status BIGINT,
        error TEXT NOT NULL DEFAULT '',
        UNIQUE (target_id, origin),
        CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
        CHECK ((state = 'waiting') = (ended_at IS NULL)),
        CHECK (state <> 'waiting' OR body IS NOT NULL)
    )""",
    "CREATE INDEX delivery_waiting ON delivery (target_id, id) WHERE state = 'waiting'",
    "CREATE INDEX delivery_ended ON delivery (target_id, ended_at) WHERE state <> 'waiting'",
    "CREATE INDEX inbox_record ON inbox (connection_id, module, remote_id, received_at)",
    """CREATE TABLE poll_find (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        module TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        at BIGINT NOT NULL,
        changed_at BIGINT NOT NULL,
        told SMALLINT CHECK (told IN (0, 1)),
        UNIQUE (connection_id, module, remote_id, changed_at)
    )""",
    "CREATE INDEX poll_find_open ON poll_find (connection_id, at) WHERE told IS NULL",
    """CREATE TABLE webhook_health (
        connection_id {rowid} REFERENCES connection (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('off', 'untested', 'healthy', 'gap', 'failing')),
        since BIGINT NOT NULL,
        checked_at BIGINT NOT NULL,
        sentence TEXT NOT NULL,
        remedy TEXT NOT NULL
    )""",
    """CREATE TABLE automation (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('webhook', 'workflow')),
        module TEXT NOT NULL,
        rule TEXT NOT NULL,
        name TEXT NOT NULL,
        remote_id TEXT NOT NULL CHECK (remote_id <> ''),
        made_at BIGINT NOT NULL,
        UNIQUE (connection_id, kind, remote_id)
    )""",
)
