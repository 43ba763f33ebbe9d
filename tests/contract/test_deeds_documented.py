"""Deeds below a record against Zoho's own description: calls, lists, ids and bodies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.contract.test_catalogue import FILES, Document, documents
from zbdesk.domain.modules import MODULES
from zbdesk.sync import deeds
from zbdesk.sync.deeds import APPLY, Deed

__all__ = ["documents"]

CASES = [(name, word) for name in MODULES for word in deeds.words_of(MODULES[name])]


def test_there_are_deeds_to_look_at() -> None:
    """The table below is not empty by accident."""
    assert len(CASES) == 6


@pytest.mark.parametrize(("name", "word"), CASES)
def test_a_deed_is_a_documented_call_with_documented_fields(
    name: str, word: str, documents: Mapping[str, Document]
) -> None:
    """Each body holds only fields that Zoho documents, and all that it requires."""
    module, document = MODULES[name], documents[FILES[name]]
    shape = deeds.shape_of(module, word)
    assert shape is not None
    action = next(one for one in module.actions if one.name == shape.action)
    operation = document.find(action.method.lower(), f"{module.path}/{{id}}/{action.suffix}")
    assert operation is not None
    more = (
        {} if word == APPLY else {"date": "2026-11-20", "refund_mode": "cash", "description": "x", "exchange_rate": "2"}
    )
    body = deeds.body(module, Deed(word, Decimal(1), {"id": "7"}, "k", more), "7")
    if word == APPLY:
        [(listed, parts)] = body.items()
        assert set(parts[0]) <= set(document.properties(operation.fields[listed]))
    else:
        assert set(body) <= set(operation.fields)


@pytest.mark.parametrize(("name", "word"), CASES)
def test_what_stands_below_is_read_as_documented(name: str, word: str, documents: Mapping[str, Document]) -> None:
    """The list below the record is a documented call, and its node and ids are those that are looked for."""
    module, document = MODULES[name], documents[FILES[name]]
    shape = deeds.shape_of(module, word)
    assert shape is not None
    operation = document.find("get", f"{module.path}/{{id}}/{shape.below}")
    assert operation is not None
    [node] = [value for key, value in operation.answered.items() if key in shape.list_keys]
    fields = set(document.properties(node))
    assert shape.entry_id in fields
    if word == APPLY:
        assert shape.field in fields
    else:
        assert "reference_number" in fields
