"""Lists that exist only below another record: the tasks of each project, the rates of each currency.

They cost a call for each parent, so they are read when somebody asks for them, and by a full pass where the parents
are few (``choosing.py``). One parent's whole list counts as one page; a resumed scan goes on at the next parent.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.views import RecordFilter
from zbdesk.store.queries import iter_records
from zbdesk.sync.context import NumberedPage, Pass
from zbdesk.sync.faults import is_gone


async def pages(run: Pass, module: Module, start: int) -> AsyncGenerator[NumberedPage, None]:
    """Yield (ordinal of the parent, its rows, whether it is the last parent), from the ``start``-th parent on."""
    parents = _parents(run, module)
    if start > len(parents):
        yield start, Page([], has_more=False, sort_column=None, applied_filter=None), True
    for number, parent_id in enumerate(parents, 1):
        if number >= start:
            rows = await _rows_of(run, module, parent_id)
            page = Page(rows, has_more=number < len(parents), sort_column=None, applied_filter=None)
            yield number, page, number == len(parents)


def _parents(run: Pass, module: Module) -> list[str]:
    # They come in the order of arrival: parents that are new stand behind those that were read already.
    records = iter_records(run.db, run.connection_id, str(module.parent), RecordFilter())
    return [view.remote_id for view in records if view.remote_id is not None]


async def _rows_of(run: Pass, module: Module, parent_id: str) -> list[RemoteRow]:
    rows: dict[str, RemoteRow] = {}
    number = 1
    while True:
        try:
            page = await run.page(module, number, parent_id=parent_id)
        except RejectedError as error:
            if not is_gone(error):
                raise
            # The parent was deleted meanwhile; so were the records below it.
            return []
        known = len(rows)
        rows.update({row.remote_id: row for row in page.rows})
        if not page.has_more or len(rows) == known:
            return list(rows.values())
        number += 1
