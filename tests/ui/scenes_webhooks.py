"""The states of the Webhooks page worth a picture, by name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui import meridian
from tests.ui.fake_desk import NOW
from tests.ui.fake_webhooks import TARGETS, URL, FakeWebhooks, a_test, fresh, page, with_way
from tests.ui.scenes_window import make_window, wait_for
from zbdesk.domain.way import Made, ModuleGap, TunnelView, WebhookHealth
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.webhooks.page import WebhooksPage


def opened(known: FakeWebhooks, folder: Path | None = None) -> tuple[MainWindow, WebhooksPage]:
    """The window with the page in sight, its answers arrived."""
    desk = meridian.desk(folder or Path(tempfile.mkdtemp(prefix="zbdesk-scene-")))
    desk.webhooks = known
    window = make_window(desk)
    window.go("webhooks")
    found = window.pages.currentWidget()
    assert isinstance(found, WebhooksPage)
    wait_for(lambda: found.page is not None and len(found.events.model.lines) == min(100, len(known.all)))
    return window, found


def _scene(shown: WebhookPage, *, empty: bool = False) -> QWidget:
    return opened(FakeWebhooks(shown, ()) if empty else FakeWebhooks(shown))[0]


def _failing() -> QWidget:
    sentence = "hooks.meridian-spices.example answers, but finds nothing at its end here."
    test = a_test("tunnel", sentence, "Let the tunnel lead to port 8978 of this computer.")
    health = WebhookHealth("failing", NOW - timedelta(minutes=34), NOW, sentence, "")
    return _scene(with_way(page(), test=test, health=health))


def _gap() -> QWidget:
    said = "Of the last changes 6 of 31 came without a webhook: items."
    health = WebhookHealth("gap", NOW - timedelta(hours=2), NOW, said, "Look whether its rule in Zoho Books is on.")
    gaps = (ModuleGap("contacts", 25, 0), ModuleGap("invoices", 204, 6))
    return _scene(with_way(page(), health=health, gaps=gaps))


def _rotated() -> QWidget:
    known = page()
    until = NOW + timedelta(days=7)
    return _scene(replace(known, overview=replace(known.overview, previous_secret_until=until, secret_made_at=NOW)))


def _relay() -> QWidget:
    tunnel = TunnelView("relay", "up", "https://smee.io/abc", "The channel is open.", "", NOW, 0, signed=False)
    return _scene(with_way(page(), tunnel=tunnel))


def _dialog(name: str, known: WebhookPage | None = None, step: Callable[[WebhooksPage], None] | None = None) -> QWidget:
    """A dialog grabbed by itself: the window behind it is not part of the picture."""
    _, found = opened(FakeWebhooks(known or page(targets=TARGETS)))
    getattr(found, name)()
    if step is not None:
        step(found)
    assert found.dialog is not None
    wait_for(lambda: not found.doer.busy)
    return _as_it_is(found.dialog)


def _as_it_is(dialog: QWidget) -> QWidget:
    """In its own size, whatever size a picture of a window has."""
    QTest.qWait(60)
    dialog.setFixedSize(dialog.size())
    return dialog


def _way(kind: str) -> QWidget:
    def choose(found: WebhooksPage) -> None:
        box = found.dialog.kind  # type: ignore[union-attr]
        box.setCurrentIndex(box.findData(kind))

    return _dialog("open_way", step=choose)


def _secret() -> QWidget:
    return _dialog("open_secret", step=lambda found: found.dialog.make.click())  # type: ignore[union-attr]


def _onward(view: str) -> QWidget:
    window, found = opened(FakeWebhooks(page(targets=TARGETS, dead=1)))
    found.show_view(view)
    if view == "deliveries":
        wait_for(lambda: len(found.onward.deliveries) == 3)
    return window


def _raw() -> QWidget:
    _, found = opened(FakeWebhooks())
    found.events.open_raw(found.events.model.lines[1])
    wait_for(lambda: found.events.dialog is not None)
    assert found.events.dialog is not None
    return _as_it_is(found.events.dialog)


def _made() -> WebhookPage:
    made = tuple(
        Made(at, "workflow", name, "changed", f"zbdesk k7Qm {name} changed", str(at), NOW)
        for at, name in enumerate(("invoices", "contacts"))
    )
    return page(made=made)


SCENES: dict[str, Callable[[], QWidget]] = {
    "webhooks": lambda: _scene(page()),
    "webhooks-fresh": lambda: _scene(fresh(), empty=True),
    "webhooks-failing": _failing,
    "webhooks-gap": _gap,
    "webhooks-rotated": _rotated,
    "webhooks-relay": _relay,
    "webhooks-passed-on": lambda: _onward("targets"),
    "webhooks-deliveries": lambda: _onward("deliveries"),
    "webhooks-raw": _raw,
    "webhooks-way": lambda: _way("cloudflared"),
    "webhooks-way-ssh": lambda: _way("ssh"),
    "webhooks-guide": lambda: _dialog("open_guide"),
    "webhooks-set-up": lambda: _dialog("open_set_up", _made()),
    "webhooks-secret": _secret,
}
DIALOGS = ("webhooks-raw", "webhooks-way", "webhooks-way-ssh", "webhooks-guide", "webhooks-set-up", "webhooks-secret")
"""Those that are a dialog and no window."""

__all__ = ["DIALOGS", "SCENES", "URL", "opened"]
