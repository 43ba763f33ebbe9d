"""The way to Zoho step by step: whatever fails, the step is named; with real sockets on loopback."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from zbdesk.app import network_test
from zbdesk.app.http import DIRECT, CertificatesUnusable, LazyTransport, check_ca_file, proxy_for
from zbdesk.app.network_test import NetworkStep, try_network
from zbdesk.app.settings import Settings

pytestmark = pytest.mark.anyio
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
S = NetworkStep


@asynccontextmanager
async def serving(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server on a free port of this computer."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A web server."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await writer.drain()
    writer.close()


async def says_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that hangs up."""
    writer.close()


def proxy(says: bytes, heard: list[str], then: Handler | None = None) -> Handler:
    """A proxy that answers every CONNECT in the same way."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(says)
        await writer.drain()
        if then is not None:
            await then(reader, writer)
        writer.close()

    return handle


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Loopback never takes a proxy; here it does."""

    def use(address: str) -> None:
        monkeypatch.setattr(network_test, "proxy_for", lambda _url, _chosen="": address)

    return use


@pytest.fixture
def authority(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate that nobody trusts, and the file that would make it trusted."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "authority.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = tmp_path / "key.pem"
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return context, file


async def test_c94_all_steps_in_order() -> None:
    """A direct way without TLS, as on loopback."""
    async with serving(answers) as port:
        report = await try_network(Settings(), f"http://127.0.0.1:{port}")
    assert report.failed is None
    assert report.done == (S.NAME, S.CONNECT, S.ANSWER)


async def test_c94_a_name_that_is_not_known() -> None:
    """Names below .invalid are never known."""
    report = await try_network(Settings(proxy=DIRECT), "https://books.invalid")
    assert (report.done, report.failed) == ((), S.NAME)
    assert "books.invalid" in report.reason


async def test_c94_a_server_that_takes_no_connection() -> None:
    """The port is free again: nobody listens there."""
    async with serving(answers) as port:
        pass
    report = await try_network(Settings(), f"http://127.0.0.1:{port}")
    assert (report.done, report.failed) == ((S.NAME,), S.CONNECT)


async def test_c94_a_server_that_says_nothing() -> None:
    """It was reached and hung up."""
    async with serving(says_nothing) as port:
        report = await try_network(Settings(), f"http://127.0.0.1:{port}")
    assert (report.done, report.failed) == ((S.NAME, S.CONNECT), S.ANSWER)


async def test_c94_a_certificate_that_nobody_trusts_and_the_extra_file(
    authority: tuple[ssl.SSLContext, Path],
) -> None:
    """Without the file the step is named; with it the same server is trusted."""
    context, file = authority

    def trust(ca_file: str) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if ca_file:
            made.load_verify_locations(ca_file)
        return made

    async with serving(answers, context) as port:
        address = f"https://localhost:{port}"
        plain = await try_network(Settings(), address, context=trust)
        trusted = await try_network(Settings(ca_file=str(file)), address, context=trust)
    assert (plain.done, plain.failed) == ((S.NAME, S.CONNECT), S.CERTIFICATE)
    assert trusted.failed is None
    assert trusted.done == (S.NAME, S.CONNECT, S.CERTIFICATE, S.ANSWER)


async def test_c94_a_proxy_that_is_not_there(through: Callable[[str], None]) -> None:
    """Its address leads nowhere."""
    async with serving(answers) as port:
        pass
    through(f"http://127.0.0.1:{port}")
    report = await try_network(Settings(), "http://books.example")
    assert (report.done, report.failed) == ((), S.PROXY)
    through("socks5://127.0.0.1:1")
    assert (await try_network(Settings(), "http://books.example")).failed is S.PROXY


@pytest.mark.parametrize(
    ("user", "reason"), [("", "the proxy asks for a login"), ("anita", "the proxy refuses name or password")]
)
async def test_c94_a_proxy_that_wants_a_login(through: Callable[[str], None], user: str, reason: str) -> None:
    """Asking and refusing are two different things to be told."""
    heard: list[str] = []
    async with serving(proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", heard)) as port:
        through(f"http://127.0.0.1:{port}")
        report = await try_network(Settings(proxy_user=user), "http://books.example", password="wrong")
    assert (report.done, report.failed, report.reason) == ((S.PROXY,), S.LOGIN, reason)
    assert ("Proxy-Authorization" in heard[0]) is bool(user)


async def test_c94_a_proxy_with_a_login_lets_it_through(through: Callable[[str], None]) -> None:
    """Name and password arrive as they are; the address that is shown holds neither."""
    heard: list[str] = []
    async with serving(proxy(b"HTTP/1.1 200 Connection established\r\n\r\n", heard, answers)) as port:
        through(f"http://127.0.0.1:{port}")
        settings = Settings(proxy_user="anita")
        report = await try_network(settings, "http://books.example", password="pa:ss")
    assert report.failed is None
    assert report.done == (S.PROXY, S.LOGIN, S.CONNECT, S.ANSWER)
    assert "CONNECT books.example:80" in heard[0]
    assert base64.b64encode(b"anita:pa:ss").decode() in heard[0]
    assert report.proxy == f"http://127.0.0.1:{port}"


async def test_c94_a_proxy_that_does_not_let_it_through(through: Callable[[str], None]) -> None:
    """Its own number is told, since the administrator asks for it."""
    heard: list[str] = []
    async with serving(proxy(b"HTTP/1.1 403 Forbidden\r\n\r\n", heard)) as port:
        through(f"http://127.0.0.1:{port}")
        report = await try_network(Settings(), "http://books.example")
    assert (report.done, report.failed) == ((S.PROXY,), S.CONNECT)
    assert "403" in report.reason


async def test_c94_a_server_that_never_answers_ends_the_test() -> None:
    """Nobody waits for ever: the step that was under way is named."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with serving(silent) as port:
        report = await try_network(Settings(), f"http://127.0.0.1:{port}", patience=0.05)
    assert (report.failed, report.reason) == (S.ANSWER, "it took too long")


async def test_c94_calls_go_through_the_proxy_with_its_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password is asked for once and goes to the proxy alone."""
    heard: list[str] = []
    asked: list[None] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    def password() -> str:
        asked.append(None)
        return "hunter2"

    async with serving(handle) as port:
        monkeypatch.setattr("zbdesk.app.http.proxy_for", lambda _url, _chosen="": f"http://127.0.0.1:{port}")
        transport = LazyTransport(Settings(proxy_user="anita"), password)
        async with httpx.AsyncClient(transport=transport) as client:
            for _ in range(2):
                assert (await client.get("http://books.example/one")).status_code == 200
    token = base64.b64encode(b"anita:hunter2").decode()
    assert all(f"proxy-authorization: basic {token}".casefold() in text.casefold() for text in heard)
    assert len(asked) == 1


async def test_no_proxy_at_all_is_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """``direct`` wins over what the system says."""
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    url = httpx.URL("https://www.zohoapis.eu")
    assert proxy_for(url, "") == "http://proxy.example:3128"
    assert proxy_for(url, DIRECT) is None


async def test_a_file_of_certificates_is_looked_at_before_it_is_kept(
    tmp_path: Path, authority: tuple[ssl.SSLContext, Path]
) -> None:
    """Missing and foreign files are refused with their reason; empty means none."""
    check_ca_file("")
    check_ca_file(str(authority[1]))
    with pytest.raises(CertificatesUnusable):
        check_ca_file(str(tmp_path / "none.pem"))
    (tmp_path / "text.pem").write_text("no certificate")
    with pytest.raises(CertificatesUnusable, match="cannot be used"):
        check_ca_file(str(tmp_path / "text.pem"))
