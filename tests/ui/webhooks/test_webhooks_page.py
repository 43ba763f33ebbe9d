"""The Webhooks page: what it shows, and that each of its acts does what it says or tells why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.fake_desk import NOW, FakeDesk
from tests.ui.fake_webhooks import (
    DELIVERIES,
    LINES,
    SECRET,
    TARGETS,
    URL,
    FakeWebhooks,
    a_test,
    fresh,
    line,
    page,
    with_way,
)
from tests.ui.scenes_window import wait_for
from zbdesk.app.settings import load_settings
from zbdesk.app.webhook_acts import NotSyncing, SetUpDone
from zbdesk.domain.errors import SetupError, VaultError
from zbdesk.domain.views import WebhookEventRaw
from zbdesk.domain.way import Made, ModuleGap, TunnelView, WebhookHealth
from zbdesk.domain.webhook_views import EventFilter, ModuleEvents, WebhookFigures
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.webhooks.events_model import PAGE
from zbdesk.ui.webhooks.guide import GuideDialog
from zbdesk.ui.webhooks.page import WebhooksPage
from zbdesk.ui.webhooks.raw import RawDialog, laid_out
from zbdesk.ui.webhooks.secret import SecretDialog
from zbdesk.ui.webhooks.setup import SetUpDialog
from zbdesk.ui.webhooks.target import RemoveTargetDialog, TargetDialog
from zbdesk.ui.webhooks.way import WayDialog

Show = Callable[..., WebhooksPage]


@pytest.fixture
def show(desk: FakeDesk, open_window: Callable[..., MainWindow]) -> Iterator[Show]:
    """Opens the window on the page; what is done is in ``.known.done``."""
    made: list[FakeWebhooks] = []

    def opened(known: FakeWebhooks | None = None) -> WebhooksPage:
        fake = known or FakeWebhooks()
        made.append(fake)
        desk.webhooks = fake
        window = open_window(desk)
        window.go("webhooks")
        found = window.pages.currentWidget()
        assert isinstance(found, WebhooksPage)
        wait_for(lambda: found.page is not None and len(found.events.model.lines) == min(PAGE, len(fake.all)))
        found.known = fake  # type: ignore[attr-defined]
        return found

    yield opened
    for fake in made:
        fake.close()


def settled(shown: WebhooksPage) -> None:
    """Every act of the page has its answer."""
    wait_for(lambda: not shown.doer.busy)


def foot(shown: WebhooksPage) -> str:
    """What the window's foot says."""
    return shown.window().status.sentence.text()


# ---- the way ---------------------------------------------------------------------------------------------------------


def test_each_leg_says_how_it_stands(show: Show) -> None:
    """Five legs in the order of an event, with what the last test found, in words for readers too."""
    shown = show()
    names = [box.title.text() for box in shown.legs.boxes]
    assert names == ["Public name", "Secure line", "Tunnel", "This computer", "Signature"]
    assert shown.legs.boxes[0].first.text() == "found at 203.0.113.24"
    assert shown.legs.boxes[0].accessibleName() == "Public name: in order. found at 203.0.113.24 in 18 ms"
    assert shown.legs.boxes[4].second.text() == "secret of 2 Nov 2026"
    assert shown.legs.tested.text() == "Tested all the way round at 10:05, next at 11:05"
    assert shown.legs.missed.text() == "0 of 340 changes missed, last 7 days"
    assert shown.standing.text().startswith("Changes arrive, usually in")
    assert foot(shown) == "Webhooks: all five parts of the way are in order"


