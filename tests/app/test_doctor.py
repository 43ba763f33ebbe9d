"""The doctor: each finding has a sentence and a remedy, and looking changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from app_fakes import NOW, FakeZoho, HandClock

from zbdesk.app import secrets
from zbdesk.app.doctor import Check, check_permissions, examine
from zbdesk.app.paths import DataPaths
from zbdesk.app.secrets import StoredSecrets
from zbdesk.app.settings import Settings
from zbdesk.domain.modules import MODULES, scopes_for
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import connections, module_states
from zbdesk.store.database import Database
from zbdesk.vault import MemoryVault
from zbdesk.vault.errors import NoKeychain, VaultLocked
from zbdesk.zoho.auth import KeptToken

pytestmark = pytest.mark.anyio

ENABLED = ("taxes", "invoices")


class World:
    """What a desk is to the doctor."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder
        self.settings = Settings()
        self.clock = HandClock()
        self.memory = MemoryVault()
        self.zoho = FakeZoho()

    def vault(self) -> MemoryVault:
        """Give the vault."""
        return self.memory

    def connect(self, state: ConnectionState = ConnectionState.ACTIVE, *, life: float = 3_000) -> Connection:
        """Store a connection whose access token still lives ``life`` seconds."""
        connection = Connection(
            id=0,
            organization=Organization("10", "Nordwind GmbH"),
            data_centre="eu",
            accounts_url="https://accounts.zoho.eu",
            api_url="https://www.zohoapis.eu",
            location="eu",
            client_id="1000.CLIENT",
            scopes=scopes_for(ENABLED, write=False),
            read_only=True,
            state=state,
            connected_at=NOW,
        )
        with closing(Database.open(DataPaths(self.data_dir).database, now=lambda: NOW)) as db, db.transaction():
            connection = connections.save(db, connection)
            module_states.set_enabled(db, connection.id, ENABLED)
        kept = KeptToken("1000.access-marked", NOW + timedelta(seconds=life))
        secrets.save_prefix(
            self.memory, connection.vault_prefix, StoredSecrets("s-marked", "1000.refresh-marked", kept)
        )
        return connection

    async def examine(self) -> dict[str, Check]:
        """Let the doctor look; every finding that is not in order must say what to do."""
        found = await examine(self, self.zoho.client)
        for check in found:
            assert check.sentence
            assert check.remedy or check.state == "ok", check
            assert "marked" not in check.sentence + check.remedy
        return {check.name: check for check in found}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Give an empty data directory."""
    return World(tmp_path)


async def test_all_is_well(world: World) -> None:
    """With a living sign-in all is in order; no token is asked for and no probe stays behind."""
    world.connect()
    names = world.memory.names()
    files = sorted(path.name for path in world.data_dir.iterdir() if "-" not in path.name)
    found = await world.examine()
    found.pop("window")
    assert {check.state for check in found.values()} == {"ok"}, found
    assert list(found) == [
        "data directory",
        "keychain",
        "database",
        "history",
        "accounts server",
        "API server",
        "clock",
        "sign-in",
        "organization",
        "permissions",
        "no record twice",
        "tunnel",
    ]
    assert world.memory.names() == names
    assert sorted(path.name for path in world.data_dir.iterdir() if "-" not in path.name) == files
    assert not any("token" in request.url.path for request in world.zoho.requests)


async def test_an_empty_directory_is_no_failure(world: World) -> None:
    """Before the first connection the doctor says what is not there yet, and fails nothing."""
    found = await world.examine()
    assert "no database yet" in found["database"].sentence
    assert "no connection yet" in found["sign-in"].sentence
    assert not DataPaths(world.data_dir).database.exists()
    assert all(check.state == "ok" for name, check in found.items() if name != "window")


async def test_offline_is_named_as_such(world: World) -> None:
    """When no server can be reached it is one finding, not many, and the sign-in is not blamed."""
    world.connect()
    world.zoho.down = httpx.ConnectError
    found = await world.examine()
    assert "offline" in found["network"].sentence
    assert found["network"].state == "fail"
    assert (found["clock"].state, found["sign-in"].state) == ("warn", "warn")
    assert "organization" not in found


async def test_a_server_that_is_slow_is_named(world: World) -> None:
    """A server that does not answer in time is not called offline."""
    world.zoho.down = httpx.ReadTimeout
    found = await world.examine()
    assert found["accounts server"].state == "fail"
    assert "network" not in found


async def test_a_wrong_clock_is_named(world: World) -> None:
    """A clock that is a day off is a failure with the way to mend it."""
    world.zoho.date = NOW + timedelta(days=1)
    found = await world.examine()
    assert found["clock"].state == "fail"
    assert "24 hours behind" in found["clock"].sentence


@pytest.mark.parametrize("failure", [VaultLocked("The keyring"), NoKeychain()])
async def test_a_keychain_that_does_not_work(world: World, failure: VaultLocked | NoKeychain) -> None:
    """A locked or missing keychain is named with its remedy, and the sign-in with the same."""
    world.connect()
    world.memory.failure = failure
    found = await world.examine()
    assert found["keychain"] == Check("keychain", "fail", failure.title, failure.message)
    assert found["sign-in"].state == "fail"


async def test_a_keychain_that_forgets(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keychain that takes a secret and gives none back does not work."""
    monkeypatch.setattr(world.memory, "get", lambda name: None)
    assert (await world.examine())["keychain"].state == "fail"


