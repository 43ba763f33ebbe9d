"""Month end through the whole program: the desk's own thread against the demo company."""

from __future__ import annotations

import queue
from datetime import date
from typing import Any

import pytest

from tests.cli.conftest import Terminal, server, terminal
from zbdesk.app import closing_page
from zbdesk.app.closing import Closing, FileNotWritten, month_end, save, tie_out_document
from zbdesk.app.desk import Desk
from zbdesk.app.settings import save as save_settings
from zbdesk.app.tieout_document import NotSealed, verify
from zbdesk.domain.closing import MonthEnd
from zbdesk.domain.errors import SetupError
from zbdesk.domain.tieout import Request
from zbdesk.sync.commands import LookAtPeriod
from zbdesk.sync.events import Event, PeriodLooked

__all__ = ["server", "terminal"]

YEAR = Request(date(2026, 1, 1), date(2026, 12, 31), "quarter")


@pytest.fixture
def connected(terminal: Terminal) -> Terminal:
    """A connected directory with everything read once."""
    terminal.connect()
    assert terminal("sync", "--json").code == 0
    return terminal


def test_a_fresh_look_of_the_window_finds_both_sides_equal(connected: Terminal) -> None:
    """The sync thread lists each module's period at the demo company; the reader compares it with what is here."""
    events: queue.Queue[Event] = queue.Queue()
    with Desk.open(connected.place) as desk:
        names = desk.read(lambda reader: reader.closing().modules()).result(10)
        assert {"invoices", "bills", "customerpayments", "journals"} <= set(names)
        assert desk.start(events.put)
        desk.send(LookAtPeriod(YEAR.first, YEAR.last, names, "t1"))
        while True:
            event = events.get(timeout=30)
            if isinstance(event, PeriodLooked):
                break
        assert desk.stop(10)
        assert set(event.fresh.rows) == set(names)
        found = desk.read(lambda reader: reader.closing().tie_out(YEAR, event.fresh)).result(10)
        assert [(line.module, line.number, line.kind) for line in found.lines] == []
        assert found.equal
        assert sum(total.zoho_count for total in found.totals) > 50
        blank = {total.module for total in found.totals if not total.currency}
        assert blank <= {"creditnote_refunds", "base_currency_adjustments", "journals"}, "no list names their currency"
        assert all("-Q" in period.name for period in found.periods)


def test_the_mode_of_the_settings_holds_from_the_start(connected: Terminal) -> None:
    """A restart does not end month end, and the command line keeps to it too."""
    save_settings(connected.place / "settings.toml", month_end=True, month_end_until="2099-01-31")
    with Desk.open(connected.place) as desk:
        assert month_end(desk.settings) == MonthEnd(True, date(2099, 1, 31))
    with pytest.raises(SetupError):
        save_settings(connected.place / "settings.toml", month_end_until="tomorrow")


def test_files_that_are_not_ours_are_refused(tmp_path: Any) -> None:
    """Other JSON, other PDF, text, nothing: each with its reason, none as changed."""
    for name, content in (
        ("a.json", b'{"kind": "something"}'), ("b.json", b"{"), ("c.pdf", b"%PDF-1.4\nstream\nxx\nendstream"),
        ("d.csv", b"a,b\n1,2\n"), ("e.txt", b""),
    ):  # fmt: skip
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(NotSealed):
            verify(file)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Any) -> None:
    """The old one stays where the new one cannot be written, and only its owner may read it."""
    file = tmp_path / "out.csv"
    save(file, b"one")
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(FileNotWritten):
        save(tmp_path / "missing" / "out.csv", b"two")
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]


def test_pages_hold_what_the_document_says_and_no_markup_of_others(connected: Terminal) -> None:
    """Names from outside are text, never markup; the hash stands at the foot."""
    with Desk.open(connected.place) as desk:
        found = desk.read(lambda reader: reader.closing().tie_out(YEAR)).result(10)
    made = tie_out_document(found, made_by="<script>alert(1)</script>")
    page = closing_page.tie_out_page(made)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert made["hash"] in page
    for total in made["totals"]:
        assert closing_page.plain_money(total["here"], total["currency"]) in page
    assert Closing(None, found.made_at).modules() == ()
