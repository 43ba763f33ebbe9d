"""The way to Zoho step by step, so that a person learns which one fails: name, connection, proxy, certificate, answer.

Uses the proxy and the certificates of the settings, as every call does, but opens the way by hand: a library that does
it in one go could not say where it ended. Sends no token.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import httpx

from zbdesk.app import secrets
from zbdesk.app.desk import Desk
from zbdesk.app.http import CertificatesUnusable, proxy_for, tls_context
from zbdesk.app.settings import Settings
from zbdesk.zoho.datacentres import DATA_CENTRES

PATIENCE = 10.0


class NetworkStep(StrEnum):
    """What is done, in this order."""

    PROXY = "proxy"
    """The proxy's address can be used, its name is known, and it takes a connection."""

    NAME = "name"
    """The server's name is known."""

    CONNECT = "connect"
    """The server, or the proxy towards it, takes the connection."""

    LOGIN = "login"
    """The proxy accepts the login."""

    CERTIFICATE = "certificate"
    """The server's certificate is trusted."""

    ANSWER = "answer"
    """The server answers."""


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """``done``: the steps that worked. ``failed``: the one that did not, with ``reason``; None where all did."""

    done: tuple[NetworkStep, ...]
    failed: NetworkStep | None = None
    reason: str = ""
    proxy: str = ""


class _Failed(Exception):
    def __init__(self, step: NetworkStep, reason: str) -> None:
        super().__init__(reason)
        self.step, self.reason = step, reason


async def try_network(
    settings: Settings,
    address: str,
    *,
    password: str = "",
    context: Callable[[str], ssl.SSLContext] = tls_context,
    patience: float = PATIENCE,
) -> NetworkReport:
    """Go to ``address`` (https, or http on loopback) as calls to Zoho do. Never raises for what it finds."""
    done: list[NetworkStep] = []
    target = urlsplit(address)
    host, secure = target.hostname or "", target.scheme == "https"
    port = target.port or (443 if secure else 80)
    proxy = proxy_for(httpx.URL(address), settings.proxy) or ""
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(patience * 3):
            if proxy:
                reader, writer = await _to_proxy(proxy, patience)
                done.append(NetworkStep.PROXY)
                await _through(reader, writer, f"{host}:{port}", settings.proxy_user, password, proxy, done)
            else:
                reader, writer = await _direct(host, port, done, patience)
            if secure:
                await _secure(writer, host, settings, context)
                done.append(NetworkStep.CERTIFICATE)
            await _answer(reader, writer, host)
            done.append(NetworkStep.ANSWER)
    except _Failed as failure:
        return NetworkReport(tuple(done), failure.step, failure.reason, _shown(proxy))
    except TimeoutError:
        ended = _next(done, proxy=bool(proxy), secure=secure)
        return NetworkReport(tuple(done), ended, "it took too long", _shown(proxy))
    finally:
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError, ssl.SSLError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), 1)
    return NetworkReport(tuple(done), proxy=_shown(proxy))


async def try_for(desk: Desk, *, patience: float = PATIENCE) -> NetworkReport:
    """The way to the Zoho Books of the connection in use, or to ``us`` before there is any. Raises ``VaultError``."""
    password = ""
    if desk.settings.proxy_user:
        password = await asyncio.to_thread(lambda: secrets.proxy_password(desk.vault()))
    connection = await asyncio.wrap_future(desk.read(lambda reader: reader.connection()))
    address = connection.api_url if connection is not None else DATA_CENTRES["us"].api_url
    return await try_network(desk.settings, address, password=password, patience=patience)


