"""Mutation testing of the pure core: the small mistakes in it that no test would notice.

    python -m bench.mutants [--keep FOLDER] [--children 1] [FILE ...]

mutmut changes one place at a time in a copy of the tree and runs the quick tests that reach it, in process. Needed are
95 % noticed in each file, and for each mutant that survives a row in docs/mutation.md that says why; a row whose mutant
is noticed by now is reported too. The tests draw the same examples in each run, so the answer can be repeated.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.common import ROOT, print_table

NEEDED = 95.0
"""Per cent of the mutants of each file."""

TARGETS = {
    "zbdesk/sync/planner.py": "tests/sync/test_planner.py",
    "zbdesk/sync/merge.py": "tests/sync/test_merge.py",
    "zbdesk/sync/policy.py": "tests/sync/test_policy.py",
    "zbdesk/sync/order.py": "tests/sync/test_order.py",
    "zbdesk/zoho/retry.py": "tests/zoho/test_retry.py",
    "zbdesk/webhooks/signature.py": "tests/webhooks/test_signature.py",
    "zbdesk/domain/money.py": "tests/domain/test_money.py",
}
"""The pure core, and the tests of each part; a mutant is met by all of them that reach its function."""

COPIED = ("zbdesk", "resources", "tests")
EXAMPLES = '''"""The same examples in every run, and no time spent on making a failing one small."""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
'''
KILLED, SURVIVED, TIMED_OUT = frozenset({1, 3}), 0, frozenset({-24, 24, 36, 152, 255})
_ROW = re.compile(r"^\| `(?P<place>[\w.]+)` \| `(?P<change>[^`]+)` \|")


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test noticed. ``was`` and ``became`` are the lines of the change."""

    name: str
    place: str
    was: str
    became: str

    def is_meant_by(self, place: str, change: str) -> bool:
        """Whether a row of the manual speaks of this one: its function, and what only the changed lines contain."""
        return place == self.place and change in self.became and change not in self.was


def main() -> int:
    """Copy, mutate, judge. Ends with 1 where a file falls short or a survivor has no explanation."""
    parser = argparse.ArgumentParser(description="Mutation testing of the pure core.")
    parser.add_argument("files", nargs="*", help="only these files of the core")
    parser.add_argument("--keep", help="work in this folder and leave it there, for `mutmut browse`")
    parser.add_argument("--children", type=int, default=1, help="processes at a time")
    options = parser.parse_args()
    files = [file for file in TARGETS if (ROOT / file).exists() and (not options.files or file in options.files)]
    os.nice(10)
    with tempfile.TemporaryDirectory(prefix="zbdesk-mutants-") as temporary:
        folder = Path(options.keep or temporary).resolve()
        copy_tree(folder, files)
        run(folder, "run", "--max-children", str(options.children))
        return judge(folder, files, whole=not options.files)


def copy_tree(folder: Path, files: Sequence[str]) -> None:
    """What mutmut needs, with settings of its own; earlier results in the folder are thrown away."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*COPIED, "mutants"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    (folder / "conftest.py").write_text(EXAMPLES)
    tests = [TARGETS[file] for file in files]
    (folder / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\ntimeout = 60\nfilterwarnings = ["error"]\nmarkers = ["soak", "bench"]\n'
        '[tool.mutmut]\nsource_paths = ["zbdesk"]\nalso_copy = ["tests", "resources", "conftest.py"]\n'
        f"only_mutate = {json.dumps(files)}\n"
        'pytest_add_cli_args = ["-p", "no:cacheprovider", "--hypothesis-profile=mutants"]\n'
        f"pytest_add_cli_args_test_selection = {json.dumps(tests)}\n"
    )


def run(folder: Path, *arguments: str) -> str:
    """Call mutmut in the copy; its last words where it fails."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"mutmut {arguments[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr}")
    return done.stdout


def judge(folder: Path, files: Sequence[str], *, whole: bool) -> int:
    """The table, the survivors that nothing explains, the explanations that nothing needs."""
    rows, survivors, short = [], [], []
    total = noticed = 0
    for file in files:
        codes: dict[str, int] = json.loads((folder / "mutants" / f"{file}.meta").read_text())["exit_code_by_key"]
        alive = [name for name, code in codes.items() if code == SURVIVED]
        odd = {name: code for name, code in codes.items() if code not in {SURVIVED, *KILLED, *TIMED_OUT}}
        if odd:
            raise SystemExit(f"{file}: mutmut came to no result: {odd}")
        killed = len(codes) - len(alive)
        timed_out = sum(code in TIMED_OUT for code in codes.values())
        total, noticed = total + len(codes), noticed + killed
        if 100 * killed < NEEDED * len(codes):
            short.append(file)
        survivors += [_survivor(folder, name) for name in alive]
        rows.append(_row(file, len(codes), killed, timed_out))
    print_table(["file", "mutants", "noticed", "by time", "survived", "share"], [*rows, _row("all", total, noticed, 0)])
    explained = list(_explained())
    unexplained = [one for one in survivors if not any(one.is_meant_by(*row) for row in explained)]
    for one in unexplained:
        print(f"\nno test notices, and docs/mutation.md does not explain: {one.name} in {one.place}")
        print(f"  - {one.was}\n  + {one.became}")
    stale = [row for row in explained if whole and not any(one.is_meant_by(*row) for one in survivors)]
    for place, change in stale:
        print(f"\ndocs/mutation.md explains what no longer survives: {place}: {change}")
    for file in short:
        print(f"\nunder {NEEDED:g} %: {file}")
    return 1 if unexplained or stale or short else 0


def _row(name: str, mutants: int, killed: int, timed_out: int) -> list[str]:
    share = 100 * killed / mutants if mutants else 100.0
    return [name, str(mutants), str(killed), str(timed_out or ""), str(mutants - killed), f"{share:.1f} %"]


def _survivor(folder: Path, name: str) -> Survivor:
    lines = run(folder, "show", name).splitlines()
    was = " ".join(line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---"))
    became = " ".join(line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++"))
    module, _, function = name.rpartition(".")
    function = function.rpartition("__mutmut")[0].removeprefix("x_").replace("xǁ", "").replace("ǁ", ".")
    return Survivor(name, f"{module.rpartition('.')[2]}.{function}", was, became)


def _explained() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "docs" / "mutation.md").read_text().splitlines():
        if row := _ROW.match(line):
            yield row["place"], row["change"].replace("\\|", "|")


if __name__ == "__main__":
    sys.exit(main())
