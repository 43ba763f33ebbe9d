"""Disks and files: full, read-only, damaged, of another version. What was stored stays, and works again after."""

from __future__ import annotations

import csv
import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.failures import disks
from tests.failures.conftest import PASSPHRASE, Program
from zbdesk.app.log import start_logging, stop_logging
from zbdesk.app.setting_keys import SettingsNotWritten
from zbdesk.app.settings import Settings, load, save
from zbdesk.store import schema

DATABASE = "zbdesk.sqlite3"


@pytest.fixture
def disk(program: Program) -> Iterator[Program]:
    """A program whose data directory is a disk of eight megabytes."""
    disks.mount(program.place, 8_000)
    yield program
    disks.unmount(program.place)


# A full disk


@pytest.mark.logs("could not be written down")
def test_a_disk_that_runs_full_in_a_first_load_takes_the_last_page_back_only(disk: Program) -> None:
    """What was committed stays, the sentence says so, and the load goes on once there is room."""
    disks.fill(disk.place, leave_kilobytes=300)
    answer = disk("sync", "--json", "--module", "invoices", "--module", "contacts")
    assert answer.code == 1
    assert answer.json["result"] == "failed"
    assert "The disk is full." in answer.json["message"]
    assert "Free some space" in answer.json["message"]
    assert "nothing stored earlier is lost" in answer.json["message"]
    disks.make_room(disk.place)
    assert disk("sync", "--json", "--module", "invoices").json["result"] == "ok"
    expected = disk.server.company.org(disk.organization).all("invoices")
    assert {row["remote_id"] for row in disk.records("invoices")} == {one["invoice_id"] for one in expected}
    disk.works()


@pytest.mark.parametrize("left", [0, 40])
@pytest.mark.parametrize("command", ["sync", "connect", "disconnect", "run"])
def test_every_writing_command_on_a_full_disk_leaves_the_connection(disk: Program, command: str, left: int) -> None:
    """Whether nothing can be written or only a little: one sentence, exit 1, and the same connection afterwards."""
    disks.fill(disk.place, leave_kilobytes=left)
    kept = disk.server.tokens.refresh_tokens()
    words = {"connect": disk.connect_words(), "disconnect": ("disconnect",)}.get(command, (command, "--json"))
    answer = disk(*words)
    assert answer.code == 1
    answer.says("ree some space")
    assert "disk is full" in answer.err or "No space left" in answer.err
    assert disk.server.tokens.refresh_tokens() == kept
    disks.make_room(disk.place)
    disk.works()


def test_an_export_to_a_full_disk_keeps_the_file_that_was_there(disk: Program) -> None:
    """The old file is whole, no half one lies beside it, and the sentence names the cause."""
    target = disk.place / "contacts.csv"
    assert disk("export", "contacts", str(target)).code == 0
    old = target.read_bytes()
    disks.fill(disk.place, leave_kilobytes=8)  # room for the reader's own files, not for the export
    answer = disk("export", "contacts", str(target))
    assert answer.code == 1
    answer.says("contacts.csv could not be written", "No space left on device", "What stood there before is unchanged")
    assert target.read_bytes() == old
    assert [file.name for file in disk.place.iterdir() if file.name.startswith(".contacts")] == []
    disks.make_room(disk.place)
    disk.works()


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_an_export_to_another_full_disk_is_one_sentence(program: Program, tmp_path: Path, ending: str) -> None:
    """A memory stick without room: every format says so, and leaves nothing half there."""
    stick = tmp_path / "stick"
    disks.mount(stick, 16)
    try:
        disks.fill(stick, leave_kilobytes=4)
        answer = program("export", "items", str(stick / f"items.{ending}"))
        assert answer.code == 1
        answer.says(f"items.{ending} could not be written", "No space left on device", "Free some space")
        assert [file.name for file in stick.iterdir()] == [disks.FILLER]
    finally:
        disks.unmount(stick)
    program.works()


