"""Commands that only read: they work beside a running window."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from zbdesk.app import export as exporting
from zbdesk.app import organizations
from zbdesk.app.desk import NotConnected
from zbdesk.app.export_csv import PLAIN, for_this_computer
from zbdesk.app.export_totals import Totals
from zbdesk.app.reader import Reader
from zbdesk.cli import shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import answering, document, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as find_module
from zbdesk.domain.views import Connection, Overview, RecordFilter, RecordView


def status(context: typer.Context, *, json: JsonOption = False) -> None:
    """How the connection stands: last sync, counts, calls of the day, what waits."""
    place: Place = context.obj
    with place.open() as desk:
        overview = desk.read(lambda reader: reader.overview()).result()
        webhooks = desk.read(lambda reader: reader.webhook_overview()).result()
        known = desk.read(lambda reader: reader.recognition()).result() or []
        all_known = organizations.known(desk)
    if json:
        more = {
            "recognition": {one.module: list(one.ways) for one in known},
            "organizations": [shapes.organization(one) for one in all_known],
        }
        document({**shapes.status(overview, webhooks), **more})
    else:
        show(_status_text(overview))


def _status_text(overview: Overview) -> str:
    connection = overview.connection
    if connection is None:
        return "Not connected. Run `zbdesk connect`, or open the window with `zbdesk`."
    run, calls = overview.last_run, overview.calls
    lines = [
        f"{connection.organization.name} ({connection.organization.organization_id}): "
        + overview.state.value.replace("_", " "),
        "Not synced yet."
        if run is None
        else f"Last sync {stamp(run.started_at)}: {run.result.value if run.result else 'running'}. {run.message}",
        f"Calls today: {calls.used if calls else 0}" + (f" of {calls.limit}" if calls and calls.limit else ""),
        f"Waiting to leave {overview.pending}, conflicts {overview.conflicts}, problems {overview.problems}",
        "",
        table(
            ("Module", "From Zoho", "Deleted", "As of"),
            (
                (counts.module, str(counts.remote), str(counts.deleted), counts.off_reason or stamp(counts.as_of))
                for counts in overview.modules
                if counts.enabled or counts.remote
            ),
            right=frozenset({1, 2}),
        ),
    ]
    return "\n".join(lines)


def records(
    context: typer.Context,
    module: str,
    *,
    status: Annotated[str | None, typer.Option(help="Only with this status, in Zoho's word.")] = None,
    search: Annotated[str | None, typer.Option(help="Found in number, party or reference.")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="At most so many.")] = None,
    full: Annotated[bool, typer.Option("--full", help="With the payloads of both sides.")] = False,
    json: JsonOption = False,
) -> None:
    """What the local database holds of one module."""
    place: Place = context.obj
    name = find_module(module).name
    where = RecordFilter(text=search or "", statuses=(status,) if status else (), with_deleted=True)

    def answer(reader: Reader) -> None:
        found = islice(reader.records(name, where, connection=_held(reader)), limit)
        if json:
            first = list(islice(found, 1))  # a database that cannot be read shows here, before anything is written
            rows = (_record(reader, view, full=full) for view in chain(first, found))
            with answering() as output:
                exporting.write_json_list(rows, output)
        else:
            show(_records_text(list(found)))

    with place.open() as desk:
        desk.read(answer).result()


def _held(reader: Reader) -> Connection:
    """Whose records these commands show: those of a disconnected organization too, with a word about it."""
    connection = reader.last_connection()
    if connection is None:
        raise NotConnected
    if reader.connection() is None:
        name = connection.organization.name
        say(f"This is the copy of {name} that stayed here when it was disconnected. Nothing refreshes it.")
    return connection


def _record(reader: Reader, view: RecordView, *, full: bool) -> dict[str, object]:
    answer: dict[str, object] = dict(exporting.as_json(view))
    if full:
        answer["remote"], answer["local"], answer["synced"] = reader.payloads(view.id)
    return answer


def _records_text(found: list[RecordView]) -> str:
    rows = (
        (
            view.number,
            view.date,
            view.party,
            view.status,
            view.currency,
            None if view.total is None else format(view.total, "f"),
            None if view.balance is None else format(view.balance, "f"),
            view.state.value,
        )
        for view in found
    )
    headings = ("Number", "Date", "Party", "Status", "Cur", "Total", "Balance", "State")
    return table(headings, rows, right=frozenset({5, 6})) + f"\n{len(found)} records"


def export(
    context: typer.Context,
    module: Annotated[str, typer.Argument(help="A module; for sqlite several with commas between, or all.")],
    file: Annotated[Path, typer.Argument(help="Ends in .csv, .xlsx, .json, .jsonl or .sqlite.")],
    *,
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help="CSV with this computer's separator and decimal sign.")
    ] = False,
) -> None:
    """A module's records as a file, by its ending: csv, xlsx, json, jsonl or sqlite."""
    place: Place = context.obj
    style = for_this_computer() if for_spreadsheet else PLAIN
    names = list(MODULES) if module == "all" else [find_module(word).name for word in module.split(",")]
    several = file.suffix.lower() in exporting.SNAPSHOTS
    if len(names) != 1 and not several:
        raise UsageError("This kind of file holds one module.", "Name one, or write a .sqlite file.")

    def answer(reader: Reader) -> dict[str, Totals]:
        held = _held(reader)
        if several:
            return reader.snapshot(held, names, file)
        found = reader.records(names[0], RecordFilter(with_deleted=True), connection=held)
        return {names[0]: exporting.export_counted(found, file, style=style)}

    with place.open() as desk:
        counted = desk.read(answer).result()
    for name, totals in counted.items():
        say(f"{totals.count} records of {name} are in {file}.", *totals.lines())
