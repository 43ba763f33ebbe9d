"""Recognising a text by one of many patterns with places (%1, %2): the one with the most fixed words wins.

A pattern is looked up by the rarest of its fixed words, so a text is tried against the few patterns that share such a
word with it, not against all of them. ``tries`` counts the trials. No Qt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

PLACE = re.compile(r"%(\d)")
BOUNDARY = re.compile(r"(?<=[.?!]) (?=[A-Z\u201c0-9`])")
"""Between two sentences."""

_QUOTED = re.compile(r"\u201c%(\d)\u201d")
_VALUE = rf"((?:(?!{BOUNDARY.pattern}).)*?)"
"""A value never reaches over the end of a sentence: two sentences are not one with a long value."""

_ONE_THING = r"([^,;]*?)"
_FIGURE = r"(\d[\d,.]*)"


@dataclass(frozen=True, slots=True)
class Match:
    """A template, and its values: place, value, and whether it stands in quotation marks."""

    template: str
    values: tuple[tuple[str, str, bool], ...]


@dataclass(slots=True)
class _Pattern:
    template: str
    expression: re.Pattern[str]
    places: tuple[tuple[str, bool], ...]
    order: int


@dataclass(slots=True)
class Patterns:
    """Patterns by the rarest of their fixed words.

    ``figures``: for parts of sentences, some of which have too few fixed words to tell them from a name ("%1 of %2"):
    the first place takes figures only there.
    """

    templates: Iterable[str]
    figures: bool = False
    tries: int = 0
    _found_by: dict[str, list[_Pattern]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Build the index."""
        ordered = sorted(set(self.templates), key=lambda one: (-len(PLACE.sub("", one)), one))
        seen = Counter(word for template in ordered for word in set(_fixed_words(template)))
        for order, template in enumerate(ordered):
            words = _fixed_words(template)
            # The longer of two that are as rare: it is less likely to stand in a text by chance.
            key = min(words, key=lambda word: (seen[word], -len(word)), default="")
            expression = re.compile(_expression(template, figures=self.figures), re.DOTALL)
            quoted = set(_QUOTED.findall(template))
            places = tuple((place, place in quoted) for place in PLACE.findall(template))
            self._found_by.setdefault(key, []).append(_Pattern(template, expression, places, order))

    def match(self, text: str) -> Match | None:
        """The pattern of a text, or None."""
        candidates = list(self._found_by.get("", ()))
        for word in dict.fromkeys(text.split()):
            candidates += self._found_by.get(word, ())
        for one in sorted(candidates, key=lambda found: found.order):
            self.tries += 1
            values = one.expression.fullmatch(text)
            if values is not None:
                known = zip(one.places, values.groups(), strict=True)
                return Match(one.template, tuple((place, value, quoted) for (place, quoted), value in known))
        return None


def _fixed_words(template: str) -> list[str]:
    """The words that stand in every text of a pattern between blanks, as they are."""
    return [word for word in template.split() if not PLACE.search(word)]


def _expression(template: str, *, figures: bool) -> str:
    pieces = PLACE.split(template)
    if figures and len(pieces) > 1 and not pieces[0] and pieces[2] in {" ", " of "}:
        found = [_ONE_THING if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)]
        found[1] = _FIGURE
    else:
        found = [_VALUE if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)]
    return "".join(found)
