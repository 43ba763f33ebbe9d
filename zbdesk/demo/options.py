"""How a demo company is set up. Plain values: nothing here does anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

CLIENT_ID = "1000.DEMOZBDESK0MERIDIAN0SPICES00"
CLIENT_SECRET = "demo5ecret0nly0for0this0computer0loopback0"  # noqa: S105 - a toy on loopback, printed on its own front page
REDIRECT_URIS = tuple(f"http://localhost:{port}/callback" for port in (8976, 8977, 8978))

EchoSort = Literal["seen", "documented", "all"]
ModifiedFilter = Literal["since", "exact", "date", "ignored"]


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What the demo server and its company are like. The defaults are the pleasant ones of a first look."""

    seed: int = 7
    scale: int | Literal["small"] = "small"
    """About how many records the two organizations hold together; ``small`` is some 900."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    """Exact counts for modules of the first organization: ``{"contacts": 20000, "invoices": 50000}``."""

    today: date | None = None
    """The company's day when it opens; None is the real one. With a date, its clock starts at 15:00 IST that day."""

    opened: date | None = None
    """The last day of the invented past; None is today. Kept from an earlier start it brings the same books again."""

    clock: Callable[[], datetime] | None = None
    """A clock of the test's own (aware, UTC); it wins over ``today``."""

    client_id: str = CLIENT_ID
    client_secret: str = field(default=CLIENT_SECRET, repr=False)
    redirect_uris: tuple[str, ...] = REDIRECT_URIS

    calls_per_minute: int | None = None
    """Calls of one organization in a sliding minute; the next answers 429."""

    over_minute_code: Literal[43, 44] = 44
    """44 is the documented answer; 43 blocks everything for ``block_seconds`` as was seen live."""

    retry_after: int | None = None
    """Sent with 44 and 1070 when set; 43 always carries its block time."""

    block_seconds: int = 3600
    daily: int | None = None
    """Calls of one organization in its own calendar day."""

    parallel: int | None = None
    """Calls in process at the same time; the next answers 429 with code 1070."""

    rate_headers: bool = False
    """Whether ``X-Rate-Limit-*`` headers come with every answer."""

    token_requests: int | None = 10
    """Token requests in ten minutes for one refresh token (or for one client's codes)."""

    echo_sort: EchoSort = "seen"
    """Which ``sort_column`` values are honoured and echoed: documented ones, those seen live too, or any field."""

    modified_filter: Mapping[str, ModifiedFilter] = field(default_factory=dict)
    """How a module treats ``last_modified_time``; see ``faces.py`` for what each does by itself."""

    data_centres: tuple[str, ...] = ()
    """Names served below ``/_dc/<name>``: the redirect leads there, as Zoho moves a user to his region."""

    home: str | None = None
    """The data centre name that Anita Rao belongs to; one of ``data_centres`` or None for the plain origin."""
