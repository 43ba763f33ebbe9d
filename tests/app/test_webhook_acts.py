"""The acts of the Webhooks page over a real sync thread and the demo company: nothing opens a second writing handle."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from zbdesk.app.demo import DemoCompany
from zbdesk.app.desk import Desk
from zbdesk.app.log import stop_logging
from zbdesk.app.webhook_acts import NotSyncing, WebhookActs
from zbdesk.cli.demo import _connect
from zbdesk.cli.interrupts import run_tidily
from zbdesk.demo.server import DemoServer
from zbdesk.domain.errors import SetupError, UsageError
from zbdesk.domain.webhook_views import EventFilter, EventLine, WebhookPage
from zbdesk.store.database import Database
from zbdesk.sync.events import Event, RunFinished
from zbdesk.webhooks.automatic import NoAddressYet


class Site:
    """A desk whose sync thread runs against the demo company."""

    def __init__(self, desk: Desk, server: DemoServer) -> None:
        self.desk, self.server = desk, server
        self.acts = WebhookActs(desk)
        self.synced = threading.Event()
        self._news = threading.Condition()

    def listen(self, event: Event) -> None:
        """On the sync thread."""
        if isinstance(event, RunFinished):
            self.synced.set()
        with self._news:
            self._news.notify_all()

    def until(self, so: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until something is so, looking after each event."""
        with self._news:
            assert self._news.wait_for(so, seconds)

    def page(self) -> WebhookPage:
        """What the page shows."""
        found = self.desk.read(lambda reader: reader.webhooks().page()).result()
        assert found is not None
        return found

    def lines(self, **where: object) -> list[EventLine]:
        """The events."""
        chosen = EventFilter(**where)  # type: ignore[arg-type]
        return self.desk.read(lambda reader: reader.webhooks().lines(chosen, 100)).result()


def _free_port() -> int:
    """The address of the listener must be known beforehand: the company sends there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Connected, read once, the sync thread running, port and all."""
    patch = pytest.MonkeyPatch()
    patch.setenv("ZBDESK_WEBHOOK_PORT", str(_free_port()))
    patch.setenv("ZBDESK_CALLS_PER_MINUTE", "0")
    folder: Path = tmp_path_factory.mktemp("acts")
    try:
        with DemoCompany(folder / "demo") as company, company.open_desk() as desk:
            desk.acquire("demo")
            run_tidily(_connect(desk, company.credentials, company.server.credentials.grant_code))
            made = Site(desk, company.server)
            assert desk.start(made.listen)
            assert made.synced.wait(60)
            yield made
            made.acts.close()
    finally:
        stop_logging()
        patch.undo()


