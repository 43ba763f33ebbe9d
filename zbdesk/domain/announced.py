"""What a webhook announces of a record before Zoho Books has confirmed it: shown as such, and never more than shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AnnouncedField:
    """One column of the table that would be another. ``field``: Zoho's name of it; None is empty."""

    field: str
    before: str | Decimal | None
    after: str | Decimal | None


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The newest signed event that waits for its record to be read again, where it holds the whole record.

    ``modified_at``: when the record changed in Zoho Books, as the event says. ``others``: Zoho's names of further
    fields that would be others, among those a person may write. ``currency``: what the amounts after the change are in.
    """

    received_at: datetime
    modified_at: datetime
    fields: tuple[AnnouncedField, ...]
    others: tuple[str, ...] = ()
    currency: str | None = None
