"""Settings: what zbdesk may do with each kind of record, and the field that makes a second record impossible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.fake_desk import FakeDesk
from tests.ui.meridian import overview
from tests.ui.scenes_window import wait_for
from zbdesk.sync.commands import SetPolicy, SetUpFields
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.settings.page import SettingsPage
from zbdesk.ui.settings.policies import PolicyRows
from zbdesk.ui.settings.recognition import RecognitionRows
from zbdesk.ui.state import DeskState


@dataclass(frozen=True)
class Policy:
    """What the reader says of one module."""

    module: str
    values: dict[str, object]


@dataclass(frozen=True)
class Known:
    """How records of one module are recognised."""

    module: str
    standing: str
    ways: tuple[str, ...] = field(default=("number", "reference"))


BOTH = {"direction": "both", "create": True, "update": True, "delete": False}


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    """A connected desk with rules."""
    made = FakeDesk(tmp_path, overview())
    made.policies = [
        Policy("invoices", {**BOTH, "direction": "push"}),
        Policy("contacts", {**BOTH, "link_by_email": True, "link_by_name": False, "ignore_vendors": True}),
    ]
    made.recognition = [
        Known("contacts", "ready", ("custom_field", "email", "name")), Known("invoices", "missing"),
        Known("estimates", "not_said"), Known("journals", "impossible", ("reference",)),
    ]  # fmt: skip
    return made


@pytest.fixture
def page(app, desk: FakeDesk, state: DeskState, bridge: Bridge, preferences: Preferences) -> Iterator[SettingsPage]:
    """The page as it is shown."""
    del app
    state.overview = desk.overview
    made = SettingsPage(state, bridge, preferences)
    made.resize(1100, 900)
    made.show()
    made.show_group("modules")
    rules = made.part("modules", PolicyRows)
    wait_for(lambda: rules.directions["invoices"].currentData() == "push" and not rules.directions["bills"].isEnabled())
    yield made
    made.close()
    made.deleteLater()


def test_what_holds_is_shown_and_a_choice_is_one_command(page: SettingsPage, desk: FakeDesk) -> None:
    """Direction and permissions show what the database has; a click sends the setting and nothing else."""
    rules = page.part("modules", PolicyRows)
    assert rules.directions["invoices"].currentData() == "push"
    assert rules.checks["invoices", "create"].isChecked()
    assert not rules.checks["invoices", "delete"].isChecked()
    assert not rules.checks["contacts", "link_by_name"].isChecked()
    QTest.mouseClick(rules.checks["invoices", "delete"], Qt.MouseButton.LeftButton)
    rules.directions["invoices"].activated.emit(rules.directions["invoices"].findData("pull"))
    assert desk.commands == [
        SetPolicy("invoices", (("delete", "yes"),)), SetPolicy("invoices", (("direction", "pull"),)),
    ]  # fmt: skip


def test_modules_that_are_off_cannot_be_set(page: SettingsPage) -> None:
    """What the database says nothing of is greyed out, never shown as allowed."""
    assert not page.part("modules", PolicyRows).directions["bills"].isEnabled()
    assert not page.part("modules", PolicyRows).checks["bills", "create"].isEnabled()
    assert not page.part("modules", PolicyRows).checks["bills", "create"].isChecked()


def test_a_read_only_connection_shows_why_nothing_can_be_set(
    page: SettingsPage, desk: FakeDesk, state: DeskState
) -> None:
    """The controls stay visible and say the reason."""
    connection = desk.overview.connection
    assert connection is not None
    state.overview = replace(desk.overview, connection=replace(connection, read_only=True))
    page.part("modules", PolicyRows).refresh()
    wait_for(lambda: not page.part("modules", PolicyRows).directions["invoices"].isEnabled())
    assert page.part("modules", PolicyRows).directions["invoices"].toolTip() == "This connection only reads."


def test_the_field_is_set_up_looked_for_and_vouched_for(page: SettingsPage, desk: FakeDesk) -> None:
    """The line counts what Zoho itself guards; each button is about exactly the kinds that it can help."""
    rows = page.part("modules", RecognitionRows)
    wait_for(rows.make.isEnabled)
    assert rows.summary.text() == "Zoho Books itself refuses a second record in 1 of 3 kinds."
    first = rows.kinds.text().splitlines()[0]
    assert first.endswith("the field “zbdesk ID”, else e-mail address, else name")
    QTest.mouseClick(rows.make, Qt.MouseButton.LeftButton)
    QTest.mouseClick(rows.vouch, Qt.MouseButton.LeftButton)
    QTest.mouseClick(rows.look, Qt.MouseButton.LeftButton)
    assert desk.commands == [
        SetUpFields("make", ("invoices",)), SetUpFields("vouch", ("estimates",)), SetUpFields("look", ()),
    ]  # fmt: skip


def test_nothing_is_offered_without_a_connection(page: SettingsPage, desk: FakeDesk) -> None:
    """The rows say so instead of showing old answers."""
    desk.recognition = None
    page.part("modules", RecognitionRows).refresh()
    wait_for(lambda: page.part("modules", RecognitionRows).summary.text() == "Not connected")
    assert page.part("modules", RecognitionRows).kinds.text() == ""
    assert not page.part("modules", RecognitionRows).make.isEnabled()
