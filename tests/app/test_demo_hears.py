"""The demo window hears of its company at once: the demo company sends webhooks to the demo's own listener."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from zbdesk.app.demo import DemoCompany
from zbdesk.app.log import stop_logging
from zbdesk.app.settings import load_settings
from zbdesk.cli.demo import _connect
from zbdesk.cli.interrupts import run_tidily
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.events import Event, RunFinished


def test_a_change_in_the_demo_company_is_here_without_a_poll(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect, first sync, then an edit there shows here, although the next poll is a quarter of an hour away."""
    monkeypatch.delenv("ZBDESK_WEBHOOK_PORT")
    done, news = threading.Event(), threading.Condition()

    def listen(event: Event) -> None:
        if isinstance(event, RunFinished):
            done.set()
        with news:
            news.notify_all()

    try:
        with DemoCompany(tmp_path / "demo") as company, company.open_desk() as desk:
            # Another port than the real company's, and one that no other test has.
            assert load_settings(desk.data_dir).webhook_port not in {0, 8971}
            monkeypatch.setenv("ZBDESK_WEBHOOK_PORT", "0")
            desk.acquire("demo")
            run_tidily(_connect(desk, company.credentials, company.server.credentials.grant_code))
            assert desk.start(listen)
            assert done.wait(60)
            org = company.server.company.org()
            one = org.ids("invoices")[0]
            org.edit("invoices", one, status="void")

            def status() -> str | None:
                where = RecordFilter()
                return desk.read(
                    lambda reader: next(
                        view.status for view in reader.records("invoices", where) if view.remote_id == one
                    )
                ).result()

            with news:
                assert news.wait_for(lambda: status() == "void", 20)
            (event, *_) = desk.read(lambda reader: reader.webhook_events()).result()
            assert (event.module, event.verified) == ("invoices", True)
    finally:
        stop_logging()
