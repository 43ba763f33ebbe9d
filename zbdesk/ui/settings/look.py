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
            help_text=self.tr("Counts from the next start. Numbers and dates stay as the organization has them."),
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
        self.scheme.show_value(settings.theme)
