"""What is gone: ids that a complete list lacks, each looked up before it gets a tombstone.

Nothing is deleted on the word of one list: rows move while pages are read, and an empty answer says nothing. Too many
at once is a question to a person.
"""

from __future__ import annotations

from functools import partial

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Feed, Module
from zbdesk.domain.status import RunKind
from zbdesk.store import diary, problems
from zbdesk.store.trees import live_count, mark_deleted, missing_after_scan, store_detail
from zbdesk.sync import messages, reading
from zbdesk.sync.context import Pass
from zbdesk.sync.faults import is_gone
from zbdesk.sync.parallel import in_parallel
from zbdesk.sync.pull import ListReader, Scan

MASS_DELETION = "mass_deletion"
NAMED = 10
"""Up to so many deletions get a diary line each, on the record's own page."""

Missing = tuple[int, str]


async def full(run: Pass, module: Module, reader: ListReader) -> bool:
    """Read the complete list, then find out what is gone; returns whether the list was read in one go."""
    scan = await reader.scan(RunKind.FULL)
    in_one_go = not reader.resumed
    missing = missing_after_scan(run.db, run.connection_id, module.name, scan.scan_id)
    settled = not missing or _may_remove(run, module, scan, missing)
    if missing and settled:
        if reading.by_id(module):
            await in_parallel([partial(_confirm, run, module, record) for record in missing], run.parallel)
        elif module.feed is not Feed.NESTED:
            await _confirm_by_second_scan(run, module, reader, missing)
    with run.db.transaction():
        if settled:
            problems.clear(run.db, run.connection_id, cause=MASS_DELETION, module=module.name, at=run.now())
        reader.full_done()
    return in_one_go


def _may_remove(run: Pass, module: Module, scan: Scan, missing: list[Missing]) -> bool:
    """Whether the list is good enough to look the missing ones up; else say why not where a person sees it."""
    if scan.empty:
        _note(run, module, messages.empty_list(module.label))
        return False
    live = live_count(run.db, run.connection_id, module.name)
    if reading.is_mass_deletion(len(missing), live) and module.name not in run.confirmed:
        message, remedy = messages.mass_deletion(module.label, len(missing), live)
        with run.db.transaction():
            problems.raise_problem(
                run.db,
                run.connection_id,
                cause=MASS_DELETION,
                message=message,
                remedy=remedy,
                module=module.name,
                at=run.now(),
            )
        return False
    return True


async def _confirm(run: Pass, module: Module, record: Missing) -> None:
    """Ask for one record by its id: gone becomes a tombstone, an answer proves that the list had skipped it."""
    record_id, remote_id = record
    try:
        row, payload = await run.detail(module, remote_id, run.priority)
    except RejectedError as error:
        if not is_gone(error):
            raise
        bury(run, module, [record_id])
        return
    with run.db.transaction():
        store_detail(run.db, record_id, row, payload)


async def _confirm_by_second_scan(run: Pass, module: Module, reader: ListReader, missing: list[Missing]) -> None:
    """Where one record cannot be asked for, what two complete lists lack is gone."""
    reader.again()
    scan = await reader.scan(RunKind.FULL)
    if not scan.empty:
        still = missing_after_scan(run.db, run.connection_id, module.name, scan.scan_id)
        bury(run, module, sorted({record_id for record_id, _ in missing} & {record_id for record_id, _ in still}))


def bury(run: Pass, module: Module, record_ids: list[int]) -> None:
    """Give records that are proved gone their tombstones, with a line in the diary."""
    if not record_ids:
        return
    at = run.now()
    with run.db.transaction():
        mark_deleted(run.db, record_ids, at)
        for record_id in record_ids[:NAMED]:
            diary.add(
                run.db,
                run.connection_id,
                "deleted",
                messages.deleted_in_zoho(module.singular),
                at=at,
                module=module.name,
                record_id=record_id,
                cause=run.cause,
            )
    run.removed(module, len(record_ids))


def _note(run: Pass, module: Module, text: str) -> None:
    with run.db.transaction():
        diary.add(run.db, run.connection_id, "notice", text, at=run.now(), module=module.name, cause=run.cause)
