"""Exports that are written by themselves: chosen modules into a folder, every so many hours.

Runs beside the engine with a reading handle of its own, on a thread. Each file takes its place as a whole, and a report
beside them says when, how many, how much and what went wrong; its moment is what the next one is reckoned from, so that
a restart neither repeats an export nor skips one.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from zbdesk.app import export
from zbdesk.app.build import Surroundings
from zbdesk.app.export_totals import Totals
from zbdesk.app.settings import Settings
from zbdesk.domain.errors import SetupError, ZbdeskError
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection, RecordFilter
from zbdesk.store import connections, diary, queries
from zbdesk.store.database import Database
from zbdesk.sync.engine import Engine
from zbdesk.vault.files import write_atomically

_log = logging.getLogger(__name__)

REPORT = "zbdesk-export.json"
SNAPSHOT = "zbdesk.sqlite"
LOOK_EVERY = 60.0


class NoExportFolder(SetupError):
    """The folder for exports is not there, or no folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no folder {folder} to export to.",
            "Make it, plug its drive in, or choose another one in the settings.",
            subject=str(folder),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is exported, where to, how and how often."""

    folder: Path
    modules: tuple[str, ...]
    ending: str
    every: timedelta

    @classmethod
    def of(cls, settings: Settings) -> Plan | None:
        """As the settings say it; None where nothing is to be exported. Raises ``UnknownModule``."""
        words = [word.strip() for word in settings.export_modules.split(",") if word.strip()]
        if not settings.export_folder.strip() or not words:
            return None
        modules = tuple(dict.fromkeys(named(word).name for word in words))
        hours = timedelta(hours=settings.export_hours)
        return cls(Path(settings.export_folder.strip()).expanduser(), modules, settings.export_format, hours)


def is_due(plan: Plan, now: datetime) -> bool:
    """Whether the time has come, by the report of the last export; a report that cannot be read counts as none."""
    last = last_at(plan.folder)
    # A clock that was set back must not put the next export off for years.
    return last is None or last > now or now - last >= plan.every


def last_at(folder: Path) -> datetime | None:
    """When the last export into this folder began."""
    try:
        return datetime.fromisoformat(json.loads((folder / REPORT).read_text(encoding="utf-8"))["started_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def run(database: Path, plan: Plan, now: Callable[[], datetime]) -> dict[str, Any]:
    """Write the files and the report, and return the report. Blocks; takes a reading handle of its own.

    A module that cannot be written is named in the report and keeps the others from nothing. Raises ``NoExportFolder``
    and ``CannotWrite`` where not even the report can be written.
    """
    started = now()
    if not plan.folder.is_dir():
        raise NoExportFolder(plan.folder)
    with closing(Database.open_reader(database)) as db:
        here = connections.current(db)
        done, failed = ({}, {}) if here is None else _write(db, here, plan, started)
    report: dict[str, Any] = {
        "started_at": started.isoformat(),
        "finished_at": now().isoformat(),
        "result": "failed" if failed else "ok",
        "files": {name: _told(plan, name, totals) for name, totals in done.items()},
        "errors": failed,
    }
    path = plan.folder / REPORT
    try:
        write_atomically(path, (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode())
    except OSError as error:
        raise export.CannotWrite(path, error) from error
    return report


def _write(db: Database, here: Connection, plan: Plan, at: datetime) -> tuple[dict[str, Totals], dict[str, str]]:
    if plan.ending == "sqlite":
        try:
            return export.export_modules(db, here, plan.modules, plan.folder / SNAPSHOT, at), {}
        except ZbdeskError as error:
            return {}, {SNAPSHOT: str(error)}
    done: dict[str, Totals] = {}
    failed: dict[str, str] = {}
    for name in plan.modules:
        views = queries.iter_records(db, here.id, name, RecordFilter(with_deleted=True))
        try:
            done[name] = export.export_counted(views, plan.folder / f"{name}.{plan.ending}")
        except ZbdeskError as error:
            failed[name] = str(error)
    return done, failed


def _told(plan: Plan, name: str, totals: Totals) -> dict[str, Any]:
    file = SNAPSHOT if plan.ending == "sqlite" else f"{name}.{plan.ending}"
    return {"file": file, "records": totals.count, "totals": totals.as_json()}


@asynccontextmanager
async def exporting(around: Surroundings, engine: Engine) -> AsyncIterator[None]:
    """Export when it is time, for as long as the block lasts, where the settings say so."""
    try:
        plan = Plan.of(around.settings)
    except ZbdeskError as error:
        _log.warning("told: scheduled export: %s", error)
        _note(engine, [str(error)])
        plan = None
    if plan is None:
        yield
        return
    task = asyncio.create_task(_keep_exporting(around.database, plan, engine), name="scheduled export")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep_exporting(database: Path, plan: Plan, engine: Engine) -> None:
    told: list[str] = []
    while True:
        if is_due(plan, engine.clock.now()):
            failed = await _once(database, plan, engine)
            if failed and failed != told:  # the same sentence once, not every minute
                _note(engine, failed)
            told = failed
        await engine.clock.sleep(LOOK_EVERY)


async def _once(database: Path, plan: Plan, engine: Engine) -> list[str]:
    """One export on a thread; the sentences about what went wrong."""
    try:
        report = await asyncio.to_thread(run, database, plan, engine.clock.now)
    except ZbdeskError as error:
        return [str(error)]
    _log.info("scheduled export: %s, %d files", report["result"], len(report["files"]))
    failed: Sequence[str] = list(report["errors"].values())
    return list(failed)


def _note(engine: Engine, failed: Sequence[str]) -> None:
    for sentence in failed:
        diary.add(engine.db, engine.connection.id, "export_failed", sentence, at=engine.clock.now(), cause="schedule")
