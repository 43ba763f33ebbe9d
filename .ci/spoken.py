"""The sentences that the engine makes, read from its code: what the window shows of them in its own language.

Sentences are made in many places and move between files, so no list of files is kept: every text in the engine that
reads as a sentence is taken, but for what can never reach the window (``STAYS``), texts for the log, and the words of
faults in the program itself. What is put in stands as %1, %2 in the order of the English. Besides whole sentences there
are parts of sentences that are put into others ("it does not answer"), and the few words of ``VALUES``.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

ENGINE = ("app", "domain", "sources", "store", "sync", "vault", "web", "webhooks", "zoho")
"""Packages that know no window and no command line; the demo company invents records and says nothing."""

STAYS = {
    "app/closing_page.py": "printed pages; the window gives them its own words (closing/words.py)",
    "app/doctor.py": "lines of `zbdesk doctor` and of the file for support, which support must be able to read",
    "app/doctor_zoho.py": "lines of `zbdesk doctor` and of the file for support",
    "app/export_totals.py": "lines of files and of the command line",
    "app/interface.py": "answers of the local interface to other programs",
    "app/interface_answers.py": "answers of the local interface to other programs",
    "app/qtlibs.py": "said where no window can open",
    "app/regions.py": "options of the command line",
    "app/recognition.py": "lines of `zbdesk recognition`; the settings have words of their own",
    "domain/catalogue": "names of fields and lists, translated where they stand",
    "domain/document_names.py": "names of fields; the sentences about them are in domain/document_parts.py",
    "sources/http": "answers of the local interface to other programs",
    "sources/synonyms.py": "headings that files have",
    "store/migrations": "statements of the database",
    "zoho/loopback.py": "the page in the browser after signing in, made before there is a language",
}
"""Files and folders whose sentences never reach the window, and why."""

WHOLE = (
    "Connected to %1, read-only.", "Connected to %1.", "Disconnected from Zoho Books.", "Paused until %1.", "Paused.",
    "The links of %1 records were forgotten.", "This organization is in use now.",
    "%1 was taken back: %2 of %3 records.", "%1 ended with code %2.", "%1 ended: %2",
    "%1 has lost its connection and looks for another.", "%1 has lost its connection and looks for another: %2",
    "%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.",
)  # fmt: skip
"""Sentences that are put together piece by piece, or stand without a full stop."""

VALUES = (
    "%1 %2 changed", "%1 %2 created", "%1 %2 deleted", "%1 %2 voided", "%1 of %2", "%1, allowed %2",
    "%1; a proxy that looks into traffic needs its certificate here", "Import %1", "Run %1", "The keyring",
    "The macOS Keychain", "a number", "a rate", "a whole number", "an account", "an amount", "another zbdesk",
    "another zbdesk since %1 UTC", "byte %1 after line %2", "certificate good until %1 %2 %3", "changed", "comment",
    "created", "customer", "deleted", "dollar-quoted text", "found at %1", "is not accepted", "its status",
    "line %1", "line items",
    "lines", "record", "records", "linked", "new", "nothing", "one of %1", "status %1", "the zbdesk window",
    "the zbdesk window (process %1)", "the zbdesk window (process %1) since %2 UTC", "another zbdesk (process %1)",
    "another zbdesk (process %1) since %2 UTC", "true or false", "vendor", "voided", "yes or no",
    "comma", "less", "more", "point", "day-month-year", "month-day-year", "year-month-day", "year-day-month",
    "both, pull or push", "names of sources with commas between them",
)  # fmt: skip
"""Words and parts that are put into sentences by way of tables and sums, where no rule would find them."""

LEFT_OUT = frozenset({
    "%1 and %2 cannot be added or compared", "%1 mails somebody and is never called", "MySQL and MariaDB",
    "an event of the relay is too large", "it has no body", "it has no body or no headers", "it is no JSON",
    "it is no object", "its body is not Base64",
})  # fmt: skip
"""Worded like parts of sentences, but only faults of the program, names and lines of the log."""

COUNTED = (
    "%n changed", "%n changes", "%n changes were", "%n conflicts", "%n created", "%n days", "%n deleted",
    "%n deletions", "%n documents", "%n events were", "%n hours", "%n linked", "%n lists", "%n marked otherwise",
    "%n minutes", "%n more lists", "%n new", "%n problems", "%n records", "%n rows", "%n seconds",
)  # fmt: skip
"""Parts with a number, which have plural forms."""

MOST_PLACES = 9

_FAULTS = frozenset(
    {"AssertionError", "IndexError", "KeyError", "LookupError", "NotImplementedError", "RuntimeError", "TypeError"}
)
"""What only a fault in the program raises; nobody words these for people."""

_LOGS = frozenset({"log", "_log", "logger"})
_NO_PROSE = frozenset({"cast", "compile", "create_task", "namedtuple", "word_set", "words"})
_BEGINNINGS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ%\u201c`")
_SQL = re.compile(
    r"\b(SELECT|AS|COALESCE|INSERT|UPDATE|DELETE|WHERE|WHEN|ORDER BY|LIMIT|OR|AND|IN|IS NULL|IS NOT|LIKE)\b"
)
_PLACE = re.compile(r"%\d")
_BETWEEN = re.compile(r"(?<=[.?!]) (?=[A-Z\u201c%0-9])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(r"[<>\n\\\t]|\bHTTP/1|^Proxy-")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the code: its pattern, and what it stands in, from the inside out (``raise NoMeaning``, ``def x``)."""

    file: str
    line: int
    pattern: str
    within: tuple[str, ...]


