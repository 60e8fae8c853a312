"""When a budget line falls."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.rollup import budget as budgets
from pmkit.rollup.coding import Codes
from pmkit.rollup.timing import Timing

BOARD = """main:
  2025-10-13: {call: 7:00, strips: [1]}
  2025-10-14: {call: 7:00, strips: [2]}
second:
  2025-10-15: {call: 7:00, strips: [3]}
"""
SCENES = """1: {heading: INT. DINER - DAY, pages: 1, cast: [1], props: [lamp]}
2: {heading: INT. BARN - DAY, pages: 1, cast: [2]}
3: {heading: EXT. ROAD - DAY, pages: 1}
"""
FILES = {
    "schedule": BOARD,
    "breakdown": SCENES,
    "cast": "1: {character: A}\n2: {character: B}\n",
    "locations": "diner-house: {name: Diner}\nsets: {DINER: diner-house}\n",
    "production": "pmkit: 1\ntitle: T\nunits: {main: Main, second: 2nd}\n",
}
DAY = {n: date(2025, 10, n) for n in (13, 14, 15)}


def timing(production, line: str, extra: str = "", cashflow: str = "") -> Timing:
    budget = f"globals: {{sd: days(main), two: sd * 2}}\naccounts:\n  100:\n    lines:\n      - {line}\n{extra}"
    folder = production(**FILES, private__budget=budget, private__cashflow=cashflow or "opening: 0\n")
    assert not folder.errors
    return Timing(folder.production, budgets.of_production(folder.production))


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("{what: Grip, amount: days(main), rate: 1}", [13, 14]),
        ("{what: Grip, amount: two, rate: 1}", [13, 14]),
        ("{what: Grip, amount: days(second) + 1, rate: 1}", [15]),
        ("{what: Grip, amount: days(), rate: 1}", [13, 14, 15]),
        ("{what: A, amount: cast(1).paid, rate: 1}", [13]),
        ("{what: Lamp, amount: element(lamp).days, rate: 1}", [13]),
        ("{what: Site, amount: location(diner-house).days, rate: 1}", [13]),
        ("{what: Site, rate: 1, location: diner-house}", [13]),
        ("{what: Paint, rate: 1, set: Barn}", [14]),
        ('{what: "Grip, shoot", rate: 1}', [13, 14, 15]),
        ("{what: Grip, rate: 1, groups: [shoot]}", [13, 14, 15]),
    ],
)
def test_a_line_says_itself_when_it_falls(production, line: str, days: list[int]) -> None:
    made = timing(production, line)
    (found,) = made.budget.accounts["100"].lines
    assert made.days(found) == tuple(DAY[n] for n in days)


def test_prep_and_wrap_by_the_word(production) -> None:
    made = timing(production, '{what: "UPM, prep", rate: 1}')
    (line,) = made.budget.accounts["100"].lines
    assert made.days(line)[-1] == date(2025, 10, 10)
    assert made.days(line.but(what="Preparation of nothing")) == (), "only the whole word counts"


def test_what_says_nothing_falls_by_the_spread_of_its_level(production) -> None:
    made = timing(production, "{what: Fee, rate: 1000}", extra="    level: atl\n")
    parts = made.parts("100", Codes(made.budget, None).of("100"))
    assert [part.days for part in parts] == [made.phases.prep, made.phases.shoot, made.phases.post]


@pytest.mark.parametrize("key", ["100", "other"])
def test_the_production_changes_the_spread_by_account_or_level(production, key: str) -> None:
    made = timing(production, "{what: Fee, rate: 1000}", cashflow=f"spread: {{{key}: 2026-01-05..2026-01-06}}\n")
    parts = made.parts("100", Codes(made.budget, None).of("100"))
    assert [part.days for part in parts] == [(date(2026, 1, 5), date(2026, 1, 6))]
