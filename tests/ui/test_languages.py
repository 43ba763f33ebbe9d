"""The window in other languages: nothing is left in English, nothing is cut off, keys are unique, figures stay ours."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from tests.ui import pseudo
from zbdesk.domain.views import Organization
from zbdesk.ui import languages, text, theme
from zbdesk.ui.formats import Formats, own_direction

SCENES = pseudo.scenes()
LANGUAGES = [code for _, code in languages.LANGUAGES]
KEYED = ("dashboard-in-order", "records", "two_ways/conflicts", "two_ways/outgoing-held", "problems", "settings",
         "wizard-1-welcome", "wizard-3-credentials", "wizard-6-what-to-sync")  # fmt: skip
"""Scenes whose keys are looked at in every language."""

ENGLISH_OF_THE_ENGINE = re.compile(
    r"“[^”]*” is (no|not an) \w+[;.] [Ww]rite [^.]*(EUR|\d\.\d+)\.|There is no \w+ “[^”]*” in the books\.[^.?]*\?"
    r"|cannot be watched\. It is not there\.|There is no keychain on this computer|The disk of this computer is full"
    r"|Sync now"
)
"""Sentences that the engine says about a file or this computer; they are English in every language."""


SAME_EVERYWHERE = re.compile(
    r"^(Zoho Books|Windows \d+|Big5|Shift JIS|Mac Roman|Korean 949|DOS 850|English|Deutsch|Español|Français|Português)$"
)
"""Names that no language translates."""

TIGHT = ("wizard-6-what-to-sync", "why no document is sent twice: the panel grows with the window")
"""A scene whose longest paragraph is cut at 1280 x 800 when a third is added to it; no language needs that much."""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up language."""
    return pseudo.make(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture
def in_english(qapp: QApplication) -> Iterator[None]:
    """Whatever a test speaks, the next one speaks English."""
    yield
    languages.install(qapp, "en")


def _built(name: str) -> QWidget:
    scene = SCENES[name][0]()
    if name.startswith("wizard"):
        scene.resize(1280, 800)
    scene.show()
    for _ in range(6):
        QApplication.processEvents()
    return scene


@pytest.mark.logs("cannot be", "told")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(SCENES))
def test_c81_every_word_is_translated_and_none_is_cut_off(qapp: QApplication, made_up: Path, name: str) -> None:
    """In a language with longer words each scene is all translated, and each label and button shows its whole text."""
    theme.apply(qapp, "light")
    translator = pseudo.install(made_up)
    try:
        scene = _built(name)
        english = [
            (shown.kind, own, shown.text)
            for shown in pseudo.shown(scene)
            if (own := pseudo.untranslated(ENGLISH_OF_THE_ENGINE.sub(" | ", SAME_EVERYWHERE.sub("", shown.text))))
        ]
        cut = [one for one in pseudo.clipped(scene) if not (name.startswith(TIGHT[0]) and len(one) > 300)]
        SCENES[name][1](scene)
    finally:
        QApplication.removeTranslator(translator)
    assert english == []
    assert cut == []


