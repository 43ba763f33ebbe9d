"""The translations as files: complete, sound, and what the program loads is what they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from tests.ui import pseudo

LANGUAGES = ("ar", "de", "es", "fr", "hi", "ja", "pt")
FORMS = {
    "ar": {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 101: 5},
    "de": {0: 1, 1: 0, 2: 1, 100: 1},
    "es": {0: 1, 1: 0, 2: 1},
    "fr": {0: 0, 1: 0, 2: 1},
    "hi": {0: 1, 1: 0, 2: 1},
    "ja": {0: 0, 1: 0, 2: 0},
    "pt": {0: 0, 1: 0, 2: 1},
}
"""Which plural form Qt takes for which number."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The tool that keeps the translations."""
    return pseudo.tool()


@pytest.fixture(scope="module")
def wanted(tool: ModuleType) -> dict[tuple[str, str, bool], str]:
    """Every text of the window."""
    return dict(tool.texts())


def test_every_text_of_the_window_can_be_read_from_the_code(tool: ModuleType, capsys) -> None:
    """No call of the translator hides its text behind a name: it would never be translated."""
    tool.texts()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete_and_sound(tool: ModuleType, wanted, language: str) -> None:
    """Each text has its translation, with the same places, keys, dots and as many plural forms as the language has."""
    found = tool.read(language)
    absent = [(context, text) for context, text, _ in wanted if not found.get(context, {}).get(text)]
    assert absent == []
    faults = [
        f"{context}: {fault}: {text!r}"
        for context, text, counted in wanted
        for fault in tool.unsound(text, found[context][text], tool.LANGUAGES[language] if counted else 0)
    ]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_stay_western(tool: ModuleType, language: str) -> None:
    """No translation brings digits of its own script: figures beside it are Western in every language."""
    other = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]")
    words = [
        form
        for messages in tool.read(language).values()
        for translated in messages.values()
        for form in (translated if isinstance(translated, list) else [translated])
    ]
    assert [one for one in words if other.search(one)] == []


def test_what_the_program_loads_is_made_of_these_files(tool: ModuleType, tmp_path: Path) -> None:
    """A translation that was mended but not released would never be seen."""
    tool.release(tmp_path)
    for language in LANGUAGES:
        shipped = (tool.FOLDER / f"zbdesk_{language}.qm").read_bytes()
        assert shipped == (tmp_path / f"zbdesk_{language}.qm").read_bytes(), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_stand_in_the_order_that_qt_counts(
    qapp, tool: ModuleType, tmp_path, monkeypatch, language
) -> None:
    """The forms of the file are taken for the numbers that the guide for translators says."""
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    forms = [f"form {at}" for at in range(tool.LANGUAGES[language])]
    tool.write(language, {"Things": {"%n thing(s)": forms}}, {("Things", "%n thing(s)", True): ""})
    target = tmp_path / "out.qm"
    source = tmp_path / f"zbdesk_{language}.ts"
    subprocess.run([tool.lrelease(), "-silent", str(source), "-qm", str(target)], check=True)
    translator = QTranslator()
    assert translator.load(str(target))
    taken = {number: translator.translate("Things", "%n thing(s)", "", number) for number in FORMS[language]}
    assert taken == {number: f"form {at}" for number, at in FORMS[language].items()}


@pytest.mark.parametrize(
    ("text", "translated", "forms", "fault"),
    [
        ("%1 of %2", "%1 von", 0, "places differ (%2)"),
        ("Open %1", "Öffnen", 0, "places differ (%1)"),
        ("until {time}", "bis {zeit}", 0, "places differ ({time}, {zeit})"),
        ("&Save", "Speichern", 0, "the key of the button (&) is missing or too much"),
        ("Save", "&Speichern", 0, "the key of the button (&) is missing or too much"),
        (" and ", "und", 0, "a blank at its beginning or end"),
        ("Open…", "Öffnen", 0, "the three dots that say more is asked"),
        ("%n call(s)", "%n Aufrufe", 2, "it needs 2 plural forms"),
        ("%n call(s)", ["%n", "%n", "%n"], 2, "it needs 2 plural forms"),
        ("Call", ["Aufruf", "Aufrufe"], 0, "it needs no plural forms"),
    ],
)
def test_unsound_translations_are_refused(tool: ModuleType, text: str, translated, forms: int, fault: str) -> None:
    """A figure that got lost, or a key that is not there, is found before anybody sees it."""
    assert tool.unsound(text, translated, forms) == [fault]


def test_a_sound_translation_is_taken_by_fill_and_others_are_named(tool: ModuleType, tmp_path, monkeypatch) -> None:
    """Filling takes what is right, says what is not, and leaves the rest of the file as it was."""
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    wanted = {("Page", "Open %1", False): "", ("Page", "Close", False): "", ("Other", "Close", False): ""}
    tool.write("de", {"Page": {"Close": "Zu"}}, wanted)
    chunk = tmp_path / "chunk.json"
    chunk.write_text(json.dumps({"Page": {"Open %1": "Öffnen"}, "Other": {"Close": "Schließen"}, "Gone": {"x": "y"}}))
    wrong = tool.fill("de", chunk, wanted)
    assert len(wrong) == 2
    assert tool.read("de") == {"Page": {"Close": "Zu"}, "Other": {"Close": "Schließen"}}


def test_a_text_that_moves_keeps_its_translation(tool: ModuleType, tmp_path: Path, monkeypatch) -> None:
    """A class that gets another name does not cost a translator's work."""
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    tool.write("de", {"Before": {"Close": "Schließen"}}, {("Before", "Close", False): ""})
    now = {("After", "Close", False): ""}
    assert tool.missing("de", now) == {}
    known = tool.read("de")
    tool.recall(known, now)
    tool.write("de", known, now)
    assert tool.read("de")["After"] == {"Close": "Schließen"}
    assert tool.tidy("de", now) == 1
    assert tool.read("de") == {"After": {"Close": "Schließen"}}


CODE = """
class Page(QWidget):
    def __init__(self):
        tr = self.tr
        say = QCoreApplication.translate
        self.tr("own")
        tr("by another name")
        say("Other", "named context")
        _tr("one" if self.many else "two")
        plural("Counted", "%n thing(s)", 3, "%n thing", "%n things")
        self.tr(unknown)
        self.tr(
            "in "
            "two parts"
        )

def _tr(text):
    return QCoreApplication.translate("Helper", text)
"""


def test_texts_are_found_however_the_translator_is_called(tool: ModuleType) -> None:
    """Own calls, aliases, helpers, choices and counted phrases; what cannot be found out is said."""
    import ast

    reader = tool._Reader(ast.parse(CODE))
    assert {text for text, _ in reader.found} == {
        ("Page", "own", False),
        ("Page", "by another name", False),
        ("Other", "named context", False),
        ("Helper", "one", False),
        ("Helper", "two", False),
        ("Counted", "%n thing(s)", True),
        ("Page", "in two parts", False),
    }
    assert [call for _, call, _ in reader.open] == ["self.tr(unknown)"]


def test_the_tool_says_how_it_is_used() -> None:
    """A word that it does not know prints the commands and fails."""
    done = subprocess.run(
        [sys.executable, str(pseudo.ROOT / ".ci" / "translations.py"), "nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "missing LANGUAGE" in done.stdout
