"""Settings: workable defaults, a file for people, the environment for one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from zbdesk.app.setting_keys import BY_NAME, KEYS, BadSetting, SettingsNotWritten, SettingsUnreadable
from zbdesk.app.settings import Settings, SettingsFile, load, load_settings, save, undeclared


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings are."""
    return tmp_path / "settings.toml"


def test_every_default_works(path: Path) -> None:
    """A missing file gives defaults that are themselves allowed, and no file is made."""
    assert load(path, {}) == Settings()
    assert undeclared() == set()
    for key in KEYS:
        default = getattr(Settings(), key.name)
        assert key.accept(default) == default, key.name
        assert key.wanted()
    assert not path.exists()


def test_defaults_are_those_of_the_manual() -> None:
    """60 calls a minute, 4 in parallel, polling every 15 minutes."""
    settings = Settings()
    assert (settings.calls_per_minute, settings.calls_in_parallel, settings.poll_seconds) == (60, 4, 900)
    assert settings.redirect_ports == (8976, 8977, 8978)


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("ZBDESK_CALLS_PER_MINUTE", "0", "calls_per_minute", 0),
        ("ZBDESK_CALLS_IN_PARALLEL", "2", "calls_in_parallel", 2),
        ("ZBDESK_REQUEST_TIMEOUT", "0.5", "request_timeout", 0.5),
        ("ZBDESK_RETRY_BASE_SECONDS", "0.01", "retry_base_seconds", 0.01),
        ("ZBDESK_POLL_SECONDS", " 2 ", "poll_seconds", 2.0),
        ("ZBDESK_WEBHOOK_PORT", "9000", "webhook_port", 9000),
    ],
)
def test_the_environment_wins_for_this_process(path: Path, variable: str, text: str, name: str, value: float) -> None:
    """A variable overrides the file and is never written, also when something else is."""
    save(path, calls_per_minute=30, poll_seconds=60.0)
    before = path.read_text()
    store = SettingsFile(path, {variable: text})
    assert getattr(store.current, name) == value
    assert store.overridden() == (name,)
    assert path.read_text() == before
    store.change(theme="dark")
    assert getattr(store.current, name) == value
    assert getattr(load(path, {}), name) == {"calls_per_minute": 30, "poll_seconds": 60.0}.get(
        name, getattr(Settings(), name)
    )


def test_an_empty_variable_is_none(path: Path) -> None:
    """A variable set to nothing overrides nothing."""
    assert load(path, {"ZBDESK_POLL_SECONDS": ""}) == Settings()


@pytest.mark.parametrize("text", ["soon", "-1", "nan", "inf", "1e9"])
def test_a_bad_variable_is_named(path: Path, text: str) -> None:
    """What the environment says must be a number in range; the variable's name is in the sentence."""
    with pytest.raises(BadSetting, match="ZBDESK_POLL_SECONDS"):
        load(path, {"ZBDESK_POLL_SECONDS": text})


def test_comments_and_unknown_keys_stay(path: Path) -> None:
    """What people or other versions wrote survives a change."""
    path.write_text('# mine\n[zoho]\ncalls_per_minute = 30 # slow\nfuture = "x"\n\n[other]\na = 1\n')
    save(path, calls_per_minute=20, theme="dark", redirect_ports=(9000, 9001))
    text = path.read_text()
    assert "# mine" in text
    assert "# slow" in text
    assert 'future = "x"' in text
    assert "[other]" in text
    settings = load(path, {})
    assert (settings.calls_per_minute, settings.theme, settings.redirect_ports) == (20, "dark", (9000, 9001))


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[zoho]\n\ncalls_per_minute = -1\n", "zoho.calls_per_minute", 3),
        ("[zoho]\ncalls_per_minute = true\n", "zoho.calls_per_minute", 2),
        ("[zoho]\ncalls_per_minute = 1.5\n", "zoho.calls_per_minute", 2),
        ('[sync]\npoll_seconds = "900"\n', "sync.poll_seconds", 2),
        ('a = 1\n[window]\n"theme" = "pink"\n', "window.theme", 3),
        ("window.theme = 5\n", "window.theme", 1),
        ("[network]\nredirect_ports = [80]\n", "network.redirect_ports", 2),
        ("[network]\nredirect_ports = [9000, 9000]\n", "network.redirect_ports", 2),
        ("[network]\nredirect_ports = []\n", "network.redirect_ports", 2),
        ("[notifications]\non = 1\n", "notifications.on", 2),
        ("zoho = 5\n", "zoho", 1),
    ],
)
def test_a_bad_value_is_named_with_key_and_line(path: Path, text: str, key: str, line: int) -> None:
    """The sentence says which key, what it must be and where; the file is kept as it is."""
    path.write_text(text)
    with pytest.raises(BadSetting) as caught:
        load(path, {})
    assert key in str(caught.value)
    assert f"line {line} of {path}" in str(caught.value)
    assert path.read_text() == text


@pytest.mark.parametrize("data", [b"[zoho\n", b"\xff\xfe", b"a = \n"])
def test_a_file_that_is_no_toml_is_kept(path: Path, data: bytes) -> None:
    """A broken file is named and neither replaced by defaults nor written over."""
    path.write_bytes(data)
    with pytest.raises(SettingsUnreadable):
        load(path, {})
    with pytest.raises(SettingsUnreadable):
        save(path, theme="dark")
    assert path.read_bytes() == data


def test_a_value_that_is_not_allowed_is_not_written(path: Path) -> None:
    """Bad changes from the window are refused before the file is touched."""
    with pytest.raises(BadSetting):
        save(path, theme="pink")
    assert not path.exists()


def test_a_full_disk_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that cannot be saved say so, and the old ones stay."""
    save(path, theme="dark")

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zbdesk.vault.files.os.fsync", full)
    with pytest.raises(SettingsNotWritten, match="No space left"):
        save(path, theme="light")
    monkeypatch.undo()
    assert load(path, {}).theme == "dark"


def test_the_directory_names_the_file(tmp_path: Path) -> None:
    """``load_settings`` takes the data directory."""
    save(tmp_path / "settings.toml", language="de")
    assert load_settings(tmp_path, {}).language == "de"
    assert BY_NAME["language"].table == "window"
