"""What is wrong with a table's headings, before any row is looked at: missing, repeated. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from zbdesk.domain.errors import Action, SetupError
from zbdesk.sources.base import CellError, Table
from zbdesk.sources.mapping import Mapping, Places
from zbdesk.sources.reading.headings import column_letter


class TableFaults(SetupError):
    """The table does not have the columns of the mapping; nothing was taken. ``errors`` names each heading."""

    default_action = Action.EDIT_RECORD

    def __init__(self, table: Table, errors: Sequence[CellError]) -> None:
        name = getattr(getattr(table, "path", None), "name", "") or "The table"
        said = " ".join(error.message for error in errors)
        super().__init__(
            f"{name} does not have the columns of the mapping.", f"{said} Nothing was taken from it.", code="headings"
        )
        self.errors = tuple(errors)


def faults_of(mapping: Mapping, places: Places, table: Table) -> list[CellError]:
    """One fault for each heading that is missing or stands more than once."""
    del mapping
    row = getattr(table, "header_row", 1)
    have = [heading for heading in table.headings if heading]
    found = []
    for heading in places.missing:
        near = get_close_matches(heading, have, 1, 0.6)
        hint = f"Did it become “{near[0]}”?" if near else f"There are: {', '.join(have[:30])}."
        found.append(
            CellError(
                row,
                heading,
                "",
                f"The heading “{heading}” is not in row {row}. {hint} Correct the file or the mapping.",
            )
        )
    for heading, columns in places.doubtful:
        letters = " and ".join(column_letter(place) for place in columns)
        found.append(
            CellError(
                row,
                heading,
                heading,
                f"The heading “{heading}” stands over columns {letters}. Rename one of them, or name the one that is "
                f"meant in the mapping by its position, as in “#{columns[0] + 1}”.",
                columns[0],
            )
        )
    return found
