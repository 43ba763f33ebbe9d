"""The words for sources and imports: kind, state, what came of the last run."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zbdesk.app.source_views import Batch, StoredSource
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.domain.modules import MODULES
from zbdesk.sources.folder import FolderSettings
from zbdesk.ui.formats import Formats, isolate, plural
from zbdesk.ui.text import Word


def state_word(source: StoredSource) -> Word:
    """How a source stands."""
    if source.paused:
        return Word(_tr("Paused"), "circle-pause")
    return {
        "ok": Word(_tr("In order"), "circle-check", "ok"),
        "attention": Word(_tr("Some refused"), "triangle-alert", "attention"),
        "failed": Word(_tr("Failed"), "octagon-alert", "problem"),
    }.get(source.last_result or "", Word(_tr("Not run yet"), "circle-dashed"))


def kind_word(source: StoredSource) -> tuple[str, str]:
    """What kind of source it is, and its icon."""
    if source.kind == "folder":
        return _tr("Watched folder"), "folder-input"
    return (_tr("Database"), "database") if source.kind == "sql" else (source.kind, "plug")


def place(source: StoredSource) -> str:
    """Where it is: the folder, or the address without its password."""
    if source.kind == "folder":
        return isolate(str(FolderSettings.from_stored(source.settings).path))
    return isolate(SqlSettings.of(source.settings).shown)


def facts(source: StoredSource) -> str:
    """What a person set, in one line."""
    module = QCoreApplication.translate("Modules", MODULES[source.module].label) if source.module in MODULES else ""
    parts = [module, _tr("mapping %1").replace("%1", isolate(source.mapping))]
    if source.kind == "folder":
        settings = FolderSettings.from_stored(source.settings)
        parts.append(isolate(settings.pattern))
        if settings.all_or_nothing:
            parts.append(_tr("no file with a bad row"))
    else:
        sql = SqlSettings.of(source.settings)
        minutes = round(sql.every_minutes)
        parts.append(
            plural("Sources", "every %n minute(s)", minutes, "every minute", "every %n minutes")
            if minutes
            else _tr("only when you say so")
        )
        parts.append(_tr("writes back") if sql.writes_back else _tr("reads only"))
    return " · ".join(part for part in parts if part)


def batch_word(batch: Batch) -> Word:
    """What became of an import."""
    return {
        "open": Word(_tr("Under way"), "circle-dashed"),
        "stopped": Word(_tr("Stopped"), "triangle-alert", "attention"),
        "taken_back": Word(_tr("Rolled back"), "undo-2"),
    }.get(
        batch.state,
        Word(_tr("Some refused"), "triangle-alert", "attention")
        if batch.refused
        else Word(_tr("Done"), "circle-check", "ok"),
    )


def batch_counts(batch: Batch, formats: Formats) -> str:
    """How many documents became what."""
    parts = [
        (batch.created, _tr("%1 new")),
        (batch.changed, _tr("%1 changed")),
        (batch.unchanged, _tr("%1 as they were")),
        (batch.refused, _tr("%1 refused")),
        (batch.vanished, _tr("%1 missing")),
    ]
    return ", ".join(words.replace("%1", formats.count(count)) for count, words in parts if count)


def batch_totals(batch: Batch, formats: Formats) -> str:
    """Amounts by currency, in the order of the codes."""
    return ", ".join(formats.money(amount, code) for code, amount in sorted(batch.totals.items()))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sources", words)
