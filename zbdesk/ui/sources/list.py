"""Watched folders and databases: how each stands, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from zbdesk.app.source_views import SavedMapping, StoredSource
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.sentences import said
from zbdesk.ui.sources import confirm, words
from zbdesk.ui.sources.folder_dialog import FolderDialog
from zbdesk.ui.sources.listed import Listed
from zbdesk.ui.sources.listing import Listing
from zbdesk.ui.sources.services import SourceServices, services_of
from zbdesk.ui.sources.sql_dialog import SqlDialog
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import announce


class SourcesList(Listed):
    """``sentence``: something for the status bar. ``settled``: the list is here. ``folder_wanted``: add one."""

    folder_wanted = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__(state, bridge, jobs)
        self.sources: list[StoredSource] = []
        self.saved: list[SavedMapping] = []
        self.busy: set[int] = set()
        self.dialog: WriteDialog | None = None
        tr = self.tr
        self.listing = Listing(
            tr("Watched folders and databases"),
            [tr("Name"), tr("State"), tr("Where"), tr("Last run"), tr("Taken"), tr("Refused"), tr("What it said")],
            (36, 26, 52, 24, 18, 18),
            ends=(4, 5),
        )
        self.listing.empty.show_state(
            "folder-input",
            tr("No folder is watched, and no database is asked."),
            tr("A watched folder takes the files that another program puts there; a database is asked by itself."),
            tr("Watch a folder…"),
        )
        self.listing.empty.acted.connect(self.folder_wanted)
        add = self.listing.add_button
        self.run = add(tr("Run n&ow"), "play")
        self.pause = add(tr("Pause sour&ce"), "pause")
        self.edit = add(tr("Edi&t…"), "pencil")
        self.remove = add(tr("Re&move…"), "trash-2", "destructive")
        self.listing.end_buttons()
        self.run.clicked.connect(self.run_now)
        self.pause.clicked.connect(self.toggle_pause)
        self.edit.clicked.connect(self.change)
        self.remove.clicked.connect(self.ask_remove)
        self.listing.moved.connect(self._show)
        self.listing.opened.connect(self.change)
        self.lay_out(self.listing)

    # ---- reading -------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the sources and mappings."""
        self.bridge.read(
            lambda reader: (reader.sources(), reader.saved_mappings()), self._arrived, owner=self, fail=self._failed
        )

    def _arrived(self, found: tuple[Sequence[StoredSource], Sequence[SavedMapping]]) -> None:
        self.sources, self.saved = list(found[0]), list(found[1])
        formats, now = self.state.formats, self.state.now()
        rows = []
        for one in self.sources:
            word = words.state_word(one)
            when = formats.moment(one.last_at, now) if one.last_at is not None else ""
            cells = [
                one.name, self.tr("Running") if one.id in self.busy else word.text, words.place(one), when,
                formats.count(one.taken), formats.count(one.refused), said(one.last_message),
            ]  # fmt: skip
            stamp = formats.stamp(one.last_at) if one.last_at is not None else ""
            rows.append((one.id, cells, word, ["", word.text, words.place(one), stamp, "", "", said(one.last_message)]))
        self.listing.fill(rows)
        self._show()
        self.settled.emit()

    def chosen(self) -> StoredSource | None:
        """The source in the current row."""
        key = self.listing.key()
        return next((one for one in self.sources if one.id == key), None)

    def _show(self) -> None:
        one = self.chosen()
        for button in (self.run, self.pause, self.edit, self.remove):
            button.setEnabled(one is not None and one.id not in self.busy)
        if one is None:
            self.listing.words.setText("")
            return
        self.pause.setText(self.tr("&Go on") if one.paused else self.tr("Pause sour&ce"))
        self.pause.show_icon("play" if one.paused else "pause")
        lines = [f"{words.kind_word(one)[0]} · {words.facts(one)}"]
        if one.last_message:
            lines.append(said(one.last_message))
        if one.last_result == "failed" and one.kind == "folder":
            lines.append(self.tr("It is looked for again by itself."))
        self.listing.words.setText("\n".join(lines))

    # ---- acts ----------------------------------------------------------------------------------------------------
    def _do(self, one: StoredSource, work: Callable[[SourceServices], str], said: str = "") -> None:
        services = services_of(self)
        if services is None:
            return
        self.notice.say("")
        self.busy.add(one.id)
        self._show()
        key = one.id
        self.jobs.start(
            lambda _job: work(services),
            lambda answer: self._done(key, answer or said),
            fail=lambda error: self._not_done(key, error),
        )

    def _done(self, key: int, said: str) -> None:
        self.busy.discard(key)
        self._show()
        self.refresh()
        if said:
            self.sentence.emit(said, True)
            announce(self, said)

    def _not_done(self, key: int, error: ZbdeskError) -> None:
        self.busy.discard(key)
        self._show()
        self.refresh()
        self._failed(error)

    def run_now(self) -> None:
        """Read the chosen source now."""
        one = self.chosen()
        if one is not None:
            self.sentence.emit(self.tr("%1 is being read…").replace("%1", isolate(one.name)), True)
            self._do(one, lambda services: services.run_now(one), self.tr("Nothing new."))

    def toggle_pause(self) -> None:
        """Leave it alone, or go on."""
        one = self.chosen()
        if one is None:
            return
        said = self.tr("%1 goes on.") if one.paused else self.tr("%1 is paused.")

        def work(services: SourceServices) -> str:
            services.set_paused(one.id, paused=not one.paused)
            return ""

        self._do(one, work, said.replace("%1", isolate(one.name)))

    def change(self) -> None:
        """Edit the chosen one."""
        one, services = self.chosen(), services_of(self)
        if one is None or services is None:
            return
        self._open(FolderDialog if one.kind == "folder" else SqlDialog, services, one)

    def add_folder(self) -> None:
        """Watch one more folder."""
        services = services_of(self)
        if services is not None:
            self._open(FolderDialog, services, None)

    def add_database(self) -> None:
        """Ask one more database."""
        services = services_of(self)
        if services is not None:
            self._open(SqlDialog, services, None)

    def _open(
        self, kind: type[FolderDialog | SqlDialog], services: SourceServices, source: StoredSource | None
    ) -> None:
        dialog = kind(self, self.state, services, self.saved, source)
        dialog.kept.connect(self.refresh)
        self.dialog = dialog
        dialog.open()

    def ask_remove(self) -> None:
        """Forget the chosen one, once a person has agreed."""
        one = self.chosen()
        if one is None:
            return

        def work(services: SourceServices) -> str:
            services.remove(one.id)
            return ""

        said = self.tr("%1 is removed; what came from it stays.").replace("%1", isolate(one.name))

        def agreed() -> None:
            self._do(one, work, said)

        if one.kind == "folder":
            self.dialog = confirm.remove_folder(self, self.state, words.place(one), agreed)
        else:
            self.dialog = confirm.remove_database(self, self.state, one.name, agreed)
