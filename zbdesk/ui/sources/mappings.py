"""Saved mappings: what each is for, and which sources read with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from zbdesk.app.source_views import SavedMapping, StoredSource
from zbdesk.domain.modules import MODULES
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.sources import confirm
from zbdesk.ui.sources.listed import Listed
from zbdesk.ui.sources.listing import Listing
from zbdesk.ui.sources.services import services_of
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import Word
from zbdesk.ui.widgets import announce


class MappingsList(Listed):
    """``import_wanted``: the way to make one is an import. ``settled``: the list is here."""

    import_wanted = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__(state, bridge, jobs)
        self.saved: list[SavedMapping] = []
        self.sources: list[StoredSource] = []
        self.dialog: WriteDialog | None = None
        tr = self.tr
        self.listing = Listing(tr("Saved mappings"), [tr("Name"), tr("For"), tr("Saved"), tr("Used by")], (60, 40, 34))
        self.listing.empty.show_state(
            "bookmark",
            tr("No mapping is saved."),
            tr("A mapping says which column is which field. Import a file and save its mapping under a name there."),
            tr("Import a file…"),
        )
        self.listing.empty.acted.connect(self.import_wanted)
        self.remove = self.listing.add_button(tr("Re&move mapping…"), "trash-2", "destructive")
        self.listing.end_buttons()
        self.remove.clicked.connect(self.ask_remove)
        self.lay_out(self.listing)

    def refresh(self) -> None:
        """Read them."""
        self.bridge.read(
            lambda reader: (reader.saved_mappings(), reader.sources()), self._arrived, owner=self, fail=self._failed
        )

    def _arrived(self, found: tuple[Sequence[SavedMapping], Sequence[StoredSource]]) -> None:
        self.saved, self.sources = list(found[0]), list(found[1])
        formats, now = self.state.formats, self.state.now()
        rows = []
        for one in self.saved:
            module = QCoreApplication.translate("Modules", MODULES[one.module].label) if one.module in MODULES else ""
            users = ", ".join(self._users(one.name))
            cells = [one.name, module, formats.moment(one.saved_at, now), users]
            rows.append((one.name, cells, Word("", "bookmark"), ["", "", formats.stamp(one.saved_at), users]))
        self.listing.fill(rows)
        self.settled.emit()

    def _users(self, name: str) -> list[str]:
        return [one.name for one in self.sources if one.mapping.casefold() == name.casefold()]

    def ask_remove(self) -> None:
        """Forget the chosen one, once a person has agreed."""
        name = self.listing.key()
        if isinstance(name, str):
            users = len(self._users(name))
            self.dialog = confirm.remove_mapping(self, self.state, name, users, lambda: self._remove(name))

    def _remove(self, name: str) -> None:
        services = services_of(self)
        if services is None:
            return
        self.notice.say("")
        said = self.tr("The mapping %1 is removed.").replace("%1", isolate(name))

        def removed(_done: None) -> None:
            self.sentence.emit(said, True)
            announce(self, said)
            self.refresh()

        self.jobs.start(lambda _job: services.remove_mapping(name), removed, fail=self._failed)
