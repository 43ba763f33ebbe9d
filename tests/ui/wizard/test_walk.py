"""The wizard by clicks: from the first page to a stored connection, and every way it can go otherwise."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.fake_flow import FOODS, HOME, MERIDIAN, TRIAL, Refused, Script
from tests.ui.scenes_wizard import (
    ADDRESS,
    CLIENT_ID,
    SECRET,
    NoPlace,
    to_credentials,
    to_data_centre,
    to_organization,
    to_sign_in,
    to_what_to_sync,
    until,
    wizard,
)
from zbdesk.app.demo import DemoCredentials
from zbdesk.domain.errors import RejectedError, SetupError, StorageError, TransientError, VaultError
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection
from zbdesk.ui.wizard.state import Draft, WizardSettings
from zbdesk.ui.wizard.wizard import ConnectWizard


@pytest.fixture
def made(qtbot):
    """Make wizards that are shown, and closed at the end."""
    wizards: list[ConnectWizard] = []

    def make(script: Script, **settings: object) -> ConnectWizard:
        one = wizard(script, **settings)
        qtbot.addWidget(one)
        one.resize(1280, 800)
        one.show()
        wizards.append(one)
        return one

    return make


def test_whole_way_stores_what_was_chosen(run, made) -> None:
    """Every page in order, by clicks; what is stored is what was chosen, and the owner is told."""
    script = Script()
    one = made(script)
    told: list[object] = []
    one.finished.connect(told.append)

    async def walk() -> None:
        await to_what_to_sync(one)
        one.what_to_sync.direction.button("read_only").click()
        one.what_to_sync.interval.setCurrentIndex(0)
        one.what_to_sync.details.click()
        row = one.what_to_sync.table.rows.names.index("expenses")
        one.what_to_sync.table.pick(row)
        one.bar.next.click()
        await until(lambda: bool(told))
        await until(lambda: not one._closing.busy)

    run(walk())
    kept = script.finished[0]
    assert kept["organization_id"] == MERIDIAN.organization_id
    assert kept["read_only"] is True
    assert kept["poll_seconds"] == 300
    assert kept["details"] is True
    assert "invoices" in kept["modules"]
    assert "expenses" not in kept["modules"]
    request = script.requests[0]
    assert (request.client_id, request.client_secret) == (CLIENT_ID, SECRET)
    assert request.data_centre.name == "in"
    assert all(flow.closed for flow in script.flows)
    assert one.session.client_secret == ""


def test_c01_two_ways_in(run, made, qtbot) -> None:
    """The first page has one primary button, and a second one for the demo company."""
    one = made(Script())
    assert one.welcome.connect_button.property("kind") == "primary"
    assert one.welcome.connect_button.text() == "&Connect Zoho Books"
    with qtbot.waitSignal(one.demo_wanted):
        one.welcome.demo_button.click()


def test_c02_next_is_closed_until_valid_and_says_why(run, made) -> None:
    """On every page the reason stands as text beside the button that cannot be used."""
    one = made(Script(wait=True))
    reasons: list[str] = []

    async def walk() -> None:
        await to_data_centre(one)
        reasons.append(one.bar.reason.text())
        assert not one.bar.next.isEnabled()
        one.data_centre.regions["in"].click()
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        await until(lambda: bool(one.session.redirect_uri))
        reasons.append(one.bar.reason.text())
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        reasons.append(one.bar.reason.text())
        QTest.keyClicks(one.credentials.secret, SECRET)
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        reasons.append(one.bar.reason.text())
        assert not one.bar.next.isEnabled()

    run(walk())
    assert reasons == [
        "Choose a data centre to go on.",
        "Paste the client ID to go on.",
        "Paste the client secret to go on.",
        "This page goes on by itself after sign-in.",
    ]


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("https://books.zoho.in/app/60012345678#/home", "in"),
        ("books.zoho.eu", "eu"),
        ("https://books.zohocloud.ca/app/1", "ca"),
        ("https://books.zoho.com.au/app", "au"),
        ("books.zoho.com", "us"),
    ],
)
def test_pasted_address_chooses_its_data_centre(run, made, address: str, region: str) -> None:
    """The address of the browser is all a person has to know."""
    one = made(Script())

    async def walk() -> None:
        await to_data_centre(one)
        QGuiApplication.clipboard().setText(f" {address}\n")
        QTest.keyClick(one.data_centre.address, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    run(walk())
    assert one.session.draft.region == region
    assert one.data_centre.regions[region].isChecked()
    assert one.data_centre.address_field.message.kind == "ok"


def test_foreign_address_is_said_beside_the_field_and_chooses_nothing(run, made) -> None:
    """An address of somebody else is no data centre."""
    one = made(Script())

    async def walk() -> None:
        await to_data_centre(one)
        QTest.keyClicks(one.data_centre.address, "https://example.com")

    run(walk())
    assert one.session.draft.region == ""
    assert "not one of Zoho’s" in one.data_centre.address_field.message.text


def test_a_click_on_a_row_wins_over_the_address(run, made) -> None:
    """The person decides; the difference is said, not overruled."""
    one = made(Script())

    async def walk() -> None:
        await to_data_centre(one)
        QTest.keyClicks(one.data_centre.address, ADDRESS)
        one.data_centre.regions["eu"].click()

    run(walk())
    assert one.session.draft.region == "eu"
    assert one.data_centre.address_field.message.kind == "attention"
    assert one.bar.next.isEnabled()


def test_c06_all_data_centres_with_their_addresses(made) -> None:
    """Ten rows, each named with the address under which people know it."""
    one = made(Script())
    names = {button.accessibleName() for button in one.data_centre.regions.values()}
    assert len(names) == 10
    assert "Canada, books.zohocloud.ca" in names


def test_custom_server_must_be_a_bare_origin(run, made) -> None:
    """A path or plain http is refused beside its field; http on this computer is fine."""
    one = made(Script())

    async def walk() -> None:
        await to_data_centre(one)
        page = one.data_centre
        page.fold.click()
        QTest.keyClicks(page.accounts, "http://accounts.example.com")
        QTest.keyClicks(page.api, "http://127.0.0.1:9000")
        assert page.accounts_field.error
        assert not page.api_field.error
        assert not one.bar.next.isEnabled()
        page.accounts.clear()
        QTest.keyClicks(page.accounts, "http://127.0.0.1:9000")
        assert not page.accounts_field.error
        assert one.bar.next.isEnabled()

    run(walk())


def test_c03_back_keeps_every_value(run, made) -> None:
    """Going back and forth loses nothing, the secret included while the wizard is open."""
    one = made(Script())

    async def walk() -> None:
        await to_credentials(one)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.bar.back.click()
        assert one.at == "data_centre"
        assert one.data_centre.address.text() == ADDRESS
        one.bar.next.click()
        assert one.credentials.client_id.text() == CLIENT_ID
        assert one.credentials.secret.text() == SECRET

    run(walk())


def test_c03_closing_keeps_all_but_secrets(run, made) -> None:
    """Opened again, the wizard goes on where it was; the secret is asked for again and stands nowhere."""
    kept: dict[str, object] = {}
    one = made(Script(), save_draft=lambda draft: (kept.clear(), kept.update(draft)))

    async def walk() -> None:
        await to_credentials(one)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.close()

    run(walk())
    assert kept["client_id"] == CLIENT_ID
    assert SECRET not in repr(kept)
    again = made(Script(), load_draft=lambda: kept)
    assert again.welcome.connect_button.text() == "Go on &connecting"

    async def resume() -> None:
        again.welcome.connect_button.click()
        await until(lambda: bool(again.session.redirect_uri))

    run(resume())
    assert again.at == "credentials"
    assert again.credentials.client_id.text() == CLIENT_ID
    assert again.credentials.secret.text() == ""
    assert again.credentials.secret.hasFocus() or again.focusWidget() is again.credentials.secret


def test_damaged_draft_is_no_obstacle() -> None:
    """Values of another kind, unknown modules and regions are dropped."""
    draft = Draft.from_dict(
        {"region": "mars", "port": "x", "modules": ["invoices", "moons", 3], "pkce": 1, "client_id": "a"}
    )
    assert draft == Draft(modules=["invoices"], client_id="a")


def test_escape_asks_nothing_and_keeps_what_was_typed(run, made, qtbot) -> None:
    """Cancel leads to the first page; what was typed is still there."""
    one = made(Script())

    async def walk() -> None:
        await to_credentials(one)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        with qtbot.assertNotEmitted(one.cancelled):
            QTest.keyClick(one, Qt.Key.Key_Escape)
        assert one.at == "welcome"
        one.welcome.connect_button.click()
        assert one.credentials.client_id.text() == CLIENT_ID

    run(walk())


KNOWN = Connection(
    id=1, organization=MERIDIAN, data_centre="in", accounts_url="https://accounts.zoho.in",
    api_url="https://www.zohoapis.in", location="in", client_id=CLIENT_ID, scopes=(), read_only=True,
    state=ConnectionState.NEEDS_SIGN_IN, connected_at=datetime(2026, 11, 20, tzinfo=UTC),
)  # fmt: skip


def test_c11_mending_a_connection_asks_only_for_what_is_missing(run, made, qtbot) -> None:
    """Server, client and organization are filled in; Cancel tells the owner, who closes the window."""
    one = made(Script(), known=KNOWN, known_modules=("contacts", "projects"))

    async def walk() -> None:
        await until(lambda: one.at == "credentials")
        await until(lambda: bool(one.session.redirect_uri))
        assert one.credentials.client_id.text() == CLIENT_ID
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.bar.next.click()
        await until(lambda: one.at == "organization" and one.organization.table.rows.rowCount() > 0)
        assert one.session.draft.organization_id == MERIDIAN.organization_id
        one.bar.next.click()
        assert one.session.draft.read_only
        assert one.session.draft.modules == ["contacts", "projects"]
        assert "projects" in one.what_to_sync.table.rows.names
        with qtbot.waitSignal(one.cancelled):
            one.bar.cancel.click()
        await until(lambda: not one._closing.busy)

    run(walk())


def test_port_taken_is_said_and_another_one_can_be_used(run, made) -> None:
    """All known ports taken: the sentence stands under the address; a free one can be typed."""
    script = Script(listen_error=SetupError("Other programs use the ports 8976.", "Close one of them."))
    one = made(script)

    async def walk() -> None:
        await to_data_centre(one)
        one.data_centre.regions["in"].click()
        one.bar.next.click()
        await until(lambda: one.credentials.redirect_note.kind == "error")
        assert "Close one of them." in one.credentials.redirect_note.text
        script.listen_error = None
        one.credentials.port_button.click()
        one.credentials.port.clear()
        QTest.keyClicks(one.credentials.port, "80")
        one.credentials.port_take.click()
        assert one.credentials.port_field.error
        one.credentials.port.clear()
        QTest.keyClicks(one.credentials.port, "9123")
        one.credentials.port_take.click()
        await until(lambda: bool(one.session.redirect_uri))

    run(walk())
    assert one.credentials.redirect.value == "http://localhost:9123/callback"


@pytest.mark.parametrize(
    ("code", "field"),
    [("invalid_client", "id_field"), ("invalid_client_id", "id_field"), ("invalid_client_secret", "secret_field")],
)
def test_wrong_id_or_secret_is_said_beside_its_field(run, made, code: str, field: str) -> None:
    """The sign-in leads back to the field that mends it, with focus, and typing takes the error away."""
    one = made(Script(sign_in_error=Refused(code)))

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: bool(getattr(one.credentials, field).error))

    run(walk())
    assert one.at == "credentials"
    wrong = getattr(one.credentials, field)
    assert wrong.error == "Zoho refused the sign-in. Look at what was typed."
    assert one.focusWidget() is wrong.editor
    QTest.keyClicks(wrong.editor, "X")
    assert not wrong.error


def test_redirect_not_registered_leads_to_the_copy_button(run, made) -> None:
    """The address to be registered is shown with Copy at hand."""
    one = made(Script(sign_in_error=Refused("invalid_redirect_uri")))

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.at == "credentials")

    run(walk())
    assert one.focusWidget() is one.credentials.redirect.copy_button


@pytest.mark.parametrize("code", ["access_denied", "sign_in_timeout", "clock", "untrusted_server", "network"])
def test_c08_other_errors_stand_on_the_page_with_try_again(run, made, code: str) -> None:
    """The provider's error is shown in words; another attempt runs over a fresh flow and may succeed."""
    script = Script(sign_in_error=Refused(code))
    one = made(script)

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.sign_in.failed_with is not None)
        assert one.at == "sign_in"
        assert one.sign_in.problem.fact.text() == "Zoho refused the sign-in."
        assert ("Paste code" in one.sign_in.problem.text.text()) == (code == "sign_in_timeout")
        assert one.sign_in.stages.states[1] == "failed"
        script.sign_in_error = None
        flows = len(script.flows)
        one.sign_in.retry.click()
        await until(lambda: one.at == "organization")
        assert len(script.flows) == flows + 1
        assert script.flows[flows - 1].closed

    run(walk())


