"""Imports and saved mappings for the command line and the window. Nothing here makes a call to Zoho.

An import runs off the window's main thread. Reading and checking need only a reading handle; writing goes through a
taker whose every call is one short transaction of the one writer.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zbdesk.app import local, taking
from zbdesk.app.books import MirrorBooks
from zbdesk.app.desk import Desk
from zbdesk.app.taking import BatchTaker, DryTaker, Origin, Writer, direct
from zbdesk.domain.module import Module
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.sources.base import CellError, DocumentResult, Outcome
from zbdesk.sources.checking import Books
from zbdesk.sources.errors import BadMapping, NoSuchMapping, still_written
from zbdesk.sources.importing import Importer, Overrides, Progress, Report
from zbdesk.sources.mapping import Mapping, json_of, parse_mapping
from zbdesk.sources.reading.opening import FileTable, open_table
from zbdesk.sources.surveying import Met
from zbdesk.store import indexes
from zbdesk.store import sources as store
from zbdesk.store.database import Database

_MANY = 5_000
"""Documents of a file that asks often enough by number."""

SOURCE = "import"
"""What records remember as their source when they came from a file, whichever: the document's number is the rest."""


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """One import as a person wants it."""

    file: Path
    module: str
    mapping: Mapping
    mapping_name: str = ""
    source: str = SOURCE
    all_or_nothing: bool = False
    overrides: Overrides = field(default_factory=dict)


@dataclass(slots=True)
class ImportOutcome:
    """The report with the documents in the order of the file."""

    report: Report
    documents: list[DocumentResult] = field(default_factory=list)

    @property
    def errors(self) -> list[CellError]:
        """All faults, in the order of the file."""
        return [error for document in self.documents for error in document.errors]


@dataclass(frozen=True, slots=True)
class Watch:
    """How an import is followed: ``progress`` is called between chunks, ``stopped`` asked."""

    progress: Callable[[Progress], None] = lambda _progress: None
    stopped: Callable[[], bool] = lambda: False


# -- mappings ---------------------------------------------------------------------------------------------------------


def load_mapping(desk: Desk, module: Module, text: str) -> tuple[Mapping, str]:
    """The mapping that a person names: a file, else a saved one. Raises ``NoSuchMapping``, ``BadMapping``."""
    path = Path(text)
    if path.suffix.lower() == ".json" or path.is_file():
        try:
            raw = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise NoSuchMapping(text, [one.name for one in saved_mappings(desk)]) from error
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            raise BadMapping(text, [("", f"The file cannot be read: {reason}.")]) from error
        return parse_mapping(module, json_of(raw, text), text), ""
    known = saved_mappings(desk)
    found = next((one for one in known if one.name.casefold() == text.strip().casefold()), None)
    if found is None:
        raise NoSuchMapping(text, [one.name for one in known])
    if found.module and found.module != module.name:
        raise BadMapping(found.name, [("module", f"It is for {found.module}, not for {module.name}.")])
    return parse_mapping(module, json_of(found.body, found.name), found.name), found.name


def saved_mappings(desk: Desk) -> list[store.SavedMapping]:
    """All saved mappings, by name; none where there is no database yet."""
    found: list[store.SavedMapping] = desk.read(lambda reader: reader.saved_mappings()).result()
    return found


def save_mapping(desk: Desk, name: str, module: Module, raw: object) -> Mapping:
    """Check a mapping and keep it under a name. Raises ``BadMapping``, ``OtherInstance``, ``NotConnected``."""
    parsed = parse_mapping(module, raw, name)
    if not name.strip():
        raise BadMapping("", [("", "Give it a name.")])
    local.write(
        desk,
        "mappings",
        lambda db, _here: store.save_mapping(db, name, module.name, parsed.to_json(), at=desk.clock.now()),
    )
    return parsed


def remove_mapping(desk: Desk, name: str) -> None:
    """Forget a saved mapping. Raises ``NoSuchMapping``."""
    if not local.write(desk, "mappings", lambda db, _here: store.remove_mapping(db, name)):
        raise NoSuchMapping(name, [one.name for one in saved_mappings(desk)])


# -- imports ----------------------------------------------------------------------------------------------------------


def import_file(desk: Desk, order: ImportOrder, watch: Watch | None = None, *, keep: bool = True) -> ImportOutcome:
    """Take a file into the local tree. Raises ``FileRefused``, ``TableFaults``, ``BadMapping``, ``OtherInstance``."""
    with local.working(desk, "import") as (db, here, write):
        return run_import(db, here, order, desk.clock.now, watch=watch, write=write, keep=keep)


