"""Language and colours."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.ui.languages import LANGUAGES
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows


class LookRows(Rows):
    """The language of the window and its colours."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("LookRows", "How zbdesk looks"))
        self._here = here
        choices = [(self.tr("As the system"), ""), *LANGUAGES]
        self.language = Choice(choices, self.tr("Language"))
        self.language.chosen.connect(lambda value: self._here.change(language=value))
        self.add(
            self.tr("Language"),
            self.language,
            help_text=self.tr("Counts at once. Numbers and dates stay as the organization has them."),
        )
        self.negative = Choice(
            [
                (self.tr("As the system"), "system"),
                (self.tr("With a minus sign: −1,234.50"), "minus"),
                (self.tr("In parentheses: (1,234.50)"), "parentheses"),
            ],
            self.tr("Amounts below zero"),
        )
        self.negative.chosen.connect(lambda value: self._here.change(negative_style=value))
        self.add(
            self.tr("Amounts below zero"),
            self.negative,
            help_text=self.tr("In the window and on paper. Exported files have a minus sign always."),
        )
        self.scheme = Choice(
            [
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
                (self.tr("High contrast, black"), "contrast"),
                (self.tr("High contrast, white"), "contrast_white"),
            ],
            self.tr("Look"),
        )
        self.scheme.chosen.connect(lambda value: self._here.change(theme=value))
        self.add(
            self.tr("Look"),
            self.scheme,
            help_text=self.tr("The size of text follows the system’s own setting."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        self.language.show_value(settings.language, settings.language)
        self.negative.show_value(settings.negative_style)
        self.scheme.show_value(settings.theme)
