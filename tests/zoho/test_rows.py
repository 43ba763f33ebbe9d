"""Answers split into rows."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

from zbdesk.domain.module import Feed, Module, Section
from zbdesk.domain.modules import MODULES
from zbdesk.zoho.errors import UnexpectedAnswer
from zbdesk.zoho.rows import row_reader

from .fakes import dumps, rows_of

INVOICES = Module(
    name="invoices",
    label="Invoices",
    singular="Invoice",
    section=Section.SALES,
    path="/invoices",
    list_keys=("invoices", "invoice_list"),
    detail_keys=("invoice",),
    id_field="invoice_id",
    number_fields=("invoice_number", "name"),
    scope="invoices",
    date_field="date",
    due_date_field="due_date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    balance_field="balance",
    reference_field="reference_number",
)
READER = row_reader(INVOICES)


def page(rows: str, context: str = '{"page":1,"has_more_page":false}') -> bytes:
    """A list answer."""
    return f'{{"code":0,"message":"success","invoices":[{rows}],"page_context":{context}}}'.encode()


def one(**fields: object) -> tuple[object, ...]:
    """The columns of a row with these fields, without id and payload."""
    row = READER.page(page(json.dumps({"invoice_id": "1", **fields}))).rows[0]
    return row[1:-1]


def test_a_row_keeps_its_bytes_and_shows_its_columns() -> None:
    """Typed columns come from the row; the payload is what was sent, blanks and digits included."""
    sent = (
        '{"invoice_id": "982000000567001" ,"invoice_number":"INV-1","date":"2026-06-09","due_date":"",'
        '"customer_name":"Ümlaut & Søn","customer_id":"77","status":"sent","currency_code":"EUR","total":1234.50,'
        '"balance":"0.10","reference_number":"PO 9","last_modified_time":"2026-06-09T13:14:59-0400","x":[1,{"y":2}]}'
    )
    row = READER.page(page(sent)).rows[0]
    assert row.payload == sent.encode()
    assert row[:-1] == (
        "982000000567001",
        "INV-1",
        "2026-06-09",
        None,
        "Ümlaut & Søn",
        "77",
        "sent",
        "EUR",
        1_234_500_000,
        100_000,
        "PO 9",
        1_781_025_299,
    )


def test_ids_keep_all_digits_whatever_type_they_come_in() -> None:
    """Eighteen digits survive as text, given as number or as text."""
    rows = READER.page(page('{"invoice_id":982000000567001123},{"invoice_id":"982000000567001124"}')).rows
    assert [row.remote_id for row in rows] == ["982000000567001123", "982000000567001124"]


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("12", 12_000_000),
        ("12.5", 12_500_000),
        ("-0.5", -500_000),
        ("-12.000001", -12_000_001),
        ("0.0", 0),
        ("1e3", 1_000_000_000),
        ("1.5E2", 150_000_000),
        ('"1234.56"', 1_234_560_000),
        ('""', None),
        ("null", None),
        ("0.0000001", None),
        ("99999999999999999999", None),
        ("1e999999", None),
        ('"twelve"', None),
        ('"NaN"', None),
        ('"١٢"', None),
        ("{}", None),
        ("true", None),
    ],
)
def test_amounts_are_exact_or_absent(literal: str, expected: int | None) -> None:
    """No digit is lost: an amount that millionths cannot hold stays in the payload only."""
    row = READER.page(page(f'{{"invoice_id":"1","total":{literal}}}')).rows[0]
    assert row.total == expected
    assert literal.encode() in row.payload


@pytest.mark.parametrize(
    ("fields", "column", "expected"),
    [
        ({"invoice_number": "", "name": "N"}, 0, "N"),
        ({"invoice_number": 17}, 0, "17"),
        ({"invoice_number": None, "name": None}, 0, None),
        ({"date": "2026-02-30"}, 1, None),
        ({"date": "2026-02-03T10:00:00+0000"}, 1, "2026-02-03"),
        ({"date": "3 Feb 2026"}, 1, None),
        ({"date": 20260203}, 1, None),
        ({"customer_name": ["a"]}, 3, None),
        ({"status": {"a": 1}}, 5, None),
        ({"status": ""}, 5, None),
        ({"reference_number": 12.50}, 9, "12.5"),
        ({"reference_number": True}, 9, None),
        ({"last_modified_time": ""}, 10, None),
        ({"last_modified_time": "2026-06-09T13:14:59"}, 10, None),
        ({"last_modified_time": "2026-06-09T17:14:59Z"}, 10, 1_781_025_299),
        ({"last_modified_time": "2026-06-09T22:44:59+05:30"}, 10, 1_781_025_299),
        ({"last_modified_time": 5}, 10, None),
    ],
)
def test_a_strange_type_empties_one_column_and_loses_no_row(
    fields: dict[str, object], column: int, expected: object
) -> None:
    """Zoho's types are unstable: what cannot be read is absent, everything else stays."""
    columns = one(currency_code="EUR", total="3.00", **fields)
    assert columns[column] == expected
    assert columns[6:8] == ("EUR", 3_000_000)


