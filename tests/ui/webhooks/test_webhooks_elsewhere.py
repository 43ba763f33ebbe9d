"""Webhooks on other screens: the light and the panel of the dashboard, the buttons of problems, the way to the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ui.fake_desk import NOW, FakeDesk
from tests.ui.fake_webhooks import FakeWebhooks, a_test, fresh, page, with_way
from tests.ui.scenes_window import wait_for
from zbdesk.domain.views import ProblemView
from zbdesk.domain.way import WebhookHealth
from zbdesk.ui.dashboard.page import Dashboard
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.problems_page.remedies import remedies_of
from zbdesk.ui.webhooks.page import WebhooksPage
from zbdesk.ui.webhooks.secret import SecretDialog
from zbdesk.ui.webhooks.way import WayDialog

Show = Callable[..., tuple[MainWindow, Dashboard]]


@pytest.fixture
def show(desk: FakeDesk, open_window: Callable[..., MainWindow]) -> Iterator[Show]:
    """The window on the dashboard, its figures about webhooks arrived."""
    made: list[FakeWebhooks] = []

    def opened(known: FakeWebhooks) -> tuple[MainWindow, Dashboard]:
        made.append(known)
        desk.webhooks = known
        window = open_window(desk)
        dashboard = window.pages.currentWidget()
        assert isinstance(dashboard, Dashboard)
        wait_for(dashboard.webhooks.isVisible)
        return window, dashboard

    yield opened
    for fake in made:
        fake.close()


def problem(cause: str) -> ProblemView:
    """A problem of webhooks."""
    return ProblemView(
        1, None, None, None, None, cause, "Webhook events with a wrong signature arrive; they are refused.",
        "Make a new secret.", None, 1, NOW - timedelta(hours=1), None,
    )  # fmt: skip


def test_the_panel_has_the_day_in_three_figures(show: Show) -> None:
    """Arrived, missed compared with polling, how long it takes; the light is a thin check."""
    _, dashboard = show(FakeWebhooks())
    panel = dashboard.webhooks
    assert (panel.arrived.text(), panel.arrived_word.text()) == ("312", "arrived")
    assert (panel.missed.text(), panel.missed_word.text()) == ("0", "missed, compared with polling")
    assert panel.usual.text().startswith("usually here in")
    assert dashboard.answers.webhooks.isVisible()
    assert dashboard.answers.webhooks.note.text() == "10:16"


def test_check_all_legs_runs_the_test_where_it_can_be_watched(show: Show) -> None:
    """The link leads to the page, and the test is under way there."""
    known = FakeWebhooks()
    window, dashboard = show(known)
    assert dashboard.webhooks.link is not None
    assert dashboard.webhooks.link.text() == "Check all legs"
    dashboard.webhooks.link.click()
    assert window.pages.key == "webhooks"
    wait_for(lambda: known.done == [("test",)])
    shown = window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(lambda: not shown.doer.busy and shown.legs.tested.text() == "Testing…")


def test_without_webhooks_the_panel_leads_to_setting_them_up(show: Show) -> None:
    """What is not there is no fault: a dashed light, a sentence, and the way to it."""
    window, dashboard = show(FakeWebhooks(fresh(), ()))
    assert dashboard.answers.webhooks.note.text() == "Not set up"
    assert dashboard.webhooks.link is not None
    assert dashboard.webhooks.link.text() == "Set up webhooks"
    dashboard.webhooks.link.click()
    shown = window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(lambda: isinstance(shown.dialog, WayDialog) and not shown.doer.busy)


@pytest.mark.parametrize(("state", "note"), [("failing", "fail"), ("gap", "miss changes")])
def test_the_light_says_what_is_wrong(show: Show, state: str, note: str) -> None:
    """A failing way and a gap are told in words beside the light."""
    health = WebhookHealth(state, NOW, NOW, "It fails.", "")
    known = with_way(page(), health=health)
    if state == "failing":
        known = with_way(known, test=a_test("dns", "The name is not known.", "Check it."))
    _, dashboard = show(FakeWebhooks(known))
    assert dashboard.answers.webhooks.note.text() == note


@pytest.mark.parametrize(
    ("cause", "part"),
    [("webhook_signature", "secret"), ("webhook_port", "test"), ("webhook_gap", "test"), ("relay_dead", "deliveries")],
)
def test_problems_of_webhooks_lead_to_the_part_that_mends_them(cause: str, part: str) -> None:
    """Each of these causes has its button on the Problems list."""
    (first, *_) = remedies_of([problem(cause)])
    assert (first.act, first.place) == ("webhooks", part)


def test_the_button_of_a_wrong_signature_opens_the_secret(show: Show, desk: FakeDesk) -> None:
    """From the dashboard's list of what waits, one click leads to changing the secret."""
    desk.problems = [problem("webhook_signature")]
    desk.overview = replace(desk.overview, problems=1)
    window, dashboard = show(FakeWebhooks(page(troubles=(problem("webhook_signature"),))))
    wait_for(lambda: bool(dashboard.waits.findChildren(type(dashboard.webhooks.link), "webhooks")))
    (button,) = dashboard.waits.findChildren(type(dashboard.webhooks.link), "webhooks")
    button.click()
    shown = window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(lambda: isinstance(shown.dialog, SecretDialog))
    assert shown.banner.fact.text() == "Webhook events with a wrong signature arrive; they are refused."


def test_a_taken_port_leads_to_the_settings(show: Show) -> None:
    """The page says that another program has the port, and where another one is chosen."""
    taken = replace(problem("webhook_port"), message="Webhooks cannot arrive: port 8971 is in use by another program.")
    window, _ = show(FakeWebhooks(page(troubles=(taken,))))
    window.show_webhooks("deliveries")
    shown = window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(shown.banner.isVisible)
    assert shown.banner.fact.text() == taken.message
    assert shown.views.value == "deliveries"
    assert shown.banner.action is not None
    shown.banner.action.click()
    assert window.pages.key == "settings"


def test_ctrl_6_opens_the_page(show: Show) -> None:
    """The page has its key and its place in the navigation."""
    window, _ = show(FakeWebhooks())
    assert window.actions_.webhooks.shortcut().toString() == "Ctrl+6"
    window.actions_.webhooks.trigger()
    assert window.pages.key == "webhooks"
    assert "webhooks" in window.navigation.page_keys()
    shown = window.pages.currentWidget()
    assert isinstance(shown, WebhooksPage)
    wait_for(lambda: shown.page is not None)
