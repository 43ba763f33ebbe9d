"""Every state of the screens of both ways worth a picture, by name: conflicts, problems, outgoing, editing.

Each stands in a frame as wide as the window leaves it. Not captured: menus and the system's file dialog.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tests.ui import fake_two_ways
from tests.ui.fake_two_ways import TwoWaysDesk
from tests.ui.scenes_window import around, wait_for
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Hairline, Label, Surface


class Frame(QWidget):
    """What the window is to a page: navigation at the start, the status bar below, and its width in words.

    ``whole``: the window itself, for the pictures of the manual; for most tests its room is enough, and made sooner.
    """

    whole = False

    def __init__(self, desk: TwoWaysDesk, make: Callable[[DeskState, Bridge, Preferences], QWidget], key: str) -> None:
        super().__init__()
        self.desk = desk
        self.bridge = Bridge(desk, self)
        desk.start(self.bridge.listener)
        self.state = DeskState(self.bridge, desk.clock, parent=self)
        self.preferences = Preferences(desk.data_dir, desk.settings, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setPalette(theme.qt_palette(theme.current()))
        self.setAutoFillBackground(True)
        self.state.refresh()
        wait_for(lambda: self.state.loaded)
        QTest.qWait(10)
        self.page = make(self.state, self.bridge, self.preferences)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.resize(1280, 800)
        if self.whole:
            column.addWidget(around(self.page, key, self.state, self.bridge, self.preferences))
        else:
            self._room(column)

    def _room(self, column: QVBoxLayout) -> None:
        self.side = Surface("side")
        self.status = Label("", "caption", "text2")
        if hasattr(self.page, "sentence"):
            self.page.sentence.connect(lambda words, _strong: self.status.setText(words))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.page, 1)
        column.addSpacing(theme.current().px(19))
        column.addWidget(Hairline())
        column.addLayout(row, 1)
        column.addWidget(Hairline())
        column.addWidget(self.status)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say how wide the window is."""
        super().resizeEvent(event)
        if self.whole:
            return
        size = theme.current().breadth(self.width())
        self.side.setFixedWidth(theme.current().px(47) if size == "wide" else theme.current().px(13))
        if hasattr(self.page, "set_size"):
            self.page.set_size(size)

    def end(self) -> None:
        """Away with everything: nothing is asked any more."""
        self.bridge.close()
        self.close()
        self.desk.close()
        self.deleteLater()


def _desk() -> TwoWaysDesk:
    return fake_two_ways.desk(Path(tempfile.mkdtemp(prefix="zbdesk-scene-")))


def conflicts_frame(desk: TwoWaysDesk | None = None) -> Frame:
    """The conflicts page with its first conflict read."""
    from zbdesk.ui.conflicts.page import ConflictsPage

    frame = Frame(desk or _desk(), ConflictsPage, "conflicts")
    frame.show()
    page = frame.page
    if frame.desk.conflicts:
        wait_for(lambda: page.fields.detail is not None)
    else:
        wait_for(lambda: page._known)
    return frame


def _conflicts_chosen() -> Frame:
    frame = conflicts_frame()
    page = frame.page
    page.fields.choose("line_items", "local")
    page.fields.choose("due_date", "remote")
    page.fields.choose("reference_number", "local")
    wait_for(page.apply.isEnabled)
    page.apply.setFocus()
    return frame


def _conflicts_refused() -> Frame:
    desk = _desk()
    desk.refusals[1488] = "The invoice is paid in Zoho Books: its lines cannot be changed there. Take Zoho's lines."
    frame = conflicts_frame(desk)
    frame.page.fields.choose_all("local")
    wait_for(lambda: frame.page.effect.icon.isVisibleTo(frame.page))
    return frame


def _conflicts_none() -> Frame:
    desk = _desk()
    desk.conflicts = []
    return conflicts_frame(desk)


def _conflicts_none_fit() -> Frame:
    frame = conflicts_frame()
    frame.page.filter.field.setText("zebra")
    wait_for(lambda: not frame.page.model.listed)
    return frame


def _conflicts_filtered() -> Frame:
    from zbdesk.ui.conflicts.model import ConflictFilter

    frame = conflicts_frame()
    frame.page.filter._apply(ConflictFilter(fields=("due_date",), modules=("invoices",)))
    frame.page.model.check([1396, 1395, 1394], on=True)
    QTest.qWait(150)
    return frame


def _rule() -> QWidget:
    desk = _desk()
    desk.refusals[1390] = "It is paid in Zoho Books since 18 Nov 2026."
    frame = conflicts_frame(desk)
    page = frame.page
    page.list.setCurrentIndex(page.model.index(page.model.row_of(1396)))
    page.settle_by_rule(keep="local")
    wait_for(page.dialog.settle.isEnabled)
    return _kept(page.dialog, frame)


def outgoing_frame(desk: TwoWaysDesk | None = None, lane: str = "") -> Frame:
    """The outgoing page with its lane read and the preflight arrived."""
    from zbdesk.ui.outgoing.page import OutgoingPage

    frame = Frame(desk or _desk(), OutgoingPage, "outgoing")
    frame.show()
    page = frame.page
    wait_for(lambda: page._known)
    if lane:
        page.show_lane(lane)
        wait_for(lambda: page._known and page._lane == lane)
    wait_for(lambda: page.pane.cost.text() != "" or not page.model.checked())
    return frame


