"""Tunnel (b): programs that are started, watched, started again and stopped. Stand-ins print the real formats."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from zbdesk.webhooks.tunnels.base import Local, TunnelState
from zbdesk.webhooks.tunnels.children import Child
from zbdesk.webhooks.tunnels.cloudflared import Cloudflared
from zbdesk.webhooks.tunnels.managed import ManagedProgram
from zbdesk.webhooks.tunnels.ngrok import Ngrok
from zbdesk.webhooks.tunnels.programs import Program

from .fakes import CLOUDFLARED, NGROK, program
from .parts import CLOCK, Statuses, until

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.logs("Trying again"),
    pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts with a POSIX first line"),
]
LOCAL = Local("http://127.0.0.1:8971", "/webhooks/zoho/k3y")


class Hasty:
    """A clock whose long waits are short: backoff is looked at, not sat through."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def now(self):
        """See ``Clock``."""
        return CLOCK.now()

    def monotonic(self) -> float:
        """See ``Clock``."""
        return CLOCK.monotonic()

    async def sleep(self, seconds: float) -> None:
        """See ``Clock``."""
        self.waits.append(seconds)
        await CLOCK.sleep(min(seconds, 0.05) if seconds < 30 else seconds)


def managed(kind: Program, place: Path, told: Statuses, clock: Hasty | None = None, **more: float) -> ManagedProgram:
    """One under watch."""
    return ManagedProgram(
        LOCAL, kind, clock=clock or Hasty(), rng=random.Random(7), place=str(place), tell=told, **more
    )


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("kind", "text", "address"),
    [
        (Cloudflared(), CLOUDFLARED, "https://quiet-river-4d7f.trycloudflare.com"),
        (Ngrok(), NGROK, "https://quiet-river-4d7f.ngrok-free.app"),
    ],
)
async def test_the_address_is_read_from_the_programs_output(
    tmp_path: Path, kind: Program, text: str, address: str
) -> None:
    """Up means: the program told its address; the path of the listener stands behind it."""
    told = Statuses()
    tunnel = managed(kind, program(tmp_path, kind.name, text), told)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    pid = tunnel.pid
    assert tunnel.status.public_url == address + LOCAL.path
    assert pid is not None
    assert alive(pid)
    await tunnel.stop()
    await tunnel.stop()
    assert not alive(pid)
    assert told.states == [TunnelState.STARTING, TunnelState.UP, TunnelState.OFF]


async def test_a_program_that_dies_is_started_again_with_growing_waits(tmp_path: Path) -> None:
    """A crash costs one wait; the new address of the new run is told."""
    told, clock = Statuses(), Hasty()
    place = program(tmp_path, "cloudflared", CLOUDFLARED, label="first", then="sys.exit(3)")
    tunnel = managed(Cloudflared(), place, told, clock)
    await tunnel.start()
    await until(lambda: tunnel.status.restarts >= 2)
    program(tmp_path, "cloudflared", CLOUDFLARED, label="second")
    await until(lambda: (tunnel.status.public_url or "").startswith("https://second."))
    await tunnel.stop()
    backoffs = [wait for wait in clock.waits if wait < 30]
    assert backoffs[0] <= 2.0 < backoffs[1] <= 4.0 or backoffs[0] < backoffs[1]
    assert any(status.sentence == "cloudflared ended with code 3." for status in told)
    assert next(status.public_url for status in told if status.state is TunnelState.BROKEN) is None


async def test_the_programs_own_last_word_is_passed_on(tmp_path: Path) -> None:
    """Why it ended stands in the sentence, with the remedy that fits."""
    told = Statuses()
    tunnel = managed(Cloudflared(), program(tmp_path, "cloudflared", CLOUDFLARED, refused=True), told)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    await tunnel.stop()
    broken = next(status for status in told if status.state is TunnelState.BROKEN)
    assert broken.sentence == "cloudflared ended: failed to request quick Tunnel: 429 Too Many Requests"
    assert "Wait an hour" in broken.remedy


async def test_a_program_that_tells_no_address_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    """A silent program counts as broken after its time, and is ended."""
    told = Statuses()
    place = program(tmp_path, "cloudflared", "#!/bin/sh\nexec sleep 600\n")
    tunnel = managed(Cloudflared(), place, told, start_within=0.2)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    await tunnel.stop()
    assert any("told no public address" in status.sentence for status in told)


