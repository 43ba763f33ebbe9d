"""``imports``: what was imported, and rolling an import back, here and in Zoho Books."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zbdesk.app import imports_back
from zbdesk.app.imports_back import Batch, ImportBack
from zbdesk.cli import run_shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import EXIT_OF_RESULT, Exit, document, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.cli.syncing import Teller, one_pass
from zbdesk.domain.status import RunResult

imports = typer.Typer(help="What was imported, and rolling an import back.", invoke_without_command=True)


@imports.callback()
def list_imports(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(help="How many, newest first.", min=1)] = 50,
    json: JsonOption = False,
) -> None:
    """List the last imports."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = imports_back.imports(desk, limit)
    if json:
        document([batch_shape(one) for one in found])
        return
    rows = [
        [str(one.id), stamp(one.started_at), one.origin, one.module, one.state.replace("_", " "), _counts(one)]
        for one in found
    ]
    show(table(["import", "began", "from", "module", "state", ""], rows) if rows else "No imports yet.")


@imports.command("roll-back")
def roll_back(
    context: typer.Context,
    import_id: Annotated[int, typer.Argument(metavar="ID")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    json: JsonOption = False,
) -> None:
    """Take an import back: here what has not left, in Zoho Books what has; one pass to the end, and the report."""
    place: Place = context.obj
    with place.open() as desk:
        if dry_run:
            _tell(imports_back.preview(desk, import_id), None, json=json)
        back = imports_back.begin(desk, import_id)
        result: RunResult | None = None
        if back.steps:
            from zbdesk.cli.interrupts import run_tidily

            teller = Teller(quiet=True)
            run_tidily(one_pass(desk, teller))
            if teller.finished is None:
                raise RuntimeError("a pass ended without saying how")
            say(teller.finished.message)
            result = teller.finished.result
        _tell(imports_back.finished(desk, back), result or RunResult.OK, json=json)


def _tell(found: ImportBack, result: RunResult | None, *, json: bool) -> None:
    """Say it and end with the exit code. ``result`` None: a preview."""
    if json:
        document({**({} if result is None else {"result": result.value}), **shape(found)})
    else:
        if found.refused:
            say(f"The import cannot be rolled back now. {found.refused}")
        show(f"On this computer: {found.removed} removed, {found.restored} as before.")
        for step in found.steps:
            show(run_shapes.step_line(step))
        if found.kept:
            show(f"{found.kept} stay: they were edited since, or an earlier import made them.")
    ended = Exit.OK if result is None else EXIT_OF_RESULT[result]
    raise typer.Exit(Exit.ATTENTION if found.stays and ended is Exit.OK else ended)


def _counts(one: Batch) -> str:
    return f"{one.created} created, {one.changed} changed, {one.unchanged} unchanged, {one.refused} refused"


def batch_shape(one: Batch) -> dict[str, Any]:
    """One entry of ``imports --json``."""
    return {
        "id": one.id,
        "module": one.module,
        "source": one.source,
        "origin": one.origin,
        "mapping": one.mapping or None,
        "state": one.state,
        "started_at": stamp(one.started_at),
        "finished_at": stamp(one.finished_at),
        "rows": one.rows,
        "created": one.created,
        "changed": one.changed,
        "unchanged": one.unchanged,
        "refused": one.refused,
        "vanished": one.vanished,
        "totals": {code: f"{amount:f}" for code, amount in sorted(one.totals.items())},
    }


def shape(found: ImportBack) -> dict[str, Any]:
    """``imports roll-back --json``: a preview (``begun_at`` null) or a report."""
    report = found.report
    return {
        "import": found.batch.id,
        "state": found.batch.state,
        "begun_at": None if report is None else stamp(report.begun_at),
        "ended_at": None if report is None else stamp(report.ended_at),
        "refused": found.refused or None,
        "removed_here": found.removed,
        "restored_here": found.restored,
        "kept": found.kept,
        "records": run_shapes.rollback_records(found.steps),
    }