def test_c08_cancel_ends_the_waiting_at_once(run, made) -> None:
    """Cancel leads back with everything kept, and the flow no longer listens."""
    script = Script(wait=True)
    one = made(script)

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.sign_in.stages.states[0] == "done")
        assert one.bar.cancel.text() == "Cancel sign-in"
        waiting = script.flows[-1]
        async with asyncio.timeout(1):
            one.bar.cancel.click()
            await until(lambda: waiting.closed)
        assert one.at == "credentials"
        assert one.credentials.secret.text() == SECRET
        assert not one.sign_in.busy

    run(walk())


def test_c08_ways_out_while_waiting(run, made) -> None:
    """Open again, Copy link, more time, and a pasted address all do what they say."""
    script = Script(wait=True)
    opened: list[str] = []
    one = made(script)
    one.sign_in._open_url = lambda url: bool(opened.append(url)) or True

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.sign_in.stages.states[0] == "done")
        one.sign_in.open_again.click()
        assert len(opened) == 2
        assert opened[0] == opened[1]
        one.sign_in.copy_link.click()
        assert QGuiApplication.clipboard().text() == opened[0]
        one.sign_in.longer.click()
        assert script.extended == 1
        one.sign_in.paste_code.click()
        assert not one.sign_in.take.isEnabled()
        QTest.keyClicks(one.sign_in.pasted, "http://localhost:8976/callback?code=1000.abc&state=x")
        one.sign_in.take.click()
        await until(lambda: one.at == "organization")

    run(walk())
    assert script.pasted == ["http://localhost:8976/callback?code=1000.abc&state=x"]


