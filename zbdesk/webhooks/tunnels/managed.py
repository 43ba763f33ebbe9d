"""A tunnel program that zbdesk starts, watches, starts again and stops.

Invariant: after ``stop`` nothing of the program is left; while it runs, the public address shown is the one that the
program itself told last.
"""

from __future__ import annotations

import asyncio
import logging
import random
import shutil
from contextlib import suppress
from pathlib import Path

from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import SetupError
from zbdesk.webhooks.tunnels import again
from zbdesk.webhooks.tunnels.base import Local, Tell, Telling, TunnelState
from zbdesk.webhooks.tunnels.children import Child
from zbdesk.webhooks.tunnels.programs import Heard, Program, public_url

log = logging.getLogger(__name__)

FIRST_WAIT = 2.0
LONGEST_WAIT = 300.0
START_WITHIN = 60.0
"""Seconds for a program to tell its address; then it is started again."""

SOUND_AFTER = 60.0
"""Seconds after which a program that ends is taken as one that had worked: the waits begin anew."""


class ProgramMissing(SetupError):
    """The tunnel program is not on this computer."""

    def __init__(self, name: str, place: str = "") -> None:
        where = f"It was looked for at {place}." if place else "It is not on the search path."
        super().__init__(
            f"The program {name} is not installed.",
            f"{where} Install it, or say where it is under Settings, Webhooks, or choose another tunnel.",
            subject=name,
            code="tunnel_program",
        )


def found(name: str, place: str = "") -> str:
    """Return the executable's full path. Raises ``ProgramMissing``."""
    path = shutil.which(place or name)
    if path is None:
        raise ProgramMissing(name, place)
    # A relative search path would make the answer depend on where we stand later.
    return str(Path(path).absolute())


class ManagedProgram(Telling):
    """Runs one ``Program``; see ``Tunnel``. ``place``: where the executable is, else the search path tells."""

    def __init__(
        self,
        local: Local,
        program: Program,
        *,
        clock: Clock,
        rng: random.Random,
        place: str = "",
        tell: Tell | None = None,
        start_within: float = START_WITHIN,
    ) -> None:
        super().__init__(clock, tell)
        self._local = local
        self._program = program
        self._rng = rng
        self._place = place
        self._start_within = start_within
        self._task: asyncio.Task[None] | None = None
        self._child: Child | None = None
        self._base: str | None = None
        self._ways: set[str] = set()
        self._trouble = ""
        self._restarts = 0
        self._tries = 0
        self._up = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """The running program's process id."""
        return None if self._child is None else self._child.pid

    def describe(self) -> str:
        """See ``Tunnel``."""
        return f"{self._program.name}, started here"

    async def start(self) -> None:
        """See ``Tunnel``."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep_running())

    async def stop(self) -> None:
        """See ``Tunnel``."""
        task, self._task = self._task, None
        await again.end(task, "a tunnel")
        self._set(TunnelState.OFF, f"{self._program.name} is stopped.", restarts=self._restarts)

    async def _keep_running(self) -> None:
        while True:
            began = self._clock.monotonic()
            ended = await self._run_once()
            if self._clock.monotonic() - began >= SOUND_AFTER:
                self._tries = 0
            self._tries += 1
            wait = again.wait_before(self._tries, FIRST_WAIT, LONGEST_WAIT, self._rng)
            sentence, remedy = ended
            self._show(TunnelState.BROKEN, sentence, remedy, public=None)
            log.warning("tunnel: %s Trying again in %.0f s", sentence, wait)
            await self._clock.sleep(wait)
            self._restarts += 1

    async def _run_once(self) -> tuple[str, str]:
        """Run the program to its end; return what to say about that, and the remedy."""
        name = self._program.name
        self._base, self._trouble = self._program.base, ""
        self._ways.clear()
        self._up.clear()
        self._show(TunnelState.STARTING, f"{name} is starting.", public=None)
        try:
            executable = await asyncio.to_thread(found, name, self._place)
            command = self._program.command(executable, self._local)
            child = await Child.spawn(command, self._program.variables())
        except SetupError as error:
            return error.title, error.message
        except OSError as error:
            return (
                f"{name} cannot be started: {error.strerror or error}.",
                "Install it again, or choose another tunnel.",
            )
        self._child = child
        log.info("tunnel program %s started", name)
        try:
            return await self._watch(child)
        finally:
            self._child = None
            await child.stop()

    async def _watch(self, child: Child) -> tuple[str, str]:
        name = self._program.name
        reader = asyncio.create_task(self._read(child))
        try:
            await self._until_up(reader)
            # Up once is enough here: it may have lost its connection again before we came to look.
            if not self._up.is_set() and not reader.done():
                said = f" Its last words: {self._trouble}" if self._trouble else ""
                return f"{name} told no public address in {self._start_within:.0f} seconds.{said}", self._remedy()
            await reader
            code = await child.wait()
        finally:
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader
        said = f": {self._trouble}" if self._trouble else f" with code {code}."
        return f"{name} ended{said}", self._remedy()

    async def _until_up(self, reader: asyncio.Task[None]) -> None:
        deadline = asyncio.create_task(self._clock.sleep(self._start_within))
        up = asyncio.create_task(self._up.wait())
        try:
            await asyncio.wait({reader, deadline, up}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (deadline, up):
                task.cancel()
            await asyncio.gather(deadline, up, return_exceptions=True)

    async def _read(self, child: Child) -> None:
        async for line in child.lines():
            heard = self._program.heard(line, self._local)
            if heard is not None:
                self._take(heard)

    def _take(self, heard: Heard) -> None:
        name = self._program.name
        if heard.trouble:
            self._trouble = heard.trouble
        if heard.base is not None:
            self._base = heard.base
        if heard.ready:
            self._ways.add(heard.way)
        if heard.lost:
            self._ways.discard(heard.way)
            if not self._ways and self.status.state is TunnelState.UP:
                said = f": {heard.trouble}" if heard.trouble else "."
                self._show(
                    TunnelState.BROKEN, f"{name} has lost its connection and looks for another{said}", self._remedy()
                )
            return
        if self._base is not None and (self._ways or not self._program.needs_ready):
            self._trouble = ""
            self._show(TunnelState.UP, f"{name} is connected.", public=public_url(self._base, self._local))
            self._up.set()

    def _remedy(self) -> str:
        return self._program.remedy(self._trouble)

    def _show(self, state: TunnelState, sentence: str, remedy: str = "", public: str | None = "") -> None:
        shown = self.status.public_url if public == "" else public
        self._set(state, sentence, remedy=remedy, public_url=shown, restarts=self._restarts)
