"""Settings: one TOML file that people may edit too, and the environment for one process.

Every setting has a default that works. Comments and keys of other versions stay as they are. Overrides of the
environment hold for this process and are never written: ``save`` writes the keys it is given and no others.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zbdesk.app.paths import DataPaths
from zbdesk.app.setting_keys import BY_NAME, KEYS, BadSetting, Key, SettingsNotWritten, SettingsUnreadable, line_of

if TYPE_CHECKING:
    # What reads and writes the file is imported where there is one: most people never have any.
    import tomlkit


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of this process. What each may be stands in ``setting_keys.KEYS``."""

    theme: str = "system"
    language: str = ""
    """Empty: the system's."""

    negative_style: str = "system"
    """How the window writes amounts below zero; files have a plain minus always."""

    calls_per_minute: int = 60
    """0: no limit of our own."""

    calls_in_parallel: int = 4
    request_timeout: float = 60.0
    retry_base_seconds: float = 1.0
    poll_seconds: float = 900.0
    limit_changes: int = 2_000
    """Records that one run may write without asking; 0: no limit."""

    limit_deletions: int = 100
    """Records that one run may delete or void without asking; 0: no limit."""

    limit_value: str = ""
    """Amounts that one run may write without asking, by currency; empty: no limit."""

    fill_details: bool = False
    """Read the line items of everything, as a back-fill inside the day's budget."""

    webhook_port: int = 8971
    interface_enabled: bool = False
    """Whether other programs may ask over HTTP, with a token."""

    interface_port: int = 8972
    interface_network: bool = False
    """Other computers too, not only this one."""

    interface_hosts: str = ""
    """Names by which other computers call this one, with commas between."""

    export_folder: str = ""
    """Where exports are written by themselves; empty: nowhere."""

    export_modules: str = ""
    """Which, with commas between."""

    export_format: str = "xlsx"
    export_hours: float = 24.0
    interface_zoho_writes: bool = False
    """Whether programs may write to Zoho's own paths, past the local records."""

    tunnel: str = "own"
    """How Zoho reaches this computer; ``own``: the address that a person pasted, if any."""

    tunnel_program: str = ""
    """Where the tunnel program is; empty: on the search path."""

    tunnel_name: str = ""
    """A named tunnel of cloudflared; empty: a quick one, or the one of a token in the vault."""

    tunnel_address: str = ""
    """The lasting public address of a named, reserved or ssh tunnel."""

    ssh_server: str = ""
    ssh_port: int = 22
    ssh_remote_port: int = 8971
    ssh_bind: str = "localhost"
    ssh_key: str = ""
    ssh_known_hosts: str = ""
    relay_url: str = ""
    relay_format: str = "zbdesk"
    fallback_seconds: float = 300.0
    """Seconds between polls while webhooks fail or miss changes; never longer than the usual interval."""

    gap_percent: int = 20
    """The part of changes that may come without a webhook before that counts as a gap."""

    redirect_ports: tuple[int, ...] = (8976, 8977, 8978)
    proxy: str = ""
    """Empty: the system's; ``direct``: none."""

    ca_file: str = ""
    """Certificates trusted besides the system's."""

    log_level: str = "info"
    log_days: int = 14
    log_megabytes: float = 5.0
    close_button: str = "ask"
    start_minimised: bool = False
    month_end: bool = False
    """Month end: only what is needed, errors only, this computer stays awake."""

    month_end_until: str = ""
    """Its last day, as the organization counts days; empty: until it is switched off."""

    notify: bool = True
    notify_problems: bool = True
    notify_conflicts: bool = True
    notify_sign_in: bool = True
    notify_recovered: bool = True
    notify_first_sync: bool = True
    notify_names_and_amounts: bool = False
    notify_per_hour: int = 6
    """Notifications an hour; what comes on top is told by one that sums up."""

    hours_from: str = ""
    """Scheduled passes only from this time of the organization's day; empty: at any time."""

    hours_to: str = ""
    hours_days: str = ""
    """Days of scheduled passes, 1 is Monday; empty: every day."""

    pause_metered: bool = False
    pause_battery: bool = False
    battery_percent: int = 20
    call_reserve_percent: int = 30
    """The part of a day's calls that is kept for a person's own clicks."""

    proxy_user: str = ""
    """Name for the proxy's login; its password is in the vault."""

    look_for_updates: bool = True
    """Whether a build that knows where asks once a day for a newer version; nothing is downloaded."""

    fault_report: bool = False
    """Whether a fault of the program shows its report, to copy or save. Nothing is ever sent."""

    single_letter_keys: bool = True