def test_pasted_nonsense_is_said_beside_the_field(run, made) -> None:
    """What is neither address nor code is refused there, and the waiting goes on."""
    script = Script(wait=True, paste_error=SetupError("This is no code.", "Copy the whole address."))
    one = made(script)

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.sign_in.stages.states[0] == "done")
        one.sign_in.paste_code.click()
        QTest.keyClicks(one.sign_in.pasted, "nonsense")
        QTest.keyClick(one.sign_in.pasted, Qt.Key.Key_Return)
        assert one.sign_in.paste_field.error == "This is no code. Copy the whole address."
        assert one.sign_in.busy

    run(walk())


def test_time_left_counts_down_and_can_be_extended(run, made) -> None:
    """The time is text, falls with the clock, and more of it can be had."""
    one = made(Script(wait=True))
    clock = [1000.0]
    one.sign_in._now = lambda: clock[0]

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.sign_in.stages.states[0] == "done")
        clock[0] += 378
        one.sign_in.tick()
        assert one.sign_in.left_label.text() == "3 min 42 s"
        one.sign_in.longer.click()
        assert one.sign_in.left_label.text() == "10 min 0 s"
        clock[0] += 5000
        one.sign_in.tick()
        assert one.sign_in.left_label.text() == "0 s"

    run(walk())


