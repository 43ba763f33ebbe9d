"""Settle many at once: which ones, which side, what it would do (the planner's dry run), one verb with a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ResolutionPreview
from zbdesk.sync.commands import SetPolicy
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.conflicts.rows import LOCAL, REMOTE
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.editing.labels import field_label, ledger_label, lower_first
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.formats import plural
from zbdesk.ui.sentences import said
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Box, Label

MOST_REFUSED = 6


def conflicts_words(count: int, shown: str) -> str:
    """7 conflicts."""
    return plural("Conflicts", "%n conflict(s)", count, "%n conflict", "%n conflicts", shown)


class RuleDialog(WriteDialog):
    """Choose a set and a side; see the counts; apply. ``settled``: keys and the side to keep."""

    settled = Signal(object, str)

    def __init__(
        self,
        parent: QWidget | None,
        state: DeskState,
        bridge: Bridge,
        sets: Sequence[tuple[str, tuple[int, ...]]],
        *,
        keep: str = "",
        fields_of: Callable[[Sequence[int]], Mapping[str, Sequence[str]]] | None = None,
    ) -> None:
        super().__init__(
            parent, state, QCoreApplication.translate("RuleDialog", "Settle conflicts by rule"),
            QCoreApplication.translate(
                "RuleDialog", "One side is taken for all fields of these. You see the numbers before anything is sent."
            ),
            icon="list-checks",
        )  # fmt: skip
        self._bridge = bridge
        self._sets = list(sets)
        self._fields_of = fields_of or (lambda _keys: {})
        self._question: Question | None = None
        self._preview: ResolutionPreview | None = None
        look = theme.current()
        formats = state.formats
        self.which = Choice(
            [(f"{words} ({formats.count(len(keys))})", at) for at, (words, keys) in enumerate(self._sets)],
            self.tr("Which conflicts"),
        )
        label = Label(self.tr("&Which conflicts"), "strong")
        label.setBuddy(self.which)
        self.ours = QRadioButton(self.tr("Keep what &this computer has"))
        self.theirs = QRadioButton(self.tr("Keep what &Zoho Books has"))
        self._sides = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(look.px(1))
        column.addWidget(label)
        column.addWidget(self.which)
        self.body.addLayout(column)
        sides = QVBoxLayout()
        sides.setSpacing(look.px(0.5))
        for button in (self.ours, self.theirs):
            self._sides.addButton(button)
            sides.addWidget(button)
        self.body.addLayout(sides)
        self.always = QCheckBox(self.tr("&Always take this side for these fields, without asking"))
        self.body.addWidget(self.always)
        box = Box("alt")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(2.5))
        inside.setSpacing(look.px(1))
        self.count = Label("", "strong", wrap=True)
        self.effects = Label("", "body", wrap=True)
        self.refusals = Banner(kind="attention")
        inside.addWidget(self.count)
        inside.addWidget(self.effects)
        inside.addWidget(self.refusals)
        self.body.addWidget(box)
        self.body.addStretch(1)
        self.settle = self.add_verb(self.tr("&Settle"))
        self.settle.clicked.connect(self._settle)
        self.which.chosen.connect(self._ask)
        self._sides.buttonToggled.connect(lambda _button, on: self._ask() if on else None)
        if keep:
            (self.ours if keep == LOCAL else self.theirs).setChecked(True)
        self._ask()

    @property
    def keys(self) -> tuple[int, ...]:
        """The conflicts of the chosen set."""
        return self._sets[self.which.currentIndex()][1]

    @property
    def keep(self) -> str:
        """The chosen side; empty before one is."""
        return LOCAL if self.ours.isChecked() else REMOTE if self.theirs.isChecked() else ""

    @property
    def ruled(self) -> dict[str, tuple[str, ...]]:
        """By module the fields of the chosen set that a standing rule can be about."""
        found = self._fields_of(self.keys)
        kept = {module: tuple(name for name in names if _can_rule(module, name)) for module, names in found.items()}
        return {module: names for module, names in kept.items() if names}

    def _ask(self, _value: object = None) -> None:
        if self._question is not None:
            self._question.cancel()
        # A record that is deleted on one side, or a status, is never settled without asking.
        self.always.setVisible(bool(self.ruled))
        self._preview = None
        self.refusals.say("")
        self.effects.setText("")
        if not self.keep:
            self.count.setText(self.tr("Choose a side to see what it does."))
            self.explain(self.settle, self.tr("No side is chosen."))
            return
        self.count.setText(self.tr("Working it out…"))
        self.explain(self.settle, self.tr("The dry run is under way."))
        keys, keep = self.keys, self.keep
        self._question = self._bridge.read(
            lambda reader: ask(reader).preview_resolution(keys, keep, ()), self._arrived, owner=self, fail=self._failed
        )

    def _arrived(self, preview: ResolutionPreview) -> None:
        self._preview = preview
        formats, tr = self.state.formats, self.tr
        settled = conflicts_words(preview.records, formats.count(preview.records))
        parts = [tr("%1 settled").replace("%1", settled)]
        if preview.writes:
            words = plural(
                "Conflicts", "%n record(s) written to Zoho Books", preview.writes, "%n record written to Zoho Books",
                "%n records written to Zoho Books", formats.count(preview.writes),
            )  # fmt: skip
            parts.append(words)
        else:
            parts.append(tr("nothing written to Zoho Books"))
        self.count.setText(", ".join(parts) + ".")
        lines = []
        for effect in preview.effects:
            moved = [
                f"{ledger_label(part)} {formats.money(amount, effect.currency)}"
                for part, amount in effect.parts
                if amount
            ]
            if moved:
                lines.append(" · ".join(moved))
        self.effects.setText("\n".join(lines) or tr("No amount changes there."))
        self._say_refused(preview)
        self.settle.setText(tr("&Settle %1").replace("%1", settled))
        self.explain(self.settle, "" if preview.records else tr("None of these can be settled so."))

    def _say_refused(self, preview: ResolutionPreview) -> None:
        if not preview.refused:
            self.refusals.say("")
            return
        count = conflicts_words(len(preview.refused), self.state.formats.count(len(preview.refused)))
        lines = [f"{refusal.number or '–'}: {said(refusal.reason)}" for refusal in preview.refused[:MOST_REFUSED]]
        if len(preview.refused) > MOST_REFUSED:
            rest = self.state.formats.count(len(preview.refused) - MOST_REFUSED)
            lines.append(self.tr("and %1 more").replace("%1", rest))
        self.refusals.say(self.tr("Left as they are: %1").replace("%1", count), "\n".join(lines), "attention")

    def _failed(self, error: ZbdeskError) -> None:
        self.count.setText(said(error.title))
        self.effects.setText(said(error.message))
        self.explain(self.settle, self.tr("The dry run was not possible."))

    def _settle(self) -> None:
        if self._preview is None:
            return
        stay = {refusal.record_id for refusal in self._preview.refused}
        keys = tuple(key for key in self.keys if key not in stay)
        if self.always.isVisibleTo(self) and self.always.isChecked():
            for module, names in self.ruled.items():
                self._bridge.send(SetPolicy(module, tuple((f"always.{name}", self.keep) for name in names)))
        self.settled.emit(keys, self.keep)
        self.accept()


def _can_rule(module: str, name: str) -> bool:
    return module in MODULES and name in MODULES[module].write_fields


def set_words(names: Sequence[str]) -> str:
    """A set of fields in words: "Due date alone", "Lines and due date"."""
    words = [field_label(name) for name in names]
    alone = QCoreApplication.translate("RuleDialog", "%1 alone")
    if len(words) == 1:
        return alone.replace("%1", words[0])
    joined = QCoreApplication.translate("RuleDialog", " and ")
    rest = [lower_first(word) for word in words[1:]]
    return ", ".join([words[0], *rest[:-1]]) + joined + rest[-1]