def test_payload_does_not_keep_the_page_alive() -> None:
    """A kept row is a copy of its own bytes, not a view on the whole page."""
    body = page(json.dumps(rows_of(1)[0]))
    before = sys.getrefcount(body)
    row = READER.page(body).rows[0]
    assert sys.getrefcount(body) == before
    assert type(row.payload) is bytes


def test_duplicates_in_a_page_are_folded() -> None:
    """Zoho may list an invoice once per payment link; the first place counts."""
    rows = READER.page(page('{"invoice_id":"1","status":"a"},{"invoice_id":"2"},{"invoice_id":"1","status":"b"}')).rows
    assert [(row.remote_id, row.status) for row in rows] == [("1", "a"), ("2", None)]


@pytest.mark.parametrize(
    "body",
    [
        b'{"code":0,"message":"success"}',
        b'{"code":0,"invoice":[],"page_context":{}}',
        b'{"code":0,"invoices":null}',
        b'{"code":0,"invoices":{"invoice_id":"1"}}',
        b'{"code":0,"invoices":"none"}',
        b"[]",
        b"<html>",
        b'{"code":0,"invoices":[{"invoice_id":',
        b'\xff{"code":0}',
    ],
)
def test_an_answer_without_the_list_is_never_empty(body: bytes) -> None:
    """No list means an error, since "no records" would look like a deletion of everything."""
    with pytest.raises(UnexpectedAnswer) as caught:
        READER.page(body)
    assert caught.value.subject == "Invoices"
    assert caught.value.message


@pytest.mark.parametrize("row", ['{"invoice_number":"x"}', '{"invoice_id":""}', '{"invoice_id":null}', "3", "null"])
def test_a_row_without_id_is_an_error(row: str) -> None:
    """A row that cannot be kept is not dropped in silence."""
    with pytest.raises(UnexpectedAnswer):
        READER.page(page(row))


def test_any_known_spelling_of_the_list_is_taken() -> None:
    """Zoho's documents and its answers differ; an empty list under a known name is empty."""
    assert READER.page(b'{"code":0,"invoice_list":[{"invoice_id":"1"}]}').rows[0].remote_id == "1"
    assert READER.page(b'{"code":0,"invoice_list":[],"page_context":{"has_more_page":false}}').rows == []


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ('{"has_more_page":true,"sort_column":"date","applied_filter":"Status.All"}', (True, "date", "Status.All")),
        ('{"has_more_page":"true"}', (True, None, None)),
        ('{"has_more_page":"false","sort_column":""}', (False, None, None)),
        ('{"has_more_page":1}', (True, None, None)),
        ("{}", (False, None, None)),
        ("null", (False, None, None)),
        ("[]", (False, None, None)),
    ],
)
def test_the_echo_of_the_page_is_handed_on(context: str, expected: tuple[object, ...]) -> None:
    """What Zoho really did stands in page_context; its types are as unstable as any."""
    assert READER.page(page('{"invoice_id":"1"}', context))[1:] == expected