def test_no_browser_is_no_dead_end(run, made) -> None:
    """Where no browser opens, the page says so and the link can be copied."""
    one = made(Script(wait=True))
    one.sign_in._open_url = lambda _url: False

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: bool(one.sign_in.problem.fact.text()))

    run(walk())
    assert one.sign_in.problem.fact.text() == "No browser could be opened."
    assert one.sign_in.busy


def test_grant_code_signs_in_without_a_browser(run, made) -> None:
    """On locked-down computers a code of the console is enough; no browser is opened."""
    script = Script()
    one = made(script)
    opened: list[str] = []
    one.sign_in._open_url = lambda url: bool(opened.append(url))

    async def walk() -> None:
        await to_credentials(one)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.credentials.code_fold.click()
        assert not one.bar.next.isEnabled()
        QTest.keyClicks(one.credentials.grant, "1000.grant")
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        await until(lambda: one.at == "organization")

    run(walk())
    assert script.grant_codes == ["1000.grant"]
    assert opened == []
    assert "ZohoBooks.invoices.READ" in one.credentials.scope.value


def test_used_grant_code_is_said_beside_it(run, made) -> None:
    """A code that Zoho no longer takes leads back to its field."""
    one = made(Script(sign_in_error=Refused("invalid_code")))

    async def walk() -> None:
        await to_credentials(one)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.credentials.code_fold.click()
        QTest.keyClicks(one.credentials.grant, "1000.used")
        one.bar.next.click()
        await until(lambda: bool(one.credentials.grant_field.error))

    run(walk())
    assert one.at == "credentials"