def test_settings_on_a_full_disk_stay_as_they_were(tmp_path: Path) -> None:
    """The old settings are whole; the sentence names file and cause."""
    place = tmp_path / "place"
    disks.mount(place, 64)
    try:
        file = place / "settings.toml"
        save(file, theme="dark")
        old = file.read_bytes()
        disks.fill(place)
        with pytest.raises(SettingsNotWritten, match=r"No space left.*untouched"):
            save(file, theme="light")
        assert file.read_bytes() == old
        assert load(file, {}).theme == "dark"
        assert sorted(one.name for one in place.iterdir()) == [disks.FILLER, "settings.toml"]
    finally:
        disks.unmount(place)


def test_a_log_on_a_full_disk_costs_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lost lines are said once; no traceback of the logging library, and nothing that is logged fails."""
    place = tmp_path / "place"
    disks.mount(place, 64)
    try:
        start_logging(place, Settings(log_level="debug"))
        disks.fill(place)
        log = logging.getLogger("zbdesk.tests")
        for number in range(200):
            log.warning("line %d %s", number, "x" * 200)
        stop_logging()
    finally:
        stop_logging()
        disks.unmount(place)
    said = capsys.readouterr().err
    assert said.count("The log cannot be written") == 1
    assert "No space left on device" in said
    assert "Free some space" in said
    assert "Traceback" not in said


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
@pytest.mark.parametrize("words", [("status", "--json"), ("records", "items", "--json")])
def test_an_answer_that_cannot_be_written_is_a_failure(program: Program, words: tuple[str, ...]) -> None:
    """``zbdesk ... > file`` on a full disk: exit 1 and a sentence: no script takes half a document for a whole one."""
    with open("/dev/full", "w") as full:  # noqa: PTH123
        answer = program.end(program.start(*words, stdout=full))
    assert answer.code == 1
    answer.says("could not be written to standard output", "No space left on device")
    program.works()


# A disk that is read-only


def test_a_read_only_data_directory_is_named(disk: Program) -> None:
    """Writing commands name the directory and the way out; nothing is half done."""
    disks.read_only(disk.place, on=True)
    for words in (("sync", "--json"), disk.connect_words(), ("disconnect",), ("run", "--json")):
        answer = disk(*words)
        assert answer.code == 1
        answer.says("cannot write in its data directory", str(disk.place), "Read-only", "Allow writing there")
    disks.read_only(disk.place, on=False)
    disk.works()


def test_an_empty_read_only_directory_still_has_a_status(fresh: Program) -> None:
    """``status`` works on an empty directory, also where no log can be made; it says so and goes on."""
    disks.mount(fresh.place, 64)
    try:
        disks.read_only(fresh.place, on=True)
        answer = fresh("status", "--json")
        assert answer.code == 0
        assert answer.json["connection"]["state"] == "none"
        answer.says("The log cannot be written", "goes on without a log")
    finally:
        disks.unmount(fresh.place)


READING = [("status", "--json"), ("records", "items", "--json")]


@pytest.mark.parametrize("words", READING)
@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_reading_needs_no_room(disk: Program, words: tuple[str, ...], trouble: str) -> None:
    """What is on a full or read-only disk can still be looked at and carried away."""
    if trouble == "full":
        disks.fill(disk.place)
    else:
        disks.read_only(disk.place, on=True)
    try:
        assert disk(*words).code == 0
    finally:
        disks.read_only(disk.place, on=False)


def test_a_data_directory_below_a_file_is_named(program: Program, tmp_path: Path) -> None:
    """A file stands where the directory should be: it is named and left alone."""
    file = tmp_path / "a file"
    file.write_text("mine")
    program.place = file
    answer = program("status", "--json")
    assert answer.code == 1
    answer.says("data directory cannot be used", "there is a file of that name", "Choose another one with --data-dir")
    assert answer.json["result"] == "failed"
    assert file.read_text() == "mine"


# Other versions, damage, foreign files


def with_schema(place: Path, number: int) -> None:
    """Pretend that another version of the program has written the database."""
    db = sqlite3.connect(place / DATABASE)
    db.execute("INSERT INTO migration (number, name, applied_at) VALUES (?, 'from the future', 0)", (number,))
    db.commit()
    db.close()


def without_schema(place: Path, number: int) -> None:
    """Take the record of a pretended version away."""
    db = sqlite3.connect(place / DATABASE)
    db.execute("DELETE FROM migration WHERE number = ?", (number,))
    db.commit()
    db.close()


def commands(program: Program) -> list[tuple[str, ...]]:
    """One of each kind: reading, writing, connecting."""
    return [("status", "--json"), ("records", "items", "--json"), ("sync", "--json"), program.connect_words()]


def test_a_database_of_a_newer_version_is_not_touched(program: Program) -> None:
    """Update, or use the version that made it; not one byte of it changes."""
    newer = schema.newest() + 5
    with_schema(program.place, newer)
    before = (program.place / DATABASE).read_bytes()
    kept = program.server.tokens.refresh_tokens()
    for words in commands(program):
        answer = program(*words)
        assert answer.code == 1
        answer.says("made by a newer zbdesk.", f"version {newer}", "Update zbdesk", "Nothing was changed")
    assert (program.place / DATABASE).read_bytes() == before
    assert program.server.tokens.refresh_tokens() == kept
    without_schema(program.place, newer)
    program.works()


def test_a_database_of_an_earlier_version_is_not_taken_for_none(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look after an update shows the connection: the database is backed up and brought up to date first."""
    later = schema.migrations.Migration(schema.newest() + 1, "later", ("CREATE TABLE later_on (id {pk})",))
    monkeypatch.setattr(schema.migrations, "ALL", (*schema.migrations.ALL, later))
    status = program("status", "--json").json
    assert status["connection"]["organization_id"] == program.organization
    assert [file.name for file in program.place.iterdir() if "backup" in file.name or file.suffix == ".bak"] != []
    program.works()


