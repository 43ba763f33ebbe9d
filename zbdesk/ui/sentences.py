"""The engine's sentences in the window's language.

What syncing writes into the database and into errors is English: it is made where no translator is, and the command
line and files show it as it is. The window knows the patterns of these sentences (``sentences.json``, read from the
engine's code by ``.ci/translations.py``), recognises one by its fixed words and shows its translation with the same
values put in. What is put in is translated too where it is ours (names of lists and fields, counts, reasons); what
stands in quotation marks is somebody's own and stays. Invariant: a sentence that is not known is shown as it came; no
value is lost.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from zbdesk.app import paths
from zbdesk.domain.modules import MODULES
from zbdesk.ui import languages, patterns
from zbdesk.ui.patterns import Patterns

log = logging.getLogger(__name__)

CONTEXT = "Sentences"
MOST_TOGETHER = 4
"""Sentences that one pattern may hold."""

DEEPEST = 4
"""A value may be a sentence with values of its own; no further than this."""

_NUMBER = re.compile(r"\d[\d,.]*")
_COUNTED = re.compile(r"(\d[\d,]*) (.+)", re.DOTALL)
_SEPARATED = re.compile(r"(; |, | and | or | \(|\)$)")
_FIELD = re.compile(r"[a-z]+(_[a-z]+)*")
_STOPS = ".\u3002\u0964"


def said(text: str) -> str:
    """The text in the window's language, sentence by sentence as far as they are known."""
    return _said(text, languages.current()) if text and languages.current() != languages.ENGLISH else text


@lru_cache(maxsize=2048)
def _said(text: str, language: str) -> str:
    del language  # part of the key: another language is another answer
    if "\n" in text:
        return "\n".join(_line(line, 0) for line in text.split("\n"))
    return _line(text, 0)


def _line(text: str, depth: int) -> str:
    if not text:
        return text
    if text[-1:] not in ".?!":
        # Titles of problems stand without their full stop.
        whole = _sentence(f"{text}.", depth)
        if whole is not None:
            return whole.rstrip(_STOPS)
    part = _part(text, depth) if text[-1:] not in ".?!" or text[:1].islower() else None
    if part is not None:
        return part
    pieces, found, at = patterns.BOUNDARY.split(text), [], 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + MOST_TOGETHER), at, -1):
            translated = _sentence(" ".join(pieces[at:end]), depth)
            if translated is not None:
                found.append(translated)
                at = end
                break
        else:
            found.append(_behind_colon(pieces[at], depth))
            at += 1
    # Where sentences end without a blank, the next one begins without one.
    return " ".join(found).replace("\u3002 ", "\u3002")


def _behind_colon(text: str, depth: int) -> str:
    """A file, a row or a field, and what is said of it."""
    head, colon, rest = text.partition(": ")
    return f"{head}{colon}{_value(rest, depth + 1)}" if colon else text


def _sentence(text: str, depth: int) -> str | None:
    return _translated(_known().sentences, text, depth)


def _translated(known: Patterns, text: str, depth: int) -> str | None:
    match = known.match(text)
    if match is None:
        return None
    words = QCoreApplication.translate(CONTEXT, match.template)
    if words == match.template:
        return None
    values = {place: value if own else _value(value, depth + 1) for place, value, own in match.values}
    found = patterns.PLACE.sub(lambda place: values[place.group(1)], words)
    # What came in the middle of the English may begin the sentence now; a name keeps its letters.
    ours = {place for place, value, _ in match.values if values[place] != value}
    begins = words[:1] == "%" and words[1:2] in ours and text[:1].isupper()
    return found[:1].upper() + found[1:] if begins else found


def _value(text: str, depth: int) -> str:
    """What is put into a sentence: a reason, a count, the name of a list or field, several of these, or data."""
    if depth > DEEPEST or not text.strip():
        return text
    whole = _part(text, depth)
    if whole is not None:
        return whole
    ended = text[-1:] in ".?!"
    if text[:1].islower():
        # A sentence that was put in behind a colon, without its capital and perhaps without its stop.
        whole = _sentence(text[:1].upper() + text[1:] + ("" if ended else "."), depth)
        if whole is not None:
            return languages.lower_first(whole if ended else whole.rstrip(_STOPS))
    if ended:
        return _line(text, depth)
    return _listed(text, depth)


