"""The engine's sentences in the window's language.

What syncing writes into the database and into errors is English: it is made where no translator is, and the command
line and files show it as it is. The window knows the patterns of these sentences (``sentences.json``, read from the
engine's code by ``.ci/translations.py``), recognises one by its fixed words and shows its translation with the same
values put in. Invariant: a sentence that is not known is shown as it came; no value is lost, and only names of modules
are translated among them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from zbdesk.app import paths
from zbdesk.domain.modules import MODULES
from zbdesk.ui import languages

log = logging.getLogger(__name__)

CONTEXT = "Sentences"
MOST_TOGETHER = 4
"""Sentences that one pattern may hold."""

_PLACE = re.compile(r"%(\d)")
_BOUNDARY = re.compile(r"(?<=[.?!]) (?=[A-Z\u201c0-9])")


def said(text: str) -> str:
    """The text in the window's language, sentence by sentence as far as they are known."""
    return _said(text, languages.current()) if text and languages.current() != languages.ENGLISH else text


@lru_cache(maxsize=2048)
def _said(text: str, language: str) -> str:
    del language  # part of the key: another language is another answer
    if text[-1:] not in ".?!":
        # Titles of problems stand without their full stop.
        whole = _translated(f"{text}.")
        return text if whole is None else whole.rstrip(".\u3002\u0964")
    parts, found, at = _BOUNDARY.split(text), [], 0
    while at < len(parts):
        for end in range(min(len(parts), at + MOST_TOGETHER), at, -1):
            translated = _translated(" ".join(parts[at:end]))
            if translated is not None:
                found.append(translated)
                at = end
                break
        else:
            found.append(parts[at])
            at += 1
    return " ".join(found)


def _translated(sentence: str) -> str | None:
    for template, pattern in _patterns():
        values = pattern.fullmatch(sentence)
        if values is not None:
            words = QCoreApplication.translate(CONTEXT, template)
            return None if words == template else _filled(words, _PLACE.findall(template), values.groups())
    return None


def _filled(words: str, numbers: Sequence[str], values: Sequence[str]) -> str:
    put_in = {number: _value(value) for number, value in zip(numbers, values, strict=True)}
    return _PLACE.sub(lambda place: put_in[place.group(1)], words)


def _value(value: str) -> str:
    return QCoreApplication.translate("Modules", _labels().get(value.casefold(), value))


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    """Names of modules as sentences hold them, to the name as the catalogue writes it."""
    return {word.casefold(): word for module in MODULES.values() for word in (module.label, module.singular)}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns, those with the most fixed words first, so that the more particular one is found."""
    file = paths.resources() / "translations" / "sentences.json"
    try:
        templates = [str(one) for one in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError) as error:
        log.warning("no sentences: %s cannot be read: %s", file.name, error)
        return ()
    templates.sort(key=lambda one: -len(_PLACE.sub("", one)))
    return tuple((template, re.compile(_expression(template), re.DOTALL)) for template in templates)


def _expression(template: str) -> str:
    pieces = _PLACE.split(template)
    # A value never reaches over the end of a sentence: two sentences are not one with a long value.
    value = rf"((?:(?!{_BOUNDARY.pattern}).)+?)"
    return "".join(value if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
