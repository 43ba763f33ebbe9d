"""The edge to httpx: its exceptions turned into ours, and no secret in its log lines.

httpx logs each request with its whole address. Queries may hold a token (revoking) or a customer's name (searching),
so its log shows addresses without them.
"""

from __future__ import annotations

import logging
import ssl

import httpx

from zbdesk import __version__
from zbdesk.domain.errors import TransientError
from zbdesk.zoho.errors import NetworkDown, NotSent, TimedOut, UntrustedCertificate

USER_AGENT = f"zbdesk/{__version__}"

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def turned(error: httpx.RequestError, timeout: float) -> TransientError:
    """Our words for a failure of the connection. ``NotSent`` where nothing can have reached the server."""
    if _is_certificate(error):
        return UntrustedCertificate()
    if isinstance(error, _NEVER_LEFT):
        return NotSent()
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(timeout)
    return NetworkDown()


def never_left(error: httpx.RequestError) -> bool:
    """Whether the request cannot have reached the server."""
    return isinstance(error, _NEVER_LEFT)


def _is_certificate(error: BaseException | None) -> bool:
    """Whether a refused certificate stands anywhere in the chain: httpx and httpcore wrap it without a class."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


class WithoutQueries(logging.Filter):
    """Cuts the query off every address in a log record's arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with its addresses shortened."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                str(arg.copy_with(query=None, fragment=None)) if isinstance(arg, httpx.URL) else arg
                for arg in record.args
            )
        return True


def keep_log_clean() -> None:
    """Put the filter on httpx's logger; more than once is harmless."""
    log = logging.getLogger("httpx")
    if not any(isinstance(one, WithoutQueries) for one in log.filters):
        log.addFilter(WithoutQueries())


keep_log_clean()