async def _to_proxy(proxy: str, patience: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(proxy)
    try:
        port = parts.port or 80
    except ValueError as exc:
        raise _Failed(NetworkStep.PROXY, "its address has no usable port") from exc
    if parts.scheme != "http" or not parts.hostname:
        raise _Failed(NetworkStep.PROXY, "its address must look like http://proxy.example.com:8080")
    try:
        return await asyncio.wait_for(asyncio.open_connection(parts.hostname, port), patience)
    except TimeoutError as exc:
        raise _Failed(NetworkStep.PROXY, "it does not answer") from exc
    except socket.gaierror as exc:
        raise _Failed(NetworkStep.PROXY, f"the name {parts.hostname} is not known") from exc
    except OSError as exc:
        raise _Failed(NetworkStep.PROXY, exc.strerror or "it takes no connection") from exc


async def _direct(
    host: str, port: int, done: list[NetworkStep], patience: float
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    try:
        found = await asyncio.wait_for(loop.getaddrinfo(host, port, type=socket.SOCK_STREAM), patience)
    except (TimeoutError, OSError) as exc:
        raise _Failed(NetworkStep.NAME, f"{host} is not known to the name service") from exc
    done.append(NetworkStep.NAME)
    try:
        opened = await asyncio.wait_for(asyncio.open_connection(str(found[0][4][0]), port), patience)
    except TimeoutError as exc:
        raise _Failed(NetworkStep.CONNECT, "no answer; a firewall may be in between") from exc
    except OSError as exc:
        raise _Failed(NetworkStep.CONNECT, exc.strerror or "no connection") from exc
    done.append(NetworkStep.CONNECT)
    return opened


async def _through(  # noqa: PLR0917 - what one CONNECT is made of
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    target: str,
    user: str,
    password: str,
    proxy: str,
    done: list[NetworkStep],
) -> None:
    parts = urlsplit(proxy)
    name, word = parts.username or user, parts.password or password
    head = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if name:
        token = base64.b64encode(f"{name}:{word}".encode()).decode()
        head.append(f"Proxy-Authorization: Basic {token}")
    writer.write("\r\n".join([*head, "", ""]).encode())
    try:
        await writer.drain()
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (OSError, EOFError, asyncio.LimitOverrunError) as exc:
        raise _Failed(NetworkStep.CONNECT, "the proxy ended the connection") from exc
    status = answer.split(" ", 2)[1] if answer.startswith("HTTP/") and " " in answer else ""
    if status == "407":
        reason = "the proxy refuses name or password" if name else "the proxy asks for a login"
        raise _Failed(NetworkStep.LOGIN, reason)
    if not status.startswith("2"):
        raise _Failed(NetworkStep.CONNECT, f"the proxy does not let it through (it says {status or 'nothing'})")
    if name:
        done.append(NetworkStep.LOGIN)
    done.append(NetworkStep.CONNECT)


async def _secure(
    writer: asyncio.StreamWriter, host: str, settings: Settings, context: Callable[[str], ssl.SSLContext]
) -> None:
    try:
        made = await asyncio.to_thread(context, settings.ca_file)
        await writer.start_tls(made, server_hostname=host)
    except CertificatesUnusable as exc:
        raise _Failed(NetworkStep.CERTIFICATE, exc.message) from exc
    except ssl.SSLCertVerificationError as exc:
        why = getattr(exc, "verify_message", "") or "it is not trusted"
        words = f"{why}; a proxy that looks into traffic needs its certificate here"
        raise _Failed(NetworkStep.CERTIFICATE, words) from exc
    except (ssl.SSLError, OSError) as exc:
        raise _Failed(NetworkStep.CERTIFICATE, "no secure connection came about") from exc


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
    writer.write(f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    try:
        await writer.drain()
        line = await reader.readline()
    except (OSError, ssl.SSLError) as exc:
        raise _Failed(NetworkStep.ANSWER, "the connection was cut") from exc
    if not line.startswith(b"HTTP/"):
        raise _Failed(NetworkStep.ANSWER, "what came back is no answer of a web server")


def _next(done: list[NetworkStep], *, proxy: bool, secure: bool) -> NetworkStep:
    first = [NetworkStep.PROXY, NetworkStep.CONNECT] if proxy else [NetworkStep.NAME, NetworkStep.CONNECT]
    order = [*first, *([NetworkStep.CERTIFICATE] if secure else []), NetworkStep.ANSWER]
    return next((step for step in order if step not in done), NetworkStep.ANSWER)


def _shown(proxy: str) -> str:
    """The proxy's address without a login that stands in it."""
    parts = urlsplit(proxy)
    return proxy.replace(f"{parts.username}:{parts.password}@", "") if parts.password else proxy
