"""Error cells of an XLS file, which the library reads as empty: found in the file's own records.

An XLS file is a small file system (OLE2) with one stream of records (BIFF8) for all sheets. Only what says where errors
are is read. Invariant: what cannot be followed yields nothing more; the library has read the cells already.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SECTOR = 0xFFFFFFFA
_SMALL = 64
_STREAMS = ("Workbook", "Book")
_BOUNDSHEET, _BOOLERR, _FORMULA, _BOF, _EOF = 0x0085, 0x0205, 0x0006, 0x0809, 0x000A

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def error_cells(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    """(row from 1, column from 0, the error as the spreadsheet shows it) of every error in a sheet.

    Raises ``OSError``, and ``ValueError`` or ``struct.error`` where the file does not follow the format.
    """
    stream = _workbook_stream(path.read_bytes())
    start = _start_of(stream, sheet)
    if start is None:
        return
    depth = 0
    for kind, body in _records(stream, start):
        if kind == _BOF:
            depth += 1  # a chart inside the sheet has a beginning and an end of its own
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                return
        elif kind == _BOOLERR and len(body) >= 8 and body[7]:
            yield _cell(body, body[6])
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            yield _cell(body, body[8])


def _cell(body: bytes, code: int) -> tuple[int, int, str]:
    row, column = struct.unpack_from("<HH", body)
    return row + 1, column, _ERRORS.get(code, "#ERROR!")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _start_of(stream: bytes, sheet: str) -> int | None:
    """Where the records of a sheet begin."""
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return None
        if kind == _BOUNDSHEET and len(body) > 8:
            raw = body[8:]
            name = raw[: 2 * body[6]].decode("utf-16-le") if body[7] & 1 else raw[: body[6]].decode("latin-1")
            if name == sheet:
                return int(struct.unpack_from("<I", body)[0])
    return None


# -- the file system around the records -------------------------------------------------------------------------------


def _workbook_stream(data: bytes) -> bytes:
    if not data.startswith(_MAGIC):
        raise ValueError("no OLE2 file")
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    directory_at, cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    table = _table(data, size)
    root: tuple[int, int] | None = None
    found: tuple[int, int] | None = None
    directory = _chain(data, table, directory_at, size, 512)
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        place, bytes_long = struct.unpack_from("<II", directory, at + 116)
        if kind == 5:
            root = (place, bytes_long)
        elif kind == 2 and name in _STREAMS:
            found = found or (place, bytes_long)
    if found is None:
        raise ValueError("no workbook in it")
    if found[1] >= cutoff:
        return _chain(data, table, found[0], size, 512)[: found[1]]
    if root is None:
        raise ValueError("no root in it")
    small = _chain(data, table, root[0], size, 512)
    small_table = _numbers(_chain(data, table, struct.unpack_from("<I", data, 60)[0], size, 512))
    return _chain(small, small_table, found[0], _SMALL, 0)[: found[1]]


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows each."""
    sectors = [one for one in struct.unpack_from("<109I", data, 76) if one < _NO_SECTOR]
    following = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while following < _NO_SECTOR and following not in seen:
        seen.add(following)
        block = _numbers(data[512 + following * size : 512 + (following + 1) * size])
        sectors += [one for one in block[:-1] if one < _NO_SECTOR]
        following = block[-1] if block else _NO_SECTOR
    return tuple(one for sector in sectors for one in _numbers(data[512 + sector * size : 512 + (sector + 1) * size]))


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])


def _chain(data: bytes, table: tuple[int, ...], first: int, size: int, header: int) -> bytes:
    """The sectors from ``first`` on, joined. Raises ``ValueError`` for a chain that leads nowhere or in a circle."""
    parts: list[bytes] = []
    sector = first
    while sector < _NO_SECTOR:
        if sector >= len(table) or len(parts) > len(table):
            raise ValueError("a broken chain of sectors")
        parts.append(data[header + sector * size : header + (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)
