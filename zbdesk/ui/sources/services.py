"""What the pages about sources have done for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from PySide6.QtWidgets import QWidget

from zbdesk.app.settings import Settings
from zbdesk.app.source_views import StoredSource, TokenView
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.sources.folder import FolderSettings
from zbdesk.sources.sql import Preview
from zbdesk.ui.importing.flow import ImportServices


class SourceServices(ImportServices, Protocol):
    """All calls block: only in a job. Each raises what its source has to say."""

    def remove_mapping(self, name: str) -> None:
        """Forget a mapping."""
        ...

    def run_now(self, source: StoredSource) -> str:
        """Read one source now; the sentence about it."""
        ...

    def set_paused(self, source_id: int, *, paused: bool) -> None:
        """Pause a source or let it go on."""
        ...

    def remove(self, source_id: int) -> None:
        """Forget a source."""
        ...

    def add_folder(self, settings: FolderSettings, module: str, mapping: str) -> None:
        """Watch a folder."""
        ...

    def edit_folder(self, source_id: int, mapping: str, settings: FolderSettings) -> None:
        """Another pattern, mapping or rule."""
        ...

    def try_query(self, source_id: int | None, url: str, module: str, settings: SqlSettings) -> Preview:
        """The first rows."""
        ...

    def add_sql(self, name: str, url: str, module: str, mapping: str, settings: SqlSettings) -> None:
        """Keep a database."""
        ...

    def edit_sql(self, source_id: int, url: str, mapping: str, settings: SqlSettings) -> None:
        """Another query, mapping or address."""
        ...

    def export_at(self, settings: Settings) -> datetime | None:
        """When the scheduled export last ran."""
        ...

    def export_now(self, settings: Settings) -> Mapping[str, Any]:
        """Write it now; its report."""
        ...

    def tokens(self) -> Sequence[TokenView]:
        """Good tokens of the local interface."""
        ...

    def new_token(self, name: str) -> str:
        """A new one, seen this once."""
        ...

    def revoke_token(self, name: str) -> None:
        """End one."""
        ...


def services_of(widget: QWidget) -> SourceServices | None:
    """The services of the window that a widget stands in; None before the program has started its parts."""
    imports = getattr(widget.window(), "imports", None)
    return cast("SourceServices | None", getattr(imports, "services", None))