@pytest.fixture(scope="module")
def mnemonics() -> ModuleType:
    """The tool that chooses keys."""
    spec = importlib.util.spec_from_file_location("mnemonics_tool", pseudo.ROOT / ".ci" / "mnemonics.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.filterwarnings("ignore")
def test_c67_keys_are_unique_in_every_language(qapp: QApplication, mnemonics: ModuleType, monkeypatch) -> None:
    """Alt and a letter means one thing in a window, whatever the words are."""
    translations = pseudo.tool()
    monkeypatch.setattr(pseudo, "scenes", lambda: {name: SCENES[name] for name in KEYED})
    scenes = mnemonics.together(translations)
    assert all(scenes)
    english = {place: place[1] for scene in scenes for place in scene}
    twice = {"en": mnemonics.clashes(english, scenes)}
    for language in translations.LANGUAGES:
        found = translations.read(language)
        words = {(context, one): found.get(context, {}).get(one, "") for context, one in english}
        twice[language] = mnemonics.clashes(words, scenes)
    assert {language: clashes for language, clashes in twice.items() if clashes} == {}


def test_keys_are_chosen_so_that_none_means_two_things(mnemonics: ModuleType) -> None:
    """A clash is settled with a letter of the word, at its beginning where that is free; menus keep theirs."""
    file, sync, save, full = ("Menus", "&File"), ("Bar", "&Sync"), ("Page", "&Save"), ("Page", "Fi&t")
    words = {file: "&Datei", sync: "&Abgleich", save: "&Durch Alles", full: "D&A"}
    scenes = [{file, sync, save}, {full, save}]
    changed = mnemonics.choose(words, scenes)
    assert file not in changed
    assert changed[save] in {"D&urch Alles", "Dur&ch Alles", "Du&rch Alles", "Durc&h Alles"}
    assert mnemonics.clashes(words | changed, scenes) == []
    assert mnemonics._with_key("保存(&S)…", "T") == "保存(&T)…"


@pytest.mark.parametrize(
    ("setting", "system", "language"),
    [
        ("de", ["ja-JP"], "de"),
        ("", ["de-AT", "en-US"], "de"),
        ("", ["pt-PT"], "pt"),
        ("", ["ar_EG"], "ar"),
        ("", ["nl-NL", "fr-BE"], "fr"),
        ("", ["nl-NL"], "en"),
        ("", ["C"], "en"),
        ("xx", ["de-DE"], "en"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_systems(monkeypatch, setting: str, system: list[str], language) -> None:
    """Empty follows the system's own order of languages; one that zbdesk does not speak shows English."""
    monkeypatch.setattr(languages.QLocale, "system", lambda: SimpleNamespace(uiLanguages=lambda: system))
    assert languages.chosen(setting) == language


def test_a_language_brings_words_direction_and_months(qapp: QApplication, in_english) -> None:
    """Ours, Qt's own, right to left for Arabic, and months; going back to English leaves nothing behind."""
    assert languages.install(qapp, "de") == "de"
    assert QCoreApplication.translate("Menus", "&File") == "&Datei"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert Formats().day(date(2026, 10, 4)) == "4. Okt. 2026"
    assert languages.install(qapp, "ja") == "ja"
    assert Formats().day(date(2026, 10, 4)) == "2026年10月4日"
    languages.install(qapp, "ar")
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    languages.install(qapp, "en")
    assert languages.current() == "en"
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert QCoreApplication.translate("Menus", "&File") == "&File"
    assert Formats().day(date(2026, 10, 4)) == "4 Oct 2026"


@pytest.mark.logs("no translation")
def test_a_language_without_its_file_is_english_and_said_so(qapp, in_english, monkeypatch, tmp_path, caplog) -> None:
    """A broken installation shows English words rather than none, and the log says why."""
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "zbdesk_de.qm").write_bytes(b"no translation at all")
    monkeypatch.setattr(languages.paths, "resources", lambda: tmp_path)
    languages.install(qapp, "de")
    assert QCoreApplication.translate("Menus", "&File") == "&File"
    assert "zbdesk_de.qm" in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_western_in_every_language(qapp: QApplication, in_english, language: str) -> None:
    """Spin boxes and calendars of Qt follow its locale, which must not bring digits of its own."""
    languages.install(qapp, language)
    assert QLocale().zeroDigit() == "0"
    assert Formats().count(1234567890).replace(",", "") == "1234567890"


ORGANIZATIONS = {
    "IN": (Organization("1", "Meridian", country="India", currency_code="INR"), "12,34,567.89", "INR"),
    "JP": (Organization("2", "Sakura", country="Japan", currency_code="JPY"), "1,234,568", "JPY"),
    "KW": (Organization("3", "Gulf", country="Kuwait", currency_code="KWD"), "1,234,567.891", "KWD"),
    "DE": (Organization("4", "Bergmann", country="Germany", currency_code="EUR"), "1.234.567,89", "EUR"),
}
AMOUNTS = {"INR": "1234567.89", "JPY": "1234568", "KWD": "1234567.891", "EUR": "1234567.89"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", ORGANIZATIONS)
def test_c83_figures_are_the_organizations_in_every_language(qapp, in_english, language: str, country: str) -> None:
    """A German in an Indian company reads 12,34,567.89 as everybody there; JPY has no decimals, KWD three."""
    languages.install(qapp, language)
    organization, shown, currency = ORGANIZATIONS[country]
    assert Formats(organization).amount(Decimal(AMOUNTS[currency]), currency) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_phrases_agree_with_their_number(qapp, in_english, language: str) -> None:
    """One minute, two minutes: a sentence never says "1 minutes", and the figure stands in it once."""
    languages.install(qapp, language)
    formats, now = Formats(), datetime(2026, 11, 20, 10, 14, tzinfo=UTC)
    said = {minutes: formats.ago(now - timedelta(minutes=minutes), now) for minutes in (1, 2, 5, 11, 59)}
    assert "%n" not in "".join(said.values())
    for minutes in (5, 11, 59):
        assert said[minutes].count(str(minutes)) == 1
    if language not in {"ja", "hi"}:
        # Without the figure the words for one and for several differ.
        assert said[1].replace("1", "") != said[5].replace("5", "")


def test_c87_names_are_sorted_as_people_look_for_them(qapp: QApplication, in_english) -> None:
    """Umlauts beside their vowels, case folded, figures by value, other scripts intact."""
    languages.install(qapp, "de")
    names = ["Zoll", "Österreich", "olive", "Ärger", "apfel", "Lager 10", "Lager 9", "株式会社さくら商事"]
    assert sorted(names, key=languages.sort_key) == [
        "apfel", "Ärger", "Lager 9", "Lager 10", "olive", "Österreich", "Zoll", "株式会社さくら商事",
    ]  # fmt: skip


def test_c82_latin_names_keep_their_order_in_arabic() -> None:
    """The full stop of a company stays at its end; a text with Arabic in it follows the window."""
    assert own_direction("Meridian Pvt. Ltd.") == "\u2068Meridian Pvt. Ltd.\u2069"
    assert own_direction("INR · مركز بيانات") == "INR · مركز بيانات"


def test_german_nouns_keep_their_capital_inside_a_sentence(qapp: QApplication, in_english) -> None:
    """A word put into a sentence begins small in English, and as it is in German."""
    assert languages.lower_first("Invoices") == "invoices"
    languages.install(qapp, "de")
    assert languages.lower_first("Rechnungen") == "Rechnungen"


def test_modules_and_statuses_speak_the_language(qapp: QApplication, in_english) -> None:
    """Names of the catalogue and Zoho's statuses are data of the program, and translated too."""
    languages.install(qapp, "de")
    assert text.module_label("invoices") == "Rechnungen"
    assert text.document_status("overdue").text == "Überfällig"


COST = """
import time
from PySide6.QtWidgets import QApplication
from zbdesk.ui import languages
app = QApplication([])
taken = []
for _ in range(5):
    began = time.perf_counter()
    languages.install(app, "ar")
    taken.append(time.perf_counter() - began)
print(min(taken))
"""


def test_a_language_costs_the_start_less_than_ten_milliseconds() -> None:
    """Reading the words is no reason to wait for the window."""
    done = subprocess.run([sys.executable, "-c", COST], capture_output=True, text=True, check=True, cwd=pseudo.ROOT)
    assert float(done.stdout) < 0.010


def test_the_command_line_stays_english() -> None:
    """Scripts read it: its words do not follow the language of the desktop."""
    said = {
        locale: subprocess.run(
            [sys.executable, "-m", "zbdesk", "--help"],
            env={"LANG": locale, "LANGUAGE": locale, "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            check=True,
            cwd=pseudo.ROOT,
        ).stdout
        for locale in ("C.UTF-8", "de_DE.UTF-8")
    }
    assert said["de_DE.UTF-8"] == said["C.UTF-8"]


def test_the_bundle_carries_the_translations() -> None:
    """The folder goes whole into the wheel and the bundle."""
    assert '("resources", "resources")' in (pseudo.ROOT / "zbdesk.spec").read_text()
    assert '"resources" = "zbdesk/_resources"' in (pseudo.ROOT / "pyproject.toml").read_text()
    shipped = {path.name for path in (pseudo.ROOT / "resources" / "translations").glob("*.qm")}
    assert shipped == {f"zbdesk_{code}.qm" for code in LANGUAGES if code != "en"}