def sentences() -> list[str]:
    """Whole sentences."""
    return sorted({*WHOLE, *(one for text in texts() for one in spoken(text.pattern))})


def parts() -> list[str]:
    """What is put into sentences."""
    return sorted({*VALUES, *(text.pattern for text in texts() if is_part(text))})


def texts() -> Iterator[Text]:
    """Every text of the engine that may be meant for people."""
    for package in ENGINE:
        for path in sorted((ROOT / "zbdesk" / package).rglob("*.py")):
            name = path.relative_to(ROOT / "zbdesk").as_posix()
            if not any(name == stays or name.startswith(f"{stays}/") for stays in STAYS):
                yield from _of_file(name, ast.parse(path.read_text(encoding="utf-8")))


def spoken(pattern: str) -> Iterator[str]:
    """The sentences of a pattern: those that are only put in from elsewhere are known where they come from."""
    if _MARKUP.search(pattern) or _is_sql(pattern):
        return
    pattern = _MORE_AFTER.sub(r"\1", _PUT_AFTER.sub("", _PUT_BEFORE.sub("", pattern.strip())))
    pieces = _BETWEEN.split(pattern)
    while pieces and not _WORD.search(pieces[0]):
        del pieces[0]
    while pieces and not _WORD.search(pieces[-1]):
        del pieces[-1]
    found = _renumbered(" ".join(pieces))
    if not _says_something(found):
        return
    begins = found[:1] in _BEGINNINGS or found.startswith("zbdesk ")
    ends = found.endswith((".", "?", "!")) or re.search(r"[:,] %\d$", found)
    if begins and ends and len(_PLACE.findall(found)) <= MOST_PLACES:
        yield found


def is_part(text: Text) -> bool:
    """Whether it is worded as a part of a sentence, in a place whose words people read."""
    pattern = text.pattern
    if _MARKUP.search(pattern) or _is_sql(pattern) or pattern != pattern.strip() or "_" in pattern:
        return False
    if pattern in LEFT_OUT or any(spoken(pattern)) or len(_PLACE.findall(pattern)) > MOST_PLACES:
        return False
    if not _says_something(pattern) or (pattern.endswith((".", "?", "!")) and not pattern[:1].islower()):
        return False
    return any(_SPEAKS.match(one) for one in text.within)


_SPEAKS = re.compile(
    r"raise |class \w+ .*(Error|Unusable|Refused|Unreadable|Gone)\b|call (Finding|NetworkReport|Way|note)\b|"
    r"def (describe|wanted)\b|reason=|why=|_CERTIFICATES=|_OTHERS=|_WAY_OUT="
)
"""Where parts of sentences are made that people read."""