@pytest.mark.parametrize(
    ("leg", "title", "button"),
    [("tunnel", "Tunnel", "Choose the way…"), ("signature", "Signature", "Change the secret…")],
)
def test_a_failing_leg_is_named_with_its_remedy(show: Show, leg: str, title: str, button: str) -> None:
    """The banner says what fails, what to do, and that looking takes over; the leg is marked by more than colour."""
    health = WebhookHealth("failing", NOW - timedelta(minutes=34), NOW, "It fails.", "")
    known = with_way(page(), test=a_test(leg, "It does not get here.", "Do this."), health=health)
    shown = show(FakeWebhooks(known))
    box = next(box for box in shown.legs.boxes if box.name == leg)
    assert box.accessibleName().startswith(f"{title}: fails")
    assert shown.banner.fact.text() == "It does not get here."
    assert (
        shown.banner.text.text()
        == "Do this. Until it is mended zbdesk looks every 5 min, since 09:43; nothing is lost."
    )
    assert shown.banner.action is not None
    assert shown.banner.action.text() == button
    assert shown.standing.text() == "Webhooks do not get through"
    assert foot(shown) == f"Webhooks: {title} fails"


def test_a_gap_says_which_module_misses_and_that_looking_is_quicker(show: Show) -> None:
    """A module with missed changes is marked in the checklist, and the banner says for how long looking takes over."""
    health = WebhookHealth("gap", NOW - timedelta(hours=2), NOW, "6 of 31 changes came without a webhook.", "")
    gaps = (ModuleGap("contacts", 25, 0), ModuleGap("invoices", 204, 6))
    shown = show(FakeWebhooks(with_way(page(), health=health, gaps=gaps)))
    assert shown.banner.fact.text() == "6 of 31 changes came without a webhook."
    assert "every 5 min" in shown.banner.text.text()
    assert shown.checklist.line("invoices").endswith("6 of 210 missed")
    assert shown.standing.text() == "Changes are missed"


def test_testing_asks_the_sync_thread_and_shows_the_result(show: Show, desk: FakeDesk) -> None:
    """The button rests while the test is under way and comes back with its result."""
    shown = show()
    assert shown.test.shortcut().toString() == "Alt+T"
    shown.test.click()
    wait_for(lambda: ("test",) in shown.known.done)  # type: ignore[attr-defined]
    settled(shown)
    wait_for(lambda: shown.legs.tested.text() == "Testing…")
    assert not shown.test.isEnabled()
    failed = replace(a_test("dns", "The name is not known.", "Check it."), at=NOW + timedelta(seconds=1), cause="user")
    shown.known.shown = with_way(shown.known.shown, test=failed)  # type: ignore[attr-defined]
    shown.refresh()
    wait_for(shown.test.isEnabled)
    assert shown.banner.fact.text() == "The name is not known."


def test_a_test_that_tells_nothing_is_given_up(show: Show, desk: FakeDesk) -> None:
    """Nobody waits for ever: after a minute and a half the button is back and the foot says so."""
    shown = show()
    shown.test.click()
    settled(shown)
    desk.clock.moment += timedelta(seconds=91)
    shown.refresh()
    wait_for(shown.test.isEnabled)
    assert foot(shown) == "The test has not told a result. Test once more."


def test_a_test_that_cannot_begin_says_why(show: Show) -> None:
    """Without the sync thread nothing is tested, and the sentence says what to do."""
    known = FakeWebhooks()
    known.fails["test"] = NotSyncing()
    shown = show(known)
    shown.test.click()
    settled(shown)
    wait_for(shown.test.isEnabled)
    assert foot(shown).startswith("Syncing is not running, so this cannot be done now.")


def test_nothing_set_up_says_what_it_is_for(show: Show) -> None:
    """A page without an address leads to choosing one; Copy of nothing is off."""
    shown = show(FakeWebhooks(fresh(), ()))
    assert "within seconds" in shown.banner.fact.text()
    assert not shown.address.address.copy_button.isEnabled()
    assert shown.address.secret_field.message.text == "Nobody has seen one yet."
    assert shown.events.empty.fact.text() == "No event has come yet"
    assert shown.banner.action is not None
    shown.banner.action.click()
    assert isinstance(shown.dialog, WayDialog)


def test_a_relay_that_rewrites_is_marked_as_unsigned(show: Show) -> None:
    """Where no signature can hold, the page says so and what its events are worth."""
    tunnel = TunnelView("relay", "up", "https://smee.io/abc", "The channel is open.", "", NOW, 0, signed=False)
    shown = show(FakeWebhooks(with_way(page(), tunnel=tunnel)))
    assert "no signature can hold" in shown.banner.fact.text()


