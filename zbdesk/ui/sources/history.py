"""The imports of the past, newest first, each with what it brought and the way to roll it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from zbdesk.app.imports_back import ImportBack
from zbdesk.app.source_views import Batch
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.sources import words
from zbdesk.ui.sources.listed import Listed
from zbdesk.ui.sources.listing import Listing
from zbdesk.ui.sources.services import services_of
from zbdesk.ui.sources.take_back import TakeBackDialog, told
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import announce

MOST = 200


class ImportsList(Listed):
    """``import_wanted``: bring a file in. ``records_wanted(module)``. ``settled``: the list is here."""

    import_wanted = Signal()
    records_wanted = Signal(str)

    def __init__(self, state: DeskState, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__(state, bridge, jobs)
        self.batches: list[Batch] = []
        self.dialog: TakeBackDialog | None = None
        tr = self.tr
        self.listing = Listing(
            tr("Past imports"),
            [tr("When"), tr("From"), tr("What"), tr("Result"), tr("Documents"), tr("Totals")],
            (44, 56, 30, 28, 60),
        )
        self.listing.empty.show_state(
            "file-plus",
            tr("Nothing was imported yet."),
            tr("Every import is listed here and can be rolled back, here and in Zoho Books."),
            tr("Import a file…"),
        )
        self.listing.empty.acted.connect(self.import_wanted)
        self.back = self.listing.add_button(tr("Roll &back…"), "undo-2")
        self.records = self.listing.add_button(tr("Show the re&cords"), "list-checks")
        self.listing.end_buttons()
        self.back.clicked.connect(self.ask_back)
        self.records.clicked.connect(self._to_records)
        self.listing.moved.connect(self._show)
        self.lay_out(self.listing)

    def refresh(self) -> None:
        """Read the last imports."""
        self.bridge.read(lambda reader: reader.imports(MOST), self._arrived, owner=self, fail=self._failed)

    def _arrived(self, found: Sequence[Batch]) -> None:
        self.batches = list(found)
        formats, now = self.state.formats, self.state.now()
        rows = []
        for one in self.batches:
            word = words.batch_word(one)
            module = QCoreApplication.translate("Modules", MODULES[one.module].label) if one.module in MODULES else ""
            cells = [
                formats.moment(one.started_at, now), isolate(one.origin), module or one.module, word.text,
                words.batch_counts(one, formats), words.batch_totals(one, formats),
            ]  # fmt: skip
            rows.append((one.id, cells, word, [formats.stamp(one.started_at), one.origin, "", "", cells[4], cells[5]]))
        self.listing.fill(rows)
        self._show()
        self.settled.emit()

    def chosen(self) -> Batch | None:
        """The import in the current row."""
        key = self.listing.key()
        return next((one for one in self.batches if one.id == key), None)

    def _show(self) -> None:
        one = self.chosen()
        self.back.setEnabled(one is not None and one.state in {"done", "stopped"} and one.created + one.changed > 0)
        self.records.setEnabled(one is not None)
        if one is None:
            self.listing.words.setText("")
            return
        parts = [
            self.tr("%1 rows").replace("%1", self.state.formats.count(one.rows)),
            words.batch_counts(one, self.state.formats),
            self.tr("mapping %1").replace("%1", isolate(one.mapping)) if one.mapping else "",
        ]
        self.listing.words.setText(" · ".join(part for part in parts if part))

    def _to_records(self) -> None:
        one = self.chosen()
        if one is not None:
            self.records_wanted.emit(one.module)

    def ask_back(self) -> None:
        """Roll the chosen one back, once a person has agreed."""
        one = self.chosen()
        if one is None:
            return
        services = services_of(self)
        if services is None:
            return
        self.notice.say("")
        self.jobs.start(
            lambda _job: services.foresee_back(one.id), lambda found: self._ask(one, found), fail=self._failed
        )

    def _ask(self, one: Batch, found: ImportBack) -> None:
        self.dialog = TakeBackDialog(self, self.state, one.origin, found)
        self.dialog.agreed.connect(lambda: self._take_back(one))
        self.dialog.open()

    def _take_back(self, one: Batch) -> None:
        services = services_of(self)
        if services is None:
            return
        self.notice.say("")
        self.back.setEnabled(False)
        self.jobs.start(lambda _job: services.take_back(one.id), self._taken_back, fail=self._not_taken_back)

    def _not_taken_back(self, error: ZbdeskError) -> None:
        self._failed(error)
        self._show()

    def _taken_back(self, found: ImportBack) -> None:
        said, rest = told(found, self.state.formats)
        if rest:
            self.notice.say(said, rest, "attention" if found.staying else "info")
        self.sentence.emit(said, True)
        announce(self, said)
        self.refresh()
