"""Fix once, for all with the same cause: what a name means, and which customer it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui import fake_two_ways
from tests.ui.scenes_two_ways import Frame, problems_frame
from tests.ui.scenes_window import wait_for
from zbdesk.sync.commands import GiveMeaning, LinkTo
from zbdesk.ui.problems_page.settling import SettleDialog


@dataclass(frozen=True)
class Choice:
    """A record of Zoho's."""

    remote_id: str
    name: str
    more: str = ""


@dataclass(frozen=True)
class Fix:
    """What the reader answers."""

    module: str
    by: str
    name: str
    field: str
    choices: tuple[Choice, ...]
    record_ids: tuple[int, ...]
    links: bool = False


TAXES = (Choice("71", "GST18", "18 %"), Choice("72", "GST5", "5 %"), Choice("73", "IGST18", "18 %"))


@pytest.fixture
def frame(tmp_path) -> Iterator[Frame]:
    """The page over the company of the pictures."""
    made = problems_frame(fake_two_ways.desk(tmp_path))
    yield made
    made.end()


def known(frame: Frame, count: int) -> tuple[int, ...]:
    """Keys of records that the desk has."""
    return tuple(key for ledger in frame.desk.ledgers.values() for key in ledger.views)[:count]


def opened(frame: Frame, cause: str, **fix: object) -> SettleDialog:
    """The dialog behind a group's first button, once it has read what there is."""
    group = next(group for group in frame.page.groups if group.members[0].cause == cause)
    frame.desk.fixes[group.members[0].id] = Fix(**fix)  # type: ignore[arg-type]
    QTest.mouseClick(group.buttons[0], Qt.MouseButton.LeftButton)
    dialog = frame.page.dialog
    assert isinstance(dialog, SettleDialog)
    wait_for(lambda: dialog._answer is not None)
    return dialog


def test_a_name_is_settled_for_all_that_use_it(frame):
    """The dialog says how many records go on, the search narrows the choices, and one command settles all."""
    ids = known(frame, 9)
    dialog = opened(
        frame, "unknown_reference", module="taxes", by="name", name="GST 18%", field="tax_id", choices=TAXES,
        record_ids=ids,
    )  # fmt: skip
    assert dialog.question.text() == "Which tax of Zoho Books is “GST 18%”?"
    assert dialog.affected.text().startswith("9 records go on at once: ")
    assert dialog.affected.text().endswith("and 3 more")
    assert not dialog.verb.isEnabled()
    assert dialog.reason.text() == "Choose one."
    QTest.keyClicks(dialog.search, "igst")
    assert dialog.list.count() == 1
    assert dialog.verb.isEnabled()
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert frame.desk.commands == [GiveMeaning("taxes", "name", "GST 18%", "73", "tax_id")]


def test_what_fits_nothing_sends_nothing(frame):
    """The verb is off with its reason, and Escape leaves everything as it is."""
    dialog = opened(
        frame, "unknown_reference", module="taxes", by="name", name="GST 18%", field="tax_id", choices=TAXES,
        record_ids=known(frame, 1),
    )  # fmt: skip
    QTest.keyClicks(dialog.search, "nothing of that name")
    assert dialog.reason.text() == "Nothing fits what you typed."
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert frame.desk.commands == []


def test_a_taken_name_is_linked(frame):
    """The record itself is joined with the one that is chosen."""
    dialog = opened(
        frame, "duplicate_name", module="contacts", by="name", name="Café Lumière", field="customer_id",
        choices=(Choice("9", "Café Lumière", "ap@lumiere.example"),), record_ids=known(frame, 1), links=True,
    )  # fmt: skip
    dialog.list.setCurrentRow(0)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert frame.desk.commands == [LinkTo(known(frame, 1)[0], "9")]
