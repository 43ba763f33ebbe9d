"""``sync``: one pass to the end. ``run``: the background loop without a window."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import signal
from contextlib import AsyncExitStack
from datetime import datetime
from math import ceil
from typing import Annotated, Any, NoReturn

import typer

from zbdesk.app.desk import Desk
from zbdesk.app.log import note_told
from zbdesk.cli import shapes
from zbdesk.cli.interrupts import Interrupted, run_tidily
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import EXIT_OF_RESULT, AnswerLost, Exit, document, exit_of, result_of, say, show
from zbdesk.cli.place import Place
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import module as find_module
from zbdesk.domain.pace import PATIENCE
from zbdesk.domain.status import RunKind, RunResult
from zbdesk.sync.commands import Command
from zbdesk.sync.events import CallsUsed, Elsewhere, Event, ModuleProgress, RunFinished

log = logging.getLogger(__name__)

WORTH_A_WORD = 3.0
"""Seconds of standing still that are announced."""

WAITING = "Zoho Books asks for a pause until {until:%H:%M:%S} UTC. Waiting; it goes on by itself. Ctrl+C ends it here."
MINUTE_USED = "The calls of this minute are used, also by what ran before. The next one is made in {seconds} seconds."
STOPPED = "Stopped before anything was asked for. What is here stays."


def sync(
    context: typer.Context,
    *,
    full: Annotated[bool, typer.Option("--full", help="Read every list to its end and find deletions.")] = False,
    module: Annotated[list[str] | None, typer.Option(help="Only this module; may stand several times.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be written; no call to Zoho is made.")
    ] = False,
    allow_large: Annotated[
        bool, typer.Option("--allow-large", help="Write even more than the limits in the settings allow.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """One pass to the end."""
    place: Place = context.obj
    if dry_run:
        _dry_run(place, json=json)
    teller = Teller(quiet=json)
    try:
        names = tuple(find_module(name).name for name in module or ())
        with place.open() as desk:
            desk.acquire("sync")
            run_tidily(one_pass(desk, teller, full=full, modules=names, allow_large=allow_large))
    except Interrupted:
        if teller.finished is None:
            _without_a_pass(RunResult.INTERRUPTED, STOPPED, Exit.INTERRUPTED, json=json)
    except ZbdeskError as error:
        note_told(error)
        _without_a_pass(result_of(error), str(error), exit_of(error), json=json)
    finished = teller.finished
    if finished is None:
        raise RuntimeError("a pass ended without saying how")
    if json:
        document(shapes.sync(finished))
    if finished.result in {RunResult.FAILED, RunResult.NEEDS_SIGN_IN}:
        log.warning("told: %s", finished.message)
    say(finished.message)
    raise typer.Exit(EXIT_OF_RESULT[finished.result])


def _without_a_pass(result: RunResult, message: str, code: Exit, *, json: bool) -> NoReturn:
    """The answer where no pass began."""
    if json:
        document(shapes.failed_sync(result.value, message))
    say(message)
    raise typer.Exit(code)


class Teller:
    """Tells a person how far a pass is, and keeps how it ended: also for one that a signal stopped.

    ``quiet`` leaves out how far it is, never that it waits: who watches a pass that stands still wants to know why.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._waits_until: datetime | None = None
        self.clock: Clock | None = None
        """What a pause is measured by; given when the pass begins."""
        self.finished: RunFinished | None = None

    def __call__(self, event: Event) -> None:
        """One event of the engine."""
        if isinstance(event, RunFinished):
            self.finished = event
        elif isinstance(event, CallsUsed):
            self._tell_wait(event.paused_until)
        elif isinstance(event, ModuleProgress) and event.finished and not self._quiet:
            say(f"{event.module}: {event.done} here, {event.new} new, {event.changed} changed, {event.deleted} deleted")

    def _tell_wait(self, until: datetime | None) -> None:
        """Once for each pause; one too long to be waited out stands in how the pass ended."""
        before, self._waits_until = self._waits_until, until
        if until is None or until == before or self.clock is None:
            return
        if (until - self.clock.now()).total_seconds() <= PATIENCE:
            say(WAITING.format(until=until))


