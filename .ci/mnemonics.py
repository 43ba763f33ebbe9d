"""Gives the keys of buttons and menus (the letter after &) so that none means two things in one window.

    python .ci/mnemonics.py LANGUAGE ...   mend the keys in resources/translations/zbdesk_XX.ts
    python .ci/mnemonics.py                all languages

Which texts are in sight together is found out once, by building every scene of the tests in a language whose words are
the numbers of the texts; then each language's letters are chosen as colours of that graph. Texts written as
``保存(&S)`` keep their Latin letter where it is free. Run ``.ci/translations.py release`` afterwards.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parents[1]
OPEN, CLOSE = "\u27ea", "\u27eb"
_NUMBER = re.compile(f"{OPEN}(\\d+){CLOSE}")
_KEY = re.compile(r"&([^\W_])")
PINNED_CONTEXTS = ("Menus",)
PINNED = frozenset({"&Back"})
"""What keeps its key first: menus, and what the help names by its key."""

Place = tuple[str, str]
"""Context and text."""


def tool() -> ModuleType:
    """The tool that keeps the translations."""
    spec = importlib.util.spec_from_file_location("translations_tool", ROOT / ".ci" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["translations_tool"] = found
    spec.loader.exec_module(found)
    return found


def together(translations: ModuleType) -> list[set[Place]]:
    """The keyed texts that are in sight together, a set a scene."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QTranslator
    from PySide6.QtWidgets import QApplication

    from zbdesk.ui import theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    places = sorted((context, text) for context, text, counted in translations.texts() if "&" in text)
    translator = QTranslator()
    with tempfile.TemporaryDirectory() as folder:
        assert translator.load(str(_numbered(translations, places, Path(folder))))
        QApplication.installTranslator(translator)
        theme.apply(app, "light")
        try:
            return [{places[number] for number in numbers} for numbers in _scenes(app)]
        finally:
            QApplication.removeTranslator(translator)


def _numbered(translations: ModuleType, places: list[Place], folder: Path) -> Path:
    import subprocess

    known: dict[str, dict[str, str | list[str]]] = {}
    for number, (context, text) in enumerate(places):
        word = f"{OPEN}{number}{CLOSE}"
        known.setdefault(context, {})[text] = [word] * 2 if "%n" in text else word
    before, translations.FOLDER = translations.FOLDER, folder
    try:
        wanted = {(context, text, "%n" in text): "" for context, text in places}
        translations.write("de", known, wanted)
    finally:
        translations.FOLDER = before
    target = folder / "numbers.qm"
    subprocess.run([translations.lrelease(), "-silent", str(folder / "zbdesk_de.ts"), "-qm", str(target)], check=True)
    return target


def _scenes(app: QApplication) -> Iterator[set[int]]:
    from tests.ui import pseudo

    for build, end in pseudo.scenes().values():
        scene = build()
        scene.resize(1280, 800)
        scene.show()
        for _ in range(6):
            app.processEvents()
        yield _numbers(scene)
        end(scene)


def _numbers(scene: QWidget) -> set[int]:
    from PySide6.QtWidgets import QAbstractButton, QLabel, QMenuBar, QWidget

    found: set[int] = set()
    for one in scene.findChildren(QWidget):
        if not one.isVisibleTo(scene) or one.window() is not scene:
            continue
        if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None):
            texts = [one.text()]
        elif isinstance(one, QMenuBar):
            texts = [action.text() for action in one.actions()]
        else:
            continue
        found |= {int(number) for text in texts for number in _NUMBER.findall(text)}
    return found


def choose(translated: dict[Place, str], scenes: list[set[Place]]) -> dict[Place, str]:
    """New texts for those whose key has to change. A text whose letters are all taken loses nothing: it stays."""
    beside: dict[Place, set[Place]] = {}
    for scene in scenes:
        members = {place for place in scene if place in translated}
        for place in members:
            beside.setdefault(place, set()).update(members - {place})
    keys = {place: _key(words) for place, words in translated.items()}
    settled: dict[Place, str] = {}
    # Short words first: they have the least choice.
    for place in sorted(beside, key=lambda one: (not _pinned(one), len(_letters(translated[one])), one)):
        taken = {settled[other] for other in beside[place] if other in settled}
        if keys[place] in taken:
            # Rather a letter that none of the others would have to give up.
            wanted = {keys[other] for other in beside[place]}
            letters = _letters(translated[place])
            free = [letter for letter in letters if letter not in taken | wanted] or [
                letter for letter in letters if letter not in taken
            ]
            keys[place] = free[0] if free else _made_free(place, letters, beside, settled, translated) or keys[place]
        settled[place] = keys[place]
    return {
        place: _with_key(translated[place], key)
        for place, key in settled.items()
        if key and key != _key(translated[place])
    }


