"""Every sentence of the engine that can reach the window is known to the translator, and the window asks it."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

import zbdesk
from tests.ui import pseudo
from zbdesk.app.lock import Holder
from zbdesk.domain.errors import Budget, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.store.errors import DiskFull
from zbdesk.sync import edit_errors
from zbdesk.ui import languages, questions, sentences
from zbdesk.ui.statusbar import StatusLine
from zbdesk.ui.widgets import Banner, EmptyState
from zbdesk.ui.widgets.fields import Message

UI = pseudo.ROOT / "zbdesk" / "ui"
NAME = "Zebra"
"""A name from outside, which stays."""

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def _spoken() -> ModuleType:
    found = pseudo.tool().spoken
    assert isinstance(found, ModuleType)
    return found


@pytest.fixture(scope="module")
def language(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The window speaks the made-up language, in which every sentence of today's code has a translation."""
    file = pseudo.make(tmp_path_factory.mktemp("pseudo"))
    patch = pytest.MonkeyPatch()
    patch.setattr(languages._Installed, "language", "pseudo")
    known = pseudo.tool().sentences()
    patch.setattr(sentences.paths, "resources", lambda: file.parent)
    (file.parent / "translations").mkdir()
    (file.parent / "translations" / "sentences.json").write_text(json.dumps(known), encoding="utf-8")
    sentences.forget()
    translator = pseudo.install(file)
    yield
    QCoreApplication.removeTranslator(translator)
    patch.undo()
    sentences.forget()


# ---- what is made ---------------------------------------------------------------------------------------------------
def _english(text: str) -> list[str]:
    """Words of a shown text that did not go through the translator and are no data."""
    left = text
    while (fresh := re.sub(f"{pseudo.OPEN}[^{pseudo.OPEN}{pseudo.CLOSE}]*{pseudo.CLOSE}", " ", left)) != left:
        left = fresh
    left = re.sub(r"\u201c[^\u201d]*\u201d|`[^`]*`|\S*[/\\.:@_]\S+|\b[A-Z]{2,}\b", " ", left)
    return [word for word in re.findall(r"[^\W\d_]{3,}", left) if word not in _DATA]


_DATA = frozenset({NAME, "Zulu", "zbdesk", "Zoho", "SQLite"})

SAMPLES: Mapping[str, Any] = {
    "str": NAME, "str | None": NAME, "int": 7, "int | None": 7, "float": 7.5, "Decimal": Decimal(7),
    "date": date(2026, 11, 20), "datetime": AT, "Path": Path("/data/x.db"),
    "Sequence[str]": (NAME, "Zulu"), "tuple[str, ...]": (NAME, "Zulu"),
    "Iterable[str]": (NAME, "Zulu"), "Sequence[int]": (7, 8), "Sequence[Path]": (Path("/data/x.db"),), "bool": True,
    "OSError": OSError(28, NAME), "Module": MODULES["invoices"], "Collection[str]": (NAME, "Zulu"),
    "Sequence[int] | None": (7,), "Exception": OSError(28, NAME), "Holder": Holder(7, "window", AT),
    "Budget": Budget.DAY,
    "Sequence[tuple[str, str]]": ((NAME, "Text is wanted here."),),
    "Sequence[tuple[str, ZbdeskError]]": ((NAME, DiskFull(NAME)), ("Zulu", DiskFull(NAME))),
}  # fmt: skip
"""A value of each kind that constructors of failures take."""


NOT_MADE = frozenset({"DocumentRefused", "FileRefused", "NoSuchChoice", "OrganizationEnded", "TableFaults"})
"""Failures that take larger things; their sentences are among the patterns, which are looked at one by one below."""


def _failures() -> list[type[ZbdeskError]]:
    for module in pkgutil.walk_packages(zbdesk.__path__, "zbdesk."):
        if module.name.split(".")[1] in _spoken().ENGINE and "migrations" not in module.name:
            importlib.import_module(module.name)
    found: dict[str, type[ZbdeskError]] = {}

    def walk(kind: type[ZbdeskError]) -> None:
        for one in kind.__subclasses__():
            if one.__module__.startswith("zbdesk.") and "__init__" in vars(one):
                found[f"{one.__module__}.{one.__name__}"] = one
            walk(one)

    walk(ZbdeskError)
    return [found[name] for name in sorted(found)]


def _file_of(kind: type) -> str:
    return kind.__module__.removeprefix("zbdesk.").replace(".", "/") + ".py"


def _made(kind: type[ZbdeskError], name_: str = NAME) -> ZbdeskError | None:
    values: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(kind.__init__).parameters.items())[1:]:
        wanted = str(parameter.annotation)
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
            continue
        if wanted in SAMPLES:
            values[name] = name_ if SAMPLES[wanted] == NAME else SAMPLES[wanted]
        elif parameter.default is parameter.empty:
            return None
    return kind(**values)


def _stays(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}/") for one in _spoken().STAYS)


def test_every_failure_is_said_in_the_language(language: None) -> None:
    """Title, cause and way out of each failure that the engine knows; names, paths and commands stay."""
    left, made, unmade = [], 0, []
    for kind in _failures():
        file = _file_of(kind)
        if _stays(file) or not file.startswith(tuple(f"{package}/" for package in _spoken().ENGINE)):
            continue
        error = _made(kind)
        if error is None:
            unmade.append(kind.__name__)
            continue
        made += 1
        # What is put in is a name, or a reason, which is a sentence of its own.
        reasoned = _made(kind, f"{NAME}.")
        assert reasoned is not None
        for text, other in ((error.title, reasoned.title), (error.message, reasoned.message)):
            if (words := _english(sentences.said(text))) and _english(sentences.said(other)):
                left.append(f"{file}: {kind.__name__}: {words}: {text} -> {sentences.said(text)}")
    assert left == []
    assert made > 140
    assert set(unmade) == NOT_MADE


