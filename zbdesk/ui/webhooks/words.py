"""Words of the Webhooks page: legs, results of events, kinds of way, how it stands as a whole. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import WebhookEventView
from zbdesk.domain.way import Delivery, LegView, TunnelTest
from zbdesk.domain.webhook_views import WebhookFigures, WebhookPage
from zbdesk.ui.formats import Formats, isolate, plural
from zbdesk.ui.sentences import said
from zbdesk.ui.text import Word, module_label

LEGS = ("dns", "tls", "tunnel", "listener", "signature")
DAILY = 1000
"""Webhooks that Zoho Books sends in a day."""

RESULTS = (
    "waiting", "updated", "new", "deleted", "already_known", "not_in_zoho", "other_organization", "module_off",
    "not_understood", "refused",
)  # fmt: skip
"""What the filter offers; all that waits is one."""


def leg_title(leg: str) -> str:
    """One part of the way."""
    return {
        "dns": _tr("Public name"),
        "tls": _tr("Secure line"),
        "tunnel": _tr("Tunnel"),
        "listener": _tr("This computer"),
        "signature": _tr("Signature"),
    }[leg]


def leg_word(leg: LegView | None) -> Word:
    """How it stands: word, shape, colour."""
    state = "untested" if leg is None else leg.state
    return {
        "ok": Word(_tr("in order"), "circle-check", "ok"),
        "failed": Word(_tr("fails"), "octagon-alert", "problem"),
    }.get(state, Word(_tr("not tested"), "circle-dashed", "text2"))


def legs_of(test: TunnelTest | None) -> list[tuple[str, LegView | None]]:
    """The five legs in the order of an event, with what the last test says of each."""
    known = {} if test is None else {leg.leg: leg for leg in test.legs}
    return [(name, known.get(name)) for name in LEGS]


def leg_lines(name: str, leg: LegView | None, page: WebhookPage, formats: Formats) -> tuple[str, str]:
    """Two lines under a leg: what was found, and how long it took or what belongs to it."""
    first = said(leg.note) if leg is not None and leg.note else leg_word(leg).text
    second = ""
    if name == "signature" and leg is not None and leg.state == "ok":
        made = page.overview.secret_made_at
        second = _tr("secret of %1").replace("%1", formats.date(made.date().isoformat())) if made is not None else ""
    elif leg is not None and leg.milliseconds is not None:
        second = _tr("in %1 ms").replace("%1", formats.count(leg.milliseconds))
    return first, second


def standing(page: WebhookPage) -> Word:
    """How the webhooks stand in one line."""
    way, figures = page.overview.way, page.figures
    health = way.health.state if way is not None and way.health is not None else "off"
    test = way.test if way is not None else None
    if test is not None and not test.ok and way is not None and way.tunnel is not None and way.tunnel.state != "off":
        return Word(_tr("Webhooks do not get through"), "octagon-alert", "problem")
    if health in {"gap", "failing"}:
        return Word(_tr("Changes are missed"), "triangle-alert", "attention")
    if figures.usual_seconds is not None:
        return Word(
            _tr("Changes arrive, usually in %1").replace("%1", span(figures.usual_seconds)), "circle-check", "ok"
        )
    if page.overview.last_event_at is not None:
        return Word(_tr("Nothing has arrived today"), "clock", "text2")
    if page.overview.public_url is None:
        return Word(_tr("Not set up"), "circle-dashed", "text2")
    return Word(_tr("Waits for the first event"), "circle", "text2")


def span(seconds: float) -> str:
    """``1.8 s``, kept left-to-right."""
    return (
        isolate(f"{seconds:.1f}\N{NO-BREAK SPACE}s")
        if seconds < 60
        else isolate(f"{seconds / 60:.0f}\N{NO-BREAK SPACE}min")
    )


def module_name(module: str | None) -> str:
    """Its label in the window's language."""
    if module is None:
        return _tr("Unknown")
    return module_label(module) if module in MODULES else module


