"""A made-up language for tests: every text of the window in brackets, with accents and two fifths longer.

What stands on the screen without brackets did not go through the translator, or is data. What does not fit would not
fit in German. The translations are made from the code, so nothing has to be kept in step.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QTreeView,
    QWidget,
)

ROOT = Path(__file__).resolve().parents[2]
OPEN, CLOSE = "\u27e6", "\u27e7"
_ACCENTS = str.maketrans("aeiouycnsAEIOUYCNS", "áéíóúýçñšÁÉÍÓÚÝÇÑŠ")
_KEPT = re.compile(r"%L?\d|%n|%|\{[a-z_]+\}|&.")


@lru_cache(maxsize=1)
def tool() -> ModuleType:
    """The tool that keeps the translations."""
    spec = importlib.util.spec_from_file_location("translations_tool", ROOT / ".ci" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["translations_tool"] = found
    spec.loader.exec_module(found)
    return found


def pseudo(text: str) -> str:
    """The text in the made-up language; placeholders, keys and blanks at the ends are kept."""
    inner = text.strip()
    if not inner:
        return text
    start = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :]
    parts, at = [], 0
    for found in _KEPT.finditer(inner):
        parts += [inner[at : found.start()].translate(_ACCENTS), found.group()]
        at = found.end()
    parts.append(inner[at:].translate(_ACCENTS))
    more = "~" * max(1, round(len(inner) * (0.4 if len(inner) <= 70 else 0.3)) - 2)
    return f"{start}{OPEN}{''.join(parts)}{more}{CLOSE}{end}"


def make(folder: Path) -> Path:
    """The made-up language as Qt loads it."""
    translations = tool()
    wanted = translations.texts()
    known: dict[str, dict[str, str | list[str]]] = {}
    for context, text, counted in wanted:
        known.setdefault(context, {})[text] = [pseudo(text)] * 2 if counted else pseudo(text)
    before, translations.FOLDER = translations.FOLDER, folder
    try:
        # With the plural rules of a language that has two forms.
        translations.write("de", known, wanted)
    finally:
        translations.FOLDER = before
    target = folder / "pseudo.qm"
    source = folder / "zbdesk_de.ts"
    subprocess.run([translations.lrelease(), "-silent", str(source), "-qm", str(target)], check=True)
    return target


def install(file: Path) -> QTranslator:
    """Speak it from now on; the caller removes what is returned."""
    found = QTranslator()
    assert found.load(str(file))
    assert QApplication.installTranslator(found)
    return found


@dataclass(frozen=True)
class Shown:
    """A text that somebody sees or hears."""

    kind: str
    text: str


def shown(scene: QWidget) -> Iterator[Shown]:
    """Every text of a scene: on widgets, in titles, lists, menus, tooltips and for screen readers."""
    yield Shown("window title", scene.windowTitle())
    for one in [scene, *scene.findChildren(QWidget)]:
        if not one.isVisibleTo(scene) or one.window() is not scene:
            continue
        name = type(one).__name__
        yield Shown(f"{name} accessible name", one.accessibleName())
        yield Shown(f"{name} accessible description", one.accessibleDescription())
        yield Shown(f"{name} tooltip", one.toolTip())
        yield from (Shown(name, words) for words in _own_words(one))


def _own_words(one: QWidget) -> Iterator[str]:
    if isinstance(one, QLabel | QAbstractButton):
        yield _plain(one.text())
    elif isinstance(one, QLineEdit | QTextEdit | QPlainTextEdit):
        yield one.placeholderText()
    elif isinstance(one, QComboBox):
        yield from (one.itemText(at) for at in range(one.count()))
    elif isinstance(one, QGroupBox):
        yield one.title()
    elif isinstance(one, QMenuBar):
        for menu in [action.menu() for action in one.actions()]:
            if menu is not None:
                yield menu.title()
                yield from (entry.text() for entry in menu.actions())
    else:
        yield from _listed_words(one)


def _listed_words(one: QWidget) -> Iterator[str]:
    model = one.model() if isinstance(one, QHeaderView | QTreeView) else None
    if model is None:
        return
    if isinstance(one, QHeaderView):
        sections = [at for at in range(one.count()) if not one.isSectionHidden(at)]
        yield from (str(model.headerData(at, one.orientation()) or "") for at in sections)
        return
    for row in range(min(60, model.rowCount())):
        for column in range(model.columnCount()):
            yield str(model.index(row, column).data() or "")


def _plain(text: str) -> str:
    if "<" not in text:
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def clipped(scene: QWidget) -> Iterator[str]:
    """Labels and buttons whose words are wider than they are, and that do not say the rest in a tooltip."""
    for one in scene.findChildren(QWidget):
        if not one.isVisibleTo(scene) or one.window() is not scene or one.width() == 0:
            continue
        if isinstance(one, QLabel):
            if not one.text() or one.toolTip() == one.text() or not one.pixmap().isNull():
                continue
            if one.wordWrap():
                needed = one.heightForWidth(one.width())
                if needed > one.height() + 2:
                    yield f"{type(one).__name__} needs a height of {needed}, has {one.height()}: {one.text()}"
            elif one.minimumSizeHint().width() > one.width() + 1 and one.sizeHint().width() > one.width() + 1:
                yield f"{type(one).__name__} needs {one.sizeHint().width()}, has {one.width()}: {one.text()}"
        elif isinstance(one, QAbstractButton) and one.text() and not one.toolTip():
            width = one.fontMetrics().horizontalAdvance(one.text().replace("&", ""))
            if width > one.width() + 1:
                yield f"{type(one).__name__} needs {width}, has {one.width()}: {one.text()}"


_BRACKETED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_KEYS = re.compile(r"(Ctrl|Alt|Shift)\+|^zbdesk |^[A-Z]{3} \d")
"""Names of keys, which Qt itself translates; commands; examples of amounts."""
_PLACE = re.compile(r"%L?\d|%n|\{[a-z_]+\}|\n")


def untranslated(text: str) -> list[str]:
    """The program's own words in a text that are not in brackets.

    Data may stand there as it is: names, numbers, codes, and the sentences that the engine writes. Words of our own
    come from the window's code or from the catalogue, so it is those that are looked for.
    """
    left = text
    while (fresh := _BRACKETED.sub(" | ", left)) != left:
        left = fresh
    for sentence in _sentences():
        left = left.replace(sentence, " | ")
    if not re.search(r"[^\W\d_]{3,}", left):
        return []
    found = []
    for one in own_words():
        if one in left and re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", left):
            found.append(one)
            left = left.replace(one, " | ")
    return found


@lru_cache(maxsize=1)
def own_words() -> tuple[str, ...]:
    """What the window's code and the catalogue call things, the longest first; not what fixtures hold as data."""
    found = {
        piece
        for context, text, _ in tool().texts()
        if context != "Sentences"
        for piece in _PLACE.split(text.replace("&", ""))
    }
    for path in (ROOT / "zbdesk" / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                found |= set(_PLACE.split(node.value.replace("&", "")))
    words = {one.strip(" .,:;…()\u201c\u201d") for one in found}
    # A word alone must look like the beginning of something shown; keys and names in code do not.
    shown_words = {one for one in words if len(one) > 3 and (" " in one or re.match(r"[A-Z][a-z]", one))}
    shown_words = {one for one in shown_words if not _KEYS.search(one)}
    return tuple(sorted(shown_words - _data(), key=len, reverse=True))


@lru_cache(maxsize=1)
def _strings() -> frozenset[str]:
    """Strings of the fixtures."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("*.py"):
        if path.name not in {"pseudo.py", "test_languages.py"}:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value.strip())
    return frozenset(found)


@lru_cache(maxsize=1)
def _sentences() -> tuple[str, ...]:
    """Longer pieces of data: sentences that the engine would have written."""
    return tuple(sorted((one for one in _strings() if len(one) > 11 and " " in one), key=len, reverse=True))


def _data() -> set[str]:
    return {piece for one in _strings() for piece in (one.strip(" .,:;…"), *re.split(r"[ ,.:;()]", one))}


Scene = tuple[Callable[[], QWidget], Callable[[QWidget], None]]
"""How a scene is built and ended."""


def scenes() -> dict[str, Scene]:
    """Every scene of the window by name, but for those that are there for one language."""
    from tests.ui import (
        scenes_care,
        scenes_closing,
        scenes_search,
        scenes_sources,
        scenes_two_ways,
        scenes_webhooks,
        scenes_window,
        scenes_wizard,
    )

    found: dict[str, Scene] = {name: (build, _end_wizard) for name, build in scenes_wizard.SCENES.items()}
    for kind in (scenes_care, scenes_closing, scenes_search, scenes_sources, scenes_two_ways, scenes_webhooks):
        found |= {
            f"{kind.__name__.partition('scenes_')[2]}/{name}": (build, _end) for name, build in kind.SCENES.items()
        }
    found |= {name: (build, _end) for name, build in scenes_window.SCENES.items()}
    return {name: scene for name, scene in found.items() if not name.endswith(("arabic", "german"))}


def _end_wizard(scene: QWidget) -> None:
    from tests.ui import scenes_wizard

    scene.hide()
    scenes_wizard.close()
    scene.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _end(scene: QWidget) -> None:
    from zbdesk.ui.main_window import MainWindow

    owner = scene.parentWidget()
    window = scene if isinstance(scene, MainWindow) else owner.window() if owner is not None else None
    if isinstance(window, MainWindow):
        window.bridge.close()
        window.bridge._desk.close()
        window.hide()
        window.deleteLater()
    frame = getattr(scene, "keep_alive", scene)
    if hasattr(frame, "end"):
        frame.end()
    else:
        scene.hide()
        scene.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
