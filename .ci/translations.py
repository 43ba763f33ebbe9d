"""Keeps the translations of the window: what is to be translated is read from the code, the rest is Qt's own format.

    python .ci/translations.py extract           bring resources/translations/*.ts up to date with the code
    python .ci/translations.py missing LANGUAGE [N]  print what has no translation yet (the first N texts), as JSON
    python .ci/translations.py fill LANGUAGE FILE    take translations from a JSON file of the same shape
    python .ci/translations.py tidy              drop translations of texts that are not in the code any more
    python .ci/translations.py release           make the .qm files that the program loads
    python .ci/translations.py check             fail where a file is not up to date, not complete or not sound

The shape: {context: {text: translation}}, with a list of plural forms for texts with %n; the context "*" stands for all
places that have this text. Translations of texts that went stay in the file as ``vanished``, so that a text that is
missing for an hour costs nobody's work; the program never sees them. Each language is a file of its own, put in place
whole: two people may work on two languages at once. Needs PySide6's lrelease.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zbdesk.ui.editing.layouts import Entry, Form

sys.path.insert(0, str(Path(__file__).resolve().parent))
import spoken

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = {"ar": 6, "de": 2, "es": 2, "fr": 2, "hi": 2, "ja": 1, "pt": 2}
"""Language to its number of plural forms, as Qt counts them."""

Text = tuple[str, str, bool]
"""Context, text, whether it is counted."""

Found = dict[str, dict[str, str | list[str]]]

UNSHIPPED = "gallery.py"
"""Shows the parts of the window to those who build it; nobody else sees it."""

TRANSLATE = "?"
"""Stands for Qt's own call, which names the context itself."""

LISTED = {
    "Modules": "names of the catalogue",
    "Statuses": "words for Zoho's statuses",
    "Choices": "choices of forms",
    "FormHelp": "what stands under a field of a form",
    "Fields": "names of fields",
    "Ledger": "names of accounts",
    "Remedies": "where in Zoho Books a problem is settled",
    "DataCentres": "countries",
}
"""Contexts whose texts are data of the program: they are read from there (`_lists`), not from the calls."""


# ---- what is to be translated ---------------------------------------------------------------------------------------
def texts() -> dict[Text, str]:
    """Every text of the window with the first place where it stands. Exits where a text cannot be found out."""
    found: dict[Text, str] = {}
    unknown = []
    for path in sorted((ROOT / "zbdesk" / "ui").rglob("*.py")):
        if path.name == UNSHIPPED:
            continue
        name = path.relative_to(ROOT).as_posix()
        try:
            reader = _Reader(ast.parse(path.read_text(encoding="utf-8")))
        except SyntaxError as error:
            unknown.append(f"{name}:{error.lineno}: cannot be read: {error.msg}")
            continue
        for text, line in reader.found:
            found.setdefault(text, f"{name}:{line}")
        unknown += [f"{name}:{line}: {call}" for line, call, context in reader.open if context not in LISTED]
    for text in _lists():
        found.setdefault(text, "a list")
    for sentence in (*spoken.sentences(), *spoken.parts(), *spoken.COUNTED):
        found.setdefault(("Sentences", sentence, "%n" in sentence), "the engine")
    if unknown:
        print("\n".join(unknown), file=sys.stderr)  # noqa: T201
    return found


