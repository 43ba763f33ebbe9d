"""XLS files as old programs write them: values, dates of no doubt, and the errors that a sheet shows."""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path

import pytest

from zbdesk.sources.base import BadCell
from zbdesk.sources.reading.old_workbook import error_cells
from zbdesk.sources.reading.opening import Options, open_table

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
HEADINGS = ("Number", "Price", "Note")


def record(kind: int, body: bytes) -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def text(row: int, column: int, words: str) -> bytes:
    """A text in a cell."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(words), 1) + words.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    """A number in a cell."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def error(row: int, column: int, code: int) -> bytes:
    """An error that was typed or pasted as a value."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def failed_formula(row: int, column: int, code: int) -> bytes:
    """A formula whose last result is an error."""
    result = struct.pack("<BBBBBBH", 2, 0, code, 0, 0, 0, 0xFFFF)
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def workbook(*cells: bytes, padding: int = 0) -> bytes:
    """An XLS file with one sheet named Lines. ``padding``: bytes that make it leave the part for small streams."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    sheet += b"".join(cells) + record(0x000A, b"")
    name = "Lines".encode("latin-1")
    bound = record(0x0085, struct.pack("<IBBBB", len(begin) + 4 + 8 + len(name) + 4, 0, 0, len(name), 0) + name)
    stream = begin + bound + record(0x000A, b"") + sheet
    return _ole(stream + bytes(padding))


def _ole(stream: bytes) -> bytes:
    small = len(stream) < 4096
    sectors = -(-len(stream) // 512)
    body = stream.ljust(sectors * 512, b"\0")
    first = 3 if small else 2
    chain = [*range(first + 1, first + sectors), END]
    table = [FAT, END, *([END] if small else []), *chain]
    if small:
        pieces = -(-len(stream) // 64)
        mini = b"".join(struct.pack("<I", one) for one in [*range(1, pieces), END]).ljust(512, b"\xff")
    entries = _entry("Root Entry", 5, first if small else END, len(body) if small else 0, child=1)
    entries += _entry("Workbook", 2, 0 if small else first, len(stream)) + _entry("", 0, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2 if small else END, 1 if small else 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    fat = b"".join(struct.pack("<I", one) for one in table).ljust(512, b"\xff")
    return header + fat + entries + (mini if small else b"") + body


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le") + (b"\0\0" if name else b"")
    head = words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words), kind, 1, FREE, FREE, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<III", start, size, 0)


CELLS = (
    *(text(0, place, words) for place, words in enumerate(HEADINGS)),
    text(1, 0, "A-1"), number(1, 1, 12.5), text(1, 2, "fine"),
    text(2, 0, "A-2"), error(2, 1, 0x07), text(2, 2, "divided by nothing"),
    text(3, 0, "A-3"), failed_formula(3, 1, 0x17), text(3, 2, "refers to nothing"),
    text(4, 0, "A-4"), number(4, 1, 3), error(4, 2, 0x2A),
)  # fmt: skip


@pytest.mark.parametrize("padding", [0, 6000], ids=["small", "large"])
def test_an_error_in_an_old_workbook_is_told_by_its_cell(tmp_path: Path, padding: int) -> None:
    """What a person sees as #DIV/0! is not an empty cell, and not an amount of nothing either."""
    file = tmp_path / "lines.xls"
    file.write_bytes(workbook(*CELLS, padding=padding))
    with closing(open_table(file, Options())) as table:
        found = {row.number: list(row.cells) for row in table.rows()}
    assert found[2][:2] == ["A-1", found[2][1]]
    assert str(found[2][1]) == "12.5"
    errors = {
        (row, place): cell
        for row, cells in found.items()
        for place, cell in enumerate(cells)
        if isinstance(cell, BadCell)
    }
    assert {where: cell.shown for where, cell in errors.items()} == {(3, 1): "#DIV/0!", (4, 1): "#REF!", (5, 2): "#N/A"}
    assert all("its formula fails" in cell.message for cell in errors.values())


def test_a_file_that_breaks_off_yields_no_more_errors(tmp_path: Path) -> None:
    """Every shortened file ends in an error of ours or in fewer cells: never in a loop, never in a fault of its own."""
    whole = workbook(*CELLS, padding=6000)
    file = tmp_path / "short.xls"
    for length in (0, 8, 76, 511, 512, 700, 1024, 1100, 1536, 2000, len(whole)):
        file.write_bytes(whole[:length])
        try:
            found = list(error_cells(file, "Lines"))
        except (ValueError, struct.error):
            continue
        assert len(found) <= 3
    # A table whose sectors follow each other in a circle.
    circle = bytearray(whole)
    circle[512 + 2 * 4 : 512 + 3 * 4] = struct.pack("<I", 2)
    file.write_bytes(bytes(circle))
    with pytest.raises(ValueError, match="chain"):
        list(error_cells(file, "Lines"))
