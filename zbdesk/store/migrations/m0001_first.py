"""The first schema: connections, the three trees, what was observed and what is known about it.

What the tables mean:

- ``module_state``: one row for each module of a connection. Records hang on it (``feed_id``), so that "connection and
  module" costs one small integer in every index. Its counters are kept in the transaction that changes the rows.
- ``record``: identity and the typed columns that tables show. Money is millionths, dates are ``YYYY-MM-DD``,
  ``modified_at`` is Zoho's stamp in seconds; all other moments are microseconds since 1970 UTC. ``*_key`` are folded
  text for sorting and searching. ``gone`` is 1 exactly for tombstones. ``detail``: 0 none, 1 as fresh as the row, 2
  older than the row. ``scan_id`` is the last scan that saw the record; it promises nothing between scans.
- ``remote``: where Zoho's bytes are: the list row in a ``block`` (``row_at``, ``row_size`` in its unpacked bytes), the
  detail by itself. A ``block`` is the rows of one page, compressed together and never changed; ``live`` counts the
  records that still point into it. ``dictionary`` holds what the compression of details refers to.
- ``local``, ``synced``: JSON texts; a record that is only mirrored has neither.
- ``attempt``: written before a write leaves. At most one per record is without an answer.
- ``decision``: what a person chose in a conflict; the conflict itself is derived.
- ``diary``: only ever appended to.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE meta (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )""",
    """CREATE TABLE sequence (
        name TEXT NOT NULL PRIMARY KEY,
        next BIGINT NOT NULL CHECK (next >= 1)
    )""",
    "INSERT INTO sequence (name, next) VALUES ('record', 1), ('block', 1)",
    """CREATE TABLE connection (
        id {pk},
        organization_id TEXT NOT NULL CHECK (organization_id <> ''),
        name TEXT NOT NULL,
        country TEXT NOT NULL,
        currency_code TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        language_code TEXT NOT NULL,
        fiscal_year_start_month TEXT NOT NULL,
        plan TEXT NOT NULL,
        edition TEXT NOT NULL,
        tax_id TEXT NOT NULL,
        date_format TEXT NOT NULL,
        active SMALLINT NOT NULL CHECK (active IN (0, 1)),
        data_centre TEXT NOT NULL,
        accounts_url TEXT NOT NULL CHECK (accounts_url <> ''),
        api_url TEXT NOT NULL CHECK (api_url <> ''),
        location TEXT NOT NULL,
        client_id TEXT NOT NULL,
        scopes TEXT NOT NULL,
        read_only SMALLINT NOT NULL CHECK (read_only IN (0, 1)),
        pkce SMALLINT NOT NULL CHECK (pkce IN (0, 1)),
        redirect_uri TEXT NOT NULL,
        authorised_by TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('none', 'active', 'paused', 'offline', 'needs_sign_in')),
        state_reason TEXT NOT NULL,
        is_current SMALLINT NOT NULL CHECK (is_current IN (0, 1)),
        connected_at BIGINT NOT NULL,
        last_contact_at BIGINT,
        next_run_at BIGINT,
        day_limit BIGINT CHECK (day_limit >= 0),
        day_reserve BIGINT NOT NULL DEFAULT 0 CHECK (day_reserve >= 0),
        paused_until BIGINT,
        paused_budget TEXT,
        UNIQUE (accounts_url, organization_id),
        CHECK ((paused_until IS NULL) = (paused_budget IS NULL))
    )""",
    "CREATE UNIQUE INDEX connection_one_current ON connection (is_current) WHERE is_current = 1",
    """CREATE TABLE dictionary (
        id BIGINT NOT NULL PRIMARY KEY,
        body {blob} NOT NULL
    )""",
    """CREATE TABLE module_state (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        module TEXT NOT NULL CHECK (module <> ''),
        enabled SMALLINT NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
        off_reason TEXT,
        expected BIGINT CHECK (expected >= 0),
        live BIGINT NOT NULL DEFAULT 0 CHECK (live >= 0),
        deleted BIGINT NOT NULL DEFAULT 0 CHECK (deleted >= 0),
        local BIGINT NOT NULL DEFAULT 0 CHECK (local >= 0),
        pending BIGINT NOT NULL DEFAULT 0 CHECK (pending >= 0),
        unknown BIGINT NOT NULL DEFAULT 0 CHECK (unknown >= 0),
        conflicts BIGINT NOT NULL DEFAULT 0 CHECK (conflicts >= 0),
        problems BIGINT NOT NULL DEFAULT 0 CHECK (problems >= 0),
        wanted BIGINT NOT NULL DEFAULT 0 CHECK (wanted >= 0),
        detail_dictionary BIGINT REFERENCES dictionary (id),
        UNIQUE (connection_id, module)
    )""",
    """CREATE TABLE cursor (
        feed_id {rowid} REFERENCES module_state (id) ON DELETE CASCADE,
        watermark BIGINT,
        first_done SMALLINT NOT NULL CHECK (first_done IN (0, 1)),
        scan_page BIGINT NOT NULL CHECK (scan_page >= 1),
        scan_id BIGINT NOT NULL CHECK (scan_id >= 0),
        scan_kind TEXT CHECK (scan_kind IN ('first', 'delta', 'full')),
        scan_started BIGINT,
        as_of BIGINT,
        sort_trusted SMALLINT CHECK (sort_trusted IN (0, 1)),
        last_full_at BIGINT
    )""",
    """CREATE TABLE record (
        id {rowid},
        feed_id BIGINT NOT NULL REFERENCES module_state (id) ON DELETE CASCADE,
        local_id TEXT NOT NULL UNIQUE,
        remote_id TEXT CHECK (remote_id <> ''),
        source TEXT,
        source_id TEXT CHECK (source_id <> ''),
        number TEXT,
        date TEXT,
        due_date TEXT,
        party TEXT,
        party_id TEXT,
        status TEXT,
        currency TEXT,
        total BIGINT,
        balance BIGINT,
        reference TEXT,
        modified_at BIGINT,
        number_key {key},
        party_key {key},
        reference_key {key},
        row_hash BIGINT,
        scan_id BIGINT NOT NULL DEFAULT 0,
        want_detail SMALLINT NOT NULL DEFAULT 0 CHECK (want_detail IN (0, 1)),
        detail SMALLINT NOT NULL DEFAULT 0 CHECK (detail IN (0, 1, 2)),
        gone SMALLINT NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
        deleted_at BIGINT,
        state TEXT NOT NULL CHECK (state IN ('mirrored', 'synced', 'pending', 'sending', 'unknown', 'conflict',
            'problem', 'deleted')),
        UNIQUE (feed_id, remote_id),
        CHECK ((source IS NULL) = (source_id IS NULL)),
        CHECK ((gone = 1) = (deleted_at IS NOT NULL)),
        CHECK (want_detail = 0 OR (remote_id IS NOT NULL AND gone = 0))
    )""",
    "CREATE UNIQUE INDEX record_source ON record (feed_id, source, source_id) WHERE source_id IS NOT NULL",
    # The indexes that screens sort and search by are made after the first load: see store/indexes.py.
    "CREATE INDEX record_wanted ON record (feed_id, date) WHERE want_detail = 1",
    """CREATE TABLE remote (
        record_id {rowid} REFERENCES record (id) ON DELETE CASCADE,
        block_id BIGINT NOT NULL,
        row_at BIGINT NOT NULL CHECK (row_at >= 0),
        row_size BIGINT NOT NULL CHECK (row_size >= 0),
        detail_body {blob}
    )""",
    # No foreign key from ``remote``: it would cost an index on every record for the rare end of a block.
    """CREATE TABLE block (
        id {rowid},
        feed_id BIGINT NOT NULL REFERENCES module_state (id) ON DELETE CASCADE,
        live BIGINT NOT NULL CHECK (live >= 0),
        body {blob} NOT NULL
    )""",
    """CREATE TABLE local (
        record_id {rowid} REFERENCES record (id) ON DELETE CASCADE,
        fields TEXT NOT NULL,
        revision BIGINT NOT NULL CHECK (revision >= 1),
        pending TEXT CHECK (pending IN ('create', 'update', 'delete', 'action')),
        action TEXT,
        changed_at BIGINT NOT NULL,
        conflict_since BIGINT,
        CHECK (action IS NULL OR pending = 'action')
    )""",
    "CREATE INDEX local_conflict ON local (conflict_since) WHERE conflict_since IS NOT NULL",
    """CREATE TABLE synced (
        record_id {rowid} REFERENCES record (id) ON DELETE CASCADE,
        fields TEXT NOT NULL,
        agreed_at BIGINT NOT NULL
    )""",
    """CREATE TABLE attempt (
        id {pk},
        record_id BIGINT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
        operation_key TEXT NOT NULL UNIQUE,
        operation TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        recognise TEXT NOT NULL,
        revision BIGINT NOT NULL,
        started_at BIGINT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('open', 'unknown', 'done', 'not_sent')),
        closed_at BIGINT,
        CHECK ((outcome IN ('open', 'unknown')) = (closed_at IS NULL))
    )""",
    "CREATE UNIQUE INDEX attempt_one_unanswered ON attempt (record_id) WHERE closed_at IS NULL",
    """CREATE TABLE decision (
        id {pk},
        record_id BIGINT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
        field TEXT NOT NULL CHECK (field <> ''),
        keep TEXT NOT NULL CHECK (keep IN ('local', 'remote')),
        made_at BIGINT NOT NULL,
        UNIQUE (record_id, field)
    )""",
    """CREATE TABLE problem (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        module TEXT,
        record_id BIGINT REFERENCES record (id) ON DELETE CASCADE,
        cause TEXT NOT NULL CHECK (cause <> ''),
        message TEXT NOT NULL CHECK (message <> ''),
        remedy TEXT NOT NULL CHECK (remedy <> ''),
        code TEXT,
        count BIGINT NOT NULL DEFAULT 1 CHECK (count >= 1),
        fingerprint TEXT NOT NULL,
        since BIGINT NOT NULL,
        last_at BIGINT NOT NULL,
        retry_at BIGINT,
        status TEXT NOT NULL CHECK (status IN ('open', 'dismissed', 'closed')),
        closed_at BIGINT,
        CHECK ((status = 'closed') = (closed_at IS NOT NULL))
    )""",
    "CREATE UNIQUE INDEX problem_one_a_record ON problem (record_id) WHERE closed_at IS NULL AND record_id IS NOT NULL",
    """CREATE UNIQUE INDEX problem_one_a_cause ON problem (connection_id, COALESCE(module, ''), cause)
        WHERE closed_at IS NULL AND record_id IS NULL""",
    "CREATE INDEX problem_open ON problem (connection_id, id) WHERE closed_at IS NULL",
    """CREATE TABLE diary (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        at BIGINT NOT NULL,
        kind TEXT NOT NULL CHECK (kind <> ''),
        text TEXT NOT NULL,
        module TEXT,
        record_id BIGINT REFERENCES record (id) ON DELETE SET NULL,
        cause TEXT NOT NULL
    )""",
    "CREATE INDEX diary_newest ON diary (connection_id, id)",
    "CREATE INDEX diary_of_record ON diary (record_id, id) WHERE record_id IS NOT NULL",
    """CREATE TABLE run (
        id {pk},
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('first', 'delta', 'full')),
        started_at BIGINT NOT NULL,
        finished_at BIGINT,
        result TEXT CHECK (result IN ('ok', 'attention', 'failed', 'needs_sign_in', 'interrupted')),
        api_calls BIGINT NOT NULL DEFAULT 0,
        new BIGINT NOT NULL DEFAULT 0,
        changed BIGINT NOT NULL DEFAULT 0,
        deleted BIGINT NOT NULL DEFAULT 0,
        message TEXT NOT NULL DEFAULT '',
        CHECK ((finished_at IS NULL) = (result IS NULL))
    )""",
    "CREATE INDEX run_newest ON run (connection_id, id)",
    """CREATE TABLE day_calls (
        connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
        day TEXT NOT NULL,
        used BIGINT NOT NULL CHECK (used >= 0),
        PRIMARY KEY (connection_id, day)
    )""",
)
