"""One application for the sources page, light, with a look of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from zbdesk.ui import icons, theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Light, and no drawing outlives the application."""
    theme.apply(qapp, "light")
    yield
    icons.forget()
