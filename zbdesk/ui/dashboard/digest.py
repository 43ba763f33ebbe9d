"""What changed in Zoho Books since the person last looked, the most money first. Each line leads to its record."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from zbdesk.domain.figures import Change, Digest
from zbdesk.domain.modules import MODULES
from zbdesk.ui import icons, painting, text, theme
from zbdesk.ui.charts.parts import Part
from zbdesk.ui.formats import Formats, isolate, own_direction, plural
from zbdesk.ui.widgets import Hairline, Label, Panel


class ChangeLine(Part):
    """One record: what it is and how it stands, whose, how much, when."""

    def __init__(self, change: Change, formats: Formats, now: datetime) -> None:
        super().__init__()
        self.change = change
        self.setProperty("ring", False)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        module = MODULES[change.module]
        name = QCoreApplication.translate("Modules", module.singular)
        number = isolate(change.number) if change.number else ""
        status = text.document_status(change.status).text.lower() if change.status else ""
        self._fact = " ".join(part for part in (name, number, status) if part)
        self._party = change.party or ""
        self._currency = change.currency or ""
        self._amount = formats.amount(change.amount, change.currency)
        self._when = formats.moment(change.changed_at, now)
        self.neighbours: tuple[str, ...] = (self._when,)
        """The times of all lines: each leaves room for the longest, so that amounts stand below each other."""

        money = formats.money(change.amount, change.currency)
        self.say(", ".join(part for part in (self._fact, self._party, money, self._when) if part))
        theme.on_change(self, self.updateGeometry)

    @property
    def when(self) -> str:
        """When it changed, as it is shown."""
        return self._when

    def sizeHint(self) -> QSize:
        """Two lines of a list."""
        now = theme.current()
        return QSize(now.px(70), now.two_line_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, fact over party, amount and time at the end."""
        del event
        now, painter = theme.current(), QPainter(self)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.underMouse():
            painter.fillRect(self.rect(), now.color("hover"))
        width, height, edge, gap = self.width(), self.height(), now.px(3), now.px(3)

        def place(start: float, span: float, top: float = 0, tall: float = height) -> QRectF:
            return QRectF(width - start - span if reverse else start, top, span, tall)

        size = now.icon_size
        box = place(edge, size, (height - size) / 2, size)
        picture = icons.pixmap(text.module_icon(self.change.module), "text2", size, self.devicePixelRatioF())
        painter.drawPixmap(box.topLeft(), picture)
        body = QFontMetrics(now.font("body"))
        when = max(now.px(16), *(body.horizontalAdvance(time) for time in self.neighbours))
        money = body.horizontalAdvance(f"{self._currency} {self._amount}") if self._amount else 0
        painter.setFont(now.font("body"))
        painter.setPen(now.color("text2"))
        painter.drawText(place(width - edge - when, when), painting.end(reverse=reverse), self._when)
        if self._amount:
            area = place(width - edge - when - gap - money, money)
            figure = body.horizontalAdvance(self._amount)
            # The code stands in front of its figure in every language: an amount is read from left to right.
            painter.drawText(area, painting.LEFT, self._currency)
            painter.setPen(now.color("text"))
            painter.drawText(area.adjusted(area.width() - figure, 0, 0, 0), painting.RIGHT, isolate(self._amount))
        start = edge + size + gap
        room = width - edge - when - gap - money - gap - start
        line = height / 2
        mode = Qt.TextElideMode.ElideRight
        painter.setPen(now.color("text"))
        fact = own_direction(body.elidedText(self._fact, mode, int(room)))
        painter.drawText(place(start, room, now.px(0.75), line - now.px(0.75)), painting.start(reverse=reverse), fact)
        painter.setFont(now.font("caption"))
        painter.setPen(now.color("text2"))
        party = own_direction(QFontMetrics(now.font("caption")).elidedText(self._party, mode, int(room)))
        painter.drawText(place(start, room, line, line - now.px(0.75)), painting.start(reverse=reverse), party)
        if self.hasFocus():
            from zbdesk.ui.style import rounded

            rounded(painter, self.rect().toRectF(), now.radius, None, now.color("focus"), 2)


class DigestPanel(Panel):
    """The panel. ``record_wanted``: module and key of a line. The link marks everything as seen (``seen``)."""

    record_wanted = Signal(str, int)
    seen = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Since you last looked"), self.tr("Mark as seen"), padded=False)
        self.link_clicked.connect(self.seen)
        self._shown: tuple[object, ...] | None = None
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(0)
        self.body.addLayout(self._holder)
        self.body.addStretch(1)
        self.lines: list[ChangeLine] = []

    def show_digest(self, digest: Digest, formats: Formats, now: datetime) -> None:
        """Show its lines; the same ones are left as they stand."""
        shown = (digest, formats, now.date())
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._holder.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        since = formats.moment(digest.since, now)
        if self.title_label is not None:
            self.title_label.setText(self.tr("Since you last looked, %1").replace("%1", since))
        if self.link is not None:
            self.link.setVisible(bool(digest.count))
        if not digest.count:
            self._say(self.tr("Nothing has changed in Zoho Books since then."))
            return
        for change in digest.changes:
            line = ChangeLine(change, formats, now)
            line.clicked.connect(lambda _on=False, one=change: self.record_wanted.emit(one.module, one.record_id))
            self._holder.addWidget(Hairline())
            self._holder.addWidget(line)
            self.lines.append(line)
        times = tuple(line.when for line in self.lines)
        for line in self.lines:
            line.neighbours = times
        rest = digest.count - len(digest.changes)
        if rest > 0:
            count = formats.count(rest)
            words = plural("DigestPanel", "%n more change(s)", rest, "%n more change", "%n more changes", count)
            self._say(self.tr("%1 of smaller amounts").replace("%1", words))

    def _say(self, words: str) -> None:
        now = theme.current()
        label = Label(words, "body", "text2", wrap=True)
        label.setContentsMargins(now.px(3), now.px(2), now.px(3), now.px(2))
        self._holder.addWidget(Hairline())
        self._holder.addWidget(label)