def _filled(pattern: str) -> str:
    return re.sub(r"%\d", NAME, pattern)


@pytest.mark.parametrize("kind", ["sentences", "parts"])
def test_every_pattern_is_recognised_by_a_sentence_made_of_it(language: None, kind: str) -> None:
    """With names put in, each is shown in the language, and by itself: no other pattern takes it away."""
    found = []
    for pattern in pseudo.tool().sentences()[kind]:
        text = (
            _filled(pattern) if not re.match(r"%1 (of )?%2", pattern) else pattern.replace("%1", "7").replace("%2", "8")
        )
        if words := _english(sentences.said(text)):
            found.append(f"{words}: {text} -> {sentences.said(text)}")
    assert found == []


# ---- that nothing is forgotten --------------------------------------------------------------------------------------
MAKERS = re.compile(
    r"raise (?!(?:_\w+|StopAsyncIteration|HTTP\w+)$)|class \w+ .*(?:Error|Unusable|Refused|Unreadable|Gone)\b|"
    r"call (?:Trouble|Refuse|Finding|Verdict|BadCell|CellError|Fault|FieldError|FileRefused|Outcome)$|"
    r"call (?:raise_problem|_raise)$|"
    r"(?:remedy|message|sentence)="
)
"""Where words for people are made: failures, problems, findings, verdicts. ``diary.add`` gets them from these."""

ENGLISH = frozenset({
    "%1 and %2 cannot be added or compared", "%1 mails somebody and is never called", "MySQL and MariaDB",
})  # fmt: skip
"""Faults of the program, and names."""


def test_what_is_made_for_people_is_extracted() -> None:
    """Each text of two words or more in a failure, problem, finding or verdict is a sentence or a part of one."""
    spoken = _spoken()
    forgotten = [
        f"{text.file}:{text.line}: {text.pattern}"
        for text in spoken.texts()
        if any(MAKERS.match(one) for one in text.within)
        and len(re.findall(r"[a-z]{2,}", text.pattern.replace("%", ""))) > 1
        and not list(spoken.spoken(text.pattern))
        and not spoken.is_part(text)
        and text.pattern not in {*spoken.WHOLE, *spoken.VALUES, *ENGLISH, *spoken.LEFT_OUT}
        and not _is_known_later(spoken, text.pattern)
    ]
    assert forgotten == []


def _is_known_later(spoken: ModuleType, pattern: str) -> bool:
    return f"{pattern}." in spoken.WHOLE or pattern.strip() in spoken.VALUES


def test_what_stays_english_is_there_and_has_a_reason() -> None:
    """A file that moved away leaves no hole in the list, and every entry says why."""
    for name, why in _spoken().STAYS.items():
        assert (pseudo.ROOT / "zbdesk" / name).exists(), name
        assert len(why.split()) > 2


# ---- that the window asks -------------------------------------------------------------------------------------------
SHOWING = frozenset(
    {"Elided", "Label", "QTreeWidgetItem", "setAccessibleName", "setInformativeText", "setText", "setToolTip"}
)
"""Put a text on the screen as it is; banners, messages, empty lists, questions and the foot ask by themselves."""

TOLD = frozenset({"last_message", "message", "remedy", "sentence"})
"""What the engine's answers call their sentences."""

ASKS = frozenset({"said", "spoken"})


def _shown_as_they_came() -> Iterator[str]:
    for path in sorted(UI.rglob("*.py")):
        if path.name == pseudo.tool().UNSHIPPED:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in SHOWING:
                for text in (text for argument in call.args for text in _unasked(argument)):
                    yield f"{path.relative_to(UI)}:{call.lineno}: {text}"


def _unasked(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node.func) in ASKS:
        return
    if isinstance(node, ast.Attribute):
        base = node.value
        own = isinstance(base, ast.Name) and base.id == "self"
        failure = isinstance(base, ast.Name) and base.id in {"error", "event", "failure"} and node.attr == "title"
        if (node.attr in TOLD and not own) or failure:
            yield ast.unparse(node)
    for child in ast.iter_child_nodes(node):
        yield from _unasked(child)


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_no_sentence_of_the_engine_is_shown_as_it_came() -> None:
    """What puts the engine's words on the screen passes them through the translator."""
    assert list(_shown_as_they_came()) == []


def test_what_asks_by_itself_does(language: None, qapp: QApplication) -> None:
    """Banner, empty list, message under a field, question and the window's foot."""
    error = edit_errors.CannotEdit("This record is deleted in Zoho Books.", "Nothing can be done with it any more.")
    message, foot, holder = Message(announced=False), StatusLine(), QWidget()
    message.say(str(error), "error")
    foot.say(error.title)
    box = questions.tell(holder, error.title, error.message)
    assert isinstance(box, QMessageBox)
    texts = [message.text, foot.sentence.text(), box.text(), box.informativeText()]
    for one in (Banner(error.title, error.message, "problem"), EmptyState("info", error.title, error.message)):
        texts += [label.text() for label in one.findChildren(QLabel) if label.text()]
    box.close()
    assert len(texts) == 8
    assert [text for text in texts if _english(text)] == []
    assert all(pseudo.OPEN in text for text in texts)
