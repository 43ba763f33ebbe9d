"""The company of the pictures: a dashboard in each of its states, and the invoices of the records table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.ui.fake_desk import NOW, FakeDesk, connection, record
from tests.ui.figures import FIGURES
from zbdesk.domain.errors import Action
from zbdesk.domain.status import ConnectionState, EngineState, RecordState, RunKind, RunResult
from zbdesk.domain.views import (
    ActivityEntry,
    CallBudget,
    ModuleCounts,
    Organization,
    Overview,
    ProblemView,
    RecordDetail,
    RecordView,
    RunView,
)
from zbdesk.sync.events import Event, ModuleProgress, RunStarted, StateChanged

COUNTS = {
    "organizations": 1,
    "currencies": 14,
    "taxes": 46,
    "contacts": 3914,
    "items": 1214,
    "estimates": 2306,
    "salesorders": 5871,
    "invoices": 45180,
    "customerpayments": 38640,
    "creditnotes": 1118,
    "purchaseorders": 904,
    "bills": 3120,
    "vendorpayments": 2871,
    "vendorcredits": 64,
    "expenses": 6027,
    "chartofaccounts": 118,
    "journals": 402,
    "bankaccounts": 6,
    "banktransactions": 9120,
}
LOOKED = NOW - timedelta(minutes=2, seconds=50)


def _modules(*, first: bool) -> tuple[ModuleCounts, ...]:
    names = list(COUNTS)
    here = names.index("invoices")
    found = []
    for at, name in enumerate(names):
        done = not first or at < here
        found.append(
            ModuleCounts(
                name,
                enabled=True,
                remote=COUNTS[name] if done else (18400 if at == here else 0),
                as_of=LOOKED - timedelta(seconds=7 * (20 - at)) if done else None,
                expected=COUNTS[name],
                first_done=done,
            )
        )
    found.append(ModuleCounts("users", enabled=False))
    found.append(ModuleCounts("projects", enabled=False))
    return tuple(found)


ACTIVITY = (
    ActivityEntry(9, LOOKED, "run", "Looked for changes: 3 changed, 11 calls", cause="poll"),
    ActivityEntry(8, NOW - timedelta(minutes=26), "changed", "Invoice MSE/26-27/1405 paid", "invoices", 1405, "poll"),
    ActivityEntry(7, NOW - timedelta(minutes=47), "changed", "Estimate QT-0917 accepted", "estimates", 917, "poll"),
    ActivityEntry(6, NOW - timedelta(minutes=66), "new", "6 new invoices", "invoices", None, "poll"),
    ActivityEntry(
        5, NOW - timedelta(minutes=98), "changed", "Invoice MSE/26-27/1397 partly paid", "invoices", 1397, "poll"
    ),
    ActivityEntry(4, NOW - timedelta(hours=16), "new", "Credit note CN-0212 made", "creditnotes", 212, "poll"),
    ActivityEntry(
        3, NOW - timedelta(days=1, hours=2), "deleted", "2 expenses deleted in Zoho Books", "expenses", None, "poll"
    ),
    ActivityEntry(2, NOW - timedelta(days=2), "connect", "Signed in by Anita Rao", None, None, "user"),
)

PROBLEMS = [
    ProblemView(
        1, "bills", None, None, None, "no_permission", "Your role in Zoho Books hides bills.",
        "An administrator of the organization can allow bills under Settings, Users & Roles.",
        "57", 3, NOW - timedelta(hours=18), NOW + timedelta(minutes=13),
    ),
    ProblemView(
        2, "invoices", "l-1466", "MSE/26-27/1466", "Kuwait Gulf Catering Co. W.L.L.", "detail_gone",
        "Line items of 2 invoices cannot be read.",
        "Zoho Books answers that it is busy with them. They are read again with the next look.",
        None, 2, NOW - timedelta(hours=2), NOW + timedelta(minutes=12),
    ),
    ProblemView(
        3, "invoices", "l-1488", "MSE/26-27/1488", "Aurora Hospitality Group LLP", "detail_gone",
        "Line items of 2 invoices cannot be read.",
        "Zoho Books answers that it is busy with them. They are read again with the next look.",
        None, 1, NOW - timedelta(hours=1), NOW + timedelta(minutes=12),
    ),
]  # fmt: skip


def overview(*, first: bool = False, **changes: object) -> Overview:
    """In order, looked at three minutes ago; or the first load a third of the way."""
    run = RunView(41, RunKind.DELTA, LOOKED - timedelta(seconds=9), LOOKED, RunResult.OK, 11, 3, 1, 0, "")
    plain = Overview(
        connection=connection(),
        state=ConnectionState.ACTIVE,
        modules=_modules(first=first),
        last_run=None if first else run,
        last_success_at=None if first else LOOKED,
        last_contact_at=NOW - timedelta(seconds=1) if first else LOOKED,
        next_run_at=None if first else NOW + timedelta(minutes=12),
        calls=CallBudget(170 if first else 1284, 5000, 1500, datetime(2026, 11, 20, 18, 30, tzinfo=UTC)),
        database_bytes=48_000_000,
        details_missing=0 if first else 38_000,
        activity=ACTIVITY[-1:] if first else ACTIVITY,
        runs=() if first else (run,),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def first_sync_events() -> list[Event]:
    """What the sync thread says a third of the way into the first load."""
    names = tuple(COUNTS)
    started = RunStarted(1, RunKind.FIRST, names, NOW - timedelta(seconds=170))
    events: list[Event] = [StateChanged(EngineState.PULLING, NOW), started]
    for name in names[: names.index("invoices")]:
        count = COUNTS[name]
        events.append(ModuleProgress(name, count, count, count, 0, 0, 1 + count // 200, finished=True))
    events.append(ModuleProgress("invoices", 18400, 45180, 18400, 0, 0, 92))
    return events


def _row(
    number: int, day: str, party: str, due: str, status: str, code: str, balance: str, state: RecordState
) -> RecordView:
    amount = Decimal(balance)
    return record(
        number, number=f"MSE/26-27/{number}", date=day, due_date=due, party=party, status=status, currency=code,
        total=amount, balance=amount, state=state, reference=f"PO-{number}",
        modified_at=datetime(2026, 11, 2, 10, 50, tzinfo=UTC),
    )  # fmt: skip


_S, _M = RecordState.SYNCED, RecordState.MIRRORED
INVOICES = [  # one a line, as a table
    _row(1488, "2026-11-14", "Aurora Hospitality Group LLP", "2026-12-14", "sent", "INR", "638925.00", RecordState.CONFLICT),  # noqa: E501
    _row(1486, "2026-11-13", "株式会社さくら商事", "2026-12-31", "sent", "JPY", "1280000", _S),
    _row(1479, "2026-11-12", "Padma Tea Estates", "2026-11-27", "partially_paid", "INR", "98600.00", _M),
    _row(1478, "2026-11-12", "Sri Lakshmi Provision Stores", "2026-11-12", "overdue", "INR", "18942.50", RecordState.PENDING),  # noqa: E501
    _row(1471, "2026-11-10", "مؤسسة النخيل للتجارة", "2026-12-10", "sent", "AED", "32480.00", _M),
    _row(1466, "2026-11-09", "Kuwait Gulf Catering Co. W.L.L.", "2026-12-09", "draft", "KWD", "1318.750", RecordState.PROBLEM),  # noqa: E501
    _row(1459, "2026-11-06", "Harrow & Finch Ltd", "2026-12-06", "sent", "GBP", "7915.20", _M),
    _row(1431, "2026-11-02", "Hindustan Fasteners & Allied Engineering Works (Unit II) Pvt. Ltd.", "2026-11-02", "overdue", "INR", "1234567.89", _M),  # noqa: E501
    _row(1427, "2026-10-31", "Café Lumière SARL", "2026-11-30", "sent", "EUR", "3204.00", _M),
    _row(1422, "2026-10-30", "श्री बालाजी ट्रेडर्स", "2026-11-14", "overdue", "INR", "56310.00", _M),
    _row(1418, "2026-10-29", "Blue Harbor Grocers Inc.", "2026-11-28", "sent", "USD", "21650.75", _M),
    _row(1415, "2026-10-28", "Aurora Hospitality Group LLP", "2026-11-12", "draft", "INR", "93270.00", _M),
    _row(1397, "2026-10-21", "Bergmann & Söhne GmbH", "2026-11-20", "partially_paid", "EUR", "4200.00", _M),
    _row(1390, "2026-10-19", "Padma Tea Estates", "2026-11-03", "overdue", "INR", "112000.00", _M),
    _row(1388, "2026-10-18", "Quitanda São Jorge Ltda.", "2026-11-17", "sent", "USD", "4870.00", RecordState.UNKNOWN),
    _row(1376, "2026-10-14", "Sri Lakshmi Provision Stores", "2026-10-29", "overdue", "INR", "27415.00", _M),
    _row(1371, "2026-10-12", "株式会社さくら商事", "2026-11-30", "partially_paid", "JPY", "345000", _M),
    _row(1364, "2026-10-09", "Harrow & Finch Ltd", "2026-11-08", "overdue", "GBP", "2140.00", _M),
    _row(1352, "2026-10-06", "Hindustan Fasteners & Allied Engineering Works (Unit II) Pvt. Ltd.", "2026-10-21", "overdue", "INR", "340218.00", _M),  # noqa: E501
    _row(1349, "2026-10-05", "Nilgiri Cold Storage LLP", "2026-11-04", "overdue", "INR", "74340.00", _M),
    _row(1344, "2026-10-03", "Blue Harbor Grocers Inc.", "2026-11-02", "partially_paid", "USD", "1480.00", _M),
    _row(1340, "2026-10-02", "Nilgiri Cold Storage LLP", "2026-10-17", "void", "INR", "-500.00", RecordState.MIRRORED),
]  # fmt: skip


def _line(name: str, quantity: int, unit: str, amount: str) -> dict[str, object]:
    return {"name": name, "quantity": quantity, "unit": unit, "item_total": Decimal(amount)}


DETAIL = RecordDetail(
    view=next(view for view in INVOICES if view.id == 1431),
    remote={
        "invoice_id": "460000000001431",
        "invoice_number": "MSE/26-27/1431",
        "line_items": [
            _line("Black pepper, bold, 550 g/l", 1200, "kg", "770400.00"),
            _line("Cardamom 8 mm, green, extra bold", 250, "kg", "295000.00"),
            _line("Freight to Chennai port", 1, "", "110378.94"),
        ],
        "taxes": [{"tax_name": "IGST 5 %", "tax_amount": Decimal("58788.95")}],
        "total": Decimal("1234567.89"),
        "place_of_supply": "TN",
        "is_inclusive_tax": False,
    },
    local=None,
    synced=None,
    has_detail=True,
    history=(
        ActivityEntry(31, datetime(2026, 11, 2, 10, 50, tzinfo=UTC), "changed", "Marked as sent in Zoho Books"),
        ActivityEntry(30, datetime(2026, 11, 2, 10, 32, tzinfo=UTC), "new", "Read from Zoho Books"),
    ),
)

GERMAN = Organization(
    "70012345678",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG",
    country="Germany",
    currency_code="EUR",
    time_zone="Europe/Berlin",
    tax_id="USt-IdNr. DE812345678",
    plan="Professional",
)


def desk(folder: Path, view: Overview | None = None) -> FakeDesk:
    """A desk with the invoices of the pictures."""
    fake = FakeDesk(folder, view or overview())
    fake.put("invoices", INVOICES)
    fake.details[1431] = DETAIL
    fake.activity = list(ACTIVITY)
    fake.figures = FIGURES
    return fake


def offline() -> list[Event]:
    """The network went away at 09:58."""
    return [StateChanged(EngineState.OFFLINE, datetime(2026, 11, 20, 4, 28, tzinfo=UTC), action=Action.RETRY)]
