"""List calls: which rows, in which order, which page, and what ``page_context`` says was done.

What Zoho does not know it ignores without a word: unknown parameters, and sort columns outside the documented ones.
The echo in ``page_context`` is therefore the only proof, here as there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from zbdesk.demo import answers, faces
from zbdesk.demo.collection import Fields, Record
from zbdesk.demo.figures import amount
from zbdesk.domain.modules import MODULES

if TYPE_CHECKING:
    from zbdesk.demo.faces import Face
    from zbdesk.demo.options import DemoOptions
    from zbdesk.demo.organization import Organization

Params = Mapping[str, str]
Test = Callable[[Record], bool]

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = frozenset(
    {
        "page",
        "per_page",
        "sort_column",
        "sort_order",
        "filter_by",
        "organization_id",
        "response_option",
        "last_modified_time",
    }
)
_DATE_FIELDS = frozenset(
    {"date", "due_date", "expiry_date", "shipment_date", "delivery_date", "journal_date", "start_date", "end_date"}
)
_AMOUNT_FIELDS = frozenset({"total", "balance", "amount", "rate"})
_VIEWS: Mapping[str, tuple[str, frozenset[str]]] = {
    "unpaid": ("status", frozenset({"sent", "overdue", "partially_paid", "open"})),
    "customers": ("contact_type", frozenset({"customer"})),
    "vendors": ("contact_type", frozenset({"vendor"})),
    "viewed": ("is_viewed_by_client", frozenset({"true"})),
}
_EVERYTHING = frozenset({"all", "crm", "duplicate"})


class Mangle(NamedTuple):
    """What a fault does to one list answer."""

    duplicate: bool = False
    keyless: bool = False
    empty: bool = False


AS_IS = Mangle()


def page(  # noqa: PLR0917 - the request, taken apart
    org: Organization, face: Face, params: Params, options: DemoOptions, parent_id: str | None, mangle: Mangle
) -> bytes:
    """One list answer, encoded. Raises ``Refusal`` for parameters that cannot be read."""
    number = _count(params, "page", 1)
    per_page = min(_count(params, "per_page", face.usual), face.most)
    sort, descending = _order(face, params, options)
    tests, key, applied = _tests(org, face, params, options, parent_id)
    module = face.name
    collection = org[module]

    def make() -> list[Record]:
        chosen = [record for record in collection if all(test(record) for test in tests)] if tests else list(collection)
        chosen.sort(key=lambda record: _sort_key(module, record, sort), reverse=descending)
        return chosen

    records = collection.ordered((sort, descending, key), make)
    start = (number - 1) * per_page if face.paged else 0
    part = records[start : start + per_page] if face.paged else records
    rows = [] if mangle.empty else [faces.row_bytes(org, module, record) for record in part]
    if mangle.duplicate and rows:
        rows.insert(len(rows) // 2, rows[0])
    if module == "opening_balances":
        return answers.success(face.list_key, faces.row(org, module, part[0]) if part else {})
    context: Fields = {
        "page": number,
        "per_page": per_page,
        "has_more_page": face.paged and start + per_page < len(records) and not mangle.empty,
        "report_name": face.list_key.replace("_", " ").title(),
        "applied_filter": applied,
        "custom_fields": [],
        "sort_column": sort,
        "sort_order": "D" if descending else "A",
    }
    return _assembled(face, rows, context, _sums(module, records, params), keyless=mangle.keyless)


def _assembled(face: Face, rows: list[bytes], context: Fields, sums: Fields | None, *, keyless: bool) -> bytes:
    """The encoded answer; rows go in as the bytes they are."""
    parts = [b'{"code":0,"message":"success"']
    with_rows = sums is None or sums.pop("_rows")
    if with_rows and not keyless:
        parts.append(b',"' + face.list_key.encode() + b'":[' + b",".join(rows) + b"]")
    if face.paged:
        if sums is not None:
            context = {**context, **sums}
        parts.append(b',"page_context":' + faces.encode(context))
    parts.append(b"}")
    return b"".join(parts)


def _sums(module: str, records: list[Record], params: Params) -> Fields | None:
    """``response_option`` of invoices: 0 rows, 1 rows, count and sums, 2 count, 3 count and sums, 4 rows and sums."""
    option = params.get("response_option", "")
    if module not in ("invoices", "debit_notes") or option in ("", "0"):
        return None
    if option not in {"1", "2", "3", "4"}:
        raise answers.invalid_parameter("response_option")
    out: Fields = {"_rows": option in "14", "response_option": int(option)}
    if option in "123":
        out["total"] = len(records)
    if option in "134":
        for name in ("total", "balance"):
            out[f"sum_{name}"] = sum((record.fields.get(name) or Decimal(0) for record in records), Decimal(0))
    return out


def _count(params: Params, name: str, usual: int) -> int:
    text = params.get(name, "")
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise answers.invalid_parameter(name)
    return int(text)


def _order(face: Face, params: Params, options: DemoOptions) -> tuple[str, bool]:
    """The honoured order; an unknown column leaves the module's own order, silently."""
    wanted = params.get("sort_column", "")
    known = face.sorts if options.echo_sort == "documented" else face.sorts + face.seen
    honoured = wanted in known or (options.echo_sort == "all" and bool(wanted))
    sort = wanted if honoured else face.sort
    given = params.get("sort_order", "").upper()
    if given[:1] in ("A", "D") and (honoured or not wanted):
        return sort, given.startswith("D")
    return sort, face.descending if not honoured else False


