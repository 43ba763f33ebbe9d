"""Every scale and two unlike monitors: nothing is cut off, and icons are drawn for the screen they are on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENES = (
    "dashboard-in-order", "records", "two_ways/conflicts", "two_ways/outgoing-held", "problems", "settings",
    "closing/month-end-tie-out", "wizard-1-welcome", "wizard-3-credentials", "wizard-6-what-to-sync",
)  # fmt: skip


def _screens(folder: Path, second: float) -> Path:
    file = folder / "screens.json"
    common = {"logicalDpi": 96, "logicalBaseDpi": 96, "height": 1200, "y": 0}
    file.write_text(json.dumps({"screens": [
        {"name": "first", "x": 0, "width": 1920, "dpr": 1.0, **common},
        {"name": "second", "x": 1920, "width": 2560, "dpr": second, **common},
    ]}), encoding="utf-8")  # fmt: skip
    return file


@pytest.mark.parametrize(
    ("scale", "second"), [("1", 2.0), ("1.25", 1.0), ("1.5", 1.0), ("2", 1.5), ("3", 1.0)],
    ids=["100+200", "125", "150", "200+300", "300"],
)  # fmt: skip
@pytest.mark.timeout(240)
def test_c79_nothing_is_cut_off_at_any_scale_or_on_a_second_monitor(tmp_path: Path, scale: str, second: float) -> None:
    """At 100 to 300 %, and moved to a monitor of another density, each label and button shows its whole text."""
    place = f"offscreen:configfile={_screens(tmp_path, second)}"
    environ = os.environ | {"QT_QPA_PLATFORM": place, "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
    child = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.ui.scales_child", *SCENES],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=220, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-2000:]
    told = json.loads(child.stdout.splitlines()[-1])
    assert [name for name, _ in told["screens"]] == ["first", "second"]
    assert [ratio for _, ratio in told["screens"]] == [float(scale), float(scale) * second]
    assert told["cut"] == {}
    for ratio, pixels, density in told["icons"]:
        assert pixels == round(16 * ratio)
        assert density == ratio