def _is_sql(pattern: str) -> bool:
    """Statements of the database; sentences may name their words."""
    return bool(_SQL.search(pattern)) and not pattern.endswith(".")


_PUT_BEFORE = re.compile(r"^(?:%\d )+(?=[A-Z\u201c])")
"""Whole sentences put in at the beginning; they are known where they come from."""

_MORE_AFTER = re.compile(r"([:,] %\d)(?: %\d)+$")
"""A sentence put in behind a colon, and more of them behind it."""

_PUT_AFTER = re.compile(r"(?<=[.?!])(?: ?%\d)+$")


def _says_something(piece: str) -> bool:
    words = [word for word in piece.split() if not word.startswith("%")]
    return len(words) >= 2 and any(_WORD.fullmatch(word.strip(".,;:?!()\u201c\u201d")) for word in words)


def _renumbered(pattern: str) -> str:
    numbers = itertools.count(1)
    return _PLACE.sub(lambda _: f"%{next(numbers)}", pattern)


def _of_file(name: str, tree: ast.Module) -> Iterator[Text]:
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}

    def visit(node: ast.AST, within: tuple[str, ...]) -> Iterator[Text]:
        if isinstance(node, ast.Constant | ast.JoinedStr):
            if id(node) not in apart:
                for pattern in patterns(node):
                    if " " in pattern.strip():
                        yield Text(name, node.lineno, pattern, within)
            # What an f-string puts in may hold texts of its own.
            for part in getattr(node, "values", ()):
                if isinstance(part, ast.FormattedValue):
                    yield from visit(part.value, within)
            return
        if _is_silent(node):
            return
        named = _named(node)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, (named, *within) if named else within)

    yield from visit(tree, ())


def _is_silent(node: ast.AST) -> bool:
    """Whether nobody reads what stands inside: the log, faults of the program, annotations."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        return _name(node.exc.func) in _FAULTS or _name(node.exc.func) == "ValueError"
    if isinstance(node, ast.Call):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        return (isinstance(owner, ast.Name) and owner.id in _LOGS) or _name(node.func) in _NO_PROSE
    return isinstance(node, ast.Subscript | ast.arg)


def _named(node: ast.AST) -> str:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        return f"raise {_name(node.exc.func)}"
    if isinstance(node, ast.Call):
        return f"call {_name(node.func)}"
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        bases = " ".join(_name(base) for base in getattr(node, "bases", ()))
        return f"class {node.name} {bases}" if isinstance(node, ast.ClassDef) else f"def {node.name}"
    if isinstance(node, ast.Assign):
        return f"{_name(node.targets[0])}="
    return f"{node.arg}=" if isinstance(node, ast.keyword) else ""


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def patterns(node: ast.AST) -> list[str]:
    """The patterns of a text: one, or one for each way in which the words of its own that it chooses may come."""
    if isinstance(node, ast.Constant):
        return [_of_constant(node.value)] if isinstance(node.value, str) else []
    if not isinstance(node, ast.JoinedStr):
        return []
    choices: list[list[str]] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            choices.append([str(part.value)])
        elif isinstance(part, ast.FormattedValue):
            choices.append(_chosen(part.value))
    found = []
    for pieces in itertools.islice(itertools.product(*choices), 16):
        numbers = itertools.count(1)
        found.append(re.sub(_PUT_IN, lambda _, numbers=numbers: f"%{next(numbers)}", "".join(pieces)))
    return found


_PUT_IN = "\0"


def _chosen(value: ast.expr) -> list[str]:
    if isinstance(value, ast.IfExp):
        found = [*_chosen(value.body), *_chosen(value.orelse)]
        return list(dict.fromkeys(found))
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.JoinedStr):
        return ["".join(str(one.value) if isinstance(one, ast.Constant) else _PUT_IN for one in value.values)]
    return [_PUT_IN]


def _of_constant(text: str) -> str:
    """A text that is filled with the % operator puts its values in as others do."""
    if not re.search(r"%[ds]", text):
        return text if "%" not in text or not _PLACE.search(text) else ""
    numbers = itertools.count(1)
    return re.sub(r"%[ds]", lambda _: f"%{next(numbers)}", text).replace("%%", "%")
