"""Lists: pages, orders, filters, and what ``page_context`` says of them."""

from __future__ import annotations

import pytest

from zbdesk.demo import faces
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer
from zbdesk.domain.module import Feed
from zbdesk.domain.modules import MODULES

from .caller import Caller

LISTED = [name for name, module in MODULES.items() if module.feed is not Feed.NESTED]


def pages(reader: Caller, path: str, key: str, **params: object) -> list[dict[str, object]]:
    """All rows, page by page."""
    out: list[dict[str, object]] = []
    page = 1
    while True:
        answer = reader.get(path, page=page, **params).json()
        out += answer[key]
        if not answer["page_context"]["has_more_page"]:
            return out
        page += 1


@pytest.mark.parametrize("name", LISTED)
def test_every_module_is_listed_as_declared(reader: Caller, name: str) -> None:
    """Every list answers under a declared key with the declared id in every row."""
    module = MODULES[name]
    answer = reader.get(module.path, **dict(module.list_params)).json()
    assert answer["code"] == 0
    key = next(key for key in module.list_keys if key in answer)
    rows = answer[key] if isinstance(answer[key], list) else [answer[key]]
    assert rows
    assert all(row[module.id_field] for row in rows)
    assert ("page_context" in answer) is faces.FACES[name].paged


@pytest.mark.parametrize("name", [n for n in LISTED if faces.FACES[n].has_detail and n != "creditnote_refunds"])
def test_every_detail_answers_as_declared(reader: Caller, name: str) -> None:
    """The detail stands under a declared key and holds all of the row."""
    module = MODULES[name]
    row = reader.org.all(name)[0]
    answer = reader.get(module.item_path(row[module.id_field])).json()
    detail = answer[next(key for key in module.detail_keys if key in answer)]
    lost = {"applied_invoices"} if name == "customerpayments" else set()
    assert set(row) - set(detail) - lost - {"last_modified_time", "created_time"} == set()


@pytest.mark.parametrize("name", ["contact_persons", "exchange_rates", "tasks"])
def test_nested_lists_belong_to_their_parent(reader: Caller, name: str) -> None:
    """A nested list holds the records of its parent, all of them and no others."""
    module, face = MODULES[name], faces.FACES[name]
    record = next(iter(reader.org[name]))
    parent = record.get(face.parent_field)
    answer = reader.get(module.path.replace("{parent_id}", parent)).json()
    wanted = {one.id for one in reader.org[name] if one.get(face.parent_field) == parent}
    assert {row[module.id_field] for row in answer[face.list_key]} == wanted
    one = reader.get(module.item_path(record.id, parent)).json()
    assert one[face.detail_key][module.id_field] == record.id


def test_pages_hold_every_record_once(reader: Caller) -> None:
    """Page by page every record comes, and none twice."""
    rows = pages(reader, "/invoices", "invoices", per_page=17)
    assert sorted(str(row["invoice_id"]) for row in rows) == sorted(reader.org.ids("invoices"))


def test_page_size_has_a_limit(reader: Caller) -> None:
    """More than 200 rows a page are not to be had."""
    assert reader.get("/invoices", per_page=1000).json()["page_context"]["per_page"] == 200
    assert reader.get("/invoices", per_page="many").status_code == 400


def test_page_beyond_the_end_is_empty(reader: Caller) -> None:
    """A page that does not exist is an empty list, not an error."""
    answer = reader.get("/invoices", page=99).json()
    assert (answer["invoices"], answer["page_context"]["has_more_page"]) == ([], False)


def test_newest_first_is_honoured_and_echoed(reader: Caller) -> None:
    """A sort that was seen to work is echoed, and the rows obey."""
    answer = reader.get("/invoices", sort_column="last_modified_time", sort_order="D").json()
    stamps = [row["last_modified_time"] for row in answer["invoices"]]
    assert answer["page_context"]["sort_column"] == "last_modified_time"
    assert stamps == sorted(stamps, reverse=True)


def test_unknown_sort_is_not_echoed(reader: Caller) -> None:
    """A sort that Zoho does not know leaves the usual order, and the echo says so."""
    context = reader.get("/creditnotes", sort_column="last_modified_time", sort_order="D").json()["page_context"]
    assert context["sort_column"] == "created_time"


@pytest.mark.parametrize(
    ("echo", "column"), [("documented", "created_time"), ("all", "last_modified_time"), ("seen", "last_modified_time")]
)
def test_echo_is_an_option(echo: str, column: str) -> None:
    """The server can be strict about undocumented sorts, or generous."""
    with DemoServer(DemoOptions(echo_sort=echo)) as server:  # type: ignore[arg-type]
        one = Caller(server)
        assert one.get("/invoices", sort_column="last_modified_time").json()["page_context"]["sort_column"] == column
        one.http.close()


