"""``ssh -R``: how it is started and what it prints. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from zbdesk.webhooks.tunnels.address import checked
from zbdesk.webhooks.tunnels.base import Local
from zbdesk.webhooks.tunnels.programs import Heard, word

_ALLOCATED = re.compile(r"^Allocated port (\d+) for remote forward")
_SSH_TROUBLES = (
    "Permission denied",
    "Host key verification failed",
    "REMOTE HOST IDENTIFICATION HAS CHANGED",
    "remote port forwarding failed",
    "Connection refused",
    "Connection timed out",
    "Could not resolve hostname",
    "No route to host",
    "Network is unreachable",
    "Connection closed by",
    "Connection reset by",
    "Timeout, server",
    "not responding",
    "Identity file",
    "Load key",
)
_SSH_REMEDIES = (
    (
        "Permission denied",
        "Put this computer's public key on the server, and start the key's agent if it has a passphrase.",
    ),
    ("Identity file", "Choose the key file again: it is not where the settings say."),
    ("Load key", "The key file cannot be used. Choose another, or make it readable for you alone."),
    (
        "CHANGED",
        "The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.",
    ),
    ("Host key", "The server is not known here yet. Sign in to it once by hand with ssh and compare its key."),
    (
        "forwarding failed",
        "The port is taken on the server, or its sshd does not allow forwarding. Choose another port.",
    ),
    ("resolve", "Look at the server's name and at the network."),
)


@dataclass(frozen=True, slots=True)
class Ssh:
    """``ssh -R``: a port of a server of your own leads here; the server's web server makes it https.

    ``public``: the address that its web server gives the port; ``{port}`` in it stands for the port that the server
    chose, where ``remote_port`` is 0. ``bind``: the server's own address to listen at, empty for its loopback.
    """

    destination: str
    public: str
    port: int = 22
    remote_port: int = 8971
    bind: str = "localhost"
    identity: str = ""
    known_hosts: str = ""
    name: str = "ssh"
    needs_ready: bool = True

    @property
    def base(self) -> str | None:
        """See ``Program``."""
        return None if "{port}" in self.public else checked(self.public)

    def command(self, executable: str, local: Local) -> list[str]:
        """See ``Program``. Asks nothing, trusts no unknown server, keeps itself alive, ends when the port is taken."""
        options = {
            "BatchMode": "yes",
            "StrictHostKeyChecking": "yes",
            "ExitOnForwardFailure": "yes",
            "ServerAliveInterval": "15",
            "ServerAliveCountMax": "3",
            "ConnectTimeout": "20",
            "ControlMaster": "no",
            "ControlPath": "none",
            "ClearAllForwardings": "no",
            "ForwardAgent": "no",
            "PermitLocalCommand": "no",
        }
        if self.known_hosts:
            options["UserKnownHostsFile"] = f'"{self.known_hosts}"'
        command = [executable, "-N", "-T", "-v"]
        for name, value in options.items():
            command += ["-o", f"{name}={value}"]
        if self.identity:
            command += ["-i", self.identity, "-o", "IdentitiesOnly=yes"]
        front = f"{self.bind}:" if self.bind else ""
        command += ["-R", f"{front}{self.remote_port}:{urlsplit(local.origin).netloc}", "-p", str(self.port)]
        return [*command, "--", word("server", self.destination)]

    def variables(self) -> Mapping[str, str]:
        """See ``Program``: ssh takes its keys from its own agent and files."""
        return {}

    def heard(self, line: str, local: Local) -> Heard | None:  # noqa: ARG002 - every program is asked alike
        """See ``Program``. Lines of ``-v`` begin with ``debug1:``."""
        allocated = _ALLOCATED.match(line)
        if allocated and "{port}" in self.public:
            return Heard(base=checked(self.public.replace("{port}", allocated[1])), ready=True)
        # Newer clients say "forwarding", older ones "forward"; both say it only after the server agreed.
        if "remote forward success for" in line or "remote forwarding success" in line:
            return Heard(ready=True) if "{port}" not in self.public else None
        if line.startswith(("debug", "OpenSSH")):
            return None
        if any(sign in line for sign in _SSH_TROUBLES):
            return Heard(trouble=line.strip())
        return None

    def remedy(self, trouble: str) -> str:
        """See ``Program``."""
        for sign, remedy in _SSH_REMEDIES:
            if sign in trouble:
                return remedy
        return "It is tried again by itself. Look at the network and whether the server is up."
