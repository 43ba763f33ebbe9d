"""Stand-ins for cloudflared and ngrok: small programs that print what the real ones print, and do as they are told."""

from __future__ import annotations

import sys
from pathlib import Path

_HEAD = f"#!{sys.executable}\nimport os, sys, time\n"
_TAIL = """
def stay():
    while True:
        time.sleep(60)

"""

CLOUDFLARED = (
    _HEAD
    + """
def say(level, text):
    print(f"2026-11-20T10:30:45Z {level} {text}", file=sys.stderr, flush=True)
"""
    + _TAIL
    + """
say("INF", "Thank you for trying Cloudflare Tunnel. Doing so, without a Cloudflare account, is a quick way to")
say("INF", "Requesting new quick Tunnel on trycloudflare.com...")
if %(refused)r:
    print("failed to request quick Tunnel: 429 Too Many Requests", file=sys.stderr, flush=True)
    sys.exit(1)
say("INF", "+----------------------------------------------------------------------------------------+")
say("INF", "|  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable): |")
say("INF", "|  https://%(label)s.trycloudflare.com                                                     |")
say("INF", "+----------------------------------------------------------------------------------------+")
say("INF", "Settings: map[ha-connections:1 http-host-header:127.0.0.1:8971 url:" + sys.argv[-1] + "]")
say("INF", "Registered tunnel connection connIndex=0 connection=0e0c ip=198.41.192.7 location=fra08 protocol=quic")
%(then)s
"""
)

NGROK = (
    _HEAD
    + "import json\n"
    + _TAIL
    + """
def say(**fields):
    print(json.dumps({"t": "2026-11-20T10:30:45+0100", "lvl": "info", **fields}), flush=True)

say(msg="no configuration paths supplied")
if %(refused)r:
    print("ERROR:  authentication failed: Usage of ngrok requires a verified account and authtoken.", flush=True)
    print("ERROR:  ERR_NGROK_4018", flush=True)
    sys.exit(1)
say(msg="starting web service", obj="web", addr="127.0.0.1:4040", allow_hosts=[])
say(msg="client session established", obj="tunnels.session")
say(msg="started tunnel", obj="tunnels", name="command_line", addr="http://127.0.0.1:8971",
    url="https://%(label)s.ngrok-free.app")
%(then)s
"""
)


def program(folder: Path, name: str, text: str, **values: object) -> Path:
    """Put an executable of that name into a folder; ``then`` is Python that runs once it is up (default: stay)."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text % ({"refused": False, "label": "quiet-river-4d7f", "then": "stay()"} | values))
    path.chmod(0o755)
    return path