# ---- address, secret, set-up -----------------------------------------------------------------------------------------


def test_the_address_is_copied_whole(show: Show) -> None:
    """Copy takes the address with its key, however little of it is in sight."""
    shown = show()
    shown.address.address.copy_button.click()
    assert QGuiApplication.clipboard().text() == URL


def test_a_secret_is_shown_once_and_not_kept_by_the_window(show: Show) -> None:
    """Changing asks first, shows the new one with Copy, and nothing of it is left when the dialog closes."""
    shown = show()
    shown.open_secret()
    dialog = shown.dialog
    assert isinstance(dialog, SecretDialog)
    assert ("rotate",) not in shown.known.done  # type: ignore[attr-defined]
    dialog.make.click()
    settled(shown)
    assert dialog.field.value == SECRET
    dialog.field.copy_button.click()
    assert QGuiApplication.clipboard().text() == SECRET
    assert "seven days" in dialog.after.text()
    field = dialog.field
    dialog.done(0)
    assert field.value == ""


def test_a_locked_keychain_keeps_the_present_secret(show: Show) -> None:
    """A secret that could not be kept is not shown; the dialog says why and can be tried again."""
    known = FakeWebhooks()
    known.fails["rotate"] = VaultError("The keychain of this computer is locked.", "Unlock it to go on.")
    shown = show(known)
    shown.open_secret()
    dialog = shown.dialog
    assert isinstance(dialog, SecretDialog)
    dialog.make.click()
    settled(shown)
    assert dialog.trouble.fact.text() == "The keychain of this computer is locked."
    assert dialog.field.value == ""
    assert dialog.make.isEnabled()


def test_the_grace_of_the_old_secret_is_in_sight(show: Show) -> None:
    """Until when the one before holds stands beside the secret."""
    known = page()
    until = NOW + timedelta(days=7)
    shown = show(FakeWebhooks(replace(known, overview=replace(known.overview, previous_secret_until=until))))
    assert shown.address.secret_field.message.text == (
        "The one before this holds until 27 Nov 2026 10:17 IST; then only this one."
    )


def test_the_checklist_ticks_itself(show: Show) -> None:
    """A module is ticked when its first event is here, and by nothing else."""
    shown = show()
    assert shown.checklist.count.text() == "4 of 6 modules"
    assert shown.checklist.line("items") == "waits for its first event"
    figures = shown.known.shown.figures  # type: ignore[attr-defined]
    more = (*figures.modules, ModuleEvents("items", NOW, 1))
    shown.known.shown = replace(shown.known.shown, figures=replace(figures, modules=more))  # type: ignore[attr-defined]
    shown.refresh()
    wait_for(lambda: shown.checklist.count.text() == "5 of 6 modules")
    assert shown.checklist.line("items") == "last 10:17, 1 today"


def test_the_guide_has_both_addresses_of_a_module(show: Show) -> None:
    """Each module has a pair for changes and a pair for deletions, in Zoho's own menu words."""
    shown = show()
    shown.open_guide()
    dialog = shown.dialog
    assert isinstance(dialog, GuideDialog)
    assert (dialog.edited.value, dialog.deleted.value) == (f"{URL}/invoices/edited", f"{URL}/invoices/deleted")
    dialog.module.setCurrentIndex(dialog.module.findData("creditnotes"))
    assert dialog.deleted.value == f"{URL}/creditnotes/deleted"
    assert "Workflow Actions → Webhooks → New Webhook" in dialog._steps[0].text()
    assert "Module: Credit notes" in dialog._steps[0].text()