def _listed(text: str, depth: int) -> str:
    """Several things with commas between them, each as far as it is known."""
    pieces = _SEPARATED.split(text)
    if len(pieces) == 1:
        return text
    found = [_part(piece, depth) if at % 2 == 0 else None for at, piece in enumerate(pieces)]
    if all(piece is None for piece in found):
        return text
    between = {
        " and ": QCoreApplication.translate("Sentences", " and "),
        " or ": QCoreApplication.translate("Sentences", " or "),
        ", ": QCoreApplication.translate("Sentences", ", "),
    }
    return "".join(
        between.get(piece, piece) if known is None else known for piece, known in zip(pieces, found, strict=True)
    )


def _part(text: str, depth: int) -> str | None:
    """A part of a sentence, if it is ours."""
    if depth > DEEPEST:
        return None
    for meaning in (_label, _field, _counted, _known_part, _beside_label, _before_figure):
        found = meaning(text, depth)
        if found is not None:
            return found
    return None


def _label(text: str, _depth: int) -> str | None:
    label = _labels().get(text.casefold())
    return None if label is None else _as_in(text, QCoreApplication.translate("Modules", label))


def _field(text: str, _depth: int) -> str | None:
    """The name that Zoho gives to a field: ``due_date``, ``due date``."""
    name = text.replace(" ", "_")
    if not _FIELD.fullmatch(name):
        return None
    from zbdesk.ui.editing import labels

    english = labels.english_label(name)
    found = QCoreApplication.translate("Fields", english)
    return None if found == english else _as_in(text, found)


def _as_in(text: str, found: str) -> str:
    """With a small letter where the English has one, if the language writes such words small."""
    return languages.lower_first(found) if text[:1].islower() and found[1:2].islower() else found


def _counted(text: str, depth: int) -> str | None:
    """``1,200 records``, ``3 new``, ``2 invoices``."""
    match = _COUNTED.fullmatch(text)
    if match is None:
        return None
    figure, words = match.groups()
    template = _known().counted.get(words)
    if template is not None:
        number = int(figure.replace(",", ""))
        found = QCoreApplication.translate(CONTEXT, template, None, number)
        return None if found == template.replace("%n", str(number)) else found.replace(str(number), figure)
    label = _label(words, depth)
    return None if label is None else f"{figure} {label}"


def _known_part(text: str, depth: int) -> str | None:
    return _translated(_known().parts, text, depth)


def _beside_label(text: str, depth: int) -> str | None:
    """``Invoices: 3 new, 2 deleted`` and ``Invoices 3 of 10``."""
    for label in _labels_at(text):
        rest = text[len(label) :]
        blank = ": " if rest.startswith(": ") else " "
        if rest.startswith(blank) and _NUMBER.match(rest[len(blank) :]):
            found = _value(rest[len(blank) :], depth + 1)
            if found != rest[len(blank) :]:
                return f"{_label(label, depth)}{blank}{found}"
    return None


def _before_figure(text: str, depth: int) -> str | None:
    """``line by line 118.00``."""
    words, _, figure = text.rpartition(" ")
    found = _known_part(words, depth) if words and _NUMBER.fullmatch(figure) else None
    return None if found is None else f"{found} {figure}"


def _labels_at(text: str) -> list[str]:
    """The names of lists that a text may begin with."""
    words = re.split(r"(?<=[^\s:])(?=[ :])", text, maxsplit=4)
    found, begun = [], ""
    for word in words[:-1]:
        begun += word
        if begun.casefold() in _labels():
            found.append(begun)
    return found


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    """Names of modules as sentences hold them, to the name as the catalogue writes it."""
    return {word.casefold(): word for module in MODULES.values() for word in (module.label, module.singular)}


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to recognise: whole sentences, parts that are put into them, and parts with a number."""

    sentences: Patterns
    parts: Patterns
    counted: Mapping[str, str]
    """Words behind a number, for one and for more, to their text with %n."""


@lru_cache(maxsize=1)
def _known() -> Known:
    file = paths.resources() / "translations" / "sentences.json"
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return Known(Patterns(stored["sentences"]), Patterns(stored["parts"], figures=True), _counts(stored["counted"]))
    except (OSError, ValueError, LookupError, TypeError) as error:
        log.warning("no sentences: %s cannot be read: %s", file.name, error)
        return Known(Patterns(()), Patterns((), figures=True), {})


def _counts(templates: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for template in templates:
        words = template.removeprefix("%n ")
        found[words] = template
        for one in (re.sub(r"s$", "", words), words.replace("s were", " was")):
            found.setdefault(one, template)
    return found


def forget() -> None:
    """Read the patterns anew; for tests."""
    _said.cache_clear()
    _known.cache_clear()
