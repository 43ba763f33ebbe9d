"""What a hostile file and an unusual sign-in do to the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Terminal
from zbdesk.app.build import readable
from zbdesk.domain.modules import MODULES


def test_a_file_nested_without_end_is_named_as_unreadable(terminal: Terminal, tmp_path: Path) -> None:
    """A document of thousands of brackets is the file's fault, and nobody reads of a fault in zbdesk."""
    file = tmp_path / "deep.json"
    file.write_text('{"source_id": "A", "notes": ' + "[" * 20000 + "]" * 20000 + "}")
    assert terminal.connect().code == 0
    answer = terminal("put", "invoices", str(file), "--json")
    assert answer.code == 1
    assert "it is nested too deeply" in answer.json["message"]
    assert "fault in itself" not in answer.err


def test_full_access_reads_every_module() -> None:
    """Scopes of a whole area or of everything had left the connection without a single module, in silence."""
    whole = readable(["ZohoBooks.fullaccess.all"])
    assert whole == readable([f"ZohoBooks.{module.scope}.READ" for module in MODULES.values()])
    assert "invoices" in whole
    assert readable(["zohobooks.invoices.ALL"]) == readable(["ZohoBooks.invoices.READ"]) != ()