@pytest.mark.parametrize("damage", ["overwritten", "torn", "text"])
def test_a_damaged_database_is_left_exactly_as_it_is(program: Program, damage: str) -> None:
    """The file is kept for whoever can mend it; with a copy put back everything goes on."""
    file = program.place / DATABASE
    whole = file.read_bytes()
    broken = {
        "overwritten": b"\0" * 4096 + whole[4096:],
        "torn": whole[: len(whole) // 3],
        "text": b"this is a shopping list\n" * 1000,
    }[damage]
    file.write_bytes(broken)
    for words in commands(program):
        answer = program(*words)
        if damage == "torn" and answer.code == 0:
            continue  # what a command did not have to read cannot show it
        assert answer.code == 1, words
        answer.says("The database is damaged.", "left exactly as it is", "connect again")
    if damage != "torn":
        assert file.read_bytes() == broken
    for companion in program.place.glob(f"{DATABASE}-*"):
        companion.unlink()
    file.write_bytes(whole)
    program.works()


def test_a_database_of_another_program_is_refused(fresh: Program) -> None:
    """Somebody pointed --data-dir at the wrong place: nothing is written into a foreign database."""
    fresh.place.mkdir()
    db = sqlite3.connect(fresh.place / DATABASE)
    db.execute("CREATE TABLE recipes (id INTEGER)")
    db.commit()
    db.close()
    before = (fresh.place / DATABASE).read_bytes()
    for words in (("status", "--json"), fresh.connect_words()):
        answer = fresh(*words)
        assert answer.code == 1
        answer.says("belongs to another program.", "nothing was written", "Choose another data folder")
    assert (fresh.place / DATABASE).read_bytes() == before


# The settings file


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sync]\npoll_seconds = 'often'\n", ("sync.poll_seconds", "line 2", "remove it to use the default")),
        ("[zoho\ncalls_per_minute = 5\n", ("settings file cannot be read", "line 1", "Mend it")),
        ("zoho = 3\n", ("zoho must be a table", "line 1")),
        ("[network]\nredirect_ports = [80]\n", ("network.redirect_ports", "line 2", "between 1024 and 65535")),
    ],
)
def test_a_tampered_settings_file_names_key_and_line(program: Program, text: str, words: tuple[str, ...]) -> None:
    """Every command says what is wrong and where; the file is not overwritten."""
    program.settings(text)
    for command in (("status", "--json"), ("sync", "--json")):
        answer = program(*command)
        assert answer.code == 1
        answer.says(*words)
        assert answer.json["result"] == "failed"
    assert (program.place / "settings.toml").read_text() == text
    (program.place / "settings.toml").unlink()
    program.works()


