"""What each setting may be: its place in the file, its variable, its bounds. Pure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zbdesk.domain.errors import SetupError


class BadSetting(SetupError):
    """One setting holds a value that it cannot have."""

    def __init__(self, key: str, wanted: str, place: str, value: object = None) -> None:
        found = "" if value is None else f" It holds {value!r}."
        super().__init__(
            f"The setting {key} must be {wanted}.",
            f"Change {place}, or remove it to use the default.{found}",
            subject=key,
            code="bad_setting",
        )


class SettingsUnreadable(SetupError):
    """The settings file as a whole cannot be read. It is kept."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            "The settings file cannot be read.",
            f"{path}: {reason}. Mend it, or move it away to start with the defaults.",
            subject=str(path),
            code="settings_unreadable",
        )


class SettingsNotWritten(SetupError):
    """The disk refused the settings file; the one from before is untouched."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            "The settings could not be saved.",
            f"{path}: {reason}. What was saved before is untouched.",
            subject=str(path),
            code="settings_not_written",
        )


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: ``[table] key`` in the file, ``name`` in ``Settings``, ``variable`` in the environment."""

    name: str
    table: str
    key: str
    kind: type
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    variable: str = ""
    pattern: str = ""
    """What a text must look like, as a regular expression; ``example`` shows it."""

    example: str = ""

    def accept(self, value: object) -> Any:
        """Return the value in its own type, None where it is not allowed."""
        if self.kind is tuple:
            return self._accept_ports(value)
        if self.kind is bool or isinstance(value, bool):
            return value if isinstance(value, bool) and self.kind is bool else None
        if self.kind is str:
            return value if isinstance(value, str) and self._is_word(value) else None
        return self._accept_number(value)

    def parse(self, text: str) -> object:
        """Read a value of the environment; text that is no number stays text and is refused by ``accept``."""
        try:
            return int(text) if self.kind is int else float(text) if self.kind is float else text
        except ValueError:
            return text

    def wanted(self) -> str:
        """Say in words what is allowed."""
        if self.kind is tuple:
            return "a list of one to ten ports between 1024 and 65535"
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.kind is bool:
            return "true or false"
        if self.kind is str:
            return f"text such as {self.example}" if self.example else "text in quotes"
        noun = "a whole number" if self.kind is int else "a number"
        return f"{noun} from {self.low:g} to {self.high:g}"

    def _is_word(self, value: str) -> bool:
        fits = not self.pattern or re.fullmatch(self.pattern, value.strip()) is not None
        return fits and (not self.choices or value in self.choices)

    def _accept_number(self, value: object) -> float | int | None:
        if not isinstance(value, int | float) or (self.kind is int and not isinstance(value, int)):
            return None
        if not math.isfinite(value) or not (self.low or 0) <= value <= (self.high or math.inf):
            return None
        number: float | int = self.kind(value)
        return number

    @staticmethod
    def _accept_ports(value: object) -> tuple[int, ...] | None:
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= 10:
            return None
        ports = tuple(port for port in value if type(port) is int and 1024 <= port <= 65535)
        return ports if len(set(ports)) == len(value) else None


TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9])?"
AMOUNTS = r"(?:[A-Z]{3} +[0-9]+(?:\.[0-9]+)?(?: *, *[A-Z]{3} +[0-9]+(?:\.[0-9]+)?)*)?"

