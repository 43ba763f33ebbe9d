"""By what Zoho Books tells our records apart, and the field that makes a second record impossible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from zbdesk.sync.commands import SetUpFields
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.questions import RecognitionAnswer, ask
from zbdesk.ui.settings.rows import Rows
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import module_label
from zbdesk.ui.widgets import Button, Label

_ABLE_TO_MAKE = frozenset({"missing", "unknown", "refused"})


class RecognitionRows(Rows):
    """A line on how it stands, the kinds one by one, and what can be done about it."""

    def __init__(self, state: DeskState, bridge: Bridge) -> None:
        super().__init__(QCoreApplication.translate("RecognitionRows", "No record twice"))
        self._state, self._bridge = state, bridge
        self._question: Question | None = None
        self._missing: tuple[str, ...] = ()
        self._unsaid: tuple[str, ...] = ()
        self.summary = Label("", "body", wrap=True)
        self.kinds = Label("", "body", "text2", wrap=True, selectable=True)
        self.make = Button(self.tr("Set up &the field"), icon="list-checks")
        self.look = Button(self.tr("&Look again"), "quiet", "rotate-cw")
        self.vouch = Button(self.tr("It refuses du&plicates"), "quiet", "circle-check")
        self.add(self.tr("How it stands"), self.summary)
        self.add(self.tr("Recognised by"), self.kinds)
        self.help = self.add(
            self.tr("Field “zbdesk ID”"),
            self.make,
            self.vouch,
            self.look,
            help_text=self.tr(
                "A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can "
                "never make a second record."
            ),
        )
        self.make.clicked.connect(lambda: self._send("make", self._missing))
        self.vouch.clicked.connect(lambda: self._send("vouch", self._unsaid))
        self.look.clicked.connect(lambda: self._send("look", ()))
        self._arrived(None)

    def _send(self, what: str, modules: tuple[str, ...]) -> None:
        self._bridge.send(SetUpFields(what, modules))
        self.summary.setText(self.tr("Zoho Books is being asked…"))

    def refresh(self) -> None:
        """Read how it stands."""
        if self._question is not None:
            self._question.cancel()
        self._question = self._bridge.read(
            lambda reader: ask(reader).recognition(), self._arrived, owner=self,
            fail=lambda _error: self._arrived(None),
        )  # fmt: skip

    def _arrived(self, found: Sequence[RecognitionAnswer] | None) -> None:
        overview = self._state.overview
        connection = None if overview is None else overview.connection
        able = [one for one in found or () if one.standing != "impossible"]
        self._missing = tuple(one.module for one in able if one.standing in _ABLE_TO_MAKE)
        self._unsaid = tuple(one.module for one in able if one.standing == "not_said")
        writes = connection is not None and not connection.read_only
        self.make.setEnabled(writes and bool(self._missing))
        self.look.setEnabled(writes)
        self.vouch.setVisible(bool(self._unsaid))
        self.vouch.setEnabled(writes)
        if not found:
            self.summary.setText(self.tr("Not connected"))
            self.kinds.setText("")
            return
        count = self._state.formats.count
        safe = sum(one.standing == "ready" for one in able)
        words = self.tr("Zoho Books itself refuses a second record in %1 of %2 kinds.")
        self.summary.setText(words.replace("%1", count(safe)).replace("%2", count(len(able))))
        self.kinds.setText("\n".join(f"{module_label(one.module)}: {self._ways(one.ways)}" for one in found))

    def _ways(self, ways: Sequence[str]) -> str:
        words = {
            "custom_field": self.tr("the field “zbdesk ID”"),
            "email": self.tr("e-mail address"),
            "name": self.tr("name"),
            "sku": self.tr("SKU"),
            "number": self.tr("its own number"),
            "reference": self.tr("reference number"),
            "nothing": self.tr("nothing"),
        }
        return self.tr(", else ").join(words.get(way, way) for way in ways)
