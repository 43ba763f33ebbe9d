"""The wizard asks for what only a person knows; whatever has a default that works is folded away."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from tests.ui.fake_flow import Script
from tests.ui.scenes_wizard import to_what_to_sync, until, wizard


def test_c04_no_page_asks_for_what_has_a_default(run, qtbot) -> None:
    """No theme, tray, language or interval is in sight on the way; who looks for the interval finds it, filled in."""
    one = wizard(Script())
    qtbot.addWidget(one)
    one.resize(1280, 800)
    one.show()

    async def walk() -> None:
        await to_what_to_sync(one)
        page = one.what_to_sync
        assert not page.interval.isVisible()
        assert not page.details.isVisible()
        assert page.interval.currentData() == 900
        assert one.bar.next.isEnabled()
        page.choices_fold.click()
        assert page.interval.isVisible()
        await until(lambda: not one._closing.busy)

    run(walk())
    words = ("theme", "tray", "language", "colours", "autostart", "start with")
    for page in one.findChildren(QWidget):
        said = page.accessibleName().lower() if isinstance(page, QComboBox) else ""
        assert not any(word in said for word in words), said
