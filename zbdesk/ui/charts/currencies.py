"""A panel of figures in one of several currencies: the choice, and what is shown of it when figures come anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from zbdesk.ui.charts.parts import ChartPanel
from zbdesk.ui.formats import Formats
from zbdesk.ui.widgets import Combo


class OfCurrency(Protocol):
    """Figures of one currency; an empty code is that of records without one."""

    @property
    def currency(self) -> str:
        """Its code."""
        ...


T = TypeVar("T", bound=OfCurrency)


class CurrencyPanel(ChartPanel, Generic[T]):
    """Never sums across currencies: one at a time. A subclass draws in ``draw``."""

    def __init__(self, title: str, choice: str, link: str | None = None) -> None:
        super().__init__(title, link)
        self.choice = Combo(choice)
        self.choice.currentIndexChanged.connect(lambda _at: self.draw())
        self._found: Sequence[T] = ()
        self._formats = Formats()

    def show_figures(self, found: Sequence[T], formats: Formats) -> None:
        """Take other figures; the chosen currency stays where it still occurs."""
        chosen = self.choice.currentText()
        self._found, self._formats = found, formats
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([one.currency or self.no_currency() for one in found])
        self.choice.setCurrentIndex(max(0, self.choice.findText(chosen)))
        self.choice.blockSignals(False)
        self.choice.setVisible(len(found) > 1)
        self.draw()

    @property
    def shown(self) -> T | None:
        """The currency in sight."""
        at = self.choice.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    def no_currency(self) -> str:
        """The word for figures without a code."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what is ``shown``."""
        raise NotImplementedError
