"""Money: Decimal with an exact integer form for the database.

Amounts are stored as whole millionths (``SCALE``), which SQL can sort and sum; no float ever touches them.
"""

from __future__ import annotations

from decimal import Decimal

SCALE = 6
_MAX = 2**63 - 1


def to_scaled(amount: Decimal) -> int:
    """The amount in millionths. Raises ``ValueError`` where that would lose a digit or exceed 64 bits."""
    scaled = amount.scaleb(SCALE)
    whole = int(scaled)
    if whole != scaled or abs(whole) > _MAX:
        raise ValueError(f"{amount} has more than {SCALE} decimals or is too large")
    return whole


def from_scaled(scaled: int) -> Decimal:
    """The exact amount; trailing zeros beyond two decimals are dropped."""
    amount = Decimal(scaled).scaleb(-SCALE).normalize()
    return amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount
