"""Databases as sources of the current connection: kept, looked at, run, and told what became of their documents.

The address with its password is in the vault, everything else in the source's settings. A run reads first, lets go of
the foreign database, and then writes here; the mark moves with the last document. Invariant: a run that fails keeps the
mark, so that the next one reads the same again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zbdesk.app import local, sources
from zbdesk.app.books import MirrorBooks
from zbdesk.app.desk import Desk, NotConnected
from zbdesk.app.log import mark_secret
from zbdesk.app.taking import BatchTaker, Origin, Writer, direct
from zbdesk.domain.errors import SetupError, UsageError, ZbdeskError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.sources.base import BackWrite, DocumentResult, Outcome
from zbdesk.sources.importing import Importer, Report
from zbdesk.sources.mapping import Mapping as ColumnMapping
from zbdesk.sources.mapping import parse_mapping_text
from zbdesk.sources.sql import Preview, SqlQuery, SqlSource
from zbdesk.sources.sql_session import Limits
from zbdesk.sources.sql_spool import SpooledTable
from zbdesk.sources.surveying import Met
from zbdesk.store import changes, queries
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.store.sources import StoredSource
from zbdesk.vault import Vault

KIND = "sql"
_KEY = "query"
_BACK_BATCH = 500


class NoSuchSource(UsageError):
    """No database of this number among the sources."""

    def __init__(self, source_id: int) -> None:
        super().__init__(f"There is no database {source_id} among the sources.", "`zbdesk sources` lists them.")


class NameTaken(UsageError):
    """Another source has this name, by which records remember where they came from."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a source named {name} already.", "Choose another name.", subject=name)


class AddressGone(SetupError):
    """The vault has no address for this source: another keychain or computer."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The address of the database {name} is not in the keychain any more.",
            "Add the source anew with its address; what it brought stays.",
            subject=name,
            code="source_address",
        )


@dataclass(frozen=True, slots=True)
class SqlSettings:
    """What the store keeps of a database source."""

    query: str
    since_column: str = ""
    since_start: str = ""
    back: str = ""
    writes_back: bool = False
    seconds: float = 60.0
    rows: int = 200_000
    shown: str = ""
    """The address without its password."""

    every_minutes: float = 15.0
    """How often it is asked while zbdesk runs; 0: only when a person says so."""

    back_seq: int = 0
    """Up to which change of records the outcomes were written back."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> SqlSettings:
        """From the stored settings; words of other versions are left out."""
        known = {one.name for one in dataclasses.fields(cls)}
        return cls(**{name: value for name, value in raw.items() if name in known})


@dataclass(slots=True)
class SqlRun:
    """What a run did. ``back_error``: why outcomes could not be written back, where some could not."""

    report: Report
    mark: str | None
    documents: list[DocumentResult] = field(default_factory=list)
    written_back: int = 0
    back_error: ZbdeskError | None = None


def secret_name(connection: Connection, source_id: int) -> str:
    """Where the vault keeps the address."""
    return f"{connection.vault_prefix}/source/{source_id}"


def add(  # noqa: PLR0917 - as on the command line
    desk: Desk, name: str, url: str, module: str, mapping: str, settings: SqlSettings
) -> int:
    """Keep a database as a source; returns its number. Raises what is wrong with address, query or mapping."""
    mark_secret(url)
    wanted = named(module)
    parsed, mapping_name = sources.load_mapping(desk, wanted, mapping)
    opened = checked(name, url, wanted.name, parsed, settings)
    kept = dataclasses.replace(settings, shown=opened.where.shown)
    if opened.where.password:
        mark_secret(opened.where.password)

    def write(db: Database, here: Connection) -> int:
        with db.transaction():
            if any(one.name.casefold() == name.strip().casefold() for one in store.sources(db, here.id)):
                raise NameTaken(name)
            if not mapping_name:
                store.save_mapping(db, f"{name} ({wanted.name})", wanted.name, parsed.to_json(), at=desk.clock.now())
            if kept.writes_back:
                changes.begin(db, here.id, desk.clock.now())
            source_id = store.add_source(
                db,
                here.id,
                kind=KIND,
                name=name.strip(),
                module=wanted.name,
                mapping=mapping_name or f"{name} ({wanted.name})",
                settings=dataclasses.asdict(kept),
                at=desk.clock.now(),
            )
            # Inside the transaction: where the vault takes nothing, there is no source either.
            desk.vault().set(secret_name(here, source_id), url)
            return source_id

    return local.write(desk, "sources", write)


def preview(desk: Desk, source_id: int, count: int = 50) -> Preview:
    """The first rows of a source's query; beside a running instance too."""
    with closing(_reader(desk)) as db:
        here, stored = _stored(db, desk, source_id)
        opened = opened_source(db, here, stored, desk.vault())
    return opened.preview(_KEY, stored.mark, count)


def run(desk: Desk, source_id: int) -> SqlRun:
    """Run a source now. Raises what the database says, after it is noted; what was taken before stays."""
    with local.working(desk, "sources") as (db, here, write):
        stored = store.source(db, here.id, source_id)
        if stored is None or stored.kind != KIND:
            raise NoSuchSource(source_id)
        return run_source(db, here, stored, desk.vault(), desk.clock.now, write)


