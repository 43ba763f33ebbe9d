"""``sources``: a database from the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Terminal


def test_a_database_is_added_looked_at_and_run(terminal: Terminal, tmp_path: Path) -> None:
    """Adding, looking and running from the command line; what cannot read only is refused before it is kept."""
    terminal.connect()
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE c (code TEXT, name TEXT)")
        raw.execute("INSERT INTO c VALUES ('K-1', 'One')")
        raw.commit()
    url, query, mapping = tmp_path / "url", tmp_path / "q.sql", tmp_path / "m.json"
    url.write_text(f"sqlite:///{path}\n")
    query.write_text("SELECT code, name FROM c;\n")
    mapping.write_text(json.dumps({"columns": {"code": "source_id", "name": "contact_name"}}))
    added = terminal(
        "sources", "add-sql", "shop", "--url-file", str(url), "--module", "contacts", "--query-file", str(query),
        "--mapping", str(mapping), "--json",
    )  # fmt: skip
    assert added.code == 0, added.err
    number = str(added.json["id"])
    shown = terminal("sources", "preview", number, "--json").json
    assert (shown["columns"][0], shown["rows"]) == ({"name": "code", "kind": "text"}, [{"code": "K-1", "name": "One"}])
    ran = terminal("sources", "run", number, "--json")
    assert (ran.code, ran.json["counts"]["created"]) == (0, 1)
    assert terminal("sources", "run", "99").code == 2
    bad = tmp_path / "bad.sql"
    bad.write_text("DELETE FROM c")
    refused = terminal(
        "sources", "add-sql", "other", "--url-file", str(url), "--module", "contacts", "--query-file", str(bad),
        "--mapping", str(mapping),
    )  # fmt: skip
    assert (refused.code, "SELECT" in refused.err) == (1, True)
