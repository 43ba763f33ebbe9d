"""``sources``: the folders and databases that documents come from, how they are doing, and what to do with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from zbdesk.app import source_list
from zbdesk.cli import sources_sql
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, ended, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.domain.modules import module as named
from zbdesk.sources.folder import PATTERN, FolderSettings

sources = typer.Typer(help="Where documents come from: watched folders and databases.", invoke_without_command=True)

sources.command("add-sql")(sources_sql.add_sql)
sources.command("preview")(sources_sql.preview)

_Id = Annotated[int, typer.Argument(metavar="ID")]


@sources.callback()
def list_sources(context: typer.Context, *, json: JsonOption = False) -> None:
    """List them."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(lambda reader: reader.sources()).result()
    if json:
        document([_shape(one) for one in found])
        return
    rows = [
        (
            str(one.id),
            one.kind,
            one.name,
            one.module,
            "paused" if one.paused else one.last_result or "new",
            stamp(one.last_at),
            str(one.taken),
            str(one.refused),
            one.last_message,
        )
        for one in found
    ]
    headings = ("id", "kind", "name", "module", "state", "last run", "taken", "refused", "message")
    show(table(headings, rows) if rows else "No sources.")


def _shape(one: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "module": one.module,
        "mapping": one.mapping,
        "settings": dict(one.settings),
        "state": "paused" if one.paused else "on",
        "last_run": stamp(one.last_at),
        "last_result": one.last_result,
        "message": one.last_message,
        "last_rows": one.last_rows,
        "taken": one.taken,
        "refused": one.refused,
    }


@sources.command("add-folder")
def add_folder(
    context: typer.Context,
    path: Path,
    *,
    module: Annotated[str, typer.Option(help="What the rows of its files are: invoices, contacts, ...")],
    mapping: Annotated[str, typer.Option(help="The name of a saved mapping.")],
    pattern: Annotated[str, typer.Option(help="Which files, by semicolons.")] = PATTERN,
    all_or_nothing: Annotated[bool, typer.Option("--all-or-nothing", help="Take no file with a bad row.")] = False,
    json: JsonOption = False,
) -> None:
    """Watch a folder: complete files are imported once, then lie in done/ or failed/ with a report beside them."""
    place: Place = context.obj
    with place.open() as desk:
        settings = FolderSettings(path, pattern, all_or_nothing)
        source_id = source_list.add_folder(desk, settings, named(module).name, mapping)
    if json:
        document({"id": source_id})
    say(ended(f"Source {source_id} watches {path}"))


@sources.command("run")
def run(context: typer.Context, source: _Id, *, json: JsonOption = False) -> None:
    """Read one source now."""
    place: Place = context.obj
    if _kind(place, source) == "sql":
        sources_sql.run(context, source, json=json)
        return
    with place.open() as desk:
        found = source_list.run_now(desk, source)
    if json:
        document(
            {
                "id": source,
                "result": "failed" if found.failed else "attention" if found.refused else "ok",
                "files": found.files,
                "rows": found.rows,
                "taken": found.taken,
                "refused": found.refused,
                "waiting": found.waiting,
                "message": found.message,
            }
        )
    say(found.message or "Nothing new.")
    raise typer.Exit(Exit.FAILED if found.failed else Exit.ATTENTION if found.refused else Exit.OK)


def _kind(place: Place, source: int) -> str:
    with place.open() as desk:
        known = desk.read(lambda reader: reader.sources()).result()
    return next((one.kind for one in known if one.id == source), "")


@sources.command("pause")
def pause(context: typer.Context, source: _Id) -> None:
    """Leave one source alone until it is resumed."""
    _set(context, source, paused=True)


@sources.command("resume")
def resume(context: typer.Context, source: _Id) -> None:
    """Go on with a paused source."""
    _set(context, source, paused=False)


def _set(context: typer.Context, source: int, *, paused: bool) -> None:
    place: Place = context.obj
    with place.open() as desk:
        source_list.set_paused(desk, source, paused=paused)
    say(f"Source {source} is {'paused' if paused else 'on'}.")


@sources.command("remove")
def remove(context: typer.Context, source: _Id) -> None:
    """Forget a source; what came from it stays."""
    place: Place = context.obj
    with place.open() as desk:
        source_list.remove(desk, source)
    say(f"Source {source} is removed; what came from it stays.")
