"""What is asked before something is forgotten, each with its own words. Cancel is the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.state import DeskState


def _ask(  # noqa: PLR0917 - the parts of a question
    parent: QWidget, state: DeskState, title: str, words: str, verb: str, then: Callable[[], None]
) -> WriteDialog:
    dialog = WriteDialog(parent, state, title, words, icon="trash-2")
    dialog.cancel.setDefault(True)
    button = dialog.add_verb(verb, "destructive")

    def agree() -> None:
        then()
        dialog.accept()

    button.clicked.connect(agree)
    dialog.open()
    return dialog


def remove_folder(parent: QWidget, state: DeskState, path: str, then: Callable[[], None]) -> WriteDialog:
    """A watched folder."""
    return _ask(
        parent, state,
        _tr("Stop watching %1?").replace("%1", isolate(path)),
        _tr(
            "Files that are put there are not imported any more. The folder and its files stay, also those in done and "
            "failed; what came from it stays."
        ),
        _tr("&Stop watching"), then,
    )  # fmt: skip


def remove_database(parent: QWidget, state: DeskState, name: str, then: Callable[[], None]) -> WriteDialog:
    """A database."""
    return _ask(
        parent, state,
        _tr("Remove the database %1?").replace("%1", isolate(name)),
        _tr(
            "It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the "
            "database; what came from it stays. Added again, it is read from its beginning."
        ),
        _tr("&Remove the database"), then,
    )  # fmt: skip


def remove_mapping(parent: QWidget, state: DeskState, name: str, users: int, then: Callable[[], None]) -> WriteDialog:
    """A mapping; ``users``: sources that read with it."""
    words = _tr("What was imported with it stays.")
    if users:
        used = _tr("%1 sources read with it; they fail until it is saved again under this name.")
        words = f"{used.replace('%1', state.formats.count(users))} {words}"
    return _ask(
        parent,
        state,
        _tr("Remove the mapping %1?").replace("%1", isolate(name)),
        words,
        _tr("&Remove the mapping"),
        then,
    )


def revoke_token(parent: QWidget, state: DeskState, name: str, then: Callable[[], None]) -> WriteDialog:
    """A token of the local interface."""
    return _ask(
        parent, state,
        _tr("Revoke the token %1?").replace("%1", isolate(name)),
        _tr("The program that uses it is refused at once. What it brought stays. A revoked token never opens again."),
        _tr("&Revoke the token"), then,
    )  # fmt: skip


def _tr(words: str) -> str:
    return QCoreApplication.translate("SourcesConfirm", words)