def test_a_full_page_without_context_may_have_a_successor() -> None:
    """Without page_context only a page that is not full is surely the last, but a settings list is always whole."""
    full = dumps({"code": 0, "invoices": rows_of(200)})
    short = dumps({"code": 0, "invoices": rows_of(199)})
    whole = row_reader(replace(INVOICES, feed=Feed.WHOLE))
    assert READER.page(full).has_more
    assert not READER.page(short).has_more
    assert not whole.page(full).has_more


def test_a_settings_answer_may_be_one_object() -> None:
    """Opening balances come as a single object where others send a list."""
    whole = row_reader(replace(INVOICES, feed=Feed.WHOLE))
    assert [row.remote_id for row in whole.page(b'{"code":0,"invoices":{"invoice_id":"5"}}').rows] == ["5"]


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        (b'{"code":0,"invoice":{"invoice_id":"1","total":1.50}}', b'{"invoice_id":"1","total":1.50}'),
        (b'{"code":0,"invoice":[{"invoice_id":"1"}]}', b'{"invoice_id":"1"}'),
        (b'{"code":0,"message":"ok","invoice_id":"1","total":1.50}', b'{"invoice_id":"1","total":1.50}'),
        (b'{"code":0,"data":{"invoice_id":"1"},"other":{"x":1}}', b'{"invoice_id":"1"}'),
    ],
)
def test_the_detail_is_found_wherever_zoho_put_it(body: bytes, payload: bytes) -> None:
    """Under its key, in a list of one, at the top level (vendor payments), or as the only object with the id."""
    row, sent = READER.detail(body)
    assert row.remote_id == "1"
    assert sent == payload == row.payload


@pytest.mark.parametrize(
    "body",
    [
        b'{"code":0,"message":"success"}',
        b'{"code":0,"a":{"invoice_id":"1"},"b":{"invoice_id":"2"}}',
        b'{"code":0,"invoice":[]}',
        b'{"code":0,"invoice":{"number":"1"}}',
        b"<html>",
    ],
)
def test_a_detail_that_is_not_there_is_an_error(body: bytes) -> None:
    """An ambiguous or missing node is never guessed at."""
    with pytest.raises(UnexpectedAnswer):
        READER.detail(body)


@pytest.mark.parametrize("module", MODULES.values(), ids=lambda module: module.name)
def test_every_module_of_the_catalogue_can_be_read(module: Module) -> None:
    """A reader can be made of each declaration, and finds its id and number."""
    fields = {
        module.id_field: "9001",
        **{name: f"N-{name}" for name in module.number_fields if name != module.id_field},
    }
    if module.list_keys:
        result = row_reader(module).page(dumps({"code": 0, module.list_keys[-1]: [fields]}))
        assert result.rows[0].remote_id == "9001"
    if module.detail_keys:
        row, _ = row_reader(module).detail(dumps({"code": 0, module.detail_keys[0]: fields}))
        assert row.remote_id == "9001"


@pytest.mark.parametrize(
    ("flag", "status"),
    [
        ("true", "active"),
        ("false", "inactive"),
        ('"true"', "active"),
        ('"false"', "inactive"),
        ('""', None),
        ("7", None),
    ],
)
def test_a_flag_reads_as_a_status(flag: str, status: str | None) -> None:
    """Accounts have ``is_active`` where others have a status; tables show the same words for both."""
    body = f'{{"code":0,"chartofaccounts":[{{"account_id":"1","account_name":"Cash","is_active":{flag}}}]}}'
    assert row_reader(MODULES["chartofaccounts"]).page(body.encode()).rows[0].status == status
