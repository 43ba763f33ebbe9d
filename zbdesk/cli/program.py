"""The command line's words and options, as its library reads them. Loaded where a command is called, or for help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from zbdesk import __version__
from zbdesk.cli import commands
from zbdesk.cli.early import SIGNALS
from zbdesk.cli.interrupts import Interrupted
from zbdesk.cli.output import fail, show
from zbdesk.cli.place import Place
from zbdesk.cli.window import Show, open_window
from zbdesk.domain.status import RunResult

app = typer.Typer(
    name="zbdesk",
    help="Keeps a company's records on this computer and its Zoho Books in step.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        show(f"zbdesk {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", envvar="ZBDESK_DATA_DIR", help="Where database, settings and logs live."),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="The window with the built-in demo company.")] = False,
    still: Annotated[bool, typer.Option("--still", help="With --demo: nothing happens there by itself.")] = False,
    in_tray: Annotated[bool, typer.Option("--in-tray", help="Start without showing the window.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Without a command: the window."""
    del version
    show_window: Show = context.obj
    context.obj = Place(data_dir, context.invoked_subcommand or "window")
    if context.invoked_subcommand is not None:
        if demo or in_tray or still:
            raise typer.BadParameter("--demo, --still and --in-tray open the window and go with no command.")
        return
    raise typer.Exit(open_window(data_dir, show_window, demo=demo, in_tray=in_tray, still=still))


def carry_out(arguments: Sequence[str], show_window: Show) -> object:
    """Carry out one command line; what its library cannot read is told with exit code 2."""
    _load_commands(arguments)
    try:
        return app(list(arguments), standalone_mode=False, obj=show_window)
    except typer.TyperException as error:
        sentence = f"{error.format_message()} `zbdesk --help` lists the commands and their options."
        return fail(sentence, RunResult.FAILED, error.exit_code, json="--json" in arguments)
    except typer.Abort as error:
        raise Interrupted(SIGNALS[0]) from error


def _load_commands(arguments: Sequence[str]) -> None:
    """Register the commands whose names stand there, and all of them for help alone."""
    called = [word for word in arguments if word in commands.COMMANDS or word in commands.GROUPS]
    if called:
        commands.register(app, called)
    elif any(word in {"--help", "-h"} for word in arguments):
        commands.register(app)