def _sort_key(module: str, record: Record, name: str) -> tuple[int, Any, str]:
    value = faces.value_of(module, record, "invoice_number" if name == "debit_note_number" else name)
    if isinstance(value, str):
        return (1, value.casefold(), record.id)
    return (0, value if isinstance(value, (int, Decimal)) else 0, record.id)


def _tests(
    org: Organization, face: Face, params: Params, options: DemoOptions, parent_id: str | None
) -> tuple[list[Test], tuple[str, ...], str]:
    """Conditions on a record, a key that names them all, and the filter to echo."""
    tests: list[Test] = []
    key: list[str] = []
    if parent_id is not None and face.parent:
        tests.append(lambda record: record.fields.get(face.parent_field) == parent_id)
        key.append(f"parent={parent_id}")
    applied = _filter_by(face, params.get("filter_by", ""), tests, key)
    if (moment := params.get("last_modified_time", "")) != "":
        _modified(org, face, moment, options, tests, key)
    documented = MODULES[face.name].filters
    for name, value in params.items():
        if name in _PLAIN or value == "":
            continue
        test = _field_test(face, name, value, documented)
        if test is not None:
            tests.append(test)
            key.append(f"{name}={value}")
    return tests, tuple(sorted(key)), applied


def _filter_by(face: Face, wanted: str, tests: list[Test], key: list[str]) -> str:
    """The view: without one, the module's default, which may hide inactive records."""
    prefix, dot, view = wanted.partition(".")
    if wanted and not (dot and view and prefix):
        raise answers.invalid_parameter("filter_by")
    if face.hidden is not None and (not wanted or wanted == face.filter_name):
        name, value = face.hidden
        tests.append(lambda record: record.fields.get(name, not value) != value)
        key.append("default")
        return face.filter_name
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", view).lower()
    if not wanted or word in _EVERYTHING or prefix not in ("Status", "AccountType", "Taxes"):
        return wanted or face.filter_name
    if word == "inactive" and face.hidden is not None:
        name, value = face.hidden
        tests.append(lambda record: record.fields.get(name, not value) == value)
    elif prefix == "AccountType":
        tests.append(lambda record: word in str(record.fields.get("account_type", "")))
    else:
        field, values = _VIEWS.get(word, ("status", frozenset({word})))
        tests.append(lambda record: str(record.fields.get(field, "")).lower() in values)
    key.append(wanted)
    return wanted


