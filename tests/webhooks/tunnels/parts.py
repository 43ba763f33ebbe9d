"""Real ends of the way: a listener over a real database, nginx with TLS, certificates, middlemen that misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ipaddress
import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zbdesk.app.clock import SystemClock
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization
from zbdesk.store import connections, inbox, module_states
from zbdesk.store.database import Database
from zbdesk.webhooks.intake import Intake
from zbdesk.webhooks.listener import Listener
from zbdesk.webhooks.signature import HEADER, sign
from zbdesk.webhooks.tunnels.base import Local, TunnelState, TunnelStatus

SECRET = "zbdesk1secret2026"
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
SSH = shutil.which("ssh")
CLOCK = SystemClock()


def free_port() -> int:
    """A port of loopback that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for a condition, looking often; fails when it does not come true in time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - processes and files tell nobody
            await asyncio.sleep(0.01)


async def until_async(condition: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait for a condition that has to be asked for."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - a port tells nobody
            await asyncio.sleep(0.02)


def connection() -> Connection:
    """A connection as the wizard would hand it over."""
    organization = Organization(
        "60001", "Acme Trading", "Germany", "EUR", "Europe/Berlin", "en", "january", "ELITE", "eu", "DE1"
    )
    return Connection(
        id=0,
        organization=organization,
        data_centre="eu",
        accounts_url="https://accounts.zoho.eu",
        api_url="https://www.zohoapis.eu",
        location="eu",
        client_id="1000.ABC",
        scopes=("ZohoBooks.invoices.READ",),
        read_only=True,
        state=ConnectionState.ACTIVE,
        connected_at=CLOCK.now(),
        redirect_uri="http://localhost:8765/callback",
        pkce=True,
        authorised_by="ada@acme.example",
    )


class Secrets:
    """The secrets of a listener, held in memory."""

    def __init__(self, *secrets: str) -> None:
        self.secrets = secrets

    def valid(self) -> tuple[str, ...]:
        """See ``events.Secrets``."""
        return self.secrets

    async def look_again(self) -> bool:
        """See ``events.Secrets``."""
        return False


@dataclass
class Near:
    """The near end: a database, an intake and a listener that run."""

    db: Database
    connection: Connection
    intake: Intake
    listener: Listener
    hosts: list[str]
    judged: list[bool]
    """Of each event that came, whether its signature was right."""

    @property
    def local(self) -> Local:
        """The listener as tunnels see it."""
        return Local(f"http://127.0.0.1:{self.listener.port}", self.listener.path)

    def bodies(self) -> list[bytes]:
        """What is in the inbox, oldest first, byte for byte."""
        with self.db.snapshot():
            return [bytes(body) for (body,) in self.db.all("SELECT body FROM inbox ORDER BY id")]

    def verified(self) -> list[bool]:
        """Which of them had a right signature."""
        return [view.verified for view in reversed(inbox.events(self.db, self.connection.id))]


def opened_database(path: Path) -> tuple[Database, Connection]:
    """A writer with one connection in it whose modules are on."""
    db = Database.open(path, now=CLOCK.now)
    saved = connections.save(db, connection())
    module_states.set_enabled(db, saved.id, ("invoices", "contacts"))
    return db, saved


@contextlib.asynccontextmanager
async def near_end(path: Path, *, port: int = 0, secret: str = SECRET) -> AsyncIterator[Near]:
    """A listener over a database of its own."""
    db, saved = opened_database(path / f"near-{free_port()}.sqlite3")
    try:
        judged: list[bool] = []
        intake = Intake(db, saved, Secrets(secret), CLOCK, on_judged=judged.append)
        hosts: list[str] = []
        key = inbox.facts(db, saved.id).path_key
        async with Listener(intake, key, CLOCK, port=port, public_hosts=lambda: hosts) as listener:
            yield Near(db, saved, intake, listener, hosts, judged)
    finally:
        db.close()


def event(number: int, size: int = 0) -> bytes:
    """A Zoho event about one invoice; ``size`` makes it that many bytes long."""
    head = f'{{"invoice":{{"invoice_id":"98200000056{number:04d}","total":100.50,  "notes":"Müller ☕ '
    tail = '"}}'
    filler = "x" * max(0, size - len(head.encode()) - len(tail))
    return (head + filler + tail).encode()


async def send(http: httpx.AsyncClient, url: str, body: bytes, secret: str = SECRET) -> int:
    """Send an event as Zoho Books would and return the status."""
    headers = {"Content-Type": "application/json", HEADER: sign(secret, (), None, body)}
    answer = await http.post(url, content=body, headers=headers, timeout=30)
    return answer.status_code


# Certificates


@dataclass(frozen=True)
class Authority:
    """A certificate authority of our own, and where its certificate is."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    path: Path

    def issue(self, folder: Path, name: str, *, days: int = 30, address: str | None = None) -> tuple[Path, Path]:
        """A certificate and its key for a name, as files; negative days make it one that has expired."""
        now = dt.datetime.now(dt.UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        names: list[x509.GeneralName] = [x509.DNSName(name)]
        if address:
            names.append(x509.IPAddress(ipaddress.ip_address(address)))
        begin, end = sorted((now - dt.timedelta(days=60 if days < 0 else 1), now + dt.timedelta(days=days)))
        built = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(self.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return _write(folder, f"{name}-{days}", built, key)


def authority(folder: Path, name: str = "Test authority") -> Authority:
    """Make one; its certificate is a PEM file that clients may trust."""
    now = dt.datetime.now(dt.UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=90))
        .not_valid_after(now + dt.timedelta(days=90))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=True,
                crl_sign=True,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, _ = _write(folder, name.replace(" ", "-"), built, key)
    return Authority(key, built, certificate)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _write(folder: Path, stem: str, built: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> tuple[Path, Path]:
    certificate, secret = folder / f"{stem}.pem", folder / f"{stem}.key"
    certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret


def client(ca: Path | None = None) -> httpx.AsyncClient:
    """A client like the product's: own authority, no proxy, no redirects."""
    context = ssl.create_default_context(cafile=None if ca is None else str(ca))
    return httpx.AsyncClient(verify=context, trust_env=False, follow_redirects=False)


# nginx

_CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 128; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 2m;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name localhost;
        ssl_certificate {certificate};
        ssl_certificate_key {key};
        {locations}
    }}
}}
"""


def passing(near_port: int, path: str = "/webhooks/", extra: str = "") -> str:
    """The location that a person writes to lead webhooks to zbdesk."""
    return (
        f"location {path} {{ proxy_pass http://127.0.0.1:{near_port}; proxy_set_header Host $host;"
        f" proxy_connect_timeout 2s; {extra} }}"
    )


@contextlib.asynccontextmanager
async def nginx(folder: Path, certificate: Path, key: Path, locations: str) -> AsyncIterator[int]:
    """A real nginx with TLS on a port of loopback."""
    assert NGINX is not None
    port = free_port()
    here = folder / f"nginx-{port}"
    here.mkdir()
    text = _CONFIGURATION.format(folder=here, port=port, certificate=certificate, key=key, locations=locations)
    (here / "nginx.conf").write_text(text)
    process = await asyncio.create_subprocess_exec(
        NGINX, "-e", f"{here}/error.log", "-p", str(here), "-c", f"{here}/nginx.conf"
    )
    try:
        await until_async(lambda: answers(port))
        yield port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def answers(port: int) -> bool:
    """Whether somebody takes connections on a port of loopback."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


class Statuses(list[TunnelStatus]):
    """Collects what a tunnel tells."""

    def __call__(self, status: TunnelStatus) -> None:
        """Take one."""
        self.append(status)

    @property
    def states(self) -> Sequence[TunnelState]:
        """The states in order, repeats left out."""
        found: list[TunnelState] = []
        for status in self:
            if not found or found[-1] is not status.state:
                found.append(status.state)
        return found
