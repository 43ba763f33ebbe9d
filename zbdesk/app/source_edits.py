"""Sources that are changed by a person: tried out before they are kept, and edited later. All calls block."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from zbdesk.app import local, sources, sources_sql
from zbdesk.app.desk import Desk
from zbdesk.app.folders import NoSuchSource
from zbdesk.app.log import mark_secret
from zbdesk.app.sources_sql import SqlSettings
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.sources.folder import FolderSettings
from zbdesk.sources.sql import Preview, SqlQuery, SqlSource
from zbdesk.sources.sql_address import address
from zbdesk.sources.sql_session import Limits
from zbdesk.store import changes
from zbdesk.store import sources as store
from zbdesk.store.database import Database
from zbdesk.store.sources import StoredSource

_KEY = "query"
_PREVIEW_SECONDS = 20.0


def try_query(url: str, module: str, settings: SqlSettings, source: list[SqlSource] | None = None) -> Preview:
    """Connect and ask for the first rows; nothing is kept. Raises what is wrong with address, query or server.

    ``source`` is given the source, so that another thread can stop it.
    """
    mark_secret(url)
    asked = SqlQuery(
        _KEY, named(module).name, settings.query, settings.since_column, settings.since_start, (), settings.back
    )
    opened = SqlSource.open("preview", url, [asked], limits=Limits(min(settings.seconds, _PREVIEW_SECONDS), 1_000))
    if opened.where.password:
        mark_secret(opened.where.password)
    if source is not None:
        source.append(opened)
    return opened.preview(_KEY)


def address_of(desk: Desk, source_id: int) -> str:
    """The address of a database source as it is kept. Raises ``AddressGone`` and the vault's own."""
    here = desk.read(lambda reader: reader.connection()).result()
    stored = next((one for one in desk.read(lambda reader: reader.sources()).result() if one.id == source_id), None)
    if here is None or stored is None:
        raise NoSuchSource(source_id)
    url = desk.vault().get(sources_sql.secret_name(here, source_id))
    if url is None:
        raise sources_sql.AddressGone(stored.name)
    mark_secret(url)
    return url


def edit_sql(desk: Desk, source_id: int, url: str, mapping: str, settings: SqlSettings) -> None:
    """Give a database source another query, mapping or address; where its reading goes on stays.

    ``url`` empty: as it is. Raises what is wrong with them; nothing is changed then.
    """
    stored = _stored(desk, source_id)
    parsed, mapping_name = sources.load_mapping(desk, named(stored.module), mapping)
    known = url or address_of(desk, source_id)
    opened = sources_sql.checked(stored.name, known, stored.module, parsed, settings)
    kept = dataclasses.replace(settings, shown=opened.where.shown, back_seq=SqlSettings.of(stored.settings).back_seq)

    def write(db: Database, here: Connection) -> None:
        with db.transaction():
            if kept.writes_back:
                changes.begin(db, here.id, desk.clock.now())
            store.set_source(db, source_id, settings=dataclasses.asdict(kept), mapping=mapping_name)
            if url:
                desk.vault().set(sources_sql.secret_name(here, source_id), url)

    local.write(desk, "sources", write)


def edit_folder(desk: Desk, source_id: int, mapping: str, settings: FolderSettings) -> None:
    """Give a watched folder another pattern, mapping or rule. Raises ``NoSuchMapping``, ``BadMapping``."""
    stored = _stored(desk, source_id)
    _, mapping_name = sources.load_mapping(desk, named(stored.module), mapping)
    kept = FolderSettings(FolderSettings.from_stored(stored.settings).path, settings.pattern, settings.all_or_nothing)
    local.write(
        desk,
        "sources",
        lambda db, _here: store.set_source(db, source_id, settings=kept.to_stored(), mapping=mapping_name),
    )


def _stored(desk: Desk, source_id: int) -> StoredSource:
    known: Sequence[StoredSource] = desk.read(lambda reader: reader.sources()).result()
    found = next((one for one in known if one.id == source_id), None)
    if found is None:
        raise NoSuchSource(source_id)
    return found


def shown_address(url: str) -> str:
    """An address without its password. Raises ``BadAddress``."""
    return address(url).shown