async def test_a_lost_connection_is_told_while_the_program_runs_on(tmp_path: Path) -> None:
    """Cloudflared looks for another edge by itself; meanwhile the way is shown as broken."""
    told = Statuses()
    then = (
        'say("ERR", \'Serve tunnel error error="timeout: no recent network activity" connIndex=0\');'
        'time.sleep(0.3); say("INF", "Registered tunnel connection connIndex=0 ip=198.41.192.9"); stay()'
    )
    tunnel = managed(Cloudflared(), program(tmp_path, "cloudflared", CLOUDFLARED, then=then), told)
    await tunnel.start()
    await until(lambda: list(told.states).count(TunnelState.UP) == 2)
    await tunnel.stop()
    assert told.states == [
        TunnelState.STARTING,
        TunnelState.UP,
        TunnelState.BROKEN,
        TunnelState.UP,
        TunnelState.OFF,
    ]
    assert tunnel.status.restarts == 0


async def test_a_missing_program_is_a_sentence_and_not_a_crash(tmp_path: Path) -> None:
    """Not installed: it is said, and looked for again, since somebody may install it now."""
    told = Statuses()
    tunnel = managed(Ngrok(), tmp_path / "ngrok", told)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    assert tunnel.status.sentence == "The program ngrok is not installed."
    program(tmp_path, "ngrok", NGROK)
    await until(lambda: tunnel.status.state is TunnelState.UP)
    await tunnel.stop()


async def test_a_program_that_ignores_being_asked_is_killed_with_its_children(tmp_path: Path) -> None:
    """Stop leaves nothing, neither a stubborn program nor what it has started."""
    place = program(tmp_path, "stubborn", "#!/bin/sh\ntrap '' TERM\nsleep 600 &\necho $!\nwait\nsleep 600\n")
    child = await Child.spawn([str(place)])
    grandchild = int(await anext(child.lines()))
    assert alive(grandchild)
    await child.stop(grace=0.2)
    await until(lambda: not alive(grandchild))
    assert not alive(child.pid)


async def test_a_child_sees_none_of_our_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The passphrase of the vault, which may stand in a variable, is not handed on."""
    monkeypatch.setenv("ZBDESK_VAULT_PASSPHRASE", "correct horse")
    place = program(tmp_path, "shows", "#!/bin/sh\nenv\n")
    child = await Child.spawn([str(place)], {"TUNNEL_TOKEN": "t0k"})
    lines = [line async for line in child.lines()]
    await child.stop()
    assert "TUNNEL_TOKEN=t0k" in lines
    assert not any("correct horse" in line for line in lines)


async def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """Output without line breaks comes in pieces of a bounded size."""
    place = program(tmp_path, "floods", "#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' x\n")
    child = await Child.spawn([str(place)])
    sizes = [len(line) async for line in child.lines()]
    await child.stop()
    assert sum(sizes) == 300000
    assert max(sizes) <= 64 * 1024


_PARENT = """
import asyncio, sys
from zbdesk.webhooks.tunnels.children import Child
async def main():
    child = await Child.spawn([sys.argv[1]])
    print(child.pid, flush=True)
    print(await anext(child.lines()), flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_a_parent_that_is_killed_leaves_no_child(tmp_path: Path) -> None:
    """Kill -9 of zbdesk ends the tunnel program and what that has started, though nobody could tell them."""
    place = program(tmp_path, "tunnel", "#!/bin/sh\nsleep 600 &\necho $!\nwait\n")
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PARENT, str(place), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child, grandchild = int(await parent.stdout.readline()), int(await parent.stdout.readline())
    assert alive(child)
    assert alive(grandchild)
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    await until(lambda: not alive(child) and not alive(grandchild))


async def test_the_guard_goes_when_the_child_has_ended(tmp_path: Path) -> None:
    """A guard left behind could end a stranger that has got the same number later."""
    place = program(tmp_path, "short", "#!/bin/sh\nexit 0\n")
    child = await Child.spawn([str(place)])
    guard = child._guard
    assert guard is not None
    await child.wait()
    await child.stop()
    assert guard.returncode == 0