def check_file(desk: Desk, order: ImportOrder, watch: Watch | None = None, *, keep: bool = True) -> ImportOutcome:
    """What an import would do: a dry run, beside a running instance too. Raises what ``import_file`` raises."""
    with local.reading(desk) as (db, here):
        return dry_run(db, here, order, watch, keep=keep)


def dry_run(
    db: Database,
    here: Connection,
    order: ImportOrder,
    watch: Watch | None = None,
    *,
    books: Books | None = None,
    keep: bool = True,
) -> ImportOutcome:
    """``check_file`` on a reading handle of the caller's. ``keep`` False: counts and faults, no list of documents."""
    module = named(order.module)
    outcome = ImportOutcome(Report())
    with closing(open_table(order.file, order.mapping.options)) as table:
        importer = _importer(db, here, module, order, table, watch=watch, books=books)
        taker = DryTaker(db, here, module, order.source)
        outcome.report = importer.check(taker, outcome.documents.append if keep else None)
        _still_the_same(table)
    return outcome


def run_import(
    db: Database,
    here: Connection,
    order: ImportOrder,
    now: taking.Now,
    *,
    watch: Watch | None = None,
    source_id: int | None = None,
    write: Writer | None = None,
    keep: bool = True,
) -> ImportOutcome:
    """``import_file`` on handles of the caller's: what folders and the window use. ``keep`` as for ``dry_run``.

    ``write`` None: ``db`` writes itself. Else ``db`` is a reading handle of this thread, and every chunk goes to the
    thread that writes; all or nothing is then decided before the first chunk, not by one transaction.
    """
    module = named(order.module)
    outcome = ImportOutcome(Report())
    with _rarely_collecting(), closing(open_table(order.file, order.mapping.options)) as table:
        importer = _importer(db, here, module, order, table, watch=watch)
        # The keys are read first: a file that is still being written is noticed before anything of it is taken.
        survey = importer.survey()
        _still_the_same(table)
        writing = write or direct(db, here)
        if survey.documents > _MANY:
            # Every chunk asks which of its numbers are taken: without the index, a look through all of them each time.
            writing(lambda own, _here: indexes.ensure(own, "record_by_number"))
        origin = Origin(order.source, order.file.name, order.mapping_name, source_id)
        taker = BatchTaker(db, here, module, origin, now=now, write=writing)
        with db.transaction() if order.all_or_nothing and write is None else nullcontext():
            met = Met()

            def note(one: DocumentResult) -> None:
                met.add(one.source_id)
                if keep:
                    outcome.documents.append(one)

            try:
                if order.all_or_nothing:
                    outcome.report = importer.run_all_or_nothing(taker, note, tell_refused=keep)
                else:
                    outcome.report = importer.run(taker, note)
            except BaseException:
                # A signal too: the batch is closed, or it would count as running until the next import.
                if not order.all_or_nothing:
                    taker.broken_off()
                raise
            if not outcome.report.nothing_taken:
                taker.finish(outcome.report, met)
    return outcome


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Documents hold no cycles: looking for some at every 700th object made is a tenth of a whole import."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 500_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _importer(
    db: Database,
    here: Connection,
    module: Module,
    order: ImportOrder,
    table: FileTable,
    *,
    watch: Watch | None,
    books: Books | None = None,
) -> Importer:
    followed = watch or Watch()
    return Importer(
        module,
        order.mapping,
        table,
        books or MirrorBooks(db, here, module),
        source=order.source,
        overrides=order.overrides,
        progress=followed.progress,
        stopped=followed.stopped,
    )


def _still_the_same(table: FileTable) -> None:
    if table.has_changed():
        raise still_written(table.path)


def as_json(outcome: ImportOutcome) -> dict[str, Any]:
    """The document of ``import --json``: rule 26 of the contract, and a few names more."""
    from zbdesk.sources.importing import shown_total

    report = outcome.report
    return {
        "rows": report.rows,
        "documents": [
            {
                "source_id": one.source_id or None,
                "local_id": one.local_id,
                "result": one.result.value,
                "errors": [
                    {"row": error.row, "column": error.column, "value": error.value, "message": error.message}
                    for error in one.errors
                ],
                "rows": list(one.rows),
            }
            for one in outcome.documents
        ],
        "totals": {code: shown_total(code, amount) for code, amount in sorted(report.totals.items())},
        "counts": {word.value: report.counts[word] for word in Outcome},
        "dry_run": report.is_dry,
        "stopped": report.stopped,
        "vanished": list(report.vanished),
        "batch": report.batch_id,
    }
