"""Which encoding a text file is in: told by its first bytes, proved by decoding it, or judged from how its words look.

Invariant: an encoding that is merely judged is said to be so, with the runners-up, so that a person can choose.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from zbdesk.sources.reading.scripts import likeness

CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_15", "koi8_r",
    "cp866", "cp850", "mac_roman", "cp874", "cp932", "gb18030", "big5", "cp949", "euc_jp",
)  # fmt: skip
"""Legacy encodings that spreadsheet programs and ledgers have written, the more frequent ones first."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 48 * 1024
_SURE = 0.80


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name. ``confidence`` from 0 to 1; ``others``: what else it could be, likeliest first."""

    name: str
    confidence: float
    others: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to look."""
        return self.confidence >= _SURE


def known(name: str) -> str | None:
    """Python's name of an encoding that a person or a mapping names; None where there is none."""
    try:
        return codecs.lookup(name.strip().replace(" ", "-")).name
    except LookupError:
        return None


def detect(path: Path) -> Encoding:
    """The encoding of a text file. Reads it once; memory does not grow with it. Raises ``OSError``."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return Encoding(name, 1.0)
        if (wide := _wide(head)) is not None:
            return wide
        file.seek(0)
        sample, is_utf8 = _scan(file)
    if is_utf8:
        return Encoding("utf-8", 1.0)
    return judge(sample)


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 without a mark: every other byte of plain figures and letters is zero."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0) / pairs, head[1 : 2 * pairs : 2].count(0) / pairs
    if odd > 0.3 and even < 0.05:
        return Encoding("utf-16-le", 0.95)
    if even > 0.3 and odd < 0.05:
        return Encoding("utf-16-be", 0.95)
    return None


def _scan(file: BinaryIO) -> tuple[bytes, bool]:
    """Lines that hold more than ASCII, up to a sample's size, and whether the whole file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, sample = True, bytearray()
    while chunk := file.read(_CHUNK):
        if not chunk.isascii() and len(sample) < _SAMPLE:
            sample += _telling(chunk.splitlines(keepends=True), _SAMPLE - len(sample))
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        if not is_utf8 and len(sample) >= _SAMPLE:
            break
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return bytes(sample), is_utf8


def _telling(lines: Iterable[bytes], room: int) -> bytes:
    kept = bytearray()
    for line in lines:
        if not line.isascii():
            kept += line[:2048] if len(line) > 2048 else line
            if len(kept) >= room:
                break
    return bytes(kept)


def judge(sample: bytes) -> Encoding:
    """The likeliest legacy encoding of these bytes, by how much what they say looks like words."""
    scores: dict[str, float] = {}
    for name in CANDIDATES:
        text = _decoded(sample, name)
        if text is not None:
            scores[name] = likeness(text, name)
    if not scores:
        return Encoding("cp1252", 0.1, CANDIDATES[1:4])
    favourite = from_bytes(sample, cp_isolation=list(scores)).best()
    if favourite is not None and favourite.encoding in scores:
        scores[favourite.encoding] += 0.05
    ranked = sorted(scores, key=lambda name: (-scores[name], CANDIDATES.index(name)))
    text = _decoded(sample, ranked[0])
    # Of those that read these bytes alike, the more frequent one is as good a name.
    best = next(name for name in CANDIDATES if name in scores and _decoded(sample, name) == text)
    # Encodings that read these bytes alike are no rivals.
    rivals = [name for name in ranked[1:] if _decoded(sample, name) != text]
    top = scores[ranked[0]]
    lead = top - (scores[rivals[0]] if rivals else 0.0)
    confidence = max(0.1, min(0.99, 0.5 + lead)) if top > 0 else 0.1
    return Encoding(best, round(confidence, 2), tuple(rivals[:3]))


def _decoded(sample: bytes, name: str) -> str | None:
    """The sample as text; the cut at its end is forgiven."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        return decoder.decode(sample)
    except UnicodeDecodeError:
        return None
