"""A desk that also answers the questions of both ways: conflicts, problems, outgoing records, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.ui.fake_desk import NOW, FakeDesk, FakeReader, record
from tests.ui.meridian import INVOICES, overview
from zbdesk.domain.views import (
    ConflictDetail,
    ConflictView,
    EditableDocument,
    FieldComparison,
    FieldDifference,
    LedgerEffect,
    LineComparison,
    LineSide,
    OutgoingSummary,
    OutgoingView,
    PlannedWrite,
    Preflight,
    PreflightCheck,
    ProblemView,
    Refusal,
    ResolutionPreview,
)

D = Decimal


@dataclass(frozen=True)
class FieldError:
    """What the checks of a document say about one field."""

    field: str
    message: str


class TwoWaysReader(FakeReader):
    """The reader of the contract: each method has the signature that ``zbdesk.ui.editing.questions`` names."""

    def __init__(self, desk: TwoWaysDesk) -> None:
        super().__init__(desk)
        self._two = desk

    def conflicts(self) -> list[ConflictView]:
        return list(self._two.conflicts)

    def conflict(self, record_id: int) -> ConflictDetail | None:
        known = self._two.conflict_details.get(record_id)
        if known is not None:
            return known
        view = next((view for view in self._two.conflicts if view.id == record_id), None)
        if view is None:
            return None
        fields = tuple(
            FieldComparison(f.name, "date" if "date" in f.name else "text", f.base, f.local, f.remote)
            for f in view.fields
        )
        return ConflictDetail(view, (*fields, FieldComparison("notes", "text", "a", "a", "a", "equal")))

    def preview_resolution(self, ids: Sequence[int], keep: str, fields: Sequence[tuple[str, str]]) -> ResolutionPreview:
        self._two.questions.append(("preview", tuple(ids), keep, tuple(fields)))
        refused = tuple(
            Refusal(key, next(v.number for v in self._two.conflicts if v.id == key), self._two.refusals[key])
            for key in ids
            if key in self._two.refusals
        )
        left = [key for key in ids if key not in self._two.refusals]
        effects = self._two.effect(keep, dict(fields)) if left else ()
        return ResolutionPreview(len(left), len(left) if keep == "local" or fields else 0, effects, refused)

    def dismissed_problems(self) -> list[ProblemView]:
        return list(self._two.dismissed)

    def fix(self, problem_id: int) -> object | None:
        self._two.questions.append(("fix", problem_id))
        return self._two.fixes.get(problem_id)

    def outgoing(self, lane: str | None, limit: int) -> list[OutgoingView]:
        found = [view for view in self._two.outgoing if lane in {None, view.lane}]
        return found[:limit]

    def outgoing_summary(self) -> OutgoingSummary:
        lanes: dict[str, int] = {}
        for view in self._two.outgoing:
            lanes[view.lane] = lanes.get(view.lane, 0) + 1
        lanes["done"] = 142
        return OutgoingSummary(self._two.hold, tuple(lanes.items()))

    def preflight(self, ids: Sequence[int]) -> Preflight:
        self._two.questions.append(("preflight", tuple(ids)))
        chosen = [view for view in self._two.outgoing if view.record_id in set(ids)]
        counts: dict[tuple[str, str], int] = {}
        totals: dict[str, Decimal] = {}
        for view in chosen:
            counts[view.what, view.module] = counts.get((view.what, view.module), 0) + 1
            if view.what == "create" and view.module == "invoices" and view.total is not None and view.currency:
                totals[view.currency] = totals.get(view.currency, D(0)) + view.total
        locked = sum(view.lane == "closed_period" or "locked" in view.note for view in chosen)
        checks = tuple(
            PreflightCheck(key, count)
            for key, count in (("rates", 0), ("taxes", 0), ("numbers", 0), ("locked", locked))
        )
        writes = tuple((what, module, count) for (what, module), count in counts.items())
        return Preflight(writes, tuple(sorted(totals.items())), checks, len(chosen) + 1, 10)

    def planned(self, ids: Sequence[int]) -> list[PlannedWrite]:
        return [
            PlannedWrite(view, (("reference_number", None, "PO-1"), ("total", None, view.total)))
            for view in self._two.outgoing
            if view.record_id in set(ids)
        ]

    def document(self, record_id: int) -> EditableDocument:
        return self._two.documents[record_id]

    def check_document(self, module: str, fields: Mapping[str, object], record_id: int | None) -> Sequence[FieldError]:
        self._two.questions.append(("check", module, dict(fields), record_id))
        return list(self._two.wrong)


class TwoWaysDesk(FakeDesk):
    """A fake desk with conflicts, problems, outgoing records and documents."""

    def __init__(self, data_dir: Path, view: object = None) -> None:
        super().__init__(data_dir, view or overview())  # type: ignore[arg-type]
        self.conflicts: list[ConflictView] = []
        self.conflict_details: dict[int, ConflictDetail] = {}
        self.refusals: dict[int, str] = {}
        self.effects: Callable[[str, dict[str, str]], tuple[LedgerEffect, ...]] | None = None
        self.dismissed: list[ProblemView] = []
        self.outgoing: list[OutgoingView] = []
        self.hold = True
        self.documents: dict[int, EditableDocument] = {}
        self.wrong: list[FieldError] = []
        self.fixes: dict[int, object] = {}

    def effect(self, keep: str, fields: dict[str, str]) -> tuple[LedgerEffect, ...]:
        """What a choice changes."""
        return self.effects(keep, fields) if self.effects is not None else ()

    def read(self, question: Callable[[TwoWaysReader], object]) -> Future[object]:  # type: ignore[override]
        """Ask in the pool."""

        def ask() -> object:
            if self.fails is not None:
                raise self.fails
            return question(TwoWaysReader(self))

        return self._pool.submit(ask)


def _conflict(
    key: int, number: str | None, party: str, fields: str, amount: str | None, code: str | None, minutes: int,
    module: str = "invoices",
) -> ConflictView:  # fmt: skip
    differences = tuple(FieldDifference(name, "a", "b", "c") for name in fields.split())
    return ConflictView(
        key, module, f"l-{key}", f"46{key}", number, party, differences, NOW - timedelta(minutes=minutes),
        date="2026-11-14", currency=code, amount=None if amount is None else D(amount), status="sent",
    )  # fmt: skip


_AURORA = replace(
    _conflict(
        1488, "MSE/26-27/1488", "Aurora Hospitality Group LLP", "line_items due_date reference_number",
        "15750.00", "INR", 38,
    ),
    changed_locally_at=datetime(2026, 11, 20, 3, 42, tzinfo=UTC),
    changed_remotely_at=datetime(2026, 11, 20, 4, 7, tzinfo=UTC),
)  # fmt: skip

CONFLICTS = [
    _AURORA,
    replace(
        _conflict(1486, "MSE/26-27/1486", "株式会社さくら商事", "line_items", "20000", "JPY", 66),
        base_amount=D("11300.00"),
    ),
    _conflict(9001, None, "مؤسسة النخيل للتجارة", "email", None, None, 185, "contacts"),
    _conflict(
        1402, "MSE/26-27/1402", "Hindustan Fasteners & Allied Engineering Works (Unit II) Pvt. Ltd.",
        "discount", "4120.00", "INR", 1500,
    ),
    *(
        _conflict(1396 - at, f"MSE/26-27/{1396 - at}", party, "due_date", "0.00", "INR", 1440 + at * 10)
        for at, party in enumerate(
            ["Padma Tea Estates", "Sri Lakshmi Provision Stores", "Harrow & Finch Ltd", "Nilgiri Cold Storage LLP"] * 10
        )
    ),
]  # fmt: skip


def _line(quantity: str, rate: str, amount: str) -> LineSide:
    return LineSide(D(quantity), D(rate), D(amount))


_EQUAL = tuple(
    FieldComparison(name, "text", value, value, value, "equal")
    for name, value in (
        ("customer_id", "Aurora Hospitality Group LLP"), ("place_of_supply", "TN"), ("gst_treatment", "business_gst"),
        ("payment_terms_label", "Net 30"), ("terms", "Goods once sold are not taken back."), ("date", "2026-11-14"),
        *((f"field_{at}", str(at)) for at in range(17)),
    )
)  # fmt: skip
_PEPPER, _CARDAMOM = _line("500", "642.00", "321000.00"), "Cardamom 8 mm, grade A"
AURORA = ConflictDetail(
    _AURORA,
    (
        FieldComparison("line_items", "lines", None, None, None),
        FieldComparison("due_date", "date", "2026-12-14", "2026-12-29", "2026-11-30"),
        FieldComparison("reference_number", "text", "PO-7781", "PO-7781-A", "PO-7781/2"),
        FieldComparison("notes", "text", "Ex godown", "Ex godown", "Loading paid", "remote"),
        FieldComparison("salesperson_name", "text", None, "K. Joseph", None, "local"),
        *_EQUAL,
    ),
    (
        LineComparison("Black pepper, bold 5 mm", "kg", _PEPPER, _PEPPER, _PEPPER),
        LineComparison(
            _CARDAMOM, "kg", _line("250", "1150.00", "287500.00"), _line("250", "1210.00", "302500.00"),
            _line("250", "1180.00", "295000.00"),
        ),
    ),
    totals=(D("646800.00"), D("638925.00"), D("654675.00")),
    taxes=(D("30425.00"), D("31175.00")),
    agreed_at=datetime(2026, 11, 12, 10, 32, tzinfo=UTC),
    local_by="Anita Rao",
    remote_by="Ravi Menon",
)  # fmt: skip


def aurora_effect(keep: str, fields: dict[str, str]) -> tuple[LedgerEffect, ...]:
    """What the pictures say: the lines decide about the amounts."""
    if fields.get("line_items", keep) == "local":
        parts = (("receivable", D("-15750.00")), ("sales", D("-15000.00")), ("tax:IGST", D("-750.00")))
        return (LedgerEffect("INR", parts, D("638925.00"), "The invoice is not paid and not locked."),)
    return (LedgerEffect("INR", (), D("654675.00"), "The invoice is not paid and not locked."),)


def _problem(
    key: int, cause: str, message: str, remedy: str, number: str | None, party: str, day: str | None,
    amount: str | None,
    code: str | None, hours: float, module: str = "invoices", detail: str = "", zoho: str | None = None,
) -> ProblemView:  # fmt: skip
    return ProblemView(
        key, module, f"l-{key}", number, party, cause, message, remedy, zoho, 1, NOW - timedelta(hours=hours), None,
        record_id=key, date=day, currency=code, amount=None if amount is None else D(amount), detail=detail,
    )  # fmt: skip


_KWD = (
    "missing_exchange_rate", "KWD has no exchange rate in Zoho Books",
    "Enter a rate for KWD there; the invoices then leave by themselves.",
)  # fmt: skip
_TAX = (
    "unknown_reference", "Tax “GST 18%” is not in Zoho Books",
    "Zoho Books has GST18 and IGST18. Choose once for all four; you see them first.",
)  # fmt: skip
_LOCKED = (
    "locked_period", "October 2026 is locked in Zoho Books",
    "Locked on 11 Nov by Ravi Menon: “GST return filed”. They wait in the closed-period lane.",
)  # fmt: skip
_NAME = (
    "duplicate_name", "Zoho Books already has a contact of this name",
    "Café Lumière SARL; only the e-mail addresses of the two differ.",
)  # fmt: skip
_GULF, _SALMIYA = "Kuwait Gulf Catering Co. W.L.L.", "Al Salmiya Fine Foods W.L.L."
PROBLEMS = [
    _problem(1466, *_KWD, "MSE/26-27/1466", _GULF, "2026-11-09", "1318.750", "KWD", 17.5,
             detail="Stopped before sending: missing_exchange_rate · currencies read 20 Nov 10:14:07 · no call made"),
    _problem(1469, *_KWD, "MSE/26-27/1469", _GULF, "2026-11-10", "940.000", "KWD", 17.5),
    _problem(1474, *_KWD, "MSE/26-27/1474", _SALMIYA, "2026-11-11", "612.500", "KWD", 17.5),
    _problem(1480, *_KWD, "MSE/26-27/1480", _GULF, "2026-11-12", "883.750", "KWD", 17.5),
    _problem(1483, *_KWD, "MSE/26-27/1483", _SALMIYA, "2026-11-13", "427.750", "KWD", 1),
    *(
        _problem(1500 + at, *_TAX, f"MSE/26-27/{1500 + at}", "Padma Tea Estates", "2026-11-15", amount, "INR", 3)
        for at, amount in enumerate(["112400.00", "80000.00", "60000.00", "60000.00"])
    ),
    _problem(1415, *_LOCKED, "MSE/26-27/1415", "Aurora Hospitality Group LLP", "2026-10-28", "93270.00", "INR", 20,
             detail="Transactions of this period are locked.", zoho="110801"),
    _problem(1416, *_LOCKED, "MSE/26-27/1416", "Harrow & Finch Ltd", "2026-10-29", "93270.00", "INR", 20,
             detail="Transactions of this period are locked.", zoho="110801"),
    _problem(7001, *_NAME, None, "Café Lumière SARL", None, None, None, 22, "contacts",
             "The contact Café Lumière SARL already exists. Specify a different name.", "3062"),
]  # fmt: skip
DISMISSED = [
    replace(PROBLEMS[0], id=1301, number="MSE/26-27/1301", dismissed=True, reason="Replaced by MSE/26-27/1494"),
    replace(PROBLEMS[1], id=1302, number="MSE/26-27/1302", dismissed=True, reason="Paid in cash, entered by hand"),
    replace(PROBLEMS[5], id=1303, number="MSE/26-27/1303", dismissed=True, reason="Test invoice"),
]


def _out(
    key: int, what: str, number: str | None, party: str, code: str | None, total: str | None, lane: str = "held",
    module: str = "invoices", source: str = "Billing export", note: str = "",
) -> OutgoingView:  # fmt: skip
    return OutgoingView(
        key, module, number, party, "2026-11-19", code, None if total is None else D(total), lane, what,
        NOW - timedelta(minutes=3), note, source,
    )  # fmt: skip


_NILGIRI = "Nilgiri Cold Storage LLP"
OUTGOING = [
    _out(8001, "create", None, _NILGIRI, None, None, module="contacts"),
    _out(1489, "create", "MSE/26-27/1489", _NILGIRI, "INR", "74340.00"),
    _out(1490, "create", "MSE/26-27/1490", "株式会社さくら商事", "JPY", "412000"),
    _out(1491, "create", "MSE/26-27/1491", "مؤسسة النخيل للتجارة", "AED", "18920.00"),
    _out(1492, "create", "MSE/26-27/1492", "Bergmann & Söhne GmbH", "EUR", "6015.40"),
    _out(1478, "update", "MSE/26-27/1478", "Sri Lakshmi Provision Stores", "INR", "18942.50", source="Anita Rao"),
    _out(3391, "create", "PAY-3391", "Padma Tea Estates", "INR", "150000.00", module="customerpayments",
         source="Anita Rao"),
    _out(1415, "create", "MSE/26-27/1415", "Aurora Hospitality Group LLP", "INR", "93270.00",
         note="October 2026 is locked"),
    _out(1493, "send", "MSE/26-27/1493", "Padma Tea Estates", "INR", "1200.00", "waiting"),
    _out(1494, "void", "MSE/26-27/1494", "Padma Tea Estates", "INR", "300.00", "waiting"),
    _out(1495, "delete", "MSE/26-27/1495", "Harrow & Finch Ltd", "GBP", "20.00", "waiting"),
    _out(1496, "create", "MSE/26-27/1496", "Harrow & Finch Ltd", "GBP", "1.00", "sending"),
    _out(1484, "create", "MSE/26-27/1484", "Harrow & Finch Ltd", "GBP", "1260.00", "unknown"),
    _out(1411, "create", "MSE/26-27/1411", "Padma Tea Estates", "INR", "93270.00", "closed_period"),
    _out(1412, "create", "MSE/26-27/1412", "Padma Tea Estates", "INR", "93270.00", "closed_period"),
    _out(1487, "create", "MSE/26-27/1487", "Blue Harbor Grocers Inc.", "USD", "880.00", "done"),
]  # fmt: skip

DOCUMENT = EditableDocument(
    1478, "invoices",
    {
        "customer_id": "460000000000077", "invoice_number": "MSE/26-27/1478", "reference_number": "PO-1478",
        "date": "2026-11-12", "due_date": "2026-11-12", "notes": "Ex godown",
        "line_items": [
            {"item_id": "11", "name": "Black pepper, bold 5 mm", "quantity": D(20), "rate": D("642.00"), "tax_id": "5"},
            {"item_id": "12", "name": "Cardamom 8 mm, grade A", "quantity": D("5.5"), "rate": D("1150.00"),
             "tax_id": "5"},
        ],
    },
    {"460000000000077": "Sri Lakshmi Provision Stores", "11": "Black pepper, bold 5 mm", "5": "IGST 5 %"}, "INR",
)  # fmt: skip

CONTACTS = [
    record(77, "contacts", number="Sri Lakshmi Provision Stores", party="Sri Lakshmi Provision Stores"),
    record(78, "contacts", number="Padma Tea Estates", party="Padma Tea Estates"),
    record(79, "contacts", number=_NILGIRI, party=_NILGIRI, remote_id=None),
]
ITEMS = [
    record(11, "items", number="Black pepper, bold 5 mm", currency="INR", total=D("642.00")),
    record(12, "items", number="Cardamom 8 mm, grade A", currency="INR", total=D("1150.00")),
]
TAXES = [record(5, "taxes", number="IGST 5 %"), record(6, "taxes", number="GST18")]


def desk(folder: Path) -> TwoWaysDesk:
    """The company of the pictures, with something on each list."""
    fake = TwoWaysDesk(folder, overview(conflicts=len(CONFLICTS), problems=len(PROBLEMS), pending=12))
    fake.conflicts = list(CONFLICTS)
    fake.conflict_details[1488] = AURORA
    fake.effects = aurora_effect
    fake.problems = list(PROBLEMS)
    fake.dismissed = list(DISMISSED)
    fake.outgoing = list(OUTGOING)
    fake.documents[1478] = DOCUMENT
    fake.put("invoices", INVOICES)
    fake.put("contacts", CONTACTS)
    fake.put("items", ITEMS)
    fake.put("taxes", TAXES)
    return fake


__all__ = ["AURORA", "CONFLICTS", "OUTGOING", "PROBLEMS", "FieldError", "TwoWaysDesk", "desk"]
