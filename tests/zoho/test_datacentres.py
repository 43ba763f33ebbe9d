"""Regions, and the addresses that may be trusted."""

from __future__ import annotations

import pytest

from zbdesk.zoho.datacentres import (
    DATA_CENTRES,
    at_accounts_server,
    custom,
    data_centre,
    follow_accounts_server,
    follow_api_domain,
    from_address,
)
from zbdesk.zoho.sign_in_errors import BadOrigin, UnknownDataCentre, UntrustedServer

EU = DATA_CENTRES["eu"]
LOCAL = custom("http://127.0.0.1:9000", "http://127.0.0.1:9001")


def test_all_ten_regions_are_there() -> None:
    """Names and hosts as Zoho publishes them; each row's hosts are its own."""
    assert list(DATA_CENTRES) == ["us", "eu", "in", "au", "jp", "ca", "cn", "sa", "uk", "ae"]
    assert len({row.accounts_url for row in DATA_CENTRES.values()}) == 10
    assert len({row.api_url for row in DATA_CENTRES.values()}) == 10
    assert EU.accounts_url == "https://accounts.zoho.eu"
    assert EU.api_url == "https://www.zohoapis.eu"
    assert EU.console_url == "https://api-console.zoho.eu"
    assert DATA_CENTRES["au"].accounts_url == "https://accounts.zoho.com.au"


def test_canada_is_the_exception() -> None:
    """Accounts and Books live on zohocloud.ca, the API on zohoapis.ca."""
    canada = DATA_CENTRES["ca"]
    assert canada.accounts_url == "https://accounts.zohocloud.ca"
    assert canada.api_url == "https://www.zohoapis.ca"
    assert canada.books_url == "https://books.zohocloud.ca"


@pytest.mark.parametrize(
    ("text", "name"),
    [("eu", "eu"), (" COM ", "us"), (".com.au", "au"), ("zoho.in", "in"), ("Canada", "ca"), ("gb", "uk")],
)
def test_names_as_people_write_them(text: str, name: str) -> None:
    """Top-level domains and a few words mean the same row."""
    assert data_centre(text).name == name


def test_an_unknown_name_lists_the_known_ones() -> None:
    """The sentence names what can be chosen."""
    with pytest.raises(UnknownDataCentre, match="mars") as caught:
        data_centre("mars")
    assert "eu" in caught.value.message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://books.zoho.eu/app/123#/home", "eu"),
        ("books.zoho.com/app", "us"),
        ("https://books.zoho.com.au/app/1", "au"),
        ("https://books.zohocloud.ca/app", "ca"),
        ("https://BOOKS.ZOHO.IN", "in"),
        ("https://accounts.zoho.jp/signin", "jp"),
        ("https://books.zoho.eu.evil.example/app", None),
        ("https://evilzoho.eu/", None),
        ("https://books.zoho.xx/", None),
        ("hello", None),
        ("", None),
        ("https://[", None),
    ],
)
def test_an_address_from_the_browser_tells_the_region(text: str, name: str | None) -> None:
    """The ending of the host decides; look-alikes are nobody's."""
    found = from_address(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "url",
    [
        "https://accounts.zoho.eu",
        "https://accounts.zoho.eu/",
        "https://ACCOUNTS.zoho.eu:443",
        "https://accounts.zoho.in",
        "https://accounts.zohocloud.ca",
    ],
)
def test_zohos_own_servers_are_followed(url: str) -> None:
    """A redirect may lead to another region of the table, since people sign in where their account lives."""
    assert follow_accounts_server(DATA_CENTRES["us"], url) in {row.accounts_url for row in DATA_CENTRES.values()}


