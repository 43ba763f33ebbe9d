"""The newest schema as peewee models, for the queries that are not on the hot path.

Keys are plain integers here; what may exist (foreign keys, CHECK, UNIQUE) stands in the migrations, which alone make
tables. Units: money in millionths, ``modified_at`` and ``watermark`` in seconds, all other moments in microseconds
since 1970 UTC, flags 0 or 1. No model object and no lazy query leaves this package.
"""

from __future__ import annotations

from peewee import BigAutoField, BigIntegerField, BlobField, CompositeKey, Model, SmallIntegerField, TextField


class Connection(Model):
    """One organization that is or was connected; at most one is current."""

    id = BigAutoField()
    organization_id = TextField()
    name = TextField()
    country = TextField()
    currency_code = TextField()
    time_zone = TextField()
    language_code = TextField()
    fiscal_year_start_month = TextField()
    plan = TextField()
    edition = TextField()
    tax_id = TextField()
    date_format = TextField()
    active = SmallIntegerField()
    data_centre = TextField()
    accounts_url = TextField()
    api_url = TextField()
    location = TextField()
    client_id = TextField()
    scopes = TextField()
    read_only = SmallIntegerField()
    pkce = SmallIntegerField()
    redirect_uri = TextField()
    authorised_by = TextField()
    state = TextField()
    state_reason = TextField()
    is_current = SmallIntegerField()
    connected_at = BigIntegerField()
    last_contact_at = BigIntegerField(null=True)
    next_run_at = BigIntegerField(null=True)
    day_limit = BigIntegerField(null=True)
    day_reserve = BigIntegerField(default=0)
    paused_until = BigIntegerField(null=True)
    paused_budget = TextField(null=True)


class ModuleState(Model):
    """One module of one connection: choice, counters and compression dictionaries."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    module = TextField()
    enabled = SmallIntegerField(default=0)
    off_reason = TextField(null=True)
    expected = BigIntegerField(null=True)
    live = BigIntegerField(default=0)
    deleted = BigIntegerField(default=0)
    local = BigIntegerField(default=0)
    pending = BigIntegerField(default=0)
    unknown = BigIntegerField(default=0)
    conflicts = BigIntegerField(default=0)
    problems = BigIntegerField(default=0)
    wanted = BigIntegerField(default=0)
    detail_dictionary = BigIntegerField(null=True)
    considered = BigIntegerField(null=True)

    class Meta:
        """Peewee's own settings."""

        table_name = "module_state"


class Cursor(Model):
    """Where the reading of one module stands."""

    feed_id = BigIntegerField(primary_key=True)
    watermark = BigIntegerField(null=True)
    first_done = SmallIntegerField()
    scan_page = BigIntegerField()
    scan_id = BigIntegerField()
    scan_kind = TextField(null=True)
    scan_started = BigIntegerField(null=True)
    as_of = BigIntegerField(null=True)
    sort_trusted = SmallIntegerField(null=True)
    last_full_at = BigIntegerField(null=True)


class Record(Model):
    """Identity and typed columns of one record."""

    id = BigIntegerField(primary_key=True)
    feed_id = BigIntegerField()
    local_id = TextField()
    remote_id = TextField(null=True)
    source = TextField(null=True)
    source_id = TextField(null=True)
    number = TextField(null=True)
    date = TextField(null=True)
    due_date = TextField(null=True)
    party = TextField(null=True)
    party_id = TextField(null=True)
    status = TextField(null=True)
    currency = TextField(null=True)
    total = BigIntegerField(null=True)
    balance = BigIntegerField(null=True)
    reference = TextField(null=True)
    modified_at = BigIntegerField(null=True)
    number_key = TextField(null=True)
    party_key = TextField(null=True)
    reference_key = TextField(null=True)
    row_hash = BigIntegerField(null=True)
    scan_id = BigIntegerField(default=0)
    want_detail = SmallIntegerField(default=0)
    detail = SmallIntegerField(default=0)
    gone = SmallIntegerField(default=0)
    deleted_at = BigIntegerField(null=True)
    state = TextField()


class Remote(Model):
    """Where Zoho's bytes of one record are."""

    record_id = BigIntegerField(primary_key=True)
    block_id = BigIntegerField()
    row_at = BigIntegerField()
    row_size = BigIntegerField()
    detail_body = BlobField(null=True)


