"""The whole way on a real desktop with a real browser: from the welcome page to an export, and back after a restart.

Run it inside a desktop that has the tools of ``desktop.TOOLS``:

    python tests/desktop/drive.py [--pictures FOLDER] [--size 1280x800] [--keyboard]

It starts the program with the demo company in a directory of its own, signs in with Chromium, and ends with status 0
only if everything was seen. Not part of the ordinary suite: it needs a screen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.desktop.desktop import NotSeen, Program, Screen, call, consent, missing, until


class Way:
    """One run. Each method is a part of the way that a finance person goes."""

    def __init__(self, screen: Screen, data: Path, python: str) -> None:
        self.screen, self.data, self.python = screen, data, python
        self.program: Program | None = None

    def start(self, *more: str) -> None:
        """Start the program over the demo company."""
        self.program = Program("--data-dir", str(self.data), "--demo", *more, python=self.python)
        self.screen.window()
        self.screen.front()

    def named(self, where: str) -> None:
        """Hold the page against the rule that no control is without a name."""
        bad = self.screen.nameless()
        if bad:
            raise NotSeen(f"{where}: controls without a name: {bad}")

    def welcome(self) -> None:
        """The first page and the data centre."""
        screen = self.screen
        screen.see("Connect the demo company")
        self.named("welcome")
        screen.picture("01-welcome")
        screen.press("Connect the demo company")
        screen.see("Where are your books kept")
        self.named("data centre")
        screen.picture("02-data-centre")
        screen.press("Next")

    def credentials(self) -> None:
        """Client and redirect address are filled in; the port is free."""
        screen = self.screen
        screen.see(r"Port \d+ is free")
        self.named("credentials")
        screen.picture("03-credentials")
        screen.press("Sign in")

    def sign_in(self) -> None:
        """The browser opens; consent brings the person back."""
        screen = self.screen
        screen.see("Open again")
        self.named("sign-in")
        picture = consent("ann")
        if screen.pictures is not None:
            target = screen.pictures / "desktop-04-consent-in-chromium.png"
            target.write_bytes(picture.read_bytes())
            call("convert", str(target), "-strip", "+dither", "-colors", "128", f"PNG8:{target}")

    def organization(self) -> None:
        """Two organizations, none chosen; the first is chosen by keyboard."""
        screen = self.screen
        screen.see("Which organization")
        screen.see(r"table 'Organizations'")
        screen.see(r"Meridian")
        self.named("organization")
        screen.front()
        screen.picture("05-organization-none-chosen")
        screen.keys("Down", "space")
        screen.press("Next")

    def what_to_sync(self) -> None:
        """Counts come in; start."""
        screen = self.screen
        screen.see("Before you start")
        screen.see(r"Start first sync'(?!.*disabled)|push button 'Start.*'(?!.*disabled)")
        self.named("what to sync")
        screen.picture("06-what-to-sync")
        line = screen.see(r"push button 'Start[^']*'")
        screen.press(line.split("'")[1])

    def first_sync(self) -> None:
        """Records arrive; the dashboard says how far; then all is in order."""
        screen = self.screen
        screen.see(r"list 'Pages'")
        screen.picture("07-first-sync")
        screen.see(r"In order|in order", patience=90)
        until("the first sync did not end", lambda: "in order" in call("tray"), 90)
        self.named("dashboard")
        screen.picture("08-dashboard")

    def table(self) -> None:
        """Invoices: sort, filter, details, totals of a selection."""
        screen = self.screen
        screen.front()
        screen.keys("ctrl+5")
        screen.see(r"table 'Invoices'")
        self.named("invoices")
        screen.picture("09-invoices")
        screen.keys("ctrl+f")
        screen.type("Kulkarni")
        screen.see(r" of ")
        screen.picture("10-filtered")
        self.named("filtered")
        screen.keys("Escape", "ctrl+f", "ctrl+a", "BackSpace", "Down", "alt+Return")
        screen.see("push button 'Close|'Close the details|Details")
        screen.picture("11-details")
        self.named("details")

    def export(self) -> None:
        """Ctrl+Shift+E, a name, Enter: a file that is there."""
        screen = self.screen
        target = self.data / "invoices.csv"
        screen.front()
        screen.keys("ctrl+shift+e")
        until("no file dialog", lambda: screen.in_sight("(Export|Save).*"))
        screen.picture("12-export", title="(Export|Save).*")
        screen.keys("ctrl+a")
        screen.type(str(target))
        screen.keys("Return")
        until("no file was written", lambda: target.exists() and target.stat().st_size > 100)

    def settings(self) -> None:
        """Settings by key."""
        screen = self.screen
        screen.front()
        screen.keys("ctrl+comma")
        screen.see(r"combo box|'Settings'")
        self.named("settings")
        screen.picture("13-settings")
        screen.keys("F1")
        screen.see("'Help'")
        self.named("help")
        screen.keys("ctrl+7")
        screen.see("table 'Activity'")
        self.named("activity")
        screen.keys("ctrl+1")

    def tray(self) -> None:
        """Pause and resume in the tray's menu; close to the tray; a second start raises the window."""
        screen = self.screen
        until("no tray icon", lambda: "zbdesk |" in call("tray"))
        call("tray", "click", "Pause>Until I resume")
        until("not paused", lambda: "paused" in call("tray").lower())
        screen.picture("14-paused")
        call("tray", "click", "Resume")
        until("still paused", lambda: "paused" not in call("tray").lower().split("\n")[0])
        screen.front()
        call("wmctrl", "-i", "-c", hex(int(screen.window())))
        screen.press("Keep running", title="zbdesk")
        until("the window is still there", lambda: not screen.in_sight())
        second = Program("--data-dir", str(self.data), "--demo", python=self.python)
        if second.ended(20) != 0:
            raise NotSeen("the second start did not end with 0")
        screen.window()
        screen.front()

    def quit(self) -> None:
        """Ctrl+Q ends it within five seconds."""
        assert self.program is not None
        self.screen.front()
        self.screen.keys("ctrl+q")
        if self.program.ended(6) != 0:
            raise NotSeen("it did not end with 0")

    def killed(self) -> None:
        """A power cut, then the same records and a pass that works."""
        assert self.program is not None
        self.program.kill()
        self.start()
        self.screen.see("list 'Pages'")
        until("not in order after a kill", lambda: "in order" in call("tray"), 60)

    def again(self) -> None:
        """Sign in again from Settings: the wizard in a window of its own, with the same client and organization."""
        screen = self.screen
        screen.front()
        screen.keys("ctrl+comma")
        screen.press("Sign in again…?", patience=10)
        screen.title = "Sign in again.*"
        screen.see(".")
        screen.picture("15-sign-in-again")
        screen.see(r"Port \d+ is free")
        screen.press("Sign in")
        consent("ann")
        screen.see("Which organization")
        screen.press("Next")
        line = screen.see(r"push button '(Start|Keep|Save)[^']*'(?!.*disabled)")
        screen.press(line.split("'")[1])
        until("the wizard's window is still there", lambda: not screen.in_sight("Sign in again.*"))
        screen.title = ".*zbdesk"
        until("not in order after signing in again", lambda: "in order" in call("tray"), 60)


def main() -> int:
    """Go the whole way; the last line says how it ended."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    lacking = missing()
    if lacking or not os.environ.get("DISPLAY"):
        sys.stderr.write(f"This needs a desktop with {', '.join(lacking) or 'a display'}.\n")
        return 2
    data = options.data or Path(tempfile.mkdtemp(prefix="zbdesk-drive-"))
    screen = Screen(options.pictures)
    way = Way(screen, data, sys.executable)
    try:
        way.start()
        for step in (
            way.welcome, way.credentials, way.sign_in, way.organization, way.what_to_sync, way.first_sync, way.table,
            way.export, way.settings, way.quit, way.start, way.killed, way.tray, way.again, way.quit,
        ):  # fmt: skip
            screen.say(step.__name__)
            step()
    except NotSeen as error:
        screen.say(f"FAILED: {error}")
        screen.pictures = screen.pictures or data
        screen.picture("failed", title="")
        sys.stdout.write(screen.tree(".*") + "\n")
        return 1
    finally:
        if way.program is not None:
            way.program.stop()
    screen.say("all seen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