async def test_a_damaged_database_is_found(world: World) -> None:
    """Damage inside the file is found by looking, before syncing stumbles over it."""
    world.connect()
    path = DataPaths(world.data_dir).database
    data = bytearray(path.read_bytes())
    data[16_384 : len(data)] = b"\x5a" * (len(data) - 16_384)
    path.write_bytes(data)
    assert (await world.examine())["database"].state == "fail"


async def test_a_file_that_is_no_database_is_found(world: World) -> None:
    """Something else under that name is named too."""
    DataPaths(world.data_dir).database.write_bytes(b"not a database" * 2_000)
    assert (await world.examine())["database"].state == "fail"


async def test_an_ended_sign_in(world: World) -> None:
    """What the engine found out is told without asking Zoho again."""
    world.connect(ConnectionState.NEEDS_SIGN_IN)
    found = await world.examine()
    assert found["sign-in"].state == "fail"
    assert not any("organizations" in request.url.path for request in world.zoho.requests)


async def test_lost_secrets(world: World) -> None:
    """A connection whose secrets are gone needs a new sign-in."""
    secrets.forget(world.memory, world.connect())
    assert (await world.examine())["sign-in"].state == "fail"


async def test_an_old_token_is_not_renewed(world: World) -> None:
    """An access token whose hour is over is noted; the doctor asks for no new one."""
    world.connect(life=-10)
    found = await world.examine()
    assert found["sign-in"].state == "ok"
    assert "renewed" in found["sign-in"].sentence
    assert not any("token" in request.url.path for request in world.zoho.requests)


async def test_a_refused_token_is_not_renewed(world: World) -> None:
    """A refusal is told as it is, without a token request."""
    world.connect()
    world.zoho.api_status = 401
    found = await world.examine()
    assert found["sign-in"].state == "warn"
    assert not any("token" in request.url.path for request in world.zoho.requests)


@pytest.mark.parametrize(
    ("organizations", "word"),
    [([], "no longer sees"), ([{"organization_id": "10", "name": "N", "is_org_active": False}], "not active")],
)
async def test_an_organization_that_went_away(world: World, organizations: list[dict[str, object]], word: str) -> None:
    """An organization that the user lost, or whose plan ended, is named."""
    world.connect()
    world.zoho.organizations = organizations
    check = (await world.examine())["organization"]
    assert check.state == "fail"
    assert word in check.sentence


async def test_missing_permissions_are_listed(world: World) -> None:
    """Scopes that the chosen modules need and Zoho did not grant are named; ALL covers its parts."""
    connection = world.connect()
    check = check_permissions(connection, (*ENABLED, "bills", "unknown"))
    assert check.state == "warn"
    assert "ZohoBooks.bills.READ" in check.sentence
    assert check_permissions(connection, ENABLED).state == "ok"
    assert MODULES["bills"].read_scope == "ZohoBooks.bills.READ"


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def free_space(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Give a disk whose room the test decides."""
    return lambda free: monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(2**40, 0, free))


@pytest.mark.parametrize(("megabytes", "state"), [(10, "fail"), (200, "warn"), (5_000, "ok")])
async def test_a_full_disk_is_found(
    world: World, free_space: Callable[[int], None], megabytes: int, state: str
) -> None:
    """Little room is a warning, next to none a failure."""
    free_space(megabytes * 2**20)
    assert (await world.examine())["data directory"].state == state


async def test_a_directory_that_cannot_be_written(world: World, tmp_path: Path) -> None:
    """A directory that is gone or read-only is named with the way out."""
    world.data_dir = tmp_path / "gone"
    check = (await world.examine())["data directory"]
    assert check.state == "fail"
    assert "--data-dir" in check.remedy
