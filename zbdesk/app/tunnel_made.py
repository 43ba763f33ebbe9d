"""Which tunnel the settings ask for, made ready to start. The only place that knows all kinds."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from zbdesk.app.setting_keys import KEYS
from zbdesk.app.settings import Settings
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import SetupError
from zbdesk.webhooks.tunnels.address import BadAddress
from zbdesk.webhooks.tunnels.base import Local, Tell, Tunnel
from zbdesk.webhooks.tunnels.cloudflared import Cloudflared
from zbdesk.webhooks.tunnels.managed import ManagedProgram
from zbdesk.webhooks.tunnels.ngrok import Ngrok
from zbdesk.webhooks.tunnels.own import OwnAddress
from zbdesk.webhooks.tunnels.programs import Program
from zbdesk.webhooks.tunnels.relay import Intake, PullRelay, RelayFormat
from zbdesk.webhooks.tunnels.ssh import Ssh


class TunnelIncomplete(SetupError):
    """The tunnel that was chosen lacks a setting."""

    def __init__(self, kind: str, lacks: str) -> None:
        super().__init__(
            f"The tunnel {kind} is not set up to its end.",
            f"{lacks} See `zbdesk webhooks tunnel --help`, or choose another one.",
            code="tunnel_settings",
        )


def wishes(settings: Settings) -> tuple[object, ...]:
    """What of the settings makes a tunnel: while it is the same, the one that runs is the right one."""
    names = [key.name for key in KEYS if key.name.startswith(("tunnel", "ssh_", "relay_"))]
    return tuple(getattr(settings, name) for name in names)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tunnel is made of. ``public_url``: what a person pasted as their own address, empty for none."""

    settings: Settings
    local: Local
    clock: Clock
    public_url: str = ""
    token: str = ""


def made(
    wanted: Wanted,
    *,
    http: httpx.AsyncClient,
    intake: Intake,
    tell: Tell,
    position: Callable[[str], str],
    keep_position: Callable[[str, str], None],
) -> Tunnel | None:
    """The tunnel, not started yet; None where none is wanted. Raises ``TunnelIncomplete``, ``BadAddress``."""
    settings, clock = wanted.settings, wanted.clock
    rng = random.Random()  # noqa: S311 - spreads waits, guards nothing
    if settings.tunnel == "own":
        return OwnAddress(wanted.local, wanted.public_url, clock=clock, tell=tell) if wanted.public_url else None
    if settings.tunnel == "relay":
        url = settings.relay_url
        if not url:
            raise TunnelIncomplete("relay", "The address of its channel is missing.")
        return PullRelay(
            url,
            RelayFormat(settings.relay_format),
            http=http,
            intake=intake,
            clock=clock,
            rng=rng,
            tell=tell,
            position=position(url),
            keep_position=lambda value: keep_position(url, value),
        )
    program = _program(settings, wanted.token)
    if program.base is None and program.name == "cloudflared" and settings.tunnel_name:
        raise TunnelIncomplete("cloudflared", "The public address of the named tunnel is missing.")
    # A wrong name shows here and not in the log of a program that ends at once.
    program.command(program.name, wanted.local)
    return ManagedProgram(wanted.local, program, clock=clock, rng=rng, place=settings.tunnel_program, tell=tell)


def _program(settings: Settings, token_text: str) -> Program:
    if settings.tunnel == "cloudflared":
        return Cloudflared(
            tunnel=settings.tunnel_name,
            token="" if settings.tunnel_name else token_text,
            public=settings.tunnel_address,
        )
    if settings.tunnel == "ngrok":
        return Ngrok(public=settings.tunnel_address, token=token_text)
    if not settings.ssh_server or not settings.tunnel_address:
        raise TunnelIncomplete("ssh", "The server or the public address that leads to its port is missing.")
    if "{port}" in settings.tunnel_address and settings.ssh_remote_port:
        raise BadAddress("It holds {port}, which needs the remote port 0.")
    return Ssh(
        destination=settings.ssh_server,
        public=settings.tunnel_address,
        port=settings.ssh_port,
        remote_port=settings.ssh_remote_port,
        bind=settings.ssh_bind,
        identity=settings.ssh_key,
        known_hosts=settings.ssh_known_hosts,
    )