async def one_pass(
    desk: Desk, teller: Teller, *, full: bool = False, modules: tuple[str, ...] = (), allow_large: bool = False
) -> None:
    """One pass to the end; how it ended is in ``teller``."""
    teller.clock = desk.surroundings.clock
    async with desk.engine(teller) as engine:
        kind = RunKind.FULL if full else None
        seconds = engine.minute_free_in()
        if seconds >= WORTH_A_WORD:
            say(MINUTE_USED.format(seconds=ceil(seconds)))
        await engine.run_pass(kind=kind, modules=modules, cause="user", allow_large=allow_large, events=True)


def _dry_run(place: Place, *, json: bool) -> NoReturn:
    """What would leave, as things stand here; works beside a running window."""
    from zbdesk.app.build import limits_of
    from zbdesk.cli import run_shapes

    with place.open() as desk:
        limits = limits_of(desk.settings)
        found = desk.read(lambda reader: reader.whole_runs().dry_run(limits)).result()
    if json:
        document(run_shapes.dry_run(found))
    else:
        for line in run_shapes.dry_lines(found):
            show(line)
    if found.limits:
        say("This is more than the limits in the settings allow: `zbdesk sync` would ask first.")
    raise typer.Exit(Exit.ATTENTION if found.limits else Exit.OK)


def run(
    context: typer.Context,
    *,
    all_organizations: Annotated[
        bool, typer.Option("--all-organizations", help="Sync every organization that is signed in, side by side.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Sync in the background until SIGINT or SIGTERM."""
    place: Place = context.obj
    try:
        with place.open() as desk:
            desk.acquire("run")
            run_tidily(_loop(desk, together=all_organizations, json=json))
    except Interrupted as stopped:
        raise typer.Exit(Exit.INTERRUPTED if stopped.number == signal.SIGINT else Exit.OK) from stopped
    except ZbdeskError as error:
        note_told(error)
        if json:
            document({"event": "failed", "result": result_of(error).value, "message": str(error)})
        say(str(error))
        raise typer.Exit(exit_of(error)) from error


async def _loop(desk: Desk, *, together: bool, json: bool) -> None:
    this = asyncio.current_task()
    lost: list[OSError | ZbdeskError] = []
    early: list[Event] = []
    ready = False

    def listen(event: Event) -> None:
        if not ready:
            # What begins beside the engine may have something to tell before all of it has begun; "ready" is first.
            early.append(event)
            return
        try:
            _tell(event, json=json)
        except (OSError, AnswerLost) as error:
            # Nobody reads any more. The engine takes what a listener raises for a bug; ending the loop is tidy.
            if not lost and this is not None:
                this.cancel()
            lost.append(error)

    try:
        async with AsyncExitStack() as stack:
            engine = await stack.enter_async_context(desk.attended(listen, lasting=together))
            if together:
                await stack.enter_async_context(desk.beside(engine, listen))
            if json:
                document({"event": "ready"})
            else:
                say("Syncing in the background. Ctrl+C ends it.")
            ready = True
            for event in early:
                listen(event)
            await engine.run_forever(asyncio.Queue[Command]())
    except asyncio.CancelledError:
        if not lost:
            raise
        raise lost[0] from None


def _tell(event: Event, *, json: bool) -> None:
    """One event of the loop for a program or for people."""
    if json:
        document(_event(event))
    elif isinstance(event, RunFinished):
        say(event.message)
    elif isinstance(event, Elsewhere) and isinstance(event.event, RunFinished):
        say(f"{event.organization}: {event.event.message}")


def _event(event: Event) -> dict[str, Any]:
    """One line of ``run --json``: the event's name in words and its fields.

    One that carries ``organization_name`` is of an organization beside the one in use.
    """
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__).strip("_")
    if isinstance(event, Elsewhere):
        return {**_event(event.event), "connection_id": event.connection_id, "organization_name": event.organization}
    if isinstance(event, RunFinished):
        return {"event": name, **shapes.sync(event)}
    fields = dataclasses.asdict(event)
    if isinstance(event, CallsUsed):
        fields = {"api_calls_today": event.used, "api_calls_limit": event.limit, "paused_until": event.paused_until}
    return {"event": name, **fields}