def test_automatic_set_up_shows_first_and_tells_what_failed(show: Show) -> None:
    """Nothing is made before the button; what Zoho refuses stands beside its step, and by hand stays open."""
    known = FakeWebhooks()
    known.outcome = [
        SetUpDone("a", "invoices", "changed", "made", ""),
        SetUpDone("b", "creditnotes", "changed", "failed", "Zoho Books does not know this entity."),
    ]
    shown = show(known)
    shown.open_set_up()
    dialog = shown.dialog
    assert isinstance(dialog, SetUpDialog)
    settled(shown)
    assert known.done == [("preview",)]
    assert dialog.tree.topLevelItemCount() == 12
    assert dialog.tree.topLevelItem(6).text(2) == "is tried; Zoho may refuse it"
    assert dialog.make.isEnabled()
    dialog.make.click()
    settled(shown)
    assert known.done[-1] == ("set_up",)
    assert dialog.tree.topLevelItem(1).text(3).strip("\u2066\u2069") == "Zoho Books does not know this entity."
    assert dialog.trouble.fact.text() == "1 could not be done"
    dialog.guide.click()
    assert isinstance(shown.dialog, GuideDialog)


def test_automatic_set_up_without_the_permission_says_so(show: Show) -> None:
    """Where the sign-in does not allow it, the button is off with its reason at its side."""
    shown = show(FakeWebhooks(page(may_set_up=False)))
    shown.open_set_up()
    dialog = shown.dialog
    assert isinstance(dialog, SetUpDialog)
    settled(shown)
    assert not dialog.make.isEnabled()
    assert "ZohoBooks.settings.CREATE" in dialog.reason.text()


def test_what_was_made_can_be_removed(show: Show) -> None:
    """Removal is offered only where something was made from here."""
    made = (Made(1, "workflow", "invoices", "changed", "zbdesk k7Qm invoices changed", "77", NOW),)
    known = FakeWebhooks(page(made=made))
    known.outcome = [SetUpDone("a", "invoices", "changed", "removed", "")]
    shown = show(known)
    shown.open_set_up()
    dialog = shown.dialog
    assert isinstance(dialog, SetUpDialog)
    settled(shown)
    assert dialog.tree.topLevelItem(0).text(2) == "is there"
    dialog.remove.click()
    settled(shown)
    assert known.done[-1] == ("remove_set_up",)
    assert dialog.trouble.fact.text() == "1 done"


def test_a_set_up_without_an_address_says_what_is_missing(show: Show) -> None:
    """The preview's own sentence stands in the dialog, and nothing can be made."""
    known = FakeWebhooks(fresh(), ())
    known.fails["preview"] = SetupError("There is no public address yet.", "Choose a tunnel first.")
    shown = show(known)
    shown.open_set_up()
    dialog = shown.dialog
    assert isinstance(dialog, SetUpDialog)
    settled(shown)
    assert dialog.trouble.fact.text() == "There is no public address yet."
    assert not dialog.make.isEnabled()


# ---- choosing the way ------------------------------------------------------------------------------------------------


def way(shown: WebhooksPage, kind: str) -> WayDialog:
    """The dialog with this way in sight."""
    shown.open_way()
    dialog = shown.dialog
    assert isinstance(dialog, WayDialog)
    settled(shown)
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    return dialog


def test_an_own_address_is_checked_kept_and_chosen(show: Show, desk: FakeDesk) -> None:
    """The address goes to the sync thread, the choice into the settings."""
    shown = show(FakeWebhooks(fresh(), ()))
    dialog = way(shown, "own")
    dialog.form.fields["address"].editor.setText(" https://hooks.example.com ")  # type: ignore[attr-defined]
    dialog.take.click()
    settled(shown)
    assert ("set_address", "https://hooks.example.com") in shown.known.done  # type: ignore[attr-defined]
    assert load_settings(desk.data_dir, {}).tunnel == "own"
    assert foot(shown) == "Chosen. It is taken up within seconds and then tested."


def test_a_bad_address_stays_in_the_dialog(show: Show) -> None:
    """What was typed is kept, the reason stands above it, nothing is written."""
    known = FakeWebhooks(fresh(), ())
    known.fails["set_address"] = SetupError("This is no public address.", "It must begin with https.")
    shown = show(known)
    dialog = way(shown, "own")
    dialog.form.fields["address"].editor.setText("ftp://x")  # type: ignore[attr-defined]
    dialog.take.click()
    settled(shown)
    assert dialog.trouble.fact.text() == "This is no public address."
    assert dialog.form.text("address") == "ftp://x"
    assert dialog.take.isEnabled()


