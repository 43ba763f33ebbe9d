"""The figures of the mock-ups' dashboard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from zbdesk.domain.figures import (
    AgeBucket,
    Change,
    DayHealth,
    DayWord,
    Digest,
    Figures,
    Month,
    Months,
    Receivables,
)

IST = ZoneInfo("Asia/Kolkata")
TODAY = date(2026, 11, 20)
_AGES = ((None, 0, "6842310.00", 412), (1, 30, "2107455.50", 96), (31, 60, "984120.00", 41), (61, 90, "312900.75", 17),
         (91, None, "546218.40", 23))  # fmt: skip
_MONTHS = ("6.2 5.7", "5.8 6.1", "7.1 6.0", "10.4 8.3", "4.9 6.6", "5.5 5.2", "6.0 5.4", "6.6 6.1", "6.3 6.4",
           "7.2 6.6", "8.1 7.0", "4.7 3.9")  # fmt: skip


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=IST)


def _month(at: int, words: str) -> Month:
    month = 12 + at
    invoiced, received = (Decimal(word) * 1_000_000 for word in words.split())
    return Month(date(2025 + (month - 1) // 12, (month - 1) % 12 + 1, 1), invoiced, received)


CHANGES = (
    Change(1, "invoices", "MSE/26-27/1405", "Hindustan Fasteners & Allied Engineering Works (Unit II) Pvt. Ltd.",
           "paid", "INR", Decimal("1234567.89"), _at(20, 9, 52)),
    Change(2, "estimates", "QT-0917", "株式会社さくら商事", "accepted", "JPY", Decimal(1280000), _at(20, 9, 31)),
    Change(3, "invoices", "MSE/26-27/1397", "Bergmann & Söhne GmbH", "partially_paid", "EUR", Decimal("4200.50"),
           _at(20, 8, 40)),
    Change(4, "creditnotes", "CN-0212", "Kuwait Gulf Catering Co. W.L.L.", "open", "KWD", Decimal("318.750"),
           _at(19, 18, 20)),
    Change(5, "customerpayments", "4411", "Café Lumière SARL", None, "EUR", Decimal("-12.00"), _at(19, 18, 4)),
)  # fmt: skip

FIGURES = Figures(
    receivables=(
        Receivables(
            "INR", TODAY, tuple(AgeBucket(first, last, Decimal(amount), count) for first, last, amount, count in _AGES)
        ),
        Receivables("EUR", TODAY, tuple(AgeBucket(first, last, Decimal(4200), 1) for first, last, _, _ in _AGES)),
    ),
    months=(Months("INR", tuple(_month(at, words) for at, words in enumerate(_MONTHS))),),
    health=tuple(
        DayHealth(TODAY - timedelta(days=back), word)
        for back, word in zip(
            reversed(range(30)),
            [DayWord.BEFORE] * 4
            + [DayWord.IN_ORDER] * 12
            + [DayWord.WITH_PROBLEMS, DayWord.FAILED, DayWord.MISSED]
            + [DayWord.IN_ORDER] * 11,
            strict=True,
        )
    ),
    digest=Digest(_at(19, 18, 2), 41, CHANGES),
)
