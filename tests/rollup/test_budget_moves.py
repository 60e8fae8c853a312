"""A scene on another day moves the budget by what a calculation apart says, to the cent."""

from __future__ import annotations

import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from pmkit.files import folder as folders
from pmkit.rollup.budget import of_production
from tests.apart import moves
from tests.apart.schedule import SCENE, load
from tests.conftest import SAMPLE

# Computed apart: python -m tests.apart.moves
TABLE = [
    ("4", "2025-10-13", "2025-10-14", "0.00"),  # nothing: Lena works on both days
    ("48", "2025-10-15", "2025-10-13", "1675.71"),  # Yusuf is held a day more
    ("6", "2025-10-15", "2025-10-13", "3402.25"),  # Yusuf and Tessa are paid a day more
    ("7", "2025-10-13", "2025-10-14", "-1163.58"),  # June begins a day later
    ("9", "2025-10-17", "2025-10-24", "-5817.91"),  # Lonnie begins five days later
    ("44", "2025-10-21", "2025-10-15", "-10472.23"),  # Hollis has a gap that is long enough, and is dropped
    ("42", "2025-10-17", "2025-11-01", "20108.50"),  # Ruth's gap is no longer one: nine days of hold and more
    ("16", "2025-10-28", "2025-10-16", "336.00"),  # another day on the lake, and its permit
    ("75", "2025-11-13", "2025-10-28", "-336.00"),  # a day less on the lake
    ("27", "2025-10-30", "2025-10-29", "-1726.54"),  # the stunt driver works a day less
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("moves") / "p"
    return Path(shutil.copytree(SAMPLE, to, ignore=shutil.ignore_patterns("build", ".pmkit", "mail")))


def total(root: Path) -> Decimal:
    found = folders.read(root)
    assert not found.errors
    return of_production(found.production).total.value


@pytest.mark.parametrize(("scene", "day", "to", "change"), TABLE)
def test_a_move_changes_the_budget_by_the_table(copy: Path, sample, scene, day, to, change) -> None:
    board = (copy / "schedule.yaml").read_text(encoding="utf-8")
    moves.moved(copy, scene, day, to)
    try:
        found = total(copy) - of_production(sample.production).total.value
    finally:
        (copy / "schedule.yaml").write_text(board, encoding="utf-8")
    assert found.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(change)


def test_the_table_is_what_the_calculation_apart_says() -> None:
    assert [(*move, str(found)) for move, found in _apart()] == TABLE


@pytest.mark.parametrize("each", [397, pytest.param(37, marks=pytest.mark.soak)])
def test_many_other_moves_change_it_as_the_calculation_apart_says(copy: Path, sample, each: int) -> None:
    """Every so many of all moves of main unit: a scene of one day put at the end of another."""
    board = load(SAMPLE / "schedule.yaml")["main"]
    days = [day for day in board if len(board[day].get("strips", [])) > 1]
    scenes = [(m[1], day) for day in days for s in board[day]["strips"] if isinstance(s, str) and (m := SCENE.match(s))]
    every = [(scene, day, to) for scene, day in scenes if "-" not in scene for to in days if to != day]
    chosen = every[11::each]
    assert len(chosen) > 2
    before, text = of_production(sample.production).total.value, (copy / "schedule.yaml").read_text(encoding="utf-8")
    for move, expected in zip(chosen, moves.table(SAMPLE, chosen), strict=True):
        moves.moved(copy, *move)
        found = total(copy) - before
        (copy / "schedule.yaml").write_text(text, encoding="utf-8")
        assert found.quantize(Decimal("0.01"), ROUND_HALF_UP) == expected, move


def _apart() -> list[tuple[tuple[str, str, str], Decimal]]:
    wanted = [move[:3] for move in moves.MOVES]
    return list(zip(wanted, moves.table(SAMPLE, wanted), strict=True))
