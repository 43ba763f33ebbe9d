"""Long secrets in short entries.

Windows takes 1,280 characters an entry; Zoho promises no length of its tokens. A value that is too long stands in
parts under ``name#a.0``, ``name#a.1``, …, and the entry ``name`` itself is only a head that says which slot (``a`` or
``b``), how many parts, and the SHA-256 of the whole. A new value goes into the other slot, and the head last.

Invariant: a crash anywhere leaves a head that names one complete value. Leftovers of a crash are always the first
parts of a slot without gaps, so that ``delete`` finds them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from zbdesk.vault.errors import DamagedVault

PART_LIMIT = 1_000
_MARK = "zbdesk-parts"
_READ_AGAIN = 3


class Entries(Protocol):
    """Short entries of a platform: ``remove`` of nothing is no error."""

    def read(self, entry: str) -> str | None: ...  # noqa: D102
    def write(self, entry: str, value: str) -> None: ...  # noqa: D102
    def remove(self, entry: str) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class _Head:
    slot: str
    count: int
    digest: str

    def text(self) -> str:
        return f"{_MARK}:{self.slot}:{self.count}:{self.digest}"

    @classmethod
    def parse(cls, text: str | None) -> _Head | None:
        if text is None or not text.startswith(_MARK + ":"):
            return None
        fields = text.split(":")
        if len(fields) != 4 or fields[1] not in {"a", "b"} or not fields[2].isdecimal():
            raise DamagedVault("the keychain entry")
        return cls(fields[1], int(fields[2]), fields[3])


def get(entries: Entries, name: str) -> str | None:
    """Return the value in full. Raises ``DamagedVault`` when the head names parts that are not there."""
    for _ in range(_READ_AGAIN):
        text = entries.read(name)
        head = _Head.parse(text)
        if head is None:
            return text
        value = _join(entries, name, head)
        if value is not None:
            return value
        # Another process may just have replaced it: its head is newer than the one read here.
    raise DamagedVault("the keychain entry")


def put(entries: Entries, name: str, value: str) -> None:
    """Keep ``value``; until the head is written, ``get`` gives the old one."""
    old = _old_head(entries, name)
    if _units(value) <= PART_LIMIT and not value.startswith(_MARK):
        entries.write(name, value)
    else:
        slot = "b" if old is not None and old.slot == "a" else "a"
        pieces = list(_pieces(value))
        for number, piece in enumerate(pieces):
            entries.write(_part(name, slot, number), piece)
        entries.write(name, _Head(slot, len(pieces), _digest(value)).text())
    if old is not None:
        _clear(entries, name, old.slot)


def remove(entries: Entries, name: str) -> None:
    """Remove head and parts, those of an interrupted write too. The head goes last, so that a second try finds all."""
    for slot in ("a", "b"):
        _clear(entries, name, slot)
    entries.remove(name)


def _old_head(entries: Entries, name: str) -> _Head | None:
    try:
        return _Head.parse(entries.read(name))
    except DamagedVault:
        return None  # it is about to be replaced as a whole


def _join(entries: Entries, name: str, head: _Head) -> str | None:
    pieces = [entries.read(_part(name, head.slot, number)) for number in range(head.count)]
    value = "".join(piece for piece in pieces if piece is not None)
    return value if None not in pieces and _digest(value) == head.digest else None


def _clear(entries: Entries, name: str, slot: str) -> None:
    """Remove a slot from its end, so that an interruption leaves no gap before what is left."""
    count = 0
    while entries.read(_part(name, slot, count)) is not None:
        count += 1
    for number in reversed(range(count)):
        entries.remove(_part(name, slot, number))


def _part(name: str, slot: str, number: int) -> str:
    return f"{name}#{slot}.{number}"


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _units(text: str) -> int:
    """Length as Windows counts it: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _pieces(value: str) -> Iterator[str]:
    start, used = 0, 0
    for index, character in enumerate(value):
        width = 2 if ord(character) > 0xFFFF else 1
        if used + width > PART_LIMIT:
            yield value[start:index]
            start, used = index, 0
        used += width
    yield value[start:]
