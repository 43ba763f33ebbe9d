"""The import from the file to its report, by its own widgets, over a real database."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton, QWidget

from tests.ui.sources_world import HEAD, NOVEMBER, World, until
from zbdesk.domain.views import RecordFilter
from zbdesk.sources.base import Outcome
from zbdesk.sources.errors import locked
from zbdesk.ui.importing.columns_page import ColumnsPage
from zbdesk.ui.importing.opening import Imports
from zbdesk.ui.importing.wizard import CHECK, COLUMNS, FILE, LAYOUT, RUN, ImportWizard

GOOD = HEAD + (
    "A-1,2026-11-03,Padma Tea Estates,Tea,2,10.00,INR,x\n"
    "A-1,2026-11-03,Padma Tea Estates,Milk,1,5.50,INR,x\n"
    "A-2,2026-11-04,Harrow & Finch Ltd,Tea,1,7.25,EUR,x\n"
)


@pytest.fixture
def world(tmp_path: Path, look: None) -> Iterator[World]:
    """A company with eight customers."""
    made = World(tmp_path)
    yield made
    made.end()


@pytest.fixture
def opened(world: World) -> Iterator[Callable[..., ImportWizard]]:
    """Opens the wizard on a file and takes it apart at the end."""
    made: list[ImportWizard] = []

    def make(content: str | None = NOVEMBER, name: str = "november-billing.csv", at: int = FILE) -> ImportWizard:
        wizard = ImportWizard(None, world.state, world.services)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        made.append(wizard)
        wizard.show()
        if content is not None:
            wizard.file_page.choose(world.file(content, name))
            until(lambda: wizard.flow.session.looked is not None or wizard.file_page.banner.isVisibleTo(wizard))
            checked(wizard)
        for _ in range(at):
            wizard.forward()
        return wizard

    yield make
    for wizard in made:
        wizard.done(0)
        wizard.flow.jobs.wait()
        wizard.deleteLater()


def checked(wizard: ImportWizard) -> None:
    """Wait until what is said now has been checked."""
    flow = wizard.flow
    until(
        lambda: not flow.is_reading and not flow.is_checking and (flow.findings is not None or flow.fault is not None)
    )


def columns(wizard: ImportWizard) -> ColumnsPage:
    """The page of columns."""
    page = wizard.pages[COLUMNS]
    assert isinstance(page, ColumnsPage)
    return page


def radio(wizard: ImportWizard, words: str) -> QRadioButton:
    """A choice in the pane of what is to settle."""
    return next(one for one in columns(wizard).pane.radios if words in one.text())


def link(wizard: ImportWizard, words: str) -> QPushButton:
    """A way out in that pane."""
    return next(one for one in columns(wizard).pane.links if words in one.text())


def settled(wizard: ImportWizard) -> None:
    """Answer both questions of the November file."""
    radio(wizard, "Day").click()
    checked(wizard)
    radio(wizard, "Point").click()
    checked(wizard)


def numbers(world: World) -> list[str]:
    """Numbers of the invoices on this computer."""
    found = world.desk.read(lambda reader: list(reader.records("invoices", RecordFilter()))).result()
    return sorted(str(one.number) for one in found)


def test_a_file_is_imported_from_its_choice_to_the_report(world: World, opened: Callable[..., ImportWizard]) -> None:
    """Five steps, each with its reason; the report has the counts and totals of what was asked for."""
    wizard = opened(GOOD)
    assert [wizard.pages[at].title.text() for at in range(4)] == [
        "Which file?", "Is this how the file is meant?", "Which column is what?", "What would be imported",
    ]  # fmt: skip
    for at in (LAYOUT, COLUMNS, CHECK):
        wizard.bar.next.click()
        assert wizard.at == at
    assert wizard.bar.next.text() == "&Import 2 invoices"
    assert numbers(world) == []
    wizard.bar.next.click()
    until(lambda: wizard.run_page.has_ended)
    report = wizard.run_page.report
    assert report is not None
    assert (report.counts[Outcome.CREATED], report.totals) == (2, {"INR": Decimal("25.5"), "EUR": Decimal("7.25")})
    assert wizard.run_page.totals.lines == ["EUR 7.25", "INR 25.50"]
    assert numbers(world) == ["A-1", "A-2"]


def test_the_same_file_again_changes_nothing(world: World, opened: Callable[..., ImportWizard]) -> None:
    """The second import says that all is here already and leaves no batch to roll back."""
    for times in (1, 2):
        wizard = opened(GOOD, at=CHECK)
        wizard.forward()
        until(lambda wizard=wizard: wizard.run_page.has_ended)  # type: ignore[misc]
        assert wizard.run_page.back.isVisibleTo(wizard) == (times == 1)
    assert wizard.run_page.title.text() == "Nothing new"
    assert len(world.desk.read(lambda reader: reader.imports()).result()) == 1


def test_the_order_of_dates_is_asked_and_never_guessed(opened: Callable[..., ImportWizard]) -> None:
    """Even where another row proves it, nothing is chosen, and Next waits for the answer; it can be taken back."""
    wizard = opened(at=COLUMNS)
    assert wizard.at == COLUMNS
    assert not any(one.isChecked() for one in columns(wizard).pane.radios)
    assert wizard.bar.reason.text() == "Say whether day or month comes first to go on."
    assert not wizard.bar.next.isEnabled()
    assert "3 Nov 2026" in radio(wizard, "Day").text()
    assert "11 Mar 2026" in radio(wizard, "Month").text()
    radio(wizard, "Day").click()
    checked(wizard)
    assert wizard.flow.session.said["date_order"] == "DMY"
    link(wizard, "Take back").click()
    checked(wizard)
    assert wizard.bar.reason.text() == "Say whether day or month comes first to go on."


def test_the_decimal_sign_is_asked_where_an_amount_can_be_two(opened: Callable[..., ImportWizard]) -> None:
    """1,200 is twelve hundred or one and a fifth; a person says which."""
    wizard = opened(at=COLUMNS)
    radio(wizard, "Day").click()
    checked(wizard)
    assert wizard.bar.reason.text() == "Say whether point or comma is the decimal sign to go on."
    assert [one.text() for one in columns(wizard).pane.radios] == ["&Point: 1,200.00", "&Comma: 1.20"]
    radio(wizard, "Point").click()
    checked(wizard)
    assert wizard.bar.next.isEnabled()


def test_bad_cells_are_marked_walked_and_mended_in_place(opened: Callable[..., ImportWizard]) -> None:
    """F8 goes from bad to bad, the sentence stands under the grid, Enter mends, and the file stays as it was."""
    wizard = opened(at=COLUMNS)
    settled(wizard)
    page = columns(wizard)
    grid = page.grid
    assert sorted({row for row, _ in wizard.flow.bad}) == [4, 6, 7]
    before = wizard.flow.session.path.read_bytes()  # type: ignore[union-attr]
    page.step(back=False)
    assert grid.rows.cell(grid.currentIndex()) == (4, 5)
    assert "is not an amount" in page.message.text
    QTest.keyClick(grid, Qt.Key.Key_Return)
    line = next(one for one in grid.viewport().children() if one.metaObject().className() == "QLineEdit")
    line.setText("10300")  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)  # type: ignore[arg-type]
    until(lambda: wizard.flow.session.overrides)
    checked(wizard)
    assert (4, 5) not in wizard.flow.bad
    assert grid.rows.is_mended(grid.rows.find(4, 5))
    page.step(back=False)
    assert grid.rows.cell(grid.currentIndex()) == (6, 2)
    page.step(back=True)
    assert grid.rows.cell(grid.currentIndex()) == (7, 6), "round and round"
    assert wizard.flow.session.path.read_bytes() == before  # type: ignore[union-attr]


def test_an_unknown_customer_takes_the_near_name_or_waits(world: World, opened: Callable[..., ImportWizard]) -> None:
    """The near name of the books is one click; letting all unknown names wait is another."""
    wizard = opened(at=COLUMNS)
    settled(wizard)
    pane = columns(wizard).pane
    group = next(one for one in pane.groups if one.value == "Bergman und Söhne")
    link(wizard, "wait").click()
    checked(wizard)
    assert all(one.value != "Bergman und Söhne" for one in pane.groups)
    link(wizard, "Take back").click()  # the first is the order of dates
    checked(wizard)
    radio(wizard, "Day").click()
    checked(wizard)
    wizard.flow.say("unknown", None)
    checked(wizard)
    pane.choose(group.key)
    link(wizard, "Bergmann").click()
    checked(wizard)
    assert all(one.value != "Bergman und Söhne" for one in pane.groups)
    assert wizard.flow.session.overrides[6, 2] == "Bergmann & Söhne GmbH"


def test_one_answer_mends_the_same_value_everywhere(opened: Callable[..., ImportWizard]) -> None:
    """A currency that is none stands in three rows and is one entry; the base currency is offered."""
    rows = "".join(f"B-{n},2026-11-0{n},Padma Tea Estates,Tea,1,{n}.00,Rp,x\n" for n in (1, 2, 3))
    wizard = opened(HEAD + rows, at=COLUMNS)
    pane = columns(wizard).pane
    assert [(one.value, len(one.cells)) for one in pane.groups] == [("Rp", 3)]
    link(wizard, "INR").click()
    checked(wizard)
    assert pane.groups == []
    assert wizard.flow.session.overrides == {
        (2, 6): "INR", (3, 6): "INR", (4, 6): "INR",
    }  # fmt: skip


def test_all_or_nothing_is_held_back_by_one_bad_row(world: World, opened: Callable[..., ImportWizard]) -> None:
    """The primary button says why it rests; good rows only takes the others and lists what was refused."""
    wizard = opened(at=COLUMNS)
    settled(wizard)
    wizard.forward()
    page = wizard.pages[CHECK]
    page.whole.click()  # type: ignore[attr-defined]
    assert not wizard.bar.next.isEnabled()
    assert "nothing is taken" in wizard.bar.reason.text()
    page.good.click()  # type: ignore[attr-defined]
    wizard.forward()
    until(lambda: wizard.run_page.has_ended)
    assert wizard.run_page.faults.topLevelItemCount() == 3
    assert len(numbers(world)) == 5


def test_hold_for_review_keeps_the_import_from_leaving(world: World, opened: Callable[..., ImportWizard]) -> None:
    """The switch holds before the first document is here."""
    wizard = opened(GOOD, at=CHECK)
    wizard.pages[CHECK].hold.click()  # type: ignore[attr-defined]
    wizard.forward()
    until(lambda: wizard.run_page.has_ended)
    assert world.services.is_held()
    assert "until you release them" in wizard.run_page.instruction.text()


def test_an_import_is_rolled_back_from_its_report(world: World, opened: Callable[..., ImportWizard]) -> None:
    """Roll back asks, removes what came, and can be done once."""
    wizard = opened(GOOD, at=CHECK)
    wizard.forward()
    until(lambda: wizard.run_page.has_ended)
    wizard.run_page.back.click()
    until(lambda: wizard.run_page.dialog is not None)
    dialog = wizard.run_page.dialog
    assert dialog.cancel.isDefault()
    dialog.verb.click()
    until(lambda: not wizard.run_page.back.isEnabled())
    assert wizard.run_page.banner.fact.text() == "Rolled back: 2 removed, 0 as before."
    assert numbers(world) == []


def test_a_mapping_is_saved_and_fits_the_next_file(world: World, opened: Callable[..., ImportWizard]) -> None:
    """What was said is kept under a name: next month nothing is asked again."""
    wizard = opened(at=COLUMNS)
    settled(wizard)
    wizard.forward()
    page = wizard.pages[CHECK]
    page.save.click()  # type: ignore[attr-defined]
    assert page.field.error == "Give the mapping a name."  # type: ignore[attr-defined]
    page.name.setText("Billing export")  # type: ignore[attr-defined]
    page.save.click()  # type: ignore[attr-defined]
    until(lambda: [one.name for one in world.services.mappings()] == ["Billing export"])
    december = opened(NOVEMBER.replace("/11/2026", "/12/2026"), "december.csv", at=COLUMNS)
    until(lambda: december.flow.saved)
    december.flow.use_mapping("Billing export")
    checked(december)
    assert december.flow.findings is not None
    assert (december.flow.findings.dates, december.flow.findings.decimals) == (None, None)
    assert december.bar.next.isEnabled()


def test_back_keeps_everything_that_was_said(opened: Callable[..., ImportWizard]) -> None:
    """To the first page and back: fields, answers and mended cells are as they were."""
    wizard = opened(at=COLUMNS)
    settled(wizard)
    wizard.flow.mend([(4, 5)], "10300")
    checked(wizard)
    wizard.flow.set_field(7, "notes")
    checked(wizard)
    said = (dict(wizard.flow.session.fields), dict(wizard.flow.session.said), dict(wizard.flow.session.overrides))
    for _ in range(2):
        wizard.bar.back.click()
    assert wizard.at == FILE
    for _ in range(2):
        wizard.forward()
    session = wizard.flow.session
    assert (session.fields, session.said, session.overrides) == said
    assert columns(wizard).columns.combos[7].currentText() == "Notes"


def test_escape_asks_only_where_something_would_be_lost(opened: Callable[..., ImportWizard]) -> None:
    """A file that was merely looked at closes at once; mended cells are asked about, and Go on keeps them."""
    plain = opened(GOOD)
    QTest.keyClick(plain, Qt.Key.Key_Escape)
    assert not plain.isVisible()
    wizard = opened(at=COLUMNS)
    settled(wizard)
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    question = wizard._question
    assert question is not None
    assert question.text() == "Give up this import?"
    question.reject()
    assert wizard.isVisible()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    box = wizard._question
    assert box is not None
    next(one for one in box.buttons() if "Give up" in one.text()).click()
    assert not wizard.isVisible()


def test_a_field_goes_to_one_column_only(opened: Callable[..., ImportWizard]) -> None:
    """Choosing the customer for another column takes it from the first one."""
    wizard = opened(GOOD, at=COLUMNS)
    table = columns(wizard).columns
    customer = table.combos[2].currentData()
    at = table.combos[7].findData(customer)
    table.combos[7].setCurrentIndex(at)
    table.combos[7].activated.emit(at)
    checked(wizard)
    assert (table.combos[2].currentText(), table.combos[7].currentData()) == ("Leave out", customer)


def test_another_encoding_and_heading_row_are_shown_at_once(world: World, opened: Callable[..., ImportWizard]) -> None:
    """The preview is the file read in the way that was chosen."""
    wizard = opened(None)
    path = world.place / "kunden.csv"
    path.write_bytes(("Liste der Rechnungen\n\n" + GOOD.replace("Tea", "Käse")).encode("cp1252"))
    wizard.file_page.choose(path)
    until(lambda: wizard.flow.session.looked is not None)
    wizard.forward()
    page = wizard.pages[LAYOUT]
    assert page.header.value == 3  # type: ignore[attr-defined]
    model = page.model  # type: ignore[attr-defined]
    texts = [model.data(model.index(row, 4)) for row in range(model.rowCount())]
    assert texts == ["Käse", "Milk", "Käse"]
    wizard.flow.reopen(encoding="cp1251")
    until(lambda: wizard.flow.session.looked is not None and wizard.flow.session.looked.encoding == "cp1251")
    assert model.data(model.index(0, 4)) == "Kдse"


# -- failures ---------------------------------------------------------------------------------------------------------


def test_a_file_with_a_password_says_so_and_lets_choose_another(
    world: World, opened: Callable[..., ImportWizard]
) -> None:
    """The sentence stands on the page, and the next file is taken."""
    from tests.sources.messy import CASES

    wizard = opened(None)
    path = world.place / "password.xlsx"
    next(case for case in CASES if case.name == path.name).write(path)
    wizard.file_page.choose(path)
    until(lambda: wizard.file_page.banner.isVisibleTo(wizard))
    assert "protected by a password" in wizard.file_page.banner.fact.text()
    assert not wizard.bar.next.isEnabled()
    wizard.file_page.choose(world.file(GOOD))
    until(lambda: wizard.flow.session.looked is not None)
    assert not wizard.file_page.banner.isVisibleTo(wizard)


def test_a_file_that_vanishes_before_the_import_is_told(world: World, opened: Callable[..., ImportWizard]) -> None:
    """Nothing is taken, the sentence names the file, and Back leads to the check."""
    wizard = opened(GOOD, at=CHECK)
    assert wizard.flow.session.path is not None
    wizard.flow.session.path.unlink()
    wizard.forward()
    until(lambda: wizard.run_page.has_ended)
    assert "There is no file" in wizard.run_page.banner.fact.text()
    assert numbers(world) == []
    wizard.bar.back.click()
    assert wizard.at == CHECK


def test_a_locked_file_and_a_database_that_is_gone_are_told(
    world: World, opened: Callable[..., ImportWizard], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each failure has its sentence at its place; nothing of the import is lost."""
    wizard = opened(GOOD, at=COLUMNS)
    wizard.flow.mend([(2, 5)], "11.00")
    checked(wizard)

    def held(*_: object, **__: object) -> object:
        raise locked(wizard.flow.session.path)  # type: ignore[arg-type]

    monkeypatch.setattr(world.services, "check", held)
    wizard.flow.changed()
    until(lambda: wizard.flow.fault is not None)
    assert "locked by another program" in columns(wizard).problem.text
    monkeypatch.undo()
    (world.place / "zbdesk.sqlite3").rename(world.place / "away")
    wizard.flow.changed()
    until(lambda: wizard.flow.fault is not None and "locked" not in str(wizard.flow.fault))
    assert not wizard.bar.next.isEnabled()
    (world.place / "away").rename(world.place / "zbdesk.sqlite3")
    wizard.flow.changed()
    checked(wizard)
    assert wizard.flow.fault is None
    assert wizard.flow.session.overrides == {(2, 5): "11.00"}