def _lists() -> Iterator[Text]:
    """Texts that are data of the program and shown through the translator: names of modules, words for statuses."""
    sys.path.insert(0, str(ROOT))
    from zbdesk.domain.module import Section
    from zbdesk.domain.modules import MODULES
    from zbdesk.ui import formats, text
    from zbdesk.ui.editing import labels, layouts
    from zbdesk.ui.problems_page import remedies

    # Data that only the program itself needs by name; this is the tool that goes with it.
    for module in MODULES.values():
        yield "Modules", module.label, False
        yield "Modules", module.singular, False
    yield "Modules", Section.SETTINGS.value.capitalize(), False
    for word, _, _ in text._STATUSES.values():  # noqa: SLF001
        yield "Statuses", word, False
    for key in formats._ENGLISH:  # noqa: SLF001
        yield "Formats", key, True
    for country in text.DATA_CENTRES.values():
        yield "DataCentres", country, False
    for word, _ in remedies._PLACES.values():  # noqa: SLF001
        yield "Remedies", word, False
    for word in labels._LEDGER.values():  # noqa: SLF001
        yield "Ledger", word, False
    yield from _forms(layouts.FORMS.values(), [*labels._FIELDS, *_importable()])  # noqa: SLF001


def _importable() -> Iterator[str]:
    """The fields that a column of a file may go to, as the mapping names them."""
    from zbdesk.sources.fields import Target, target_of
    from zbdesk.ui.importing import names

    for module in names.modules():
        for path in names.paths(module):
            target = target_of(module, path)
            if isinstance(target, Target) and target.kind != "source_id" and target.name != "custom_fields":
                yield from (part for part in (target.inside, target.nested) if part)
                yield f"{target.name}_id" if target.kind in {"reference", "currency"} else target.name


def _forms(forms: Iterable[Form], known: Iterable[str]) -> Iterator[Text]:
    from zbdesk.ui.editing.labels import field_label

    entries = list(_entries(form.entries for form in forms))
    for name in {*known, *(entry.name for entry in entries)}:
        yield "Fields", field_label(name), False
    for entry in entries:
        if entry.help:
            yield "FormHelp", entry.help, False
        for _, word in entry.choices:
            yield "Choices", word, False


def _entries(groups: Iterable[Iterable[Entry]]) -> Iterator[Entry]:
    """Every field of every form, those inside lines and groups too."""
    for group in groups:
        for entry in group:
            yield entry
            yield from _entries([entry.parts])


def sentences() -> dict[str, list[str]]:
    """What the program recognises the engine's sentences by."""
    return {"sentences": spoken.sentences(), "parts": spoken.parts(), "counted": sorted(spoken.COUNTED)}


def write_sentences() -> None:
    """Put ``sentences`` where the program finds it."""
    known = json.dumps(sentences(), ensure_ascii=False, indent=0)
    (FOLDER / "sentences.json").write_text(known + "\n", encoding="utf-8")


