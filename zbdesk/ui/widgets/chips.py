"""The parts of a filter that is on, as chips: a click takes one part away and leaves the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Generic, TypeVar

from zbdesk.ui.widgets.buttons import Chip

Filter = TypeVar("Filter")


class FilterChips(Generic[Filter]):
    """``place`` puts a chip into the layout, by its number; ``chosen`` gets the filter without it."""

    def __init__(self, place: Callable[[int, Chip], None], chosen: Callable[[Filter], None]) -> None:
        self._place, self._chosen = place, chosen
        self._chips: list[Chip] = []

    def __iter__(self) -> Iterator[Chip]:
        return iter(self._chips)

    def __len__(self) -> int:
        return len(self._chips)

    def show(self, parts: Sequence[tuple[str, Filter]]) -> None:
        """Show these parts: words, and the filter without them."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for at, (words, without) in enumerate(parts):
            chip = Chip(words)
            chip.removed.connect(partial(self._chosen, without))
            self._place(at, chip)
            self._chips.append(chip)
