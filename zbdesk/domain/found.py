"""What a search over all records gives."""

from __future__ import annotations

from dataclasses import dataclass

from zbdesk.domain.views import RecordView


@dataclass(frozen=True, slots=True)
class Found:
    """The first records of one module that fit, the closest first. ``more``: there are others."""

    module: str
    records: tuple[RecordView, ...]
    more: bool = False
