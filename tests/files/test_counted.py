"""A budget is read with what its formulas ask for, and no figure depends on what was left unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit.files import counted, folder
from pmkit.rollup.costs import costs
from tests.conftest import SAMPLE
from tests.productions import write


@pytest.mark.parametrize(
    ("budget", "all_of_it"),
    [
        ("globals: {d: days(main)}\n", False),
        ("globals: {d: 'max(2, days(main))'}\n", False),
        ("globals: {d: cast(1).paid}\n", True),
        ("globals: {d: 'pages ( main )'}\n", True),
        ("accounts: {1401: {lines: [{what: A, rate: 1, person: ana}]}}\n", True),
    ],
)
def test_what_a_budget_is_read_with(tmp_path: Path, budget: str, all_of_it: bool) -> None:
    write(tmp_path, {"private/budget.yaml": budget})
    assert ("breakdown" in counted.parts(tmp_path)) is all_of_it
    assert {"budget", "costs", "po", "periods", "schedule"} <= set(counted.parts(tmp_path))


def test_a_budget_in_several_files_is_read_with_everything(tmp_path: Path) -> None:
    write(tmp_path, {"private/budget/globals.yaml": "a: days(main)\n"})
    assert "breakdown" in counted.parts(tmp_path)


def test_the_sample_comes_to_the_same() -> None:
    some = folder.read(SAMPLE, counted.parts(SAMPLE)).production
    every = folder.read(SAMPLE).production
    period = some.periods["8"]
    for ours, theirs in zip(costs(some, period).accounts(), costs(every, period).accounts(), strict=True):
        assert (ours.coding, ours.position) == (theirs.coding, theirs.position)
