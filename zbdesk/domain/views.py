"""What screens and the command line show: plain values that the store's readers fill and nobody writes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from zbdesk.domain.announced import Unconfirmed
from zbdesk.domain.status import ConnectionState, RecordState, RunKind, RunResult
from zbdesk.domain.way import WebhookWay


@dataclass(frozen=True, slots=True)
class Organization:
    """One Zoho Books business as ``GET /organizations`` shows it. ``name`` is its name, ``plan`` Zoho's word for it."""

    organization_id: str
    name: str
    country: str = ""
    currency_code: str = ""
    time_zone: str = "UTC"
    language_code: str = ""
    fiscal_year_start_month: str = ""
    plan: str = ""
    edition: str = ""
    tax_id: str = ""
    date_format: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Connection:
    """The stored connection: everything but secrets, which are in the vault under ``vault_prefix``."""

    id: int
    organization: Organization
    data_centre: str
    accounts_url: str
    api_url: str
    location: str
    client_id: str
    scopes: tuple[str, ...]
    read_only: bool
    state: ConnectionState
    connected_at: datetime
    redirect_uri: str = ""
    pkce: bool = False
    authorised_by: str = ""

    @property
    def vault_prefix(self) -> str:
        """Names of this connection's secrets: ``<prefix>/client_secret``, ``/refresh_token``, ``/access_token``.

        Custom servers are told apart by their address: two of them may know the same organization id.
        """
        where = self.accounts_url.partition("//")[2] if self.data_centre == "custom" else self.data_centre
        return f"{where}/{self.organization.organization_id}"


@dataclass(frozen=True, slots=True)
class RecordView:
    """One line of a table. ``id`` is the store's own integer key, good only for asking the store again."""

    id: int
    local_id: str
    remote_id: str | None
    source: str | None
    source_id: str | None
    module: str
    number: str | None
    date: str | None
    due_date: str | None
    party: str | None
    status: str | None
    currency: str | None
    total: Decimal | None
    balance: Decimal | None
    reference: str | None
    state: RecordState
    modified_at: datetime | None
    unconfirmed: bool = False
    """Whether a webhook has announced a newer version that has not been read yet. Only the window's tables ask."""


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """One record with its payloads (Zoho's field names; amounts are Decimal) and its own history."""

    view: RecordView
    remote: dict[str, object] | None
    local: dict[str, object] | None
    synced: dict[str, object] | None
    has_detail: bool
    """Whether ``remote`` holds Zoho's full detail, not only the list row."""

    history: tuple[ActivityEntry, ...] = ()
    unconfirmed: Unconfirmed | None = None
    """What a webhook has announced and nobody has confirmed yet; never part of the trees."""


@dataclass(frozen=True, slots=True)
class ModuleCounts:
    """How one module stands. ``remote`` counts what Zoho has, without deleted ones."""

    module: str
    enabled: bool
    remote: int = 0
    local: int = 0
    pending: int = 0
    conflicts: int = 0
    problems: int = 0
    deleted: int = 0
    cursor: str | None = None
    as_of: datetime | None = None
    """When its list was last read to the end of what was needed."""

    expected: int | None = None
    """How many Zoho said there are, where it did."""

    first_done: bool = False
    off_reason: str | None = None
    """Why it is off although it was chosen: no permission, not in this plan."""


@dataclass(frozen=True, slots=True)
class RunView:
    """One pass of the engine, running or ended."""

    id: int
    kind: RunKind
    started_at: datetime
    finished_at: datetime | None
    result: RunResult | None
    api_calls: int
    new: int
    changed: int
    deleted: int
    message: str


@dataclass(frozen=True, slots=True)
class RunWrites:
    """One pass with what it wrote. ``writes``: (create, update, delete or action; module; how many records)."""

    run: RunView
    writes: tuple[tuple[str, str, int], ...]
    rolled_back_at: datetime | None = None
    """When the pass was taken back; the report of it is `RollbackReport`."""