@pytest.fixture(autouse=True)
def one_writer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the sync thread runs, nobody else opens a writing handle."""
    assert site.desk.is_attended

    def refuse(*_: object, **__: object) -> Database:
        raise AssertionError("a second writing handle was opened")

    monkeypatch.setattr(Database, "open", refuse)


def test_an_event_is_listed_with_its_record_and_read_again_on_demand(site: Site) -> None:
    """A change in the company becomes a line that names the record; a replay counts and reads it once more."""
    org = site.server.company.org()
    one = org.ids("invoices")[0]
    org.edit("invoices", one, notes="Changed there.")
    site.until(lambda: any(line.view.result == "updated" for line in site.lines(module="invoices")))
    line = next(line for line in site.lines(module="invoices") if line.view.remote_id == one)
    assert line.number == org.get("invoices", one)["invoice_number"]
    assert line.party == org.get("invoices", one)["customer_name"]
    page = site.page()
    assert page.figures.today >= 1
    assert page.figures.usual_seconds is not None
    assert "invoices" in {events.module for events in page.figures.modules}
    assert site.acts.replay([line.view.id, 10**9]) == 1
    site.until(lambda: site.lines(module="invoices")[0].view.replays == 1)
    site.until(lambda: site.lines(module="invoices")[0].view.handled_at is not None)
    assert site.lines(verified=False) == []
    assert site.lines(result="module_off") == []


def test_an_address_is_kept_by_the_sync_thread_and_tested(site: Site) -> None:
    """A pasted address comes back in full with its key; a bad one is refused; a test leaves its five legs behind."""
    with pytest.raises(SetupError):
        site.acts.set_address("ftp://hooks.example.com")
    local = site.page().overview.local_url
    url = site.acts.set_address("https://localhost:9")
    assert url == f"https://localhost:9/webhooks/zoho/{local.rsplit('/', 1)[1]}"
    site.until(lambda: site.page().overview.public_url == url)
    before = site.page().overview.way
    assert before is not None
    site.acts.test()
    site.until(lambda: _tested(site, "user"))
    way = site.page().overview.way
    assert way is not None
    assert way.test is not None
    assert [leg.leg for leg in way.test.legs] == ["dns", "tls", "tunnel", "listener", "signature"]
    assert not way.test.ok
    assert site.acts.set_address("") == ""
    assert site.page().overview.public_url is None


def _tested(site: Site, cause: str) -> bool:
    way = site.page().overview.way
    return way is not None and way.test is not None and way.test.cause == cause


def test_a_target_is_added_changed_paused_and_removed(site: Site) -> None:
    """All of it through the sync thread; a paused target keeps its filter."""
    made = site.acts.add_target("http://127.0.0.1:9/in", "record", ["invoices"], ["changed"])
    assert len(made.secret) >= 32
    (target,) = site.page().targets
    assert (target.modules, target.kinds, target.enabled) == (("invoices",), ("changed",), True)
    site.acts.change_target(target.id, ["contacts", "items"], [], enabled=False)
    (target,) = site.page().targets
    assert (target.modules, target.kinds, target.enabled) == (("contacts", "items"), (), False)
    with pytest.raises(UsageError):
        site.acts.change_target(10**6, [], [], enabled=True)
    assert site.acts.redeliver([1]) == 0
    site.acts.remove_target(target.id)
    assert site.page().targets == ()


def test_what_is_shown_before_is_made_there_and_removed_again(site: Site) -> None:
    """The preview makes no call; set-up and removal are calls of the running engine, written down there."""
    with pytest.raises(NoAddressYet):
        site.acts.preview()
    site.acts.set_address("https://hooks.example.com")
    steps = site.acts.preview()
    assert {step.module for step in steps} >= {"invoices", "contacts"}
    assert site.page().made == ()
    if not site.page().may_set_up:
        pytest.fail("the demo's sign-in must hold the permission")
    done = site.acts.set_up()
    assert {one.result for one in done} == {"made"}
    assert len(site.page().made) == 2 * len(steps)
    gone = site.acts.remove_set_up()
    assert {one.result for one in gone} == {"removed"}
    assert site.page().made == ()
    site.acts.set_address("")


def test_a_secret_is_another_each_time_and_the_listener_takes_both(site: Site) -> None:
    """Changing the secret shows the new one, and the page says until when the one before it holds."""
    first = site.acts.rotate()
    second = site.acts.rotate()
    assert first != second
    overview = site.page().overview
    assert overview.secret_made_at is not None
    assert overview.previous_secret_until is not None
    org = site.server.company.org()
    one = org.ids("contacts")[0]
    org.edit("contacts", one, notes="After the change.")
    site.until(lambda: any(line.view.remote_id == one and line.view.verified for line in site.lines(module="contacts")))


def test_without_a_sync_thread_nothing_is_pretended(tmp_path: Path) -> None:
    """Acts that need it say so and change nothing."""
    with Desk.open(tmp_path / "none", passphrase="x") as desk:
        acts = WebhookActs(desk)
        with pytest.raises(NotSyncing):
            acts.test()
        assert acts.run(lambda: acts.programs("/no/such/program")).result() == dict.fromkeys(
            ("cloudflared", "ngrok", "ssh")
        )
        acts.close()


def test_reading_needs_no_connection(tmp_path: Path) -> None:
    """A page without a connection is no page, and its lists are empty."""
    with closing(Desk.open(tmp_path / "empty", passphrase="x")) as desk:
        answer = desk.read(
            lambda reader: (
                reader.webhooks().page(),
                reader.webhooks().lines(EventFilter(), 5),
                reader.webhooks().deliveries(5),
                reader.webhooks().figures().today,
            )
        ).result()
    assert answer == (None, [], [], 0)
