"""The one place where an HTTP client is built: certificates, proxy, limits, time-outs.

The system's certificates are loaded at the first https request, once a process and on a thread, since that takes
longer than a window may wait; loopback over http never loads them. Redirects are not followed: a token must not travel.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from urllib.request import getproxies, proxy_bypass

import httpx
import truststore

from zbdesk import __version__
from zbdesk.app.settings import Settings
from zbdesk.domain.errors import SetupError

DIRECT = "direct"
"""The setting that means no proxy at all, whatever the system says."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_contexts: dict[str, ssl.SSLContext] = {}
_contexts_lock = threading.Lock()


class ProxyUnusable(SetupError):
    """The proxy's address cannot be used."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The proxy's address cannot be used.",
            f"{reason} It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the "
            "system's settings.",
            code="proxy",
        )


class CertificatesUnusable(SetupError):
    """The extra certificate file cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            "The certificate file cannot be used.",
            f"{path}: {reason}. Choose a PEM file in Settings, Network, or none at all.",
            subject=path,
            code="ca_file",
        )


def build_client(
    settings: Settings,
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    proxy_password: Callable[[], str] = lambda: "",
) -> httpx.AsyncClient:
    """Return a client for Zoho; ``transport`` replaces the network in tests. Building it touches nothing slow.

    ``proxy_password`` is asked on a thread, once, where the settings name a login for the proxy.
    """
    return httpx.AsyncClient(
        transport=transport or LazyTransport(settings, proxy_password),
        timeout=httpx.Timeout(settings.request_timeout, connect=min(settings.request_timeout, 20.0)),
        follow_redirects=False,
        headers={"User-Agent": f"zbdesk/{__version__}", "Accept": "application/json"},
    )


class LazyTransport(httpx.AsyncBaseTransport):
    """Opens the network way that a request needs when it is first needed: direct or by proxy, with TLS or without."""

    def __init__(self, settings: Settings, proxy_password: Callable[[], str] = lambda: "") -> None:
        self._settings = settings
        self._proxy_password = proxy_password
        self._ways: dict[tuple[bool, str | None], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        secure = request.url.scheme == "https"
        proxy = proxy_for(request.url, self._settings.proxy)
        way = self._ways.get((secure, proxy))
        if way is None:
            # A TLS proxy in front of plain http is rare enough to load certificates for it too.
            context = await self._context(load=secure or (proxy or "").startswith("https"))
            password = await asyncio.to_thread(self._proxy_password) if proxy and self._settings.proxy_user else ""
            way = self._ways.setdefault((secure, proxy), self._open(context, proxy, password))
        return await way.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections; twice is harmless."""
        ways, self._ways = self._ways, {}
        for way in ways.values():
            await way.aclose()

    async def _context(self, *, load: bool) -> ssl.SSLContext:
        if load:
            return await asyncio.to_thread(tls_context, self._settings.ca_file)
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody; plain http never asks it

    def _open(self, context: ssl.SSLContext, proxy: str | None, password: str) -> httpx.AsyncHTTPTransport:
        parallel = self._settings.calls_in_parallel + 2  # the person's own clicks do not wait for a connection
        limits = httpx.Limits(max_connections=parallel, max_keepalive_connections=parallel, keepalive_expiry=30.0)
        try:
            login = (self._settings.proxy_user, password) if self._settings.proxy_user else None
            way = httpx.Proxy(proxy, auth=login) if proxy else None
            return httpx.AsyncHTTPTransport(verify=context, http2=False, limits=limits, proxy=way, trust_env=False)
        except (ValueError, httpx.InvalidURL) as exc:
            raise ProxyUnusable("It is not an address of a proxy.") from exc
        except ImportError as exc:
            raise ProxyUnusable("SOCKS proxies are not supported.") from exc


def proxy_for(url: httpx.URL, chosen: str = "") -> str | None:
    """Say which proxy a request takes: none on loopback, else the one chosen, else the system's."""
    if url.host in _LOOPBACK or url.host.startswith("127."):
        return None
    if chosen == DIRECT:
        return None
    if chosen:
        return chosen
    if proxy_bypass(url.host):
        return None
    system = getproxies()
    found = system.get(url.scheme) or system.get("all")
    return found if not found or "://" in found else f"http://{found}"


def check_ca_file(path: str) -> None:
    """Look whether a file holds certificates; empty is fine. Raises ``CertificatesUnusable``."""
    if not path:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except (OSError, ssl.SSLError) as exc:
        reason = exc.strerror if isinstance(exc, FileNotFoundError | PermissionError) else "it is not PEM"
        raise CertificatesUnusable(path, reason or "it cannot be read") from exc


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """Return the process's TLS context over the system's certificates, made at the first call. Blocks.

    Raises ``CertificatesUnusable``.
    """
    with _contexts_lock:
        if ca_file not in _contexts:
            context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            if ca_file:
                try:
                    context.load_verify_locations(cafile=ca_file)
                except (OSError, ssl.SSLError) as exc:
                    reason = exc.strerror if isinstance(exc, FileNotFoundError | PermissionError) else "it is not PEM"
                    raise CertificatesUnusable(ca_file, reason or "it cannot be read") from exc
            _contexts[ca_file] = context
        return _contexts[ca_file]
