"""Hands and eyes for a real desktop: press what a screen reader finds, type, look, take pictures.

Uses the tools ``names`` (the accessibility tree of a window), ``shot`` (a picture of a window), ``tray`` (icons near
the clock), ``xdotool`` and ``wmctrl`` from PATH, so it runs only inside such a desktop. Every wait is for a condition.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

TOOLS = ("names", "shot", "tray", "xdotool", "wmctrl", "dunstctl")
WINDOW = ".*zbdesk"
PATIENCE = 40.0


class NotSeen(AssertionError):
    """What the script waited for did not come."""


def missing() -> list[str]:
    """Tools that are not on PATH."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def call(*words: str, check: bool = False) -> str:
    """Run a tool and return what it printed."""
    done = subprocess.run(words, capture_output=True, text=True, check=check, timeout=60)
    return done.stdout


def until(what: str, condition: Callable[[], object], patience: float = PATIENCE) -> object:
    """Wait for a condition and return what it gave."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise NotSeen(what)
        time.sleep(0.1)


class Screen:
    """One program on the desktop. ``pictures``: where they go; None takes none."""

    def __init__(self, pictures: Path | None, title: str = WINDOW) -> None:
        self.pictures, self.title = pictures, title
        self.said: list[str] = []

    def say(self, words: str) -> None:
        """Note a step."""
        self.said.append(words)
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()

    # What is there
    def tree(self, title: str | None = None) -> str:
        """All that a screen reader finds in the window and is in sight."""
        lines = call("names", title or self.title).splitlines()
        return "\n".join(line for line in lines if not line.endswith("0x0"))

    def see(self, pattern: str, *, patience: float = PATIENCE, title: str | None = None) -> str:
        """Wait until something in sight fits the pattern; returns the line."""
        found = until(
            f"nothing fits {pattern}",
            lambda: next((line for line in self.tree(title).splitlines() if re.search(pattern, line)), None),
            patience,
        )
        return str(found).strip()

    def nameless(self) -> list[str]:
        """Controls in sight that say nothing of themselves.

        Not combo boxes: Qt gives their entry as the name on this system and the label by a relation, which a test of
        the ordinary suite looks at.
        """
        lines = call("names", "--unnamed", self.title).splitlines()
        return [line for line in lines if not line.startswith("combo box")]

    # Hands
    def press(self, name: str, *, title: str | None = None, patience: float = PATIENCE) -> None:
        """Press what is called so, once it is there and can be pressed."""
        self.see(rf"'{name}'(?!.*\[disabled\])", patience=patience, title=title)
        call("names", "--press", name, title or self.title, check=True)

    def click(self, pattern: str, *, button: int = 1, title: str | None = None) -> None:
        """Click in the middle of the first thing in sight that fits."""
        line = self.see(pattern, title=title)
        place = re.search(r"@(-?\d+),(-?\d+) (\d+)x(\d+)$", line)
        if place is None:
            raise NotSeen(line)
        x, y, width, height = (int(part) for part in place.groups())
        call("xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", str(button))

    def keys(self, *names: str) -> None:
        """Press keys, one after the other."""
        for name in names:
            call("xdotool", "key", name)
            time.sleep(0.08)

    def type(self, words: str) -> None:
        """Type into what has the focus."""
        call("xdotool", "type", "--delay", "15", words)

    def window(self, title: str = "zbdesk") -> str:
        """The id of the window whose title ends so, once it is in sight."""
        found = until(f"no window {title}", lambda: call("xdotool", "search", "--onlyvisible", "--name", f"{title}$"))
        return str(found).split()[-1]

    def front(self, title: str = "zbdesk") -> None:
        """Bring the window to the front and give it the keyboard."""
        call("xdotool", "windowactivate", "--sync", self.window(title))
        time.sleep(0.3)

    def in_sight(self, title: str = "zbdesk") -> bool:
        """Whether a window with such a title is in sight."""
        return bool(call("xdotool", "search", "--onlyvisible", "--name", f"{title}$"))

    # Eyes
    def picture(self, name: str, title: str | None = None) -> None:
        """Keep a picture of the window."""
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        time.sleep(0.35)
        file = self.pictures / f"desktop-{name}.png"
        call("shot", str(file), *([title or self.title] if title != "" else []))
        if shutil.which("convert") and file.exists():
            call("convert", str(file), "-strip", "+dither", "-colors", "200", f"PNG8:{file}")


class Program:
    """The program under the desktop's eyes; ``stop`` ends only this process."""

    def __init__(self, *arguments: str, python: str, environment: dict[str, str] | None = None) -> None:
        self._log = Path(os.environ.get("DESK_LOG", "/tmp")) / "zbdesk-drive.log"
        self._out = self._log.open("a")
        self.process = subprocess.Popen(
            [python, "-m", "zbdesk", *arguments],
            stdout=self._out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )

    def ended(self, patience: float = 8.0) -> int:
        """Wait for its end; returns its exit code."""
        return self.process.wait(patience)

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.wait(5)

    def stop(self) -> None:
        """End it if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self._out.close()


def _answers(port_file: Path) -> bool:
    """Whether the browser is there: the file of one that has ended stays behind."""
    try:
        port = port_file.read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version", timeout=2):
            return True
    except (OSError, IndexError):
        return False


@contextlib.contextmanager
def browser(patience: float = PATIENCE) -> Iterator[WebDriver]:
    """The Chromium that the program opened, on its newest consent page."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By

    port_file = Path(os.environ["DESK_BROWSER_PROFILE"]) / "DevToolsActivePort"
    until("the browser did not open", lambda: _answers(port_file), patience)
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    options.debugger_address = f"127.0.0.1:{port_file.read_text().splitlines()[0]}"
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def page_open() -> bool:
        """Turn to the newest consent page: older ones belong to sign-ins that were given up."""
        found: list[tuple[float, str]] = []
        for handle in driver.window_handles:
            driver.switch_to.window(handle)
            if "/oauth/" in driver.current_url and driver.find_elements(By.CSS_SELECTOR, "form"):
                found.append((driver.execute_script("return performance.timeOrigin"), handle))
        if found:
            driver.switch_to.window(max(found)[1])
        return bool(found)

    try:
        until("the consent page did not open", page_open, patience)
        yield driver
    finally:
        driver.service.stop()


def consent(name: str, *, patience: float = PATIENCE) -> Path:
    """Give consent on the page that the program opened in Chromium; returns a picture of it."""
    from selenium.webdriver.common.by import By

    with browser(patience) as driver:
        fields = driver.find_elements(By.CSS_SELECTOR, "input[type=text],input[type=email],input:not([type])")
        if fields:
            fields[0].clear()
            fields[0].send_keys(name)
        picture = Path(os.environ.get("DESK_LOG", "/tmp")) / "consent.png"
        driver.save_screenshot(str(picture))
        driver.find_element(By.CSS_SELECTOR, "button.primary").click()
        until("no way back to the program", lambda: "callback" in driver.current_url, patience)
        driver.get("about:blank")
        return picture
