"""One own address that events are passed on to: added with its secret shown once, changed, or removed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from zbdesk.app.relaying import AddedTarget
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.way import Target
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.webhooks.acts import Doer
from zbdesk.ui.webhooks.guide import MODULES
from zbdesk.ui.widgets import Banner, Combo, CopyField, FormField, Label, TextField, announce


class TargetDialog(WriteDialog):
    """``changed``: it is kept. ``target`` None: a new one."""

    changed = Signal()

    def __init__(self, parent: QWidget, state: DeskState, doer: Doer, target: Target | None) -> None:
        title = _tr("Pass events on to another address") if target is None else _tr("Change what is passed on")
        super().__init__(parent, state, title, _said(), icon="send", width=170)
        self._doer, self._target = doer, target
        self.trouble = Banner(kind="problem")
        self.body.addWidget(self.trouble)
        self.url = TextField(placeholder="http://127.0.0.1:9000/hook", digits=True)
        self.url_field = FormField(
            self.tr("&Address"), self.url, self.tr("http is allowed on this computer and in your own network.")
        )
        self.content = Combo(self.tr("What it gets"))
        self.content.addItem(self.tr("The record, as Zoho Books showed it after the event"), "record")
        self.content.addItem(self.tr("The event as it came (only with a right signature)"), "event")
        self.content_field = FormField(self.tr("W&hat it gets"), self.content)
        self.body.addWidget(self.url_field)
        self.body.addWidget(self.content_field)
        self.modules = self._boxes(self.tr("Only these modules; none chosen means all"), {
            name: words.module_name(name) for name in dict.fromkeys((*MODULES, *(target.modules if target else ())))
        }, target.modules if target else ())  # fmt: skip
        self.kinds = self._boxes(self.tr("Only these events; none chosen means all"), {
            "changed": self.tr("Changes"), "deleted": self.tr("Deletions"),
        }, target.kinds if target else ())  # fmt: skip
        self.secret = CopyField(name=self.tr("Secret of this target"), label=self.tr("Cop&y"))
        self.secret_field = FormField(
            self.tr("Secret"),
            self.secret,
            self.tr("It signs what is sent there (X-Zbdesk-Signature). It is not shown again."),
        )
        self.secret_field.hide()
        self.body.addWidget(self.secret_field)
        self.verb = self.add_verb(self.tr("A&dd it") if target is None else self.tr("&Keep"))
        self.verb.clicked.connect(self._keep)
        if target is not None:
            self.url.setText(target.url)
            self.url.setReadOnly(True)
            self.content.setCurrentIndex(self.content.findData(target.content))
            self.content.setEnabled(False)
            self.content_field.set_help(self.tr("For something else add a target of its own."))

    def _boxes(self, title: str, choices: dict[str, str], chosen: tuple[str, ...]) -> dict[str, QCheckBox]:
        look = theme.current()
        self.body.addWidget(Label(title, "strong", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(4))
        grid.setVerticalSpacing(look.px(1))
        found: dict[str, QCheckBox] = {}
        for at, (key, label) in enumerate(choices.items()):
            box = QCheckBox(label)
            box.setChecked(key in chosen)
            grid.addWidget(box, at // 3, at % 3)
            found[key] = box
        self.body.addLayout(grid)
        return found

    def _keep(self) -> None:
        modules = [name for name, box in self.modules.items() if box.isChecked()]
        kinds = [kind for kind, box in self.kinds.items() if box.isChecked()]
        acts, target, url = self._doer.acts, self._target, self.url.text().strip()
        if target is None and not url:
            self.url_field.set_error(self.tr("This is needed."))
            self.url.setFocus()
            return
        self.url_field.set_error("")
        self.explain(self.verb, self.tr("Being kept…"))
        if target is None:
            content = str(self.content.currentData())
            self._doer.do(
                lambda: acts.add_target(url, content, modules, kinds), self._added, owner=self, fail=self._failed
            )
        else:
            self._doer.do(
                lambda: acts.change_target(target.id, modules, kinds, enabled=target.enabled),
                lambda _: self._changed(),
                owner=self,
                fail=self._failed,
            )

    def _changed(self) -> None:
        self.changed.emit()
        self.accept()

    def _added(self, made: AddedTarget) -> None:
        self.trouble.say("")
        self.question.setText(self.tr("Copy the secret now"))
        self.secret.set_value(made.secret)
        self.secret_field.show()
        for part in (self.url, self.content, *self.modules.values(), *self.kinds.values()):
            part.setEnabled(False)
        self.verb.hide()
        self.reason.setText("")
        self.cancel.setText(self.tr("Done"))
        self.secret.copy_button.setFocus()
        announce(self, self.tr("The target is added. Copy its secret now."))
        self.changed.emit()

    def _failed(self, error: ZbdeskError) -> None:
        self.explain(self.verb, "")
        self.trouble.say(error.title, error.message, "problem")

    def done(self, result: int) -> None:
        """Nothing of the secret stays in the window."""
        self.secret.set_value("")
        super().done(result)


class RemoveTargetDialog(WriteDialog):
    """``changed``: it is gone."""

    changed = Signal()

    def __init__(self, parent: QWidget, state: DeskState, doer: Doer, target: Target) -> None:
        super().__init__(
            parent, state, _tr("Pass nothing on there any more?"), _gone(target), icon="trash-2", width=140
        )
        self._doer, self._target = doer, target
        self.trouble = Banner(kind="problem")
        self.body.addWidget(self.trouble)
        self.cancel.setDefault(True)
        self.verb = self.add_verb(self.tr("&Remove it"), "destructive")
        self.verb.clicked.connect(self._remove)

    def _remove(self) -> None:
        self.explain(self.verb, self.tr("Being removed…"))
        acts, target = self._doer.acts, self._target
        self._doer.do(lambda: acts.remove_target(target.id), lambda _: self._removed(), owner=self, fail=self._failed)

    def _removed(self) -> None:
        self.changed.emit()
        self.accept()

    def _failed(self, error: ZbdeskError) -> None:
        self.explain(self.verb, "")
        self.trouble.say(error.title, error.message, "problem")


def _said() -> str:
    return _tr("Other systems of your own need no tunnel then. What they do not take waits here and is tried again.")


def _gone(target: Target) -> str:
    said = _tr("%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.")
    return said.replace("%1", target.url)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TargetDialog", text)
