"""Watched folders: each complete file is imported once, then lies in ``done/`` or ``failed/`` with its report.

Every step is written down before the next: what a crash leaves is gone on with at the next look, and an import that
had begun is carried out again, which changes nothing that was written already. Invariants: a content is taken once for
each folder; a file is never lost, at worst it stays where it was put.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zbdesk.app.sources import SOURCE, ImportOrder, ImportOutcome, Watch, as_json, run_import
from zbdesk.app.taking import Now, Writer, direct
from zbdesk.domain.errors import SetupError, StorageError, UsageError, ZbdeskError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.sources import folder as folders
from zbdesk.sources.base import Outcome
from zbdesk.sources.errors import FileRefused, NoSuchMapping
from zbdesk.sources.folder import DONE, FAILED, FolderGone, FolderSettings, Look, Settling
from zbdesk.sources.mapping import Mapping, json_of, parse_mapping
from zbdesk.sources.table_faults import TableFaults
from zbdesk.store import source_files
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.store.source_files import SourceFile
from zbdesk.store.sources import StoredSource

_log = logging.getLogger(__name__)

_WAITS = frozenset({"locked", "changing", "missing"})
"""Reasons for which a file is looked at again instead of being given up."""


class NoSuchSource(UsageError):
    """No source of this number."""

    def __init__(self, source_id: int) -> None:
        super().__init__(f"There is no source {source_id}.", "`zbdesk sources` lists them.")


class FolderTaken(SetupError):
    """Two sources would watch one folder: each file would be taken twice."""

    def __init__(self, path: Path, source_id: int) -> None:
        super().__init__(
            f"{path} is watched already.", f"It is source {source_id}. Remove that one first, or choose another folder."
        )


@dataclass(slots=True)
class FolderRun:
    """What one look at a folder did."""

    files: int = 0
    rows: int = 0
    taken: int = 0
    refused: int = 0
    waiting: int = 0
    message: str = ""
    failed: bool = False


class FolderWatch:
    """Looks at folders, one after another. ``db`` reads in the calling thread; ``write`` reaches the writing handle."""

    def __init__(
        self,
        db: Database,
        here: Connection,
        *,
        now: Now,
        monotonic: Callable[[], float],
        write: Writer | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._db = db
        self._here = here
        self._now = now
        self._monotonic = monotonic
        self._crosses = write is not None
        self._write = write or direct(db, here)
        self._stopped = stopped
        self._settling = Settling()

    def look(self, source: StoredSource) -> FolderRun:
        """One look at one folder: what is complete is taken. Nothing is raised but what stops the whole program."""
        run = FolderRun()
        try:
            self._look(source, FolderSettings.from_stored(source.settings), run)
        except StorageError:
            raise  # the database itself: nothing can be written down, so nothing is gone on with
        except (ZbdeskError, OSError) as error:
            run.failed = True
            run.message = str(error) if isinstance(error, ZbdeskError) else error.strerror or type(error).__name__
        self._note(source, run)
        return run

    def _look(self, source: StoredSource, settings: FolderSettings, run: FolderRun) -> None:
        files = folders.look(settings)
        for left in source_files.unfinished(self._db, source.id):
            self._go_on(settings, left)
        complete = self._settling.complete(settings.path, files, self._monotonic())
        run.waiting = len(files) - len(complete)
        if not complete:
            return
        mapping = self._mapping(source)
        for one in complete:
            if self._stopped():
                return
            self._take(source, settings, mapping, one, run)

    def _mapping(self, source: StoredSource) -> Mapping:
        saved = store.mapping(self._db, source.mapping)
        if saved is None:
            raise NoSuchMapping(source.mapping, [one.name for one in store.mappings(self._db)])
        return parse_mapping(named(source.module), json_of(saved.body, saved.name), saved.name)

    # -- one file -----------------------------------------------------------------------------------------------------

    def _take(
        self, source: StoredSource, settings: FolderSettings, mapping: Mapping, one: Look, run: FolderRun
    ) -> None:
        path = settings.path / one.name
        content = folders.content_hash(path)
        before = source_files.by_hash(self._db, source.id, content)
        if before is not None and before.state == "moved":
            self._second_time(settings, one, before)
            run.files += 1
            return
        file_id = self._write(
            lambda db, _here: source_files.begin(db, source.id, one.name, one.size, content, at=self._now())
        )
        order = ImportOrder(path, source.module, mapping, source.mapping, SOURCE, settings.all_or_nothing)
        try:
            outcome = run_import(
                self._db,
                self._here,
                order,
                self._now,
                watch=Watch(stopped=self._stopped),
                source_id=source.id,
                write=self._write if self._crosses else None,
            )
        except FileRefused as error:
            if error.code in _WAITS:
                self._settling.forget(settings.path, one.name)
                run.waiting += 1
                return
            self._failed(settings, file_id, one, error, run)
            return
        except (TableFaults, UsageError) as error:
            self._failed(settings, file_id, one, error, run)
            return
        if outcome.report.stopped:
            return  # the program ends; at its next start the file is gone on with
        self._taken(settings, file_id, one, outcome, run)

    def _taken(self, settings: FolderSettings, file_id: int, one: Look, outcome: ImportOutcome, run: FolderRun) -> None:
        report = outcome.report
        refused = report.counts[Outcome.REFUSED]
        run.files += 1
        run.rows += report.rows
        run.taken += report.taken
        run.refused += refused
        sentence = (
            f"{one.name}: {report.rows} rows, {report.counts[Outcome.CREATED]} created, "
            f"{report.counts[Outcome.CHANGED]} changed, {report.counts[Outcome.UNCHANGED]} unchanged, "
            f"{refused} refused."
        )
        run.message = sentence
        lines = [sentence, *(_line(error.row, error.column, error.value, error.message) for error in outcome.errors)]
        if report.vanished:
            lines.append(f"Missing since the last file of this name (they stay): {', '.join(report.vanished[:100])}")
        found = {"file": one.name, "result": "attention" if refused else "ok", "message": sentence, **as_json(outcome)}
        self._close(settings, file_id, one, FAILED if refused else DONE, found, lines, report.batch_id)

    def _failed(self, settings: FolderSettings, file_id: int, one: Look, error: ZbdeskError, run: FolderRun) -> None:
        run.files += 1
        run.failed = True
        run.message = str(error)
        found: dict[str, Any] = {"file": one.name, "result": "failed", "message": str(error), "errors": []}
        lines = [str(error)]
        if isinstance(error, TableFaults):
            found["errors"] = [
                {"row": fault.row, "column": fault.column, "value": fault.value, "message": fault.message}
                for fault in error.errors
            ]
        self._close(settings, file_id, one, FAILED, found, lines, None)

    def _close(  # noqa: PLR0917 - what one file needs
        self,
        settings: FolderSettings,
        file_id: int,
        one: Look,
        where: str,
        found: dict[str, Any],
        lines: list[str],
        batch_id: int | None,
    ) -> None:
        """Write down what became of the file and where it will lie, then put it there."""
        place = folders.free_name(settings.path, where, one.name)
        report = json.dumps({"json": found, "text": "\n".join(lines) + "\n"}, ensure_ascii=False)
        state = "failed" if where == FAILED else "taken"
        message = str(found["message"])
        self._write(
            lambda db, _here: source_files.finish(
                db, file_id, state, str(found["result"]), message, report, place, at=self._now(), batch_id=batch_id
            )
        )
        left = source_files.by_id(self._db, file_id)
        if left is not None:
            self._put_away(settings, left)

    def _go_on(self, settings: FolderSettings, left: SourceFile) -> None:
        """What an earlier look could not finish. A file that was being taken is simply taken again."""
        if left.state != "taking":
            self._put_away(settings, left)
        elif not (settings.path / left.name).exists():
            # Somebody took the file away before it was dealt with: nothing of it is known to be complete.
            self._write(lambda db, _here: source_files.forget(db, left.id))

    def _put_away(self, settings: FolderSettings, left: SourceFile) -> None:
        """Report first, then the file, then the note: each step may be done again."""
        kept = json.loads(left.report)
        as_text = json.dumps(kept["json"], ensure_ascii=False, indent=2) + "\n"
        folders.write_reports(settings.path, left.moved_to, as_text, kept["text"])
        path = settings.path / left.name
        is_there = path.exists() and not (settings.path / left.moved_to).exists()
        # Only what was read is moved: another file of this name may have been put there meanwhile.
        if is_there and folders.content_hash(path) == left.content_hash:
            folders.move(settings.path, left.name, left.moved_to)
        self._settling.forget(settings.path, left.name)
        self._write(lambda db, _here: source_files.moved(db, left.id))

    def _second_time(self, settings: FolderSettings, one: Look, before: SourceFile) -> None:
        """The same content again: nothing is taken, and it is said where it was the first time."""
        sentence = (
            f"{one.name} has the same content as {before.name}, which was imported on {before.first_at:%Y-%m-%d %H:%M} "
            "UTC. Nothing was taken from it."
        )
        place = folders.free_name(settings.path, DONE, one.name)
        found = {"file": one.name, "result": "repeated", "message": sentence, "first": before.moved_to or before.name}
        as_text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        folders.write_reports(settings.path, place, as_text, f"{sentence}\n")
        folders.move(settings.path, one.name, place)
        self._settling.forget(settings.path, one.name)

    def _note(self, source: StoredSource, run: FolderRun) -> None:
        """How the look went, where it did anything or went wrong in a new way."""
        if run.files == 0 and not run.failed:
            if source.last_result == "failed" and not run.waiting:
                self._write(lambda db, _here: store.note_run(db, source.id, at=self._now(), result="ok"))
            return
        if run.files == 0 and source.last_result == "failed" and source.last_message == run.message:
            return
        _log.info("folder %s: %d files, %d taken, %d refused", source.id, run.files, run.taken, run.refused)
        result = "failed" if run.failed else "attention" if run.refused else "ok"
        self._write(
            lambda db, _here: store.note_run(
                db,
                source.id,
                at=self._now(),
                result=result,
                message=run.message,
                rows=run.rows,
                taken=run.taken,
                refused=run.refused,
            )
        )


def add_folder(  # noqa: PLR0917 - the words of the command line
    db: Database, here: Connection, settings: FolderSettings, module: str, mapping: str, now: Now
) -> int:
    """A new watched folder; its id. Raises ``FolderGone``, ``FolderTaken``, ``NoSuchMapping``, ``BadMapping``."""
    wanted = named(module)
    path = settings.path.expanduser().resolve()
    if not path.is_dir():
        raise FolderGone(path, "It is not there." if not path.exists() else "It is a file, not a folder.")
    for one in store.sources(db, here.id):
        if one.kind == "folder" and Path(str(one.settings.get("path"))) == path and _overlap(one, settings.pattern):
            raise FolderTaken(path, one.id)
    saved = store.mapping(db, mapping)
    if saved is None:
        raise NoSuchMapping(mapping, [one.name for one in store.mappings(db)])
    parse_mapping(wanted, json_of(saved.body, saved.name), saved.name)
    kept = FolderSettings(path, settings.pattern, settings.all_or_nothing)
    return store.add_source(
        db,
        here.id,
        kind="folder",
        name=path.name or str(path),
        module=wanted.name,
        mapping=saved.name,
        settings=kept.to_stored(),
        at=now(),
    )


def _overlap(one: StoredSource, pattern: str) -> bool:
    """Whether two patterns name the same files, as far as their spelling tells."""
    theirs = FolderSettings.from_stored(one.settings).pattern
    mine = {part.strip().casefold() for part in pattern.split(";")}
    return bool(mine & {part.strip().casefold() for part in theirs.split(";")})


def _line(row: int, column: str, value: str, message: str) -> str:
    where = f"Row {row}" + (f", {column}" if column else "")
    return f"{where}{f' (“{value}”)' if value else ''}: {message}"