KEYS = (
    Key("theme", "window", "theme", str, choices=("system", "light", "dark", "contrast", "contrast_white")),
    Key("language", "window", "language", str),
    Key("negative_style", "window", "negative_amounts", str, choices=("system", "minus", "parentheses")),
    Key("close_button", "window", "close_button", str, choices=("ask", "keep_running", "quit")),
    Key("start_minimised", "window", "start_minimised", bool),
    Key("single_letter_keys", "window", "single_letter_keys", bool),
    Key("calls_per_minute", "zoho", "calls_per_minute", int, 0, 10_000, variable="ZBDESK_CALLS_PER_MINUTE"),
    Key("calls_in_parallel", "zoho", "calls_in_parallel", int, 1, 10, variable="ZBDESK_CALLS_IN_PARALLEL"),
    Key("request_timeout", "zoho", "request_timeout", float, 0.05, 600, variable="ZBDESK_REQUEST_TIMEOUT"),
    Key("retry_base_seconds", "zoho", "retry_base_seconds", float, 0, 60, variable="ZBDESK_RETRY_BASE_SECONDS"),
    Key("poll_seconds", "sync", "poll_seconds", float, 0.05, 86_400, variable="ZBDESK_POLL_SECONDS"),
    Key("limit_changes", "limits", "changes", int, 0, 1_000_000, variable="ZBDESK_LIMIT_CHANGES"),
    Key("limit_deletions", "limits", "deletions", int, 0, 1_000_000, variable="ZBDESK_LIMIT_DELETIONS"),
    Key("limit_value", "limits", "value", str, pattern=AMOUNTS, example='"EUR 50000, INR 4000000"'),
    Key("fill_details", "sync", "line_items_of_everything", bool),
    Key("webhook_port", "webhooks", "port", int, 0, 65_535, variable="ZBDESK_WEBHOOK_PORT"),
    Key("export_folder", "export", "folder", str),
    Key("export_modules", "export", "modules", str),
    Key("export_format", "export", "format", str, choices=("csv", "xlsx", "json", "jsonl", "sqlite")),
    Key("export_hours", "export", "hours", float, 0.01, 8_760),
    Key("interface_enabled", "interface", "enabled", bool),
    Key("interface_port", "interface", "port", int, 0, 65_535, variable="ZBDESK_INTERFACE_PORT"),
    Key("interface_network", "interface", "network", bool),
    Key("interface_hosts", "interface", "hosts", str),
    Key("interface_zoho_writes", "interface", "zoho_writes", bool),
    Key(
        "tunnel",
        "webhooks",
        "tunnel",
        str,
        choices=("own", "cloudflared", "ngrok", "ssh", "relay"),
        variable="ZBDESK_WEBHOOK_TUNNEL",
    ),
    Key("tunnel_program", "webhooks", "program", str),
    Key("tunnel_name", "webhooks", "cloudflared_tunnel", str),
    Key("tunnel_address", "webhooks", "tunnel_address", str),
    Key("ssh_server", "webhooks", "ssh_server", str),
    Key("ssh_port", "webhooks", "ssh_port", int, 1, 65_535),
    Key("ssh_remote_port", "webhooks", "ssh_remote_port", int, 0, 65_535),
    Key("ssh_bind", "webhooks", "ssh_bind", str, pattern=r"[A-Za-z0-9.:*_\[\]-]*", example='"localhost"'),
    Key("ssh_key", "webhooks", "ssh_key", str),
    Key("ssh_known_hosts", "webhooks", "ssh_known_hosts", str),
    Key("relay_url", "webhooks", "relay_url", str),
    Key("relay_format", "webhooks", "relay_format", str, choices=("zbdesk", "smee")),
    Key("fallback_seconds", "webhooks", "look_every_seconds_without", float, 0.05, 86_400),
    Key("gap_percent", "webhooks", "gap_percent", int, 1, 100),
    Key("redirect_ports", "network", "redirect_ports", tuple),
    Key("proxy", "network", "proxy", str),
    Key("ca_file", "network", "ca_file", str),
    Key("log_level", "log", "level", str, choices=("debug", "info", "warning", "error")),
    Key("log_days", "log", "days", int, 1, 365),
    Key("log_megabytes", "log", "megabytes", float, 0.1, 1_000),
    Key("month_end", "month_end", "on", bool),
    Key("month_end_until", "month_end", "until", str, pattern=r"(?:\d{4}-\d{2}-\d{2})?", example='"2026-11-30"'),
    Key("notify", "notifications", "on", bool),
    Key("notify_problems", "notifications", "problems", bool),
    Key("notify_conflicts", "notifications", "conflicts", bool),
    Key("notify_sign_in", "notifications", "sign_in", bool),
    Key("notify_recovered", "notifications", "recovered", bool),
    Key("notify_first_sync", "notifications", "first_sync", bool),
    Key("notify_names_and_amounts", "notifications", "names_and_amounts", bool),
    Key("notify_per_hour", "notifications", "per_hour", int, 1, 60),
    Key("hours_from", "sync", "only_from", str, pattern=TIME, example='"07:00"'),
    Key("hours_to", "sync", "only_to", str, pattern=TIME, example='"21:00"'),
    Key("hours_days", "sync", "only_days", str, pattern=r"[1-7]*", example='"12345", 1 is Monday'),
    Key("pause_metered", "sync", "pause_on_metered", bool),
    Key("pause_battery", "sync", "pause_on_battery", bool),
    Key("battery_percent", "sync", "pause_below_percent", int, 1, 99),
    Key("call_reserve_percent", "zoho", "reserve_percent", int, 0, 90),
    Key("proxy_user", "network", "proxy_user", str),
    Key("look_for_updates", "privacy", "look_for_updates", bool),
    Key("fault_report", "privacy", "offer_report_after_fault", bool),
)

BY_NAME = {key.name: key for key in KEYS}


def line_of(text: str, table: str | None, key: str) -> int:
    """Find the line of a key in the file's text, from 1; the table's own line where it is written in another way."""
    current: str | None = None
    table_line = 1
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if heading:
            current = heading[1].strip("\"'")
            if current in {table, key if table is None else None}:
                table_line = number
        named = re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line)
        if named and (
            (current == table and named[1] == key) or (current is None and named[1] in {f"{table}.{key}", table})
        ):
            return number
    return table_line