def test_quiet_choices_reach_the_request(run, made) -> None:
    """PKCE and reading only are asked of Zoho when chosen, and reading only cannot be undone later."""
    script = Script()
    one = made(script)

    async def walk() -> None:
        await to_credentials(one)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.credentials.more_fold.click()
        one.credentials.client_type.setCurrentIndex(1)
        one.credentials.reading_only.click()
        one.bar.next.click()
        await until(lambda: one.at == "organization" and one.organization.table.rows.rowCount() > 0)
        one.organization.table.chosen.emit(MERIDIAN.organization_id)
        one.bar.next.click()

    run(walk())
    assert script.requests[0].pkce
    assert not any(scope.endswith((".CREATE", ".UPDATE")) for scope in script.scopes[0])
    assert one.session.draft.read_only
    assert not one.what_to_sync.direction.isEnabled()


def test_c09_nothing_is_chosen_among_several(run, made) -> None:
    """With two or more the person chooses; ended ones stand last and cannot be chosen."""
    one = made(Script())

    async def walk() -> None:
        await to_organization(one)

    run(walk())
    rows = one.organization.table.rows
    assert rows.chosen == ""
    assert not one.bar.next.isEnabled()
    assert [rows.organization(row) for row in range(4)] == [FOODS, HOME, MERIDIAN, TRIAL]
    assert not rows.flags(rows.index(3, 0)) & Qt.ItemFlag.ItemIsEnabled
    shown = [rows.index(2, column).data() for column in range(5)]
    assert shown == ["Meridian Spices & Exports Pvt. Ltd.", "INR", "India", "from April", "Professional"]
    assert "60012345678" in rows.second_line(MERIDIAN)
    assert "Asia/Kolkata" in rows.second_line(MERIDIAN)


