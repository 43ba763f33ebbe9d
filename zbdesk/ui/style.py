"""The look of Qt's own controls: Fusion with exact edges, check marks, scroll bars and focus ring.

A proxy style, not a style sheet: it costs nothing per widget at start-up and its Python code runs only where a control
is painted. Table cells never come through here; their delegates paint by themselves.
Invariant: it paints what ``theme.current()`` says at that moment, so a change of theme needs a repaint and no more.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QIcon, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QProxyStyle,
    QSlider,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionSlider,
    QTreeView,
    QWidget,
)

from zbdesk.ui import icons, theme
from zbdesk.ui.focusring import FocusRing

_State = QStyle.StateFlag
_PE = QStyle.PrimitiveElement
_CE = QStyle.ControlElement
_CC = QStyle.ComplexControl
_PM = QStyle.PixelMetric
_SC = QStyle.SubControl
_Hint = QStyle.StyleHint

FOCUS_GAP = 2
FOCUS_WIDTH = 2

_STEPS = {
    _PM.PM_IndicatorWidth: 3.75,
    _PM.PM_IndicatorHeight: 3.75,
    _PM.PM_ExclusiveIndicatorWidth: 3.75,
    _PM.PM_ExclusiveIndicatorHeight: 3.75,
    _PM.PM_CheckBoxLabelSpacing: 2.0,
    _PM.PM_RadioButtonLabelSpacing: 2.0,
    _PM.PM_ScrollBarExtent: 3.0,
    _PM.PM_ScrollBarSliderMin: 8.0,
    _PM.PM_SmallIconSize: 4.0,
    _PM.PM_ButtonIconSize: 3.75,
    _PM.PM_HeaderMargin: 2.0,
}
_PIXELS = {
    _PM.PM_FocusFrameHMargin: FOCUS_GAP + FOCUS_WIDTH,
    _PM.PM_FocusFrameVMargin: FOCUS_GAP + FOCUS_WIDTH,
    _PM.PM_SplitterWidth: 1,
}


def rounded(  # noqa: PLR0917 - a drawing call, read in the order of drawing
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QColor | None, width: float = 1.0
) -> None:
    """Paint a box whose edge lies inside ``rect``, sharp on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    inset = half if edge is not None else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