def test_settings_that_are_no_text_are_named(program: Program) -> None:
    """Bytes of another program are not mended away."""
    (program.place / "settings.toml").write_bytes(b"\xff\xfe\x00[")
    answer = program("status", "--json")
    assert answer.code == 1
    answer.says("settings file cannot be read", "not UTF-8")
    (program.place / "settings.toml").unlink()
    program.works()


def test_a_bad_override_of_the_environment_names_the_variable(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in the environment is not looked for in the file."""
    monkeypatch.setenv("ZBDESK_POLL_SECONDS", "soon")
    answer = program("status", "--json")
    assert answer.code == 1
    answer.says("sync.poll_seconds", "ZBDESK_POLL_SECONDS")
    monkeypatch.delenv("ZBDESK_POLL_SECONDS")
    program.works()


# Paths


def test_a_place_with_spaces_and_other_scripts_works_in_every_command(program: Program, tmp_path: Path) -> None:
    """Nobody has to rename a folder: connect, sync, look, export, all in processes of their own."""
    place = tmp_path / "Bücher & Konten 帳簿 (#1) 100%"
    shutil.copytree(program.place, place)
    program.place = place
    assert program.real("sync", "--json", "--module", "items").json["result"] == "ok"
    target = place / "ausfuhr ärger.csv"
    assert program("export", "items", str(target)).code == 0
    with target.open(encoding="utf-8", newline="") as file:
        assert {row["remote_id"] for row in csv.DictReader(file)} == {row["remote_id"] for row in program.records()}
    assert program(*program.connect_words()).code == 0
    program.works()


# The vault


def test_a_wrong_passphrase_changes_nothing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, never its value; the sealed file stays as it is."""
    sealed = next(program.place.glob("vault*"))
    before = sealed.read_bytes()
    monkeypatch.setenv("ZBDESK_VAULT_PASSPHRASE", "another passphrase")
    answer = program("sync", "--json")
    assert answer.code == 1
    answer.says("passphrase does not open", "ZBDESK_VAULT_PASSPHRASE", "records on this computer stay")
    assert "another passphrase" not in answer.err + answer.out
    monkeypatch.delenv("ZBDESK_VAULT_PASSPHRASE")
    program("sync", "--json").says("no passphrase was given", "Set ZBDESK_VAULT_PASSPHRASE")
    monkeypatch.setenv("ZBDESK_VAULT_PASSPHRASE", PASSPHRASE)
    assert sealed.read_bytes() == before
    program.works()


def test_a_damaged_vault_is_told_from_a_wrong_passphrase(program: Program) -> None:
    """What cannot be opened with any passphrase says so; with the file back everything goes on."""
    sealed = next(program.place.glob("vault*"))
    before = sealed.read_bytes()
    sealed.write_bytes(before[:40] + b"\0\0\0\0" + before[44:][:-10])
    answer = program("sync", "--json")
    assert answer.code == 1
    answer.says("kept sign-in is damaged", "backup")
    assert json.loads(answer.out)["result"] == "failed"
    sealed.write_bytes(before)
    program.works()
