"""Notices of newer versions: only what is signed and newer is believed, whoever answers at the address."""

from __future__ import annotations

import base64
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.app import updates
from zbdesk.app.http import build_client
from zbdesk.app.settings import Settings
from zbdesk.app.updates import CONTEXT, Feed, FeedUnreachable, FeedUnusable, Update, built_in, look, newer, read

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def notice(version: object = "9.1.0", link: object = "https://example.com/9.1", **more: object) -> dict[str, object]:
    """A payload."""
    return {"version": version, "link": link, **more}


def signed(payload: object, key: Ed25519PrivateKey = KEY, context: bytes = CONTEXT) -> bytes:
    """The answer of a server that has the key."""
    inner = json.dumps(payload).encode()
    signature = key.sign(context + inner)
    return json.dumps(
        {"payload": base64.b64encode(inner).decode(), "signature": base64.b64encode(signature).decode()}
    ).encode()


class Server:
    """A loopback server that answers what it is told, and counts."""

    def __init__(self) -> None:
        self.answer, self.status, self.headers = b"", 200, {}
        self.asked: list[dict[str, str]] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(dict(self.headers))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(outer.answer)
                except (BrokenPipeError, ConnectionResetError):
                    outer.asked.append({"cut": "yes"})

            def log_message(self, *_what: object) -> None:
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def feed(self) -> Feed:
        """Its address, with our key."""
        return Feed(f"http://127.0.0.1:{self.server.server_address[1]}/notice.json", PUBLIC)

    def close(self) -> None:
        """End it."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of this test."""
    made = Server()
    yield made
    made.close()


def ask(feed: Feed, running: str = "0.1.0") -> Update | None:
    """One look with the program's own client."""
    import asyncio

    async def go() -> Update | None:
        async with build_client(Settings()) as client:
            return await look(feed, client, running)

    return asyncio.run(go())


def test_c95_a_signed_notice_of_a_newer_version_is_believed(server: Server) -> None:
    """Version, link and summary come through; nothing about this computer is sent but the program's version."""
    server.answer = signed(notice(summary="Faster\n  lists."))
    assert ask(server.feed) == Update("9.1.0", "https://example.com/9.1", "Faster lists.")
    assert len(server.asked) == 1
    assert {name.lower() for name in server.asked[0]} <= {
        "host", "user-agent", "accept", "accept-encoding", "connection",
    }  # fmt: skip
    assert server.asked[0]["User-Agent"].startswith("zbdesk/")


def test_c95_another_signature_is_not_believed(server: Server) -> None:
    """Signed by somebody else, changed on the way, or signed for another purpose: left alone, and said so."""
    other = Ed25519PrivateKey.generate()
    changed = json.loads(signed(notice()))
    changed["payload"] = base64.b64encode(json.dumps(notice("9.9.9")).encode()).decode()
    for answer in (signed(notice(), other), json.dumps(changed).encode(), signed(notice(), context=b"something else")):
        server.answer = answer
        with pytest.raises(FeedUnusable):
            ask(server.feed)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "0.1", "0.0.99.1"])
def test_c95_no_downgrade(server: Server, version: str) -> None:
    """A notice of the running version or an older one, however well signed, is no news."""
    server.answer = signed(notice(version))
    assert ask(server.feed, "0.1.0") is None


@pytest.mark.parametrize(
    ("status", "headers"), [(404, {}), (500, {}), (302, {"Location": "https://example.com"})], ids=["404", "500", "302"]
)
def test_c95_another_answer_is_no_notice(server: Server, status: int, headers: dict[str, str]) -> None:
    """Errors and redirects are not followed and not believed."""
    server.answer, server.status, server.headers = signed(notice()), status, headers
    with pytest.raises(FeedUnreachable):
        ask(server.feed)
    assert len(server.asked) == 1


def test_c95_offline_is_told_apart(server: Server) -> None:
    """Nobody there is a matter of the network, not of trust."""
    feed = server.feed
    server.close()
    with pytest.raises(FeedUnreachable):
        ask(feed)
    server.__init__()


