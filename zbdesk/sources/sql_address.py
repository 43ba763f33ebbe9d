"""The address of a database: which server, which driver, and what may be shown of it. Pure but for looking for drivers.

``sqlite:///C:/books.db``, ``postgresql://user:password@host:5432/name?sslmode=require``, ``mysql://...`` or
``mariadb://...``. The whole address is a secret (it holds the password) and lives in the vault; ``shown`` is what
people and logs see of it.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zbdesk.domain.errors import Action, SetupError
from zbdesk.sources.sql_statement import Flavour

_FLAVOURS: Mapping[str, Flavour] = {
    "sqlite": Flavour.SQLITE,
    "postgresql": Flavour.POSTGRES,
    "postgres": Flavour.POSTGRES,
    "mysql": Flavour.MYSQL,
    "mariadb": Flavour.MYSQL,
}
_OPTIONS: Mapping[Flavour, frozenset[str]] = {
    Flavour.SQLITE: frozenset(),
    Flavour.POSTGRES: frozenset(
        {"sslmode", "sslrootcert", "host", "application_name", "options", "target_session_attrs"}
    ),
    Flavour.MYSQL: frozenset({"charset", "ssl_ca", "unix_socket"}),
}


class BadAddress(SetupError):
    """The address names no database that can be reached from here. Its password is never repeated."""

    def __init__(self, title: str, remedy: str = "") -> None:
        super().__init__(
            title,
            remedy
            or "Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or "
            "mysql://user:password@host/name.",
            code="bad_address",
        )


class NoDriver(SetupError):
    """The library for this kind of server is not installed."""

    default_action = Action.INSTALL

    def __init__(self, server: str, package: str) -> None:
        super().__init__(
            f"zbdesk has no driver for {server} here.",
            f"Install the Python package {package} beside zbdesk, then try again.",
            subject=package,
            code="no_driver",
        )


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address. ``database`` is the file of SQLite, else the database's name."""

    flavour: Flavour
    database: str
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The address for people: without password and options."""
        if self.flavour is Flavour.SQLITE:
            return self.database
        scheme = "postgresql" if self.flavour is Flavour.POSTGRES else "mysql"
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{f'{self.user}@' if self.user else ''}{host}{port}/{self.database}"


def address(url: str) -> Address:
    """The parts of an address. Raises ``BadAddress``."""
    text = url.strip()
    scheme, mark, _ = text.partition("://")
    flavour = _FLAVOURS.get(scheme.partition("+")[0].casefold()) if mark else None
    if flavour is None:
        raise BadAddress("The address of the database does not say which kind of server it is.")
    if any(ord(char) < 32 for char in text):
        raise BadAddress("The address of the database holds a line break or a control character.")
    if flavour is Flavour.SQLITE:
        return _sqlite(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise BadAddress(
            "The address of the database cannot be read: its host or port is not written correctly."
        ) from error
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise BadAddress("The address does not name the database.", "Put its name behind the host: .../name.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = next((key for key in options if key not in _OPTIONS[flavour]), None)
    if unknown is not None:
        known = ", ".join(sorted(_OPTIONS[flavour]))
        raise BadAddress(f"The address has the option {unknown}, which is not known here.", f"Known are {known}.")
    host = options.pop("host", None) or unquote(parts.hostname or "") or "localhost"
    return Address(flavour, name, host, port, unquote(parts.username or ""), unquote(parts.password or ""), options)


def _sqlite(text: str) -> Address:
    """``sqlite:///relative``, ``sqlite:////absolute``, ``sqlite:///C:/absolute``: as other programs write them."""
    rest = text.partition("://")[2]
    path, mark, _ = rest.partition("?")
    if mark:
        raise BadAddress("The address of an SQLite file takes no options.", "Leave out what follows the question mark.")
    if not path.startswith("/") or len(path) < 2:
        raise BadAddress("The address does not name the SQLite file.", "Write sqlite:///path/to/file.db.")
    name = unquote(path[1:])
    if name == ":memory:":
        raise BadAddress("A database in memory has nothing to read.", "Name a file: sqlite:///path/to/file.db.")
    return Address(Flavour.SQLITE, str(Path(name).expanduser()))


def require_driver(flavour: Flavour) -> None:
    """Raise ``NoDriver`` where the library for this kind of server is missing."""
    if flavour is Flavour.POSTGRES and importlib.util.find_spec("psycopg") is None:
        raise NoDriver("PostgreSQL", "psycopg[binary]")
    if flavour is Flavour.MYSQL and importlib.util.find_spec("pymysql") is None:
        raise NoDriver("MySQL and MariaDB", "PyMySQL")


def mysql_driver() -> Any:
    """PyMySQL's module: a person installs it beside zbdesk, so nothing here may need it to be imported."""
    return importlib.import_module("pymysql")
