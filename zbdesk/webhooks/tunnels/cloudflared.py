"""``cloudflared``: how it is started and what it prints. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from zbdesk.webhooks.tunnels.address import BadAddress, checked
from zbdesk.webhooks.tunnels.base import Local
from zbdesk.webhooks.tunnels.programs import Heard, word

_QUICK = re.compile(r"https://[a-z0-9-]+\.trycloudflare\.com(?![\w.-])")
_CONNECTION = re.compile(r"\bconnIndex=(\d+)")
_CONFIGURATION = re.compile(r'Updated to new configuration config="((?:[^"\\]|\\.)*)"')
_CLOUDFLARED_ERROR = re.compile(r"\b(?:ERR|FTL)\s+(.*)")
_ERROR_FIELD = re.compile(r'error="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Cloudflared:
    """``cloudflared``: a quick tunnel with an address for this run only, or a named one with a lasting address.

    ``tunnel``: name or id of one made with ``cloudflared tunnel create``; ``token``: of one made in Cloudflare's
    dashboard, whose address cloudflared tells us. ``public``: the address of a named one.
    """

    tunnel: str = ""
    token: str = field(default="", repr=False)
    public: str = ""
    name: str = "cloudflared"
    needs_ready: bool = True

    @property
    def base(self) -> str | None:
        """See ``Program``."""
        return checked(self.public) if self.public else None

    def command(self, executable: str, local: Local) -> list[str]:
        """See ``Program``."""
        start = [executable, "tunnel", "--no-autoupdate"]
        # The listener refuses foreign names in Host, against DNS rebinding: they end at the tunnel.
        way = ["--url", local.origin, "--http-host-header", urlsplit(local.origin).netloc]
        if self.token:
            return [*start, "run"]
        if self.tunnel:
            return [*start, *way, "run", "--", word("tunnel", self.tunnel)]
        return [*start, *way]

    def variables(self) -> Mapping[str, str]:
        """See ``Program``."""
        return {"TUNNEL_TOKEN": self.token} if self.token else {}

    def heard(self, line: str, local: Local) -> Heard | None:
        """See ``Program``."""
        found = _QUICK.search(line)
        if found and not found[0].startswith("https://api."):
            return Heard(base=found[0])
        told = _CONFIGURATION.search(line)
        if told:
            return Heard(base=_ingress(told[1], local))
        connection = _CONNECTION.search(line)
        way = connection[1] if connection else ""
        if "Registered tunnel connection" in line and "Unregistered" not in line:
            return Heard(ready=True, way=way)
        if connection and any(
            word in line
            for word in (
                "Unregistered tunnel connection",
                "Lost connection",
                "Serve tunnel error",
                "Connection terminated",
            )
        ):
            return Heard(lost=True, way=way, trouble=_cloudflared_trouble(line))
        trouble = _cloudflared_trouble(line)
        return Heard(trouble=trouble) if trouble else None

    def remedy(self, trouble: str) -> str:
        """See ``Program``."""
        if "429" in trouble or "Too Many Requests" in trouble:
            return (
                "Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free."
            )
        if "token" in trouble.lower() or "Unauthorized" in trouble:
            return "Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks."
        return (
            "It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844)."
        )


def _cloudflared_trouble(line: str) -> str:
    if line.startswith("failed to "):
        return line
    found = _CLOUDFLARED_ERROR.search(line)
    if not found:
        return ""
    error = _ERROR_FIELD.search(found[1])
    return error[1].replace('\\"', '"') if error else found[1].strip()


def _ingress(escaped: str, local: Local) -> str | None:
    """The name under which Cloudflare's dashboard sends requests to the listener's port; None where it sends none."""
    try:
        told = json.loads(json.loads(f'"{escaped}"'))
    except ValueError:
        return None
    rules = told.get("ingress") if isinstance(told, dict) else None
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or not isinstance(rule.get("hostname"), str):
            continue
        service = urlsplit(str(rule.get("service", "")))
        try:
            same = service.scheme == "http" and (service.port or 80) == local.port
            if same and service.hostname in {"localhost", "127.0.0.1", "::1"}:
                return checked("https://" + rule["hostname"])
        except (ValueError, BadAddress):
            continue
    return None
