"""Pictures of searching: the palette over the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tests.ui import meridian
from tests.ui.scenes_window import _folder, make_window, wait_for


def _palette(typed: str, *, width: int = 1280, height: int = 800) -> Callable[[], QWidget]:
    def draw() -> QWidget:
        window = make_window(meridian.desk(_folder()), page="module/invoices")
        window.resize(width, height)
        window.open_search()
        palette = window.palette_
        assert palette is not None
        palette.field.setText(typed)
        wait_for(lambda: not palette._rest.isActive() and palette._question is None)
        return window

    return draw


SCENES: dict[str, Callable[[], QWidget]] = {
    "search_records": _palette("padma"),
    "search_commands": _palette(""),
    "search_nothing": _palette("zanzibar"),
    "search_narrow": _palette("s", width=760, height=520),
}
