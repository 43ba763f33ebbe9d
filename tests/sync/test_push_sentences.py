"""The diary's sentences of a push, as people read them."""

from __future__ import annotations

from zbdesk.domain.modules import MODULES
from zbdesk.sync import push_texts


def test_fields_are_named_as_words_and_not_as_zoho_spells_them() -> None:
    """A conflict and what was taken over name their fields without underscores."""
    invoices = MODULES["invoices"]
    said = push_texts.conflict(invoices, "due_date, reference_number")
    assert said == "Invoice was changed here and in Zoho Books: due date, reference number."
    assert push_texts.adopted(invoices, ["due_date"], None).endswith("taken over here: due date.")
    assert push_texts.adopted(invoices, [], "sent").endswith("taken over here: status sent.")