class Local(Model):
    """What our side says a record should be."""

    record_id = BigIntegerField(primary_key=True)
    fields = TextField()
    revision = BigIntegerField()
    pending = TextField(null=True)
    action = TextField(null=True)
    changed_at = BigIntegerField()
    conflict_since = BigIntegerField(null=True)
    deleted = SmallIntegerField(default=0)
    wishes = TextField(default="[]")
    takes_over = SmallIntegerField(default=0)
    settled = TextField(null=True)
    clashes = TextField(null=True)
    given = TextField(null=True)
    released = SmallIntegerField(default=0)
    before_choice = TextField(null=True)


class Synced(Model):
    """What both sides last agreed on."""

    record_id = BigIntegerField(primary_key=True)
    fields = TextField()
    agreed_at = BigIntegerField()


class Attempt(Model):
    """One write that was about to leave."""

    id = BigAutoField()
    record_id = BigIntegerField()
    operation_key = TextField()
    operation = TextField()
    snapshot = TextField()
    recognise = TextField()
    revision = BigIntegerField()
    started_at = BigIntegerField()
    outcome = TextField()
    closed_at = BigIntegerField(null=True)
    run_id = BigIntegerField(null=True)
    after = TextField(null=True)


class Decision(Model):
    """What a person chose for one field of a conflict."""

    id = BigAutoField()
    record_id = BigIntegerField()
    field = TextField()
    keep = TextField()
    made_at = BigIntegerField()


class Problem(Model):
    """Something that waits for a person."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    module = TextField(null=True)
    record_id = BigIntegerField(null=True)
    cause = TextField()
    message = TextField()
    remedy = TextField()
    code = TextField(null=True)
    count = BigIntegerField(default=1)
    fingerprint = TextField()
    since = BigIntegerField()
    last_at = BigIntegerField()
    retry_at = BigIntegerField(null=True)
    status = TextField()
    closed_at = BigIntegerField(null=True)
    detail = TextField(default="")
    reason = TextField(default="")


class Diary(Model):
    """One line of history; never changed."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    at = BigIntegerField()
    kind = TextField()
    text = TextField()
    module = TextField(null=True)
    record_id = BigIntegerField(null=True)
    cause = TextField()
    seq = BigIntegerField(null=True)
    hash = TextField(null=True)
    subject = TextField(default="")
    changes = TextField(default="")
    run_id = BigIntegerField(null=True)


class DiaryHead(Model):
    """The last line of a connection's chain."""

    connection_id = BigIntegerField(primary_key=True)
    seq = BigIntegerField()
    hash = TextField()

    class Meta:
        """Peewee's own settings."""

        table_name = "diary_head"


class RunQuestion(Model):
    """A pass that stopped at a limit, and whether a person allows exactly that."""

    connection_id = BigIntegerField(primary_key=True)
    token = TextField()
    planned = TextField()
    facts = TextField()
    asked_at = BigIntegerField()
    allowed_at = BigIntegerField(null=True)

    class Meta:
        """Peewee's own settings."""

        table_name = "run_question"


class Rollback(Model):
    """A pass or an import being taken back."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    run_id = BigIntegerField()
    begun_at = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    batch_id = BigIntegerField(null=True)


class RollbackItem(Model):
    """One record of a pass being taken back."""

    rollback_id = BigIntegerField()
    record_id = BigIntegerField()
    place = BigIntegerField()
    what = TextField()
    fields = TextField()
    wishes = TextField()
    revision = BigIntegerField(null=True)
    state = TextField()
    reason = TextField()

    class Meta:
        """Peewee's own settings."""

        table_name = "rollback_item"
        primary_key = CompositeKey("rollback_id", "record_id")


class Webhook(Model):
    """How events reach one connection."""

    connection_id = BigIntegerField(primary_key=True)
    path_key = TextField()
    public_url = TextField(default="")
    last_event_at = BigIntegerField(null=True)
    refused = BigIntegerField(default=0)
    refused_at = BigIntegerField(null=True)


class Inbox(Model):
    """One webhook event, and what became of it."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    received_at = BigIntegerField()
    digest = TextField()
    via = TextField()
    verified = SmallIntegerField()
    method = TextField()
    path = TextField()
    content_type = TextField()
    query = BlobField()
    body = BlobField()
    module = TextField(null=True)
    remote_id = TextField(null=True)
    organization_id = TextField(null=True)
    event = TextField(default="")
    modified_at = BigIntegerField(null=True)
    copies = BigIntegerField(default=1)
    replays = BigIntegerField(default=0)
    result = TextField()
    note = TextField(default="")
    handled_at = BigIntegerField(null=True)


class Run(Model):
    """One pass of the engine."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    kind = TextField()
    started_at = BigIntegerField()
    finished_at = BigIntegerField(null=True)
    result = TextField(null=True)
    api_calls = BigIntegerField(default=0)
    new = BigIntegerField(default=0)
    changed = BigIntegerField(default=0)
    deleted = BigIntegerField(default=0)
    message = TextField(default="")


