"""The command line: one thin function a command over ``app.desk``. The contract binds it to the letter.

Failures become one sentence on standard error and an exit code; a traceback never reaches the person.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from zbdesk import __version__
from zbdesk.cli.output import Exit, exit_of, say, show
from zbdesk.cli.place import Place
from zbdesk.cli.window import Show, open_window
from zbdesk.domain.errors import ZbdeskError

log = logging.getLogger(__name__)

COMMAND_NAMES = frozenset(
    [
        "connect",
        "status",
        "sync",
        "run",
        "records",
        "export",
        "conflicts",
        "problems",
        "disconnect",
        "doctor",
        "demo-server",
    ]
)
"""The words of ``commands.COMMANDS``; a test holds them equal."""

app = typer.Typer(
    name="zbdesk",
    help="A desktop connector between a company's own records and its Zoho Books organization.",
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
    in_tray: Annotated[bool, typer.Option("--in-tray", help="Start without showing the window.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Without a command: the window."""
    del version
    show_window: Show = context.obj
    context.obj = Place(data_dir)
    if context.invoked_subcommand is not None:
        if demo or in_tray:
            raise typer.BadParameter("--demo and --in-tray open the window and go with no command.")
        return
    raise typer.Exit(open_window(data_dir, show_window, demo=demo, in_tray=in_tray))


def _load_commands(arguments: Sequence[str]) -> None:
    """Register the commands, but not where none is called: the window opens faster without all that they import."""
    if not any(word in COMMAND_NAMES or word in {"--help", "-h"} for word in arguments):
        return
    from zbdesk.cli import commands

    for name, function in commands.COMMANDS.items():
        app.command(name)(function)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM ends a command as Ctrl+C does: tidily."""
    raise KeyboardInterrupt


def run(arguments: Sequence[str], show_window: Show) -> int:
    """Carry out one command line and return its exit code. Never raises, never prints a traceback.

    ``show_window`` opens the window: handed in, since this layer knows no Qt.
    """
    _load_commands(arguments)
    # Without a handler of its own, Python would print records of the log, tracebacks included, on standard error.
    logging.getLogger().addHandler(logging.NullHandler())
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = app(list(arguments), standalone_mode=False, obj=show_window)
    except typer.TyperException as error:
        say(f"{error.format_message()} `zbdesk --help` lists the commands and their options.")
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except ZbdeskError as error:
        say(str(error))
        return exit_of(error)
    except BrokenPipeError:
        return Exit.FAILED
    except Exception:
        # The top of the program: what nobody thought of goes to the log whole and to the person as one sentence.
        log.exception("a command ended by a bug")
        say("zbdesk stopped because of a fault in itself. Nothing is lost; the log has the details.")
        return Exit.FAILED
    return int(result) if isinstance(result, int) else Exit.OK
