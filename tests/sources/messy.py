"""Spreadsheets as they come from real companies, made anew for each test: many locales, many faults.

Each ``Case`` says what the importer must make of its file. The table in ``docs/import.md`` lists the same names.
"""

# ruff: noqa: E501 - files as they are, line by line

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

Write = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One file: how it is made, the mapping, and what must come of it."""

    name: str
    write: Write
    columns: Mapping[str, str]
    module: str = "invoices"
    mapping: Mapping[str, Any] = field(default_factory=dict)
    results: Mapping[str, str] = field(default_factory=dict)
    """Source id to result; refused documents without a number are not named."""

    errors: frozenset[tuple[int, str]] = frozenset()
    """(row, column) of every bad cell."""

    totals: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    """Code of the reason for which the whole file is refused."""

    stored: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Source id to fields that must be stored just so."""


def text(content: str, encoding: str = "utf-8") -> Write:
    """A text file in some encoding."""
    return lambda path: path.write_bytes(content.encode(encoding)) and None  # type: ignore[func-returns-value]


def raw(content: bytes) -> Write:
    """Any bytes."""
    return lambda path: path.write_bytes(content) and None  # type: ignore[func-returns-value]


def sheets(*tables: tuple[str, Sequence[Sequence[object]]], change: Callable[[Any], None] | None = None) -> Write:
    """An XLSX file of several sheets."""

    def write(path: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tables:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        if change is not None:
            change(book)
        book.save(path)

    return write


class Markup(str):
    """A cell of an ODS file as its program writes it."""

    __slots__ = ()


DIVIDED = Markup(
    '<table:table-cell table:formula="of:=[.C2]/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
MISNAMED = Markup(
    '<table:table-cell table:formula="of:=NOSUCH()" office:value-type="float" office:value="0" '
    'calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell>'
)
UNCALCULATED = Markup('<table:table-cell table:formula="of:=1+1"/>')


def ods(rows: Sequence[Sequence[object]]) -> Write:
    """An ODS file by hand: the format's least."""

    def cell(value: object) -> str:
        if isinstance(value, Markup):
            return value
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        shown = escape(str(value))
        return f'<table:table-cell office:value-type="string"><text:p>{shown}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", manifest)
            archive.writestr("content.xml", content)

    return write


def _error_cells(book: Any) -> None:
    sheet = book.active or book.worksheets[0]
    sheet["D2"] = "=E2*2"  # no program ever calculated it
    sheet["D3"] = "#REF!"
    sheet["D3"].data_type = "e"


def _merge(book: Any) -> None:
    sheet = book.worksheets[0]
    for area in ("A2:A3", "B2:B3", "C2:C3"):
        sheet.merge_cells(area)


def _merge_amount(book: Any) -> None:
    book.worksheets[0].merge_cells("E2:E3")


_LINE = {
    "Invoice": "invoice_number",
    "Customer": "customer.name",
    "Date": "date",
    "Item": "line_items.name",
    "Qty": "line_items.quantity",
    "Price": "line_items.rate",
}
_HEAD = "Invoice,Customer,Date,Item,Qty,Price\n"
_BY_LINE = {"layout": "row_per_line"}

CASES: tuple[Case, ...] = (
    Case(
        "plain.csv",
        text(_HEAD + "A-1,Acme,2026-11-20,Seat,2,40.00\nA-1,Acme,2026-11-20,Desk,1,120.50\nA-2,Beta,2026-11-21,Seat,1,40\n"),
        _LINE,
        mapping={**_BY_LINE, "currency": "EUR"},
        results={"A-1": "created", "A-2": "created"},
        totals={"EUR": "240.50"},
    ),
    Case(
        "german-cp1252.csv",
        text(
            "Rechnungsnr;Kunde;Datum;Position;Menge;Einzelpreis\nR-1;Müller & Söhne GmbH;03.04.2026;Bürostuhl;2;1.234,50\n"
            "R-2;Größe AG;25.12.2026;Tür;1;12,5\n",
            "cp1252",
        ),
        {
            "Rechnungsnr": "invoice_number", "Kunde": "customer.name", "Datum": "date", "Position": "line_items.name",
            "Menge": "line_items.quantity", "Einzelpreis": "line_items.rate",
        },
        mapping={"layout": "row_per_line", "decimal": ",", "date_order": "DMY", "currency": "EUR"},
        results={"R-1": "created", "R-2": "created"},
        totals={"EUR": "2481.50"},
        stored={"R-1": {"customer": {"name": "Müller & Söhne GmbH"}, "date": "2026-04-03"}},
    ),
    Case(
        "russian-cp1251.csv",
        text(
            "Номер;Контрагент;Дата;Товар;Кол-во;Цена\nС-1;ООО «Ромашка»;4 марта 2026 г.;Стул офисный;3;1 250,00\n"
            "С-2;ИП Петров;05.03.2026;Стол;1;980,5\n",
            "cp1251",
        ),
        {
            "Номер": "invoice_number", "Контрагент": "customer.name", "Дата": "date", "Товар": "line_items.name",
            "Кол-во": "line_items.quantity", "Цена": "line_items.rate",
        },
        mapping={"decimal": ",", "date_order": "DMY", "currency": "RUB"},
        results={"С-1": "created", "С-2": "created"},
        totals={"RUB": "4730.50"},
        stored={"С-1": {"customer": {"name": "ООО «Ромашка»"}, "date": "2026-03-04"}},
    ),
    Case(
        "japanese-shift-jis.csv",
        text(
            "請求書番号,顧客名,日付,品名,数量,単価\nJ-1,株式会社山田商店,2026年3月4日,事務机,2,12000\n"
            "J-2,サクラ工業,2026/03/05,椅子,1,100.5\n",
            "cp932",
        ),
        {
            "請求書番号": "invoice_number", "顧客名": "customer.name", "日付": "date", "品名": "line_items.name",
            "数量": "line_items.quantity", "単価": "line_items.rate",
        },
        mapping={"currency": "JPY"},
        results={"J-1": "created", "J-2": "created"},
        totals={"JPY": "24100.5"},
        stored={"J-1": {"customer": {"name": "株式会社山田商店"}}},
    ),
    Case(
        "chinese-gb18030.csv",
        text("发票号,客户,日期,金额\nC-1,北京贸易有限公司,2026-03-04,￥1200.00\nC-2,上海电子,2026-03-05,880\n", "gb18030"),
        {"发票号": "invoice_number", "客户": "customer.name", "日期": "date", "金额": "line_items.rate"},
        mapping={"constants": {"line_items.name": "货款"}, "currency": "CNY"},
        results={"C-1": "created", "C-2": "created"},
        totals={"CNY": "2080.00"},
        stored={"C-1": {"customer": {"name": "北京贸易有限公司"}}},
    ),
    Case(
        "excel-unicode.txt",
        text("Invoice\tCustomer\tDate\tItem\tQty\tPrice\r\nU-1\tŻółw Sp. z o.o.\t2026-11-20\tKrzesło\t1\t10\r\n", "utf-16"),
        _LINE,
        mapping={"currency": "PLN"},
        results={"U-1": "created"},
        totals={"PLN": "10.00"},
        stored={"U-1": {"customer": {"name": "Żółw Sp. z o.o."}}},
    ),
    Case(
        "arabic-digits.csv",
        text("Invoice,Customer,Date,Item,Qty,Price\nع-١,شركة النور,٢٠٢٦/٠٣/٠٤,كرسي,٢,١٬٢٣٤٫٥٠\n", "utf-8-sig"),
        _LINE,
        mapping={"currency": "AED"},
        results={"ع-١": "created"},
        totals={"AED": "2469.00"},
        stored={"ع-١": {"date": "2026-03-04"}},
    ),
    Case(
        "indian-lakhs.csv",
        text(
            'Invoice,Customer,Date,Item,Qty,Price\nI-1,Sharma Traders,20/11/2026,Steel,1,"₹ 12,34,567.50"\n'
            'I-2,Patel & Co,21/11/2026,Copper,2,"Rs. 1,05,000"\nI-3,Rao,22/11/2026,Tin,1,"$ 5.00"\n'
            'I-4,Rao,22/11/2026,Tin,1,"EUR 5.00"\n'
        ),
        {**_LINE},
        mapping={"date_order": "DMY", "decimal": ".", "constants": {"currency.code": "INR"}},
        results={"I-1": "created", "I-2": "created", "I-3": "created", "I-4": "created"},
        totals={"INR": "1444572.50", "EUR": "5.00"},
    ),
    Case(
        "swiss-apostrophes.csv",
        text("Invoice;Customer;Date;Item;Qty;Price\nS-1;Zürich Handels AG;2026-11-20;Uhr;1;CHF 1’234.50\nS-2;Genf SA;2026-11-20;Uhr;1;2'000.05\n"),
        _LINE,
        mapping={"currency": "CHF"},
        results={"S-1": "created", "S-2": "created"},
        totals={"CHF": "3234.55"},
    ),
    Case(
        "french-spaces.csv",
        text(
            "Facture;Client;Date;Libellé;Qté;PU HT\nF-1;Café Zoë;3 févr. 2026;Chaise;2;1\u00a0234,50 €\n"
            "F-2;Bébé SARL;15/02/2026;Lampe;1;12,00\u202f€\n",
            "cp1252".replace("cp1252", "utf-8"),
        ),
        {
            "Facture": "invoice_number", "Client": "customer.name", "Date": "date", "Libellé": "line_items.name",
            "Qté": "line_items.quantity", "PU HT": "line_items.rate",
        },
        mapping={"decimal": ","},
        results={"F-1": "created", "F-2": "created"},
        totals={"EUR": "2481.00"},
    ),
    Case(
        "us-dates.csv",
        text(_HEAD + 'US-1,Acme,03/04/2026,Seat,1,5.00\nUS-2,Acme,13/04/2026,Seat,1,5.00\nUS-3,Acme,"Apr 3, 2026",Seat,1,5\n'),
        _LINE,
        mapping={"date_order": "MDY", "currency": "USD"},
        results={"US-1": "created", "US-2": "refused", "US-3": "created"},
        errors=frozenset({(3, "Date")}),
        totals={"USD": "10.00"},
        stored={"US-1": {"date": "2026-03-04"}, "US-3": {"date": "2026-04-03"}},
    ),
    Case(
        "dates-in-three-orders.csv",
        text(_HEAD + "D-1,Acme,03/04/2026,Seat,1,5\nD-2,Acme,25/04/2026,Seat,1,5\nD-3,Acme,2026-04-03,Seat,1,5\nD-4,Acme,31/02/2026,Seat,1,5\n"),
        _LINE,
        mapping={"currency": "EUR"},
        results={"D-1": "refused", "D-2": "created", "D-3": "created", "D-4": "refused"},
        errors=frozenset({(2, "Date"), (5, "Date")}),
        totals={"EUR": "10.00"},
    ),
    Case(
        "mixed-separators.csv",
        text(
            "Invoice;Customer;Date;Item;Qty;Price\nM-1;Acme;2026-11-20;Seat;1;5,00\nM-2,Acme,2026-11-20,Seat,1,6.00\n"
            "M-3;Acme;2026-11-20;Seat;1;7,00\n"
        ),
        _LINE,
        mapping={"decimal": ",", "currency": "EUR"},
        results={"M-1": "created", "M-3": "created"},
        errors=frozenset({(3, "")}),
        totals={"EUR": "12.00"},
    ),
    Case(
        "unquoted-comma.csv",
        text(_HEAD + "Q-1,Acme, Inc.,2026-11-20,Seat,1,5.00\nQ-2,Beta,2026-11-20,Seat,1,5.00\n"),
        _LINE,
        mapping={"currency": "USD"},
        results={"Q-2": "created"},
        errors=frozenset({(2, "")}),
        totals={"USD": "5.00"},
    ),
    Case(
        "line-breaks-in-quotes.csv",
        text(_HEAD + 'N-1,Acme,2026-11-20,"Seat\nred, with ""arms""",1,5.00\nN-2,Acme,bad,Seat,1,5.00\n'),
        _LINE,
        mapping={"currency": "USD"},
        results={"N-1": "created", "N-2": "refused"},
        errors=frozenset({(3, "Date")}),
        totals={"USD": "5.00"},
        stored={"N-1": {"line_items": [{"name": 'Seat\nred, with "arms"', "quantity": 1, "rate": 5}]}},
    ),
    Case(
        "unclosed-quote.csv",
        text(_HEAD + 'N-1,Acme,2026-11-20,"Seat,1,5.00\nN-2,Acme,2026-11-20,Seat,1,5.00\n'),
        _LINE,
        refused="quotes",
    ),
    Case(
        "sep-line.csv",
        text("sep=|\nInvoice|Customer|Date|Item|Qty|Price\nP-1|Acme|2026-11-20|Seat|1|5.00\nP-2|Acme|x|Seat|1|5.00\n"),
        _LINE,
        mapping={"currency": "USD"},
        results={"P-1": "created", "P-2": "refused"},
        errors=frozenset({(3, "Date")}),
        totals={"USD": "5.00"},
    ),
    Case(
        "merged.xlsx",
        sheets(
            (
                "Lines",
                [
                    ["Invoice", "Customer", "Date", "Item", "Qty", "Price"],
                    ["G-1", "Acme", date(2026, 11, 20), "Seat", 1, 5],
                    [None, None, None, "Desk", 1, 10.1],
                    ["G-2", "Beta", date(2026, 11, 21), "Lamp", 3, 2.5],
                ],
            ),
            change=_merge,
        ),
        _LINE,
        mapping={"layout": "row_per_line", "currency": "EUR"},
        results={"G-1": "created", "G-2": "created"},
        totals={"EUR": "22.60"},
        stored={"G-1": {"date": "2026-11-20"}},
    ),
    Case(
        "merged-amount.xlsx",
        sheets(
            (
                "Docs",
                [
                    ["Invoice", "Customer", "Date", "Item", "Price"],
                    ["H-1", "Acme", date(2026, 11, 20), "Seat", 5],
                    ["H-2", "Acme", date(2026, 11, 20), "Desk", None],
                ],
            ),
            change=_merge_amount,
        ),
        {key: value for key, value in _LINE.items() if key != "Qty"},
        mapping={"layout": "row_per_document", "currency": "EUR"},
        results={"H-1": "created", "H-2": "refused"},
        errors=frozenset({(3, "Price")}),
        totals={"EUR": "5.00"},
    ),
    Case(
        "formulas-and-errors.xlsx",
        sheets(
            (
                "Docs",
                [
                    ["Invoice", "Customer", "Date", "Price", "Base"],
                    ["E-1", "Acme", date(2026, 11, 20), 1, 2],
                    ["E-2", "Acme", date(2026, 11, 20), 1, 2],
                    ["E-3", "Acme", date(2026, 11, 20), 7.25, 2],
                ],
            ),
            change=_error_cells,
        ),
        {"Invoice": "invoice_number", "Customer": "customer.name", "Date": "date", "Price": "line_items.rate"},
        mapping={"constants": {"line_items.name": "Service"}, "currency": "EUR"},
        results={"E-1": "refused", "E-2": "refused", "E-3": "created"},
        errors=frozenset({(2, "Price"), (3, "Price")}),
        totals={"EUR": "7.25"},
    ),
    Case(
        "title-rows.xlsx",
        sheets(
            (
                "Export",
                [
                    ["Acme Ltd – open invoices"], ["as of 2026-11-20"], [],
                    ["Invoice", "Customer", "Date", "Item", "Qty", "Price"],
                    ["T-1", "Acme", date(2026, 11, 20), "Seat", 1, 5], [],
                    ["T-2", "Acme", "soon", "Seat", 1, 5],
                ],
            )
        ),
        _LINE,
        mapping={"currency": "EUR"},
        results={"T-1": "created", "T-2": "refused"},
        errors=frozenset({(7, "Date")}),
        totals={"EUR": "5.00"},
    ),
    Case(
        "repeated-headings.csv",
        text("Invoice,Customer,Date,Item,Qty,Price,Price\nX-1,Acme,2026-11-20,Seat,1,5,6\n"),
        _LINE,
        refused="headings",
    ),
    Case(
        "empty-headings.csv",
        text("Invoice,Customer,,Item,Qty,Price\nO-1,Acme,2026-11-20,Seat,1,5\n"),
        {("#3" if heading == "Date" else heading): path for heading, path in _LINE.items()},
        mapping={"currency": "EUR"},
        results={"O-1": "created"},
        totals={"EUR": "5.00"},
        stored={"O-1": {"date": "2026-11-20"}},
    ),
    Case(
        "column-gone.csv",
        text("Invoice No,Customer,Date,Item,Qty,Price\nX-1,Acme,2026-11-20,Seat,1,5\n"),
        _LINE,
        refused="headings",
    ),
    Case(
        "long-numbers.xlsx",
        sheets(
            (
                "Docs",
                [
                    ["Invoice", "Customer", "Date", "Item", "Qty", "Price"],
                    [123456789012345678, "Acme", date(2026, 11, 20), "Seat", 1, 5],
                    ["123456789012345678", "Acme", date(2026, 11, 20), "Seat", 1, 5],
                    [1001, "Acme", date(2026, 11, 20), "Seat", 1, 0.1],
                ],
            )
        ),
        _LINE,
        mapping={"currency": "EUR"},
        results={"123456789012345678": "created", "1001": "created"},
        errors=frozenset({(2, "Invoice")}),
        totals={"EUR": "5.10"},
    ),
    Case(
        "totals-differ.csv",
        text(
            "Invoice,Customer,Date,Item,Qty,Price,Total\nW-1,Acme,2026-11-20,Seat,3,33.333,100.00\n"
            "W-2,Acme,2026-11-20,Seat,1,33.33,40.00\nW-3,Acme,2026-11-20,Seat,2,10.00,20.00\n"
        ),
        {**_LINE, "Total": "total"},
        mapping={"currency": "EUR", "decimal": "."},
        results={"W-1": "created", "W-2": "refused", "W-3": "created"},
        errors=frozenset({(3, "Total")}),
        totals={"EUR": "120.00"},
    ),
    Case(
        "repeated-numbers.csv",
        text("Invoice,Customer,Date,Item,Qty,Price\nV-1,Acme,2026-11-20,Seat,1,5\nV-2,Acme,2026-11-20,Seat,1,5\nV-1,Beta,2026-11-20,Desk,1,6\n"),
        _LINE,
        mapping={"layout": "row_per_document", "currency": "EUR"},
        results={"V-1": "refused", "V-2": "created"},
        errors=frozenset({(2, "Invoice"), (4, "Invoice")}),
        totals={"EUR": "5.00"},
    ),
    Case(
        "rows-apart.csv",
        text(_HEAD + "Y-1,Acme,2026-11-20,Seat,1,5\nY-2,Beta,2026-11-20,Seat,1,5\nY-1,Acme,2026-11-20,Desk,1,6\nY-2,Gamma,2026-11-20,Desk,1,6\n"),
        _LINE,
        mapping={"layout": "row_per_line", "currency": "EUR"},
        results={"Y-1": "created", "Y-2": "refused"},
        errors=frozenset({(5, "Customer")}),
        totals={"EUR": "11.00"},
    ),
    Case(
        "numbers-once.csv",
        text(_HEAD + "Z-1,Acme,2026-11-20,Seat,1,5\n,,,Desk,2,6\nZ-2,Acme,2026-11-20,Seat,1,5\n,Beta,,Seat,1,5\n"),
        _LINE,
        mapping={"layout": "row_per_line", "currency": "EUR"},
        results={"Z-1": "created", "Z-2": "created"},
        errors=frozenset({(5, "Invoice")}),
        totals={"EUR": "22.00"},
    ),
    Case(
        "journal.ods",
        ods(
            [
                ["Journal", "Date", "Account", "Debit", "Credit", "Memo"],
                ["K-1", date(2026, 11, 20), "Cash", 100.5, None, "Sale"],
                ["K-1", date(2026, 11, 20), "Sales", None, 100.5, "Sale"],
                ["K-2", date(2026, 11, 20), "Cash", 5, None, "Odd"],
                ["K-2", date(2026, 11, 20), "Sales", None, 4, "Odd"],
            ]
        ),
        {
            "Journal": "reference_number", "Date": "journal_date", "Account": "line_items.account.name",
            "Debit": "line_items.debit", "Credit": "line_items.credit", "Memo": "line_items.description",
        },
        module="journals",
        mapping={"layout": "row_per_line"},
        results={"K-1": "created", "K-2": "refused"},
        errors=frozenset({(4, "")}),
    ),
    Case(
        "errors.ods",
        ods(
            [
                ["Invoice", "Customer", "Date", "Item", "Qty", "Price"],
                ["O-1", "Acme", date(2026, 11, 20), "Seat", 2, 10.5],
                ["O-2", "Acme", date(2026, 11, 20), "Seat", 2, DIVIDED],
                ["O-3", "Acme", date(2026, 11, 20), "Seat", MISNAMED, 10.5],
                ["O-4", "Acme", date(2026, 11, 20), "Seat", UNCALCULATED, 10.5],
            ]
        ),
        _LINE,
        mapping={"layout": "row_per_line", "currency": "EUR"},
        results={"O-1": "created", "O-2": "refused", "O-3": "refused", "O-4": "refused"},
        errors=frozenset({(3, "Price"), (4, "Qty"), (5, "Qty")}),
        totals={"EUR": "21.00"},
    ),
    Case(
        "contacts.tsv",
        text(
            "Name\tE-Mail\tStraße\tPLZ\tOrt\tLand\nMüller GmbH\tap@mueller.example\tHauptstr. 1\t01067\tDresden\tGermany\n"
            "Ünal Ticaret\tinfo@unal.example\tCadde 5\t34000\tİstanbul\tTürkiye\n"
        ),
        {
            "Name": "contact_name", "E-Mail": "email", "Straße": "billing_address.address", "PLZ": "billing_address.zip",
            "Ort": "billing_address.city", "Land": "billing_address.country",
        },
        module="contacts",
        results={"ap@mueller.example": "created", "info@unal.example": "created"},
        stored={"ap@mueller.example": {"contact_name": "Müller GmbH"}},
    ),
    Case(
        "payments.csv",
        text(
            "Receipt,Customer,Date,Amount,Invoice,Applied\nB-1,Acme,2026-11-20,100.00,A-1,60.00\n"
            "B-1,Acme,2026-11-20,100.00,A-2,40.00\nB-2,Acme,2026-11-20,50.00,A-3,60.00\n"
        ),
        {
            "Receipt": "reference_number", "Customer": "customer.name", "Date": "date", "Amount": "amount",
            "Invoice": "invoices.invoice.number", "Applied": "invoices.amount_applied",
        },
        module="customerpayments",
        mapping={"constants": {"payment_mode": "banktransfer"}, "layout": "row_per_line"},
        results={"B-1": "created", "B-2": "refused"},
        errors=frozenset({(4, "")}),
        totals={"EUR": "100.00"},
    ),
    Case(
        "accounting-negatives.csv",
        text(
            'Note,Customer,Date,Item,Price\nL-1,Acme,2026-11-20,Return,(40.00)\nL-2,Acme,2026-11-20,Return,"1,200.50-"\n'
            "L-3,Acme,2026-11-20,Return,15.00 CR\nL-4,Acme,2026-11-20,Return,(5.00\n"
        ),
        {
            "Note": "creditnote_number", "Customer": "customer.name", "Date": "date", "Item": "line_items.name",
            "Price": "line_items.rate",
        },
        module="creditnotes",
        mapping={"negate": ["line_items.rate"], "currency": "USD"},
        results={"L-1": "created", "L-2": "created", "L-3": "created", "L-4": "refused"},
        errors=frozenset({(5, "Price")}),
        totals={"USD": "1255.50"},
    ),
    Case(
        "currency-decimals.csv",
        text(
            "Invoice,Customer,Date,Item,Price,Cur,Total\nKW-1,Souk,2026-11-20,Spice,1.255,KWD,1.255\n"
            "JP-1,Yama,2026-11-20,Tea,100,JPY,100.5\nXX-1,Acme,2026-11-20,Tea,5,$,5\n"
        ),
        {
            "Invoice": "invoice_number", "Customer": "customer.name", "Date": "date", "Item": "line_items.name",
            "Price": "line_items.rate", "Cur": "currency.code", "Total": "total",
        },
        mapping={"decimal": "."},
        results={"KW-1": "created", "JP-1": "refused", "XX-1": "refused"},
        errors=frozenset({(3, "Total"), (4, "Cur")}),
        totals={"KWD": "1.255"},
    ),
    Case(
        "several-sheets.xlsx",
        sheets(
            ("Notes", [["Read me"], ["nothing here"]]),
            ("Data", [["Invoice", "Customer", "Date", "Item", "Qty", "Price"],
                      ["SH-1", "Acme", date(2026, 11, 20), "Seat", 1, 5]]),
        ),
        _LINE,
        mapping={"currency": "EUR"},
        results={"SH-1": "created"},
        totals={"EUR": "5.00"},
    ),
    Case(
        "same-on-two-sheets.xlsx",
        sheets(
            ("Jan", [list(_LINE), ["A", "B", date(2026, 1, 1), "x", 1, 1]]),
            ("Feb", [list(_LINE), ["C", "D", date(2026, 2, 1), "x", 1, 1]]),
        ),
        _LINE,
        refused="several_sheets",
    ),
    Case(
        "password.xlsx",
        raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 480),
        _LINE,
        refused="password",
    ),
    Case("web-page.xls", text("<html><table><tr><td>Invoice</td></tr></table></html>"), _LINE, refused="format"),
    Case("document.pdf", raw(b"%PDF-1.7\n"), _LINE, refused="format"),
    Case("nothing.csv", raw(b""), _LINE, refused="empty"),
    Case("broken.xlsx", raw(b"PK\x03\x04 this is no archive"), _LINE, refused="damaged"),
    Case(
        "wrong-encoding.csv",
        text(_HEAD + "A-1,Müller,2026-11-20,Seat,1,5\n", "cp1252"),
        _LINE,
        mapping={"encoding": "utf-8"},
        refused="encoding",
    ),
)  # fmt: skip
