"""From an entry of a form to its input, and from the input back to the document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.inputs import (
    AmountInput,
    ChoiceInput,
    DateInput,
    FlagInput,
    Input,
    LongInput,
    ReferenceInput,
    WordsInput,
)
from zbdesk.ui.editing.labels import field_label
from zbdesk.ui.editing.layouts import Entry
from zbdesk.ui.formats import Formats


class Maker:
    """Makes inputs. ``names``: what referenced records are called; ``currency``: of the document's amounts."""

    def __init__(
        self, bridge: Bridge, formats: Formats, today: date, *, currency: str | None, names: Mapping[str, str]
    ) -> None:
        self.bridge, self.formats, self.today = bridge, formats, today
        self.currency, self.names = currency, names

    def make(self, entry: Entry, document: Mapping[str, object]) -> Input:
        """The input of one entry, showing what the document holds."""
        found = self._empty(entry)
        value = shown_value(document, entry)
        if isinstance(found, ReferenceInput):
            self._show_reference(found, entry, value, document)
        elif value is not None:
            found.set_value(value)
        return found

    def _empty(self, entry: Entry) -> Input:  # noqa: PLR0911 - one return a kind
        match entry.kind:
            case "long":
                return LongInput()
            case "money":
                # Prices may have more decimals than amounts.
                is_price = entry.name in {"rate", "purchase_rate"}
                return AmountInput(self.formats, None if is_price else self.currency)
            case "number":
                return AmountInput(self.formats, places=6)
            case "date":
                return DateInput(self.formats, self.today)
            case "flag":
                return FlagInput(field_label(entry.name))
            case "choice":
                translate = QCoreApplication.translate
                choices = tuple((translate("Choices", word), value) for value, word in entry.choices)
                return ChoiceInput(choices, field_label(entry.name))
            case "reference":
                return ReferenceInput(self.bridge, entry.module)
            case _:
                return WordsInput()

    def _show_reference(
        self, found: ReferenceInput, entry: Entry, value: object, document: Mapping[str, object]
    ) -> None:
        if value is None or value == "":
            return
        if isinstance(value, Mapping):
            local = value.get("local_id")
            name = next((str(shown) for key, shown in value.items() if key != "local_id"), "") or str(local or "")
            found.show_record(None, self.names.get(str(local), name), str(local) if local else name)
            return
        key = str(value)
        plain = entry.name.removesuffix("_id")
        name = self.names.get(key) or str(document.get(f"{plain}_name") or document.get("name") or key)
        found.show_record(key, name)


def value_of(widget: QWidget) -> object:
    """What an input holds."""
    return getattr(widget, "value", None)


def shown_value(document: Mapping[str, object], entry: Entry) -> object:
    """What the document has for an entry: a reference stands under its id or, without ``_id``, as an object."""
    value = document.get(entry.name)
    if value is None and entry.kind == "reference":
        return document.get(entry.name.removesuffix("_id"))
    return value


def store_value(document: dict[str, object], entry: Entry, value: object) -> None:
    """Put a value where the document form wants it; an emptied field stays as None where it was."""
    if entry.kind == "reference":
        bare = entry.name.removesuffix("_id")
        if isinstance(value, Mapping):
            document.pop(entry.name, None)
            document[bare] = dict(value)
            return
        document.pop(bare, None)
    if value is None and entry.name not in document:
        return
    document[entry.name] = value
