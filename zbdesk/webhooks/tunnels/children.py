"""Programs that zbdesk starts beside itself, and that never outlive it.

A child gets a process group of its own, no input, none of our variables, and no shell in between. It ends with ``stop``
(asked first, then killed, with all of its own children) and it ends when zbdesk is killed without a chance to say
anything: on POSIX a guard process waits at a pipe that only closes when we are gone; on Windows the system ends a job
object's members with the last handle on it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress

if sys.platform == "win32":
    from zbdesk.webhooks.tunnels import jobs

LONGEST_LINE = 64 * 1024
GRACE = 3.0
"""Seconds between asking a program to end and killing it."""

_GUARD = 'read -r word; [ "$word" = done ] && exit 0; kill -TERM "-$1"; sleep 2; kill -KILL "-$1"'
"""Run by the guard: the word comes from us when the child has ended; the end of the pipe means that we were killed."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that a child sees: ours without anything of zbdesk's own, and ``extra``."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ZBDESK_")} | dict(extra)


class Child:
    """One running program; made by ``Child.spawn``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._guard: asyncio.subprocess.Process | None = None
        self._job: object | None = None

    @classmethod
    async def spawn(cls, command: Sequence[str], variables: Mapping[str, str] | None = None) -> Child:
        """Start a program by its full command line. Raises ``OSError`` where it cannot be started."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=environment(variables or {}),
            limit=LONGEST_LINE,
            start_new_session=sys.platform != "win32",
            creationflags=_NO_WINDOW,
        )
        child = cls(process)
        try:
            await child._guarded()
        except BaseException:
            await child.stop(grace=0.0)
            raise
        return child

    @property
    def pid(self) -> int:
        """The process id, which on POSIX is that of its group too."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.returncode

    async def lines(self) -> AsyncIterator[str]:
        """Yield what it prints, on both of its outputs, until it closes them. Overlong lines come in pieces."""
        stream = self._process.stdout
        if stream is None:
            return
        while True:
            try:
                line = await stream.readuntil(b"\n")
            except asyncio.IncompleteReadError as rest:
                if rest.partial:
                    yield rest.partial.decode(errors="replace")
                return
            except asyncio.LimitOverrunError as overrun:
                line = await stream.readexactly(max(1, min(overrun.consumed, LONGEST_LINE)))
            yield line.decode(errors="replace").rstrip("\r\n")

    async def wait(self) -> int:
        """Wait until it has ended and return how."""
        return await self._process.wait()

    async def stop(self, grace: float = GRACE) -> None:
        """End it and everything that it started, within ``grace`` seconds and a moment. Twice is harmless."""
        if self._process.returncode is None and grace > 0:
            self._signal(_TERM)
            with suppress(TimeoutError):
                async with asyncio.timeout(grace):
                    await self._drained()
        # Its own children may still be there, also when it has ended itself.
        self._signal(_KILL)
        await self._drained()
        await self._dismiss_guard()

    async def _drained(self) -> None:
        """Read what is left while waiting: a program that cannot write does not end."""
        stream = self._process.stdout
        while stream is not None and await stream.read(LONGEST_LINE):
            continue
        await self._process.wait()

    def _signal(self, number: int) -> None:
        if sys.platform == "win32":
            if self._process.returncode is None:
                with suppress(ProcessLookupError):
                    self._process.kill() if number == _KILL else self._process.terminate()
            if number == _KILL:
                jobs.end(self._job)
            return
        with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
            os.killpg(self._process.pid, number)

    async def _guarded(self) -> None:
        if sys.platform == "win32":
            self._job = jobs.holding(self._process.pid)
            return
        self._guard = await asyncio.create_subprocess_exec(
            "/bin/sh",
            "-c",
            _GUARD,
            "zbdesk-guard",
            str(self._process.pid),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", "/bin:/usr/bin")},
            start_new_session=True,
        )

    async def _dismiss_guard(self) -> None:
        guard, self._guard = self._guard, None
        if guard is None or guard.stdin is None:
            return
        with suppress(BrokenPipeError, ConnectionResetError):
            guard.stdin.write(b"done\n")
            await guard.stdin.drain()
        guard.stdin.close()
        await guard.wait()


_TERM: int = signal.SIGTERM
_KILL: int = getattr(signal, "SIGKILL", 9)
_NO_WINDOW: int = 0x0800_0000 if sys.platform == "win32" else 0