def result_word(view: WebhookEventView) -> Word:
    """What became of an event, with its shape."""
    if view.handled_at is None:
        return {
            "waiting": Word(_tr("Reading the record from Zoho Books"), "refresh-cw", "accent_text"),
            "waiting_paused": Word(_tr("Waits for the end of the pause"), "pause"),
            "waiting_offline": Word(_tr("Waits for the network"), "wifi-off"),
            "waiting_sign_in": Word(_tr("Waits for a sign-in"), "lock", "problem"),
            "waiting_throttled": Word(_tr("Waits until Zoho Books allows more calls"), "hourglass", "attention"),
            "waiting_busy": Word(_tr("Waits for the end of the sync"), "hourglass"),
            "waiting_retry": Word(_tr("Zoho Books gave no answer; asked again"), "rotate-cw", "attention"),
        }.get(view.result, Word(_tr("Waits"), "hourglass"))
    seconds = span((view.handled_at - view.received_at).total_seconds())
    word = {
        "updated": Word(_tr("Read again after %1").replace("%1", seconds), "circle-check"),
        "new": Word(_tr("New here after %1").replace("%1", seconds), "plus"),
        "deleted": Word(_tr("Gone in Zoho Books"), "circle-slash"),
        "already_known": Word(_tr("Was here already"), "circle-check"),
        "not_in_zoho": Word(_tr("Neither here nor in Zoho Books"), "circle-dashed"),
        "other_organization": Word(_tr("Put aside: another organization"), "circle-slash"),
        "module_off": Word(_tr("Put aside: this module is not synced"), "circle-slash"),
        "not_understood": Word(_tr("Kept: it names no record"), "circle-question-mark"),
        "refused": Word(_tr("Zoho Books does not show this record"), "lock", "attention"),
    }.get(view.result, Word(view.result.replace("_", " "), "circle"))
    notes = []
    if view.copies > 1:
        notes.append(_tr("came %1 times, kept once").replace("%1", str(view.copies)))
    if view.replays:
        notes.append(_tr("replayed"))
    if not view.verified:
        notes.append(_tr("no signature"))
    if view.note:
        notes.append(said(view.note))
    return Word(f"{word.text} · {' · '.join(notes)}" if notes else word.text, word.icon, word.role)


def result_label(result: str) -> str:
    """A result in the filter."""
    return {
        "waiting": _tr("Waits"),
        "updated": _tr("Read again"),
        "new": _tr("New here"),
        "deleted": _tr("Gone in Zoho Books"),
        "already_known": _tr("Was here already"),
        "not_in_zoho": _tr("Neither here nor there"),
        "other_organization": _tr("Another organization"),
        "module_off": _tr("Module is not synced"),
        "not_understood": _tr("Names no record"),
        "refused": _tr("Not shown by Zoho Books"),
    }[result]


def kind_word(kind: str) -> str:
    """A kind of way."""
    return {
        "own": _tr("your own address"),
        "cloudflared": "cloudflared",
        "ngrok": "ngrok",
        "ssh": "ssh",
        "relay": _tr("pull relay"),
    }.get(kind, kind)


def delivery_word(one: Delivery, formats: Formats, now: datetime) -> Word:
    """How a delivery stands."""
    tries = plural("Webhooks", "%n try(s)", one.tries, "%n try", "%n tries", formats.count(one.tries))
    if one.state == "done":
        return Word(_tr("Taken"), "circle-check")
    if one.state == "dead":
        return Word(
            f"{_tr('Given up')}: {said(one.error)}" if one.error else _tr("Given up"), "octagon-alert", "problem"
        )
    if one.tries:
        when = formats.moment(one.next_at, now) if one.next_at is not None else ""
        again = _tr("%1, next at %2").replace("%1", tries).replace("%2", when)
        return Word(f"{again}: {said(one.error)}" if one.error else again, "rotate-cw", "attention")
    return Word(_tr("Waits"), "hourglass")


def missed(page: WebhookPage, formats: Formats) -> str:
    """How many changes came without an event, of how many."""
    way = page.overview.way
    if way is None or not way.changes:
        return _tr("no changes to compare yet")
    said = _tr("%1 of %2 changes missed, last 7 days")
    return said.replace("%1", formats.count(way.missed)).replace("%2", formats.count(way.changes))


def arrived(figures: WebhookFigures, formats: Formats) -> str:
    """Events of the day against what Zoho sends at most."""
    said = _tr("%1 of Zoho’s %2 a day")
    return said.replace("%1", formats.count(figures.today)).replace("%2", formats.count(DAILY))


def sentence(page: WebhookPage) -> str:
    """For the window's foot."""
    test = page.overview.way.test if page.overview.way is not None else None
    if test is None:
        return ""
    if test.ok:
        return _tr("Webhooks: all five parts of the way are in order")
    return _tr("Webhooks: %1 fails").replace("%1", leg_title(test.leg)) if test.leg in LEGS else said(test.sentence)


def webhook_remedy(cause: str) -> tuple[str, str] | None:
    """The part of the Webhooks page that mends a problem, and its button; None for a cause of something else."""
    return {
        "webhook_signature": ("secret", _tr("Change the secret…")),
        "webhook_port": ("test", _tr("Look at the way")),
        "webhook_gap": ("test", _tr("Test the way")),
        "relay_dead": ("deliveries", _tr("Look at the deliveries")),
    }.get(cause)


def listed(modules: Sequence[str]) -> str:
    """Module names in a row."""
    return ", ".join(module_name(name) for name in modules)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Webhooks", words)
