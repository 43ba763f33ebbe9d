# ruff: noqa: E501, PT017 - tables of cells as they are; either outcome is right
"""Amounts, dates and encodings: read exactly, refused when they could mean two things, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zbdesk.domain.modules import MODULES
from zbdesk.sources.amounts import AmountStyle, BadAmount, parse_amount
from zbdesk.sources.dates import BadDate, DateOrder, parse_day
from zbdesk.sources.guessing import suggest
from zbdesk.sources.reading.opening import open_table


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,234.50", "", "1234.50"), ("1.234,50", "", "1234.50"), ("1.234", ",", "1234"), ("1'234.50", "", "1234.50"),
        ("1\u00a0234,50 €", ",", "1234.50"), ("12,34,567.89", "", "1234567.89"), ("(1,234.50)", "", "-1234.50"),
        ("1.234,50-", ",", "-1234.50"), ("₹ 5,000.00 CR", "", "-5000.00"), ("5.00 DR", "", "5.00"),
        ("١٬٢٣٤٫٥٠", "", "1234.50"), ("１２３４", "", "1234"), ("\u22125", "", "-5"), ("12,-", "", "12"), ("0.125", "", "0.125"),
    ],
)  # fmt: skip
def test_amounts_are_read_exactly(text: str, decimal: str, value: str) -> None:
    """Every usual way of writing has one value."""
    assert parse_amount(text, AmountStyle(decimal)).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1,234", ""),
        ("1.234", ""),
        ("12.5", ","),
        ("1,23,4", "."),
        ("1.5E+05", ""),
        ("--5", ""),
        ("(5", ""),
        ("abc", ""),
    ],
)
def test_what_could_mean_two_amounts_is_refused(text: str, decimal: str) -> None:
    """With a sentence, and never half read."""
    with pytest.raises(BadAmount, match=r"\."):
        parse_amount(text, AmountStyle(decimal))


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'")]),
)
def test_an_amount_survives_its_way_through_a_file(amount: Decimal, signs: tuple[str, str]) -> None:
    """Written with any decimal and grouping sign, it comes back as it was."""
    decimal, group = signs
    written = f"{amount:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", group)
    assert parse_amount(written, AmountStyle(decimal)).value == amount


@given(st.dates(date(1971, 1, 1), date(2069, 12, 31)), st.sampled_from(["YMD", "DMY", "MDY"]), st.sampled_from("-/."))
def test_a_date_survives_and_is_never_another_one(day: date, order: DateOrder, sign: str) -> None:
    """Told the order it comes back; untold it is the same day or refused."""
    parts = {"Y": f"{day.year}", "M": f"{day.month:02}", "D": f"{day.day:02}"}
    written = sign.join(parts[letter] for letter in order)
    assert parse_day(written, order) == day
    try:
        assert parse_day(written, None) == day
    except BadDate as bad:
        assert day.isoformat() in str(bad)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Müller & Söhne"), ("cp1251", "ООО Ромашка"), ("koi8_r", "ООО Ромашка"), ("cp932", "株式会社山田商店"),
        ("gb18030", "北京贸易有限公司"), ("big5", "台北貿易有限公司"), ("cp949", "서울상사"), ("cp1250", "Příbramská pekárna"),
        ("cp1253", "Αφοί Παπαδόπουλοι"), ("cp1256", "شركة النور"), ("utf-16", "Żółw"), ("utf-8-sig", "Żółw"),
    ],
)  # fmt: skip
def test_encodings_are_found_by_what_they_say(tmp_path: Path, encoding: str, name: str) -> None:
    """The names come out as they were typed, without being told the encoding."""
    file = tmp_path / "names.csv"
    file.write_bytes(f"Name;Betrag\n{name};12,50\n{name};3,00\n".encode(encoding))
    table = open_table(file)
    assert [row.cells[0] for row in table.rows()] == [name, name]


def test_columns_are_proposed_in_several_languages() -> None:
    """By heading; what a person has to say is left to the person."""
    headings = ["Rechnungsnr", "Kunde", "Rechnungsdatum", "Bezeichnung", "Menge", "Einzelpreis"]
    found = suggest(MODULES["invoices"], headings, [["R1", "A", "03.04.2026", "Seat", "1", "1.234,50"]])
    assert [guess.path for guess in found.columns] == [
        "invoice_number", "customer.name", "date", "line_items.name", "line_items.quantity", "line_items.rate",
    ]  # fmt: skip
    assert (found.asks_date_order, found.decimal, found.layout) == (True, ",", "row_per_line")