@pytest.mark.parametrize(("kind", "field"), [("own", "address"), ("ssh", "ssh_server"), ("relay", "relay_url")])
def test_a_way_without_what_it_needs_is_not_taken(show: Show, kind: str, field: str) -> None:
    """The field that is missing says so and has the focus; nothing is written."""
    shown = show(FakeWebhooks(fresh(), ()))
    dialog = way(shown, kind)
    dialog.take.click()
    assert dialog.form.fields[field].error == "This is needed."
    assert shown.known.done == []  # type: ignore[attr-defined]


def test_a_managed_program_says_whether_it_is_here(show: Show) -> None:
    """What is found says where, what is missing says where it comes from."""
    dialog = way(show(), "cloudflared")
    assert dialog.forms["cloudflared"].found.text == "Found: /usr/bin/cloudflared"
    assert "ngrok.com" in dialog.forms["ngrok"].found.text


def test_a_token_goes_to_the_vault_and_the_rest_into_the_settings(show: Show, desk: FakeDesk) -> None:
    """No token is ever in a file."""
    shown = show()
    dialog = way(shown, "cloudflared")
    dialog.form.fields["token"].editor.setText("t0ken-of-cloudflare")  # type: ignore[attr-defined]
    dialog.form.fields["tunnel_address"].editor.setText("https://hooks.example.com")  # type: ignore[attr-defined]
    dialog.take.click()
    settled(shown)
    assert ("keep_token", "t0ken-of-cloudflare") in shown.known.done  # type: ignore[attr-defined]
    text = (desk.data_dir / "settings.toml").read_text()
    assert "cloudflared" in text
    assert "https://hooks.example.com" in text
    assert "t0ken" not in text


def test_a_port_that_is_none_is_said_at_its_field(show: Show) -> None:
    """A number out of range is refused where it stands."""
    dialog = way(show(), "ssh")
    dialog.form.fields["ssh_server"].editor.setText("hooks@vps.example.com")  # type: ignore[attr-defined]
    dialog.form.fields["tunnel_address"].editor.setText("https://hooks.example.com")  # type: ignore[attr-defined]
    dialog.form.fields["ssh_remote_port"].editor.setText("70000")  # type: ignore[attr-defined]
    dialog.take.click()
    assert dialog.form.fields["ssh_remote_port"].error.startswith("A port is a number from 0 to 65535")


def test_every_way_says_what_it_protects(show: Show) -> None:
    """No way can be chosen without its price beside it."""
    dialog = way(show(), "relay")
    for form in dialog.forms.values():
        texts = [label.text() for label in form.findChildren(type(dialog.question))]
        at = texts.index("What it protects")
        assert len(texts[at + 1]) > 20


# ---- events ----------------------------------------------------------------------------------------------------------


def cells(shown: WebhooksPage, row: int) -> list[str]:
    """The words of one line."""
    model = shown.events.model
    return [str(model.index(row, column).data() or "") for column in range(model.columnCount())]


def test_events_show_record_party_and_outcome(show: Show) -> None:
    """A line names the record as people know it, and what was done about it."""
    shown = show()
    assert cells(shown, 1)[1:5] == ["10:16:17", "Invoices", "MSE/26-27/1488", "Aurora Hospitality Group LLP"]
    assert cells(shown, 1)[5].startswith("Read again after")
    assert cells(shown, 2)[5].endswith("came 2 times, kept once")
    assert cells(shown, 7)[5].endswith("no signature")
    assert cells(shown, 8)[5] == "Put aside: this module is not synced"
    assert shown.events.refused.text() == "1 turned away"
    assert shown.events.refused.toolTip() == "1 turned away: wrong signature, last 10:01"


