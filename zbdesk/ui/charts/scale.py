"""Axis of a chart: round steps, and figures short enough to stand beside it. Pure but for the words of the units."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from zbdesk.ui.formats import Grouping

_ROUND = (Decimal(5), Decimal("2.5"), Decimal(2), Decimal(1))


def lines(most: Decimal) -> tuple[Decimal, ...]:
    """Values at which lines are drawn: zero, and two to four round ones none of which is above ``most``.

    Each step is 1, 2, 2.5 or 5 times a power of ten. Nothing to show: only zero.
    """
    if most <= 0:
        return (Decimal(0),)
    half = most / 2
    power = Decimal(1).scaleb(half.adjusted())
    step = next(power * factor for factor in _ROUND if power * factor <= half)
    return tuple(step * at for at in range(int(most // step) + 1))


def short(value: Decimal, grouping: Grouping) -> str:
    """A round figure of the axis with its unit: 50 L, 1 Cr where digits are grouped so, else 50 k, 1.5 M."""
    indian = grouping.next == 2
    units = (
        ((Decimal(10_000_000), _tr("Cr")), (Decimal(100_000), _tr("L")), (Decimal(1_000), _tr("k")))
        if indian
        else ((Decimal(1_000_000_000), _tr("bn")), (Decimal(1_000_000), _tr("M")), (Decimal(1_000), _tr("k")))
    )
    for size, word in units:
        if value >= size:
            return f"{_plain(value / size, grouping)} {word}"
    return _plain(value, grouping)


def _plain(value: Decimal, grouping: Grouping) -> str:
    text = format(value.normalize(), "f")
    return text.replace(".", grouping.decimal)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Charts", words)
