"""One page of the manual as text with pictures, in the colours and sizes of the theme.

No network: addresses of the web are handed to the system's browser, and nothing is loaded from there.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFontDatabase,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from zbdesk.app.manual import Topic, anchor
from zbdesk.ui import theme
from zbdesk.ui.scrolling import QuietScrollBar

WIDEST = 190
"""Width of the text in steps of u: longer lines are hard to read."""


class ManualBrowser(QTextBrowser):
    """``topic_wanted``: a link leads to another page: its key and the anchor on it."""

    topic_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(QuietScrollBar("base"))
        self.setOpenLinks(False)
        self.setProperty("ring", True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(self.tr("Manual"))
        self._topic: Topic | None = None
        self._place = Path()
        self._anchor = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(120)
        self._again.timeout.connect(self._draw)
        self.anchorClicked.connect(self._follow)
        theme.on_change(self, self._themed)

    def show_topic(self, topic: Topic, place: Path, at: str = "") -> None:
        """Show a page of the folder ``place``, from its beginning or from a heading."""
        self._topic, self._place, self._anchor = topic, place, at
        self._draw()

    @property
    def topic(self) -> Topic | None:
        """The page in sight."""
        return self._topic

    def _themed(self) -> None:
        look = theme.current()
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, look.color("base"))
        palette.setColor(QPalette.ColorRole.Text, look.color("text"))
        palette.setColor(QPalette.ColorRole.Link, look.color("accent_text"))
        palette.setColor(QPalette.ColorRole.LinkVisited, look.color("accent_text"))
        self.setPalette(palette)
        self.document().setDefaultFont(look.font("body"))
        if self._topic is not None:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures and margins follow the width."""
        super().resizeEvent(event)
        if self._topic is not None and event.size().width() != event.oldSize().width():
            self._anchor = ""
            self._again.start()

    def _draw(self) -> None:
        assert self._topic is not None  # noqa: S101 - nothing asks before a topic is there
        scroll = self.verticalScrollBar().value()
        same = self.document().metaInformation(QTextDocument.MetaInformation.DocumentTitle) == self._topic.key
        self.document().setMarkdown(self._topic.source, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self.document().setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, self._topic.key)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if self._anchor:
            self._scroll_to(self._anchor)
        else:
            self.verticalScrollBar().setValue(scroll if same else 0)

    def _dress(self) -> None:
        """What Markdown does not say: margins, sizes of headings, the face of code, lines between rows."""
        look, document = theme.current(), self.document()
        document.setDocumentMargin(look.px(5))
        side = max(0, self.viewport().width() - look.px(WIDEST))
        frame = document.rootFrame().frameFormat()
        frame.setRightMargin(side)
        document.rootFrame().setFrameFormat(frame)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            self._dress_block(QTextCursor(block), block)
            block = block.next()
        for child in document.rootFrame().childFrames():
            if isinstance(child, QTextTable):
                self._dress_table(child)
        cursor.endEditBlock()

    def _dress_block(self, cursor: QTextCursor, block: QTextBlock) -> None:
        look = theme.current()
        level = block.blockFormat().headingLevel()
        shape = QTextBlockFormat()
        if level:
            shape.setTopMargin(look.px(1 if level == 1 else 5))
            shape.setBottomMargin(look.px(2))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            face = QTextCharFormat()
            face.setFont(look.font("page" if level == 1 else "panel"))
            # Set, not merged: Markdown's own size is relative to the default font and would win.
            cursor.setCharFormat(face)
        elif block.textList() is not None:
            shape.setBottomMargin(look.px(1))
        elif cursor.currentTable() is None:
            shape.setBottomMargin(look.px(2))
        if shape.propertyCount():
            QTextCursor(block).mergeBlockFormat(shape)
        for part in self._code(block):
            place = QTextCursor(self.document())
            place.setPosition(part[0])
            place.setPosition(part[1], QTextCursor.MoveMode.KeepAnchor)
            face = QTextCharFormat()
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            fixed.setPointSizeF(look.font("body").pointSizeF())
            face.setFont(fixed)
            face.setBackground(look.color("window"))
            place.mergeCharFormat(face)

    @staticmethod
    def _code(block: QTextBlock) -> list[tuple[int, int]]:
        found, iterator = [], block.begin()
        whole = bool(
            block.blockFormat().property(QTextFormat.Property.BlockCodeLanguage)
        ) or block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        while not iterator.atEnd():
            piece = iterator.fragment()
            if piece.isValid() and (whole or piece.charFormat().fontFixedPitch()):
                found.append((piece.position(), piece.position() + piece.length()))
            iterator += 1
        return found

    @staticmethod
    def _dress_table(table: QTextTable) -> None:
        look = theme.current()
        shape = table.format()
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(look.color("line"))
        shape.setBorderCollapse(True)
        shape.setCellPadding(look.px(1.5))
        shape.setCellSpacing(0)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setTopMargin(look.px(2))
        shape.setBottomMargin(look.px(3))
        table.setFormat(shape)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures of the folder, as wide as there is room for; nothing from anywhere else."""
        address = name if isinstance(name, QUrl) else QUrl(name)
        if kind != int(QTextDocument.ResourceType.ImageResource.value) or address.scheme() not in {"", "file"}:
            return None
        file = (self._place / address.path()).resolve()
        if not file.is_relative_to(self._place.resolve()) or not file.is_file():
            return None
        picture = QImage(str(file))
        room = min(self.viewport().width(), theme.current().px(WIDEST)) - theme.current().px(12)
        ratio = self.devicePixelRatioF()
        wanted = max(120, round(room * ratio))
        if picture.width() > wanted:
            picture = picture.scaled(
                QSize(wanted, wanted), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        picture.setDevicePixelRatio(ratio)
        return picture

    def _follow(self, address: QUrl) -> None:
        if address.scheme() in {"http", "https", "mailto"}:
            QDesktopServices.openUrl(address)
            return
        path = address.path()
        if not path:
            self._scroll_to(address.fragment())
        elif path.endswith(".md") and "/" not in path:
            self.topic_wanted.emit(path.removesuffix(".md"), address.fragment())

    def _scroll_to(self, name: str) -> None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor(block.text()) == name:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - theme.current().px(2))
                return
            block = block.next()
