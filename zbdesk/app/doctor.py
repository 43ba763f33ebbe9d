"""Looks at everything that syncing needs and says what to do about what is not in order.

It changes nothing, asks for no token and shows no secret: the sign-in is tried with the kept access token while that
lives. Works beside a running instance and without a connection.
"""

from __future__ import annotations

import asyncio
import os
import secrets as random_text
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import httpx

from zbdesk.app import recognition, secrets
from zbdesk.app.doctor_zoho import Reach, ask_organizations, reach
from zbdesk.app.http import build_client
from zbdesk.app.paths import DataPaths
from zbdesk.app.qtlibs import QtLibrariesMissing, missing_libraries
from zbdesk.app.session import kept_centre
from zbdesk.app.settings import Settings
from zbdesk.domain.clock import Clock
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES, scopes_for
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import connections, diary, inbox, module_states, tunnels
from zbdesk.store.database import Database, MissingDatabase
from zbdesk.vault import Vault
from zbdesk.zoho.datacentres import DATA_CENTRES
from zbdesk.zoho.skew import in_words

State = Literal["ok", "warn", "fail"]
_SPACE_NEEDED = 50 * 2**20
_SPACE_WISHED = 500 * 2**20
_PROBE = "doctor/probe"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``remedy`` is empty where all is in order."""

    name: str
    state: State
    sentence: str
    remedy: str = ""


class DeskLike(Protocol):
    """What is examined: the part of ``Desk`` that this needs."""

    @property
    def data_dir(self) -> Path: ...  # noqa: D102
    @property
    def settings(self) -> Settings: ...  # noqa: D102
    @property
    def clock(self) -> Clock: ...  # noqa: D102
    def vault(self) -> Vault: ...  # noqa: D102


async def examine(desk: DeskLike, http: Callable[[], httpx.AsyncClient] | None = None) -> list[Check]:
    """Make all checks, in the order in which they build on each other. Never raises for what it finds."""
    paths = DataPaths(desk.data_dir)
    checks = [
        await asyncio.to_thread(check_directory, desk.data_dir),
        await asyncio.to_thread(check_keychain, desk.vault),
    ]
    database, connection, enabled = await asyncio.to_thread(check_database, paths.database)
    checks += [database, *(await asyncio.to_thread(check_history, paths.database)), check_window()]
    async with (http or (lambda: build_client(desk.settings)))() as client:
        checks += await _check_zoho(desk, client, connection)
    if connection is not None:
        checks.append(check_permissions(connection, enabled))
        checks.append(await asyncio.to_thread(check_recognition, paths.database, connection))
    checks.append(await asyncio.to_thread(check_tunnel, paths.database, connection))
    return checks


def check_tunnel(path: Path, connection: Connection | None) -> Check:
    """What the last round-trip test found; a new one is `zbdesk webhooks test`."""
    polling = Check("tunnel", "ok", "Webhooks are not set up; changes in Zoho Books are found by polling.")
    if connection is None:
        return polling
    try:
        with closing(Database.open_reader(path)) as db:
            test, address = tunnels.last_test(db, connection.id), inbox.facts(db, connection.id).public_url
    except (MissingDatabase, ZbdeskError):
        return polling  # what is wrong with the database has been said
    if not address:
        return polling
    if test is None:
        return Check("tunnel", "warn", "The way of the webhooks has not been tested.", "Run `zbdesk webhooks test`.")
    words = f"{test.sentence} Tested {test.at:%Y-%m-%d %H:%M} UTC."
    if test.ok:
        return Check("tunnel", "ok", words)
    return Check("tunnel", "warn", words, test.remedy or "Run `zbdesk webhooks test` again.")


def check_directory(data_dir: Path) -> Check:
    """Look whether the data directory can be written and has room."""
    probe = data_dir / f".doctor.{random_text.token_hex(4)}"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        probe.unlink()
        free = shutil.disk_usage(data_dir).free
    except OSError as exc:
        reason = exc.strerror or type(exc).__name__
        return Check(
            "data directory",
            "fail",
            f"{data_dir} cannot be written ({reason}).",
            "Allow writing there, or choose another place with --data-dir.",
        )
    megabytes = f"{free // 2**20:,} MB"
    if free < _SPACE_WISHED:
        state: State = "fail" if free < _SPACE_NEEDED else "warn"
        return Check("data directory", state, f"Only {megabytes} are free in {data_dir}.", "Free some space there.")
    return Check("data directory", "ok", f"{data_dir} can be written; {megabytes} are free.")


def check_keychain(vault: Callable[[], Vault]) -> Check:
    """Keep, read and remove a probe: only that shows that a keychain works."""
    value = random_text.token_hex(8)
    try:
        opened = vault()
        opened.set(_PROBE, value)
        found = opened.get(_PROBE)
        opened.delete(_PROBE)
    except ZbdeskError as error:
        return Check("keychain", "fail", error.title, error.message)
    if found != value:
        return Check(
            "keychain",
            "fail",
            f"Secrets do not come back as they were kept ({opened.describe()}).",
            "Restart the computer; if it stays, repair the system's keychain.",
        )
    return Check("keychain", "ok", f"Secrets are kept in {opened.describe()}.")


def check_database(path: Path) -> tuple[Check, Connection | None, tuple[str, ...]]:
    """Open the database for reading and have it check itself; returns the connection and its modules too."""
    try:
        with closing(Database.open_reader(path)) as db, db.snapshot():
            damage = db.value("PRAGMA quick_check(1)") if db.dialect.name == "sqlite" else "ok"
            connection = connections.current(db)
            enabled = module_states.enabled(db, connection.id) if connection is not None else ()
    except MissingDatabase:
        return Check("database", "ok", "There is no database yet; the first sign-in makes it."), None, ()
    except ZbdeskError as error:
        return Check("database", "fail", error.title, error.message), None, ()
    if damage != "ok":
        remedy = "Close zbdesk and restore the newest backup beside the database, or connect again and sync."
        return Check("database", "fail", f"The database {path} is damaged.", remedy), connection, enabled
    size = path.stat().st_size / 2**20
    return Check("database", "ok", f"The database is sound ({size:,.1f} MB)."), connection, enabled


def check_history(path: Path) -> list[Check]:
    """Look whether the history is as it was written; nothing to say where there is none."""
    try:
        with closing(Database.open_reader(path)) as db, db.snapshot():
            connection = connections.current(db)
            found = None if connection is None else diary.verify(db, connection.id)
    except ZbdeskError:
        return []  # told by the check of the database
    if found is None:
        return []
    if found.is_whole:
        return [Check("history", "ok", f"The history is as it was written: {found.lines:,} lines.")]
    remedy = "Somebody or something changed the database outside zbdesk. Compare it with a backup or an exported diary."
    return [Check("history", "fail", f"The history was changed at line {found.broken_at}. {found.reason}", remedy)]


def check_window() -> Check:
    """Look for the system libraries that the window needs."""
    missing = missing_libraries()
    if missing is None:
        return Check("window", "ok", "The window has all system libraries that it needs.")
    error = QtLibrariesMissing(missing)
    return Check("window", "warn", error.title, error.message)


def check_clock(skew: float | None) -> Check:
    """Compare this computer's time with the server's."""
    if skew is None:
        return Check("clock", "warn", "The clock could not be compared with Zoho's.", "Check the network first.")
    words = in_words(skew)
    if words is None:
        return Check("clock", "ok", f"The clock is right to {abs(skew):.0f} seconds.")
    return Check("clock", "fail", words, "Set date, time and time zone, best by itself over the network.")


def check_permissions(connection: Connection, enabled: tuple[str, ...]) -> Check:
    """Compare what was granted with what the chosen modules need."""
    wanted = [MODULES[name] for name in enabled if name in MODULES]
    names = [one.name for one in wanted]
    needed = scopes_for(names, write=not connection.read_only)
    granted = {scope.casefold() for scope in connection.scopes}
    lacking = [scope for scope in needed if not _covered(scope, granted)]
    if not lacking:
        return Check("permissions", "ok", f"All {len(needed)} permissions that are needed were granted.")
    return Check(
        "permissions",
        "warn",
        f"Zoho did not grant {', '.join(lacking)}.",
        "Connect again and accept all permissions, or switch the modules off that need them.",
    )


def check_recognition(path: Path, connection: Connection) -> Check:
    """Look in how many kinds of record Zoho itself refuses a second one; nothing is asked of it."""
    name = "no record twice"
    if connection.read_only:
        return Check(name, "ok", "This connection only reads, so it makes no records.")
    try:
        with closing(Database.open_reader(path)) as db, db.snapshot():
            found = recognition.views(db, connection)
    except ZbdeskError as error:
        return Check(name, "warn", error.title, error.message)
    safe, able = recognition.summary(found)
    said = f"Zoho Books itself refuses a second record in {safe} of {able} kinds; the others are looked up first."
    remedy = "" if safe == able else "`zbdesk recognition` says how each is recognised and how to make it sure."
    return Check(name, "ok", said, remedy)


def _covered(scope: str, granted: set[str]) -> bool:
    product, _, _ = scope.partition(".")
    part, _, _ = scope.rpartition(".")
    return bool({scope.casefold(), f"{part}.all".casefold(), f"{product}.fullaccess.all".casefold()} & granted)


async def _check_zoho(desk: DeskLike, client: httpx.AsyncClient, connection: Connection | None) -> list[Check]:
    """Look at the way to Zoho, the clock, the sign-in and the organization."""
    centre = kept_centre(connection) if connection is not None else DATA_CENTRES["us"]
    urls = (
        ("accounts server", connection.accounts_url if connection is not None else centre.accounts_url),
        ("API server", connection.api_url if connection is not None else centre.api_url),
    )
    seconds = min(desk.settings.request_timeout, 15.0)
    found = [await reach(client, url, desk.clock, seconds) for _, url in urls]
    checks = [_network(name, url, one) for (name, url), one in zip(urls, found, strict=True)]
    if all(one.failure is not None and one.offline for one in found):
        remedy = "Check the internet connection, and the proxy in Settings, Network."
        checks = [Check("network", "fail", "This computer is offline: neither of Zoho's servers answers.", remedy)]
    checks.append(check_clock(next((one.skew for one in found if one.skew is not None), None)))
    if connection is None:
        checks.append(Check("sign-in", "ok", "There is no connection yet.", "Run `zbdesk connect` or open the window."))
        return checks
    online = found[1].failure is None
    return checks + await _check_sign_in(desk, client, connection, online=online)


def _network(name: str, url: str, found: Reach) -> Check:
    if found.failure is None:
        return Check(name, "ok", f"{url} answers ({found.milliseconds} ms).")
    return Check(name, "fail", f"{url} does not answer. {found.failure.title}", found.failure.message)


async def _check_sign_in(
    desk: DeskLike, client: httpx.AsyncClient, connection: Connection, *, online: bool
) -> list[Check]:
    """Try the kept access token; no new one is asked for, since Zoho counts these."""
    if connection.state is ConnectionState.NEEDS_SIGN_IN:
        remedy = "Sign in again; the records here stay."
        return [Check("sign-in", "fail", "Zoho no longer accepts the sign-in.", remedy)]
    try:
        stored = await asyncio.to_thread(lambda: secrets.require(desk.vault(), connection))
    except ZbdeskError as error:
        return [Check("sign-in", "fail", error.title, error.message)]
    kept = stored.kept
    if not kept.access_token or kept.expires_at is None or kept.expires_at <= desk.clock.now():
        return [Check("sign-in", "ok", "The sign-in is kept; it is renewed at the next sync.")]
    if not online:
        return [Check("sign-in", "warn", "The sign-in is kept; it could not be tried.", "Check the network first.")]
    return await _try_token(desk, client, connection, kept.access_token)


async def _try_token(desk: DeskLike, client: httpx.AsyncClient, connection: Connection, token: str) -> list[Check]:
    try:
        seen = await ask_organizations(client, connection, token, desk.settings, desk.clock)
    except ZbdeskError as error:
        return [Check("sign-in", "warn", f"The sign-in could not be tried. {error.title}", error.message)]
    valid = Check("sign-in", "ok", "Zoho accepts the sign-in.")
    return [valid, _organization(connection, seen)]


def _organization(connection: Connection, seen: list[Organization]) -> Check:
    own = next((one for one in seen if one.organization_id == connection.organization.organization_id), None)
    name = connection.organization.name
    if own is None:
        remedy = "Ask its administrator, or connect as another user."
        return Check("organization", "fail", f"The signed-in user no longer sees {name}.", remedy)
    if not own.active:
        return Check("organization", "fail", f"{name} is not active.", "Renew its plan in Zoho Books.")
    return Check("organization", "ok", f"{own.name} is there and active.")
