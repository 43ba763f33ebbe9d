"""Zoho's data centres: which hosts belong together, and which hosts may ever see a token.

A data centre says where the account lives; it has nothing to do with the country edition. Invariant: an address that
arrived from outside (the browser's redirect, a token answer) is used only after ``follow_*`` has accepted it.
Source: zoho.com/accounts/protocol/oauth/multi-dc.html and the introduction of the Books API. The Canadian row is no
slip: accounts live on ``zohocloud.ca``, the API on ``zohoapis.ca``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from zbdesk.zoho.sign_in_errors import BadOrigin, UnknownDataCentre, UntrustedServer

CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class DataCentre:
    """One region. URLs are origins without trailing slash; ``example_address`` is what a person sees in the browser."""

    name: str
    label: str
    accounts_url: str
    api_url: str
    books_url: str
    console_url: str
    example_address: str


def _row(name: str, label: str, accounts: str, api: str) -> DataCentre:
    """A row by Zoho's own pattern: Books and the console live beside the accounts server."""
    books = f"books.{accounts}"
    return DataCentre(
        name=name,
        label=label,
        accounts_url=f"https://accounts.{accounts}",
        api_url=f"https://www.{api}",
        books_url=f"https://{books}",
        console_url=f"https://api-console.{accounts}",
        example_address=f"https://{books}/app/…",
    )


DATA_CENTRES: Mapping[str, DataCentre] = MappingProxyType(
    {
        row.name: row
        for row in (
            _row("us", "United States (zoho.com)", "zoho.com", "zohoapis.com"),
            _row("eu", "Europe (zoho.eu)", "zoho.eu", "zohoapis.eu"),
            _row("in", "India (zoho.in)", "zoho.in", "zohoapis.in"),
            _row("au", "Australia (zoho.com.au)", "zoho.com.au", "zohoapis.com.au"),
            _row("jp", "Japan (zoho.jp)", "zoho.jp", "zohoapis.jp"),
            _row("ca", "Canada (zohocloud.ca)", "zohocloud.ca", "zohoapis.ca"),
            _row("cn", "China (zoho.com.cn)", "zoho.com.cn", "zohoapis.com.cn"),
            _row("sa", "Saudi Arabia (zoho.sa)", "zoho.sa", "zohoapis.sa"),
            _row("uk", "United Kingdom (zoho.uk)", "zoho.uk", "zohoapis.uk"),
            _row("ae", "United Arab Emirates (zoho.ae)", "zoho.ae", "zohoapis.ae"),
        )
    }
)

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "com": "us",
        "usa": "us",
        "europe": "eu",
        "india": "in",
        "com.au": "au",
        "australia": "au",
        "japan": "jp",
        "canada": "ca",
        "zohocloud.ca": "ca",
        "com.cn": "cn",
        "china": "cn",
        "gb": "uk",
        "uae": "ae",
    }
)


def data_centre(name: str) -> DataCentre:
    """The row of a name as people write it (``eu``, ``COM``, ``.com.au``). Raises ``UnknownDataCentre``."""
    word = name.strip().casefold().removeprefix("zoho").removeprefix(".")
    row = DATA_CENTRES.get(ALIASES.get(word, word))
    if row is None:
        raise UnknownDataCentre(name, tuple(DATA_CENTRES))
    return row


def custom(accounts_url: str, api_url: str) -> DataCentre:
    """A data centre that Zoho's table lacks, or a demo server: two bare origins, https, or http on loopback.

    Raises ``BadOrigin``.
    """
    accounts, api = _bare_origin(accounts_url), _bare_origin(api_url)
    return DataCentre(
        name=CUSTOM,
        label=f"Custom ({urlsplit(accounts).netloc})",
        accounts_url=accounts,
        api_url=api,
        books_url=accounts,
        console_url=accounts,
        example_address=accounts,
    )


def from_address(text: str) -> DataCentre | None:
    """The data centre of an address pasted from the browser (``books.zoho.eu/app/123#/home``), or None."""
    text = text.strip()
    parts = _split(text if "://" in text else f"https://{text}")
    host = (parts.hostname or "") if parts else ""
    domains = {_domain(row): row for row in DATA_CENTRES.values()}
    while host:
        if host in domains:
            return domains[host]
        _, _, host = host.partition(".")
    return None


def follow_accounts_server(dc: DataCentre, url: str) -> str:
    """The accounts server that a redirect named, where it may be trusted with the code and the secret.

    In a region of the table: exactly one of the table's servers. In ``custom``: scheme, host and port of the given
    one; a path prefix is kept. Raises ``UntrustedServer``.
    """
    known = [row.accounts_url for row in DATA_CENTRES.values()]
    return _follow(dc, url, given=dc.accounts_url, known=known)


def follow_api_domain(dc: DataCentre, url: str) -> str:
    """The API server that a token answer named, under the same rule. Raises ``UntrustedServer``."""
    known = [row.api_url for row in DATA_CENTRES.values()]
    return _follow(dc, url, given=dc.api_url, known=known)


def at_accounts_server(dc: DataCentre, accounts_url: str) -> DataCentre:
    """The row to go on with once the (followed) accounts server is known: people may live in another region."""
    if dc.name == CUSTOM:
        return replace(dc, accounts_url=accounts_url)
    return next((row for row in DATA_CENTRES.values() if row.accounts_url == accounts_url), dc)


def _follow(dc: DataCentre, url: str, *, given: str, known: list[str]) -> str:
    parts = _split(url)
    if parts is None or parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
        raise UntrustedServer(_shown(parts))
    path = parts.path.rstrip("/")
    if dc.name == CUSTOM:
        if _origin(parts) == _origin(urlsplit(given)):
            return f"{_address(parts)}{path}"
    elif not path:
        for origin in known:
            if _origin(parts) == _origin(urlsplit(origin)):
                return origin
    raise UntrustedServer(_shown(parts))


def _bare_origin(url: str) -> str:
    parts = _split(url.strip())
    if parts is None or not parts.hostname or parts.scheme not in {"https", "http"}:
        raise BadOrigin(_shown(parts), "It must look like https://accounts.example.com.")
    if parts.username or parts.password or parts.query or parts.fragment or parts.path.rstrip("/"):
        raise BadOrigin(
            f"{_shown(parts)}{parts.path}", "Give the address without a path: only https://, host and port."
        )
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise BadOrigin(_shown(parts), "Unencrypted http is accepted on this computer only (127.0.0.1, localhost).")
    return _address(parts)


def _split(url: str) -> SplitResult | None:
    """The parts of an address, None where it is none. Control characters and backslashes are never an address."""
    if not url.isprintable() or "\\" in url or " " in url:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    default = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port if parts.port is not None else default


def _address(parts: SplitResult) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" if parts.port is None else f"{parts.scheme}://{host}:{parts.port}"


def _shown(parts: SplitResult | None) -> str:
    """What may be shown of an address that was refused: never user info or query, which may hold a secret."""
    return _address(parts) if parts is not None and parts.hostname else "an unreadable address"


def _domain(row: DataCentre) -> str:
    return row.accounts_url.removeprefix("https://accounts.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
