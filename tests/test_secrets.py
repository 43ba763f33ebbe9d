"""No secret outside the vault: not in the database, the settings, the logs, the exports, nor on the terminal."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, server, terminal
from zbdesk.store.database import Database
from zbdesk.vault.sealed import FILE_NAME

__all__ = ["server", "terminal"]


def everything_written(place: Path) -> bytes:
    """All bytes below a directory, packed ones unpacked, but those of the sealed vault."""
    files = [file for file in place.rglob("*") if file.is_file() and file.name != FILE_NAME]
    contents = [file.read_bytes() for file in files]
    with Database.open_reader(place / "zbdesk.sqlite3") as db, db.snapshot():
        contents += [zlib.decompress(bytes(body)) for (body,) in db.all("SELECT body FROM block")]
    return b"\n".join(contents)


@pytest.mark.parametrize("level", ["debug", "info"])
def test_secrets_are_in_the_vault_and_nowhere_else(terminal: Terminal, tmp_path: Path, level: str) -> None:
    """A whole life (connect, sync, failures, export, doctor, disconnect) leaves no secret behind, at any log level."""
    terminal.place.mkdir(mode=0o700)
    (terminal.place / "settings.toml").write_text(f'[log]\nlevel = "{level}"\n')
    code = terminal.server.credentials.grant_code()
    said = [terminal.connect(code=code), terminal("sync", "--json"), terminal("status", "--json")]
    access = terminal.server.tokens.access_tokens()[0]
    refresh = terminal.server.tokens.refresh_tokens()[0]
    terminal.server.faults.fail(500, path="/invoices")
    said += [terminal("sync", "--json"), terminal("export", "contacts", str(tmp_path / "c.csv")), terminal("doctor")]
    terminal.server.tokens.expire_access()
    said += [terminal("sync", "--json"), terminal("connect", "--region", "custom")]
    terminal.server.tokens.revoke_all()
    terminal.server.tokens.expire_access()
    said += [terminal("sync", "--json"), terminal.connect(code="1000.marked-grant-code")]
    written = everything_written(terminal.place) + (tmp_path / "c.csv").read_bytes()
    said += [terminal("disconnect")]
    shown = "".join(answer.out + answer.err for answer in said).encode()
    secrets = [terminal.server.credentials.client_secret, code, access, refresh, "marked-grant-code", "only for tests"]
    found = [secret for secret in secrets if secret.encode() in written or secret.encode() in shown]
    assert found == []
