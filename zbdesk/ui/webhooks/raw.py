"""One event as it was received: where, when, what kind, and the body as it came or laid out. It holds no secret."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from zbdesk.domain.views import WebhookEventRaw
from zbdesk.domain.webhook_views import EventLine
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.formats import isolate
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.widgets import Button, Label, Segmented, announce


def laid_out(raw: WebhookEventRaw) -> str:
    """The body for people: JSON indented, a form one pair a line with the JSON in it indented too; else as it came."""
    text = raw.body.decode("utf-8", "replace")
    if raw.content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        found = parse_qsl(text, keep_blank_values=True)
        if found:
            return "\n".join(f"{name} = {_indented(value) or value}" for name, value in found)
    return _indented(text) or text


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_LARGEST = 200_000
"""Characters that are laid out: more would hold up the window."""


def _indented(text: str) -> str:
    """JSON objects and lists, indented; empty for anything else. Numbers and names keep their characters."""
    if not text.lstrip().startswith(("{", "[")) or len(text) > _LARGEST:
        return ""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return ""
    parts: list[str] = []
    depth = 0
    for piece in _TOKEN.findall(text):
        if piece in "}]":
            depth -= 1
            parts.append(piece if parts and parts[-1] in "{[" else f"\n{'  ' * depth}{piece}")
            continue
        if parts and parts[-1] in {"{", "[", ","}:
            parts.append("\n" + "  " * depth)
        depth += piece in "{["
        parts.append(f"{piece} " if piece == ":" else piece)
    return "".join(parts)


class RawDialog(WriteDialog):
    """``replay_wanted``: the record is to be read again."""

    replay_wanted = Signal()

    def __init__(self, parent: QWidget, state: DeskState, raw: WebhookEventRaw, line: EventLine) -> None:
        view, formats = raw.view, state.formats
        word = words.result_word(view)
        named = " · ".join(
            part for part in (words.module_name(view.module), isolate(line.number or view.remote_id or "")) if part
        )
        super().__init__(parent, state, named, word.text, icon=word.icon, role=word.role, width=180)
        self._raw = raw
        look = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(3))
        grid.setVerticalSpacing(look.px(0.75))
        grid.setColumnStretch(1, 1)
        via = self.tr("a relay") if view.via == "relay" else self.tr("the listener")
        signature = self.tr("right") if view.verified else self.tr("none that could be checked; only a hint")
        query = raw.query.decode("utf-8", "replace")
        facts = (
            (self.tr("Arrived"), f"{formats.stamp(view.received_at)}, {via}"),
            (self.tr("Signature"), signature),
            (self.tr("Request"), isolate(f"{raw.method} …{raw.path}{'?' + query if query else ''}")),
            (self.tr("Content type"), isolate(raw.content_type or "–")),
            (self.tr("Size"), isolate(formats.size(len(raw.body)))),
        )
        for at, (title, value) in enumerate(facts):
            grid.addWidget(Label(title, "caption", "text2"), at, 0)
            grid.addWidget(Label(value, "caption", selectable=True, wrap=True), at, 1)
        self.body.addLayout(grid)
        self.views = Segmented(
            [("pretty", self.tr("Laid out")), ("bytes", self.tr("As it came"))], name=self.tr("View")
        )
        self.views.changed.connect(self._show)
        self.body.addWidget(self.views)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Body of the event"))
        self.text.setMinimumHeight(look.px(70))
        self.text.setTabChangesFocus(True)
        self.body.addWidget(self.text, 1)
        self.copy = Button(self.tr("Cop&y"), "normal", "copy")
        self.copy.clicked.connect(self._copy)
        self.foot.insertWidget(1, self.copy)
        self.cancel.setText(self.tr("Close"))
        self.again = self.add_verb(self.tr("Read a&gain"), "normal", "rotate-cw")
        self.again.setEnabled(bool(view.module and view.remote_id))
        self.again.clicked.connect(self._again)
        self._show("pretty")

    def _show(self, key: str) -> None:
        plain = self._raw.body.decode("utf-8", "replace")
        self.text.setPlainText(laid_out(self._raw) if key == "pretty" else plain)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))

    def _again(self) -> None:
        self.replay_wanted.emit()
        self.accept()