def _modified(  # noqa: PLR0917 - as above
    org: Organization, face: Face, text: str, options: DemoOptions, tests: list[Test], key: list[str]
) -> None:
    """``last_modified_time``: only the ``+0000`` form is read; what it then does differs from module to module."""
    if not _STAMP.fullmatch(text):
        raise answers.invalid_parameter("last_modified_time")
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    seconds = int(moment.timestamp())
    match options.modified_filter.get(face.name, face.modified):
        case "since":
            tests.append(lambda record: record.modified >= seconds)
        case "exact":
            tests.append(lambda record: record.modified == seconds)
        case "date":
            day = moment.astimezone(org.zone).date()
            tests.append(lambda record: datetime.fromtimestamp(record.modified, org.zone).date() == day)
        case "ignored":
            return
    key.append(text)


def _field_test(face: Face, name: str, value: str, documented: Iterable[str]) -> Test | None:  # noqa: PLR0911
    """The condition of one documented filter, or None for what is not known here."""
    if name == "search_text":
        return _search(face, value)
    base, variant = _split(name, documented)
    if base is None:
        return None
    if base in _DATE_FIELDS:
        return _date_test(base if face.name != "journals" else "journal_date", variant, value)
    if base in _AMOUNT_FIELDS:
        return _amount_test(base, variant, value, name)
    field = "email" if base == "email" else base
    folded = value.casefold()

    def text(record: Record) -> str:
        return str(record.fields.get(field, "")).casefold()

    if variant == "startswith":
        return lambda record: text(record).startswith(folded)
    if variant == "contains":
        return lambda record: folded in text(record)
    return lambda record: text(record) == folded


_TEXT_VARIANTS = ("startswith", "contains")
_VARIANTS = (
    "startswith",
    "contains",
    "start",
    "end",
    "before",
    "after",
    "less_than",
    "less_equals",
    "greater_than",
    "greater_equals",
)


def _split(name: str, documented: Iterable[str]) -> tuple[str | None, str]:
    """``date_start`` into (``date``, ``start``) where ``date`` or the whole is documented."""
    known = set(documented)
    if name in known:
        for variant in _VARIANTS:
            base = name.removesuffix(f"_{variant}")
            if base != name and base in _DATE_FIELDS | _AMOUNT_FIELDS:
                return base, variant
        return name, ""
    for variant in sorted(_VARIANTS, key=len, reverse=True):
        base = name.removesuffix(f"_{variant}")
        fits = variant in _TEXT_VARIANTS or base in _DATE_FIELDS | _AMOUNT_FIELDS
        if base != name and base in known and fits:
            return base, variant
    return None, ""


def _date_test(field: str, variant: str, value: str) -> Test:
    if not _DAY.fullmatch(value):
        raise answers.invalid_parameter(f"{field}_{variant}" if variant else field)

    def day(record: Record) -> str:
        return str(record.fields.get(field, ""))

    match variant:
        case "start":
            return lambda record: day(record) >= value
        case "end":
            return lambda record: day(record) <= value
        case "before":
            return lambda record: day(record) < value
        case "after":
            return lambda record: day(record) > value
        case _:
            return lambda record: day(record) == value


def _amount_test(field: str, variant: str, value: str, name: str) -> Test:
    try:
        limit = amount(value)
    except ValueError:
        raise answers.invalid_parameter(name) from None

    def given(record: Record) -> Decimal:
        return amount(record.fields.get(field))

    match variant:
        case "less_than":
            return lambda record: given(record) < limit
        case "less_equals":
            return lambda record: given(record) <= limit
        case "greater_than":
            return lambda record: given(record) > limit
        case "greater_equals":
            return lambda record: given(record) >= limit
        case _:
            return lambda record: given(record) == limit


def _search(face: Face, value: str) -> Test:
    """Free text over number, names and reference."""
    names = (
        *MODULES[face.name].number_fields,
        "customer_name",
        "vendor_name",
        "reference_number",
        "email",
        "company_name",
        "name",
    )
    folded = value.casefold()
    return lambda record: any(folded in str(record.fields.get(name, "")).casefold() for name in names)
