"""The webhooks of the pictures, and acts that are recorded instead of done."""

# ruff: noqa: D102 - the methods are those of `WebhookActs` and documented there

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from tests.ui.fake_desk import NOW
from zbdesk.app.relaying import AddedTarget
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.set_up import SetUpDone, SetUpStep
from zbdesk.domain.views import WebhookEventRaw, WebhookEventView, WebhookOverview
from zbdesk.domain.way import Delivery, LegView, ModuleGap, Target, TunnelTest, TunnelView, WebhookHealth, WebhookWay
from zbdesk.domain.webhook_views import EventFilter, EventLine, ModuleEvents, WebhookFigures, WebhookPage

T = TypeVar("T")
KEY = "k7Qm0c1d2e3f405162738495a6b7c8d9"
URL = f"https://hooks.meridian-spices.example/webhooks/zoho/{KEY}"
MODULES = ("invoices", "contacts", "customerpayments", "creditnotes", "items", "salesorders")
SECRET = "Kq3vX8sTz1bY6nM4pR9wE2uH7jL5cAdF"


def legs(failed: str = "") -> tuple[LegView, ...]:
    """The five legs of a test; those behind the one that failed were not reached."""
    notes = {
        "dns": ("found at 203.0.113.24", 18), "tls": ("certificate good until 14 Jan 2027", 41),
        "tunnel": ("cloudflared, started here", 96), "listener": ("port 8978, this computer only", 21),
        "signature": ("matched", None),
    }  # fmt: skip
    found, good = [], True
    for name, (note, took) in notes.items():
        good = good and name != failed
        state = "ok" if good or name == "listener" else "failed" if name == failed else "untested"
        found.append(LegView(name, state, note if state == "ok" else "", took if state == "ok" else None))
    return tuple(found)


def a_test(failed: str = "", sentence: str = "", remedy: str = "", *, at: datetime = NOW) -> TunnelTest:
    """One round trip."""
    return TunnelTest(
        at=at - timedelta(minutes=12), ok=not failed, leg=failed or None,
        sentence=sentence or "All five legs are good.", remedy=remedy, detail="", legs=legs(failed), milliseconds=176,
        public_url=URL, cause="hourly",
    )  # fmt: skip