def _outgoing_none() -> Frame:
    desk = _desk()
    desk.outgoing = []
    return outgoing_frame(desk)


def _dry_run() -> QWidget:
    frame = outgoing_frame()
    frame.page.dry_run()
    wait_for(lambda: hasattr(frame.page, "dialog"))
    return _kept(frame.page.dialog, frame)


def problems_frame(desk: TwoWaysDesk | None = None) -> Frame:
    """The problems page with its list read."""
    from zbdesk.ui.problems_page import ProblemsPage

    frame = Frame(desk or _desk(), ProblemsPage, "problems")
    frame.show()
    wait_for(lambda: frame.page._problems is not None)
    return frame


def _problems_details() -> Frame:
    frame = problems_frame()
    group = frame.page.groups[0]
    group.details.click()
    group.records.setFocus()
    return frame


def _problems_dismissed() -> Frame:
    frame = problems_frame()
    frame.page.show_dismissed(shown=True)
    return frame


def _problems_none() -> Frame:
    desk = _desk()
    desk.problems = []
    desk.dismissed = []
    return problems_frame(desk)


def _kept(dialog: QWidget, frame: Frame) -> QWidget:
    """A dialog as a scene; its frame lives as long."""
    dialog.keep_alive = frame
    return dialog


def _dismiss() -> QWidget:
    frame = problems_frame()
    frame.page.dismiss([frame.page.groups[0].members[0]])
    frame.page.dialog.text.setText("Replaced by MSE/26-27/1494")
    return _kept(frame.page.dialog, frame)


def _dates() -> QWidget:
    frame = problems_frame()
    group = next(group for group in frame.page.groups if group.members[0].cause == "locked_period")
    group.buttons[0].click()
    return _kept(frame.page.dialog, frame)


def editor_dialog(module: str = "invoices", key: int | None = 1478, desk: TwoWaysDesk | None = None) -> QWidget:
    """The form of a record, or of a new one."""
    from zbdesk.ui.editing.editor import Editor, open_editor

    frame = conflicts_frame(desk or _desk())
    open_editor(frame, frame.state, frame.bridge, module, key)
    wait_for(lambda: bool(frame.findChildren(Editor)))
    return _kept(frame.findChildren(Editor)[0], frame)


def _editor_wrong() -> QWidget:
    from tests.ui.fake_two_ways import FieldError

    desk = _desk()
    desk.wrong = [
        FieldError("due_date", "The due date is before the date of the invoice."),
        FieldError("line_items.1.rate", "The price has more decimals than INR allows."),
    ]
    dialog = editor_dialog(desk=desk)
    dialog.save.click()
    wait_for(lambda: bool(dialog._fields["due_date"].error))
    return dialog


def _act(kind: str) -> QWidget:
    from tests.ui.meridian import INVOICES
    from zbdesk.ui.editing.acts import ConfirmDialog, PaymentDialog

    frame = conflicts_frame()
    view = next(view for view in INVOICES if view.id == 1478)
    dialog = (
        PaymentDialog(frame, frame.state, frame.bridge, view)
        if kind == "pay"
        else ConfirmDialog(frame, frame.state, frame.bridge, view, kind)
    )
    dialog.open()
    return _kept(dialog, frame)


def end(scene: QWidget) -> None:
    """Close a scene, dialog or frame."""
    frame = getattr(scene, "keep_alive", scene)
    frame.end()


def arabic(build: Callable[[], QWidget]) -> QWidget:
    """The same from right to left."""
    from PySide6.QtWidgets import QApplication

    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        found = build()
        found.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return found


SCENES: dict[str, Callable[[], QWidget]] = {
    "conflicts": conflicts_frame,
    "conflicts-chosen": _conflicts_chosen,
    "conflicts-refused": _conflicts_refused,
    "conflicts-none": _conflicts_none,
    "conflicts-none-fit": _conflicts_none_fit,
    "conflicts-filtered": _conflicts_filtered,
    "conflicts-rule": _rule,
    "conflicts-arabic": lambda: arabic(_conflicts_chosen),
    "problems": _problems_details,
    "problems-closed": problems_frame,
    "problems-dismissed": _problems_dismissed,
    "problems-none": _problems_none,
    "problems-dismiss": _dismiss,
    "problems-dates": _dates,
    "problems-arabic": lambda: arabic(_problems_details),
    "outgoing-held": outgoing_frame,
    "outgoing-waiting": lambda: outgoing_frame(lane="waiting"),
    "outgoing-unknown": lambda: outgoing_frame(lane="unknown"),
    "outgoing-none": _outgoing_none,
    "outgoing-dry-run": _dry_run,
    "outgoing-arabic": lambda: arabic(outgoing_frame),
    "editor-invoice": editor_dialog,
    "editor-wrong": _editor_wrong,
    "editor-new-contact": lambda: editor_dialog("contacts", None),
    "editor-new-payment": lambda: editor_dialog("customerpayments", None),
    "editor-arabic": lambda: arabic(editor_dialog),
    "dialog-payment": lambda: _act("pay"),
    "dialog-void": lambda: _act("void"),
    "dialog-delete": lambda: _act("delete"),
}