def test_organization_by_keys(run, made) -> None:
    """Arrows move, Space chooses, Enter goes on; an ended one is not taken."""
    one = made(Script())

    async def walk() -> None:
        await to_organization(one)
        table = one.organization.table
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.keyClick(table, Qt.Key.Key_Space)
        assert one.session.draft.organization_id == HOME.organization_id
        table.setCurrentIndex(table.rows.index(3, 0))
        QTest.keyClick(table, Qt.Key.Key_Space)
        assert one.session.draft.organization_id == HOME.organization_id
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert one.at == "what_to_sync"

    run(walk())


def test_a_single_organization_is_chosen(run, made) -> None:
    """Where there is nothing to choose, nothing is asked."""
    one = made(Script(organizations=[MERIDIAN, TRIAL]))

    async def walk() -> None:
        await to_organization(one)

    run(walk())
    assert one.session.draft.organization_id == MERIDIAN.organization_id
    assert one.bar.next.isEnabled()


def test_only_ended_organizations_are_explained(run, made) -> None:
    """Nothing can be chosen, and the page says why and what helps."""
    one = made(Script(organizations=[TRIAL]))

    async def walk() -> None:
        await to_organization(one)

    run(walk())
    assert one.organization.note.fact.text() == "All of them have ended."
    assert not one.bar.next.isEnabled()


def test_list_that_cannot_be_read_can_be_read_again(run, made) -> None:
    """The error takes the place of the list, with the button that tries again."""
    script = Script(organizations_error=TransientError("Zoho could not be reached.", "Check the connection."))
    one = made(script)

    async def walk() -> None:
        await to_sign_in(one)
        await until(lambda: one.organization.empty.fact.text() == "Zoho could not be reached.")
        script.organizations_error = None
        one.organization.empty.action.click()
        await until(lambda: one.organization.table.rows.rowCount() == 4)

    run(walk())
    assert not one.organization.table.isHidden()


def test_signing_in_as_somebody_else_starts_anew(run, made) -> None:
    """Another sign-in has another list; nothing of the first one stays."""
    script = Script()
    one = made(script)

    async def walk() -> None:
        await to_organization(one)
        script.organizations = [HOME]
        one.organization.somebody.click()
        await until(lambda: one.at == "organization" and one.organization.table.rows.rowCount() == 1)

    run(walk())
    assert len(script.requests) == 2


def test_c10_last_page_states_read_written_calls_and_time(run, made) -> None:
    """Records, calls of the day's, minutes, and what will be written, in the organization's grouping."""
    one = made(Script())

    async def walk() -> None:
        await to_what_to_sync(one)

    run(walk())
    summary = one.what_to_sync.summary
    assert summary.records.label.text() == "Records in 18 modules"
    assert summary.records.value.text() == "1,35,997"
    assert summary.calls.label.text() == "Calls of today’s 5,000"
    assert summary.calls.value.text() == "691"
    assert summary.time.value.text() == "about 11 minutes"
    assert summary.written.text().startswith("Nothing during the first sync.")
    one.what_to_sync.direction.button("read_only").click()
    assert summary.written.text().startswith("Nothing. The direction is read only")


def test_line_items_have_their_price(run, made) -> None:
    """Calls and days stand beside the option before it is chosen, and in the summary after."""
    one = made(Script())

    async def walk() -> None:
        await to_what_to_sync(one)
        assert "calls more, newest first, over about 39 days" in one.what_to_sync.details_price.text()
        assert one.what_to_sync.summary.lines.isHidden()
        one.what_to_sync.details.click()
        assert not one.what_to_sync.summary.lines.isHidden()

    run(walk())


