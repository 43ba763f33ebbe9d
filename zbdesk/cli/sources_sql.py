"""``sources add-sql``, ``preview`` and ``run``: databases as sources of documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zbdesk.app import sources_sql
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, say, show, table
from zbdesk.cli.place import Place
from zbdesk.domain.errors import SetupError
from zbdesk.sources.base import BadCell, CellValue, Outcome


class UnreadableFile(SetupError):
    """A file with an address or a statement cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}.", "Nothing was kept.", subject=str(path))


def add_sql(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What records remember as their source.")],
    *,
    url_file: Annotated[Path, typer.Option(help="A file with the address and its password; kept in the keychain.")],
    module: Annotated[str, typer.Option(help="What the rows are: invoices, contacts, ...")],
    query_file: Annotated[Path, typer.Option(help="One SELECT; :since is where the last run ended.")],
    mapping: Annotated[str, typer.Option(help="The name of a saved mapping, or a JSON file.")],
    since_column: Annotated[str, typer.Option(help="The column that tells when a row was changed.")] = "",
    since_start: Annotated[str, typer.Option(help="What :since holds the first time.")] = "",
    write_back_file: Annotated[
        Path | None, typer.Option(help="One UPDATE with :source_id, :number, :status, :paid.")
    ] = None,
    write_back: Annotated[bool, typer.Option("--write-back", help="Carry that statement out.")] = False,
    seconds: Annotated[float, typer.Option(min=1, max=3600, help="How long the query may take.")] = 60.0,
    every: Annotated[float, typer.Option(min=0, max=100_000, help="Minutes between two runs; 0: only by hand.")] = 15.0,
    rows: Annotated[int, typer.Option(min=1, max=5_000_000, help="How many rows it may give.")] = 200_000,
    json: JsonOption = False,
) -> None:
    """Keep a database as a source. Nothing is asked of it yet."""
    place: Place = context.obj
    settings = sources_sql.SqlSettings(
        query=_text(query_file),
        since_column=since_column,
        since_start=since_start,
        back="" if write_back_file is None else _text(write_back_file),
        writes_back=write_back,
        seconds=seconds,
        rows=rows,
        every_minutes=every,
    )
    with place.open() as desk:
        source_id = sources_sql.add(desk, name, _text(url_file).strip(), module, mapping, settings)
    if json:
        document({"id": source_id, "name": name})
    say(f"{name} is source {source_id}. `zbdesk sources preview {source_id}` shows its first rows.")


def preview(
    context: typer.Context,
    source: Annotated[int, typer.Argument(help="The source's number.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many rows.")] = 20,
    json: JsonOption = False,
) -> None:
    """The first rows of a database source, and what its columns hold."""
    place: Place = context.obj
    with place.open() as desk:
        found = sources_sql.preview(desk, source, limit)
    if json:
        rows = [dict(zip(found.headings, map(_shown, row), strict=True)) for row in found.rows]
        columns = [{"name": name, "kind": kind} for name, kind in zip(found.headings, found.kinds, strict=True)]
        document({"columns": columns, "rows": rows, "more": found.more})
        return
    titles = [f"{name} ({kind})" for name, kind in zip(found.headings, found.kinds, strict=True)]
    show(table(titles, [[_shown(cell) for cell in row] for row in found.rows]))
    say("There are more rows." if found.more else f"{len(found.rows)} rows.")


def run(
    context: typer.Context,
    source: Annotated[int, typer.Argument(help="The source's number.")],
    *,
    json: JsonOption = False,
) -> None:
    """Run a database source now. Good rows go, bad ones are listed. The next sync sends them."""
    place: Place = context.obj
    with place.open() as desk:
        found = sources_sql.run(desk, source)
    report = found.report
    if json:
        document(
            {
                "rows": report.rows,
                "counts": {word.value: report.counts[word] for word in Outcome},
                "errors": [
                    {"row": one.row, "column": one.column, "value": one.value, "message": one.message}
                    for one in report.errors
                ],
                "mark": found.mark,
                "written_back": found.written_back,
                "message": None if found.back_error is None else str(found.back_error),
            }
        )
    for one in report.errors[:50]:
        say(f"row {one.row}, {one.column}: {one.message}")
    if found.back_error is not None:
        say(str(found.back_error))
    say(f"{report.rows} rows: {report.taken} documents taken, {report.counts[Outcome.REFUSED]} refused.")
    raise typer.Exit(Exit.ATTENTION if report.error_count or found.back_error is not None else Exit.OK)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFile(path, error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, "it is not UTF-8 text") from error


def _shown(value: CellValue) -> str | None:
    if value is None:
        return None
    if isinstance(value, BadCell):
        return value.shown
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