def _made_free(
    place: Place,
    letters: list[str],
    beside: dict[Place, set[Place]],
    settled: dict[Place, str],
    translated: dict[Place, str],
) -> str:
    """A letter that one other text can give up for another of its own; that text is moved. Empty where none can."""
    for letter in letters:
        holders = [other for other in beside[place] if settled.get(other) == letter]
        if len(holders) != 1 or _pinned(holders[0]):
            continue
        taken = {settled[other] for other in beside[holders[0]] if other in settled} | {letter}
        instead = [one for one in _letters(translated[holders[0]]) if one not in taken]
        if instead:
            settled[holders[0]] = instead[0]
            return letter
    return ""


def _pinned(place: Place) -> bool:
    return place[0] in PINNED_CONTEXTS or place[1] in PINNED


def _key(words: str) -> str:
    found = _KEY.search(words.replace("&&", ""))
    return found.group(1).upper() if found else ""


def _letters(words: str) -> list[str]:
    """Letters that may be the key: those at the start of a word first, each once."""
    if re.search(r"\(&\w\)", words):
        return list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    # A placeholder is no letter of the text, and a letter with a tail or a stroke is hard to underline or to type.
    bare = re.sub(r"%\d|%n|\{\w+\}", " ", words.replace("&", ""))
    starts = [found.group() for found in re.finditer(r"(?<!\w)[^\W\d_]", bare)]
    others = [letter for letter in bare if letter.isalpha()]
    upper = [letter.upper() for letter in [*starts, *others]]
    return list(dict.fromkeys(letter for letter in upper if len(letter) == 1))


def _with_key(words: str, letter: str) -> str:
    if re.search(r"\(&\w\)", words):
        return re.sub(r"\(&\w\)", f"(&{letter})", words)
    bare = words.replace("&", "")
    hidden = re.sub(r"%\d|%n|\{\w+\}", lambda found: "\0" * len(found.group()), bare)
    at_start = re.search(rf"(?<!\w){re.escape(letter)}", hidden, re.IGNORECASE)
    anywhere = at_start or re.search(re.escape(letter), hidden, re.IGNORECASE)
    assert anywhere is not None
    return f"{bare[: anywhere.start()]}&{bare[anywhere.start() :]}"


def clashes(translated: dict[Place, str], scenes: list[set[Place]]) -> list[str]:
    """What is left: two texts of one scene with the same key."""
    found = set()
    for scene in scenes:
        by_key: dict[str, list[Place]] = {}
        for place in sorted(scene):
            if place in translated:
                by_key.setdefault(_key(translated[place]), []).append(place)
        found |= {
            f"{key}: " + " | ".join(translated[place] for place in places)
            for key, places in by_key.items()
            if key and len(places) > 1
        }
    return sorted(found)


def main() -> int:
    """Do what was asked."""
    translations = tool()
    scenes = together(translations)
    for language in [one for one in translations.LANGUAGES if one in sys.argv[1:] or not sys.argv[1:]]:
        known = translations.read(language)
        translated = {
            (context, text): words
            for context, messages in known.items()
            for text, words in messages.items()
            if isinstance(words, str) and "&" in words
        }
        changed = choose(translated, scenes)
        for (context, text), words in changed.items():
            known[context][text] = words
        translations.write(language, known, translations.texts())
        left = clashes(translated | changed, scenes)
        print(f"{language}: {len(changed)} keys changed, {len(left)} clashes left")  # noqa: T201
        print("\n".join(f"  {line}" for line in left))  # noqa: T201
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # The scenes hold windows that the interpreter would take down in no order.
    os._exit(code)
