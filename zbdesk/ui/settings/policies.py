"""What zbdesk may do with each kind of record: which way edits travel, and what may be written at all.

Invariant: a control shows what holds in the database; a change is a command, and the next answer shows what came of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from zbdesk.domain.modules import MODULES
from zbdesk.sync.commands import SetPolicy
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.questions import PolicyAnswer, ask
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import module_label

SHOWN = (
    "contacts", "items", "estimates", "salesorders", "invoices", "customerpayments", "creditnotes", "purchaseorders",
    "bills", "vendorpayments", "vendorcredits", "expenses", "journals",
)  # fmt: skip
"""What companies issue; the rest is set on the command line."""


class PolicyRows(Rows):
    """One row a module: direction, then what may be created, changed and deleted."""

    def __init__(self, state: DeskState, bridge: Bridge) -> None:
        super().__init__(QCoreApplication.translate("PolicyRows", "What zbdesk may do"))
        self._state, self._bridge = state, bridge
        self._question: Question | None = None
        self.directions: dict[str, Choice] = {}
        self.checks: dict[tuple[str, str], QCheckBox] = {}
        for name in SHOWN:
            self._add_module(name)

    def _add_module(self, name: str) -> None:
        label = module_label(name)
        choices = [
            (self.tr("Both ways"), "both"),
            (self.tr("Only from Zoho Books"), "pull"),
            (self.tr("Only to Zoho Books"), "push"),
        ]
        direction = Choice(choices, self.tr("Direction of %1").replace("%1", label))
        direction.chosen.connect(lambda value, name=name: self._set(name, "direction", str(value)))
        self.directions[name] = direction
        boxes = [self._box(name, key, words) for key, words in self._permissions(name)]
        self.add(label, direction, *boxes)
        if name == "contacts":
            habits = [self._box(name, key, words) for key, words in self._habits()]
            self.add(self.tr("Customers that are known"), *habits)

    def _permissions(self, name: str) -> list[tuple[str, str]]:
        methods = MODULES[name].methods
        words = {"create": self.tr("create"), "update": self.tr("change"), "delete": self.tr("delete")}
        return [(key, shown) for key, shown in words.items() if key in methods]

    def _habits(self) -> Sequence[tuple[str, str]]:
        return (
            ("link_by_email", self.tr("link by e-mail")),
            ("link_by_name", self.tr("link by exact name")),
            ("ignore_vendors", self.tr("leave vendors alone")),
        )

    def _box(self, module: str, key: str, words: str) -> QCheckBox:
        check = QCheckBox(words)
        check.setAccessibleName(f"{module_label(module)}: {words}")
        check.toggled.connect(lambda on, name=module, key=key: self._set(name, key, "yes" if on else "no"))
        self.checks[module, key] = check
        return check

    def _set(self, module: str, key: str, value: str) -> None:
        self._bridge.send(SetPolicy(module, ((key, value),)))

    def refresh(self) -> None:
        """Read what holds; without a connection nothing can be set."""
        if self._question is not None:
            self._question.cancel()
        self._question = self._bridge.read(
            lambda reader: ask(reader).policies(), self._arrived, owner=self, fail=lambda _error: self._arrived(None)
        )

    def _arrived(self, found: Sequence[PolicyAnswer] | None) -> None:
        known = {} if found is None else {one.module: one.values for one in found}
        overview = self._state.overview
        connection = None if overview is None else overview.connection
        reads = connection is not None and connection.read_only
        for name, direction in self.directions.items():
            values = known.get(name)
            direction.setEnabled(values is not None and not reads)
            off = "" if values is not None else self.tr("This kind is switched off above.")
            direction.setToolTip(self.tr("This connection only reads.") if reads else off)
            direction.setAccessibleDescription(direction.toolTip())
            if values is not None:
                direction.show_value(values.get("direction"))
        for (name, key), check in self.checks.items():
            values = known.get(name)
            check.setEnabled(values is not None and not reads)
            check.blockSignals(True)
            check.setChecked(bool(values is not None and values.get(key)))
            check.blockSignals(False)
