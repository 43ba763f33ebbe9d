"""Where the listener's paths begin and what may stand behind the key. Pure."""

from __future__ import annotations

ROOT = "/webhooks/zoho/"

CONTROL = "control"
CONTROL_HEADER = "X-Zbdesk-Control"
"""Orders of this program's command line to the instance that runs: on this computer, signed with a key of their own."""


def local_url(port: int, path_key: str) -> str:
    """Where events go on this computer."""
    return f"http://127.0.0.1:{port}{ROOT}{path_key}"
