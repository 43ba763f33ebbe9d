"""Watching a folder: which one, what its files are, how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from zbdesk.app.source_views import SavedMapping, StoredSource
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.sources.folder import PATTERN, FolderSettings
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.importing import names
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.sources.services import SourceServices
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Button, FormField, TextField, announce


class MappingChoice:
    """Module and mapping, which belong together: a saved mapping is for one kind of record."""

    def __init__(self, saved: Sequence[SavedMapping], module: str = "", mapping: str = "") -> None:
        self._saved = saved
        self.module = Choice([(names.module_name(one), one.name) for one in names.modules()], _tr("What the rows are"))
        self.mapping = Choice([], _tr("Mapping"))
        self.module_field = FormField(_tr("What the rows &are"), self.module)
        self.mapping_field = FormField(_tr("&Mapping"), self.mapping)
        first = module or next((one.module for one in saved if one.module in MODULES), names.modules()[0].name)
        self.module.show_value(first)
        self.module.chosen.connect(lambda _name: self._fill())
        self._fill(mapping)

    def _fill(self, wanted: str = "") -> None:
        module = self.module.currentData()
        self.mapping.clear()
        for one in self._saved:
            if one.module in {module, ""}:
                self.mapping.addItem(one.name, one.name)
        if wanted:
            self.mapping.show_value(wanted)
        has = self.mapping.count() > 0
        self.mapping.setEnabled(has)
        self.mapping_field.set_error(
            "" if has else _tr("No mapping is saved for these. Import one such file first and save its mapping there.")
        )

    @property
    def values(self) -> tuple[str, str]:
        """Module and mapping; the mapping is empty where none is saved."""
        return str(self.module.currentData()), str(self.mapping.currentData() or "")


class FolderDialog(WriteDialog):
    """A new folder, or an existing one changed. ``done``: it is kept."""

    kept = Signal()

    def __init__(
        self, parent: QWidget, state: DeskState, services: SourceServices, saved: Sequence[SavedMapping],
        source: StoredSource | None = None,
    ) -> None:  # fmt: skip
        title = _tr("Watch a folder") if source is None else _tr("Change what is watched")
        super().__init__(
            parent, state, title,
            _tr("Complete files are imported once, then lie in done or failed with a report beside them."),
            icon="folder-input",
        )  # fmt: skip
        self._services, self._source = services, source
        self.jobs = Jobs(self)
        self.finished.connect(self.jobs.close)
        settings = FolderSettings.from_stored(source.settings) if source is not None else None
        self.path = TextField(name=_tr("Folder"), digits=True)
        self.path.setText(str(settings.path) if settings is not None else "")
        self.path.setReadOnly(source is not None)
        self.browse = Button(_tr("&Browse…"), "normal", "folder-open")
        self.browse.clicked.connect(self._browse)
        self.browse.setVisible(source is None)
        self.path_field = FormField(_tr("&Folder"), self.path, after=self.browse)
        self.choice = MappingChoice(saved, source.module if source else "", source.mapping if source else "")
        self.choice.module.setEnabled(source is None)
        self.pattern = TextField(name=_tr("Which files"), digits=True)
        self.pattern.setText(settings.pattern if settings is not None else PATTERN)
        self.pattern_field = FormField(_tr("Whic&h files"), self.pattern, _tr("Patterns with semicolons between them."))
        self.whole = QCheckBox(_tr("Take &no file with a bad row"))
        self.whole.setChecked(settings is not None and settings.all_or_nothing)
        for widget in (
            self.path_field, self.choice.module_field, self.choice.mapping_field, self.pattern_field, self.whole,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.verb = self.add_verb(_tr("&Watch it") if source is None else _tr("&Change it"))
        self.verb.clicked.connect(self.keep)
        (self.path if source is None else self.pattern).setFocus()

    def _browse(self) -> None:
        dialog = QFileDialog(self, _tr("Choose a folder to watch"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    def keep(self) -> None:
        """Keep it, where the fields are filled."""
        module, mapping = self.choice.values
        path = self.path.text().strip()
        self.path_field.set_error("" if path else _tr("Choose a folder."))
        if not path:
            self.path.setFocus()
            return
        if not mapping:
            self.choice.module.setFocus()
            return
        settings = FolderSettings(Path(path), self.pattern.text().strip() or PATTERN, self.whole.isChecked())
        services, source = self._services, self._source
        self.explain(self.verb, _tr("Being saved…"))

        def work(_job: object) -> None:
            if source is None:
                services.add_folder(settings, module, mapping)
            else:
                services.edit_folder(source.id, mapping, settings)

        self.jobs.start(work, self._kept, fail=self._not_kept)

    def _kept(self, _done: None) -> None:
        self.kept.emit()
        self.accept()

    def _not_kept(self, error: ZbdeskError) -> None:
        self.explain(self.verb, "")
        said = f"{error.title} {error.message}".strip()
        self.path_field.set_error(said)
        announce(self, said, urgent=True)


def _tr(words: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("FolderDialog", words)
