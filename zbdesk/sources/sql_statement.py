"""The text of a query: exactly one SELECT, its named parameters found, never a value put into it. Pure.

This check is the first of three. The second is a session that only reads, the third the database's own rights: a text
that gets past this one still changes nothing. Invariant: what leaves here is the person's text with nothing but the
spelling of its parameters changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zbdesk.domain.catalogue.words import word_set
from zbdesk.domain.errors import SetupError

LONGEST = 100_000
"""Characters of a statement: more is a mistake, and looking through it costs time."""

SINCE = "since"
"""The parameter that holds where the last reading ended."""

BACK_NAMES = frozenset({"source_id", "remote_id", "number", "status", "total", "paid", "modified_at"})
"""What a write-back statement may ask for."""


class Flavour(StrEnum):
    """Which database's spelling a text follows."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"
    MYSQL = "mysql"


class BadStatement(SetupError):
    """The text is not one statement of the kind wanted; nothing was asked of the database."""

    def __init__(self, title: str, remedy: str) -> None:
        super().__init__(title, remedy, code="bad_statement")


@dataclass(frozen=True, slots=True)
class Piece:
    """One token. ``kind``: text (as it stands), quoted, comment, word, parameter or end (a semicolon)."""

    kind: str
    text: str
    depth: int
    """How many brackets it stands in."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One checked statement. ``parameters``: the names in it, each once, in their order."""

    text: str
    parameters: tuple[str, ...]

    def bind(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values for the driver: those that the statement asks for and no others."""
        return {name: values[name] for name in self.parameters}


_CHANGES = word_set(
    """
    alter attach call copy create delete detach do drop exec execute grant handler insert into load lock merge pragma
    replace revoke set truncate update vacuum
    """
)
"""Words that begin or turn a statement into one that changes something, where they stand as a word of the outermost
statement or of a WITH part. As a function (``replace(name, 'a', 'b')``) or behind a point they are names."""

_QUOTES = {"'": "'", '"': '"', "`": "`", "[": "]"}


def query(text: str, flavour: Flavour) -> Statement:
    """A query that reads. Raises ``BadStatement`` for anything but one SELECT (or WITH ... SELECT)."""
    pieces = _one_statement(text, flavour)
    words = _words(pieces)
    first = words[0][0] if words else ""
    if first not in {"select", "with"}:
        raise BadStatement(
            "The query does not begin with SELECT.",
            "A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.",
        )
    if _locks(words):
        raise BadStatement("The query locks what it reads.", "Leave out FOR UPDATE or FOR SHARE: nothing is changed.")
    changing = next((word for word, is_name in words if word in _CHANGES and not is_name), None)
    if changing is not None:
        raise BadStatement(
            f"The query holds the word {changing.upper()}, which changes something.",
            "A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.",
        )
    _known_only(pieces, frozenset({SINCE}))
    return _spelled(pieces, flavour)


def write_back(text: str, flavour: Flavour) -> Statement:
    """The one statement that tells a document's outcome to its database: an UPDATE or INSERT with ``:source_id``."""
    pieces = _one_statement(text, flavour)
    words = _words(pieces)
    if not words or words[0][0] not in {"update", "insert"}:
        raise BadStatement(
            "The statement for writing back is neither an UPDATE nor an INSERT.",
            "Write one UPDATE with :source_id in its WHERE, or one INSERT.",
        )
    forbidden = {"delete", "drop", "alter", "create", "truncate", "grant", "revoke", "attach", "pragma"}
    found = next((word for word, is_name in words[1:] if word in forbidden and not is_name), None)
    if found is not None:
        raise BadStatement(
            f"The statement for writing back holds the word {found.upper()}.", "It may only set what Zoho Books says."
        )
    _known_only(pieces, BACK_NAMES)
    statement = _spelled(pieces, flavour)
    if "source_id" not in statement.parameters:
        raise BadStatement(
            "The statement for writing back does not say which document it is about.",
            "Put :source_id into it, as in UPDATE ... WHERE id = :source_id.",
        )
    if words[0][0] == "update" and "where" not in dict(words):
        raise BadStatement(
            "The statement for writing back has no WHERE.", "Without one it would change every row of the table."
        )
    return statement


# -- reading the text --------------------------------------------------------------------------------------------------


def _one_statement(text: str, flavour: Flavour) -> list[Piece]:
    if len(text) > LONGEST:
        raise BadStatement(f"The statement has more than {LONGEST:,} characters.", "Make it a view in the database.")
    if "\0" in text:
        raise BadStatement("The statement holds a NUL character.", "Save the text anew, as plain UTF-8.")
    pieces = list(_pieces(text, flavour))
    last = next((at for at in range(len(pieces) - 1, -1, -1) if _is_code(pieces[at])), -1)
    while last >= 0 and pieces[last].kind == "end":
        del pieces[last]
        last = next((at for at in range(len(pieces) - 1, -1, -1) if _is_code(pieces[at])), -1)
    if last < 0:
        raise BadStatement("The statement is empty.", "Write one SELECT.")
    if any(piece.kind == "end" for piece in pieces):
        raise BadStatement(
            "There is more than one statement.", "Write only one: a semicolon may stand at the end, nowhere else."
        )
    return pieces


def _is_code(piece: Piece) -> bool:
    return piece.kind != "comment" and not (piece.kind == "text" and not piece.text.strip())


def _words(pieces: list[Piece]) -> list[tuple[str, bool]]:
    """The bare words in lower case, and whether each is a mere name: a function, a part behind or before a point."""
    code = [piece for piece in pieces if _is_code(piece)]
    found = []
    for at, piece in enumerate(code):
        if piece.kind != "word":
            continue
        after = code[at + 1].text.lstrip() if at + 1 < len(code) else ""
        before = code[at - 1].text.rstrip() if at else ""
        named = before.endswith(".") or after.startswith((".", "("))
        alias = bool(at) and code[at - 1].kind == "word" and code[at - 1].text.casefold() == "as"
        found.append((piece.text.casefold(), named or alias))
    return found


def _locks(words: list[tuple[str, bool]]) -> bool:
    plain = [word for word, _ in words]
    return any(
        word == "for" and set(plain[at + 1 : at + 4]) & {"update", "share", "no"} for at, word in enumerate(plain)
    )


def _known_only(pieces: list[Piece], known: frozenset[str]) -> None:
    unknown = next((piece.text for piece in pieces if piece.kind == "parameter" and piece.text not in known), None)
    if unknown is not None:
        names = ", ".join(f":{name}" for name in sorted(known))
        raise BadStatement(f"There is no value for :{unknown}.", f"A statement of this kind may ask for {names}.")


def _spelled(pieces: list[Piece], flavour: Flavour) -> Statement:
    """The text with its parameters as the driver wants them. Comments go: some drivers look for parameters in them."""
    parts = []
    for piece in pieces:
        if piece.kind == "parameter":
            parts.append(f":{piece.text}" if flavour is Flavour.SQLITE else f"%({piece.text})s")
        elif piece.kind == "comment":
            parts.append(" ")
        else:
            parts.append(piece.text if flavour is Flavour.SQLITE else piece.text.replace("%", "%%"))
    names = dict.fromkeys(piece.text for piece in pieces if piece.kind == "parameter")
    return Statement("".join(parts).strip(), tuple(names))


def _pieces(text: str, flavour: Flavour) -> Iterator[Piece]:
    at, depth = 0, 0
    while at < len(text):
        char = text[at]
        kind, end = _next(text, at, flavour)
        if char == "(" and kind == "text":
            depth += 1
        elif char == ")" and kind == "text":
            depth -= 1
        body = text[at:end]
        yield Piece(kind, body[1:] if kind == "parameter" else body, depth)
        at = end


def _next(text: str, at: int, flavour: Flavour) -> tuple[str, int]:  # noqa: C901, PLR0911 - one case a kind of token
    char, two = text[at], text[at : at + 2]
    if two == "--" or (char == "#" and flavour is Flavour.MYSQL):
        return "comment", _line_end(text, at)
    if two == "/*":
        return "comment", _comment_end(text, at, flavour)
    if char == "$" and flavour is Flavour.POSTGRES and (tag := _dollar_tag(text, at)):
        return "quoted", _found(text, tag, at + len(tag), "dollar-quoted text") + len(tag)
    if char in _QUOTES and not (char == "[" and flavour is not Flavour.SQLITE):
        return "quoted", _quote_end(text, at, flavour)
    if char.isalpha() or char == "_":
        return "word", _word_end(text, at)
    if char == ";":
        return "end", at + 1
    if two in {"::", ":="}:
        return "text", at + 2
    if char == ":" and at + 1 < len(text) and (text[at + 1].isalpha() or text[at + 1] == "_"):
        return "parameter", _word_end(text, at + 1)
    if char == "?" and flavour is not Flavour.POSTGRES:
        raise BadStatement("The statement holds a question mark.", "Name the value instead, as in :since.")
    if char.isdigit():
        return "text", _word_end(text, at)
    return "text", at + 1


def _word_end(text: str, at: int) -> int:
    while at < len(text) and (text[at].isalnum() or text[at] in "_$"):
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _comment_end(text: str, at: int, flavour: Flavour) -> int:
    """Behind a block comment; PostgreSQL's may stand in each other. MySQL runs what stands in ``/*! */``."""
    if flavour is Flavour.MYSQL and text[at + 2 : at + 3] in {"!", "M", "+"}:
        raise BadStatement("The statement holds a comment that MySQL carries out.", "Leave out /*! ... */.")
    depth, at = 1, at + 2
    while depth:
        end = _found(text, "*/", at, "comment")
        inner = text.find("/*", at, end) if flavour is Flavour.POSTGRES else -1
        depth, at = (depth + 1, inner + 2) if inner >= 0 else (depth - 1, end + 2)
    return at


def _dollar_tag(text: str, at: int) -> str:
    end = text.find("$", at + 1)
    tag = text[at : end + 1] if end > 0 else ""
    return tag if all(char.isalnum() or char == "_" for char in tag[1:-1]) and not tag[1:2].isdigit() else ""


def _quote_end(text: str, at: int, flavour: Flavour) -> int:
    """Behind a quoted text or name. A doubled quote stands for one; a backslash too where the database has that."""
    close = _QUOTES[text[at]]
    escapes = (flavour is Flavour.MYSQL and close != "`") or (
        flavour is Flavour.POSTGRES
        and at > 0
        and close == "'"
        and text[at - 1] in "eE"
        and not text[at - 2 : at - 1].isalnum()
    )
    place = at + 1
    while place < len(text):
        if escapes and text[place] == "\\":
            place += 2
        elif text[place] != close:
            place += 1
        elif text[place + 1 : place + 2] == close and close != "]":
            place += 2
        else:
            return place + 1
    raise BadStatement("A quotation mark is not closed.", "Close it; the rest of the statement is taken for text.")


def _found(text: str, what: str, start: int, name: str) -> int:
    place = text.find(what, start)
    if place < 0:
        raise BadStatement(f"A {name} is not closed.", "Close it; the rest of the statement is taken for it.")
    return place
