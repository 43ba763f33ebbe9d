"""What can be wrong with a file as a whole, in words for the person who chose it."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from zbdesk.domain.errors import Action, SetupError, UsageError


class FileRefused(SetupError):
    """Nothing was taken from a file, and why. ``code`` is a stable word: ``password``, ``locked``, ``empty``."""

    default_action = Action.EDIT_RECORD

    def __init__(self, path: Path | str, title: str, message: str, code: str) -> None:
        super().__init__(title, f"{message} Nothing was taken from it.", subject=str(path), code=code)


def missing(path: Path) -> FileRefused:
    """There is no such file."""
    return FileRefused(path, f"There is no file {path}.", "Check the name and the folder.", "missing")


def not_a_file(path: Path) -> FileRefused:
    """A folder where a file is wanted."""
    return FileRefused(path, f"{path} is a folder.", "Choose one file in it, or watch the folder.", "folder")


def empty(path: Path) -> FileRefused:
    """No row at all."""
    return FileRefused(
        path, f"{path.name} is empty.", "Export it again; a heading row and one row are needed.", "empty"
    )


def no_rows(path: Path) -> FileRefused:
    """Headings and nothing under them."""
    return FileRefused(path, f"{path.name} has headings but no rows.", "Check that the export was complete.", "no_rows")


def password(path: Path) -> FileRefused:
    """An encrypted workbook."""
    return FileRefused(
        path,
        f"{path.name} is protected by a password.",
        "Open it in the spreadsheet program, save a copy without a password and choose that copy.",
        "password",
    )


def unreadable(path: Path, error: OSError) -> FileRefused:
    """The system does not let us read it."""
    if isinstance(error, FileNotFoundError):
        return missing(path)
    if isinstance(error, IsADirectoryError):
        return not_a_file(path)
    if isinstance(error, PermissionError) or error.errno in {errno.EACCES, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}:
        return locked(path)
    reason = error.strerror or type(error).__name__
    return FileRefused(path, f"{path.name} cannot be read.", f"The system says: {reason}. Try again.", "unreadable")


def locked(path: Path) -> FileRefused:
    """Another program holds it, or its permissions keep us out."""
    return FileRefused(
        path,
        f"{path.name} is locked by another program or may not be read.",
        "Close it in the spreadsheet program, or allow reading it, and try again.",
        "locked",
    )


def still_written(path: Path) -> FileRefused:
    """It grew while it was read."""
    return FileRefused(
        path,
        f"{path.name} is still being written.",
        "Wait until the program that writes it has finished, and try again.",
        "changing",
    )


def damaged(path: Path, kind: str) -> FileRefused:
    """Its own format cannot be read."""
    return FileRefused(
        path,
        f"{path.name} is not a sound {kind} file.",
        "Open it in the spreadsheet program and save it anew, or export it again.",
        "damaged",
    )


def unknown_format(path: Path, what: str) -> FileRefused:
    """Some other kind of file."""
    return FileRefused(
        path,
        f"{path.name} is {what}, not a spreadsheet that can be read.",
        "CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.",
        "format",
    )


def encoding_unknown(path: Path, position: str) -> FileRefused:
    """The bytes are no text in the encoding named, or in any that fits."""
    return FileRefused(
        path,
        f"{path.name} is not text in this encoding.",
        f"The first character that does not fit is {position}. Choose another encoding, or save the file as UTF-8.",
        "encoding",
    )


def too_wide(path: Path, line: int) -> FileRefused:
    """One field swallowed a large part of the file: a quotation mark that is never closed."""
    return FileRefused(
        path,
        f"{path.name} has a quotation mark in line {line} that is never closed.",
        "Close it, or take it out, and try again.",
        "quotes",
    )


def no_such_sheet(path: Path, wanted: str, sheets: Sequence[str]) -> FileRefused:
    """The mapping names a sheet that this workbook does not have."""
    return FileRefused(
        path,
        f"{path.name} has no sheet “{wanted}”.",
        f"It has: {', '.join(sheets)}. Choose one of these in the mapping.",
        "sheet",
    )


def several_sheets(path: Path, sheets: Sequence[str]) -> FileRefused:
    """More than one sheet has the headings of the mapping: none is left out in silence."""
    return FileRefused(
        path,
        f"{path.name} has these headings on more than one sheet.",
        f"They are on: {', '.join(sheets)}. Name one of them in the mapping as “sheet”.",
        "several_sheets",
    )


class BadMapping(UsageError):
    """A mapping that cannot be used; ``faults`` are (what, sentence) pairs."""

    def __init__(self, name: str, faults: Sequence[tuple[str, str]]) -> None:
        said = " ".join(f"{what}: {text}" if what else text for what, text in faults)
        super().__init__(f"The mapping {name or 'given'} cannot be used.", said, subject=name or None)
        self.faults = tuple(faults)


class NoSuchMapping(UsageError):
    """No file and no saved mapping of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        have = f"Saved are: {', '.join(known)}." if known else "None is saved yet."
        super().__init__(
            f"There is no mapping “{name}”.", f"{have} Name one of them, or a JSON file with a mapping.", subject=name
        )