class Style(QProxyStyle):
    """Fusion, with what section 2 of the design system asks for drawn by us."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.setObjectName("zbdesk")

    # -- measures ---------------------------------------------------------------------------------------------------

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Measures in steps of the theme."""
        # Asked for thousands of times while a window is laid out: one look-up, no chain of questions.
        steps = _STEPS.get(metric)
        if steps is not None:
            return theme.current().px(steps)
        pixels = _PIXELS.get(metric)
        if metric == _PM.PM_FocusFrameHMargin and isinstance(widget, QTreeView):
            return theme.current().px(_STEPS[_PM.PM_HeaderMargin]) - 1  # Qt adds one: cells begin below their titles
        if pixels is not None:
            return pixels
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: object = None,  # noqa: N803, ARG002 - Qt's signature
    ) -> int:
        """Habits: mnemonics underlined, whole rows, the ring above."""
        if hint == _Hint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == _Hint.SH_UnderlineShortcut:
            return 1
        if hint == _Hint.SH_ItemView_ShowDecorationSelected:
            return 1
        if hint == _Hint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 0
        if hint in {_Hint.SH_ScrollBar_LeftClickAbsolutePosition, _Hint.SH_Widget_Animation_Duration}:
            return 0  # nothing moves by itself, whether or not the system asks for it
        return int(super().styleHint(hint, option, widget))

    def standardIcon(
        self, kind: QStyle.StandardPixmap, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> QIcon:
        """Our own cross in fields that can be cleared."""
        if kind == QStyle.StandardPixmap.SP_LineEditClearButton:
            return icons.icon("x")
        return super().standardIcon(kind, option, widget)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        """Heights of controls from the theme."""
        look = theme.current()
        found = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type] # None is fine in C++
        if kind in {QStyle.ContentsType.CT_LineEdit, QStyle.ContentsType.CT_ComboBox}:
            found.setHeight(max(look.control_height, size.height() + look.px(2)))
        if kind == QStyle.ContentsType.CT_PushButton:
            found = QSize(size.width() + look.px(6.5), max(look.control_height, size.height() + look.px(2)))
        if kind in {QStyle.ContentsType.CT_CheckBox, QStyle.ContentsType.CT_RadioButton}:
            found.setHeight(max(found.height(), 24))
        if kind == QStyle.ContentsType.CT_HeaderSection:
            found.setHeight(look.row_height)
        return found

    # -- primitives -------------------------------------------------------------------------------------------------

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Edges, marks and bars of our own; the rest is Fusion's."""
        if element in {_PE.PE_PanelLineEdit, _PE.PE_FrameLineEdit}:
            self._line_edit(option, painter, widget)
        elif element in {_PE.PE_IndicatorCheckBox, _PE.PE_IndicatorItemViewItemCheck}:
            self._check(option, painter)
        elif element == _PE.PE_IndicatorRadioButton:
            self._radio(option, painter)
        elif element == _PE.PE_FrameFocusRect:
            if isinstance(widget, QAbstractItemView):
                self._row_focus(option, painter)
        elif element in {_PE.PE_PanelStatusBar, _PE.PE_PanelMenuBar}:
            self._bar(option, painter, below=element == _PE.PE_PanelMenuBar)
        elif element == _PE.PE_FrameStatusBarItem:
            return
        elif element == _PE.PE_Frame and not isinstance(widget, QSlider):
            _outline(option.rect, painter, theme.current().color("line"))
        elif element == _PE.PE_PanelTipLabel:
            look = theme.current()
            painter.fillRect(option.rect, look.color("base"))
            _outline(option.rect, painter, look.color("edge"))
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _line_edit(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if isinstance(widget, QLineEdit) and not widget.hasFrame():
            return
        parent = widget.parentWidget() if widget is not None else None
        if isinstance(parent, QComboBox):
            return
        look = theme.current()
        enabled = bool(option.state & _State.State_Enabled)
        read_only = isinstance(widget, QLineEdit) and widget.isReadOnly()
        wrong = widget is not None and bool(widget.property("problem"))
        fill = look.color("window" if read_only or not enabled else "base")
        edge = look.color("problem" if wrong else "edge" if enabled else "line")
        rounded(painter, QRectF(option.rect), look.radius, fill, edge, 2.0 if wrong else 1.0)

    def _check(self, option: QStyleOption, painter: QPainter) -> None:
        look = theme.current()
        box = _square(option.rect)
        enabled = bool(option.state & _State.State_Enabled)
        on = bool(option.state & (_State.State_On | _State.State_NoChange))
        if on:
            fill = look.color("accent" if enabled else "disabled")
            rounded(painter, box, look.check_radius, fill, None)
        else:
            fill = look.color("hover" if option.state & _State.State_MouseOver else "base")
            rounded(painter, box, look.check_radius, fill, look.color("edge" if enabled else "disabled"))
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.color("on_accent" if enabled else "base"), max(1.5, box.width() / 8.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        unit = box.width() / 16
        if option.state & _State.State_NoChange:
            marks = [QPointF(4.5, 8), QPointF(11.5, 8)]
        else:
            marks = [QPointF(4, 8.3), QPointF(6.9, 11.2), QPointF(12, 5.2)]
        painter.drawPolyline([box.topLeft() + point * unit for point in marks])
        painter.restore()

    def _radio(self, option: QStyleOption, painter: QPainter) -> None:
        look = theme.current()
        box = _square(option.rect)
        enabled = bool(option.state & _State.State_Enabled)
        radius = box.width() / 2
        if option.state & _State.State_On:
            # On a selection in high contrast fill and ground are one colour: the ring tells them apart.
            ring = look.color("on_accent") if look.is_contrast else None
            rounded(painter, box, radius, look.color("accent" if enabled else "disabled"), ring)
            inner = box.width() * 0.28
            rounded(painter, box.adjusted(inner, inner, -inner, -inner), radius, look.color("on_accent"), None)
            return
        fill = look.color("hover" if option.state & _State.State_MouseOver else "base")
        rounded(painter, box, radius, fill, look.color("edge" if enabled else "disabled"))

    def _row_focus(self, option: QStyleOption, painter: QPainter) -> None:
        look = theme.current()
        chosen = bool(option.state & _State.State_Selected)
        painter.save()
        painter.setPen(QPen(look.color("focus_on_selection" if chosen else "focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _bar(self, option: QStyleOption, painter: QPainter, *, below: bool) -> None:
        look = theme.current()
        painter.fillRect(option.rect, look.color("window"))
        y = option.rect.bottom() if below else option.rect.top()
        painter.fillRect(QRect(option.rect.left(), y, option.rect.width(), 1), look.color("line"))

    # -- controls ---------------------------------------------------------------------------------------------------

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Buttons, focus ring and headers of our own; the rest is Fusion's."""
        if element == _CE.CE_PushButton and isinstance(option, QStyleOptionButton):
            self._button(option, painter, widget)
        elif element == _CE.CE_FocusFrame:
            self._focus_frame(option, painter, widget)
        elif element in {_CE.CE_HeaderSection, _CE.CE_HeaderEmptyArea}:
            look = theme.current()
            painter.fillRect(option.rect, look.color("window"))
            line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
            painter.fillRect(line, look.color("line"))
        elif element == _CE.CE_HeaderLabel and isinstance(option, QStyleOptionHeader):
            look = theme.current()
            option.palette.setColor(QPalette.ColorRole.ButtonText, look.color("text2"))
            # As the tables paint theirs: Qt cuts the words by the option's font and draws them with the painter's.
            painter.save()
            painter.setFont(look.font("caption_strong"))
            option.fontMetrics = QFontMetrics(look.font("caption_strong"))
            super().drawControl(element, option, painter, widget)
            painter.restore()
        elif element == _CE.CE_MenuBarEmptyArea:
            self._bar(option, painter, below=True)
        elif element == _CE.CE_Splitter:
            painter.fillRect(option.rect, theme.current().color("line"))
        else:
            super().drawControl(element, option, painter, widget)

    def _button(self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None) -> None:
        look = theme.current()
        kind = str(widget.property("kind") or "normal") if widget is not None else "normal"
        fill, edge, text = button_colours(kind, option.state)
        box = QRectF(option.rect)
        if fill is not None or edge is not None:
            rounded(painter, box, look.radius, fill, edge)
        _button_label(option, painter, widget, text, kind)

    def _focus_frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        look = theme.current()
        target = widget.widget() if isinstance(widget, QFocusFrame) else None
        round_ends = target is not None and bool(target.property("pill"))
        box = QRectF(option.rect)
        radius = box.height() / 2 if round_ends else look.radius + FOCUS_GAP
        rounded(painter, box, radius, None, look.color("focus"), FOCUS_WIDTH)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Combo boxes and scroll bars of our own; the rest is Fusion's."""
        if control == _CC.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            self._combo(option, painter)
        elif control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            self._scroll_bar(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _combo(self, option: QStyleOptionComboBox, painter: QPainter) -> None:
        look = theme.current()
        enabled = bool(option.state & _State.State_Enabled)
        over = bool(option.state & _State.State_MouseOver)
        if option.frame:
            fill = look.color("window" if not enabled else "hover" if over else "base")
            edge = look.color("edge" if enabled else "line")
            rounded(painter, QRectF(option.rect), look.radius, fill, edge)
        size = look.px(3.5)
        picture = icons.pixmap("chevron-down", "text2" if enabled else "disabled", size, _dpr(painter))
        left = option.rect.right() - size - look.px(2)
        if option.direction is Qt.LayoutDirection.RightToLeft:
            left = option.rect.left() + look.px(2)
        painter.drawPixmap(left, option.rect.center().y() - size // 2 + 1, picture)

    def _scroll_bar(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        look = theme.current()
        painter.fillRect(option.rect, look.color("base"))
        handle = self.subControlRect(_CC.CC_ScrollBar, option, _SC.SC_ScrollBarSlider, widget)
        if option.maximum <= option.minimum:
            return
        upright = option.orientation is Qt.Orientation.Vertical
        active = bool(option.state & _State.State_MouseOver) or bool(option.activeSubControls & _SC.SC_ScrollBarSlider)
        gap = 2 if active else 3
        box = QRectF(handle).adjusted(gap, 2, -gap, -2) if upright else QRectF(handle).adjusted(2, gap, -2, -gap)
        radius = min(box.width(), box.height()) / 2
        rounded(painter, box, radius, look.color("text2" if active else "edge"), None)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Scroll bars have no arrow buttons."""
        if control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return self._scroll_part(option, part, widget)
        if control == _CC.CC_ComboBox and part == _SC.SC_ComboBoxEditField:
            look = theme.current()
            words = option.rect.adjusted(look.px(2), 1, -look.px(7), -1)
            return QStyle.visualRect(option.direction, option.rect, words)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type] # as above

    def _scroll_part(self, option: QStyleOptionSlider, part: QStyle.SubControl, widget: QWidget | None) -> QRect:
        """No arrow buttons: the groove is the whole bar."""
        whole = option.rect
        if part in {_SC.SC_ScrollBarAddLine, _SC.SC_ScrollBarSubLine}:
            return QRect()
        if part == _SC.SC_ScrollBarGroove:
            return whole
        upright = option.orientation is Qt.Orientation.Vertical
        length = whole.height() if upright else whole.width()
        span = option.maximum - option.minimum
        size = length
        if span > 0:
            smallest = self.pixelMetric(_PM.PM_ScrollBarSliderMin, option, widget)
            size = min(length, max(smallest, length * option.pageStep // (span + option.pageStep)))
        start = QStyle.sliderPositionFromValue(
            option.minimum, option.maximum, option.sliderPosition, length - size, option.upsideDown
        )
        bounds = {
            _SC.SC_ScrollBarSlider: (start, size),
            _SC.SC_ScrollBarSubPage: (0, start),
            _SC.SC_ScrollBarAddPage: (start + size, length - start - size),
        }.get(part)
        if bounds is None:
            return super().subControlRect(_CC.CC_ScrollBar, option, part, widget)  # type: ignore[arg-type] # as above
        first, extent = bounds
        if upright:
            return QRect(whole.x(), whole.y() + first, whole.width(), extent)
        rect = QRect(whole.x() + first, whole.y(), extent, whole.height())
        return QStyle.visualRect(option.direction, whole, rect)


def button_colours(  # noqa: PLR0911 - one return a kind
    kind: str, state: QStyle.StateFlag
) -> tuple[QColor | None, QColor | None, QColor]:
    """Return fill, edge and text of a button of ``kind`` (primary, normal, quiet, link, destructive) in ``state``."""
    look = theme.current()
    if not state & _State.State_Enabled:
        if kind == "primary":
            return (
                look.color("line" if not look.is_contrast else "window"),
                _contrast_edge(),
                look.color("disabled" if look.is_contrast else "text2"),
            )
        return None, None if kind in {"quiet", "link"} else look.color("line"), look.color("disabled")
    pressed = bool(state & (_State.State_Sunken | _State.State_On))
    over = pressed or bool(state & _State.State_MouseOver)
    if kind == "primary":
        return look.color("accent_hover" if over else "accent"), None, look.color("on_accent")
    if kind == "destructive":
        return look.color("problem_tint" if over else "base"), look.color("problem"), look.color("problem")
    if kind == "quiet":
        return look.color("hover") if over else None, None, look.color("text")
    if kind == "link":
        return look.color("hover") if over else None, None, look.color("accent_text")
    return look.color("hover" if over else "base"), look.color("edge"), look.color("text")


def _contrast_edge() -> QColor | None:
    look = theme.current()
    return look.color("disabled") if look.is_contrast else None


def _button_label(
    option: QStyleOptionButton, painter: QPainter, widget: QWidget | None, colour: QColor, kind: str
) -> None:
    look = theme.current()
    gap = look.px(2)
    size = look.button_icon_size
    metrics = painter.fontMetrics()
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic)
    width = metrics.size(int(Qt.TextFlag.TextShowMnemonic), option.text).width() if option.text else 0
    has_icon = not option.icon.isNull()
    total = width + (size + (gap if option.text else 0) if has_icon else 0)
    area = option.rect
    start = area.x() + (area.width() - total) // 2
    if kind in {"quiet", "link"} and isinstance(widget, QAbstractButton) and widget.property("atStart"):
        start = area.x() + (look.px(1) if kind == "quiet" else 0)
    mirrored = option.direction is Qt.LayoutDirection.RightToLeft
    if has_icon:
        box = QRect(start, area.center().y() - size // 2 + 1, size, size)
        if mirrored:
            box = QStyle.visualRect(option.direction, area, box)
        mode = QIcon.Mode.Normal if option.state & _State.State_Enabled else QIcon.Mode.Disabled
        option.icon.paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)
        start += size + gap
    if option.text:
        box = QRect(start, area.y(), width + 2, area.height())
        if mirrored:
            box = QStyle.visualRect(option.direction, area, box)
        painter.setPen(colour)
        painter.drawText(box, flags, option.text)
    if option.features & QStyleOptionButton.ButtonFeature.HasMenu:
        raise ValueError("use Button.setMenu with a chevron icon")


def _square(rect: QRect) -> QRectF:
    side = min(rect.width(), rect.height())
    return QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)


def _outline(rect: QRect, painter: QPainter, colour: QColor) -> None:
    painter.save()
    painter.setPen(colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.restore()


def _dpr(painter: QPainter) -> float:
    device = painter.device()
    return float(device.devicePixelRatioF()) if device is not None else 1.0


_ring: dict[int, FocusRing] = {}


def install(app: QApplication) -> None:
    """Give the application our style and focus ring; once, later calls do nothing."""
    if app.property("zbdeskStyle"):
        return
    app.setProperty("zbdeskStyle", True)
    palette = app.palette()
    app.setStyle(Style())
    app.setPalette(palette)
    _ring[id(app)] = FocusRing(app)