def load_settings(data_dir: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of a data directory, see ``load``."""
    return load(DataPaths(data_dir).settings, environ)


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the file, lay the environment over it. A missing file means defaults.

    Raises ``BadSetting`` (key, line or variable named) and ``SettingsUnreadable``; the file is kept as it is.
    """
    values = _from_file(path)
    for key in KEYS:
        text = environ.get(key.variable, "") if key.variable else ""
        if text.strip():
            values[key.name] = _accepted(key, key.parse(text.strip()), text, key.variable)
    return Settings(**values)


def save(path: Path, **changes: Any) -> None:
    """Write these settings into the file and leave all else in it alone; equal to the default: written too.

    Raises ``BadSetting`` for a value that is not allowed, before anything is written.
    """
    import tomlkit

    from zbdesk.vault.files import write_atomically

    document = _document(path)
    for name, value in changes.items():
        key = BY_NAME[name]
        accepted = _accepted(key, value, value, str(path))
        table = document.get(key.table)
        if not isinstance(table, dict):
            table = tomlkit.table()
            document[key.table] = table
        table[key.key] = list(accepted) if isinstance(accepted, tuple) else accepted
    try:
        write_atomically(path, tomlkit.dumps(document).encode())
    except OSError as exc:
        raise SettingsNotWritten(path, exc.strerror or type(exc).__name__) from exc


class SettingsFile:
    """The settings of one data directory, kept in step with the file. Not for use from several threads."""

    def __init__(self, path: Path, environ: Mapping[str, str] = os.environ) -> None:
        self.path = path
        self._environ = environ
        self.current = load(path, environ)

    def change(self, **changes: Any) -> Settings:
        """Write and return the settings as they hold now; an override of the environment still wins here."""
        save(self.path, **changes)
        self.current = load(self.path, self._environ)
        return self.current

    def overridden(self) -> tuple[str, ...]:
        """Names of settings that the environment holds for this process."""
        return tuple(key.name for key in KEYS if key.variable and self._environ.get(key.variable, "").strip())


def _from_file(path: Path) -> dict[str, Any]:
    text = _text(path)
    if text is None:
        return {}
    document = _parsed(path, text)
    values: dict[str, Any] = {}
    for key in KEYS:
        table = document.get(key.table, {})
        if not isinstance(table, dict):
            raise BadSetting(key.table, "a table", f"line {line_of(text, None, key.table)} of {path}")
        if key.key in table:
            found = table[key.key]
            raw = found.unwrap() if hasattr(found, "unwrap") else found
            place = f"line {line_of(text, key.table, key.key)} of {path}"
            values[key.name] = _accepted(key, raw, raw, place)
    return values


def _accepted(key: Key, value: object, shown: object, place: str) -> Any:
    accepted = key.accept(value)
    if accepted is None:
        raise BadSetting(f"{key.table}.{key.key}", key.wanted(), place, shown)
    return accepted


def _document(path: Path) -> tomlkit.TOMLDocument:
    return _parsed(path, _text(path) or "")


def _text(path: Path) -> str | None:
    """The file's text; None where there is no file."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as exc:
        raise SettingsUnreadable(path, "it is not UTF-8 text") from exc
    except OSError as exc:
        raise SettingsUnreadable(path, exc.strerror or type(exc).__name__) from exc


def _parsed(path: Path, text: str) -> tomlkit.TOMLDocument:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except TOMLKitError as exc:
        line = getattr(exc, "line", None)
        raise SettingsUnreadable(path, f"line {line} is not TOML" if line else "it is not TOML") from exc


def undeclared() -> set[str]:
    """Names of settings that the file could not hold: always empty, held by a test."""
    return {item.name for item in fields(Settings)} ^ set(BY_NAME)