class DayCalls(Model):
    """Zoho Books calls of one day of the organization."""

    connection_id = BigIntegerField()
    day = TextField()
    used = BigIntegerField()

    class Meta:
        """Peewee's own settings."""

        table_name = "day_calls"
        primary_key = CompositeKey("connection_id", "day")


class Dictionary(Model):
    """What compressed bytes refer to; the id is its Adler-32, which zlib writes into each stream."""

    id = BigIntegerField(primary_key=True)
    body = BlobField()


class Block(Model):
    """The rows of one page as sent, compressed together; ``live`` records still point into it."""

    id = BigIntegerField(primary_key=True)
    feed_id = BigIntegerField()
    live = BigIntegerField()
    body = BlobField()


class Sequence(Model):
    """Next free key of a table whose keys are given out in blocks."""

    name = TextField(primary_key=True)
    next = BigIntegerField()


class Meta(Model):
    """Facts about the database itself."""

    name = TextField(primary_key=True)
    value = TextField()


class InterfaceToken(Model):
    """Who may use the local HTTP interface; ``digest`` is the token's hash."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    name = TextField()
    digest = TextField()
    made_at = BigIntegerField()
    used_at = BigIntegerField(null=True)
    revoked_at = BigIntegerField(null=True)

    class Meta:
        """Peewee's own settings."""

        table_name = "interface_token"


class InterfaceAnswer(Model):
    """What a request with a key of its own was answered."""

    token_id = BigIntegerField()
    key = TextField()
    request = TextField()
    at = BigIntegerField()
    status = SmallIntegerField(null=True)
    body = TextField(null=True)

    class Meta:
        """Peewee's own settings."""

        table_name = "interface_answer"
        primary_key = CompositeKey("token_id", "key")


class RecordChange(Model):
    """The latest change of one record."""

    record_id = BigIntegerField(primary_key=True)
    seq = BigIntegerField()
    connection_id = BigIntegerField()
    feed_id = BigIntegerField()
    local_id = TextField()
    at = BigIntegerField()
    removed = SmallIntegerField(default=0)

    class Meta:
        """Peewee's own settings."""

        table_name = "record_change"


class RecordChangeOn(Model):
    """Whether changes of a connection's records are noted."""

    connection_id = BigIntegerField(primary_key=True)
    since = BigIntegerField()

    class Meta:
        """Peewee's own settings."""

        table_name = "record_change_on"


class SavedMapping(Model):
    """A mapping of columns to fields, under its name."""

    id = BigAutoField()
    name = TextField()
    name_key = TextField()
    module = TextField()
    body = TextField()
    saved_at = BigIntegerField()

    class Meta:
        """Peewee's own settings."""

        table_name = "mapping"


class Source(Model):
    """A watched folder or a database that documents come from."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    kind = TextField()
    name = TextField()
    module = TextField()
    mapping = TextField()
    settings = TextField()
    state = TextField()
    mark = TextField(null=True)
    made_at = BigIntegerField()
    last_at = BigIntegerField(null=True)
    last_result = TextField(null=True)
    last_message = TextField(default="")
    last_rows = BigIntegerField(default=0)
    taken = BigIntegerField(default=0)
    refused = BigIntegerField(default=0)


class ImportBatch(Model):
    """One import."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    source_id = BigIntegerField(null=True)
    module = TextField()
    source = TextField()
    origin = TextField()
    mapping = TextField()
    state = TextField()
    started_at = BigIntegerField()
    finished_at = BigIntegerField(null=True)
    read_rows = BigIntegerField(default=0)
    created = BigIntegerField(default=0)
    changed = BigIntegerField(default=0)
    unchanged = BigIntegerField(default=0)
    refused = BigIntegerField(default=0)
    vanished = BigIntegerField(default=0)
    totals = TextField(default="{}")

    class Meta:
        """Peewee's own settings."""

        table_name = "import_batch"


