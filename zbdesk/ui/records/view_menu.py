"""The menu of saved views beside a table's title, and the questions that go with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from zbdesk.domain.module import Module
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.editing.inputs import WordsInput
from zbdesk.ui.records.dialogs import TableDialog
from zbdesk.ui.records.views import LONGEST_NAME, Look, View, Views
from zbdesk.ui.widgets import Button, FormField


class NameDialog(TableDialog):
    """Asks for the name of a view. ``named``: what was typed and is free; ``problem_of`` says why a name is not."""

    named = Signal(str)

    def __init__(self, parent: QWidget, title: str, name: str, problem_of: Callable[[str], str]) -> None:
        super().__init__(parent, title)
        self._problem_of = problem_of
        self.editor = WordsInput()
        self.editor.setMaxLength(LONGEST_NAME)
        self.editor.set_value(name)
        self.field = FormField(_tr("&Name"), self.editor)
        self.body.addWidget(self.field)
        self.save = self.add_verb(_tr("&Save"), primary=True)
        self.save.clicked.connect(self._save)
        self.editor.setFocus()
        self.editor.selectAll()

    def _save(self) -> None:
        name = str(self.editor.value or "")
        problem = self._problem_of(name)
        self.field.set_error(problem)
        if problem:
            self.editor.setFocus()
            return
        self.named.emit(name)
        self.accept()


class ViewMenu(QObject):
    """Saved views of one table: ``look`` says how it stands, ``wanted`` carries how it shall stand.

    ``said``: a sentence about what was done.
    """

    wanted = Signal(object)
    said = Signal(str)

    def __init__(self, page: QWidget, module: Module, look: Callable[[], Look]) -> None:
        super().__init__(page)
        self._page, self._module, self._look = page, module, look
        self._views: Views | None = None
        self.current = ""
        self.button = Button("", "quiet", "bookmark")
        self.button.clicked.connect(self._show)
        self._name_button()

    def use(self, views: Views) -> None:
        """Another organization's views; its default is taken up."""
        self._views = views
        self.current = ""
        default = views.default()
        if default is not None:
            self._choose(default)
        self._name_button()

    @property
    def is_ready(self) -> bool:
        """Whether it is known whose views these are."""
        return self._views is not None

    def set_narrow(self, *, narrow: bool) -> None:
        """A narrow window has no room for the name."""
        self.button.setProperty("narrow", narrow)
        self._name_button()

    def menu(self) -> QMenu:
        """The views, then what can be done with them."""
        menu = QMenu(self._page)
        views = self._views.all() if self._views is not None else []
        self._add(menu, _tr("All records"), self._choose_all, checked=not self.current)
        if self._module.balance_field:
            self._add(menu, _tr("Still to be paid"), self._choose_owed, checked=False)
        if views:
            menu.addSection(_tr("Saved views"))
        for view in views:
            words = _tr("%1 (opens first)").replace("%1", view.name) if view.is_default else view.name
            self._add(menu, words.replace("&", "&&"), partial(self._choose, view), checked=self._is(view))
        menu.addSeparator()
        menu.addAction(_tr("&Save as…")).triggered.connect(self.ask_name)
        now = self._views.named(self.current) if self._views is not None and self.current else None
        for words, then in (
            (_tr("Save &changes to “%1”"), self._save_changes),
            (_tr("&Rename “%1”…"), self.ask_rename),
            (_tr("&Delete “%1”"), self._delete),
        ):
            if now is not None:
                menu.addAction(words.replace("%1", now.name.replace("&", "&&"))).triggered.connect(then)
        if now is not None:
            first = QAction(_tr("&Open the table with it"), menu)
            first.setCheckable(True)
            first.setChecked(now.is_default)
            first.toggled.connect(self._set_default)
            menu.addAction(first)
        return menu

    def ask_name(self) -> NameDialog:
        """Save how the table stands under a name of its own."""
        dialog = NameDialog(self._page, _tr("Save this view"), "", self._name_problem)
        dialog.named.connect(self._save)
        dialog.open()
        return dialog

    def ask_rename(self) -> NameDialog:
        """Give the view in use another name."""
        dialog = NameDialog(self._page, _tr("Rename this view"), self.current, self._rename_problem)
        dialog.named.connect(self._rename)
        dialog.open()
        return dialog

    # ---- acts ----------------------------------------------------------------------------------------------------
    def _save(self, name: str) -> None:
        if self._views is not None:
            self.current = self._views.save(name, self._look()).name
            self._name_button()
            self.said.emit(_tr("View “%1” is saved.").replace("%1", self.current))

    def _save_changes(self) -> None:
        self._save(self.current)

    def _rename(self, name: str) -> None:
        if self._views is not None and self._views.rename(self.current, name):
            self.current = " ".join(name.split())
            self._name_button()

    def _delete(self) -> None:
        if self._views is not None:
            gone, self.current = self.current, ""
            self._views.delete(gone)
            self._name_button()
            self.said.emit(_tr("View “%1” is deleted.").replace("%1", gone))

    def _set_default(self, on: bool) -> None:
        if self._views is not None:
            self._views.set_default(self.current if on else None)

    def _choose(self, view: View) -> None:
        self.current = view.name
        self._name_button()
        self.wanted.emit(view.look)

    def _choose_all(self) -> None:
        self.current = ""
        self._name_button()
        self.wanted.emit(Look())

    def _choose_owed(self) -> None:
        self.current = ""
        self._name_button()
        self.wanted.emit(Look(where=RecordFilter(owed=True), sort="due_date" if self._module.due_date_field else ""))

    # ---- words ---------------------------------------------------------------------------------------------------
    def _name_problem(self, name: str) -> str:
        if not name.strip():
            return _tr("A view needs a name.")
        if self._views is not None and self._views.named(name) is not None:
            return _tr("There is a view of that name. Choose another, or save changes to that one.")
        return ""

    def _rename_problem(self, name: str) -> str:
        return "" if " ".join(name.split()).casefold() == self.current.casefold() else self._name_problem(name)

    def _is(self, view: View) -> bool:
        return bool(self.current) and view.name.casefold() == self.current.casefold()

    def _name_button(self) -> None:
        shown = self.current or _tr("V&iews")
        self.button.setText(
            "" if self.button.property("narrow") else shown if not self.current else shown.replace("&", "&&")
        )
        name = _tr("Saved views: %1").replace("%1", self.current) if self.current else _tr("Saved views")
        self.button.setAccessibleName(name)
        self.button.setToolTip(name)

    def _show(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    @staticmethod
    def _add(menu: QMenu, words: str, then: Callable[[], object], *, checked: bool) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(lambda _on=False: then())


def _tr(words: str) -> str:
    return QCoreApplication.translate("ViewMenu", words)
