"""How much a decoded text looks like words of one script: what tells the legacy encodings apart. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_EAST = {"cp932", "euc_jp", "gb18030", "big5", "cp949"}
_LATIN_USUAL = frozenset("äöüßéèêëàâçîïôûùœæñóíáúãõåøÄÖÜÉÈÀÇÑÓÍÁÚÅØÕÃąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰăâîșțğışİŞĞ")
_SIGNS = frozenset("€£§°–—‘’“”„…«»·•×®©™¿¡ªº¥№“”、。，：（）％・ー「」")
_CYRILLIC_USUAL = frozenset("оеаинтсрвлкмдпуяыьгзОЕАИНТСРВЛКМДПУЯіїєђјљњћ")
_TELLING_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI", "HIRAGANA", "KATAKANA", "HANGUL", "CJK")


@lru_cache(maxsize=8192)
def _script(char: str) -> str:
    """The script of a letter; "" for what is none."""
    name = unicodedata.name(char, "")
    if name.startswith("HALFWIDTH"):
        return "HALFWIDTH"
    return next((script for script in _TELLING_SCRIPTS if name.startswith(script)), "")


def likeness(text: str, encoding: str) -> float:
    """From about -2 (nonsense) to 1 (every sign beyond ASCII stands where a writer would put it)."""
    points, weight = 0.0, 0
    before = " "
    for place, char in enumerate(text):
        if not char.isascii():
            after = text[place + 1] if place + 1 < len(text) else " "
            width = 2 if encoding in _EAST and _script(char) != "HALFWIDTH" else 1
            points += width * _point(before, char, after, encoding)
            weight += width
        before = char
    return points / weight if weight else 0.0


def _point(  # noqa: PLR0911 - one return a script
    before: str, char: str, after: str, encoding: str
) -> float:
    category = unicodedata.category(char)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return -3.0
    script = _script(char)
    if not script or not category.startswith(("L", "M")):
        if before.isalpha() and after.isalpha() and char not in "‘’·ー":
            return -1.2
        return 0.6 if char in _SIGNS else 0.3 if category == "Zs" else -0.6
    if script == "LATIN":
        return _latin(before, char, after)
    if script in {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}:
        return _eastern(char, encoding)
    if script == "HALFWIDTH":
        return -0.4
    return _word(before, char, after, script)


def _latin(before: str, char: str, after: str) -> float:
    """An accent stands among plain letters; several in a row are another script misread."""
    neighbours = [one for one in (before, after) if one.isalpha()]
    plain = sum(one.isascii() for one in neighbours)
    strange = len(neighbours) - plain
    point = 0.85 if char in _LATIN_USUAL else 0.25
    point -= 0.7 * strange
    if char.isupper() and before.islower():
        point -= 0.8
    return point if neighbours else point - 0.5


def _eastern(char: str, encoding: str) -> float:
    """Frequent characters stand in the first level of each national set."""
    script = _script(char)
    if script in {"HIRAGANA", "KATAKANA"}:
        return 0.95 if encoding in {"cp932", "euc_jp"} else 0.2
    if script == "HANGUL":
        return 0.95 if encoding == "cp949" and _is_frequent(char, encoding) else -0.2
    return 0.8 if _is_frequent(char, encoding) else -0.5


@lru_cache(maxsize=8192)
def _is_frequent(char: str, encoding: str) -> bool:
    national = {"cp932": "shift_jis", "euc_jp": "shift_jis", "gb18030": "gb2312", "big5": "big5", "cp949": "euc_kr"}
    try:
        code = char.encode(national.get(encoding, encoding))
    except UnicodeEncodeError:
        return False
    if len(code) != 2:
        return False
    lead = code[0]
    if encoding in {"cp932", "euc_jp"}:
        return 0x88 <= lead <= 0x98
    if encoding == "gb18030":
        return 0xB0 <= lead <= 0xD7
    if encoding == "big5":
        return 0xA4 <= lead <= 0xC6
    return 0xB0 <= lead <= 0xC8


def _word(before: str, char: str, after: str, script: str) -> float:
    """A letter of another alphabet stands among its own; beside a Latin letter it is misread."""
    point = 0.75 if script != "CYRILLIC" else 0.95 if char in _CYRILLIC_USUAL else 0.45
    for one in (before, after):
        if one.isalpha():
            point += 0.1 if _script(one) == script else -1.2
    if char.isupper() and before.islower():
        point -= 0.8
    if char.isupper() and after.islower() and before.isalpha() and before.isupper():
        point -= 0.2
    return min(point, 0.95)
