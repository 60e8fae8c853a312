"""What moving a scene to another day does to the sample's budget, from the raw YAML. It shares no code with pmkit.

`python -m tests.apart.moves` prints the table that tests/rollup/test_budget_moves.py holds pmkit to.
"""

from __future__ import annotations

import shutil
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import yaml

from tests.apart import costs
from tests.apart.schedule import SCENE, load

ROOT = Path(__file__).parent.parent.parent
CHART = ROOT / "pmkit" / "charts" / "us-studio@1.csv"
# Scene, from, to, and what changes by that.
MOVES = [
    ("4", "2025-10-13", "2025-10-14", "nothing: Lena works on both days"),
    ("48", "2025-10-15", "2025-10-13", "Yusuf is held a day more"),
    ("6", "2025-10-15", "2025-10-13", "Yusuf and Tessa are paid a day more"),
    ("7", "2025-10-13", "2025-10-14", "June begins a day later"),
    ("9", "2025-10-17", "2025-10-24", "Lonnie begins five days later"),
    ("44", "2025-10-21", "2025-10-15", "Hollis has a gap that is long enough, and is dropped"),
    ("42", "2025-10-17", "2025-11-01", "Ruth's gap is no longer one: nine days of hold and more"),
    ("16", "2025-10-28", "2025-10-16", "another day on the lake, and its permit"),
    ("75", "2025-11-13", "2025-10-28", "a day less on the lake"),
    ("27", "2025-10-30", "2025-10-29", "the stunt driver works a day less"),
]


def moved(root: Path, scene: str, day: str, to: str) -> None:
    """Puts a scene at the end of another day of main unit, in the folder's schedule.yaml."""
    board = load(root / "schedule.yaml")
    strips = board["main"][day]["strips"]
    found = next(s for s in strips if isinstance(s, str) and (m := SCENE.match(s)) and m[1] == scene)
    strips.remove(found)
    board["main"][to]["strips"].append(found)
    text = yaml.safe_dump(board, sort_keys=False, allow_unicode=True)
    (root / "schedule.yaml").write_text(text, encoding="utf-8")


def table(root: Path, moves: list[tuple[str, str, str]]) -> list[Decimal]:
    """By how much each move, made alone, changes the grand total of a copy of the folder."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(root, Path(folder) / "p", ignore=shutil.ignore_patterns("build", ".pmkit")))
        board = (copy / "schedule.yaml").read_text(encoding="utf-8")
        before, found = costs.budget(copy, CHART).total, []
        for move in moves:
            moved(copy, *move)
            after = costs.budget(copy, CHART).total
            found.append((after - before).quantize(Decimal("0.01"), ROUND_HALF_UP))
            (copy / "schedule.yaml").write_text(board, encoding="utf-8")
    return found


if __name__ == "__main__":
    for (scene, day, to, why), change in zip(
        MOVES, table(ROOT / "sample_production", [m[:3] for m in MOVES]), strict=True
    ):
        print(f'    ("{scene}", "{day}", "{to}", "{change}"),  # {why}')
