"""The manual, as it is shipped with the program: its topics in order, their sections, and search in them. No network.

The pages are the same Markdown files that are read on the web; the window shows them with its own pictures. Invariant:
every page of the folder is a topic, so that none can be forgotten.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zbdesk.domain.errors import SetupError

ORDER = (
    "install", "connect", "daily-work", "conflicts", "problems", "troubleshooting", "month-end", "webhooks", "tunnels",
    "import", "databases", "local-interface", "export", "two-ways", "command-line", "privacy", "accessibility",
    "languages", "failures",
)  # fmt: skip
"""Topics in the order in which people need them; what is not named here comes after them."""

BACKGROUND = frozenset({"proof", "looked-at", "mutation", "ux-checklist"})
"""Pages about how the program was tried: reached by links, not listed among what people look for."""

OF_PAGE: Mapping[str, str] = {
    "dashboard": "daily-work", "conflicts": "conflicts", "problems": "problems", "outgoing": "two-ways",
    "month_end": "month-end", "webhooks": "webhooks", "activity": "daily-work", "settings": "daily-work",
    "sources": "import", "module": "daily-work",
}  # fmt: skip
"""Which topic belongs to a page of the window."""

_HEADING = re.compile(r"^(#{1,4}) +(.+?) *#*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_RULE = re.compile(r"^\|[-:| ]+\|\s*$")
_ITEM = re.compile(r"^(?:[-*]|\d+\.) ")
_MARKS = re.compile(r"[*`|]+")
_SNIPPET = 90

SYMPTOMS = "troubleshooting"
"""Where whoever searches most often finds what they mean."""


class ManualMissing(SetupError):
    """The program was installed without its manual."""

    def __init__(self) -> None:
        super().__init__("The manual is missing.", "Install zbdesk again; it brings the manual with it.", code="manual")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a topic under one heading. ``parts``: its paragraphs and rows of tables, without marks."""

    heading: str
    anchor: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the manual. ``key`` is its file's name without the ending."""

    key: str
    title: str
    source: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in which all words of a search were found."""

    topic: str
    title: str
    heading: str
    anchor: str
    snippet: str


def folder() -> Path:
    """Where the manual is: bundled, installed or in the source tree. Raises ``ManualMissing``."""
    package = Path(__file__).resolve().parents[1]
    bundle = getattr(sys, "_MEIPASS", None)
    places = [package / "_manual", package.parent / "docs"]
    if bundle is not None:
        places[:0] = [Path(bundle) / "zbdesk" / "_manual", Path(bundle) / "docs"]
    for place in places:
        if (place / "install.md").is_file():
            return place
    raise ManualMissing


def topics(place: Path | None = None) -> tuple[Topic, ...]:
    """All topics, in order. Raises ``ManualMissing``."""
    return _topics(place or folder())


@lru_cache(maxsize=2)
def _topics(place: Path) -> tuple[Topic, ...]:
    files = {file.stem: file for file in place.glob("*.md")}
    if not files:
        raise ManualMissing
    rest = sorted(set(files) - set(ORDER))
    return tuple(_topic(key, files[key]) for key in (*ORDER, *rest) if key in files)


def topic_of(page: str) -> str:
    """The topic of a page of the window: ``module/invoices`` counts as ``module``."""
    return OF_PAGE.get(page.partition("/")[0], "daily-work")


def search(words: str, among: Sequence[Topic], most: int = 40) -> list[Hit]:
    """Sections that hold every word: first by heading, then where one paragraph or row has them all, then the rest."""
    wanted = plain(words).split()
    found: list[tuple[int, bool, int, Hit]] = []
    if not wanted:
        return []
    for at, topic in enumerate(among):
        for section in topic.sections:
            rank, piece = _match(topic, section, wanted)
            if rank is not None:
                hit = Hit(topic.key, topic.title, section.heading, section.anchor, _snippet(piece, wanted))
                found.append((rank, topic.key != SYMPTOMS, at, hit))
    found.sort(key=lambda one: one[:3])
    return [one[3] for one in found[:most]]


def _match(topic: Topic, section: Section, wanted: Sequence[str]) -> tuple[int | None, str]:
    """How well a section fits, 0 the best, and its piece that shows it best; None where a word is missing."""
    heading = plain(f"{topic.title} {section.heading}")
    parts = [plain(part) for part in section.parts]
    if all(word in heading for word in wanted):
        return 0, next(iter(section.parts), "")
    for folded, part in zip(parts, section.parts, strict=True):
        if all(word in folded for word in wanted):
            return 1, part
    if all(word in heading or any(word in part for part in parts) for word in wanted):
        return 2, next((p for f, p in zip(parts, section.parts, strict=True) if any(word in f for word in wanted)), "")
    return None, ""


def plain(text: str) -> str:
    """Case and accents folded."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def anchor(heading: str) -> str:
    """A heading's name in links, as the web has it."""
    words = re.sub(r"[^\w\- ]", "", _bare(heading).casefold())
    return words.strip().replace(" ", "-")


def _topic(key: str, file: Path) -> Topic:
    source = file.read_text(encoding="utf-8")
    title, heading = key, ""
    lines: list[str] = []
    sections: list[Section] = []
    for line in source.splitlines():
        match = _HEADING.match(line)
        if match is None:
            lines.append(line)
            continue
        if lines:
            sections.append(Section(heading, anchor(heading), _parts(lines)))
        heading, lines = _bare(match[2]), []
        if match[1] == "#" and title == key:
            title = heading
    sections.append(Section(heading, anchor(heading), _parts(lines)))
    return Topic(key, title, source, tuple(sections))


def _parts(lines: Sequence[str]) -> tuple[str, ...]:
    """Paragraphs, items of lists and rows of tables, each by itself; headings of tables and rules are no text."""
    found: list[list[str]] = [[]]
    for at, line in enumerate(lines):
        row, below = line.startswith("|"), lines[at + 1] if at + 1 < len(lines) else ""
        if row and (_RULE.match(line) or _RULE.match(below)):
            continue
        if row or not line.strip() or _ITEM.match(line):
            found.append([])
        found[-1].append(line)
        if row:
            found.append([])
    return tuple(text for part in found if (text := _bare(" ".join(part))))


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", text)).split())


def _snippet(text: str, words: Sequence[str]) -> str:
    low = plain(text)
    places = [at for at in (low.find(word) for word in words) if at >= 0]
    start = max(0, min(places, default=0) - _SNIPPET // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    if len(low) != len(text):  # folding changed the length: places in the one are none in the other
        start = 0
    piece = text[start : start + _SNIPPET]
    return ("…" if start else "") + piece.strip() + ("…" if start + _SNIPPET < len(text) else "")
