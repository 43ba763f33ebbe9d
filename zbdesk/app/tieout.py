"""Tie-out: what this computer's side says of a period beside what Zoho Books says, with every difference by record.

Zoho's side is what was last read of it, or a fresh look (``sync.period``). Our side of a record: its document with the
edits that have not left; where both agreed and nothing waits, what Zoho says, unless the source gave a total of its
own. Reads only. Invariant: no amount is invented; one that nobody can work out is None and is counted as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from zbdesk.domain.dates import zone
from zbdesk.domain.document_names import LINES
from zbdesk.domain.documents import line_amount, total_of
from zbdesk.domain.errors import UsageError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.money import decimals, from_scaled
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import RecordState
from zbdesk.domain.tieout import (
    DayShift,
    Fact,
    Fresh,
    Pair,
    Period,
    Request,
    TieOut,
    can_tie,
    fiscal_month,
    periods,
    tie,
)
from zbdesk.domain.views import Connection
from zbdesk.store import conflicts, documents, module_states, tieout
from zbdesk.store.database import Database
from zbdesk.store.sides import from_json
from zbdesk.sync import agreeing, choices, comparing, ledger
from zbdesk.sync.comparing import Clash
from zbdesk.sync.policies import Policies
from zbdesk.sync.references import Resolver

GONE_WORDS = frozenset({"void", "deleted"})
MOST_AT_EDGES = 5_000
"""Records on the first and last days of months that are looked at for their hour."""

LONGEST_DAYS = 366 * 10


def checked(request: Request) -> Request:
    """The request with its modules by name. Raises ``UsageError`` for a span or module that makes no sense."""
    if request.first > request.last:
        raise UsageError("The period ends before it begins.", "Give its first day first.")
    if (request.last - request.first).days > LONGEST_DAYS:
        raise UsageError("The period is longer than ten years.", "Ask for a shorter one.")
    names = []
    for word in request.modules:
        found = named(word)
        if not can_tie(found):
            raise UsageError(f"{found.label} have no date or no amount.", "Choose another module.", subject=word)
        names.append(found.name)
    return Request(request.first, request.last, request.split, tuple(dict.fromkeys(names)))


def modules_of(db: Database, connection: Connection) -> tuple[str, ...]:
    """The modules that are read and can be tied out, in the catalogue's order."""
    known = {one.module: one for one in module_states.module_counts(db, connection.id)}
    return tuple(
        name
        for name, module in MODULES.items()
        if can_tie(module)
        and (one := known.get(name)) is not None
        and (one.enabled or one.local)
        and not one.off_reason
    )


def look(
    db: Database,
    connection: Connection,
    request: Request,
    *,
    now: datetime,
    fresh: Fresh | None = None,
    computer: tzinfo | None = None,
) -> TieOut:
    """Tie out a period. ``computer``: this computer's zone (default: the system's). Raises as ``checked`` does."""
    request = checked(request)
    organization = connection.organization
    start = fiscal_month(organization.fiscal_year_start_month)
    spans = periods(request.first, request.last, request.split, start)
    with db.snapshot():
        names = request.modules or modules_of(db, connection)
        if fresh is not None:
            names = tuple(name for name in names if name in fresh.rows)
        sides = _Sides(db, connection)
        pairs: list[Pair] = []
        shifts: list[DayShift] = []
        for name in names:
            rows = None if fresh is None else fresh.rows[name]
            pairs += sides.pairs(MODULES[name], request, rows)
            shifts += _shifts(db, connection, name, spans, computer)
        states = {one.module: one for one in module_states.module_counts(db, connection.id)}
    totals, lines = tie(pairs, spans)
    return TieOut(
        request=request,
        organization_id=organization.organization_id,
        organization=organization.name,
        time_zone=organization.time_zone,
        fiscal_start=start,
        made_at=now,
        modules=names,
        periods=spans,
        totals=totals,
        lines=lines,
        shifts=tuple(shifts),
        as_of=tuple((name, states[name].as_of if name in states else None) for name in names),
        fresh_at=None if fresh is None else fresh.at,
        unread=() if fresh is not None else tuple(n for n in names if n not in states or not states[n].first_done),
    )


