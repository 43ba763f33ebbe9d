"""Custom fields of an organization: what is asked, how answers of several forms are read, what is sent to make one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.modules import module
from zbdesk.sync.recognition import candidates
from zbdesk.zoho.errors import NoPermission, UnexpectedAnswer
from zbdesk.zoho.fields import CustomField, FieldReader, spellings

pytestmark = pytest.mark.anyio

ROW = {"field_id": "77", "api_name": "cf_zbdesk_id", "label": "zbdesk ID", "data_type": "string", "is_active": True}


class Client:
    """Answers in order and remembers what was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def _next(self, asked: dict[str, Any]) -> bytes:
        self.asked.append(asked)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    async def get(self, path: str, params: dict[str, str], **_: object) -> bytes:
        """See ``ZohoClient``."""
        assert path == "/settings/fields"
        return self._next(params)

    async def write(self, method: str, path: str, _params: object, body: bytes, **_: object) -> bytes:
        """See ``ZohoClient``."""
        assert (method, path) == ("POST", "/settings/fields")
        return self._next(json.loads(body))


def reader(*answers: Any) -> tuple[FieldReader, Client]:
    """A reader over a client."""
    client, made = Client(*answers), FieldReader()
    made.client = client  # type: ignore[assignment]
    return made, client


def refused(code: str = "2", status: int = 400) -> RejectedError:
    """Zoho does not know the entity."""
    return RejectedError("Refused.", http_status=status, code=code, reason="Invalid value passed for entity")


@pytest.mark.parametrize(
    ("more", "unique"),
    [({"is_unique": True}, True), ({"is_unique": False}, False), ({}, None), ({"is_unique": "yes"}, None)],
)
async def test_whether_it_refuses_duplicates_is_yes_no_or_not_said(more: dict[str, Any], unique: bool | None) -> None:
    """Only a plain answer counts; standard fields are left out."""
    books, _ = reader({"fields": [{"api_name": "reference_number"}, {**ROW, **more}]})
    assert await books.custom_fields(module("invoices")) == [
        CustomField("77", "cf_zbdesk_id", "zbdesk ID", is_text=True, active=True, unique=unique)
    ]


async def test_other_kinds_and_switched_off_ones_are_told_apart() -> None:
    """A number field or one that is off is never taken for ours."""
    rows = [{**ROW, "data_type": "number"}, {**ROW, "is_active": False}]
    books, _ = reader({"fields": rows})
    first, second = await books.custom_fields(module("invoices"))
    assert (first.is_text, second.active) == (False, False)


async def test_the_next_spelling_is_tried_where_zoho_does_not_know_the_first() -> None:
    """How Zoho names payments there is not documented; a permission that is missing is not asked around."""
    books, client = reader(refused(), {"fields": []})
    assert await books.custom_fields(module("customerpayments")) == []
    assert [one["entity"] for one in client.asked] == ["customerpayment", "customer_payment"]
    books, client = reader(refused("57"), {"fields": []})
    with pytest.raises(RejectedError):
        await books.custom_fields(module("customerpayments"))
    assert len(client.asked) == 1


async def test_making_one_sends_what_is_documented_and_reads_what_came_of_it() -> None:
    """Label, type, entity and the three other documented fields; the wish for uniqueness rides along."""
    books, client = reader({"field": {**ROW, "is_unique": True}})
    made = await books.add_custom_field(module("invoices"), "zbdesk ID")
    assert made.unique
    [body] = client.asked
    assert (body["label"], body["data_type"], body["entity"], body["show_on_pdf"]) == (
        "zbdesk ID", "string", "invoice", False,
    )  # fmt: skip


async def test_an_answer_without_the_field_is_looked_up() -> None:
    """The list tells what there is; where even that lacks it, it is said."""
    books, _ = reader({"message": "created"}, {"fields": [ROW]})
    assert (await books.add_custom_field(module("invoices"), "zbdesk ID")).field_id == "77"
    books, _ = reader({"message": "created"}, {"fields": []})
    with pytest.raises(UnexpectedAnswer):
        await books.add_custom_field(module("invoices"), "zbdesk ID")


@pytest.mark.parametrize("answer", [b"<html>", b'{"fields": {}}', b"{}"])
async def test_an_unreadable_answer_is_named(answer: bytes) -> None:
    """A proxy's page is no list of fields."""
    books, _ = reader(answer)
    with pytest.raises(UnexpectedAnswer):
        await books.custom_fields(module("invoices"))


def test_every_module_that_can_have_it_has_a_name_for_zoho() -> None:
    """No list of entities is missing one."""
    for one in candidates():
        assert all(name and not name.endswith("s") for name in spellings(one)), one.name
    assert issubclass(NoPermission, RejectedError)