def test_missing_counts_make_the_estimate_a_lower_bound(run, made) -> None:
    """What could not be counted is said so; going on is possible."""
    one = made(Script(counts={"invoices": 45180, "banktransactions": None}))

    async def walk() -> None:
        await to_what_to_sync(one)

    run(walk())
    assert one.what_to_sync.summary.records.value.text() == "at least 45,180"
    assert one.bar.next.isEnabled()


def test_counts_that_fail_are_no_obstacle(run, made) -> None:
    """Without counts the sync can start; the page says that the estimate is too low."""
    one = made(Script(counts_error=RejectedError("No permission.", http_status=401, code="57", reason="")))

    async def walk() -> None:
        await to_organization(one)
        one.organization.table.chosen.emit(MERIDIAN.organization_id)
        one.bar.next.click()
        await until(lambda: bool(one.what_to_sync.count_note.fact.text()))

    run(walk())
    assert one.bar.next.isEnabled()


def test_at_least_one_module(run, made) -> None:
    """Nothing to sync is no connection; the reason is said."""
    one = made(Script())

    async def walk() -> None:
        await to_what_to_sync(one)
        table = one.what_to_sync.table
        for row in range(len(table.rows.names)):
            table.setCurrentIndex(table.rows.index(row, 0))
            QTest.keyClick(table, Qt.Key.Key_Space)

    run(walk())
    assert one.bar.reason.text() == "Choose at least one module to go on."


@pytest.mark.parametrize(
    "error", [StorageError("The disk is full.", "Free 200 MB."), VaultError("The keychain is locked.", "Unlock it.")]
)
def test_storing_that_fails_can_be_tried_again(run, made, caplog, error: Exception) -> None:
    """Nothing is lost: the sentence stands on top and the same choice can be stored after mending."""
    script = Script(finish_error=error)
    one = made(script)
    told: list[object] = []
    one.finished.connect(told.append)

    async def walk() -> None:
        await to_what_to_sync(one)
        one.bar.next.click()
        await until(lambda: bool(one.what_to_sync.problem.fact.text()))
        assert one.what_to_sync.problem.fact.text() == error.title
        script.finish_error = None
        one.bar.next.click()
        await until(lambda: bool(told))
        await until(lambda: not one._closing.busy)

    run(walk())
    assert len(script.finished) == 1
    assert f"told: {error.title}" in caplog.messages


def test_c91_no_keychain_offers_the_encrypted_file_by_name(run, made) -> None:
    """Without a keychain the person chooses; a passphrase typed twice opens the file, and the way goes on."""
    used: list[str] = []
    opened = threading.Event()

    def check() -> str:
        if not opened.is_set():
            raise NoPlace
        return "a sealed file"

    def use(passphrase: str) -> None:
        used.append(passphrase)
        opened.set()

    one = made(Script(), check_vault=check, use_passphrase=use)

    async def walk() -> None:
        await to_credentials(one)
        await until(lambda: one._vault_wanted)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.bar.next.click()
        assert one.at == "vault"
        assert one.vault.banner.fact.text() == "There is no keychain on this computer."
        QTest.keyClicks(one.vault.first, "short")
        assert "eight signs" in one.bar.reason.text()
        one.vault.first.clear()
        QTest.keyClicks(one.vault.first, "four words walk home")
        assert one.vault.first_field.message.text == "Strong."
        QTest.keyClicks(one.vault.second, "four wards")
        assert one.vault.second_field.error
        one.vault.second.clear()
        QTest.keyClicks(one.vault.second, "four words walk home")
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        await until(lambda: one.at == "organization")

    run(walk())
    assert used == ["four words walk home"]
    assert one.vault.first.text() == ""


