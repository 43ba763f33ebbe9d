"""A page of month end as PDF. The sealed figures travel in it as an attached file, so that it can be checked later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument, QTextOption

from zbdesk.app.closing_page import sign_off_page, tie_out_page
from zbdesk.app.tieout_document import TIE_OUT, json_bytes
from zbdesk.domain.seal import HASH
from zbdesk.ui.closing.words import page_words
from zbdesk.ui.formats import Formats

POINTS = 9
MARGIN_MM = 14


def page(made: Mapping[str, Any], formats: Formats) -> str:
    """The document as HTML in the window's language, with the organization's figures and zone."""
    draw = tie_out_page if made["kind"] == TIE_OUT else sign_off_page
    return draw(
        made, page_words(), lambda amount, code: formats.money(Decimal(amount), code), formats.date,
        lambda text: formats.stamp(datetime.fromisoformat(text)),
    )  # fmt: skip


def pdf(made: Mapping[str, Any], formats: Formats) -> bytes:
    """The same as PDF, with the sealed document attached."""
    room = QByteArray()
    device = QBuffer(room)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setCreator("zbdesk")
    writer.setTitle(f"{made['organization']['name']} {made['from']} {made['to']} {made[HASH][:12]}")
    orientation = QPageLayout.Orientation.Landscape  # amounts of three columns stay whole
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, margins, QPageLayout.Unit.Millimeter)
    )
    writer.addFileAttachment("figures.json", QByteArray(json_bytes(made)), "application/json")
    text = QTextDocument()
    option = QTextOption(text.defaultTextOption())
    option.setTextDirection(QGuiApplication.layoutDirection())
    text.setDefaultTextOption(option)
    font = QFont(QGuiApplication.font())
    font.setPointSize(POINTS)
    text.setDefaultFont(font)
    text.setHtml(page(made, formats))
    text.print_(writer)
    del writer  # it writes its end when it goes
    device.close()
    return bytes(room.data())


def file_name(made: Mapping[str, Any], ending: str) -> str:
    """What the file is called unless somebody says otherwise."""
    what = "tie-out" if made["kind"] == TIE_OUT else "sign-off"
    return f"{what} {made['from']} {made['to']}.{ending}"
