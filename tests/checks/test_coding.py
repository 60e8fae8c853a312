"""Codes of accounts: what a person may live with is a warning, one account spelt twice is an error."""

from __future__ import annotations

import pytest

from pmkit import checks
from pmkit.checks.budget import unknown_chart

ACCOUNTS = "accounts:\n{lines}"


@pytest.mark.parametrize(
    ("head", "accounts", "expected"),
    [
        ("chart: us-studio\n", ["1401", "3607"], []),
        ("chart: us-studio\n", ["1401", "140"], ["unplaced-account", "mixed-width"]),
        ("chart: us-studio\n", ["1401", "01401"], ["duplicate-account", "mixed-width"]),
        ("", ["7", "99"], ["mixed-width"]),
        ("", ["7", "8"], []),
        ("chart: screen-australia\n", ["A.1", "C.4", "C.10", "E(a)"], []),
        ("chart: screen-australia\n", ["C.4", "C-4"], []),
        ("chart: aicp\n", ["A12", "R.1", "a12"], ["duplicate-account"]),
        ("chart: cavco\n", ["01.00", "1.0"], ["duplicate-account"]),
        ("categories: {10: {name: All, level: post, last: 19}}\n", ["11", "21"], ["unplaced-account"]),
        ("categories: {10: {name: All, last: 19}}\n", ["11"], ["category-without-level"]),
        ("chart: us-studio@9\n", ["1401"], ["unknown-chart"]),
    ],
)
def test_codes_are_checked(production, head: str, accounts: list[str], expected: list[str]) -> None:
    lines = "".join(f"  {number}: {{name: N{index}}}\n" for index, number in enumerate(accounts))
    folder = production(**{"private/budget": head + ACCOUNTS.format(lines=lines)})
    found = [problem for check in checks.CHECKS for problem in check(folder.production)]
    assert sorted(p.code for p in found) == sorted(expected)
    assert {p.code for p in found if p.severity == "error"} <= {"duplicate-account", "unknown-chart"}


def test_an_unknown_version_says_which_there_are(production) -> None:
    folder = production(**{"private/budget": "chart: us-studio@9\n"})
    (problem,) = unknown_chart(folder.production)
    assert (problem.message, problem.hint) == (
        "there is no version 9 of chart us-studio",
        "there is us-studio@1",
    )
