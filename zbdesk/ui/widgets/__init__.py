"""The house's own controls. Screens are built of these and of plain Qt ones; the style draws both."""

from zbdesk.ui.widgets.announcing import announce
from zbdesk.ui.widgets.base import Elided, Hairline, IconView, Label, Surface, bounded, gap, pad
from zbdesk.ui.widgets.buttons import Button, Chip, CopyButton, Fold, Segmented
from zbdesk.ui.widgets.chips import FilterChips
from zbdesk.ui.widgets.combo import Combo
from zbdesk.ui.widgets.fields import CopyField, FormField, Message, SecretField, TextField
from zbdesk.ui.widgets.steps import NumberDot, Stages, StageState, StepList
from zbdesk.ui.widgets.surfaces import Banner, Box, EmptyState, Panel, Progress

__all__ = [
    "Banner", "Box", "Button", "Chip", "Combo", "CopyButton", "CopyField", "Elided", "EmptyState", "FilterChips",
    "Fold", "FormField", "Hairline", "IconView", "Label", "Message", "NumberDot", "Panel", "Progress",
    "SecretField", "Segmented", "StageState", "Stages", "StepList", "Surface", "TextField", "announce", "bounded",
    "gap", "pad",
]  # fmt: skip
