"""Help that works offline: the manual with search, the keys, what the shapes mean, where data and logs are."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zbdesk import __version__
from zbdesk.app import manual
from zbdesk.app.manual import Topic
from zbdesk.domain.status import RecordState
from zbdesk.ui import text, theme
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.manual.browser import ManualBrowser
from zbdesk.ui.scrolling import QuietScrollBar, ScrollPage
from zbdesk.ui.widgets import EmptyState, IconView, Label, Panel, Surface, TextField, announce

log = logging.getLogger(__name__)

_TOPIC = int(Qt.ItemDataRole.UserRole)
_ANCHOR = _TOPIC + 1


class AtAGlance(ScrollPage):
    """Keys come from the window's own actions, so that this list is never wrong."""

    def __init__(self, actions: list[QAction], data_dir: Path) -> None:
        super().__init__(self.tr("Keys and shapes"))
        now = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(now.px(4), now.px(3), now.px(4), now.px(4))
        column.setSpacing(now.px(3))
        column.addWidget(Label(self.tr("Keys and shapes"), "page"))
        sides = QHBoxLayout()
        sides.setSpacing(now.px(3))
        sides.addWidget(self._keys(actions), 1, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(now.px(3))
        right.addWidget(self._questions())
        right.addWidget(self._shapes())
        right.addWidget(self._about(data_dir))
        right.addStretch(1)
        sides.addLayout(right, 1)
        column.addLayout(sides)
        column.addStretch(1)
        self.set_body(body)

    def _questions(self) -> Panel:
        """The few things that people ask first; everything here works offline."""
        panel = Panel(self.tr("What people ask"))
        for question, answer in (
            (
                self.tr("What does Sync now do?"),
                self.tr("It reads what changed in Zoho Books since the last look. Without it, that happens by itself."),
            ),
            (
                self.tr("What if the internet is away?"),
                self.tr("Everything that is here can be read. Syncing goes on by itself when Zoho answers again."),
            ),
            (
                self.tr("Why does zbdesk wait?"),
                self.tr("Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself."),
            ),
            (
                self.tr("A record is missing or looks old?"),
                self.tr("Choose Sync, Read everything again. It reads every list to its end and finds deletions."),
            ),
            (
                self.tr("Zoho ended the sign-in?"),
                self.tr("Choose Sign in again, in Settings under Connection. Records and their history stay."),
            ),
            (
                self.tr("Where are my secrets?"),
                self.tr("In the keychain of this computer or in a sealed file; never in the database or the logs."),
            ),
        ):
            panel.body.addWidget(Label(question, "strong", wrap=True))
            panel.body.addWidget(Label(answer, "body", "text2", wrap=True, selectable=True))
        return panel

    def _keys(self, actions: list[QAction]) -> Panel:
        panel = Panel(self.tr("Keys"))
        grid = _grid(panel)
        rows = [
            (action.shortcut().toString(action.shortcut().SequenceFormat.NativeText), action.text().replace("&", ""))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        # Stop has the key of Sync now, since only one of the two can be used at a time.
        rows = list(dict(reversed(rows)).items())[::-1]
        rows += [
            ("Alt+Up, Alt+Down", self.tr("Sort by the column of the current cell")),
            ("Ctrl+C", self.tr("Copy the selected rows")),
            ("Enter", self.tr("Details of the current record")),
        ]
        for at, (keys, words) in enumerate(rows):
            grid.addWidget(Label(isolate(keys), "strong"), at, 0)
            grid.addWidget(Label(words, wrap=True), at, 1)
        return panel

    def _shapes(self) -> Panel:
        panel = Panel(self.tr("States of a record"))
        grid = _grid(panel)
        for at, state in enumerate(RecordState):
            word = text.record_state(state)
            grid.addWidget(IconView(word.icon, word.role), at, 0)
            grid.addWidget(Label(word.text), at, 1)
        return panel

    def _about(self, data_dir: Path) -> Panel:
        panel = Panel(self.tr("This program"))
        grid = _grid(panel)
        rows = (
            (self.tr("Version"), __version__),
            (self.tr("Data folder"), str(data_dir)),
            (self.tr("Command line"), "zbdesk --help"),
        )
        for at, (label, value) in enumerate(rows):
            grid.addWidget(Label(label, "body", "text2"), at, 0)
            grid.addWidget(Label(isolate(value), wrap=True, selectable=True), at, 1)
        return panel


class HelpPage(QWidget):
    """Contents and search at the start, the page beside them. F1 opens the topic of the page one comes from.

    The manual's pages are written in English; everything around them is in the window's language.
    """

    def __init__(self, actions: list[QAction], data_dir: Path) -> None:
        super().__init__()
        now = theme.current()
        self.glance = AtAGlance(actions, data_dir)
        self.browser = ManualBrowser()
        self.field = TextField(placeholder=self.tr("Search the manual"), name=self.tr("Search the manual"))
        self.found = Label("", "caption", "text2", wrap=True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Contents"))
        self.contents.setFrameShape(QListWidget.Shape.NoFrame)
        self.contents.setWordWrap(True)
        self.contents.setSpacing(now.px(0.5))
        self.contents.setVerticalScrollBar(QuietScrollBar("base"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setProperty("ring", True)
        self.missing = EmptyState("book-open", "")
        self.stack = QStackedWidget()
        for view in (self.glance, self.browser, self.missing):
            self.stack.addWidget(view)
        self._side = Surface("base")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(now.px(3), now.px(3), now.px(3), 0)
        side.setSpacing(now.px(2))
        side.addWidget(self.field)
        side.addWidget(self.found)
        side.addWidget(self.contents, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._side)
        row.addWidget(self.stack, 1)
        self.topics: dict[str, Topic] = {}
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._first_hit)
        self.contents.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.browser.topic_wanted.connect(self.show_topic)
        theme.on_change(self, self._fit)
        self.found.hide()
        self._load()

    def set_size(self, size: str) -> None:
        """On a narrow window the contents are narrower too."""
        self._narrow = size == "narrow"
        self._fit()

    _narrow = False

    def _fit(self) -> None:
        self._side.setFixedWidth(theme.current().px(46 if self._narrow else 62))

    def _load(self) -> None:
        try:
            self.topics = {topic.key: topic for topic in manual.topics()}
        except (manual.ManualMissing, OSError) as error:
            log.info("the manual cannot be read: %s", error)
            self.missing.show_state("book-open", self.tr("The manual is missing"), str(error))
        self._fill()
        self.contents.setCurrentRow(0)

    def _fill(self) -> None:
        self._put([(self.tr("Keys and shapes"), "", "")])
        self._put([(topic.title, topic.key, "") for topic in self._listed()])

    def _listed(self) -> list[Topic]:
        """What people look for; the rest is reached by links."""
        return [topic for topic in self.topics.values() if topic.key not in manual.BACKGROUND]

    def _put(self, rows: list[tuple[str, str, str]]) -> None:
        for text_, key, at in rows:
            item = QListWidgetItem(text_)
            item.setData(_TOPIC, key)
            item.setData(_ANCHOR, at)
            self.contents.addItem(item)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(str(item.data(_TOPIC) or ""), str(item.data(_ANCHOR) or ""))

    def _show(self, key: str, at: str) -> None:
        if not key:
            self.stack.setCurrentWidget(self.glance)
        elif key in self.topics:
            self.browser.show_topic(self.topics[key], manual.folder(), at)
            self.stack.setCurrentWidget(self.browser)
        else:
            self.stack.setCurrentWidget(self.missing)

    def show_topic(self, key: str, at: str = "") -> None:
        """Open a topic, also from a search; what is not there leaves the page as it is."""
        if key not in self.topics:
            return
        if self.field.text():
            self.field.clear()
        self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_TOPIC) == key:
                self.contents.setCurrentRow(row)
        self.contents.blockSignals(False)
        self._show(key, at)

    def show_topic_of(self, page: str) -> None:
        """Open what belongs to a page of the window."""
        self.show_topic(manual.topic_of(page))

    def _search(self, words: str) -> None:
        """Results take the place of the contents while something is typed."""
        self.contents.blockSignals(True)
        self.contents.clear()
        hits = manual.search(words, self._listed())
        if words.strip():
            rows = [
                ("\n".join((f"{hit.title}: {hit.heading}" if hit.heading != hit.title else hit.title, hit.snippet)),
                 hit.topic, hit.anchor)
                for hit in hits
            ]  # fmt: skip
            self._put(rows)
            said = plural("HelpPage", "%n place(s)", len(hits), "%n place", "%n places")
            self.found.setText(said if hits else self.tr("Nothing fits. Try fewer words."))
            announce(self, self.found.text())
        else:
            self.found.setText("")
            self._fill()
        self.contents.blockSignals(False)
        self.found.setVisible(bool(self.found.text()))

    def _first_hit(self) -> None:
        if self.contents.count():
            self.contents.setCurrentRow(0)
            self._chosen(self.contents.item(0))
            self.contents.setFocus()


def _grid(panel: Panel) -> QGridLayout:
    now = theme.current()
    grid = QGridLayout()
    grid.setHorizontalSpacing(now.px(4))
    grid.setVerticalSpacing(now.px(1.5))
    grid.setColumnStretch(1, 1)
    panel.body.addLayout(grid)
    return grid