class ImportEntry(Model):
    """What an import did with one record."""

    batch_id = BigIntegerField()
    record_id = BigIntegerField()
    result = TextField()
    revision = BigIntegerField(null=True)
    before = TextField(null=True)

    class Meta:
        """Peewee's own settings."""

        table_name = "import_entry"
        primary_key = CompositeKey("batch_id", "record_id")


class SourceFile(Model):
    """A file that a watched folder has had."""

    id = BigAutoField()
    source_id = BigIntegerField()
    name = TextField()
    size = BigIntegerField()
    content_hash = TextField()
    state = TextField()
    result = TextField(default="")
    message = TextField(default="")
    report = TextField(default="")
    batch_id = BigIntegerField(null=True)
    first_at = BigIntegerField()
    finished_at = BigIntegerField(null=True)
    moved_to = TextField(default="")

    class Meta:
        """Peewee's own settings."""

        table_name = "source_file"


class Tunnel(Model):
    """How the tunnel of a connection stands."""

    connection_id = BigIntegerField(primary_key=True)
    kind = TextField()
    state = TextField()
    public_url = TextField(null=True)
    sentence = TextField()
    remedy = TextField()
    since = BigIntegerField(null=True)
    restarts = BigIntegerField(default=0)
    signed = SmallIntegerField(default=1)
    position = TextField(default="")
    position_of = TextField(default="")


class TunnelTest(Model):
    """One round-trip test."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    at = BigIntegerField()
    cause = TextField()
    ok = SmallIntegerField()
    leg = TextField(null=True)
    sentence = TextField()
    remedy = TextField()
    detail = TextField()
    legs = TextField()
    milliseconds = BigIntegerField()
    public_url = TextField()

    class Meta:
        """Peewee's own settings."""

        table_name = "tunnel_test"


class RelayTarget(Model):
    """An own address that events are passed on to."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    url = TextField()
    content = TextField()
    modules = TextField(default="")
    kinds = TextField(default="")
    enabled = SmallIntegerField(default=1)
    made_at = BigIntegerField()
    last_ok_at = BigIntegerField(null=True)
    failures = BigIntegerField(default=0)
    rests_until = BigIntegerField(null=True)
    seen_id = BigIntegerField(default=0)
    seen_handled_at = BigIntegerField(default=0)

    class Meta:
        """Peewee's own settings."""

        table_name = "relay_target"


class Delivery(Model):
    """One message for one target."""

    id = BigAutoField()
    target_id = BigIntegerField()
    origin = TextField()
    module = TextField()
    remote_id = TextField()
    kind = TextField()
    content_type = TextField()
    body = BlobField(null=True)
    size = BigIntegerField()
    state = TextField()
    tries = BigIntegerField(default=0)
    next_at = BigIntegerField(null=True)
    made_at = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    status = BigIntegerField(null=True)
    error = TextField(default="")


class PollFind(Model):
    """A change that polling found."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    module = TextField()
    remote_id = TextField()
    at = BigIntegerField()
    changed_at = BigIntegerField()
    told = SmallIntegerField(null=True)

    class Meta:
        """Peewee's own settings."""

        table_name = "poll_find"


class WebhookHealth(Model):
    """Whether polling goes at its shorter interval."""

    connection_id = BigIntegerField(primary_key=True)
    state = TextField()
    since = BigIntegerField()
    checked_at = BigIntegerField()
    sentence = TextField()
    remedy = TextField()

    class Meta:
        """Peewee's own settings."""

        table_name = "webhook_health"


class Automation(Model):
    """A webhook or rule that was made in Zoho Books."""

    id = BigAutoField()
    connection_id = BigIntegerField()
    kind = TextField()
    module = TextField()
    rule = TextField()
    name = TextField()
    remote_id = TextField()
    made_at = BigIntegerField()


TABLES: tuple[type[Model], ...] = (
    Meta,
    Sequence,
    Dictionary,
    Block,
    Connection,
    ModuleState,
    Cursor,
    Record,
    Remote,
    Local,
    Synced,
    Attempt,
    Decision,
    Problem,
    Diary,
    DiaryHead,
    Run,
    RunQuestion,
    Rollback,
    RollbackItem,
    Webhook,
    Inbox,
    DayCalls,
    InterfaceToken,
    InterfaceAnswer,
    RecordChange,
    RecordChangeOn,
    SavedMapping,
    Source,
    ImportBatch,
    ImportEntry,
    SourceFile,
    Tunnel,
    TunnelTest,
    RelayTarget,
    Delivery,
    PollFind,
    WebhookHealth,
    Automation,
)
