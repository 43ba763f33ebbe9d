"""``sync``: one pass to the end. ``run``: the background loop without a window."""

from __future__ import annotations

import asyncio
import dataclasses
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, Any

import typer

from zbdesk.app.desk import Desk, NotConnected
from zbdesk.cli import shapes
from zbdesk.cli.output import EXIT_OF_RESULT, Exit, document, exit_of, say
from zbdesk.cli.place import JsonOption, Place
from zbdesk.domain.errors import AuthError, ZbdeskError
from zbdesk.domain.modules import module as find_module
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.sync.commands import Command
from zbdesk.sync.events import CallsUsed, Event, ModuleProgress, RunFinished


def sync(
    context: typer.Context,
    *,
    full: Annotated[bool, typer.Option("--full", help="Read every list to its end and find deletions.")] = False,
    module: Annotated[list[str] | None, typer.Option(help="Only this module; may stand several times.")] = None,
    json: JsonOption = False,
) -> None:
    """One pass to the end."""
    place: Place = context.obj
    try:
        names = tuple(find_module(name).name for name in module or ())
        with place.open() as desk:
            desk.acquire("sync")
            finished = asyncio.run(_one_pass(desk, full=full, modules=names, quiet=json))
    except ZbdeskError as error:
        code = exit_of(error)
        if json:
            result = RunResult.NEEDS_SIGN_IN if isinstance(error, AuthError) else RunResult.FAILED
            document(shapes.failed_sync(result.value, str(error)))
        say(str(error))
        raise typer.Exit(code) from error
    if json:
        document(shapes.sync(finished))
    say(finished.message)
    raise typer.Exit(EXIT_OF_RESULT[finished.result])


async def _one_pass(desk: Desk, *, full: bool, modules: tuple[str, ...], quiet: bool) -> RunFinished:
    """A pass that SIGINT and SIGTERM end tidily: what is here stays, and the answer says ``interrupted``."""

    def listen(event: Event) -> None:
        if not quiet and isinstance(event, ModuleProgress) and event.finished:
            say(f"{event.module}: {event.done} here, {event.new} new, {event.changed} changed, {event.deleted} deleted")

    async with desk.engine(listen) as engine:
        task = asyncio.ensure_future(
            engine.run_pass(kind=RunKind.FULL if full else None, modules=modules, cause="user")
        )
        with _signals_cancel(task):
            return await task


@contextmanager
def _signals_cancel(task: asyncio.Future[Any]) -> Iterator[list[int]]:
    """While it lasts, SIGINT and SIGTERM cancel the task instead of raising in the middle of anything.

    Yields the list that those received are noted in.
    """
    received: list[int] = []
    loop = asyncio.get_running_loop()

    def stop(number: int) -> None:
        received.append(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows' loop takes no handlers; there Ctrl+C cancels the main task by itself.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stop, number)
    try:
        yield received
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)


def run(context: typer.Context, *, json: JsonOption = False) -> None:
    """Sync in the background until SIGINT or SIGTERM."""
    place: Place = context.obj
    with place.open() as desk:
        desk.acquire("run")
        if desk.read(lambda reader: reader.connection()).result() is None:
            raise NotConnected
        ended_by = asyncio.run(_loop(desk, json=json))
    raise typer.Exit(Exit.INTERRUPTED if ended_by == signal.SIGINT else Exit.OK)


async def _loop(desk: Desk, *, json: bool) -> int | None:
    def listen(event: Event) -> None:
        if json:
            document(_event(event))
        elif isinstance(event, RunFinished):
            say(event.message)

    async with desk.engine(listen) as engine:
        commands: asyncio.Queue[Command] = asyncio.Queue()
        task = asyncio.ensure_future(engine.run_forever(commands))
        with _signals_cancel(task) as received:
            if json:
                document({"event": "ready"})
            else:
                say("Syncing in the background. Ctrl+C ends it.")
            with suppress(asyncio.CancelledError):
                await task
            return received[0] if received else None


def _event(event: Event) -> dict[str, Any]:
    """One line of ``run --json``: the event's name in words and its fields."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__).strip("_")
    if isinstance(event, RunFinished):
        return {"event": name, **shapes.sync(event)}
    fields = dataclasses.asdict(event)
    if isinstance(event, CallsUsed):
        fields = {"api_calls_today": event.used, "api_calls_limit": event.limit, "paused_until": event.paused_until}
    return {"event": name, **fields}
