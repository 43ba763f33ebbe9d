"""Having it set up in Zoho Books: first exactly what would be made, then what became of each, and removal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.set_up import SetUpDone, SetUpStep
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import icons, theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.scrolling import QuietScrollBar
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import Word
from zbdesk.ui.webhooks import words
from zbdesk.ui.webhooks.acts import Doer
from zbdesk.ui.widgets import Banner, Button, announce


class SetUpDialog(WriteDialog):
    """``guide_wanted``: by hand instead. ``ended``: something was made or removed."""

    guide_wanted = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget, state: DeskState, doer: Doer, page: WebhookPage) -> None:
        super().__init__(parent, state, _tr("Set webhooks up in Zoho Books?"), _said(), icon="wand-sparkles", width=215)
        self._doer, self._page = doer, page
        look = theme.current()
        self.trouble = Banner(kind="problem")
        self.body.addWidget(self.trouble)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("Module"), self.tr("For"), self.tr("What happens"), self.tr("Address")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setVerticalScrollBar(QuietScrollBar("base"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName(self.tr("What is made in Zoho Books"))
        self.tree.setMinimumHeight(look.px(60))
        for column, width in enumerate((36, 24, 70)):
            self.tree.header().resizeSection(column, look.px(width))
        self.body.addWidget(self.tree, 1)
        self.guide = Button(self.tr("By &hand instead…"), "normal")
        self.guide.clicked.connect(self._by_hand)
        self.foot.insertWidget(1, self.guide)
        self.remove = self.add_verb(self.tr("Remo&ve what was made"), "destructive")
        self.remove.setVisible(bool(page.made))
        self.remove.clicked.connect(self._remove)
        self.make = self.add_verb(self.tr("&Make them"))
        self.make.clicked.connect(self._make)
        self._allow()
        self.make.setEnabled(False)
        doer.do(doer.acts.preview, self._shown, owner=self, fail=self._no_preview)

    def _allow(self) -> None:
        page = self._page
        if not page.may_set_up:
            self.explain(
                self.make,
                self.tr("The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again."),
            )
        if page.made and not page.may_remove:
            self.remove.setEnabled(False)
            self.remove.setToolTip(self.tr("The sign-in lacks the permission ZohoBooks.settings.DELETE."))

    def _shown(self, steps: Sequence[SetUpStep]) -> None:
        made = {one.name for one in self._page.made if one.kind == "workflow"}
        self.tree.clear()
        for step in steps:
            there = step.name in made
            word = Word(_tr("is there"), "circle-check", "text2") if there else _planned(step)
            self._line(step.module, step.rule, word, step.url)
        self.make.setEnabled(self._page.may_set_up and any(step.name not in made for step in steps))

    def _no_preview(self, error: ZbdeskError) -> None:
        self.trouble.say(error.title, error.message, "attention")
        self.make.setEnabled(False)

    def _line(self, module: str, rule: str, word: Word, last: str) -> None:
        item = QTreeWidgetItem([words.module_name(module), _rule(rule), word.text, isolate(last) if last else ""])
        item.setIcon(2, icons.icon(word.icon, word.role))
        item.setToolTip(2, word.text)
        item.setToolTip(3, last)
        item.setSizeHint(0, QSize(0, theme.current().row_height))
        self.tree.addTopLevelItem(item)

    def _make(self) -> None:
        self._begin(self.tr("Being made in Zoho Books…"))
        self._doer.do(self._doer.acts.set_up, self._told, owner=self, fail=self._failed)

    def _remove(self) -> None:
        self._begin(self.tr("Being removed in Zoho Books…"))
        self._doer.do(self._doer.acts.remove_set_up, self._told, owner=self, fail=self._failed)

    def _begin(self, said: str) -> None:
        self.trouble.say("")
        self.remove.setEnabled(False)
        self.explain(self.make, said)

    def _told(self, steps: Sequence[SetUpDone]) -> None:
        """What became of each; the dialog stays open to be read."""
        self.tree.clear()
        self.tree.setHeaderLabels([self.tr("Module"), self.tr("For"), self.tr("What became of it"), self.tr("Why")])
        for step in steps:
            self._line(step.module, step.rule, _outcome(step), said(step.message))
        failed = sum(step.result in {"failed", "skipped"} for step in steps)
        done = len(steps) - failed
        self.reason.setText("")
        if failed:
            count = plural("Webhooks", "%n could not be done", failed, "%n could not be done", "%n could not be done")
            self.trouble.say(
                count, self.tr("The reason stands beside each; everything can be done by hand."), "attention"
            )
        else:
            self.trouble.say(
                plural("Webhooks", "%n done", done, "%n done", "%n done"),
                self.tr("A module ticks itself in the list when its first event is here."), "info",
            )  # fmt: skip
        self.make.hide()
        self.remove.hide()
        self.cancel.setText(self.tr("Close"))
        announce(self, self.trouble.fact.text())
        self.ended.emit()

    def _failed(self, error: ZbdeskError) -> None:
        self.explain(self.make, "")
        self._allow()
        self.remove.setEnabled(self._page.may_remove)
        self.trouble.say(error.title, error.message, "problem")

    def _by_hand(self) -> None:
        self.accept()
        self.guide_wanted.emit()


def _said() -> str:
    return _tr(
        "This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are "
        "made for changes, and a pair for deletions. What fails is said and can be done by hand."
    )


def _planned(step: SetUpStep) -> Word:
    if step.sure:
        return Word(_tr("a webhook and a rule are made"), "plus", "text2")
    return Word(_tr("is tried; Zoho may refuse it"), "circle-question-mark", "text2")


def _outcome(step: SetUpDone) -> Word:
    return {
        "made": Word(_tr("made"), "circle-check", "ok"),
        "there": Word(_tr("was there already"), "circle-check", "text2"),
        "removed": Word(_tr("removed"), "trash-2", "text2"),
        "skipped": Word(_tr("not tried"), "circle-slash", "attention"),
    }.get(step.result, Word(_tr("refused"), "octagon-alert", "problem"))


def _rule(rule: str) -> str:
    return {"changed": _tr("changes"), "deleted": _tr("deletions")}.get(rule, rule)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SetUpDialog", text)