def page(**changes: object) -> WebhookPage:
    """The page of the picture: everything in order."""
    health = WebhookHealth("healthy", NOW - timedelta(days=3), NOW, "Webhooks arrive.", "")
    way = WebhookWay(
        tunnel=TunnelView("cloudflared", "up", URL, "cloudflared is up.", "", NOW - timedelta(days=3)),
        test=a_test(),
        next_test_at=NOW + timedelta(minutes=48),
        health=health,
        gaps=(ModuleGap("contacts", 66, 0), ModuleGap("invoices", 274, 0)),
    )
    overview = WebhookOverview(
        local_url=f"http://127.0.0.1:8978/webhooks/zoho/{KEY}", public_url=URL,
        last_event_at=NOW - timedelta(seconds=9), refused=1, refused_at=NOW - timedelta(minutes=16),
        secret_made_at=NOW - timedelta(days=18), way=way,
    )  # fmt: skip
    plain = WebhookPage(
        overview=overview,
        figures=WebhookFigures(
            312, 0, 1.8,
            (
                ModuleEvents("contacts", NOW - timedelta(minutes=6), 66),
                ModuleEvents("creditnotes", NOW - timedelta(hours=16), 0),
                ModuleEvents("customerpayments", NOW - timedelta(minutes=25), 38),
                ModuleEvents("invoices", NOW - timedelta(seconds=9), 204),
            ),
        ),
        modules=MODULES,
        may_set_up=True,
        may_remove=True,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def with_way(known: WebhookPage, **changes: object) -> WebhookPage:
    """The same with another way."""
    assert known.overview.way is not None
    return replace(known, overview=replace(known.overview, way=replace(known.overview.way, **changes)))  # type: ignore[arg-type]


def fresh() -> WebhookPage:
    """Nothing is set up yet."""
    overview = WebhookOverview(f"http://127.0.0.1:8971/webhooks/zoho/{KEY}", None, way=WebhookWay())
    return WebhookPage(overview=overview, modules=MODULES, may_set_up=False)


def line(key: int, ago: float, module: str | None, number: str, party: str = "", **view: object) -> EventLine:
    """One event."""
    at = NOW - timedelta(seconds=ago)
    values: dict[str, object] = {
        "id": key, "received_at": at, "module": module, "remote_id": None if module is None else str(460000 + key),
        "verified": True, "result": "updated", "event": "edited", "handled_at": at + timedelta(seconds=1.7),
    }  # fmt: skip
    made = WebhookEventView(**(values | view))  # type: ignore[arg-type]
    return EventLine(made, number or None, party or None, key if number else None)


LINES = (
    line(912, 2, "invoices", "MSE/26-27/1486", "株式会社さくら商事", result="waiting", handled_at=None),
    line(911, 45, "invoices", "MSE/26-27/1488", "Aurora Hospitality Group LLP"),
    line(910, 46, "invoices", "MSE/26-27/1488", "Aurora Hospitality Group LLP", copies=2),
    line(909, 190, "contacts", "", "مؤسسة النخيل للتجارة"),
    line(908, 960, None, "", result="not_understood"),
    line(907, 1330, "customerpayments", "PAY-3390", "Hindustan Fasteners & Allied Engineering Works"),
    line(906, 1340, "invoices", "MSE/26-27/1405", "Hindustan Fasteners & Allied Engineering Works", result="new"),
    line(905, 2230, "invoices", "MSE/26-27/1488", "Aurora Hospitality Group LLP", verified=False, via="relay"),
    line(904, 2300, "items", "", "", result="module_off"),
    line(903, 2400, "invoices", "MSE/26-27/1390", "Padma Tea Estates", result="deleted"),
)

TARGETS = (
    Target(1, "http://127.0.0.1:9000/hook", "record", ("invoices",), (), True, NOW, NOW - timedelta(minutes=2)),
    Target(2, "https://warehouse.meridian.example/zoho", "event", (), ("changed",), True, NOW, None, 3),
    Target(3, "http://10.0.0.7/books", "record", (), (), False, NOW),
)

DELIVERIES = [
    Delivery(31, 2, TARGETS[1].url, "invoices", "460911", "changed", "dead", 15, None, NOW - timedelta(hours=5),
             NOW - timedelta(hours=1), 500, "It answers 500."),
    Delivery(30, 2, TARGETS[1].url, "contacts", "460909", "changed", "waiting", 2, NOW + timedelta(minutes=4),
             NOW - timedelta(minutes=6), None, 503, "It answers 503."),
    Delivery(29, 1, TARGETS[0].url, "invoices", "460906", "changed", "done", 1, None, NOW - timedelta(minutes=2),
             NOW - timedelta(minutes=2), 200, ""),
]  # fmt: skip


class FakeWebhooks:
    """What the page reads and does. ``done`` lists the acts; ``fails`` is raised by the next one of that name."""

    def __init__(self, shown: WebhookPage | None = None, lines: Sequence[EventLine] = LINES) -> None:
        self.shown = shown or page()
        self.all = list(lines)
        self.sent: list[Delivery] = list(DELIVERIES)
        self.done: list[tuple[object, ...]] = []
        self.fails: dict[str, ZbdeskError] = {}
        self.found: Mapping[str, str | None] = {
            "cloudflared": "/usr/bin/cloudflared",
            "ngrok": None,
            "ssh": "/usr/bin/ssh",
        }
        self.outcome = [SetUpDone("zbdesk k7Qm invoices changed", "invoices", "changed", "made", "")]
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="fake-acts")

    # Reading, as ``WebhookReader``

    def page(self) -> WebhookPage | None:
        return self.shown

    def figures(self) -> WebhookFigures:
        return self.shown.figures

    def lines(self, where: EventFilter, limit: int, before_id: int | None = None) -> list[EventLine]:
        def fits(one: EventLine) -> bool:
            view = one.view
            if where.result == "waiting":
                right = view.handled_at is None
            else:
                right = not where.result or (view.handled_at is not None and view.result == where.result)
            signed = where.verified is None or view.verified == where.verified
            return right and signed and (not where.module or view.module == where.module)

        fitting = [one for one in self.all if fits(one) and (before_id is None or one.view.id < before_id)]
        return fitting[:limit]

    def deliveries(self, limit: int, state: str | None = None) -> list[Delivery]:
        return [one for one in self.sent if state is None or one.state == state][:limit]

    def raw(self, event_id: int) -> WebhookEventRaw | None:
        found = next((one for one in self.all if one.view.id == event_id), None)
        if found is None:
            return None
        body = (
            b'{"organization_id":"60012345678","invoice":{"invoice_id":"460911",'
            b'"total":1250.00,"tags":[],"note":"a, b"}}'
        )
        return WebhookEventRaw(found.view, "POST", "/invoices/edited", "application/json", b"", body)

    # Acts

    def run(self, act: Callable[[], T]) -> Future[T]:
        return self._pool.submit(act)

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def _note(self, *what: object) -> None:
        self.done.append(what)
        error = self.fails.pop(str(what[0]), None)
        if error is not None:
            raise error

    def test(self) -> None:
        self._note("test")

    def check_address(self, text: str) -> str:
        self._note("check_address", text)
        return text

    def check_channel(self, text: str) -> str:
        self._note("check_channel", text)
        return text

    def set_address(self, text: str) -> str:
        self._note("set_address", text)
        return text

    def keep_token(self, token: str) -> None:
        self._note("keep_token", token)

    def programs(self, place: str = "") -> Mapping[str, str | None]:
        del place
        return self.found

    def rotate(self) -> str:
        self._note("rotate")
        return SECRET

    def replay(self, event_ids: Sequence[int]) -> int:
        self._note("replay", tuple(event_ids))
        return len(event_ids)

    def preview(self) -> list[SetUpStep]:
        self._note("preview")
        return [
            SetUpStep(f"zbdesk k7Qm {name} {rule}", name, rule, f"{URL}/{name}/{rule}", name != "creditnotes")
            for name in MODULES
            for rule in ("changed", "deleted")
        ]

    def set_up(self) -> list[SetUpDone]:
        self._note("set_up")
        return self.outcome

    def remove_set_up(self) -> list[SetUpDone]:
        self._note("remove_set_up")
        return self.outcome

    def add_target(self, url: str, content: str, modules: Sequence[str], kinds: Sequence[str]) -> AddedTarget:
        self._note("add_target", url, content, tuple(modules), tuple(kinds))
        return AddedTarget(4, url, SECRET)

    def change_target(self, target_id: int, modules: Sequence[str], kinds: Sequence[str], *, enabled: bool) -> None:
        self._note("change_target", target_id, tuple(modules), tuple(kinds), enabled)

    def remove_target(self, target_id: int) -> None:
        self._note("remove_target", target_id)

    def redeliver(self, delivery_ids: Sequence[int]) -> int:
        self._note("redeliver", tuple(delivery_ids))
        return len(delivery_ids)
