"""What the local HTTP interface has to remember between requests.

What the tables mean:

- ``interface_token``: who may ask, by a name that a person gave. ``digest`` is SHA-256 of the token, which is shown
  once and kept nowhere. A token belongs to one connection, so that it never opens another company's books.
- ``interface_answer``: what a request with an ``Idempotency-Key`` was answered. ``request`` is a hash over what was
  asked; ``status`` NULL: it is still being answered, or the program ended in the middle of it.
- ``record_change``: the latest change of each record, for event streams and "updated since". ``seq`` grows in the
  order of commits (there is one writer). A record that was removed from here keeps its line, with ``removed`` 1.
  Written only where the connection has had a token (``record_change_on``).
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE interface_token (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name <> ''),
        digest {key} NOT NULL UNIQUE CHECK (LENGTH(digest) = 64),
        made_at BIGINT NOT NULL,
        used_at BIGINT,
        revoked_at BIGINT
    )""",
    "CREATE UNIQUE INDEX interface_token_name ON interface_token (connection_id, name) WHERE revoked_at IS NULL",
    """CREATE TABLE interface_answer (
        token_id BIGINT NOT NULL REFERENCES interface_token (id) ON DELETE CASCADE,
        key {key} NOT NULL,
        request {key} NOT NULL,
        at BIGINT NOT NULL,
        status SMALLINT,
        body TEXT,
        PRIMARY KEY (token_id, key),
        CHECK ((status IS NULL) = (body IS NULL))
    )""",
    "CREATE INDEX interface_answer_age ON interface_answer (at)",
    """CREATE TABLE record_change (
        record_id {rowid},
        seq BIGINT NOT NULL UNIQUE,
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        feed_id BIGINT NOT NULL,
        local_id TEXT NOT NULL,
        at BIGINT NOT NULL,
        removed SMALLINT NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
    )""",
    "CREATE INDEX record_change_feed ON record_change (feed_id, at)",
    """CREATE TABLE record_change_on (
        connection_id {rowid} REFERENCES connection (id) ON DELETE CASCADE,
        since BIGINT NOT NULL
    )""",
    "INSERT INTO sequence (name, next) VALUES ('change', 1)",
)
