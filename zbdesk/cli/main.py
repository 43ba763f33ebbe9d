"""The command line: one thin function a command over ``app.desk``. The contract binds it to the letter.

Failures become one sentence on standard error and an exit code; a traceback never reaches the person.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from zbdesk import __version__
from zbdesk.cli import interrupts
from zbdesk.cli.output import AnswerLost, Exit, begin_answer, exit_of, fail, result_of, say, show
from zbdesk.cli.place import Place
from zbdesk.cli.window import Show, open_window
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import RunResult

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
        "put",
        "act",
        "disconnect",
        "doctor",
        "demo-server",
    ]
)
"""The words of ``commands.COMMANDS`` and ``commands.GROUPS``; a test holds them equal."""

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

    commands.register(app)


def run(arguments: Sequence[str], show_window: Show) -> int:
    """Carry out one command line and return its exit code. Never raises, never prints a traceback.

    ``show_window`` opens the window: handed in, since this layer knows no Qt.
    """
    # Without a handler of its own, Python would print records of the log, tracebacks included, on standard error.
    logging.getLogger().addHandler(logging.NullHandler())
    begin_answer()
    try:
        return _carry_out(arguments, show_window)
    except AnswerLost as error:
        # Standard output is what failed: no document can go there any more.
        say(str(error))
        return Exit.FAILED


def _carry_out(arguments: Sequence[str], show_window: Show) -> int:
    json = "--json" in arguments
    try:
        with interrupts.heard():
            _load_commands(arguments)
            result = app(list(arguments), standalone_mode=False, obj=show_window)
    except typer.TyperException as error:
        sentence = f"{error.format_message()} `zbdesk --help` lists the commands and their options."
        return fail(sentence, RunResult.FAILED, error.exit_code, json=json)
    except (typer.Abort, interrupts.Interrupted):
        return fail("Stopped. What is here stays.", RunResult.INTERRUPTED, Exit.INTERRUPTED, json=json)
    except AnswerLost:
        raise
    except ZbdeskError as error:
        return fail(str(error), result_of(error), exit_of(error), json=json)
    except BrokenPipeError:
        return Exit.FAILED
    except Exception:
        # The top of the program: what nobody thought of goes to the log whole and to the person as one sentence.
        log.exception("a command ended by a bug")
        sentence = "zbdesk stopped because of a fault in itself. Nothing is lost; the log has the details."
        return fail(sentence, RunResult.FAILED, Exit.FAILED, json=json)
    return int(result) if isinstance(result, int) else Exit.OK
