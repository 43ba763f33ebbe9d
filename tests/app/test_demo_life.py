"""The demo company goes about its business: what a newcomer sees of webhooks without touching anything."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from zbdesk.app.demo import DemoCompany
from zbdesk.app.log import stop_logging
from zbdesk.cli.demo import _connect
from zbdesk.cli.interrupts import run_tidily
from zbdesk.demo.company import Company
from zbdesk.demo.life import tick
from zbdesk.demo.options import DemoOptions
from zbdesk.sync.events import Event, RunFinished


def test_events_of_the_company_arrive_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing happens before somebody is connected; then changes come by themselves, signed, and are heard."""
    monkeypatch.delenv("ZBDESK_WEBHOOK_PORT")
    done, news = threading.Event(), threading.Condition()

    def listen(event: Event) -> None:
        if isinstance(event, RunFinished):
            done.set()
        with news:
            news.notify_all()

    try:
        with DemoCompany(tmp_path / "demo", life_seconds=0.05) as company, company.open_desk() as desk:
            monkeypatch.setenv("ZBDESK_WEBHOOK_PORT", "0")
            desk.acquire("demo")
            invoices = company.server.company.org()["invoices"]
            before = {one.id: one.get("status") for one in invoices}
            # Half a dozen beats of its heart: nobody is there to see anything.
            assert not threading.Event().wait(0.3)
            assert {one.id: one.get("status") for one in invoices} == before
            run_tidily(_connect(desk, company.credentials, company.server.credentials.grant_code))
            assert desk.start(listen)
            assert done.wait(60)
            with news:
                assert news.wait_for(lambda: len(desk.read(lambda reader: reader.webhook_events()).result()) >= 3, 30)
            assert all(event.verified for event in desk.read(lambda reader: reader.webhook_events()).result())
    finally:
        stop_logging()


def test_a_company_that_keeps_still_changes_nothing(tmp_path: Path) -> None:
    """Without a life of its own only people change it."""
    try:
        with DemoCompany(tmp_path / "demo") as company, company.open_desk():
            assert company.server._life is None
    finally:
        stop_logging()


def test_the_same_seed_does_the_same_deeds() -> None:
    """A demo can be shown twice."""
    told = [[tick(company, rng) for _ in range(12)] for company, rng in ((_company(), random.Random(5)) for _ in "ab")]
    assert told[0] == told[1]
    assert len(set(told[0])) > 6


def _company() -> Company:
    return Company(DemoOptions())
