"""Settle a name once for all records that use it: what it means in Zoho Books, or which record there it is.

Shows what Zoho Books has to choose from and how many records go on, before anything is stored. Must not decide what
fits: the choices come from the reader.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ProblemView, RecordView
from zbdesk.sync.commands import GiveMeaning, LinkTo
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.editing.questions import FixAnswer, ask
from zbdesk.ui.formats import isolate
from zbdesk.ui.problems_page.dialogs import records_words
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import FormField, Label

MOST_SHOWN = 300
MOST_NAMED = 6


class SettleDialog(WriteDialog):
    """Choose one record of Zoho Books for a name; all that wait for it go on at once."""

    def __init__(
        self, parent: QWidget | None, state: DeskState, bridge: Bridge, members: Sequence[ProblemView]
    ) -> None:
        translate = QCoreApplication.translate
        links = members[0].cause == "duplicate_name"
        title = translate("SettleDialog", "Link to it") if links else translate("SettleDialog", "Say what it means")
        super().__init__(parent, state, title, icon="arrow-left-right" if links else "list-checks")
        self._bridge = bridge
        self._links = links
        self._problem = members[0]
        self._answer: FixAnswer | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Type to find it"))
        self.search.setClearButtonEnabled(True)
        self.field = FormField(self.tr("&In Zoho Books it is"), self.search)
        self.body.addWidget(self.field)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What Zoho Books has"))
        self.list.setMinimumHeight(theme.current().px(45))
        self.body.addWidget(self.list, 1)
        self.affected = Label("", "body", "text2", wrap=True)
        self.body.addWidget(self.affected)
        self.verb = self.add_verb(self.tr("&Use it"))
        self.explain(self.verb, self.tr("Reading what Zoho Books has…"))
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._take_first)
        self.list.currentItemChanged.connect(lambda _now, _before: self._say())
        self.list.itemActivated.connect(lambda _item: self._do())
        self.verb.clicked.connect(self._do)
        self.search.setFocus()
        self._question: Question = bridge.read(self._look, self._arrived, owner=self, fail=self._failed)

    def _look(self, reader: object) -> tuple[FixAnswer | None, list[RecordView]]:
        here = ask(reader)
        answer = here.fix(self._problem.id)
        return answer, [] if answer is None else here.rows(answer.record_ids[:MOST_NAMED])

    def _arrived(self, found: tuple[FixAnswer | None, list[RecordView]]) -> None:
        answer, rows = found
        if answer is None:
            self.explain(self.verb, self.tr("It is settled already."))
            return
        self._answer = answer
        kind = lower_first(singular(answer.module)) if answer.module in MODULES else answer.module
        words = self.tr("Which %1 of Zoho Books is “%2”?")
        self.question.setText(words.replace("%1", kind).replace("%2", answer.name))
        self.words.setText(
            self.tr("This record is joined with it and takes over what Zoho Books has.")
            if answer.links
            else self.tr("It is remembered, and holds for every document that uses this name.")
        )
        self.words.show()
        count = records_words(len(answer.record_ids), self.state.formats.count(len(answer.record_ids)))
        names = [isolate(row.number or row.party or "") for row in rows]
        if len(answer.record_ids) > len(names):
            rest = self.state.formats.count(len(answer.record_ids) - len(names))
            names.append(self.tr("and %1 more").replace("%1", rest))
        text = (
            self.tr("%1 go on at once: %2")
            .replace("%1", count)
            .replace("%2", ", ".join(name for name in names if name))
        )
        self.affected.setText(text)
        self.verb.setText(self.tr("&Use it for %1").replace("%1", count))
        self._show()

    def _failed(self, error: ZbdeskError) -> None:
        self.explain(self.verb, str(error))

    def _show(self, _text: str = "") -> None:
        if self._answer is None:
            return
        wanted = self.search.text().strip().casefold()
        fitting = [one for one in self._answer.choices if wanted in f"{one.name} {one.more}".casefold()]
        self.list.clear()
        for one in fitting[:MOST_SHOWN]:
            item = QListWidgetItem(f"{isolate(one.name)}  {one.more}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, one.remote_id)
            self.list.addItem(item)
        if len(fitting) == 1:
            self.list.setCurrentRow(0)
        self._say()

    def _say(self) -> None:
        if self._answer is None:
            return
        if not self._answer.choices:
            why = self.tr("Zoho Books has none; set it up there first.")
        elif self.list.count() == 0:
            why = self.tr("Nothing fits what you typed.")
        else:
            why = "" if self.list.currentItem() is not None else self.tr("Choose one.")
        self.explain(self.verb, why)

    def _take_first(self) -> None:
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _do(self) -> None:
        item, answer = self.list.currentItem(), self._answer
        if item is None or answer is None or not self.verb.isEnabled():
            return
        remote_id = str(item.data(Qt.ItemDataRole.UserRole))
        if answer.links:
            self._bridge.send(LinkTo(answer.record_ids[0], remote_id))
        else:
            self._bridge.send(GiveMeaning(answer.module, answer.by, answer.name, remote_id, answer.field))
        self.accept()
