"""What stands below work in steps: Help at the start; why one cannot go on, Back, the primary button and Cancel.

Invariant: the primary button can be pressed exactly while no reason speaks against it.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from zbdesk.ui.sentences import said
from zbdesk.ui.widgets.base import Hairline, Label, Surface, gap, pad
from zbdesk.ui.widgets.buttons import Button


class Bar(Surface):
    """The bar. ``margins``: steps around its row; more can be added to ``start``, behind Help.

    Signals: ``help_wanted``, ``back_wanted``, ``next_wanted``, ``cancel_wanted``.
    """

    help_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, margins: tuple[float, float, float, float]) -> None:
        super().__init__("window")
        self.help = Button(self.tr("Help"), "quiet", "circle-question-mark")
        self.help.setToolTip("F1")
        self.reason = Label("", "caption", "text2", wrap=True).at_end()
        self.back = Button(self.tr("&Back"))
        self.next = Button("", "primary")
        self.cancel = Button(self.tr("Cancel"), "quiet")
        self.cancel.setToolTip(self.tr("Esc"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline())
        end = margins[2]
        self._above, self._middle, self.start = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        pad(self._above, end, 2, end, 0)
        row = QHBoxLayout()
        pad(row, *margins)
        for layout in (row, self.start):
            gap(layout, 2)
        self.start.addWidget(self.help)
        row.addLayout(self.start)
        row.addLayout(self._middle, 1)
        self._middle.addWidget(self.reason, 1)
        for button in (self.back, self.next, self.cancel):
            row.addWidget(button)
        outer.addLayout(self._above)
        outer.addLayout(row)
        self._narrow = False
        self.help.clicked.connect(self.help_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)

    def set_narrow(self, *, narrow: bool) -> None:
        """Put the reason on a line of its own where the window is narrow."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        (self._above if narrow else self._middle).addWidget(self.reason, 1)
        self._place_reason()

    def show_reason(self, words: str) -> None:
        """Say something in the place of the reason."""
        self.reason.setText(said(words))
        # Beside the buttons its empty place keeps them apart from Help; above them it takes no room when empty.
        self._place_reason()

    def _place_reason(self) -> None:
        self.reason.setVisible(bool(self.reason.text()) or not self._narrow)

    def show_state(self, *, reason: str, next_text: str) -> None:
        """Say whether one can go on, and why not."""
        self.show_reason(reason)
        self.next.setText(next_text)
        self.next.setEnabled(not reason)
        self.next.setAccessibleDescription(reason)
