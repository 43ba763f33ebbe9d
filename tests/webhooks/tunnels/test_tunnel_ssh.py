"""Tunnel (b) with the real OpenSSH client against a real SSH server: forwarding, loss, refusal, sudden death."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from zbdesk.webhooks.roundtrip import Way, WayTester
from zbdesk.webhooks.tunnels.base import TunnelState
from zbdesk.webhooks.tunnels.managed import ManagedProgram
from zbdesk.webhooks.tunnels.ssh import Ssh

from .parts import CLOCK, SECRET, SSH, Near, Statuses, client, event, free_port, near_end, send, until
from .test_tunnel_managed import Hasty, alive

asyncssh = pytest.importorskip("asyncssh", reason="asyncssh is not installed: it is the server at the other end")

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.logs("Trying again"),
    pytest.mark.skipif(SSH is None, reason="OpenSSH's client is not installed"),
    # asyncssh calls what the cryptography library is about to drop for old ciphers that nobody uses here.
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:asyncssh"),
]


class Server(asyncssh.SSHServer):
    """Lets whoever has the key forward ports of loopback, and nothing else."""

    allowed = True

    def begin_auth(self, username: str) -> bool:
        """Ask for a key."""
        return True

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Forward, where this server allows it."""
        return self.allowed


class Strict(Server):
    """A server whose administrator allows no forwarding."""

    allowed = False


class Far:
    """The far end: an SSH server that can be stopped and started at one port, and the files of its client."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.remote_port = free_port()
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        user_key = asyncssh.generate_private_key("ssh-ed25519")
        self.identity = folder / "id"
        user_key.write_private_key(str(self.identity))
        self.identity.chmod(0o600)
        (folder / "authorized").write_bytes(user_key.export_public_key())
        self.known_hosts = folder / "known hosts"  # a space, as in a user's name on Windows
        self.trust(self.host_key)

    def trust(self, key: asyncssh.SSHKey) -> None:
        """Make this the server's key that the client knows."""
        public = key.export_public_key().decode().strip()
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {public}\n")

    async def start(self, kind: type[Server] = Server) -> None:
        """Serve."""
        self._acceptor = await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_factory=kind,
            server_host_keys=[self.host_key],
            authorized_client_keys=str(self.folder / "authorized"),
        )

    async def stop(self) -> None:
        """Be gone, connections and all."""
        if self._acceptor is not None:
            self._acceptor.close()
            await self._acceptor.wait_closed()
            self._acceptor = None

    def program(self, **changes: object) -> Ssh:
        """The tunnel's settings for this server."""
        values: dict[str, object] = {
            "destination": "hooks@127.0.0.1",
            "public": f"http://127.0.0.1:{self.remote_port}",
            "port": self.port,
            "remote_port": self.remote_port,
            "identity": str(self.identity),
            "known_hosts": str(self.known_hosts),
        }
        return Ssh(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
async def far(tmp_path: Path) -> AsyncIterator[Far]:
    """The far end, running."""
    made = Far(tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def near(tmp_path: Path) -> AsyncIterator[Near]:
    """The listener."""
    async with near_end(tmp_path) as made:
        yield made


def tunnel_of(near: Near, kind: Ssh, told: Statuses) -> ManagedProgram:
    """One under watch."""
    return ManagedProgram(near.local, kind, clock=Hasty(), rng=random.Random(3), tell=told)


async def test_signed_events_come_through_ssh(near: Near, far: Far) -> None:
    """A port of the server leads to the listener; bodies arrive byte for byte; the round trip finds all well."""
    told = Statuses()
    tunnel = tunnel_of(near, far.program(), told)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    url = tunnel.status.public_url
    assert url == f"http://127.0.0.1:{far.remote_port}{near.listener.path}"
    sent = [event(1), event(2, 900_000)]
    async with client() as http:
        assert [await send(http, url, body) for body in sent] == [200, 200]
        found = await WayTester(http, clock=CLOCK, nonce=lambda: "n").test(
            Way(url, near.listener.local_url, SECRET, tunnel=tunnel.describe())
        )
    assert found.ok
    assert near.bodies() == sent
    assert near.verified() == [True, True]
    pid = tunnel.pid
    await tunnel.stop()
    assert pid is not None
    assert not alive(pid)


async def test_a_server_that_was_away_is_reached_again(near: Near, far: Far) -> None:
    """The server restarts: ssh ends, is started again, and the same address works."""
    told = Statuses()
    tunnel = tunnel_of(near, far.program(), told)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    first = tunnel.pid
    assert first is not None
    await far.stop()
    os.kill(first, signal.SIGKILL)  # what a server that is switched off does to it, without waiting a minute for it
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    await until(lambda: any("Connection refused" in status.sentence for status in told))
    await far.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    async with client() as http:
        assert await send(http, tunnel.status.public_url or "", event(3)) == 200
    assert tunnel.status.restarts >= 1
    await tunnel.stop()


@pytest.mark.parametrize(
    ("fault", "sentence", "remedy"),
    [
        ("key", "Permission denied", "Put this computer's public key on the server"),
        ("host", "Host key verification failed", "compare its key"),
        ("forwarding", "forwarding failed", "Choose another port"),
        ("away", "Connection refused", "whether the server is up"),
    ],
)
async def test_what_a_server_refuses_is_said_in_its_words_with_a_remedy(
    near: Near, far: Far, tmp_path: Path, fault: str, sentence: str, remedy: str
) -> None:
    """No key, an unknown server, no forwarding, nobody there: each is told apart."""
    told = Statuses()
    changes: dict[str, object] = {}
    if fault == "key":
        other = tmp_path / "other"
        asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(other))
        other.chmod(0o600)
        changes["identity"] = str(other)
    elif fault == "host":
        far.known_hosts.write_text("")
    elif fault == "forwarding":
        await far.stop()
        await far.start(Strict)
    else:
        await far.stop()
    tunnel = tunnel_of(near, far.program(**changes), told)
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.BROKEN)
    broken = tunnel.status
    await tunnel.stop()
    assert sentence in broken.sentence
    assert remedy in broken.remedy


