"""The rules for reading lists, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.modules import MODULES
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.domain.status import RunKind
from zbdesk.sync import reading
from zbdesk.sync.reading import Progress, Reading

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
FRESH = Progress(
    first_done=True, sort_trusted=True, scan_kind=None, scan_page=1, started=None, last_full_at=NOW - timedelta(hours=1)
)


def row(remote_id: str, stamp: int | None) -> RemoteRow:
    """Make a row that only carries a stamp."""
    return RemoteRow(remote_id, None, None, None, None, None, None, None, None, None, None, stamp, b"{}")


def page(*stamps: int | None, more: bool = True, echo: str | None = reading.MODIFIED) -> Page:
    """Make an answer of such rows."""
    return Page([row(str(at), stamp) for at, stamp in enumerate(stamps)], more, echo, None)


@pytest.mark.parametrize(
    ("module", "changes", "full", "expected"),
    [
        ("contacts", {"first_done": False}, False, Reading.FIRST),
        ("contacts", {"first_done": False}, True, Reading.FIRST),  # before anything is here nothing can be gone
        ("contacts", {}, False, Reading.WALK),
        ("contacts", {}, True, Reading.FULL),
        ("contacts", {"last_full_at": None}, False, Reading.WALK),  # the night's business, not an ordinary pass's
        ("contacts", {"sort_trusted": False}, False, Reading.HEAD),
        ("contacts", {"sort_trusted": False, "last_full_at": NOW - timedelta(hours=6)}, False, Reading.FULL),
        ("contacts", {"sort_trusted": None}, False, Reading.WALK),  # found out by asking
        ("banktransactions", {}, False, Reading.HEAD),
        ("banktransactions", {"last_full_at": NOW - timedelta(hours=7)}, False, Reading.HEAD),
        ("banktransactions", {"last_full_at": NOW - timedelta(hours=24)}, False, Reading.FULL),
        ("banktransactions", {"last_full_at": None}, False, Reading.FULL),
        ("banktransactions", {"last_full_at": NOW + timedelta(hours=25)}, False, Reading.FULL),  # clock was set back
        ("locations", {}, False, Reading.WHOLE),
        ("locations", {"last_full_at": NOW - timedelta(days=2)}, False, Reading.FULL),
        ("tasks", {}, False, Reading.FULL),
    ],
)
def test_how_a_list_is_read(module: str, changes: dict[str, object], full: bool, expected: Reading) -> None:
    """What is known about a list decides how it is read."""
    assert reading.choose(MODULES[module], replace(FRESH, **changes), full=full, now=NOW) is expected  # type: ignore[arg-type]


def test_an_interrupted_complete_scan_is_finished_where_nothing_else_finds_changes() -> None:
    """A scan under way is finished before the head of the same list is compared."""
    scanning = replace(FRESH, scan_kind=RunKind.FULL, scan_page=4, started=SECONDS - 60)
    assert reading.choose(MODULES["banktransactions"], scanning, full=False, now=NOW) is Reading.FULL


@pytest.mark.parametrize(
    ("kind", "scan_page", "age", "asked", "expected"),
    [
        (RunKind.FULL, 5, 3600, RunKind.FULL, True),
        (RunKind.FULL, 5, 24 * 3600, RunKind.FULL, True),
        (RunKind.FULL, 5, 24 * 3600 + 1, RunKind.FULL, False),  # deletions are not decided over more than a day
        (RunKind.FULL, 5, -10, RunKind.FULL, False),
        (RunKind.FIRST, 5, 90 * 24 * 3600, RunKind.FIRST, True),  # a first load goes on whatever its age
        (RunKind.FIRST, 1, 60, RunKind.FIRST, False),
        (RunKind.FULL, 5, 60, RunKind.FIRST, False),
        (RunKind.DELTA, 5, 60, RunKind.FULL, False),
    ],
)
def test_which_scans_are_resumed(kind: RunKind, scan_page: int, age: int, asked: RunKind, expected: bool) -> None:
    """A scan goes on only under its own kind, and a deciding one only within a day."""
    progress = replace(FRESH, scan_kind=kind, scan_page=scan_page, started=SECONDS - age)
    assert reading.resumable(progress, asked, NOW) is expected


def test_scans_use_a_stable_documented_order_or_none() -> None:
    """Complete scans go upwards by creation where that is documented; head readings downwards."""
    assert reading.scan_order(MODULES["contacts"]) == ("created_time", "A")
    assert reading.head_order(MODULES["contacts"]) == ("created_time", "D")
    assert reading.scan_order(MODULES["items"]) == (None, None) == reading.head_order(MODULES["items"])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (page(9, 9, 5), True),
        (page(5, 9), False),  # rising
        (page(9, None, 5), False),  # a row without a stamp has no place in the order
        (page(9, 5, echo="created_time"), False),
        (page(9, 5, echo=None), False),
    ],
)
def test_only_an_echoed_falling_stamped_page_is_trusted(answer: Page, expected: bool) -> None:
    """Zoho ignores silently what it does not know, so the sort is checked."""
    assert reading.trustworthy(answer) is expected


@pytest.mark.parametrize(
    ("answer", "watermark", "differs", "ends"),
    [
        (page(9000, more=False), None, True, True),
        (page(), 9000, False, True),
        (page(9000, 8400), 9000, True, False),  # exactly at the overlap: read on
        (page(9000, 8399), 9000, True, True),
        (page(9000, 9000), 9000, False, True),  # thousands of equal stamps cost one call
        (page(9001, 9001), 9000, False, False),  # stored by an interrupted walk; older changes may follow
        (page(9000, 8900), None, False, False),
        (page(9000, None), 9000, False, False),
    ],
)
def test_where_a_walk_ends(answer: Page, watermark: int | None, differs: bool, ends: bool) -> None:
    """A walk stops below the overlap, or at a page without differences at or below the watermark."""
    assert reading.walk_ends(answer, watermark, differs=differs) is ends


@given(st.none() | st.integers(0, 10**10), st.integers(10, 10**10), st.none() | st.integers(0, 10**10))
def test_the_watermark_stays_below_the_question(seen: int | None, asked: int, known: int | None) -> None:
    """What changes while pages are read lies above the watermark; what an earlier walk has settled stays settled."""
    found = reading.settled(seen, asked, known)
    assert found is None or found < asked or found == known
    assert known is None or (found is not None and found >= known)
    assert seen is None or found is not None


@pytest.mark.parametrize(
    ("missing", "live", "mass"), [(10, 10, False), (11, 11, True), (11, 55, False), (12, 55, True), (0, 0, False)]
)
def test_what_counts_as_a_mass_deletion(missing: int, live: int, mass: bool) -> None:
    """Over ten and over a fifth of the module."""
    assert reading.is_mass_deletion(missing, live) is mass


def test_details_are_read_where_rows_are_incomplete_and_an_id_is_enough() -> None:
    """Lists that say all, lists below other records and those without a detail call get no detail."""
    wanted = {name for name, module in MODULES.items() if reading.has_details(module)}
    assert {"contacts", "invoices", "bills"} <= wanted
    assert not wanted & {"currencies", "tasks", "locations", "creditnote_refunds", "opening_balances"}


def test_the_newest_stamp_ignores_rows_without_one() -> None:
    """Rows without a stamp say nothing about time."""
    assert reading.newest(page(3, None, 8).rows) == 8
    assert reading.newest(page(None).rows) is None
