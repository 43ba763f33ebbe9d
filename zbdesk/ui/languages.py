"""The language of the window: which there are, which one is used, and what else goes with it.

A language brings our own words, Qt's (the buttons of its dialogs), the reading direction, the names of months and the
order of words in sorted lists. It does not bring the way figures and dates are written: that is the organization's
(``formats.py``), and digits are Western in every language. Invariant: a language without its file shows English, never
a key or an empty button; a text that has no translation shows its English.

Widgets read their words when they are made: a change exchanges the window (``live_language.py``).
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCollator, QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from zbdesk.app import paths
from zbdesk.ui import formats

log = logging.getLogger(__name__)

ENGLISH = "en"
LANGUAGES = (
    ("English", ENGLISH), ("العربية", "ar"), ("Deutsch", "de"), ("Español", "es"), ("Français", "fr"), ("हिन्दी", "hi"),
    ("日本語", "ja"), ("Português", "pt"),
)  # fmt: skip
"""Each in its own words, so that whoever needs it can read it."""

RIGHT_TO_LEFT = frozenset({"ar"})
NOUNS_WITH_CAPITALS = frozenset({"de"})

_LOCALES = {"ar": "ar_AE", "hi": "hi_IN", "en": "en_GB", "pt": "pt_BR"}
"""Countries whose digits are Western; Qt alone would write ١٢ for Arabic."""

_QT = {"pt": "pt_BR"}
_CODES = frozenset(code for _, code in LANGUAGES)


class _Installed:
    """What is installed now. Qt keeps no reference to a translator, so somebody must."""

    language = ENGLISH
    translators: tuple[QTranslator, ...] = ()
    collator: QCollator | None = None


def chosen(setting: str) -> str:
    """The language of a setting; empty is the system's, English where the system's is not among ours."""
    wanted = [setting] if setting else QLocale.system().uiLanguages()
    for tag in wanted:
        code = tag.replace("_", "-").split("-", 1)[0].lower()
        if code in _CODES:
            return code
    return ENGLISH


def current() -> str:
    """The language in use."""
    return _Installed.language


def install(app: QApplication, setting: str = "") -> str:
    """Use a language from now on, for whatever is made after this; returns which one it is. Main thread only."""
    language = chosen(setting)
    for old in _Installed.translators:
        QCoreApplication.removeTranslator(old)
    # The last one installed is asked first: our words before Qt's.
    translators = tuple(found for found in (_qt(language), _ours(language)) if found is not None)
    for fresh in translators:
        QCoreApplication.installTranslator(fresh)
    _Installed.language, _Installed.translators, _Installed.collator = language, translators, None
    QLocale.setDefault(QLocale(_LOCALES.get(language, language)))
    right_to_left = language in RIGHT_TO_LEFT
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    formats.use_language(language)
    return language


def _ours(language: str) -> QTranslator | None:
    if language == ENGLISH:
        return None
    file = paths.resources() / "translations" / f"zbdesk_{language}.qm"
    found = QTranslator()
    if found.load(str(file)):
        return found
    log.warning("no translation: %s cannot be read", file.name)
    return None


def _qt(language: str) -> QTranslator | None:
    """Qt's own words; it ships none for some languages (Hindi), whose dialogs keep its English."""
    if language == ENGLISH:
        return None
    found = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return found if found.load(f"qtbase_{_QT.get(language, language)}", folder) else None


def sort_key(text: str) -> tuple[object, str]:
    """Where a name stands among others in the language in use: Ä beside A, case folded, figures by value.

    For lists that the window itself keeps in memory; the database has keys of its own.
    """
    if _Installed.collator is None:
        collator = QCollator(QLocale())
        collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        collator.setNumericMode(True)
        _Installed.collator = collator
    return _Installed.collator.sortKey(text), text


def lower_first(word: str) -> str:
    """The word as it stands inside a sentence; German nouns keep their capital."""
    if _Installed.language in NOUNS_WITH_CAPITALS:
        return word
    return word[:1].lower() + word[1:]
