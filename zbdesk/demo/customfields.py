"""Custom fields as an organization has set them up, module by module."""

from __future__ import annotations

from dataclasses import dataclass

from zbdesk.demo.collection import Fields


@dataclass(frozen=True, slots=True)
class CustomField:
    """One field; ``unique`` refuses a value twice."""

    customfield_id: str
    api_name: str
    label: str
    unique: bool
    index: int

    def shown(self, value: object) -> Fields:
        """As records carry it."""
        return {
            "customfield_id": self.customfield_id,
            "api_name": self.api_name,
            "label": self.label,
            "index": self.index,
            "data_type": "string",
            "show_on_pdf": False,
            "value": value,
            "value_formatted": str(value),
        }
