"""``ngrok``: how it is started and what it prints. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from zbdesk.webhooks.tunnels.address import BadAddress, checked
from zbdesk.webhooks.tunnels.base import Local
from zbdesk.webhooks.tunnels.programs import Heard


@dataclass(frozen=True, slots=True)
class Ngrok:
    """``ngrok``, version 3. ``public``: the reserved address, else ngrok chooses; ``token``: else from its own file."""

    public: str = ""
    token: str = field(default="", repr=False)
    name: str = "ngrok"
    needs_ready: bool = False
    """The line that tells the address also says that it works."""

    @property
    def base(self) -> str | None:
        """See ``Program``: known beforehand, but said to work only by ngrok."""
        return None

    def command(self, executable: str, local: Local) -> list[str]:
        """See ``Program``."""
        netloc = urlsplit(local.origin).netloc
        chosen = [f"--url={checked(self.public)}"] if self.public else []
        # Inspection keeps every request readable in ngrok's own page on this computer: off.
        options = ["--log=stdout", "--log-format=json", "--inspect=false", f"--host-header={netloc}"]
        return [executable, "http", *options, *chosen, netloc]

    def variables(self) -> Mapping[str, str]:
        """See ``Program``."""
        return {"NGROK_AUTHTOKEN": self.token} if self.token else {}

    def heard(self, line: str, local: Local) -> Heard | None:  # noqa: ARG002 - every program is asked alike
        """See ``Program``."""
        told = _ngrok_fields(line)
        url = told.get("url", "")
        if told.get("msg") == "started tunnel" and url.startswith("https://"):
            try:
                return Heard(base=checked(url), ready=True)
            except BadAddress:
                return None
        if told.get("msg") == "client session established":
            return Heard(ready=True)
        if told.get("msg") in {"session closed, starting reconnect loop", "session closing", "heartbeat timeout"}:
            return Heard(lost=True, trouble=told.get("err", ""))
        if told.get("lvl") in {"eror", "crit"} or line.startswith("ERROR:"):
            trouble = told.get("err") or line.removeprefix("ERROR:").strip()
            return Heard(trouble=trouble) if trouble not in {"", "nil", "<nil>"} else None
        return None

    def remedy(self, trouble: str) -> str:
        """See ``Program``."""
        if any(code in trouble for code in ("ERR_NGROK_4018", "ERR_NGROK_105", "ERR_NGROK_107", "authtoken")):
            return "Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks."
        if "ERR_NGROK_108" in trouble:
            return "Your ngrok account allows no second agent. End the other one, or choose another tunnel."
        if "ERR_NGROK_334" in trouble:
            return "That address is in use by another ngrok, perhaps on another computer. End it there."
        return "It is tried again by itself. Look at the network and at dashboard.ngrok.com."


def _ngrok_fields(line: str) -> dict[str, str]:
    """Fields of a line, in JSON or in the older ``key=value`` form."""
    if line.startswith("{"):
        try:
            told = json.loads(line)
        except ValueError:
            return {}
        return {key: str(value) for key, value in told.items()} if isinstance(told, dict) else {}
    pairs = re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))', line)
    return {key: quoted or plain for key, quoted, plain in pairs}
