"""One record for paper, as a text document: what it is, its facts, lines, sums and payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextDocument,
    QTextOption,
)

from zbdesk.ui.printing.paper import BODY_PT, Sheet


@dataclass(frozen=True, slots=True)
class Section:
    """A small table under a title; ``right``: which columns hold figures."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """One record. ``facts``: pairs of label and value. ``head`` carries organization, title and page words."""

    head: Sheet
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def document_of(paper: RecordPaper) -> QTextDocument:
    """The record as a document; texts of people are never taken for markup."""
    found = QTextDocument()
    font = QFont()
    font.setPointSizeF(BODY_PT + 1)
    found.setDefaultFont(font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if paper.head.reverse else Qt.LayoutDirection.LeftToRight)
    found.setDefaultTextOption(option)
    found.setHtml(_html(paper))
    return found


def print_record_paper(paper: RecordPaper, device: QPagedPaintDevice) -> int:
    """Paint the document with page numbers and say how many pages there were. Raises ``OSError``."""
    painter = QPainter()
    if not painter.begin(device):
        raise OSError(paper.head.title)
    try:
        area = device.pageLayout().paintRectPixels(int(device.logicalDpiX()))
        document = document_of(paper)
        document.documentLayout().setPaintDevice(device)
        foot = painter.fontMetrics().height() * 2.0
        document.setPageSize(QSizeF(area.width(), area.height() - foot))
        pages = document.pageCount()
        for number in range(pages):
            if number:
                device.newPage()
            _paint_page(painter, document, paper.head, number, pages)
        return pages
    finally:
        painter.end()


def _paint_page(painter: QPainter, document: QTextDocument, head: Sheet, number: int, pages: int) -> None:
    size = document.pageSize()
    painter.save()
    painter.translate(0, -number * size.height())
    clip = QRectF(0, number * size.height(), size.width(), size.height())
    painter.setClipRect(clip)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = clip
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    document.documentLayout().draw(painter, context)
    painter.restore()
    box = QRectF(0, size.height(), size.width(), painter.fontMetrics().height() * 2.0)
    painter.setPen(Qt.GlobalColor.black)
    start, end = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
    if head.reverse:
        start, end = end, start
    bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(box, int(start | bottom), head.printed)
    painter.drawText(box, int(end | bottom), head.page_words(number + 1, pages))


def _html(paper: RecordPaper) -> str:
    head, start = paper.head, "right" if paper.head.reverse else "left"
    end = "left" if paper.head.reverse else "right"
    title = f'<td align="{start}"><h2>{escape(head.title)}</h2></td>'
    company = f'<td align="{end}"><b>{escape(head.organization)}</b></td>'
    parts = [f'<table width="100%"><tr>{title}{company}</tr></table>']
    if head.note:
        parts.append(f"<p>{escape(head.note)}</p>")
    facts = "".join(
        f'<tr><td align="{start}">{escape(label)}</td><td align="{start}">{escape(value)}</td></tr>'
        for label, value in paper.facts
    )
    parts.append(f'<table cellpadding="3">{facts}</table>')
    for section in paper.sections:
        if section.rows:
            parts += _section(section, start)
    return "".join(parts)


def _section(section: Section, start: str) -> list[str]:
    """Figures at the right in every language, the rest at the start."""

    def line(cells: Sequence[str], tag: str) -> str:
        return (
            "<tr>"
            + "".join(
                f'<{tag} align="{"right" if at in section.right else start}">{escape(cell)}</{tag}>'
                for at, cell in enumerate(cells)
            )
            + "</tr>"
        )

    rows = "".join(line(row, "td") for row in section.rows)
    return [
        f"<h4>{escape(section.title)}</h4>",
        f'<table width="100%" cellpadding="3">{line(section.heads, "th") if section.heads else ""}{rows}</table>',
    ]
