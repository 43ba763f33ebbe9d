"""The demo company beside the program: its server on loopback, and a data directory of its own.

The demo's secrets are no secrets (its credentials are printed on its own front page), so they are sealed with a
passphrase everybody knows instead of asking for the keychain of somebody who only looks around.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from zbdesk.app import secrets, webhook_secret
from zbdesk.app.desk import Desk
from zbdesk.app.log import start_logging
from zbdesk.app.paths import DataPaths
from zbdesk.app.settings import Settings, load_settings, save
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.demo.webhooks import Rule
from zbdesk.domain.errors import SetupError, ZbdeskError

log = logging.getLogger(__name__)

PASSPHRASE = "demo company"  # noqa: S105 - see above
WEBHOOK_PORT = 8984
PORTS = (8985, 8986, 8987, 8988, 8989)

LIFE_SECONDS = 30.0
"""How often something happens in the demo company by itself: seldom enough to read, often enough to be noticed."""


@dataclass(frozen=True, slots=True)
class DemoCredentials:
    """What the wizard is filled with, so that a newcomer only has to click."""

    accounts_url: str
    api_url: str
    client_id: str
    client_secret: str
    region: str = "custom"


class NoDemoPort(SetupError):
    """Every port that the demo company may use is taken."""

    def __init__(self) -> None:
        super().__init__(
            f"The demo company found no free port from {PORTS[0]} to {PORTS[-1]}.",
            "Close another demo window, or the program that uses them, then start again.",
        )


def demo_directory(data_dir: Path) -> Path:
    """Where the demo company's records live: never among a real company's."""
    return data_dir / "demo"


class DemoCompany:
    """The running demo company of one data directory. A context: the server ends with it.

    ``life_seconds``: how often it changes something by itself once somebody is connected; None: only people change it.
    """

    def __init__(
        self, data_dir: Path, options: DemoOptions | None = None, *, life_seconds: float | None = None
    ) -> None:
        self._data_dir = data_dir
        self._life_seconds = life_seconds
        self.server = DemoServer(options or DemoOptions(opened=_first_day(data_dir)))

    @property
    def credentials(self) -> DemoCredentials:
        """What the wizard is filled with."""
        known = self.server.credentials
        return DemoCredentials(known.accounts_url, known.api_url, known.client_id, known.client_secret)

    def open_desk(self) -> Desk:
        """The desk over the demo's own directory. A connection made at an earlier start goes on working."""
        _own_port(self._data_dir)
        desk = Desk.open(self._data_dir, passphrase=PASSPHRASE)
        # Whatever happens in the demo company is told to the demo's own listener, once there is one.
        self.server.webhooks.follow(partial(_listener_of, desk))
        start_logging(desk.data_dir, desk.settings, word="demo")
        self._recognise(desk)
        if self._life_seconds is not None:
            self.server.live(self._life_seconds, partial(_is_connected, desk))
        return desk

    def _recognise(self, desk: Desk) -> None:
        """Teach the fresh server the sign-in that an earlier one gave out: real ones do not forget, this one does."""
        connection = desk.read(lambda reader: reader.connection()).result()
        if connection is None:
            return
        try:
            kept = secrets.load(desk.vault(), connection)
        except ZbdeskError as error:
            log.warning("the demo's sign-in cannot be read: %s", error.title)
            return
        if kept is not None:
            self.server.adopt(kept.refresh_token, connection.scopes)

    def __enter__(self) -> Self:
        # The port that a connection of an earlier start remembers comes first.
        for port in dict.fromkeys((*_port_connected_to(self._data_dir), *PORTS)):
            try:
                self.server.start(port)
            except OSError:
                log.info("port %d is taken", port)
            else:
                return self
        raise NoDemoPort

    def __exit__(self, *_: object) -> None:
        self.server.stop()


def _own_port(data_dir: Path) -> None:
    """Give the demo's listener a port of its own: the real company's may be running beside it."""
    place = DataPaths(data_dir).make()
    if load_settings(place).webhook_port == Settings().webhook_port:
        save(DataPaths(place).settings, webhook_port=WEBHOOK_PORT)


def _is_connected(desk: Desk) -> bool:
    """Whether somebody would see what happens in the company."""
    try:
        return desk.read(lambda reader: reader.connection()).result() is not None
    except RuntimeError:
        return False  # the window is closing, and its reading pool with it


def _listener_of(desk: Desk) -> Rule | None:
    """Where the demo company sends its webhooks; None while nobody is connected."""
    try:
        connection = desk.read(lambda reader: reader.connection()).result()
        overview = desk.read(lambda reader: reader.webhook_overview()).result()
    except RuntimeError:
        return None  # the window is closing, and its reading pool with it
    if connection is None or overview is None:
        return None
    try:
        kept = webhook_secret.ensure(desk.vault(), connection, desk.data_dir, desk.clock.now())
    except ZbdeskError as error:
        log.warning("the demo's webhook secret cannot be read: %s", error.title)
        return None
    return Rule(overview.local_url, kept.secret, retries=2, organization_id=connection.organization.organization_id)


def _port_connected_to(data_dir: Path) -> tuple[int, ...]:
    """The port of the server that the demo's connection was made with, where there is one."""
    with Desk.open(data_dir, passphrase=PASSPHRASE) as desk:
        connection = desk.read(lambda reader: reader.connection()).result()
    port = None if connection is None else urlsplit(connection.api_url).port
    return (port,) if port in PORTS else ()


def _first_day(data_dir: Path) -> date:
    """The day when the demo was opened first: its books are made from it and must not move under a mirror."""
    file = data_dir / "opened"
    try:
        return date.fromisoformat(file.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        today = datetime.now().astimezone().date()
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(today.isoformat(), encoding="utf-8")
        return today


def start_demo_window(data_dir: Path) -> None:
    """Open the demo company in a program of its own, so that nothing of it touches the real records."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "zbdesk"]
    subprocess.Popen(  # noqa: S603 - our own program
        [*program, "--data-dir", str(data_dir), "--demo"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