def run_source(  # noqa: PLR0917 - what a run has at hand
    db: Database,
    here: Connection,
    stored: StoredSource,
    vault: Vault,
    now: Callable[[], datetime],
    write: Writer | None = None,
    running: Callable[[SqlSource], None] = lambda _source: None,
) -> SqlRun:
    """Read, take and write back. Blocks for as long as the query may take.

    ``write`` None: ``db`` writes itself. Else ``db`` is a reading handle of this thread, and every change goes to the
    thread that writes. ``running`` is given the source, so that another thread can stop it.
    """
    writer = write or direct(db, here)
    try:
        opened = opened_source(db, here, stored, vault)
        running(opened)
        with closing(read(opened, stored.mark)) as table:
            found = take(db, here, stored, table, now, writer)
        write_outcomes(db, here, stored, opened, found, writer)
    except ZbdeskError as error:
        said = str(error)
        writer(lambda one, _here: store.note_run(one, stored.id, at=now(), result="failed", message=said))
        raise
    writer(lambda one, _here: _note(one, stored, found, now()))
    return found


def read(opened: SqlSource, mark: str | None) -> SpooledTable:
    """Ask the foreign database and let go of it: the part that may run on any thread."""
    return SpooledTable(opened.read(_KEY, mark))


def opened_source(db: Database, here: Connection, stored: StoredSource, vault: Vault) -> SqlSource:
    """The source with its address from the vault. Raises ``AddressGone`` and the vault's own."""
    url = vault.get(secret_name(here, stored.id))
    if url is None:
        raise AddressGone(stored.name)
    mark_secret(url)
    return checked(stored.name, url, stored.module, _mapping(db, stored), SqlSettings.of(stored.settings))


def checked(name: str, url: str, module: str, mapping: ColumnMapping, settings: SqlSettings) -> SqlSource:
    """The source as it would run, its address and query looked at; asks the database nothing. Raises as ``open``."""
    asked = SqlQuery(
        _KEY,
        module,
        settings.query,
        settings.since_column,
        settings.since_start,
        tuple(heading for heading in mapping.headings if not heading.startswith("#")),
        settings.back,
    )
    limits = Limits(settings.seconds, settings.rows)
    return SqlSource.open(name.strip(), url, [asked], limits=limits, writes_back=settings.writes_back)


def take(  # noqa: PLR0917 - what a run has at hand
    db: Database,
    here: Connection,
    stored: StoredSource,
    table: SpooledTable,
    now: Callable[[], datetime],
    write: Writer,
) -> SqlRun:
    """The rows into the local tree, as one batch; the mark with the last of it."""
    module = named(stored.module)
    found = SqlRun(Report(), table.mark)
    importer = Importer(module, _mapping(db, stored), table, MirrorBooks(db, here, module), source=stored.name)
    # What was not read again has not vanished: only runs that read everything are held against each other.
    origin = stored.name if stored.mark is None and table.mark is None else f"{stored.name} ({table.mark})"
    taker = BatchTaker(db, here, module, Origin(stored.name, origin, stored.mapping, stored.id), now=now, write=write)
    found.report = importer.run(taker, found.documents.append)
    taker.finish(found.report, Met(one.source_id for one in found.documents))
    # A refused row is read again with the next run: its correction need not touch the column of the mark. A crash
    # before this line only means that the same rows are read once more, and are found unchanged.
    if not found.report.error_count:
        write(lambda one, _here: store.set_mark(one, stored.id, table.mark))
    return found


def write_outcomes(  # noqa: PLR0917 - what a run has at hand
    db: Database, here: Connection, stored: StoredSource, opened: SqlSource, found: SqlRun, write: Writer
) -> None:
    """Tell the database what became of its documents since the last time. A failure is kept in ``found``."""
    settings = SqlSettings.of(stored.settings)
    if not settings.writes_back or not settings.back:
        return
    seq = settings.back_seq
    while page := changes.after(db, here.id, seq, _BACK_BATCH):
        views = queries.rows_by_ids(db, [one.record_id for one in page if one.module == stored.module])
        outcomes = [_outcome(view) for view in views if view.source == stored.name and view.remote_id is not None]
        try:
            opened.write_back(outcomes)
        except ZbdeskError as error:
            found.back_error = error
            break
        found.written_back += len(outcomes)
        seq = page[-1].seq
    if seq != settings.back_seq:
        kept = {**stored.settings, "back_seq": seq}
        write(lambda one, _here: store.set_source(one, stored.id, settings=kept))


def _outcome(view: Any) -> BackWrite:
    paid = None if view.total is None or view.balance is None else view.total - view.balance
    return BackWrite(view.source_id, view.remote_id, view.number, view.status, view.total, paid, view.modified_at)


def _note(db: Database, stored: StoredSource, found: SqlRun, at: datetime) -> None:
    report = found.report
    refused = report.counts[Outcome.REFUSED]
    first = report.errors[0].message if report.errors else ""
    said = f"{refused} documents were refused. {first}" if refused else ""
    if found.back_error is not None:
        said = f"{said} {found.back_error}".strip()
    store.note_run(
        db,
        stored.id,
        at=at,
        result="attention" if said else "ok",
        message=said,
        rows=report.rows,
        taken=report.taken,
        refused=refused,
    )


def _mapping(db: Database, stored: StoredSource) -> ColumnMapping:
    saved = store.mapping(db, stored.mapping)
    if saved is None:
        raise SetupError(
            f"The mapping {stored.mapping} of the source {stored.name} is gone.", "Save it again under this name."
        )
    return parse_mapping_text(named(stored.module), saved.body, saved.name)


def _reader(desk: Desk) -> Database:
    if not desk.database_path.exists():
        raise NotConnected
    return Database.open_reader(desk.database_path)


def _stored(db: Database, desk: Desk, source_id: int) -> tuple[Connection, StoredSource]:
    here = desk.read(lambda reader: reader.connection()).result()
    if here is None:
        raise NotConnected
    stored = store.source(db, here.id, source_id)
    if stored is None or stored.kind != KIND:
        raise NoSuchSource(source_id)
    return here, stored