def test_the_list_to_mend_opens_in_a_spreadsheet(world: World, opened: Callable[..., ImportWizard]) -> None:
    """Row, column, value and sentence of each bad cell; what looks like a formula is none."""
    wizard = opened(GOOD.replace("7.25", "=1+1"), at=COLUMNS)
    target = world.place / "to-mend.csv"
    assert wizard.flow.findings is not None
    wizard.write_list(list(wizard.flow.findings.report.errors), target)
    until(target.exists)
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Row", "Column", "Value", "What is wrong"]
    assert rows[1][:3] == ["4", "Rate", "'=1+1"]


def test_a_file_dropped_on_the_window_opens_the_import(world: World) -> None:
    """One file opens the wizard on it; the window takes nothing while no company is connected."""
    window = QWidget()
    imports = Imports(window, world.state)
    path = world.file(GOOD)

    def drop() -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        imports.eventFilter(window, event)

    drop()
    assert imports.wizard is None
    imports.services = world.services
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    drop()
    assert imports.wizard is not None
    wizard = imports.wizard
    until(lambda: wizard.flow.session.looked is not None)
    assert wizard.flow.session.path == path
    imports.close()
    assert imports.wizard is None
    window.deleteLater()


# -- what holds for every page ----------------------------------------------------------------------------------------