def test_c95_an_endless_answer_is_cut_off(server: Server) -> None:
    """No more than a few kilobytes are taken."""
    server.answer = b"{" * (8 * 1024 * 1024)
    with pytest.raises(FeedUnusable):
        ask(server.feed)


@given(st.binary(max_size=300))
def test_c95_garbage_is_left_alone(body: bytes) -> None:
    """Whatever arrives, it is either a notice of ours or a failure with words; nothing else comes out."""
    with pytest.raises(FeedUnusable):
        read(body, PUBLIC, "0.1.0")


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["version", "link", "summary"]), inner),
    max_leaves=6,
))  # fmt: skip
def test_c95_a_signed_muddle_is_left_alone(payload: object) -> None:
    """Even with our signature nothing is shown that is no whole notice."""
    try:
        found = read(signed(payload), PUBLIC, "0.1.0")
    except FeedUnusable:
        return
    assert found is None or (found.link.startswith("https:") and newer(found.version, "0.1.0"))


@pytest.mark.parametrize("link", ["http://example.com", "javascript:alert(1)", "file:///etc/passwd", "", "zbdesk"])
def test_c95_a_link_is_https(link: str) -> None:
    """A click opens a web page and nothing else."""
    with pytest.raises(FeedUnusable):
        read(signed(notice(link=link)), PUBLIC, "0.1.0")


@given(st.lists(st.integers(0, 99), min_size=2, max_size=4), st.lists(st.integers(0, 99), min_size=2, max_size=4))
def test_versions_are_compared_number_by_number(one: list[int], other: list[int]) -> None:
    """1.10 is after 1.9, and 1.2 is 1.2.0."""
    first, second = (".".join(map(str, numbers)) for numbers in (one, other))
    width = max(len(one), len(other))
    padded = [numbers + [0] * (width - len(numbers)) for numbers in (one, other)]
    assert newer(first, second) is (padded[0] > padded[1])
    assert not newer(first, first)


@pytest.mark.parametrize("version", ["", "1", "v1.2", "1.2.0rc1", "9.9.9.9.9", "1..2", "٣.٤"])
def test_what_is_no_row_of_numbers_is_never_newer(version: str) -> None:
    """A word cannot be compared and is no version."""
    assert not newer(version, "0.0.1")


@pytest.mark.parametrize(
    ("stored", "there"),
    [
        ({"address": "https://example.com/n.json", "public_key": base64.b64encode(PUBLIC).decode()}, True),
        ({"address": "http://127.0.0.1:9/n.json", "public_key": base64.b64encode(PUBLIC).decode()}, True),
        ({"address": "http://example.com/n.json", "public_key": base64.b64encode(PUBLIC).decode()}, False),
        ({"address": "https://example.com/n.json", "public_key": "c2hvcnQ="}, False),
        ({"address": "", "public_key": ""}, False),
        ({}, False),
        ([], False),
    ],
)
def test_c95_a_build_without_address_and_key_looks_nowhere(tmp_path: Path, stored: object, there: bool) -> None:
    """Both are filled in when the program is built; https only, a whole key only."""
    (tmp_path / "updates").mkdir()
    (tmp_path / "updates" / "feed.json").write_text(json.dumps(stored), encoding="utf-8")
    assert (built_in(tmp_path) is not None) is there
    assert built_in(tmp_path / "nowhere") is None


def test_the_feed_in_the_repository_is_empty() -> None:
    """Whoever builds from here asks nobody until they say whom."""
    assert built_in() is None


@pytest.mark.parametrize(
    ("text", "forbids"),
    [("look_for_updates = false", True), ("look_for_updates = true", False), ("", False), ("= nonsense", True)],
)
def test_c95_the_policy_file_forbids(tmp_path: Path, text: str, forbids: bool) -> None:
    """An administrator's word counts; one that cannot be read counts as no."""
    file = tmp_path / "policy.toml"
    file.write_text(text, encoding="utf-8")
    assert updates.forbidden(file) is forbids
    assert updates.forbidden(tmp_path / "none.toml") is False


def test_the_client_never_follows(server: Server) -> None:
    """The program's own client leaves redirects alone, so that no notice comes from elsewhere."""
    assert build_client(Settings()).follow_redirects is False
    assert isinstance(build_client(Settings()), httpx.AsyncClient)
