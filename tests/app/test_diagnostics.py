"""The archive for support: what is shown is what is in it, and nobody's secret or name is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from zbdesk.app.diagnostics import ArchiveNotWritten, Part, archive, clean, collect, end_of_log, save
from zbdesk.app.doctor import Check
from zbdesk.app.log import mark_secret
from zbdesk.app.settings import Settings

TOKEN = "1000." + "ab12" * 8 + "." + "cd34" * 8
SEEDED = {
    "token": TOKEN,
    "secret": "s3cr3t-of-the-client",
    "iban": "DE89 3704 0044 0532 0130 00",
    "iban_plain": "GB29NWBK60161331926819",
    "email": "ap.accounts@lantern-loom.example",
    "proxy": "http://anita:hunter2@proxy.example:8080",
    "organization": "60012345678",
    "tax_id": "29AAKCM4821Q1ZX",
}


@pytest.fixture
def parts(tmp_path: Path) -> list[Part]:
    """Everything that is collected where each place holds a secret."""
    mark_secret(SEEDED["secret"])
    (tmp_path / "logs").mkdir()
    lines = [f"2026-11-20 10:00:00.000Z INFO main zbdesk: {name} {value}" for name, value in SEEDED.items()]
    (tmp_path / "logs" / "zbdesk.log").write_text("\n".join([*lines, f"in {Path.home()}/books", ""]))
    settings = Settings(proxy=SEEDED["proxy"], proxy_user="anita", relay_url=f"https://x.example/?token={TOKEN}")
    checks = [
        Check("sign_in", "ok", f"Signed in as {SEEDED['email']}."),
        Check("disk", "warn", "Little room.", "Free."),
    ]
    return collect(tmp_path, settings, checks)


def test_c89_no_seeded_secret_is_in_the_archive(parts: list[Part]) -> None:
    """Token, secret, IBAN, e-mail, login, organization and tax ID are in no file, packed or not."""
    packed = archive(parts)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        whole = "\n".join(file.read(name).decode() for name in file.namelist())
    for name, value in SEEDED.items():
        assert value not in whole, name
    assert "hunter2" not in whole
    assert str(Path.home()) not in whole


def test_c89_what_is_shown_is_what_is_saved(parts: list[Part], tmp_path: Path) -> None:
    """File by file the same text, readable for the owner only."""
    place = tmp_path / "out.zip"
    save(parts, place)
    with zipfile.ZipFile(place) as file:
        assert file.namelist() == [part.name for part in parts]
        assert [file.read(part.name).decode() for part in parts] == [part.text for part in parts]
    assert place.stat().st_mode & 0o077 == 0


def test_it_still_says_what_helps(parts: list[Part]) -> None:
    """Versions, switches, checks and that there is no database: enough to begin with."""
    texts = {part.name: part.text for part in parts}
    assert texts["versions.txt"].startswith("zbdesk ")
    assert "poll_seconds = 900.0" in texts["settings.txt"]
    assert "proxy = [set]" in texts["settings.txt"]
    assert "warn  disk: Little room. Free." in texts["checks.txt"]
    assert texts["database.txt"] == "There is none.\n"
    assert "INFO main zbdesk: token [hidden]" in texts["log.txt"]


def test_only_the_end_of_a_long_log_goes_along_and_whole_lines(tmp_path: Path) -> None:
    """The newest lines are there, the first of them whole."""
    path = tmp_path / "zbdesk.log"
    path.write_text("".join(f"{number:07} a line of the log\n" for number in range(40_000)))
    text = end_of_log(path)
    assert text.endswith("0039999 a line of the log\n")
    assert text.splitlines()[0][7:] == " a line of the log"
    assert "cannot be read" in end_of_log(tmp_path / "none.log")


def test_a_place_that_takes_nothing_is_named(parts: list[Part], tmp_path: Path) -> None:
    """A refusal of the disk is a sentence with a way out."""
    with pytest.raises(ArchiveNotWritten, match="could not be saved"):
        save(parts, tmp_path / "missing" / "out.zip")


@pytest.mark.parametrize(
    "text", ["invoice INV-000123 of 2026-11-20", "412 records, 3 problems", "run 17 ended: ok", "INR 5,00,000.00"]
)
def test_what_a_log_needs_is_not_taken_out(text: str) -> None:
    """Numbers of documents, dates and counts stay, or nobody could find anything."""
    assert clean(text) == text