@pytest.mark.parametrize(
    ("module", "result", "expected"),
    [
        ("invoices", "", 6),
        ("", "waiting", 1),
        ("", "module_off", 1),
        ("invoices", "new", 1),
        ("", False, 1),
        ("items", "new", 0),
    ],
)
def test_events_are_filtered(show: Show, module: str, result: object, expected: int) -> None:
    """By module, by what became of them, by signature; where none fits the list says so."""
    shown = show()
    panel = shown.events
    panel.module.setCurrentIndex(panel.module.findData(module))
    panel.result.setCurrentIndex(
        next(
            at
            for at in range(panel.result.count())
            if panel.result.itemData(at) == result and type(panel.result.itemData(at)) is type(result)
        )
    )
    wait_for(lambda: not shown.events.model._asked.open)
    assert len(panel.model.lines) == expected
    if not expected:
        assert panel.empty.fact.text() == "None of the events fits"
        panel.clear_filter()
        wait_for(lambda: len(panel.model.lines) == len(LINES))
        assert panel.model.where == EventFilter()


def test_new_events_come_on_top_and_the_selection_stays(show: Show) -> None:
    """What arrives does not move what a person has chosen, and an event that waited gets its outcome."""
    shown = show()
    panel = shown.events
    panel.table.selectRow(1)
    chosen = panel.table.chosen()
    done = replace(shown.known.all[0].view, result="updated", handled_at=NOW)  # type: ignore[attr-defined]
    shown.known.all = [  # type: ignore[attr-defined]
        line(913, 0, "invoices", "MSE/26-27/1490"), replace(LINES[0], view=done), *LINES[1:],
    ]  # fmt: skip
    shown.refresh()
    wait_for(lambda: len(panel.model.lines) == len(LINES) + 1)
    assert panel.table.chosen() == chosen
    assert cells(shown, 0)[3] == "MSE/26-27/1490"
    assert cells(shown, 1)[5].startswith("Read again after")


def test_older_events_are_read_when_their_end_comes_into_sight(show: Show) -> None:
    """The list goes on as far as the inbox goes back, a page at a time."""
    shown = show(FakeWebhooks(page(), [line(5000 - at, at, "invoices", f"INV-{at}") for at in range(250)]))
    model = shown.events.model
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
        wait_for(lambda: not model._asked.open)
    assert [one.number for one in model.lines] == [f"INV-{at}" for at in range(250)]
    shown.refresh()
    wait_for(lambda: not model._asked.open)
    assert len(model.lines) == 250


def test_enter_shows_the_raw_event_without_any_secret(show: Show) -> None:
    """The raw view has what was received, laid out or as it came, and says whether the signature was right."""
    shown = show()
    table = shown.events.table
    table.setCurrentIndex(table.model().index(1, 0))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_for(lambda: shown.events.dialog is not None)
    dialog = shown.events.dialog
    assert isinstance(dialog, RawDialog)
    assert '    "total": 1250.00,' in dialog.text.toPlainText()
    dialog.views.button("bytes").click()
    assert dialog.text.toPlainText().startswith('{"organization_id"')
    dialog.again.click()
    wait_for(lambda: ("replay", (911,)) in shown.known.done)  # type: ignore[attr-defined]
    settled(shown)


def test_r_reads_the_chosen_records_again(show: Show) -> None:
    """Only events that name a record are replayed, and the foot says how many."""
    shown = show()
    shown.events.table.selectAll()
    QTest.keyClick(shown.events.table, Qt.Key.Key_R)
    wait_for(lambda: bool(shown.known.done))  # type: ignore[attr-defined]
    settled(shown)
    (act,) = shown.known.done  # type: ignore[attr-defined]
    assert act[0] == "replay"
    assert 908 not in act[1]
    assert len(act[1]) == len(LINES) - 1
    assert foot(shown) == "9 events are read again"


def test_an_event_that_names_no_record_cannot_be_replayed(show: Show) -> None:
    """The button is off, and the key says why."""
    shown = show()
    shown.events.table.selectRow(4)
    assert not shown.events.again.isEnabled()
    QTest.keyClick(shown.events.table, Qt.Key.Key_R)
    assert foot(shown) == "This event names no record that could be read."
    assert shown.known.done == []  # type: ignore[attr-defined]