class _Reader(ast.NodeVisitor):
    """Finds the calls of the translator in one file, also through small helpers that name the context.

    ``open``: calls whose text is not known here, by line; such texts must come from a list of their own.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.found: list[tuple[Text, int]] = []
        self.open: list[tuple[int, str, str]] = []
        # What a name means, the innermost scope last: a context, or TRANSLATE for Qt's own call with two arguments.
        self._scopes: list[dict[str, str]] = [{"translate": TRANSLATE, "plural": TRANSLATE}]
        self._classes: list[str] = []
        self._inside_helper = False
        self._enter(tree)
        self.visit(tree)

    def _enter(self, scope: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        """Learn the helpers and aliases that a scope defines."""
        known: dict[str, str] = {}
        self._scopes.append(known)
        for node in _own_statements(scope):
            if isinstance(node, ast.FunctionDef):
                context = _helper_context(node)
                if context:
                    known[node.name] = context
        for node in _own_statements(scope):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._alias(target, node.value, known)

    def _alias(self, target: ast.expr, value: ast.expr, known: dict[str, str]) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, its in zip(target.elts, value.elts, strict=False):
                self._alias(one, its, known)
        elif isinstance(target, ast.Name) and isinstance(value, ast.Name | ast.Attribute):
            meaning = self._classes[-1] if _is_own_tr(value) and self._classes else self._meaning(_name(value))
            if meaning:
                known[target.id] = meaning

    def _meaning(self, name: str) -> str:
        return next((scope[name] for scope in reversed(self._scopes) if name in scope), "")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """The class is the context of its own ``self.tr``."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Names mean here what they were made to mean here."""
        before, self._inside_helper = self._inside_helper, bool(_helper_context(node))
        self._enter(node)
        self.generic_visit(node)
        self._scopes.pop()
        self._inside_helper = before

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the name that ast looks for

    def visit_Call(self, node: ast.Call) -> None:
        """Take the text of a translator's call."""
        self.generic_visit(node)
        name = _name(node.func)
        if _is_own_tr(node.func) and node.args and self._classes:
            self._take(self._classes[-1], node.args[0], node)
            return
        meaning = self._meaning(name) if isinstance(node.func, ast.Name) or name == "translate" else ""
        if meaning == TRANSLATE and len(node.args) >= 2:
            context = _constant(node.args[0])
            if context:
                self._take(context, node.args[1], node)
        elif meaning and meaning != TRANSLATE and node.args:
            self._take(meaning, node.args[0], node)
        elif not meaning and name in {"tr", "_tr", "translate"} and node.args:
            self.open.append((node.lineno, ast.unparse(node), "?"))

    def _take(self, context: str, text: ast.expr, node: ast.Call) -> None:
        if isinstance(text, ast.IfExp):
            self._take(context, text.body, node)
            self._take(context, text.orelse, node)
            return
        words = _constant(text)
        if words:
            self.found.append(((context, words, "%n" in words), node.lineno))
        elif words is None and not self._inside_helper:
            self.open.append((node.lineno, ast.unparse(node), context))


