"""The questions that are asked for each module, and the answers as values."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from zbdesk.domain.module import Feed
from zbdesk.domain.modules import module
from zbdesk.zoho import resources
from zbdesk.zoho.errors import NotFound, UnexpectedAnswer
from zbdesk.zoho.limits import Priority

from .fakes import Books, bad, good, rows_of

pytestmark = pytest.mark.anyio

INVOICES = replace(module("invoices"), list_params=(("filter_by", "Status.All"),))


def asked(books: Books) -> dict[str, str]:
    """The last question, without the organization."""
    params = dict(books.requests[-1].url.params)
    params.pop("organization_id")
    return params


async def test_a_page_is_asked_for_by_number_filter_and_sort() -> None:
    """The default filter is switched off explicitly, and the echo comes back with the rows."""
    context = {"has_more_page": True, "sort_column": "date", "applied_filter": "Status.All"}
    books = Books(lambda _: good(invoices=rows_of(2), page_context=context))
    page = await resources.Books(books.client).list_page(
        INVOICES, 3, sort="last_modified_time", order="D", extra=[("date_start", "2026-01-01")]
    )
    assert books.requests[0].url.path == "/books/v3/invoices"
    assert asked(books) == {
        "filter_by": "Status.All",
        "page": "3",
        "per_page": "200",
        "sort_column": "last_modified_time",
        "sort_order": "D",
        "date_start": "2026-01-01",
    }
    assert (len(page.rows), page.has_more, page.sort_column, page.applied_filter) == (2, True, "date", "Status.All")


async def test_settings_lists_come_whole() -> None:
    """No page is asked for, and no page_context is needed."""
    taxes = replace(module("taxes"), feed=Feed.WHOLE, list_params=())
    books = Books(lambda _: good(taxes=[{"tax_id": "1"}]))
    page = await resources.Books(books.client).list_page(taxes, 1)
    assert asked(books) == {}
    assert not page.has_more
    await resources.Books(books.client).list_page(taxes, 2)
    assert asked(books)["page"] == "2"


async def test_a_nested_list_is_asked_for_under_its_parent() -> None:
    """The parent's id stands in the path; without it the question makes no sense."""
    persons = module("contact_persons")
    books = Books(lambda _: good(contact_persons=[{"contact_person_id": "9"}]))
    reader = resources.Books(books.client)
    assert (await reader.list_page(persons, 1, parent_id="77")).rows[0].remote_id == "9"
    assert "77" in books.requests[0].url.path
    with pytest.raises(ValueError, match="contact"):
        await reader.list_page(persons, 1)


async def test_a_detail_is_the_records_own_bytes() -> None:
    """Its path from the declaration, its bytes from the answer."""
    books = Books(lambda _: httpx.Response(200, content=b'{"code":0,"invoice":{"invoice_id":"5","total":1.50}}'))
    row, payload = await resources.Books(books.client).detail(INVOICES, "5", priority=Priority.USER)
    assert books.requests[0].url.path == "/books/v3/invoices/5"
    assert payload == b'{"invoice_id":"5","total":1.50}'
    assert row.total == 1_500_000


async def test_a_record_that_is_gone_says_so() -> None:
    """404 with Zoho's code is the proof that a deletion needs."""
    books = Books(lambda _: bad(404, 1002, "Invoice does not exist."))
    with pytest.raises(NotFound):
        await resources.Books(books.client).detail(INVOICES, "5")
    assert resources.Books(books.client).calls == 1


async def test_organizations_are_read_whatever_types_they_come_in() -> None:
    """Ids as numbers, months as words or numbers, activity as text: all seen live."""
    rows = [
        {
            "organization_id": 10229182,
            "name": "Zillium",
            "country": "U.S.A",
            "currency_code": "USD",
            "time_zone": "PST",
            "fiscal_year_start_month": "april",
            "plan_name": "PROFESSIONAL",
            "version": "us",
            "is_org_active": "false",
            "tax_id_value": None,
        },
        {"organization_id": "2", "name": "Zwei", "plan_type": 130, "fiscal_year_start_month": 0, "is_org_active": True},
        {"name": "without an id"},
    ]
    books = Books(lambda _: good(organizations=rows))
    first, second = await resources.Books(books.client).organizations()
    assert (first.organization_id, first.name, first.plan, first.edition) == (
        "10229182",
        "Zillium",
        "PROFESSIONAL",
        "us",
    )
    assert (first.time_zone, first.fiscal_year_start_month, first.active) == ("PST", "april", False)
    assert (second.organization_id, second.plan, second.time_zone, second.active) == ("2", "130", "UTC", True)
    assert "organization_id" not in books.requests[0].url.params


@pytest.mark.parametrize("body", [{}, {"organizations": None}, {"organizations": {}}])
async def test_an_answer_without_organizations_is_an_error(body: dict[str, object]) -> None:
    """Never "you have none"."""
    books = Books(lambda _: good(**body))
    with pytest.raises(UnexpectedAnswer):
        await resources.Books(books.client).organizations()


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ({"page_context": {"total": 5012}}, 5012),
        ({"page_context": {"total_count": "17"}}, 17),
        ({"page_context": {"count": 0}}, 0),
        ({"total_count": 12}, 12),
        ({"page_context": {"response_option": 2}}, None),
        ({"invoices": rows_of(3), "page_context": {"has_more_page": False}}, 3),
        ({"invoices": rows_of(200), "page_context": {"has_more_page": True}}, None),
        ({"invoices": [], "page_context": {"has_more_page": False}}, None),
        ({"page_context": {"total": True}}, None),
        ({"page_context": []}, None),
        ({}, None),
    ],
)
async def test_a_count_is_taken_where_zoho_tells_one(nodes: dict[str, object], expected: int | None) -> None:
    """One call; None where the answer does not say, never a guess."""
    books = Books(lambda _: good(**nodes))
    assert await resources.Books(books.client).count(INVOICES) == expected
    assert asked(books)["response_option"] == "2"
    assert books.client.calls == 1


async def test_unreadable_organizations_are_an_error() -> None:
    """An answer that only begins well is not "no organizations"."""
    books = Books(lambda _: httpx.Response(200, content=b'{"code":0,"organizations":[{]}'))
    with pytest.raises(UnexpectedAnswer):
        await resources.Books(books.client).organizations()