def test_an_event_that_is_gone_meanwhile_is_said(show: Show) -> None:
    """A raw view of a forgotten event is no empty dialog."""
    shown = show()
    gone = shown.events.model.lines[0]
    shown.known.all = shown.known.all[1:]  # type: ignore[attr-defined]
    shown.events.open_raw(gone)
    wait_for(lambda: foot(shown) == "This event is not kept any more.")
    assert shown.events.dialog is None


LAID_OUT = """{
  "a": {
    "b": [
      1,
      {
        "c": "x, {y}"
      }
    ],
    "d": {}
  },
  "e": 10.500
}"""


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("application/json", b'{"a":{"b":[1,{"c":"x, {y}"}],"d":{}},"e":10.500}', LAID_OUT),
        (
            "application/x-www-form-urlencoded",
            b"status=sent&JSONString=%7B%22a%22%3A1%7D",
            'status = sent\nJSONString = {\n  "a": 1\n}',
        ),
        ("text/plain", b"hello", "hello"),
        ("application/json", b"{broken", "{broken"),
        ("application/json", b"\xff\xfe", "\ufffd\ufffd"),
    ],
)
def test_a_body_is_laid_out_or_left_as_it_is(content_type: str, body: bytes, expected: str) -> None:
    """Digits and strings keep their characters; what is no JSON is shown as it came."""
    raw = WebhookEventRaw(LINES[1].view, "POST", "", content_type, b"", body)
    assert laid_out(raw) == expected
    if content_type == "application/json" and expected.endswith("}"):
        assert json.loads(laid_out(raw)) == json.loads(body)


# ---- passing on ------------------------------------------------------------------------------------------------------


@pytest.fixture
def onward(show: Show) -> WebhooksPage:
    """The page with the targets in sight."""
    shown = show(FakeWebhooks(page(targets=TARGETS, dead=1)))
    shown.show_view("targets")
    return shown


def test_targets_say_what_they_get_and_how_it_went(onward: WebhooksPage) -> None:
    """Address, content, filter and standing, each in words."""
    tree = onward.onward.list
    texts = [[tree.topLevelItem(row).text(column).strip("\u2066\u2069") for column in range(4)] for row in range(3)]
    assert texts[0] == ["http://127.0.0.1:9000/hook", "the record", "Invoices", "Took one 10:15"]
    assert texts[1][1:] == ["the event as it came, changes only", "all", "failed 3 times"]
    assert texts[2][3] == "Paused; what comes waits"


def test_a_target_is_added_with_its_secret_shown_once(onward: WebhooksPage) -> None:
    """The filter goes along; the secret is there to copy and gone with the dialog."""
    onward.onward.add.click()
    dialog = onward.onward.dialog
    assert isinstance(dialog, TargetDialog)
    dialog.verb.click()
    assert dialog.url_field.error == "This is needed."
    dialog.url.setText("http://127.0.0.1:9100/in")
    dialog.modules["invoices"].setChecked(True)
    dialog.kinds["deleted"].setChecked(True)
    dialog.verb.click()
    settled(onward)
    assert ("add_target", "http://127.0.0.1:9100/in", "record", ("invoices",), ("deleted",)) in onward.known.done  # type: ignore[attr-defined]
    secret = dialog.secret
    assert secret.value == SECRET
    dialog.done(0)
    assert secret.value == ""


def test_a_target_is_changed_paused_and_removed(onward: WebhooksPage) -> None:
    """Each act goes to the sync thread with the target's own filter."""
    panel, done = onward.onward, onward.known.done  # type: ignore[attr-defined]
    panel.list.topLevelItem(0).setSelected(True)
    panel.pause.click()
    settled(onward)
    assert done[-1] == ("change_target", 1, ("invoices",), (), False)
    assert foot(onward) == "Paused. What comes waits on this computer."
    panel.edit.click()
    dialog = panel.dialog
    assert isinstance(dialog, TargetDialog)
    assert dialog.modules["invoices"].isChecked()
    dialog.modules["contacts"].setChecked(True)
    dialog.verb.click()
    settled(onward)
    assert done[-1] == ("change_target", 1, ("invoices", "contacts"), (), True)
    panel.remove.click()
    removing = panel.dialog
    assert isinstance(removing, RemoveTargetDialog)
    removing.verb.click()
    settled(onward)
    assert done[-1] == ("remove_target", 1)


