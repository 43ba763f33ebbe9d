"""The log: rotated, its owner's only, and without secrets wherever they stand."""

from __future__ import annotations

import logging
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from zbdesk.app import log as log_module
from zbdesk.app.log import Log, LogNotWritable, mark_secret, redacted, start_logging, stop_logging
from zbdesk.app.settings import Settings

TOKEN = "1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210"
MARKED = "marked secret/with+signs"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """Give a running log, ended afterwards with every level as it was."""
    levels = {name: logging.getLogger(name).level for name in ("", "zbdesk")}
    mark_secret(MARKED)
    made = Log(tmp_path / "logs", level="debug")
    yield made
    made.close()
    made.close()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def written(log: Log) -> str:
    """Return what stands in the file."""
    return log.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        f"token {TOKEN} end",
        f"Authorization: Zoho-oauthtoken {TOKEN}",
        "{'authorization': 'Bearer abcdefSECRET'}",
        "Authorization: Basic YWJjOnNlY3JldASECRET",
        "zoho-oauthtoken shortSECRET1",
        "https://accounts.zoho.eu/oauth/v2/token/revoke?token=SECRET",
        "http://localhost:8976/callback?state=SECRETSTATE&code=SECRET.x&location=eu",
        "grant_type=refresh_token&refresh_token=SECRET&client_secret=SECRET",
        '{"access_token": "SECRET with spaces", "refresh_token":"SECRET"}',
        "client_secret='SECRET'",
        "code_verifier=SECRET",
        "passphrase: SECRET",
        "code=SECRET-of-a-form&x=1",
        f"plain {MARKED} here",
        "encoded marked%20secret%2Fwith%2Bsigns here",
    ],
)
def test_secrets_are_hidden_in_every_form(text: str) -> None:
    """Headers, queries, forms, JSON, Zoho's token shape and marked values never stay."""
    mark_secret(MARKED)
    clean = redacted(text)
    for secret in ("SECRET", TOKEN, MARKED, "marked%20secret"):
        assert secret not in clean
    assert log_module.HIDDEN in clean


@pytest.mark.parametrize(
    "text", ["Zoho answered code 57: not authorized", "code=1002", "the token is renewed", "GET /invoices?page=2"]
)
def test_ordinary_words_stay(text: str) -> None:
    """Codes of Zoho and plain sentences are not hidden: the log must stay of use."""
    assert redacted(text) == text


def test_message_arguments_and_exception_are_clean(log: Log) -> None:
    """A secret is hidden in the message, in each argument, in the exception's text and in the stack."""
    logger = logging.getLogger("zbdesk.test")
    logger.info("plain %s", TOKEN)
    logger.info("%(key)s", {"key": f"refresh_token={MARKED}"})
    logger.info(MARKED, stack_info=True)
    try:
        int(f"failed with {MARKED} and {TOKEN}")
    except ValueError:
        logger.exception("it failed")
    logger.info("wrong %d format", MARKED)
    text = written(log)
    assert "ValueError: invalid literal" in text
    assert "wrong %d format" in text
    for secret in (TOKEN, MARKED):
        assert secret not in text


def test_httpx_addresses_do_not_reach_the_log(log: Log) -> None:
    """Foreign libraries are heard from warnings on only."""
    logging.getLogger("httpx").info("HTTP Request: POST https://x/?token=abc")
    logging.getLogger("other").warning("heard")
    assert "HTTP Request" not in written(log)
    assert "heard" in written(log)


def test_the_level_switches_without_restart(log: Log) -> None:
    """What is written follows the level at once."""
    logger = logging.getLogger("zbdesk.test")
    log.set_level("error")
    logger.info("quiet")
    log.set_level("debug")
    logger.debug("loud")
    assert "quiet" not in written(log)
    assert "loud" in written(log)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_log_is_its_owners_only(log: Log) -> None:
    """Folder and file are readable for their owner only."""
    logging.getLogger("zbdesk.test").info("x")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.path.parent.stat().st_mode) == 0o700


def test_the_log_rotates_by_size(tmp_path: Path) -> None:
    """A full file makes room for a new one, and old ones end."""
    log = Log(tmp_path, megabytes=0.001)
    for number in range(100):
        logging.getLogger("zbdesk.test").error("line %s %s", number, "x" * 100)
    log.close()
    files = sorted(tmp_path.iterdir())
    assert 2 <= len(files) <= 10
    assert all(file.stat().st_size < 1_400 for file in files)
    assert "line 99" in log.path.read_text()


def test_the_log_rotates_by_age(tmp_path: Path) -> None:
    """A file from yesterday is put aside, one from before the chosen days is removed."""
    path = tmp_path / "zbdesk.log"
    yesterday = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 90_000))
    path.write_text(f"{yesterday}.000Z INFO old line\n")
    ancient = tmp_path / "zbdesk.log.1"
    ancient.write_text("ancient")
    os.utime(ancient, (0, 0))
    log = Log(tmp_path, days=3)
    assert not ancient.exists()
    logging.getLogger("zbdesk.test").error("new line")
    log.close()
    assert "old line" not in path.read_text()
    assert "old line" in (tmp_path / "zbdesk.log.1").read_text()


def test_starting_again_closes_the_one_before(tmp_path: Path) -> None:
    """One process has one log, and stopping twice is harmless."""
    first = start_logging(tmp_path / "a", Settings())
    second = start_logging(tmp_path / "b", Settings(log_level="debug"))
    logging.getLogger("zbdesk.test").info("here")
    stop_logging()
    stop_logging()
    assert first.path.read_text() == ""
    assert "here" in second.path.read_text()
    logging.getLogger("zbdesk").setLevel(logging.NOTSET)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A log that cannot be made is named with the way out."""
    (tmp_path / "logs").write_text("a file")
    with pytest.raises(LogNotWritable):
        start_logging(tmp_path, Settings())


def test_short_words_are_never_marked() -> None:
    """Nothing and very short texts are not secrets: hiding them would empty the log."""
    mark_secret(None)
    mark_secret("")
    mark_secret("abc")
    assert redacted("abc") == "abc"
