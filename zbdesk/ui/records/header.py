"""Titles of the records table: quiet, with the arrow of the order in the accent's colour after the title."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from zbdesk.ui import icons, theme
from zbdesk.ui.models.columns import Kind
from zbdesk.ui.models.records import RecordsModel


class RecordsHeader(QHeaderView):
    """A header that paints its own sections. The sort order it shows is Qt's own, so screen readers hear it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setMinimumSectionSize(theme.current().px(8))
        self.setAccessibleName(self.tr("Column titles"))

    def sizeHint(self) -> QSize:
        """As high as a row."""
        return QSize(super().sizeHint().width(), theme.current().row_height)

    def title_width(self, section: int) -> int:
        """The width that shows title and arrow."""
        now = theme.current()
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return QFontMetrics(now.font("caption_strong")).horizontalAdvance(title) + now.icon_size + now.px(5)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Ground, hairline, title, arrow."""
        model = self.model()
        if not isinstance(model, RecordsModel) or not rect.isValid():
            return
        now, column = theme.current(), model.columns[logicalIndex]
        painter.fillRect(rect, now.color("window"))
        painter.setPen(now.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        size = max(12, now.icon_size - 2)
        dpr = painter.device().devicePixelRatioF()
        if column.kind is Kind.STATE:
            picture = icons.pixmap("git-compare-arrows", "text2", size, dpr)
            painter.drawPixmap(rect.center().x() - size // 2 + 1, rect.center().y() - size // 2, picture)
            return
        self._paint_title(painter, rect, logicalIndex, size, dpr)

    def _paint_title(self, painter: QPainter, rect: QRect, section: int, size: int, dpr: float) -> None:
        model = self.model()
        assert isinstance(model, RecordsModel)  # noqa: S101 - paintSection looked
        title, right = model.columns[section].title, model.columns[section].kind is Kind.MONEY
        now = theme.current()
        font = now.font("caption_strong")
        metrics = QFontMetrics(font)
        inner = rect.adjusted(now.px(2), 0, -now.px(2), 0)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        room = size + now.px(1) if sorted_here else 0
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, inner.width() - room)
        width = metrics.horizontalAdvance(shown)
        reverse = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at_right = right or reverse
        left = inner.right() - width + 1 if at_right else inner.left()
        painter.setFont(font)
        painter.setPen(now.color("text2"))
        painter.drawText(QRect(left, inner.top(), width + 1, inner.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
        if sorted_here:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            picture = icons.pixmap("arrow-up" if up else "arrow-down", "accent_text", size, dpr)
            x = left - size - now.px(1) if at_right else left + width + now.px(1)
            painter.drawPixmap(x, rect.center().y() - size // 2 + 1, picture)