def test_a_paused_target_goes_on(onward: WebhooksPage) -> None:
    """The same button takes the pause back."""
    onward.onward.list.topLevelItem(2).setSelected(True)
    assert onward.onward.pause.text() == "Go on"
    onward.onward.pause.click()
    settled(onward)
    assert onward.known.done[-1] == ("change_target", 3, (), (), True)  # type: ignore[attr-defined]


def test_a_target_that_is_refused_says_why(onward: WebhooksPage) -> None:
    """The dialog stays open with what was typed."""
    onward.known.fails["add_target"] = SetupError("There is a target with this address.", "Change that one.")  # type: ignore[attr-defined]
    onward.onward.add.click()
    dialog = onward.onward.dialog
    assert isinstance(dialog, TargetDialog)
    dialog.url.setText("http://127.0.0.1:9000/hook")
    dialog.verb.click()
    settled(onward)
    assert dialog.trouble.fact.text() == "There is a target with this address."
    assert dialog.url.text() == "http://127.0.0.1:9000/hook"


def test_dead_letters_are_sent_again(onward: WebhooksPage) -> None:
    """Deliveries are filtered by state; what was taken is not sent again."""
    onward.views.button("deliveries").click()
    panel = onward.onward
    wait_for(lambda: len(panel.deliveries) == len(DELIVERIES))
    assert panel.sent.topLevelItem(0).text(3) == "Given up: It answers 500."
    panel.sent.selectAll()
    panel.again.click()
    settled(onward)
    assert onward.known.done[-1] == ("redeliver", (31, 30))  # type: ignore[attr-defined]
    assert foot(onward) == "2 deliveries are sent again"
    panel.state_of.setCurrentIndex(panel.state_of.findData("done"))
    wait_for(lambda: [one.id for one in panel.deliveries] == [29])
    panel.sent.selectAll()
    assert not panel.again.isEnabled()


def test_without_targets_the_list_says_what_it_is_for(show: Show) -> None:
    """An empty list is a sentence."""
    shown = show()
    shown.show_view("targets")
    assert shown.onward.empty.isVisible()
    assert shown.known.shown.figures != WebhookFigures()  # type: ignore[attr-defined]


# ---- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.logs("an act of the webhooks page failed")
def test_a_fault_of_the_program_is_said_and_the_page_stays(show: Show) -> None:
    """A bug in an act is written into the log and told plainly; the button works again."""
    known = FakeWebhooks()
    known.fails["test"] = RuntimeError("a bug")  # type: ignore[assignment]
    shown = show(known)
    shown.test.click()
    settled(shown)
    wait_for(shown.test.isEnabled)
    assert foot(shown).startswith("zbdesk came upon a fault of its own.")


def test_a_database_that_cannot_be_read_is_told_and_tried_again(show: Show, desk: FakeDesk) -> None:
    """The page keeps what it has, says why, and its button reads again."""
    shown = show()
    desk.fails = SetupError("The database cannot be read.", "Another program holds it.")
    shown.refresh()
    wait_for(lambda: shown.banner.fact.text() == "The database cannot be read.")
    assert shown.checklist.count.text() == "4 of 6 modules"
    desk.fails = None
    assert shown.banner.action is not None
    shown.banner.action.click()
    wait_for(lambda: not shown.banner.isVisible())


def test_an_answer_that_comes_after_its_dialog_is_gone_is_dropped(show: Show) -> None:
    """A dialog that was closed while its act was under way is not called back."""
    shown = show()
    shown.open_secret()
    dialog = shown.dialog
    assert isinstance(dialog, SecretDialog)
    dialog.make.click()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settled(shown)
    assert ("rotate",) in shown.known.done  # type: ignore[attr-defined]