def test_keychain_that_comes_back_is_used(run, made) -> None:
    """Look again finds a keychain that was installed or unlocked meanwhile."""
    there = threading.Event()

    def check() -> str:
        if not there.is_set():
            raise NoPlace
        return "GNOME Keyring"

    one = made(Script(), check_vault=check, use_passphrase=lambda _p: None)

    async def walk() -> None:
        await to_credentials(one)
        await until(lambda: one._vault_wanted)
        QTest.keyClicks(one.credentials.client_id, CLIENT_ID)
        QTest.keyClicks(one.credentials.secret, SECRET)
        one.bar.next.click()
        one.vault.keychain_choice.click()
        assert not one.bar.next.isEnabled()
        there.set()
        one.vault.again.click()
        await until(lambda: one.at == "organization")

    run(walk())
    assert one.session.vault_name == "GNOME Keyring"


def test_demo_is_filled_in_and_only_clicked_through(run, qtbot) -> None:
    """A newcomer clicks Next on real pages; the demo's draft is never kept."""
    script = Script()
    demo = DemoCredentials("http://127.0.0.1:8985", "http://127.0.0.1:8985", "1000.DEMO", "demo-secret")
    kept: list[object] = []
    one = ConnectWizard(
        script.factory, open_url=lambda _url: True, demo=demo, settings=WizardSettings(save_draft=kept.append)
    )
    qtbot.addWidget(one)
    assert one.welcome.demo_button.isHidden()

    async def walk() -> None:
        one.welcome.connect_button.click()
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        await until(lambda: bool(one.session.redirect_uri))
        assert one.bar.next.isEnabled()
        one.bar.next.click()
        await until(lambda: one.at == "organization")

    run(walk())
    assert script.requests[0].data_centre.accounts_url == "http://127.0.0.1:8985"
    assert script.requests[0].client_secret == "demo-secret"
    assert kept == []


def test_help_opens_without_blocking_and_gives_the_focus_back(run, made) -> None:
    """F1 opens the page's help; Escape closes it and typing goes on where it was."""
    one = made(Script())

    async def walk() -> None:
        await to_credentials(one)
        one.credentials.client_id.setFocus()
        one.show_help()
        assert one._help is not None
        assert one._help.isVisible()
        one._help.reject()
        assert one.focusWidget() is one.credentials.client_id

    run(walk())


def test_aclose_ends_everything_and_is_harmless_twice(run, made) -> None:
    """Quitting in the middle of a sign-in leaves nothing running."""
    script = Script(wait=True)
    one = made(script)

    async def walk() -> None:
        await to_sign_in(one)
        await one.aclose()
        await one.aclose()
        assert not one.tasks.busy

    run(walk())
    assert all(flow.closed for flow in script.flows)


def test_quick_changes_of_port_leave_one_listener(run, made) -> None:
    """Two wishes at once end in one open flow; every other one has let go of its port."""
    script = Script()
    one = made(script)

    async def walk() -> None:
        await to_credentials(one)
        one.credentials.port_wanted.emit(9001)
        one.credentials.port_wanted.emit(9002)
        await until(lambda: one.credentials.redirect.value == "http://localhost:9002/callback")
        assert [flow.closed for flow in script.flows] == [True] * (len(script.flows) - 1) + [False]
        await one.aclose()

    run(walk())
    assert all(flow.closed for flow in script.flows)


def test_narrow_window_loses_no_column_of_an_organization(run, made) -> None:
    """Country and fiscal year move under the name when their columns have no room."""
    one = made(Script())
    one.resize(700, 700)

    async def walk() -> None:
        await to_organization(one)
        await until(lambda: one.organization.table.rows.compact)

    run(walk())
    rows = one.organization.table.rows
    assert rows.third_line(MERIDIAN) == "India · from April"
    assert one.organization.table.isColumnHidden(2)


def test_c71_what_a_screen_reader_toggles_is_chosen(made) -> None:
    """Assistive technology toggles a choice without a click: it counts like one."""
    one = made(Script())
    one.show_page("data_centre")
    assert one.page.reason()
    one.data_centre.regions["in"].toggle()
    assert one.session.draft.region == "in"
    assert not one.page.reason()