HOSTILE = [
    "http://accounts.zoho.eu",
    "https://accounts.zoho.eu.evil.example",
    "https://evil.example/accounts.zoho.eu",
    "https://accounts.zoho.eu@evil.example",
    "https://user:pw@accounts.zoho.eu",
    "https://accounts.zoho.eu:8443",
    "https://accounts.zoho.eu/path",
    "https://accounts.zoho.eu?x=1",
    "https://accounts.zoho.eu#x",
    "https://accounts.zoho.evil",
    "https://www.zohoapis.eu",
    "https://zohoapis.eu",
    "https:\\\\accounts.zoho.eu",
    "https://accounts.zoho.eu\n.evil.example",
    "javascript:alert(1)",
    "accounts.zoho.eu",
    "https://accounts.zoho.eu:x",
    "",
    "http://127.0.0.1:9000",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_no_other_server_ever_gets_a_code(url: str) -> None:
    """Scheme, host, port and path must all be right."""
    with pytest.raises(UntrustedServer):
        follow_accounts_server(EU, url)


@pytest.mark.parametrize(
    "url", ["https://www.zohoapis.evil", "http://www.zohoapis.eu", "https://accounts.zoho.eu", "x"]
)
def test_no_other_server_ever_gets_a_token(url: str) -> None:
    """The same for the API's address of the token answer."""
    with pytest.raises(UntrustedServer):
        follow_api_domain(EU, url)


def test_api_domains_of_the_table_are_followed() -> None:
    """The token answer says where the organization's data are."""
    assert follow_api_domain(DATA_CENTRES["us"], "https://www.zohoapis.eu/") == "https://www.zohoapis.eu"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000"),
        ("http://127.0.0.1:9000/_dc/eu", "http://127.0.0.1:9000/_dc/eu"),
    ],
)
def test_a_custom_region_keeps_a_path_prefix(url: str, expected: str) -> None:
    """In region custom scheme, host and port must be the given ones; the path may be longer."""
    assert follow_accounts_server(LOCAL, url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9001",
        "http://127.0.0.1",
        "https://127.0.0.1:9000",
        "http://localhost:9000",
        "https://accounts.zoho.eu",
        "http://127.0.0.1:9000@evil.example",
        "http://127.0.0.1:9000/?x",
    ],
)
def test_a_custom_region_follows_nothing_else(url: str) -> None:
    """Not even Zoho's own servers: the person named one."""
    if url.endswith("?x"):
        url += "=1"
    with pytest.raises(UntrustedServer):
        follow_accounts_server(LOCAL, url)


def test_a_refused_address_shows_no_secret() -> None:
    """User info and query of a refused address stay out of the sentence."""
    with pytest.raises(UntrustedServer) as caught:
        follow_accounts_server(EU, "https://user:hunter2@evil.example/?token=abc123")
    assert "evil.example" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "abc123" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://accounts.example.com", "https://accounts.example.com"),
        (" https://accounts.example.com:8443/ ", "https://accounts.example.com:8443"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_custom_takes_bare_origins(given: str, kept: str) -> None:
    """Encrypted anywhere, plain http on this computer only."""
    assert custom(given, given).api_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "http://accounts.example.com",
        "https://accounts.example.com/books/v3",
        "https://u:p@accounts.example.com",
        "https://accounts.example.com?x=1",
        "ftp://127.0.0.1",
        "accounts.example.com",
        "",
        "https://a b",
    ],
)
def test_custom_refuses_everything_else(given: str) -> None:
    """A path, user info, plain http to elsewhere: each with the way out."""
    with pytest.raises(BadOrigin) as caught:
        custom(given, "https://x.example")
    assert caught.value.message


def test_the_region_changes_with_the_accounts_server() -> None:
    """Who started in the US and was led to the EU goes on with the EU's row; custom keeps its own."""
    assert at_accounts_server(DATA_CENTRES["us"], "https://accounts.zoho.eu") is EU
    moved = at_accounts_server(LOCAL, "http://127.0.0.1:9000/_dc/eu")
    assert (moved.accounts_url, moved.api_url) == ("http://127.0.0.1:9000/_dc/eu", "http://127.0.0.1:9001")