def test_c70_every_control_of_the_import_has_a_name(opened: Callable[..., ImportWizard]) -> None:
    """Walks what can take the focus on each page, as a screen reader does."""
    wizard = opened(at=COLUMNS)
    settled(wizard)
    for at in (FILE, LAYOUT, COLUMNS, CHECK):
        wizard.go(at)
        for child in wizard.findChildren(QWidget):
            if not child.isVisible() or child.focusPolicy() is Qt.FocusPolicy.NoFocus or not child.isEnabled():
                continue
            interface = QAccessible.queryAccessibleInterface(child)
            name = interface.text(QAccessible.Text.Name) if interface is not None else "-"
            assert name, (at, child.metaObject().className(), child.objectName())


def test_c67_no_letter_is_given_twice_on_a_page(opened: Callable[..., ImportWizard]) -> None:
    """Alt and a letter means one thing."""
    wizard = opened(at=COLUMNS)
    for at in (FILE, LAYOUT, COLUMNS, CHECK):
        wizard.go(at)
        letters: list[str] = []
        for child in wizard.findChildren(QWidget):
            text = getattr(child, "text", None)
            if not child.isVisible() or not callable(text) or isinstance(child, QComboBox):
                continue
            words = str(text()).replace("&&", "")
            if "&" in words and (not hasattr(child, "buddy") or child.buddy() is not None):
                letters.append(words[words.index("&") + 1].casefold())
        assert len(letters) == len(set(letters)), (at, sorted(letters))
    assert wizard.at != RUN
