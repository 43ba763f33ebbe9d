"""The command line: one thin function a command over ``app.desk``. The contract binds it to the letter.

Failures become one sentence on standard error and an exit code; a traceback never reaches the person. Opening the
window is understood here: the library that reads all other command lines takes longer to import than it may take.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from zbdesk.app.log import note_told
from zbdesk.cli import interrupts
from zbdesk.cli.output import AnswerLost, Exit, begin_answer, exit_of, fail, result_of, say
from zbdesk.cli.window import Show, open_window
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.status import RunResult

log = logging.getLogger(__name__)

STOPPED = "Stopped. What is here stays."


class _Window(NamedTuple):
    """A command line that opens the window."""

    data_dir: Path | None = None
    demo: bool = False
    in_tray: bool = False
    files: tuple[Path, ...] = ()


OPENED = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".jsonl"})
"""Endings of files that a desktop opens with zbdesk; nothing else is taken for a file, least of all a command."""


def _plain_window(arguments: Sequence[str]) -> _Window | None:
    """What is wanted where nothing but the window is, in the plainest spelling; None leaves it to the library."""
    wanted, words = _Window(), iter(arguments)
    for word in words:
        if word == "--demo":
            wanted = wanted._replace(demo=True)
        elif word in {"--in-tray", "--minimised"}:
            wanted = wanted._replace(in_tray=True)
        elif word == "--data-dir" and (place := next(words, "")) and not place.startswith("-"):
            wanted = wanted._replace(data_dir=Path(place))
        elif not word.startswith("-") and Path(word).suffix.lower() in OPENED and Path(word).is_file():
            wanted = wanted._replace(files=(*wanted.files, Path(word).absolute()))
        else:
            return None
    return wanted


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
            result = _open_or_call(arguments, show_window)
    except interrupts.Interrupted as stopped:
        if interrupts.is_ordinary_end(stopped.number, arguments):
            say(STOPPED)
            return Exit.OK
        return fail(STOPPED, RunResult.INTERRUPTED, Exit.INTERRUPTED, json=json)
    except AnswerLost as error:
        note_told(error)
        raise
    except ZbdeskError as error:
        note_told(error)
        return fail(str(error), result_of(error), exit_of(error), json=json)
    except BrokenPipeError:
        return Exit.FAILED
    except Exception:
        # The top of the program: what nobody thought of goes to the log whole and to the person as one sentence.
        log.exception("a command ended by a bug")
        sentence = "zbdesk stopped because of a fault in itself. Nothing is lost; the log has the details."
        return fail(sentence, RunResult.FAILED, Exit.FAILED, json=json)
    return int(result) if isinstance(result, int) else Exit.OK


def _open_or_call(arguments: Sequence[str], show_window: Show) -> object:
    window = _plain_window(arguments)
    if window is not None:
        return open_window(window.data_dir, show_window, demo=window.demo, in_tray=window.in_tray, files=window.files)
    from zbdesk.cli import program

    return program.carry_out(arguments, show_window)