def test_inactive_accounts_hide_behind_the_default_filter(reader: Caller) -> None:
    """Without a filter the chart of accounts shows active ones only, and says so."""
    usual = reader.get("/chartofaccounts").json()
    everything = reader.get("/chartofaccounts", filter_by="AccountType.All").json()
    assert usual["page_context"]["applied_filter"] == "AccountType.Active"
    assert len(usual["chartofaccounts"]) < len(everything["chartofaccounts"]) == len(reader.org["chartofaccounts"])


def test_status_view(reader: Caller) -> None:
    """A status view holds that status and no other."""
    rows = reader.get("/invoices", filter_by="Status.Overdue").json()["invoices"]
    assert rows
    assert {row["status"] for row in rows} == {"overdue"}


def test_unknown_filter_is_ignored(reader: Caller) -> None:
    """A misspelt filter brings everything, without a word."""
    assert len(reader.get("/invoices", last_modified_time_start="2026-11-19").json()["invoices"]) == len(
        reader.org["invoices"]
    )


def test_documented_filters_filter(reader: Caller) -> None:
    """Number, party, date and amount filters do what their names say."""
    row = reader.org.all("invoices")[3]
    exact = reader.get("/invoices", invoice_number=row["invoice_number"]).json()["invoices"]
    assert [one["invoice_id"] for one in exact] == [row["invoice_id"]]
    after = reader.get("/invoices", date_start=row["date"]).json()["invoices"]
    assert after
    assert all(one["date"] >= row["date"] for one in after)
    large = reader.get("/invoices", total_greater_than=row["total"]).json()["invoices"]
    assert all(one["total"] > row["total"] for one in large)
    assert len(large) == sum(one["total"] > row["total"] for one in reader.org.all("invoices"))


@pytest.mark.parametrize(
    "text", ["2026-09-20T00:00:00Z", "2026-09-20T00:00:00+00:00", "2026-09-20T00:00:00.000+0000", "2026-09-20"]
)
def test_only_one_form_of_stamp_is_taken(reader: Caller, text: str) -> None:
    """A stamp in any other form is refused with code 2."""
    answer = reader.get("/invoices", last_modified_time=text)
    assert (answer.status_code, answer.json()["code"]) == (400, 2)


def test_modified_filter_differs_from_module_to_module(reader: Caller) -> None:
    """Invoices take it as since, journals as that day, contacts do not filter at all."""
    stamp = "2026-09-20T00:00:00+0000"
    since = reader.get("/invoices", last_modified_time=stamp).json()["invoices"]
    assert 0 < len(since) < len(reader.org["invoices"])
    assert len(reader.get("/contacts", last_modified_time=stamp).json()["contacts"]) == len(reader.org["contacts"])
    days = {
        row["last_modified_time"][:10] for row in reader.get("/journals", last_modified_time=stamp).json()["journals"]
    }
    assert days <= {"2026-09-20"}


def test_count_of_invoices_in_one_call(reader: Caller) -> None:
    """Response option 2 counts without rows."""
    answer = reader.get("/invoices", response_option=2).json()
    assert "invoices" not in answer
    assert answer["page_context"]["total"] == len(reader.org["invoices"])


def test_rows_lack_what_only_details_have(reader: Caller) -> None:
    """List rows carry no lines, and a payment's detail no stamp."""
    assert "line_items" not in reader.org.all("invoices")[0]
    payment = reader.org.all("customerpayments")[0]
    assert payment["last_modified_time"]
    assert "last_modified_time" not in reader.org.get("customerpayments", payment["payment_id"])


def test_stamps_in_the_organizations_zone(reader: Caller) -> None:
    """Stamps carry the organization's offset without a colon."""
    assert reader.org.all("invoices")[0]["last_modified_time"].endswith("+0530")


def test_amounts_are_numbers_as_written(reader: Caller) -> None:
    """Amounts are JSON numbers with the digits of their currency."""
    text = reader.get("/invoices", per_page=5).text
    assert '"total":"' not in text
    assert '"total":' in text


def test_debit_notes_share_the_invoices_address(reader: Caller) -> None:
    """Debit notes are asked for by type, and never among the invoices."""
    notes = reader.get("/invoices", filter_by="Type.DebitNote").json()["debit_notes"]
    assert {note["invoice_id"] for note in notes} == set(reader.org.ids("debit_notes"))


def test_catalogue_and_faces_agree() -> None:
    """What the demo serves is what the catalogue declares."""
    for name, module in MODULES.items():
        face = faces.FACES[name]
        assert (face.path, face.id_field, face.scope) == (module.path, module.id_field, module.scope), name
        assert face.list_key in (module.list_keys or (face.list_key,)), name
        assert face.detail_key in module.detail_keys, name
        assert set(face.seen) == set(module.sorts_seen), name
