"""A real start, without the demo: the demo company's server as a custom data centre, secrets in the desktop's keychain.

    python tests/desktop/connect.py [--pictures FOLDER] [--name NAME] [-- ARGUMENTS FOR zbdesk]

Ends with status 0 when the records are here, also after a second start, which needs the secrets again. Where the
desktop has no keychain, the page that offers a sealed file is filled in.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.desktop.desktop import NotSeen, Program, Screen, call, consent, until

PASSPHRASE = "four words are easy"


def connect(screen: Screen, data: Path, server: dict[str, str], name: str) -> None:
    """From the welcome page to the first records."""
    program = Program("--data-dir", str(data), python=sys.executable)
    try:
        screen.window()
        screen.front()
        screen.see("Look around with the demo company")
        screen.press("Connect Zoho Books")
        screen.press("Other servers.*")
        screen.press("Use these servers")
        fill(screen, "Accounts server", server["accounts_url"])
        fill(screen, "API server", server["api_url"])
        screen.press("Next")
        screen.see(r"Port \d+ is free")
        unlock()
        fill(screen, "Client ID", server["client_id"])
        fill(screen, "Client secret", server["client_secret"])
        screen.picture(f"{name}-credentials")
        screen.press("Sign in|Next")
        until("neither the browser's page nor a place for secrets", lambda: "Open again" in screen.tree() or
              "Where may the sign-in be kept" in screen.tree())  # fmt: skip
        if "Where may the sign-in be kept" in screen.tree():
            screen.picture(f"{name}-vault")
            fill(screen, "Type a passphrase", PASSPHRASE)
            fill(screen, "The same again", PASSPHRASE)
            screen.press("Next|Sign in")
        consent("ann")
        screen.see("Which organization")
        screen.front()
        screen.keys("Down", "space")
        screen.press("Next")
        screen.press("Start first sync")
        screen.see("list 'Pages'")
        screen.see("Yes, everything", patience=60)
        screen.picture(f"{name}-dashboard")
        screen.front()
        screen.keys("ctrl+q")
        if program.ended(8) != 0:
            raise NotSeen("it did not end with 0")
    finally:
        program.stop()


def again(screen: Screen, data: Path) -> None:
    """The next start finds the secrets where they were kept."""
    environment = {"ZBDESK_VAULT_PASSPHRASE": PASSPHRASE} if (data / "vault.sealed").exists() else {}
    program = Program("--data-dir", str(data), python=sys.executable, environment=environment)
    try:
        screen.window()
        unlock()
        screen.see("Just now|seconds ago", patience=30)
        screen.see("Yes, everything", patience=30)
        screen.front()
        screen.keys("ctrl+q")
        program.ended(8)
    finally:
        program.stop()


def fill(screen: Screen, name: str, words: str) -> None:
    """Click into a field and replace what is in it."""
    screen.click(rf"text '{name}'")
    screen.keys("ctrl+a")
    screen.type(words)


def unlock() -> None:
    """Where the keychain asks for its password, enter it."""
    if os.environ.get("DESK_KEYRING") != "locked":
        return
    # The keychain's dialog belongs to another program and grabs the keyboard: it is only there on a picture.
    time.sleep(3)
    call("xdotool", "type", "desk")
    call("xdotool", "key", "Return")
    time.sleep(1)


def main() -> int:
    """Run the server, go the way twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--name", default="keychain")
    options = parser.parse_args()
    server = subprocess.Popen(
        [sys.executable, "-m", "zbdesk", "demo-server", "--json"], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    screen = Screen(options.pictures)
    data = Path(tempfile.mkdtemp(prefix="zbdesk-connect-"))
    try:
        known = json.loads(server.stdout.readline())
        connect(screen, data, known, options.name)
        again(screen, data)
    except NotSeen as error:
        screen.say(f"FAILED: {error}")
        screen.pictures = screen.pictures or data
        screen.picture(f"{options.name}-failed", title="")
        sys.stdout.write(screen.tree(".*") + "\n")
        return 1
    finally:
        server.terminate()
        server.wait(10)
    screen.say("all seen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