@dataclass(frozen=True, slots=True)
class RunLimit:
    """A limit that a pass would exceed. ``what``: changes, deletions or a currency's code."""

    what: str
    planned: Decimal
    allowed: Decimal


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """A pass that wrote nothing because it is larger than may go without a person's look.

    ``token`` stands for exactly these writes. ``writes`` and ``totals`` as in `Preflight`.
    """

    token: str
    limits: tuple[RunLimit, ...]
    writes: tuple[tuple[str, str, int], ...]
    totals: tuple[tuple[str, Decimal], ...]
    asked_at: datetime
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class RollbackStep:
    """What becomes of one record when a run is taken back.

    ``what``: delete, void, restore, status, or none where nothing can be done. ``reason``: why not, or what stays.
    ``state``: planned, waiting, placed, done or left.
    """

    record_id: int
    module: str
    number: str | None
    party: str | None
    date: str | None
    currency: str | None
    total: Decimal | None
    what: str
    did: str
    """What the run had done: create, update, delete or action."""

    fields: tuple[FieldChange, ...] = ()
    reason: str = ""
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class RollbackReport:
    """A run or import being taken back, or what that would mean. ``ended_at`` None: not begun, or not at its end."""

    run_id: int
    run_at: datetime
    steps: tuple[RollbackStep, ...]
    rollback_id: int | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    refused: str = ""
    """Why it cannot be taken back now as a whole; empty where it can."""

    batch_id: int | None = None
    """The import that is taken back; ``run_id`` is then the last run that sent something of it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a write as text: before and after; None for empty."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """One line of the diary, newest first in lists. ``kind`` is a stable word; ``text`` is for people."""

    id: int
    at: datetime
    kind: str
    text: str
    module: str | None = None
    record_id: int | None = None
    cause: str = ""
    """What set it off: ``poll``, ``user``, ``webhook``, ``first_sync``."""

    changes: tuple[FieldChange, ...] = ()
    """What a write changed in Zoho Books, field by field."""

    run_id: int | None = None
    """The pass in which it was written."""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something that could not be done, with its remedy in words. ``cause`` is a stable word of CLI rule 21 or ours."""

    id: int
    module: str | None
    local_id: str | None
    number: str | None
    party: str | None
    cause: str
    message: str
    remedy: str
    code: str | None
    count: int
    since: datetime
    retry_at: datetime | None
    record_id: int | None = None
    date: str | None = None
    currency: str | None = None
    amount: Decimal | None = None
    detail: str = ""
    """Zoho's own message, verbatim, for Details; empty where nothing was sent."""

    dismissed: bool = False
    reason: str = ""
    """Why a person dismissed it."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a conflict: the agreed base and both sides, as text for people and machines."""

    name: str
    base: str | None
    local: str | None
    remote: str | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One record whose two sides differ in the same fields."""

    id: int
    module: str
    local_id: str
    remote_id: str | None
    number: str | None
    party: str | None
    fields: tuple[FieldDifference, ...]
    since: datetime
    date: str | None = None
    currency: str | None = None
    amount: Decimal | None = None
    """What is at stake: by how much the totals of the two sides differ, never negative. None where no money is."""

    status: str | None = None
    changed_locally_at: datetime | None = None
    changed_remotely_at: datetime | None = None
    base_amount: Decimal | None = None
    """``amount`` in the organization's currency; only for the order of a list, never shown or summed."""


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of ours in a conflict's record, as all three trees have it. Values are Decimal, ISO date, text, None.

    ``kind``: money, quantity, date, text, lines or record. ``standing``: ``clash`` (a person decides), ``local`` or
    ``remote`` (only that side changed it: it joins without a question), ``equal``.
    """

    name: str
    kind: str
    base: object
    local: object
    remote: object
    standing: str = "clash"


@dataclass(frozen=True, slots=True)
class LineSide:
    """One line of a document as one side has it."""

    quantity: Decimal | None
    rate: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class LineComparison:
    """One line on both sides; None where that side does not have it."""

    name: str
    unit: str
    local: LineSide | None
    remote: LineSide | None
    base: LineSide | None = None


@dataclass(frozen=True, slots=True)
class LedgerEffect:
    """What a choice changes in the books as Zoho has them now, in one currency.

    ``parts``: (stable word, change) pairs, in the order to show: receivable, payable, sales, purchases, tax, balance.
    ``total``: the document's total afterwards, where it is one document.
    """

    currency: str | None
    parts: tuple[tuple[str, Decimal], ...] = ()
    total: Decimal | None = None
    sentence: str = ""
    """What makes the choice safe or not, in words: "The invoice is not paid and not locked." """


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that a choice would break, and why: it is paid, locked, or gone."""

    record_id: int
    number: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ResolutionPreview:
    """What a choice would do, without doing it."""

    records: int
    """How many conflicts it would settle."""

    writes: int
    """How many of these send something to Zoho Books; the others only change this computer."""

    effects: tuple[LedgerEffect, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictDetail:
    """Everything the screen shows of one conflict."""

    view: ConflictView
    fields: tuple[FieldComparison, ...]
    """All fields of ours, equal ones too."""

    lines: tuple[LineComparison, ...] = ()
    totals: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
    """Of the document: last agreed, this computer, Zoho Books."""

    taxes: tuple[Decimal | None, Decimal | None] = (None, None)
    agreed_at: datetime | None = None
    local_by: str = ""
    """Who changed it here, where known."""

    remote_by: str = ""


@dataclass(frozen=True, slots=True)
class CallBudget:
    """Zoho Books calls of the organization's day."""

    used: int
    limit: int | None
    """The plan's daily number where it is known."""

    reserve: int
    """How many of them are kept for the person's own clicks."""

    resets_at: datetime | None
    paused_until: datetime | None = None
    """Zoho asked for silence until then."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the dashboard and ``status`` show, read in one go."""

    connection: Connection | None
    state: ConnectionState
    modules: tuple[ModuleCounts, ...] = ()
    last_run: RunView | None = None
    last_success_at: datetime | None = None
    last_contact_at: datetime | None = None
    next_run_at: datetime | None = None
    calls: CallBudget | None = None
    pending: int = 0
    unknown: int = 0
    conflicts: int = 0
    problems: int = 0
    database_bytes: int = 0
    details_missing: int = 0
    """Records whose line items are only in Zoho, not yet here."""

    activity: tuple[ActivityEntry, ...] = ()
    runs: tuple[RunView, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which records of one module a table shows. Empty means all that are not deleted."""

    text: str = ""
    """Each word found in number, party or reference, case and accents aside."""

    statuses: tuple[str, ...] = ()
    states: tuple[RecordState, ...] = ()
    currencies: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    """Days of the due date, both included; as with ``date_from``, a record without one never fits."""

    owed: bool = False
    """Only what is still to be paid: a balance above zero, neither draft nor void."""

    with_deleted: bool = False
    number: str = ""
    party: str = ""
    reference: str = ""
    """Found in that field alone, as ``text`` is."""

    total_from: Decimal | None = None
    total_to: Decimal | None = None
    balance_from: Decimal | None = None
    balance_to: Decimal | None = None
    """Amounts in the record's own currency, both included; a record without the amount never fits."""


@dataclass(frozen=True, slots=True)
class OutgoingView:
    """One record that is to leave, is leaving or has left.

    ``lane``: waiting, held, sending, unknown, done, closed_period or problem. ``what``: create, update, delete or the
    name of a status action.
    """

    record_id: int
    module: str
    number: str | None
    party: str | None
    date: str | None
    currency: str | None
    total: Decimal | None
    lane: str
    what: str
    since: datetime
    note: str = ""
    source: str = ""
    """Where it came from: a source's name, or the person who edited it here."""


@dataclass(frozen=True, slots=True)
class OutgoingSummary:
    """How many records stand in each lane, and whether what is to leave is held."""

    hold: bool
    lanes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PreflightCheck:
    """One thing looked at before writing. ``key``: rates, taxes, numbers, locked, references or limit.

    ``count`` records fail it and stay; zero means in order. ``names`` says which currencies, taxes or numbers.
    """

    key: str
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preflight:
    """What writing these records would mean, without writing."""

    writes: tuple[tuple[str, str, int], ...]
    """(what, module, how many), in the order they would leave."""

    totals: tuple[tuple[str, Decimal], ...]
    """Of new documents, per currency, in the order of codes."""

    checks: tuple[PreflightCheck, ...]
    calls: int
    seconds: int | None = None
    """How long it takes with the limits as they are; None where Zoho asked for silence."""


@dataclass(frozen=True, slots=True)
class PlannedWrite:
    """One write as it would leave: fields with the value in Zoho Books now and the one that would be sent."""

    view: OutgoingView
    fields: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True, slots=True)
class EditableDocument:
    """A record as a document that a person may edit (CLI's document form)."""

    record_id: int
    module: str
    fields: dict[str, object]
    names: dict[str, str] = field(default_factory=dict)
    """Ids of referenced records to what people call them."""

    currency: str | None = None
    """Of the document's amounts."""

    refused: str = ""
    """Why it cannot be edited now; empty where it can."""

    incomplete: bool = False
    """Whether it is refused only because its details were not read yet: once they are here, it can be edited."""


@dataclass(frozen=True, slots=True)
class WebhookEventView:
    """One webhook event in the log. ``result`` is a stable word; ``modified_at`` is the record's stamp in seconds.

    ``copies``: how often it came; ``replays``: how often a person let it be looked at again.
    """

    id: int
    received_at: datetime
    module: str | None
    remote_id: str | None
    verified: bool
    result: str
    note: str = ""
    event: str = ""
    via: str = "listener"
    copies: int = 1
    replays: int = 0
    modified_at: int | None = None
    handled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WebhookEventRaw:
    """One webhook event as it was received. ``path`` is what stood behind the connection's key."""

    view: WebhookEventView
    method: str
    path: str
    content_type: str
    query: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookOverview:
    """How the webhooks of the connection stand. ``local_url`` is the listener's address on this computer, key included.

    ``public_url``: the address for Zoho Books, None while there is none. ``refused``: events with a wrong signature so
    far. ``secret_made_at`` None: nobody has been shown a secret yet. ``previous_secret_until``: how long the secret
    before this one holds.
    """

    local_url: str
    public_url: str | None
    last_event_at: datetime | None = None
    waiting: int = 0
    refused: int = 0
    refused_at: datetime | None = None
    secret_made_at: datetime | None = None
    previous_secret_until: datetime | None = None
    way: WebhookWay | None = None
    """The tunnel, its last test, and what events missed."""
