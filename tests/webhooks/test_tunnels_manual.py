"""The table of legs in the manual and the sentences of the program are one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from zbdesk.webhooks import roundtrip_words as words

ROOT = Path(__file__).parent.parent.parent
MANUAL = (ROOT / "docs" / "tunnels.md").read_text(encoding="utf-8")


def said() -> list[str]:
    """Each sentence that a test may say, with a gap for each value."""
    found: list[str] = []
    tree = ast.parse(Path(words.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
            first = node.args[0]
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            found.append("".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in parts))
    return found


def test_every_finding_of_a_failed_leg_is_in_the_table() -> None:
    """Who looks a sentence up finds it, word for word, with what to do."""
    quoted = {re.sub(r"\s*…\s*", "…", text) for text in re.findall(r"\*([^*\n]+)\*", MANUAL)}
    left_out = {words.ALL_WELL.sentence, words.HINTS_ONLY.sentence, words.OTHER_END.sentence}
    rare = {"… takes no message of this size.", "The relay does not take the message (…)."}
    wanted = {re.sub(r"\s*…\s*", "…", text) for text in said() if text not in left_out | rare}
    assert wanted - quoted == set()


def test_certificates_faults_are_in_the_table() -> None:
    """The usual faults of a certificate are named as the program names them."""
    for code in (10, 18, 20, 62):
        fault = words.bad_certificate("h.example", code, "").sentence
        assert fault.removeprefix("The certificate of h.example ").removesuffix(".") in MANUAL


def test_every_finding_says_what_to_do() -> None:
    """No failed leg leaves a person without a next step."""
    findings = [
        words.listener_away(1, ""),
        words.listener_other(1, 200),
        words.listener_other_secret(1),
        words.no_name("h", ""),
        words.no_secure_line("h", ""),
        words.no_connection("h", "t", ""),
        words.no_answer("h", "t"),
        words.proxy_refuses(""),
        words.relay_refuses(500),
        *(words.not_ours(status, "https://o.example/", "https://h.example", 1) for status in range(200, 600)),
        *(words.bad_certificate("h", code, "") for code in range(80)),
        words.NO_ADDRESS,
        words.RELAY_LOSES,
        words.ALTERED,
        words.UNSIGNED,
        words.OTHER_END,
    ]
    assert all(finding.sentence.endswith(".") and finding.remedy.endswith(".") for finding in findings)
