"""``runs``: what each pass wrote, and taking one back. ``diary``: the history as a file that can be checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from zbdesk.app import runs as app_runs
from zbdesk.app.desk import Desk
from zbdesk.cli import run_shapes as shapes
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import EXIT_OF_RESULT, Exit, document, say, show, stamp, table
from zbdesk.cli.place import Place
from zbdesk.domain.chain import ChainReport
from zbdesk.domain.errors import UsageError
from zbdesk.domain.status import RunResult
from zbdesk.domain.views import RollbackReport

runs = typer.Typer(help="What each pass wrote, and taking one back.", invoke_without_command=True)
diary = typer.Typer(help="The history of all that was done.", invoke_without_command=True)

RunArgument = Annotated[int, typer.Argument(metavar="ID")]


@runs.callback()
def list_runs(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(help="How many, newest first.", min=1)] = 30,
    json: JsonOption = False,
) -> None:
    """List the last passes."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(lambda reader: reader.whole_runs().recent(limit)).result()
    if json:
        document([shapes.run(one) for one in found])
        return
    rows = [
        [str(one.run.id), stamp(one.run.started_at), one.run.result or "", shapes.in_words(one), shapes.taken_back(one)]
        for one in found
    ]
    show(table(["run", "began", "result", "written", ""], rows) if rows else "No runs yet.")


@runs.command("show")
def show_run(context: typer.Context, run_id: RunArgument, *, json: JsonOption = False) -> None:
    """What one pass wrote, and how far its taking back is."""
    place: Place = context.obj
    with place.open() as desk:
        one = desk.read(lambda reader: reader.whole_runs().one(run_id)).result()
        back = desk.read(lambda reader: reader.whole_runs().report(run_id)).result()
        steps = desk.read(lambda reader: reader.whole_runs().preview(run_id)).result()
    if json:
        document(
            {
                **shapes.run(one),
                "records": [shapes.written(step) for step in steps.steps],
                "rollback": None if back is None else shapes.rollback(back),
            }
        )
        return
    show(f"Run {run_id}, {stamp(one.run.started_at)}: {one.run.message}")
    for step in steps.steps:
        show(f"  {step.did}  {shapes.named(step)}")
    if back is not None:
        _tell(back)


@runs.command("rollback")
def roll_back(
    context: typer.Context,
    run_id: RunArgument,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    json: JsonOption = False,
) -> None:
    """Take back what one pass wrote: preview with --dry-run; else one pass to the end, and the report."""
    place: Place = context.obj
    with place.open() as desk:
        if dry_run:
            _preview(desk, run_id, json=json)
        app_runs.roll_back(desk, run_id)
        result = _one_pass(desk)
        back = desk.read(lambda reader: reader.whole_runs().report(run_id)).result()
    if back is None:
        raise RuntimeError("what was begun is not there")
    if json:
        document({"result": result.value, **shapes.rollback(back)})
    else:
        _tell(back)
    stays = any(step.state != "done" for step in back.steps)
    raise typer.Exit(Exit.ATTENTION if stays and result is RunResult.OK else EXIT_OF_RESULT[result])


def _one_pass(desk: Desk) -> RunResult:
    from zbdesk.cli.interrupts import run_tidily
    from zbdesk.cli.syncing import Teller, one_pass

    teller = Teller(quiet=True)
    run_tidily(one_pass(desk, teller))
    if teller.finished is None:
        raise RuntimeError("a pass ended without saying how")
    say(teller.finished.message)
    return teller.finished.result


def _preview(desk: Desk, run_id: int, *, json: bool) -> NoReturn:
    found = desk.read(lambda reader: reader.whole_runs().preview(run_id)).result()
    if json:
        document(shapes.rollback(found))
    else:
        if found.refused:
            say(f"The run cannot be rolled back. {found.refused}")
        _tell(found)
    stays = found.refused or any(step.what == "none" for step in found.steps)
    raise typer.Exit(Exit.ATTENTION if stays else Exit.OK)


def _tell(back: RollbackReport) -> None:
    for step in back.steps:
        show(shapes.step_line(step))


@diary.callback()
def list_diary(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(help="How many lines, newest first.", min=1)] = 30,
    json: JsonOption = False,
) -> None:
    """List the last lines."""
    if context.invoked_subcommand is not None:
        return
    place: Place = context.obj
    with place.open() as desk:
        found = desk.read(lambda reader: reader.activity(limit)).result()
    if json:
        document([shapes.line(entry) for entry in found])
        return
    for entry in found:
        show(f"{stamp(entry.at)}  {entry.text}")
        for one in entry.changes:
            show(f"    {one.field}: {one.before or 'empty'} -> {one.after or 'empty'}")


@diary.command("verify")
def verify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="An exported diary; else the one here.")] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Check that no line of the history was changed, added or removed since it was written."""
    place: Place = context.obj
    if file is not None:
        found = _of_file(file)
    else:
        with place.open() as desk:
            found = desk.read(lambda reader: reader.whole_runs().chain()).result()
    if json:
        document(shapes.chain(found))
    elif found.is_whole:
        show(f"The history is as it was written: {found.lines:,} lines. Its last hash is {found.head or 'none'}.")
    else:
        show(f"The history was changed at line {found.broken_at}. {found.reason}")
    raise typer.Exit(Exit.OK if found.is_whole else Exit.FAILED)


def _of_file(file: Path) -> ChainReport:
    try:
        return app_runs.verify_file(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be read.", error.strerror or type(error).__name__) from error


@diary.command("export")
def export(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write the history to a file, one JSON object a line, which `diary verify FILE` checks anywhere."""
    place: Place = context.obj
    with place.open() as desk:
        try:
            count = desk.read(lambda reader: app_runs.export_diary(reader.whole_runs(), file)).result()
        except OSError as error:
            raise UsageError(f"{file} cannot be written.", error.strerror or type(error).__name__) from error
    say(f"{count:,} lines written.")
