"""A database as a source: its address, one query, how its rows are read, and whether outcomes are written back.

The address goes to the keychain and nowhere else. Nothing is kept before the query was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from zbdesk.app.source_views import SavedMapping, StoredSource
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.reading.headings import text_of
from zbdesk.sources.sql import Preview
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.importing.layout_page import PlainTable
from zbdesk.ui.outgoing.switch import Switch
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.sources.folder_dialog import MappingChoice
from zbdesk.ui.sources.services import SourceServices
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, FormField, Label, SecretField, TextField, announce, bounded, gap

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
EVERY = (0.0, 5.0, 15.0, 60.0, 240.0, 1440.0)


class QueryEditor(QPlainTextEdit):
    """SQL in letters of one width. Tab goes on to the next field."""

    def __init__(self, name: str, lines: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._lines = lines

    def sizeHint(self) -> QSize:
        """So many lines."""
        look = theme.current()
        return QSize(look.px(100), look.line_height * self._lines + look.px(4))


class PreviewRows(QAbstractTableModel):
    """The first rows of a query, under the names of its columns and what they hold."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: Preview | None = None

    def show_preview(self, found: Preview | None) -> None:
        """These rows."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows that came."""
        return 0 if parent.isValid() or self.found is None else len(self.found.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Columns that came."""
        return 0 if parent.isValid() or self.found is None else len(self.found.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or self.found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.found.headings[section]
        return self.found.kinds[section] if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The text of a cell."""
        if self.found is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        return text_of(self.found.rows[index.row()][index.column()]).replace("\n", " ")


class SqlDialog(WriteDialog):
    """A new database, or an existing one changed. ``kept``: it is there."""

    kept = Signal()

    def __init__(
        self, parent: QWidget, state: DeskState, services: SourceServices, saved: Sequence[SavedMapping],
        source: StoredSource | None = None,
    ) -> None:  # fmt: skip
        title = self.tr("Add a database") if source is None else self.tr("Change the database")
        super().__init__(
            parent, state, title,
            self.tr("One query is asked on a connection that only reads. Try it before it is kept."),
            icon="database", width=190,
        )  # fmt: skip
        self._services, self._source = services, source
        self._settings = SqlSettings.of(source.settings) if source is not None else SqlSettings("")
        self.jobs = Jobs(self)
        self.finished.connect(self.jobs.close)
        inner = QWidget()
        self.fields = QVBoxLayout(inner)
        self.fields.setContentsMargins(0, 0, theme.current().px(2), 0)
        gap(self.fields, 3)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(theme.current().px(90))
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self.body.addWidget(area, 1)
        self._connection_fields()
        self._query_fields(saved)
        self._back_fields()
        self.try_button = Button(self.tr("&Test and preview"), "normal", "play")
        self.try_button.clicked.connect(self.try_it)
        self.foot.insertWidget(1, self.try_button)
        self.verb = self.add_verb(self.tr("Add the databas&e") if source is None else self.tr("&Change it"))
        self.verb.clicked.connect(self.keep)
        window = parent.window()
        self.resize(self.minimumWidth(), min(theme.current().px(190), window.height() - theme.current().px(4)))
        (self.name if source is None else self.query).setFocus()

    def _connection_fields(self) -> None:
        self.name = TextField(name=self.tr("Name"))
        self.name.setText(self._source.name if self._source is not None else "")
        self.name.setReadOnly(self._source is not None)
        self.name_field = FormField(
            self.tr("&Name"),
            self.name,
            self.tr("Records remember it as where they came from; it cannot be changed later."),
        )
        self.url = SecretField(placeholder="postgresql://user:password@server/database", name=self.tr("Address"))
        known = self.tr("Now %1. Leave it empty to keep it.").replace("%1", self._settings.shown)
        self.url_field = FormField(
            self.tr("A&ddress"),
            self.url,
            known
            if self._source is not None
            else self.tr("SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain."),
        )
        self.fields.addWidget(self.name_field)
        self.fields.addWidget(self.url_field)

    def _query_fields(self, saved: Sequence[SavedMapping]) -> None:
        settings, source = self._settings, self._source
        self.query = QueryEditor(self.tr("Query"), 4)
        self.query.setPlainText(settings.query)
        self.query_field = FormField(
            self.tr("&Query"),
            self.query,
            self.tr("One SELECT. With :since in it, only what changed since the last run is read."),
        )
        self.since = TextField(name=self.tr("Column for :since"), digits=True)
        self.since.setText(settings.since_column)
        self.start = TextField(name=self.tr("First value of :since"), digits=True)
        self.start.setText(settings.since_start)
        self.every = Choice([(self._every(minutes), minutes) for minutes in EVERY], self.tr("How often"))
        self.every.show_value(settings.every_minutes, self._every(settings.every_minutes))
        self.choice = MappingChoice(saved, source.module if source else "", source.mapping if source else "")
        self.choice.module.setEnabled(source is None)
        since_help = self.tr("The column of the query that tells when a row changed, or its growing number.")
        self.fields.addWidget(self.query_field)
        self.fields.addLayout(bounded(FormField(self.tr("Column for :&since"), self.since, since_help), 110))
        self.fields.addLayout(
            bounded(FormField(self.tr("First &value of :since"), self.start, note=self.tr("(optional)")), 110)
        )
        self.banner = Banner(kind="problem")
        self.fields.addWidget(self.banner)
        self.model = PreviewRows(self)
        self.caption = Label("", "caption", "text2", wrap=True)
        self.preview = PlainTable(self.model, self.tr("First rows of the query"))
        self.preview.setMinimumHeight(theme.current().px(36))
        self.preview.hide()
        self.caption.hide()
        self.fields.addWidget(self.caption)
        self.fields.addWidget(self.preview)
        self.fields.addWidget(self.choice.module_field)
        self.fields.addWidget(self.choice.mapping_field)
        self.fields.addLayout(bounded(FormField(self.tr("&How often"), self.every), 110))

    def _back_fields(self) -> None:
        self.back_switch = Switch(self.tr("&Write number, status and paid amount back"))
        self.back_switch.setChecked(self._settings.writes_back)
        self.back = QueryEditor(self.tr("Statement for writing back"), 2)
        self.back.setPlainText(self._settings.back)
        self.back_field = FormField(
            self.tr("Statement for writing &back"),
            self.back,
            self.tr("One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id."),
        )
        self.back_field.setVisible(self._settings.writes_back)
        self.back_switch.toggled.connect(self.back_field.setVisible)
        self.fields.addWidget(self.back_switch)
        self.fields.addWidget(self.back_field)
        self.fields.addStretch(1)

    def _every(self, minutes: float) -> str:
        if not minutes:
            return self.tr("Only when I say so")
        hours, rest = divmod(round(minutes), 60)
        if hours and not rest:
            return self.tr("Every %1 hours").replace("%1", str(hours)) if hours > 1 else self.tr("Every hour")
        return self.tr("Every %1 minutes").replace("%1", str(round(minutes)))

    # ---- trying --------------------------------------------------------------------------------------------------
    def settings(self) -> SqlSettings:
        """What the fields say."""
        return replace(
            self._settings,
            query=self.query.toPlainText().strip(),
            since_column=self.since.text().strip(),
            since_start=self.start.text().strip(),
            back=self.back.toPlainText().strip() if self.back_switch.isChecked() else "",
            writes_back=self.back_switch.isChecked(),
            every_minutes=float(self.every.currentData() or 0),
        )

    def _complete(self) -> bool:
        missing: QWidget | None = None
        for field, editor, filled, words in (
            (self.query_field, self.query, bool(self.query.toPlainText().strip()), self.tr("Write the query.")),
            (
                self.url_field, self.url, bool(self.url.text().strip()) or self._source is not None,
                self.tr("Enter the address of the database."),
            ),
            (self.name_field, self.name, bool(self.name.text().strip()), self.tr("Give the database a name.")),
        ):  # fmt: skip
            field.set_error("" if filled else words)
            missing = missing if filled else editor
        if missing is not None:
            missing.setFocus()
        return missing is None

    def try_it(self) -> None:
        """Ask for the first rows."""
        if not self._complete():
            return
        self.banner.say("")
        self.explain(self.try_button, self.tr("The database is being asked…"))
        services, settings, url = self._services, self.settings(), self.url.text().strip()
        source_id = self._source.id if self._source is not None else None
        module = self.choice.values[0]
        self.jobs.start(
            lambda _job: services.try_query(source_id, url, module, settings), self._tried, fail=self._not_tried
        )

    def _tried(self, found: Preview) -> None:
        self.explain(self.try_button, "")
        self.model.show_preview(found)
        kinds = ", ".join(f"{name}: {kind}" for name, kind in zip(found.headings, found.kinds, strict=True))
        words = self.tr("The connection works. First %1 rows. %2")
        self.caption.setText(words.replace("%1", self.state.formats.count(len(found.rows))).replace("%2", kinds))
        self.caption.show()
        self.preview.show()
        self.preview.resizeColumnsToContents()
        announce(self, self.caption.text())

    def _not_tried(self, error: ZbdeskError) -> None:
        self.explain(self.try_button, "")
        self.explain(self.verb, "")
        self.banner.say(error.title, error.message, "problem")
        announce(self, f"{error.title} {error.message}", urgent=True)

    # ---- keeping -------------------------------------------------------------------------------------------------
    def keep(self) -> None:
        """Keep it, where the fields are filled."""
        module, mapping = self.choice.values
        if not self._complete() or not mapping:
            return
        self.banner.say("")
        self.explain(self.verb, self.tr("Being saved…"))
        services, settings, url, name = self._services, self.settings(), self.url.text().strip(), self.name.text()
        source = self._source

        def work(_job: object) -> None:
            if source is None:
                services.add_sql(name.strip(), url, module, mapping, settings)
            else:
                services.edit_sql(source.id, url, mapping, settings)

        self.jobs.start(work, self._kept, fail=self._not_tried)

    def _kept(self, _done: None) -> None:
        self.kept.emit()
        self.accept()
