"""The ways into an import from the main window: its command, a file dropped on it, a button of a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from zbdesk.ui.state import DeskState

if TYPE_CHECKING:
    from zbdesk.ui.importing.flow import ImportServices
    from zbdesk.ui.importing.wizard import ImportWizard


class Imports(QObject):
    """One import at a time. ``records_wanted(module)``: show what came; ``ended``: the wizard has gone.

    ``services`` is None until the program has started its parts.
    """

    records_wanted = Signal(str)
    ended = Signal()

    def __init__(self, window: QWidget, state: DeskState) -> None:
        super().__init__(window)
        self._window, self._state = window, state
        self.services: ImportServices | None = None
        self.wizard: ImportWizard | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @property
    def can(self) -> bool:
        """Whether a file can be imported now: there is a company to import it into."""
        overview = self._state.overview
        return self.services is not None and overview is not None and overview.connection is not None

    def open(self, path: Path | None = None, module: str = "") -> None:
        """Open the wizard, or raise the one that is open."""
        if self.services is None or not self.can:
            return
        if self.wizard is None:
            from zbdesk.ui.importing.wizard import ImportWizard

            self.wizard = ImportWizard(self._window, self._state, self.services, module=module, path=path)
            self.wizard.records_wanted.connect(self.records_wanted)
            self.wizard.finished.connect(self._gone)
        elif path is not None and self.wizard.at == 0:
            self.wizard.file_page.choose(path)
        self.wizard.show()
        self.wizard.raise_()
        self.wizard.activateWindow()

    def _gone(self) -> None:
        self.wizard = None
        self.ended.emit()

    def close(self) -> None:
        """The program ends: an import under way stops at its next chunk, and its threads are waited for."""
        if self.wizard is not None:
            jobs = self.wizard.flow.jobs
            self.wizard.done(0)
            jobs.wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file dropped on the window is a file to import."""
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if self.can and _file(event) is not None:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            path = _file(event)
            if self.can and path is not None:
                event.acceptProposedAction()
                self.open(path)
                return True
        return super().eventFilter(watched, event)


def _file(event: QDropEvent) -> Path | None:
    from zbdesk.ui.importing.file_page import dropped_file

    return dropped_file(event)