_PARENT = """
import asyncio, random, sys
from zbdesk.app.clock import SystemClock
from zbdesk.webhooks.tunnels.base import Local
from zbdesk.webhooks.tunnels.managed import ManagedProgram
from zbdesk.webhooks.tunnels.ssh import Ssh
port, remote, identity, known = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
async def main():
    kind = Ssh("hooks@127.0.0.1", f"http://127.0.0.1:{remote}", port, remote, "localhost", identity, known)
    def tell(status):
        print(status.state.value, tunnel.pid, flush=True)
    local = Local("http://127.0.0.1:9", "/x")
    tunnel = ManagedProgram(local, kind, clock=SystemClock(), rng=random.Random(), tell=tell)
    await tunnel.start()
    await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_killing_zbdesk_leaves_no_ssh_behind(far: Far) -> None:
    """Kill -9 of the parent: the real ssh ends within seconds, and the server's port is free again."""
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _PARENT,
        str(far.port),
        str(far.remote_port),
        str(far.identity),
        str(far.known_hosts),
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    pid = 0
    async with asyncio.timeout(20):
        while True:
            state, told = (await parent.stdout.readline()).decode().split()
            if state == "up":
                pid = int(told)
                break
    assert alive(pid)
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    await until(lambda: not alive(pid))


async def test_nothing_listens_on_the_server_once_the_tunnel_is_stopped(near: Near, far: Far) -> None:
    """Stop closes the way: the port on the server answers nobody."""
    tunnel = tunnel_of(near, far.program(), Statuses())
    await tunnel.start()
    await until(lambda: tunnel.status.state is TunnelState.UP)
    url = tunnel.status.public_url or ""
    await tunnel.stop()
    async with client() as http:
        with pytest.raises(httpx.ConnectError):
            await send(http, url, event(1))
