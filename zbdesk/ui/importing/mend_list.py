"""The list of what is to mend as a file: for the colleague whose spreadsheet it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from zbdesk.app.export import neutral
from zbdesk.app.source_views import write_atomically
from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.base import CellError


class ListNotWritten(ZbdeskError):
    """The list could not be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(_tr("The list could not be saved."), f"{path}: {reason}", subject=str(path))


def as_csv(errors: Sequence[CellError]) -> bytes:
    """Row, column, value, sentence; as the spreadsheet on this computer takes it, formulas neutralised."""
    out = io.StringIO()
    comma = QLocale.system().decimalPoint() == ","
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow([_tr("Row"), _tr("Column"), _tr("Value"), _tr("What is wrong")])
    for one in errors:
        writer.writerow([one.row, neutral(one.column), neutral(one.value), neutral(one.message)])
    return out.getvalue().encode("utf-8-sig")


def write(errors: Sequence[CellError], path: Path) -> None:
    """Write it. Raises ``ListNotWritten``."""
    try:
        write_atomically(path, as_csv(errors))
    except OSError as error:
        raise ListNotWritten(path, error.strerror or type(error).__name__) from error


def ask_where(parent: QWidget, proposed: str) -> QFileDialog:
    """The system's dialog for saving; the caller connects ``fileSelected``."""
    dialog = QFileDialog(parent, _tr("Save the list to mend"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.setNameFilters(["CSV (*.csv)"])
    dialog.selectFile(proposed)
    dialog.open()
    return dialog


def _tr(words: str) -> str:
    return QCoreApplication.translate("MendList", words)
