"""The one place where clients are built: no certificates before they are needed, no proxy on loopback."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from app_fakes import HandClock

from zbdesk.app import http as http_module
from zbdesk.app.clock import SystemClock
from zbdesk.app.http import CertificatesUnusable, ProxyUnusable, build_client, proxy_for, tls_context
from zbdesk.app.settings import Settings

pytestmark = pytest.mark.anyio


class _Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with the name that the client gave itself, or send it elsewhere."""
        body = self.headers["User-Agent"].encode()
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "https://elsewhere.example/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Be quiet."""


async def test_loopback_needs_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call to this computer over http loads no certificates, takes no proxy and follows no redirect."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    def never(ca_file: str = "") -> None:
        raise AssertionError("certificates were loaded")

    monkeypatch.setattr(http_module, "tls_context", never)
    with HTTPServer(("127.0.0.1", 0), _Hello) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            async with build_client(Settings()) as client:
                url = f"http://127.0.0.1:{server.server_port}"
                assert (await client.get(url)).text.startswith("zbdesk/")
                assert (await client.get(f"{url}/away")).status_code == 302
        finally:
            server.shutdown()
            thread.join()


async def test_https_takes_the_systems_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates are loaded at the first https call, once for all clients."""
    asked: list[str] = []
    real = tls_context

    def counted(ca_file: str = "") -> object:
        asked.append(ca_file)
        return real(ca_file)

    monkeypatch.setattr(http_module, "tls_context", counted)
    async with build_client(Settings()) as client:
        assert asked == []
        with pytest.raises(httpx.ConnectError):
            await client.get("https://127.0.0.1:1")
        with pytest.raises(httpx.ConnectError):
            await client.get("https://127.0.0.1:1")
    assert asked == [""]
    assert tls_context() is tls_context()


@pytest.mark.parametrize(
    ("url", "chosen", "system", "expected"),
    [
        ("http://127.0.0.1:9000", "http://p:1", {"http": "http://s:2"}, None),
        ("http://localhost", "http://p:1", {}, None),
        ("http://[::1]:5", "http://p:1", {}, None),
        ("https://www.zohoapis.eu", "http://p:1", {"https": "http://s:2"}, "http://p:1"),
        ("https://www.zohoapis.eu", "", {"https": "http://s:2"}, "http://s:2"),
        ("https://www.zohoapis.eu", "", {"https": "s:2"}, "http://s:2"),
        ("https://www.zohoapis.eu", "", {"all": "http://a:3"}, "http://a:3"),
        ("https://www.zohoapis.eu", "", {}, None),
    ],
)
def test_which_proxy(
    monkeypatch: pytest.MonkeyPatch, url: str, chosen: str, system: dict[str, str], expected: str | None
) -> None:
    """The chosen proxy wins over the system's, and this computer is never reached through one."""
    monkeypatch.setattr(http_module, "getproxies", lambda: system)
    monkeypatch.setattr(http_module, "proxy_bypass", lambda host: False)
    assert proxy_for(httpx.URL(url), chosen) == expected


def test_exceptions_of_the_system_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts that the system reaches without its proxy are reached so here."""
    monkeypatch.setattr(http_module, "getproxies", lambda: {"https": "http://s:2"})
    monkeypatch.setattr(http_module, "proxy_bypass", lambda host: host == "inside.example")
    assert proxy_for(httpx.URL("https://inside.example")) is None


@pytest.mark.parametrize("proxy", ["socks5://p:1", "gopher://p:1", "http://p:notaport"])
async def test_a_proxy_that_cannot_be_used_is_told(proxy: str) -> None:
    """A wrong address says what it must look like; the address itself, which may hold a password, is not repeated."""
    async with build_client(Settings(proxy=proxy)) as client:
        with pytest.raises(ProxyUnusable) as caught:
            await client.get("https://www.zohoapis.eu")
    assert "p:" not in str(caught.value).replace("http:", "")


def test_a_wrong_certificate_file_is_told(tmp_path: Path) -> None:
    """A missing file and one that is no PEM are named."""
    with pytest.raises(CertificatesUnusable, match="No such file"):
        tls_context(str(tmp_path / "none.pem"))
    (tmp_path / "bad.pem").write_text("no certificate")
    with pytest.raises(CertificatesUnusable, match="not PEM"):
        tls_context(str(tmp_path / "bad.pem"))


async def test_the_systems_clock_tells_utc() -> None:
    """The clock is aware, runs forward and sleeps; a hand-turned one stands in for it."""
    clock = SystemClock()
    assert clock.now().utcoffset() is not None
    before = clock.monotonic()
    await clock.sleep(-1)
    assert clock.monotonic() >= before
    assert HandClock().now().utcoffset() is not None