def _own_statements(scope: ast.AST) -> Iterator[ast.AST]:
    """The statements of a scope, without those of the functions and classes in it."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _own_statements(node)


def _helper_context(node: ast.AST) -> str:
    """The context that a small helper gives to the text it is called with; empty for any other function."""
    if not isinstance(node, ast.FunctionDef) or not node.args.args:
        return ""
    first = next((argument.arg for argument in node.args.args if argument.arg not in {"self", "cls"}), "")
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and _name(call.func) in {"translate", "plural"} and len(call.args) >= 2:
            context, text = call.args[0], call.args[1]
            if _constant(context) and isinstance(text, ast.Name) and text.id == first:
                return str(_constant(context))
    return ""


def _is_own_tr(node: ast.expr) -> bool:
    """``self.tr``: Qt asks for the object's own class and for its bases, one after the other."""
    return isinstance(node, ast.Attribute) and node.attr == "tr"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _constant(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


# ---- Qt's files -----------------------------------------------------------------------------------------------------
def read(language: str) -> Found:
    """The translations of one language; unfinished ones are left out."""
    path = FOLDER / f"zbdesk_{language}.ts"
    if not path.exists():
        return {}
    found: Found = {}
    for context in ET.parse(path).getroot().iter("context"):
        messages = found.setdefault(context.findtext("name") or "", {})
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            messages[message.findtext("source") or ""] = forms or translation.text or ""
    return found


def write(language: str, known: Found, wanted: Mapping[Text, str]) -> None:
    """Write one language: all that is wanted, with what is known of it; what else is known stays as ``vanished``."""
    everything = {*wanted, *_vanished(known, wanted)}
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    by_context: dict[str, list[Text]] = {}
    for entry in sorted(everything):
        by_context.setdefault(entry[0], []).append(entry)
    for name, messages in by_context.items():
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for entry in messages:
            _, text, counted = entry
            message = ET.SubElement(context, "message", **({"numerus": "yes"} if counted else {}))
            ET.SubElement(message, "source").text = text
            translation = ET.SubElement(message, "translation")
            translated = known.get(name, {}).get(text)
            if not translated or isinstance(translated, list) != counted:
                translation.set("type", "unfinished")
                translated = [""] * LANGUAGES.get(language, 2) if counted else ""
            elif entry not in wanted:
                translation.set("type", "vanished")
            if isinstance(translated, list):
                for form in translated:
                    ET.SubElement(translation, "numerusform").text = form
            else:
                translation.text = translated
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / f"zbdesk_{language}.ts"
    fresh = target.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    fresh.replace(target)


def _vanished(known: Found, wanted: Mapping[Text, str]) -> Iterator[Text]:
    for context, messages in known.items():
        for text, translated in messages.items():
            entry = (context, text, isinstance(translated, list))
            if translated and entry not in wanted:
                yield entry


def recall(known: Found, wanted: Mapping[Text, str]) -> None:
    """Give a text that moved to another place the translation that it had, where there was only one.

    Another key in the English (another letter after &) leaves the translation as it is.
    """
    memory: dict[tuple[str, bool, bool], list[str | list[str]]] = {}
    for messages in known.values():
        for text, translated in messages.items():
            if translated:
                seen = memory.setdefault((text.replace("&", ""), "&" in text, isinstance(translated, list)), [])
                if _bare(translated) not in map(_bare, seen):
                    seen.append(translated)
    for context, text, counted in wanted:
        found = memory.get((text.replace("&", ""), "&" in text, counted), [])
        if len(found) == 1 and not known.get(context, {}).get(text):
            known.setdefault(context, {})[text] = found[0]


def _bare(translated: str | list[str]) -> list[str]:
    """Without its key, which may be another one in each window."""
    return [form.replace("&", "") for form in ([translated] if isinstance(translated, str) else translated)]


def tidy(language: str, wanted: Mapping[Text, str]) -> int:
    """Drop what is not in the code any more; returns how many."""
    known = read(language)
    gone = list(_vanished(known, wanted))
    for context, text, _ in gone:
        del known[context][text]
    write(language, known, wanted)
    return len(gone)


def missing(language: str, wanted: Mapping[Text, str], most: int | None = None) -> Found:
    """What has no translation yet, in the shape of ``fill``; the first ``most`` texts.

    A text of several places that is missing in all of them stands once, under "*".
    """
    known, places = read(language), dict[tuple[str, bool], list[str]]()
    recall(known, wanted)
    everywhere: dict[tuple[str, bool], int] = {}
    for context, text, counted in sorted(wanted):
        everywhere[text, counted] = everywhere.get((text, counted), 0) + 1
        if not known.get(context, {}).get(text):
            places.setdefault((text, counted), []).append(context)
    found = Found()
    for (text, counted), contexts in list(places.items())[:most]:
        all_of_several = len(contexts) > 1 and len(contexts) == everywhere[text, counted]
        for context in ["*"] if all_of_several else contexts:
            found.setdefault(context, {})[text] = [""] * LANGUAGES[language] if counted else ""
    return found


def fill(language: str, path: Path, wanted: Mapping[Text, str]) -> list[str]:
    """Take translations from a file; returns what was wrong with those that were not taken."""
    known, fresh, wrong = read(language), json.loads(path.read_text(encoding="utf-8")), []
    counted = {(context, text): plural for context, text, plural in wanted}
    contexts: dict[str, list[str]] = {}
    for context, text, _ in wanted:
        contexts.setdefault(text, []).append(context)
    # A place of its own comes after "*", whatever the order in the file.
    for context, messages in sorted(fresh.items(), key=lambda item: item[0] != "*"):
        for text, translated in messages.items():
            for place in contexts.get(text, []) if context == "*" else [context]:
                if (place, text) not in counted:
                    wrong.append(f"{place}: not wanted: {text}")
                    continue
                faults = unsound(text, translated, LANGUAGES[language] if counted[place, text] else 0)
                if faults:
                    wrong += [f"{place}: {fault}: {text!r} -> {translated!r}" for fault in faults]
                elif translated and any(translated):
                    known.setdefault(place, {})[text] = translated
            if context == "*" and text not in contexts:
                wrong.append(f"*: not wanted: {text}")
    recall(known, wanted)
    write(language, known, wanted)
    return wrong


_PLACES = re.compile(r"%L?\d|%n|\{[a-z_]+\}")


def unsound(text: str, translated: str | list[str], forms: int) -> list[str]:
    """What is wrong with a translation: places left out or made up, plural forms, keys of buttons, blanks at ends."""
    if bool(forms) != isinstance(translated, list) or (isinstance(translated, list) and len(translated) != forms):
        return [f"it needs {forms or 'no'} plural forms"]
    faults = []
    for form in translated if isinstance(translated, list) else [translated]:
        if not form:
            continue
        # A plural form for exactly one, none or two may leave the figure out.
        wanted, there = set(_PLACES.findall(text)) - {"%n"}, set(_PLACES.findall(form)) - {"%n"}
        if wanted != there:
            faults.append(f"places differ ({', '.join(sorted(wanted ^ there))})")
        if ("&" in text.replace("&&", "")) != ("&" in form.replace("&&", "")):
            faults.append("the key of the button (&) is missing or too much")
        if (text[:1].isspace(), text[-1:].isspace()) != (form[:1].isspace(), form[-1:].isspace()):
            faults.append("a blank at its beginning or end")
        if text.endswith("…") and not form.endswith("…"):
            faults.append("the three dots that say more is asked")
    return faults


def release(folder: Path = FOLDER) -> None:
    """Make what the program loads: one .qm a language, out of the .ts files."""
    for language in LANGUAGES:
        source = FOLDER / f"zbdesk_{language}.ts"
        with tempfile.TemporaryDirectory() as scratch:
            target = Path(scratch, "out.qm")
            subprocess.run([lrelease(), "-silent", "-nounfinished", str(source), "-qm", str(target)], check=True)
            (folder / f"zbdesk_{language}.qm").write_bytes(target.read_bytes())


def lrelease() -> str:
    """Where the tool lies that makes .qm files."""
    import PySide6

    return str(Path(PySide6.__file__).parent / "lrelease")


def check() -> list[str]:
    """What is not right with the files as they are."""
    wanted, faults = texts(), []
    for language, forms in LANGUAGES.items():
        found = read(language)
        absent = missing(language, wanted)
        count = sum(len(messages) for messages in absent.values())
        if count:
            faults.append(f"{language}: {count} texts have no translation")
        for context, text, counted in wanted:
            translated = found.get(context, {}).get(text)
            if translated:
                faults += [
                    f"{language}: {context}: {fault}: {text}"
                    for fault in unsound(text, translated, forms if counted else 0)
                ]
        over = list(_vanished(found, wanted))
        if over:
            faults.append(f"{language}: {len(over)} texts are not in the code any more: {over[0][1]!r}")
    return faults


def main() -> int:
    """Do what was asked."""
    task = sys.argv[1] if len(sys.argv) > 1 else ""
    wanted = texts()
    if task == "extract":
        write_sentences()
        for language in LANGUAGES:
            known = read(language)
            recall(known, wanted)
            write(language, known, wanted)
        print(f"{len(wanted)} texts")  # noqa: T201
    elif task == "missing":
        most = int(sys.argv[3]) if len(sys.argv) > 3 else None
        print(json.dumps(missing(sys.argv[2], wanted, most), ensure_ascii=False, indent=1))  # noqa: T201
    elif task == "fill":
        for fault in fill(sys.argv[2], Path(sys.argv[3]), wanted):
            print(fault)  # noqa: T201
    elif task == "tidy":
        for language in LANGUAGES:
            print(f"{language}: {tidy(language, wanted)} dropped")  # noqa: T201
    elif task == "release":
        release()
    elif task == "check":
        faults = check()
        print("\n".join(faults) or "All translations are complete and sound.")  # noqa: T201
        return 1 if faults else 0
    else:
        print(__doc__)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
