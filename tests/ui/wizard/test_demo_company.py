"""The wizard over the real flow and the demo company: nothing faked but the click in the browser."""

from __future__ import annotations

import threading
import urllib.request

import pytest

from tests.ui.scenes_wizard import until
from zbdesk.app.demo import DemoCredentials
from zbdesk.app.desk import Desk
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.domain.views import Connection
from zbdesk.ui.wizard.state import WizardSettings
from zbdesk.ui.wizard.wizard import ConnectWizard


@pytest.fixture(scope="module")
def company():
    """One demo company for all tests of this module."""
    with DemoServer(DemoOptions(seed=7)) as server:
        yield server


@pytest.fixture
def desk(tmp_path):
    """A desk of its own, its secrets in a sealed file."""
    with Desk.open(tmp_path, environment={}, passphrase="only a test") as one:
        yield one


class _Browser:
    """Accepts on Zoho's page, as a person would, and follows the redirect to this computer."""

    def __init__(self, company: DemoServer) -> None:
        self._company = company
        self._threads: list[threading.Thread] = []
        self.pages: list[str] = []

    def open(self, url: str) -> bool:
        thread = threading.Thread(target=self._visit, args=(url,))
        thread.start()
        self._threads.append(thread)
        return True

    def _visit(self, url: str) -> None:
        redirect = self._company.accept(url)
        with urllib.request.urlopen(redirect, timeout=10) as answer:
            self.pages.append(answer.read().decode())

    def close(self) -> None:
        for thread in self._threads:
            thread.join()


def test_whole_way_against_the_demo_company(run, qtbot, company, desk, tmp_path) -> None:
    """A newcomer clicks through real pages, signs in, chooses an organization, and the connection is stored."""
    known = company.credentials
    demo = DemoCredentials(known.accounts_url, known.api_url, known.client_id, known.client_secret)
    browser = _Browser(company)
    settings = WizardSettings(check_vault=lambda: desk.vault().describe())
    one = ConnectWizard(desk.connector, open_url=browser.open, demo=demo, settings=settings)
    qtbot.addWidget(one)
    one.resize(1280, 800)
    one.show()
    told: list[Connection] = []
    one.finished.connect(told.append)

    async def walk() -> None:
        one.welcome.connect_button.click()
        one.bar.next.click()
        await until(lambda: bool(one.session.redirect_uri) and bool(one.session.vault_name))
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        await until(lambda: one.at == "organization" and one.organization.table.rows.rowCount() > 0)
        table = one.organization.table
        assert one.session.draft.organization_id == ""
        table.pick(0)
        one.bar.next.click()
        await until(lambda: all(name in one.session.counts for name in ("contacts", "invoices", "items")))
        assert one.session.counts["invoices"]
        one.bar.next.click()
        await until(lambda: bool(told))
        await until(lambda: not one._closing.busy)

    try:
        run(walk())
    finally:
        run(one.aclose())
        browser.close()
    stored = desk.read(lambda reader: reader.connection()).result()
    assert stored == told[0]
    secret = known.client_secret.encode()
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert browser.pages


def test_wrong_secret_is_said_beside_its_field(run, qtbot, company, desk) -> None:
    """The demo's accounts server refuses as Zoho does, and the wizard leads to the field."""
    known = company.credentials
    demo = DemoCredentials(known.accounts_url, known.api_url, known.client_id, "wrong-secret")
    browser = _Browser(company)
    one = ConnectWizard(desk.connector, open_url=browser.open, demo=demo, settings=WizardSettings())
    qtbot.addWidget(one)

    async def walk() -> None:
        one.welcome.connect_button.click()
        one.bar.next.click()
        await until(lambda: bool(one.session.redirect_uri))
        one.bar.next.click()
        await until(lambda: bool(one.credentials.secret_field.error))

    try:
        run(walk())
    finally:
        run(one.aclose())
        browser.close()
    assert "secret" in one.credentials.secret_field.error
    assert "wrong-secret" not in one.credentials.secret_field.error
