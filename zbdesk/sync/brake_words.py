"""What a run that stops at a limit says. Numbers and names only; the window words the question in its own language."""

from __future__ import annotations

from decimal import Decimal

from zbdesk.domain.modules import MODULES
from zbdesk.domain.money import decimals
from zbdesk.domain.views import RunQuestion

_DONE = {"create": "created", "update": "changed", "delete": "deleted", "void": "voided"}


def asks(question: RunQuestion, organization: str) -> tuple[str, str]:
    """Sentence and remedy of the problem."""
    count = sum(number for _, _, number in question.writes)
    over = "; ".join(_limit(one.what, one.planned, one.allowed) for one in question.limits)
    parts = ", ".join(
        f"{number:,} {MODULES[module].label.lower()} {_DONE.get(what, f'“{what}”')}"
        for what, module, number in question.writes
    )
    amounts = ", ".join(amount(value, code) for code, value in question.totals)
    written = f"{parts} ({amounts})" if amounts else parts
    records = "record" if count == 1 else "records"
    message = (
        f"The run stopped before it wrote {count:,} {records} to {organization}: {written}. "
        f"That is more than may go without a look: {over}. Nothing was written."
    )
    remedy = (
        "Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. "
        "The limits are in Settings under Before a large run."
    )
    return message, remedy


def allowed(question: RunQuestion) -> str:
    """Diary line of a person's yes."""
    count = sum(number for _, _, number in question.writes)
    return f"A run beyond the limits was allowed: {count:,} {'record' if count == 1 else 'records'}."


def amount(value: Decimal, code: str) -> str:
    """An amount with its currency: EUR 48,000.00."""
    return f"{code} {value:,.{decimals(code)}f}"


def _limit(what: str, planned: Decimal, allowed: Decimal) -> str:
    if what in {"changes", "deletions"}:
        return f"{planned:,.0f} {what}, allowed {allowed:,.0f}"
    return f"{amount(planned, what)}, allowed {amount(allowed, what)}"