class _Sides:
    """Puts both sides of records beside each other, for one snapshot."""

    def __init__(self, db: Database, connection: Connection) -> None:
        self._db = db
        self._connection = connection
        self._resolver = Resolver(db, connection.id)
        self._policies = Policies(db, connection)
        self._percents: Mapping[str, Decimal] | None = None

    def pairs(self, module: Module, request: Request, fresh: Sequence[RemoteRow] | None) -> Iterator[Pair]:
        """Every record that one of the sides dates into the span."""
        first, last = request.first.isoformat(), request.last.isoformat()
        found = list(tieout.rows(self._db, self._connection.id, module.name, first, last))
        if fresh is not None:
            known = {row.id for row in found}
            # Dated elsewhere when it was last read: its own side stands outside of the span.
            strays = [row.remote_id for row in fresh]
            found += [row for row in self._strays(module, strays) if row.id not in known]
        agreed = [row.id for row in found if row.ours and not row.open]
        own = tieout.own_documents(self._db, agreed)
        asked = None if fresh is None else {row.remote_id: row for row in fresh}
        for row in found:
            mirrored = _zoho_of(row)
            zoho = mirrored if asked is None else None
            if asked is not None and row.remote_id is not None and (its := asked.pop(row.remote_id, None)) is not None:
                zoho = _fact_of(its, row.currency)
            here = self._here(module, row, own.get(row.id), mirrored) if row.ours else mirrored
            state = RecordState(row.state)
            yield Pair(row.id, module.name, row.number, row.party, state, here, zoho, row.remote_id)
        for its in (asked or {}).values():
            fact = _fact_of(its, "")
            yield Pair(
                None, module.name, its.number, its.party, RecordState.MIRRORED, None, fact, its.remote_id
            )  # fmt: skip

    def _strays(self, module: Module, remote_ids: Sequence[str]) -> list[tieout.Row]:
        return tieout.by_remote_ids(self._db, self._connection.id, module.name, remote_ids)

    def _here(
        self, module: Module, row: tieout.Row, own: tuple[str, str | None] | None, mirrored: Fact | None
    ) -> Fact | None:
        """What this computer's side says of a record that it has a document of."""
        if row.open:
            return self._open(module, row)
        said = None if own is None else own_total(own)
        if mirrored is None or said is None:
            return mirrored
        return replace(mirrored, amount=said)

    def _open(self, module: Module, row: tieout.Row) -> Fact | None:
        """A record whose sides may differ: its document, with all edits upon what Zoho has."""
        trees = documents.read(self._db, row.id)
        if trees is None or trees.document is None:
            return _zoho_of(row)
        document = trees.document
        if document.deleted:
            return None
        fields = document.fields
        day = fields.get(module.date_field or "") or row.date
        wishes = {wish.partition(" ")[0] for wish in document.wishes}
        void = "void" in wishes or (row.status in GONE_WORDS and not row.gone)
        currency = _currency(fields) or row.currency
        draft = row.status == "draft" or (row.remote_id is None and "send" not in wishes
                                          and "draft" in _statuses(module))  # fmt: skip
        given = own_total_of(fields, document.given)
        amount = given if given is not None else self._worked_out(module, row, trees)
        return Fact(None if day is None else str(day)[:10], currency, amount, void, draft and not void)

    def _worked_out(self, module: Module, row: tieout.Row, trees: documents.Trees) -> Decimal | None:
        sides = agreeing.sides_of(module, trees, self._resolver, self._policies.of(module))
        if sides is None or trees.document is None:
            return None
        if trees.remote_id is None or trees.gone:
            stated = ledger.amount(trees.document.fields.get(module.total_field or ""))
            if stated is not None:
                return stated
            figures = ledger.added_up(sides.resolved, decimals(row.currency), self.percents())
            return None if figures is None else figures.total
        names = tuple(conflicts.clashing(self._db, row.id)) if trees.document.in_conflict else ()
        figures, _ = comparing.totals_of(Clash(module, sides, names, self.percents()))
        return None if figures is None else figures.total

    def percents(self) -> Mapping[str, Decimal]:
        """The organization's taxes, read once."""
        if self._percents is None:
            self._percents = choices.percents(self._db, self._connection.id)
        return self._percents


def own_total(document: tuple[str, str | None]) -> Decimal | None:
    """The total that a source gave, as JSON texts of the document and of what was given."""
    fields, given = document
    if '"total"' not in fields:
        return None
    return own_total_of(from_json(fields), None if given is None else from_json(given))


def own_total_of(fields: Mapping[str, Any], given: Mapping[str, Any] | None) -> Decimal | None:
    """A source's own total, as long as the amounts that it spoke of stand unchanged."""
    total = total_of(fields)
    if total is None or given is None:
        return total
    return total if total_of(given) == total and _amounts(fields) == _amounts(given) else None


def _amounts(fields: Mapping[str, Any]) -> list[Any]:
    lines = fields.get(LINES)
    plain = [ledger.amount(fields.get(name)) or Decimal(0) for name in ("shipping_charge", "adjustment")]
    found = [line_amount(line) for line in lines] if isinstance(lines, list) else []
    return [*plain, str(fields.get("discount") or ""), *found]


def _statuses(module: Module) -> frozenset[str]:
    return frozenset(word.partition(".")[2].casefold() for word in module.filter_by)


def _currency(fields: Mapping[str, Any]) -> str:
    currency = fields.get("currency")
    return str(currency.get("code") or "") if isinstance(currency, Mapping) else ""


def _zoho_of(row: tieout.Row) -> Fact | None:
    """Zoho's side as it was last read; None for what it does not have."""
    if row.remote_id is None or row.gone:
        return None
    total = None if row.total is None else from_scaled(row.total)
    return Fact(row.date, row.currency, total, row.status in GONE_WORDS, row.status == "draft")


def _fact_of(row: RemoteRow, currency: str) -> Fact:
    total = None if row.total is None else from_scaled(row.total)
    return Fact(row.date, row.currency or currency, total, row.status in GONE_WORDS, row.status == "draft")


# -- the day-shift guard ----------------------------------------------------------------------------------------------


def _shifts(
    db: Database, connection: Connection, name: str, spans: Sequence[Period], computer: tzinfo | None
) -> Iterator[DayShift]:
    """Documents near the ends of months whose hour puts them on another day somewhere.

    A business date has no hour: what can slip is a date that some program took from a clock. So a document counts when
    its day is one of those that the moment of its making has in the three zones, and these are not one day.
    """
    here = zone(connection.organization.time_zone)
    for record_id, number, party, day, made in tieout.at_edges(
        db, connection.id, name, list(edges(spans)), MOST_AT_EDGES
    ):
        days = days_of(made, here, computer)
        if len(set(days)) > 1 and day in days:
            crosses = len({one[:7] for one in days}) > 1
            yield DayShift(record_id, name, number, party, day, made, *days, crosses)


def days_of(made: datetime, organization: tzinfo, computer: tzinfo | None) -> tuple[str, str, str]:
    """The calendar day of a moment for the organization, in UTC and on this computer."""
    moments = (made.astimezone(organization), made.astimezone(UTC), made.astimezone(computer))
    return tuple(one.date().isoformat() for one in moments)  # type: ignore[return-value]


def edges(spans: Iterable[Period]) -> Iterator[str]:
    """First and last days of the months that the periods touch, each with the day beyond."""
    seen: dict[str, None] = {}
    for span in spans:
        day = span.first.replace(day=1)
        while day <= span.last + timedelta(days=1):
            for near in (day - timedelta(days=1), day):
                seen[near.isoformat()] = None
            day = _next_month(day)
    yield from seen


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
