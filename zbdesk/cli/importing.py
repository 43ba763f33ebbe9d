"""``import``: a spreadsheet into the local tree. ``mappings``: how its columns are read, kept under a name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zbdesk.app import sources
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, ended, say, show
from zbdesk.cli.place import Place
from zbdesk.domain.errors import UsageError
from zbdesk.domain.modules import module as named
from zbdesk.sources.base import CellError, Outcome
from zbdesk.sources.errors import BadMapping
from zbdesk.sources.importing import Report
from zbdesk.sources.mapping import json_of
from zbdesk.sources.table_faults import TableFaults

mappings = typer.Typer(help="How the columns of files are read, under a name.", invoke_without_command=True)

_SHOWN = 50


class WhichMapping(UsageError):
    """``import`` was called without saying how the columns are read."""

    def __init__(self) -> None:
        super().__init__(
            "Say how the columns are read.", "Use --mapping with the name of a saved mapping or a JSON file."
        )


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, XLSM, XLS or ODS.")],
    *,
    module: Annotated[str, typer.Option(help="What the rows are: invoices, contacts, items, ...")],
    mapping: Annotated[str | None, typer.Option(help="The name of a saved mapping, or a JSON file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    all_or_nothing: Annotated[bool, typer.Option("--all-or-nothing", help="Take nothing if one row is bad.")] = False,
    json: JsonOption = False,
) -> None:
    """Take a spreadsheet into the local tree. Good rows go, bad ones are listed. The next sync sends them."""
    place: Place = context.obj
    wanted = named(module)
    if mapping is None:
        raise WhichMapping
    with place.open() as desk:
        try:
            parsed, name = sources.load_mapping(desk, wanted, mapping)
            order = sources.ImportOrder(file, wanted.name, parsed, name, all_or_nothing=all_or_nothing)
            take = sources.check_file if dry_run else sources.import_file
            outcome = take(desk, order, keep=json)  # a million documents are listed only where they are asked for
        except TableFaults as error:
            if json:
                document(_failed(str(error), error.errors))
            say(str(error))
            raise typer.Exit(Exit.FAILED) from error
    if json:
        document(sources.as_json(outcome))
    for one in outcome.report.errors[:_SHOWN]:
        where = f"row {one.row}" + (f", {one.column}" if one.column else "")
        say(f"{where}: {one.message}")
    if outcome.report.error_count > _SHOWN:
        say(f"… and {outcome.report.error_count - _SHOWN} more; --json lists all.")
    say(_sentence(outcome.report))
    raise typer.Exit(Exit.ATTENTION if outcome.report.counts[Outcome.REFUSED] else Exit.OK)


def _failed(message: str, errors: tuple[CellError, ...]) -> dict[str, object]:
    return {
        "result": "failed",
        "message": message,
        "rows": 0,
        "documents": [],
        "totals": {},
        "errors": [
            {"row": error.row, "column": error.column, "value": error.value, "message": error.message}
            for error in errors
        ],
    }


def _sentence(report: Report) -> str:
    counts = report.counts
    would = "would be " if report.is_dry else ""
    said = (
        f"{report.rows} rows: {counts[Outcome.CREATED]} {would}created, {counts[Outcome.CHANGED]} {would}changed, "
        f"{counts[Outcome.UNCHANGED]} unchanged, {counts[Outcome.REFUSED]} refused."
    )
    if report.nothing_taken:
        said += " Nothing was taken."
    if report.vanished:
        listed = ", ".join(report.vanished[:5]) + (", …" if len(report.vanished) > 5 else "")
        said += f" {len(report.vanished)} that the last import of this file had are missing ({listed}); they stay."
    return said


@mappings.callback()
def list_mappings(context: typer.Context, *, json: JsonOption = False) -> None:
    """List them."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = sources.saved_mappings(desk)
    if json:
        document(
            [
                {"name": one.name, "module": one.module, "mapping": json_of(one.body), "saved_at": one.saved_at}
                for one in found
            ]
        )
        return
    show("\n".join(f"{one.name}  {one.module}" for one in found) or "No mappings.")


@mappings.command("save")
def save(
    context: typer.Context,
    name: str,
    file: Annotated[Path, typer.Argument(help="The mapping as JSON.")],
    *,
    module: Annotated[str | None, typer.Option(help="What its rows are; the mapping may say it as “module”.")] = None,
) -> None:
    """Keep a mapping under a name; one of the same name gives way."""
    place: Place = context.obj
    try:
        raw = json_of(file.read_text(encoding="utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise BadMapping(str(file), [("", f"The file cannot be read: {reason}.")]) from error
    said = module or (raw.get("module") if isinstance(raw, dict) else None)
    if not isinstance(said, str):
        raise BadMapping(str(file), [("module", "Say which module it is for, here or with --module.")])
    with place.open() as desk:
        sources.save_mapping(desk, name, named(said), raw)
    say(ended(f"The mapping {name} is saved"))


@mappings.command("remove")
def remove(context: typer.Context, name: str) -> None:
    """Forget a saved mapping."""
    place: Place = context.obj
    with place.open() as desk:
        sources.remove_mapping(desk, name)
    say(ended(f"The mapping {name} is removed"))
